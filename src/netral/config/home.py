"""The home folder of a register: where things lie, and how it comes to be: whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from netral.config.failures import Refusal

SETTINGS_FILE = "netral.env"
DATABASE_FILE = "register.sqlite3"
OFFLINE = "offline"  # below keys/: what has to be carried away


def home_path() -> Path:
    return Path(os.environ.get("NETRAL_HOME") or "var").resolve()


def require_home() -> Path:
    """The home of an existing register. Raises Refusal, saying how to make one."""
    home = home_path()
    if not (home / SETTINGS_FILE).is_file():
        raise Refusal(
            f"Belum ada register di {home}. Jalankan `netral init`, atau `netral demo` untuk mencoba."
        )
    return home


def require_free(place: Path) -> None:
    """Raises Refusal unless nothing, or an empty folder, is at `place`."""
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise Refusal(
            f"{place} sudah berisi; tidak ada yang ditimpa. Pilih folder lain atau kosongkan dahulu."
        )


@contextmanager
def built_beside(*places: Path) -> Iterator[list[Path]]:
    """Empty private folders beside `places`; renamed onto them, the last one last, when the block ends well.

    On any failure none of the places is left behind. A kill leaves only hidden `.….baru-…` folders, which no
    command reads and the next attempt does not need.
    """
    os.umask(0o077)  # a register is nobody else's; a service's unit widens it to its group
    for place in places:
        require_free(place)
    suffix = f".baru-{secrets.token_hex(4)}"
    drafts = [place.with_name(f".{place.name}{suffix}") for place in places]
    placed: list[Path] = []
    try:
        for draft in drafts:
            _make_private(draft)
        yield drafts
        for draft, place in zip(drafts, places, strict=True):
            draft.rename(place)
            placed.append(place)
            sync_folder(place.parent)
    except BaseException:
        for folder in [*drafts, *placed]:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _make_private(folder: Path) -> None:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise Refusal(f"Folder {folder.parent} tidak dapat ditulisi: {error.strerror}.") from error


def write_private(path: Path, content: str | bytes) -> None:
    """A new file that only its owner reads, durable when this returns."""
    data = content.encode() if isinstance(content, str) else content
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def settings_text(values: Mapping[str, str]) -> str:
    """`netral.env`: NAME='value' lines, read by the settings and by systemd alike."""
    for name, value in values.items():
        if "'" in value or "\n" in value:
            raise Refusal(f"{name} tidak boleh memuat tanda petik tunggal atau baris baru: {value!r}.")
    return "".join(f"{name}='{value}'\n" for name, value in values.items() if value)


def read_settings(home: Path) -> dict[str, str]:
    """The values of `netral.env` as `settings_text` wrote them."""
    pairs = (line.partition("=") for line in (home / SETTINGS_FILE).read_text().splitlines() if "=" in line)
    return {name: value.strip("'") for name, _, value in pairs if not name.startswith("#")}
