"""`netral init`: founds a register. What no flag or environment variable answers is asked at the terminal."""

from __future__ import annotations

import argparse
import getpass
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from netral.config.failures import Refusal
from netral.config.home import home_path, require_free


@dataclass(frozen=True)
class Question:
    """One thing to know: flag `--name`, variable `NETRAL_INIT_NAME`, or the prompt; `rule` is what it must match."""

    name: str
    prompt: str
    rule: str = r".+"
    must: str = "tidak boleh kosong"
    default: str | None = None
    secret: bool = False

    @property
    def variable(self) -> str:
        return f"NETRAL_INIT_{self.name.upper().replace('-', '_')}"

    def answer(self, given: str | None) -> str:
        """The answer from the flag, the environment or the person. Raises Refusal if one not typed breaks the rule."""
        known = given if given is not None else os.environ.get(self.variable)
        if known is None and sys.stdin.isatty():
            return self._ask_until_right()
        if known is None:
            known = self.default
        if known is None:
            raise Refusal(f"{self.prompt} belum diisi: beri --{self.name} atau {self.variable}.")
        if fault := self._fault(known):
            raise Refusal(f"{fault} (--{self.name}).")
        return known

    def _fault(self, answer: str) -> str:
        shown = "" if self.secret else f" {answer!r}"
        return "" if re.fullmatch(self.rule, answer) else f"{self.prompt}{shown} {self.must}"

    def _ask_until_right(self) -> str:
        """Asks again what was mistyped: the answers before it are not lost."""
        while True:
            answer = self._ask()
            fault = self._fault(answer)
            if not fault and self.secret and getpass.getpass("Ulangi: ") != answer:
                fault = "Kedua isian tidak sama"
            if not fault:
                return answer
            print(f"{fault}. Coba lagi.")

    def _ask(self) -> str:
        if self.secret:
            return getpass.getpass(f"{self.prompt}: ")
        hint = f" [{self.default}]" if self.default else ""
        return input(f"{self.prompt}{hint}: ").strip() or (self.default or "")


QUESTIONS: tuple[Question, ...] = (
    Question("slug", "Kode instansi", r"[a-z0-9]+(-[a-z0-9]+)*", "hanya huruf kecil, angka, dan tanda hubung"),
    Question("name", "Nama instansi"),
    Question("office", "Unit pengelola laporan"),
    Question("address", "Alamat", r".*", default=""),
    Question("phone", "Telepon", r".*", default=""),
    Question("admin-username", "Nama pengguna administrator", r"[a-z][a-z0-9.-]{2,39}",
             "harus 3 sampai 40 huruf kecil, angka, titik, atau tanda hubung"),
    Question("admin-name", "Nama lengkap administrator"),
    Question("database", "Basis data PostgreSQL (kosong: SQLite)", r"(postgres(ql)?://.+)?",
             "harus postgresql://… atau kosong", default=""),
    Question("public-url", "Alamat situs publik", r"https://\S+", "harus dimulai dengan https://"),
    Question("staff-url", "Alamat situs petugas", r"https://\S+", "harus dimulai dengan https://"),
    Question("time-zone", "Zona waktu", r"Asia/(Jakarta|Pontianak|Makassar|Jayapura)",
             "harus Asia/Jakarta, Asia/Pontianak, Asia/Makassar, atau Asia/Jayapura", default="Asia/Jakarta"),
    Question("backup-recipient", "Penerima cadangan, age1… (kosong: kunci baru dibuat)", r"(age1[0-9a-z]+)?",
             "harus dimulai dengan age1", default=""),
    Question("vault-passphrase-1", "Frasa sandi pemegang brankas pertama", r".{12,}",
             "paling sedikit 12 karakter", secret=True),
    Question("vault-passphrase-2", "Frasa sandi pemegang brankas kedua", r".{12,}",
             "paling sedikit 12 karakter", secret=True),
)  # fmt: skip
PLACES = {
    "keys-public": "folder kunci situs publik",
    "keys-staff": "folder kunci situs petugas",
    "keys-worker": "folder kunci pekerja",
    "offline": "folder untuk bagian kunci brankas dan kunci cadangan, sebaiknya media lepas",
    "heads": "folder kepala log, sebaiknya di media atau mesin lain",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    for question in QUESTIONS:
        if not question.secret:  # a passphrase on the command line would be seen by everyone on the machine
            parser.add_argument(f"--{question.name}", help=f"{question.prompt} ({question.variable})")
    for place, summary in PLACES.items():
        parser.add_argument(f"--{place}", type=Path, help=f"{summary} (bawaan: di dalam folder rumah)")


def run(arguments: argparse.Namespace) -> int:
    home = home_path()
    require_free(home)

    def given(name: str) -> str | None:
        return getattr(arguments, name.replace("-", "_"), None)

    answers = {question.name: question.answer(given(question.name)) for question in QUESTIONS}
    places = {name.removeprefix("keys-"): folder for name in PLACES if (folder := given(name))}
    from netral.config.founding import AgencyFacts, Plan, found
    from netral.sealing import AgencyKeys

    plan = Plan(
        agency=AgencyFacts(*(answers[name] for name in ("slug", "name", "office", "address", "phone"))),
        vault_passphrases=(answers["vault-passphrase-1"], answers["vault-passphrase-2"]),
        settings={
            "NETRAL_DATABASE": answers["database"],
            "NETRAL_PUBLIC_URL": answers["public-url"].rstrip("/"),
            "NETRAL_STAFF_URL": answers["staff-url"].rstrip("/"),
            "NETRAL_HOSTS": ",".join(_hosts(answers["public-url"], answers["staff-url"])),
            "NETRAL_TIME_ZONE": answers["time-zone"],
        },
        places={name: Path(folder).resolve() for name, folder in places.items()},
        backup_recipient=answers["backup-recipient"],
    )

    def fill(keys: AgencyKeys) -> str:
        from netral.config.people import first_people  # the tables are there only now

        return first_people(
            plan.agency, keys, username=answers["admin-username"], full_name=answers["admin-name"]
        )

    link = found(plan, home, fill)
    offline = plan.places.get("offline", home / "keys" / "offline")
    print(
        f"Register {plan.agency.name} berdiri di {home}.\n\n"
        f"Tautan aktivasi administrator {answers['admin-username']} (hanya ditampilkan sekali):\n  {link}\n\n"
        f"Pindahkan isi {offline} ke luar komputer ini: brankas-1.kunci dan brankas-2.kunci\n"
        f"kepada dua orang yang berbeda, cadangan.kunci ke tempat aman. Jalankan: netral --home {home} up"
    )
    return 0


def _hosts(*urls: str) -> list[str]:
    return sorted({"localhost", "127.0.0.1", *(urlsplit(url).hostname or "localhost" for url in urls)})
