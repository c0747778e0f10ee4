"""What a code shows; that a wrong one costs and looks the same to anyone but its reader."""

import datetime as dt
import html
import io
import json
import re
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from PIL import Image

from netral.accounts.keys import agency_key
from netral.audit.models import Entry
from netral.audit.services import sign_current_head
from netral.evidence.cleaning import claim_next, clean_file
from netral.evidence.models import StoredFile
from netral.evidence.selectors import check_copies, facts
from netral.intake import services
from netral.intake.content import MESSAGE_LIMIT
from netral.intake.inspection import check_contents, check_queue
from netral.intake.lifecycle import ClosingReason, State, Step
from netral.intake.limits import REPORT_FILES
from netral.intake.models import Message, Report
from netral.intake.padding import BLOCK
from netral.sealing import (
    Keyring,
    ReceiptSecrets,
    envelope,
    group,
    new_code,
    new_object_id,
    parse_receipt,
    receipt,
)
from netral.sealing.keys import SealKey
from netral.ui import clock
from netral.worklist.models import WorkItem

WRONG = "0" * 26

pytestmark = pytest.mark.usefixtures("agency", "demo_date")


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def say(report: Any, text: str, *, object_id: str = "") -> None:
    services.receive_message(
        report=report,
        receipt=ReceiptSecrets.derive(report.code),
        text=text,
        object_id=object_id or new_object_id(),
        now=clock.now(),
    )


def ask(report: Any, user: Any, text: str) -> None:
    with override_settings(SITE="staff"):  # the public process holds no key for it
        services.send_message(report=report, user=user, text=text, now=clock.now())


def become(report: Any, state: str, **change: Any) -> None:
    Report.objects.filter(pk=report.pk).update(state=state, **change)
    report.refresh_from_db()


# What it shows ---------------------------------------------------------------------------------------------


def test_the_code_in_any_spelling_shows_state_next_step_and_day(
    public_client: Client, make_report: Any
) -> None:
    code = make_report().code
    spellings = (
        code,
        group(code),
        group(code).lower(),
        f"  {code.lower()} ",
        group(code).replace("-", "."),
        f"kode: {group(code)}",
        f"tanda-terima: 1 kode: {group(code)} register: netral/way-tirta nomor-urut: 7",  # all of it, in one line
    )
    for spelling in spellings:
        page = text_of(public_client.post("/cek/", {"kode": spelling}))
        assert "Petugas memulai kajian awal paling lambat <strong>Jumat, 25 Oktober 2024</strong>" in page
        assert "Tersimpan dan tidak dapat dihapus diam-diam" in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.STUDY, "Petugas menyelesaikan kajian awal paling lambat"),
        (State.WAITING, "Petugas bertanya kepada Anda"),
        (State.COMPLETE, "Instansi menetapkan tindak lanjut paling lambat"),
        (State.CLOSED, "Laporan ditutup: terlapor bukan ASN."),
        (State.MERGED, "Laporan lain membahas perkara yang sama"),
    ],
)
def test_every_state_is_one_sentence(public_client: Client, make_report: Any, state: str, words: str) -> None:
    report = make_report()
    reason = ClosingReason.NOT_CIVIL_SERVANT if state == State.CLOSED else ""
    become(report, state, closing_reason=reason)
    assert words in text_of(public_client.post("/cek/", {"kode": report.code}))


def test_the_reporter_is_spoken_to_and_not_of(public_client: Client, make_report: Any) -> None:
    report = make_report()
    become(report, State.WAITING)
    page = text_of(public_client.post("/cek/", {"kode": report.code}))
    assert "Menunggu jawaban Anda" in page
    assert "Menunggu pelapor" not in page
    say(report, "Di halaman kantor.")
    page = text_of(public_client.post("/cek/", {"kode": report.code}))
    assert "Jawaban diterima" in page
    assert "Menunggu" not in page


def test_first_information_is_called_so_while_it_is_open(public_client: Client, make_report: Any) -> None:
    report = make_report()
    become(report, State.COMPLETE, kind=Report.Kind.FIRST_INFORMATION)
    assert "sebagai informasi awal" in text_of(public_client.post("/cek/", {"kode": report.code}))
    become(report, State.CLOSED, closing_reason=ClosingReason.NO_FACTS)
    assert "sebagai informasi awal" not in text_of(public_client.post("/cek/", {"kode": report.code}))


def test_a_day_that_has_passed_is_called_so(public_client: Client, make_report: Any) -> None:
    report = make_report(received_on=dt.date(2024, 10, 1))
    assert "tenggat ini sudah lewat" in text_of(public_client.post("/cek/", {"kode": report.code}))


def test_the_signed_head_is_named_once_it_covers_the_report(
    public_client: Client, make_report: Any, keys: Any
) -> None:
    from netral.sealing import SigningKey, read_key

    report = make_report()
    assert "tanda tangan log berikutnya mencakupnya" in text_of(
        public_client.post("/cek/", {"kode": report.code})
    )
    sign_current_head(log_key=read_key(keys["worker"] / "log.key", SigningKey))
    assert "ada dalam log bertanda tangan per" in text_of(public_client.post("/cek/", {"kode": report.code}))


def test_the_proof_is_the_receipt_that_was_given(public_client: Client, make_report: Any) -> None:
    report = make_report()
    answer = public_client.post("/cek/unduh/", {"kode": report.code})
    assert answer.content.decode() == report.receipt_text
    assert 'filename="catatan.txt"' in answer["Content-Disposition"]
    parse_receipt(answer.content.decode()).verify()


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "Belum diisi"), ("ABC", "yang diisikan 3 karakter"), ("U" * 26, "“U” tidak dipakai")],
)
def test_what_cannot_be_a_code_is_told_so(public_client: Client, typed: str, words: str) -> None:
    answer = public_client.post("/cek/", {"kode": typed})
    assert answer.status_code == 422
    assert words in text_of(answer)


def test_the_code_stays_in_the_body(public_client: Client, make_report: Any) -> None:
    code = make_report().code
    answer = public_client.post("/cek/", {"kode": code})
    page = text_of(answer)
    fields = page.count(f'<input type="hidden" name="kode" value="{code}">')
    assert fields == page.count(code)
    assert fields == 2
    assert not any(code in morsel.value for morsel in public_client.cookies.values())
    assert public_client.get("/cek/pesan/")["Location"] == "/cek/"
    assert public_client.get("/cek/unduh/")["Location"] == "/cek/"


# The dialogue ----------------------------------------------------------------------------------------------


def test_messages_go_both_ways(public_client: Client, make_report: Any, owner: Any) -> None:
    report = make_report()
    ask(report, owner, "Foto kedua diambil di acara apa?")
    page = text_of(public_client.post("/cek/", {"kode": report.code}))
    assert "Foto kedua diambil di acara apa?" in page
    assert owner.full_name not in page
    answer = public_client.post(
        "/cek/pesan/", {"kode": report.code, "text": "Senam pagi.", "pesan": "a" * 32}
    )
    assert "Pesan Anda terkirim." in text_of(answer)
    with override_settings(SITE="staff"):
        read = [m.text for m in services.read_messages(report=report, user=owner)]
    assert read == ["Foto kedua diambil di acara apa?", "Senam pagi."]
    assert WorkItem.objects.get(subject=report.subject).unread
    entry = Entry.objects.get(action="intake.message.received")
    assert (entry.actor, entry.subject) == ("public", report.subject)
    assert "Senam" not in entry.body


def test_a_message_sent_twice_is_kept_once(public_client: Client, make_report: Any) -> None:
    report = make_report()
    sent = {"kode": report.code, "text": "Senam pagi.", "pesan": "a" * 32}
    for _ in range(2):
        assert "Pesan Anda terkirim." in text_of(public_client.post("/cek/pesan/", sent))
    assert Message.objects.count() == 1
    assert Entry.objects.filter(action="intake.message.received").count() == 1


def test_a_message_id_of_another_report_is_not_taken_for_ones_own(make_report: Any) -> None:
    first, second = make_report(), make_report()
    say(first, "Satu.", object_id="a" * 32)
    say(second, "Dua.", object_id="a" * 32)
    assert [m.report_id for m in Message.objects.all()] == [first.pk, second.pk]


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "Tulis pesan – Belum diisi"), ("x" * 3001, "3.001 karakter; yang diizinkan paling banyak 3.000")],
)
def test_a_message_that_cannot_be_sent_is_kept_in_its_field(
    public_client: Client, make_report: Any, text: str, words: str
) -> None:
    report = make_report()
    page = text_of(public_client.post("/cek/pesan/", {"kode": report.code, "text": text}))
    assert words.split(" – ")[-1] in page
    assert text in page
    assert not Message.objects.exists()


def test_a_message_with_a_fault_says_so_at_the_top_of_the_page(
    public_client: Client, make_report: Any
) -> None:
    page = text_of(public_client.post("/cek/pesan/", {"kode": make_report().code, "text": ""}))
    assert page.index("Ada 1 hal yang perlu diperbaiki") < page.index("Berikutnya")


def test_a_form_open_too_long_keeps_code_and_message(public_site: Any, make_report: Any) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    typed = {"kode": make_report().code, "text": "Panjang sekali.", "pesan": "a" * 32}
    page = text_of(strict.post("/cek/pesan/", typed))
    assert "Isian Anda masih ada" in page
    assert "Panjang sekali.</textarea>" in page
    assert not Message.objects.exists()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    page = text_of(strict.post("/cek/pesan/", typed | {"csrfmiddlewaretoken": token[1]}))
    assert "Pesan Anda terkirim." in page
    page = text_of(Client(enforce_csrf_checks=True, headers={"host": "localhost"}).post("/cek/", typed))
    assert "Isian Anda masih ada" in page
    assert f'value="{typed["kode"]}"' in page
    assert "Perjalanan laporan" not in page


def test_an_answer_puts_a_waiting_report_back_on_the_desk(public_client: Client, make_report: Any) -> None:
    report = make_report(received_on=dt.date(2024, 10, 1))
    become(report, State.WAITING)
    say(report, "Senam pagi.")
    item = WorkItem.objects.get(subject=report.subject)
    assert (item.step, item.due, item.unread) == (Step.READ_ANSWER, dt.date(2024, 10, 25), True)
    page = text_of(public_client.post("/cek/", {"kode": report.code}))
    assert "Petugas membacanya paling lambat <strong>Jumat, 25 Oktober 2024</strong>" in page


def test_a_message_to_a_closed_report_is_seen_and_then_leaves_the_desk(make_report: Any, owner: Any) -> None:
    report = make_report()
    become(report, State.CLOSED, closing_reason=ClosingReason.NO_FACTS)
    WorkItem.objects.filter(subject=report.subject).update(open=False, step=Step.NONE, due=None)
    say(report, "Ada foto baru.")
    item = WorkItem.objects.get(subject=report.subject)
    assert (item.open, item.unread, item.step) == (True, True, Step.READ_ANSWER)
    services.mark_read(report=report, user=owner, now=clock.now())
    item.refresh_from_db()
    assert (item.open, item.unread, item.step) == (False, False, Step.NONE)
    assert Message.objects.get().read_on == dt.date(2024, 10, 20)


def test_who_may_not_study_neither_writes_nor_marks(make_report: Any, outsider: Any) -> None:
    from django.core.exceptions import PermissionDenied

    report = make_report()
    with pytest.raises(PermissionDenied):
        ask(report, outsider, "Siapa Anda?")
    with pytest.raises(PermissionDenied):
        services.mark_read(report=report, user=outsider, now=clock.now())
    with pytest.raises(PermissionDenied):
        services.read_messages(report=report, user=outsider)


def test_a_long_dialogue_is_paged(public_client: Client, make_report: Any) -> None:
    report = make_report()
    for number in range(25):
        say(report, f"pesan-{number:02d}")
    seen: list[list[str]] = []
    before: dict[str, str] = {}
    while True:
        page = text_of(public_client.post("/cek/", {"kode": report.code, **before}))
        seen.append(re.findall(r"pesan-\d\d", page))
        if not (found := re.search(r'name="sebelum" value="(\d+)"', page)):
            break
        before = {"sebelum": found[1]}
    assert [len(part) for part in seen] == [10, 10, 5]
    assert [text for part in reversed(seen) for text in part] == [
        f"pesan-{number:02d}" for number in range(25)
    ]


# Files with a message --------------------------------------------------------------------------------------


def photo(name: str = "foto.jpg", colour: str = "teal") -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(drawn, "JPEG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/jpeg")


def lie() -> SimpleUploadedFile:
    return SimpleUploadedFile("bohong.jpg", b"bukan foto")


def blobs_of(report: Any) -> list[str]:
    return sorted(StoredFile.objects.filter(matter=report.subject).values_list("blob", flat=True))


def test_files_come_with_a_message_like_the_first_ones(
    public_client: Client, make_report: Any, owner: Any, stored_names: Any
) -> None:
    report = make_report()
    become(report, State.WAITING)
    answer = public_client.post(
        "/cek/pesan/",
        {"kode": report.code, "text": "Ini fotonya.", "berkas": [photo("satu.jpg"), photo("dua.jpg", "red")]},
    )
    assert "Pesan dan 2 berkas Anda terkirim." in text_of(answer)
    assert "Anda · 2 berkas ·" in text_of(public_client.post("/cek/", {"kode": report.code}))
    files = list(StoredFile.objects.filter(matter=report.subject).order_by("pk"))
    assert [(file.source, file.added_on) for file in files] == [("pelapor", dt.date(2024, 10, 20))] * 2
    assert stored_names() == blobs_of(report)
    assert Message.objects.get().files == [file.object_id for file in files]
    entry = json.loads(Entry.objects.get(action="intake.message.received").body)
    assert set(entry["rows"]) == {row.subject for row in (report, Message.objects.get(), *files)}
    for file in files:
        assert Keyring.from_bytes(bytes(file.keyring)).key_ids == {report.agency.seal_public.key_id}, (
            "a receipt that is found opens no file"
        )
    with override_settings(SITE="worker"):
        while waiting := claim_next():
            assert clean_file(stored_file=waiting, agency_key=agency_key(report.agency))
        assert [facts(file, agency_key(report.agency)).name for file in files] == ["satu.jpg", "dua.jpg"]
    with override_settings(SITE="staff"):
        assert [str(problem) for problem in (*check_queue(), *check_contents(), *check_copies())] == []
        (told,) = services.read_messages(report=report, user=owner)
        assert list(told.files) == [file.object_id for file in files]


def test_files_may_come_without_a_word(public_client: Client, make_report: Any) -> None:
    report = make_report()
    answer = public_client.post("/cek/pesan/", {"kode": report.code, "text": "", "berkas": [photo()]})
    assert "1 berkas Anda terkirim." in text_of(answer)
    assert len(blobs_of(report)) == 1
    assert WorkItem.objects.get(subject=report.subject).unread


def test_files_outlive_a_text_that_has_to_be_mended(public_client: Client, make_report: Any) -> None:
    report = make_report()
    sent = {"kode": report.code, "text": "x" * 3001, "pesan": "a" * 32}
    page = text_of(public_client.post("/cek/pesan/", sent | {"berkas": [photo()]}))
    assert "1 berkas Anda terkirim." in page
    assert "3.001 karakter" in page
    assert "x" * 3001 in page
    again = re.search(r'name="pesan" value="(\w{32})"', page)
    assert again
    page = text_of(public_client.post("/cek/pesan/", {"kode": report.code, "text": "Ya.", "pesan": again[1]}))
    assert "Pesan Anda terkirim." in page
    assert [len(message.files) for message in Message.objects.all()] == [1, 0]


def test_a_bad_file_is_named_and_the_rest_is_sent(public_client: Client, make_report: Any) -> None:
    report = make_report()
    typed = {"kode": report.code, "text": "Ini fotonya.", "berkas": [lie(), photo()]}
    page = text_of(public_client.post("/cek/pesan/", typed))
    assert "Pesan dan 1 berkas Anda terkirim." in page
    assert "bohong.jpg" in page
    page = text_of(public_client.post("/cek/pesan/", {"kode": report.code, "text": "", "berkas": [lie()]}))
    assert "Ada berkas yang tidak diterima" in page
    assert "Belum diisi" in page
    assert "terkirim" not in page
    assert Message.objects.count() == 1


def test_files_sent_twice_are_kept_once(public_client: Client, make_report: Any, stored_names: Any) -> None:
    report = make_report()
    for _ in range(2):
        sent = {"kode": report.code, "text": "Ini.", "pesan": "a" * 32, "berkas": [photo()]}
        assert "Pesan dan 1 berkas Anda terkirim." in text_of(public_client.post("/cek/pesan/", sent))
    assert Message.objects.count() == 1
    assert stored_names() == blobs_of(report)
    assert len(blobs_of(report)) == 1


def test_eleven_files_keep_ten_and_a_report_takes_thirty(
    public_client: Client, make_report: Any, stored_names: Any
) -> None:
    report = make_report()
    for _ in range(2):
        many = [photo(f"{n}.jpg", f"#{n:06x}") for n in range(11)]
        page = text_of(public_client.post("/cek/pesan/", {"kode": report.code, "text": "", "berkas": many}))
        assert "10 berkas Anda terkirim." in page
        assert "“10.jpg” tidak diterima: paling banyak 10" in page
    nine = [photo(f"{n}.jpg") for n in range(9)]
    public_client.post("/cek/pesan/", {"kode": report.code, "text": "", "berkas": nine})
    last = [photo("muat.jpg"), photo("lebih.jpg")]
    page = text_of(public_client.post("/cek/pesan/", {"kode": report.code, "text": "Lagi.", "berkas": last}))
    assert "Pesan dan 1 berkas Anda terkirim." in page
    assert "“lebih.jpg” tidak diterima: laporan ini sudah memuat 30 berkas" in page
    page = text_of(public_client.post("/cek/pesan/", {"kode": report.code, "text": "", "berkas": [photo()]}))
    assert "sudah memuat 30 berkas" in page
    assert "terkirim" not in page
    assert len(blobs_of(report)) == REPORT_FILES
    assert stored_names() == blobs_of(report)


def test_files_of_a_form_open_too_long_are_not_kept_and_it_says_so(
    public_site: Any, make_report: Any, stored_names: Any
) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    typed = {"kode": make_report().code, "text": "Panjang sekali.", "berkas": [photo()]}
    page = text_of(strict.post("/cek/pesan/", typed))
    assert "Pilih kembali berkas Anda." in page
    assert "Panjang sekali.</textarea>" in page
    assert not Message.objects.exists()
    assert stored_names() == []


def test_a_message_that_fails_leaves_no_file(
    public_client: Client, make_report: Any, monkeypatch: Any, stored_names: Any
) -> None:
    report = make_report()

    def broken(**_: Any) -> None:
        raise RuntimeError("listrik padam")

    monkeypatch.setattr("netral.intake.services.dialogue.audit.record", broken)
    with pytest.raises(RuntimeError):
        public_client.post("/cek/pesan/", {"kode": report.code, "text": "Ini.", "berkas": [photo()]})
    assert not StoredFile.objects.exists()
    assert stored_names() == []


@pytest.mark.parametrize("files", [0, 3])
def test_files_sent_with_a_wrong_code_are_gone_and_cost_what_a_refused_message_costs(
    public_client: Client, make_report: Any, monkeypatch: Any, stored_names: Any, files: int
) -> None:
    report = make_report()
    public_client.post("/cek/", {"kode": WRONG})

    def refused() -> dict[str, Any]:
        return {"text": "", "berkas": [lie() for _ in range(files)]}

    costs = Costs(monkeypatch)
    right = costs.of(public_client, report.code, "/cek/pesan/", refused())
    assert costs.of(public_client, new_code(), "/cek/pesan/", refused()) == right
    assert right[3] == BLOCK
    good = {"text": "Ini.", "berkas": [photo() for _ in range(files)]}
    wrong = costs.of(public_client, new_code(), "/cek/pesan/", good)
    assert wrong == right
    assert stored_names() == []
    assert not StoredFile.objects.exists()


# A wrong code ----------------------------------------------------------------------------------------------


class Costs:
    """Counts the work that one answer takes."""

    def __init__(self, monkeypatch: Any) -> None:
        self.seen: Counter[str] = Counter()
        self._count(monkeypatch, receipt.HKDF, "derive", "HKDF")
        self._count(monkeypatch, envelope, "crypto_aead_xchacha20poly1305_ietf_decrypt", "AEAD")
        suite = SimpleNamespace(encrypt=envelope._HPKE.encrypt, decrypt=envelope._HPKE.decrypt)
        self._count(monkeypatch, suite, "decrypt", "X25519")
        monkeypatch.setattr(envelope, "_HPKE", suite)

    def _count(self, monkeypatch: Any, owner: Any, name: str, label: str) -> None:
        real = getattr(owner, name)

        def counted(*args: Any, **kwargs: Any) -> Any:
            self.seen[label] += 1
            return real(*args, **kwargs)

        try:
            monkeypatch.setattr(owner, name, counted)
        except TypeError:  # a class of a compiled module: count where it is made instead

            def made(*args: Any, **kwargs: Any) -> Any:
                self.seen[label] += 1
                return owner(*args, **kwargs)

            monkeypatch.setattr(receipt, owner.__name__, made)

    def of(
        self, client: Client, code: str, path: str = "/cek/", typed: dict[str, Any] | None = None
    ) -> tuple[dict[str, int], list[int], int, int, dict[str, str]]:
        """Key operations, queries per database, status, length, headers of one look."""
        self.seen.clear()
        captures = [CaptureQueriesContext(connections[name]) for name in ("default", "disposable")]
        with captures[0], captures[1]:
            answer = client.post(path, {"kode": code, **(typed or {})})
        headers = {name: value for name, value in answer.items() if name != "Set-Cookie"}
        return dict(self.seen), [len(c) for c in captures], answer.status_code, len(answer.content), headers


@pytest.mark.parametrize(
    ("messages", "state"), [(0, State.RECEIVED), (5, State.STUDY), (12, State.STUDY), (2, State.CLOSED)]
)
def test_a_wrong_code_costs_the_same_queries_keys_and_bytes(
    public_client: Client, make_report: Any, monkeypatch: Any, messages: int, state: str
) -> None:
    report = make_report()
    for number in range(messages):
        say(report, f"Pesan {number} " + "dengan isi. " * 20)
    become(report, state, closing_reason=ClosingReason.NO_FACTS if state == State.CLOSED else "")
    public_client.post("/cek/", {"kode": WRONG})  # the decoy and the day's key are made once
    costs = Costs(monkeypatch)
    right, wrong = costs.of(public_client, report.code), costs.of(public_client, new_code())
    assert right == wrong
    assert right[0]["HKDF"] == 3
    assert right[0]["X25519"] == 1
    assert right[3] == BLOCK


def test_the_longest_page_fits_one_block(public_client: Client, make_report: Any, owner: Any) -> None:
    report = make_report()
    for _ in range(3):
        say(report, "'" * MESSAGE_LIMIT)
        ask(report, owner, "😀" * MESSAGE_LIMIT)
    become(report, State.WAITING)
    before: dict[str, str] = {}
    for _ in range(6):
        answer = public_client.post("/cek/", {"kode": report.code, **before})
        assert len(answer.content) == BLOCK
        if found := re.search(rb'name="sebelum" value="(\d+)"', answer.content):
            before = {"sebelum": found[1].decode()}


def test_a_page_with_a_message_that_is_too_long_is_still_whole(
    public_client: Client, make_report: Any
) -> None:
    answer = public_client.post("/cek/pesan/", {"kode": make_report().code, "text": "x" * 100_000})
    assert len(answer.content) % BLOCK == 0
    assert answer.content.endswith(b"-->")


def test_a_wrong_code_says_so_and_shows_nothing_of_the_decoy(public_client: Client) -> None:
    for path in ("/cek/", "/cek/pesan/", "/cek/unduh/"):
        answer = public_client.post(path, {"kode": WRONG, "text": "halo"})
        page = text_of(answer)
        assert answer.status_code == 200
        assert "Kode ini tidak cocok dengan laporan mana pun" in page
        assert "Perjalanan laporan" not in page
    assert not Message.objects.exists()


def test_another_reports_code_opens_nothing_of_this_one(make_report: Any) -> None:
    from netral.intake.sealed import dialogue_key
    from netral.sealing import SealingError

    first, second = make_report(), make_report()
    for key in (ReceiptSecrets.derive(second.code).key, SealKey.generate()):
        with pytest.raises(SealingError):
            dialogue_key(first, key)


def test_ten_wrong_codes_slow_down_then_wait_and_a_right_one_still_opens(
    public_client: Client, make_report: Any, slept: list[float]
) -> None:
    report = make_report()
    answers = [public_client.post("/cek/", {"kode": new_code()}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert slept == sorted(slept)
    assert slept[0] > 0
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    assert "Perjalanan laporan" in text_of(public_client.post("/cek/", {"kode": report.code}))


def test_proxies_are_told_to_leave_the_padding_alone(public_client: Client) -> None:
    control = public_client.post("/cek/", {"kode": WRONG})["Cache-Control"]
    assert "no-store" in control
    assert "no-transform" in control
