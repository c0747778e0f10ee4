"""The shape of every YAML file of the corpus (format 1). Read only when the corpus is compiled.

`docs/law.md` explains it to lawyers. A field's comment says what it means; what must hold between files stands in
`compile`.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
CODE, RULE_CODE = r"^[a-z][a-z0-9_]*$", r"^[a-z][a-z0-9_]*\.[a-z0-9_]+$"
INSTRUMENT, ARTICLE = r"^[a-z][a-z0-9-]*$", r"^[A-Za-z0-9.-]+$"
REF = f"{INSTRUMENT[:-1]}#{ARTICLE[1:]}"
# What stands in a complaint in place of the pattern.
EXAMPLES = {
    CODE: "like_post",
    RULE_CODE: "like_post.calon",
    INSTRUMENT: "pp-94-2021",
    ARTICLE: "5-n-5",
    REF: "pp-94-2021#5-n-5",
}
Code = Annotated[str, StringConstraints(pattern=CODE)]
RuleCode = Annotated[str, StringConstraints(pattern=RULE_CODE)]
InstrumentCode = Annotated[str, StringConstraints(pattern=INSTRUMENT)]
ArticleKey = Annotated[str, StringConstraints(pattern=ARTICLE)]
Ref = Annotated[str, StringConstraints(pattern=REF)]  # instrument#article
Status = Literal["verified", "secondary", "unverified"]
Track = Literal["kode_etik", "disiplin", "pemberhentian", "none"]
Level = Literal["moral", "ringan", "sedang", "berat", "ptdh", "undetermined", "none"]
Part = Literal["pasal", "lampiran", "ayat", "huruf", "angka", "butir"]  # of an instrument, as texts name them
Verdict = Literal["forbidden", "permitted", "depends"]
Effect = Literal["ends_service", "new_post"]  # of a sanction: what a decree has to go on to say
Condition = dict[str, Any]  # its grammar is in `conditions`


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Text(Strict):
    """The same words in both languages."""

    id: Line
    en: Line


class Dated(Strict):
    """In force from the first to the last day, both included; left out: as long as what it belongs to."""

    from_: dt.date | None = Field(None, alias="from")
    until: dt.date | None = None


class Sourced(Strict):
    """How sure we are, and where it was read: keys of `sources.yaml` or web addresses."""

    status: Status
    source: list[Line] = []


# Facts ------------------------------------------------------------------------------------------------------


class Fact(Strict):
    """One thing an answer may depend on. `values` makes it a code, `many` a list of codes."""

    label: Text
    question: Text | None = None  # how it is asked for where it is unknown
    type: Literal["code", "yes_no", "date", "region"] = "code"
    values: dict[Line, Text] = {}
    many: bool = False
    derived: bool = False  # worked out by the engine from the calendar, never given


class Vocabulary(Strict):
    """`facts.yaml`: all facts by their dotted path, and terms: conditions that have a name."""

    format: Literal[1]
    facts: dict[Line, Fact]
    terms: dict[Code, Condition] = {}


# Instruments ------------------------------------------------------------------------------------------------


class ArticleVersion(Dated, Sourced):
    says: Line


class Article(Dated):
    """What one article says; `versions` where it changed while the instrument stayed in force."""

    cite: Line
    says: Line | None = None
    status: Status | None = None
    source: list[Line] = []
    versions: list[ArticleVersion] = []


class Instrument(Sourced):
    code: InstrumentCode
    short: Line  # PP 94/2021
    title: Line
    from_: dt.date | None = Field(None, alias="from")
    until: dt.date | None = None
    replaces: list[InstrumentCode] = []
    implements: list[InstrumentCode] = []
    note: Line | None = None
    articles: dict[ArticleKey, Article]


# Rules ------------------------------------------------------------------------------------------------------


class Rule(Dated):
    """One dated rule about a kind of act. It speaks for acts of the days it names, whatever day it is asked on."""

    code: RuleCode
    says: Text  # the reason in one sentence
    when: Condition
    verdict: Verdict
    track: Track = "none"
    level: Level = "none"
    level_range: list[Level] = []  # what the readings give where the level is undetermined
    norm: list[Ref]  # the articles broken, or that permit
    sanction: list[Ref] = []  # the articles that set the level
    over: list[RuleCode] = []  # the rules it takes precedence over
    conditions: list[Text] = []  # of a permission
    disputes: list[Code] = []
    flags: list[Code] = []


class Examples(Strict):
    id: list[Line] = Field(min_length=1)
    en: list[Line] = Field(min_length=1)


class Conduct(Strict):
    """A kind of act: words people recognise, its place in the law, its rules."""

    code: Code
    label: Text
    everyday: Examples
    group: Code
    reportable: bool
    anchor: Line
    status: Status
    asks: list[Line] = []  # facts a case asks for first, in this order
    rules: list[Rule] = []


class Form(Strict):
    """`conduct_form.yaml`: the order in which a report's form offers the kinds of act."""

    first: list[Code] = Field(max_length=12)
    groups: dict[Code, Text]


class Crime(Dated):
    """A criminal article beside the administrative road: to be referred, never decided here."""

    code: Code
    article: Ref
    penalty: Ref
    conducts: list[Code] = Field(min_length=1)
    subject: Condition  # whom the article binds
    elements: dict[Code, Condition] = {}
    labels: dict[Code, Text] = {}  # of the elements
    says: Text


class Crimes(Strict):
    crimes: list[Crime]


# Consequences -----------------------------------------------------------------------------------------------


class Sanction(Dated):
    code: Code
    label: Text
    track: Track
    level: Level
    basis: list[Ref]
    when: Condition = {}
    flags: list[Code] = []
    months: int | None = None  # how long it lasts
    effect: Effect | None = None
    suspended: Line | None = None  # why it stands in the text and is not imposed meanwhile


class Sanctions(Strict):
    sanctions: list[Sanction]


class Power(Strict):
    """An authority may impose these levels on these officials; `kinds` narrows it to kinds of sanction."""

    target: list[Line] = Field(min_length=1)
    levels: list[Level] = Field(min_length=1)
    kinds: list[Code] = []
    basis: list[Ref]


class Authority(Dated, Sourced):
    """Who is competent for what. A `vacancy` is a span in which nobody was."""

    code: Code
    label: Text
    purpose: Literal["punishes", "recommends", "receives_referral", "receives_crime", "replaces_on_conflict"]
    tracks: list[Track] = []  # serves on these alone; on all where none is named
    when: Condition = {}
    may: list[Power] = []
    basis: list[Ref] = []
    vacancy: bool = False
    known: bool = False  # competent only where `when` is known to hold, not already where it may
    flags: list[Code] = []


class Authorities(Strict):
    authorities: list[Authority]


class Reading(Sourced):
    """One way to read a clock: `at_most` gives the last day, `at_least` the first, `on` the very day."""

    code: Code
    says: Text
    kind: Literal["at_most", "at_least", "on"]
    length: int = Field(ge=0)
    unit: Literal["hari_kerja", "hari_kalender", "akhir_bulan"]  # the end of the month so many months on
    counts_start: bool = False  # the day that starts it is day one
    starts: Line | None = None  # the fact that starts it, where it is not the clock's
    basis: list[Ref]


class Clock(Dated):
    """A term of the procedure. More than one reading makes it disputed."""

    code: Code
    label: Text
    tracks: list[Track]
    when: Condition = {}
    starts: Line  # the fact that starts it
    readings: list[Reading] = Field(min_length=1)
    default: Code
    at_expiry: Text


class Procedure(Strict):
    clocks: list[Clock]


# Calendars --------------------------------------------------------------------------------------------------


class Stage(Strict):
    from_: dt.date = Field(alias="from")
    until: dt.date


class CalendarVersion(Sourced):
    """One published calendar; it holds from the day it was made until the next version's."""

    code: Line
    from_: dt.date = Field(alias="from")
    basis: list[Ref] = []
    determined_on: dt.date  # of candidates or pairs
    stages: dict[Code, Stage]  # pendaftaran, pengundian, kampanye, masa_tenang, pemungutan
    note: Line | None = None


class Contest(Strict):
    """Offices elected by one calendar, in all regions or in those named (codes of the Ministry of Home Affairs)."""

    offices: list[Code] = Field(min_length=1)
    regions: list[Line] = []
    versions: list[CalendarVersion] = Field(min_length=1)


class Election(Strict):
    election: Line
    label: Text
    contest: Literal["pilkada", "pilpres", "pileg"]
    contests: list[Contest] = Field(min_length=1)


class Holiday(Strict):
    day: dt.date
    name: Line
    joint_leave: bool = False  # cuti bersama


class Year(Sourced):
    """Days of a year on which nobody works, besides Saturdays and Sundays."""

    year: int
    decree: Line
    provisional: bool = False
    holidays: list[Holiday]


# What is disputed or odd --------------------------------------------------------------------------------------


class Position(Dated):
    by: Line
    says: Text
    source: list[Line] = Field(min_length=1)
    status: Status = "secondary"


class Dispute(Strict):
    about: Text
    positions: list[Position] = Field(min_length=1)
    default: Text


class Disputes(Strict):
    disputes: dict[Code, Dispute]


class Flag(Dated):
    """A sentence an answer points out: where a rule names it, or by itself `when` a finding is on these `tracks`."""

    id: Line
    en: Line
    when: Condition = {}
    tracks: list[Track] = []
    basis: list[Ref] = []  # what a flag raised by itself adds to the answer's basis


class Flags(Strict):
    flags: dict[Code, Flag]


class Sources(Strict):
    sources: dict[Line, Line]


# How texts cite the law ---------------------------------------------------------------------------------------


class NamedKind(Strict):
    """A kind of regulation as texts name it: each of `names`, where `by` is given followed by one of those."""

    label: Line
    names: list[Line] = Field(min_length=1)
    by: list[Line] = []
    wordy: bool = False  # many words may stand before its number: the ministers of a joint decree
    letter: bool = False  # its number is one part of a letter's sign, and the year may be left out


class Citing(Strict):
    """`citing.yaml`: kinds by the first part of an instrument's code, and the words around numbers and articles."""

    kinds: dict[InstrumentCode, NamedKind]
    number: list[Line]
    year: list[Line]
    about: list[Line]
    of: list[Line]
    joins: list[Line]
    until: list[Line]
    parts: dict[Part, list[Line]]


class Situation(Strict):
    """A test in a sentence: these facts give an answer that holds at least this."""

    says: Line
    facts: dict[str, Any]
    expect: dict[str, Any]


class Situations(Strict):
    situations: list[Situation] = Field(min_length=1)
