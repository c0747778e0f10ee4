"""An answer of `lawbook` in plain words: verdict, why, articles, what it costs, what to do instead, what stays open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from netral.lawbook import Answer, corpus
from netral.lawbook.corpus import ArticleVersion, Rule
from netral.ui.templatetags.netral import tanggal_pendek

from .agenda import consequence_words
from .dialogue import Inquiry
from .words import People, acts, people, words_of

# How much of the corpus's hash a link carries: enough to see that the rules changed since.
MARK = 12
# What says that no rule speaks of the facts; the page says it in a sentence of its own.
SILENT = {"belum_ada_aturan", "tidak_dicakup"}
# What is open about who handles a case afterwards; it says nothing to who asks before acting.
OF_THE_HANDLING = {
    "berkas_kasn",
    "hari_terakhir_kasn",
    "kekosongan_pengawas",
    "majelis_sekda",
    "pengawas_independen",
    "ptdh_pejabat_presiden",
}


@dataclass(frozen=True)
class Verdict:
    """One sentence with its tone; `sign` beside the tone, so that colour never speaks alone."""

    sentence: str
    tone: str
    title: str


@dataclass(frozen=True)
class Article:
    name: str
    says: str
    since: dt.date | None
    status: str
    status_words: str


@dataclass(frozen=True)
class Branch:
    """What holds if it turns out so."""

    says: str
    leads_to: str


@dataclass(frozen=True)
class Cost:
    """What follows where the act was done: the road with its level, the sanctions open on that day by level."""

    levels: str
    sanctions: dict[str, list[str]]


@dataclass(frozen=True)
class Position:
    by: str
    says: str
    when: str


@dataclass(frozen=True)
class Dispute:
    about: str
    positions: list[Position]
    default: str


@dataclass(frozen=True)
class Crime:
    article: Article
    says: str
    penalty: Article | None
    open: list[str]


@dataclass(frozen=True)
class Told:
    verdict: Verdict
    why: list[str]
    branches: list[Branch]
    articles: list[Article]
    conditions: list[str]
    cost: Cost | None
    crimes: list[Crime]
    instead: list[str]
    people: People | None
    disputes: list[Dispute]
    notes: list[str]
    stage: str
    corpus: str


def tell(inquiry: Inquiry) -> Told:
    told = inquiry.told
    certain, possible = _certain(told), _possible(told)
    crimes = list(_crimes(told, inquiry.day))
    named = _people(inquiry)
    not_of_them = told["verdict"] == "not_covered" and named is not None and not crimes
    return Told(
        verdict=_verdict(told, certain, possible, crimes),
        why=[rule.says["id"] for rule in certain],
        branches=[_branch(rule) for rule in possible],
        articles=[_cited(one) for one in told["basis"]]
        or _articles(possible, inquiry.day)
        or [article for crime in crimes for article in (crime.article, crime.penalty) if article],
        conditions=[one["id"] for one in told["conditions"]],
        cost=_cost(told),
        crimes=crimes,
        instead=[] if told["verdict"] == "permitted" or not_of_them else list(acts()[inquiry.act].instead),
        people=named,
        disputes=[_dispute(one) for one in told["disputes"]],
        notes=[one["text"]["id"] for one in told["flags"] if one["code"] not in SILENT | OF_THE_HANDLING],
        stage=words_of("stages").get(told["stage"], ""),
        corpus=told["corpus"],
    )


@dataclass(frozen=True)
class ToldPeople:
    people: People
    says: list[tuple[str, list[Article]]]


def tell_people(day: dt.date) -> list[ToldPeople]:
    """What the law says on a day of those who are no PNS; an article that is not in force then is not cited."""
    return [
        ToldPeople(
            one, [(says.text, list(map(_article, corpus().in_force(says.refs, day)))) for says in one.says]
        )
        for one in people()
    ]


def _people(inquiry: Inquiry) -> People | None:
    """Who the asker is, where he is no civil servant."""
    status = inquiry.given.get("actor.status")
    return next((one for one in people() if status and one.status == status), None)


def _verdict(told: Answer, certain: list[Rule], possible: list[Rule], crimes: list[Crime]) -> Verdict:
    match told["verdict"]:
        case "forbidden":
            return Verdict(_("Ini tidak boleh Anda lakukan."), "danger", _("Dilarang"))
        case "permitted" if told["conditions"]:
            return Verdict(_("Ini boleh Anda lakukan, dengan syarat:"), "ok", _("Boleh"))
        case "permitted":
            return Verdict(_("Ini boleh Anda lakukan."), "ok", _("Boleh"))
        case "depends" if any(rule.verdict == "depends" for rule in certain):
            says = _("Aturan saja tidak cukup menjawabnya; pejabat yang berwenang menilai keadaannya.")
            return Verdict(says, "warn", _("Bergantung"))
        case "depends":
            return Verdict(_depending({rule.verdict for rule in possible}), "warn", _("Bergantung"))
    if crimes:
        says = _("Aturan disiplin ASN tidak menyebutnya, tetapi ini dapat menjadi tindak pidana pemilihan.")
        sure = any(not crime.open for crime in crimes)
        return Verdict(says, "danger" if sure else "warn", _("Dapat dipidana"))
    if any(flag["code"] == "belum_ada_aturan" for flag in told["flags"]):
        says = _("Belum dapat dijawab: aturan untuk perbuatan ini belum dimuat. Itu bukan berarti boleh.")
        return Verdict(says, "plain", _("Belum dimuat"))
    says = _("Tidak disebut dalam aturan yang dimuat. Itu bukan berarti boleh.")
    return Verdict(says, "plain", _("Tidak disebut"))


def _depending(possible: set[str]) -> str:
    """Where what is still unknown may lead."""
    match "forbidden" in possible, "permitted" in possible, "depends" in possible:
        case True, True, _judged:
            return _("Bisa boleh, bisa dilarang: bergantung pada hal yang belum diketahui.")
        case True, False, False:
            return _("Bisa dilarang: bergantung pada hal yang belum diketahui.")
        case True, False, True:
            return _("Bisa dilarang, bisa juga dinilai pejabat: bergantung pada hal yang belum diketahui.")
        case False, True, False:
            return _("Bisa boleh: bergantung pada hal yang belum diketahui.")
        case False, True, True:
            return _("Bisa boleh, bisa juga dinilai pejabat: bergantung pada hal yang belum diketahui.")
    return _("Belum dapat dipastikan: bergantung pada hal yang belum diketahui.")


def _certain(told: Answer) -> list[Rule]:
    """Rules that hold; one that may yet be overridden is among the possible ones."""
    open_ones = {one["rule"] for one in told["possible"]}
    held = [one["rule"] for one in told["trace"] if one["result"] == "true"]
    return list(_rules(code for code in held if code not in open_ones))


def _possible(told: Answer) -> list[Rule]:
    return list(_rules(one["rule"] for one in told["possible"]))


def _rules(codes: Iterable[str]) -> Iterator[Rule]:
    for code in codes:
        yield next(rule for rule in corpus().rules[code.partition(".")[0]] if rule.code == code)


def _branch(rule: Rule) -> Branch:
    leads = {"verdict": rule.verdict, "level": rule.level if rule.track != "none" else "none"}
    return Branch(rule.says["id"], consequence_words(leads))


def _articles(rules: list[Rule], day: dt.date) -> list[Article]:
    """What undecided rules rest on."""
    refs = dict.fromkeys(ref for rule in rules for ref in (*rule.norm, *rule.sanction))
    return [_article(one) for one in corpus().in_force(refs, day)]


def _article(one: ArticleVersion) -> Article:
    since = None if one.start == dt.date.min else one.start
    return Article(f"{one.short} {one.cite}", one.says, since, one.status, words_of("statuses")[one.status])


def _cited(one: Mapping[str, Any]) -> Article:
    since = one["in_force_from"]
    return Article(
        name=f"{one['instrument']} {one['article']}",
        says=one["says"],
        since=dt.date.fromisoformat(since) if since else None,
        status=one["status"],
        status_words=words_of("statuses")[one["status"]],
    )


def _cost(told: Answer) -> Cost | None:
    if told["track"] == "none":
        return None
    levels = told["level_range"] or [told["level"]]
    words = words_of("levels")
    range_ = _(" sampai ").join(dict.fromkeys((words[levels[0]], words[levels[-1]])))
    sanctions: dict[str, list[str]] = {}
    for code in told["sanctions"]:
        one = corpus().sanctions[code]
        sanctions.setdefault(words[one.level], []).append(one.label.id)
    return Cost(range_, sanctions)


def _crimes(told: Answer, day: dt.date) -> Iterator[Crime]:
    """Criminal articles that may bind the person; what is still open is named, not guessed."""
    by_code = {crime.code: crime for crimes in corpus().crimes.values() for crime in crimes}
    for one in told["criminal"]:
        article, penalty = (corpus().article_on(one[name], day) for name in ("article", "penalty"))
        if article is None:
            continue
        subject = [] if one["subject_ok"] else [_("apakah Anda termasuk orang yang disebut pasal itu")]
        elements = [by_code[one["code"]].labels[code].id for code in one["elements_missing"]]
        yield Crime(
            _article(article), one["says"]["id"], _article(penalty) if penalty else None, subject + elements
        )


def _dispute(one: Mapping[str, Any]) -> Dispute:
    return Dispute(
        about=one["about"]["id"],
        positions=[
            Position(each["by"], each["says"]["id"], _span(each.get("from"), each.get("until")))
            for each in one["positions"]
        ],
        default=one["default"]["id"],
    )


def _span(start: str | None, until: str | None) -> str:
    """The days of a position, given as ISO: one day, a span, or since a day."""
    if start and not until:
        return _("sejak %(day)s") % {"day": _short(start)}
    return " – ".join(dict.fromkeys(_short(day) for day in (start, until) if day))


def _short(day: str) -> str:
    return tanggal_pendek(dt.date.fromisoformat(day))
