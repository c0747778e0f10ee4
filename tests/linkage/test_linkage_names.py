"""Names as they are written in offices and villages, and the 18 digits of a NIP."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netral.linkage.names import NipError, NipKind, Sex, make_nip, parse_nip, search_tokens, split_titles


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Soekarno", "SUKARNO"),
        ("Achmad Djunaedi", "Akhmad Junaedi"),
        ("Moch. Saleh", "Muhammad Saleh"),
        ("Muh. Saleh", "Mohamad Saleh"),
        ("Tjoet Nja' Dien", "Cut Nya Dhien"),
        ("Sjafrizal", "Syafrizal"),
        ("Chairul", "Khairul"),
        ("Chandra", "Candra"),
        ("Abdullah", "Abdulah"),
        ("Drs. H. Budi Santoso, S.Sos., M.Si.", "budi santoso"),
        ("BUDI SANTOSO SH", "Budi Santoso"),
        ("Ns. Rina Wati, S.Kep.", "rina wati"),
        ("Santoso, Budi", "Santoso Budi"),
        ("St. Rahma", "Sitti Rahma"),
        ("José Éka", "Jose Eka"),
    ],
)
def test_the_same_name_in_two_spellings_has_the_same_words(one: str, other: str) -> None:
    assert search_tokens(one) == search_tokens(other)


@pytest.mark.parametrize(
    ("written", "front", "name", "back"),
    [
        ("Dr. Ir. H. Eko Uji, M.T., Ph.D.", "Dr. Ir. H.", "Eko Uji", "M.T., Ph.D."),
        ("dr. Siti Uji Sp.OG", "dr.", "Siti Uji", "Sp.OG"),
        ("I Gusti Ngurah Uji", "", "I Gusti Ngurah Uji", ""),
        ("I. B. Uji, S.H.", "", "I. B. Uji", "S.H."),
        ("Sumardi", "", "Sumardi", ""),
        ("H", "", "H", ""),
        ("Sri Ma", "", "Sri Ma", ""),
        ("", "", "", ""),
    ],
)
def test_degrees_and_honorifics_stand_apart(written: str, front: str, name: str, back: str) -> None:
    found = split_titles(written)
    assert (found.front, found.name, found.back) == (front, name, back)


@given(st.text(max_size=60))
def test_any_text_has_words_without_an_error(text: str) -> None:
    assert all(token.isalnum() and token == token.lower() for token in search_tokens(text))


def test_the_published_example_is_read() -> None:
    nip = parse_nip("19860926 201505 1 001")
    assert (nip.kind, nip.born, nip.appointed_year, nip.appointed_month) == (
        NipKind.PNS, date(1986, 9, 26), 2015, 5,
    )  # fmt: skip
    assert (nip.sex, nip.serial, str(nip)) == (Sex.MALE, 1, "19860926 201505 1 001")


@given(
    st.dates(date(1950, 1, 1), date(2000, 12, 31)),
    st.integers(16, 69),
    st.one_of(st.integers(1, 12), st.integers(21, 99)),
    st.sampled_from(list(Sex)),
    st.integers(1, 999),
)
def test_what_was_made_is_read_again(born: date, age: int, part: int, sex: Sex, serial: int) -> None:
    digits = make_nip(
        born=born, appointed_year=born.year + age, month_or_contract=part, sex=sex, serial=serial
    )
    nip = parse_nip(digits)
    assert (nip.born, nip.appointed_year, nip.sex, nip.serial) == (born, born.year + age, sex, serial)
    assert nip.kind == (NipKind.PNS if part <= 12 else NipKind.PPPK)
    assert nip.appointed_month == (part if part <= 12 else None)


@pytest.mark.parametrize(
    ("digits", "accepted"),
    [
        ("198609262015011001", True), ("198609262015121001", True),  # month 01 and 12
        ("198609262015001001", False), ("198609262015131001", False), ("198609262015201001", False),
        ("198609262015211001", True), ("198609262015991001", True),  # contract from 21
        ("198609262015050001", False), ("198609262015052001", True), ("198609262015053001", False),  # sex
        ("198609262015051000", False), ("198609262015051999", True),  # serial
        ("198602292015051001", False), ("198802292015051001", True),  # 29 February
        ("198600262015051001", False), ("198613262015051001", False), ("198609002015051001", False),
        ("198609262001091001", False), ("198609262001101001", True),  # fourteen, fifteen years of age
        ("198609262056101001", True), ("198609262057091001", True), ("198609262057101001", False),  # 70, 71
        ("198609262001211001", True), ("198609262000211001", False),  # PPPK: the year alone counts
        ("198609261985051001", False),  # appointed before birth
        ("000009262015051001", False),
    ],
)  # fmt: skip
def test_every_part_has_its_bounds(digits: str, accepted: bool) -> None:
    if accepted:
        assert parse_nip(digits).digits == digits
    else:
        with pytest.raises(NipError):
            parse_nip(digits)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "terdiri atas 0 angka; harus 18"),
        ("19860926201505100", "terdiri atas 17 angka"),
        ("1986092620150510011", "terdiri atas 19 angka"),
        ("19860926201505100A", "berisi huruf"),
        ("1.98609E+17", "dibulatkan oleh lembar kerja"),
        ("1,98609262015051E+17", "dibulatkan oleh lembar kerja"),
        ("198613262015051001", "angka ke-1 sampai 8 (19861326)"),
        ("198609262015131001", "angka ke-13 dan 14 adalah 13"),
        ("198609262015053001", "angka ke-15 (jenis kelamin) adalah 3"),
        ("198609262015051000", "angka ke-16 sampai 18 (nomor urut) adalah 000"),
        ("198609261999051001", "berumur 12 tahun"),
        ("١٩٨٦٠٩٢٦٢٠١٥٠٥١٠٠١", "berisi huruf"),
    ],
)
def test_a_refusal_names_the_digits_at_fault(text: str, reason: str) -> None:
    with pytest.raises(NipError) as caught:
        parse_nip(text)
    assert reason in str(caught.value)


def test_an_appointment_may_not_lie_ahead() -> None:
    assert parse_nip("199609262025051001", latest_year=2025)
    with pytest.raises(NipError, match="2026; paling akhir 2025"):
        parse_nip("199609262026051001", latest_year=2025)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(NipError):
        assert len(parse_nip(text).digits) == 18
