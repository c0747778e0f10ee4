"""Who examines: search of the roster, appointment, replacement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from netral.accounts.access import StaffRequest, merely_opened
from netral.roster.models import Official
from netral.roster.selectors import access_official, search_officials, superior_ids

from .. import forms, pages, selectors, services
from ..acting import act_view, carry_out
from ..codes import Element, TeamKind
from ..content import Person
from ..examiners import Candidate, direct_superior, kinds_for, may_examine, unusual_kinds
from ..letters import left_out
from ..models import Case
from ..sealed import Envelope
from ..selectors import Sight

MOST_MEMBERS = 9
MOST_SUGGESTED = 8
CHOSEN, ADD, LEAVE_OUT = "anggota", "tambahkan", "keluarkan"
SEARCH, SEARCHED = "nama", "dicari"


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
        elements=_likely_elements(case, kinds),
    )


def _still_choosing(request: StaffRequest) -> bool:
    """Someone is added, left out, or named in the search and not looked for yet: nobody is appointed."""
    told = request.POST
    return ADD in told or LEAVE_OUT in told or told.get(SEARCH, "") != told.get(SEARCHED, "")


def _likely_elements(case: Case, kinds: Sequence[str]) -> dict[int, str]:
    """What officials stood for when they last examined; a superior is so by the roster alone."""
    earlier = selectors.earlier_examiners(case, kinds)
    direct = direct_superior(case)
    return {
        **dict.fromkeys(superior_ids(case.official), Element.OTHER),
        **{
            one.official_id: one.element
            for one in earlier
            if one.official_id and one.element != Element.SUPERIOR
        },
        **({direct.pk: Element.SUPERIOR} if direct else {}),
    }


def _suggested(case: Case, chosen: Collection[int]) -> list[tuple[Official, str]]:
    """Whom one would think of first, each with why: the nearest superior, those above, those who examined before."""
    above = Official.objects.filter(pk__in=superior_ids(case.official)).select_related("position", "unit")
    nearest_first = sorted(above, key=lambda one: len(one.unit.path_ids), reverse=True)
    direct = direct_superior(case)
    found = {
        official: _("atasan langsung") if official == direct else _("atasan yang lebih tinggi")
        for official in nearest_first
    }
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
