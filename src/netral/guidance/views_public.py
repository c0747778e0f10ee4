"""May I? The way from everyday words to an answer; nothing is kept, every step is an address."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from netral.lawbook import FactsError, conduct_kinds, corpus
from netral.ui import clock
from netral.ui.throttle import throttled

from . import agenda
from .dialogue import DAY, LIMIT, UNKNOWN, Inquiry, read_address, wrong_parts
from .feeds import election_feed
from .finding import SHOWN, grouped, people_named, search
from .forms import SearchForm
from .limits import ACTS, BODY, SEARCH
from .telling import MARK, tell, tell_people
from .views_api import describe
from .words import Example, examples, people

# Codes of the acts that were found and of the people who were named, never the words that were typed.
FOUND, NAMED = "hasil", "siapa"
OK, UNREADABLE = 200, 400


def _page(request: HttpRequest, name: str, context: Mapping[str, object], status: int = OK) -> HttpResponse:
    """Every page says by which rules it was made."""
    return render(
        request, f"guidance/public/{name}.html", {**context, "rules": corpus().hash[:MARK]}, status=status
    )


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    kinds = conduct_kinds()
    searched = FOUND in request.GET
    found = [kinds[code] for code in _codes(request, FOUND) if code in kinds][:SHOWN]
    named = [one for one in people() if one.code in _codes(request, NAMED)]
    context = {"form": SearchForm(), "found": found, "people": named, "searched": searched}
    return _page(request, "home", context | {"groups": grouped()})


def _codes(request: HttpRequest, name: str) -> list[str]:
    return list(dict.fromkeys(request.GET.get(name, "").split(".")))


# It changes nothing and says nothing of who asks, so it needs no token, and a visitor keeps no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(SEARCH)
def find(request: HttpRequest) -> HttpResponse:
    """Turns words into codes, of acts and of who was named, and forgets the words."""
    if request.method != "POST":  # a browser that opens the address of a page with an error again
        return redirect("guidance:home")
    form = SearchForm(request.POST)
    if not form.is_valid():
        return _page(request, "home", {"form": form, "groups": grouped()}, UNREADABLE)
    text = form.cleaned_data["q"]
    query = {FOUND: ".".join(search(text))}
    if named := people_named(text):
        query[NAMED] = ".".join(named)
    return redirect(f"{reverse('guidance:home')}?{urlencode(query)}")


@require_safe
def bound(request: HttpRequest) -> HttpResponse:
    """Who is bound besides PNS, where the law that is loaded is silent, and whom to ask."""
    return _page(request, "people", {"told": tell_people(clock.today())})


@require_safe
def act(request: HttpRequest, code: str) -> HttpResponse:
    """The next question, or the answer where none is left."""
    if code not in conduct_kinds():
        raise Http404
    try:
        inquiry = read_address(code, request.GET.dict(), clock.today())
    except FactsError as error:
        wrong = {one.field for one in error.errors}
        kept = urlencode({name: value for name, value in request.GET.items() if name not in wrong})
        context = {"kind": conduct_kinds()[code], "wrong": wrong_parts(error), "kept": kept}
        return _page(request, "unreadable", context, UNREADABLE)
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
        return _page(request, "question", context | asked)
    return _page(request, "answer", context | _answer(request, inquiry))


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
    return _page(request, "calendar", context)


@require_safe
def election(request: HttpRequest, code: str) -> HttpResponse:
    found = _election(code)
    context = {"election": found, "cards": agenda.cards(found), "base": settings.NETRAL_PUBLIC_URL}
    return _page(request, "election", context)


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
    return _page(request, "api", context)


def _command(base: str, example: Example) -> str:
    """The example as a line for a shell."""
    address = shlex.quote(base + example.path)
    if example.method == "GET":
        return f"curl {address}"
    body = shlex.quote(json.dumps(example.body, indent=2))
    return f"curl {address} \\\n  -H 'Content-Type: application/json' -d {body}"


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    return JsonResponse(describe())
