"""A reader of citations sees the words that are meant, in the wording of the day, or is told why not."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.citation_types import CitedBy, CitedTarget
from assistant.citations import MAX_CITED_CHARACTERS, SHORT_TEXT, open_cited_by, resolve_text
from corpus.errors import CitationError, InputError, NotFoundError, TooLargeError
from corpus.ingest import ingest
from corpus.linking import link
from corpus.references.resolved import LinkStatus
from corpus.sources import starter
from corpus.store import Store
from corpus.types import Kind

DAY = dt.date(2024, 3, 1)
CURRENT = "fiktiv-lbk-2023-9003"


@pytest.fixture(scope="module")
def fiction(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The starter corpus, linked."""
    with Store(tmp_path_factory.mktemp("fiction") / "corpus.db") as store:
        with starter.folder() as folder:
            ingest([folder / part for part in starter.PARTS], store, collection=starter.COLLECTION)
        link(store)
        yield store


def target(store: Store, text: str, day: dt.date = DAY) -> CitedTarget:
    """The one target of the one reference in ``text``."""
    (reference,) = resolve_text(store, text, day)
    (found,) = reference.targets
    return found


CITED = [
    (
        "a §",
        "§ 15 i hverdagsstøtteloven",
        "§ 15 i lov om hverdagsstøtte (FIKTIV), jf. lovbekendtgørelse nr. 9003",
    ),
    ("a stk.", "hverdagsstøttelovens § 15, stk. 2", "§ 15, stk. 2, i lov om hverdagsstøtte (FIKTIV)"),
    ("a range of §§", "hverdagsstøttelovens §§ 15-17", "§§ 15-17 i lov om hverdagsstøtte (FIKTIV)"),
    (
        "a range of stk.",
        "hverdagsstøttelovens § 15, stk. 1-3",
        "§ 15, stk. 1-3, i lov om hverdagsstøtte (FIKTIV)",
    ),
    ("a chapter", "kapitel 4 i hverdagsstøtteloven", "kapitel 4 (§§ 14-19) i lov om hverdagsstøtte (FIKTIV)"),
    ("an act", "hverdagsstøtteloven", "lov om hverdagsstøtte (FIKTIV), jf. lovbekendtgørelse nr. 9003"),
]


@pytest.mark.parametrize(("text", "citation"), [row[1:] for row in CITED], ids=[r[0] for r in CITED])
def test_a_place_is_cited_as_a_lawyer_writes_it(fiction: Store, text: str, citation: str) -> None:
    found = target(fiction, text)
    assert found.citation.startswith(citation)
    assert found.message == ""
    assert found.fictional


def test_the_words_are_verbatim_at_their_span_and_cut_where_they_are_long(fiction: Store) -> None:
    for text in ("§ 15, stk. 2, i hverdagsstøtteloven", "kapitel 4 i hverdagsstøtteloven"):
        found = target(fiction, text)
        assert found.text_span is not None
        document = fiction.document(found.document_id)
        whole = found.text_span.of(fiction.text(document.key))
        assert found.text == whole[:SHORT_TEXT]
        assert whole


def test_a_range_names_every_provision_in_it(fiction: Store) -> None:
    assert target(fiction, "hverdagsstøttelovens §§ 15-17").provisions == tuple(
        f"{CURRENT}:par-{n}" for n in (15, 16, 17)
    )


def test_validity_is_that_of_the_version_on_the_day(fiction: Store) -> None:
    now, then = (target(fiction, "§ 15 i hverdagsstøtteloven", day) for day in (DAY, dt.date(2020, 5, 1)))
    assert (now.in_force, now.valid_from) == (True, dt.date(2023, 7, 1))
    assert (then.in_force, then.valid_until) == (True, dt.date(2021, 3, 1))
    named = target(fiction, "§ 15 i lovbekendtgørelse nr. 9001 af 1. marts 2019")
    assert (named.in_force, named.replaced_by) == (False, "fiktiv-lbk-2021-9002")


TOLD = [
    ("a § that never existed", "§ 99 i hverdagsstøtteloven", "§ 99 findes ikke i lov om hverdagsstøtte"),
    ("what of a pointer stands", "§ 15, stk. 9, i hverdagsstøtteloven", "Kun § 15 findes."),
    ("a name that is not known", "serviceloven § 5", "ingen retskilde under navnet «serviceloven»."),
    ("a number that is not kept", "§ 5 i lov nr. 8999 af 1. marts 2011", "findes ikke i samlingen."),
    ("an article", "artikel 267 TEUF", "ingen retskilde under navnet «TEUF»."),
    (
        "a version that is not kept",
        "§ 5 i lov om hverdagsstøtte, jf. lovbekendtgørelse nr. 8999 af 1. marts 2011",
        "Den version, som teksten nævner",
    ),
    ("a range that runs backwards", "§§ 17-15 i hverdagsstøtteloven", "løber baglæns: § 15 står før § 17 i"),
    (
        "chapters that run backwards",
        "kapitel 4-2 i hverdagsstøtteloven",
        "kapitel 4 - kapitel 2 findes ikke i",
    ),
    ("no act", "§ 15", "Teksten siger ikke, hvilken lov § 15 hører til."),
    ("no act, sloppily", "§15 stk 1 nr 2", "hvilken lov § 15, stk. 1, nr. 2 hører til."),
    ("no §", "stk. 2", "står ikke i en bestemmelse"),
    ("a chapter that never existed", "kapitel 40 i hverdagsstøtteloven", "kapitel 40 findes ikke i"),
    ("a decision that is not kept", "principmeddelelse 99-24", "«principmeddelelse 99-24» findes ikke"),
    (
        "two acts by one number and name",
        "§ 4 i lov om tilladelse til byggeri, jf. LBK nr 9002 af 01/03/2021",
        "Ingen af dem er valgt.",
    ),
]


@pytest.mark.parametrize(("text", "message"), [row[1:] for row in TOLD], ids=[r[0] for r in TOLD])
def test_what_leads_nowhere_is_told_in_danish_and_shows_no_words(
    fiction: Store, text: str, message: str
) -> None:
    found = target(fiction, text)
    assert message in found.message
    assert found.status is not LinkStatus.RESOLVED
    assert (found.text, found.provisions, found.citation) == ("", (), "")


def test_a_popular_name_that_nobody_bears_names_the_acts_it_is_like_and_chooses_none(fiction: Store) -> None:
    found = target(fiction, "§ 4 i hverdagsloven", DAY)
    assert found.status is LinkStatus.UNRESOLVED
    assert [c.id for c in found.candidates] == [CURRENT]
    assert "Det ligner lov om hverdagsstøtte" in found.message
    assert "ingen af dem er valgt" in found.message


def test_an_article_is_called_an_article(fiction: Store) -> None:
    assert target(fiction, "artikel 267 TEUF").printed == "artikel 267"


def test_a_day_before_the_first_version_is_told_with_the_day_of_the_oldest(fiction: Store) -> None:
    message = target(fiction, "§ 15 i hverdagsstøtteloven", dt.date(1990, 1, 1)).message
    assert "1. januar 1990" in message
    assert "Den ældste er fra 1. marts 2019." in message


def test_candidates_are_named_with_their_ids(fiction: Store) -> None:
    text = "Efter hverdagsstøttelovens § 5 og § 3 i lov om tilladelse til byggeri gælder også § 7."
    (last,) = resolve_text(fiction, text, DAY)[-1].targets
    assert {c.id for c in last.candidates} == {CURRENT, "fiktiv-lov-2018-9020"}
    assert all(c.citation.startswith("lov ") for c in last.candidates)


SPELLINGS = [
    ("composed letters", "Efter § 15, stk. 1, i hverdagsstøtteloven."),
    ("decomposed letters", unicodedata.normalize("NFD", "Efter § 15, stk. 1, i hverdagsstøtteloven, på ny.")),
    ("runs of blanks", "Efter  §  15,   stk. 1, i  hverdagsstøtteloven."),
    ("a NUL and a soft hyphen", "Efter \x00§ 15, stk. 1, i hver\u00addagsstøtteloven."),
    ("Windows line ends", "Efter\r\n§ 15, stk. 1, i hverdagsstøtteloven.\r\n"),
    ("a no-break space", "Efter §\u00a015, stk.\u00a01, i hverdagsstøtteloven."),
    ("an emoji before it", "😀 Efter § 15, stk. 1, i hverdagsstøtteloven."),
]


@pytest.mark.parametrize("text", [row[1] for row in SPELLINGS], ids=[r[0] for r in SPELLINGS])
def test_a_reference_is_found_however_it_is_typed_and_its_span_is_in_the_text_as_given(
    fiction: Store, text: str
) -> None:
    (reference,) = resolve_text(fiction, text, DAY)
    assert reference.targets[0].provisions == (f"{CURRENT}:par-15.stk-1",)
    assert reference.span.of(text) == reference.words
    assert reference.words.startswith("§")
    assert reference.words.endswith("loven")


def test_nonsense_holds_no_reference(fiction: Store) -> None:
    assert resolve_text(fiction, "Goddag mand økseskaft 12 §§§ % stk", DAY) == ()


def test_a_whole_page_is_taken_and_more_is_refused_with_the_limit(fiction: Store) -> None:
    page = ("Efter § 15 i hverdagsstøtteloven. " * 2_000)[:MAX_CITED_CHARACTERS]
    assert len(resolve_text(fiction, page, DAY)) > 1_000
    with pytest.raises(TooLargeError, match="50000"):
        resolve_text(fiction, page + "x", DAY)


@pytest.mark.parametrize("text", ["", " \n\t", "\u00a0"])
def test_an_empty_text_is_refused(fiction: Store, text: str) -> None:
    with pytest.raises(InputError):
        resolve_text(fiction, text, DAY)


def test_a_day_before_any_law_is_refused(fiction: Store) -> None:
    with pytest.raises(InputError, match="1683"):
        resolve_text(fiction, "§ 1", dt.date(1, 1, 1))


def test_every_citing_place_shows_its_words_at_their_span(fiction: Store) -> None:
    view = open_cited_by(fiction, f"{CURRENT}:par-15", limit=100)
    assert view.total == len(view.places) > 10
    for place in view.places:
        text = fiction.text(fiction.document(place.document_id).key)
        assert place.span.of(text) == place.words
        assert place.context_span.of(text) == place.context
        assert place.words in place.context
        assert place.same_version is place.cited[0].startswith(f"{CURRENT}:")


def test_a_place_in_a_decision_is_named_by_its_section_and_one_in_an_act_by_its_provision(
    fiction: Store,
) -> None:
    places = open_cited_by(fiction, f"{CURRENT}:par-15", limit=100).places
    for place in places:
        marks = (":section-",) if place.kind is Kind.PRECEDENT else (":par-", ":trans-")
        assert any(mark in place.place for mark in marks)
        assert place.locator


def test_pages_list_every_place_once_in_order(fiction: Store) -> None:
    whole = open_cited_by(fiction, CURRENT, limit=1000).places
    paged: list[object] = []
    after: str | None = ""
    while after is not None:
        page: CitedBy = open_cited_by(fiction, CURRENT, after=after, limit=7)
        paged += page.places
        after = page.next
    assert paged == list(whole)


def test_on_a_day_only_what_could_be_read_then_cites(fiction: Store) -> None:
    day = dt.date(2022, 6, 1)
    places = open_cited_by(fiction, "fiktiv-lbk-2021-9002:par-14", as_of=day, limit=100).places
    assert places
    assert all(place.date is None or place.date <= day for place in places)
    assert not {place.document_id for place in places} & {CURRENT, "fiktiv-lbk-2019-9001"}


BAD_IDS = [
    ("an unknown document", "findes-ikke", NotFoundError),
    ("a provision of an unknown document", "findes-ikke:par-1", NotFoundError),
    ("a § that never existed", f"{CURRENT}:par-999", NotFoundError),
    ("nonsense", f"{CURRENT}:hvad", CitationError),
]


@pytest.mark.parametrize(("id", "error"), [row[1:] for row in BAD_IDS], ids=[r[0] for r in BAD_IDS])
def test_a_bad_id_is_refused(fiction: Store, id: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        open_cited_by(fiction, id)


def test_a_cursor_of_another_list_is_refused(fiction: Store) -> None:
    with pytest.raises(InputError):
        open_cited_by(fiction, CURRENT, after="fiktiv-1-19~999999")


def test_before_linking_nothing_cites_and_citations_still_resolve(tmp_path: Path) -> None:
    with Store(tmp_path / "corpus.db") as store:
        with starter.folder() as folder:
            ingest([folder / starter.PARTS[0]], store, collection=starter.COLLECTION)
        assert open_cited_by(store, CURRENT).total == 0
        assert target(store, "§ 15 i hverdagsstøtteloven").provisions == (f"{CURRENT}:par-15",)
