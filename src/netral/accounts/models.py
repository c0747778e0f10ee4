"""Agencies and the people who work in them."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from netral.audit.models import LoggedModel
from netral.sealing import SealPublicKey

from .rights import Role, has_right


class Agency(LoggedModel):
    """An institution that receives reports; its public keys seal what is meant for it."""

    slug = models.SlugField(_("kode"), max_length=40, unique=True)
    name = models.CharField(_("nama"), max_length=120)
    office = models.CharField(_("unit pengelola"), max_length=120)
    address = models.CharField(_("alamat"), max_length=240, blank=True, default="")
    phone = models.CharField(_("telepon"), max_length=40, blank=True, default="")
    seal_key = models.BinaryField(max_length=32)
    vault_key = models.BinaryField(max_length=32)
    study_days = models.PositiveSmallIntegerField(_("hari untuk kajian awal"), default=5)
    answer_days = models.PositiveSmallIntegerField(_("hari bagi pelapor untuk menjawab"), default=7)
    follow_up_days = models.PositiveSmallIntegerField(_("hari untuk tindak lanjut"), default=14)

    LOGGED = (
        "slug", "name", "office", "address", "phone", "seal_key", "vault_key",
        "study_days", "answer_days", "follow_up_days",
    )
    FROZEN = ("slug",)
    FIELD_CLASSES = {
        "id": ("plain", "opaque key"),
        **{name: ("plain", "published on the public site") for name in LOGGED},
    }

    class Meta:
        verbose_name = _("instansi")

    def __str__(self) -> str:
        return self.name

    @property
    def seal_public(self) -> SealPublicKey:
        return SealPublicKey.from_bytes(bytes(self.seal_key))

    @property
    def vault_public(self) -> SealPublicKey:
        return SealPublicKey.from_bytes(bytes(self.vault_key))


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=username)


class User(AbstractBaseUser, LoggedModel):
    """A person who signs in. No superusers: a role is all anyone has."""

    username = models.CharField(_("nama pengguna"), max_length=40, unique=True, validators=[ASCIIUsernameValidator()])
    full_name = models.CharField(_("nama lengkap"), max_length=120)
    email = models.EmailField(_("surel"), blank=True, default="")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="users", verbose_name=_("instansi"))
    role = models.CharField(_("peran"), max_length=20, choices=Role)
    is_active = models.BooleanField(_("aktif"), default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    LOGGED = ("username", "full_name", "email", "agency", "role", "is_active")
    FROZEN = ("username", "agency")
    FIELD_CLASSES = {
        "id": ("plain", "opaque key"),
        "password": ("plain", "Argon2id hash, not reversible"),
        "last_login": ("plain", "kept by the sign-in, shown to the person and the administrator"),
        "created_at": ("plain", "administrative"),
        **{name: ("plain", "directory of officers, visible to their agency's administrator") for name in LOGGED},
    }

    class Meta:
        verbose_name = _("pengguna")

    def __str__(self) -> str:
        return self.full_name

    @property
    def actor(self) -> str:
        """The name under which the log knows this person."""
        return f"user/{self.pk}"

    def has_right(self, right: str) -> bool:
        return self.is_active and has_right(self.role, right)

    def get_full_name(self) -> str:
        return self.full_name
