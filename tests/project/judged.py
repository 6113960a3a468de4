"""Three datasets with entities that may be one, loaded and judged by commands in a project here."""

from __future__ import annotations

from pathlib import Path

from tests.command import Outcome, run

BASE = "https://kg.example/"
A, B, C = (f"{BASE}organization/{name}" for name in ("a/samsung", "b/samsung", "c/samsung"))
HEAD = """{"language": "LANG", "defaults": {"source": "art"}}
{"type": "NewsArticle", "id": "art", "published": "2025-02-04"}
"""
FILES = {
    "a": """{"type": "Company", "id": "samsung", "name": {"en": "Samsung Electronics Co., Ltd."}, "website": "https://www.samsung.com/"}
{"type": "Company", "id": "openai", "name": "OpenAI"}
{"type": "Person", "id": "lee", "name": {"ko": "이재용"}, "birthDate": "1968-06-23"}
{"type": "Place", "id": "kr", "name": "Korea", "identifier": {"iso-3166": "KR"}}
{"type": "Location", "located": "samsung", "place": "kr", "relation": "headquarters"}
{"type": "Investment", "id": "i", "investor": "samsung", "investee": "openai", "amount": "USD 5m", "status": "planned"}
""",
    "b": """{"type": "Company", "id": "samsung", "name": ["㈜삼성전자", "Samsung Electronics"]}
{"type": "Company", "id": "openai", "name": "오픈AI"}
{"type": "Person", "id": "lee", "name": "이재용", "birthDate": "1970-01-01"}
{"type": "Place", "id": "kr", "name": "대한민국", "identifier": {"iso-3166": "KR"}}
{"type": "Location", "located": "samsung", "place": "kr", "relation": "headquarters"}
{"type": "Investment", "investor": "samsung", "investee": "openai", "amount": "USD 7m", "status": "planned"}
""",
    "c": """{"type": "Company", "id": "samsung", "name": "Samsung Elec."}
{"type": "Person", "id": "lee", "name": "Lee Jae-yong"}
{"type": "Investment", "investor": "samsung", "investee": {"type": "Company", "name": "Arm"}, "status": "sought"}
""",
}


def project(folder: str) -> None:
    Path(folder).mkdir(exist_ok=True)
    assert run(["init", folder, "--base", BASE, "--language", "en"]).exit_code == 0
    for name, text in FILES.items():
        language = "en" if name == "a" else "ko"
        (Path(folder) / f"{name}.jsonl").write_text(HEAD.replace("LANG", language) + text, "utf-8")


def load(*names: str) -> None:
    assert run(["load", *(f"{name}.jsonl" for name in names)]).exit_code == 0


def exported(form: str = "ntriples") -> str:
    return run(["export", "--to", form]).stdout.decode()


def same(one: str, other: str, verdict: str = "--same") -> Outcome:
    return run(["resolve", verdict, one, other, "--by", "kim", "--reason", "seen", "--lang", "en"])


def judgements() -> str:
    file = Path("judgements.jsonl")
    return file.read_text("utf-8") if file.exists() else ""
