"""Agencies and the people who work in them."""

from __future__ import annotations

from datetime import UTC
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from netral.audit.classes import ADMINISTRATIVE, OPAQUE
from netral.audit.models import LoggedModel
from netral.sealing import SealPublicKey

from .rights import Role, has_right

DEMO_PREFIX = "demo-"  # accounts of a demonstration; no process serves with them outside one
USERNAME = RegexValidator(
    r"^[a-z][a-z0-9.-]{2,39}\Z",
    _("3 sampai 40 karakter: huruf kecil, angka, titik, dan tanda hubung; diawali huruf."),
)
ONE_LINE = RegexValidator(
    r"^[^\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]*\Z",
    _("Satu baris tanpa karakter kendali atau karakter tak terlihat."),
)
DAYS = (MinValueValidator(1), MaxValueValidator(90))
# What the number of a letter is made of; without number or year it would come twice.
LETTER_PARTS = ("{nomor}", "{bulan}", "{tahun}")


def letter_pattern(pattern: str) -> None:
    """A pattern of numbers such as `800.1.6.4/{nomor}/NET/{tahun}`. Raises ValidationError."""
    for part in ("{nomor}", "{tahun}"):
        if pattern.count(part) != 1:
            raise ValidationError(
                _("“%(pattern)s” harus memuat %(part)s tepat satu kali."),
                params={"pattern": pattern, "part": part},
            )
    rest = pattern
    for part in LETTER_PARTS:
        rest = rest.replace(part, "")
    if "{" in rest or "}" in rest:
        raise ValidationError(
            _("“%(pattern)s” memuat kurung kurawal lain; yang dikenal hanya {nomor}, {bulan}, dan {tahun}."),
            params={"pattern": pattern},
        )


# By how many days an agency wants each step done, where the law sets none.
STANDARDS = (
    "study_days",
    "answer_days",
    "follow_up_days",
    "assess_days",
    "appoint_days",
    "summon_days",
    "report_days",
    "decide_days",
)


class Agency(LoggedModel):
    """An institution that receives reports; its public keys seal what is meant for it."""

    class Kind(models.TextChoices):
        """As `lawbook` names it: who is competent in discipline depends on it."""

        CENTRAL = "pusat", _("instansi pusat")
        PROVINCE = "provinsi", _("pemerintah provinsi")
        REGENCY = "kabupaten_kota", _("pemerintah kabupaten atau kota")
        VERTICAL = "vertikal", _("instansi vertikal di daerah")

    slug = models.SlugField(_("kode"), max_length=40, unique=True)
    kind = models.CharField(_("jenis instansi"), max_length=20, choices=Kind, default=Kind.REGENCY)
    name = models.CharField(_("nama"), max_length=120, validators=[ONE_LINE])
    office = models.CharField(_("unit pengelola"), max_length=120, validators=[ONE_LINE])
    address = models.CharField(_("alamat"), max_length=240, blank=True, default="", validators=[ONE_LINE])
    phone = models.CharField(_("telepon"), max_length=40, blank=True, default="", validators=[ONE_LINE])
    seal_key = models.BinaryField(max_length=32)
    vault_key = models.BinaryField(max_length=32)
    study_days = models.PositiveSmallIntegerField(_("hari untuk kajian awal"), default=5, validators=DAYS)
    answer_days = models.PositiveSmallIntegerField(
        _("hari bagi pelapor untuk menjawab"), default=7, validators=DAYS
    )
    follow_up_days = models.PositiveSmallIntegerField(
        _("hari untuk tindak lanjut"), default=14, validators=DAYS
    )

    assess_days = models.PositiveSmallIntegerField(
        _("hari untuk menilai perkara"), default=5, validators=DAYS
    )
    appoint_days = models.PositiveSmallIntegerField(
        _("hari untuk menetapkan pemeriksa"), default=5, validators=DAYS
    )
    summon_days = models.PositiveSmallIntegerField(_("hari untuk memanggil"), default=3, validators=DAYS)
    report_days = models.PositiveSmallIntegerField(
        _("hari untuk laporan hasil pemeriksaan"), default=7, validators=DAYS
    )
    decide_days = models.PositiveSmallIntegerField(_("hari untuk memutus"), default=14, validators=DAYS)
    letter_pattern = models.CharField(
        _("pola nomor surat"),
        max_length=60,
        default="800.1.6.4/{nomor}/NET/{tahun}",
        validators=[ONE_LINE, letter_pattern],
    )

    LOGGED = (
        "slug",
        "kind",
        "name",
        "office",
        "address",
        "phone",
        "seal_key",
        "vault_key",
        *STANDARDS,
        "letter_pattern",
    )
    FROZEN = ("slug",)
    FIELD_CLASSES = {
        "id": OPAQUE,
        **dict.fromkeys(LOGGED, ("plain", "published on the public site")),
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
        """Names are kept in lower case; a phone that writes a capital finds them all the same."""
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser, LoggedModel):
    """A person who signs in. No superusers: a role is all anyone has."""

    username = models.CharField(
        _("nama pengguna"),
        max_length=40,
        unique=True,
        validators=[USERNAME],
        error_messages={"unique": _("Nama pengguna ini sudah dipakai.")},
    )
    full_name = models.CharField(_("nama lengkap"), max_length=120, validators=[ONE_LINE])
    email = models.EmailField(_("surel"), blank=True, default="")
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="users", verbose_name=_("instansi")
    )
    role = models.CharField(_("peran"), max_length=20, choices=Role)
    acts_as = models.CharField(_("memutus sebagai"), max_length=40, blank=True, default="")
    is_active = models.BooleanField(_("aktif"), default=True)
    created_at = models.DateTimeField(default=timezone.now)
    # RFC 6238 section 5.2: a code is accepted once. The newest accepted time step; it and older ones are spent.
    totp_step = models.BigIntegerField(default=0)
    # Counted up to end every session of the person at once.
    session_epoch = models.PositiveIntegerField(default=0)

    single_keys = models.BooleanField(_("pintasan satu tombol"), default=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    # The password's hash is part of the row's digest alone: a password set behind the log's back shows.
    LOGGED = ("username", "full_name", "email", "agency", "role", "acts_as", "is_active", "password")
    FROZEN = ("username", "agency")
    FIELD_CLASSES = {
        "id": OPAQUE,
        **dict.fromkeys(LOGGED, ("plain", "directory of officers, visible to their agency's administrator")),
        "password": ("plain", "Argon2id hash, not reversible"),
        "last_login": ("plain", "kept by the sign-in, shown to the person and the administrator"),
        "created_at": ADMINISTRATIVE,
        "totp_step": ("plain", "a half-minute of the clock; opens nothing"),
        "single_keys": ("plain", "a preference of the pages; opens nothing"),
        "session_epoch": ("plain", "a counter; opens nothing"),
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

    def check_password(self, raw_password: str) -> bool:
        """As Django's, but no sign-in makes the hash anew: one put there behind the log's back would enter the log."""
        return check_password(raw_password, self.password)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Ties a session to the password, as Django does, and to `session_epoch`."""
        return salted_hmac(
            "netral.accounts.session",
            f"{self.session_epoch}:{self.password}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()


class Activation(models.Model):
    """A one-time way in: whoever holds the token sets the person's password, once, before it expires."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="activations")
    token_hash = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    FIELD_CLASSES = {
        "id": OPAQUE,
        "user": ADMINISTRATIVE,
        "token_hash": ("plain", "hash of 256 random bits, not reversible"),
        "expires_at": ADMINISTRATIVE,
        "used_at": ADMINISTRATIVE,
    }

    class Meta:
        verbose_name = _("aktivasi")

    def __str__(self) -> str:
        return f"{self.user_id} {self.expires_at}"

    @property
    def fingerprint(self) -> str:
        """By what the log knows this link: its token's hash, and until when it opens."""
        return f"{bytes(self.token_hash).hex()} {self.expires_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
