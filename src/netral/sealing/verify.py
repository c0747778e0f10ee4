"""The stand-alone verifier: shows from files alone that an entry is in the log and nothing was changed.

It needs no database and trusts nothing that the register's operator could have made up since: the log key
comes from `--kunci` or from the receipt, which was handed out earlier.
"""

import argparse
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum
from itertools import islice
from pathlib import Path

from netral.sealing.bundle import ProofBundle
from netral.sealing.canonical import BadSignatureError, SealingError, unb64
from netral.sealing.checkpoint import Head, parse_verifier_key, verify_head
from netral.sealing.export import ExportReader
from netral.sealing.keys import VerifyKey
from netral.sealing.merkle import Frontier
from netral.sealing.receipt import Receipt, parse_receipt
from netral.sealing.system import reason


class Outcome(IntEnum):
    """What a finding, and the whole report, amounts to. The values are the exit codes of the command."""

    PROVEN = 0
    DISPROVEN = 1
    UNUSABLE = 2


@dataclass(frozen=True, slots=True)
class Finding:
    step: str
    outcome: Outcome
    message: str
    warning: bool = False

    def __str__(self) -> str:
        mark = "PERHATIAN" if self.warning else _MARKS[self.outcome]
        return f"[{mark}] {self.step}: {self.message}"


@dataclass(slots=True)
class Report:
    """Findings in the order they were made. Disproof outweighs unusable input, both outweigh proof."""

    findings: list[Finding] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        outcomes = {finding.outcome for finding in self.findings}
        worst = (Outcome.DISPROVEN, Outcome.UNUSABLE)
        return next((outcome for outcome in worst if outcome in outcomes), Outcome.PROVEN)

    def proven(self, step: str, message: str) -> None:
        self.findings.append(Finding(step, Outcome.PROVEN, message))

    def warn(self, step: str, message: str) -> None:
        self.findings.append(Finding(step, Outcome.PROVEN, message, warning=True))

    def disproven(self, step: str, message: str) -> None:
        self.findings.append(Finding(step, Outcome.DISPROVEN, message))

    def unusable(self, step: str, message: str) -> None:
        self.findings.append(Finding(step, Outcome.UNUSABLE, message))

    def summary(self) -> str:
        return _SUMMARIES[self.outcome]


_MARKS = {
    Outcome.PROVEN: "COCOK",
    Outcome.DISPROVEN: "TIDAK COCOK",
    Outcome.UNUSABLE: "TIDAK DAPAT DIPERIKSA",
}
_SUMMARIES = {
    Outcome.PROVEN: "TERBUKTI. Semua pemeriksaan cocok.",
    Outcome.DISPROVEN: (
        "TERBANTAH. Register, tanda terima, atau kepala log telah diubah. Simpan semua berkas ini apa adanya "
        "dan tunjukkan kepada pengawas di luar instansi ini."
    ),
    Outcome.UNUSABLE: (
        "BELUM TERBUKTI. Ada berkas yang tidak dapat dipakai; ini bukan bukti dan bukan bantahan."
    ),
}

_RECEIPT, _KEY, _EXPORT, _PROOF = "Tanda terima", "Kunci register", "Ekspor log", "Berkas bukti"
_HEAD, _EARLIER, _ENTRY = "Kepala log", "Kepala log terdahulu", "Entri Anda"
_VERIFIER_KEY = re.compile(r"[^+\s]+\+[0-9a-f]{8}\+")
_SMALL = 1 << 20


def verify(
    *,
    export_path: str | Path,
    receipt_text: str | None = None,
    earlier_head: str | None = None,
    log_key: VerifyKey | None = None,
) -> Report:
    """Check an export, and against it a receipt and a head saved earlier, each if given."""
    report = Report()
    receipt = _check_receipt(report, receipt_text, log_key)
    if receipt_text is not None and receipt is None:
        return report
    try:
        with Path(export_path).open("rb", buffering=1 << 20) as file:
            _check_export(report, ExportReader(file), receipt, earlier_head, log_key)
    except OSError as error:
        report.unusable(_EXPORT, f"{export_path} tidak dapat dibaca: {reason(error)}.")
    except SealingError as error:
        report.unusable(_EXPORT, str(error))
    return report


def verify_bundle(
    bundle: ProofBundle,
    *,
    receipt_text: str,
    earlier_head: str | None = None,
    log_key: VerifyKey | None = None,
) -> Report:
    """Check a receipt, and a head saved earlier if given, by a proof bundle."""
    report = Report()
    receipt = _check_receipt(report, receipt_text, log_key)
    if receipt is None:
        return report
    key, origin = receipt.log_key, receipt.origin
    head = _check_head(report, _HEAD, bundle.head, key, origin)
    earlier = _check_earlier_head(report, earlier_head, key, origin)
    if head is not None:
        _check_bundled_entry(report, bundle, receipt, head)
    if head is not None and earlier is not None:
        _check_bundled_earlier(report, bundle, earlier, head)
    return report


def _check_bundled_entry(report: Report, bundle: ProofBundle, receipt: Receipt, head: Head) -> None:
    if receipt.index >= head.size:
        _report_missing(report, receipt, head.size, head)
        return
    included = f"ada dalam log pada nomor {_count(receipt.index)}, tidak berubah."
    _prove(report, _ENTRY, lambda: bundle.check_inclusion(receipt.leaf, receipt.index, head), included)


def _check_bundled_earlier(report: Report, bundle: ProofBundle, earlier: Head, head: Head) -> None:
    if earlier.size > head.size:
        _report_shrunk(report, earlier, head.size)
    elif not bundle.covers(earlier, head):
        report.unusable(
            _PROOF, f"dibuat untuk log dengan {_count(bundle.earlier)} entri, bukan {_count(earlier.size)}."
        )
    else:
        _prove(report, _EARLIER, lambda: bundle.check_consistency(earlier, head), _unchanged(earlier))


def _check_receipt(report: Report, text: str | None, log_key: VerifyKey | None) -> Receipt | None:
    """The receipt if it holds; otherwise the report says why not, or what it means to have none."""
    if text is None:
        if log_key is None:
            report.warn(
                _KEY,
                "tidak ada kunci yang Anda simpan sendiri; kunci diambil dari ekspor, jadi hanya keutuhan "
                "ekspor itu sendiri yang diperiksa. Berikan --receipt atau --kunci.",
            )
        return None
    try:
        receipt = parse_receipt(text)
    except SealingError as error:
        report.unusable(_RECEIPT, str(error))
        return None
    if log_key not in (None, receipt.log_key):
        report.disproven(_KEY, "tanda terima menyebut kunci register yang lain dari kunci yang Anda berikan.")
        return None
    holds = f"utuh dan ditandatangani oleh {receipt.origin} untuk entri nomor {_count(receipt.index)}."
    return receipt if _prove(report, _RECEIPT, receipt.verify, holds) else None


def _check_export(
    report: Report,
    export: ExportReader,
    receipt: Receipt | None,
    earlier_head: str | None,
    log_key: VerifyKey | None,
) -> None:
    header = export.header
    origin = receipt.origin if receipt else header.origin
    key = receipt.log_key if receipt else log_key or header.log_key
    if (header.origin, header.log_key) != (origin, key):
        report.disproven(
            _KEY,
            f"ekspor berasal dari register {header.origin} dengan kunci {header.log_key.key_id}, "
            f"seharusnya {origin} dengan kunci {key.key_id}: register atau kuncinya telah diganti.",
        )
        return
    earlier = _check_earlier_head(report, earlier_head, key, origin)
    tree = _read_tree(export.leaves(), receipt.index if receipt else None, earlier.size if earlier else 0)
    head = _check_head(report, _HEAD, export.head(), key, origin)
    if head is not None:
        _check_tree(report, tree, header.size, head)
    if earlier is not None:
        _check_earlier(report, tree, earlier)
    if receipt is not None:
        _check_entry(report, tree, receipt, head)


@dataclass(frozen=True, slots=True)
class _Tree:
    """What one pass over the leaves shows; None where the log is too short to show it."""

    size: int
    root: bytes
    earlier_root: bytes | None
    leaf: bytes | None


def _read_tree(leaves: Iterator[bytes], index: int | None, earlier_size: int) -> _Tree:
    found: list[bytes] = []

    def watched() -> Iterator[bytes]:
        for number, leaf in enumerate(leaves):
            if number == index:
                found.append(leaf)
            yield leaf

    frontier, stream = Frontier(), watched()
    frontier.extend(islice(stream, earlier_size))
    earlier_root = frontier.root() if frontier.size == earlier_size else None
    frontier.extend(stream)
    return _Tree(frontier.size, frontier.root(), earlier_root, found[0] if found else None)


def _count(number: int) -> str:
    """1.158"""
    return f"{number:,}".replace(",", ".")


def _check_earlier_head(report: Report, text: str | None, key: VerifyKey, origin: str) -> Head | None:
    if text is None:
        report.warn(
            _EARLIER,
            "tidak diberikan; apakah entri lain berubah sejak dahulu tidak dapat diperiksa. "
            "Simpanlah kepala log hari ini dan berikan dengan --head pada pemeriksaan berikutnya.",
        )
        return None
    return _check_head(report, _EARLIER, text, key, origin)


def _check_head(report: Report, step: str, text: str, key: VerifyKey, origin: str) -> Head | None:
    try:
        head = verify_head(text, key)
    except BadSignatureError as error:
        report.disproven(step, str(error))
        return None
    except SealingError as error:
        report.unusable(step, str(error))
        return None
    if head.origin != origin:
        report.disproven(step, f"berasal dari register {head.origin}, bukan {origin}.")
        return None
    report.proven(
        step,
        f"ditandatangani oleh {origin} pada {head.time:%d-%m-%Y pukul %H.%M} UTC, {_count(head.size)} entri.",
    )
    return head


def _check_tree(report: Report, tree: _Tree, stated_size: int, head: Head) -> None:
    if tree.size != head.size or tree.size != stated_size:
        report.disproven(
            _EXPORT,
            f"memuat {_count(tree.size)} entri, padahal baris pertamanya menyebut {_count(stated_size)} dan "
            f"kepala log yang ditandatangani menyebut {_count(head.size)}: ada entri yang dihapus atau ditambahkan.",
        )
    elif tree.root != head.root:
        report.disproven(
            _EXPORT,
            "akar semua entri bukan akar yang ditandatangani: ada entri yang diubah atau ditukar urutannya.",
        )
    else:
        report.proven(_EXPORT, f"akar dari {_count(tree.size)} entri sama dengan akar yang ditandatangani.")


def _check_earlier(report: Report, tree: _Tree, earlier: Head) -> None:
    if tree.earlier_root is None:
        _report_shrunk(report, earlier, tree.size)
    elif tree.earlier_root != earlier.root:
        report.disproven(
            _EARLIER,
            f"{_count(earlier.size)} entri pertama tidak lagi sama dengan saat kepala log itu disimpan: "
            "ada entri yang diubah, dihapus, atau ditukar urutannya sesudah itu.",
        )
    else:
        report.proven(_EARLIER, _unchanged(earlier))


def _check_entry(report: Report, tree: _Tree, receipt: Receipt, head: Head | None) -> None:
    if tree.leaf is None:
        _report_missing(report, receipt, tree.size, head)
    elif tree.leaf != receipt.leaf:
        report.disproven(
            _ENTRY,
            f"pada nomor {_count(receipt.index)} kini ada entri lain: entri Anda diubah, dihapus, atau dipindahkan.",
        )
    else:
        report.proven(_ENTRY, f"ada dalam log pada nomor {_count(receipt.index)}, tidak berubah.")


def _report_missing(report: Report, receipt: Receipt, size: int, head: Head | None) -> None:
    """Too short a log disproves only if it was signed after the entry; a date stands for its whole day."""
    if head is not None and head.time.date() > receipt.entry_date + timedelta(days=1):
        report.disproven(
            _ENTRY,
            f"nomor {_count(receipt.index)} tidak ada: log hanya memuat {_count(size)} entri, padahal kepalanya "
            "ditandatangani sesudah tanda terima Anda diterbitkan. Entri Anda telah dihapus.",
        )
    else:
        report.unusable(
            _ENTRY,
            f"nomor {_count(receipt.index)} belum ada: log ini baru memuat {_count(size)} entri. "
            "Mintalah yang lebih baru.",
        )


def _report_shrunk(report: Report, earlier: Head, size: int) -> None:
    report.disproven(
        _EARLIER,
        f"dahulu log memuat {_count(earlier.size)} entri, kini hanya {_count(size)}: ada entri yang dihapus.",
    )


def _unchanged(earlier: Head) -> str:
    return f"{_count(earlier.size)} entri pertama masih sama dengan saat kepala log itu disimpan."


def _prove(report: Report, step: str, check: Callable[[], None], holds: str) -> bool:
    try:
        check()
    except SealingError as error:
        report.disproven(step, str(error))
        return False
    report.proven(step, holds)
    return True


# --- the command ---


def verify_main(argv: Sequence[str] | None = None) -> int:
    """`netral verify`: prints one line for each step and returns the exit code of `Outcome`."""
    arguments = _parser().parse_args(argv)
    try:
        report = _verify_files(arguments)
    except SealingError as error:
        report = Report()
        report.unusable("Masukan", str(error))
    for finding in report.findings:
        print(finding)
    print(report.summary())
    return int(report.outcome)


def _verify_files(arguments: argparse.Namespace) -> Report:
    receipt = _read_text(arguments.receipt)
    earlier = _read_text(arguments.head)
    log_key = _parse_log_key(arguments.kunci) if arguments.kunci else None
    if arguments.export:
        return verify(
            export_path=arguments.export, receipt_text=receipt, earlier_head=earlier, log_key=log_key
        )
    if receipt is None:
        raise SealingError("--bukti hanya dapat diperiksa bersama --receipt.")
    bundle = ProofBundle.from_bytes(_read_bytes(arguments.bukti))
    return verify_bundle(bundle, receipt_text=receipt, earlier_head=earlier, log_key=log_key)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="netral verify",
        description="Membuktikan dari berkas saja bahwa sebuah laporan ada dalam log dan log tidak diubah.",
        epilog="Kode keluar: 0 terbukti, 1 terbantah, 2 berkas tidak dapat dipakai.",
    )
    parser.add_argument("--receipt", metavar="BERKAS", help="tanda terima Anda")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--export", metavar="BERKAS", help="ekspor log yang diunduh")
    source.add_argument(
        "--bukti", metavar="BERKAS", help="berkas bukti, pengganti ekspor yang berukuran kecil"
    )
    parser.add_argument("--head", metavar="BERKAS", help="kepala log yang Anda simpan terdahulu")
    parser.add_argument("--kunci", metavar="KUNCI", help="kunci register yang Anda simpan sendiri")
    return parser


def _parse_log_key(text: str) -> VerifyKey:
    """A log key as `verifier_key` writes it or as the receipt does (plain base64)."""
    try:
        return parse_verifier_key(text)[1] if _VERIFIER_KEY.match(text) else VerifyKey(unb64(text))
    except SealingError as error:
        raise SealingError(f"--kunci tidak dapat dipakai: {error}") from error


def _read_text(path: str | None) -> str | None:
    if path is None:
        return None
    try:
        return _read_bytes(path).decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise SealingError(f"{path} bukan teks UTF-8.") from error


def _read_bytes(path: str) -> bytes:
    """A small file; what is longer than 1 MiB is none of ours."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(_SMALL + 1)
    except OSError as error:
        raise SealingError(f"{path} tidak dapat dibaca: {reason(error)}.") from error
    if len(content) > _SMALL:
        raise SealingError(f"{path} terlalu besar untuk tanda terima, kepala log, atau berkas bukti.")
    return content
