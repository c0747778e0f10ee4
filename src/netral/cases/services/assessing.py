"""What an officer holds the law to say of a case: the answer accepted, or departed from with a reason."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netral.accounts.models import User
from netral.lawbook import FactsError, answer
from netral.sealing import canonical_json
from netral.ui import clock

from ..codes import Level, Track
from ..content import Text
from ..facts import complaints, facts_of
from ..law import Answer
from ..lifecycle import EXAMINERS
from ..models import Assessment, Case
from ..sealed import Envelope
from .moving import begin, checked_reason, move

# What an officer may depart to: a road and a level of it, never the lack of one.
DEPARTURES = frozenset((track, level) for track, level in EXAMINERS if level != Level.UNDETERMINED)


@transaction.atomic
def assess(
    *,
    case: Case,
    user: User,
    revision: int,
    accept: bool = True,
    track: str = "",
    level: str = "",
    reason: str = "",
) -> Assessment:
    """Stores facts and answer as they are now. Without `accept` the officer names `track`, `level` and `reason`."""
    begin(case, "assess", user, revision)
    facts = facts_of(case, on=clock.today())
    try:
        told = answer(facts)
    except FactsError as error:
        raise complaints(error) from error
    reason = checked_reason(reason, needed=not accept)
    track, level = _accepted(told) if accept else _departed(track, level)
    assessment = Envelope.of(case).keep(
        Assessment(
            round=case.round,
            facts=canonical_json(facts).decode(),
            answer=canonical_json(told).decode(),
            corpus=told["corpus"],
            accepted=accept,
            track=track,
            level=level,
            author=user,
            made_on=clock.today(),
        ),
        Text(reason),
    )
    move(
        case=case,
        name="assess",
        user=user,
        revision=revision,
        rows=[assessment],
        details={"accepted": accept, "track": track, "level": level, "corpus": told["corpus"]},
        changes={"track": track, "level": level},
    )
    return assessment


def _accepted(told: Answer) -> tuple[str, str]:
    track, level = told["track"], told["level"]
    if track not in Track.values or level not in Level.values:
        raise ValidationError(
            {
                "accept": _(
                    "Menurut jawaban hukum belum ada pelanggaran yang pasti. Lengkapi faktanya, "
                    "buat penilaian berbeda beserta alasannya, atau minta pimpinan menghentikan perkara."
                )
            }
        )
    return track, level


def _departed(track: str, level: str) -> tuple[str, str]:
    if (track, level) in DEPARTURES:
        return track, level
    if track not in Track.values:
        raise ValidationError({"track": _("“%(track)s” bukan jalur yang dikenal.") % {"track": track[:40]}})
    allowed = [str(Level(one).label) for road, one in DEPARTURES if road == track]
    raise ValidationError(
        {
            "level": _("Tingkat “%(level)s” tidak ada pada jalur %(track)s; yang ada: %(allowed)s.")
            % {
                "level": level[:40],
                "track": Track(track).label.lower(),
                "allowed": ", ".join(sorted(allowed)),
            }
        }
    )
