"""What the engine does with rules and facts, tried on a small invented book."""

from __future__ import annotations

from typing import Any

import pytest

from netral.lawbook import FactsError, answer, engine, sanctions_within
from netral.lawbook.facts import read_facts

from .small_book import ask, codes, small


def test_a_rule_that_holds_is_a_finding_with_what_it_rests_on() -> None:
    told = ask()
    assert (told["verdict"], told["track"], told["level"]) == ("forbidden", "disiplin", "berat")
    assert codes(told["findings"], "rule") == ["praise.calon"]
    assert codes(told["basis"], "ref") == ["uu-1-2020#1", "uu-1-2020#4"]
    assert told["corpus"] == small().hash


@pytest.mark.parametrize(
    ("day", "in_force_from", "sanctions"),
    [("2030-06-30", "2020-01-01", ["turun", "pecat_lama"]), ("2030-07-21", "2030-07-01", ["turun", "pecat"])],
)
def test_the_law_of_the_day_of_the_act_speaks(day: str, in_force_from: str, sanctions: list[str]) -> None:
    told = ask("praise", day, object={"election": None, "determined_on": "2030-05-01"})
    assert told["sanctions"] == sanctions
    fourth = next(basis for basis in told["basis"] if basis["ref"] == "uu-1-2020#4")
    assert fourth["in_force_from"] == in_force_from


@pytest.mark.parametrize(
    ("day", "standing", "stage"),
    [
        ("2030-06-30", "bakal_calon", "sebelum_tahapan"),
        ("2030-07-01", "bakal_calon", "pendaftaran"),
        ("2030-07-19", "bakal_calon", "pendaftaran"),
        ("2030-07-20", "calon", "ditetapkan"),
        ("2030-07-25", "calon", "kampanye"),
        ("2030-09-10", "calon", "kampanye"),
        ("2030-09-14", "calon", "pemungutan"),
        ("2030-09-15", "calon", "sesudah"),
    ],
)
def test_the_calendar_says_whether_a_candidate_was_determined(day: str, standing: str, stage: str) -> None:
    told = ask("praise", day, kind="bakal_calon")
    assert (told["acts"][0]["standing"], told["stage"]) == (standing, stage)
    assert told["track"] == ("disiplin" if standing == "calon" else "kode_etik")


@pytest.mark.parametrize(
    ("day", "said"), [("2030-07-19", False), ("2030-07-20", True), ("2030-07-21", False)]
)
def test_the_day_of_determination_counts_as_after_it_and_says_so(day: str, said: bool) -> None:
    assert ("hari_penetapan" in codes(ask("praise", day, kind="bakal_calon")["flags"])) is said


def test_the_calendar_prevails_over_what_is_claimed_and_says_so() -> None:
    told = ask("praise", "2030-07-19", kind="calon")
    assert told["level"] == "moral"
    assert {"kalender_bertentangan", "kalender_berubah"} <= set(codes(told["flags"]))


def test_before_a_calendar_was_changed_the_first_one_held() -> None:
    told = ask("praise", "2030-03-31")
    assert told["acts"][0]["calendar"] == "pertama"
    assert ask("praise", "2030-04-01")["acts"][0]["calendar"] == "kedua"


def test_without_a_calendar_a_claim_is_used_and_the_election_asked_for() -> None:
    told = ask(election=None)
    assert (told["verdict"], told["level"]) == ("forbidden", "berat")
    assert "tahap_menurut_keterangan" in codes(told["flags"])
    assert codes(told["missing"], "fact") == ["object.election", "object.region"]


def test_a_region_or_an_office_that_would_name_the_calendar_is_asked_for() -> None:
    told = ask(
        "praise", "2031-06-01", kind="tim", election="pilkada-2031", actor={"status": "pns", "cltn": False}
    )
    assert told["verdict"] == "depends"
    assert codes(told["missing"], "fact") == ["object.region"]
    told = ask(
        "praise", "2031-06-01", kind="tim", election="pilkada-2031", object={"region": "18.71"},
        actor={"status": "pns", "cltn": False},
    )  # fmt: skip
    assert (told["verdict"], told["missing"]) == ("forbidden", [])


@pytest.mark.parametrize(("cltn", "verdict"), [(True, "permitted"), (False, "forbidden"), (None, "depends")])
def test_an_exception_holds_fails_or_is_asked_for(cltn: bool | None, verdict: str) -> None:
    actor = {"status": "pns"} | ({} if cltn is None else {"cltn": cltn})
    told = ask(actor=actor)
    assert told["verdict"] == verdict
    assert codes(told["missing"], "fact") == ([] if cltn is not None else ["actor.cltn"])
    assert bool(told["findings"]) == (cltn is False)  # an exception that may hold leaves nothing certain
    if cltn:
        assert told["conditions"] == [{"id": "cuti berlaku", "en": "the leave holds"}]
        overridden = next(entry for entry in told["trace"] if entry["rule"] == "praise.calon")
        assert overridden["result"] == "overridden"


def test_an_exception_of_the_same_consequence_leaves_the_rule_certain() -> None:
    told = ask("boast")
    assert codes(told["findings"], "rule") == ["boast.umum"]
    assert codes(told["possible"], "rule") == ["boast.camat"]
    told = ask("boast", actor={"status": "pns", "roles": ["camat"]})
    assert codes(told["findings"], "rule") == ["boast.camat"]


def test_nobody_is_asked_what_would_change_nothing() -> None:
    told = ask(actor={"status": "lain"})
    assert (told["verdict"], told["missing"]) == ("not_covered", [])
    assert "tidak_dicakup" in codes(told["flags"])  # which is not to say: permitted
    told = ask("praise", "2029-12-31", actor={"status": "pns"})  # the exception is not in force yet
    assert told["missing"] == []


def test_without_its_day_nothing_is_certain() -> None:
    told = ask("praise", None)
    assert told["verdict"] == "depends"
    assert "act_date" in codes(told["missing"], "fact")
    assert told["findings"] == []


def test_a_level_the_law_does_not_set_stays_undetermined_with_the_union_of_its_readings() -> None:
    told = ask("listen")
    assert (told["verdict"], told["level"], told["level_range"]) == (
        "depends", "undetermined", ["moral", "ringan", "berat"],
    )  # fmt: skip
    assert told["sanctions"] == ["tertutup", "tegur", "turun", "pecat"]
    assert [position["by"] for position in told["disputes"][0]["positions"]] == ["Dewan", "Badan"]
    assert told["missing"] == []  # nothing that is asked would set it


@pytest.mark.parametrize(
    ("resigned", "joined", "verdict"),
    [
        ("2030-01-01", "2030-01-01", "permitted"),
        ("2030-01-02", "2030-01-01", "forbidden"),
        (None, "2030-01-01", "depends"),
    ],
)
def test_two_days_are_compared(resigned: str | None, joined: str, verdict: str) -> None:
    actor = {"status": "pns"} | ({"resigned_on": resigned} if resigned else {})
    told = ask("join", "2030-01-01", kind="partai", actor=actor, circumstances={"joined_on": joined})
    assert told["verdict"] == verdict


def test_what_rests_on_an_unverified_article_says_so() -> None:
    told = ask("join", "2030-01-01", kind="partai", actor={"status": "pns", "resigned_on": "2031-01-01"},
               circumstances={"joined_on": "2030-01-01"})  # fmt: skip
    assert told["basis"][0]["status"] == "unverified"
    assert "dasar_belum_terverifikasi" in codes(told["flags"])


def test_an_act_without_rules_is_not_called_permitted() -> None:
    told = ask("wave")
    assert told["verdict"] == "not_covered"
    assert "belum_ada_aturan" in codes(told["flags"])


def test_several_acts_have_one_heaviest_track_and_all_their_findings() -> None:
    acts = [
        {
            "conduct": "praise",
            "act_date": "2030-07-19",
            "object": {"kind": "calon", "election": "pilkada-2030"},
        },
        {
            "conduct": "praise",
            "act_date": "2030-07-20",
            "object": {"kind": "calon", "election": "pilkada-2030"},
        },
    ]
    told = engine.answer(small(), {"acts": acts, "actor": {"status": "pns", "cltn": False}})
    assert [(finding["act"], finding["level"]) for finding in told["findings"]] == [
        (0, "moral"),
        (1, "berat"),
    ]
    assert (told["track"], told["level"], told["sanctions"]) == ("disiplin", "berat", ["turun", "pecat"])


def test_an_act_that_lasts_is_judged_on_its_first_and_its_last_day() -> None:
    given = {
        "conduct": "praise", "from": "2030-07-01", "until": "2030-07-20",
        "object": {"kind": "calon", "election": "pilkada-2030"}, "actor": {"status": "pns", "cltn": False},
    }  # fmt: skip
    told = engine.answer(small(), given)
    assert [finding["level"] for finding in told["findings"]] == ["moral", "berat"]


def test_each_authority_may_impose_only_its_own() -> None:
    told = ask(actor={"status": "pns", "cltn": False, "level": "administrator"})
    assert sanctions_within(told, "kepala") == ("turun", "pecat")
    assert sanctions_within(told, "atasan") == ("turun",)
    told = ask(actor={"status": "pppk", "cltn": False, "level": "pelaksana"})
    assert told["sanctions"] == ["pecat"]
    assert sanctions_within(told, "atasan") == ()


def test_where_a_person_holds_another_level_the_law_of_the_day_says_what_is_open() -> None:
    facts: dict[str, Any] = {"conduct": "praise", "act_date": "2030-08-01"}
    facts["actor"] = {"status": "pns", "level": "administrator"}
    asked = engine.sanctions_on
    assert asked(small(), facts, "disiplin", "berat", "kepala") == ("turun", "pecat")
    assert asked(small(), facts, "disiplin", "berat", "atasan") == ("turun",)
    assert asked(small(), facts, "kode_etik", "moral", "kepala") == ("tertutup",)
    assert asked(small(), facts, "disiplin", "ringan", "kepala") == ()
    before = facts | {"act_date": "2030-06-30"}
    assert asked(small(), before, "disiplin", "berat", "kepala") == ("turun", "pecat_lama")


@pytest.mark.parametrize(
    ("day", "receiver"),
    [
        ("2030-08-24", "komisi"),
        ("2030-08-25", "kosong"),
        ("2030-09-03", "kosong"),
        ("2030-09-04", "badan"),
    ],
)
def test_who_receives_a_referral_follows_the_day(day: str, receiver: str) -> None:
    assert codes(ask("praise", day)["authorities"]["receives_referral"], "authority") == [receiver]


def test_who_is_competent_follows_the_day_of_the_assessment_and_not_of_the_act() -> None:
    told = ask("praise", "2030-08-24", assessed_on="2030-08-30")
    assert codes(told["authorities"]["receives_referral"], "authority") == ["kosong"]


def test_a_reading_that_starts_with_another_day_is_counted_from_that_day() -> None:
    told = ask(dates={"decided": "2030-08-01", "delivered": "2030-08-05"})
    clock = next(one for one in told["clocks"] if one["code"] == "penyampaian")
    assert [one["due"] for one in clock["readings"]] == ["2030-08-15", "2030-08-19"]
    told = ask(dates={"decided": "2030-08-01"})
    clock = next(one for one in told["clocks"] if one["code"] == "penyampaian")
    assert (clock["due"], len(clock["readings"])) == ("2030-08-15", 1)


def test_a_disputed_clock_gives_its_default_and_every_reading() -> None:
    told = ask(dates={"summoned": "2030-07-19"})
    clock = next(one for one in told["clocks"] if one["code"] == "panggilan")
    assert (clock["due"], clock["day_basis"]) == ("2030-07-31", "hari_kerja")  # 22 July is a holiday
    assert [(one["kind"], one["due"]) for one in clock["readings"]] == [
        ("at_most", "2030-07-31"), ("at_least", "2030-07-31"),
    ]  # fmt: skip
    unstarted = next(one for one in told["clocks"] if one["code"] == "penyampaian")
    assert (unstarted["start"], unstarted["due"]) == (None, None)


def test_a_clock_that_runs_into_a_year_without_decree_is_provisional() -> None:
    told = ask(dates={"summoned": "2030-12-27"})
    clock = next(one for one in told["clocks"] if one["code"] == "panggilan")
    assert (clock["due"], clock["provisional"]) == ("2031-01-09", True)


@pytest.mark.parametrize(("summoned", "due"), [("1950-01-02", "1950-01-11"), ("2049-12-31", "2050-01-11")])
def test_far_from_every_decree_only_weekends_are_free(summoned: str, due: str) -> None:
    told = ask(assessed_on="2030-08-01", dates={"summoned": summoned})
    clock = next(one for one in told["clocks"] if one["code"] == "panggilan")
    assert (clock["due"], clock["provisional"]) == (due, True)


def test_a_crime_names_whom_it_binds_and_what_is_not_known() -> None:
    told = ask(actor={"status": "pns", "cltn": False, "level": "administrator"})
    assert told["criminal"][0]["subject_ok"] is True
    assert told["criminal"][0]["elements_missing"] == ["camat"]
    assert told["criminal"][0]["penalty_version"] == "2030-07-01"
    assert ask(actor={"status": "pns", "cltn": False, "level": "pelaksana"})["criminal"] == []
    assert (
        ask("praise", "2030-07-19", actor={"status": "pns", "cltn": False, "level": "administrator"})[
            "criminal"
        ]
        == []
    )


@pytest.mark.parametrize(
    ("status", "day", "raised"),
    [("pppk", "2030-08-01", True), ("pns", "2030-08-01", False), ("pppk", "2030-07-19", False)],
)
def test_a_flag_may_stand_beside_every_finding_of_a_track(status: str, day: str, raised: bool) -> None:
    told = ask("praise", day, actor={"status": status, "cltn": False})
    assert ("pppk" in codes(told["flags"])) is raised


def test_a_repetition_is_pointed_out() -> None:
    told = ask(prior=[{"nature": "disiplin", "level": "sedang", "date": "2029-01-01", "final": True}])
    assert "pengulangan_lebih_berat" in codes(told["flags"])


@pytest.mark.parametrize("final", [True, None])
def test_of_a_repetition_before_its_rule_the_silence_is_pointed_out(final: bool | None) -> None:
    """The rule on repetition in the small corpus runs from 25 July 2030."""
    prior = [{"nature": "disiplin", "level": "sedang", "date": "2029-01-01", "final": final}]
    before, after = (
        set(codes(ask("praise", day, prior=prior)["flags"])) for day in ("2030-07-24", "2030-07-25")
    )
    assert before - after == {"pengulangan_sebelum_pp94"}
    assert after - before == {"pengulangan_lebih_berat" if final else "pengulangan_belum_pasti"}


@pytest.mark.parametrize(
    ("claimed", "resigned", "had", "odd"),
    [
        (None, "2029-12-31", True, False),
        (None, "2030-01-01", True, False),
        (None, "2030-01-02", False, False),
        (False, "2030-01-01", True, True),
        (False, "2030-01-02", False, False),
        (True, "2030-01-02", False, False),
        (False, None, False, False),
        (True, None, True, False),
        (None, None, None, False),
    ],
)
def test_the_day_of_resigning_tells_whether_he_had(
    claimed: bool | None, resigned: str | None, had: bool | None, odd: bool
) -> None:
    actor = {"status": "pns", "has_resigned": claimed, "resigned_on": resigned}
    facts = {"conduct": "join", "act_date": "2030-01-01", "actor": actor}
    assert read_facts(facts, small().known).acts[0].get("actor.has_resigned") is had
    assert ("mundur_bertentangan" in codes(engine.answer(small(), facts)["flags"])) is odd


@pytest.mark.parametrize(
    ("given", "field", "allowed"),
    [
        ({"conduct": "fly"}, "conduct", "praise"),
        ({"conduct": "praise", "act_date": "2030-02-30"}, "act_date", "2024-10-10"),
        ({"conduct": "praise", "act_date": 20300101}, "act_date", "2024-10-10"),
        ({"conduct": "praise", "act_date": "2030-W01-1"}, "act_date", "2024-10-10"),
        ({"conduct": "praise", "actor": {"status": "raja"}}, "actor.status", "pns, pppk, lain"),
        ({"conduct": "praise", "actor": {"rank": "x"}}, "actor.rank", "status, level, roles"),
        ({"conduct": "praise", "actor": {"cltn": "ya"}}, "actor.cltn", "true, false"),
        ({"conduct": "praise", "actor": {"roles": ["camat", "dukun"]}}, "actor.roles", "camat, guru"),
        ({"conduct": "praise", "actor": "pns"}, "actor", "objek"),
        ({"conduct": "praise", "object": {"standing": "calon"}}, "object.standing", "kind"),
        ({"conduct": "praise", "object": {"region": "Lampung"}}, "object.region", "18.71"),
        ({"conduct": "praise", "from": "2030-02-02", "until": "2030-02-01"}, "until", "mendahului"),
        ({"acts": []}, "acts", "daftar"),
        ({"acts": [{"conduct": "praise"}], "act_date": "2030-01-01"}, "act_date", "di dalam acts"),
        ({"acts": [{"conduct": "praise", "object": {"kind": "raja"}}]}, "acts.0.object.kind", "calon"),
        ({"act_date": "2030-01-01"}, "conduct", "belum ada"),
        ({"conduct": "praise", "weather": "hot"}, "weather", "act_date"),
        ([], "", "objek"),
    ],
)
def test_malformed_facts_name_the_field_and_what_is_allowed(given: Any, field: str, allowed: str) -> None:
    with pytest.raises(FactsError) as caught:
        engine.answer(small(), given)
    complaint = caught.value.errors[0]
    assert complaint.field == field
    assert allowed in complaint.message


def test_every_wrong_field_is_named_at_once() -> None:
    with pytest.raises(FactsError) as caught:
        engine.answer(small(), {"conduct": "fly", "actor": {"status": "raja"}, "weather": 1})
    assert {error.field for error in caught.value.errors} == {"conduct", "actor.status", "weather"}


@pytest.mark.parametrize(
    ("actor", "needs"),
    [
        ({"level": "pelaksana"}, {"actor.roles"}),
        ({"level": "jf_ahli_muda", "roles": []}, {"actor.asn_official"}),
        ({"level": "pengawas"}, set()),
    ],
)
def test_a_crime_names_the_facts_that_tell_whom_it_binds(actor: dict[str, Any], needs: set[str]) -> None:
    told = answer(
        {
            "conduct": "favouring_decision",
            "act_date": "2024-10-20",
            "actor": {"status": "pns", **actor},
            "object": {"kind": "calon", "election": "pilkada-2024"},
        }
    )
    (crime,) = told["criminal"]
    assert set(crime["needs"]) == needs
    assert crime["subject_ok"] is (None if needs else True)
