"""Tests: the officers' site, keys made for the run; `NETRAL_TEST_DATABASE` chooses PostgreSQL."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

# Held by a name, so that it lasts as long as the process, and ends with it.
_made_for_the_run = None if os.environ.get("NETRAL_TEST_HOME") else TemporaryDirectory(prefix="netral-test-")
TEST_HOME = Path(_made_for_the_run.name if _made_for_the_run else os.environ["NETRAL_TEST_HOME"])
os.environ["NETRAL_HOME"] = str(TEST_HOME)
os.environ.setdefault("NETRAL_SECURE", "true")
os.environ.setdefault("NETRAL_ORIGIN", "netral/uji/0001")
os.environ.setdefault("NETRAL_AGENCY", "way-tirta")
os.environ["NETRAL_DATABASE"] = os.environ.get("NETRAL_TEST_DATABASE", "")

from .staff import *  # noqa: E402, F403
from .staff import DATABASES, STORAGES  # noqa: E402

SECRET_KEY = "hanya-untuk-uji"  # noqa: S105 (signs nothing that outlives a test)
ALLOWED_HOSTS = ["testserver", "localhost"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Argon2id as in service would spend most of the suite's time on hashing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if not os.environ["NETRAL_DATABASE"]:
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_HOME / "test-register.sqlite3")}
    DATABASES["disposable"]["TEST"] = {
        "NAME": str(TEST_HOME / "test-disposable.sqlite3"),
        "MIGRATE": False,  # it has no tables of any migration
    }
else:
    DATABASES["default"]["OPTIONS"].pop("pool", None)
    DATABASES["disposable"]["OPTIONS"].pop("pool", None)
