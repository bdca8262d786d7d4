"""Locators: printed, sloppy and in addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import CitationError
from corpus.identifiers import parse_locator, parse_provision_id, parse_slug, provision_id
from corpus.types import Locator, Part

LABELS = st.builds(
    lambda number, letter: f"{number} {letter}".rstrip(),
    st.integers(1, 9999),
    st.sampled_from(["", "a", "b", "k", "z", "æ", "A", "aa"]),
)
COUNTS = st.none() | st.integers(1, 99)
FIELDS = {
    "stk": COUNTS,
    "nr": st.none() | LABELS,
    "litra": st.none() | st.sampled_from(["a", "b", "k", "å", "aa"]),
    "pkt": COUNTS,
}
MAIN = st.builds(Locator, LABELS, **FIELDS)
ANNEX = st.builds(Locator, st.just(""), **FIELDS, part=st.just(Part.ANNEX), block=st.integers(1, 99))
ANYWHERE = (
    MAIN
    | ANNEX
    | st.builds(
        Locator,
        LABELS,
        **FIELDS,
        part=st.sampled_from([Part.TRANSITIONAL, Part.ANNEX]),
        block=st.integers(1, 99),
    )
)


@given(MAIN | ANNEX)
def test_a_printed_locator_parses_back(locator: Locator) -> None:
    assert parse_locator(str(locator)) == locator


@given(ANYWHERE)
def test_a_slug_parses_back(locator: Locator) -> None:
    assert parse_slug(locator.slug) == locator


@given(ANYWHERE, st.sampled_from(["lta-2023-1031", "a20230103129", "urn:x:1"]))
def test_the_id_of_a_provision_parses_back(locator: Locator, document: str) -> None:
    assert parse_provision_id(provision_id(document, locator)) == (document, locator)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("§40a stk 5 nr 2 litra b 2 pkt", "§ 40 a, stk. 5, nr. 2, litra b, 2. pkt."),
        ("paragraf 36 stk 1", "§ 36, stk. 1"),
        ("§ 36, stk.1.", "§ 36, stk. 1"),
        ("§40astk5nr2", "§ 40 a, stk. 5, nr. 2"),
        ("§ 13, STK. 2, Nr. 1), litra A)", "§ 13, stk. 2, nr. 1, litra A"),
        ("§ 9 A", "§ 9 A"),
        ("36 stk 1", "§ 36, stk. 1"),
        ("§ 5, nr. 2 a", "§ 5, nr. 2 a"),
        ("§ 5, 1. punktum", "§ 5, 1. pkt."),
        ("bilag 2, nr. 4", "bilag 2, nr. 4"),
        ("§ 122 i, stk. 2", "§ 122 i, stk. 2"),
    ],
)
def test_sloppy_forms_mean_what_they_say(text: str, printed: str) -> None:
    assert str(parse_locator(text)) == printed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "§",
        "stk. 1",
        "2. pkt.",
        "§ 1, stk. 2, § 3",
        "§ 1, stk. a",
        "§ 1, litra",
        "§ 1 2",
        "§ 1, nr. 2, stk. 3",
        "§ 0",
        "loven",
        "§ 1 " * 99,
    ],
)
def test_what_is_no_single_locator_is_refused(text: str) -> None:
    with pytest.raises(CitationError, match="peger ikke"):
        parse_locator(text)


@pytest.mark.parametrize("slug", ["", "par-", "36", "par-36.stk-0", "stk-1.par-2", "trans-1x", "par-36stk-1"])
def test_what_is_no_slug_is_refused(slug: str) -> None:
    with pytest.raises(CitationError):
        parse_slug(slug)


@given(st.text(alphabet="§paragfstknrlitabæø0123456789 .,)", max_size=40) | st.text(max_size=40))
def test_any_text_gives_a_locator_that_prints_and_parses_back_or_is_refused(text: str) -> None:
    try:
        locator = parse_locator(text)
    except CitationError:
        return
    assert parse_locator(str(locator)) == locator


def test_an_id_without_a_provision_is_refused() -> None:
    with pytest.raises(CitationError, match="på en bestemmelse"):
        parse_provision_id("lta-2023-1031")
