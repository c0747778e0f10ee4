"""Filters and components of Netral's pages: `{% load netral %}`."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, Select, SelectMultiple
from django.template import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from netral.sealing import CODE_LENGTH, group

from .. import clock
from ..keys import ALL_KEYS, Keys
from ..paging import AFTER, BEFORE, Page
from ..parts import SIGNS, Bar, Bubble, Crumb, Due, Event, Step, Tab, Tile

register = template.Library()

# A notice speaks by its title; these tones add their sign.
NOTICE_SIGNS = {tone: SIGNS[tone] for tone in ("danger", "ok", "disputed")}
# Up to this many calendar days ahead a deadline is counted instead of dated.
SOON_DAYS = 7


# Filters ------------------------------------------------------------------------------------------------


def _day(value: dt.date) -> dt.date:
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


@register.filter
def tanggal(value: dt.date | None) -> str:
    """Kamis, 24 Oktober 2024"""
    return date_format(_day(value), "l, j F Y") if value else ""


@register.filter
def tanggal_pendek(value: dt.date | None) -> str:
    """24 Okt 2024"""
    return date_format(_day(value), "j M Y") if value else ""


@register.filter
def saat(value: dt.date | None) -> str:
    """24 Okt 2024 09.12 for a moment; 24 Okt 2024 for a date."""
    if not value:
        return ""
    return date_format(_day(value), "j M Y H.i" if isinstance(value, dt.datetime) else "j M Y")


@register.filter
def angka(value: float | None) -> str:
    """1.158"""
    return "" if value is None else str(number_format(value, use_l10n=True, force_grouping=True))


@register.filter
def ukuran(size: int | None) -> str:
    """Bytes in powers of 1000 with one decimal, unless it is none: 2,3 MB, 50 MB"""
    if size is None:
        return ""
    if size < 1000:
        return f"{size} B"
    value = float(size)
    for unit in ("kB", "MB", "GB"):
        value /= 1000
        if value < 999.95 or unit == "GB":
            break
    value = round(value, 1)
    return f"{number_format(value, decimal_pos=0 if value.is_integer() else 1, use_l10n=True)} {unit}"


@register.filter
def kelompok(code: str) -> str:
    """A receipt code in its groups: XXXXX-XXXXX-XXXXX-XXXXX-XXXXXX"""
    bare = re.sub(r"[\s-]", "", code or "")
    return group(bare) if len(bare) == CODE_LENGTH else bare


# Deadlines and states -------------------------------------------------------------------------------------


def due_words(due: dt.date | None, today: dt.date, *, counted: bool = False) -> Due:
    """How far a deadline is, in calendar days, as tone, sign and words; a far one as its date, unless `counted`."""
    if due is None:
        return Due("ok", "✓", _("tanpa tenggat"), None)
    days = (due - today).days
    if days < 0:
        return Due("danger", "▲", ngettext("lewat %(n)s hari", "lewat %(n)s hari", -days) % {"n": -days}, due)
    if days == 0:
        return Due("warn", "●", _("hari ini"), due)
    if days <= SOON_DAYS:
        return Due("warn", "●", ngettext("%(n)s hari lagi", "%(n)s hari lagi", days) % {"n": days}, due)
    if counted:
        return Due("action", "", ngettext("%(n)s hari lagi", "%(n)s hari lagi", days) % {"n": days}, due)
    return Due("action", "", date_format(due, "j M Y" if due.year != today.year else "D, j M"), due)


@register.inclusion_tag("ui/parts/due.html")
def due(date: dt.date | None, today: dt.date | None = None, *, counted: bool = False) -> dict[str, Any]:
    """`{% due item.due %}`: the chip of a deadline; hovering and screen readers get the whole date.

    `counted=True` where the date itself stands beside it.
    """
    on = _day(date) if date else None
    day = on.date() if isinstance(on, dt.datetime) else on
    return {"due": due_words(day, today or clock.today(), counted=counted)}


@register.filter
def tone(level: str) -> str:
    """The tone of a message of Django's by its level tag."""
    return {"success": "ok", "warning": "warn", "error": "danger"}.get(level, "action")


@register.filter
def under(path: str, folder: str) -> bool:
    """Whether a path lies in a section of the site; the front page is no section."""
    return folder != "/" and path.startswith(folder)


@register.simple_tag
def chip(text: str, tone: str = "plain", sign: str | None = None) -> SafeString:
    """`{% chip "Sedang diperiksa" "action" %}`: a state in a word, with its tone's sign."""
    shown = SIGNS[tone] if sign is None else sign
    mark = format_html('<span aria-hidden="true">{}</span> ', shown) if shown else ""
    return format_html('<span class="chip chip--{}">{}{}</span>', tone, mark, text)


# Forms ----------------------------------------------------------------------------------------------------


def _kind(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    return "choices" if widget.use_fieldset and hasattr(widget, "option_template_name") else "single"


def _style(field: BoundField) -> None:
    """Give the widget the toolkit's class; a form owns its widgets, so this reaches no other form."""
    widget = field.field.widget
    if _kind(field) != "single":
        css = "form-check-input"
    else:
        css = "form-select" if isinstance(widget, (Select, SelectMultiple)) else "form-control"
    own = str(widget.attrs.get("class", ""))
    if css not in own.split():
        widget.attrs["class"] = f"{own} {css}".strip()


def _first_id(field: BoundField) -> str:
    """The id of the element that an error links to."""
    return str(field.id_for_label or (f"{field.auto_id}_0" if _kind(field) == "choices" else field.auto_id))


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """`{% field form.name %}`: label, hint, error and control, tied together for screen readers."""
    _style(bound)
    return {"field": bound, "kind": _kind(bound)}


@register.inclusion_tag("ui/parts/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """`{% fields form %}`: hidden fields, then each visible one by `field`."""
    return {"form": form}


@register.inclusion_tag("ui/parts/errors.html")
def errors(*forms: BaseForm) -> dict[str, Any]:
    """`{% errors form %}`: what to mend, on top of the page, each line a link to its field."""
    return {"errors": list(_all_errors(forms))}


def _all_errors(forms: Iterable[BaseForm]) -> Iterator[dict[str, str]]:
    for form in forms:
        for name, messages in form.errors.items():
            bound = form[name] if name in form.fields else None
            for message in messages:
                yield {
                    "target": _first_id(bound) if bound and not bound.is_hidden else "",
                    "label": str(bound.label) if bound and str(bound.label) not in message else "",
                    "message": str(message),
                }


# Components with data -------------------------------------------------------------------------------------


@register.inclusion_tag("ui/parts/steps.html")
def steps(items: Sequence[Step], label: str = "") -> dict[str, Any]:
    """The way from top to bottom (a reporter's page)."""
    return {"items": items, "label": label or _("Perjalanan")}


@register.inclusion_tag("ui/parts/track.html")
def track(items: Sequence[Step], label: str = "") -> dict[str, Any]:
    """The same way from left to right (an officer's page); a phone names the present step only."""
    return {"items": items, "label": label or _("Tahapan")}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(items: Sequence[Event]) -> dict[str, Any]:
    """What has been, newest first as given. In a demonstration a history tells real time beside the held date."""
    return {"items": items, "held": clock.held_by_demo()}


@register.inclusion_tag("ui/parts/bubbles.html")
def bubbles(items: Sequence[Bubble], label: str = "") -> dict[str, Any]:
    """A dialogue; the reader's own messages stand on the right."""
    return {"items": items, "label": label or _("Pesan")}


@register.inclusion_tag("ui/parts/tiles.html")
def tiles(items: Sequence[Tile]) -> dict[str, Any]:
    """Big numbers in a row."""
    return {"items": items}


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(items: Sequence[Tab], name: str, label: str) -> dict[str, Any]:
    """`{% tabs tabs "tab" "Antrean" %}`: links to `?tab=…`, the present one marked."""
    return {"items": items, "name": name, "label": label}


@register.inclusion_tag("ui/parts/breadcrumb.html")
def breadcrumb(items: Sequence[Crumb]) -> dict[str, Any]:
    """Where this page stands; the last item is the page itself."""
    return {"items": items}


@register.inclusion_tag("ui/parts/facts.html")
def facts(items: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Pairs of term and value; an empty value is shown as a dash."""
    return {"items": items}


@register.inclusion_tag("ui/parts/pages.html", takes_context=True)
def pages(context: Context, page: Page[Any]) -> dict[str, Any]:
    """`{% pages page %}`: to the neighbouring pages, as far as there are any; all else in the address is kept."""
    address = context["request"].GET.copy()

    def at(name: str, place: str) -> str:
        for other in (AFTER, BEFORE):
            address.pop(other, None)
        address[name] = place
        return f"?{address.urlencode()}" if place else ""

    return {"previous": at(BEFORE, page.before), "following": at(AFTER, page.after)}


@register.inclusion_tag("ui/parts/bar_chart.html")
def bar_chart(bars: Sequence[Bar], caption: str, head: str, unit: str = "") -> dict[str, Any]:
    """Bars and their numbers in one table, so that nobody gets less than another."""
    top = max((bar.value for bar in bars if bar.value is not None), default=0) or 1
    rows = [{"bar": bar, "percent": round(100 * bar.value / top, 1) if bar.value else 0} for bar in bars]
    return {"rows": rows, "caption": caption, "head": head, "unit": unit}


@register.inclusion_tag("ui/parts/progress.html")
def progress(part: int, whole: int, label: str) -> dict[str, Any]:
    """How much of a stage has passed, as a line; `label` says the same in words to screen readers."""
    return {"percent": round(100 * min(max(part, 0), whole) / whole, 1) if whole else 0, "label": label}


@register.simple_tag
def all_keys() -> tuple[Keys, ...]:
    """`{% all_keys as keys %}`: for the list behind `?`."""
    return ALL_KEYS


@register.inclusion_tag("ui/parts/keys.html")
def keys(*pairs: str) -> dict[str, Any]:
    """`{% keys "J K" "pindah" "Enter" "buka" %}`: which key does what."""
    return {"pairs": [(pairs[at].split(), pairs[at + 1]) for at in range(0, len(pairs) - 1, 2)]}


# Components around content --------------------------------------------------------------------------------


@register.simple_block_tag
def notice(content: str, tone: str = "action", title: str = "") -> SafeString:
    """`{% notice "disputed" "Diperdebatkan." %}…{% endnotice %}`"""
    return render_to_string(
        "ui/parts/notice.html",
        {"content": content, "tone": tone, "title": title, "sign": NOTICE_SIGNS.get(tone, "")},
    )


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """`{% empty "Belum ada laporan" %}how it gets here{% endempty %}`"""
    return render_to_string("ui/parts/empty.html", {"content": content, "title": title})


@register.simple_block_tag
def table(content: str, label: str, cards: bool = False) -> SafeString:
    """`{% table "Antrean" %}<thead>…{% endtable %}`: scrolls sideways and can be reached by keyboard.

    With `cards=True` a row becomes a card on a phone; each `td` then names its column in `data-label`.
    """
    return render_to_string("ui/parts/table.html", {"content": content, "label": label, "cards": cards})


@register.simple_block_tag(takes_context=True)
def confirm(context: Context, content: str, action: str, label: str, tone: str = "danger") -> SafeString:
    """A button that first opens what it will do and what it needs; the form posts to `action`."""
    return render_to_string(
        "ui/parts/confirm.html",
        {
            "content": content,
            "action": action,
            "label": label,
            "tone": tone,
            "csrf_token": context.get("csrf_token"),
        },
    )
