"""Everything that writes about cases."""

from .assessing import assess
from .confirming import confirm_law
from .deciding import (
    close,
    decide,
    deliver,
    deliver_final,
    object_to,
    reassess,
    reexamine,
    refer,
    reopen,
    resolve,
    return_report,
    stop,
)
from .examining import (
    absent,
    absent_again,
    appoint,
    hear,
    postpone,
    replace_examiner,
    report,
    sign_minutes,
    summon,
    summon_again,
)
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
from .referring import answer_crime, refer_crime

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
    "close",
    "confirm_law",
    "decide",
    "deliver",
    "deliver_final",
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
    "return_report",
    "sign_minutes",
    "state_facts",
    "stop",
    "summon",
    "summon_again",
    "summon_decision",
    "take",
]
