"""Decision, the ways back from it, the end without one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from netral.accounts.access import StaffRequest

from .. import forms, law, pages, selectors, services
from ..acting import act_page, plain_form
from ..codes import TeamKind
from ..models import Case
from ..signing import leader


def _decision_form(request: StaffRequest, case: Case, data: Any) -> forms.DecisionForm:
    assessment, team = selectors.assessment_of(case), selectors.team_of(case)
    choices = (
        law.choices_open(assessment, request.user.acts_as, by_team=team.kind == TeamKind.TEAM)
        if assessment and team and request.user.acts_as
        else []
    )
    title = leader(request.user).title
    return forms.DecisionForm(
        data, case=case, choices=choices, advice=pages.advice_of(case, choices), title=title
    )


decide = act_page(
    "decide",
    _decision_form,
    services.decide,
    heading=_("Keputusan"),
    text=_(
        "Inilah yang ditawarkan hukum pada tanggal perbuatan dan boleh Anda jatuhkan. Keputusan dibuat satu kali."
    ),
    label=_("Putuskan"),
    done=_("Perkara diputus. Sampaikan keputusannya kepada terlapor."),
    beside=pages.beside_with_file,
)
return_report = act_page(
    "return_report",
    plain_form(forms.ReasonForm),
    services.return_report,
    heading=_("Kembalikan laporan"),
    text=_("Pemeriksa yang sama menyusun laporan kembali."),
    label=_("Kembalikan"),
    done=_("Laporan dikembalikan kepada pemeriksa."),
)
reexamine = act_page(
    "reexamine",
    plain_form(forms.ReasonForm),
    services.reexamine,
    heading=_("Ulangi pemeriksaan"),
    text=_(
        "Pemeriksa ditetapkan lagi dan terlapor dipanggil lagi, misalnya karena panggilan pertama ternyata "
        "tidak sampai. Yang sudah dicatat tetap dalam berkas."
    ),
    label=_("Ulangi pemeriksaan"),
    done=_("Pemeriksaan diulang dari penetapan pemeriksa."),
)
reassess = act_page(
    "reassess",
    plain_form(forms.ReasonForm),
    services.reassess,
    heading=_("Nilai ulang"),
    text=_("Bila fakta berubah, hukum ditanya kembali dan terlapor didengar lagi atas fakta itu."),
    label=_("Nilai ulang"),
    done=_("Perkara kembali ke penilaian."),
)
stop = act_page(
    "stop",
    lambda request, case, data: forms.StopForm(data, case=case, title=leader(request.user).title),
    services.stop,
    heading=_("Hentikan perkara"),
    text=_(
        "Perkara berakhir tanpa keputusan tentang terlapor. Dasar dan alasannya tercatat; perkara dapat dibuka kembali."
    ),
    label=_("Hentikan"),
    done=_("Perkara dihentikan."),
)
reopen = act_page(
    "reopen",
    plain_form(forms.ReasonForm),
    services.reopen,
    heading=_("Buka kembali perkara"),
    text=_("Perkara yang dihentikan atau diteruskan dapat dibuka kembali; penilaian dimulai lagi."),
    label=_("Buka kembali"),
    done=_("Perkara dibuka kembali."),
)
