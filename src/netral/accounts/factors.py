"""Second factors: time-based codes (RFC 6238) and recovery codes, sealed at rest and bound to their owner.

Rows and arithmetic are django-allauth's; ours are the envelope, the binding, and that a code is spent.
"""

from __future__ import annotations

import time

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.db.models import Exists, OuterRef, QuerySet

from netral.audit.selectors import history
from netral.sealing import Context, SealingError, b64, open_object, seal_object, unb64

from .keys import mfa_key
from .models import User

SET, RESET = "accounts.user.factor_set", "accounts.user.factor_reset"
TOTP, RECOVERY = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES
_FIELD = {TOTP: "secret", RECOVERY: "seed"}


class CodeSpentError(Exception):
    """The code is right and has been used before."""


def seal(user: User, secret: str) -> str:
    """`owner.keyring.envelope`, readable with the staff process's factor key only."""
    owner = _owner(user)
    sealed, keyring = seal_object(_context(owner), secret.encode(), [mfa_key().public])
    return ".".join((owner, b64(keyring), b64(sealed)))


def unseal(sealed: str) -> str:
    """The secret. Raises SealingError for anything that `seal` did not make."""
    match sealed.split("."):
        case [owner, keyring, envelope]:
            return open_object(_context(owner), unb64(envelope), unb64(keyring), mfa_key()).decode()
        case _:
            raise SealingError("Faktor kedua tidak tersegel.")


def _owner(user: User) -> str:
    return f"{user.pk:032x}"


def _context(owner: str) -> Context:
    return Context("accounts.factor", owner, "secret")


def factor(user: User, kind: str) -> Authenticator | None:
    """The person's factor of this kind. One that was sealed for someone else is none."""
    found: Authenticator | None = Authenticator.objects.filter(user=user, type=kind).first()
    if found and found.data[_FIELD[found.type]].split(".")[0] != _owner(user):
        return None
    return found


def has_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type=TOTP).exists())


def lost(user: User) -> bool:
    """Whether the log knows a factor that is gone without a reset.

    Whoever owns the database can set a password and delete a factor; a first factor set by password alone would then
    let him in, to everything that the staff process opens.
    """
    acts = [act.action for act in history(user) if act.action in (SET, RESET)]
    return acts[-1:] == [SET] and not has_factor(user)


def with_factor(users: QuerySet[User]) -> QuerySet[User]:
    """Annotates `has_factor`."""
    return users.annotate(has_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type=TOTP)))


def recovery_codes(user: User) -> RecoveryCodes | None:
    found = factor(user, RECOVERY)
    return RecoveryCodes(found) if found else None


def enrol(user: User, secret: str | None = None) -> str:
    """A new code generator and new recovery codes in place of any old ones; returns the generator's secret."""
    secret = secret or generate_totp_secret()
    Authenticator.objects.filter(user=user).delete()
    Authenticator.objects.create(user=user, type=TOTP, data={"secret": seal(user, secret)})
    renew_recovery_codes(user)
    return secret


def renew_recovery_codes(user: User) -> None:
    Authenticator.objects.filter(user=user, type=RECOVERY).delete()
    Authenticator.objects.create(
        user=user, type=RECOVERY, data={"seed": seal(user, RecoveryCodes.generate_seed()), "used_mask": 0}
    )


def spend(user: User, code: str) -> Authenticator | None:
    """The factor that `code` proves, the code being spent by it; None for a wrong code.

    Raises CodeSpentError for a code that was right but came before.
    """
    generator = factor(user, TOTP)
    if generator and (step := matching_step(unseal(generator.data["secret"]), code)):
        if not spend_step(user, step):
            raise CodeSpentError
        return generator
    spare = recovery_codes(user)
    return spare.instance if spare and spare.validate_code(code) else None


def matching_step(secret: str, code: str) -> int | None:
    """The time step, at most one away from now, whose code this is."""
    now = current_step()
    reach = app_settings.TOTP_TOLERANCE
    # Every step is compared, so that the time taken does not tell which one fits.
    steps = range(now - reach, now + reach + 1)
    fits = [step for step in steps if compare_user_code(actual=code, expected=_code(secret, step))]
    return fits[-1] if fits else None


def spend_step(user: User, step: int) -> bool:
    """Marks the step and all before it as used; False if it was, also by another process just now."""
    return User.objects.filter(pk=user.pk, totp_step__lt=step).update(totp_step=step) == 1


def usable_code(user: User) -> str:
    """A code the person could type now: this step's or, that one being spent, the next. Demonstrations only."""
    generator = factor(user, TOTP)
    return (
        _code(unseal(generator.data["secret"]), max(current_step(), user.totp_step + 1)) if generator else ""
    )


def current_step() -> int:
    return int(time.time() // app_settings.TOTP_PERIOD)


def _code(secret: str, step: int) -> str:
    return str(format_hotp_value(hotp_value(secret, step)))
