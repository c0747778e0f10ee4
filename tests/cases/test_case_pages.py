"""A case on the officers' pages: from a report to a closed decision, by nothing but what the pages offer."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, islice
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from netral.accounts.keys import agency_key
from netral.cases.models import Case, Decision
from netral.cases.pages import Law
from netral.cases.services import Source
from netral.documents.selectors import letters_of, said
from netral.intake.services import handling
from netral.lawbook import answer, corpus
from netral.ui import clock
from netral.ui.paging import PAGE
from netral.worklist.models import WorkItem

from .life import ACT_DAY, FINDINGS, HEARING, OPENED, Life, act, paper

pytestmark = pytest.mark.urls("netral.config.urls_staff")
RESPONDENT = "199004182015051001"
DAY_BEFORE = ACT_DAY - dt.timedelta(days=1)  # of another act of the same person


@contextmanager
def on(day: dt.date) -> Iterator[None]:
    with clock.at(dt.datetime.combine(day, dt.time(10))):
        yield


def text_of(answer: HttpResponse) -> str:
    """What a reader sees of a page."""
    body = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", html.unescape(body))


@dataclass
class Road:
    """One case walked by two people through its pages."""

    examiner: Client
    leader: Client
    day: dt.date = OPENED
    number: str = ""

    def url(self, page: str = "") -> str:
        return f"/perkara/{self.number}/{page}"

    def see(self, page: str = "", *, by: Client | None = None, **query: Any) -> HttpResponse:
        with on(self.day):
            answer = (by or self.examiner).get(self.url(page), query)
        assert answer.status_code == 200, (page, answer.status_code)
        return answer

    def send(self, page: str, *, by: Client | None = None, expect: int = 302, **data: Any) -> HttpResponse:
        revision = Case.objects.get(number=self.number).revision
        with on(self.day):
            answer = (by or self.examiner).post(self.url(page), {"revision": revision, **data})
        assert answer.status_code == expect, (page, answer.status_code, text_of(answer)[:1500])
        return answer

    def state(self) -> str:
        return Case.objects.get(number=self.number).state


@pytest.fixture
def road(
    make_report: Callable[..., Any],
    roster: dict[str, Any],
    officer: Callable[..., Any],
    decider: Any,
    staff_client: Callable[..., Client],
) -> Road:
    """A complete report with a named respondent, and those who will work on it."""
    examiner = officer("koordinator")
    with on(OPENED):
        report = make_report(received_on=OPENED, acts=("like_post",), when_date=ACT_DAY)
        handling.start_study(report=report, user=examiner, revision=report.revision)
        handling.name_respondent(
            report=report, user=examiner, official=roster[RESPONDENT], revision=report.revision
        )
        from netral.intake.requirements import requirements

        met = dict.fromkeys(requirements(), "terpenuhi")
        handling.save_study(report=report, user=examiner, revision=report.revision, items=met, note="")
        handling.complete_study(report=report, user=examiner, revision=report.revision)
    road = Road(staff_client(examiner), staff_client(decider))
    page = f"/laporan/{report.number}/perkara/"
    with on(OPENED):
        opening = road.examiner.get(page)
        assert "Bagas Prakoso" in text_of(opening)
        official = roster[RESPONDENT].pk
        answer = road.examiner.post(
            page,
            {
                "revision": report.revision,
                f"who-{official}": "on",
                f"rank-{official}": "Pengatur / II c",
                "conduct-1": "like_post",
                "act_date-1": ACT_DAY.isoformat(),
                "description-1": "Menyukai tiga unggahan akun pasangan calon.",
            },
        )
    assert answer.status_code == 302, text_of(answer)
    road.number = answer["Location"].strip("/").rpartition("/")[2]
    return road


def signed_paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("pindaian.jpg", paper(), "image/jpeg")


def answer_questions(road: Road) -> None:
    road.send(
        "fakta/",
        jawab="1",
        **{
            "object.kind@0": "calon",
            "object.election@0": "pilkada-2024",
            "object.office@0": "bupati",
            "object.region@0": "18.71",
        },
    )


def appoint_team(road: Road, roster: dict[str, Any]) -> None:
    members = {
        "198209252006042003": "atasan_langsung",
        "198711302010122001": "pengawasan",
        "197506152000121002": "kepegawaian",
    }
    chosen = [roster[nip].pk for nip in members]
    offered = text_of(road.see("pemeriksa/", anggota=chosen))
    assert "Auditor Muda" in offered
    assert "harus memuat: atasan langsung, unsur pengawasan, unsur kepegawaian." in offered
    nothing = text_of(road.send("pemeriksa/", expect=422, anggota=chosen, kind="tim"))
    for sentence in (
        "memerlukan satu ketua",
        "Tuliskan nomor keputusan pembentukan",
        "Tuliskan tanggal keputusan",
    ):
        assert sentence in nothing, sentence
    elements = {f"element-{roster[nip].pk}": element for nip, element in members.items()}
    road.send(
        "pemeriksa/", anggota=chosen, kind="tim", chair=chosen[0], decree_number="800/12/2024",
        decree_day=road.day.isoformat(), formed_by="Bupati Way Tirta", formed_name="H. Marzuki Latif, S.E.", **elements,
    )  # fmt: skip


def test_the_law_asks_what_it_needs_and_answers_beside_the_case(road: Road) -> None:
    page = text_of(road.see())
    assert "Masih perlu diketahui" in page
    assert "Untuk pemilihan yang mana?" in page
    answer_questions(road)
    page = text_of(road.see())
    assert "masa kampanye" in page
    assert "Disiplin" in page
    assert "berat" in page
    assert "SKB 2/2022 Lampiran II huruf B angka 6" in page
    assert "Diperdebatkan." in page


def test_an_answer_set_right_leaves_the_other_facts_as_they_are(road: Road) -> None:
    known = Case.objects.get(number=road.number).actor
    assert known["status"] == "pns"
    told = {"object.kind@0": "calon", "object.election@0": "pilkada-1999"}
    page = road.send("fakta/", expect=422, jawab="1", **told)
    assert "pilkada-1999" in text_of(page)
    hidden = re.search(r'<input type="hidden" name="(jawab)" value="(1)">', page.content.decode())
    assert hidden is not None
    road.send("fakta/", **told | {"object.election@0": "pilkada-2024", hidden[1]: hidden[2]})
    assert Case.objects.get(number=road.number).actor == known


def test_a_region_written_by_its_name_is_answered_with_what_to_write(road: Road) -> None:
    page = road.send("fakta/", expect=422, **{"object.region@0": "Way Tirta"})
    assert "“Way Tirta” bukan kode wilayah" in text_of(page)
    assert 'value="Way Tirta"' in page.content.decode()


def test_from_a_report_to_a_closed_case_with_a_disciplinary_sanction(
    road: Road, roster: dict[str, Any]
) -> None:
    answer_questions(road)
    road.send("nilai/")
    appoint_team(road, roster)
    hearing = road.day + dt.timedelta(days=3)
    road.send("panggilan-1/", hearing_day=hearing.isoformat(), hour="09.00 WIB", place="Ruang Inspektorat")
    road.day = hearing
    road.send(
        "pemeriksaan/", pairs="3", day=hearing.isoformat(),
        statement="Saya tidak bermaksud mendukung.",
        **{"question-1": "Apakah Saudara menyukai unggahan itu?", "answer-1": "Ya."},
    )  # fmt: skip
    road.send("tanda-tangan/", signing="ditandatangani", pindaian=signed_paper())
    case = Case.objects.get(number=road.number)
    (allegation,) = case.allegation_set.all()
    assert "terbukti" in text_of(road.see("lhp/"))
    road.send(
        "lhp/", level="berat", sanctions="turun_jabatan_12", reasoning="Tangkapan layar dan pengakuan.",
        **{f"proven-{allegation.pk}": "ya"},
    )  # fmt: skip
    offered = text_of(road.see("putusan/", by=road.leader))
    assert "Penurunan jabatan setingkat lebih rendah selama 12 bulan" in offered
    assert "Tidak terbukti" in offered
    road.send("putusan/", by=road.leader, sanction="turun_jabatan_12", reason="Terbukti menurut laporan.")
    before = re.findall(
        r'name="(name|position)" value="([^"]+)"', road.see("panggilan-keputusan/").content.decode()
    )
    road.send(
        "panggilan-keputusan/", hearing_day=hearing.isoformat(), hour="10.00 WIB", place="Ruang rapat", **dict(before)
    )  # fmt: skip
    assert "Panggilan menerima keputusan" in text_of(road.see())
    road.send("penyampaian/", day=road.day.isoformat(), way="diserahkan", note="Terlapor sendiri")
    refused = road.send("tutup/", expect=422)
    assert "perkara dapat ditutup sejak" in text_of(refused)
    road.day = Case.objects.get(number=road.number).due
    road.send("tutup/")
    closed = Case.objects.get(number=road.number)
    assert (closed.state, closed.outcome) == ("selesai", "hukuman_disiplin")
    page = text_of(road.see())
    assert "Selesai: Hukuman disiplin" in page
    assert "Saya tidak bermaksud mendukung." in page


def test_two_absences_and_a_case_that_is_not_proven(road: Road, roster: dict[str, Any]) -> None:
    answer_questions(road)
    road.send("nilai/")
    appoint_team(road, roster)
    for page, missed in (("panggilan-1/", "tidak-hadir/"), ("panggilan-2/", "tidak-hadir-lagi/")):
        summoned, hearing = road.day, corpus().working_days.add(road.day, 2).day
        road.send(page, hearing_day=hearing.isoformat(), hour="10.00", place="Inspektorat")
        assert "Tidak hadir" not in text_of(road.see()).partition("Riwayat")[0]  # its day has not passed
        road.day = hearing + dt.timedelta(days=1)
        assert "Tidak hadir" in text_of(road.see())
        page = road.see(missed)
        assert "hanya bila ada bukti bahwa panggilan sampai" in text_of(page)
        assert "Inspektorat" in text_of(page)  # the summons it is about
        assert road.url("tunda/") in page.content.decode()
        told = {
            "received_on": summoned.isoformat(), "way": "diserahkan", "proof": "Ekspedisi nomor 12.",
            "excuse": "tidak_sah", "explained": "Ke pasar.",
        }  # fmt: skip
        excused = road.send(missed, expect=422, **told | {"excuse": "sah"})
        assert "Tetapkan hari baru lewat “Tunda”" in text_of(excused)
        road.send(missed, **told)
        came = text_of(road.see())
        assert "diserahkan langsung kepada terlapor: Ekspedisi nomor 12." in came
        assert ("Terlapor datang: catat pemeriksaan" in came) == (missed == "tidak-hadir/")
    assert "Cabut ketidakhadiran kedua" in text_of(road.see())
    assert "Alasan" in text_of(road.see("tidak-hadir-lagi/cabut/"))
    (allegation,) = Case.objects.get(number=road.number).allegation_set.all()
    road.send("lhp/", reasoning="Tidak cukup bukti.", **{f"proven-{allegation.pk}": "tidak"})
    assert "Jawaban hukum atas dugaan" not in text_of(road.see())
    road.send("putusan/", by=road.leader, sanction="tidak_terbukti", reason="Bukti tidak cukup.")
    nowhere = road.send("penyampaian-akhir/", expect=422, day=road.day.isoformat(), way="dikirim")
    assert "Keputusan dikirim; tuliskan alamat pengirimannya." in text_of(nowhere)
    road.send("penyampaian-akhir/", day=road.day.isoformat(), way="dikirim", note="Jalan Melati 3")
    assert Case.objects.get(number=road.number).outcome == "tidak_terbukti"
    page = road.see()
    assert "dikirim ke alamat Jalan Melati 3" in text_of(page)
    assert "Jawaban hukum atas dugaan; putusan: tidak terbukti." in text_of(page)
    assert "chip--danger" not in page.content.decode()
    report = Case.objects.get(number=road.number).sources.get().number
    with on(road.day):
        told = text_of(road.examiner.get(f"/laporan/{report}/"))
    assert "Sesudah diperiksa, dugaan terhadap terlapor tidak terbukti. Yang tertulis di sini" in told
    assert "belum didengar" not in told


def test_a_moral_sanction_is_delivered_contested_carried_out_and_only_then_closed(
    road: Road, open_life: Callable[..., Life]
) -> None:
    life = open_life(acts=[act(day=dt.date(2024, 8, 20))])
    life.assess()
    life.appointed("majelis").summoned().wait(3).heard().reported("moral", ("terbuka",)).decided("terbuka")
    road.number, road.day = life.case.number, life.day
    assert road.url("penyampaian-moral/") in road.see().content.decode()
    road.send("penyampaian-moral/", day=road.day.isoformat(), way="diserahkan", note="Terlapor sendiri")
    page = text_of(road.see())
    assert "Sanksi moral belum dilaksanakan" in page
    form = text_of(road.see("pelaksanaan/"))
    assert "Diputus: pernyataan secara terbuka" in form
    assert "dibacakan dalam apel" in form
    empty = road.send("pelaksanaan/", expect=422, day=road.day.isoformat())
    assert "“Cara pelaksanaan” belum diisi." in text_of(empty)
    assert "Catat upaya" in page
    assert re.search(r'value="keberatan"[^>]*checked', road.see("upaya/").content.decode())
    road.send("upaya/", kind="keberatan", filed_on=road.day.isoformat(), grounds="Sanksinya terlalu berat.")
    assert "Sanksinya terlalu berat." in text_of(road.see())
    page = text_of(road.see())
    assert "Catat hasil: sanksi tetap" in page
    assert "Catat hasil: dibatalkan" in page
    assert "dibatalkan" not in re.findall(
        r'name="result" value="(\w+)"', road.see("lanjutkan-sanksi/").content.decode()
    )
    road.send("lanjutkan-sanksi/", result="dikuatkan", resolved_on=road.day.isoformat())
    assert "Catat upaya" not in text_of(road.see())
    stated = {
        "place": "Halaman Kantor Bupati",
        "announcer": "Bupati Way Tirta",
        "how": "Dibacakan dalam apel pagi.",
    }
    road.send("pelaksanaan/", day=road.day.isoformat(), **stated)
    page = text_of(road.see())
    assert "Selesai: Sanksi moral" in page
    assert "Halaman Kantor Bupati, oleh Bupati Way Tirta Dibacakan dalam apel pagi." in page
    assert "diserahkan langsung Terlapor sendiri" in page


def test_one_decree_is_chosen_for_the_respondents_of_one_report(
    road: Road, open_life: Callable[..., Life], roster: dict[str, Any]
) -> None:
    answer_questions(road)
    road.send("nilai/")
    origin = Case.objects.get(number=road.number).sources.get()
    head = roster["198209252006042003"]
    sibling = open_life(head, acts=[act("share_post")], sources=[Source(origin.origin, origin.number)])
    assert "Keputusan yang sama" not in text_of(road.see("pemeriksa/"))  # still being assessed
    sibling.assessed()
    chosen = [roster[nip].pk for nip in ("197506152000121002", "197003121995031001")]
    page = text_of(road.see("pemeriksa/", anggota=chosen))
    assert f"{sibling.case.number}, Halimah Nasution, S.E." in page
    team = {
        "anggota": chosen, "kind": "tim", "chair": chosen[0], "decree_number": "188/7",
        "decree_day": road.day.isoformat(), "formed_by": "Bupati Way Tirta", "formed_name": "Marzuki Latif",
        f"element-{chosen[0]}": "atasan_langsung", f"element-{chosen[1]}": "pengawasan",
        "luar-1-name": "Ratna Puspa", "luar-1-position": "Kepala Bidang", "luar-1-level": "administrator",
        "luar-1-element": "kepegawaian", "joined": [sibling.case.number],
    }  # fmt: skip
    looking = road.send("pemeriksa/", expect=200, **team | {"nama": "auditor"}).content.decode()
    assert re.search(rf'value="{sibling.case.number}"[^>]*checked', looking)
    road.send("pemeriksa/", **team)
    assert road.state() == "panggilan_1"
    road.number = sibling.case.number
    assert road.state() == "panggilan_1"
    assert f"satu keputusan dengan {Case.objects.exclude(pk=sibling.case.pk).get().number}" in text_of(
        road.see()
    )


def test_why_against_a_caution_is_asked_only_once_there_is_one(
    road: Road, open_life: Callable[..., Life], roster: dict[str, Any]
) -> None:
    life = open_life(acts=[act(day=dt.date(2024, 8, 20))])
    life.assess()
    road.number = life.case.number
    chosen = [roster[nip].pk for nip in ("198209252006042003", "198711302010122001")]
    page = road.see("pemeriksa/", anggota=chosen).content.decode()
    assert '<input type="hidden" name="caution"' in page
    assert "(menyimpang, dengan alasan)" in page
    panel = {
        "anggota": chosen, "kind": "majelis", "chair": chosen[0], "decree_number": "188/3",
        "decree_day": road.day.isoformat(), "formed_by": "Bupati Way Tirta", "formed_name": "Marzuki Latif",
    }  # fmt: skip
    refused = road.send("pemeriksa/", expect=422, **panel)
    assert "Kehati-hatian instansi, bukan ketentuan hukum: agar suara majelis tidak seri" in text_of(refused)
    assert '<textarea name="caution"' in refused.content.decode()
    road.send("pemeriksa/", **panel, caution="Pejabat ketiga berhalangan.")
    assert "Alasan: Pejabat ketiga berhalangan." in text_of(road.see())
    summons = text_of(road.see("panggilan-1/"))
    assert "Menurut aturan sebagian instansi, bukan ketentuan undang-undang." in summons


def test_a_head_of_region_examines_whom_only_he_stands_above(
    road: Road, open_life: Callable[..., Life], roster: dict[str, Any]
) -> None:
    secretary = open_life(roster["197003121995031001"], user=None)
    secretary.assessed("disiplin", "sedang")
    road.number = secretary.case.number
    refused = road.send("pemeriksa/", expect=422, kind="atasan", **{"luar-1-name": "Sutan Arga"})
    assert "Jabatan belum diisi" in text_of(refused)
    assert "Sutan Arga" in refused.content.decode()
    road.send(
        "pemeriksa/", kind="atasan",
        **{"luar-1-name": "Sutan Arga", "luar-1-position": "Bupati", "luar-1-level": "kepala_daerah"},
    )  # fmt: skip
    assert "Sutan Arga Bupati" in text_of(road.see())


def test_a_departure_needs_its_reason_and_changes_the_road(road: Road) -> None:
    assert "Nilai berbeda" in text_of(road.see())
    refused = road.send("nilai-berbeda/", expect=422, track="kode_etik", level="moral")
    assert "alasan" in text_of(refused).lower()
    road.send(
        "nilai-berbeda/", track="kode_etik", level="moral", reason="Unggahan itu dari masa sebelum penetapan."
    )
    page = text_of(road.see())
    assert "Majelis kode etik belum ditetapkan" in page
    assert "Petugas menilai berbeda dari jawaban hukum" in page
    assert "Unggahan itu dari masa sebelum penetapan." in page


def test_of_two_officers_one_wins_and_the_other_keeps_what_he_typed(
    road: Road, officer: Callable[..., Any], staff_client: Callable[..., Client]
) -> None:
    stale = Case.objects.get(number=road.number).revision
    road.send("nilai-berbeda/", track="disiplin", level="sedang", reason="Penilaian pertama.")
    other = staff_client(officer("pemeriksa"))
    with on(road.day):
        answer = other.post(
            road.url("nilai-berbeda/"),
            {
                "revision": stale,
                "track": "disiplin",
                "level": "berat",
                "reason": "Kata-kata yang tidak boleh hilang.",
            },
        )
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Belum disimpan: perkara sudah berubah" in page
    assert "Kata-kata yang tidak boleh hilang." in page


def test_the_minutes_grow_without_losing_a_word(road: Road, roster: dict[str, Any]) -> None:
    answer_questions(road)
    road.send("nilai/")
    appoint_team(road, roster)
    hearing = road.day + dt.timedelta(days=1)
    road.send("panggilan-1/", hearing_day=hearing.isoformat(), hour="09.00", place="Inspektorat")
    grown = road.send(
        "pemeriksaan/", expect=200, tambah="1", pairs="3", statement="Pembelaan saya.",
        **{"question-1": "Pertanyaan yang panjang?", "answer-1": "Jawaban yang panjang."},
    )  # fmt: skip
    page = grown.content.decode()
    assert "Pertanyaan yang panjang?" in page
    assert "Pembelaan saya." in page
    assert 'name="question-6"' in page
    focused = re.findall(r"<textarea[^>]*autofocus[^>]*>", page)
    assert [re.search(r'name="([^"]*)"', one)[1] for one in focused] == ["question-4"]  # type: ignore[index]
    assert Case.objects.get(number=road.number).state == "menunggu_1"


def test_the_agency_says_once_which_reading_it_follows(road: Road, roster: dict[str, Any]) -> None:
    answer_questions(road)
    road.send("nilai/")
    appoint_team(road, roster)
    with on(road.day):
        page = road.examiner.get("/perkara/tenggat/")
        assert "Pemeriksaan setelah panggilan" in text_of(page)
        item = "/perkara/tenggat/#panggilan_1"
        assert f'href="{item}"' in road.see("panggilan-1/").content.decode()
        assert 'id="panggilan_1"' in page.content.decode()
        told = road.examiner.post(
            "/perkara/tenggat/ikuti/", {"kind": "tenggat", "code": "panggilan_1", "reading": "paling_cepat"}
        )
        assert told["Location"] == item
    refused = road.send(
        "panggilan-1/",
        expect=422,
        hearing_day=(road.day + dt.timedelta(days=2)).isoformat(),
        hour="09.00",
        place="x",
    )
    assert "tidak sesuai dengan tenggat pemanggilan: paling cepat" in text_of(refused)


def test_a_leader_without_an_authority_is_told_what_to_do(
    road: Road, roster: dict[str, Any], decider: Any
) -> None:
    decider.acts_as = ""
    decider.save()
    test_life_until_decision(road, roster)
    refused = road.send("putusan/", by=road.leader, expect=422, sanction="tidak_terbukti", reason="x")
    assert "Minta administrator" in text_of(refused)
    assert not Decision.objects.exists()


def test_life_until_decision(road: Road, roster: dict[str, Any]) -> None:
    answer_questions(road)
    road.send("nilai/")
    appoint_team(road, roster)
    hearing = road.day + dt.timedelta(days=1)
    road.send("panggilan-1/", hearing_day=hearing.isoformat(), hour="09.00", place="Inspektorat")
    road.day = hearing
    road.send(
        "pemeriksaan/", pairs="3", day=hearing.isoformat(), statement="Tidak ada.",
        **{"question-1": "Benar?", "answer-1": "Tidak."},
    )  # fmt: skip
    road.send("tanda-tangan/", signing="ditolak", reason="Tanpa alasan.", pindaian=signed_paper())
    (allegation,) = Case.objects.get(number=road.number).allegation_set.all()
    road.send("lhp/", level="berat", reasoning="Terbukti.", **{f"proven-{allegation.pk}": "ya"})
    assert road.state() == "keputusan"


def test_whoever_examined_before_is_suggested_as_what_he_was(
    road: Road, open_life: Callable[..., Life], roster: dict[str, Any]
) -> None:
    answer_questions(road)
    road.send("nilai/")
    auditor = roster["198711302010122001"]
    assert "pernah memeriksa" not in text_of(road.see("pemeriksa/"))
    open_life(acts=[act(day=DAY_BEFORE)]).to("panggilan_1")
    page = road.see("pemeriksa/").content.decode()
    assert "pernah memeriksa" in page
    chosen = road.see("pemeriksa/", anggota=auditor.pk).content.decode()
    assert re.search(rf'name="element-{auditor.pk}".*?value="pengawasan" selected', chosen, re.DOTALL)


def test_the_nearest_superior_is_suggested_first(road: Road, roster: dict[str, Any]) -> None:
    answer_questions(road)
    road.send("nilai/")
    suggested = re.findall(r'name="tambahkan" value="(\d+)"', road.see("pemeriksa/").content.decode())
    above = [roster[nip] for nip in roster if str(roster[nip].pk) in suggested]
    nearest_first = sorted(above, key=lambda one: len(one.unit.path_ids), reverse=True)
    assert len(above) == 3
    assert suggested == [str(one.pk) for one in nearest_first]


def test_a_respondents_subordinate_who_examined_before_is_not_suggested(
    road: Road, open_life: Callable[..., Life], roster: dict[str, Any]
) -> None:
    open_life(acts=[act(day=DAY_BEFORE)]).to("panggilan_1")
    secretary = open_life(roster["197003121995031001"])
    secretary.assessed("disiplin", "berat")
    road.number = secretary.case.number
    assert "pernah memeriksa" not in text_of(road.see("pemeriksa/"))


def test_all_that_is_wrong_with_a_summons_or_with_minutes_is_told_at_once(
    road: Road, roster: dict[str, Any]
) -> None:
    answer_questions(road)
    road.send("nilai/")
    appoint_team(road, roster)
    sunday = "2024-10-27"
    told = road.send("panggilan-1/", expect=422, hearing_day=sunday, hour="9 pagi", place="Inspektorat")
    assert "“9 pagi” bukan jam" in text_of(told)
    assert "Minggu, 27 Oktober 2024 bukan hari kerja" in text_of(told)
    road.send("panggilan-1/", hearing_day="2024-10-23", hour="09.00", place="Inspektorat")
    told = road.send(
        "tunda/", expect=422, hearing_day="2024-10-01", hour="9 pagi", place="Aula", reason="Sakit."
    )
    assert "“9 pagi” bukan jam" in text_of(told)
    assert "1 Oktober 2024 terlalu awal" in text_of(told)
    told = road.send("pemeriksaan/", expect=422, day="2024-10-01", pairs="3", statement="Tidak ada.")
    assert "Belum ada tanya jawab" in text_of(told)
    assert "1 Oktober 2024 tidak dapat dipakai" in text_of(told)


def test_half_a_question_is_told_at_the_row_it_was_typed_in(road: Road, roster: dict[str, Any]) -> None:
    answer_questions(road)
    road.send("nilai/")
    appoint_team(road, roster)
    road.send("panggilan-1/", hearing_day="2024-10-23", hour="09.00", place="Inspektorat")
    half = {"question-2": "Sejak kapan?", "answer-3": "Sejak lama."}
    told = road.send("pemeriksaan/", expect=422, day="2024-10-23", pairs="3", statement="Tidak ada.", **half)
    assert "“Jawaban 2” belum diisi." in text_of(told)
    assert "“Pertanyaan 3” belum diisi." in text_of(told)
    assert "Nomor 1" not in text_of(told)
    assert "Sejak kapan?" in text_of(told)


def test_the_summons_says_which_days_the_law_allows_and_proposes_one(
    road: Road, roster: dict[str, Any]
) -> None:
    answer_questions(road)
    road.send("nilai/")
    appoint_team(road, roster)
    page = road.see("panggilan-1/")
    # Monday 14 October 2024 and seven working days, by the first reading and by the second
    both = "Rabu, 23 Oktober 2024 (paling lambat menurut satu bacaan, paling cepat menurut bacaan lain)."
    both += " Hari yang terisi memenuhi semua bacaan."
    assert both in text_of(page)
    assert "tenggat sementara" in text_of(page)
    assert 'value="2024-10-23"' in page.content.decode()
    road.send("panggilan-1/", hearing_day="2024-10-23", hour="09.00 WIB", place="Inspektorat")
    postponed = road.see("tunda/").content.decode()
    assert 'value="09.00 WIB"' in postponed
    assert 'value="Inspektorat"' in postponed


def test_closing_is_offered_once_the_decision_has_effect(road: Road, open_life: Callable[..., Life]) -> None:
    life = open_life(acts=[act(day=DAY_BEFORE)])
    life.to("keputusan").decided("turun_jabatan_12")
    life.deliver(day=life.day, way="diserahkan")
    road.number, road.day = life.case.number, life.day
    page = text_of(road.see())
    assert "Keputusan mulai berlaku" in page
    assert "Tutup perkara M" not in page
    life.case.refresh_from_db()
    road.day = life.case.due
    assert "Tutup perkara M" in text_of(road.see())


def test_a_decider_finds_what_waits_for_him_on_his_own_desk(road: Road, roster: dict[str, Any]) -> None:
    test_life_until_decision(road, roster)
    with on(road.day):
        assert road.number in text_of(road.leader.get("/?tab=saya"))
    offered = text_of(road.see("putusan/", by=road.leader))
    assert "Saran pemeriksa: berat." in offered


def test_a_decider_is_told_who_may_impose_what_was_recommended_if_he_may_not(
    road: Road, open_life: Callable[..., Life]
) -> None:
    life = open_life(acts=[act("attend_in_uniform")])
    life.assess()
    life.appointed().summoned().wait(3).heard().reported("sedang", ("tunda_kgb_1",))
    road.number, road.day = life.case.number, life.day
    assert "bukan kewenangan Anda" not in text_of(road.see("putusan/", by=road.leader))
    life.decider.acts_as = "jpt_pratama"
    life.decider.save()
    offered = text_of(road.see("putusan/", by=road.leader))
    assert "Yang disarankan itu bukan kewenangan Anda" in offered
    assert "bupati atau wali kota selaku PPK" in offered


def test_the_superior_alone_is_said_to_give_the_heavy_sanctions_up(
    road: Road, open_life: Callable[..., Life]
) -> None:
    given_up = "Bila ia memeriksa sendiri, hukuman berat tidak dapat dijatuhkan"
    for conduct, told in (("attend_quietly", True), ("attend_in_uniform", False)):
        life = open_life(acts=[act(conduct)])
        life.assess()
        road.number, road.day = life.case.number, life.day
        assert (given_up in text_of(road.see("pemeriksa/"))) == told


def test_what_was_stopped_did_not_get_done_where_it_stood(road: Road, open_life: Callable[..., Life]) -> None:
    life = open_life(acts=[act("attend_in_uniform")])
    life.assess()
    life.stop(by=life.decider, ground="meninggal", reason="Meninggal.")
    road.number, road.day = life.case.number, life.day
    page = text_of(road.see())
    assert "Penilaian , selesai Selesai" in page


def test_whoever_may_not_decide_reads_who_may(road: Road, open_life: Callable[..., Life]) -> None:
    life = open_life(acts=[act("attend_in_uniform")])
    life.assess()
    life.appointed().summoned().wait(3).heard().reported("sedang")
    road.number, road.day = life.case.number, life.day
    assert f"Yang dapat memutus: {life.decider.full_name}." in text_of(road.see())
    assert "Yang dapat memutus" not in text_of(road.see(by=road.leader))
    life.decider.is_active = False
    life.decider.save()
    assert "Belum ada akun yang dapat memutus perkara ini" in text_of(road.see())


def test_what_is_wrong_with_a_signature_is_told_at_once(road: Road, open_life: Callable[..., Life]) -> None:
    life = open_life(acts=[act("attend_in_uniform")])
    life.assess()
    life.appointed().summoned().wait(3)
    life.hear(day=life.day, hearing=HEARING)
    road.number, road.day = life.case.number, life.day
    refused = text_of(road.send("tanda-tangan/", expect=422, signing="ditolak"))
    assert "Tuliskan alasannya" in refused
    assert "Belum ada pindaian berita acara" in refused


def test_nothing_proven_carries_no_level(road: Road, open_life: Callable[..., Life]) -> None:
    life = open_life(acts=[act(day=DAY_BEFORE)])
    life.to("lhp")
    road.number, road.day = life.case.number, life.day
    assert not re.search(r'value="berat" selected', road.see("lhp/").content.decode())
    (allegation,) = life.case.allegation_set.all()
    told = {f"proven-{allegation.pk}": "tidak", "reasoning": "Akun itu bukan miliknya."}
    told |= {"aggravating": "Menjabat.", "impact": "Warga bertanya."}
    for field, value, label in (("level", "berat", "tingkat"), ("sanctions", "turun_jabatan_12", "jenis")):
        refused = road.send("lhp/", expect=422, **told, **{field: value}).content.decode()
        assert f"Tidak ada dugaan yang terbukti; kosongkan {label} yang disarankan." in refused
        assert re.search(rf'href="#id_{field}', refused)
    unsaid = road.send("lhp/", expect=422, **told | {f"proven-{allegation.pk}": "ya"})
    assert "Ada dugaan yang terbukti; pilih tingkat yang disarankan." in text_of(unsaid)
    road.send("lhp/", **told)
    assert road.state() == "keputusan"
    letter = letters_of(life.case.subject).get(kind="lhp")
    fields = said(letter, agency_key(life.case.agency))
    assert {fields[name] for name in ("aggravating", "mitigating", "impact", "competent")} == {""}
    assert "Memberatkan" not in text_of(road.see())


def test_the_queue_says_what_to_do_with_the_case_and_search_finds_it(road: Road) -> None:
    with on(road.day):
        queue = text_of(road.examiner.get("/?tab=saya"))
        found = road.examiner.get("/cari/", {"q": "Bagas Prakoso"})
        listed = text_of(road.examiner.get("/perkara/"))
    assert "Penilaian hukum belum dibuat" in queue
    assert road.number in text_of(found)
    assert road.number in listed


LISTS = ("/", "/?tab=tim", "/perkara/", "/cari/?q=Bagas+Prakoso", "/cari/?q=P-20")


def test_queries_do_not_grow_with_the_cases(
    life: Life, open_life: Callable[..., Life], owner: Any, staff_client: Callable[..., Client]
) -> None:
    """Asked with a few, and with more than a page of a list holds: of each list, and of the first case's page."""
    days, client = count(1), staff_client(owner)

    def queries(more: int) -> dict[str, int]:
        for day in islice(days, more):
            open_life(acts=[act(day=ACT_DAY - dt.timedelta(days=day))])
        with on(OPENED):
            return {address: asked_by(address) for address in (*LISTS, f"/perkara/{life.case.number}/")}

    def asked_by(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address).content.decode()
        assert page.count("data-row>") == (min(Case.objects.count(), PAGE) if address in LISTS else 0)
        return len(asked)

    assert queries(2) == queries(PAGE)


def test_the_queue_asks_as_much_of_reports_as_of_cases_and_of_both(
    open_life: Callable[..., Life],
    make_report: Callable[..., Any],
    owner: Any,
    staff_client: Callable[..., Client],
) -> None:
    client, sorts = staff_client(owner), []

    def asked() -> int:
        with on(OPENED):
            client.get("/?tab=tim")  # a new report is screened for conflicts when first seen
            with CaptureQueriesContext(connection) as queries:
                rows = text_of(client.get("/?tab=tim")).rpartition("Pemegang")[2]
        sorts.append(("Perkara" in rows, "Laporan" in rows))
        return len(queries)

    nothing = asked()
    report = make_report(received_on=OPENED)
    of_reports = asked()
    open_life()
    of_both = asked()
    WorkItem.objects.filter(subject=report.subject).update(open=False)
    of_cases = asked()
    assert sorts[1:] == [(False, True), (True, True), (True, False)]
    assert nothing == of_reports == of_both == of_cases


def test_an_intake_officer_sees_no_case(
    road: Road, officer: Callable[..., Any], staff_client: Callable[..., Client]
) -> None:
    client = staff_client(officer("petugas"))
    assert client.get(road.url()).status_code == 403
    with on(road.day):
        assert road.number not in text_of(client.get("/?tab=tim"))
        assert road.number not in text_of(client.get("/cari/", {"q": "Bagas Prakoso"}))


def test_the_reporter_reads_how_far_it_is_and_how_it_ended(life: Life) -> None:
    from netral.cases.selectors import progress_of
    from netral.intake.status_words import OUTCOMES, STAGES

    (stage,) = progress_of([life.case.sources.get().origin])
    assert str(STAGES[stage.state]) == "Perkara sudah dibuka dan sedang dinilai menurut hukum."
    assert set(OUTCOMES) == set(type(next(iter(OUTCOMES))))


def test_what_the_law_leaves_open_is_not_called_unknown() -> None:
    facts = {"conduct": "attend_quietly", "act_date": "2024-10-10", "actor": {"status": "pns"},
             "object": {"kind": "calon", "office": "bupati", "election": "pilkada-2024"}}  # fmt: skip
    asked = Law(answer({**facts, "act_date": "2024-11-10"}))
    assert asked.asked
    assert asked.verdict[0] == "bergantung pada yang belum diketahui"
    assert str(Law(answer(facts)).verdict[0]).startswith("hukum tidak memutuskannya")


def test_a_possible_crime_names_its_articles_and_what_is_not_certain() -> None:
    facts = {"conduct": "favouring_decision", "act_date": "2024-10-21",
             "actor": {"status": "pns", "level": "pelaksana"},
             "object": {"kind": "calon", "office": "bupati", "election": "pilkada-2024"}}  # fmt: skip
    (crime,) = Law(answer(facts)).crimes
    assert ("Pasal 71 ayat (1)" in crime.articles, "Pasal 188" in crime.articles) == (True, True)
    assert crime.open == ["terlapor termasuk yang diikat pasal ini"]
    facts["actor"] = {"status": "pns", "level": "administrator"}
    (crime,) = Law(answer(facts)).crimes
    assert crime.open == []


def test_a_possible_crime_goes_beside_the_case_and_its_answer_stands_on_the_page(road: Road) -> None:
    assert "Teruskan dugaan pidana" in text_of(road.see(by=road.leader))
    page = road.see("teruskan-pidana/", by=road.leader)
    assert "Badan Kepegawaian Negara" not in text_of(page)
    assert re.search(r'value="bawaslu"[^>]*checked', page.content.decode())  # the only one
    road.send("teruskan-pidana/", by=road.leader, to="bawaslu", reason="Mungkin melanggar Pasal 188.")
    assert road.state() == "penilaian"
    page = road.see()
    assert "belum dijawab" in text_of(page)
    answer = re.search(r'href="/perkara/[^/]+/(teruskan-pidana/\d+/)"', page.content.decode())
    assert answer
    refused = road.send(answer[1], expect=422, day="2024-10-20", text="Bukan pidana.")
    assert "tidak dapat dipakai" in text_of(refused)
    assert "Bukan pidana." in text_of(refused)
    road.send(answer[1], day=road.day.isoformat(), text="Bukan pidana.")
    page = text_of(road.see())
    assert ("Bukan pidana." in page, "belum dijawab" in page) == (True, False)


def test_a_case_handed_over_may_be_taken_back(road: Road) -> None:
    assert "Teruskan seluruh perkara" in text_of(road.see(by=road.leader))
    assert "Badan Pengawas Pemilihan" not in text_of(road.see("teruskan/", by=road.leader))
    road.send("teruskan/", by=road.leader, to="bkn", reason="Diminta BKN.")
    page = text_of(road.see(by=road.leader))
    assert "Dapat diambil kembali dengan alasan." in page
    assert "Buka kembali" in page
    road.send("buka-kembali/", by=road.leader, reason="Dikembalikan oleh BKN.")
    assert road.state() == "penilaian"


def test_what_was_alleged_before_stands_on_the_page(road: Road) -> None:
    (allegation,) = Case.objects.get(number=road.number).allegation_set.all()
    assert "Riwayat rumusan dugaan" not in text_of(road.see())
    told = {"conduct": "share_post", "act_date": ACT_DAY.isoformat(), "description": "Membagikan unggahan."}
    road.send(f"dugaan/{allegation.pk}/", **told)
    page = text_of(road.see())
    assert "Riwayat rumusan dugaan · 1" in page
    assert "Menyukai tiga unggahan akun pasangan calon." in page
    assert "Membagikan unggahan." in page
    assert "diganti Senin, 14 Oktober 2024 oleh" in page


def test_what_was_put_off_is_counted_and_from_the_second_on_said(
    road: Road, open_life: Callable[..., Life]
) -> None:
    life = open_life(acts=[act(day=DAY_BEFORE)])
    life.to("menunggu_1")
    road.number, road.day = life.case.number, life.day
    assert "ditunda" not in text_of(road.see()).partition("Riwayat")[0]
    assert "Bukan yang pertama." not in text_of(road.see("tunda/"))

    def put_off() -> None:
        day = (road.day + dt.timedelta(days=3)).isoformat()
        told = {"hearing_day": day, "hour": "09.00", "place": "Inspektorat"}
        assert "alasan" in text_of(road.send("tunda/", expect=422, **told)).lower()
        road.send("tunda/", reason="Terlapor sakit.", **told)

    def queue() -> str:
        with on(road.day):
            return text_of(road.examiner.get("/?tab=tim"))

    put_off()
    page = text_of(road.see())
    assert "Dalam perkara ini pemeriksaan ditunda 1 kali." in page
    assert "Perhatikan" not in page
    assert "Perhatikan" not in queue()
    again = text_of(road.see("tunda/"))
    assert "Bukan yang pertama. Dalam perkara ini pemeriksaan ditunda 1 kali." in again
    put_off()
    assert "Perhatikan. Dalam perkara ini pemeriksaan ditunda 2 kali." in text_of(road.see())
    assert "Perhatikan: pemeriksaan ditunda 2 kali" in queue()
    for times in (1, 2):
        road.send("nilai-ulang/", reason="Bukti baru.")
        road.send("nilai-berbeda/", track="disiplin", level="sedang", reason="Lain.")
        often = text_of(road.see()).partition("Riwayat")[0]
        assert (f"penilaian diulang {times} kali" in often) == (times == 2)
    assert "Perhatikan: pemeriksaan ditunda 2 kali, penilaian diulang 2 kali" in queue()


def test_one_who_was_chosen_to_examine_may_be_left_out_again(road: Road, roster: dict[str, Any]) -> None:
    answer_questions(road)
    road.send("nilai/")
    first, second, third = (
        roster[nip].pk for nip in ("198209252006042003", "198711302010122001", "197506152000121002")
    )

    def chosen(page: HttpResponse) -> list[int]:
        form = page.content.decode().partition("Yang memeriksa")[2]
        return [int(pk) for pk in re.findall(r'type="hidden" name="anggota" value="(\d+)"', form)]

    page = road.see("pemeriksa/", anggota=[first, second, third])
    assert chosen(page) == [first, second, third]
    typed = {
        "anggota": [first, second, third], "decree_number": "800/12/2024", "formed_name": "Orang Lain",
        "decree_day": "2024-10-01", "chair": str(third), f"element-{first}": "kepegawaian", "luar-1-name": "Tamu",
    }  # fmt: skip
    without = road.send("pemeriksa/", expect=200, keluarkan=second, **typed)
    assert chosen(without) == [first, third]
    looked = road.send(
        "pemeriksa/", expect=200, nama="auditor", dicari="", **typed | {"anggota": [first, third]}
    )
    assert f'name="tambahkan" value="{second}"' in looked.content.decode()
    again = road.send("pemeriksa/", expect=200, tambahkan=second, **typed | {"anggota": [first, third]})
    assert chosen(again) == [first, third, second]
    for shown in (without, looked, again):
        page = shown.content.decode()
        assert all(f'value="{told}"' in page for told in ("800/12/2024", "Orang Lain", "2024-10-01", "Tamu"))
        assert re.search(rf'value="{third}" selected', page)
        assert re.search(rf'name="element-{first}".*?value="kepegawaian" selected', page, re.DOTALL)
    assert road.state() == "pemeriksa"
    # Who is left is looked at as before: a team lacks what nobody in it stands for any more.
    refused = road.send(
        "pemeriksa/", expect=422, anggota=[first, third], kind="tim", chair=first, decree_number="800/1",
        decree_day=road.day.isoformat(), formed_by="Bupati", formed_name="A",
        **{f"element-{first}": "atasan_langsung", f"element-{third}": "kepegawaian"},
    )  # fmt: skip
    assert "Tim pemeriksa belum memuat unsur pengawasan." in text_of(refused)
    assert chosen(refused) == [first, third]


def test_absence_is_offered_on_the_day_once_the_hour_has_passed(
    road: Road, open_life: Callable[..., Life]
) -> None:
    life = open_life(acts=[act(day=DAY_BEFORE)])
    life.to("panggilan_1")
    road.number, road.day = life.case.number, life.day
    told = {"hearing_day": (life.day + dt.timedelta(days=2)).isoformat(), "place": "Inspektorat"}
    refused = road.send("panggilan-1/", expect=422, hour="9 pagi", **told)
    assert "“9 pagi” bukan jam." in text_of(refused)
    road.send("panggilan-1/", hour="13:30", **told)
    road.day += dt.timedelta(days=2)  # seen at 10.00
    page = text_of(road.see())
    assert "13.30 WIB" in page
    assert "Tidak hadir" not in page
    with clock.at(dt.datetime.combine(road.day, dt.time(13, 31))):
        assert "Tidak hadir H" in text_of(road.examiner.get(road.url()))


def test_a_day_in_words_is_understood_and_one_of_the_year_1_refused(road: Road) -> None:
    refused = road.send("dugaan/", expect=422, conduct="share_post", act_date="1 Januari 0001")
    assert "mendahului semua aturan yang dimuat" in text_of(refused)
    assert 'value="0001-01-01"' in refused.content.decode()
    road.send("dugaan/", conduct="share_post", act_date="9 Oktober 2024")
    act_days = Case.objects.get(number=road.number).allegation_set.values_list("act_date", flat=True)
    assert DAY_BEFORE in act_days


# The file beside the form ------------------------------------------------------------------------------------


def test_what_the_respondent_wrote_has_a_place_of_its_own(
    life: Life, owner: Any, decider: Any, staff_client: Callable[..., Client]
) -> None:
    life.reply(text="Akun itu saya bagi dengan adik saya.")
    client, heading = staff_client(owner), "Tanggapan tertulis terlapor, Senin, 14 Oktober 2024"
    with on(life.day):
        page = text_of(client.get(f"/perkara/{life.case.number}/")).partition("Riwayat")[0]
    assert f"{heading} Akun itu saya bagi dengan adik saya." in page
    life.to("keputusan")
    with on(life.day):
        deciding = text_of(staff_client(decider).get(f"/perkara/{life.case.number}/putusan/"))
    assert f"{heading} Akun itu saya bagi dengan adik saya." in deciding
    life.decided("turun_jabatan_12")
    decree = said(letters_of(life.case.subject).get(kind="keputusan_disiplin"), agency_key(life.case.agency))
    assert decree["noting"][-1] == "Tanggapan tertulis terlapor, dicatat tanggal 14 Oktober 2024"


def test_whoever_reports_has_the_minutes_beside_the_form_and_whoever_decides_the_report_too(
    life: Life, owner: Any, decider: Any, staff_client: Callable[..., Client]
) -> None:
    life.assessed().appointed().summoned().wait(3).heard()
    report, decision = f"/perkara/{life.case.number}/lhp/", f"/perkara/{life.case.number}/putusan/"
    with on(life.day):
        reporting = staff_client(owner).get(report)
    life.reported()
    with on(life.day):
        deciding = staff_client(decider).get(decision)
    for page in (reporting, deciding):
        assert HEARING.exchanges[0].answer in text_of(page)
        assert HEARING.statement in text_of(page)
        assert "<details open data-folds>" in page.content.decode()
    assert FINDINGS.reasoning not in text_of(reporting)
    assert FINDINGS.reasoning in text_of(deciding)


def test_the_file_beside_the_form_costs_no_more_queries_as_it_grows(
    life: Life, decider: Any, staff_client: Callable[..., Client]
) -> None:
    client = staff_client(decider)

    def asked() -> int:
        with on(life.day):
            client.get(f"/perkara/{life.case.number}/putusan/")
            with CaptureQueriesContext(connection) as queries:
                page = text_of(client.get(f"/perkara/{life.case.number}/putusan/"))
        assert page.count(HEARING.statement) == life.case.round
        return len(queries)

    life.assessed().appointed().summoned().wait(3).heard().reported()
    once = asked()
    life.reexamine(reason="Kurang lengkap.")
    life.appointed().summoned().wait(3).heard().reported()
    assert asked() == once


def test_why_he_was_heard_on_another_day_stands_in_the_file(
    life: Life, owner: Any, staff_client: Callable[..., Client]
) -> None:
    life.assessed().appointed().summoned().wait(1).heard()
    client = staff_client(owner)
    with on(life.day):
        page = text_of(client.get(f"/perkara/{life.case.number}/"))
    assert "Diperiksa pada hari lain daripada panggilannya: Terlapor meminta hari itu." in page
    life.reexamine(reason="Kurang lengkap.")
    life.appointed().summoned().wait(3).heard()
    with on(life.day):
        assert text_of(client.get(f"/perkara/{life.case.number}/")).count("pada hari lain") == 1


def test_the_minutes_are_printed_signed_and_only_then_reported_on(road: Road, roster: dict[str, Any]) -> None:
    answer_questions(road)
    road.send("nilai/")
    appoint_team(road, roster)
    hearing = road.day + dt.timedelta(days=2)
    road.send("panggilan-1/", hearing_day=hearing.isoformat(), hour="09.00", place="Inspektorat")
    road.day = hearing + dt.timedelta(days=1)
    typed = {"question-1": "Benar?", "answer-1": "Tidak.", "statement": "Tidak ada.", "pairs": "3"}
    assert "Hanya bila bukan Rabu, 16 Oktober 2024" in text_of(road.see("pemeriksaan/"))
    other_day = road.send("pemeriksaan/", expect=422, day=road.day.isoformat(), **typed)
    assert "Terlapor dipanggil untuk Rabu, 16 Oktober 2024, sedangkan" in text_of(other_day)
    assert "Benar?" in text_of(other_day)
    road.send("pemeriksaan/", day=hearing.isoformat(), **typed)
    page = text_of(road.see())
    assert "Berita acara belum ditandatangani" in page
    assert "Berita acara belum ditandatangani" in text_of(road.examiner.get("/?tab=tim"))
    assert "terlapor menolak" not in page.lower()
    (allegation,) = Case.objects.get(number=road.number).allegation_set.all()
    report = {"level": "berat", "reasoning": "Terbukti.", f"proven-{allegation.pk}": "ya"}
    assert "belum ditandatangani" in text_of(road.send("lhp/", expect=422, **report))
    assert "Buka berita acara untuk dicetak" in text_of(road.see("tanda-tangan/"))
    missing = road.send("tanda-tangan/", expect=422, signing="ditolak", reason="Menurutnya keliru.")
    assert "Belum ada pindaian berita acara pemeriksaan yang ditandatangani" in text_of(missing)
    assert "Menurutnya keliru." in text_of(missing)
    road.send("tanda-tangan/", signing="ditolak", reason="Menurutnya keliru.", pindaian=signed_paper())
    page = text_of(road.see())
    assert "Terlapor menolak menandatangani" in page
    assert "Laporan hasil pemeriksaan belum dibuat" in page
    road.send("lhp/", **report)


def test_what_the_law_knows_of_the_respondent_stands_beside_its_answer(road: Road) -> None:
    def beside() -> dict[str, str]:
        panel = road.see().content.decode().partition("Terlapor menurut fakta yang dipakai")[2]
        told = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", panel.partition("</dl>")[0])
        return {name: html.unescape(words) for name, words in told}

    assert list(beside().items())[:3] == [
        ("Status kepegawaian", "PNS"), ("Tingkat jabatan", "pelaksana"), ("Jabatan khusus", "tidak ada"),
    ]  # fmt: skip
    road.send(
        "fakta/",
        **{"actor.status@": "pppk", "actor.roles@": ["camat", "lurah"], "actor.has_resigned@": "tidak"},
    )
    known = beside()
    assert (known["Status kepegawaian"], known["Jabatan khusus"]) == ("PPPK", "camat, lurah")
    assert (known["Tingkat jabatan"], known["Sudah mengundurkan diri"]) == ("belum diketahui", "tidak")
    # What was accepted keeps the facts it was accepted on.
    road.send("fakta/", **{"actor.status@": "pns", "actor.level@": "administrator"})
    answer_questions(road)
    road.send("nilai/")
    assert beside()["Tingkat jabatan"] == "administrator"


# Words ---------------------------------------------------------------------------------------------------------


def test_an_error_names_its_question_above_the_form_and_beside_it(
    life: Life, owner: Any, staff_client: Callable[..., Client]
) -> None:
    life.assessed().appointed().summoned().wait(3).heard()
    with on(life.day):
        url = f"/perkara/{life.case.number}/lhp/"
        page = text_of(staff_client(owner).post(url, {"revision": life.case.revision}))
    assert page.count("Kamis, 10 Oktober 2024” belum dipilih.") == 2
    assert page.count("“Pertimbangan” belum diisi.") == 2


def test_a_history_in_a_demonstration_says_which_time_it_tells(
    life: Life, owner: Any, staff_client: Callable[..., Client], settings: Any
) -> None:
    client, url = staff_client(owner), f"/perkara/{life.case.number}/"
    with on(life.day):
        assert "waktu nyata" not in text_of(client.get(url))
        settings.NETRAL_DEMO_DATE = life.day
        assert "Peragaan bertanggal 14 Okt 2024: jam pada riwayat ini adalah waktu nyata" in text_of(
            client.get(url)
        )


# Citations in what is typed -----------------------------------------------------------------------------------------

WRONG = "Terbukti melanggar Pasal 5 PP 94/2020 dan UU 5/2014."


def looked_at(page: HttpResponse) -> str:
    """The box by which an officer sends a doubtful citation as it is; empty where none is shown."""
    found = re.search(r'name="(rujukan-\w+)"', page.content.decode())
    return found[1] if found else ""


def test_a_doubtful_citation_is_shown_before_the_letter_goes_out(
    road: Road, open_life: Callable[..., Life]
) -> None:
    life = open_life(acts=[act(day=DAY_BEFORE)])
    life.to("lhp")
    road.number, road.day = life.case.number, life.day
    (allegation,) = life.case.allegation_set.all()
    told = {f"proven-{allegation.pk}": "tidak"}
    warned = road.send("lhp/", expect=422, **told, reasoning=WRONG)
    page = text_of(warned)
    assert "mungkin yang dimaksud PP 94/2021" in page
    assert "UU 5/2014 tidak berlaku lagi sesudah Senin, 30 Oktober 2023; gantinya UU 20/2023" in page
    assert WRONG in page
    assert not letters_of(life.case.subject).filter(kind="lhp")
    # Who has looked at these two has not looked at a third.
    also = road.send(
        "lhp/", expect=422, **told, reasoning=f"{WRONG} PP 53/2010 pun.", **{looked_at(warned): "on"}
    )
    assert looked_at(also) not in ("", looked_at(warned))
    assert "checked" not in re.search(r'<input[^>]*name="rujukan-[^>]*>', also.content.decode())[0]  # type: ignore[index]
    road.send("lhp/", **told, reasoning=WRONG, **{looked_at(warned): "on"})
    assert road.state() == "keputusan"
    assert WRONG in str(said(letters_of(life.case.subject).get(kind="lhp"), agency_key(life.case.agency)))


def test_a_citation_in_force_on_the_day_of_the_act_or_today_is_not_asked_about(
    road: Road, open_life: Callable[..., Life]
) -> None:
    life = open_life(acts=[act(day=DAY_BEFORE)])
    life.to("lhp")
    road.number, road.day = life.case.number, life.day
    (allegation,) = life.case.allegation_set.all()
    right = "Pasal 9 ayat (2) UU 20/2023 dan Pasal 5 huruf n angka 5 PP 94/2021; surat SE tanpa nomor."
    road.send("lhp/", **{f"proven-{allegation.pk}": "tidak"}, reasoning=right)
    assert road.state() == "keputusan"


def test_what_the_respondent_said_of_the_law_is_left_to_him(road: Road, roster: dict[str, Any]) -> None:
    answer_questions(road)
    road.send("nilai/")
    appoint_team(road, roster)
    hearing = road.day + dt.timedelta(days=1)
    road.send("panggilan-1/", hearing_day=hearing.isoformat(), hour="09.00", place="Inspektorat")
    road.day = hearing
    said_by_him = {"answer-1": "Itu menurut PP 94/2020.", "statement": "UU 5/2014 tidak melarangnya."}
    told = {"day": hearing.isoformat(), "pairs": "3", "signing": "ditandatangani", **said_by_him}
    asked = road.send("pemeriksaan/", expect=422, **told, **{"question-1": "Tahukah Anda PP 94/2020?"})
    page = asked.content.decode()
    assert page.count("Periksa rujukan") == 2  # above the form and beside its field
    assert 'id="id_question-1"' in page
    assert looked_at(asked)
    road.send("pemeriksaan/", **told, **{"question-1": "Tahukah Anda PP 94/2021?"})
    assert road.state() == "lhp"
