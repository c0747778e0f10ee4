"""What the holder of a code sees. The code comes in the body of a POST and stays in the form of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from netral.accounts.selectors import site_agency
from netral.cases.selectors import progress_of
from netral.evidence.uploads import Limits, RefusedUpload, SealedUpload, receive_uploads, receives_files
from netral.sealing import ReceiptSecrets, new_object_id
from netral.ui import clock
from netral.ui.parts import Bubble
from netral.ui.throttle import throttled

from . import services
from .forms_public import CodeForm, MessageForm
from .limits import MESSAGES, REPORT_FILES, STATUS_FOUND, STATUS_MISSED
from .padding import padded
from .selectors_public import Status, entry_of, status_of
from .status_words import status_words
from .views_public import UNFINISHED, as_note, gentle_csrf, token_missing

_OBJECT_ID = re.compile(r"[0-9a-f]{32}")


@gentle_csrf
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "intake/public/check.html", {"form": CodeForm()})
    form = CodeForm(request.POST)
    if token_missing(request) or not form.is_valid():
        return _code_page(request, form)
    receipt = ReceiptSecrets.derive(form.cleaned_data["kode"])
    return _answer(request, form, status_of(receipt, before=_before(request)))


@partial(receives_files, checked_by=gentle_csrf)
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(MESSAGES)
def message(request: HttpRequest) -> HttpResponse:
    """Keeps the reporter's message and shows the status again: only the body of a POST holds the code.

    Files are sealed as they come, whatever the code; those sent with a wrong one go from the store with the answer.
    """
    form = CodeForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect("intake:check")
    receipt = ReceiptSecrets.derive(form.cleaned_data["kode"])
    status = status_of(receipt)
    if not status.found or token_missing(request):
        return _answer(request, form, status, written=MessageForm(request.POST))
    return _keep_message(request, form, receipt, status)


def _keep_message(
    request: HttpRequest, form: CodeForm, receipt: ReceiptSecrets, status: Status
) -> HttpResponse:
    """Files are kept even where the text has to be mended: on a slow line nobody sends them twice."""
    uploads = receive_uploads(request, limits=Limits())
    files = [upload for upload in uploads if isinstance(upload, SealedUpload)]
    refused = [upload.reason for upload in uploads if isinstance(upload, RefusedUpload)]
    written = MessageForm(request.POST, alone=not files)
    text = written.cleaned_data["text"] if written.is_valid() else ""
    if not (text or files):
        return _answer(request, form, status, written=written, refused=refused)
    beyond = services.receive_message(
        report=status.report,
        receipt=receipt,
        text=text,
        object_id=_message_id(request),
        now=clock.now(),
        files=files,
    )
    refused += [_no_room(file.name) for file in beyond]
    sent = _sent(text, len(files) - len(beyond))
    mended = None if written.is_valid() else written
    return _answer(request, form, status_of(receipt), written=mended, sent=sent, refused=refused)


def _sent(text: str, files: int) -> str:
    if text and files:
        return _("Pesan dan %(count)s berkas Anda terkirim.") % {"count": files}
    if files:
        return _("%(count)s berkas Anda terkirim.") % {"count": files}
    return _("Pesan Anda terkirim.") if text else ""


def _no_room(name: str) -> str:
    return _("Berkas “%(name)s” tidak diterima: laporan ini sudah memuat %(most)s berkas dari Anda.") % {
        "name": name,
        "most": REPORT_FILES,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def proof(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect("intake:check")
    code = form.cleaned_data["kode"]
    status = status_of(ReceiptSecrets.derive(code))
    if not status.found:
        return _answer(request, form, status)
    return as_note(services.receipt_document(code, entry_of(status.report)))


def _answer(
    request: HttpRequest,
    form: CodeForm,
    status: Status,
    *,
    written: MessageForm | None = None,
    sent: str = "",
    refused: Sequence[str] = (),
) -> HttpResponse:
    """The status page, or the word that the code fits nothing: both are drawn either way, one is shown."""
    context = _status_context(form, status) | {
        "written": written or MessageForm(),
        "sent": sent,
        "refused": refused,
        "late": token_missing(request),
    }
    found = render_to_string("intake/public/status.html", context, request)
    form.add_error("kode", _("Kode ini tidak cocok dengan laporan mana pun. Periksa setiap karakternya."))
    missed = render_to_string("intake/public/check.html", {"form": form}, request)
    deliver = _found if status.found else _missed
    return deliver(request, found if status.found else missed)


def _deliver(_request: HttpRequest, page: str) -> HttpResponse:
    return padded(page)


# A found and a missed code cost the same, also in the store of the rate limits.
_found, _missed = throttled(STATUS_FOUND)(_deliver), throttled(STATUS_MISSED)(_deliver)


def _status_context(form: CodeForm, status: Status) -> dict[str, Any]:
    report, messages = status.report, status.dialogue.messages
    answered = bool(messages) and messages[-1].mine
    by = {True: _("Anda"), False: _("Petugas")}
    return {
        "code": form.cleaned_data["kode"],
        "report": report,
        "words": status_words(
            # Asked of a code that fits nothing too: a hit and a miss cost the same.
            report,
            answered=answered,
            today=clock.today(),
            cases=progress_of([report.subject]),
        ),
        "bubbles": [Bubble(m.text, by[m.mine], m.sent_on, m.mine, _count(m.files)) for m in messages],
        "before": status.dialogue.before,
        "message_id": new_object_id(),
        "proven_on": status.proven_on,
        "agency": site_agency(),
    }


def _count(files: int) -> str:
    return _("%(count)s berkas") % {"count": files} if files else ""


def _code_page(request: HttpRequest, form: CodeForm) -> HttpResponse:
    context = {"form": form, "late": token_missing(request)}
    return render(request, "intake/public/check.html", context, status=UNFINISHED)


def _before(request: HttpRequest) -> int | None:
    text = request.POST.get("sebelum", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _message_id(request: HttpRequest) -> str:
    """The id minted with the form; a form that brings none of ours gets a new one."""
    text = request.POST.get("pesan", "")
    return text if _OBJECT_ID.fullmatch(text) else new_object_id()
