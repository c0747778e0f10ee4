"""Rate limits without third parties: slow down first, refuse later, keep no address.

A bucket is one number, the moment at which it will be full again (the "theoretical arrival time" of GCRA,
ITU-T I.371): what is left follows from it, a refusal writes nothing, and clocks that differ between
machines do no harm. Buckets are keyed by an HMAC of the client's network under a key that is thrown away,
with every bucket, at midnight.
"""

import hashlib
import hmac
import ipaddress
import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.db.backends.utils import CursorWrapper
from django.http import HttpRequest, HttpResponse

from . import clock, errors

STORE = "disposable"
LONGEST_DELAY = 2.0  # seconds
SLEEPERS = 8  # threads of one process that may wait at once; a ninth is refused, so the site never stops

_logger = logging.getLogger(__name__)
_sleepers = threading.BoundedSemaphore(SLEEPERS)


@dataclass(frozen=True)
class Verdict:
    """Seconds to wait before answering or, with `retry_after`, the seconds after which to try again."""

    delay_seconds: float = 0.0
    retry_after: float | None = None


@dataclass(frozen=True)
class Throttle:
    """`capacity` requests at once, then `refill_per_second`; slower below `slow_from` (> 0) left."""

    name: str
    capacity: int
    refill_per_second: float
    slow_from: int

    def check(self, request: HttpRequest) -> Verdict:
        """Take one request from the client's bucket. A store that fails lets all in and logs it."""
        try:
            left = self._take(client_network(request))
        except DatabaseError:
            _logger.exception("throttle.store_failed")
            return Verdict()
        if left is None:
            return Verdict(retry_after=1 / self.refill_per_second)
        return Verdict(delay_seconds=LONGEST_DELAY * max(0.0, 1 - left / self.slow_from))

    def _take(self, network: str) -> float | None:
        """What is left in the bucket after this request; None if it was empty."""
        now, cost = time.time(), 1 / self.refill_per_second
        with transaction.atomic(using=STORE), connections[STORE].cursor() as cursor:
            key = _key_of_the_day(cursor)
            bucket = hmac.digest(key, f"{self.name}\0{network}".encode(), hashlib.sha256).hex()
            cursor.execute(
                "INSERT INTO throttle_bucket (bucket, full_at) VALUES (%s, %s)"
                " ON CONFLICT (bucket) DO UPDATE SET full_at ="
                " CASE WHEN throttle_bucket.full_at > %s THEN throttle_bucket.full_at ELSE %s END + %s"
                " WHERE throttle_bucket.full_at <= %s RETURNING full_at",
                [bucket, now + cost, now, now, cost, now + (self.capacity - 1) * cost],
            )
            row = cursor.fetchone()
        if "pool" in connections[STORE].settings_dict.get("OPTIONS", {}):
            # Back to the pool at once: a slow upload that follows must not hold it.
            connections[STORE].close()
        return self.capacity - (row[0] - now) / cost if row else None


View = Callable[..., HttpResponse]


def throttled(throttle: Throttle, methods: tuple[str, ...] = ("POST",)) -> Callable[[View], View]:
    """Slow a view down, then refuse with 429 and Retry-After; methods not named pass untouched."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method in methods:
                verdict = throttle.check(request)
                if verdict.retry_after is not None:
                    return errors.too_many(request, verdict.retry_after)
                if verdict.delay_seconds and not _wait(verdict.delay_seconds):
                    return errors.too_many(request, LONGEST_DELAY)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def _wait(seconds: float) -> bool:
    """Sleep, unless too many sleep already; then False."""
    if not _sleepers.acquire(blocking=False):
        return False
    try:
        time.sleep(seconds)
    finally:
        _sleepers.release()
    return True


def client_address(request: HttpRequest) -> str:
    """The peer, or what a trusted proxy in front of us saw; earlier hops are the client's own words."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if getattr(settings, "NETRAL_TRUSTED_PROXY", False) and forwarded:
        return str(forwarded).rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def client_network(request: HttpRequest) -> str:
    """The network a request comes from, as the limits count."""
    return _network(client_address(request))


def _network(address: str) -> str:
    """The /24 or /48 an address lies in; what is no address (a Unix socket) shares one bucket."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return str(ipaddress.ip_network((ip, 24 if ip.version == 4 else 48), strict=False))


def _key_of_the_day(cursor: CursorWrapper) -> bytes:
    """Today's random key from the store. The first request of a day draws it and empties every bucket."""
    today = clock.real_now().date().isoformat()
    unlogged = "UNLOGGED " if cursor.db.vendor == "postgresql" else ""
    for table in (
        "throttle_bucket (bucket text PRIMARY KEY, full_at double precision NOT NULL)",
        "throttle_key (day text PRIMARY KEY, key text NOT NULL)",
    ):
        cursor.execute(f"CREATE {unlogged}TABLE IF NOT EXISTS {table}")
    cursor.execute(
        "INSERT INTO throttle_key (day, key) VALUES (%s, %s) ON CONFLICT (day) DO NOTHING RETURNING day",
        [today, secrets.token_hex(32)],
    )
    if cursor.fetchone():
        cursor.execute("DELETE FROM throttle_bucket")
        cursor.execute("DELETE FROM throttle_key WHERE day <> %s", [today])
    cursor.execute("SELECT key FROM throttle_key WHERE day = %s", [today])
    return bytes.fromhex(cursor.fetchone()[0])
