"""The officers' web: password and second factor, everything by right."""

from .base import *  # noqa: F403
from .base import INSTALLED_APPS, TEMPLATES, cookie, secret

SITE = "staff"
SECRET_KEY = secret("staff")
ROOT_URLCONF = "netral.config.urls_staff"
WSGI_APPLICATION = "netral.config.wsgi.application"
CSRF_COOKIE_NAME = cookie("netral-petugas-formulir")
SESSION_COOKIE_NAME = cookie("netral-petugas")
# Says who signed in last in a browser, and holds the key to what he typed when a session ended (`accounts.unsent`).
NETRAL_OFFICER_COOKIE: str = cookie("netral-petugas-isian")

INSTALLED_APPS = [
    *INSTALLED_APPS,
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
TEMPLATES[0]["OPTIONS"]["context_processors"] += [
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "netral.ui.middleware.no_store",
    "csp.middleware.CSPMiddleware",
    "netral.ui.middleware.drain_oversized_bodies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "netral.accounts.middleware.session_limits",
    "netral.accounts.middleware.second_factor",
    "netral.accounts.middleware.unsent_forms",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "netral.ui.middleware.refuse_null",
]

# Django's own: case, dummy hash and inactive people are in its hands and in User's manager;
# allauth's would tell inactive people apart.
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:queue"
LOGOUT_REDIRECT_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "netral.accounts.passwords.GuessablePasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# A session ends after 30 idle minutes and, whatever happens, after 12 hours (ASVS 7.3).
SESSION_ENGINE = "netral.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
NETRAL_IDLE_SECONDS = 30 * 60
NETRAL_SESSION_SECONDS = 12 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_ADAPTER = "netral.accounts.adapter.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
# There is no sign-up; allauth reads here that a password exists.
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_TIMEOUT = 300
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_FORMS = {
    "login": "netral.accounts.forms.SignInForm",
    "reauthenticate": "netral.accounts.forms.ConfirmPasswordForm",
    "change_password": "netral.accounts.forms.ChangePasswordForm",
}
# Five failures in five minutes per user name and network, or per person's code; a hundred in an hour per user name
# from everywhere. Counted in this process's memory: one process serves the site. Networks are slowed by
# netral.ui.throttle; a limit per address would shut out the whole office behind it, a low one per name its bearer.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/300s/key",
    "login_failed_anywhere": "100/3600s/key",
    "login": None,
    "reauthenticate": None,
    "change_password": None,
}
MFA_ADAPTER = "netral.accounts.adapter.SealedMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "netral.accounts.forms.CodeForm",
    "reauthenticate": "netral.accounts.forms.ConfirmCodeForm",
}
MFA_TOTP_ISSUER = "Netral"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_DIGITS = 12
