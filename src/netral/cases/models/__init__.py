"""The tables of a case, by the step of its road that fills them."""

from .appointing import ExaminationTeam, TeamMember
from .assessing import Allegation, Assessment, EarlierWording
from .case import Case, CaseNote, CasePart, CaseSource, Counter, NamedBeside, Progress
from .confirming import LawConfirmation
from .deciding import Decision
from .delivering import CarryingOut, Delivery, Objection
from .examining import ExaminationMinutes, ExaminationReport
from .referring import CrimeAnswer, CrimeReferral
from .summoning import Absence, Summons

__all__ = [
    "Absence",
    "Allegation",
    "Assessment",
    "CarryingOut",
    "Case",
    "CaseNote",
    "CasePart",
    "CaseSource",
    "Counter",
    "CrimeAnswer",
    "CrimeReferral",
    "Decision",
    "Delivery",
    "EarlierWording",
    "ExaminationMinutes",
    "ExaminationReport",
    "ExaminationTeam",
    "LawConfirmation",
    "NamedBeside",
    "Objection",
    "Progress",
    "Summons",
    "TeamMember",
]
