"""A report on the officers' site. Each act is a POST that answers with a redirect, or with what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, Concatenate

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from netral.accounts.access import StaffRequest, View
from netral.accounts.keys import agency_key
from netral.accounts.rights import Right
from netral.cases.selectors import progress_of
from netral.evidence.pages import ShownFile, shown_files
from netral.ui import clock
from netral.ui.parts import Bubble
from netral.worklist.selectors import next_step

from . import pages, selectors
from .acting import Words, act_page, carry_out, posted, report_view
from .acts import act_label
from .forms_staff import (
    ActForm,
    AskForm,
    AssignForm,
    CloseForm,
    KindForm,
    ReasonForm,
    StudyForm,
    WriteForm,
)
from .lifecycle import EDITS, TRANSITIONS, State, Step, acts_open_to
from .models import Report
from .services import dialogue, handling

# The page ----------------------------------------------------------------------------------------------------


@require_safe
@report_view(Right.REPORTS_VIEW)
def report(request: StaffRequest, report: Report) -> HttpResponse:
    return report_page(request, report)


@require_safe
@report_view(Right.REPORTS_VIEW)
def printed(request: StaffRequest, report: Report) -> HttpResponse:
    """The report as a form to print and sign."""
    return render(request, "intake/staff/form.html", _content(request, report))


# What is typed into a form of the page, by form: its act and its field. Where the act is open no longer, as after
# somebody was first, the form is gone and the text is shown to copy.
TYPED = {
    "ask": ("ask_reporter", "text"),
    "write": ("write_reporter", "text"),
    "study_form": ("save_study", "note"),
}


def report_page(
    request: StaffRequest, report: Report, *, status: int = 200, **forms: ActForm
) -> HttpResponse:
    """The report's page, with a form that could not be carried out in place of its empty one."""
    items = _items(report)
    owners = selectors.possible_owners(report) if request.user.has_right(Right.REPORTS_ASSIGN) else []
    may = acts_open_to(request.user.role, report.state)
    context = _content(request, report)
    context |= {
        "may": may,
        "stranded": [
            forms[name][field]
            for name, (act, field) in TYPED.items()
            if name in forms and act not in may and forms[name][field].value()
        ],
        "may_read": request.user.has_right(Right.REPORTS_STUDY),
        "act": ActForm(report=report),
        "ask": (ask := AskForm(report=report, items=items, sent=_sent(context["bubbles"]))),
        "asking": "ask_reporter" in may and report.dialogue_keyring and ask.prepared,
        "write": WriteForm(report=report),
        "openers": selectors.possible_openers(report) if _waits_for_a_case(report, may) else [],
        "study_form": StudyForm(report=report, items=items, note=selectors.study_note(report)),
        "assign": AssignForm(report=report, owners=owners),
        "kind_form": KindForm(report=report),
        "merged": selectors.reports_visible_to(request.user).filter(merged_into=report),
        "cases": selectors.cases_of(report, request.user),
    }
    return render(request, "intake/staff/report.html", context | forms, status=status)


def _sent(bubbles: Iterable[Bubble]) -> list[str]:
    return [bubble.text for bubble in bubbles if bubble.mine]


def _waits_for_a_case(report: Report, may: Collection[str]) -> bool:
    """Whether the report waits for a case that whoever looks may not open."""
    return report.state == State.COMPLETE and "open_case" not in may


def _items(report: Report) -> dict[str, str]:
    """What the study found so far, by requirement."""
    study = getattr(report, "study", None)
    return study.items if study else {}


def _content(request: StaffRequest, report: Report) -> dict[str, Any]:
    """What was told, shown and done, for the page and for paper."""
    told, files = dialogue.read_messages(report=report, user=request.user), _files(report)
    names = {shown.file.object_id: shown.facts.name for shown in files}
    item, named = next_step(report), selectors.active_respondents(report)
    respondents = list(named.select_related("official__unit", "official__position"))
    study, stages = getattr(report, "study", None), progress_of([report.subject])
    return {
        "report": report,
        "body": selectors.open_body(report).body,
        "acts": list(map(act_label, report.acts)),
        "title": pages.title_of(report),
        "tone": pages.TONES[report.state],
        "track": pages.track_of(report, stages),
        "ended": pages.ended(stages),
        "nudge": pages.nudge_of(item.step if item else Step.NONE, named=bool(respondents)),
        "study": study,
        "lacking": pages.lacking(study.items) if study else "",
        "study_rows": pages.study_rows(study.items) if study else [],
        "study_note": selectors.study_note(report),
        "files": files,
        "bubbles": [
            Bubble(
                text=m.text,
                by=str(m.author or _("Pelapor")),
                at=m.sent_on,
                mine=not m.from_reporter,
                with_it=", ".join(names.get(file, _("berkas hilang")) for file in m.files),
            )
            for m in told
        ],
        "unread": any(m.from_reporter and m.read_on is None for m in told),
        "respondents": respondents,
        "heard": pages.heard_words(stages),
        "has_contact": hasattr(report, "contact"),
        "history": pages.events_of(report, selectors.reasons_of(report)),
    }


def _files(report: Report) -> list[ShownFile]:
    def page_url(pk: int, page: int) -> str:
        return reverse("reports:file_page", args=[report.number, pk, page])

    files = selectors.files_of(report).prefetch_related("copies")
    return list(shown_files(files, agency_key(report.agency), page_url))


def button(
    act: str,
    form_class: type[ActForm],
    service: Callable[..., object],
    *,
    done: Words,
    form_name: str = "act",
) -> View[Concatenate[str, ...]]:
    """An act that needs no more than a form on the report's page: its fields go to `service` under their names."""

    @report_view((TRANSITIONS | EDITS)[act].right)
    @posted
    def view(request: StaffRequest, report: Report) -> HttpResponse:
        return carry_out(
            request,
            report,
            form_class(request.POST, report=report),
            lambda data: service(report=report, user=request.user, **data),
            done=done,
            again=lambda form, status: report_page(request, form.report, status=status, **{form_name: form}),
        )

    return view


take = button("take", ActForm, handling.take, done=gettext_lazy("Anda kini memegang laporan ini."))
start = button("start_study", ActForm, handling.start_study, done=gettext_lazy("Kajian awal dimulai."))
resume = button("resume_study", ActForm, handling.resume_study, done=gettext_lazy("Kajian awal dilanjutkan."))
change_kind = button(
    "change_kind",
    KindForm,
    handling.change_kind,
    done=gettext_lazy("Jenis laporan diubah."),
    form_name="kind_form",
)


write = button(
    "write_reporter",
    WriteForm,
    handling.write_reporter,
    done=gettext_lazy("Pesan terkirim. Pelapor melihatnya di Cek status."),
    form_name="write",
)


@report_view(TRANSITIONS["ask_reporter"].right)
@posted
def ask(request: StaffRequest, report: Report) -> HttpResponse:
    form = AskForm(request.POST, report=report, items=_items(report))

    def act(data: dict[str, Any]) -> None:
        text = form.message()
        handling.ask_reporter(report=report, user=request.user, revision=data["revision"], text=text)

    return carry_out(
        request,
        report,
        form,
        act,
        done=_("Pertanyaan terkirim. Pelapor melihatnya di Cek status."),
        again=lambda form, status: report_page(request, form.report, status=status, ask=form),
    )


@report_view(TRANSITIONS["complete_study"].right)
@posted
def study(request: StaffRequest, report: Report) -> HttpResponse:
    """Keeps the study; the second button also ends it."""
    form = StudyForm(request.POST, report=report, items={}, note="")
    complete, kind = "complete" in request.POST, report.kind

    def act(data: dict[str, Any]) -> None:
        saved = {"items": form.items(), "note": data["note"], "revision": data["revision"]}
        handling.save_study(report=report, user=request.user, **saved)
        if complete:
            handling.complete_study(report=report, user=request.user, revision=report.revision)

    return carry_out(
        request,
        report,
        form,
        act,
        done=lambda: pages.study_ended(report, kind) if complete else _("Kajian awal disimpan."),
        again=lambda form, status: report_page(request, form.report, status=status, study_form=form),
    )


@report_view(EDITS["assign"].right)
@posted
def assign(request: StaffRequest, report: Report) -> HttpResponse:
    form = AssignForm(request.POST, report=report, owners=selectors.possible_owners(report))

    def act(data: dict[str, Any]) -> None:
        owner = form.owners[data["owner"]]
        handling.assign(report=report, user=request.user, revision=data["revision"], owner=owner)

    return carry_out(
        request,
        report,
        form,
        act,
        done=_("Pemegang ditetapkan."),
        again=lambda form, status: report_page(request, form.report, status=status, assign=form),
    )


@report_view(Right.REPORTS_STUDY)
@posted
def mark_read(request: StaffRequest, report: Report) -> HttpResponse:
    if request.method == "POST":
        dialogue.mark_read(report=report, user=request.user, now=clock.now())
        messages.success(request, _("Pesan pelapor ditandai sudah dibaca."))
    return redirect("reports:report", report.number)


close = act_page(
    "close",
    CloseForm,
    handling.close,
    heading=gettext_lazy("Tutup laporan"),
    text=gettext_lazy(
        "Laporan tetap ada dalam register dan dapat dibuka kembali dengan alasan. "
        "Pelapor melihat bahwa laporannya ditutup, beserta dasar penutupannya."
    ),
    label=gettext_lazy("Tutup laporan"),
    done=gettext_lazy("Laporan ditutup."),
)
reopen = act_page(
    "reopen",
    ReasonForm,
    handling.reopen,
    heading=gettext_lazy("Buka kembali laporan"),
    text=gettext_lazy("Laporan kembali ke kajian awal dengan tenggat baru."),
    label=gettext_lazy("Buka kembali"),
    done=gettext_lazy("Laporan dibuka kembali."),
)
