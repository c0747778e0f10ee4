"""Indonesian names: degrees and honorifics apart, spellings brought to one form.

Old and new spelling (Soekarno, Sukarno), Arabic names written in many ways (Achmad, Akhmad, Ahmad) and
shortened ones (Muh., Moch.) must find each other. Folding may join two different names; it only proposes,
a person decides.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Degrees and honorifics without dots, in lower case. What also is a common name (Mei, Raden, Gusti) is
# left out.
_WRITTEN_BEFORE = """
h hj drs dra dr drg drh ir prof kh ust ustadz ustadzah tgk tgh apt ns brigjen kol letkol
bapak bpk pak ibu bu sdr sdri kyai nyai pdt
"""
_WRITTEN_AFTER = """
sag sak sap sars sb sbns scs se sey sfarm sfil sgz sh shi shum shut si siip sik sikom sip sipem sis sked
skel skep skg skh skm skom skpm sm smat smsi spd spdi spdk spdsd spi spk spsi spt spta spto spp sptp
ssi ssn ssos ssosi sst sstp st stp stpi str strkeb strkep sth stk sthi
ma mag mak map mars mba mbiomed mcs me meng mepid mfarm mgz mh mhi mhum mhut mikom mip mkeb mkep mkes mkn
mkom mm mmsi mp mpd mpdi mph mpi mpsi mpt mpub msc mse msi msn msos mt mtp mth mtr
amd amdkeb amdkep amdkom amk amkeb amkg amf amg amapd apkom ap aks akt ca cpa qia phd edd ners ns
spa spb spkj spkk spm spog spot sppd spr lc ba bc bsc bba
"""
FRONT = frozenset(_WRITTEN_BEFORE.split())
BACK = frozenset(_WRITTEN_AFTER.split())
VARIANTS = {
    **dict.fromkeys(("muh", "moh", "moch", "mhd", "mohamad", "mohamed", "muhamed", "muhamad"), "muhamad"),
    **dict.fromkeys(("abd", "abdl"), "abdul"),
    **dict.fromkeys(("st", "sitti"), "siti"),
}
# In order; each pair of spellings ends as the right-hand one.
FOLDS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\bchan", "can"),  # Chandra, Candra; every other ch- is the Arabic kh
        ("oe", "u"),
        ("tj", "c"),
        ("dj", "j"),
        ("nj", "ny"),
        ("sj", "sy"),
        ("[ck]h", "h"),
        ("dh", "d"),
        ("th", "t"),
        ("ph", "p"),
        (r"(.)\1+", r"\1"),  # Abdullah, Abdulah
    )
)


@dataclass(frozen=True)
class PersonName:
    """A name with its degrees and honorifics apart: `Dr. H.` / `Budi Santoso` / `S.Sos., M.Si.`"""

    front: str
    name: str
    back: str


def split_titles(text: str) -> PersonName:
    """Takes degrees and honorifics off both ends; what stands between them is the name, as written."""
    head, comma, tail = text.strip().partition(",")
    words = head.split()
    start = 0
    while start < len(words) - 1 and _is_front(words[start]):
        start += 1
    end = len(words)
    while end > start + 1 and _is_back(words[end - 1]):
        end -= 1
    after = " ".join(words[end:])
    if comma and not all(_is_back(word) for word in re.split(r"[\s,]+", tail) if word):
        # "Santoso, Budi" is a turned name, not a degree.
        return PersonName(" ".join(words[:start]), " ".join([*words[start:], tail.strip()]), "")
    back = ", ".join(part for part in (after, *(p.strip() for p in tail.split(","))) if part)
    return PersonName(" ".join(words[:start]), " ".join(words[start:end]), back)


def search_tokens(text: str) -> list[str]:
    """The words of a name as they are indexed and looked up, each once, in order, without degrees."""
    return list(dict.fromkeys(search_words(text).values()))


def search_words(text: str) -> dict[str, str]:
    """The words of a name as somebody wrote them, and each as it is indexed."""
    plain = split_titles(text).name
    words = re.findall(r"[a-z0-9]+", _ascii(re.sub(r"['’`]", "", plain)))
    return {word: _fold(word) for word in words}


def _fold(word: str) -> str:
    word = VARIANTS.get(word, word)
    for pattern, replacement in FOLDS:
        word = pattern.sub(replacement, word)
    return VARIANTS.get(word, word)


def _ascii(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def _bare(word: str) -> str:
    return re.sub(r"[^a-z]", "", _ascii(word))


def _is_front(word: str) -> bool:
    return _bare(word) in FRONT


def _is_back(word: str) -> bool:
    # After the name a degree carries dots or stands in capitals; "Ma" and "Si" in small letters are names.
    return (_bare(word) in BACK and ("." in word or word.isupper())) or word.count(".") > 1
