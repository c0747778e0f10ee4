"""Who holds a case, and what is added to its file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.accounts.models import User
from netral.ui.forms import long_text

from ..content import TEXT_LIMIT
from .acting import SEALED, ActForm


class ReplyForm(ActForm):
    text = long_text(gettext_lazy("Tanggapan tertulis terlapor"), rows=5, limit=TEXT_LIMIT, hint=SEALED)


class AssignForm(ActForm):
    owner = forms.TypedChoiceField(label=gettext_lazy("Pemegang"), coerce=int)

    def __init__(self, *args: Any, owners: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {user.pk: user for user in owners}
        people = [(user.pk, f"{user.full_name} ({user.get_role_display()})") for user in self.owners.values()]
        self.fields["owner"].choices = [("", _("pilih petugas")), *people]  # type: ignore[attr-defined]
        self.initial["owner"] = self.case.owner_id

    def arguments(self) -> dict[str, Any]:
        return {"revision": self.cleaned_data["revision"], "owner": self.owners[self.cleaned_data["owner"]]}
