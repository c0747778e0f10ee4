"""One letter of each kind, with invented people."""

from __future__ import annotations

from typing import Any

CAMAT = {
    "name": "Raden Kusuma Wardaya, S.Sos.",
    "position": "Camat Sukamaju",
    "nip": "197506152000121002",
    "rank": "Pembina (IV/a)",
    "unit": "Kecamatan Sukamaju",
}
SEKDA = {
    "name": "Drs. Surya Wirawan, M.Si.",
    "position": "Sekretaris Daerah",
    "nip": "197003121995031001",
    "rank": "Pembina Utama Muda (IV/c)",
}
AUDITOR = {
    "name": "Ni Luh Pertiwi, S.H.",
    "position": "Auditor Muda",
    "nip": "198711302010122001",
    "rank": "Penata (III/c)",
    "unit": "Inspektorat",
}
SECRETARY = {
    "name": "Yohana Simatupang, S.IP.",
    "position": "Kepala Subbagian Umum dan Kepegawaian",
    "nip": "198903082014032004",
    "rank": "Penata Tingkat I (III/d)",
}
CHAIR = {"title": "Ketua Tim Pemeriksa", "name": SEKDA["name"], "nip": SEKDA["nip"], "rank": SEKDA["rank"]}
REGENT = {"title": "Bupati Way Tirta", "name": "H. Marzuki Latif, S.E."}
ALLEGATION = {
    "act": "menghadiri kampanye calon Bupati Way Tirta nomor urut 2 di Lapangan Kenanga dan mengajak peserta "
    "memilihnya pada tanggal 12 Oktober 2024",
    "breach": "Pasal 5 huruf n angka 5 Peraturan Pemerintah Nomor 94 Tahun 2021 tentang Disiplin Pegawai "
    "Negeri Sipil",
}
SECOND = {
    "act": "menyebarkan foto bersama calon tersebut melalui akun media sosialnya pada tanggal 13 Oktober 2024",
    "detail": "Foto itu dilihat 214 orang.\nTiga rekan sekantor membagikannya.",
    "breach": "Pasal 4 huruf f peraturan yang sama",
}
LAW = [
    "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara",
    "Peraturan Pemerintah Nomor 94 Tahun 2021 tentang Disiplin Pegawai Negeri Sipil",
    "Peraturan Badan Kepegawaian Negara Nomor 6 Tahun 2022",
]
PLACE = {"place": "Sukamaju"}
HEARING = {
    **PLACE,
    "summoned": CAMAT,
    "before": [SEKDA],
    "hearing_day": "2024-10-31",
    "hour": "09.00 WIB",
    "room": "Ruang Rapat Inspektorat, Jalan Merdeka Nomor 4, Sukamaju",
    "signer": CHAIR,
    "copies": ["Bupati Way Tirta", "Inspektur Kabupaten Way Tirta"],
}
TO_REGENT = {"addressee": "Yth. Bupati Way Tirta", "addressee_place": "Sukamaju"}
DECREE = {**PLACE, "issuer": "Bupati Way Tirta", "signer": REGENT, "law": LAW}

SAMPLES: dict[str, dict[str, Any]] = {
    "panggilan": {**HEARING, "ordinal": 1, "allegations": [ALLEGATION]},
    "bap": {
        **PLACE,
        "day": "2024-10-31",
        "examiners": [SEKDA, AUDITOR, SECRETARY],
        "authority": "Keputusan Bupati Way Tirta Nomor 188.45/212/2024 tanggal 28 Oktober 2024",
        "examined": CAMAT,
        "allegations": [ALLEGATION, SECOND],
        "exchanges": [
            {"question": "Apakah Saudara sehat dan bersedia diperiksa?", "answer": "Ya, sehat dan bersedia."},
            {
                "question": "Di mana Saudara pada tanggal 12 Oktober 2024 pukul 16.00?",
                "answer": "Di Lapangan Kenanga.\nSaya datang karena diundang panitia.",
            },
        ],
        "statement": "Saya menyesal dan tidak bermaksud mengajak siapa pun.",
    },
    "lhp": {
        **PLACE,
        **TO_REGENT,
        "examined": CAMAT,
        "examined_on": "2024-10-31",
        "minutes": {"number": "800.1.6.4/13/NET/2024", "day": "2024-10-31"},
        "findings": [
            {
                **ALLEGATION,
                "time": "12 Oktober 2024, pukul 16.00",
                "place": "Lapangan Kenanga",
                "proven": True,
            },
            {**SECOND, "time": "13 Oktober 2024", "place": "Media sosial", "proven": False},
        ],
        "aggravating": "Memegang jabatan pimpinan wilayah.",
        "mitigating": "Mengakui perbuatannya.",
        "impact": "Kepercayaan warga terhadap pelayanan kecamatan menurun.",
        "conclusion": "Terlapor terbukti melakukan perbuatan pertama dan tidak terbukti melakukan perbuatan kedua.",
        "recommendation": "Hukuman disiplin berat berupa pembebasan dari jabatannya menjadi jabatan pelaksana "
        "selama 12 (dua belas) bulan.",
        "competent": "Bupati Way Tirta selaku Pejabat Pembina Kepegawaian",
        "signer": CHAIR,
        "copies": ["Inspektur Kabupaten Way Tirta"],
    },
    "tim": {
        **DECREE,
        "considering": [
            "bahwa terdapat dugaan pelanggaran disiplin oleh pegawai pada Kecamatan Sukamaju",
            "bahwa ancaman hukumannya berat sehingga perlu dibentuk tim pemeriksa",
        ],
        "respondent": CAMAT,
        "allegations": [ALLEGATION],
        "members": [
            {**SEKDA, "role": "Ketua", "element": "atasan langsung"},
            {**SECRETARY, "role": "Sekretaris", "element": "unsur kepegawaian"},
            {**AUDITOR, "role": "Anggota", "element": "unsur pengawasan"},
        ],
        "tasks": ["memanggil dan memeriksa terlapor", "menyusun laporan hasil pemeriksaan"],
    },
    "keputusan_moral": {
        **DECREE,
        "considering": ["bahwa berdasarkan pemeriksaan, terlapor terbukti melanggar kode etik"],
        "respondent": CAMAT,
        "sanction": "sanksi moral berupa pernyataan secara tertutup",
        "allegations": [ALLEGATION],
        "further": [
            "Pernyataan disampaikan dalam forum internal paling lambat 14 hari sejak keputusan diterima."
        ],
    },
    "keputusan_disiplin": {
        **DECREE,
        "considering": [
            "bahwa berdasarkan Laporan Hasil Pemeriksaan Nomor 800.1.6.4/14/NET/2024 tanggal 4 November 2024, "
            "terlapor terbukti melakukan pelanggaran disiplin",
            "bahwa perbuatan tersebut berdampak negatif pada instansi yang bersangkutan",
        ],
        "respondent": CAMAT,
        "sanction": "hukuman disiplin berat berupa pembebasan dari jabatannya menjadi jabatan pelaksana selama "
        "12 (dua belas) bulan",
        "allegations": [ALLEGATION, SECOND],
        "further": [
            "Terhitung mulai tanggal keputusan ini berlaku, yang bersangkutan dibebaskan dari jabatan Camat "
            "Sukamaju.",
            "Keputusan ini mulai berlaku pada hari kerja ke-15 terhitung sejak diterima.",
        ],
        "copies": ["Kepala Badan Kepegawaian Negara", "Inspektur Kabupaten Way Tirta"],
    },
    "keputusan_pemberhentian": {
        **DECREE,
        "considering": ["bahwa yang bersangkutan terbukti menjadi pengurus partai politik"],
        "respondent": CAMAT,
        "sanction": "pemberhentian tidak dengan hormat sebagai Pegawai Negeri Sipil",
        "allegations": [{"act": "menjadi pengurus partai politik sejak tanggal 1 Agustus 2024"}],
        "further": ["Hak kepegawaiannya diberikan sesuai dengan ketentuan peraturan perundang-undangan."],
    },
    "penutupan": {
        **PLACE,
        "addressee": f"Yth. Sdr. {CAMAT['name']}",
        "addressee_place": "Sukamaju",
        "respondent": CAMAT,
        "allegations": [ALLEGATION],
        "outcome": "tidak_terbukti",
        "reason": "Tidak ada saksi atau dokumen yang menunjukkan kehadiran terlapor pada kegiatan tersebut.",
        "law": LAW[1:2],
        "signer": CHAIR,
    },
    "penerusan": {
        **PLACE,
        "addressee": "Yth. Kepala Badan Kepegawaian Negara",
        "addressee_place": "Jakarta",
        "respondent": CAMAT,
        "allegations": [ALLEGATION],
        "reason": "Terlapor menduduki jabatan yang pemeriksaannya bukan kewenangan kami.",
        "law": LAW[:2],
        "request": "Kami mohon hasil penanganannya disampaikan kepada kami.",
        "enclosures": ["Salinan hasil kajian awal", "Daftar bukti"],
        "signer": {
            **REGENT,
            "title": "Sekretaris Daerah",
            "name": SEKDA["name"],
            "on_behalf": "Bupati Way Tirta",
        },
        "copies": ["Bupati Way Tirta"],
    },
    "pemanggilan_keputusan": {
        **HEARING,
        "issuer": "Bupati Way Tirta",
        "decision": {"number": "188.45/230/2024", "day": "2024-11-11"},
        "sanction": "hukuman disiplin berat",
    },
}
