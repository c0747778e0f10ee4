"""The law beside the case. Days and sanctions are typed from the sheets and counted by hand, never by the engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from netral.accounts.models import User
from netral.cases import services
from netral.cases.clocks import basis_of
from netral.cases.codes import Element
from netral.cases.content import Announced, Missed, Person
from netral.cases.examiners import Candidate
from netral.cases.law import answer_of as law_answer_of
from netral.cases.law import choices_open, earliest_day, questions_of, sanctions_open, stored_answer
from netral.cases.models import Assessment, Case, NamedBeside, Objection
from netral.cases.sealed import Envelope
from netral.cases.selectors import assessment_of, reasons_of
from netral.cases.services import OvertakenError
from netral.ui.templatetags.netral import tanggal
from netral.worklist.models import WorkItem

from .life import ANNOUNCED, FINDINGS, OBJECT, OPENED, PERSONNEL, REGENT, SITTING, Life, act, dt, missed, on

# PP 94/2021 Pasal 8 ayat (4), against a pelaksana, who cannot be made one.
HEAVY = ("turun_jabatan_12", "pdhtaps")
TRANSITIONAL = ("tunda_kgb_1", "tunda_pangkat_1", "turun_pangkat_1")  # PerBKN 6/2022 Pasal 62
LIGHT = ("teguran_lisan", "teguran_tertulis", "tidak_puas")

Open = Callable[..., Life]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def quiet(open_life: Open) -> Life:
    """Listening at a campaign: Pasal 5 huruf n angka 1, whose level the regulation does not set."""
    return open_life(acts=[act("attend_quietly")])


def acting_as(decider: User, authority: str) -> User:
    decider.acts_as = authority
    decider.save()
    return decider


# The answer ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on_day", "track", "level"),
    [
        ("2024-09-21", "kode_etik", "moral"),  # the day before candidates were determined
        ("2024-09-22", "disiplin", "berat"),  # the day of determination itself
    ],
)
def test_an_accepted_answer_sets_the_road(open_life: Open, on_day: str, track: str, level: str) -> None:
    life = open_life(acts=[act(day=day(on_day))])
    life.assess()
    assert (life.case.state, life.case.track, life.case.level) == ("pemeriksa", track, level)
    kept = Assessment.objects.get()
    assert (kept.accepted, kept.track, kept.level) == (True, track, level)
    assert stored_answer(kept)["corpus"] == kept.corpus
    assert '"nip"' not in kept.facts


def test_where_the_law_finds_nothing_certain_nothing_can_be_accepted(open_life: Open) -> None:
    life = open_life(acts=[act(facts={})])
    asked = questions_of(life.case, law_answer_of(life.case))
    assert any(question.fact == "object.kind" for question in asked)
    with pytest.raises(ValidationError) as refused:
        life.assess()
    assert "accept" in refused.value.message_dict
    life.state_facts(acts={life.case.allegation_set.get().pk: {"object": OBJECT}})
    life.assess()
    assert (life.case.track, life.case.level) == ("disiplin", "berat")


def test_to_depart_needs_a_road_that_exists_and_a_reason(life: Life) -> None:
    for arguments, field in (
        ({"track": "disiplin", "level": "sedang"}, "reason"),
        ({"track": "pidana", "level": "berat", "reason": "Sebab."}, "track"),
        ({"track": "kode_etik", "level": "berat", "reason": "Sebab."}, "level"),
        ({"track": "disiplin", "level": "undetermined", "reason": "Sebab."}, "level"),
    ):
        with pytest.raises(ValidationError) as refused:
            life.assess(accept=False, **arguments)
        assert list(refused.value.message_dict) == [field]
    life.assessed("disiplin", "sedang")
    kept = assessment_of(life.case)
    assert kept
    assert not kept.accepted
    assert sanctions_open(kept, "ppk_kabkota") == TRANSITIONAL


def test_facts_the_law_cannot_read_are_named_by_field(open_life: Open) -> None:
    with pytest.raises(ValidationError) as refused:
        open_life(acts=[act(facts={"object": {"kind": "tetangga"}})])
    assert "acts.0.object.kind" in refused.value.message_dict
    assert not Case.objects.exists()
    life = open_life()
    with pytest.raises(ValidationError):
        life.state_facts(actor={"cltn": "barangkali"})
    assert "cltn" not in life.case.actor
    life.state_facts(actor={"cltn": True})
    assert life.case.actor["cltn"] is True


# Who may impose what -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("authority", "open_to_it"),
    [
        ("ppk_kabkota", TRANSITIONAL + HEAVY),  # administrators and below: medium and heavy
        ("pengawas", LIGHT),  # one level below
        ("administrator", TRANSITIONAL),  # two levels below
        ("jpt_pratama", ()),
        ("ppk_provinsi", ()),  # not the authority of a regency
    ],
)
def test_of_an_undetermined_level_each_authority_has_its_part_of_the_union(
    open_life: Open, authority: str, open_to_it: tuple[str, ...]
) -> None:
    life = quiet(open_life)
    life.assess()
    assert life.case.level == "undetermined"
    kept = assessment_of(life.case)
    assert kept
    assert set(sanctions_open(kept, authority)) == set(open_to_it)
    without_team = {choice.code for choice in choices_open(kept, authority, by_team=False)}
    assert without_team == set(open_to_it) - set(HEAVY)


def test_a_sanction_outside_the_set_or_the_authority_is_refused(open_life: Open, decider: User) -> None:
    life = open_life()
    life.assess()
    life.appointed().summoned().wait(3).heard().reported()
    for authority, sanction in (
        ("ppk_kabkota", "teguran_lisan"),
        ("ppk_kabkota", "terbuka"),
        ("ppk_kabkota", "kerja_paksa"),
        ("pengawas", "pdhtaps"),
    ):
        acting_as(decider, authority)
        with pytest.raises(ValidationError) as refused:
            life.decided(sanction)
        assert sanction in refused.value.message_dict["sanction"][0]
    acting_as(decider, "")
    with pytest.raises(ValidationError) as refused:
        life.decided("pdhtaps")
    assert "memutus sebagai" in refused.value.messages[0]
    acting_as(decider, "ppk_kabkota")
    life.decided("pdhtaps")
    assert (life.case.state, life.case.outcome) == ("penyampaian", "hukuman_disiplin")


def test_nothing_heavy_without_a_team_from_before_the_hearing(open_life: Open) -> None:
    life = quiet(open_life)
    life.assess()
    life.appointed("atasan").summoned().wait(3).heard()
    acts = dict.fromkeys(life.case.allegation_set.values_list("object_id", flat=True), True)
    with pytest.raises(ValidationError) as refused:
        life.report(proven=acts, findings=FINDINGS, level="berat")
    assert "tim pemeriksa" in refused.value.message_dict["level"][0]
    with pytest.raises(ValidationError) as refused:
        life.reported("sedang", ("tunda_kgb_1", "teguran_lisan"))
    assert "“teguran lisan” jenis tingkat ringan" in refused.value.message_dict["sanctions"][0]
    life.reported("sedang")
    with pytest.raises(ValidationError) as refused:
        life.decided("pdhtaps")
    assert "memerlukan pemeriksaan oleh tim" in refused.value.message_dict["sanction"][0]
    life.reexamine(by=life.decider, reason="Perlu tim.")
    assert (life.case.state, life.case.round) == ("pemeriksa", 2)
    life.appointed("tim").summoned().wait(3).heard().reported().decided("pdhtaps")
    assert life.case.outcome == "hukuman_disiplin"


def test_who_is_cleared_on_the_road_of_discipline_waits_for_no_remedy(life: Life) -> None:
    life.to("keputusan").decided()
    with pytest.raises(ValidationError) as refused:
        life.deliver(day=life.day, way="diserahkan")
    assert "Hasil perkara ini tidak terbukti" in refused.value.messages[0]
    life.deliver_final(day=life.day, way="diserahkan")
    assert life.case.outcome == "tidak_terbukti"


@pytest.mark.parametrize(
    ("track", "level", "kind", "fits"),
    [
        ("kode_etik", "moral", "majelis", True),
        ("kode_etik", "moral", "atasan", False),
        ("disiplin", "ringan", "atasan", True),
        ("disiplin", "ringan", "tim", False),
        ("disiplin", "sedang", "atasan", True),
        ("disiplin", "sedang", "tim", True),
        ("disiplin", "berat", "atasan", False),
        ("disiplin", "berat", "tim", True),
        ("pemberhentian", "ptdh", "atasan", False),
        ("pemberhentian", "ptdh", "tim", True),
    ],
)
def test_who_examines_fits_the_road(life: Life, track: str, level: str, kind: str, fits: bool) -> None:
    life.assessed(track, level)
    if fits:
        life.appointed(kind)
        assert life.case.state == "panggilan_1"
    else:
        with pytest.raises(ValidationError) as refused:
            life.appointed(kind)
        (field,) = refused.value.message_dict
        assert field == ("kind" if track == "disiplin" else "caution")


def test_what_only_the_house_cautions_against_is_done_with_a_reason(open_life: Open) -> None:
    life = open_life(acts=[act(day=day("2024-08-20"))])
    life.assess()
    panel: dict[str, Any] = {
        "kind": "majelis", "members": life.team()[:2], "decree_number": "188/3", "decree_day": life.day,
        "formed_by": REGENT,
    }  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        life.appoint(**panel)
    first, ask = refused.value.message_dict["caution"]
    assert first.startswith("Kehati-hatian instansi, bukan ketentuan hukum: agar suara majelis tidak seri")
    assert ask == "Perbaiki isiannya, atau tuliskan mengapa tetap dilakukan."
    with pytest.raises(ValidationError) as refused:
        life.appoint(**panel | {"members": life.team()}, caution="Tidak perlu.")
    assert refused.value.message_dict == {"caution": ["Tidak ada lagi yang menyimpang; kosongkan isian ini."]}
    life.appoint(**panel, caution="Pejabat ketiga berhalangan tetap.")
    late = life.day + dt.timedelta(days=91)
    with pytest.raises(ValidationError) as refused:
        life.summon(hearing_day=late, sitting=SITTING)
    term, far, _ask = refused.value.message_dict["caution"]
    assert "di luar tenggat yang dipakai sebagian instansi: paling lambat" in term
    assert "lebih dari 60 hari sesudah surat; paling lambat Jumat, 13 Desember 2024" in far
    life.summon(hearing_day=late, sitting=SITTING, caution="Terlapor dirawat sampai hari itu.")
    life.postpone(hearing_day=late, sitting=SITTING, reason="Jamnya berubah.", caution="Masih dirawat.")
    told = [reason.text for reason in reasons_of(Envelope.of(life.case))]
    assert told == [
        "Pejabat ketiga berhalangan tetap.",
        "Terlapor dirawat sampai hari itu.",
        "Jamnya berubah.\nMasih dirawat.",
    ]


def test_a_higher_superior_stands_for_the_direct_one_with_a_reason_only(open_life: Open) -> None:
    life = open_life(acts=[act()]).assessed("disiplin", "berat")
    camat = Candidate.from_roster(life.roster["197506152000121002"], element=Element.SUPERIOR, chair=True)
    team: dict[str, Any] = {
        "kind": "tim", "members": [camat, *life.team()[1:]], "decree_number": "188/4", "decree_day": life.day,
        "formed_by": REGENT,
    }  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        life.appoint(**team)
    told, _ask = refused.value.message_dict["caution"]
    assert told == (
        "Atasan langsung terlapor menurut data pegawai, Halimah Nasution, S.E., digantikan atasan yang lebih tinggi, "
        "seperti Raden Kusuma Wardaya, S.Sos., hanya bila atasan langsung itu terlibat "
        "(PP 94/2021 Pasal 29 ayat (6))."
    )
    life.appoint(**team, caution="Atasan langsung menjadi saksi.")
    assert life.case.state == "panggilan_1"


def test_a_direct_superior_named_beside_him_neither_examines_nor_is_asked_for(open_life: Open) -> None:
    life = open_life(acts=[act()]).assessed("disiplin", "berat")
    head, camat = (life.roster[nip] for nip in ("198209252006042003", "197506152000121002"))
    NamedBeside.objects.create(case=life.case, official=head)
    with pytest.raises(ValidationError) as refused:
        life.appointed("tim")
    assert refused.value.message_dict["members"] == [
        "Halimah Nasution, S.E. disebut dalam laporan yang sama; yang disebut di sana tidak dapat memeriksa."
    ]
    members = [Candidate.from_roster(camat, element=Element.SUPERIOR, chair=True), *life.team()[1:]]
    life.appoint(kind="tim", members=members, decree_number="188/4", decree_day=life.day, formed_by=REGENT)
    assert life.case.state == "panggilan_1"


def test_who_was_called_on_the_day_itself_is_absent_with_a_reason_only(life: Life) -> None:
    life.assessed().appointed().summoned().wait(3)
    late = missed(life) | {"received_on": life.day}
    life.wait(1)
    with pytest.raises(ValidationError) as refused:
        life.absent(**late)
    told, _ask = refused.value.message_dict["caution"]
    assert told.startswith(
        "Kehati-hatian instansi, bukan ketentuan hukum: panggilan baru sampai pada hari pemeriksaan"
    )
    assert life.case.state == "menunggu_1"
    life.absent(**late, caution="Terlapor sekantor dan menolak naik.")
    assert life.case.state == "panggilan_2"
    assert "Terlapor sekantor dan menolak naik." in [one.text for one in reasons_of(Envelope.of(life.case))]


def test_no_reason_goes_beyond_a_term_of_law(life: Life) -> None:
    life.assessed().appointed()
    with on(life.day):
        services.confirm_law(user=life.decider, kind="tenggat", code="panggilan_1", reading="paling_lambat")
    late: dict[str, Any] = {"hearing_day": life.day + dt.timedelta(days=30), "sitting": SITTING}
    with pytest.raises(ValidationError) as refused:
        life.summon(**late, caution="Terlapor sibuk.")
    assert set(refused.value.message_dict) == {"hearing_day"}


def test_a_dismissal_without_a_team_rests_on_the_reason_given_for_it(member: Life) -> None:
    member.appoint(kind="atasan", members=member.team()[:1], caution="Keanggotaan diakui terlapor.")
    member.summoned().wait(3).heard().reported("ptdh", ("ptdh",)).decided("ptdh")
    assert member.case.outcome == "pemberhentian"


# Roads to their end --------------------------------------------------------------------------------------------


def test_the_road_of_ethics_ends_in_a_moral_sanction(open_life: Open) -> None:
    life = open_life(acts=[act(day=day("2024-08-20"))])
    life.assess()
    life.appointed("majelis").summoned().wait(3).heard().reported("moral", ("tertutup",))
    with pytest.raises(ValidationError):
        life.decided("pdhtaps")
    life.decided("tertutup")
    with pytest.raises(OvertakenError):
        life.deliver(day=life.day, way="diserahkan")
    with pytest.raises(ValidationError, match="Hasil perkara ini sanksi moral"):
        life.deliver_final(day=life.day, way="diserahkan")
    with pytest.raises(ValidationError, match="tuliskan alamat pengirimannya"):
        life.deliver_moral(day=life.day, way="dikirim")
    life.deliver_moral(day=life.day, way="dikirim", note="Jalan Melati 3")
    assert (life.case.state, life.case.due) == ("pelaksanaan", life.day + dt.timedelta(days=14))
    with pytest.raises(OvertakenError):
        life.close()
    for wrong in (life.day - dt.timedelta(days=1), life.day + dt.timedelta(days=1)):
        with pytest.raises(ValidationError) as refused:
            life.carry_out(day=wrong, announced=ANNOUNCED)
        assert set(refused.value.message_dict) == {"day"}
    with pytest.raises(ValidationError) as refused:
        life.carry_out(day=life.day, announced=Announced())
    assert set(refused.value.message_dict) == {"place", "announcer", "how"}
    life.carry_out(day=life.day, announced=ANNOUNCED)
    assert (life.case.state, life.case.outcome) == ("selesai", "sanksi_moral")


@pytest.fixture
def moral(open_life: Open) -> Life:
    """A moral sanction that reached the respondent and was not stated yet."""
    life = open_life(acts=[act(day=day("2024-08-20"))])
    life.assess()
    life.appointed("majelis").summoned().wait(3).heard().reported("moral", ("tertutup",)).decided("tertutup")
    life.deliver_moral(day=life.day, way="diserahkan")
    return life


def test_a_moral_sanction_that_outlives_an_objection_is_carried_out(moral: Life) -> None:
    moral.object_to(kind="keberatan", filed_on=moral.day)
    assert (moral.case.state, moral.case.clock) == ("keberatan", "putusan_keberatan")
    with pytest.raises(ValidationError) as refused:
        moral.resolve(result="dikuatkan", resolved_on=moral.day)
    assert "yang tersedia: dibatalkan" in refused.value.message_dict["result"][0]
    with pytest.raises(ValidationError):
        moral.resume(result="dibatalkan", resolved_on=moral.day)
    moral.resume(result="dikuatkan", resolved_on=moral.day)
    assert moral.case.state == "pelaksanaan"
    with pytest.raises(ValidationError, match="sudah tercatat"):
        moral.object_to(kind="keberatan", filed_on=moral.day)
    moral.carry_out(day=moral.day, announced=ANNOUNCED)
    assert moral.case.state == "selesai"


def test_a_moral_sanction_that_is_annulled_is_not_carried_out(moral: Life) -> None:
    moral.object_to(kind="keberatan", filed_on=moral.day)
    moral.resolve(result="dibatalkan", resolved_on=moral.day)
    assert (moral.case.state, moral.case.outcome) == ("selesai", "sanksi_moral")


def test_an_objection_after_the_end_opens_the_case_until_it_is_decided(moral: Life) -> None:
    moral.carry_out(day=moral.day, announced=ANNOUNCED)
    moral.wait(3)
    moral.object_to(kind="keberatan", filed_on=moral.day)
    assert (moral.case.state, moral.case.is_open) == ("keberatan", True)
    with pytest.raises(ValidationError):
        moral.resume(result="dikuatkan", resolved_on=moral.day)  # it was stated already
    moral.resolve(result="dikuatkan", resolved_on=moral.day)
    assert moral.case.state == "selesai"


def test_only_a_sanction_is_objected_to(life: Life) -> None:
    life.to("keputusan").decided()
    life.deliver_final(day=life.day, way="diserahkan")
    with pytest.raises(ValidationError, match="tidak ada sanksi yang dapat dilawan"):
        life.object_to(kind="keberatan", filed_on=life.day)
    life.case.refresh_from_db()
    assert life.case.state == "selesai"


def test_absent_is_only_who_knew_of_the_day_and_has_no_valid_reason(life: Life) -> None:
    life.assessed().appointed().summoned().wait(4)
    told = missed(life)
    for wrong, field in (
        ({"excuse": "sah"}, "excuse"),
        ({"excuse": "tidak_sah"}, "explained"),
        ({"missed": Missed("Tanda terima.", "Ke luar kota.")}, "explained"),
        ({"missed": Missed()}, "proof"),
        ({"received_on": OPENED - dt.timedelta(days=1)}, "received_on"),
        ({"received_on": life.day}, "received_on"),  # the day after the hearing
        ({"way": "angin"}, "way"),
    ):
        with pytest.raises(ValidationError) as refused:
            life.absent(**told | wrong)
        assert set(refused.value.message_dict) == {field}
    assert life.case.state == "menunggu_1"
    life.absent(**told | {"excuse": "tidak_sah", "missed": Missed("Tanda terima.", "Ke luar kota.")})
    assert life.case.state == "panggilan_2"


def test_an_absence_recorded_wrongly_is_withdrawn_and_stays_in_the_file(life: Life) -> None:
    life.assessed().appointed().summoned().missed()
    summons = life.case.summons_set.get()
    with pytest.raises(ValidationError) as refused:
        life.withdraw_absence(reason=" ")
    assert set(refused.value.message_dict) == {"reason"}
    life.withdraw_absence(reason="Ia hadir; yang dicatat perkara lain.")
    assert (life.case.state, life.case.due) == ("menunggu_1", summons.hearing_day)
    summons.refresh_from_db()
    assert (summons.attendance, summons.absences.get().withdrawn_on) == ("", life.day)
    life.missed().summoned_again().missed_again().reported()
    life.withdraw_absence_again(reason="Panggilan II ternyata tidak sampai.")
    assert life.case.state == "menunggu_2"
    life.postpone(hearing_day=life.day + dt.timedelta(days=2), sitting=SITTING, reason="Dipanggil lagi.")
    life.wait(2).heard().reported(proven=False).decided()
    assert life.case.decision_set.get().minutes
    assert life.case.absence_set.count() == 3


def test_a_case_that_was_heard_has_no_absence_to_withdraw(life: Life) -> None:
    life.assessed().appointed().summoned().missed().summoned_again().wait(3).heard()
    with pytest.raises(ValidationError, match="tidak ada ketidakhadiran yang dapat dicabut"):
        life.withdraw_absence_again(reason="Keliru.")


def test_a_first_summons_that_never_arrived_begins_the_examination_anew(life: Life) -> None:
    life.assessed().appointed().summoned().missed().summoned_again()
    life.reexamine(reason="Panggilan I ternyata tidak sampai.")
    assert (life.case.state, life.case.round) == ("pemeriksa", 2)


def test_the_road_of_dismissal(member: Life) -> None:
    assert (member.case.track, member.case.level) == ("pemberhentian", "ptdh")
    member.appointed().summoned().wait(3).heard().reported("ptdh").decided("ptdh")
    assert member.case.outcome == "pemberhentian"
    with pytest.raises(ValidationError):
        member.deliver_final(day=member.day, way="diserahkan")
    member.deliver(day=member.day, way="diserahkan")
    assert (member.case.state, member.case.clock) == ("upaya", "banding")
    member.object_to(kind="banding", filed_on=member.day)
    assert (member.case.state, member.case.clock) == ("keberatan", "putusan_banding")
    member.resolve(result="dibatalkan", resolved_on=member.day)
    assert member.case.state == "selesai"


def test_a_dismissal_is_closed_when_nobody_can_appeal_any_more(member: Life) -> None:
    """Fourteen working days from the decision of Thursday 17 October 2024 end on Wednesday 6 November by one reading,
    from its receipt on Monday 21 October on Friday 8 November by the other."""
    member.appointed().summoned().wait(3).heard().reported("ptdh").decided("ptdh")
    assert member.day == day("2024-10-17")
    member.wait(4).deliver(day=member.day, way="diserahkan")
    assert (member.case.clock, member.case.due) == ("banding", day("2024-11-06"))
    member.day = day("2024-11-08")
    with pytest.raises(ValidationError) as refused:
        member.close()
    assert "dapat ditutup sejak Sabtu, 9 November 2024" in refused.value.messages[0]
    member.day = day("2024-11-09")
    member.close()
    assert member.case.state == "selesai"


def test_a_matter_that_goes_elsewhere_or_is_stopped_may_be_taken_up_again(open_life: Open) -> None:
    life = open_life()
    with pytest.raises(ValidationError) as refused:
        life.refer(by=life.decider, to="kasn", reason="Diminta.")  # KASN had ended on 24 August 2024
    assert "bkn" in refused.value.message_dict["to"][0]
    with pytest.raises(ValidationError):
        life.refer(
            by=life.decider, to="bawaslu", reason="Pidana."
        )  # a crime goes beside the case, never with it
    life.refer(by=life.decider, to="bkn", reason="Diminta.")
    assert (life.case.state, life.case.outcome, life.case.referred_to) == ("selesai", "diteruskan", "bkn")
    life.reopen(by=life.decider, reason="BKN mengembalikannya.")
    assert (life.case.state, life.case.outcome, life.case.referred_to) == ("penilaian", "", "")
    assert life.case.round == 2
    other = open_life(acts=[act("share_post")])
    other.assessed().appointed()
    other.stop(by=life.decider, ground="salah_orang", reason="Bukan dia.")
    assert (other.case.outcome, other.case.stop_ground) == ("dihentikan", "salah_orang")
    other.reopen(by=life.decider, reason="Ternyata dia.")
    assert (other.case.state, other.case.outcome, other.case.round) == ("penilaian", "", 2)
    assert other.case.track == ""


def test_what_was_decided_is_not_opened_again(open_life: Open) -> None:
    life = open_life()
    life.to("menunggu_1").wait(3).heard().reported(proven=False).decided()
    life.deliver_final(day=life.day, way="diserahkan")
    with pytest.raises(ValidationError, match="hanya perkara yang dihentikan atau diteruskan"):
        life.reopen(by=life.decider, reason="Lagi.")


def test_a_crime_is_referred_beside_the_road_and_the_case_goes_on(open_life: Open) -> None:
    life = open_life()
    life.to("menunggu_1")
    before = (life.case.state, life.case.due, life.case.track)
    referral = life.refer_crime(by=life.decider, to="bawaslu", reason="Mungkin tindak pidana pemilihan.")
    assert (life.case.state, life.case.due, life.case.track) == before
    with pytest.raises(ValidationError, match="belum dijawab"):
        life.refer_crime(by=life.decider, to="bawaslu", reason="Lagi.")
    with pytest.raises(ValidationError):
        life.refer_crime(by=life.decider, to="bkn", reason="Bukan penerima pidana.")
    life.wait(3).heard().reported(proven=False).decided()
    life.deliver_final(day=life.day, way="diserahkan")
    assert (life.case.state, life.case.outcome) == ("selesai", "tidak_terbukti")
    # The answer may come when the case has long been closed; it is written down once.
    for wrong in (referral.day - dt.timedelta(days=1), life.day + dt.timedelta(days=1)):
        with pytest.raises(ValidationError) as refused:
            life.answer_crime(referral=referral, day=wrong, text="Tidak cukup bukti.")
        assert "Pilih tanggal" in refused.value.message_dict["day"][0]
    with pytest.raises(ValidationError) as refused:
        life.answer_crime(referral=referral, day=life.day, text=" ")
    assert refused.value.message_dict == {"text": ["Belum diisi. Tuliskan apa yang dijawab."]}
    answer = life.answer_crime(referral=referral, day=life.day, text="Tidak cukup bukti pidana.")
    assert (answer.referral, life.case.state) == (referral, "selesai")
    with pytest.raises(ValidationError, match="sudah dicatat"):
        life.answer_crime(referral=referral, day=life.day, text="Lagi.")


def test_an_answered_crime_does_not_bar_another(open_life: Open) -> None:
    life = open_life()
    first = life.refer_crime(by=life.decider, to="bawaslu", reason="Pasal 188.")
    life.answer_crime(referral=first, day=life.day, text="Bukan pidana.")
    second = life.refer_crime(by=life.decider, to="bawaslu", reason="Bukti baru.")
    assert second.pk != first.pk
    assert life.case.state == "penilaian"


# Days ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "field", "said"),
    [
        ("0001-01-01", "", "act_date", "Senin, 1 Januari 0001 mendahului semua aturan"),
        ("2024-10-15", "", "act_date", "Selasa, 15 Oktober 2024 belum terjadi."),
        ("2024-10-10", "2024-10-15", "until", "Selasa, 15 Oktober 2024 belum terjadi."),
    ],
)
def test_an_act_lies_between_the_earliest_law_and_today(
    life: Life, open_life: Open, first: str, last: str, field: str, said: str
) -> None:
    wrong = act("share_post", day(first), until=day(last) if last else None)
    with pytest.raises(ValidationError) as refused:
        open_life(acts=[wrong])
    assert said in refused.value.message_dict[f"acts.0.{field}"][0]
    with pytest.raises(ValidationError):
        life.add_allegation(act=wrong)
    with pytest.raises(ValidationError):
        life.amend_allegation(allegation=life.case.allegation_set.get(), act=wrong)
    assert life.case.allegation_set.count() == 1


def test_an_act_of_the_first_day_of_the_earliest_law_may_be_alleged_and_none_before_it(life: Life) -> None:
    first = earliest_day()
    with pytest.raises(ValidationError, match=f"Tulis tanggal {tanggal(first)} sampai hari ini, Senin, 14"):
        life.add_allegation(act=act("share_post", first - dt.timedelta(days=1)))
    life.add_allegation(act=act("share_post", first))
    assert life.case.allegation_set.count() == 2


# Letter of Monday 14 October 2024: the seventh working day is Wednesday 23 October.


@pytest.mark.parametrize(
    ("reading", "hearing", "allowed"),
    [
        ("", "2024-10-15", True),  # while nothing is confirmed, what either reading allows
        ("", "2024-11-29", True),
        ("paling_lambat", "2024-10-23", True),
        ("paling_lambat", "2024-10-24", False),
        ("paling_cepat", "2024-10-22", False),
        ("paling_cepat", "2024-10-23", True),
    ],
)
def test_the_hearing_lies_where_the_agency_reads_the_law(
    life: Life, officer: Callable[..., Any], reading: str, hearing: str, allowed: bool
) -> None:
    life.assessed().appointed()
    if reading:
        services.confirm_law(user=officer("koordinator"), kind="tenggat", code="panggilan_1", reading=reading)
    if allowed:
        life.summon(hearing_day=day(hearing), sitting=SITTING)
        assert (life.case.due, life.case.clock) == (day(hearing), "hari_pemeriksaan")
    else:
        with pytest.raises(ValidationError) as refused:
            life.summon(hearing_day=day(hearing), sitting=SITTING)
        assert "23 Oktober 2024" in refused.value.message_dict["hearing_day"][0]


@pytest.mark.parametrize(
    ("hearing", "said"),
    [
        ("2024-10-14", ["jatuh pada hari yang sama"]),
        ("2024-10-19", ["Sabtu, 19 Oktober 2024 bukan hari kerja"]),
        ("2024-10-20", ["Minggu, 20 Oktober 2024 bukan hari kerja"]),
    ],
)
def test_a_hearing_that_leaves_no_time_or_falls_on_a_day_off_needs_a_reason(
    life: Life, hearing: str, said: list[str]
) -> None:
    life.assessed().appointed()
    with pytest.raises(ValidationError) as refused:
        life.summon(hearing_day=day(hearing), sitting=SITTING)
    *cautions, _ask = refused.value.message_dict["caution"]
    assert len(cautions) == len(said)
    for caution, part in zip(cautions, said, strict=True):
        assert part in caution
    life.summon(hearing_day=day(hearing), sitting=SITTING, caution="Atas permintaan terlapor.")
    assert life.case.due == day(hearing)


def test_a_hearing_is_not_before_its_letter_nor_put_off_for_ever(life: Life) -> None:
    life.assessed().appointed()
    with pytest.raises(ValidationError) as refused:
        life.summon(hearing_day=day("2024-10-13"), sitting=SITTING, caution="Segera.")
    assert "Pilih tanggal Senin, 14 Oktober 2024" in refused.value.message_dict["hearing_day"][0]
    for out_of_reach in ("2024-12-14", "2099-01-01", "9999-12-31"):
        with pytest.raises(ValidationError) as refused:
            life.summon(hearing_day=day(out_of_reach), sitting=SITTING)
        assert "paling lambat Jumat, 13 Desember 2024" in refused.value.message_dict["caution"][0]
    life.summoned()
    with pytest.raises(ValidationError, match="bukan ketentuan hukum"):
        life.postpone(hearing_day=day("2024-12-14"), sitting=SITTING, reason="Sibuk.")
    life.postpone(hearing_day=day("2024-12-13"), sitting=SITTING, reason="Berobat.")


def test_a_decree_is_not_older_than_the_act(life: Life) -> None:
    life.assessed()
    decree = {"kind": "tim", "members": life.team(), "decree_number": "800/1", "formed_by": REGENT}
    with pytest.raises(ValidationError) as refused:
        life.appoint(decree_day=day("2024-10-09"), **decree)
    assert "10 Oktober 2024" in refused.value.message_dict["decree_day"][0]
    with pytest.raises(ValidationError, match=r"sebelum perkara .* dibuka Senin, 14 Oktober 2024"):
        life.appoint(decree_day=day("2024-10-13"), **decree)
    life.appoint(decree_day=day("2024-10-10"), caution="Dari berkas kertas.", **decree)


def test_a_decree_of_the_day_a_case_was_opened_needs_no_reason(life: Life) -> None:
    life.assessed()
    decree = {"kind": "tim", "members": life.team(), "decree_number": "800/1", "formed_by": REGENT}
    life.appoint(decree_day=life.case.opened_on, **decree)


@pytest.mark.parametrize(
    ("nip", "said"),
    [
        ("199004182015051001", "NIP 199004182015051001 ada dalam data pegawai"),
        ("19900418 201505 1 001", "NIP 199004182015051001 ada dalam data pegawai"),
        ("", "senama dengan pegawai instansi ini"),
    ],
)
def test_whom_the_roster_knows_does_not_come_in_from_elsewhere(life: Life, nip: str, said: str) -> None:
    """Else the respondent would examine himself as a stranger of any level."""
    life.assessed()
    name = life.case.official.full_name
    stranger = Person(name=name, nip=nip, position="Staf Ahli", level="administrator")
    members = [*life.team()[:2], Candidate(None, stranger, Element.PERSONNEL)]
    with pytest.raises(ValidationError) as refused:
        life.appoint(
            kind="tim", members=members, decree_number="800/1", decree_day=life.day, formed_by=REGENT
        )
    assert said in refused.value.message_dict["members"][0]


@pytest.mark.parametrize(
    ("nip", "said"),
    [
        ("123456789012345678", "NIP Ratna Puspa Ayu, “123456789012345678”, keliru: "),
        ("1990", "keliru: terdiri atas 4 angka; harus 18 angka."),
        ("198507152035012003", "keliru: "),
    ],
)
def test_an_invented_nip_of_a_stranger_is_told(life: Life, nip: str, said: str) -> None:
    life.assessed()
    members = [*life.team()[:2], Candidate(None, replace(PERSONNEL, nip=nip), Element.PERSONNEL)]
    with pytest.raises(ValidationError) as refused:
        life.appoint(kind="tim", members=members, decree_number="1", decree_day=life.day, formed_by=REGENT)
    assert said in refused.value.message_dict["members"][0]
    members[2] = Candidate(None, replace(PERSONNEL, nip="19850715 201001 2 003"), Element.PERSONNEL)
    life.appoint(kind="tim", members=members, decree_number="1", decree_day=life.day, formed_by=REGENT)


def test_a_stranger_sits_once(life: Life) -> None:
    life.assessed()
    again = Candidate(None, PERSONNEL, Element.SUPERVISION)
    members = [life.team()[0], again, life.team()[2]]
    with pytest.raises(ValidationError) as refused:
        life.appoint(
            kind="tim", members=members, decree_number="800/1", decree_day=life.day, formed_by=REGENT
        )
    assert refused.value.message_dict["members"] == ["Satu orang dipilih lebih dari sekali."]


def test_a_second_summons_is_counted_from_the_day_of_the_first_hearing(life: Life) -> None:
    life.assessed().appointed().summoned(after=3)  # Thursday 17 October, 09.00
    life.day = day("2024-10-16")
    with pytest.raises(ValidationError):
        life.absent(**missed(life))
    life.day = day("2024-10-17")  # an act of this life takes place at 10.00
    life.absent(**missed(life))
    # Seven working days after the day he should have been examined: 18, 21–25 and 28 October.
    assert (life.case.state, life.case.due, life.case.clock) == (
        "panggilan_2",
        day("2024-10-28"),
        "panggilan_2",
    )
    basis = basis_of(life.case)
    assert basis
    assert basis.law
    assert (basis.day, basis.provisional, basis.readings) == (day("2024-10-28"), False, ())


@pytest.fixture
def decided(open_life: Open) -> Life:
    """A heavy sanction of Friday 20 December 2024."""
    life = open_life()
    life.assess()
    life.appointed().summoned().wait(3).heard().reported()
    life.day = day("2024-12-20")
    return life.decided("turun_jabatan_12")


def test_delivery_and_effect_count_working_days_over_the_holidays(decided: Life) -> None:
    # 23, 24, 27, 30, 31 December; 2, 3, 6–10, 13, 14 January: fourteen.
    assert (decided.case.due, decided.case.clock) == (day("2025-01-14"), "penyampaian")
    delivery = decided.deliver(day=decided.day, way="diserahkan")
    assert delivery.effective_on == day("2025-01-15")  # the fifteenth
    assert (decided.case.due, decided.case.clock) == (day("2025-01-15"), "berlaku")
    decided.day = day("2025-01-14")
    with pytest.raises(ValidationError) as refused:
        decided.close()
    assert "15 Januari 2025" in refused.value.messages[0]
    decided.day = day("2025-01-15")
    decided.close()
    assert (decided.case.state, decided.case.due) == ("selesai", None)


@pytest.mark.parametrize(("filed", "late"), [("2025-01-14", False), ("2025-01-15", True)])
def test_an_objection_after_fourteen_working_days_is_recorded_as_late(
    decided: Life, filed: str, late: bool
) -> None:
    decided.deliver(day=decided.day, way="diserahkan")
    decided.day = day("2025-01-20")
    decided.object_to(kind="keberatan", filed_on=day(filed), grounds="Terlalu berat.")
    assert Objection.objects.get().late == late
    basis = basis_of(decided.case)
    assert basis
    assert basis.provisional, "its term is not verified"
    # Twenty-one working days after 14 January 2025, 27 to 29 January being holidays: 15–17, 20–24, 30, 31 (ten),
    # 3–7, 10–14 February (twenty), 17 February; a day later from the 15th.
    assert decided.case.due == (day("2025-02-18") if late else day("2025-02-17"))
    decided.resolve(result="diringankan", resolved_on=decided.day)
    assert decided.case.state == "selesai"


def test_a_day_outside_what_can_be_is_named(decided: Life) -> None:
    with pytest.raises(ValidationError) as refused:
        decided.deliver(day=day("2024-12-19"), way="diserahkan")
    assert "19 Desember 2024" in refused.value.message_dict["day"][0]
    with pytest.raises(ValidationError):
        decided.deliver(day=day("2024-12-21"), way="diserahkan")
    with pytest.raises(ValidationError) as refused:
        decided.deliver(day=decided.day, way="merpati")
    assert "merpati" in refused.value.message_dict["way"][0]


def test_a_confirmed_reading_counts_open_cases_anew(
    decided: Life, officer: Callable[..., Any], other_agency: Any
) -> None:
    decided.deliver(day=decided.day, way="diserahkan")
    decided.object_to(kind="banding", filed_on=decided.day)
    assert decided.case.clock == "putusan_banding"
    Case.objects.filter(pk=decided.case.pk).update(due=day("2030-01-01"))
    coordinator = officer("koordinator")
    services.confirm_law(user=coordinator, kind="tenggat", code="putusan_banding", reading="enam_puluh_lima")
    decided.case.refresh_from_db()
    # Sixty-five working days after 20 December 2024.
    assert decided.case.due == day("2025-04-09")
    assert WorkItem.objects.get(subject=decided.case.subject).due == day("2025-04-09")
    with pytest.raises(PermissionDenied):
        services.confirm_law(
            user=officer("pemeriksa"), kind="tenggat", code="putusan_banding", reading="enam_puluh_lima"
        )
    for arguments in (
        {"kind": "tenggat", "code": "kiamat", "reading": "besok"},
        {"kind": "tenggat", "code": "panggilan_1", "reading": "besok"},
        {"kind": "pasal", "code": "uu-0#0"},
        {"kind": "ramalan", "code": "panggilan_1"},
    ):
        with pytest.raises(ValidationError):
            services.confirm_law(user=coordinator, **arguments)


def test_the_agency_s_own_days_serve_where_the_law_has_none(open_life: Open, agency: Any) -> None:
    life = open_life()
    # Agency's standards in calendar days: 5 to assess, 5 to appoint, 3 to summon, 7 to report, 14 to decide.
    assert (life.case.due, life.case.clock) == (day("2024-10-19"), "assess_days")
    life.assess()
    assert (life.case.due, life.case.clock) == (day("2024-10-19"), "appoint_days")
    life.appointed()
    assert (life.case.due, life.case.clock) == (day("2024-10-17"), "summon_days")
    life.summoned(after=3)
    life.day = day("2024-10-17")
    life.heard()
    assert (life.case.due, life.case.clock) == (day("2024-10-24"), "report_days")
    life.reported()
    assert (life.case.due, life.case.clock) == (day("2024-10-31"), "decide_days")
    basis = basis_of(life.case)
    assert basis
    assert "14 hari kalender" in basis.label
    assert basis.law is None
