"""Invented content for the gallery of components."""

import datetime as dt
from typing import Any

from django import forms

from netral.ui.paging import Page
from netral.ui.parts import Bar, Bubble, Crumb, Event, Step, Tab, Tile

TODAY = dt.date(2024, 10, 20)
MORNING = dt.datetime(2024, 10, 20, 9, 12)  # noqa: DTZ001 (read in the register's zone)


class GalleryForm(forms.Form):
    """Every kind of control that a page uses."""

    what = forms.CharField(
        label="Apa yang terjadi?",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ceritakan seperlunya.",
    )
    kinds = forms.MultipleChoiceField(
        label="Jenis perbuatan",
        choices=[("suka", "Menyukai atau membagikan unggahan"), ("foto", "Foto dengan simbol tangan")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Boleh lebih dari satu.",
    )
    how = forms.ChoiceField(
        label="Datang lewat",
        choices=[("surat", "Surat"), ("telepon", "Telepon")],
        widget=forms.RadioSelect,
    )
    office = forms.ChoiceField(
        label="Instansi", choices=[("", "Pilih"), ("camat", "Kecamatan Muara Jaya")], required=False
    )
    on = forms.DateField(
        label="Tanggal kejadian", widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    photo = forms.FileField(
        label="Foto", required=False, help_text="JPEG, PNG, atau PDF, paling besar 20 MB."
    )
    agreed = forms.BooleanField(label="Saya sudah membaca pemberitahuan privasi")
    token = forms.CharField(widget=forms.HiddenInput, initial="x")


def context(dense: bool) -> dict[str, Any]:
    """What `ui/gallery.html` needs; the form has been sent empty, so it shows its errors."""
    return {
        "layout": "ui/staff/base.html" if dense else "ui/public/base.html",
        "dense": dense,
        "today": TODAY,
        "days": [TODAY + dt.timedelta(days) for days in (-2, 0, 4, 15)] + [None],
        "crumbs": [Crumb("Laporan", "/"), Crumb("Laporan 1.204")],
        "tiles": [Tile(2, "lewat tenggat", "danger", "#isi"), Tile(1158, "laporan")],
        "tabs": [Tab("saya", "Milik saya", "3", True), Tab("tim", "Tim", "1.000+", False)],
        "steps": [
            Step("Diterima dan dicatat", "done", "bukti register no. 1.204"),
            Step("Kajian awal", "now"),
            Step("Selesai", "ahead"),
        ],
        "events": [
            Event(MORNING, "Kajian awal dibuka", "Pemeriksa A", "#isi"),
            Event(TODAY, "Laporan diterima"),
        ],
        "bubbles": [
            Bubble("Foto kedua diambil di acara apa?", "Petugas", TODAY),
            Bubble("Acara senam pagi.", "Anda", TODAY, mine=True),
        ],
        "facts": [("Jalur", "Disiplin"), ("Saksi", ""), ("Jumlah berkas", 0)],
        "bars": [Bar("Agustus 2024", 12), Bar("September 2024", 31), Bar("Oktober 2024", None)],
        "page": Page([], before="2024-10-20.1", after="2024-10-21.2"),
        "code": "ABCDE12345FGHJK67890MNPQRS",
        "form": GalleryForm({}),
    }
