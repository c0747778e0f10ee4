"""The `netral` command. Each subcommand is a module of `commands`, imported only when it is called.

A command module offers `add_arguments(parser)` and `run(args) -> exit code`; neither needs Django at import.
`verify` is the stand-alone verifier's own and gets its words untouched.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module

from netral.config.arguments import Parser, speak_indonesian
from netral.config.failures import Refusal

MINIMUM_PYTHON = (3, 11)

COMMANDS: dict[str, str] = {
    "init": "mendirikan register: instansi, administrator pertama, tempat kunci",
    "demo": "mendirikan register peragaan Kabupaten Way Tirta (data rekaan)",
    "up": "menjalankan situs publik, situs petugas, dan pekerja sekaligus",
    "serve": "menjalankan satu situs saja (publik atau petugas), untuk systemd",
    "work": "menjalankan pekerja saja",
    "migrate": "membawa register ke versi program ini",
    "grants": "memberi tiap proses hak basis data PostgreSQL sebatas yang diperlukannya",
    "check": "memeriksa register: log, penjaga, berkas, kepala log",
    "verify": "membuktikan tanda terima dari ekspor log, tanpa basis data",
    "log": "menampilkan kepala log, mengekspor log",
    "backup": "mencadangkan register ke satu berkas terenkripsi",
    "restore": "memulihkan register dari berkas cadangan, lalu memeriksanya",
    "user": "menambah pengguna, memberi tautan aktivasi baru, menampilkan daftar",
    "vault": "membuka rincian kontak pelapor dengan dua bagian kunci",
    "ask": "menjawab fakta menurut hukum yang dimuat",
    "cite": "memeriksa rujukan hukum dalam sebuah naskah",
    "law": "memeriksa dan menampilkan berkas hukum",
    "code": "menampilkan kode masuk akun peragaan saat ini",
}


def main(argv: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if argv is None else argv)
    return report(lambda: _dispatch(words))


def report(work: Callable[[], int | None]) -> int:
    """Exit code of `work`. What a person can mend is one sentence on stderr; a defect of ours keeps its trace."""
    try:
        return work() or 0
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # the reader left; nothing to say at exit
        return 141
    except Exception as error:
        refusal = _as_refusal(error)
        if refusal is None:
            traceback.print_exc()
            return 70
        print(f"netral: {refusal}", file=sys.stderr, flush=True)
        return refusal.code


def _dispatch(words: list[str]) -> int:
    require_python(sys.version_info[:3])
    speak_indonesian()
    if words[:1] == ["verify"]:
        verify: Callable[[list[str]], int] = import_module("netral.sealing.verify").verify_main
        return verify(words[1:])
    arguments = _parse(words)
    if arguments.home:
        os.environ["NETRAL_HOME"] = arguments.home
    run: Callable[[argparse.Namespace], int] = arguments.run
    return run(arguments)


def require_python(version: tuple[int, ...]) -> None:
    """Raises Refusal for a Python older than the code is written for."""
    if version < MINIMUM_PYTHON:
        raise Refusal(
            f"Netral memerlukan Python 3.11 atau lebih baru; yang menjalankannya {'.'.join(map(str, version))}."
        )


def _parse(words: list[str]) -> argparse.Namespace:
    globals_ = argparse.ArgumentParser(add_help=False)
    globals_.add_argument("--home", help="folder rumah register (bawaan: NETRAL_HOME atau ./var)")
    parser = Parser(prog="netral", parents=[globals_], description="Netral: register netralitas ASN.")
    commands = parser.add_subparsers(dest="command", metavar="perintah", required=True, parser_class=Parser)
    rest = globals_.parse_known_args(words)[1]
    chosen = rest[0] if rest else ""
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary)
        if name == chosen:
            module = import_module(f"netral.config.commands.{name}")
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    return parser.parse_args(words)


def _as_refusal(error: Exception) -> Refusal | None:
    """The sentence for a failure that a person can mend; None for a defect of ours, which keeps its trace."""
    if isinstance(error, Refusal):
        return error
    # Asked by name: the command that failed has imported what it raised, the others need not.
    kinds = {f"{kind.__module__}.{kind.__name__}" for kind in type(error).__mro__}
    if kinds & {"netral.sealing.canonical.SealingError", "netral.audit.guards.GuardsMissingError"}:
        return Refusal(str(error))
    if "environs.exceptions.EnvError" in kinds or "django.core.exceptions.ImproperlyConfigured" in kinds:
        return Refusal(f"Pengaturan salah: {error}")
    if "django.core.exceptions.ValidationError" in kinds:
        return Refusal(" ".join(getattr(error, "messages", [str(error)])))
    if "django.db.utils.OperationalError" in kinds:
        return Refusal(f"Basis data tidak dapat dipakai: {str(error).strip().splitlines()[0]}.")
    if isinstance(error, OSError):
        return Refusal(f"{error.filename or 'Sistem berkas'}: {error.strerror or error}.")
    return None


if __name__ == "__main__":
    sys.exit(main())
