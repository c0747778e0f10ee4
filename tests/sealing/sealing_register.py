"""A whole register in memory, with fixed keys: the log, its nodes, receipts, heads and exports."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

from netral.sealing import (
    Certificate,
    ExportHeader,
    Frontier,
    Head,
    ReceiptSecrets,
    SigningKey,
    canonical_json,
    certify,
    issue_receipt,
    leaf_hash,
    root_of,
    sign_head,
    write_export,
)

CODE = "0123456789ABCDEFGHJKMNPQRS"


@dataclass
class Register:
    origin: str = "way-tirta.example/log"
    log_key: SigningKey = field(default_factory=lambda: SigningKey(bytes(range(32))))
    receipt_key: SigningKey = field(default_factory=lambda: SigningKey(bytes(range(32, 64))))
    leaves: list[bytes] = field(default_factory=list)

    def entry(self, code: str = CODE) -> bytes:
        details = {"receipt": ReceiptSecrets.derive(code).commitment}
        entry = {"v": 1, "n": "00" * 16, "t": "2024-10-20", "a": "intake.report.received", "by": "public"}
        return canonical_json({**entry, "s": "report/1", "rows": {}, "d": details})

    @property
    def certificate(self) -> Certificate:
        return certify(self.log_key, self.receipt_key.public, self.origin, date(2024, 9, 1))

    def fill(self, count: int) -> None:
        self.leaves += [
            leaf_hash(b"entry %d" % number) for number in range(len(self.leaves), len(self.leaves) + count)
        ]

    def report(self, code: str = CODE) -> str:
        """Append the entry of a report and give its receipt."""
        entry = self.entry(code)
        self.leaves.append(leaf_hash(entry))
        return issue_receipt(code, entry, len(self.leaves) - 1, self.receipt_key, self.certificate)

    def head(self, size: int | None = None, days: int = 30, key: SigningKey | None = None) -> str:
        """The signed head of the first `size` leaves, made some days after 20 October 2024."""
        size = len(self.leaves) if size is None else size
        time = datetime(2024, 10, 20, 9, 12, tzinfo=UTC) + timedelta(days=days)
        return sign_head(Head(self.origin, size, root_of(self.leaves[:size]), time), key or self.log_key)

    def export(self) -> bytes:
        file = BytesIO()
        header = ExportHeader(self.origin, len(self.leaves), self.log_key.public)
        write_export(file, header, self.leaves, self.head())
        return file.getvalue()

    def node(self, level: int, index: int) -> bytes:
        leaves = self.leaves[index << level : (index + 1) << level]
        assert len(leaves) == 1 << level, "only perfect subtrees are stored"
        frontier = Frontier()
        frontier.extend(leaves)
        return frontier.root()
