"""The worker: no web; clean copies, search tokens, heads, figures, expiry."""

from .base import secret
from .staff import *  # noqa: F403

SITE = "worker"
SECRET_KEY = secret("worker")
