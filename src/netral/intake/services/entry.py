"""Reports that did not come by the site: on paper, by phone, in person, from Bawaslu, or seen by the agency itself."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from netral.accounts.models import User
from netral.accounts.rights import Right
from netral.sealing import ReceiptSecrets
from netral.ui import clock

from ..content import ContactDetails, ReportBody
from ..models import Report
from ..selectors_public import report_of
from . import screening
from .submission import Submitted, already_recorded, register_report

# Nobody outside waits for an answer to what the agency saw itself.
WITHOUT_REPORTER = (Report.Channel.OWN,)


def enter_report(
    *,
    user: User,
    body: ReportBody,
    contact: ContactDetails | None,
    channel: str,
    kind: str,
    code: str | None,
) -> Submitted:
    """Records what someone brought to the officer. `code` is the receipt to hand over; None gives none.

    The same code again returns the report it stands for. Raises ValidationError by field, PermissionDenied.
    """
    if not user.has_right(Right.REPORTS_ENTER):
        raise PermissionDenied
    if channel == Report.Channel.WEB:
        raise ValidationError({"channel": _("Laporan dari situs masuk sendiri. Pilih saluran lain.")})
    if channel in WITHOUT_REPORTER:
        contact, code, kind = None, None, Report.Kind.FINDING
    if code and (known := _recorded(user, code)):
        return known
    submitted = register_report(
        agency=user.agency,
        body=body,
        contact=contact,
        channel=channel,
        kind=kind,
        actor=user.actor,
        code=code,
        now=clock.now(),
    )
    screening.screen(report=submitted.report)
    return submitted


def _recorded(user: User, code: str) -> Submitted | None:
    report = report_of(ReceiptSecrets.derive(code))
    return already_recorded(report, code) if report and report.agency_id == user.agency_id else None
