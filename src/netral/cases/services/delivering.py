"""A decision reaches the respondent, is carried out or contested, and the case closes."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netral.accounts.models import User
from netral.ui import clock
from netral.ui.templatetags.netral import tanggal

from ..clocks import is_late, law_clock, may_close_on
from ..codes import Outcome, Receipt, Remedy
from ..content import Announced, Text, checked
from ..letters import TAKES_EFFECT
from ..models import CarryingOut, Case, Decision, Delivery, Objection
from ..sealed import Envelope
from ..selectors import decision_of, results
from .moving import begin, checked_choice, checked_day, move

# For each remedy the clock to file it and the clock to decide it.
REMEDY_CLOCKS = {
    Remedy.OBJECTION: ("keberatan", "putusan_keberatan"),
    Remedy.APPEAL: ("banding", "putusan_banding"),
}
# After these the case waits for the respondent to object before it ends.
AWAITS_REMEDY = (Outcome.DISCIPLINE, Outcome.DISMISSAL)


@transaction.atomic
def deliver(*, case: Case, user: User, revision: int, day: dt.date, way: str, note: str = "") -> Delivery:
    """The decision reached the respondent; a sanction takes effect when the law says, unless he objects.

    Where the law tells no such day, as for a dismissal, the case waits until he can appeal no more.
    """
    begin(case, "deliver", user, revision)
    _check_outcome(case, *AWAITS_REMEDY)
    due = law_clock(case, TAKES_EFFECT, day)
    delivery = _deliver(case, day, way, note, due.day if due else None)
    since, awaited = (day, TAKES_EFFECT) if due else (_decision(case).day, REMEDY_CLOCKS[Remedy.APPEAL][0])
    move(
        case=case,
        name="deliver",
        user=user,
        revision=revision,
        rows=[delivery],
        since=since,
        clock_code=awaited,
    )
    return delivery


@transaction.atomic
def deliver_moral(
    *, case: Case, user: User, revision: int, day: dt.date, way: str, note: str = ""
) -> Delivery:
    """The respondent received the decree of a moral sanction, which is carried out by its statement."""
    return _deliver_without_remedy("deliver_moral", Outcome.MORAL, case, user, revision, day, way, note)


@transaction.atomic
def deliver_final(
    *, case: Case, user: User, revision: int, day: dt.date, way: str, note: str = ""
) -> Delivery:
    """The respondent received that nothing is proven: with that the case is closed."""
    return _deliver_without_remedy("deliver_final", Outcome.NOT_PROVEN, case, user, revision, day, way, note)


def _deliver_without_remedy(
    name: str, outcome: str, case: Case, user: User, revision: int, day: dt.date, way: str, note: str
) -> Delivery:
    begin(case, name, user, revision)
    if case.outcome in AWAITS_REMEDY:
        raise ValidationError(
            _("Keputusan ini dapat dilawan dengan upaya administratif; catat penyampaiannya lebih dulu.")
        )
    _check_outcome(case, outcome)
    delivery = _deliver(case, day, way, note, None)
    move(case=case, name=name, user=user, revision=revision, rows=[delivery])
    return delivery


def _check_outcome(case: Case, *outcomes: str) -> None:
    if case.outcome not in outcomes:
        raise ValidationError(
            _("Hasil perkara ini %(outcome)s; catat penyampaiannya lewat tombol pada halaman perkara.")
            % {"outcome": case.get_outcome_display().lower()}
        )


@transaction.atomic
def carry_out(*, case: Case, user: User, revision: int, day: dt.date, announced: Announced) -> CarryingOut:
    """The moral sanction was stated, in private or in public as it was decided: with that the case is closed."""
    begin(case, "carry_out", user, revision)
    checked_day("day", day, since=_decision(case).day, until=clock.today())
    carried_out = Envelope.of(case).keep(CarryingOut(day=day), checked(announced))
    move(case=case, name="carry_out", user=user, revision=revision, rows=[carried_out])
    return carried_out


def _deliver(case: Case, day: dt.date, way: str, note: str, effective_on: dt.date | None) -> Delivery:
    decision = _decision(case)
    checked_choice("way", way, Receipt.values)
    checked_day("day", day, since=decision.day, until=clock.today())
    words = checked(Text(note))
    if way == Receipt.SENT and not words.text:
        raise ValidationError({"note": _("Keputusan dikirim; tuliskan alamat pengirimannya.")})
    return Envelope.of(case).keep(Delivery(day=day, way=way, effective_on=effective_on), words)


@transaction.atomic
def object_to(
    *, case: Case, user: User, revision: int, kind: str, filed_on: dt.date, grounds: str = ""
) -> Objection:
    """The respondent seeks a remedy. One filed late is recorded as late, not refused: that is for who decides it.

    So is one against a moral sanction, which no article in the corpus grants or excludes, and one after the end.
    """
    begin(case, "object", user, revision)
    if not case.may_be_contested:
        raise ValidationError(
            _("Perkara ini berakhir dengan %(outcome)s; tidak ada sanksi yang dapat dilawan.")
            % {"outcome": case.get_outcome_display().lower()}
        )
    if Objection.objects.filter(case=case).exists():
        raise ValidationError(_("Upaya administratif sudah tercatat dalam perkara ini."))
    remedy = Remedy(checked_choice("kind", kind, Remedy.values))
    decided = _decision(case).day
    checked_day("filed_on", filed_on, since=decided, until=clock.today())
    to_file, to_decide = REMEDY_CLOCKS[remedy]
    objection = Envelope.of(case).keep(
        Objection(kind=remedy, filed_on=filed_on, late=is_late(case, to_file, filed_on)),
        checked(Text(grounds)),
    )
    move(
        case=case,
        name="object",
        user=user,
        revision=revision,
        rows=[objection],
        details={"kind": kind, "late": objection.late},
        since=filed_on,
        clock_code=to_decide,
    )
    return objection


@transaction.atomic
def resolve(*, case: Case, user: User, revision: int, result: str, resolved_on: dt.date) -> Objection:
    """What became of the remedy; the decision takes the effect that gives it."""
    return _resolve("resolve", True, case, user, revision, result, resolved_on)


@transaction.atomic
def resume(*, case: Case, user: User, revision: int, result: str, resolved_on: dt.date) -> Objection:
    """The remedy left a moral sanction standing that was not stated yet."""
    return _resolve("resume", False, case, user, revision, result, resolved_on)


def _resolve(
    name: str, ends: bool, case: Case, user: User, revision: int, result: str, resolved_on: dt.date
) -> Objection:
    begin(case, name, user, revision)
    checked_choice("result", result, results(case, ends=ends))
    objection = Objection.objects.get(case=case)
    objection.resolved_on = checked_day(
        "resolved_on", resolved_on, since=objection.filed_on, until=clock.today()
    )
    objection.result = result
    objection.save(update_fields=["result", "resolved_on"])
    move(
        case=case,
        name=name,
        user=user,
        revision=revision,
        rows=[objection],
        details={"result": result},
    )
    return objection


@transaction.atomic
def close(*, case: Case, user: User, revision: int) -> Case:
    """The decision is in effect, or its appeal past, and nobody objected."""
    begin(case, "close", user, revision)
    first = may_close_on(case)
    if first and clock.today() < first:
        raise ValidationError(
            _("Masa upaya administratif belum lewat; perkara dapat ditutup sejak %s.") % tanggal(first)
        )
    return move(case=case, name="close", user=user, revision=revision)


def _decision(case: Case) -> Decision:
    decision = decision_of(case)
    if decision is None:
        raise ValidationError(_("Perkara ini belum diputus."))
    return decision
