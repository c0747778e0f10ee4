"""What the law says of facts: a pure function of facts, the days in them, and the corpus. It never reads a clock.

Rules are tried one by one (`trying`); what would change the result is asked for (`asking`). Nothing is guessed: where
the law is silent or disputed the answer says so, and a person decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from .asking import asked, needed, needed_by
from .calendars import pointed_out
from .conditions import Truth
from .corpus import LEVELS, TARGET, TRACKS, UNDETERMINED, ArticleVersion, Authority, Corpus, Rule, Sanction
from .facts import HAS_RESIGNED, Flat, Given, read_facts
from .terms import clocks_of
from .trying import Judged, judge, verdict_of

TRUTHS: Mapping[Truth, str] = {True: "true", False: "false", None: "unknown"}
NO_RULES = "belum_ada_aturan"
NOT_NAMED = "tidak_dicakup"
UNVERIFIED = "dasar_belum_terverifikasi"
REPEATED = "pengulangan_lebih_berat"
PERHAPS_REPEATED = "pengulangan_belum_pasti"
REPEATED_BEFORE = "pengulangan_sebelum_pp94"
CONTRADICTED = "mundur_bertentangan"
PENALTY = "ancaman_belum_terlihat"
ONE_SANCTION = "satu_hukuman_terberat"

DISCIPLINE, DISCIPLINARY = "disiplin", ("ringan", "sedang", "berat")

Answer = dict[str, Any]


def answer(book: Corpus, facts: Any, *, trace: bool = True) -> Answer:
    """The answer to `facts`, as plain JSON. Raises FactsError for facts that are malformed."""
    given = read_facts(facts, book.known)
    judged = [judge(book, act, at) for at, act in enumerate(given.acts)]
    findings = [_finding(book, one, rule) for one in judged for rule in one.certain if rule.track != "none"]
    summary = _summary(book, findings)
    tracks = _tracks(judged)
    authorities = _authorities(book, judged, given, summary, tracks)
    criminal = [crime for one in judged for crime in _criminal(book, one)]
    told: Answer = {
        "verdict": verdict_of(
            [rule for one in judged for rule in one.certain], any(one.possible for one in judged)
        ),
        "stage": next((one.facts["stage"] for one in judged if "stage" in one.facts), None),
        **summary,
        "findings": findings,
        "possible": [_possible(one, rule) for one in judged for rule in one.possible],
        "criminal": criminal,
        "basis": _basis(book, judged),
        "authorities": authorities,
        "clocks": clocks_of(book, given, judged[0].facts, tracks),
        "conditions": [text for one in judged for rule in one.certain for text in rule.conditions],
        "missing": asked(book, judged),
        "disputes": _disputes(book, judged),
        "flags": _flags(
            book,
            judged,
            given,
            {**summary, "findings": findings, "authorities": authorities, "criminal": criminal},
        ),
        "acts": [_act(one) for one in judged],
        "corpus": book.hash,
    }
    if trace:
        told["trace"] = [entry for one in judged for entry in _trace(book, one)]
    return told


# The sum of it -------------------------------------------------------------------------------------------------


def _summary(book: Corpus, findings: Sequence[Mapping[str, Any]]) -> Answer:
    """The heaviest track and level, and every sanction the findings open."""
    if not findings:
        return {"track": "none", "level": "none", "level_range": [], "sanctions": []}
    track = max((finding["track"] for finding in findings), key=TRACKS.index)
    heaviest = [finding for finding in findings if finding["track"] == track]
    fixed = [finding["level"] for finding in heaviest if finding["level"] != "undetermined"]
    reached = {level for finding in heaviest for level in finding["level_range"] or [finding["level"]]}
    open_levels = sorted(reached, key=LEVELS.index)
    undetermined = any(finding["level"] == "undetermined" for finding in heaviest) and "berat" not in fixed
    if fixed and undetermined:
        # What is fixed is the least; the readings of the other acts may only add to it.
        least = max(fixed, key=LEVELS.index)
        open_levels = [level for level in open_levels if LEVELS.index(level) >= LEVELS.index(least)]
        undetermined = len(open_levels) > 1
    level = "undetermined" if undetermined else max(fixed or open_levels, key=LEVELS.index)
    levels = open_levels if undetermined else [level]
    offered = dict.fromkeys(code for finding in heaviest for code in finding["sanctions"])
    sanctions = [code for code in offered if book.sanctions[code].level in levels]
    return {
        "track": track,
        "level": level,
        "level_range": levels if undetermined else [],
        "sanctions": sanctions,
    }


def open_sanctions(
    book: Corpus, track: str, levels: Iterable[str], day: dt.date, facts: Flat
) -> list[Sanction]:
    """Kinds of sanction for these levels that the law of the day of the act offers, light ones first."""
    found = []
    for level in levels:
        # A reading may lead from discipline to a merely moral sanction.
        of_track = "kode_etik" if level == "moral" else track
        found += [
            one for one in _sanctions_on(book, of_track, level, day) if one.when.holds(facts) is not False
        ]
    return found


@lru_cache(maxsize=1 << 14)
def _sanctions_on(book: Corpus, track: str, level: str, day: dt.date) -> tuple[Sanction, ...]:
    offered = book.sanctions_by_level.get((track, level), ())
    return tuple(one for one in offered if one.start <= day <= one.until)


def _finding(book: Corpus, one: Judged, rule: Rule) -> dict[str, Any]:
    day = one.facts["act_date"]
    levels = rule.level_range or (rule.level,)
    return {
        "act": one.at,
        "conduct": one.facts["conduct"],
        "rule": rule.code,
        "verdict": rule.verdict,
        "track": rule.track,
        "level": rule.level,
        "level_range": list(rule.level_range),
        "norm": [article.ref for article in book.in_force(rule.norm, day)],
        "sanctions": [one_.code for one_ in open_sanctions(book, rule.track, levels, day, one.facts)],
        "basis": [article.ref for article in book.in_force(rule.sanction, day)],
        "says": dict(rule.says),
    }


def _possible(one: Judged, rule: Rule) -> dict[str, Any]:
    return {
        "act": one.at,
        "rule": rule.code,
        "verdict": rule.verdict,
        "track": rule.track,
        "level": rule.level,
        "needs": sorted(set(needed(one, rule))),
    }


def _act(one: Judged) -> dict[str, Any]:
    day = one.facts.get("act_date")
    return {
        "conduct": one.facts["conduct"],
        "act_date": day and day.isoformat(),
        "stage": one.facts.get("stage"),
        "standing": one.facts.get("object.standing"),
        "calendar": one.standing.version and one.standing.version.code,
        "verdict": one.verdict,
    }


def _trace(book: Corpus, one: Judged) -> Iterator[dict[str, Any]]:
    """Each rule that was tried, what became of it, and the facts it read."""
    facts = {path: _plain(one.facts.get(path)) for path in book.reads[one.facts["conduct"]]}
    for tried in one.tried:
        rule = tried.rule
        yield {
            "act": one.at,
            "rule": rule.code,
            "result": "overridden" if tried.truth and tried.overridden else TRUTHS[tried.truth],
            "read": dict(zip(rule.reads, map(facts.get, rule.reads), strict=True)),
        }


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value


# What it rests on ------------------------------------------------------------------------------------------------


def _basis(book: Corpus, judged: Sequence[Judged]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for one in judged:
        for rule in one.certain:
            day = one.facts["act_date"]
            raised = [ref for flag in _raised(book, rule.track, one.facts) for ref in book.flags[flag].basis]
            for article in (*_articles(book, rule, day), *book.in_force(raised, day)):
                found.setdefault(article.ref, _cited(article))
    return list(found.values())


@lru_cache(maxsize=8192)
def _articles(book: Corpus, rule: Rule, day: dt.date) -> tuple[ArticleVersion, ...]:
    return book.in_force((*rule.norm, *rule.sanction), day)


def _cited(article: ArticleVersion) -> dict[str, Any]:
    return {
        "ref": article.ref,
        "instrument": article.short,
        "article": article.cite,
        "says": article.says,
        "in_force_from": None if article.start == dt.date.min else article.start.isoformat(),
        "status": article.status,
    }


PURPOSES = ("punishes", "recommends", "receives_referral", "receives_crime", "replaces_on_conflict")


def _authorities(
    book: Corpus,
    judged: Sequence[Judged],
    given: Given,
    summary: Mapping[str, Any],
    tracks: frozenset[str],
) -> dict[str, Any]:
    """Who is competent on the day of the assessment, which is that of the last act where it is not given."""
    facts, day = judged[0].facts, _day_of_assessment(judged, given)
    served = tracks | _ethics_within(judged)
    told: dict[str, list[Mapping[str, Any]]] = {purpose: [] for purpose in PURPOSES}
    if day is None:
        return told
    for one, entry in _within_powers(book, tuple(summary["sanctions"]), facts.get(TARGET)):
        if one.start <= day <= one.until and one.serves(served) and one.holds_for(facts):
            told[one.purpose].append(entry)
    return told


@lru_cache(maxsize=1 << 10)
def _within_powers(
    book: Corpus, sanctions: tuple[str, ...], target: str | None
) -> tuple[tuple[Authority, Mapping[str, Any]], ...]:
    """Each that may impose some of these sanctions on an official of this level, or does not punish; and its words."""
    found: list[tuple[Authority, Mapping[str, Any]]] = []
    for one in book.authorities:
        if one.purpose != "punishes":
            found.append((one, one.told))
        elif imposed := [code for code in sanctions if code in book.may_impose[one][target]]:
            found.append((one, {**one.told, "sanctions": imposed}))
    return tuple(found)


def _day_of_assessment(judged: Sequence[Judged], given: Given) -> dt.date | None:
    days = [one.facts["act_date"] for one in judged if "act_date" in one.facts]
    return given.assessed_on or max(days, default=None)


def sanctions_on(book: Corpus, facts: Any, track: str, level: str, authority: str) -> tuple[str, ...]:
    """What this authority may impose where a person holds these acts to be of this track and level.

    Raises FactsError for facts that are malformed.
    """
    acts = [act | book.calendars.standing(act).facts for act in read_facts(facts, book.known).acts]
    first, day = acts[0], max(act["act_date"] for act in acts)
    within = {
        code
        for one in book.authorities
        if (one.code, one.purpose) == (authority, "punishes")
        and one.start <= day <= one.until
        and one.holds_for(first)
        for code in book.may_impose[one][first.get(TARGET)]
    }
    offered = open_sanctions(book, track, [level], day, first)
    return tuple(one.code for one in offered if one.code in within)


def _criminal(book: Corpus, one: Judged) -> Iterator[dict[str, Any]]:
    day, facts = one.facts.get("act_date"), one.facts
    for crime in book.crimes[facts["conduct"]]:
        if day is None or not crime.start <= day <= crime.until:
            continue
        subject = crime.subject.holds(facts)
        elements = {code: condition.holds(facts) for code, condition in crime.elements.items()}
        if subject is False or False in elements.values():
            continue
        parts = ((crime.subject, subject), *zip(crime.elements.values(), elements.values(), strict=True))
        undecided = [part for part, held in parts if held is None]
        article, penalty = book.article_on(crime.article, day), book.article_on(crime.penalty, day)
        yield {
            "act": one.at,
            "code": crime.code,
            "article": crime.article,
            "subject_ok": subject,
            "elements_missing": [code for code, held in elements.items() if held is None],
            "needs": list(dict.fromkeys(path for part in undecided for path in needed_by(one, part))),
            "penalty": crime.penalty,
            "penalty_version": None
            if penalty is None or penalty.start == dt.date.min
            else penalty.start.isoformat(),
            "status": article.status if article else "unverified",
            "says": vars(crime.says),
        }


def _tracks(judged: Sequence[Judged]) -> frozenset[str]:
    rules = (rule for one in judged for rule in (*one.certain, *one.possible))
    return frozenset(rule.track for rule in rules)


def _ethics_within(judged: Sequence[Judged]) -> frozenset[str]:
    """The track of ethics, where a reading of a disciplinary rule leads to a merely moral sanction."""
    rules = (rule for one in judged for rule in (*one.certain, *one.possible))
    return frozenset({"kode_etik"} if any("moral" in rule.level_range for rule in rules) else ())


# What is still open ------------------------------------------------------------------------------------------------


def _disputes(book: Corpus, judged: Sequence[Judged]) -> list[dict[str, Any]]:
    codes = dict.fromkeys(
        code for one in judged for rule in (*one.certain, *one.possible) for code in rule.disputes
    )
    return [{"code": code, **book.disputes[code]} for code in codes]


def _flags(
    book: Corpus, judged: Sequence[Judged], given: Given, told: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Each once, with its words."""
    codes = dict.fromkeys(_flag_codes(book, judged, given, told))
    return [{"code": code, "text": dict(book.flags[code].text)} for code in codes]


def _flag_codes(
    book: Corpus, judged: Sequence[Judged], given: Given, told: Mapping[str, Any]
) -> Iterator[str]:
    """What rules, calendar, sanctions and authorities point out, and what flags.yaml raises by itself."""
    for one in judged:
        yield from pointed_out(one.given, one.standing)
        if not book.rules[one.facts["conduct"]]:
            yield NO_RULES
        elif one.verdict == "not_covered":
            yield NOT_NAMED
        for rule in one.certain:
            yield from rule.flags
            yield from _raised(book, rule.track, one.facts)
            if any(
                article.status == "unverified" for article in _articles(book, rule, one.facts["act_date"])
            ):
                yield UNVERIFIED
    day = _day_of_assessment(judged, given)
    for code in told["sanctions"]:
        yield from (flag for flag in book.sanctions[code].flags if day and book.flags[flag].speaks_on(day))
    for purpose in ("recommends", "receives_referral"):
        for entry in told["authorities"][purpose]:
            yield from entry["flags"]
    breaches = [finding for finding in told["findings"] if finding["track"] == DISCIPLINE]
    several = len({given.told_as[finding["act"]] for finding in breaches}) > 1
    if day and several and book.flags[ONE_SANCTION].speaks_on(day):
        yield ONE_SANCTION
    if any(_penalty_unseen(book, crime, judged) for crime in told["criminal"]):
        yield PENALTY
    if HAS_RESIGNED in given.contradicted:
        yield CONTRADICTED
    yield from _repetitions(book, [judged[breach["act"]].facts for breach in breaches], given.prior)


def _repetitions(book: Corpus, breaches: Iterable[Flat], prior: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """By the day of the breach: what the rule on repetition says, or that nothing was seen of one before it."""
    found: set[tuple[bool, Truth]] = {
        (book.flags[REPEATED].speaks_on(act["act_date"]), _repeats(book, act, one))
        for act in breaches
        for one in prior
    }
    if (True, True) in found:
        yield REPEATED
    elif (True, None) in found:
        yield PERHAPS_REPEATED
    if found & {(False, True), (False, None)}:
        yield REPEATED_BEFORE


def _repeats(book: Corpus, act: Flat, prior: Mapping[str, Any]) -> Truth:
    """Whether a breach of discipline follows a final disciplinary sanction of the same nature; three-valued."""
    nature, decided, day = prior.get("nature"), prior.get("date"), act["act_date"]
    signs = (
        nature and nature in (DISCIPLINE, act["conduct"]),
        _of_discipline(book, prior),
        prior.get("final"),
        None if decided in (None, day) else decided < day,  # of one day it is not told which came first
    )
    return False if False in signs else None if None in signs else True


def _of_discipline(book: Corpus, prior: Mapping[str, Any]) -> Truth:
    """Whether a sanction imposed earlier was one of discipline, by whatever is told of it."""
    signs = {prior.get("nature") == DISCIPLINE or None}
    if (level := prior.get("level", UNDETERMINED)) != UNDETERMINED:
        signs.add(level in DISCIPLINARY)
    if kind := prior.get("kind"):
        signs.add(book.sanctions[kind].track == DISCIPLINE)
    return False if False in signs else (True if True in signs else None)


def _penalty_unseen(book: Corpus, crime: Mapping[str, Any], judged: Sequence[Judged]) -> bool:
    """Whether what this crime is punished with on the day of the act was not seen in any source."""
    penalty = book.article_on(crime["penalty"], judged[crime["act"]].facts["act_date"])
    return penalty is None or penalty.status == "unverified"


def _raised(book: Corpus, track: str, facts: Flat) -> Iterator[str]:
    day = facts["act_date"]
    for code, flag in book.flags_of_tracks[track]:
        if flag.speaks_on(day) and flag.when.holds(facts):
            yield code
