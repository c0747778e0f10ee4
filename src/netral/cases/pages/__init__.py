"""What the officers' pages say about a case, as data for the templates."""

from .alleging import alleged, title_of
from .alongside import advice_of, beside, beside_with_file, beside_with_sanction, examined_of
from .history import events_of, who_acted
from .law_beside import STATUS_TONES, STATUS_WORDS, Law, law_of
from .letters import OTHER_ACTS, letters_of, minutes_letter
from .steps import NUDGES, WAY, nudge_of, put_off, track_of

__all__ = [
    "NUDGES",
    "OTHER_ACTS",
    "STATUS_TONES",
    "STATUS_WORDS",
    "WAY",
    "Law",
    "advice_of",
    "alleged",
    "beside",
    "beside_with_file",
    "beside_with_sanction",
    "events_of",
    "examined_of",
    "law_of",
    "letters_of",
    "minutes_letter",
    "nudge_of",
    "put_off",
    "title_of",
    "track_of",
    "who_acted",
]
