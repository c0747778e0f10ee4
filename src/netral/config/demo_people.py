"""Kabupaten Way Tirta: an invented regency, its units and its officials, the same for the same seed.

Pure functions. Names are drawn from common given names of many regions and belong to nobody; every NIP fits
the birth date, sex and appointment that were drawn with it. Rows come in the import's own format, so that the
demonstration is loaded by the service that a real agency uses.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count

from netral.linkage.names import Sex, make_nip

SEED = 2024
YEAR = 2024
OFFICIALS = 3000
HEADER = ("nip", "nama", "status", "jabatan", "tingkat", "kode_unit", "unit", "kode_induk", "kepala", "peran")


@dataclass(frozen=True)
class DemoUnit:
    """`kind` chooses the posts, `weight` its share of the officials."""

    code: str
    name: str
    parent: str
    kind: str
    weight: int


@dataclass(frozen=True)
class DemoOfficial:
    nip: str
    name: str
    bare_name: str
    sex: Sex
    status: str
    title: str
    level: str
    unit: DemoUnit
    head: bool
    role: str

    def row(self) -> tuple[str, ...]:
        """His line in the import's columns (`HEADER`)."""
        return (
            self.nip, self.name, self.status, self.title, self.level, self.unit.code, self.unit.name,
            self.unit.parent, "y" if self.head else "t", self.role,
        )  # fmt: skip


@dataclass(frozen=True)
class _Post:
    """A post a unit offers: its share among the unit's ordinary posts, or 0 where there is exactly one."""

    title: str
    level: str
    share: int = 0
    role: str = ""
    degree: str = ""


DISTRICTS = (
    "Tirta Agung", "Batu Gajah", "Sumber Rejo", "Gunung Kemala", "Padang Serai", "Negeri Ratu",
    "Karang Anyar", "Pulau Pandan", "Bukit Siguntang", "Rawa Indah", "Muara Tenang", "Way Lunik",
)  # fmt: skip
DEPARTMENTS = (
    ("Dinas Pendidikan", 110), ("Dinas Kesehatan", 80), ("Dinas Pekerjaan Umum dan Penataan Ruang", 75),
    ("Dinas Sosial", 45), ("Dinas Kependudukan dan Pencatatan Sipil", 50),
    ("Dinas Pemberdayaan Masyarakat dan Desa", 45), ("Dinas Komunikasi dan Informatika", 40),
    ("Dinas Pertanian", 65), ("Dinas Perhubungan", 50),
    ("Badan Kepegawaian dan Pengembangan SDM", 50), ("Badan Perencanaan Pembangunan Daerah", 45),
    ("Badan Pengelola Keuangan dan Aset Daerah", 55), ("Badan Kesatuan Bangsa dan Politik", 35),
)  # fmt: skip
HEALTH_CENTRES = ("Tirta Agung", "Batu Gajah", "Karang Anyar", "Muara Tenang")
SCHOOLS = (
    "SMP Negeri 1 Tirta Agung", "SMP Negeri 2 Batu Gajah", "SMP Negeri 1 Sumber Rejo",
    "SD Negeri 3 Karang Anyar", "SD Negeri 1 Rawa Indah",
)  # fmt: skip

HEAD_OF = "Kepala"  # followed by the unit's name

_CLERKS = (
    _Post("Pengadministrasi Perkantoran", "pelaksana", 5),
    _Post("Penata Layanan Operasional", "pelaksana", 4, degree="S.E."),
    _Post("Pengelola Keuangan", "pelaksana", 2, degree="A.Md."),
    _Post("Pranata Komputer Terampil", "jf_keterampilan", 1, degree="A.Md.Kom."),
    _Post("Analis Kebijakan Ahli Muda", "jf_ahli_muda", 2, degree="S.IP., M.Si."),
    _Post("Perencana Ahli Pertama", "jf_ahli_pertama", 2, degree="S.T."),
)
_OFFICE = (
    _Post("Sekretaris", "administrator", degree="S.Sos., M.M."),
    _Post("Kepala Bidang Pelayanan", "administrator", degree="S.T., M.T."),
    _Post("Kepala Bidang Pembinaan", "administrator", degree="S.IP., M.Si."),
    _Post("Kepala Subbagian Umum dan Kepegawaian", "pengawas", degree="S.E."),
)
# The first post of each kind is the unit's head.
POSTS: dict[str, tuple[_Post, ...]] = {
    "setda": (
        _Post("Sekretaris Daerah", "jpt_pratama", role="sekda", degree="S.H., M.Si."),
        _Post("Asisten Pemerintahan dan Kesejahteraan Rakyat", "jpt_pratama", degree="S.Sos., M.Si."),
        _Post("Staf Ahli Bupati Bidang Hukum dan Politik", "jpt_pratama", degree="S.H., M.H."),
        *_CLERKS,
    ),
    "bagian": (_Post(HEAD_OF, "administrator", degree="S.H., M.H."), *_CLERKS),
    "dinas": (_Post(HEAD_OF, "jpt_pratama", degree="S.E., M.Si."), *_OFFICE, *_CLERKS),
    "setwan": (_Post("Sekretaris DPRD", "jpt_pratama", degree="S.H., M.Si."), *_OFFICE[1:], *_CLERKS),
    "inspektorat": (
        _Post("Inspektur", "jpt_pratama", degree="S.E., M.Ak."),
        _Post("Inspektur Pembantu I", "administrator", degree="S.H., M.H."),
        _Post("Auditor Ahli Madya", "jf_ahli_madya", 2, degree="S.E., M.Ak."),
        _Post("Auditor Ahli Muda", "jf_ahli_muda", 3, degree="S.E."),
        _Post("Pengawas Penyelenggaraan Urusan Pemerintahan Ahli Muda", "jf_ahli_muda", 2, degree="S.IP."),
        *_CLERKS,
    ),
    "kecamatan": (
        _Post("Camat", "administrator", role="camat", degree="S.STP., M.Si."),
        _Post("Sekretaris Kecamatan", "administrator", degree="S.IP."),
        _Post("Lurah", "pengawas", role="lurah", degree="S.Sos."),
        _Post("Kepala Seksi Pemerintahan", "pengawas", degree="S.Sos."),
        _Post("Kepala Seksi Kesejahteraan Sosial", "pengawas", degree="S.Sos."),
        *_CLERKS,
    ),
    "puskesmas": (
        _Post("Kepala Puskesmas", "jf_ahli_muda", role="kepala_puskesmas", degree="S.KM., M.Kes."),
        _Post("Dokter Ahli Pertama", "jf_ahli_pertama", 1),
        _Post("Perawat Terampil", "jf_keterampilan", 5, degree="A.Md.Kep."),
        _Post("Bidan Terampil", "jf_keterampilan", 5, degree="A.Md.Keb."),
        _Post("Pengadministrasi Perkantoran", "pelaksana", 2),
    ),
    "sekolah": (
        _Post("Kepala Sekolah", "jf_ahli_madya", role="kepala_sekolah", degree="S.Pd., M.Pd."),
        _Post("Guru Ahli Madya", "jf_ahli_madya", 3, "guru", "S.Pd., M.Pd."),
        _Post("Guru Ahli Muda", "jf_ahli_muda", 5, "guru", "S.Pd."),
        _Post("Guru Ahli Pertama", "jf_ahli_pertama", 6, "guru", "S.Pd."),
        _Post("Pengadministrasi Perkantoran", "pelaksana", 1),
    ),
}
# Years of age in 2024 by level; anything else is staff.
AGES = {"jpt_pratama": (49, 59), "administrator": (40, 57), "pengawas": (36, 56), "jf_ahli_madya": (42, 58)}
STAFF_AGES = (24, 56)


@dataclass(frozen=True)
class _Origin:
    """Names common in one region: given names (`|` joins one), and how many of `following` come after."""

    share: int
    men: str
    women: str
    following: str = ""
    more: tuple[int, ...] = (1, 1, 1, 2)
    haji: bool = True


_ORIGINS = (
    _Origin(
        30,
        "Bambang Slamet Joko Wahyu Agus Eko Tri Sugeng Hadi Mulyono Suparno Sutrisno Sukirman Purwanto Teguh",
        "Sri Endang Wahyuni Sulastri Ratna Dwi Retno Tutik Sumarni Lestari Rini Umi Puji Marsinah Nanik",
        "Santoso Wibowo Prasetyo Raharjo Nugroho Saputro Susilo Widodo Hartono Setiawan Utomo "
        "Lestari Handayani Rahayu Astuti Wulandari Purnomo Kusuma Sutejo Soedjarwo",
        more=(1, 1, 1, 2),
        haji=True,
    ),
    _Origin(
        14,
        "Asep Dadang Ujang Cecep Dedi Yayan Tatang Entis Aceng Iwan Rukman Endang",
        "Euis Neneng Iis Tuti Yayah Ai Elis Imas Nia Lilis",
        "Suherman Hidayat Gunawan Kurnia Suryana Permana Rohaeti Nurhayati Sukmara Sopandi Herawati Mulyana",
        more=(1, 1, 1, 2),
        haji=True,
    ),
    _Origin(
        9,
        "Togar Parulian Binsar Hotman Rudi Jonner Saut Maruli Poltak Edison",
        "Rosmaida Tiur Lasma Duma Rotua Nurlela Tiodor Risma Melva Dorlan",
        "Simanjuntak Siregar Hutapea Nainggolan Sitorus Manurung Sinaga Tampubolon Lubis Harahap",
        more=(1,),
        haji=False,
    ),
    _Origin(
        9,
        "Syafrizal Yusrizal Zulkifli Afrizal Masril Hendri Rusdi Asril Yendra Dasril",
        "Yusnidar Zuraida Rosnita Elfida Yulinar Mardiana Desmawati Nurhayani Gusnita Asmawati",
        "Chaniago Tanjung Koto Piliang Sikumbang Guci Jambak Caniago Malin Syahrial",
        more=(1,),
        haji=True,
    ),
    _Origin(
        8,
        "Andi Baso Muh. Ambo Daeng Syamsuddin Abd. Rahman Baharuddin Tajuddin",
        "Andi Besse Sitti Hasnah Rosmini St. Nurhaeni Hamdana Suriani Darmawati",
        "Tenri Rahman Mappanyukki Ilyas Hasanuddin Syamsul Tahir Rauf Saleh Rahim",
        more=(1, 1, 2),
        haji=True,
    ),
    _Origin(
        7,
        "I|Wayan I|Made I|Nyoman I|Ketut I|Gede I|Putu",
        "Ni|Wayan Ni|Made Ni|Luh Ni|Ketut Ni|Komang Ni|Putu",
        "Sudana Suardika Ariani Widiastuti Sukerta Parwata Sudiarta Mahendra Suryani Arnawa",
        more=(1,),
        haji=False,
    ),
    _Origin(
        16,
        "Ahmad Moch. Mohammad Achmad Ansori Bustami Zainal Rizal Darwis Herman Nasrun Firdaus",
        "Nurbaiti Siti Halimah Khoirunnisa Zubaidah Maimunah Rohana Fatimah Laila Husna",
        "Djunaedi Effendi Ibrahim Hasan Yusuf Ridwan Bahri Anwar Amin Fauzi Karim Mubarok",
        more=(1, 1, 2),
        haji=True,
    ),
    _Origin(
        7,
        "Suparman Ngadimin Paijo Sarimin Tukiran Wagiman Sukardi Legiman Sumardi Kasiman Rusmin Jumadi",
        "Sutinah Parsinem Wartini Sukinem Rumiyati Kasmirah Tukinem Jumirah Suminah Painem",
        more=(0,),
        haji=True,
    ),
)


@cache
def units() -> tuple[DemoUnit, ...]:
    """The tree, parents first."""
    numbers = count(1)

    def unit(name: str, parent: str, kind: str, weight: int) -> DemoUnit:
        return DemoUnit(f"{next(numbers):02}", name, parent, kind, weight)

    top = unit("Sekretariat Daerah", "", "setda", 70)
    bureaus = [unit(f"Bagian {name}", top.code, "bagian", 25) for name in ("Hukum", "Pemerintahan")]
    watch = [
        unit("Inspektorat", top.code, "inspektorat", 45),
        unit("Sekretariat DPRD", top.code, "setwan", 45),
    ]
    departments = [unit(name, top.code, "dinas", weight) for name, weight in DEPARTMENTS]
    order = unit("Satuan Polisi Pamong Praja", top.code, "dinas", 80)
    districts = [unit(f"Kecamatan {name}", top.code, "kecamatan", 45) for name in DISTRICTS]
    education, health = departments[0], departments[1]
    centres = [unit(f"Puskesmas {name}", health.code, "puskesmas", 110) for name in HEALTH_CENTRES]
    schools = [unit(name, education.code, "sekolah", 120) for name in SCHOOLS]
    return (top, *bureaus, *watch, *departments, order, *districts, *centres, *schools)


@cache
def officials(seed: int = SEED, number: int = OFFICIALS) -> tuple[DemoOfficial, ...]:
    """`number` officials, each unit's head first."""
    draw = random.Random(seed)  # noqa: S311 - invented people, not secrets
    serials: dict[str, Iterator[int]] = {}
    return tuple(
        _official(draw, serials, unit, post, head=at == 0)
        for unit, size in zip(units(), _sizes(number), strict=True)
        for at, post in enumerate(_posts(draw, unit, size))
    )


def roster_rows(seed: int = SEED, number: int = OFFICIALS) -> Iterator[tuple[str, ...]]:
    """The heading and every official, in the import's columns."""
    yield HEADER
    for official in officials(seed, number):
        yield official.row()


def roster_csv(seed: int = SEED, number: int = OFFICIALS) -> bytes:
    """The file that the demonstration imports."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(roster_rows(seed, number))
    return text.getvalue().encode()


def _sizes(number: int) -> list[int]:
    """Officials by unit after their weights; the largest units take what rounding leaves."""
    tree = units()
    whole = sum(unit.weight for unit in tree)
    sizes = [max(number * unit.weight // whole, len(_single_posts(unit))) for unit in tree]
    by_size = sorted(range(len(tree)), key=lambda at: -sizes[at])
    for at in range(number - sum(sizes)):
        sizes[by_size[at % len(by_size)]] += 1
    return sizes


def _single_posts(unit: DemoUnit) -> list[_Post]:
    return [post for post in POSTS[unit.kind] if not post.share]


def _posts(draw: random.Random, unit: DemoUnit, size: int) -> list[_Post]:
    single = _single_posts(unit)
    shared = [post for post in POSTS[unit.kind] if post.share]
    return single + draw.choices(shared, [post.share for post in shared], k=size - len(single))


def _official(
    draw: random.Random, serials: dict[str, Iterator[int]], unit: DemoUnit, post: _Post, *, head: bool
) -> DemoOfficial:
    sex = Sex.FEMALE if post.title.startswith("Bidan") else draw.choice(list(Sex))
    status = _status(draw, post)
    nip = _nip(draw, serials, post, sex, status)
    origin = draw.choices(_ORIGINS, [origin.share for origin in _ORIGINS])[0]
    bare = _name(draw, origin, sex)
    return DemoOfficial(
        nip=nip,
        name=_with_degrees(draw, bare, post, sex, haji=origin.haji),
        bare_name=bare,
        sex=sex,
        status=status,
        title=f"{post.title} {unit.name}"
        if head and post.title in ("Kepala", "Kepala Bagian")
        else post.title,
        level=post.level,
        unit=unit,
        head=head,
        role=post.role,
    )


def _status(draw: random.Random, post: _Post) -> str:
    if not post.share:
        return "PNS"
    if post.level == "pelaksana":
        return draw.choices(["PNS", "PPPK", "CPNS", "Non-ASN"], [64, 22, 5, 9])[0]
    young = post.level in ("jf_ahli_pertama", "jf_keterampilan")
    return draw.choices(["PNS", "PPPK", "CPNS"], [70, 25, 5] if young else [97, 3, 0])[0]


def _nip(draw: random.Random, serials: dict[str, Iterator[int]], post: _Post, sex: Sex, status: str) -> str:
    if status == "Non-ASN":
        return f"THL{next(serials.setdefault('THL', count(1))):05}"
    youngest, oldest = AGES.get(post.level, STAFF_AGES) if status != "CPNS" else (22, 34)
    age = draw.randint(youngest, oldest)
    born = date(YEAR - age, 1, 1) + timedelta(days=draw.randrange(365))
    if status == "PPPK":
        appointed, month = draw.randint(2021, YEAR), draw.choice([21, 21, 21, 22])
    elif status == "CPNS":
        appointed, month = YEAR, draw.choice([3, 4, 6])
    else:
        appointed, month = min(born.year + draw.randint(22, 33), YEAR - 1), draw.choice([1, 2, 3, 4, 12])
    stem = make_nip(born=born, appointed_year=appointed, month_or_contract=month, sex=sex, serial=0)[:15]
    return f"{stem}{next(serials.setdefault(stem, count(1))):03}"


def _name(draw: random.Random, origin: _Origin, sex: Sex) -> str:
    first = draw.choice((origin.men if sex == Sex.MALE else origin.women).split()).replace("|", " ")
    rest = [name for name in origin.following.split() if name != first]
    return " ".join([first, *draw.sample(rest, k=draw.choice(origin.more))])


def _with_degrees(draw: random.Random, name: str, post: _Post, sex: Sex, *, haji: bool) -> str:
    front = []
    if post.title.startswith("Dokter"):
        front.append("dr.")
    elif post.level == "jpt_pratama" and draw.random() < 0.4:
        front.append("Drs." if sex == Sex.MALE else "Dra.")
    if haji and post.level in AGES and draw.random() < 0.35:
        front.append("H." if sex == Sex.MALE else "Hj.")
    named = " ".join([*front, name])
    return f"{named}, {post.degree}" if post.degree and draw.random() < 0.85 else named
