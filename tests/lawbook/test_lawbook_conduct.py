"""Kinds of act: complete, recognisable, and refused with file and line where a source is wrong."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from netral.lawbook import OTHER, LawbookError, conduct_kinds, reportable_kinds
from netral.lawbook.compile import compile_corpus
from netral.lawbook.hashing import FOLDER

NEVER_REPORTED = {
    "added_to_group", "attend_official_capacity", "spouse_present",
    "vote", "private_talk", "wear_plain_clothes", "follow_official_bodies",
}  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A copy of the sources that a test may spoil."""
    shutil.copytree(FOLDER, tmp_path / "book", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "book"


def spoil(book: Path, file: str, old: str, new: str) -> pytest.ExceptionInfo[LawbookError]:
    path = book / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(LawbookError) as caught:
        compile_corpus(book)
    return caught


def test_every_kind_is_offered_once_unless_it_is_no_breach() -> None:
    codes = reportable_kinds().codes
    assert codes[-1] == OTHER
    assert len(set(codes)) == len(codes)
    assert set(codes) - {OTHER} == set(conduct_kinds()) - NEVER_REPORTED


def test_a_phone_shows_a_dozen_recognised_kinds_first() -> None:
    assert [kind.code for kind in reportable_kinds().first][:3] == [
        "photo_with_sign",
        "campaign_online",
        "like_post",
    ]
    assert len(reportable_kinds().first) == 12


def test_what_is_said_to_people_is_short_and_without_articles_of_law() -> None:
    for kind in conduct_kinds().values():
        for words in (kind.label, *kind.everyday):
            assert len(words.id) <= 80, kind.code
            assert not {"Pasal", "SKB", "PP"} & set(words.id.split()), kind.code


def test_an_act_without_an_anchor_is_never_verified() -> None:
    assert all(kind.status == "unverified" for kind in conduct_kinds().values() if kind.anchor == "–")


def test_kinds_cannot_be_changed_by_a_reader() -> None:
    with pytest.raises(TypeError):
        conduct_kinds()["like_post"] = conduct_kinds()["vote"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("group: media_sosial", "grup: media_sosial", "like_post.yaml:12: kunci tidak dikenal 'grup'"),
        ("status: verified\n", "", "like_post.yaml:1: status: belum ada"),
        ("status: verified", "status: sure", "like_post.yaml:15: status: 'sure'; yang boleh: 'verified'"),
        ("group: media_sosial", "group: lain", "like_post.yaml:12: group: 'lain'; yang boleh: media_sosial"),
        (
            "reportable: true",
            "reportable: ya",
            "like_post.yaml:13: reportable: 'ya'; yang boleh: true, false",
        ),
        ("code: like_post", "code: share_post", "like_post.yaml:1: kode 'share_post'"),
        (
            "code: like_post",
            "code: like_post\ncode: like_post",
            "like_post.yaml:2: kunci ini ditulis dua kali",
        ),
        ("  id: Menyukai", "  id: ''\n  xx: Menyukai", "like_post.yaml:4: kunci tidak dikenal 'xx'"),
        (
            "  en: Liking a post of support",
            "  en: ''",
            "like_post.yaml:4: label.en: harus teks yang tidak kosong",
        ),
        ("code: like_post", "code: [like_post", "like_post.yaml:2:"),
        ("    - Pressing like on a candidate's post\n", "", "2 contoh id, tetapi 1 contoh en"),
    ],
)
def test_a_wrong_source_is_named_with_its_line(book: Path, old: str, new: str, complaint: str) -> None:
    source = (book / "conduct/like_post.yaml").read_text()
    if old not in source:
        old, new = (part.replace("a candidate's post", "a candidate''s post") for part in (old, new))
        old = next(line for line in source.splitlines(keepends=True) if "Pressing like" in line)
    assert complaint in str(spoil(book, "conduct/like_post.yaml", old, new).value)


def test_the_form_may_not_offer_what_is_allowed(book: Path) -> None:
    caught = spoil(book, "conduct_form.yaml", "  - photo_with_sign\n", "  - vote\n")
    assert "conduct_form.yaml:3: first: 'vote'" in str(caught.value)


def test_more_first_choices_than_a_phone_holds_are_refused(book: Path) -> None:
    caught = spoil(book, "conduct_form.yaml", "  - like_post\n", "  - like_post\n  - comment_post\n")
    assert "13 isian; paling banyak 12" in str(caught.value)


def test_the_book_needs_neither_django_nor_the_house() -> None:
    code = (
        "import sys; from netral.lawbook import conduct_kinds; conduct_kinds(); "
        "print([m for m in sys.modules if m == 'django' or m.startswith('netral.') and 'lawbook' not in m])"
    )
    source = str(FOLDER.parents[2])
    run = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": source}, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
