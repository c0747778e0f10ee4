"""Files anyone may take: figures as CSV, the signed head, the log's leaf hashes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from netral.accounts.keys import receipt_certificate
from netral.audit.selectors import latest_head, leaves
from netral.sealing import ExportHeader, b64, export_lines, verifier_key
from netral.ui.csv_files import csv_file
from netral.ui.downloads import RETRY_SECONDS, Download
from netral.ui.errors import too_many

from .selectors import FIGURES, Table


def figures_csv(tables: Mapping[str, Table | None], as_of: dt.date | None) -> StreamingHttpResponse:
    """One row a cell: table, cell, count (empty: suppressed), whether suppressed, as of."""
    rows = (
        (name, str(figure.label(cell)), count, int(count is None), as_of)
        for name, figure in FIGURES.items()
        for cell, count in (tables.get(name) or {}).items()
    )
    heading = ("tabel", "sel", "jumlah", "disembunyikan", "per_tanggal")
    return csv_file(heading, rows, f"netral-statistik-{as_of or 'kosong'}.csv")


def register_facts() -> dict[str, Any]:
    """What the register page shows: the newest signed head and the key to check it with."""
    log_key, newest = receipt_certificate().log_key, latest_head()
    return {
        "head": newest,
        "root": b64(bytes(newest.root)) if newest else "",
        "origin": settings.NETRAL_ORIGIN,
        "log_key": b64(log_key.raw),
        "verifier_key": verifier_key(settings.NETRAL_ORIGIN, log_key),
    }


def head_file() -> HttpResponse:
    """The newest signed head, to be kept by whoever wants to hold the register to it."""
    newest = latest_head()
    if newest is None:
        raise Http404
    response = HttpResponse(newest.note, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="kepala-{newest.size}.txt"'
    return response


def log_file(request: HttpRequest) -> HttpResponseBase:
    """All leaf hashes up to the newest signed head, and that head; 429 where too many are reading them."""
    newest = latest_head()
    if newest is None:
        raise Http404
    header = ExportHeader(settings.NETRAL_ORIGIN, newest.size, receipt_certificate().log_key)
    # A line a leaf would be a write a leaf; whole batches go out as one piece.
    download = Download.begin(_in_pieces(export_lines(header, leaves(newest.size), newest.note)))
    if download is None:
        return too_many(request, RETRY_SECONDS)
    response = StreamingHttpResponse(download, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="register-{newest.size}.txt"'
    return response


def _in_pieces(lines: Iterator[bytes], size: int = 1000) -> Iterator[bytes]:
    while piece := b"".join(islice(lines, size)):
        yield piece
