"""A public process with a register of its own on disk, driven from a test: `python register_process.py <task>`.

Tests run in transactions that never commit; what needs committed rows, several threads or a look at the files
themselves happens here. Expects NETRAL_HOME, an empty folder.
"""

import datetime as dt
import io
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

HOME = Path(os.environ["NETRAL_HOME"])
ORIGIN = "netral/uji/proses"
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "netral.config.settings.public",
    "NETRAL_ORIGIN": ORIGIN,
    "NETRAL_AGENCY": "way-tirta",
    "NETRAL_DEMO_DATE": "2024-10-20",
    "NETRAL_HOSTS": "testserver",
}
THREADS = 8


def found() -> Any:
    """Keys, tables and the agency."""
    from netral.sealing import AgencyKeys, SealKey, SigningKey, certify, write_key

    place = HOME / "keys" / "public"
    place.mkdir(parents=True, mode=0o700)
    log, receipt = SigningKey.generate(), SigningKey.generate()
    write_key(place / "receipt.key", receipt)
    certificate = certify(log, receipt.public, ORIGIN, dt.date(2024, 1, 1))
    (place / "receipt.cert").write_bytes(certificate.to_bytes())
    public = AgencyKeys(SealKey.generate().public, SealKey.generate().public)
    (place / "agency-way-tirta.pub").write_bytes(public.to_bytes())
    (place / "secret.txt").write_text("hanya-untuk-uji" * 4)

    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from netral.accounts.models import Agency

    if connection.vendor == "postgresql":
        _own_database()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    return Agency.objects.create(
        slug="way-tirta",
        name="Kabupaten Way Tirta",
        office="Inspektorat",
        seal_key=public.seal.raw,
        vault_key=public.vault.raw,
    )


def _own_database() -> None:
    """On PostgreSQL a database of this process's own, beside the one of the test run."""
    import secrets

    from django.db import connections

    name = f"proses_{secrets.token_hex(8)}"
    with connections["default"].cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    for connection in connections.all():
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
        connection.settings_dict["NAME"] = name


def race(agency: Any) -> dict[str, Any]:
    """Many threads send the same draft at the same moment, and as many their own."""
    from django.db import connection
    from django.utils import timezone

    from netral.intake import services
    from netral.intake.content import ContactDetails, DraftContent, ReportBody
    from netral.intake.models import Draft, Report
    from netral.sealing import new_code, parse_receipt
    from netral.ui import clock

    content = DraftContent(ReportBody(acts=("like_post",), story="Camat berfoto."), ContactDetails())
    shared, own = new_code(), [new_code() for _ in range(THREADS)]
    barrier = Barrier(2 * THREADS)

    def submit(code: str) -> str:
        try:
            barrier.wait()
            services.save_draft(code=code, content=content, now=timezone.now(), today=clock.today())
        except services.AlreadySentError:
            pass
        try:
            return services.submit_draft(code=code, agency=agency, now=clock.now()).receipt_text
        finally:
            connection.close()

    with ThreadPoolExecutor(2 * THREADS) as pool:
        texts = list(pool.map(submit, [shared] * THREADS + own))
    for text in texts:
        parse_receipt(text).verify()
    return {
        "receipts of the shared code": len(set(texts[:THREADS])),
        "receipts of their own": len(set(texts[THREADS:])),
        "reports": Report.objects.count(),
        "numbers": len(set(Report.objects.values_list("number", flat=True))),
        "drafts": Draft.objects.count(),
    }


def canary(_agency: Any) -> dict[str, Any]:
    """A report goes through every page; after each step the files of the register are searched for its words."""
    from django.conf import settings
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client
    from PIL import Image

    words = ("Kanarisatu", "Kanaridua", "Kanaritiga", "kanariempat", "Kanarilima")
    told, contact, place, name, message = words
    buffer = io.BytesIO()
    Image.new("RGB", (900, 900), "teal").save(
        buffer, "JPEG", quality=95, comment=b"Kanarisatu di dalam berkas"
    )
    typed = {"acts": ["like_post"], "story": f"{told} berfoto.", "where": place, "contact_name": contact}
    client, seen = Client(headers={"host": "testserver"}), []

    def step(answer: Any) -> Any:
        seen.extend(_traces(words))
        return answer

    step(client.post("/lapor/", typed))
    code = client.cookies[settings.NETRAL_FORM_COOKIE].value
    upload = SimpleUploadedFile(f"{name}.jpg", buffer.getvalue(), "image/jpeg")
    step(client.post("/lapor/berkas/", {"berkas": upload, "lanjut": "1"}))
    review = step(client.get("/lapor/periksa/")).content.decode()
    step(client.post("/lapor/periksa/"))
    step(client.get("/lapor/tanda-terima/"))
    step(client.post("/cek/pesan/", {"kode": code, "text": f"{message} ada di foto."}))
    status = step(client.post("/cek/", {"kode": code})).content.decode()
    from netral.evidence.models import StoredFile
    from netral.intake.models import Contact, Message

    shown = [word for word in words if word in review or word in status]
    kept = [model.objects.count() for model in (StoredFile, Contact, Message)]
    return {"shown": shown, "kept": kept, "traces": seen, "code": [*_traces((code,))]}


def _traces(words: tuple[str, ...]) -> list[str]:
    """Files below the home and the temporary folder that hold one of `words`, in any usual encoding."""
    patterns = {
        form for word in words for form in (word.encode(), word.encode("utf-16-le"), word.lower().encode())
    }
    folders = (HOME, Path(os.environ["TMPDIR"]))
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if any(pattern in path.read_bytes() for pattern in patterns)]


if __name__ == "__main__":
    print(json.dumps({"race": race, "canary": canary}[sys.argv[1]](found())))
