"""The road of a case, one page an act: examiners, summons, minutes, report, decision, delivery, remedy, end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from netral.accounts.access import StaffRequest, merely_opened
from netral.accounts.selectors import deciding_authorities
from netral.evidence.pages import received_files
from netral.evidence.uploads import Limits, discarded_on_failure, receives_files
from netral.roster.models import Official
from netral.roster.selectors import access_official, search_officials, superior_ids
from netral.ui import clock
from netral.ui.templatetags.netral import tanggal

from . import clocks, forms, law, pages, selectors, services
from .acting import MakeForm, act_page, act_view, carry_out, dated_form, plain_form
from .basis import articles_of
from .codes import Element, TeamKind
from .content import Person, Ruling, Sitting
from .examiners import Candidate, kinds_for, may_examine, unusual_kinds
from .letters import left_out
from .lifecycle import ACTS
from .models import Case
from .sealed import Envelope
from .selectors import Sight
from .signing import leader

MOST_MEMBERS = 9
MOST_SUGGESTED = 8
CHOSEN, ADD, LEAVE_OUT = "anggota", "tambahkan", "keluarkan"
SEARCH, SEARCHED = "nama", "dicari"


# Examiners -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@act_view("appoint")
def appoint(request: StaffRequest, case: Case) -> HttpResponse:
    """Search of the roster, who is added and left out, the appointment; what was typed stays through all of them."""
    form = _team_form(request, case)
    if merely_opened(request) or _still_choosing(request):
        return _team_page(request, form)
    return carry_out(
        request,
        case,
        form,
        services.appoint,
        done=_("Pemeriksa ditetapkan."),
        again=lambda form, status: _team_page(request, form, status),
    )


def _team_form(request: StaffRequest, case: Case) -> forms.TeamForm:
    kinds = kinds_for(case.track, case.level)
    choosing = _still_choosing(request)
    return forms.TeamForm(
        None if choosing else request.POST or None,
        initial=request.POST.dict() | {"joined": request.POST.getlist("joined")} if choosing else None,
        case=case,
        officials=_chosen(request),
        kinds=kinds,
        unusual=unusual_kinds(case.track, case.level),
        siblings=[
            (one, Envelope.of(one).person.name) for one in selectors.joinable(Sight(request.user), case)
        ],
        elements={
            **_earlier_elements(case, kinds),
            **dict.fromkeys(superior_ids(case.official), Element.SUPERIOR),
        },
    )


def _still_choosing(request: StaffRequest) -> bool:
    """Someone is added, left out, or named in the search and not looked for yet: nobody is appointed."""
    told = request.POST
    return ADD in told or LEAVE_OUT in told or told.get(SEARCH, "") != told.get(SEARCHED, "")


def _earlier_elements(case: Case, kinds: Sequence[str]) -> dict[int, str]:
    """What officials stood for when they last examined; a superior is so by the roster alone."""
    earlier = selectors.earlier_examiners(case, kinds)
    return {
        one.official_id: one.element for one in earlier if one.official_id and one.element != Element.SUPERIOR
    }


def _suggested(case: Case, chosen: Collection[int]) -> list[tuple[Official, str]]:
    """Whom one would think of first, each with why: the nearest superior, those above, those who examined before."""
    above = Official.objects.filter(pk__in=superior_ids(case.official)).select_related("position", "unit")
    nearest_first = sorted(above, key=lambda one: len(one.unit.path_ids), reverse=True)
    found = {official: _("atasan terlapor") for official in nearest_first}
    for one in selectors.earlier_examiners(case, kinds_for(case.track, case.level)):
        if one.official and one.official not in found and may_examine(case, one.official):
            found[one.official] = _("pernah memeriksa")
    return [(one, str(why)) for one, why in found.items() if one.pk not in chosen][:MOST_SUGGESTED]


def _chosen(request: StaffRequest) -> list[Official]:
    """Officials named in the address or the form, each once."""
    told = request.POST or request.GET
    leaving = told.getlist(LEAVE_OUT)
    ids = [pk for pk in (*told.getlist(CHOSEN), *told.getlist(ADD)) if pk not in leaving]
    keys = [int(pk) for pk in dict.fromkeys(ids) if pk.isdecimal() and len(pk) < 12][:MOST_MEMBERS]
    return [access_official(user=request.user, pk=pk) for pk in keys]


def _team_page(request: StaffRequest, form: forms.ActForm, status: int = 200) -> HttpResponse:
    case, query = form.case, (request.POST or request.GET).get(SEARCH, "").strip()
    chosen = [official.pk for official in getattr(form, "officials", ())]
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "chosen": chosen,
        "name": query,
        "found": search_officials(request.user, query) if query else None,
        "suggested": [] if query else _suggested(case, chosen),
        "kinds": [TeamKind(kind).label for kind in kinds_for(case.track, case.level)],
        "left_out": left_out(case, "appoint"),
    }
    return render(request, "cases/staff/team.html", context | pages.beside(case), status=status)


@require_http_methods(["GET", "POST"])
@act_view("replace_examiner")
def replace_examiner(request: StaffRequest, case: Case, pk: int) -> HttpResponse:
    member = selectors.access_member(user=request.user, number=case.number, pk=pk)
    query = request.GET.get("nama", "").strip()

    def page(form: forms.ActForm, status: int = 200) -> HttpResponse:
        context = {
            "case": form.case,
            "form": form,
            "member": Envelope.of(form.case).read(member, Person).name,
            "name": query,
            "found": search_officials(request.user, query) if query else None,
        }
        return render(request, "cases/staff/replace.html", context, status=status)

    def replace(*, official: int, **told: Any) -> object:
        successor = Candidate.from_roster(access_official(user=request.user, pk=official))
        return services.replace_examiner(member=member, successor=successor, **told)

    if merely_opened(request):
        return page(forms.ReplaceForm(case=case))
    form = forms.ReplaceForm(request.POST, case=case)
    return carry_out(request, case, form, replace, done=_("Pemeriksa diganti."), again=page)


# Summons ---------------------------------------------------------------------------------------------------------


def _summons_form(form_class: type[forms.SummonsForm]) -> MakeForm:
    """Knows the days the law allows, and where the last sitting was."""

    def make(_request: StaffRequest, case: Case, data: Any) -> forms.SummonsForm:
        before = selectors.summons_of(case)
        last = Envelope.of(case).read(before, Sitting) if before else None
        days = clocks.hearing_days(case, clock.today())
        return form_class(data, case=case, days=days, last=last)

    return make


summon = act_page(
    "summon",
    _summons_form(forms.SummonsForm),
    services.summon,
    heading=_("Panggilan I"),
    text=_("Terlapor dipanggil secara tertulis. Surat bertanggal hari ini."),
    label=_("Panggil terlapor"),
    done=_("Panggilan I dibuat; suratnya ada pada halaman ini."),
    template="cases/staff/summon.html",
)
summon_again = act_page(
    "summon_again",
    _summons_form(forms.SummonsForm),
    services.summon_again,
    heading=_("Panggilan II"),
    text=_(
        "Bila terlapor tetap tidak hadir, perkara diputus dari bukti yang ada. Surat bertanggal hari ini."
    ),
    label=_("Panggil lagi"),
    done=_("Panggilan II dibuat; suratnya ada pada halaman ini."),
    template="cases/staff/summon.html",
)
postpone = act_page(
    "postpone",
    _summons_form(forms.PostponeForm),
    services.postpone,
    heading=_("Tunda pemeriksaan"),
    text=_("Hari yang baru diberitahukan dengan surat baru."),
    label=_("Tunda"),
    done=_("Pemeriksaan ditunda; surat barunya ada pada halaman ini."),
    template="cases/staff/summon.html",
)


absent = act_page(
    "absent",
    plain_form(forms.AbsenceForm),
    services.absent,
    heading=_("Terlapor tidak hadir"),
    label=_("Catat tidak hadir"),
    done=_("Ketidakhadiran dicatat. Buat panggilan kedua."),
    template="cases/staff/absent.html",
    beside=pages.beside_with_file,
)
absent_again = act_page(
    "absent_again",
    plain_form(forms.AbsenceForm),
    services.absent_again,
    heading=_("Terlapor tidak hadir lagi"),
    label=_("Catat tidak hadir lagi"),
    done=_("Ketidakhadiran kedua dicatat."),
    template="cases/staff/absent.html",
    beside=pages.beside_with_file,
)
withdraw_absence = act_page(
    "withdraw_absence",
    plain_form(forms.ReasonForm),
    services.withdraw_absence,
    heading=_("Cabut ketidakhadiran"),
    text=_("Bila keliru dicatat. Perkara kembali menunggu pemeriksaan: catat pemeriksaannya, atau tunda."),
    label=_("Cabut ketidakhadiran"),
    done=_("Ketidakhadiran dicabut. Catat pemeriksaannya, atau tetapkan hari baru."),
    beside=pages.beside_with_file,
)
withdraw_absence_again = act_page(
    "withdraw_absence_again",
    plain_form(forms.ReasonForm),
    services.withdraw_absence_again,
    heading=_("Cabut ketidakhadiran kedua"),
    text=_(
        "Bila keliru dicatat. Perkara kembali menunggu pemeriksaan; laporan yang sudah ada disusun lagi sesudahnya."
    ),
    label=_("Cabut ketidakhadiran"),
    done=_("Ketidakhadiran dicabut. Catat pemeriksaannya, atau tetapkan hari baru."),
    beside=pages.beside_with_file,
)


# Minutes and report ------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@act_view("hear")
def hear(request: StaffRequest, case: Case) -> HttpResponse:
    """A second button adds rows and keeps what was typed."""
    pairs, summons = _pairs(request), selectors.summons_of(case)
    asked: dict[str, Any] = {"case": case, "pairs": pairs, "called": summons and summons.hearing_day}

    def page(form: forms.ActForm, status: int = 200) -> HttpResponse:
        context = {
            "case": form.case,
            "form": form,
            "pairs": pairs,
            "basis": articles_of("hear", form.case.track, clock.today()),
            "left_out": left_out(form.case, "hear"),
            **pages.beside(form.case),
        }
        return render(request, "cases/staff/hear.html", context, status=status)

    if merely_opened(request):
        day = min(summons.hearing_day, clock.today()) if summons else clock.today()
        return page(forms.HearingForm(initial={"day": day}, **asked))
    if "tambah" in request.POST:
        form = forms.HearingForm(initial=request.POST.dict(), **asked)
        form.begin_at(pairs - forms.FEWEST_EXCHANGES + 1)
        return page(form)
    done = _("Berita acara dibuat. Cetak, minta tanda tangan, lalu catat tanda tangannya di sini.")
    form = forms.HearingForm(request.POST, **asked)
    return carry_out(request, case, form, services.hear, done=done, again=page)


def _pairs(request: StaffRequest) -> int:
    """Rows of questions the page has; a few more where the button was pressed."""
    said = request.POST.get("pairs", "")
    pairs = int(said) if said.isdecimal() and len(said) < 4 else forms.FEWEST_EXCHANGES
    return min(pairs + forms.FEWEST_EXCHANGES * ("tambah" in request.POST), 60)


@receives_files
@require_http_methods(["GET", "POST"])
@act_view("sign_minutes")
def sign_minutes(request: StaffRequest, case: Case) -> HttpResponse:
    """The minutes as they came back from the hearing: signed, or the respondent refused."""

    def page(form: forms.ActForm, status: int = 200) -> HttpResponse:
        context = {
            "case": form.case,
            "form": form,
            "open_here": ACTS["sign_minutes"].open_in(form.case.state, form.case.track),
            "basis": articles_of("hear", form.case.track, clock.today()),
            "minutes": pages.minutes_letter(form.case),
            **pages.beside(form.case),
        }
        return render(request, "cases/staff/sign_minutes.html", context, status=status)

    if merely_opened(request):
        return page(forms.SigningForm(case=case))
    taken = received_files(request, field="pindaian", limits=Limits(files=1))

    def sign(**told: Any) -> object:
        with discarded_on_failure(taken):
            return services.sign_minutes(scan=next(iter(taken), None), **told)

    form = forms.SigningForm(request.POST, case=case)
    return carry_out(request, case, form, sign, done=_("Tanda tangan berita acara dicatat."), again=page)


def _report_form(request: StaffRequest, case: Case, data: Any) -> forms.ReportForm:
    acts = [(row.allegation, f"{row.label}, {row.days}") for row in pages.alleged(Envelope.of(case))]
    return forms.ReportForm(data, case=case, acts=acts, choices=_recommendable(case))


def _recommendable(case: Case) -> list[law.Choice]:
    """Every sanction the law offers here, whoever may impose it."""
    assessment, team = selectors.assessment_of(case), selectors.team_of(case)
    if assessment is None or team is None:
        return []
    offered = {
        code: None
        for authority in deciding_authorities()
        for code in law.sanctions_open(assessment, authority)
    }
    choices = [law.choice_of(code) for code in offered]
    return [choice for choice in choices if team.kind == TeamKind.TEAM or not choice.by_team_only]


report = act_page(
    "report",
    _report_form,
    services.report,
    heading=_("Laporan hasil pemeriksaan"),
    text=_("Laporan ini menjadi dasar pejabat yang berwenang memutus. Saran tidak mengikat."),
    label=_("Sampaikan laporan"),
    done=_("Laporan hasil pemeriksaan disampaikan."),
    template="cases/staff/lhp.html",
    beside=pages.beside_with_file,
)


# Decision ------------------------------------------------------------------------------------------------------------


def _decision_form(request: StaffRequest, case: Case, data: Any) -> forms.DecisionForm:
    assessment, team = selectors.assessment_of(case), selectors.team_of(case)
    choices = (
        law.choices_open(assessment, request.user.acts_as, by_team=team.kind == TeamKind.TEAM)
        if assessment and team and request.user.acts_as
        else []
    )
    title = leader(request.user).title
    return forms.DecisionForm(
        data, case=case, choices=choices, advice=pages.advice_of(case, choices), title=title
    )


def _refer_form(receivers: Callable[[dt.date], Mapping[str, str]]) -> MakeForm:
    """To whom: those who receive on the day the form is shown."""
    return lambda request, case, data: forms.ReferForm(
        data, case=case, receivers=receivers(clock.today()), title=leader(request.user).title
    )


decide = act_page(
    "decide",
    _decision_form,
    services.decide,
    heading=_("Keputusan"),
    text=_(
        "Inilah yang ditawarkan hukum pada tanggal perbuatan dan boleh Anda jatuhkan. Keputusan dibuat satu kali."
    ),
    label=_("Putuskan"),
    done=_("Perkara diputus. Sampaikan keputusannya kepada terlapor."),
    beside=pages.beside_with_file,
)
return_report = act_page(
    "return_report",
    plain_form(forms.ReasonForm),
    services.return_report,
    heading=_("Kembalikan laporan"),
    text=_("Pemeriksa yang sama menyusun laporan kembali."),
    label=_("Kembalikan"),
    done=_("Laporan dikembalikan kepada pemeriksa."),
)
reexamine = act_page(
    "reexamine",
    plain_form(forms.ReasonForm),
    services.reexamine,
    heading=_("Ulangi pemeriksaan"),
    text=_(
        "Pemeriksa ditetapkan lagi dan terlapor dipanggil lagi, misalnya karena panggilan pertama ternyata "
        "tidak sampai. Yang sudah dicatat tetap dalam berkas."
    ),
    label=_("Ulangi pemeriksaan"),
    done=_("Pemeriksaan diulang dari penetapan pemeriksa."),
)
reassess = act_page(
    "reassess",
    plain_form(forms.ReasonForm),
    services.reassess,
    heading=_("Nilai ulang"),
    text=_("Bila fakta berubah, hukum ditanya kembali dan terlapor didengar lagi atas fakta itu."),
    label=_("Nilai ulang"),
    done=_("Perkara kembali ke penilaian."),
)
refer = act_page(
    "refer",
    _refer_form(law.receivers_of_cases),
    services.refer,
    heading=_("Teruskan perkara"),
    text=_(
        "Seluruh perkara diserahkan kepada lembaga lain tanpa kesimpulan tentang terlapor, dan selesai di sini; "
        "dapat diambil kembali dengan alasan."
    ),
    label=_("Teruskan"),
    done=_("Perkara diteruskan."),
)
refer_crime = act_page(
    "refer_crime",
    _refer_form(law.receivers_of_crimes),
    services.refer_crime,
    heading=_("Teruskan dugaan pidana"),
    text=_(
        "Hanya dugaan pidananya yang diteruskan. Perkara ini tetap berjalan dan tidak menunggu jawabannya."
    ),
    label=_("Teruskan"),
    done=_("Dugaan pidana diteruskan; suratnya ada pada halaman ini."),
)


@require_http_methods(["GET", "POST"])
@act_view("answer_crime")
def answer_crime(request: StaffRequest, case: Case, pk: int) -> HttpResponse:
    """What came back for one referral."""
    referral = selectors.access_crime_referral(user=request.user, number=case.number, pk=pk)

    def page(form: forms.ActForm, status: int = 200) -> HttpResponse:
        context: dict[str, Any] = {
            "case": form.case,
            "form": form,
            "heading": _("Jawaban atas penerusan dugaan pidana"),
            "text": _("Diteruskan kepada %(to)s pada %(day)s.")
            % {"to": law.authority_label(referral.to), "day": tanggal(referral.day)},
            "label": _("Catat jawaban"),
            "open_here": True,
        }
        return render(request, "cases/staff/act.html", context | pages.beside(form.case), status=status)

    def answer(**told: Any) -> object:
        return services.answer_crime(referral=referral, **told)

    if merely_opened(request):
        return page(forms.CrimeAnswerForm(case=case, initial={"day": clock.today()}))
    form = forms.CrimeAnswerForm(request.POST, case=case)
    return carry_out(request, case, form, answer, done=_("Jawaban dicatat."), again=page)


stop = act_page(
    "stop",
    lambda request, case, data: forms.StopForm(data, case=case, title=leader(request.user).title),
    services.stop,
    heading=_("Hentikan perkara"),
    text=_(
        "Perkara berakhir tanpa keputusan tentang terlapor. Dasar dan alasannya tercatat; perkara dapat dibuka kembali."
    ),
    label=_("Hentikan"),
    done=_("Perkara dihentikan."),
)
reopen = act_page(
    "reopen",
    plain_form(forms.ReasonForm),
    services.reopen,
    heading=_("Buka kembali perkara"),
    text=_("Perkara yang dihentikan atau diteruskan dapat dibuka kembali; penilaian dimulai lagi."),
    label=_("Buka kembali"),
    done=_("Perkara dibuka kembali."),
)


def _decision_summons_form(_request: StaffRequest, case: Case, data: Any) -> forms.DecisionSummonsForm:
    """Before the decider, if nobody else is named."""
    decision = selectors.decision_of(case)
    before = Person()
    if decision:
        before = leader(decision.decider, Envelope.of(case).read(decision, Ruling).title).as_person()
    return forms.DecisionSummonsForm(data, case=case, before=before)


# Delivery and remedy -------------------------------------------------------------------------------------------------

summon_decision = act_page(
    "summon_decision",
    _decision_summons_form,
    services.summon_decision,
    heading=_("Panggilan menerima keputusan"),
    text=_("Terlapor dipanggil secara tertulis untuk menerima keputusan. Surat bertanggal hari ini."),
    label=_("Buat panggilan"),
    done=_("Panggilan menerima keputusan dibuat; suratnya ada pada halaman ini."),
)
deliver = act_page(
    "deliver",
    dated_form(forms.DeliveryForm, "day"),
    services.deliver,
    heading=_("Penyampaian keputusan"),
    text=_("Sejak diterima berjalan masa upaya administratif dan hitungan mulai berlakunya keputusan."),
    label=_("Catat penyampaian"),
    done=_("Penyampaian dicatat."),
)
deliver_moral = act_page(
    "deliver_moral",
    dated_form(forms.DeliveryForm, "day"),
    services.deliver_moral,
    heading=_("Penyampaian keputusan"),
    text=_("Sesudah keputusan diterima, sanksi moral dilaksanakan dan pelaksanaannya dicatat."),
    label=_("Catat penyampaian"),
    done=_("Penyampaian dicatat. Laksanakan sanksinya, lalu catat pelaksanaannya."),
)


def _carry_out_form(_request: StaffRequest, case: Case, data: Any) -> forms.CarryOutForm:
    decision = selectors.decision_of(case)
    manner = decision.sanction if decision else ""
    return forms.CarryOutForm(data, case=case, manner=manner, initial={"day": clock.today()})


sanction_carried_out = act_page(
    "carry_out",
    _carry_out_form,
    services.carry_out,
    heading=_("Pelaksanaan sanksi moral"),
    text=_("Kapan, di mana, dan oleh siapa pernyataan disampaikan. Dengan pencatatan ini perkara selesai."),
    label=_("Catat pelaksanaan dan tutup"),
    done=_("Pelaksanaan sanksi moral dicatat; perkara selesai."),
    beside=pages.beside_with_sanction,
)
deliver_final = act_page(
    "deliver_final",
    dated_form(forms.DeliveryForm, "day"),
    services.deliver_final,
    heading=_("Penyampaian keputusan"),
    text=_("Dengan penyampaian ini perkara selesai."),
    label=_("Catat penyampaian dan tutup"),
    done=_("Penyampaian dicatat; perkara selesai."),
)
object_to = act_page(
    "object",
    dated_form(forms.ObjectionForm, "filed_on"),
    services.object_to,
    heading=_("Upaya administratif"),
    text=_("Upaya yang diajukan lewat waktu tetap dicatat, dengan tanda lewat waktu."),
    label=_("Catat upaya"),
    done=_("Upaya administratif dicatat."),
)
resolve = act_page(
    "resolve",
    dated_form(forms.ResultForm, "resolved_on"),
    services.resolve,
    heading=_("Hasil upaya administratif"),
    label=_("Catat hasil"),
    done=_("Hasil upaya administratif dicatat; perkara selesai."),
)
