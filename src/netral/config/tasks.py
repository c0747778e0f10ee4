"""What the worker does, and how often. Nothing a person waits for is here."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.sessions.models import Session

from netral.accounts import keys
from netral.accounts.models import Agency
from netral.audit import services as audit
from netral.audit.selectors import checked_at
from netral.config import inspection
from netral.config.worker import Task
from netral.evidence import cleaning
from netral.evidence.services import sweep_files
from netral.intake.selectors_public import draft_blobs
from netral.intake.services import expire_drafts, screening
from netral.publication.services import refresh_snapshots
from netral.ui import clock

MINUTE, HOUR, DAY = 60, 3600, 86_400
# A published head tells when the log grew: in service only to the hour, or it would tell the moment of a report.
HEAD_SECONDS = 2 if settings.NETRAL_DEMO else HOUR


def clean_next_file() -> bool:
    """One waiting file; True where there was one."""
    waiting = cleaning.claim_next()
    if waiting is None:
        return False
    cleaning.clean_file(stored_file=waiting, agency_key=keys.agency_key(waiting.agency))
    return True


def screen_reports() -> None:
    for agency in Agency.objects.all():
        while screening.screen_pending(agency=agency):
            pass


def sign_head() -> None:
    audit.sign_current_head(log_key=keys.log_key())


def check_register() -> None:
    """Once a day, whenever the worker was started."""
    last = checked_at()
    if last is None or clock.real_now() - last > dt.timedelta(days=1):
        audit.check_self(log_key=keys.log_key().public, beside=inspection.beside_the_log())


def forget_sessions() -> None:
    Session.objects.filter(expire_date__lt=clock.real_now()).delete()


TASKS: list[Task] = [
    Task("screen reports", screen_reports, every=2),
    Task("clean a file", clean_next_file, every=2),
    Task("sign the log's head", sign_head, every=HEAD_SECONDS),
    Task("publish figures", refresh_snapshots, every=5 * MINUTE),
    Task("expire drafts", lambda: expire_drafts(now=clock.real_now()), every=5 * MINUTE),
    Task("check the register", check_register, every=10 * MINUTE),
    Task("forget sessions", forget_sessions, every=HOUR),
    Task("sweep the store", lambda: sweep_files(also_named=draft_blobs), every=DAY),
]
