"""Everything that writes about cases."""

from .appointing import appoint, replace_examiner
from .assessing import assess
from .confirming import confirm_law
from .deciding import decide, reassess, reexamine, reopen, return_report, stop
from .delivering import carry_out, close, deliver, deliver_final, deliver_moral, object_to, resolve, resume
from .examining import hear, report, sign_minutes
from .holding import add_files, assign, reply, take
from .lettering import attach_scan, replace_letter, summon_decision
from .moving import OvertakenError
from .opening import (
    AllegedAct,
    NewRespondent,
    Source,
    add_allegation,
    amend_allegation,
    open_cases,
    state_facts,
)
from .referring import answer_crime, refer, refer_crime
from .summoning import (
    absent,
    absent_again,
    postpone,
    summon,
    summon_again,
    withdraw_absence,
    withdraw_absence_again,
)

__all__ = [
    "AllegedAct",
    "NewRespondent",
    "OvertakenError",
    "Source",
    "absent",
    "absent_again",
    "add_allegation",
    "add_files",
    "amend_allegation",
    "answer_crime",
    "appoint",
    "assess",
    "assign",
    "attach_scan",
    "carry_out",
    "close",
    "confirm_law",
    "decide",
    "deliver",
    "deliver_final",
    "deliver_moral",
    "hear",
    "object_to",
    "open_cases",
    "postpone",
    "reassess",
    "reexamine",
    "refer",
    "refer_crime",
    "reopen",
    "replace_examiner",
    "replace_letter",
    "reply",
    "report",
    "resolve",
    "resume",
    "return_report",
    "sign_minutes",
    "state_facts",
    "stop",
    "summon",
    "summon_again",
    "summon_decision",
    "take",
    "withdraw_absence",
    "withdraw_absence_again",
]
