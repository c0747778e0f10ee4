"""How a case comes to be: a file for each respondent, with the same acts; and what is stated until it is assessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence, Set
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from netral.accounts.models import Agency, User
from netral.accounts.rights import Right
from netral.audit.models import LoggedModel
from netral.audit.services import record
from netral.lawbook import FactsError, answer, conduct_kinds
from netral.roster.models import Official
from netral.ui import clock
from netral.ui.checks import told_together
from netral.ui.templatetags.netral import tanggal

from ..clocks import deadline
from ..content import Person, Text, checked
from ..facts import actor_facts, complaints, facts_of
from ..law import earliest_day
from ..lifecycle import State
from ..models import Allegation, Case, CaseSource, Counter, EarlierWording, NamedBeside, Progress
from ..sealed import Envelope
from ..selectors import Sight, standing_acts
from .moving import begin, checked_reason, edit, keep_note, put_work


@dataclass(frozen=True)
class NewRespondent:
    """Who is alleged to have done it; `rank` (*pangkat*) as letters name it, which the roster does not know."""

    official: Official
    rank: str = ""


@dataclass(frozen=True)
class AllegedAct:
    """One act: its kind, its day or its first and last, what is known of it in the law's codes, and in words."""

    conduct: str
    act_date: dt.date
    until: dt.date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""

    @property
    def last_day(self) -> dt.date:
        return self.until or self.act_date


@dataclass(frozen=True)
class Source:
    """What a case comes from: its name in the log and its number."""

    origin: str
    number: str


@transaction.atomic
def open_cases(
    *,
    user: User,
    respondents: Sequence[NewRespondent],
    acts: Sequence[AllegedAct],
    sources: Sequence[Source] = (),
    named: Iterable[int] = (),
    dates: Mapping[str, str] | None = None,
    another_act: str = "",
) -> list[Case]:
    """Opens a case for each respondent, held by who opens it.

    `named` are all officials whom the sources name, by their keys: none of them sees the file of another. `dates` are
    days the law counts from (`known`, `received`, …), as ISO dates. `another_act` says why an act is not
    the one that another case already holds against the same person on the same day.
    """
    if not user.has_right(Right.CASES_OPEN):
        raise PermissionDenied
    another_act = checked_reason(another_act, needed=False)
    with told_together() as one:
        with one():
            _check_respondents(user, respondents)
        with one():
            _some(acts)
        for at, act in enumerate(acts):
            with one():
                _checked_act(act, at)
    numbers = _take_numbers(user.agency, len(respondents))
    everyone = {*named, *(respondent.official.pk for respondent in respondents)}
    opened = [
        _open(user, respondent, number, acts, sources, everyone, dict(dates or {}), another_act)
        for respondent, number in zip(respondents, numbers, strict=True)
    ]
    for case, rows in opened:
        record(
            action="cases.case.open",
            actor=user.actor,
            rows=[case, *rows],
            details={"state": case.state, "from": [source.number for source in sources]},
        )
    return [case for case, _rows in opened]


def _open(
    user: User,
    respondent: NewRespondent,
    number: str,
    acts: Sequence[AllegedAct],
    sources: Sequence[Source],
    everyone: Set[int],
    dates: dict[str, str],
    another_act: str,
) -> tuple[Case, list[LoggedModel]]:
    today, official = clock.today(), respondent.official
    case = Case(
        agency=user.agency,
        number=number,
        official=official,
        opened_on=today,
        actor=actor_facts(official, user.agency),
        dates=dates,
        owner=user,
    )
    envelope = Envelope.new(case, checked(Person.of(official, rank=respondent.rank)))
    due = deadline(case, State.ASSESSMENT, since=today)
    case.due, case.clock, case.clock_start = due.day, due.clock, due.start
    case.save(force_insert=True)
    rows: list[LoggedModel] = [
        CaseSource.objects.create(case=case, origin=source.origin, number=source.number) for source in sources
    ]
    rows += [
        NamedBeside.objects.create(case=case, official_id=other) for other in sorted(everyone - {official.pk})
    ]
    Progress.objects.bulk_create(
        [Progress(case=case, origin=source.origin, state=case.state) for source in sources]
    )
    rows += [_allege(envelope, act, another_act) for act in acts]
    if another_act:
        rows.append(keep_note(case, user, "open", Text(another_act)))
    check_facts(case)
    put_work(case)
    return case, rows


def _allege(envelope: Envelope, act: AllegedAct, another_act: str) -> Allegation:
    case = envelope.case
    allegation = Allegation(
        official=case.official,
        conduct=act.conduct,
        act_date=act.act_date,
        until=act.until,
        facts=dict(act.facts),
        instance=free_instance(case.official, act, another_act),
    )
    return envelope.keep(allegation, Text(act.description))


# Stated while the case is assessed -----------------------------------------------------------------------------


@transaction.atomic
def state_facts(
    *,
    case: Case,
    user: User,
    revision: int,
    actor: Mapping[str, Any] | None = None,
    dates: Mapping[str, Any] | None = None,
    acts: Mapping[int, Mapping[str, Mapping[str, Any]]] | None = None,
) -> Case:
    """Adds what became known, in the law's codes; a value None takes a fact back.

    `acts` holds for an allegation (by its key) its `object` and `circumstances`.
    """
    begin(case, "state_facts", user, revision)
    changed = []
    for allegation in case.allegation_set.filter(pk__in=acts or {}):
        told = (acts or {})[allegation.pk]
        allegation.facts = allegation.facts | {
            group: _merged(allegation.facts.get(group, {}), values) for group, values in told.items()
        }
        allegation.save(update_fields=["facts"])
        changed.append(allegation)
    stated = copy(case)  # the page goes on showing `case` where this is refused
    stated.actor, stated.dates = _merged(case.actor, actor or {}), _merged(case.dates, dates or {})
    check_facts(stated)
    return edit(
        case=case,
        name="state_facts",
        user=user,
        revision=revision,
        rows=changed,
        actor=stated.actor,
        dates=stated.dates,
    )


@transaction.atomic
def add_allegation(
    *, case: Case, user: User, revision: int, act: AllegedAct, another_act: str = ""
) -> Allegation:
    begin(case, "add_allegation", user, revision)
    another_act, act = checked_reason(another_act, needed=False), _checked_act(act, 0)
    _lock_numbering(case.agency)
    allegation = _allege(Envelope.of(case), act, another_act)
    check_facts(case)
    notes = [keep_note(case, user, "add_allegation", Text(another_act))] if another_act else []
    edit(case=case, name="add_allegation", user=user, revision=revision, rows=[allegation, *notes])
    return allegation


@transaction.atomic
def amend_allegation(
    *,
    case: Case,
    user: User,
    revision: int,
    allegation: Allegation,
    act: AllegedAct,
    another_act: str = "",
) -> Allegation:
    """Says anew what is alleged: kind, days, facts and description. What it said before stays in the file."""
    begin(case, "amend_allegation", user, revision)
    another_act, act = checked_reason(another_act, needed=False), _checked_act(act, 0)
    _lock_numbering(case.agency)
    allegation, envelope = case.allegation_set.get(pk=allegation.pk), Envelope.of(case)
    earlier = _kept(envelope, allegation, user)
    allegation.instance = free_instance(case.official, act, another_act, besides=allegation)
    allegation.conduct, allegation.act_date, allegation.until = act.conduct, act.act_date, act.until
    allegation.facts = dict(act.facts)
    envelope.seal(allegation, Text(act.description))
    allegation.save()
    check_facts(case)
    notes = [keep_note(case, user, "amend_allegation", Text(another_act))] if another_act else []
    edit(case=case, name="amend_allegation", user=user, revision=revision, rows=[allegation, earlier, *notes])
    return allegation


def _kept(envelope: Envelope, allegation: Allegation, user: User) -> EarlierWording:
    """The allegation as it stands, before it is said anew."""
    said = {name: getattr(allegation, name) for name in EarlierWording.SAID}
    earlier = EarlierWording(allegation=allegation, **said, replaced_by=user, replaced_on=clock.today())
    return envelope.keep(earlier, envelope.read(allegation, Text))


# What is refused -------------------------------------------------------------------------------------------------


def check_facts(case: Case) -> None:
    """Raises ValidationError by field for facts the law cannot read."""
    try:
        answer(facts_of(case, on=clock.today()), trace=False)
    except FactsError as error:
        raise complaints(error) from error


def free_instance(
    official: Official, act: AllegedAct, another_act: str, *, besides: Allegation | None = None
) -> int:
    """Which act of its kind on its day this is. Nobody answers twice for one: raises ValidationError for `another_act`.

    Unless a reason says that it is another act than the one another case, or this one, already holds against him.
    """
    but = besides.pk if besides else 0
    same = standing_acts(official.pk, act.conduct, act.act_date, act.last_day)
    earlier = same.exclude(pk=but).first()
    if earlier and not another_act:
        raise ValidationError(
            {
                "another_act": _(
                    "“%(conduct)s” pada %(day)s sudah didugakan kepada %(name)s dalam perkara %(number)s. "
                    "Satu perbuatan diperiksa satu kali. Bila ini perbuatan lain, tuliskan apa bedanya."
                )
                % {
                    "conduct": conduct_kinds()[act.conduct].label.id,
                    "day": tanggal(earlier.act_date),
                    "name": official,
                    "number": earlier.case.number,
                }
            }
        )
    of_that_day = same.filter(act_date=act.act_date).exclude(pk=but)
    return (of_that_day.aggregate(last=Max("instance"))["last"] or 0) + 1


def _some(acts: Sequence[AllegedAct]) -> None:
    if not acts:
        raise ValidationError({"acts": _("Belum ada dugaan perbuatan. Tambahkan paling sedikit satu.")})


def _checked_act(act: AllegedAct, at: int) -> AllegedAct:
    """Its kind and days; the facts are the law's to check."""
    where, today = f"acts.{at}", clock.today()
    if act.conduct not in conduct_kinds():
        raise ValidationError(
            {
                f"{where}.conduct": _("“%(code)s” tidak ada dalam daftar perbuatan.")
                % {"code": act.conduct[:40]}
            }
        )
    _check_day(f"{where}.act_date", act.act_date, today)
    _check_day(f"{where}.until", act.last_day, today)
    if act.until and act.until <= act.act_date:
        raise ValidationError(
            {
                f"{where}.until": _("%(until)s tidak sesudah %(day)s. Kosongkan bila perbuatan satu hari.")
                % {"until": tanggal(act.until), "day": tanggal(act.act_date)}
            }
        )
    checked(Text(act.description))
    return act


def _check_day(field: str, day: dt.date, today: dt.date) -> None:
    """Raises ValidationError where nobody can have acted on that day yet, or no law in the corpus speaks of it."""
    earliest = earliest_day()
    if earliest <= day <= today:
        return
    said = {"day": tanggal(day), "since": tanggal(earliest), "today": tanggal(today)}
    if day > today:
        sentence = _("%(day)s belum terjadi. Tulis tanggal sampai hari ini, %(today)s.") % said
    else:
        sentence = (
            _(
                "%(day)s mendahului semua aturan yang dimuat. "
                "Tulis tanggal %(since)s sampai hari ini, %(today)s."
            )
            % said
        )
    raise ValidationError({field: sentence})


def _check_respondents(user: User, respondents: Sequence[NewRespondent]) -> None:
    if not respondents:
        raise ValidationError({"respondents": _("Belum ada terlapor. Pilih dari data pegawai.")})
    officials = [respondent.official for respondent in respondents]
    if len({official.pk for official in officials}) != len(officials):
        raise ValidationError({"respondents": _("Satu orang dipilih lebih dari sekali.")})
    sight = Sight(user)
    for official in officials:
        if official.agency_id != user.agency_id:
            raise PermissionDenied
        if not sight.sees(Case(agency=user.agency, official=official)):
            raise ValidationError(
                {
                    "respondents": _(
                        "Perkara terhadap %(name)s tidak dapat Anda buka: ia Anda sendiri atau atasan Anda. "
                        "Minta rekan yang tidak berkaitan membukanya."
                    )
                    % {"name": official}
                }
            )


def _take_numbers(agency: Agency, many: int) -> list[str]:
    counter = _lock_numbering(agency)
    first = counter.value + 1
    counter.value += many
    counter.save(update_fields=["value"])
    return [f"P-{counter.year}-{number:04d}" for number in range(first, counter.value + 1)]


def _lock_numbering(agency: Agency) -> Counter:
    """Whoever alleges something waits here for his turn, so that no two allege the same act at once."""
    counter, _made = Counter.objects.select_for_update().get_or_create(agency=agency, year=clock.today().year)
    return counter


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**old, **new}.items() if value is not None}
