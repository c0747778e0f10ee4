"""May I? The way from everyday words to an answer; nothing is kept, every step is an address."""

from __future__ import annotations

import json
import shlex
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from netral.lawbook import FactsError, conduct_kinds, corpus
from netral.ui import clock
from netral.ui.throttle import throttled

from . import agenda
from .dialogue import DAY, LIMIT, UNKNOWN, Inquiry, read_address
from .feeds import election_feed
from .finding import SHOWN, grouped, search
from .forms import SearchForm
from .limits import ACTS, BODY, SEARCH
from .telling import MARK, tell
from .views_api import describe
from .words import Example, examples

FOUND = "hasil"  # codes of the acts that were found, never the words that were typed
UNREADABLE = 400


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    kinds = conduct_kinds()
    codes = request.GET.get(FOUND)
    found = [kinds[code] for code in dict.fromkeys((codes or "").split(".")) if code in kinds][:SHOWN]
    context = {"form": SearchForm(), "found": found, "searched": codes is not None, "groups": grouped()}
    return render(request, "guidance/public/home.html", context)


# It changes nothing and says nothing of who asks, so it needs no token, and a visitor keeps no cookie.
@csrf_exempt
@require_POST
@throttled(SEARCH)
def find(request: HttpRequest) -> HttpResponse:
    """Turns words into codes of acts and forgets the words."""
    form = SearchForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "found": [], "searched": False, "groups": grouped()}
        return render(request, "guidance/public/home.html", context, status=UNREADABLE)
    codes = search(form.cleaned_data["q"])
    return redirect(f"{reverse('guidance:home')}?{urlencode({FOUND: '.'.join(codes)})}")


@require_safe
def act(request: HttpRequest, code: str) -> HttpResponse:
    """The next question, or the answer where none is left."""
    if code not in conduct_kinds():
        raise Http404
    try:
        inquiry = read_address(code, request.GET.dict(), clock.today())
    except FactsError as error:
        context = {"kind": conduct_kinds()[code], "errors": error.errors}
        return render(request, "guidance/public/unreadable.html", context, status=UNREADABLE)
    context = {
        "inquiry": inquiry,
        "kind": inquiry.kind,
        "answers": list(inquiry.answers()),
        "hidden": [(DAY, inquiry.day.isoformat()), *inquiry.given.items()],
    }
    if question := inquiry.question():
        number = len(inquiry.given) + 1
        unknown = inquiry.knowing(question.fact, UNKNOWN).address
        asked = {"question": question, "number": number, "limit": LIMIT, "unknown": unknown}
        return render(request, "guidance/public/question.html", context | asked)
    return render(request, "guidance/public/answer.html", context | _answer(request, inquiry))


def _answer(request: HttpRequest, inquiry: Inquiry) -> dict[str, object]:
    mark = corpus().hash[:MARK]
    path = reverse("guidance:act", args=[inquiry.act])
    return {
        "told": tell(inquiry),
        "still_open": inquiry.still_open(),
        "link": f"{settings.NETRAL_PUBLIC_URL}{path}?{inquiry.address}&korpus={mark}",
        "rules_changed": request.GET.get("korpus", mark) != mark,
    }


# The calendar ------------------------------------------------------------------------------------------------------


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Today's stage of every election that is near, and the others by name."""
    today = clock.today()
    regions = agenda.regions_named()
    region = request.GET.get("daerah", "")
    if region not in dict(regions):
        region = ""
    found = agenda.elections(today, region)
    near = [one for one in found if agenda.is_near(one, today)]
    context = {
        "cards": [card for one in near for card in agenda.cards(one)],
        "others": [one for one in reversed(found) if one not in near],
        "regions": regions,
        "region": region,
        "base": settings.NETRAL_PUBLIC_URL,
    }
    return render(request, "guidance/public/calendar.html", context)


@require_safe
def election(request: HttpRequest, code: str) -> HttpResponse:
    found = _election(code)
    context = {"election": found, "cards": agenda.cards(found), "base": settings.NETRAL_PUBLIC_URL}
    return render(request, "guidance/public/election.html", context)


@require_safe
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a calendar to subscribe to."""
    found = _election(code)
    page = settings.NETRAL_PUBLIC_URL + reverse("guidance:election", args=[found.code])
    response = HttpResponse(election_feed(found, page), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.code}.ics"'
    return response


def _election(code: str) -> agenda.Election:
    found = agenda.election(code, clock.today())
    if found is None:
        raise Http404
    return found


# The API ------------------------------------------------------------------------------------------------------------


@require_safe
def api_help(request: HttpRequest) -> HttpResponse:
    """How other programs ask."""
    base = f"{settings.NETRAL_PUBLIC_URL}/api/v1/"
    shown = [{"example": one, "command": _command(base, one)} for one in examples()]
    context = {"examples": shown, "base": base, "acts": ACTS, "body": BODY, "hash": corpus().hash}
    return render(request, "guidance/public/api.html", context)


def _command(base: str, example: Example) -> str:
    """The example as a line for a shell."""
    address = shlex.quote(base + example.path)
    if example.method == "GET":
        return f"curl {address}"
    return f"curl {address} \\\n  --json {shlex.quote(json.dumps(example.body, indent=2))}"


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    return JsonResponse(describe())
