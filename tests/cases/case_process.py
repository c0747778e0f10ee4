"""A register of its own with one case, driven from a test: `python case_process.py race|kill`.

Tests run in transactions that never commit; what needs committed rows, several connections or a process that dies
happens here. Expects NETRAL_HOME, an empty folder.
"""

import datetime as dt
import json
import os
import secrets
import signal
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

HOME = Path(os.environ["NETRAL_HOME"])
ORIGIN = "netral/uji/perkara"
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "netral.config.settings.staff",
    "NETRAL_ORIGIN": ORIGIN,
    "NETRAL_AGENCY": "way-tirta",
    "NETRAL_HOSTS": "testserver",
}
ROUNDS = 4  # of each race


def found() -> Any:
    """Keys, tables, people and a roster; a `Life` without a case."""
    from netral.sealing import AgencyKeys, SealKey, write_key

    key, place = SealKey.generate(), HOME / "keys" / "staff"
    place.mkdir(parents=True, mode=0o700)
    write_key(place / "agency-way-tirta.key", key)
    public = AgencyKeys(key.public, SealKey.generate().public)
    (place / "agency-way-tirta.pub").write_bytes(public.to_bytes())
    (place / "secret.txt").write_text("hanya-untuk-uji" * 4)

    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    if connection.vendor == "postgresql":
        _own_database()
    call_command("migrate", verbosity=0)

    from netral.accounts.models import Agency, User
    from netral.audit.services import record
    from netral.roster.models import Official
    from netral.roster.services import import_roster
    from tests.cases.life import Life
    from tests.conftest import ROSTER_CSV

    agency = Agency.objects.create(
        slug="way-tirta",
        name="Kabupaten Way Tirta",
        office="Inspektorat",
        seal_key=public.seal.raw,
        vault_key=public.vault.raw,
    )
    authorities = {"pemeriksa": "", "koordinator": "", "pimpinan": "ppk_kabkota"}
    people = [
        User.objects.create(
            agency=agency, username=f"uji-{role}", full_name=f"Uji {role}", role=role, acts_as=acts_as
        )
        for role, acts_as in authorities.items()
    ]
    with transaction.atomic():
        record(action="accounts.agency.created", actor="cli", rows=[agency, *people])
    import_roster(user=people[1], data=ROSTER_CSV.encode(), file_name="pegawai.csv")
    roster = {official.nip: official for official in Official.objects.all()}
    return Life(case=None, examiner=people[0], decider=people[2], roster=roster)  # type: ignore[arg-type]


def _own_database() -> None:
    """On PostgreSQL a database of this process's own, beside the one of the test run."""
    from django.db import connections

    name = f"perkara_{secrets.token_hex(8)}"
    with connections["default"].cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    for connection in connections.all():
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
        connection.settings_dict["NAME"] = name


def open_case(life: Any, day: int) -> Any:
    """A case against the clerk for an act of its own day."""
    from netral.cases.services import NewRespondent, Source, open_cases
    from tests.cases.life import act, on

    with on(life.day):
        (life.case,) = open_cases(
            user=life.examiner,
            respondents=[NewRespondent(life.roster["199004182015051001"])],
            acts=[act(day=dt.date(2024, 9, 1) + dt.timedelta(days=day))],
            sources=[Source(f"intake.report/{day}", f"L-2024-{day:04d}")],
        )
    return life


def race(life: Any) -> dict[str, Any]:
    """Two officers do the same thing to the same case at the same moment, each with words of his own."""
    from netral.accounts.models import User
    from netral.cases.models import Case, Decision, Summons
    from netral.cases.services import OvertakenError
    from tests.cases.life import SITTING, Life

    told: dict[str, Any] = {"summoned": [], "decided": [], "opened": []}
    colleague = User.objects.get(role="koordinator")
    for at in range(ROUNDS):
        open_case(life, at).to("panggilan_1")
        other = Life(Case.objects.get(pk=life.case.pk), colleague, life.decider, life.roster, life.day)
        day = life.hearing_day(3)
        acts = [partial(one.summon, hearing_day=day, sitting=SITTING) for one in (life, other)]
        told["summoned"].append(_outcomes(acts, OvertakenError))
        life.case = Case.objects.get(pk=life.case.pk)
        life.missed().summoned_again().missed_again().reported()
        other = Life(Case.objects.get(pk=life.case.pk), colleague, life.decider, life.roster, life.day)
        told["decided"].append(_outcomes([life.decided, other.decided], OvertakenError))
        told["opened"].append(_outcomes([partial(open_case, one, 40 + at) for one in (life, other)]))
    return {
        **told,
        "rows": [Summons.objects.filter(ordinal=1).count(), Decision.objects.count(), Case.objects.count()],
        "numbers": Case.objects.values("number").distinct().count(),
        "check": _problems(),
    }


def _outcomes(acts: list[Callable[[], Any]], *lost: type[Exception]) -> list[str]:
    """What became of acts done at the same moment, each in a connection of its own; sorted."""
    from django.core.exceptions import ValidationError
    from django.db import connection

    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        try:
            barrier.wait()
            act()
        except (*lost, ValidationError) as error:
            done = getattr(error, "act", None)
            return f"{type(error).__name__} {done.action if done else ''}".strip()
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def kill(life: Any) -> dict[str, Any]:
    """A process dies at each statement of a transition in turn, by a signal nothing can catch.

    This process itself never typesets a letter: who does has threads, and those do not survive a fork.
    """
    from netral.cases.models import Case, Summons
    from netral.documents.models import Letter
    from netral.worklist.models import WorkItem
    from tests.cases.life import SITTING

    assert _in_a_child(lambda: open_case(life, 0).to("panggilan_1"))
    life.case = Case.objects.select_related("agency", "owner").get()
    letters, died = Letter.objects.count(), 0
    while True:
        day = life.day + dt.timedelta(days=3)
        summon = partial(life.summon, hearing_day=day, sitting=SITTING)
        lived = _in_a_child(partial(_die_at, died, summon))
        case = Case.objects.get()
        item = WorkItem.objects.get(subject=case.subject)
        made = (Summons.objects.count(), Letter.objects.count() - letters)
        seen = (case.state, case.revision - life.case.revision, made, item.step, item.due == case.due)
        if seen == ("menunggu_1", 1, (1, 1), "periksa_terlapor", True):
            return {"died before": died > 10, "check": _problems()}
        if lived or seen != ("panggilan_1", 0, (0, 0), "panggil_terlapor", True):
            return {"torn": seen, "statement": died}
        died += 1


def _in_a_child(act: Callable[[], Any]) -> bool:
    """Whether a process of its own came to the end of `act`."""
    from django.db import connection, connections

    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def _die_at(number: int, act: Callable[[], Any]) -> None:
    from django.db import connection

    count = 0

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal count
        result = execute(sql, params, many, context)
        count += 1
        if count > number:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    with connection.execute_wrapper(wrapper):
        act()


def _problems() -> list[str]:
    """What the register's own check of rows, queue and progress finds."""
    from netral.audit.check import check_register
    from netral.cases.inspection import check_contents, check_progress, check_queue
    from netral.sealing import SigningKey

    key = SigningKey.generate().public
    checks = (check_register(key), check_queue(), check_progress(), check_contents())
    return [str(problem) for check in checks for problem in check]


if __name__ == "__main__":
    print(json.dumps({"race": race, "kill": kill}[sys.argv[1]](found())))
