"""`netral code`: the sign-in code that a demonstration account would see on its phone now."""

import argparse

from netral.config.boot import use_django
from netral.config.failures import Refusal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", help="akun peragaan, misalnya demo-petugas")


def run(arguments: argparse.Namespace) -> int:
    use_django("staff")
    from django.conf import settings

    from netral.accounts import factors
    from netral.accounts.models import DEMO_PREFIX, User

    if not settings.NETRAL_DEMO:
        raise Refusal(
            "`netral code` hanya ada pada register peragaan; di tempat lain kode ada di ponsel pemilik akun."
        )
    user = User.objects.filter(username=arguments.username, username__startswith=DEMO_PREFIX).first()
    if user is None:
        known = ", ".join(
            User.objects.filter(username__startswith=DEMO_PREFIX).values_list("username", flat=True)
        )
        raise Refusal(f"Akun peragaan {arguments.username!r} tidak ada; yang ada: {known}.")
    print(factors.usable_code(user))
    return 0
