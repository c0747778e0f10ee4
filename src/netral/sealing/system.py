"""Why the system refused a file, in words of ours: its own depend on the machine's language."""

from __future__ import annotations

import errno

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


def reason(error: OSError) -> str:
    """A few words; what is not in the table keeps the system's."""
    return REASONS.get(error.errno or 0, error.strerror or str(error))
