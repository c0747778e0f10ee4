"""To another institution: the whole case, or beside it what may be a crime; the road here does not wait for that."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netral.accounts.models import User
from netral.documents.kinds import Kind
from netral.documents.services import issuing
from netral.ui import clock
from netral.ui.templatetags.netral import tanggal

from ..codes import Outcome
from ..content import Text, checked
from ..law import authority_label, receivers_of_cases, receivers_of_crimes
from ..letters import Letters
from ..models import Case, CrimeAnswer, CrimeReferral
from ..sealed import Envelope
from ..signing import leader
from .lettering import issue
from .moving import begin, checked_choice, checked_day, checked_reason, edit, move


@issuing()
def refer(
    *, case: Case, user: User, revision: int, to: str, reason: str, title: str = "", number: str = ""
) -> Case:
    """Hands the whole case to another authority; concludes nothing about the respondent.

    What may be a crime is referred beside the case, by `refer_crime`.
    """
    begin(case, "refer", user, revision)
    checked_choice("to", to, list(receivers_of_cases(clock.today())))
    reason, by = checked_reason(reason), leader(user, checked(Text(title)).text)
    letters = Letters(Envelope.of(case))
    letter = issue(letters, user, Kind.REFERRAL, letters.referral(to, reason, by), number=number)
    return move(
        case=case,
        name="refer",
        user=user,
        revision=revision,
        reason=reason,
        rows=letter,
        details={"to": to},
        changes={"outcome": Outcome.REFERRED, "referred_to": to},
    )


@issuing()
def refer_crime(
    *, case: Case, user: User, revision: int, to: str, reason: str, title: str = "", number: str = ""
) -> CrimeReferral:
    """Passes on what may be a crime, by a letter. Raises ValidationError where that authority has yet to answer one."""
    begin(case, "refer_crime", user, revision)
    checked_choice("to", to, list(receivers_of_crimes(clock.today())))
    reason, by = checked_reason(reason), leader(user, checked(Text(title)).text)
    if earlier := case.crimereferral_set.filter(to=to, answer=None).first():
        raise ValidationError(
            {
                "to": _(
                    "Dugaan pidana perkara ini sudah diteruskan kepada %(to)s pada %(day)s dan belum dijawab. "
                    "Catat jawabannya lebih dulu."
                )
                % {"to": authority_label(to), "day": tanggal(earlier.day)}
            }
        )
    letters = Letters(Envelope.of(case))
    referral = letters.envelope.keep(CrimeReferral(to=to, day=clock.today()), Text(reason))
    letter = issue(letters, user, Kind.REFERRAL, letters.referral(to, reason, by, crime=True), number=number)
    edit(
        case=case,
        name="refer_crime",
        user=user,
        revision=revision,
        rows=[referral, *letter],
        details={"to": to},
    )
    return referral


@transaction.atomic
def answer_crime(
    *, case: Case, user: User, revision: int, referral: CrimeReferral, day: dt.date, text: str
) -> CrimeAnswer:
    """Records what the receiver answered, once; also after the case has closed."""
    begin(case, "answer_crime", user, revision)
    answer = checked(Text(text))
    if not answer.text:
        raise ValidationError({"text": _("Belum diisi. Tuliskan apa yang dijawab.")})
    if CrimeAnswer.objects.filter(referral=referral).exists():
        raise ValidationError(_("Jawaban atas penerusan ini sudah dicatat."))
    checked_day("day", day, since=referral.day, until=clock.today())
    kept = Envelope.of(case).keep(CrimeAnswer(referral=referral, day=day), answer)
    edit(case=case, name="answer_crime", user=user, revision=revision, rows=[kept])
    return kept
