"""The verifier: what an honest register proves, and what no dishonest one gets past."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sealing_register import Register

from netral.sealing import ProofBundle, SigningKey, b64, leaf_hash, make_proof_bundle, verifier_key
from netral.sealing.verify import Outcome, verify, verify_bundle

SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def history(register):
    """Ten entries, a report as the eleventh, a head of then, and nine entries since."""
    register.fill(10)
    receipt = register.report()
    head = register.head(days=0)
    register.fill(20)
    return register, receipt, head


def export(register: Register, folder: Path, alter=lambda text: text) -> Path:
    path = folder / "ekspor.txt"
    path.write_bytes(alter(register.export()))
    return path


def said(report) -> str:
    return "\n".join(str(finding) for finding in report.findings)


def test_an_honest_register_is_proven(history, tmp_path):
    register, receipt, head = history
    report = verify(export_path=export(register, tmp_path), receipt_text=receipt, earlier_head=head)
    assert report.outcome is Outcome.PROVEN
    assert [finding.step for finding in report.findings] == [
        "Tanda terima",
        "Kepala log terdahulu",
        "Kepala log",
        "Ekspor log",
        "Kepala log terdahulu",
        "Entri Anda",
    ]
    assert not any(finding.warning for finding in report.findings)


def test_without_a_key_of_ones_own_the_weakness_is_said(history, tmp_path):
    register, _, head = history
    report = verify(export_path=export(register, tmp_path), earlier_head=head)
    assert report.outcome is Outcome.PROVEN
    assert report.findings[0].warning
    assert "tidak ada kunci yang Anda simpan sendiri" in said(report)
    again = verify(export_path=export(register, tmp_path), earlier_head=head, log_key=register.log_key.public)
    assert not any(finding.warning for finding in again.findings)


def test_without_an_earlier_head_the_limit_is_said(history, tmp_path):
    register, receipt, _ = history
    report = verify(export_path=export(register, tmp_path), receipt_text=receipt)
    assert report.outcome is Outcome.PROVEN
    assert "apakah entri lain berubah sejak dahulu tidak dapat diperiksa" in said(report)


def edit(leaves):
    leaves[3] = leaf_hash(b"disunting")


def remove(leaves):
    del leaves[3]


def reorder(leaves):
    leaves[3], leaves[4] = leaves[4], leaves[3]


@pytest.mark.parametrize("act", [edit, remove, reorder])
def test_a_past_rewritten_and_signed_anew_is_seen_against_an_earlier_head(history, tmp_path, act):
    register, _, head = history
    act(register.leaves)
    report = verify(
        export_path=export(register, tmp_path), earlier_head=head, log_key=register.log_key.public
    )
    assert report.outcome is Outcome.DISPROVEN
    assert "11 entri pertama tidak lagi sama" in said(report)
    assert (
        verify(export_path=export(register, tmp_path), log_key=register.log_key.public).outcome
        is Outcome.PROVEN
    )


def test_a_log_cut_back_behind_an_earlier_head_is_seen(history, tmp_path):
    register, _, head = history
    del register.leaves[5:]
    report = verify(export_path=export(register, tmp_path), earlier_head=head)
    assert report.outcome is Outcome.DISPROVEN
    assert "dahulu log memuat 11 entri, kini hanya 5: ada entri yang dihapus" in said(report)


@pytest.mark.parametrize("act", [edit, remove, reorder])
def test_an_export_that_does_not_fit_its_head_is_seen(history, tmp_path, act):
    register, receipt, _ = history
    lines = register.export().splitlines(keepends=True)
    leaves = lines[1 : 1 + len(register.leaves)]
    if act is edit:
        leaves[3] = leaf_hash(b"disunting").hex().encode() + b"\n"
    else:
        act(leaves)
    altered = b"".join([lines[0], *leaves, *lines[1 + len(register.leaves) :]])
    report = verify(export_path=export(register, tmp_path, lambda _: altered), receipt_text=receipt)
    assert report.outcome is Outcome.DISPROVEN
    expected = "memuat 30 entri" if act is remove else "akar semua entri bukan akar yang ditandatangani"
    assert expected in said(report)


def test_a_report_taken_out_is_seen_by_its_receipt(history, tmp_path):
    register, receipt, _ = history
    register.leaves[10] = leaf_hash(b"lain")
    report = verify(export_path=export(register, tmp_path), receipt_text=receipt)
    assert report.outcome is Outcome.DISPROVEN
    assert "pada nomor 10 kini ada entri lain" in said(report)


def test_a_report_cut_off_the_end_is_seen_by_its_receipt(history, tmp_path):
    register, receipt, _ = history
    del register.leaves[10:]
    report = verify(export_path=export(register, tmp_path), receipt_text=receipt)
    assert report.outcome is Outcome.DISPROVEN
    assert "Entri Anda telah dihapus" in said(report)


def test_an_export_older_than_the_receipt_proves_nothing_and_disproves_nothing(history, tmp_path):
    register, receipt, _ = history
    del register.leaves[10:]
    older = register.export().replace(register.head().encode(), register.head(days=0).encode())
    report = verify(export_path=export(register, tmp_path, lambda _: older), receipt_text=receipt)
    assert report.outcome is Outcome.UNUSABLE
    assert "Mintalah yang lebih baru" in said(report)


def test_a_register_with_a_new_key_is_not_the_register_of_the_receipt(history, tmp_path):
    register, receipt, head = history
    register.log_key = SigningKey.generate()
    report = verify(export_path=export(register, tmp_path), receipt_text=receipt, earlier_head=head)
    assert report.outcome is Outcome.DISPROVEN
    assert "register atau kuncinya telah diganti" in said(report)


def test_a_register_of_another_name_is_not_the_register_of_the_receipt(history, tmp_path):
    register, receipt, _ = history
    register.origin = "muara-biru.example/log"
    report = verify(export_path=export(register, tmp_path), receipt_text=receipt)
    assert report.outcome is Outcome.DISPROVEN
    assert "ekspor berasal dari register muara-biru.example/log" in said(report)


def test_a_receipt_of_another_key_than_the_one_kept_is_disproven(history, tmp_path):
    register, receipt, _ = history
    report = verify(
        export_path=export(register, tmp_path), receipt_text=receipt, log_key=SigningKey.generate().public
    )
    assert report.outcome is Outcome.DISPROVEN
    assert "tanda terima menyebut kunci register yang lain" in said(report)


def test_a_head_signed_by_a_stranger_is_disproven(history, tmp_path):
    register, receipt, _ = history
    strange = register.head(5, key=SigningKey.generate())
    report = verify(export_path=export(register, tmp_path), receipt_text=receipt, earlier_head=strange)
    assert report.outcome is Outcome.DISPROVEN
    assert "Kepala log tidak ditandatangani oleh kunci register ini" in said(report)


def test_every_line_of_an_export_counts(history, tmp_path):
    register, receipt, _ = history
    content = register.export()
    for at in range(0, len(content), 7):
        altered = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        report = verify(
            export_path=export(register, tmp_path, lambda _, altered=altered: altered), receipt_text=receipt
        )
        assert report.outcome is not Outcome.PROVEN, at


@pytest.mark.parametrize(
    ("alter", "reason"),
    [
        (lambda _: b"", "JSON"),
        (lambda _: b"\x00" * 100, "JSON"),
        (lambda text: text.replace(b"export-1", b"export-9"), "netral-log-export-1"),
        (lambda text: text[:1000], "bukan daun"),
        (lambda text: text.upper().replace(text.upper().split(b"\n")[0], text.split(b"\n")[0]), "bukan daun"),
        (lambda text: text.replace(b"\n\n", b"\n \n", 1), "bukan daun"),
        (lambda text: text.rsplit(b"\n\n", 1)[0], "tidak memuat tanda tangan"),
        (lambda text: text + b"\xff", "bukan teks"),
        (lambda text: text.replace(b"\n", b"\r\n"), "kanonis|JSON"),
    ],
)
def test_an_unusable_export_is_told_why(history, tmp_path, alter, reason):
    register, receipt, _ = history
    report = verify(export_path=export(register, tmp_path, alter), receipt_text=receipt)
    assert report.outcome is Outcome.UNUSABLE, said(report)
    assert any(part in said(report) for part in reason.split("|"))


def test_the_first_entry_of_all_is_proven(register, tmp_path):
    receipt = register.report()
    empty = Register().head(0, days=0)
    report = verify(export_path=export(register, tmp_path), receipt_text=receipt, earlier_head=empty)
    assert report.outcome is Outcome.PROVEN


# --- proof bundles ---


def bundle(register: Register, earlier: int) -> ProofBundle:
    made = make_proof_bundle(10, len(register.leaves), register.head(), register.node, earlier)
    return ProofBundle.from_bytes(made.to_bytes())


def test_a_small_bundle_proves_the_same(history):
    register, receipt, head = history
    proof = bundle(register, 11)
    assert len(proof.to_bytes()) < 2000
    report = verify_bundle(proof, receipt_text=receipt, earlier_head=head)
    assert report.outcome is Outcome.PROVEN
    assert verify_bundle(proof, receipt_text=receipt, earlier_head=register.head()).outcome is Outcome.PROVEN
    assert verify_bundle(bundle(register, 0), receipt_text=receipt).outcome is Outcome.PROVEN


@pytest.mark.parametrize("act", [edit, remove, reorder])
def test_a_bundle_does_not_hide_a_rewritten_past(history, act):
    register, receipt, head = history
    act(register.leaves)
    report = verify_bundle(bundle(register, 11), receipt_text=receipt, earlier_head=head)
    assert report.outcome is Outcome.DISPROVEN
    assert "bukan lanjutan" in said(report)


def test_a_bundle_does_not_hide_a_report_taken_out(history):
    register, receipt, _ = history
    register.leaves[10] = leaf_hash(b"lain")
    report = verify_bundle(bundle(register, 0), receipt_text=receipt)
    assert report.outcome is Outcome.DISPROVEN
    assert "tidak termasuk" in said(report)


def test_a_bundle_of_a_log_cut_back_is_seen(history):
    register, receipt, head = history
    proof = make_proof_bundle(3, 5, register.head(5), register.node)
    report = verify_bundle(proof, receipt_text=receipt, earlier_head=head)
    assert report.outcome is Outcome.DISPROVEN
    assert "Entri Anda telah dihapus" in said(report)
    assert "kini hanya 5" in said(report)


def test_a_bundle_for_another_head_is_unusable(history):
    register, receipt, _ = history
    report = verify_bundle(bundle(register, 11), receipt_text=receipt, earlier_head=register.head(5))
    assert report.outcome is Outcome.UNUSABLE
    assert "dibuat untuk log dengan 11 entri, bukan 5" in said(report)


# --- the command ---


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "netral.sealing", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture
def files(history, tmp_path):
    register, receipt, head = history
    (tmp_path / "tanda-terima.txt").write_text(receipt)
    (tmp_path / "kepala.txt").write_text(head)
    (tmp_path / "bukti.json").write_bytes(bundle(register, 11).to_bytes())
    export(register, tmp_path)
    return tmp_path


def test_the_command_proves(files, register):
    arguments = ("verify", "--receipt", files / "tanda-terima.txt", "--head", files / "kepala.txt")
    for key in (
        (),
        ("--kunci", b64(register.log_key.public.raw)),
        ("--kunci", verifier_key(register.origin, register.log_key.public)),
    ):
        result = run(*arguments, "--export", files / "ekspor.txt", *key)
        assert result.returncode == 0, result.stdout + result.stderr
        assert "TERBUKTI. Semua pemeriksaan cocok." in result.stdout
    result = run(*arguments, "--bukti", files / "bukti.json")
    assert result.returncode == 0, result.stdout + result.stderr


def test_files_saved_on_windows_prove_too(files):
    for name in ("tanda-terima.txt", "kepala.txt"):
        (files / name).write_bytes((files / name).read_bytes().replace(b"\n", b"\r\n"))
    result = run(
        "verify",
        "--receipt",
        files / "tanda-terima.txt",
        "--head",
        files / "kepala.txt",
        "--export",
        files / "ekspor.txt",
    )
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (edit, "11 entri pertama tidak lagi sama dengan saat kepala log itu disimpan"),
        (remove, "pada nomor 10 kini ada entri lain"),
        (reorder, "11 entri pertama tidak lagi sama dengan saat kepala log itu disimpan"),
    ],
)
def test_the_command_disproves(files, register, act, sentence):
    act(register.leaves)
    export(register, files)
    result = run(
        "verify",
        "--receipt", files / "tanda-terima.txt",
        "--head", files / "kepala.txt",
        "--export", files / "ekspor.txt",
    )  # fmt: skip
    assert result.returncode == 1
    assert sentence in result.stdout
    assert "TERBANTAH" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "--help"),
        (("check",), "--help"),
        (("verify",), "--export"),
        (("verify", "--export", "tidak-ada.txt"), "tidak-ada.txt tidak dapat dibaca"),
        (
            ("verify", "--export", "ekspor.txt", "--receipt", "tidak-ada.txt"),
            "tidak-ada.txt tidak dapat dibaca",
        ),
        (
            ("verify", "--export", "ekspor.txt", "--receipt", "kepala.txt"),
            "Tanda terima terdiri atas 11 baris",
        ),
        (("verify", "--export", "ekspor.txt", "--receipt", "biner"), "biner bukan teks"),
        (("verify", "--export", "ekspor.txt", "--receipt", "besar"), "besar terlalu besar"),
        (("verify", "--export", "ekspor.txt", "--head", "tanda-terima.txt"), "Kepala log"),
        (("verify", "--export", "ekspor.txt", "--kunci", "bukan kunci"), "--kunci tidak dapat dipakai"),
        (("verify", "--export", "kepala.txt"), "Baris pertama ekspor"),
        (("verify", "--bukti", "bukti.json"), "--receipt"),
        (("verify", "--bukti", "kepala.txt", "--receipt", "tanda-terima.txt"), "Berkas bukti"),
    ],
)
def test_unusable_input_is_neither(files, arguments, reason):
    (files / "biner").write_bytes(b"\xff\xfe")
    (files / "besar").write_bytes(b"x" * (1 << 21))
    paths = {path.name for path in files.iterdir()} | {"tidak-ada.txt"}
    result = run(*(files / argument if argument in paths else argument for argument in arguments))
    assert result.returncode == 2, result.stdout + result.stderr
    assert reason in result.stdout + result.stderr
    assert "Traceback" not in result.stderr


def test_the_verifier_loads_nothing_else_of_netral():
    program = (
        "import sys, netral.sealing.verify;"
        "print(*sorted(name for name in sys.modules if name.startswith(('netral.', 'django', 'pyrage'))))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        check=True,
    )
    assert all(name.startswith("netral.sealing") for name in result.stdout.split())
