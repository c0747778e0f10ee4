"""What is due, for whom, by when. Written by the apps above; shown by the desk."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkItem(models.Model):
    """The one next step of one matter. Derived from the matter's state, so it is no register row of its own."""

    agency = models.ForeignKey("accounts.Agency", on_delete=models.CASCADE)
    subject = models.CharField(max_length=80, unique=True)
    number = models.CharField(_("nomor"), max_length=40)
    step = models.CharField(_("yang harus dilakukan"), max_length=40)
    about = models.CharField(_("perihal"), max_length=40, blank=True, default="")
    due = models.DateField(_("tenggat"), null=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, verbose_name=_("pemegang")
    )
    open = models.BooleanField(default=True)
    unread = models.BooleanField(_("pesan pelapor belum dibaca"), default=False)
    opened_on = models.DateField()

    FIELD_CLASSES = dict.fromkeys(
        ["id", "agency", "subject", "number", "step", "about", "due", "owner", "open", "unread", "opened_on"],
        ("plain", "steps, dates and codes; the queue is ordered by them"),
    )

    class Meta:
        # Partial, because SQLite does not look up a bare boolean in an index; what is done is not asked for anyway.
        indexes = [
            models.Index(fields=["agency", "due", "id"], condition=models.Q(open=True), name="work_due"),
            models.Index(
                fields=["agency", "owner", "due", "id"], condition=models.Q(open=True), name="work_owner"
            ),
            models.Index(
                fields=["agency", "step", "due", "id"], condition=models.Q(open=True), name="work_step"
            ),
            models.Index(
                fields=["agency", "due", "id"], condition=models.Q(open=True, unread=True), name="work_unread"
            ),
        ]
        # What waits without a day is forgotten; and a queue by day needs no second look for what has none.
        constraints = [
            models.CheckConstraint(
                condition=models.Q(open=False) | models.Q(due__isnull=False), name="work_open_has_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.step}"
