"""Pages of one length, so that nobody on the line tells one answer from another."""

from __future__ import annotations

from django.http import HttpResponse

BLOCK = 32 * 1024
_OPEN, _CLOSE = b"<!--", b"-->"


def padded(page: str) -> HttpResponse:
    """`page` lengthened to a multiple of 32 KiB by a comment at its end.

    `no-transform` keeps proxies from compressing it (RFC 9111 section 5.2.2.6), which would undo the padding.
    """
    body = page.encode()
    missing = -(len(body) + len(_OPEN) + len(_CLOSE)) % BLOCK
    response = HttpResponse(body + _OPEN + b"." * missing + _CLOSE)
    response["Cache-Control"] = "no-store, no-transform"
    return response
