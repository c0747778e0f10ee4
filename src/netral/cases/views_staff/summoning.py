"""Summons, their day put off, and who did not come."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from netral.accounts.access import StaffRequest
from netral.ui import clock

from .. import clocks, forms, pages, selectors, services
from ..acting import MakeForm, act_page, plain_form
from ..content import Sitting
from ..models import Case
from ..sealed import Envelope


def _summons_form(form_class: type[forms.SummonsForm]) -> MakeForm:
    """Knows the days the law allows, and where the last sitting was."""

    def make(_request: StaffRequest, case: Case, data: Any) -> forms.SummonsForm:
        before = selectors.summons_of(case)
        last = Envelope.of(case).read(before, Sitting) if before else None
        days = clocks.hearing_days(case, clock.today())
        return form_class(data, case=case, days=days, last=last)

    return make


summon = act_page(
    "summon",
    _summons_form(forms.SummonsForm),
    services.summon,
    heading=_("Panggilan I"),
    text=_("Terlapor dipanggil secara tertulis. Surat bertanggal hari ini."),
    label=_("Panggil terlapor"),
    done=_("Panggilan I dibuat; suratnya ada pada halaman ini."),
    template="cases/staff/summon.html",
)
summon_again = act_page(
    "summon_again",
    _summons_form(forms.SummonsForm),
    services.summon_again,
    heading=_("Panggilan II"),
    text=_(
        "Bila terlapor tetap tidak hadir, perkara diputus dari bukti yang ada. Surat bertanggal hari ini."
    ),
    label=_("Panggil lagi"),
    done=_("Panggilan II dibuat; suratnya ada pada halaman ini."),
    template="cases/staff/summon.html",
)
postpone = act_page(
    "postpone",
    _summons_form(forms.PostponeForm),
    services.postpone,
    heading=_("Tunda pemeriksaan"),
    text=_("Hari yang baru diberitahukan dengan surat baru."),
    label=_("Tunda"),
    done=_("Pemeriksaan ditunda; surat barunya ada pada halaman ini."),
    template="cases/staff/summon.html",
)


absent = act_page(
    "absent",
    plain_form(forms.AbsenceForm),
    services.absent,
    heading=_("Terlapor tidak hadir"),
    label=_("Catat tidak hadir"),
    done=_("Ketidakhadiran dicatat. Buat panggilan kedua."),
    template="cases/staff/absent.html",
    beside=pages.beside_with_file,
)
absent_again = act_page(
    "absent_again",
    plain_form(forms.AbsenceForm),
    services.absent_again,
    heading=_("Terlapor tidak hadir lagi"),
    label=_("Catat tidak hadir lagi"),
    done=_("Ketidakhadiran kedua dicatat."),
    template="cases/staff/absent.html",
    beside=pages.beside_with_file,
)
withdraw_absence = act_page(
    "withdraw_absence",
    plain_form(forms.ReasonForm),
    services.withdraw_absence,
    heading=_("Cabut ketidakhadiran"),
    text=_("Bila keliru dicatat. Perkara kembali menunggu pemeriksaan: catat pemeriksaannya, atau tunda."),
    label=_("Cabut ketidakhadiran"),
    done=_("Ketidakhadiran dicabut. Catat pemeriksaannya, atau tetapkan hari baru."),
    beside=pages.beside_with_file,
)
withdraw_absence_again = act_page(
    "withdraw_absence_again",
    plain_form(forms.ReasonForm),
    services.withdraw_absence_again,
    heading=_("Cabut ketidakhadiran kedua"),
    text=_(
        "Bila keliru dicatat. Perkara kembali menunggu pemeriksaan; laporan yang sudah ada disusun lagi sesudahnya."
    ),
    label=_("Cabut ketidakhadiran"),
    done=_("Ketidakhadiran dicabut. Catat pemeriksaannya, atau tetapkan hari baru."),
    beside=pages.beside_with_file,
)
