"""Every kind of letter as a reader, a screen reader and an archive get it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from netral.documents.kinds import FIELDS, MOST_MARKS, Kind, read_fields
from netral.documents.render import Letterhead, render
from netral.documents.typesetting import TEMPLATES, TypesettingError

from .samples import ALLEGATION, CAMAT, SAMPLES

pytestmark = pytest.mark.one_database

DAY = dt.date(2024, 10, 24)
NUMBER = "800.1.6.4/12/NET/2024"
CHECK = "https://netral.contoh/surat/0123456789abcdef0123456789abcdef/"
AGENCY = Letterhead(
    "Kabupaten Way Tirta",
    "kabupaten_kota",
    "Inspektorat Kabupaten Way Tirta",
    "Jalan Merdeka Nomor 4, Sukamaju",
    "(0721) 555-0100",
)
HEAD = ("PEMERINTAH KABUPATEN WAY TIRTA", "INSPEKTORAT", AGENCY.address, AGENCY.phone, "RAHASIA")
# The fields of each kind in the order in which they are read, after what heads the letter.
HEARING = ("summoned", "before", "hearing_day", "hour", "room")
SIGNED = ("signer", "copies")
DECREE = ("issuer", "considering", "law", "noting")
ORDER: dict[str, tuple[str, ...]] = {
    "panggilan": (*HEARING, "allegations", *SIGNED),
    "bap": ("examiners", "authority", "examined", "allegations", "exchanges", "statement", "copies"),
    "lhp": (
        *("addressee", "addressee_place", "examined", "minutes"),
        *("findings", "aggravating", "mitigating", "impact"),
        *("conclusion", "recommendation", "competent", *SIGNED),
    ),
    "tim": (*DECREE, "respondent", "allegations", "members", "tasks", *SIGNED),
    "keputusan_moral": (*DECREE, "sanction", "respondent", "allegations", "further", *SIGNED),
    "keputusan_disiplin": (*DECREE, "sanction", "respondent", "allegations", "further", *SIGNED),
    "keputusan_pemberhentian": (*DECREE, "sanction", "respondent", "allegations", "further", *SIGNED),
    "penutupan": ("addressee", "addressee_place", "respondent", "allegations", "reason", "law", *SIGNED),
    "penerusan": (
        *("addressee", "addressee_place", "respondent", "allegations"),
        *("reason", "law", "enclosures", "request", *SIGNED),
    ),
    "pemanggilan_keputusan": (*HEARING, "issuer", "decision", "sanction", *SIGNED),
}
MONTHS = {10: "Oktober", 11: "November"}


def letter(kind: str, fields: dict[str, Any]) -> bytes:
    return render(kind, read_fields(kind, fields), agency=AGENCY, number=NUMBER, dated=DAY, check=CHECK)


def text_of(pdf: bytes) -> str:
    """The text layer of all pages without their feet, on one line."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return on_one_line(re.sub(r"Nomor \S+ Halaman \d+ dari \d+", "", " ".join(map(on_one_line, pages))))


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def unspaced(text: str) -> str:
    return "".join(text.split())


def told(value: Any) -> Iterator[str]:
    """The words of a field as they are read, without the stop at their end."""
    match value:
        case dt.date():
            yield f"{value.day} {MONTHS[value.month]} {value.year}"
        case str():
            yield on_one_line(value.rstrip(".;,"))
        case tuple():
            for item in value:
                yield from told(item)
        case bool() | None:
            return
        case _:
            for name in type(value).model_fields:
                yield from told(getattr(value, name))


def read_in_order(text: str, wanted: list[str]) -> None:
    """Fails where one of `wanted` does not come after the one before it, however the lines break."""
    rest = unspaced(text.casefold())
    for words in filter(None, wanted):
        _before, found, rest = rest.partition(unspaced(words.casefold()))
        assert found, f"{words!r} is not read in {text!r}"


def test_every_kind_has_fields_a_template_and_a_sample() -> None:
    templates = {path.stem for path in TEMPLATES.glob("[!_]*.typ")}
    assert set(Kind.values) == set(FIELDS) == templates == set(SAMPLES) == set(ORDER)


@pytest.mark.parametrize("kind", Kind.values)
def test_all_that_was_given_is_read_in_order(kind: str) -> None:
    fields, text = read_fields(kind, SAMPLES[kind]), text_of(letter(kind, SAMPLES[kind]))
    head = [] if "issuer" in ORDER[kind][0] else list(HEAD)
    words = [word for name in ORDER[kind] for word in told(getattr(fields, name))]
    read_in_order(text, [*head, NUMBER, *words])
    assert "24 Oktober 2024" in text
    assert fields.place in text
    assert CHECK in unspaced(text)


VARIANTS: list[tuple[str, dict[str, Any], str]] = [
    (
        "panggilan",
        {"ordinal": 2, "previous": {"number": "7/2024", "day": "2024-10-20"}},
        "Sehubungan dengan ketidakhadiran Saudara atas Surat Panggilan I Nomor 7/2024 tanggal 20 Oktober 2024",
    ),
    (
        "panggilan",
        {"ordinal": 2, "replaces": {"number": "7/2024", "day": "2024-10-20"}},
        "Surat ini menggantikan Surat Panggilan II Nomor 7/2024 tanggal 20 Oktober 2024.",
    ),
    (
        "panggilan",
        {"office": "Kecamatan Sukamaju"},
        "PEMERINTAH KABUPATEN WAY TIRTA KECAMATAN SUKAMAJU RAHASIA",
    ),
    (
        "penutupan",
        {"office": "Pj. Bupati Way Tirta", "office_address": "Jalan Damar Nomor 1"},
        "PJ. BUPATI WAY TIRTA Jalan Damar Nomor 1 RAHASIA",
    ),
    (
        "bap",
        {},
        "tanggal tiga puluh satu bulan Oktober tahun dua ribu dua puluh empat (31 Oktober 2024), kami:",
    ),
    ("bap", {"examiners": [CAMAT]}, "saya: Nama : Raden"),
    ("bap", {}, "ditandatangani bersama. Sukamaju, 24 Oktober 2024 Yang diperiksa, Raden Kusuma Wardaya"),
    ("bap", {"otherwise": "Diperiksa hari ini karena diminta."}, "Diperiksa hari ini karena diminta. Hasil"),
    ("lhp", {"refusal": "Terlapor menolak."}, "terlampir. Terlapor menolak. Hasil pemeriksaan"),
    (
        "lhp",
        {"examined_on": None, "minutes": None, "absence": "Terlapor tidak hadir atas dua panggilan."},
        "Unit Kerja : Kecamatan Sukamaju Terlapor tidak hadir atas dua panggilan. Hasil pemeriksaan",
    ),
    ("tim", {"panel": "Majelis Kode Etik"}, "TENTANG PEMBENTUKAN MAJELIS KODE ETIK"),
    ("keputusan_disiplin", {"noting": ["Laporan Bawaslu"]}, "Memperhatikan : Laporan Bawaslu. MEMUTUSKAN:"),
    ("penutupan", {"outcome": "dihentikan"}, "bukan pernyataan bahwa dugaan tersebut terbukti."),
    ("penerusan", {}, "a.n. Bupati Way Tirta Sekretaris Daerah, Drs. Surya Wirawan, M.Si."),
]


@pytest.mark.parametrize(("kind", "given", "words"), VARIANTS)
def test_a_letter_says_what_its_case_is(kind: str, given: dict[str, Any], words: str) -> None:
    text = text_of(letter(kind, SAMPLES[kind] | given))
    assert words in text
    assert not (
        "BUPATI" in words and "PEMERINTAH" in text
    )  # who heads a region writes under his own name alone


@pytest.mark.parametrize("kind", Kind.values)
def test_a_letter_is_tagged_kept_and_speaks_indonesian(kind: str, tmp_path: Path) -> None:
    (tmp_path / "surat.pdf").write_bytes(letter(kind, SAMPLES[kind]))
    with pikepdf.open(tmp_path / "surat.pdf") as pdf:
        root = pdf.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "id-ID"
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfuaid:part"], metadata.pdfa_status) == ("1", "2A")
            assert NUMBER in metadata["dc:title"]
        for page in pdf.pages:
            width, height = (float(side) for side in page.mediabox[2:])
            assert (round(width), round(height)) == (595, 842)


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert letter("bap", SAMPLES["bap"]) == letter("bap", SAMPLES["bap"])


def test_pages_say_which_they_are_of_how_many() -> None:
    pdf = letter("bap", SAMPLES["bap"])
    with pypdfium2.PdfDocument(pdf) as document:
        feet = [on_one_line(page.get_textpage().get_text_bounded()) for page in document]
    assert len(feet) > 1
    for number, page in enumerate(feet, start=1):
        assert page.endswith(f"Nomor {NUMBER} Halaman {number} dari {len(feet)}")


def test_a_hearing_of_twenty_questions_and_long_answers_is_whole() -> None:
    exchanges = [
        {
            "question": f"Pertanyaan ke-{n}: apakah benar?",
            "answer": f"Jawaban ke-{n}. " + "Saya tidak ingat. " * 40,
        }
        for n in range(1, 21)
    ]
    text = text_of(letter("bap", SAMPLES["bap"] | {"exchanges": exchanges}))
    wanted = [on_one_line(exchange[side]) for exchange in exchanges for side in ("question", "answer")]
    read_in_order(text, wanted)


@pytest.mark.parametrize("kind", Kind.values)
def test_long_names_and_words_stay_on_the_page(kind: str) -> None:
    long = {
        "name": "Raden Ayu " + "Kusumawardhaningrum" * 12,
        "position": "W" * 400,
        "unit": "Kelurahan " * 20,
    }
    person = CAMAT | long
    link = "https://contoh.example/" + "p" * 200
    given: dict[str, Any] = {
        name: person if isinstance(value, dict) else [{**item, **long} for item in value]
        for name, value in SAMPLES[kind].items()
        if name in ("summoned", "before", "examined", "examiners", "respondent", "members")
    }
    if "allegations" in SAMPLES[kind]:
        given["allegations"] = [ALLEGATION | {"act": f"mengunggah {link}"}]
    pdf = letter(kind, SAMPLES[kind] | given)
    assert unspaced(long["name"]) in unspaced(text_of(pdf))
    assert link in unspaced(text_of(pdf)) or "allegations" not in given
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            letters = page.get_textpage()
            boxes = [letters.get_charbox(index) for index in range(letters.count_chars())]
            assert max(right for _left, _bottom, right, _top in boxes) < page.get_width() - 40


@pytest.mark.parametrize("kind", [kind for kind in Kind.values if kind != Kind.MINUTES])
def test_a_signature_stands_beside_the_code_and_below_words_of_the_letter(kind: str) -> None:
    """However long the letter is, and so wherever its last page ends."""
    text = next(name for name in ("reason", "conclusion", "hour", "considering") if name in SAMPLES[kind])
    for length in range(1, 36, 5):
        lines = "\n".join(["Pertimbangan."] * length)
        longer = {"hour": ("Jam " * 2 * length)[:240], "considering": [lines]}.get(text, lines)
        check_last_page(letter(kind, SAMPLES[kind] | {text: longer}), **SAMPLES[kind]["signer"])


def check_last_page(pdf: bytes, *, title: str, name: str, **_signer: str) -> None:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage() for page in document]
        signed = next(
            page for page in pages if "Periksa nomor, tanggal" in on_one_line(page.get_text_bounded())
        )
        before, _found, _rest = on_one_line(signed.get_text_bounded()).partition(f"{title},")
        assert re.search(r"(untuk dilaksanakan|keputusan|mestinya|ditetapkan|kasih|sanksi)\.", before), before
        caption = [signed.get_charbox(index) for index in places(signed, "Periksa nomor, tanggal, dan sidik")]
        signer = [signed.get_charbox(index) for index in places(signed, name)]
        assert max(right for _left, _bottom, right, _top in caption) < min(box[0] for box in signer)


def places(letters: pypdfium2.PdfTextPage, words: str) -> range:
    """Where the last of these words stand among the letters of a page."""
    text = letters.get_text_range()
    start = text.rindex(words)
    return range(start, start + len(words))


HOSTILE = [
    '#import "@preview/cetz:0.3.0": * #panic("x") #read("/etc/passwd")',
    "*tebal* _miring_ `kode` $x^2$ = Judul // ulasan /* ulasan */ <label> @acuan",
    r"\ \u{41} \" ' ~ -- --- ... #{ } [ ] ( ) & < > % ^ |",
    "- butir + nomor / istilah: arti",
    "بسم الله الرحمن",
    "שלום",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_is_typed_is_set_as_it_stands(words: str) -> None:
    exchange = {"question": words, "answer": words}
    fields = SAMPLES["bap"] | {
        "exchanges": [exchange],
        "examined": CAMAT | {"name": words},
        "authority": words,
    }
    text = unspaced(text_of(letter("bap", fields)))
    assert text.count(unspaced(words)) >= 4


def test_control_characters_and_turns_of_direction_go_and_nothing_else() -> None:
    text = text_of(
        letter(
            "penutupan",
            SAMPLES["penutupan"] | {"reason": "satu\x07\x00 \u202edua\u2069\u200b\ttiga\r\n\r\nempat"},
        )
    )
    assert "satu dua tiga empat" in text


def test_what_no_font_has_is_named() -> None:
    reason = "Terlapor membalas “👍🏽” dan “好”, lalu “✌”."
    text = text_of(letter("penutupan", SAMPLES["penutupan"] | {"reason": reason}))
    assert "[U+1F44D THUMBS UP SIGN]" in text
    assert "[U+597D CJK UNIFIED IDEOGRAPH-597D]”, lalu “✌”." in text


JOINED = [
    ("1\ufe0f\u20e3 dan 2\ufe0f\u20e3", "1[U+20E3 COMBINING ENCLOSING KEYCAP] dan 2[U+20E3"),
    ("ke\u0301rja👍", "kérja[U+1F44D THUMBS UP SIGN]"),
    ("\u2764\ufe0f👍", "\u2764[U+1F44D THUMBS UP SIGN]"),
    ("]\u0e48", "][U+0E48 THAI CHARACTER MAI EK]"),
    ("\ue000a \ue000b \ufdd0", "[U+E000]a [U+E000]b [U+FDD0]"),
    ("\u0628\u20e3\u200c", "[U+0628 ARABIC LETTER BEH][U+20E3"),
    ("👍" * 30, "[U+1F44D THUMBS UP SIGN]" * 30),
]


@pytest.mark.parametrize(("typed", "said"), JOINED)
def test_what_does_not_go_together_in_any_font_is_named(typed: str, said: str) -> None:
    text = text_of(letter("penutupan", SAMPLES["penutupan"] | {"reason": typed}))
    assert unspaced(said) in unspaced(text)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=60), min_size=3, max_size=3))
def test_a_letter_is_set_whatever_is_typed(typed: list[str]) -> None:
    name, issuer, reason = (f"x{words}" for words in typed)
    given = {"respondent": CAMAT | {"name": name}, "issuer": issuer, "considering": [reason]}
    assert letter("keputusan_moral", SAMPLES["keputusan_moral"] | given).startswith(b"%PDF-")


def test_however_much_has_no_glyph_few_attempts_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter is set while other writers of SQLite wait."""
    attempts, compile_ = [], typst.compile

    def counted(*given: Any, **more: Any) -> Any:
        attempts.append(given)
        return compile_(*given, **more)

    monkeypatch.setattr(typst, "compile", counted)
    letter("penutupan", SAMPLES["penutupan"] | {"reason": "".join(map(chr, range(0x4E00, 0x4E00 + 100)))})
    assert len(attempts) == 4


def test_marks_without_end_over_one_letter_cost_no_more_than_a_few() -> None:
    reasons = ("a" + "\u0301" * marks for marks in (9_000, MOST_MARKS))
    endless, few = (letter("penutupan", SAMPLES["penutupan"] | {"reason": reason}) for reason in reasons)
    assert endless == few


def test_a_syllable_of_two_hundred_consonants_is_named() -> None:
    """It is beyond the shaper of Typst, which panics."""
    syllable = {"reason": "\u0915\u094d" * 200}
    assert "[U+0915 DEVANAGARI LETTER KA]" in text_of(letter("penutupan", SAMPLES["penutupan"] | syllable))


class PanicException(BaseException):
    """As the binding of Typst raises it."""

    __module__ = "pyo3_runtime"


def test_where_typst_stumbles_the_letter_has_an_error_one_can_catch(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_given: Any, **_more: Any) -> bytes:
        raise PanicException

    monkeypatch.setattr(typst, "compile", stumble)
    with pytest.raises(TypesettingError):
        letter("bap", SAMPLES["bap"])


def test_a_template_loads_nothing_from_a_network() -> None:
    for path in TEMPLATES.glob("*.typ"):
        imports = re.findall(r"#?(?:import|include)\s+\"([^\"]+)\"", path.read_text())
        assert set(imports) <= {"_surat.typ", "_keputusan.typ"}, path


def test_typesetting_writes_nothing() -> None:
    """`wchar` counts every byte this process hands to the system to write."""
    letter("bap", SAMPLES["bap"])  # fonts are loaded
    before = written()
    letter("bap", SAMPLES["bap"] | {"place": "Kanarisatu"})
    letter("bap", SAMPLES["bap"] | {"place": "Kanaridua 👍"})
    assert written() == before


def written() -> int:
    found = re.search(r"wchar: (\d+)", Path("/proc/self/io").read_text())
    assert found
    return int(found[1])
