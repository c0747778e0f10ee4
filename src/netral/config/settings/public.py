"""The public web: no session, no login, no key that opens content."""

from .base import *  # noqa: F403
from .base import cookie, secret

SITE = "public"
SECRET_KEY = secret("public")
ROOT_URLCONF = "netral.config.urls_public"
WSGI_APPLICATION = "netral.config.wsgi.application"
CSRF_COOKIE_NAME = cookie("netral-formulir")
CSRF_COOKIE_AGE = None  # gone with the browser window; a year would tell whoever looks at the phone

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "netral.guidance.open_door.open_door",  # before the next, which it takes back for what is open
    "netral.ui.middleware.no_store",
    "csp.middleware.CSPMiddleware",
    "netral.ui.middleware.drain_oversized_bodies",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "netral.ui.middleware.refuse_null",
]
