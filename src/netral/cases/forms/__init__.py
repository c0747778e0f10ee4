"""What officers fill in about a case, by the step it belongs to. Forms shape; services decide."""

from .acting import ActForm, ReasonForm
from .appointing import ReplaceForm, TeamForm
from .assessing import AllegationForm, DepartForm, FactsForm, askable, conduct_choices
from .deciding import DecisionForm, StopForm
from .delivering import CarryOutForm, DecisionSummonsForm, DeliveryForm, ObjectionForm, ResultForm
from .examining import FEWEST_EXCHANGES, HearingForm, ReportForm, SigningForm
from .holding import AssignForm, ReplyForm
from .lettering import ReplacementForm
from .referring import CrimeAnswerForm, ReferForm
from .summoning import AbsenceForm, PostponeForm, SummonsForm

__all__ = [
    "FEWEST_EXCHANGES",
    "AbsenceForm",
    "ActForm",
    "AllegationForm",
    "AssignForm",
    "CarryOutForm",
    "CrimeAnswerForm",
    "DecisionForm",
    "DecisionSummonsForm",
    "DeliveryForm",
    "DepartForm",
    "FactsForm",
    "HearingForm",
    "ObjectionForm",
    "PostponeForm",
    "ReasonForm",
    "ReferForm",
    "ReplaceForm",
    "ReplacementForm",
    "ReplyForm",
    "ReportForm",
    "ResultForm",
    "SigningForm",
    "StopForm",
    "SummonsForm",
    "TeamForm",
    "askable",
    "conduct_choices",
]
