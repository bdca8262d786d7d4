"""Comparing two renditions of one act unit by unit. The texts are fiction."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from corpus.agreement import Compared, Likeness, Rendition, compare
from corpus.parsing import registry
from corpus.sources import folder
from corpus.structure import find_provisions
from corpus.types import Footnote, Level, Locator, ParsedDocument, Part, Span

SHARED = Path(__file__).parents[2].parent / "shared"
OFFICIAL = "§ 1. Fyret lyser. Stk. 2. Vagten 1) tænder og 2) slukker.\n§ 2. Havnen betaler.\n§ 3. Slut."


def rendition(text: str, *footnotes: str) -> Rendition:
    notes = [Footnote(f"{n})", words, 0) for n, words in enumerate(footnotes, 1)]
    return Rendition(text, find_provisions(text, Span(0, len(text))), notes)


def likeness(official: Rendition, other: str, level: Level = Level.PARAGRAPH) -> dict[str, Likeness]:
    return {c.locator.slug: c.likeness for c in compare(official, rendition(other), level)}


def changed(old: str, new: str, *footnotes: str) -> Likeness:
    """What becomes of § 2 where ``old`` is replaced by ``new`` in the other rendition."""
    assert old in OFFICIAL
    return likeness(rendition(OFFICIAL, *footnotes), OFFICIAL.replace(old, new))["par-2"]


def test_the_same_text_agrees_verbatim_at_every_level() -> None:
    for level in Level:
        found = likeness(rendition(OFFICIAL), OFFICIAL.replace(" Stk. 2.", "\nStk. 2."), level)
        assert set(found.values()) <= {Likeness.VERBATIM}
    assert len(likeness(rendition(OFFICIAL), OFFICIAL, Level.NR)) == 2


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("Havnen betaler", Likeness.VERBATIM),
        ("Havnen\nbetaler", Likeness.VERBATIM),
        ("Havnen, betaler", Likeness.WORDS),
        ("Havnen 1) betaler", Likeness.FOOTNOTE_MARK),
        ("Havnen 1) betaler. 1) Nu havnevæsenet", Likeness.FOOTNOTE),
        ("Havnen AendringURN betaler", Likeness.MARKUP),
        ("Havnen betaler gerne", Likeness.ADDED),
        ("Havnen", Likeness.CHANGED),
        ("Havnene betaler", Likeness.CHANGED),
    ],
)
def test_each_difference_is_told_by_its_cause(new: str, expected: Likeness) -> None:
    assert changed("Havnen betaler", new, "Nu havnevæsenet.") is expected


def test_only_the_first_two_kinds_agree_word_for_word() -> None:
    assert {kind for kind in Likeness if kind.agrees} == {Likeness.VERBATIM, Likeness.WORDS}


def test_a_paragraph_that_one_side_lacks_is_missing_or_extra() -> None:
    found = likeness(rendition(OFFICIAL), OFFICIAL.replace("§ 2. Havnen betaler.\n", "") + "\n§ 4. Nyt.")
    assert found["par-2"] is Likeness.MISSING
    assert found["par-4"] is Likeness.EXTRA


def test_a_paragraph_that_has_swallowed_its_neighbour_holds_two_units() -> None:
    found = likeness(rendition(OFFICIAL), OFFICIAL.replace("\n§ 2. Havnen", " § 2: Havnen"))
    assert found == {"par-1": Likeness.TWO_UNITS, "par-2": Likeness.MISSING, "par-3": Likeness.VERBATIM}


def test_parts_are_compared_apart() -> None:
    assert compare(rendition(OFFICIAL), rendition(OFFICIAL), part=Part.TRANSITIONAL) == ()
    assert Compared(Locator("1"), Likeness.VERBATIM) in compare(rendition(OFFICIAL), rendition(OFFICIAL))


@pytest.mark.shared
def test_the_official_mark_up_and_the_records_agree_but_for_faults_of_the_records() -> None:
    if not SHARED.is_dir():
        pytest.skip("the real legal texts are not beside this checkout")
    wanted = {"lta-2016-468", "lta-2015-807", "lta-2013-1093"}
    held: dict[str, dict[str, ParsedDocument]] = {}
    official = [SHARED / f"corpus/lexdania_acts/{i[4:8]}/{i[4:]}.xml" for i in sorted(wanted)]
    for item in folder.read([*official, SHARED / "corpus/dk_social_law.jsonl.zst"]):
        assert not isinstance(item, folder.Unread)
        if item.media_type == registry.MediaType.JSON and not any(
            f'"id": "{i[4:].replace("-", ":")}"'.encode() in item.data[:40] for i in wanted
        ):
            continue
        document = registry.parse(item)
        held.setdefault(document.metadata.identifier, {})[document.parser.partition("/")[0]] = document
    assert held.keys() == wanted
    kinds: Counter[Likeness] = Counter()
    for both in held.values():
        kinds += Counter(
            c.likeness for c in compare(Rendition.of(both["lexdania"]), Rendition.of(both["records"]))
        )
    assert sum(n for kind, n in kinds.items() if kind.agrees) > 600
    assert kinds[Likeness.CHANGED] == kinds[Likeness.ADDED] == kinds[Likeness.EXTRA] == 0
