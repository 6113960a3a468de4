"""Searching 100,000 entities for duplicates: time, memory, precision, recall, beside a plain rapidfuzz pass.

The labelled set is made: names of GLEIF's records (where they are at hand) and lists of companies and people,
each as two records at times, the second changed in a way that real data shows: another script, another legal
form, a word shortened, a slip of the keyboard, another order, a title. Homonyms that differ in an identifier,
a birth date or a country are among them, and neighbours such as Electronics and Electric, Fund II and III.
The goal is held in processor time, since machines are shared.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).parent))

import resolve_names as lists

from kg.identity.proposing import THRESHOLD, Proposal, propose
from kg.identity.things import Thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ENTITIES: Final = 100_000
SEED: Final = 20250204
"""``--seed 7`` makes another set, on which nothing was tuned."""
COPIES: Final = 0.3
"""Part of them that is a second record of something."""
GOAL_SECONDS: Final = 180
GOAL_BYTES: Final = 2 << 30
PLAIN_ROWS: Final = 500
"""So many rows of the plain pass are run; the rest is reckoned."""


@dataclass
class Made:
    """Things, and what they truly are."""

    things: list[Thing] = field(default_factory=list)
    truth: dict[str, int] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    """IRI of a second record -> what was done to the name."""
    taken: set[str] = field(default_factory=set)

    def add(self, thing: Thing, truth: int, how: str = "") -> None:
        """Take a record in."""
        self.things.append(thing)
        self.truth[thing.iri] = truth
        if how:
            self.how[thing.iri] = how


def company(rng: random.Random, made: Made, number: int) -> tuple[Thing, Thing | None, str]:
    """A company, and at times its second record with what was done to it."""
    brand, country = invented_brand(rng)
    trade = rng.choice(lists.TRADES)
    hangul, latin = brand if isinstance(brand, tuple) else (None, brand)
    english = f"{latin} {trade[1]}"
    if english in made.taken:
        latin = f"{lists.invented(rng)} {latin}"
        hangul, english = None, f"{latin} {trade[1]}"
    made.taken.add(english)
    before, after = rng.choice([f for f in lists.FORMS[country] if f[1].isascii() and not f[0]])
    thing = Thing(f"x:{number:07}a", "organization", "Company", [before + english + after])
    _facts(rng, thing, country, number)
    if rng.random() > 2 * COPIES:
        return thing, None, ""
    how, name = changed_company(rng, latin, hangul, trade, country)
    copy = Thing(f"x:{number:07}b", "organization", "Company", [name])
    _facts(rng, copy, country, number, same=True)
    return thing, copy, how


def invented_brand(rng: random.Random) -> tuple[str | tuple[str, str], str]:
    """(a brand, in two scripts if it is a real one; its country)."""
    if rng.random() < 0.15:  # noqa: PLR2004 - a part
        hangul, latin, country = rng.choice(BRANDS)
        return (hangul, latin), country
    return lists.invented(rng), rng.choice(sorted(lists.FORMS))


def changed_company(
    rng: random.Random, latin: str, hangul: str | None, trade: tuple[str, str, str], country: str
) -> tuple[str, str]:
    """(what was done, the name)."""
    english = f"{latin} {trade[1]}"
    kinds = ["form", "case", "slip", "short", "order", "none"] + (["script"] * 6 if hangul else [])
    kind = rng.choice(kinds)
    if kind == "script":
        form = rng.choice((("㈜", ""), ("", " 주식회사"), ("", ""), ("(주)", "")))
        return kind, form[0] + f"{hangul}{trade[0]}" + form[1]
    if kind == "slip" and len(latin) > 5:  # noqa: PLR2004 - shorter ones become others
        english = f"{lists.slip(latin, rng)} {trade[1]}"
    elif kind == "short":
        english = " ".join(lists.SHORT.get(word, word) for word in english.split())
    elif kind == "order":
        return kind, f"{trade[1]}, {latin}"
    elif kind == "case":
        english = english.upper()
    elif kind == "none":
        return kind, english
    before, after = rng.choice([f for f in lists.FORMS[country] if not f[0]])
    return kind, before + english + after


def person(rng: random.Random, made: Made, number: int) -> tuple[Thing, Thing | None, str]:
    """A person, and at times the second record."""
    if rng.random() < 0.6:  # noqa: PLR2004 - a part
        family, first, second = rng.choice(FAMILIES), rng.choice(SYLLABLES), rng.choice(SYLLABLES)
        name, how_changed = family[0] + first[0] + second[0], korean
        parts = (family, first, second)
    else:
        middle = rng.choice("ABCDEFGHJKLMRST")
        parts = (rng.choice(lists.WESTERN_GIVEN), middle, rng.choice(lists.WESTERN_FAMILY) + _suffix(rng))
        name, how_changed = f"{parts[0]} {middle}. {parts[2]}", western
    homonym = name in made.taken
    made.taken.add(name)
    thing = Thing(f"x:{number:07}a", "person", "Person", [name])
    thing.born = _born(rng) if homonym or rng.random() < 0.5 else None  # noqa: PLR2004 - a part
    if rng.random() > COPIES or homonym:
        return thing, None, ""
    how, other = how_changed(rng, parts)
    copy = Thing(f"x:{number:07}b", "person", "Person", [other])
    copy.born = thing.born
    return thing, copy, how


def _suffix(rng: random.Random) -> str:
    return "" if rng.random() < 0.3 else "-" + lists.invented(rng)  # noqa: PLR2004 - a part


def korean(rng: random.Random, parts: tuple[list[str], ...]) -> tuple[str, str]:
    """A Korean name with a title, or in Latin letters."""
    family, first, second = parts
    kind = rng.choice(("title", "script", "script order", "none"))
    hangul = family[0] + first[0] + second[0]
    if kind == "none":
        return kind, hangul
    if kind == "title":
        return kind, f"{hangul} {rng.choice(lists.TITLES_KO)}"
    given = rng.choice((rng.choice(first[1:]).capitalize() + "-", rng.choice(first[1:]).capitalize() + " "))
    last = rng.choice(second[1:])
    given += last if given.endswith("-") else last.capitalize()
    name = rng.choice(family[1:])
    return kind, f"{name} {given}" if kind == "script" else f"{given} {name}"


def western(rng: random.Random, parts: tuple[str, str, str]) -> tuple[str, str]:
    """A Western name in another order, with initials, a title or a slip."""
    given, middle, family = parts
    kind = rng.choice(("comma", "no middle", "initials", "title", "slip"))
    if kind == "comma":
        return kind, f"{family}, {given} {middle}."
    if kind == "no middle":
        return kind, f"{given} {family}"
    if kind == "initials":
        return kind, f"{given[0]}. {middle}. {family}"
    if kind == "title":
        return kind, f"{rng.choice(lists.TITLES_EN)} {given} {middle}. {family}"
    return kind, f"{given} {middle}. {lists.slip(family, rng)}"


def _born(rng: random.Random) -> tuple[str, str]:
    day = f"{rng.randrange(1940, 2000)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
    return day, day


def _facts(rng: random.Random, thing: Thing, country: str, number: int, *, same: bool = False) -> None:
    """What else is known, of some: the country, the website, an identifier."""
    if rng.random() < 0.6:  # noqa: PLR2004 - a part
        thing.countries = {"headquarters": {country}}
    if rng.random() < 0.15:  # noqa: PLR2004 - a part
        thing.websites = {f"www.c{number}.example"}
    if rng.random() < 0.2 and not same:  # noqa: PLR2004 - a part
        thing.identifiers = {"crn": {f"{number:08}"}}


def hard(rng: random.Random, made: Made, number: int) -> None:
    """Two that are not one, however alike: another country, another number, another trade, another name."""
    word = lists.invented(rng) + lists.invented(rng).lower()
    kind = rng.randrange(4)
    names = [f"{word} Partners", f"{word} Partners"]
    facts: list[dict[str, set[str]]] = [{}, {}]
    countries: list[dict[str, set[str]]] = [{}, {}]
    if kind == 0:
        facts = [{"crn": {f"{number}1"}}, {"crn": {f"{number}2"}}]
    elif kind == 1:
        countries = [{"registered": {"KR"}}, {"registered": {"JP"}}]
    elif kind == 2:  # noqa: PLR2004 - the third of four
        names = [f"{word} Fund II, L.P.", f"{word} Fund III, L.P."]
    else:
        names = [f"{word} Electronics Inc.", f"{word} Electric Inc."]
    for side in (0, 1):
        thing = Thing(f"x:{number:07}{'ab'[side]}", "organization", "Company", [names[side]])
        thing.identifiers, thing.countries = facts[side], countries[side]
        made.add(thing, 2 * number + side)


def make(count: int, seed: int = SEED) -> Made:
    """The labelled set."""
    rng, made, number = random.Random(seed), Made(), 0
    for lei, names, country, _ in lists.gleif():
        number += 1
        made.add(Thing(f"x:{number:07}a", "organization", "Company", names[:1], {"lei": {lei}}), 2 * number)
        form = rng.choice(lists.FORMS.get(country, lists.FORMS["GB"]))
        bare = names[0].title().removesuffix(" Limited").removesuffix(" Private").removesuffix(" Inc.")
        made.add(Thing(f"x:{number:07}b", "organization", "Company", [bare + form[1]]), 2 * number, "gleif")
    for one, other in lists.rows(lists.HAN):
        number += 1
        made.add(Thing(f"x:{number:07}a", "organization", "Company", [f"{one}股份有限公司"]), 2 * number)
        made.add(Thing(f"x:{number:07}b", "organization", "Company", [f"{other}有限公司"]), 2 * number, "han")
    while len(made.things) < count:
        number += 1
        if rng.random() < 0.08:  # noqa: PLR2004 - a part
            hard(rng, made, number)
            continue
        build = company if rng.random() < 0.6 else person  # noqa: PLR2004 - a part
        thing, copy, how = build(rng, made, number)
        made.add(thing, 2 * number)
        if copy is not None:
            made.add(copy, 2 * number, how)
    rng.shuffle(made.things)
    return made


BRANDS: Final = lists.rows(lists.BRANDS.replace("Mirae Asset", "MiraeAsset"))
FAMILIES: Final = lists.rows(lists.FAMILIES)
SYLLABLES: Final = lists.rows(lists.SYLLABLES)


def _undecidable(found: Proposal, made: Made) -> bool:
    """Whether two people of one name are not one, and nothing in the records tells so."""
    one, other, reasons = found.one, found.other, found.reasons
    return one.person and made.truth[one.iri] != made.truth[other.iri] and reasons[0].code == "resolve-name"


def judged(pairs: Iterable[tuple[str, str]], made: Made) -> tuple[int, int, Counter[str]]:
    """(right ones, all, right ones by what was done)."""
    right, every, by_how = 0, 0, Counter[str]()
    for one, other in pairs:
        every += 1
        if made.truth[one] == made.truth[other]:
            right += 1
            by_how[made.how.get(one) or made.how.get(other, "")] += 1
    return right, every, by_how


def plain(made: Made) -> None:
    """What a plain pass over all pairs does, on a part of the rows."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - the peer

    names = [thing.names[0].casefold() for thing in made.things]
    pairs = set()
    start = time.process_time()
    for number, name in enumerate(names[:PLAIN_ROWS]):
        near = process.extract(name, names, scorer=fuzz.token_sort_ratio, score_cutoff=85, limit=None)
        others = (other for _, _, other in near if other != number)
        pairs |= {tuple(sorted((made.things[number].iri, made.things[other].iri))) for other in others}
    seconds = time.process_time() - start
    right, every, _ = judged(pairs, made)
    first = {thing.iri for thing in made.things[:PLAIN_ROWS]}
    wanted = sum(1 for one, other in true_pairs(made) if one in first or other in first)
    whole = seconds * len(names) / PLAIN_ROWS / 2
    print(f"plain rapidfuzz, token_sort_ratio >= 85, {PLAIN_ROWS:,} of {len(names):,} rows: {seconds:.0f} s")
    print(
        f"  all pairs would take {whole:,.0f} s; precision {right / every:.3f}, recall {right / wanted:.3f}"
    )


def true_pairs(made: Made) -> Iterator[tuple[str, str]]:
    """The pairs that are one."""
    by_truth: dict[int, list[str]] = {}
    for iri, truth in made.truth.items():
        by_truth.setdefault(truth, []).append(iri)
    return ((same[0], same[1]) for same in by_truth.values() if len(same) > 1)


def main() -> int:
    """Print the measurements; 1 if a goal is missed."""
    seed = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else SEED
    made = make(ENTITIES, seed)
    wanted = list(true_pairs(made))
    start, cpu = time.perf_counter(), time.process_time()
    found = propose(made.things)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    right, every, by_how = judged(((p.one.iri, p.other.iri) for p in found.proposals), made)
    print(f"{len(made.things):,} entities, {len(wanted):,} pairs are one; compared {found.compared:,} pairs")
    print(f"  {seconds:.0f} s ({cpu:.0f} s of processor), {memory / 2**20:.0f} MB")
    print(
        f"  at {THRESHOLD}: {every:,} proposed, precision {right / every:.3f},",
        f"recall {right / len(wanted):.3f}",
    )
    alone = sum(_undecidable(p, made) for p in found.proposals)
    told = f"without {alone:,} pairs of people of one name of whom nothing else is known"
    print(f"  {told}: precision {right / (every - alone):.3f}")
    print(f"  alike but in conflict: {len(found.conflicts):,}; blocks cut: {len(found.cut):,}")
    all_by_how = Counter(made.how.get(one) or made.how.get(other, "") for one, other in wanted)
    for how, count in sorted(all_by_how.items()):
        print(f"    {how:14} {by_how[how]:6,} of {count:6,}  {by_how[how] / count:.3f}")
    if "--wrong" in sys.argv:
        show_wrong(made, found.proposals, wanted)
    plain(made)
    return int(cpu > GOAL_SECONDS or memory > GOAL_BYTES)


def show_wrong(made: Made, proposals: Iterable, wanted: Iterable[tuple[str, str]]) -> None:  # type: ignore[type-arg]
    """Some of what was proposed wrongly, and some of what was missed."""
    names = {thing.iri: thing for thing in made.things}
    pairs = {(p.one.iri, p.other.iri): p for p in proposals}
    wrong = [p for pair, p in pairs.items() if made.truth[pair[0]] != made.truth[pair[1]]]
    for p in random.Random(1).sample(wrong, min(40, len(wrong))):
        print("  WRONG", p.score, p.one.names, p.other.names, [r.code for r in p.reasons])
    missed = [pair for pair in wanted if pair not in pairs and pair[::-1] not in pairs]
    for one, other in random.Random(1).sample(missed, min(60, len(missed))):
        print("  MISSED", made.how.get(other), names[one].names, names[other].names)


if __name__ == "__main__":
    sys.exit(main())
