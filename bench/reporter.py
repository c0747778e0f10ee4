"""A reporter: fills the public form as a phone does, sends one photo, keeps the receipt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image

from bench.browser import Browser, Page
from netral.lawbook import reportable_kinds

PHOTO = 2_000_000
LONGEST_SIDE = 6_000  # below what the register takes as a picture
STORY = (
    "Saya melihat pegawai itu membagikan kaus bergambar pasangan calon kepada warga yang datang mengurus surat, "
    "lalu meminta mereka berfoto sambil mengangkat jari. Kejadiannya di halaman kantor pada jam pelayanan. "
) * 3


class LostError(Exception):
    """The form did not lead where it should have."""


@dataclass(frozen=True)
class Sent:
    """Seconds of the sending request and of the upload, and the receipt document."""

    send: float
    upload: float
    receipt: str


def report(site: str, photo: bytes) -> Sent:
    """Every step with the pages in between, as a browser without JavaScript loads them (pictures and styles aside)."""
    browser = Browser(site)
    begin(browser)
    files = browser.get("/lapor/berkas/")
    upload = must_lead_on(browser.upload("/lapor/berkas/", {"lanjut": "1"}, photo, token=files.token))
    review = browser.sent_to(upload)
    sent = must_lead_on(browser.post("/lapor/periksa/", {}, token=review.token))
    page = browser.sent_to(sent)
    document = browser.get("/lapor/unduh/").text
    must_lead_on(browser.post("/lapor/tanda-terima/", {}, token=page.token))
    browser.close()
    return Sent(sent.seconds, upload.seconds, document)


def begin(browser: Browser) -> None:
    """Step 1: opens the form and says what happened."""
    opened = browser.get("/lapor/")
    fields = {
        "acts": min(reportable_kinds().codes),
        "story": STORY,
        "who_name": "Seno Prakasa Lintang",
        "who_office": "Kantor Kecamatan Way Ukur",
        "when_text": "sekitar pukul sepuluh pagi",
        "where": "halaman kantor kecamatan",
    }
    must_lead_on(browser.post("/lapor/", fields, token=opened.token))


def must_lead_on(page: Page) -> Page:
    if page.status not in (302, 303):
        raise LostError(f"{page.path}: {page.status} {page.text[:2000]}")
    return page


@cache
def photo(size: int) -> bytes:
    """A JPEG of exactly `size` bytes: noise, which compresses no further, filled up with comments."""
    side = min(LONGEST_SIDE, int((size / 1.1) ** 0.5))
    while len(data := _noise(side)) > size:
        side = side * 95 // 100
    left = size - len(data)
    comments = b""
    while left:
        # A segment is its marker, its length (which counts itself) and its text; never leave less than a segment.
        length = left if left <= 60_000 else min(60_000, left - 4)
        comments += b"\xff\xfe" + (length - 2).to_bytes(2, "big") + bytes(length - 4)
        left -= length
    return data[:2] + comments + data[2:]


def _noise(side: int) -> bytes:
    file = BytesIO()
    Image.effect_noise((side, side), 80).save(file, "JPEG", quality=95)
    return file.getvalue()
