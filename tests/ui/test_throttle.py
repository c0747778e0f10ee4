"""Slower, then refused; no address kept; every bucket gone at midnight."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from netral.ui import throttle
from netral.ui.throttle import Throttle, throttled

pytestmark = pytest.mark.django_db(databases=["default", "disposable"])
HOUR = dt.datetime(2024, 10, 20, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    class Clock:
        now = 1_000_000.0
        day = HOUR
        slept: list[float]

    held = Clock()
    held.slept = []
    monkeypatch.setattr(throttle.time, "time", lambda: held.now)
    monkeypatch.setattr(throttle.time, "sleep", held.slept.append)
    monkeypatch.setattr(throttle.clock, "real_now", lambda: held.day)
    return held


def post(address: str = "203.0.113.7", **extra: str) -> HttpRequest:
    return RequestFactory().post("/lapor/", REMOTE_ADDR=address, **extra)


def test_a_bucket_empties_refuses_and_refills(clock: Any) -> None:
    limit = Throttle("uji", capacity=3, refill_per_second=0.5, slow_from=1)
    assert [limit.check(post()).retry_after for _ in range(4)] == [None, None, None, 2.0]
    clock.now += 1.9
    assert limit.check(post()).retry_after == 2.0
    clock.now += 0.2
    assert limit.check(post()).retry_after is None
    assert limit.check(post()).retry_after == 2.0
    clock.now += 3600
    assert [limit.check(post()).retry_after for _ in range(4)] == [None, None, None, 2.0]


def test_it_slows_down_before_it_refuses(clock: Any) -> None:
    limit = Throttle("uji", capacity=6, refill_per_second=0.01, slow_from=4)
    delays = [limit.check(post()).delay_seconds for _ in range(6)]
    assert delays == pytest.approx([0, 0, 0.5, 1.0, 1.5, 2.0])


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ("203.0.113.7", "203.0.113.250", True),
        ("203.0.113.7", "203.0.114.7", False),
        ("2001:db8:1:2::1", "2001:db8:1:ffff::9", True),
        ("2001:db8:1::1", "2001:db8:2::1", False),
        ("203.0.113.7", "::ffff:203.0.113.9", True),
        ("", "unix", True),
    ],
)
def test_one_bucket_per_network(clock: Any, first: str, second: str, shared: bool) -> None:
    limit = Throttle("uji", capacity=1, refill_per_second=0.1, slow_from=1)
    limit.check(post(first))
    assert (limit.check(post(second)).retry_after is not None) is shared


def test_each_throttle_has_its_own_buckets(clock: Any) -> None:
    for name in ("satu", "dua"):
        assert Throttle(name, 1, 0.1, 1).check(post()).retry_after is None


def test_forwarded_addresses_count_only_from_a_trusted_proxy() -> None:
    forged = post("203.0.113.7", HTTP_X_FORWARDED_FOR="198.51.100.1, 192.0.2.9")
    with override_settings(NETRAL_TRUSTED_PROXY=False):
        assert throttle.client_address(forged) == "203.0.113.7"
    with override_settings(NETRAL_TRUSTED_PROXY=True):
        assert throttle.client_address(forged) == "192.0.2.9"
        assert throttle.client_address(post()) == "203.0.113.7"


def test_the_store_holds_no_address_and_forgets_at_midnight(clock: Any) -> None:
    limit = Throttle("uji", capacity=1, refill_per_second=0.001, slow_from=1)
    limit.check(post("203.0.113.7"))
    limit.check(post("198.51.100.7"))
    before = _rows("throttle_bucket"), _rows("throttle_key")
    assert len(before[0]) == 2
    assert len(before[1]) == 1
    assert "203" not in {str(bucket)[:3] for bucket, _ in before[0]}
    clock.day += dt.timedelta(days=1)
    assert limit.check(post("203.0.113.7")).retry_after is None
    after = _rows("throttle_bucket"), _rows("throttle_key")
    assert len(after[0]) == 1
    assert len(after[1]) == 1
    assert not {bucket for bucket, _ in before[0]} & {bucket for bucket, _ in after[0]}
    assert before[1][0][1] != after[1][0][1]


def _rows(table: str) -> list[Any]:
    with connections["disposable"].cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return list(cursor.fetchall())


def test_a_view_sleeps_refuses_and_leaves_reading_alone(clock: Any) -> None:
    @throttled(Throttle("uji", capacity=2, refill_per_second=1 / 90, slow_from=2))
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("ya")

    assert view(RequestFactory().get("/")).status_code == 200
    assert [view(post()).status_code for _ in range(2)] == [200, 200]
    assert clock.slept == pytest.approx([1.0, 2.0])
    refused = view(post())
    assert refused.status_code == 429
    assert refused["Retry-After"] == "90"
    assert "2 menit" in refused.content.decode()
    assert view(RequestFactory().get("/")).status_code == 200


def test_a_ninth_sleeper_is_refused(clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting, go = threading.Barrier(throttle.SLEEPERS + 1), threading.Event()

    def sleep(seconds: float) -> None:
        waiting.wait(10)
        go.wait(10)

    monkeypatch.setattr(throttle.time, "sleep", sleep)
    threads = [threading.Thread(target=throttle._wait, args=(1.0,)) for _ in range(throttle.SLEEPERS)]
    for thread in threads:
        thread.start()
    waiting.wait(10)
    assert throttle._wait(1.0) is False
    go.set()
    for thread in threads:
        thread.join(10)
    monkeypatch.setattr(throttle.time, "sleep", lambda _: None)
    assert throttle._wait(1.0) is True


def test_a_store_that_fails_lets_people_report(clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(cursor: Any) -> bytes:
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(throttle, "_key_of_the_day", broken)
    assert Throttle("uji", 1, 1, 1).check(post()) == throttle.Verdict()
