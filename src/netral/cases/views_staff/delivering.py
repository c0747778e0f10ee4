"""Delivery of a decision, its carrying out, remedies against it, the close."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from netral.accounts.access import StaffRequest
from netral.ui import clock

from .. import forms, pages, selectors, services
from ..acting import MakeForm, act_page, dated_form
from ..content import Person, Ruling
from ..letters import remedy_of
from ..models import Case
from ..sealed import Envelope
from ..signing import leader
from .case import button


def _decision_summons_form(_request: StaffRequest, case: Case, data: Any) -> forms.DecisionSummonsForm:
    """Before the decider, if nobody else is named."""
    decision = selectors.decision_of(case)
    before = Person()
    if decision:
        before = leader(decision.decider, Envelope.of(case).read(decision, Ruling).title).as_person()
    return forms.DecisionSummonsForm(data, case=case, before=before)


summon_decision = act_page(
    "summon_decision",
    _decision_summons_form,
    services.summon_decision,
    heading=_("Panggilan menerima keputusan"),
    text=_("Terlapor dipanggil secara tertulis untuk menerima keputusan. Surat bertanggal hari ini."),
    label=_("Buat panggilan"),
    done=_("Panggilan menerima keputusan dibuat; suratnya ada pada halaman ini."),
)
deliver = act_page(
    "deliver",
    dated_form(forms.DeliveryForm, "day"),
    services.deliver,
    heading=_("Penyampaian keputusan"),
    text=_("Sejak diterima berjalan masa upaya administratif dan hitungan mulai berlakunya keputusan."),
    label=_("Catat penyampaian"),
    done=_("Penyampaian dicatat."),
)
deliver_moral = act_page(
    "deliver_moral",
    dated_form(forms.DeliveryForm, "day"),
    services.deliver_moral,
    heading=_("Penyampaian keputusan"),
    text=_("Sesudah keputusan diterima, sanksi moral dilaksanakan dan pelaksanaannya dicatat."),
    label=_("Catat penyampaian"),
    done=_("Penyampaian dicatat. Laksanakan sanksinya, lalu catat pelaksanaannya."),
)


def _carry_out_form(_request: StaffRequest, case: Case, data: Any) -> forms.CarryOutForm:
    decision = selectors.decision_of(case)
    manner = decision.sanction if decision else ""
    return forms.CarryOutForm(data, case=case, manner=manner, initial={"day": clock.today()})


sanction_carried_out = act_page(
    "carry_out",
    _carry_out_form,
    services.carry_out,
    heading=_("Pelaksanaan sanksi moral"),
    text=_("Kapan, di mana, dan oleh siapa pernyataan disampaikan. Dengan pencatatan ini perkara selesai."),
    label=_("Catat pelaksanaan dan tutup"),
    done=_("Pelaksanaan sanksi moral dicatat; perkara selesai."),
    beside=pages.beside_with_sanction,
)
deliver_final = act_page(
    "deliver_final",
    dated_form(forms.DeliveryForm, "day"),
    services.deliver_final,
    heading=_("Penyampaian keputusan"),
    text=_("Dengan penyampaian ini perkara selesai."),
    label=_("Catat penyampaian dan tutup"),
    done=_("Penyampaian dicatat; perkara selesai."),
)


def _objection_form(_request: StaffRequest, case: Case, data: Any) -> forms.ObjectionForm:
    decision = selectors.decision_of(case)
    likely = {"kind": remedy_of(decision.sanction)} if decision and decision.sanction else {}
    return forms.ObjectionForm(data, case=case, initial={"filed_on": clock.today(), **likely})


object_to = act_page(
    "object",
    _objection_form,
    services.object_to,
    heading=_("Upaya administratif"),
    text=_(
        "Upaya yang diajukan lewat waktu, atau sesudah perkara selesai, tetap dicatat. Aturan yang dimuat tidak "
        "memastikan apakah sanksi moral dapat dilawan; yang memutus menilainya."
    ),
    label=_("Catat upaya"),
    done=_("Upaya administratif dicatat."),
)


def _result_form(*, ends: bool) -> MakeForm:
    return lambda _request, case, data: forms.ResultForm(
        data, case=case, results=selectors.results(case, ends=ends), initial={"resolved_on": clock.today()}
    )


resolve = act_page(
    "resolve",
    _result_form(ends=True),
    services.resolve,
    heading=_("Hasil upaya administratif"),
    label=_("Catat hasil"),
    done=_("Hasil upaya administratif dicatat; perkara selesai."),
)
resume = act_page(
    "resume",
    _result_form(ends=False),
    services.resume,
    heading=_("Hasil upaya administratif"),
    text=_("Sanksi moral tidak dibatalkan dan masih harus dilaksanakan."),
    label=_("Catat hasil dan lanjutkan sanksi"),
    done=_("Hasil upaya administratif dicatat. Laksanakan sanksinya, lalu catat pelaksanaannya."),
)

close = button("close", services.close, _("Perkara ditutup."))
