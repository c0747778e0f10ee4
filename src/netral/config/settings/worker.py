"""The worker: no web; clean copies, search tokens, heads, figures, expiry."""

from .staff import *  # noqa: F403
from .base import secret

SITE = "worker"
SECRET_KEY = secret("worker")
