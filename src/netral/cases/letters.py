"""What the letters of a case say: fields of `documents.kinds`, from the file, the law it was given, and the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.documents.kinds import Kind
from netral.documents.models import Letter
from netral.documents.selectors import letters_of, standing
from netral.lawbook import conduct_label, corpus, vocabulary
from netral.roster.selectors import superiors
from netral.ui import clock

from .citing import Citing, LeftOut
from .codes import Element, Level, Outcome, Remedy, Signing, StopGround, TeamKind, Track
from .content import Findings, Hearing, Person, Ruling, Sitting, Text
from .law import authority_label, choice_of, stored_answer
from .lifecycle import ACTS, WITH_REMEDY
from .models import (
    Absence,
    Allegation,
    Case,
    Decision,
    ExaminationMinutes,
    ExaminationReport,
    ExaminationTeam,
    Summons,
    TeamMember,
)
from .sealed import Envelope
from .selectors import assessment_of, decree_of, examiners_on, minutes_of, replies_of, summons_of, team_of
from .signing import HEADS_OF_REGIONS, Signer, head_of_region, place_of

Fields = dict[str, Any]

DECISIONS: Mapping[str, Kind] = {
    Outcome.NOT_PROVEN: Kind.CLOSING,
    Outcome.MORAL: Kind.MORAL,
    Outcome.DISCIPLINE: Kind.DISCIPLINE,
    Outcome.DISMISSAL: Kind.DISMISSAL,
}
TAKES_EFFECT = "berlaku"
CHAIRS: Mapping[str, Any] = {
    TeamKind.SUPERIOR: gettext_lazy("Atasan Langsung"),
    TeamKind.TEAM: gettext_lazy("Ketua Tim Pemeriksa"),
    TeamKind.PANEL: gettext_lazy("Ketua Majelis Kode Etik"),
}
BREACHES: Mapping[str, Any] = {
    Track.ETHICS: gettext_lazy("kode etik"),
    Track.DISCIPLINE: gettext_lazy("disiplin"),
    Track.DISMISSAL: gettext_lazy("ketentuan netralitas"),
}
CALLS = {1: gettext_lazy("Surat Panggilan I"), 2: gettext_lazy("Surat Panggilan II")}
SERVICES = {"pns": "Pegawai Negeri Sipil", "cpns": "Calon Pegawai Negeri Sipil"}
MOST_REASONS = 20  # points of a decree; more paragraphs than that stay one point


# The letters of one case --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Letters:
    """What each letter of a case says, from its opened file."""

    envelope: Envelope

    # Examination

    def team(
        self, team: ExaminationTeam, members: Sequence[tuple[TeamMember, str]], others: Sequence[Letters] = ()
    ) -> Fields:
        """`members` with the element each stands for in the whole matter; `others` are the letters of the cases whose
        respondents the same decree names.
        """
        panel = _("Majelis Kode Etik") if team.kind == TeamKind.PANEL else _("Tim Pemeriksa")
        former = self.envelope.read(team, Person)
        return {
            **self._place,
            "issuer": former.position,
            "signer": Signer(former.position, former).fields(),
            "considering": [
                *(one.alleged_breach for one in (self, *others)),
                _("bahwa dugaan tersebut perlu diperiksa oleh %(panel)s, dan terlapor perlu didengar")
                % {"panel": panel},
            ],
            "law": self.citing.regulations(self.citing.sanctions_basis()),
            "panel": panel,
            "respondent": _person(self._person),
            "allegations": self._allegations(),
            "others": [one.accused for one in others],
            "members": [
                self._member(one, element)
                for one, element in sorted(members, key=lambda member: not member[0].chair)
            ],
            "tasks": [
                _("memanggil dan memeriksa terlapor"),
                _("meminta keterangan dari pihak lain bila diperlukan"),
                _("menuangkan hasil pemeriksaan dalam berita acara pemeriksaan"),
                _("menyusun dan menyampaikan laporan hasil pemeriksaan"),
            ],
        }

    @property
    def alleged_breach(self) -> str:
        said = {"of": self._of_what, "name": self._person.name, "position": self._person.position}
        return _("bahwa terdapat dugaan pelanggaran %(of)s oleh %(name)s, %(position)s") % said

    @property
    def accused(self) -> Fields:
        return {"respondent": _person(self._person), "allegations": self._allegations()}

    def summons(self, summons: Summons, sitting: Sitting, replaces: Letter | None = None) -> Fields:
        missed = self._call(1) if summons.ordinal == 2 and replaces is None else None
        return {
            **self._by_examiners,
            **_appointment(summons.hearing_day, sitting),
            "summoned": _person(self._person),
            "before": [_person(self.envelope.read(one, Person)) for one in self._examiners()],
            "ordinal": summons.ordinal,
            "allegations": self._allegations(),
            "previous": missed and paper(missed),
            "replaces": replaces and paper(replaces),
        }

    def minutes(self, minutes: ExaminationMinutes, hearing: Hearing) -> Fields:
        examiners = self._examiners(minutes.day)
        return {
            **self._from_examiners,
            "day": minutes.day,
            "examiners": [_person(self.envelope.read(one, Person)) for one in examiners],
            "authority": self._authority,
            "examined": _person(self._person),
            "allegations": self._allegations(),
            "exchanges": [asdict(one) for one in hearing.exchanges],
            "statement": hearing.statement,
            "otherwise": self._called_otherwise(hearing.otherwise) if hearing.otherwise else "",
        }

    def _called_otherwise(self, reason: str) -> str:
        """For which day he was called, and why he was heard on another."""
        summons = summons_of(self.case)
        assert summons is not None, f"nobody called {self.case}"  # noqa: S101 (the acts before it do)
        named = _named(self.summons_letter(summons), str(CALLS[summons.ordinal]))
        called = {"letter": named, "day": day_in_words(summons.hearing_day), "reason": reason}
        return (
            _(
                "Yang diperiksa dipanggil untuk tanggal %(day)s dengan %(letter)s. Pemeriksaan dilakukan pada hari ini "
                "karena: %(reason)s"
            )
            % called
        )

    def report(self, report: ExaminationReport, findings: Findings) -> Fields:
        acts = list(self.case.allegation_set.all())
        weighed = findings if report.any_proven else Findings()  # what is not proven weighs nothing
        return {
            **self._by_examiners,
            "addressee": _("Yth. %(title)s") % {"title": head_of_region(self.case.agency)},
            "addressee_place": place_of(self.case.agency),
            "examined": _person(self._person),
            **self._heard_or_absent(),
            "findings": [
                self._allegation(one) | {"time": days_of(one), "proven": report.proven[one.object_id]}
                for one in acts
            ],
            "aggravating": weighed.aggravating,
            "mitigating": weighed.mitigating,
            "impact": weighed.impact,
            "conclusion": f"{findings.reasoning}\n{_proven_or_not([report.proven[one.object_id] for one in acts])}",
            "recommendation": self._recommendation(report),
            "competent": self._competent if report.any_proven else "",
        }

    # Decision

    def decision(self, decision: Decision, ruling: Ruling, by: Signer) -> Fields:
        """A decree where something is imposed, a letter to the respondent where nothing is proven."""
        if decision.outcome == Outcome.NOT_PROVEN:
            return self.closing(decision.outcome, ruling.text, by)
        heard, report = self._heard_or_absent(), self._letter(Kind.REPORT)
        found = (
            _(
                "bahwa berdasarkan laporan hasil pemeriksaan dan berita acara pemeriksaan, %(name)s terbukti %(deed)s"
            )
            if heard["minutes"]
            else _(
                "bahwa %(name)s tidak hadir atas dua panggilan, dan berdasarkan bukti yang ada terbukti %(deed)s"
            )
        ) % {"name": self._person.name, "deed": _("melakukan pelanggaran %s") % self._of_what}
        return {
            **self._by(by),
            "issuer": by.title,
            "considering": [found, *_points(ruling.text)],
            "law": self.citing.regulations(
                [*corpus().sanctions[decision.sanction].basis, *self.citing.term_basis(TAKES_EFFECT)]
            ),
            "noting": [
                *self._called_or_heard().values(),
                _named(report, _("Laporan Hasil Pemeriksaan")),
                *self._replies(),
            ],
            "respondent": _person(self._person),
            "sanction": self._sanction(decision.sanction),
            "allegations": self._allegations(self._proven()),
            "further": list(self._further(decision.sanction)),
        }

    def closing(self, outcome: str, reason: str, by: Signer, ground: str = "") -> Fields:
        to = _("Sdr. %(name)s") % {"name": self._person.name}
        if ground == StopGround.DIED:
            # Whoever headed his unit himself had another head above him.
            nearest = next(iter(superiors(self.case.official)), self.case.agency)
            to = _("Pimpinan %(unit)s") % {"unit": nearest.name}
        words = _("Dasar penghentian: %s.") % StopGround(ground).label if ground else ""
        return {
            **self._by(by),
            "addressee": _("Yth. %(to)s") % {"to": to},
            "addressee_place": place_of(self.case.agency),
            "respondent": _person(self._person),
            "allegations": self._allegations(),
            "outcome": outcome,
            "reason": f"{words}\n{reason}",
            "law": self.citing.regulations(),
        }

    def referral(self, to: str, reason: str, by: Signer, *, crime: bool = False) -> Fields:
        """The whole case, or of it what may be a `crime`."""
        refs = [
            ref for one in corpus().authorities if one.code == to and one.start <= clock.today() <= one.until
            for ref in one.basis
        ]  # fmt: skip
        return {
            **self._by(by),
            "addressee": _("Yth. Pimpinan %(name)s") % {"name": authority_label(to)},
            "addressee_place": _("tempat"),
            "respondent": _person(self._person),
            "allegations": self._allegations(),
            "reason": reason,
            "crime": crime,
            "provisions": self.citing.crimes() if crime else [],
            "law": self.citing.regulations(refs),
            "request": _("Kami mohon hasil penanganannya disampaikan kepada kami."),
        }

    def decision_summons(self, decision: Decision, day: dt.date, sitting: Sitting, before: Person) -> Fields:
        letter = self._letter(DECISIONS[decision.outcome])
        return {
            **self._by(Signer(before.position, before, before.unit)),
            **_appointment(day, sitting),
            "summoned": _person(self._person),
            "before": [_person(before) | {"unit": ""}],
            "issuer": self.envelope.read(decision, Ruling).title,
            "decision": paper(letter),
            "sanction": self._sanction(decision.sanction),
        }

    # Pieces

    @property
    def case(self) -> Case:
        return self.envelope.case

    @property
    def _person(self) -> Person:
        return self.envelope.person

    @cached_property
    def citing(self) -> Citing:
        return Citing(self.case)

    @property
    def _place(self) -> Fields:
        return {"place": place_of(self.case.agency)}

    def _by(self, signer: Signer) -> Fields:
        return {**self._place, "signer": signer.fields(), "office": signer.unit}

    @property
    def _from_examiners(self) -> Fields:
        """A superior who examines by office writes from his own unit, a team and a panel from the agency's."""
        alone = self._team.kind == TeamKind.SUPERIOR
        return {**self._place, "office": self._chair.unit if alone else ""}

    @property
    def _by_examiners(self) -> Fields:
        signer = Signer(str(CHAIRS[self._team.kind]), self._chair)
        return {**self._from_examiners, "signer": signer.fields()}

    @cached_property
    def _team(self) -> ExaminationTeam:
        team = team_of(self.case)
        assert team is not None, f"nobody examines {self.case}"  # noqa: S101 (the states before it appoint one)
        return team

    @cached_property
    def _chair(self) -> Person:
        examiners = self._examiners()
        return self.envelope.read(next((one for one in examiners if one.chair), examiners[0]), Person)

    def _examiners(self, day: dt.date | None = None) -> list[TeamMember]:
        """Those of today, or of an earlier day; who leads them comes first."""
        found = examiners_on(self._team, day) if day else list(self._team.members.filter(left_on=None))
        return _chair_first(found)

    def _member(self, member: TeamMember, element: str) -> Fields:
        role = _("Ketua") if member.chair else _("Anggota")
        stands_for = str(Element(element).label) if element else ""
        return {**_person(self.envelope.read(member, Person)), "role": role, "element": stands_for}

    @property
    def _authority(self) -> str:
        """What the examiners rest on."""
        team = self._team
        if team.kind == TeamKind.SUPERIOR:
            return _("kewenangan sebagai atasan langsung")
        decree = decree_of(team)
        assert decree is not None, f"no decree of {team}"  # noqa: S101 (who appoints a team issues it)
        cited = _named(decree, _("Keputusan %s") % self.envelope.read(team, Person).position)
        # Formed by the first decree: one in its place, of a later day, changes nothing about that.
        if (instead := standing(decree)) != decree:
            cited = _("%(decree)s, yang diganti dengan %(instead)s") % {
                "decree": cited,
                "instead": _named(instead, _("Keputusan")),
            }
        return cited

    # What is alleged

    def _allegations(self, acts: Iterable[Allegation] | None = None) -> list[Fields]:
        return [self._allegation(one) for one in acts or self.case.allegation_set.all()]

    def _allegation(self, allegation: Allegation) -> Fields:
        return {
            "act": act_in_words(allegation),
            "breach": self.citing.breach(allegation),
            "detail": self.envelope.read(allegation, Text).text,
        }

    def _proven(self) -> list[Allegation]:
        """The acts that the newest report found proven; all where it found none and the decider saw it otherwise."""
        report = ExaminationReport.objects.filter(case=self.case, round=self.case.round).last()
        acts = list(self.case.allegation_set.all())
        return [one for one in acts if report and report.proven.get(one.object_id)] or acts

    @property
    def _of_what(self) -> str:
        return str(BREACHES[self.case.track])

    # What went before

    def _letter(self, *kinds: str, dated: dt.date | None = None) -> Letter:
        """The newest that an act made of these kinds, or of this day; where it was replaced, the one in its place."""
        found = letters_of(self.case.subject).filter(kind__in=kinds, replaces=None)
        letter = (found.filter(dated=dated) if dated else found).last()
        assert letter is not None, f"{self.case} has no {kinds}"  # noqa: S101 (the acts before it make one)
        return standing(letter)

    def summons_letter(self, summons: Summons) -> Letter:
        """The newest letter of a summons of this round.

        The second is written after the day of the first, so that their days tell them apart.
        """
        return self._letter(Kind.SUMMONS, dated=summons.letter_day)

    def minutes_letter(self) -> Letter:
        """The letter of this round's minutes, as it stands."""
        return self._letter(Kind.MINUTES)

    def _call(self, ordinal: int) -> Letter:
        summons = summons_of(self.case, ordinal)
        assert summons is not None, f"{self.case} has no summons {ordinal}"  # noqa: S101 (acts before make them)
        return self.summons_letter(summons)

    def _called_or_heard(self) -> dict[Letter, str]:
        """The minutes of this round, or the summons that he did not follow, each as it is cited."""
        if minutes_of(self.case):
            minutes = self.minutes_letter()
            return {minutes: _named(minutes, _("Berita Acara Pemeriksaan"))}
        first, second = self._call(1), self._call(2)
        return {first: _named(first, str(CALLS[1])), second: _named(second, str(CALLS[2]))}

    def _replies(self) -> Iterator[str]:
        for note in replies_of(self.case):
            yield _("Tanggapan tertulis terlapor, dicatat tanggal %s") % day_in_words(note.made_on)

    def _heard_or_absent(self) -> Fields:
        minutes, cited = minutes_of(self.case), self._called_or_heard()
        if minutes:
            return {
                "examined_on": minutes.day,
                "minutes": paper(next(iter(cited))),
                "refusal": self._refusal() if minutes.signing == Signing.REFUSED else "",
                "absence": "",
            }
        missed = [self._missed(ordinal, named) for ordinal, named in enumerate(cited.values(), 1)]
        said = _(
            "Terlapor tidak hadir memenuhi %s, sehingga hasil pemeriksaan disusun dari bukti dan keterangan "
            "yang ada."
        ) % _(" dan ").join(missed)
        return {"examined_on": None, "minutes": None, "absence": said}

    def _missed(self, ordinal: int, named: str) -> str:
        """A summons he did not follow, when and how it reached him, and what he let be known."""
        absence = Absence.objects.filter(
            case=self.case, summons__round=self.case.round, summons__ordinal=ordinal, withdrawn_on=None
        ).get()
        reached = {"day": day_in_words(absence.received_on), "way": absence.get_way_display()}
        return _("%(letter)s (sampai tanggal %(day)s, %(way)s; terlapor %(excuse)s)") % {
            **reached,
            "letter": named,
            "excuse": absence.get_excuse_display(),
        }

    def _refusal(self) -> str:
        note = self.case.casenote_set.filter(act="sign_minutes").last()
        reason = self.envelope.read(note, Text).text if note else ""
        return _("Terlapor menolak menandatangani berita acara tersebut. Alasannya: %s") % reason

    # Sanctions

    def _sanction(self, code: str) -> str:
        """`hukuman disiplin tingkat berat berupa …`, as the law names it."""
        choice = choice_of(code)
        match choice.outcome:
            case Outcome.MORAL:
                return _("sanksi moral berupa %s") % choice.label
            case Outcome.DISCIPLINE:
                level = Level(choice.level).label
                return _("hukuman disiplin tingkat %(level)s berupa %(kind)s") % {
                    "level": level,
                    "kind": choice.label,
                }
            case _:
                service = SERVICES.get(self.case.actor.get("status", ""))
                return (
                    _("%(kind)s sebagai %(as)s") % {"kind": choice.label, "as": service}
                    if service
                    else choice.label
                )

    def _further(self, sanction: str) -> Iterator[str]:
        """The decree's next points: what follows for post and rights, when it takes effect, what remedy is open."""
        effect = corpus().sanctions[sanction].effect
        if effect == "new_post":
            yield _("Pengangkatan dalam jabatan yang baru ditetapkan dengan keputusan tersendiri.")
        if effect == "ends_service":
            yield _("Hak kepegawaian yang bersangkutan diberikan sesuai dengan peraturan perundang-undangan.")
        if effect := self.citing.term(TAKES_EFFECT):
            yield _("Keputusan ini mulai berlaku pada %s.") % effect
        remedy = remedy_of(sanction)
        if self.case.track in WITH_REMEDY and (term := self.citing.term(remedy)):
            said = {"remedy": remedy.label.lower(), "term": term}
            yield _("Terhadap keputusan ini dapat diajukan %(remedy)s dalam %(term)s.") % said

    def _recommendation(self, report: ExaminationReport) -> str:
        if not report.level:
            return _("Perkara ditutup karena perbuatan yang diduga tidak terbukti.")
        if not report.sanctions:
            return _("Sanksi tingkat %s.") % Level(report.level).label
        said = _(" atau ").join(self._sanction(code) for code in report.sanctions)
        return f"{said[0].upper()}{said[1:]}."

    @property
    def _competent(self) -> str:
        """Who may impose it by the answer that was accepted; silent where an officer departed from it."""
        assessment = assessment_of(self.case)
        if assessment is None or not assessment.accepted:
            return ""
        head = _("%s selaku Pejabat Pembina Kepegawaian") % head_of_region(self.case.agency)
        punishes = [one for one in stored_answer(assessment)["authorities"]["punishes"] if one["sanctions"]]
        return _(" atau ").join(
            head if one["authority"] in HEADS_OF_REGIONS else one["label"]["id"] for one in punishes
        )


# Words ---------------------------------------------------------------------------------------------------------------


def act_in_words(allegation: Allegation) -> str:
    """`menyukai unggahan dukungan pada tanggal 10 Oktober 2024 terkait Pilkada 2024`"""
    label = conduct_label(allegation.conduct)
    since = _("sejak tanggal %s") if allegation.until else _("pada tanggal %s")
    election = allegation.facts.get("object", {}).get("election", "")
    named = vocabulary()["object.election"]["values"].get(election)
    words = [
        label[0].lower() + label[1:],
        since % days_of(allegation),
        named and _("terkait %s") % named["id"],
    ]
    return " ".join(filter(None, words))


def day_in_words(day: dt.date) -> str:
    """`10 Oktober 2024`"""
    return date_format(day, "j F Y")


def days_of(allegation: Allegation) -> str:
    first, last = day_in_words(allegation.act_date), allegation.until
    return (
        _("%(first)s sampai dengan %(last)s") % {"first": first, "last": day_in_words(last)}
        if last
        else first
    )


def paper(letter: Letter) -> Fields:
    """A letter as another one names it."""
    return {"number": letter.number, "day": letter.dated}


def left_out(case: Case, act: str) -> list[LeftOut]:
    """What of the law the letter of an act leaves out until the agency has confirmed it, for the act's page."""
    if not ACTS[act].papers:
        return []
    clocks = (TAKES_EFFECT, *Remedy.values) if act == "decide" and case.track in WITH_REMEDY else ()
    return Citing(case).left_out(clocks=clocks)


def remedy_of(sanction: str) -> Remedy:
    """The kind of remedy against it, which is also the code of its clock: an appeal where it ends the service."""
    return Remedy.APPEAL if corpus().sanctions[sanction].effect == "ends_service" else Remedy.OBJECTION


def _named(letter: Letter, name: str) -> str:
    said = {"name": name, "number": letter.number, "day": day_in_words(letter.dated)}
    return _("%(name)s Nomor %(number)s tanggal %(day)s") % said


def _chair_first(members: Iterable[TeamMember]) -> list[TeamMember]:
    return sorted(members, key=lambda one: not one.chair)


def _person(person: Person) -> Fields:
    return {name: getattr(person, name) for name in ("name", "nip", "rank", "position", "unit")}


def _appointment(day: dt.date, sitting: Sitting) -> Fields:
    return {"hearing_day": day, "hour": sitting.hour, "room": sitting.place}


def _points(reason: str) -> list[str]:
    """The decider's paragraphs, each a point of the decree where each begins with *bahwa*, else together one."""
    lines = [line.strip() for line in reason.splitlines() if line.strip()]
    if len(lines) <= MOST_REASONS and all(line[:6].lower() == "bahwa " for line in lines):
        return [f"bahwa {line[6:]}" for line in lines]
    return [_("bahwa pejabat yang berwenang mempertimbangkan hal berikut: %s") % reason]


def _proven_or_not(proven: Sequence[bool]) -> str:
    """The last sentence of a report, by the places of its acts."""
    if len(set(proven)) == 1:
        held = _("terbukti") if proven[0] else _("tidak terbukti")
        return _("Berdasarkan hal tersebut, terlapor %s melakukan perbuatan yang diduga.") % held
    places = {
        held: ", ".join(str(at) for at, one in enumerate(proven, 1) if one == held) for held in (True, False)
    }
    return _(
        "Berdasarkan hal tersebut, terlapor terbukti melakukan perbuatan %(yes)s dan tidak terbukti melakukan "
        "perbuatan %(no)s."
    ) % {"yes": places[True], "no": places[False]}
