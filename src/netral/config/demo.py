"""Loads the demonstration through the same services that people use, each act on its own day."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from netral.accounts import keys
from netral.accounts import services as accounts
from netral.accounts.models import Agency, User
from netral.config.demo_cases import load_cases
from netral.config.demo_people import roster_csv
from netral.config.demo_photos import photo
from netral.config.demo_plan import AGENCY
from netral.config.demo_reports import DemoReport, demo_reports
from netral.config.demo_text import ACCOUNTS, DEMO_DATE, PASSWORD, RECEIPT_CODE
from netral.config.people import make_agency
from netral.evidence import cleaning
from netral.evidence.facts import SealedUpload
from netral.evidence.uploads import SealingUploadHandler
from netral.intake.content import ContactDetails, ReportBody
from netral.intake.models import Report
from netral.intake.requirements import IDENTITY, Finding, requirements
from netral.intake.selectors import possible_owners
from netral.intake.services import entry, handling, mark_read, receive_message, register_report, screening
from netral.publication.services import refresh_snapshots
from netral.roster.models import Official
from netral.roster.services import import_roster, link_account
from netral.sealing import CODE_LENGTH, AgencyKeys, ReceiptSecrets, new_object_id, normalise
from netral.sealing.receipt import ALPHABET
from netral.ui import clock

NAMES = {
    "demo-admin": "Rukmini Sekar Danu",
    "demo-petugas": "Bagas Wirya Tanaka",
    "demo-pemeriksa": "Larasati Umbu Pance",
    "demo-koordinator": "Harun Bintang Samosa",
    "demo-pimpinan": "Sutan Arga Malintang",
    "demo-pengawas": "Yohana Petra Lasut",
}
# The examiner works below a head of office who is reported twice: those two reports are closed to her.
EXAMINER_UNIT, EXAMINER_POST = "Badan Kepegawaian", "Analis Kebijakan Ahli Muda"
LAST_WORKING_DAY = dt.date(2024, 10, 18)  # before the demo date, a Sunday
IN_HAND = ("kajian", "menunggu_pelapor", "lengkap")
WITH_PHOTO = 3  # every third report from the site
SIGNS = ("PASANGAN CALON A", "PASANGAN CALON B", "TEMU WARGA")
REASONS = {
    "bukan_asn": "Orang yang dilaporkan bukan ASN.",
    "bukan_netralitas": "Uraian tidak menyangkut netralitas dalam pemilihan.",
    "instansi_lain": "Diteruskan kepada instansi tempat terlapor bekerja.",
    "tidak_dilengkapi": "Pelapor tidak menjawab sampai batas waktu.",
    "tanpa_petunjuk": "Tidak ada waktu, tempat, atau bukti yang dapat diperiksa.",
    "sudah_ada": "Perkara yang sama sudah ditangani dalam laporan lain.",
}

Officers = dict[str, User]


def load(public_keys: AgencyKeys) -> str:
    """Everything of the demonstration; returns a sentence about it."""
    agency = make_agency(AGENCY, public_keys)
    officers = _officers(agency)
    import_roster(user=officers["koordinator"], data=roster_csv(), file_name="pegawai-way-tirta.csv")
    _link_examiner(officers)
    matters = [_Matter(story, at, officers) for at, story in enumerate(demo_reports())]
    for matter in sorted(matters, key=lambda matter: matter.story.received_on):
        matter.receive(agency)
    screening.screen_pending(agency=agency, limit=len(matters))
    for matter in matters:
        matter.handle()
    for matter in matters:
        if matter.story.merged_into is not None:
            matter.merge(matters[matter.story.merged_into].report)
    for matter in matters:
        if matter.story.state == "ditutup":
            matter.close()
    cases = load_cases(officers, LAST_WORKING_DAY)
    while waiting := cleaning.claim_next():
        cleaning.clean_file(stored_file=waiting, agency_key=keys.agency_key(agency))
    refresh_snapshots()
    people = Official.objects.filter(agency=agency).count()
    return f"{len(officers)} petugas, {people} pegawai, {len(matters)} laporan, {cases} perkara."


def _officers(agency: Agency) -> Officers:
    officers = {
        role: accounts.create_demo_user(
            agency=agency, username=username, full_name=NAMES[username], role=role, password=PASSWORD
        )
        for username, role, _ in ACCOUNTS
    }
    leader = officers["pimpinan"]
    officers["pimpinan"] = accounts.update_user(
        user=leader, full_name=leader.full_name, email="", role=leader.role, acts_as="ppk_kabkota",
        by=officers["administrator"],
    )  # fmt: skip
    return officers


def _link_examiner(officers: Officers) -> None:
    found = Official.objects.filter(
        unit__name__startswith=EXAMINER_UNIT, position__title=EXAMINER_POST, active=True
    ).order_by("nip")
    link_account(user=officers["administrator"], official=found[0], account=officers["pemeriksa"])


@dataclass
class _Matter:
    """One report on its way through the services; `day` moves on with every act, never past the demo date."""

    story: DemoReport
    at: int
    officers: Officers

    def __post_init__(self) -> None:
        self.moment = dt.datetime.combine(self.story.received_on, dt.time(8 + self.at % 9, 7 * self.at % 60))
        self.code = _code(self.at)
        self.officer = self.officers["petugas" if self.at % 2 else "koordinator"]

    # Coming in

    def receive(self, agency: Agency) -> None:
        story = self.story
        contact = ContactDetails(contact_name=story.contact_name, contact_phone=story.contact_phone)
        with clock.at(self.moment):
            if story.channel == Report.Channel.WEB:
                self.report = register_report(
                    agency=agency, body=self._body(), contact=contact or None, channel=story.channel,
                    kind=story.kind, actor="public", code=self.code, files=self._photos(), now=clock.now(),
                ).report  # fmt: skip
            else:
                self.report = entry.enter_report(
                    user=self.officers["petugas"], body=self._body(), contact=contact or None,
                    channel=story.channel, kind=story.kind, code=self.code,
                ).report  # fmt: skip

    def _body(self) -> ReportBody:
        story = self.story
        return ReportBody(
            acts=story.acts, story=story.story, who_name=story.who_name, who_office=story.who_office,
            who_role=story.who_role, when_date=story.when_date, when_text=story.when_text,
            where=story.where, link=story.link,
        )  # fmt: skip

    def _photos(self, *, later: bool = False) -> list[SealedUpload]:
        """Of some reports, with the report itself; of some others `later`, with an answer."""
        if self.at % WITH_PHOTO != (1 if later else 0):
            return []
        taken = f"{self.story.received_on:%Y:%m:%d} 10:00:00"
        data = photo(self.at, SIGNS[self.at // WITH_PHOTO % len(SIGNS)], taken)
        return _sealed(data, f"IMG_{self.at:04}.jpg")

    # Being worked on

    def handle(self) -> None:
        """Up to the story's state; merging and closing come after everyone's study."""
        state = self.story.state
        if state == "diterima":
            return
        if state in IN_HAND:
            # What is still open was taken up lately, so that most of it is not yet due.
            self.moment = max(self.moment, self._latest() - dt.timedelta(days=4 + self.at % 5))
        self._do(handling.start_study)
        if self.story.respondent_nip:
            official = Official.objects.get(agency=self.report.agency, nip=self.story.respondent_nip)
            self._do(handling.name_respondent, official=official)
        self._give_to_examiner()
        self._talk()
        if state == "lengkap":
            self._do(
                handling.save_study,
                items=self._findings(Finding.MET),
                note="Syarat terpenuhi; siap ditindaklanjuti.",
            )
            self._do(handling.complete_study)
        elif state == "kajian":
            self._do(
                handling.save_study,
                items=self._findings(Finding.MISSING),
                note="Bukti masih perlu dilengkapi.",
            )

    def _give_to_examiner(self) -> None:
        examiner = self.officers["pemeriksa"]
        if self.at % 3 == 0 and examiner in possible_owners(self.report):
            self._do(handling.assign, by=self.officers["koordinator"], owner=examiner)
            self.officer = examiner

    def _talk(self) -> None:
        """The dialogue as the story has it; where it goes on afterwards, the study is taken up again."""
        for message in self.story.messages:
            if message.by == "agency":
                self._do(handling.ask_reporter, text=message.text)
                continue
            with clock.at(self._next()):
                receive_message(
                    report=self.report, receipt=ReceiptSecrets.derive(self.code), text=message.text,
                    object_id=new_object_id(), now=clock.now(), files=self._photos(later=True),
                )  # fmt: skip
        self.report.refresh_from_db()
        if self.story.state != self.report.state == "menunggu_pelapor":
            with clock.at(self._next()):
                mark_read(report=self.report, user=self.officer, now=clock.now())
            self._do(handling.resume_study)

    def _findings(self, evidence: Finding) -> dict[str, str]:
        known = dict.fromkeys(requirements(), str(Finding.MET))
        identity = Finding.MET if self.story.contact_name else Finding.NOT_APPLICABLE
        if self.story.kind == Report.Kind.REPORT and not self.story.contact_name:
            identity = Finding.MISSING
        return {
            **known,
            IDENTITY: str(identity),
            "tanda_tangan": str(Finding.NOT_APPLICABLE),
            "bukti": str(evidence),
        }

    def merge(self, into: Report) -> None:
        into.refresh_from_db()
        self._do(
            handling.merge, by=self.officers["koordinator"], into=into,
            reason="Menceritakan kejadian yang sama di tempat dan waktu yang sama.",
        )  # fmt: skip

    def close(self) -> None:
        reason = self.story.closing_reason
        self._do(
            handling.close, by=self.officers["koordinator"], closing_reason=reason, reason=REASONS[reason]
        )

    def _do(self, act: Callable[..., object], *, by: User | None = None, **details: Any) -> None:
        self.report.refresh_from_db()
        with clock.at(self._next()):
            act(report=self.report, user=by or self.officer, revision=self.report.revision, **details)
        self.report.refresh_from_db()

    def _next(self) -> dt.datetime:
        self.moment = min(self.moment + dt.timedelta(days=1), max(self._latest(), self.moment))
        return self.moment

    def _latest(self) -> dt.datetime:
        return dt.datetime.combine(dt.date.fromisoformat(DEMO_DATE), dt.time(8))


def _code(at: int) -> str:
    """The receipt's code of the report at this position, always the same; one of them is told at the start."""
    if at == TOLD:
        return normalise(RECEIPT_CODE)
    digest = hashlib.sha256(f"netral peragaan {at}".encode()).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:CODE_LENGTH])


TOLD = next(at for at, story in enumerate(demo_reports()) if story.state == "menunggu_pelapor")


def _sealed(data: bytes, name: str) -> list[SealedUpload]:
    """The file as the site's own upload handler seals it."""
    handler = SealingUploadHandler(HttpRequest())
    handler.new_file("files", name, "image/jpeg", len(data))
    handler.receive_data_chunk(data, 0)
    handler.file_complete(len(data))
    taken = handler.take("files")
    return [upload for upload in taken if isinstance(upload, SealedUpload)]
