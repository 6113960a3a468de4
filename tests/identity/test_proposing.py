"""Which pairs are proposed, why, and which are not, however alike their names are."""

from __future__ import annotations

import random
from functools import partial
from typing import Any

import pytest

from kg.identity import blocking
from kg.identity.judgements import Judgement, Judgements
from kg.identity.loose import loose
from kg.identity.proposing import THRESHOLD, propose
from kg.identity.rules import judged_by, rule
from kg.identity.things import Thing, conflict
from tests.steps import steps


def company(name: str, iri: str = "x:a", **known: Any) -> Thing:
    return Thing(iri, "organization", "Company", [name], **known)


def person(name: str, iri: str = "x:a", **known: Any) -> Thing:
    return Thing(iri, "person", "Person", [name], **known)


def reasons(one: Thing, other: Thing) -> list[str]:
    """The codes of the reasons for the one proposal; [] if there is none."""
    found = propose([one, other]).proposals
    return [reason.code.removeprefix("resolve-") for proposal in found for reason in proposal.reasons]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Samsung Electronics Co., Ltd.", "SAMSUNG ELECTRONICS", "name"),
        ("삼성전자 주식회사", "㈜삼성전자", "name"),
        ("삼성전자", "Samsung Electronics", "sound"),
        ("현대자동차", "Hyundai Motor", "sound"),
        ("소프트뱅크", "SoftBank Corp.", "sound"),
        ("에스케이하이닉스", "SK하이닉스", "words"),
        ("마이크로소프트", "Microsoft Corporation", "sound"),
        ("東京電力", "东京电力", "words"),
        ("華為技術有限公司", "华为技术", "words"),
        ("Société Générale", "Societe Generale SA", "words"),
        ("Samsung Elec.", "Samsung Electronics", "words"),
        ("Toyota Motor", "Motor, Toyota", "words"),
        ("Qualcomm Int'l", "Qualcomm International", "words"),
        ("Microsfot Corp", "Microsoft Inc", "slip"),
        ("Berkshire Hathaway", "Berkshire Hathway Inc", "slip"),
        ("한빛벤처스", "한빛벤쳐스", "words"),
        ("초롱헬스", "초롱헬스케어", "words"),
        ("하늘로보틱스", "Haneul Robotics", "sound"),
        ("Blue Whale Partners", "블루웨일파트너스", "sound"),
        ("Silver Lake Partners", "실버레이크파트너스", "sound"),
        ("Green Light Capital", "그린라이트캐피탈", "sound"),
        ("Snowflake Inc.", "스노우플레이크", "sound"),
    ],
)
def test_companies_that_are_proposed(one: str, other: str, why: str) -> None:
    assert reasons(company(one), company(other, "x:b")) == [why]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Samsung Electronics", "Samsung Electric"),
        ("삼성전자", "삼성전기"),
        ("삼성생명", "삼성화재"),
        ("Alpha Partners", "Alpine Partners"),
        ("Vision Fund II", "Vision Fund III"),
        ("Acme 1 Ltd", "Acme 2 Ltd"),
        ("Arm", "Aim"),
        ("National Bank", "International Bank"),
        ("Samsung", "Samyang"),
        ("Shell Trading", "Shell Energy"),
        ("Blue Whale Partners", "블루베리파트너스"),
        ("Blue Wall Partners", "블루웨일파트너스"),
        ("초롱헬스케어", "조롱헬스케어"),
    ],
)
def test_companies_that_are_not_proposed(one: str, other: str) -> None:
    assert reasons(company(one), company(other, "x:b")) == []


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("이재용", "Lee Jae-yong", "scripts"),
        ("이재용", "Jae-Yong Lee", "scripts"),
        ("이재용", "Rhee Jaeyong", "scripts"),
        ("최태원", "Chey Tae-won", ""),
        ("정의선", "Chung Eui-sun", "scripts"),
        ("김범수", "Kim Beom-su", "scripts"),
        ("이재용 회장", "이재용", "words"),
        ("Chairman Jane Roe", "Jane Roe", "words"),
        ("Altman, Sam", "Sam Altman", "words"),
        ("J. R. Smith", "John Robert Smith", "initials"),
        ("John R. Smith", "John Smith", "initials"),
        ("D. D. Carter", "Daniel D. Carter", "initials"),
        ("샘 올트먼", "Sam Altman", "sound"),
        ("John R. Smith", "John B. Smith", ""),
        ("이재용", "이재명", ""),
        ("Lee Jae-yong", "Lee Jae-myung", ""),
        ("Jane Roe", "John Roe", ""),
        ("김현국", "Kim Kook-hyun", ""),
    ],
)
def test_people(one: str, other: str, why: str) -> None:
    assert reasons(person(one), person(other, "x:b")) == ([why] if why else [])


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"identifiers": {"lei": {"A"}}}, {"identifiers": {"lei": {"B"}}}, "resolve-not-identifier"),
        ({"identifiers": {"lei": {"A", "B"}}}, {"identifiers": {"lei": {"B"}}}, None),
        ({"identifiers": {"isin": {"A"}}}, {"identifiers": {"isin": {"B"}}}, None),
        ({"identifiers": {"lei": {"A"}}}, {"identifiers": {"dart": {"B"}}}, None),
        ({"born": ("1968-06-23", "1968-06-23")}, {"born": ("1970-01-01", "1970-12-31")}, "resolve-not-born"),
        ({"born": ("1968-06-23", "1968-06-23")}, {"born": ("1968-01-01", "1968-12-31")}, None),
        ({"countries": {"country": {"KR"}}}, {"countries": {"country": {"JP"}}}, "resolve-not-country"),
        ({"countries": {"country": {"KR"}}}, {"countries": {"country": {"JP", "KR"}}}, None),
        ({"countries": {"registered": {"KY"}}}, {"countries": {"headquarters": {"CN"}}}, None),
    ],
)
def test_homonyms_that_differ_are_never_proposed(
    one: dict[str, Any], other: dict[str, Any], why: str | None
) -> None:
    a, b = person("김민수", **one), person("김민수", "x:b", **other)
    found = conflict(a, b)
    assert (found.code if found else None) == why
    searched = propose([a, b], threshold=0)
    assert len(searched.proposals) == (why is None)
    assert [(c.one.iri, c.other.iri) for c in searched.conflicts] == ([("x:a", "x:b")] if why else [])


def test_links_make_what_is_little_alike_a_proposal() -> None:
    assert "website" in reasons(
        company("Arm", websites={"arm.com"}), company("Arm Holdings", "x:b", websites={"arm.com"})
    )
    assert "identifier" in reasons(
        company("Alphabet", identifiers={"cik": {"1"}}), company("구글", "x:b", identifiers={"cik": {"1"}})
    )
    assert reasons(company("Arm", websites={"x.com"}), company("Intel", "x:b", websites={"x.com"})) == []


def test_kinds_and_judged_pairs_are_left_out_and_the_order_of_entities_says_nothing() -> None:
    things = [company(f"Acme{n // 2}", f"x:{n}") for n in range(20)] + [person("Acme3", "x:p")]
    found = propose(things).proposals
    assert len(found) == 10
    random.Random(7).shuffle(things)
    assert propose(things).proposals == found
    assert len(propose(things, judged=lambda one, other: (one, other) == ("x:0", "x:1")).proposals) == 9
    assert all(p.score >= THRESHOLD for p in found)


def test_the_work_grows_with_the_entities_and_cut_blocks_are_told() -> None:
    def search(count: int) -> int:
        things = [company(f"Word{n} Common{n % 3} Bank", f"x:{n:05}") for n in range(count)]
        return propose(things).compared

    assert search(2000) < 3 * search(1000)
    many = [company("Acme Bank", f"x:{n:05}") for n in range(3 * blocking.BLOCK)]
    found = propose(many)
    assert found.compared < len(many) * blocking.BLOCK
    assert ("acme", 3 * blocking.BLOCK) in found.cut


@pytest.mark.parametrize("unit", ["전자", "a b ", "에이", "(주)", "회장 ", "Jr. ", "-", "ㄱ"])
def test_making_a_name_ready_takes_no_longer_than_the_name_is(unit: str) -> None:
    for kind in (True, False):
        short, long = (steps(partial(loose, ("x" + unit * n)[:n], person=kind)) for n in (250, 1000))
        assert long <= 8 * short + 3000


def test_a_rule_joins_what_has_all_in_common_and_nothing_that_speaks_against_it() -> None:
    korea: dict[str, Any] = {"countries": {"country": {"KR"}}}
    things = [
        company("Acme", "x:a", **korea),
        company("ACME Inc.", "x:b", **korea),
        company("Acme Ltd", "x:c", countries={"country": {"JP"}}),
        company("Acme", "x:d"),
        company("Acme", "x:e", identifiers={"lei": {"1"}}, **korea),
        company("Acme", "x:f", identifiers={"lei": {"2"}}, **korea),
    ]
    wanted = rule("same name, same country, Company", ["Company"])
    found = [j.pair for j in judged_by(wanted, things, Judgements())]
    assert found == [("x:a", "x:b"), ("x:a", "x:e")]
    apart = Judgements().given(Judgement("different", ("x:b", "x:e")))
    assert [j.pair for j in judged_by(wanted, things, apart)] == [("x:a", "x:b"), ("x:a", "x:f")]
    assert [j.pair for j in judged_by(wanted, reversed(things), Judgements())] == found
