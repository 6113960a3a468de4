"""Writes ``currencies.tsv``: the names of currencies by CLDR, as the locked babel has them.

Run ``python -m kg.values.vocabulary.renew`` after babel was raised. Only names that mean one
currency in their language are kept; a name of two words also stands without its spaces.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.values.vocabulary import ANY, tables

LANGUAGES: Final = (
    "en",
    "ko",
    "ja",
    "zh",
    "zh_Hant",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "sv",
    "pl",
    "ru",
)
"""The locales whose names are taken."""
_RUN_TOGETHER: Final = frozenset({"en", "ko", "ja"})
"""Languages whose names of two words are also found without the space."""
_DOT: Final = "・"
"""What stands in Japanese between words of other languages, in place of a space."""
_OTHER_WORDS: Final = frozenset(
    {"gold", "mark", "marks", "unit", "units", "sum", "チャット", "キープ", "ドラム", "ランド", "レオン"}
)
"""Last words of names that mean something else."""
_SHORTEST: Final = {"ja": 3}
"""Characters of a last word, where words stand without spaces: タカ and ラリ are within other words."""


def rows() -> list[tuple[str, str, str]]:
    """(language, name, code), sorted."""
    from babel import Locale  # noqa: PLC0415 - only this table is made with it

    codes = tables()[ANY]["money"]["code"]
    found: dict[tuple[str, str], set[str]] = {}
    for locale in LANGUAGES:
        language = locale.partition("_")[0]
        # The data, not the properties: these resolve every plural form through number patterns.
        data = Locale.parse(locale)._data  # noqa: SLF001
        for code in codes:
            names = {data["currency_names"].get(code, "")}
            names.update(dict(data["currency_names_plural"].get(code, {})).values())
            for name in names:
                for spelling in _spellings(str(name), language):
                    found.setdefault((language, spelling), set()).add(code)
    _add_short(found)
    one = ((language, name, codes) for (language, name), codes in found.items() if len(codes) == 1)
    return sorted((language, name, next(iter(codes))) for language, name, codes in one)


def _add_short(found: dict[tuple[str, str], set[str]]) -> None:
    """A name's last word, where it names the currency of one country only: tugrik, 바트."""
    short: dict[tuple[str, str], set[str]] = {}
    for (language, name), codes in found.items():
        last = name.rpartition(" ")[2]
        if len(last) < _SHORTEST.get(language, 0):
            continue
        if language in _RUN_TOGETHER and last != name and not any(code[0] == "X" for code in codes):
            short.setdefault((language, last), set()).update(codes)
    for key, codes in short.items():
        if key not in found and key[1] not in _OTHER_WORDS:
            found[key] = codes


def _spellings(name: str, language: str) -> set[str]:
    name = " ".join(name.lower().replace("’", "'").split())
    if not name or (name.isascii() and name == name.upper()) or "(" in name:
        return set()
    both = language in _RUN_TOGETHER and name.count(" ") == 1
    found = {name, name.replace(" ", "")} if both else {name}
    return found | {name.replace(" ", _DOT)} if language == "ja" else found


def main() -> None:
    """Write the table."""
    head = "# language\tname\tISO 4217; made by kg.values.vocabulary.renew from the CLDR data in babel\n"
    body = "".join("\t".join(row) + "\n" for row in rows())
    Path(__file__).with_name("currencies.tsv").write_text(head + body, "utf-8")


if __name__ == "__main__":
    main()
