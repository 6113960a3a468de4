"""Legal forms of many jurisdictions say nothing of which company it is."""

from __future__ import annotations

import pytest

from kg.identity.legal_forms import forms
from kg.identity.names import name_key


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (
            (
                "㈜삼성전자",
                "삼성전자㈜",
                "(주)삼성전자",
                "주식회사 삼성전자",
                "삼성전자 주식회사",
                "삼성전자",
            ),
            "삼성전자",
        ),
        (("유한회사 구글코리아", "(유)구글코리아", "구글코리아 유한책임회사"), "구글코리아"),
        (("トヨタ自動車株式会社", "株式会社トヨタ自動車", "㈱トヨタ自動車"), "トヨタ自動車"),
        (("腾讯控股有限公司", "腾讯控股股份有限公司"), "腾讯控股"),
        (("微软(中国)有限公司",), "微软(中国)"),
        (
            (
                "Acme Inc.",
                "ACME, INC",
                "Acme Corp.",
                "Acme Corporation",
                "Acme Co., Ltd.",
                "Acme L.L.C.",
                "Acme LLC",
            ),
            "acme",
        ),
        (("Siemens AG", "Siemens Aktiengesellschaft", "SIEMENS A.G."), "siemens"),
        (("Foo GmbH", "Foo G.m.b.H.", "Foo GmbH & Co. KG", "Foo & Co. KG"), "foo"),
        (("Fiat S.p.A.", "Fiat SpA", "FIAT S.P.A."), "fiat"),
        (("Total S.A.", "Total SA", "Total SAS"), "total"),
        (("Grab Pte. Ltd.", "Grab Pte Ltd", "Grab Private Limited"), "grab"),
        (("Heineken N.V.", "Heineken B.V.", "Heineken NV"), "heineken"),
        (("Nokia Oyj", "Nokia Oy", "Nokia Oy Ab"), "nokia"),
        (("Volvo AB", "Volvo AB (publ)", "Aktiebolaget Volvo"), "volvo"),
        (("Novo Nordisk A/S", "NOVO NORDISK A/S"), "novo nordisk"),
        (("Equinor ASA", "Equinor AS"), "equinor"),
        (("Orlen Sp. z o.o.", "Orlen Spółka Akcyjna"), "orlen"),
        (("Cemex, S.A.B. de C.V.", "Cemex S.A. de C.V."), "cemex"),
        (("Petronas Sdn. Bhd.", "Petronas Berhad"), "petronas"),
        (("PT Astra Tbk", "Astra (Persero)"), "astra"),
        (("ООО «Ромашка»",), "«ромашка»"),
        (("Koç A.Ş.",), "koç"),
    ],
)
def test_a_name_with_a_legal_form_is_the_name(names: tuple[str, ...], key: str) -> None:
    assert {name: name_key(name) for name in names} == dict.fromkeys(names, key)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("AG", "ag"),
        ("GmbH & Co. KG", "gmbh"),
        ("株式会社", "株式会社"),
        ("Nabisco", "nabisco"),
        ("PT", "pt"),
        ("As Seen", "as seen"),
        ("SK", "sk"),
        ("A.S. Roma", "as roma"),
    ],
)
def test_what_only_looks_like_a_legal_form_stays(name: str, key: str) -> None:
    assert name_key(name) == key


def test_the_table_is_whole() -> None:
    known = forms()
    assert len(known.touching_before) > 40
    assert sum(map(len, known.ends.values())) > 150
    assert all(form == form.casefold() for form in known.touching_after)
