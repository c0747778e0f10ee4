"""What the system keeps and refuses."""

from __future__ import annotations

import errno
import os
from pathlib import Path

REASONS = {
    errno.ENOENT: "tidak ada",
    errno.EACCES: "pengguna ini tidak berhak",
    errno.EPERM: "pengguna ini tidak berhak",
    errno.EISDIR: "ini folder, bukan berkas",
    errno.ENOTDIR: "foldernya tidak ada",
    errno.EEXIST: "sudah ada",
    errno.ENOSPC: "tempat penyimpanan penuh",
    errno.EROFS: "tempat penyimpanan hanya dapat dibaca",
}


def sync_folder(folder: Path) -> None:
    """Makes durable which names the folder holds; a file's own fsync does not."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def reason(error: OSError) -> str:
    """Why a file was refused, in words of ours as far as there are any: the system's depend on its language."""
    return REASONS.get(error.errno or 0, error.strerror or str(error))
