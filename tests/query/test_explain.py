"""Claims and entities in words that read well in both languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg import model, query
from kg.errors import Place, UsageError
from kg.messages import hint
from kg.query.ask import Setting
from kg.query.explain import Origin, explain
from kg.query.explain.josa import PAIRS, josa
from kg.query.explain.sentence import fill

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLE = Path(__file__).parents[2] / "examples/stargate/stargate.ttl"
BASE = "https://kg.example/"


@pytest.fixture(scope="module")
def session() -> Iterator[query.Session]:
    with query.Session(query.Asked(data=(EXAMPLE,))) as opened:
        yield opened


def said(session: query.Session, what: str, language: str = "en", origin: Origin | None = None) -> list[str]:
    setting = Setting(model.load(), BASE, language)
    return list(explain(session, what, setting, origin or Origin()))


@pytest.mark.parametrize(
    ("claim", "en", "ko"),
    [
        (
            "sb-openai",
            "SoftBank Group plans to invest USD 15 billion to 25 billion in OpenAI.",
            "소프트뱅크그룹은 오픈AI에 150억~250억 달러를 투자할 계획이다.",
        ),
        (
            "sb-total",
            "SoftBank Group plans to invest at least USD 40 billion in OpenAI and Stargate.",
            "소프트뱅크그룹은 스타게이트와 오픈AI에 400억 달러 이상을 투자할 계획이다.",
        ),
        (
            "stargate-total",
            "Stargate project plans to invest USD 500 billion (about KRW 729 trillion) in Stargate in United States.",
            "스타게이트 프로젝트는 미국에서 스타게이트에 5000억 달러(약 729조 원)를 투자할 계획이다.",
        ),
        (
            "openai-fundraising",
            "Reported: OpenAI seeks to raise at most USD 40 billion.",
            "전언: 오픈AI는 400억 달러 이하를 조달하는 방안을 추진하고 있다.",
        ),
        (
            "samsung-stargate",
            "Presumed: Samsung Electronics has been asked to invest in Stargate project.",
            "추정: 삼성전자는 스타게이트 프로젝트에 투자해 달라는 요청을 받았다.",
        ),
        (
            "alliance-launch",
            "AI semiconductor alliance is to be founded.",
            "AI 반도체 동맹은 설립될 예정이다.",
        ),
        (
            "lee-chair",
            "Lee Jae-yong is chair of Samsung Electronics.",
            "이재용은 삼성전자의 회장을 맡고 있다.",
        ),
        ("tsmc-taiwan", "Taiwan is the country of TSMC.", "TSMC의 소속 국가는 대만이다."),
        (
            "alliance-lead",
            "Korea, the US and Japan plan to take part in AI semiconductor alliance (as leader).",
            "Korea, the US and Japan은 AI 반도체 동맹에 주도자로 참여할 계획이다.",
        ),
    ],
)
def test_a_claim_is_one_sentence(session: query.Session, claim: str, en: str, ko: str) -> None:
    assert said(session, claim)[0] == en
    assert said(session, claim, "ko")[0] == ko


def test_what_stands_behind_a_claim_is_told(session: query.Session) -> None:
    text = "\n".join(said(session, "samsung-stargate"))
    for part in (
        "requested: Somebody has been asked to do it and has not agreed.",
        "presumed: ",
        "said to be unknown  amount",
        "Chosun Biz, 2025-02-04",
        "paragraph 1: “추정”",
        "paragraph 7: “미지수”",
        f"{BASE}investment/stargate/samsung-stargate",
    ):
        assert part in text
    assert "part of" in "\n".join(said(session, "sb-openai"))
    assert "The Wall Street Journal" in "\n".join(said(session, "openai-fundraising"))
    assert "3문단: “150억달러 이상”" in "\n".join(said(session, "sb-stargate", "ko"))


def test_how_a_claim_came_in_is_told_where_it_is_known(session: query.Session) -> None:
    origin = Origin(
        {f"{BASE}dataset/stargate": "2025-03-01T09:00:00Z"}.get,
        lambda iri: Place("facts.jsonl", 12) if iri.endswith("sb-openai") else None,
    )
    text = "\n".join(said(session, "sb-openai", origin=origin))
    assert "2025-03-01T09:00:00Z (dataset/stargate)" in text
    assert "facts.jsonl:12" in text
    assert "in the graph since" not in "\n".join(said(session, "sb-openai"))


def test_an_entity_has_its_names_and_its_claims(session: query.Session) -> None:
    lines = said(session, "소프트뱅크")
    assert lines[0] == "SoftBank Group (company)"
    text = "\n".join(lines)
    assert "SoftBank Group, SoftBank" in text
    assert "소프트뱅크그룹, 소프트뱅크" in text
    assert "investment (3)" in lines
    assert (
        "  Masayoshi Son is chair of SoftBank Group. [Chosun Biz, 2025-02-04] position/stargate/son-chair"
        in lines
    )
    assert "claims that it says: 45" not in text


def test_a_document_does_not_list_all_that_it_says(session: query.Session) -> None:
    lines = said(session, "chosun-2025-02-04")
    assert any(line.startswith("claims that it says: ") for line in lines)
    assert len(lines) < 15


def test_what_is_not_there_or_ambiguous_is_said(
    session: query.Session,
) -> None:
    with pytest.raises(UsageError) as caught:
        said(session, "softbonk")
    assert caught.value.code == "query-nothing"
    with pytest.raises(UsageError) as twice:
        said(session, "스타게이트")
    assert twice.value.code == "query-ambiguous"
    assert f"<{BASE}organization/stargate>" in str(twice.value)
    assert "resolve" not in hint("query-ambiguous", twice.value.args_shown, "en")


def test_what_a_table_prints_of_a_claim_can_be_asked(tmp_path: Path) -> None:
    facts = [
        {"dataset": "d", "defaults": {"source": "n", "status": "planned"}},
        {"type": "NewsArticle", "id": "n", "published": "2025-02-04"},
        {"type": "Company", "id": "a", "name": "Acme"},
        {"type": "Company", "id": "b", "name": "Acme"},
        {"type": "Investment", "investor": "a", "investee": "b", "amount": "KRW 9bn"},
    ]
    path, graph = tmp_path / "facts.jsonl", tmp_path / "graph.nt"
    path.write_text("".join(f"{json.dumps(fact)}\n" for fact in facts), "utf-8")
    graph.write_text("".join(f"{line}\n" for line in kg.convert(path).triples()), "utf-8")
    with query.Session(query.Asked(data=(graph,))) as opened:
        row = next(opened.ask("SELECT ?c { ?c a <https://w3id.org/kg-loader/ontology#Investment> }").rows)
        iri = str(row[0]).strip("<>")
        whole = said(opened, iri)
        assert whole[0] == "Acme plans to invest KRW 9 billion in Acme."
        assert said(opened, iri.removeprefix(BASE)) == whole
        assert said(opened, iri.rpartition("/")[2]) == whole
        with pytest.raises(UsageError) as twice:
            said(opened, "Acme")
        assert f"<{BASE}organization/d/a>" in str(twice.value)
        assert "kg resolve --same" in hint("query-ambiguous", twice.value.args_shown, "en")


LASTING: dict[str, tuple[dict[str, object], str, str]] = {
    "Position": ({"holder": "p", "organization": "a"}, "P was in a post of A", "박은 가의 직위를 맡았다"),
    "Ownership": ({"owner": "a", "owned": "b"}, "A owned B", "가는 나를 보유하고 있었다"),
    "Location": ({"located": "a", "place": "h"}, "Here was A", "가의 소재지는 여기였다"),
    "Participation": ({"participant": "a", "undertaking": "j"}, "A took part in J", "가는 일에 참여했다"),
    "Partnership": ({"partner": ["a", "b"], "status": "actual"}, "A and B worked together", "가와 나는 협력했다"),
    "Operation": ({"operator": "a", "sector": "s"}, "A did business in S", "가는 업 업종의 사업을 했다"),
    "Production": ({"producer": "a", "product": "m"}, "A made M", "가는 물건을 만들었다"),
    "Relationship": ({"party": ["a", "b"]}, "A and B were connected", "가와 나는 서로 관계에 있었다"),
}  # fmt: skip


def test_what_is_over_when_its_source_speaks_of_it_is_not_told_as_if_it_were_so(tmp_path: Path) -> None:
    facts: list[dict[str, object]] = [
        {"ids": "shared", "dataset": "d", "defaults": {"source": "doc"}},
        {"type": "NewsArticle", "id": "doc", "published": "2026-03-12"},
        {"type": "NewsArticle", "id": "undated"},
        {"type": "Company", "id": "a", "name": {"en": "A", "ko": "가"}},
        {"type": "Company", "id": "b", "name": {"en": "B", "ko": "나"}},
        {"type": "Person", "id": "p", "name": {"en": "P", "ko": "박"}},
        {"type": "Place", "id": "h", "name": {"en": "Here", "ko": "여기"}},
        {"type": "Project", "id": "j", "name": {"en": "J", "ko": "일"}},
        {"type": "Sector", "id": "s", "name": {"en": "S", "ko": "업"}},
        {"type": "Product", "id": "m", "name": {"en": "M", "ko": "물건"}},
    ]
    for name, (body, *_) in LASTING.items():
        facts.append({"type": name, "id": name, **body, "endDate": "2026-02"})
    position = {"type": "Position", "holder": "p", "organization": "a"}
    facts += [
        {**position, "id": "will-end", "startDate": "2021", "endDate": "2026-12"},
        {**position, "id": "nobody-knows", "endDate": "2026-02", "source": "undated"},
        {**position, "id": "planned", "startDate": "2026-06", "status": "planned"},
    ]
    path, out = tmp_path / "facts.jsonl", tmp_path / "all.nt"
    path.write_text("".join(json.dumps(f, ensure_ascii=False) + "\n" for f in facts), "utf-8")
    graph = kg.convert(path)
    assert graph.report.conforms, [str(f) for f in graph.report.findings]
    out.write_text("".join(f"{line}\n" for line in graph.triples()), "utf-8")
    with query.Session(query.Asked(data=(out,))) as session:
        for name, (_, en, ko) in LASTING.items():
            assert said(session, name)[0] == f"{en} (end: in February 2026)."
            assert said(session, name, "ko")[0] == f"{ko} (종료일: 2026년 2월)."
            assert not any(
                line.split()[:1] == ["end"] and "written" not in line for line in said(session, name)
            )
        assert said(session, "will-end")[0] == "P is in a post of A (start: in 2021, end: in December 2026)."
        assert said(session, "nobody-knows")[0] == "P is in a post of A (end: in February 2026)."
        assert said(session, "planned")[0] == "P is to be in a post of A (start: in June 2026)."


def every_claim(tmp_path: Path) -> tuple[Path, list[str]]:
    """A claim of every class and every status, with all parties and, for Founding, without its founder."""
    facts: list[dict[str, object]] = [
        {"ids": "shared", "dataset": "d", "language": "en", "defaults": {"source": "doc"}},
        {"type": "NewsArticle", "id": "doc"},
        {"type": "Company", "id": "a", "name": {"en": "A", "ko": "가"}},
        {"type": "Company", "id": "b", "name": {"en": "B", "ko": "나"}},
        {"type": "Person", "id": "p", "name": {"en": "P", "ko": "박"}},
        {"type": "Place", "id": "here", "name": {"en": "Here", "ko": "여기"}},
        {"type": "Technology", "id": "t", "name": {"en": "T", "ko": "기술"}},
        {"type": "Project", "id": "j", "name": {"en": "J", "ko": "일"}},
        {"type": "Sector", "id": "s", "name": {"en": "S", "ko": "업"}},
        {"type": "Product", "id": "m", "name": {"en": "M", "ko": "물건"}},
    ]
    bodies: dict[str, dict[str, object]] = {
        "Investment": {"investor": "a", "investee": "b"},
        "Fundraising": {"fundraiser": "a"},
        "Acquisition": {"acquirer": "a", "target": "b"},
        "Ownership": {"owner": "a", "owned": "b", "share": "51"},
        "Founding": {"founded": "b"},
        "Location": {"located": "a", "place": "here"},
        "Position": {"holder": "p", "organization": "a"},
        "Participation": {"participant": "a", "undertaking": "j"},
        "Partnership": {"partner": ["a", "b"]},
        "Capability": {"agent": "a", "technology": "t"},
        "Operation": {"operator": "a", "sector": "s"},
        "Production": {"producer": "a", "product": "m"},
        "Relationship": {"party": ["a", "b"]},
        "Statement": {"speaker": "a", "text": {"en": "yes"}},
        "Request": {"requester": "a", "addressee": "b"},
        "Meeting": {"participant": ["a", "p"]},
        "Visit": {"visitor": "p", "place": "here"},
    }
    ids = []
    for name, body in bodies.items():
        for status in ("actual", "planned", "sought", "requested", "cancelled", "denied"):
            ids.append(f"{name.lower()}-{status}")
            facts.append({"type": name, "id": ids[-1], "status": status, **body})
    path = tmp_path / "facts.jsonl"
    path.write_text("".join(json.dumps(f, ensure_ascii=False) + "\n" for f in facts), "utf-8")
    graph = kg.convert(path)
    assert graph.report.conforms, [str(f) for f in graph.report.findings]
    out = tmp_path / "all.nt"
    out.write_text("".join(f"{line}\n" for line in graph.triples()), "utf-8")
    assert set(bodies) == {c.name for c in model.load().classes.values() if c.is_claim}
    return out, ids


def test_every_class_and_status_has_a_sentence_of_its_own(tmp_path: Path) -> None:
    graph, ids = every_claim(tmp_path)
    for language in ("en", "ko"):
        setting = Setting(model.load(), BASE, language)
        with query.Session(query.Asked(data=(graph,))) as session:
            first = {what: next(explain(session, what, setting)) for what in ids}
        assert len(set(first.values())) == len(first)
        for what, line in first.items():
            assert not set(line) & set("{}[]<>|#"), (what, line)
            assert "  " not in line, (what, line)
            assert line.endswith((".", "”")), (what, line)
            if what.endswith(("denied", "requested", "cancelled", "sought", "planned")):
                assert line != first[what.partition("-")[0] + "-actual"]


def test_a_class_without_a_template_is_explained_by_its_labels(tmp_path: Path) -> None:
    kg_ns, base = "https://w3id.org/kg-loader/ontology#", "https://own.example/"
    ontology = tmp_path / "own.ttl"
    ontology.write_text(
        f"""@prefix kg: <{kg_ns}> . @prefix own: <{base}> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
own:Lawsuit a owl:Class ; rdfs:subClassOf kg:Claim ; rdfs:label "lawsuit"@en , "소송"@ko ;
    skos:definition "x"@en , "소송"@ko .
own:plaintiff a owl:ObjectProperty ; rdfs:label "plaintiff"@en , "원고"@ko ; skos:definition "x"@en , "원고"@ko .
""",
        "utf-8",
    )
    shapes = tmp_path / "own-shapes.ttl"
    shapes.write_text(
        f"""@prefix kg: <{kg_ns}> . @prefix own: <{base}> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/kg-loader/shapes#> .
own:LawsuitShape a sh:NodeShape ; sh:targetClass own:Lawsuit ; sh:property own:Lawsuit-plaintiff .
own:Lawsuit-plaintiff a sh:PropertyShape ; sh:path own:plaintiff ; sh:class kg:Party ; sh:minCount 1 ;
    sh:group shape:parties ; sh:order 10 ; sh:severity sh:Violation ;
    sh:name "plaintiff"@en , "원고"@ko ; sh:description "Who sues."@en , "소를 낸 쪽."@ko .
""",
        "utf-8",
    )
    graph = tmp_path / "g.ttl"
    graph.write_text(
        f"""@prefix kg: <{kg_ns}> . @prefix own: <{base}> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<{BASE}lawsuit/d/1> a own:Lawsuit ; own:plaintiff <{BASE}organization/a> ; kg:status kg:actual ;
    kg:certainty kg:rumoured .
<{BASE}organization/a> a kg:Company , kg:Organization ; skos:prefLabel "A"@en .
""",
        "utf-8",
    )
    with query.Session(query.Asked(data=(graph,))) as session:
        setting = Setting(model.load((ontology,), (shapes,)), BASE)
        assert next(explain(session, f"{BASE}lawsuit/d/1", setting)) == "Rumoured: lawsuit: plaintiff A."


@pytest.mark.parametrize(
    ("word", "pair", "expected"),
    [
        ("삼성전자", "이/가", "삼성전자가"),
        ("평택 공장", "을/를", "평택 공장을"),
        ("서울", "으로/로", "서울로"),
        ("서울", "은/는", "서울은"),
        ("부산", "으로/로", "부산으로"),
        ("OpenAI", "과/와", "OpenAI와"),
        ("TSMC", "은/는", "TSMC는"),
        ("HBM", "이/가", "HBM이"),
        ("SK", "이/가", "SK가"),
        ("Google", "을/를", "Google을"),
        ("SoftBank Group", "은/는", "SoftBank Group은"),
        ("Facebook", "은/는", "Facebook은"),
        ("Amazon", "이/가", "Amazon이"),
        ("Microsoft", "이/가", "Microsoft가"),
        ("2024", "을/를", "2024를"),
        ("3", "을/를", "3을"),
        ("7", "으로/로", "7로"),
        ("“계획”", "은/는", "“계획”은"),
        ("삼성전자(주)", "은/는", "삼성전자(주)는"),
        ("東京", "은/는", "東京은(는)"),
        ("…", "이/가", "…이(가)"),
        ("東京", "으로/로", "東京(으)로"),
        ("東京", "이다/다", "東京(이)다"),
    ],
)
def test_postpositions_follow_how_a_word_ends(word: str, pair: str, expected: str) -> None:
    assert josa(word, pair) == expected


def test_every_hangul_syllable_takes_one_form() -> None:
    for code in range(0xAC00, 0xD7A4):
        for pair, forms in PAIRS.items():
            assert josa(chr(code), pair).removeprefix(chr(code)) in forms


def test_optional_parts_need_all_their_fields() -> None:
    template = "{a}[ with {b}][ ({c}|nobody)]"
    assert fill("{a}[ with {b}][ for {c}| for nothing]", {"a": ["x"], "b": []}, "en") == "x for nothing"
    assert fill(template.replace("|nobody", ""), {"a": ["x"], "b": ["y"], "c": ["z"]}, "en") == "x with y (z)"
