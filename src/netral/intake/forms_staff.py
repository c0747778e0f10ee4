"""What officers fill in. Forms shape; services decide."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from netral.accounts.models import User
from netral.cases.forms import conduct_choices
from netral.cases.services import AllegedAct, NewRespondent
from netral.lawbook import reportable_kinds
from netral.linkage.names import NipError, parse_nip
from netral.roster.models import Official
from netral.sealing import new_code
from netral.ui import clock
from netral.ui.forms import PhoneField, ServiceForm, day_field, long_text

from .acts import act_label
from .content import (
    LABELS,
    MESSAGE_LIMIT,
    NO_ACT,
    STORY_LIMIT,
    ContactDetails,
    DraftContent,
    ReportBody,
)
from .forms_public import LinkField
from .lifecycle import ClosingReason
from .models import Report
from .requirements import Finding, Group, Requirement, requirements


class ActForm(ServiceForm):
    """Carries the revision the page showed, so that of two officers at once one wins."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report
        self.initial["revision"] = report.revision

    def catch_up(self, report: Report) -> None:
        """Keeps what was typed, now against the report as it is."""
        self.report = report
        self.data = self.data.copy()  # type: ignore[attr-defined]  # of a request, with several values for a name
        self.data["revision"] = str(report.revision)  # type: ignore[index]


def _text(label: Any, rows: int, limit: int, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, max_length=limit, help_text=hint)


class AskForm(ActForm):
    """Ready-made questions to tick, and room for one's own; both go out as one message."""

    questions = forms.MultipleChoiceField(
        label=_("Pertanyaan siap pakai"), required=False, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(
        label=_("Pertanyaan Anda sendiri"),
        required=False,
        max_length=MESSAGE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Disegel; pelapor membacanya dengan kode tanda terima, dan dapat membalas dengan teks dan berkas."
        ),
    )

    def __init__(self, *args: Any, items: Mapping[str, str], sent: Sequence[str] = (), **kwargs: Any) -> None:
        """`sent` are the messages that went to the reporter: what the study marks as asked and none of them asks
        stands ticked."""
        super().__init__(*args, **kwargs)
        lacking = [
            r for r in requirements().values() if items.get(r.code) in (Finding.MISSING, Finding.ASKED)
        ]
        choices = [(r.code, r.question) for r in lacking or requirements().values()]
        self.fields["questions"].choices = choices  # type: ignore[attr-defined]
        self.prepared = [
            r
            for r in lacking
            if items[r.code] == Finding.ASKED and not any(r.question in text for text in sent)
        ]
        self.initial["questions"] = [r.code for r in self.prepared]

    def message(self) -> str:
        """What is sent; empty where nothing was ticked or written, which the service refuses."""
        ticked = [requirements()[code].question for code in self.cleaned_data["questions"]]
        return "\n\n".join(part for part in (*ticked, self.cleaned_data["text"]) if part)


class WriteForm(ActForm):
    text = _text(
        _("Pesan kepada pelapor"),
        3,
        MESSAGE_LIMIT,
        _("Disegel; pelapor membacanya dengan kode tanda terima."),
    )


class ReasonForm(ActForm):
    reason = _text(_("Alasan"), 3, 3_000, _("Disegel untuk instansi; tidak tampak dalam statistik."))


class CloseForm(ReasonForm):
    closing_reason = forms.ChoiceField(
        label=_("Dasar penutupan"), choices=ClosingReason.choices, widget=forms.RadioSelect
    )
    field_order = ["revision", "closing_reason", "reason"]


class MergeForm(ReasonForm):
    into = forms.CharField(widget=forms.HiddenInput)


class KindForm(ActForm):
    kind = forms.ChoiceField(label=_("Jenis"), choices=Report.Kind.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["kind"] = self.report.kind


class AssignForm(ActForm):
    owner = forms.TypedChoiceField(label=_("Pemegang"), coerce=int)

    def __init__(self, *args: Any, owners: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {user.pk: user for user in owners}
        choices = [
            (user.pk, f"{user.full_name} ({user.get_role_display()})") for user in self.owners.values()
        ]
        self.fields["owner"].choices = [("", _("pilih petugas")), *choices]  # type: ignore[attr-defined]
        self.initial["owner"] = self.report.assignee_id


class RespondentForm(ActForm):
    official = forms.IntegerField(widget=forms.HiddenInput)


# Of a report without a receipt: nothing here reaches its reporter.
ASKED_ELSEWHERE = [
    (code, _("ditanyakan di luar sistem ini") if code == Finding.ASKED else words)
    for code, words in Finding.choices
]


class StudyForm(ActForm):
    """One choice a requirement, and a note."""

    note = forms.CharField(
        label=_("Catatan kajian"),
        required=False,
        max_length=STORY_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Disegel untuk instansi."),
    )

    def __init__(self, *args: Any, items: Mapping[str, str], note: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, **items, "note": note}
        findings = Finding.choices if self.report.dialogue_keyring else ASKED_ELSEWHERE
        for code, requirement in requirements().items():
            self.fields[code] = forms.ChoiceField(
                label=requirement.label,
                choices=[("", _("belum diperiksa")), *findings],
                required=False,
                help_text=requirement.hint,
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def items(self) -> dict[str, str]:
        return {code: self.cleaned_data[code] for code in requirements() if self.cleaned_data.get(code)}

    def groups(self) -> list[tuple[str, list[tuple[Requirement, forms.BoundField]]]]:
        """Fields by group, each with its requirement."""
        rows = [(requirement, self[code]) for code, requirement in requirements().items()]
        return [(str(group.label), [row for row in rows if row[0].group == group]) for group in Group]


class FocusedRadios(forms.RadioSelect):
    """The cursor stands on the first of them when the page opens."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        if option["index"] == "0":
            option["attrs"]["autofocus"] = True
        return option


class NipField(forms.CharField):
    """A NIP, in groups or not; what cannot be one is refused with what is wrong in it."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value:
            return
        try:
            parse_nip(value, latest_year=clock.today().year + 1)
        except NipError as error:
            raise ValidationError(
                _("NIP “%(value)s”: %(problem)s. Periksa lagi, atau kosongkan dan tuliskan di uraian.")
                % {"value": value[:40], "problem": error}
            ) from error


class EntryForm(ServiceForm):
    """A report that someone brought to the officer."""

    code = forms.CharField(widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        label=_("Saluran"),
        widget=FocusedRadios,
        error_messages={"required": _("Pilih lewat mana laporan ini datang.")},
        choices=[choice for choice in Report.Channel.choices if choice[0] != Report.Channel.WEB],
    )
    kind = forms.ChoiceField(
        label=_("Jenis"),
        choices=Report.Kind.choices,
        initial=Report.Kind.REPORT,
        help_text=_("Pengawasan sendiri selalu dicatat sebagai temuan."),
    )
    story = forms.CharField(
        label=_("Uraian kejadian"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=STORY_LIMIT,
        error_messages={
            "required": _("Belum diisi. Tulis apa yang terjadi menurut pelapor atau menurut Anda.")
        },
    )
    acts = forms.MultipleChoiceField(  # drawn by `parts/acts.html`
        label=_("Dugaan perbuatan"), error_messages={"required": NO_ACT}
    )
    who_name = forms.CharField(label=_("Nama terlapor"), required=False)
    who_role = forms.CharField(label=LABELS["who_role"], required=False)
    who_office = forms.CharField(label=LABELS["who_office"], required=False)
    who_nip = NipField(label=LABELS["who_nip"], required=False)
    when_date = day_field(LABELS["when_date"], required=False)
    when_text = forms.CharField(label=LABELS["when_text"], required=False)
    where = forms.CharField(label=LABELS["where"], required=False)
    link = LinkField(label=LABELS["link"], required=False)
    known_on = day_field(LABELS["known_on"], required=False)
    contact_name = forms.CharField(label=_("Nama pelapor"), required=False)
    contact_phone = PhoneField(label=_("Nomor telepon pelapor"), required=False)
    contact_email = forms.EmailField(label=_("Surel pelapor"), required=False)
    with_receipt = forms.BooleanField(
        label=_("Buat tanda terima untuk diserahkan kepada pelapor"), required=False, initial=True
    )

    SECTIONS = (
        (_("Asal laporan"), ("channel", "kind")),
        (_("Kejadian"), ("story", "acts", "when_date", "when_text", "where", "known_on", "link")),
        (_("Terlapor"), ("who_name", "who_role", "who_office", "who_nip")),
        (_("Pelapor"), ("contact_name", "contact_phone", "contact_email", "with_receipt")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("code", new_code())
        self.fields["acts"].choices = [(code, act_label(code)) for code in reportable_kinds().codes]  # type: ignore[attr-defined]

    WIDE = ("channel", "acts", "story", "link", "with_receipt")

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(str(title), [self[name] for name in names]) for title, names in self.SECTIONS]

    @property
    def chosen(self) -> list[str]:
        """Codes of the acts that are ticked."""
        return list(self["acts"].value() or [])

    def clean(self) -> dict[str, Any]:
        """What the register would refuse is said together with what the fields refuse, each field once."""
        told = super().clean() or {}
        try:
            content = DraftContent(self.body().cleaned(), self.contact().cleaned())
            content.validate(today=clock.today(), known_acts=reportable_kinds().codes)
        except ValidationError as error:
            for name, wrong in error.error_dict.items():
                if name not in self.errors:
                    self.add_error(name, wrong)
        return told

    def body(self) -> ReportBody:
        told = self._told(ReportBody)
        return ReportBody(**told | {"acts": tuple(told.get("acts", ()))})

    def contact(self) -> ContactDetails:
        return ContactDetails(**self._told(ContactDetails))

    def _told(self, shape: type[ReportBody | ContactDetails]) -> dict[str, Any]:
        """What these fields hold, but for those that could not be read."""
        names = [field.name for field in dataclasses.fields(shape)]
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class CaseForm(ActForm):
    """Whom the cases are about, and what is alleged: rows filled from the report, and an empty one."""

    says_optional = False
    EMPTY_ROWS = 1
    MOST_ROWS = 12

    def __init__(
        self, *args: Any, respondents: Iterable[Official], acts: Sequence[str], day: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.officials = list(respondents)
        self.rows = range(1, min(len(acts) + self.EMPTY_ROWS, self.MOST_ROWS) + 1)
        for official in self.officials:
            self.fields[f"who-{official.pk}"] = forms.BooleanField(
                label=str(official), required=False, initial=True
            )
            self.fields[f"rank-{official.pk}"] = forms.CharField(
                label=_("Pangkat dan golongan %(name)s") % {"name": official}, required=False, max_length=60
            )
        for row in self.rows:
            known = acts[row - 1] if row <= len(acts) else ""
            self.fields[f"conduct-{row}"] = forms.ChoiceField(
                label=_("Perbuatan %(n)s") % {"n": row},
                required=False,
                choices=[("", _("pilih perbuatan")), *conduct_choices()],
                initial=known,
            )
            self.fields[f"act_date-{row}"] = day_field(
                _("Tanggal perbuatan %(n)s") % {"n": row}, required=False
            )
            self.initial[f"act_date-{row}"] = day if known else None
            self.fields[f"description-{row}"] = long_text(
                _("Uraian dugaan %(n)s") % {"n": row}, rows=2, limit=STORY_LIMIT, required=False
            )
        self.fields["another_act"] = long_text(
            _("Bila ini perbuatan lain daripada yang sudah didugakan: apa bedanya?"),
            rows=2,
            limit=3_000,
            required=False,
        )

    def people(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"who-{one.pk}"], self[f"rank-{one.pk}"]) for one in self.officials]

    def act_rows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [(self[f"conduct-{n}"], self[f"act_date-{n}"], self[f"description-{n}"]) for n in self.rows]

    def clean(self) -> dict[str, Any]:
        """A row counts once its kind is chosen, or anything else is said in it; then it needs kind and day."""
        told = super().clean() or {}
        for row in self.rows:
            conduct, day, words = (
                told.get(f"{name}-{row}") for name in ("conduct", "act_date", "description")
            )
            if conduct and not day and f"act_date-{row}" not in self.errors:
                self.add_error(
                    f"act_date-{row}",
                    _("Tanggal perbuatan %(n)s belum diisi. Hukum dipilih menurut tanggal perbuatan.")
                    % {"n": row},
                )
            if words and not conduct:
                self.add_error(
                    f"conduct-{row}",
                    _(
                        "Perbuatan %(n)s belum dipilih, padahal uraiannya diisi. Pilih, atau kosongkan uraiannya."
                    )
                    % {"n": row},
                )
        return told

    def respondents(self) -> list[NewRespondent]:
        told = self.cleaned_data
        return [NewRespondent(one, told[f"rank-{one.pk}"]) for one in self.officials if told[f"who-{one.pk}"]]

    def alleged(self) -> list[AllegedAct]:
        told = self.cleaned_data
        return [
            AllegedAct(told[f"conduct-{n}"], told[f"act_date-{n}"], description=told[f"description-{n}"])
            for n in self._filled()
        ]

    def _filled(self) -> list[int]:
        return [row for row in self.rows if self.cleaned_data.get(f"conduct-{row}")]

    def take_errors(self, error: ValidationError) -> None:
        """A service names an act by its place among those filled in; who and what is missing is said at the first."""
        if hasattr(error, "error_dict"):
            names = {
                "respondents": next((f"who-{one.pk}" for one in self.officials), "respondents"),
                "acts": f"conduct-{self.rows[0]}",
            } | {
                f"acts.{at}.{name}": f"{name}-{row}"
                for at, row in enumerate(self._filled())
                for name in ("conduct", "act_date", "description")
            }
            error = ValidationError({names.get(key, key): told for key, told in error.error_dict.items()})
        super().take_errors(error)
