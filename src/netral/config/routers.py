from typing import Any


class RegisterOnly:
    """Every model lives in the register; `disposable` holds raw tables that may vanish at any time."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:  # noqa: ARG002 (named by Django)
        return db == "default"
