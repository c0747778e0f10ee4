"""The head and the export that anyone may take, checked by the stand-alone verifier."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import Client

from netral.audit.services import check_self, record, sign_current_head
from netral.sealing import SigningKey, read_key
from netral.sealing.verify import verify_main


def grow(agency: Any, times: int) -> None:
    for _ in range(times):
        with transaction.atomic():
            record(action="accounts.agency.updated", actor="cli", rows=[agency])


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


def test_export_and_head_satisfy_the_verifier(
    agency: Any, keys: dict[str, Path], public_client: Client, tmp_path: Path, settings: Any
) -> None:
    settings.NETRAL_HEADS = tmp_path / "heads"
    log_key = read_key(keys["worker"] / "log.key", SigningKey)
    assert public_client.get("/register/kepala.txt").status_code == 404
    grow(agency, 5)
    sign_current_head(log_key=log_key)
    (tmp_path / "earlier.txt").write_bytes(body(public_client.get("/register/kepala.txt")))
    grow(agency, 1500)
    sign_current_head(log_key=log_key)
    page = public_client.get("/register/").content.decode()
    assert "1.505" in page
    (tmp_path / "export.txt").write_bytes(body(public_client.get("/register/daun.txt")))
    arguments = ["--export", str(tmp_path / "export.txt"), "--head", str(tmp_path / "earlier.txt")]
    assert verify_main(arguments) == 0

    altered = (tmp_path / "export.txt").read_bytes().split(b"\n")
    altered[2], altered[3] = altered[3], altered[2]
    (tmp_path / "export.txt").write_bytes(b"\n".join(altered))
    assert verify_main(arguments) == 1


def test_officers_see_what_the_last_check_found(
    agency: Any, keys: dict[str, Path], officer: Any, staff_client: Any, tmp_path: Path, settings: Any
) -> None:
    settings.NETRAL_HEADS = tmp_path / "heads"
    client = staff_client(officer("pengawas"))
    assert "Belum ada pemeriksaan" in client.get("/register/").content.decode()
    log_key = read_key(keys["worker"] / "log.key", SigningKey).public
    grow(agency, 2)
    check_self(log_key=log_key)
    assert (
        "tanpa jejak dalam log" in client.get("/register/").content.decode()
    )  # the test's own officer was never logged
