"""Starting Django inside a command, for the process that the command speaks as."""

from __future__ import annotations

import os
from pathlib import Path

from netral.config.home import require_home


def use_django(site: str, home: Path | None = None) -> Path:
    """Sets Django up as `site` ("public", "staff" or "worker") on `home`; without one, on the existing register's."""
    home = home or require_home()
    os.environ["NETRAL_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = f"netral.config.settings.{site}"
    import django  # a command that never needs Django starts without it

    django.setup()
    return home
