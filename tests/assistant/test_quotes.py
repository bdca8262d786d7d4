"""A quote is what the store holds at its place, letter by letter, or it is none."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.brief_types import Quote
from assistant.quotes import KEPT_TEXTS, Quoter, find_quotes, locate, verify
from corpus.errors import NotFoundError
from corpus.ingest import ingest
from corpus.store import Store
from corpus.types import Span

ACT = """---
type: lov
titel: Lov om stiger (FIKTIV)
nummer: 9802
år: 2022
dato: 2022-03-01
status: gældende
id: fiktiv-lov-2022-9802
fiktiv: ja
---

# Lov om stiger (FIKTIV)

§ 1. Det er ulovligt at stille en stige på en vej.
Stk. 2. Stiger over 4 meter skal have
1) fødder af gummi og
2) en bøjle, der kan låses.

§ 2. Udgiften til en stige dækkes ikke.
"""
ID = "fiktiv-lov-2022-9802"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("quotes")
    (folder / "lov.md").write_text(ACT)
    with Store(folder / "corpus.db") as opened:
        assert not ingest([folder / "lov.md"], opened).failures
        yield opened


@pytest.fixture
def quoter(store: Store) -> Quoter:
    return Quoter(store)


def place(store: Store, words: str) -> Span:
    start = store.text(store.document(ID).key).index(words)
    return Span(start, start + len(words))


def quoted(text: str) -> Quote:
    return Quote("fiktiv-x", 1, Span(100, 100 + len(text)), text, "", "")


def test_a_quote_from_the_store_holds_and_knows_the_smallest_unit_around_it(
    store: Store, quoter: Quoter
) -> None:
    quote = quoter.quote(ID, place(store, "en bøjle, der kan låses"))
    assert quote.text == "en bøjle, der kan låses"
    assert quote.locator == "§ 1, stk. 2, nr. 2"
    assert quote.citation.startswith("§ 1, stk. 2, nr. 2, i lov")
    assert quoter.holds(quote)
    assert verify(store, quote)


def test_a_quote_with_one_letter_blank_or_place_changed_does_not_hold(store: Store, quoter: Quoter) -> None:
    quote = quoter.quote(ID, place(store, "Udgiften til en stige dækkes ikke."))
    span = quote.span
    for altered in (
        replace(quote, text=quote.text.replace("ikke", "ikka")),
        replace(quote, text=quote.text.replace(" ikke", "")),
        replace(quote, text=quote.text.replace(" ", "\u00a0", 1)),
        replace(quote, text=quote.text.replace("æ", "æ\u0301")),
        replace(quote, text=quote.text.lower()),
        replace(quote, text=""),
        replace(quote, span=Span(span.start, span.start), text=""),
        replace(quote, span=Span(span.start + 1, span.end + 1)),
        replace(quote, span=Span(span.start, 10**9)),
        replace(quote, document_id="fiktiv-lov-2022-9999"),
        replace(quote, revision=2),
    ):
        assert not quoter.holds(altered)
        assert not verify(store, altered)


def test_a_part_of_a_quote_is_placed_at_its_own_unit_and_never_reaches_outside(
    store: Store, quoter: Quoter
) -> None:
    whole = quoter.quote(ID, place(store, "Stk. 2. Stiger over 4 meter skal have\n1) fødder af gummi"))
    assert quoter.narrow(whole, place(store, "fødder af gummi")).locator == "§ 1, stk. 2, nr. 1"
    with pytest.raises(ValueError, match="does not lie within"):
        quoter.narrow(whole, place(store, "dækkes ikke"))


def test_a_quote_of_a_document_that_is_not_kept_is_refused(quoter: Quoter) -> None:
    with pytest.raises(NotFoundError):
        quoter.quote("fiktiv-lov-2022-9999", Span(0, 3))
    with pytest.raises(NotFoundError):
        quoter.quote(ID, Span(0, 3), revision=7)


def test_an_erased_document_holds_no_quote(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("erased")
    (folder / "lov.md").write_text(ACT)
    with Store(folder / "corpus.db") as store:
        ingest([folder / "lov.md"], store)
        quote = Quoter(store).quote(ID, place(store, "dækkes ikke"))
        assert verify(store, quote)
        store.erase(ID, "prøve")
        assert not verify(store, quote)


def test_the_units_of_a_quote_are_those_it_lies_in_and_those_in_it(store: Store, quoter: Quoter) -> None:
    units = quoter.units(quoter.quote(ID, place(store, "Stiger over 4 meter")))
    assert [str(u.locator) for u in units] == ["§ 1", "§ 1, stk. 2"]
    assert quoter.units(quoted("ulovligt")) == ()


def test_a_quoter_keeps_no_more_texts_than_a_brief_needs(quoter: Quoter) -> None:
    for number in range(3 * KEPT_TEXTS):
        assert not quoter.holds(replace(quoted("x"), document_id=f"fiktiv-{number}"))
    assert len(quoter._texts) == KEPT_TEXTS


SOURCE = quoted("Det er ulovligt at stille en\nstige på en vej, jf. § 3. Prisen »fri« er 5 kr.")


@pytest.mark.parametrize(
    "words",
    [
        "Det er ulovligt at stille en stige på en vej",
        "Det er ulovligt at stille en\n stige",
        "ulovligt",
        "på en vej, jf. § 3.",
        "Prisen »fri« er 5 kr.",
        "5",
    ],
)
def test_words_that_stand_in_a_source_are_found_at_their_place(words: str) -> None:
    span = locate(words, SOURCE.text)
    assert span is not None
    assert " ".join(span.of(SOURCE.text).split()) == " ".join(words.split())


@pytest.mark.parametrize(
    "words",
    [
        "lovligt",
        "Det er ulovlig",
        "Det er lovligt at stille en stige på en vej",
        "det er ulovligt",
        "Det er ulovligt at stille stige",
        "Det er … på en vej",
        "Det er ulovligt at stille en stige på en vej, jf. § 31",
        "§ 3. Prisen fri",
        ".*",
        "",
        "  ",
        "Det er u\u200blovligt",
        "Dеt er ulovligt",
    ],
)
def test_words_that_do_not_stand_there_as_they_are_are_found_nowhere(words: str) -> None:
    assert locate(words, SOURCE.text) is None


def test_letters_may_be_composed_either_way() -> None:
    assert locate("pa\u030a en vej", SOURCE.text) is not None
    assert locate("i", "i\u0301 dag") is None


@pytest.mark.parametrize(
    ("sentence", "inside"),
    [
        ("Loven siger »ulovligt«.", ["ulovligt"]),
        ("Loven siger «ulovligt».", ["ulovligt"]),
        ("Loven siger „ulovligt“.", ["ulovligt"]),
        ("Loven siger “ulovligt”.", ["ulovligt"]),
        ("Loven siger ”ulovligt”.", ["ulovligt"]),
        ('Loven siger "ulovligt".', ["ulovligt"]),
        ("Loven siger 'ulovligt'.", ["ulovligt"]),
        ("Loven siger ‘ulovligt’.", ["ulovligt"]),
        ('Loven siger »ulovligt« og "på en vej".', ["ulovligt", "på en vej"]),
        ('Loven siger »på "en" vej«.', ['på "en" vej']),
        ("Loven siger »ulovligt.", ["ulovligt."]),
        ('Loven siger "ulovligt.', ["ulovligt."]),
        ("SU’en og kl. 5' siger intet.", []),
        ("Loven siger intet.", []),
        ("", []),
    ],
)
def test_every_passage_between_quotation_marks_is_found(sentence: str, inside: list[str]) -> None:
    found = find_quotes(sentence, [SOURCE])
    assert [f.span.of(sentence) for f in found] == inside
    for each in found:
        assert each.outer.start == each.span.start - 1


def test_a_found_quote_leads_to_the_words_in_its_own_source() -> None:
    other = quoted("Noget andet.")
    (found,) = find_quotes("Der står »stille en stige«.", [other, SOURCE])
    assert found.source is not None
    assert found.source.text == "stille en\nstige"
    assert found.source.span.start == SOURCE.span.start + SOURCE.text.index("stille")


@pytest.mark.parametrize("altered", ["ulovlig", "lovligt", "ulovligt at stille på en vej", "ulovligt …", ""])
def test_an_altered_quote_has_no_source(altered: str) -> None:
    (found,) = find_quotes(f"Der står »{altered}«.", [SOURCE])
    assert found.source is None


def test_quotes_without_evidence_have_no_source() -> None:
    assert [f.source for f in find_quotes("Der står »ulovligt«.", [])] == [None]


@pytest.mark.parametrize("unit", ["»", "«»", '"', "'a ", "»a «", "’", "a'"])
def test_marks_without_end_are_read_in_linear_time(unit: str) -> None:
    def seconds(times: int) -> float:
        text, best = unit * times, 9.0
        for _ in range(3):
            begun = time.process_time()
            find_quotes(text, [quoted("b")])
            best = min(best, time.process_time() - begun)
        return best

    assert seconds(8_000) < 12 * max(seconds(2_000), 0.001)
