"""What must be true before a process serves. Each check raises Refusal with the sentence that says what to do."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from netral.audit import guards
from netral.audit.check import rolled_back
from netral.config import restored, static
from netral.config.failures import Refusal
from netral.config.home import home_path


def before_serving(*, may_change: bool, accept_restored: bool = False) -> None:
    """Everything but the ports. `may_change` brings an older register and its static files up to this program first."""
    for folder in places_written():
        writable(folder)
    migrated(may_change=may_change)
    guards.require()
    settings_hold()
    not_rolled_back(accept_restored=accept_restored)
    if may_change:
        static.collect()


def places_written() -> list[Path]:
    """Folders this process writes to: the files, and beside a SQLite register its journals."""
    files: Path = settings.NETRAL_FILES
    return [home_path(), files] if connection.vendor == "sqlite" else [files]


def writable(folder: Path) -> None:
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Refusal(f"Folder {folder} tidak ada atau tidak dapat ditulisi oleh pengguna ini.")


def port_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Refusal(
                f"Port {port} hanya boleh dipakai administrator sistem; pilih port di atas 1023."
            ) from error
        except OSError as error:
            raise Refusal(
                f"Port {port} di {host} sudah dipakai program lain; hentikan program itu atau pilih port lain."
            ) from error


def migrated(*, may_change: bool) -> None:
    executor = MigrationExecutor(connection)
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    if settings.SITE == "public":  # it knows fewer apps than the register has tables of
        unknown = {name for name in unknown if apps.is_installed(f"netral.{name[0]}")}
    if unknown:
        names = ", ".join(sorted(".".join(name) for name in unknown))
        raise Refusal(
            f"Register dari versi lebih baru daripada program ini (mengenal {names}); perbarui program."
        )
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if not may_change:
        raise Refusal("Register dari versi lebih lama; jalankan `netral migrate` dahulu.")
    call_command("migrate", interactive=False, verbosity=0)


def settings_hold() -> None:
    """The apps' own checks for service: keys in place, cookies, no published password outside a demonstration."""
    messages = checks.run_checks(include_deployment_checks=True, databases=["default"])
    if errors := [message for message in messages if message.is_serious(checks.ERROR)]:
        raise Refusal(" ".join(f"{error.msg} {error.hint or ''}".strip() for error in errors))


def not_rolled_back(*, accept_restored: bool) -> None:
    """The newest head kept outside the database must be a beginning of the log in it."""
    sentence = rolled_back()
    if sentence is None:
        return
    if not accept_restored:
        raise Refusal(f"{sentence} Sesudah `netral restore`: `netral up --accept-restored`.")
    restored.accept()
