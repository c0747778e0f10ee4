"""The reporter's way from the first page to the receipt; every step is a POST that leads to the next."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.decorators import decorator_from_middleware
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from netral.accounts.selectors import site_agency
from netral.evidence.uploads import (
    Limits,
    RefusedUpload,
    SealedUpload,
    receive_uploads,
    receives_files,
    too_many,
)
from netral.sealing import ReceiptSecrets, group, new_code
from netral.ui import clock
from netral.ui.qr import qr_svg
from netral.ui.templatetags.netral import tanggal
from netral.ui.throttle import throttled

from . import services
from .acts import act_label, offered
from .content import LABELS, DraftContent
from .form_code import code_of, forget, remember
from .forms_public import ReportForm
from .limits import FILES, FORMS
from .models import Draft
from .selectors_public import draft_files, draft_of, entry_of, open_draft, report_of, was_sent

# Groups of the summary: heading, where on the form to change it, fields.
SUMMARY: tuple[tuple[str | Promise, str, tuple[str, ...]], ...] = (
    (gettext_lazy("Kejadian"), "id_story", ("acts", "story")),
    (gettext_lazy("Siapa yang dilaporkan"), "id_who_name", ("who_name", "who_role", "who_office")),
    (gettext_lazy("Kapan dan di mana"), "id_when_date", ("when_date", "when_text", "where", "link")),
    (
        gettext_lazy("Kontak Anda, disegel terpisah"),
        "id_contact_name",
        ("contact_name", "contact_phone", "contact_email"),
    ),
)
UNFINISHED = 422  # understood, kept, and shown again: something in it has to be mended


class _TokenNoted(CsrfViewMiddleware):
    """Checks the form's token as ever, but lets the view answer, so that it can keep what was typed."""

    def _reject(self, request: HttpRequest, _reason: str) -> None:
        request.token_missing = True  # type: ignore[attr-defined]


def token_missing(request: HttpRequest) -> bool:
    """The form was sent without its token: the page was open too long, or the browser refuses cookies."""
    return getattr(request, "token_missing", False)


def gentle_csrf(view: Any) -> Any:
    return csrf_exempt(decorator_from_middleware(_TokenNoted)(view))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/public/home.html")


# Step 1: what happened -------------------------------------------------------------------------------------


@gentle_csrf
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(FORMS)
def report(request: HttpRequest) -> HttpResponse:
    code = code_of(request)
    if request.method == "POST":
        return _keep(request, code or new_code())
    receipt = ReceiptSecrets.derive(code) if code else None
    draft = draft_of(receipt) if receipt else None
    if receipt and not draft and was_sent(receipt):
        return render(request, "intake/public/already.html")
    content = open_draft(draft, receipt) if receipt and draft else None
    return _form_page(request, code or new_code(), ReportForm(content=content))


@gentle_csrf
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(FORMS)
def new_report(request: HttpRequest) -> HttpResponse:
    """Starts another report under a code of its own, with what a form sent too late held."""
    code = new_code()
    if "story" in request.POST:
        return _keep(request, code)
    if request.method != "POST" or token_missing(request):
        return redirect("intake:report")
    return remember(redirect("intake:report"), code)


def _keep(request: HttpRequest, code: str) -> HttpResponse:
    form = ReportForm(request.POST)
    if token_missing(request) or not form.is_valid():
        return _form_page(request, code, form)
    try:
        services.save_draft(code=code, content=form.content, now=clock.real_now(), today=clock.today())
    except services.AlreadySentError:
        return render(request, "intake/public/already.html", {"typed": _typed(request)})
    return remember(redirect("intake:files"), code)


def _form_page(request: HttpRequest, code: str, form: ReportForm, *, warning: str = "") -> HttpResponse:
    late = token_missing(request)
    fields = _fields(form) if form.is_bound or form.initial else _empty_fields(clock.today())
    context = {"form": form, "fields": fields, "warning": warning, "late": late}
    status = UNFINISHED if form.is_bound or late else 200
    return remember(render(request, "intake/public/report.html", context, status=status), code)


def _fields(form: ReportForm) -> SafeString:
    return render_to_string("intake/public/_fields.html", {"form": form} | offered(form.chosen))


@lru_cache(maxsize=1)
def _empty_fields(_today: dt.date) -> SafeString:
    """Before anything is typed they are the same for everyone on one day, and half of what the page costs."""
    return _fields(ReportForm())


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    names = [name for name in ReportForm.base_fields if name in request.POST]
    return [(name, value) for name in names for value in request.POST.getlist(name)]


def _without_draft(request: HttpRequest) -> HttpResponse:
    """Nothing is kept under the form's code: it was sent, never begun in this browser, or begun too long ago."""
    code = code_of(request)
    if code and was_sent(ReceiptSecrets.derive(code)):
        return render(request, "intake/public/already.html")
    sentence = _(
        "Isian sebelumnya tidak ada lagi: formulir dibiarkan terlalu lama, atau peramban menolak kuki. "
        "Silakan isi kembali, dan izinkan kuki untuk situs ini."
    )
    return _form_page(request, code or new_code(), ReportForm(), warning=sentence)


# Step 2: files ---------------------------------------------------------------------------------------------


@receives_files
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(FILES)
def files(request: HttpRequest) -> HttpResponse:
    code = code_of(request)
    receipt = ReceiptSecrets.derive(code) if code else None
    draft = draft_of(receipt) if receipt else None
    if not (code and receipt and draft):
        return _without_draft(request)
    uploads = _uploads(request, draft) if request.method == "POST" else []
    refused = _take_files(code, uploads)
    if "lanjut" in request.POST and not refused:
        return remember(redirect("intake:review"), code)
    if uploads and not refused:
        return remember(redirect("intake:files"), code)
    kept = draft_files(draft, receipt)
    left = Limits().less(len(kept), sum(file.size for file in kept))
    context = {
        "files": kept,
        "left": left,
        "refused": refused,
        "unchosen": "tambah" in request.POST and not uploads,
    }
    page = render(request, "intake/public/files.html", context, status=UNFINISHED if refused else 200)
    return remember(page, code)


def _uploads(request: HttpRequest, draft: Draft) -> list[SealedUpload | RefusedUpload]:
    sizes = list(draft.files.values_list("size", flat=True))
    return receive_uploads(request, limits=Limits().less(len(sizes), sum(sizes)))


def _take_files(code: str, uploads: list[SealedUpload | RefusedUpload]) -> list[str]:
    """Adds what was sent to the draft; a sentence for each file that was not taken."""
    refused: list[str] = []
    for upload in uploads:
        if isinstance(upload, RefusedUpload):
            refused.append(upload.reason)
            continue
        try:
            services.add_draft_file(code=code, upload=upload)
        except services.TooManyFilesError:  # another tab was faster
            refused.append(too_many(upload.name))
        except services.NoDraftError:
            sentence = _("Berkas “%(name)s” tidak diterima: laporan ini baru saja dikirim.")
            refused.append(sentence % {"name": upload.name})
    return refused


@require_http_methods(["GET", "HEAD", "POST"])
def remove_file(request: HttpRequest) -> HttpResponse:
    code = code_of(request)
    if code and request.method == "POST":
        services.remove_draft_file(code=code, object_id=request.POST.get("berkas", "")[:32])
    return redirect("intake:files")


# Step 3: look once more, and send --------------------------------------------------------------------------


@gentle_csrf
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(FORMS)
def review(request: HttpRequest) -> HttpResponse:
    code = code_of(request)
    if code is None:
        return _without_draft(request)
    if request.method == "POST" and not token_missing(request):
        return _send(request, code)
    receipt = ReceiptSecrets.derive(code)
    draft = draft_of(receipt)
    if draft is None:
        return _without_draft(request)
    content = open_draft(draft, receipt)
    context = {"groups": _summary(content), "files": draft_files(draft, receipt)}
    context["hidden_in"] = [LABELS[name] for name in content.hidden_in]
    late = context["late"] = token_missing(request)
    page = render(request, "intake/public/review.html", context, status=UNFINISHED if late else 200)
    return remember(page, code)


def _send(request: HttpRequest, code: str) -> HttpResponse:
    try:
        services.submit_draft(code=code, agency=site_agency(), now=clock.now())
    except services.NoDraftError:
        return _without_draft(request)
    except ValidationError:
        return redirect("intake:report")  # the form says what to mend
    return remember(redirect("intake:receipt"), code)


def _summary(content: DraftContent) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Groups of the summary: heading, anchor of the field to change, label and value of what was filled in."""
    body = content.body
    said = {
        **vars(body),
        **content.contact.to_json(),
        "acts": ", ".join(map(act_label, body.acts)),
        "when_date": tanggal(body.when_date),
    }
    return [
        (str(heading), anchor, [(str(LABELS[name]), said[name]) for name in names if said[name]])
        for heading, anchor, names in SUMMARY
    ]


# The receipt -----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":  # "Sudah saya simpan"
        return forget(redirect("intake:home"))
    found = _sent_report(request)
    if found is None:
        return redirect("intake:report")
    code, sent = found
    context = {
        "code": code,
        "qr": qr_svg(group(code)),
        "report": sent,
        "document": services.receipt_document(code, entry_of(sent)),
    }
    return remember(render(request, "intake/public/receipt.html", context), code)


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    found = _sent_report(request)
    if found is None:
        return redirect("intake:report")
    code, sent = found
    return as_note(services.receipt_document(code, entry_of(sent)))


def as_note(document: str) -> HttpResponse:
    """A text file under a name that tells nothing to whoever looks through the phone."""
    response = HttpResponse(document, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="catatan.txt"'
    return response


def _sent_report(request: HttpRequest) -> Any:
    code = code_of(request)
    sent = report_of(ReceiptSecrets.derive(code), "agency") if code else None
    return (code, sent) if sent else None


# Beside the way --------------------------------------------------------------------------------------------


@require_safe
def leave(_request: HttpRequest) -> HttpResponse:
    """The quick exit: a link, because a browser that obeys `form-action` follows no form to another site."""
    response = forget(redirect(settings.NETRAL_EXIT_URL))
    response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Strict")
    response["Clear-Site-Data"] = '"cookies", "storage"'
    return response


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/public/privacy.html", {"agency": site_agency()})
