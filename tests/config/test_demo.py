"""The demonstration loads whole and shows what it promises."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from netral.accounts.demo_help import DEMO_PASSWORD
from netral.config.demo_text import ACCOUNTS, PASSWORD, RECEIPT_CODE
from netral.sealing import normalise
from tests.homes import made_once

from .running import in_register, load_demo, netral, refused

pytestmark = pytest.mark.process

FACTS = """
import json
from collections import Counter
from netral.accounts.models import User
from netral.documents.models import Letter
from netral.evidence.models import StoredFile
from netral.intake.models import Message, Report
from netral.intake.selectors import Sight
from netral.roster.models import Official, WorkUnit
from netral.sealing import ReceiptSecrets
from netral.cases.lifecycle import State
from netral.cases.models import Case
from netral.config.demo_text import RECEIPT_CODE
told = Report.objects.get(lookup=ReceiptSecrets.derive(RECEIPT_CODE).lookup)
print(json.dumps({
    "states": Counter(Report.objects.values_list("state", flat=True)),
    "files": Counter(StoredFile.objects.values_list("clean_state", flat=True)),
    "letters": Letter.objects.count(), "scans": Letter.objects.exclude(scan=None).count(),
    "officials": Official.objects.count(), "units": WorkUnit.objects.count(),
    "roles": sorted(User.objects.values_list("role", flat=True)),
    "hidden_from_examiner": 60 - Sight(User.objects.get(username="demo-pemeriksa")).reports().count(),
    "stages_without_case": sorted(set(State.values) - set(Case.objects.values_list("state", flat=True))),
    "outcomes": Counter(Case.objects.filter(state="selesai").values_list("outcome", flat=True)),
    "tracks": Counter(Case.objects.values_list("track", flat=True)),
    "told": told.state, "numbers": sorted(Report.objects.values_list("number", flat=True))[::59],
}))
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = made_once("demo", load_demo, tmp_path_factory)
    return Path(shutil.copytree(home, tmp_path_factory.mktemp("demo") / "home"))


def test_it_holds_reports_in_every_state_and_a_conflict_of_interest(demo: Path) -> None:
    facts = json.loads(in_register(demo, FACTS))
    assert facts["states"] == {
        "diterima": 14, "kajian": 16, "menunggu_pelapor": 6, "lengkap": 8, "perkara": 3, "ditutup": 10,
        "digabung": 3,
    }  # fmt: skip
    assert facts["files"] == {"ready": 20 + facts["scans"], "needless": facts["letters"]}
    assert facts["scans"] > 10  # of signed minutes
    assert facts["letters"] > 60
    assert (facts["officials"], facts["units"]) == (3000, 40)
    assert facts["roles"] == sorted(role for _, role, _ in ACCOUNTS)
    assert facts["hidden_from_examiner"] == 2
    assert facts["told"] == "menunggu_pelapor"
    assert facts["numbers"] == ["L-2024-0001", "L-2024-0060"]


def test_it_holds_cases_in_every_stage_on_each_road_and_one_of_each_outcome(demo: Path) -> None:
    facts = json.loads(in_register(demo, FACTS))
    assert facts["stages_without_case"] == []
    assert facts["outcomes"] == {
        "tidak_terbukti": 1, "sanksi_moral": 1, "hukuman_disiplin": 1, "pemberhentian": 1, "diteruskan": 1,
        "dihentikan": 1,
    }  # fmt: skip
    assert facts["tracks"] == {"disiplin": 15, "kode_etik": 5, "pemberhentian": 1, "": 4}


def test_its_register_is_whole(demo: Path) -> None:
    done = netral("check", home=demo)
    assert done.returncode == 0, done.stdout


def test_it_is_loaded_once(demo: Path) -> None:
    before = (demo / "netral.env").read_bytes()
    assert netral("demo", "--if-empty", home=demo).returncode == 0
    assert "sudah berisi" in refused(netral("demo", home=demo))
    assert (demo / "netral.env").read_bytes() == before


def test_codes_to_sign_in_are_told(demo: Path) -> None:
    assert netral("code", "demo-petugas", home=demo).stdout.strip().isdigit()
    assert "demo-petugas" in refused(netral("code", "demo-siapa", home=demo))


def test_what_is_told_at_the_start_is_so() -> None:
    assert PASSWORD == DEMO_PASSWORD
    assert len(normalise(RECEIPT_CODE)) == 26
