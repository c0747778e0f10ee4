"""Every field has its class: sealed, keyed index, or plain with its reason."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from netral.audit.models import LoggedModel

CLASSES = {"sealed", "keyed index", "plain"}
OURS = [model for model in apps.get_models() if model.__module__.startswith("netral.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_has_its_class_and_a_reason(model: type[models.Model]) -> None:
    declared = getattr(model, "FIELD_CLASSES", {})
    fields = {field.name for field in model._meta.get_fields() if isinstance(field, models.Field)}
    assert set(declared) == fields
    for name, (kind, reason) in declared.items():
        assert kind in CLASSES, name
        assert len(reason) > 3, name


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_what_is_sealed_is_bytes_and_what_is_text_is_plain_for_a_reason(model: type[models.Model]) -> None:
    for name, (kind, _) in model.FIELD_CLASSES.items():  # type: ignore[attr-defined]
        if kind == "sealed":
            assert isinstance(model._meta.get_field(name), models.BinaryField), name


@pytest.mark.parametrize(
    "model", [model for model in OURS if issubclass(model, LoggedModel)], ids=lambda model: model._meta.label
)
def test_logged_and_frozen_fields_exist(model: type[LoggedModel]) -> None:
    for name in (*model.LOGGED, *model.FROZEN):
        model._meta.get_field(name)
    assert model.LOGGED
    assert isinstance(model.subject, property), "a field of this name would hide the row's name in the log"
    sealed = {name for name, (kind, _) in model.FIELD_CLASSES.items() if kind == "sealed"}  # type: ignore[attr-defined]
    assert not sealed & set(model.LOGGED), "re-wrapping a key must not change a digest"
