"""Commitments: the log says that content existed without saying what it was.

Without the salt, which lies inside the sealed envelope, a commitment can be neither opened nor guessed at.
"""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from netral.sealing.canonical import frame, sha256
from netral.sealing.envelope import Context


def commit(context: Context, salt: bytes, content: bytes) -> str:
    """64 hex characters that commit to `content` at its place."""
    return commit_digest(context, salt, sha256(content))


def commit_digest(context: Context, salt: bytes, sha256_digest: bytes) -> str:
    """As `commit`, from the content's SHA-256, for files that stream through."""
    return sha256(frame(b"netral-commit-1", context.tag(), salt, sha256_digest)).hex()


def derive_salt(report_salt: bytes, object_id: str) -> bytes:
    """The 32-byte salt of one object of a report."""
    return HKDF(SHA256(), 32, salt=b"netral-salt-1", info=bytes.fromhex(object_id)).derive(report_salt)
