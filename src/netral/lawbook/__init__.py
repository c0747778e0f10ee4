"""The law as dated data. No Django, nothing of the house."""

from .conduct import (
    OTHER,
    ConductGroup,
    ConductKind,
    ReportChoices,
    Text,
    conduct_kinds,
    reportable_kinds,
)
from .sources import LawbookError

__all__ = [
    "OTHER",
    "ConductGroup",
    "ConductKind",
    "LawbookError",
    "ReportChoices",
    "Text",
    "conduct_kinds",
    "reportable_kinds",
]
