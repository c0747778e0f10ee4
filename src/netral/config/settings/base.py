"""Settings that every process shares.

Values come from the environment or from `netral.env` in the home folder; `NAME_FILE` names a file that holds
the value. A wrong value stops the start with one sentence.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import FileAwareEnv

env = FileAwareEnv()
NETRAL_HOME = Path(env.str("NETRAL_HOME", "var")).resolve()
env.read_env(NETRAL_HOME / "netral.env", recurse=False)

DEBUG = False
SITE: str = ""  # "public", "staff" or "worker": which process this is

SECRET_KEY: str
ALLOWED_HOSTS: list[str] = env.list("NETRAL_HOSTS", ["localhost", "127.0.0.1", "[::1]"])

# The day on which the legal clocks stand in a demonstration; None in service.
NETRAL_DEMO_DATE = env.date("NETRAL_DEMO_DATE", None)
NETRAL_DEMO: bool = NETRAL_DEMO_DATE is not None
# The agency whose public site this is, by slug.
NETRAL_AGENCY: str = env.str("NETRAL_AGENCY", "")
NETRAL_SITE_AGENCY = "netral.accounts.selectors.site_agency"
NETRAL_SITE_STAGE = "netral.guidance.agenda.stage_of_the_day"
NETRAL_NAV_COUNTS = "netral.desk.selectors.nav_counts"
# Identity of the log, fixed at `netral init`.
NETRAL_ORIGIN: str = env.str("NETRAL_ORIGIN", "netral/belum-diatur")
# Key places by process; each may lie on a medium of its own.
NETRAL_KEYS: dict[str, Path] = {
    place: Path(env.str(f"NETRAL_KEYS_{place.upper()}", str(NETRAL_HOME / "keys" / place)))
    for place in ("public", "staff", "worker")
}
NETRAL_FILES: Path = Path(env.str("NETRAL_FILES", str(NETRAL_HOME / "files")))
NETRAL_HEADS: Path = Path(env.str("NETRAL_HEADS", str(NETRAL_HOME / "heads")))
NETRAL_TRUSTED_PROXY: bool = env.bool("NETRAL_TRUSTED_PROXY", False)
NETRAL_SECURE: bool = env.bool("NETRAL_SECURE", not NETRAL_DEMO)
NETRAL_PUBLIC_URL: str = env.str("NETRAL_PUBLIC_URL", "http://localhost:8000")
NETRAL_STAFF_URL: str = env.str("NETRAL_STAFF_URL", "http://localhost:8001")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "netral.ui",
    "netral.audit",
    "netral.worklist",
    "netral.accounts",
    "netral.roster",
    "netral.evidence",
    "netral.documents",
    "netral.cases",
    "netral.intake",
    "netral.guidance",
    "netral.desk",
    "netral.publication",
]

SQLITE_OPTIONS: dict[str, Any] = {
    # A writer queues at BEGIN instead of failing in the middle of its transaction.
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-4000;",
}


def databases(url: str) -> dict[str, Any]:
    """The register and the disposable state, for a SQLite home or a PostgreSQL address."""
    if url:
        if not url.startswith(("postgres://", "postgresql://")):
            raise ImproperlyConfigured(
                f"NETRAL_DATABASE={url!r}: harus alamat postgresql:// atau kosong (SQLite di folder rumah)."
            )
        # Four web and worker processes together stay below PostgreSQL's usual 100 connections.
        disposable = _postgres(url, connections=4) | {"TEST": {"MIRROR": "default"}}
        return {"default": _postgres(url, connections=18), "disposable": disposable}
    return {
        "default": {
            "ENGINE": "netral.config.sqlite",
            "NAME": NETRAL_HOME / "register.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
            "CONN_MAX_AGE": None,
        },
        "disposable": {
            "ENGINE": "netral.config.sqlite",
            "NAME": NETRAL_HOME / "disposable.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 5,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
            },
            "CONN_MAX_AGE": None,
        },
    }


def _postgres(url: str, *, connections: int) -> dict[str, Any]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": query.pop("port", str(parts.port or "")),
        "OPTIONS": {"pool": {"min_size": 0, "max_size": connections, "timeout": 30}, **query},
    }


DATABASES = databases(env.str("NETRAL_DATABASE", ""))
DATABASE_ROUTERS = ["netral.config.routers.RegisterOnly"]

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "netral.ui.context.shell",
            ],
        },
    }
]

LANGUAGE_CODE = "id"
TIME_ZONE = env.str("NETRAL_TIME_ZONE", "Asia/Jakarta")
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = NETRAL_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": with it a browser sends "Origin: null" with our own forms, and no token check can pass them.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if NETRAL_SECURE else 0
SECURE_SSL_REDIRECT = NETRAL_SECURE and not env.bool("NETRAL_TLS_AT_PROXY", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if NETRAL_TRUSTED_PROXY else None
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = NETRAL_SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "netral.ui.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "form-action": ["'self'"],
        "connect-src": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}


def cookie(name: str) -> str:
    """A cookie's name: `__Host-` ties it to this host and to TLS wherever TLS is there."""
    return f"__Host-{name}" if NETRAL_SECURE else name


# Holds the receipt code while a reporter fills the form.
NETRAL_FORM_COOKIE: str = cookie("netral-laporan")
# Where "Keluar cepat" leads: any page that tells nothing.
NETRAL_EXIT_URL: str = env.str("NETRAL_EXIT_URL", "https://id.wikipedia.org/wiki/Halaman_Utama")


def secret(place: str) -> str:
    """The process's own secret, made once by `netral init` in its key place."""
    path = NETRAL_KEYS[place] / "secret.txt"
    return path.read_text().strip() if path.exists() else ""


# Form fields stay in memory; files never pass Django's own upload handlers (they spool to disk in clear).
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
FILE_UPLOAD_HANDLERS = ["netral.evidence.uploads.RefusingHandler"]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "netral.config.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "netral": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "django.request": {"level": "ERROR"},  # a page that is not there is no event
    },
}
