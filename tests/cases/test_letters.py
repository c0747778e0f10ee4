"""The letters of a case: each act makes its own, which says what the file says and cites what may be cited."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
import typst
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from netral.accounts.keys import agency_key
from netral.audit.models import Entry
from netral.cases import services
from netral.cases.codes import Element
from netral.cases.content import Exchange, Findings, Hearing, Person, Sitting
from netral.cases.examiners import Candidate
from netral.cases.letters import left_out
from netral.cases.lifecycle import ACTS
from netral.cases.models import Case
from netral.cases.sealed import Envelope
from netral.cases.selectors import Sight, reasons_of, summons_of
from netral.documents.models import Letter
from netral.documents.selectors import letters_of, open_pdf
from netral.evidence.cleaning import claim_next
from netral.evidence.models import StoredFile
from netral.evidence.uploads import seal_file
from netral.lawbook.corpus import ArticleVersion, Corpus
from netral.roster.models import Level
from netral.sealing import sha256

from .life import HEARING, OPENED, PERSONNEL, REGENT, SITTING, Life, act, dt, on, scan

Open = Callable[..., Life]
ACTED = "menyukai unggahan dukungan pada tanggal 10 Oktober 2024 terkait Pilkada 2024"
BREACH = (
    "yang diduga melanggar Pasal 9 ayat (2) Undang-Undang Nomor 20 Tahun 2023, Pasal 5 huruf n angka 5 Peraturan "
    "Pemerintah Nomor 94 Tahun 2021, dan Lampiran II huruf B angka 6 Keputusan Bersama Nomor 2 Tahun 2022"
)
RESPONDENT = "Nama : Bagas Prakoso, A.Md. NIP : 199004182015051001 Jabatan : Pengelola Data"
HEAVY = "turun_jabatan_12"


def letters(life: Life) -> list[Letter]:
    return list(letters_of(life.case.subject))


def kinds(life: Life) -> list[str]:
    return [letter.kind for letter in letters(life)]


def read(letter: Letter) -> str:
    """The text layer, on one line, without the feet of its pages."""
    pdf = open_pdf(letter, agency_key(letter.agency))
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    return " ".join(page.partition(f" Nomor {letter.number} Halaman ")[0] for page in pages)


def says(letter: Letter, *wanted: str) -> str:
    """Its text, which must hold all that is wanted in this order."""
    text = rest = read(letter)
    for words in wanted:
        _before, found, rest = rest.partition(words)
        assert found, f"{words!r} is not read in {text!r}"
    return text


def photo() -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "JPEG")
    return SimpleUploadedFile("pindaian.jpg", buffer.getvalue(), "image/jpeg")


@pytest.fixture
def road(open_life: Open) -> Life:
    """A case of a liked post, accepted as discipline of a heavy level, with its team."""
    life = open_life(acts=[act(description="Menyukai tiga unggahan akun pasangan calon.")])
    life.assess()
    return life.appointed()


# Each act and its letter ------------------------------------------------------------------------------------------


def test_a_team_is_formed_by_the_decree_of_the_typed_number_and_day(road: Life) -> None:
    (decree,) = letters(road)
    assert (decree.kind, decree.number, decree.dated) == ("tim", f"800/{road.case.pk}.1/2024", OPENED)
    says(
        decree, "KEPUTUSAN BUPATI WAY TIRTA", decree.number, "PEMBENTUKAN TIM PEMERIKSA",
        "bahwa terdapat dugaan pelanggaran disiplin oleh Bagas Prakoso, A.Md., Pengelola Data",
        "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara",
        "Peraturan Pemerintah Nomor 94 Tahun 2021 tentang Disiplin Pegawai Negeri Sipil",
        RESPONDENT, ACTED, BREACH, "Menyukai tiga unggahan akun pasangan calon.",
        "Halimah Nasution, S.E.", "Kedudukan : Ketua Unsur : atasan langsung",
        "Ni Luh Pertiwi, S.H.", "Kedudukan : Anggota Unsur : unsur pengawasan",
        "Ratna Puspa Ayu", "14 Oktober 2024", "Bupati Way Tirta, H. Marzuki Latif, S.E.",
    )  # fmt: skip


def test_a_superior_who_examines_by_office_needs_no_decree(open_life: Open) -> None:
    life = open_life().assessed("disiplin", "sedang").appointed("atasan")
    assert kinds(life) == []
    life.summoned()
    says(
        letters(life)[0], "PEMERINTAH KABUPATEN WAY TIRTA SEKSI PEMERINTAHAN", "Surat Panggilan I".upper(),
        "untuk menghadap kepada: Nama : Halimah Nasution, S.E.", "Atasan Langsung, Halimah Nasution, S.E.",
    )  # fmt: skip


def test_a_decree_needs_who_formed_the_team_and_a_number_of_its_own(open_life: Open, road: Life) -> None:
    other = open_life(road.roster["198711302010122001"])
    other.assessed("disiplin", "berat")
    decree: dict[str, Any] = {"kind": "tim", "members": road.team()[:1], "decree_day": other.day}
    with pytest.raises(ValidationError) as refused:
        other.appoint(**decree | {"members": _team_for_auditor(other)}, decree_number="9")
    assert set(refused.value.message_dict) == {"formed_by", "formed_name"}
    taken = letters(road)[0].number
    with pytest.raises(ValidationError) as refused:
        other.appoint(**decree | {"members": _team_for_auditor(other)}, decree_number=taken, formed_by=REGENT)
    assert refused.value.message_dict == {
        "decree_number": [f"Nomor surat “{taken}” sudah dipakai. Ketik nomor lain."]
    }
    assert kinds(other) == []


def _team_for_auditor(life: Life) -> list[Any]:
    """Those who stand above an auditor."""
    sekda, camat = life.roster["197003121995031001"], life.roster["197506152000121002"]
    return [
        Candidate.from_roster(sekda, element=Element.SUPERIOR, chair=True),
        Candidate.from_roster(camat, element=Element.SUPERVISION),
        Candidate(None, PERSONNEL, Element.PERSONNEL),
    ]


def test_summons_name_day_place_and_before_whom(road: Life) -> None:
    road.summoned()
    letter = letters(road)[-1]
    assert (letter.kind, letter.number, letter.dated) == ("panggilan", "800.1.6.4/1/NET/2024", OPENED)
    says(
        letter, "RAHASIA", "SURAT PANGGILAN I", letter.number, RESPONDENT,
        "Halimah Nasution, S.E.", "Ni Luh Pertiwi, S.H.", "Ratna Puspa Ayu",
        "Hari : Kamis Tanggal : 17 Oktober 2024 Jam : 09.00 WIB Tempat : Ruang Rapat Inspektorat",
        f"{ACTED}, {BREACH}.", "Way Tirta, 14 Oktober 2024", "Ketua Tim Pemeriksa, Halimah Nasution, S.E.",
    )  # fmt: skip


def test_a_postponed_hearing_and_a_second_summons_name_the_letter_before(road: Life) -> None:
    road.summoned().wait(1)
    first = letters(road)[-1]
    road.postpone(hearing_day=road.day + dt.timedelta(days=3), sitting=SITTING, reason="Sakit.")
    second = letters(road)[-1]
    says(
        second, f"Surat ini menggantikan Surat Panggilan I Nomor {first.number} tanggal 14 Oktober 2024.",
        "18 Oktober 2024",
    )  # fmt: skip
    road.missed().summoned_again()
    third = letters(road)[-1]
    says(
        third, "SURAT PANGGILAN II",
        f"atas Surat Panggilan I Nomor {second.number} tanggal 15 Oktober 2024, dengan ini Saudara",
    )  # fmt: skip
    road.wait(1).postpone(hearing_day=road.day + dt.timedelta(days=2), sitting=SITTING, reason="Dinas luar.")
    says(letters(road)[-1], f"menggantikan Surat Panggilan II Nomor {third.number}")
    fourth = letters(road)[-1]
    road.missed_again().reported()
    says(
        letters(road)[-1],
        f"tidak hadir memenuhi Surat Panggilan I Nomor {second.number} tanggal 15 Oktober 2024 (sampai tanggal "
        "15 Oktober 2024, diserahkan langsung kepada terlapor; terlapor tidak memberi kabar) dan "
        f"Surat Panggilan II Nomor {fourth.number} tanggal",
    )


def test_minutes_bear_the_day_of_the_hearing_and_every_word_of_it(road: Life) -> None:
    road.summoned(1).wait(1)
    heard_on = road.day
    road.wait(2).hear(day=heard_on, hearing=HEARING, number="800/BAP/7")
    letter = letters(road)[-1]
    assert (letter.kind, letter.number, letter.dated) == ("bap", "800/BAP/7", heard_on)
    says(
        letter, "Selasa tanggal lima belas bulan Oktober", "Halimah Nasution, S.E.",
        f"Keputusan Bupati Way Tirta Nomor 800/{road.case.pk}.1/2024 tanggal 14 Oktober 2024", RESPONDENT, ACTED,
        HEARING.exchanges[0].question, HEARING.exchanges[0].answer, HEARING.statement, "ditandatangani bersama",
        "Yang diperiksa, Bagas Prakoso, A.Md.", "Pemeriksa 1, Halimah Nasution, S.E.",
        "hanya bila yang diperiksa menolak menandatangani",
    )  # fmt: skip
    assert "karena:" not in read(letter)


def test_minutes_of_another_day_than_the_summons_say_why(road: Life) -> None:
    road.summoned(4).wait(2)
    (summons,) = letters(road)[-1:]
    with pytest.raises(ValidationError) as refused:
        road.hear(day=road.day, hearing=HEARING)
    (sentence,) = refused.value.message_dict["otherwise"]
    assert (
        "dipanggil untuk Jumat, 18 Oktober 2024, sedangkan pemeriksaan dicatat Rabu, 16 Oktober 2024"
        in sentence
    )
    with pytest.raises(ValidationError, match="hari panggilannya, Jumat, 18 Oktober 2024; kosongkan"):
        road.wait(2).hear(day=road.day, hearing=replace(HEARING, otherwise="Tidak perlu."))
    earlier = dt.date(2024, 10, 16)
    road.hear(day=earlier, hearing=replace(HEARING, otherwise="Terlapor meminta diperiksa lebih awal."))
    says(
        letters(road)[-1], "Rabu tanggal enam belas bulan Oktober",
        "Yang diperiksa dipanggil untuk tanggal 18 Oktober 2024 dengan Surat Panggilan I Nomor "
        f"{summons.number} tanggal 14 Oktober 2024. Pemeriksaan dilakukan pada hari ini karena: "
        "Terlapor meminta diperiksa lebih awal.",
    )  # fmt: skip


def test_a_hearing_before_the_earliest_lawful_day_is_told_which_that_is(road: Life) -> None:
    with on(road.day):
        services.confirm_law(user=road.decider, kind="tenggat", code="panggilan_1", reading="paling_cepat")
    road.summoned(9).wait(2)
    with pytest.raises(ValidationError) as refused:
        road.hear(day=road.day, hearing=HEARING)
    called_otherwise, lawful = refused.value.message_dict["otherwise"]
    assert "dipanggil untuk Rabu, 23 Oktober 2024" in called_otherwise
    assert "tidak sesuai dengan tenggat pemanggilan: paling cepat Rabu, 23 Oktober 2024" in lawful


def test_the_report_waits_until_the_minutes_are_signed_or_refused(road: Life) -> None:
    road.summoned().wait(3).hear(day=road.day, hearing=HEARING)
    minutes = letters(road)[-1]
    with pytest.raises(ValidationError, match="belum ditandatangani"):
        road.reported()
    with pytest.raises(ValidationError) as refused:
        road.sign_minutes(signing="ditandatangani")
    assert "Belum ada pindaian berita acara pemeriksaan" in refused.value.message_dict["scan"][0]
    as_issued = seal_file("surat.pdf", open_pdf(minutes, agency_key(minutes.agency)))
    with pytest.raises(ValidationError) as refused:
        road.sign_minutes(signing="ditandatangani", scan=as_issued)
    assert "yang belum ditandatangani. Cetak, minta tanda tangan" in refused.value.message_dict["scan"][0]
    with pytest.raises(ValidationError) as refused:
        road.sign_minutes(signing="ditolak", scan=scan())
    assert set(refused.value.message_dict) == {"reason"}
    road.sign_minutes(signing="ditolak", scan=scan(), reason="Menurutnya jawabannya keliru dicatat.")
    road.reported()
    says(
        letters(road)[-1], f"Berita Acara Pemeriksaan Nomor {minutes.number} tanggal 17 Oktober 2024, terlampir.",
        "Terlapor menolak menandatangani berita acara tersebut. Alasannya: Menurutnya jawabannya keliru dicatat.",
    )  # fmt: skip


def test_minutes_in_place_of_others_are_signed_anew(road: Life) -> None:
    road.summoned().wait(3).heard()
    first = letters(road)[-1]
    road.replace_letter(letter=first, words={"place": "Sukamaju"}, reason="Tempatnya keliru.")
    with pytest.raises(ValidationError, match="belum ditandatangani"):
        road.reported()
    road.sign_minutes(signing="ditandatangani", scan=scan())
    road.reported()
    assert read(letters(road)[-1]).count("menolak") == 0
    with pytest.raises(ValidationError, match="Tidak ada berita acara"):
        road.sign_minutes(signing="ditolak", scan=scan(), reason="Terlambat.")


def test_a_report_weighs_and_recommends_and_names_its_minutes(road: Life) -> None:
    road.summoned().wait(3).heard()
    findings = Findings("Pejabat pelayanan.", "Mengaku.", "Warga bertanya.", "Bukti saling menguatkan.")
    acts = dict.fromkeys(road.case.allegation_set.values_list("object_id", flat=True), True)
    road.report(proven=acts, findings=findings, level="berat", sanctions=(HEAVY,))
    minutes, letter = letters(road)[-2:]
    says(
        letter, "Yth. Bupati Way Tirta", "Kamis, 17 Oktober 2024",
        f"Berita Acara Pemeriksaan Nomor {minutes.number} tanggal 17 Oktober 2024", ACTED,
        "Waktu : 10 Oktober 2024", "Hasil : terbukti", "Pejabat pelayanan.", "Mengaku.", "Warga bertanya.",
        "Bukti saling menguatkan.", "terlapor terbukti melakukan perbuatan yang diduga.",
        "Hukuman disiplin tingkat berat berupa penurunan jabatan setingkat lebih rendah selama 12 bulan.",
        "Bupati Way Tirta selaku Pejabat Pembina Kepegawaian",
    )  # fmt: skip


def test_a_disciplinary_decision_is_a_decree_of_the_head_of_the_region(road: Life, decider: Any) -> None:
    road.summoned().wait(3).heard().reported("berat", (HEAVY,))
    minutes, report = letters(road)[-2:]
    road.decide(
        by=decider, sanction=HEAVY, number="188.45/230/2024",
        reason="Bahwa terlapor melayani warga setiap hari.\nbahwa telah ada imbauan tertulis;",
    )  # fmt: skip
    letter = letters(road)[-1]
    assert (letter.kind, letter.number) == ("keputusan_disiplin", "188.45/230/2024")
    text = says(
        letter, "KEPUTUSAN BUPATI WAY TIRTA NOMOR 188.45/230/2024",
        "bahwa berdasarkan laporan hasil pemeriksaan dan berita acara pemeriksaan, Bagas Prakoso, A.Md. terbukti",
        "bahwa terlapor melayani warga setiap hari;",
        "bahwa telah ada imbauan tertulis;",
        "Peraturan Badan Kepegawaian Negara Nomor 6 Tahun 2022",
        f"Berita Acara Pemeriksaan Nomor {minutes.number}", f"Laporan Hasil Pemeriksaan Nomor {report.number}",
        "Menjatuhkan hukuman disiplin tingkat berat berupa penurunan jabatan setingkat lebih rendah selama 12 bulan",
        RESPONDENT, ACTED, "melanggar Pasal 9 ayat (2)", "jabatan yang baru ditetapkan dengan keputusan tersendiri",
        "Keputusan ini mulai berlaku pada hari kerja ke-15 sejak diterima", "Bupati Way Tirta,", decider.full_name,
    )  # fmt: skip
    assert "yang diduga melanggar" not in text


def test_a_leader_signs_in_the_office_he_types(road: Life, decider: Any) -> None:
    road.summoned().wait(3).heard().reported("berat", (HEAVY,))
    road.decide(by=decider, sanction=HEAVY, reason="Terbukti.", title="Pj. Bupati Way Tirta")
    says(
        letters(road)[-1], "KEPUTUSAN PJ. BUPATI WAY TIRTA", "mempertimbangkan hal berikut: Terbukti",
        "Pj. Bupati Way Tirta,", decider.full_name,
    )  # fmt: skip
    before = Person(
        name="Drs. Surya Wirawan, M.Si.",
        position="Sekretaris Daerah",
        nip="197003121995031001",
        unit="Sekretariat Daerah",
    )
    road.summon_decision(
        hearing_day=road.day, sitting=Sitting("13.00 WIB", "Ruang Sekda"), before=before, number="005/9"
    )
    decision, letter = letters(road)[-2:]
    says(
        letter, "SEKRETARIAT DAERAH", "Yth. Sdr. Bagas Prakoso, A.Md.", "Sekretaris Daerah", "13.00 WIB", "Ruang Sekda",
        f"Keputusan Pj. Bupati Way Tirta Nomor {decision.number} tanggal 17 Oktober 2024",
        "Sekretaris Daerah, Drs. Surya Wirawan, M.Si. NIP 197003121995031001",
    )  # fmt: skip
    assert road.case.state == "penyampaian"


@pytest.mark.parametrize(
    ("track", "level", "sanction", "kind", "words"),
    [
        ("kode_etik", "moral", "terbuka", "keputusan_moral", "sanksi moral berupa pernyataan secara terbuka"),
        (
            "pemberhentian",
            "ptdh",
            "ptdh",
            "keputusan_pemberhentian",
            "tentang Pemberhentian Tidak dengan Hormat sebagai Pegawai Negeri Sipil",
        ),
    ],
)
def test_other_roads_have_decrees_of_their_own(
    open_life: Open, track: str, level: str, sanction: str, kind: str, words: str
) -> None:
    conduct = "like_post" if track == "kode_etik" else "party_member"
    life = open_life(acts=[act(conduct)]).assessed(track, level)
    life.appoint(
        kind="majelis" if track == "kode_etik" else "tim", members=life.team(), decree_number="188/1",
        decree_day=life.day, formed_by=REGENT,
    )  # fmt: skip
    panel = "MAJELIS KODE ETIK" if track == "kode_etik" else "TIM PEMERIKSA"
    says(letters(life)[0], f"PEMBENTUKAN {panel}")
    life.summoned().wait(3).heard().reported(level).decided(sanction)
    assert kinds(life)[-1] == kind
    says(letters(life)[-1], words)


def test_a_regulation_is_named_alone_where_nobody_found_the_number_of_its_article(member: Life) -> None:
    member.appointed()
    decree = says(
        letters(member)[-1],
        "Tahun 2023, Peraturan Pemerintah Nomor 37 Tahun 2004, Pasal 255 ayat (1) Peraturan",
    )
    assert "nomor pasal" not in decree


def test_who_is_cleared_is_told_so(road: Life, decider: Any) -> None:
    road.summoned().wait(3).heard().reported(proven=False).decided()
    letter = letters(road)[-1]
    assert letter.kind == "penutupan"
    says(
        letter, "BUPATI WAY TIRTA", "Yth. Sdr. Bagas Prakoso, A.Md.", "Dugaan tersebut tidak terbukti",
        "Menimbang laporan hasil pemeriksaan.", "terlapor tidak dijatuhi sanksi",
    )  # fmt: skip
    with pytest.raises(ValidationError, match="Tidak ada sanksi yang harus diterima"):
        road.summon_decision(
            hearing_day=road.day, sitting=SITTING, before=Person(name="A", position="Sekretaris Daerah")
        )


def test_a_stop_and_a_referral_have_letters_even_before_the_law_was_asked(open_life: Open) -> None:
    stopped = open_life()
    stopped.stop(by=stopped.decider, ground="salah_orang", reason="Akun itu milik orang lain.")
    text = says(
        letters(stopped)[0], "Penghentian penanganan perkara", ACTED,
        "Dasar penghentian: terlapor keliru dikenali.", "Akun itu milik orang lain.",
    )  # fmt: skip
    assert "melanggar" not in text
    referred = open_life(acts=[act(day=dt.date(2024, 10, 11))])
    referred.refer(by=referred.decider, to="bkn", reason="Bukan kewenangan kami.")
    says(
        letters(referred)[0], "Yth. Pimpinan Badan Kepegawaian Negara", "Bukan kewenangan kami.",
        "1. Peraturan Presiden Nomor 91 Tahun 2024 2. Peraturan Presiden Nomor 92 Tahun 2024 3.",
        "Surat Edaran Menteri PANRB Nomor 4 Tahun 2024", "tidak menyimpulkan bahwa dugaan tersebut terbukti",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("nip", "unit"),
    [("199004182015051001", "Seksi Pemerintahan"), ("198209252006042003", "Kecamatan Sukamaju")],
)
def test_that_one_died_is_told_to_the_nearest_head_who_is_not_himself(
    open_life: Open, roster: dict[str, Any], nip: str, unit: str
) -> None:
    life = open_life(roster[nip])
    life.stop(by=life.decider, ground="meninggal", reason="Meninggal dunia.")
    says(letters(life)[0], f"Yth. Pimpinan {unit}")


def test_what_may_be_a_crime_is_referred_to_bawaslu(open_life: Open) -> None:
    life = open_life()
    life.refer_crime(by=life.decider, to="bawaslu", reason="Mungkin tindak pidana pemilihan.")
    says(
        letters(life)[0], "Penerusan dugaan tindak pidana", "Yth. Pimpinan Badan Pengawas Pemilihan Umum",
        "Mungkin tindak pidana pemilihan.", "Penanganan kepegawaian terhadap terlapor tetap kami jalankan.",
        "tidak menyimpulkan bahwa dugaan tersebut terbukti",
    )  # fmt: skip


@pytest.mark.parametrize("assessed", [False, True])
def test_the_letter_to_bawaslu_names_the_criminal_articles(
    open_life: Open, roster: dict[str, Any], assessed: bool
) -> None:
    """Article 71 binds an official: the head of a section, not a clerk."""
    life = open_life(roster["198209252006042003"], acts=[act("favouring_decision")])
    if assessed:
        life.assess()
    life.refer_crime(by=life.decider, to="bawaslu", reason="Mungkin tindak pidana pemilihan.")
    says(
        letters(life)[0], "Ketentuan pidana yang mungkin terkait, untuk dipastikan oleh yang berwenang:",
        "Pasal 71 ayat (1) dan Pasal 188 Undang-Undang Nomor 1 Tahun 2015",
    )  # fmt: skip


def test_every_act_with_papers_makes_one_of_its_kinds_and_no_other_act_any(road: Life) -> None:
    """The log names the letter and its file in the entry of the act."""
    road.summoned().wait(3).heard().reported("berat", (HEAVY,)).decided(HEAVY)
    road.deliver(day=road.day, way="diserahkan")
    made = {}
    for entry in Entry.objects.filter(subject=road.case.subject).order_by("index"):
        rows = json.loads(entry.body)["rows"]
        name = entry.action.rpartition(".")[2]
        touched = [key.rpartition("/")[2] for key in rows if key.startswith("documents.letter/")]
        made[name] = [one for one in Letter.objects.filter(pk__in=touched) if one.file.subject in rows]
        assert len(made[name]) == bool(ACTS[name].papers) if name in ACTS else not made[name]
        assert all(one.kind in ACTS[name].papers for one in made[name])
    assert [name for name, found in made.items() if found] == [
        "appoint",
        "summon",
        "hear",
        "report",
        "decide",
    ]


# What may be cited --------------------------------------------------------------------------------------------------


def test_what_is_not_verified_stays_out_until_the_agency_confirms_it(
    open_life: Open, officer: Callable[..., Any]
) -> None:
    """The term of an objection rests on an article whose number nobody found."""
    remedy = "Terhadap keputusan ini dapat diajukan keberatan dalam 14 hari kerja"
    texts = []
    for at in range(2):
        life = open_life(acts=[act(day=dt.date(2024, 10, 8 + at))])
        life.assess()
        life.appointed().summoned().wait(3).heard().reported("berat", (HEAVY,))
        texts.append([one.what for one in left_out(life.case, "decide")])
        life.decided(HEAVY)
        assert (remedy in read(letters(life)[-1])) == bool(at)
        with on(life.day):
            services.confirm_law(user=officer("koordinator"), kind="pasal", code="pp-79-2021#keberatan")
    assert any("PP 79/2021" in what for what in texts[0])
    assert not any("PP 79/2021" in what for what in texts[1])


def test_an_article_of_the_acts_themselves_stays_out_too(
    road: Life, monkeypatch: pytest.MonkeyPatch, officer: Callable[..., Any]
) -> None:
    whole = Corpus.in_force

    def doubted(self: Corpus, refs: Any, day: dt.date) -> tuple[ArticleVersion, ...]:
        found = whole(self, refs, day)
        return tuple(
            replace(one, status="unverified") if one.ref == "pp-94-2021#5-n-5" else one for one in found
        )

    monkeypatch.setattr(Corpus, "in_force", doubted)
    road.summoned()
    assert "Pasal 5 huruf n angka 5" not in read(letters(road)[-1])
    assert [one.what for one in left_out(road.case, "summon")] == ["PP 94/2021 Pasal 5 huruf n angka 5"]
    services.confirm_law(user=officer("koordinator"), kind="pasal", code="pp-94-2021#5-n-5")
    road.wait(1).postpone(hearing_day=road.day + dt.timedelta(days=2), sitting=SITTING, reason="Sakit.")
    says(letters(road)[-1], "Pasal 5 huruf n angka 5 Peraturan Pemerintah Nomor 94 Tahun 2021")


def test_a_disputed_term_stays_out_until_the_agency_says_which_it_follows(
    open_life: Open, officer: Callable[..., Any]
) -> None:
    for at in range(2):
        life = open_life(acts=[act(day=dt.date(2024, 10, 8 + at))])
        life.assess()
        life.appointed().summoned().wait(3).heard().reported("berat", ("pdhtaps",)).decided("pdhtaps")
        appeal = "dapat diajukan banding administratif dalam 14 hari kerja sejak tanggal keputusan"
        assert (appeal in read(letters(life)[-1])) == bool(at)
        with on(life.day):
            services.confirm_law(
                user=officer("koordinator"), kind="tenggat", code="banding", reading="sejak_keputusan"
            )


def test_who_departed_from_the_law_cites_what_his_road_rests_on(open_life: Open) -> None:
    life = open_life().assessed("kode_etik", "moral")
    life.appoint(
        kind="majelis", members=life.team(), decree_number="188/1", decree_day=life.day,
        formed_by=REGENT,
    )  # fmt: skip
    text = says(letters(life)[0], "Pasal 11 huruf c Peraturan Pemerintah Nomor 42 Tahun 2004")
    assert "Pasal 5 huruf n" not in text


# Failures ----------------------------------------------------------------------------------------------------


def test_a_letter_that_cannot_be_set_leaves_the_case_before_the_act(
    road: Life, monkeypatch: pytest.MonkeyPatch, owner: Any, staff_client: Callable[..., Client]
) -> None:
    compile_ = typst.compile
    monkeypatch.setattr(typst, "compile", lambda *_given, **_more: compile_(b"#ink", format="pdf"))
    before = (road.case.revision, Letter.objects.count(), StoredFile.objects.count())
    sent = {
        "revision": road.case.revision, "hearing_day": "2024-10-17", "hour": "09.00 WIB",
        "place": "Ruang yang tidak boleh hilang",
    }  # fmt: skip
    with on(road.day):
        answer = staff_client(owner).post(f"/perkara/{road.case.number}/panggilan-1/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Surat panggilan tidak dapat disusun, sehingga tidak ada yang disimpan." in page
    assert "Ruang yang tidak boleh hilang" in page
    case = Case.objects.get(pk=road.case.pk)
    assert case.state == "panggilan_1"
    assert (case.revision, Letter.objects.count(), StoredFile.objects.count()) == before


def test_the_longest_words_a_file_takes_fit_its_letters(open_life: Open) -> None:
    line, long = "W" * 300, "Kata yang panjang. " * 500
    life = open_life(acts=[act(description=long)])
    life.assess()
    life.appointed()
    life.summon(hearing_day=life.hearing_day(1), sitting=Sitting("09.00", line))
    life.wait(1)
    hearing = Hearing(tuple(Exchange(long, long) for _at in range(2)), long)
    life.hear(day=life.day, hearing=hearing)
    life.sign_minutes(signing="ditolak", scan=scan(), reason=long)
    acts = dict.fromkeys(life.case.allegation_set.values_list("object_id", flat=True), True)
    life.report(proven=acts, findings=Findings(long, long, long, long), level="berat")
    life.decide(by=life.decider, sanction=HEAVY, reason=long, title=line)
    assert kinds(life) == ["tim", "panggilan", "bap", "lhp", "keputusan_disiplin"]


# A letter in place of another --------------------------------------------------------------------------------------


def test_a_summons_is_set_right_in_letter_and_file_and_the_act_stays(road: Life) -> None:
    road.summoned().wait(1)
    old, before = letters(road)[-1], summons_of(road.case)
    assert before is not None
    new = road.replace_letter(letter=old, words={"hour": "10.00 WIB", "room": "Aula"}, reason="Salah ketik.")
    says(new, "17 Oktober 2024 Jam : 10.00 WIB Tempat : Aula", f"menggantikan surat Nomor {old.number}")
    says(old, "Jam : 09.00 WIB")
    summons = summons_of(road.case)
    assert summons is not None
    assert (summons.letter_day, summons.hearing_day) == (before.letter_day, before.hearing_day)
    assert Envelope.of(road.case).read(summons, Sitting) == Sitting("10.00 WIB", "Aula")
    assert (road.case.state, new.dated) == ("menunggu_1", road.day)
    entry = Entry.objects.order_by("index").last()
    assert entry is not None
    assert entry.action == "cases.case.replace_letter"
    for row in (old, new, new.file, summons):
        assert row.subject in entry.body
    assert "Salah ketik." not in entry.body
    assert "Salah ketik." in [reason.text for reason in reasons_of(Envelope.of(road.case))]
    road.missed().summoned_again()
    says(letters(road)[-1], f"Surat Panggilan I Nomor {new.number} tanggal 15 Oktober 2024")


def test_words_too_long_for_the_file_are_told_at_their_field(road: Life) -> None:
    road.summoned()
    with pytest.raises(ValidationError) as refused:
        road.replace_letter(letter=letters(road)[-1], words={"room": "W" * 301}, reason="Salah ketik.")
    assert set(refused.value.message_dict) == {"room"}
    with pytest.raises(ValidationError, match="“sore” bukan jam"):
        road.replace_letter(letter=letters(road)[-1], words={"hour": "sore"}, reason="Salah ketik.")


def test_minutes_name_the_decree_that_formed_the_team_and_the_one_in_its_place(road: Life) -> None:
    decree = letters(road)[0]
    new = road.wait(1).replace_letter(
        letter=decree, words={"signer.name": "H. Marzuki Latif"}, reason="Gelar."
    )
    road.summoned(1).wait(1).heard().reported()
    said = (
        f"Keputusan Bupati Way Tirta Nomor {decree.number} tanggal 14 Oktober 2024, yang diganti dengan "
        f"Keputusan Nomor {new.number} tanggal 15 Oktober 2024"
    )
    minutes = next(letter for letter in letters(road) if letter.kind == "bap")
    says(minutes, said)


def test_later_letters_name_the_minutes_in_place_of_the_first(road: Life) -> None:
    road.summoned().wait(3).heard().wait(1)
    minutes = letters(road)[-1]
    new = road.replace_letter(letter=minutes, words={"place": "Sukamaju"}, reason="Tempat keliru.")
    road.sign_minutes(signing="ditandatangani", scan=scan())
    road.reported()
    says(letters(road)[-1], f"Berita Acara Pemeriksaan Nomor {new.number} tanggal 18 Oktober 2024")


def test_the_report_of_this_round_is_named_though_an_older_one_was_replaced_later(road: Life) -> None:
    road.summoned().wait(3).heard().reported("berat", (HEAVY,))
    first = letters(road)[-1]
    road.return_report(by=road.decider, reason="Kurang.")
    road.reported("berat", (HEAVY,))
    second = letters(road)[-1]
    road.replace_letter(letter=first, words={}, reason="Kop surat keliru.")
    road.decided(HEAVY)
    says(letters(road)[-1], f"Laporan Hasil Pemeriksaan Nomor {second.number} tanggal")


def test_a_replacement_needs_a_reason_and_the_right_to_issue_such_letters(road: Life) -> None:
    road.summoned().wait(3).heard().reported().decided()
    summons, decision = letters(road)[1], letters(road)[-1]
    with pytest.raises(ValidationError) as refused:
        road.replace_letter(letter=summons, words={}, reason=" ")
    assert set(refused.value.message_dict) == {"reason"}
    with pytest.raises(PermissionDenied):
        road.replace_letter(by=road.decider, letter=summons, words={}, reason="Salah ketik.")
    with pytest.raises(PermissionDenied):
        road.replace_letter(letter=decision, words={}, reason="Salah ketik.")
    new = road.replace_letter(by=road.decider, letter=decision, words={"place": "Sukamaju"}, reason="Tempat.")
    assert (new.kind, road.case.state) == ("penutupan", "penyampaian")


@pytest.mark.urls("netral.config.urls_staff")
def test_the_page_replaces_a_letter_and_marks_the_old_one(
    road: Life, owner: Any, decider: Any, staff_client: Callable[..., Client]
) -> None:
    road.summoned()
    client, letter = staff_client(owner), letters(road)[-1]
    case, url = f"/perkara/{road.case.number}/", f"/perkara/{road.case.number}/surat/{letter.pk}/ganti/"
    with on(road.day):
        form = client.get(url).content.decode()
        told = {"revision": road.case.revision, "hour": "10.00 WIB", "room": "Aula", "place": "Sukamaju"}
        signer = {"signer.title": "Ketua Tim Pemeriksa", "signer.name": "Halimah Nasution, S.E."}
        empty = client.post(url, told | signer | {"reason": ""})
        wrong = client.post(url, told | signer | {"reason": "Salah ketik.", "number": letter.number})
        done = client.post(url, told | signer | {"reason": "Salah ketik."}, follow=True).content.decode()
        other = staff_client(decider)
        page_of_decider, refused = other.get(case).content.decode(), other.get(url)
        decree = client.get(f"{case}surat/{letter.pk}/ganti-keputusan/")
    assert 'value="09.00 WIB"' in form
    assert "Hari pemeriksaan diubah lewat “Tunda”" in form
    assert empty.status_code == wrong.status_code == 422
    assert "sudah dipakai" in wrong.content.decode()
    assert 'value="10.00 WIB"' in wrong.content.decode()
    new = letters(road)[-1]
    assert f"Dicabut, diganti dengan nomor {new.number} pada" in done
    assert f"Pengganti nomor {letter.number}" in done
    assert url not in done
    assert f"/surat/{new.pk}/ganti/" in done
    assert f"Surat dicabut dan diganti: {letter.number} → {new.number}. Alasan: Salah ketik." in done
    assert "/ganti/" not in page_of_decider
    assert (refused.status_code, decree.status_code) == (403, 403)


# Pages ----------------------------------------------------------------------------------------------------


@pytest.mark.urls("netral.config.urls_staff")
def test_the_page_lists_letters_and_hands_them_out(
    road: Life, owner: Any, staff_client: Callable[..., Client]
) -> None:
    road.summoned()
    client, letter = staff_client(owner), letters(road)[-1]
    with on(road.day):
        page = client.get(f"/perkara/{road.case.number}/").content.decode()
        answer = client.get(f"/perkara/{road.case.number}/surat/{letter.pk}/")
    assert f"/perkara/{road.case.number}/surat/{letter.pk}/" in page
    assert letter.number in page
    assert "belum ada pindaian" in page
    assert page.count('class="thumbs"') == 0  # letters are no evidence
    assert claim_next() is None  # and hold no metadata
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="panggilan 800.1.6.4-1-NET-2024.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert sha256(answer.content).hex() == letter.sha256


def test_the_code_on_a_letter_leads_to_the_hash_of_the_file_that_was_downloaded(
    road: Life, owner: Any, staff_client: Callable[..., Client], request: pytest.FixtureRequest
) -> None:
    letter = letters(road)[0]
    with on(road.day):
        pdf = staff_client(owner).get(f"/perkara/{road.case.number}/surat/{letter.pk}/").content
    public_client = request.getfixturevalue("public_client")
    page = public_client.get(f"/surat/{letter.token}/").content.decode()
    assert sha256(pdf).hex() in page
    assert letter.number in page
    assert "Bagas" not in page


@pytest.mark.urls("netral.config.urls_staff")
def test_the_scan_of_a_signed_letter_is_added_shown_and_logged(
    road: Life, owner: Any, staff_client: Callable[..., Client]
) -> None:
    road.summoned()
    client, letter = staff_client(owner), letters(road)[-1]
    url = f"/perkara/{road.case.number}/surat/{letter.pk}/pindaian/"
    with on(road.day):
        empty = client.post(url, {"revision": road.case.revision})
        assert empty.status_code == 422
        assert "Belum ada pindaian yang dipilih." in empty.content.decode()
        done = client.post(url, {"revision": road.case.revision, "pindaian": photo()})
        assert done.status_code == 302
        page = client.get(f"/perkara/{road.case.number}/").content.decode()
    letter.refresh_from_db()
    assert letter.scan is not None
    assert "dipindai" in page
    assert page.count('class="thumbs"') == 0
    entry = Entry.objects.order_by("index").last()
    assert entry is not None
    assert entry.action == "cases.case.attach_scan"
    assert letter.scan.subject in entry.body


@pytest.mark.urls("netral.config.urls_staff")
def test_a_letter_of_another_case_is_none_of_this_one(
    road: Life, open_life: Open, owner: Any, staff_client: Callable[..., Client]
) -> None:
    other = open_life(acts=[act(day=dt.date(2024, 10, 9))])
    client, letter = staff_client(owner), letters(road)[0]
    assert client.get(f"/perkara/{other.case.number}/surat/{letter.pk}/").status_code == 404


@pytest.mark.urls("netral.config.urls_staff")
def test_the_page_of_an_act_tells_what_its_letter_leaves_out(
    road: Life, decider: Any, staff_client: Callable[..., Client]
) -> None:
    road.summoned().wait(3).heard().reported("berat", (HEAVY,))
    with on(road.day):
        page = staff_client(decider).get(f"/perkara/{road.case.number}/putusan/").content.decode()
    assert "Tidak masuk surat." in page
    assert "PP 79/2021" in page
    assert "/perkara/tenggat/" in page
    assert "Bupati Way Tirta" in page


# One decree for the respondents of one matter ----------------------------------------------------------------------


@pytest.fixture
def matter(open_life: Open, roster: dict[str, Any]) -> tuple[Life, Life]:
    """A clerk and the head of his section, out of one report, both assessed."""
    named = [roster[nip].pk for nip in ("199004182015051001", "198209252006042003")]
    lives = (
        open_life(named=named),
        open_life(roster["198209252006042003"], acts=[act("share_post")], named=named),
    )
    for life in lives:
        life.assessed()
    return lives


def _team_for_both(life: Life) -> dict[str, Any]:
    sekda, camat = life.roster["197003121995031001"], life.roster["197506152000121002"]
    members = [
        Candidate.from_roster(sekda, element=Element.SUPERVISION),
        Candidate.from_roster(camat, element=Element.SUPERIOR, chair=True),
        Candidate(None, PERSONNEL, Element.PERSONNEL),
    ]
    return {
        "kind": "tim",
        "members": members,
        "decree_number": "188/5",
        "decree_day": life.day,
        "formed_by": REGENT,
    }


def test_one_decree_names_all_respondents_and_forms_the_team_of_each(matter: tuple[Life, Life]) -> None:
    clerk, head = matter
    clerk.appoint(**_team_for_both(clerk), joined=[head.case])
    head.case.refresh_from_db()
    assert (clerk.case.state, head.case.state) == ("panggilan_1", "panggilan_1")
    assert (kinds(clerk), kinds(head)) == (["tim"], [])
    (decree,) = letters(clerk)
    says(
        decree, "oleh Bagas Prakoso, A.Md., Pengelola Data", "oleh Halimah Nasution, S.E., Kepala Seksi Pemerintahan",
        "untuk memeriksa terlapor:", "1. Nama : Bagas Prakoso", ACTED, "2. Nama : Halimah Nasution",
        "membagikan unggahan kampanye", "Raden Kusuma Wardaya, S.Sos.", "Kedudukan : Ketua",
    )  # fmt: skip
    for life in matter:
        team = life.case.examinationteam_set.get()
        assert (team.decree_number, team.decree_day, team.members.count()) == ("188/5", life.day, 3)
    head.summoned().wait(3).heard()
    says(letters(head)[-1], "Keputusan Bupati Way Tirta Nomor 188/5 tanggal 14 Oktober 2024")
    entries = Entry.objects.filter(action="cases.case.appoint")
    assert {one.subject for one in entries} == {clerk.case.subject, head.case.subject}


def test_each_respondents_superior_stands_for_it_in_his_own_case(matter: tuple[Life, Life]) -> None:
    clerk, head = matter
    told = _team_for_both(clerk)
    lone = Candidate.from_roster(clerk.roster["198711302010122001"], element=Element.SUPERIOR)
    clerk.appoint(**told | {"members": [*told["members"], lone]}, joined=[head.case])
    for life in matter:
        elements = {one.official: one.element for one in life.case.teammember_set.all()}
        assert elements[lone.official] == "lain"
    text = read(letters(clerk)[0])
    assert text.count("Unsur : atasan langsung") == 2


def test_who_does_not_fit_one_of_them_forms_no_team_at_all(matter: tuple[Life, Life]) -> None:
    clerk, head = matter
    told = _team_for_both(clerk)
    low = Candidate(None, replace(PERSONNEL, level=Level.PELAKSANA), Element.PERSONNEL)
    with pytest.raises(ValidationError) as refused:
        clerk.appoint(**told | {"members": [*told["members"][:2], low]}, joined=[head.case])
    (sentence,) = refused.value.message_dict["joined"]
    assert sentence.startswith(f"{head.case.number}: {PERSONNEL.name} (Pelaksana) di bawah tingkat jabatan")
    with pytest.raises(ValidationError) as refused:
        clerk.appoint(kind="atasan", members=clerk.team()[:1], joined=[head.case])
    assert set(refused.value.message_dict) == {"joined"}
    for life in matter:
        life.case.refresh_from_db()
        assert (life.case.state, kinds(life)) == ("pemeriksa", [])


def test_who_may_not_see_one_of_the_cases_does_not_read_the_decree_of_both(
    matter: tuple[Life, Life], officer: Callable[..., Any], staff_client: Callable[..., Client], settings: Any
) -> None:
    settings.ROOT_URLCONF = "netral.config.urls_staff"
    clerk, head = matter
    clerk.appoint(**_team_for_both(clerk), joined=[head.case])
    (decree,) = letters(clerk)
    blind = officer("pemeriksa", full_name="Halimah Nasution, S.E.")  # the second respondent, by her name
    assert not any(Sight(blind).sees(life.case) for life in matter)
    seen, hidden = staff_client(clerk.examiner), staff_client(blind)
    url = f"/perkara/{clerk.case.number}/surat/{decree.pk}/"
    assert (seen.get(url).status_code, hidden.get(url).status_code) == (200, 404)
    theirs = seen.get(f"/perkara/{head.case.number}/").content.decode()
    assert f"satu keputusan dengan {clerk.case.number}" in theirs
    assert url in theirs


@pytest.mark.urls("netral.config.urls_staff")
def test_the_number_of_a_letter_finds_its_case(
    road: Life, officer: Callable[..., Any], decider: Any, staff_client: Callable[..., Client]
) -> None:
    road.summoned()
    number = Letter.objects.get(kind="panggilan").number
    found = f"/perkara/{road.case.number}/"
    for said in (number, number[: number.rindex("/")].lower()):
        page = staff_client(decider).get("/cari/", {"q": said}).content.decode()
        assert found in page
        assert "nomor surat" in page
    for user, said in ((decider, f"{number}9"), (decider, "abc"), (officer("petugas"), number)):
        assert found not in staff_client(user).get("/cari/", {"q": said}).content.decode()
