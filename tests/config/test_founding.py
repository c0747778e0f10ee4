"""`netral init` makes a whole register or nothing."""

from __future__ import annotations

import stat
import subprocess
import time
from pathlib import Path

import psycopg
import pytest

from netral.config.commands.init import Question

from .running import ANSWERS, PASSPHRASES, command, environment, in_register, init, netral, refused

pytestmark = pytest.mark.process

PUBLIC = ("receipt.cert", "agency-muara-biru.pub")  # lie with everyone
HELD = {
    "public": {"receipt.key", *PUBLIC, "secret.txt"},
    "staff": {"agency-muara-biru.key", "index.key", "mfa.key", "receipt.key", *PUBLIC, "secret.txt"},
    "worker": {"agency-muara-biru.key", "index.key", "log.key", *PUBLIC, "secret.txt"},
    "offline": {"brankas-1.kunci", "brankas-2.kunci", "cadangan.kunci"},
}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_each_process_holds_its_keys_and_no_other(founded: Path) -> None:
    keys = founded / "keys"
    assert {place.name: {key.name for key in place.iterdir()} for place in keys.iterdir()} == HELD


def test_nothing_of_a_home_is_readable_by_others(founded: Path) -> None:
    for path in [founded, *founded.rglob("*")]:
        assert mode(path) & 0o077 == 0, f"{path} {mode(path):o}"


def test_the_register_is_whole_and_its_administrator_waits_for_activation(home: Path) -> None:
    done = netral("check", home=home)
    assert done.returncode == 0, done.stdout
    listed = netral("user", "list", home=home).stdout
    assert "rukmini" in listed
    assert "administrator" in listed


def test_the_activation_link_is_shown_and_works(tmp_path: Path) -> None:
    done = init(tmp_path / "home")
    link = next(line.strip() for line in done.stdout.splitlines() if "/akun/aktivasi/" in line)
    assert link.startswith("https://petugas.contoh.example/akun/aktivasi/")
    token = link.rstrip("/").rsplit("/", 1)[1]
    opened = in_register(
        tmp_path / "home",
        f"from netral.accounts.services import open_activation; print(open_activation({token!r}).username)",
    )
    assert opened.strip() == "rukmini"


def test_key_places_may_lie_elsewhere(tmp_path: Path) -> None:
    home, worker, heads = tmp_path / "home", tmp_path / "media" / "pekerja", tmp_path / "media" / "kepala"
    assert init(home, "--keys-worker", worker, "--heads", heads).returncode == 0
    assert {key.name for key in worker.iterdir()} == HELD["worker"]
    assert not (home / "keys" / "worker").exists()
    assert netral("work", "--once", home=home).returncode == 0
    assert len(list(heads.glob("*.txt"))) == 1


def test_a_home_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "penting.txt").write_text("milik orang lain")
    assert "sudah berisi" in refused(init(home))
    assert [path.name for path in home.iterdir()] == ["penting.txt"]


def test_a_failure_at_the_last_step_leaves_nothing(tmp_path: Path) -> None:
    home, worker = tmp_path / "home", tmp_path / "media" / "pekerja"
    words = [
        *ANSWERS,
        "--keys-worker",
        worker,
        "--admin-username",
        "demo-admin",
    ]  # refused by the accounts' own rule
    done = netral("init", *words, home=home, **PASSPHRASES)
    assert "demo-" in refused(done)
    assert [path.name for path in tmp_path.rglob("*")] == ["media"]


def test_a_founding_that_was_killed_is_done_anew(tmp_path: Path) -> None:
    home = tmp_path / "home"
    founding = subprocess.Popen(
        command("init", *ANSWERS), env=environment(home, **PASSPHRASES), stdout=subprocess.DEVNULL
    )
    while not list(tmp_path.glob(".home.baru-*/register.sqlite3")):
        assert founding.poll() is None
        time.sleep(0.01)
    founding.kill()
    founding.wait()
    assert not home.exists()
    assert init(home).returncode == 0
    assert netral("check", home=home).returncode == 0


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "berkas"
    blocked.write_text("")
    assert str(blocked) in refused(init(blocked / "home"))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--slug", "Muara Biru"), "--slug"),
        (("--database", "mysql://x"), "--database"),
        (("--time-zone", "Mars"), "--time-zone"),
        (("--backup-recipient", "ssh-rsa"), "--backup-recipient"),
    ],
)
def test_a_wrong_answer_is_named_with_what_is_allowed(
    tmp_path: Path, words: tuple[str, ...], named: str
) -> None:
    sentence = refused(init(tmp_path / "home", *words))
    assert named in sentence
    assert words[1] in sentence
    assert not (tmp_path / "home").exists()


def test_an_answer_nobody_gave_is_asked_for_by_flag_and_variable(tmp_path: Path) -> None:
    sentence = refused(netral("init", home=tmp_path / "home", **PASSPHRASES))
    assert "--slug" in sentence
    assert "NETRAL_INIT_SLUG" in sentence


def test_passphrases_are_no_arguments_and_differ(tmp_path: Path) -> None:
    assert "--vault-passphrase" not in netral("init", "--help", home=tmp_path).stdout
    same = dict.fromkeys(PASSPHRASES, "frasa yang sama saja")
    assert "berbeda" in refused(netral("init", *ANSWERS, home=tmp_path / "home", **same))
    assert not (tmp_path / "home").exists()


def test_the_environment_of_these_tests_holds_no_setting(tmp_path: Path) -> None:
    assert {name for name in environment(tmp_path) if name.startswith("NETRAL")} == {"NETRAL_HOME"}


def tables(address: str) -> list[str]:
    with psycopg.connect(address) as connection:
        return [
            row[0]
            for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ]


def test_postgresql_is_founded_whole(tmp_path: Path, empty_database: str) -> None:
    assert init(tmp_path / "home", "--database", empty_database).returncode == 0
    assert netral("check", home=tmp_path / "home").returncode == 0


def test_a_postgresql_database_in_use_is_left_alone(tmp_path: Path, empty_database: str) -> None:
    with psycopg.connect(empty_database) as connection:
        connection.execute("CREATE TABLE milik_lain (x int)")
    assert "sudah berisi" in refused(init(tmp_path / "home", "--database", empty_database))
    assert tables(empty_database) == ["milik_lain"]
    assert not (tmp_path / "home").exists()


def test_a_failure_on_postgresql_leaves_the_database_empty(tmp_path: Path, empty_database: str) -> None:
    words = [*ANSWERS, "--database", empty_database, "--admin-username", "demo-admin"]
    refused(netral("init", *words, home=tmp_path / "home", **PASSPHRASES))
    assert tables(empty_database) == []


def test_what_was_mistyped_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    typed = iter(["http://salah", "https://benar.example"])
    monkeypatch.setattr("builtins.input", lambda _prompt: next(typed))
    address = Question("public-url", "Alamat situs publik", r"https://\S+", "harus dimulai dengan https://")
    assert address.answer(None) == "https://benar.example"
    assert "'http://salah' harus dimulai dengan https://" in capsys.readouterr().out

    hidden = iter(["pendek", "frasa yang panjang", "frasa lain sekali", *["frasa yang panjang"] * 2])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(hidden))
    phrase = Question(
        "vault-passphrase-1", "Frasa sandi", r".{12,}", "paling sedikit 12 karakter", secret=True
    )
    assert phrase.answer(None) == "frasa yang panjang"
    told = capsys.readouterr().out
    assert "paling sedikit 12 karakter" in told
    assert "Kedua isian tidak sama" in told
    assert "pendek" not in told
