"""What the command line says when it is called wrongly."""

import re
import subprocess
import sys

import pytest

ENGLISH = re.compile(r"\b(usage|required|invalid|argument|show|options|choose|expected|error|such)\b")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--help"], "pemakaian: netral"),
        (["backup"], "belum diberikan: file"),
        (["nama"], "'nama' tidak dikenal; pilih dari 'init'"),
        (["up", "--public-port", "abc"], "--public-port: 'abc' bukan nilai yang sah"),
        (["up", "--public-port"], "perlu satu nilai"),
        (["demo", "--apa"], "argumen tidak dikenal: --apa"),
        (["verify", "--head", "kepala.txt"], "beri salah satu dari --export --bukti"),
        (["verify", "--export", "tidak-ada.txt"], "tidak-ada.txt tidak dapat dibaca: tidak ada."),
    ],
)
def test_the_command_line_speaks_indonesian(words: list[str], said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "netral.config.cli", *words], capture_output=True, text=True, check=False
    )
    assert said in done.stdout + done.stderr
    assert not ENGLISH.search(done.stdout + done.stderr)
