"""The roster on the officers' site."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from netral.accounts.access import StaffRequest, staff_view
from netral.accounts.rights import Right
from netral.accounts.selectors import officers
from netral.ui.paging import Turn
from netral.ui.parts import Tab, Tile
from netral.ui.templatetags.netral import angka

from . import comparing, exports, selectors, services
from .comparing import Kind
from .forms import ConfirmForm, LinkForm, UploadForm
from .models import OfficeRole, Official, RosterUpload
from .tables import TableError
from .uploads import receives_table

# A request applies an import for so long, then shows how far it is and lets the officer go on.
APPLY_SECONDS = 10.0
SHOWN_ERRORS = 50


@require_safe
@staff_view(Right.ROSTER_VIEW)
def officials(request: StaffRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:100]
    unit_id = _number(request.GET.get("unit"))
    unit = selectors.access_units(request.user).filter(pk=unit_id).first() if unit_id else None
    return render(
        request,
        "roster/officials.html",
        {
            "page": selectors.search_officials(request.user, query, Turn.of(request), unit=unit_id),
            "query": query,
            "unit": unit,
            "unlinked": selectors.unlinked_accounts(request.user),
            "may_import": request.user.has_right(Right.ROSTER_IMPORT),
        },
    )


@require_safe
@staff_view(Right.ROSTER_VIEW)
def official(request: StaffRequest, pk: int) -> HttpResponse:
    person = selectors.access_official(user=request.user, pk=pk)
    return _official_page(request, person, LinkForm(accounts=selectors.unlinked_accounts(request.user)))


@require_http_methods(["GET", "POST"])
@staff_view(Right.USERS_MANAGE)
def link(request: StaffRequest, pk: int) -> HttpResponse:
    """Says whose an account is, so that matters about him and his superiors stay closed to it."""
    person = selectors.access_official(user=request.user, pk=pk)
    if not request.POST:  # the form stands on the person's page
        return redirect("roster:official", person.pk)
    form = LinkForm(request.POST, accounts=officers(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            services.link_account(user=request.user, official=person, account=form.cleaned_data["account"])
        except services.ImportRefusedError as error:
            form.add_error("account", str(error))
        else:
            messages.success(
                request, _("Akun dikaitkan. Perkara tentang pegawai ini dan atasannya tertutup baginya.")
            )
            return redirect("roster:official", person.pk)
    return _official_page(request, person, form)


def _official_page(request: StaffRequest, person: Official, form: LinkForm) -> HttpResponse:
    context = {
        "person": person,
        "superiors": selectors.superiors(person),
        "items": _facts(person),
        "form": form,
        "may_link": request.user.has_right(Right.USERS_MANAGE),
    }
    return render(request, "roster/official.html", context)


@require_safe
@staff_view(Right.ROSTER_VIEW)
def units(request: StaffRequest) -> HttpResponse:
    return render(request, "roster/units.html", {"tree": selectors.unit_tree(request.user)})


@receives_table
@staff_view(Right.ROSTER_IMPORT)
def start_import(request: StaffRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = services.stage_upload(user=request.user, data=file.read(), file_name=file.name)
        except (TableError, services.ImportRefusedError) as error:
            form.add_error("file", str(error))
        else:
            return redirect("roster:preview", upload.pk)
    context = {
        "form": form,
        "waiting": selectors.open_upload(request.user),
        "past": selectors.past_imports(request.user),
    }
    return render(request, "roster/import.html", context)


@staff_view(Right.ROSTER_IMPORT)
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """What a file would change; on POST it is applied, as far as one request may take."""
    upload = selectors.access_upload(user=request.user, pk=pk)
    form = ConfirmForm(request.POST if request.method == "POST" or request.POST else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.confirm_upload(user=request.user, upload=upload, **form.cleaned_data)
            done = services.apply_upload(user=request.user, upload=upload, seconds=APPLY_SECONDS)
        except services.ImportRefusedError as error:
            form.add_error(None, str(error))
        else:
            if done:
                messages.success(request, _("Impor selesai. Data pegawai sudah diperbarui."))
                return redirect("roster:officials")
            return redirect("roster:preview", upload.pk)
    return render(request, "roster/preview.html", {"form": form, **_preview(request, upload)})


@require_http_methods(["GET", "POST"])
@staff_view(Right.ROSTER_IMPORT)
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    upload = selectors.access_upload(user=request.user, pk=pk)
    if request.method == "GET":  # after signing in anew
        return redirect("roster:preview", upload.pk)
    services.discard_upload(upload=upload)
    messages.success(request, _("Berkas dibuang. Data pegawai tidak berubah."))
    return redirect("roster:import")


@require_safe
@staff_view(Right.ROSTER_IMPORT)
def import_errors(request: StaffRequest, pk: int) -> StreamingHttpResponse:
    upload = selectors.access_upload(user=request.user, pk=pk)
    return exports.error_file(upload)


@require_safe
@staff_view(Right.ROSTER_IMPORT)
def template(_request: StaffRequest) -> StreamingHttpResponse:
    return exports.template_file()


@require_safe
@staff_view(Right.ROSTER_VIEW)
def export(request: StaffRequest) -> StreamingHttpResponse:
    rows = selectors.access_officials(request.user).filter(active=True).select_related("unit__parent")
    return exports.roster_file(rows.order_by("unit__code", "name").iterator(2000))


def _facts(person: Official) -> list[tuple[str, object]]:
    roles = [OfficeRole(role).label for role in person.roles if role in OfficeRole.values]
    return [
        (_("NIP"), person.nip),
        (_("Status"), person.get_employment_display()),
        (_("Jabatan"), person.position),
        (_("Tingkat"), person.position.get_level_display() if person.position else ""),
        (_("Unit kerja"), person.unit),
        (_("Peran"), ", ".join(map(str, roles))),
        (_("Akun di situs ini"), person.account or ""),
    ]


def _preview(request: StaffRequest, upload: RosterUpload) -> dict[str, object]:
    ready = upload.state == RosterUpload.State.READY and not upload.error_count
    context = {
        "upload": upload,
        "counts": upload.counts,
        "tiles": _tiles(upload.counts, upload.error_count),
        "errors": upload.errors[:SHOWN_ERRORS],
        "ready": ready,
        "applying": upload.state == RosterUpload.State.APPLYING,
        "applied": upload.state == RosterUpload.State.APPLIED,
        "rows": upload.rows.count(),
        "rows_done": upload.rows.filter(done=True).count(),
    }
    return context | (_changes(request, upload) if ready else {})


def _changes(request: StaffRequest, upload: RosterUpload) -> dict[str, object]:
    """The list that is asked for, or the first that holds something."""
    counts = comparing.counted(upload)
    wanted = request.GET.get("lihat", "")
    kind = Kind(wanted) if wanted in Kind else next((kind for kind in Kind if counts[kind]), Kind.CHANGED)
    changes, page = comparing.compared(upload, kind, Turn.of(request))
    return {
        "tabs": [Tab(one, one.label, angka(counts[one]), one == kind) for one in Kind],
        "kind": kind,
        "changes": changes,
        "page": page,
        "left_off": counts[kind] - len(changes) if kind == Kind.UNITS else 0,
    }


def _tiles(counts: dict[str, int], errors: int) -> list[Tile]:
    return [
        Tile(errors, _("kesalahan"), "danger" if errors else "ok"),
        Tile(counts["baru"], _("pegawai baru"), "action"),
        Tile(counts["berubah"], _("berubah"), "action"),
        Tile(counts["tetap"], _("tetap")),
        Tile(counts["hilang"], _("tidak ada di berkas"), "warn" if counts["hilang"] else "plain"),
        Tile(counts["unit_baru"] + counts["unit_berubah"], _("unit baru atau berubah")),
    ]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
