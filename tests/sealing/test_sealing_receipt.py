"""Receipts: forgiving to the person who types a code, unforgiving to whoever alters the document."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sealing_register import CODE, Register

from netral.sealing import (
    Certificate,
    ReceiptSecrets,
    SealingError,
    SigningKey,
    canonical_json,
    certify,
    group,
    issue_receipt,
    new_code,
    normalise,
    parse_receipt,
)
from netral.sealing.receipt import ALPHABET

codes = st.text(ALPHABET, min_size=26, max_size=26)


def test_codes_are_fresh_and_of_the_alphabet():
    fresh = {new_code() for _ in range(200)}
    assert len(fresh) == 200
    assert set("".join(fresh)) == set(ALPHABET)
    assert {len(code) for code in fresh} == {26}


@given(codes)
def test_a_code_is_read_however_it_is_typed(code):
    shown = group(code)
    assert [len(part) for part in shown.split("-")] == [5, 5, 5, 5, 6]
    for typed in (
        shown,
        shown.lower(),
        f"  {shown} \r\n",
        shown.replace("-", " "),
        " ".join(code),
        shown.replace("-", "–"),
    ):
        assert normalise(typed) == code
    assert normalise(code.replace("0", "o").replace("1", "l")) == normalise(code.replace("1", "I")) == code


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "yang diisikan 0 karakter"),
        (CODE[:-1], "yang diisikan 25 karakter"),
        (CODE + "0", "yang diisikan 27 karakter"),
        ("U" + CODE[1:], "Karakter “U” tidak dipakai"),
        (CODE[:-1] + "é", "Karakter “É” tidak dipakai"),
        (CODE[:-1] + "٣", "tidak dipakai"),
    ],
)
def test_a_wrong_code_is_told_what_is_wrong(typed, reason):
    with pytest.raises(SealingError, match=reason):
        normalise(typed)


@given(codes, codes)
def test_two_codes_share_nothing(code, other):
    assume(code != other)
    first, second = ReceiptSecrets.derive(code), ReceiptSecrets.derive(other)
    secrets = {part for each in (first, second) for part in (each.lookup, each.key.raw, each.salt)}
    assert len(secrets) == 6
    assert first.commitment != second.commitment


def test_no_repr_shows_a_secret(register):
    assert CODE not in repr(parse_receipt(register.report()))
    assert ReceiptSecrets.derive(CODE).salt.hex() not in repr(ReceiptSecrets.derive(CODE))


def test_a_receipt_holds_and_says_the_same_each_time(register):
    register.fill(4)
    text = register.report()
    receipt = parse_receipt(text)
    receipt.verify()
    assert (receipt.code, receipt.index, receipt.origin, receipt.leaf) == (
        CODE,
        4,
        register.origin,
        register.leaves[4],
    )
    assert receipt.log_key == register.log_key.public
    assert receipt.entry_date == date(2024, 10, 20)
    assert issue_receipt(group(CODE), receipt.entry, 4, register.receipt_key, register.certificate) == text


def test_windows_line_ends_are_forgiven(register):
    parse_receipt(register.report().replace("\n", "\r\n")).verify()


TEXT = Register().report()


@pytest.mark.parametrize("bit", [0x01, 0x20])
def test_every_flipped_byte_of_a_receipt_is_seen(bit):
    for at in range(len(TEXT)):
        flipped = TEXT[:at] + chr(ord(TEXT[at]) ^ bit) + TEXT[at + 1 :]
        with pytest.raises(SealingError):
            parse_receipt(flipped).verify()


def test_every_missing_and_every_doubled_byte_is_seen():
    for at in range(len(TEXT)):
        for altered in (TEXT[:at] + TEXT[at + 1 :], TEXT[: at + 1] + TEXT[at:]):
            with pytest.raises(SealingError):
                parse_receipt(altered).verify()


@pytest.mark.parametrize(
    ("alter", "reason"),
    [
        (lambda text: text[:-1], "terpotong"),
        (lambda text: text + "\n", "terdiri atas 11 baris, bukan 12"),
        (lambda text: "\ufeff" + text, "Baris 1 tanda terima harus dimulai dengan 'tanda-terima: '"),
        (lambda text: text.replace("tanda-terima: 1\n", "tanda-terima: 2\n"), "versi '2'"),
        (lambda text: text.replace("nomor-urut: 0", "nomor-urut: 00"), "bukan bilangan"),
        (lambda text: text.replace("nomor-urut: 0", "nomor-urut: ٣"), "bukan bilangan"),
        (lambda text: text.replace("nomor-urut: 0", "nomor-urut: 7"), "telah diubah"),
        (lambda text: text.replace("2024-09-01", "20240901"), "bukan tanggal"),
        (lambda text: text.replace("2024-09-01", "2024-09-02"), "tidak disahkan"),
        (lambda text: text.replace(group(CODE), CODE), "kelompoknya"),
        (lambda text: text.replace("register: way", "register: jalan"), "tidak disahkan"),
    ],
)
def test_an_altered_receipt_is_told_exactly_why(alter, reason):
    with pytest.raises(SealingError, match=reason):
        parse_receipt(alter(TEXT)).verify()


def forged(register: Register, monkeypatch, **changes) -> str:
    """A receipt as a dishonest register could issue it: signed, but not checked before it is handed out."""
    monkeypatch.setattr("netral.sealing.receipt.Receipt.verify", lambda _: None)
    arguments = {
        "code": CODE,
        "entry": register.entry(),
        "index": 0,
        "receipt_key": register.receipt_key,
        "certificate": register.certificate,
    }
    text = issue_receipt(**(arguments | changes))
    monkeypatch.undo()
    return text


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (lambda _: {"code": "1" * 26}, "bukan entri dari kode ini"),
        (
            lambda _: {"entry": canonical_json({"v": 1, "t": "2024-10-20", "d": {}})},
            "bukan entri dari kode ini",
        ),
        (
            lambda _: {"entry": canonical_json({"v": 1, "t": "2024-10-20", "d": []})},
            "bukan entri dari kode ini",
        ),
        (lambda _: {"entry": b"{ }"}, "kanonis"),
        (lambda _: {"entry": canonical_json({"v": 2, "d": {}})}, "versi 1"),
        (lambda _: {"entry": canonical_json([])}, "versi 1"),
        (lambda _: {"receipt_key": SigningKey(b"x" * 32)}, "telah diubah"),
        (
            lambda r: {"certificate": certify(r.log_key, r.receipt_key.public, r.origin, date(2024, 10, 22))},
            "lebih tua",
        ),
    ],
)
def test_a_receipt_of_a_dishonest_register_is_caught_and_never_issued_by_ours(
    register, monkeypatch, changes, reason
):
    text = forged(register, monkeypatch, **changes(register))
    with pytest.raises(SealingError, match=reason):
        parse_receipt(text).verify()
    arguments = {"code": CODE, "entry": register.entry(), "index": 0, "receipt_key": register.receipt_key}
    with pytest.raises(SealingError, match=reason):
        issue_receipt(**({**arguments, "certificate": register.certificate} | changes(register)))


# --- certificates ---


def test_a_certificate_is_kept_and_read_back(register):
    stored = register.certificate.to_bytes()
    assert Certificate.from_bytes(stored) == register.certificate


def test_a_register_is_certified_under_a_fit_name_only(register):
    with pytest.raises(SealingError, match="Nama register"):
        certify(register.log_key, register.receipt_key.public, "a\nb", date(2024, 9, 1))


def test_every_flipped_byte_of_a_certificate_is_seen(register):
    stored = register.certificate.to_bytes()
    for at in range(len(stored)):
        with pytest.raises(SealingError):
            Certificate.from_bytes(stored[:at] + bytes([stored[at] ^ 1]) + stored[at + 1 :])
