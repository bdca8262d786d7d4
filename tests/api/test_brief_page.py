"""The page of the brief and the page of the note as the server writes them."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from docx import Document
from fastapi.testclient import TestClient

from api.app import create_app
from api.brief_records import MAX_OWN_WORDS
from api.settings import Settings
from api.texts import Language, text
from api.texts import brief as brief_texts
from api.web.brief_view import SHORT_RULE, case_pieces, demands, lay_out
from api.wiring import Workspace
from assistant.brief import BriefRequest
from assistant.brief_types import (
    Author,
    Bearing,
    Brief,
    Element,
    ElementKind,
    Overview,
    Quote,
    Removed,
    RuleEntry,
    Statement,
)
from assistant.verdict import check_sentence
from corpus.types import Span

CASE = (
    "Borgeren 010190-1234 udeblev fra en samtale og siger, at han var syg, men han meldte ikke afbud."
    " Vejledningen var kun givet i telefonen. Skal han trækkes i ydelse?"
)
DAY = "2024-03-10"
ASKED = {"case": CASE, "day": DAY}
OWN = "Jeg lægger mærke til, at vejledningen ikke er skriftlig."


@pytest.fixture(scope="module")
def client(demo: Workspace) -> TestClient:
    return TestClient(create_app(demo))


@pytest.fixture(scope="module")
def own_view_first(demo: Workspace) -> Iterator[TestClient]:
    work = Workspace(Settings(data=demo.settings.data, own_view_first=True))
    yield TestClient(create_app(work))
    work.close()


@pytest.fixture(scope="module")
def brief(demo: Workspace) -> Brief:
    return demo.brief(BriefRequest(CASE))


@pytest.fixture(scope="module")
def page(client: TestClient) -> str:
    answer = client.post("/overblik", data=ASKED)
    assert answer.status_code == 200
    return answer.text


def shown(page: str) -> str:
    """The words of a page as they are read, without what stands in its fields."""
    page = re.sub(r"<textarea.*?</textarea>|<script.*?</script>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


def plain(words: str) -> str:
    return " ".join(words.replace("(FIKTIV)", "FIKTIV").split())


def test_the_page_shows_everything_that_the_brief_holds(page: str, client: TestClient) -> None:
    brief = client.post("/v1/brief", json={"text": CASE, "as_of": DAY}).json()
    read = shown(page)

    def bearings(found: list[dict]) -> Iterator[dict]:  # type: ignore[type-arg]
        for bearing in found:
            yield bearing
            yield from bearings(bearing["parts"])

    for rule in brief["rules"]:
        assert plain(rule["quote"]["text"]) in read
        for bearing in bearings(rule["conditions"]):
            assert plain(bearing["element"]["quote"]["text"]) in read
            for sentence in bearing["sentences"]:
                assert plain(sentence["text"]) in read
    for precedent in brief["precedents"]:
        for outcome in precedent["outcome"]:
            assert outcome in read
        likeness = precedent["likeness"]
        quotes = [*precedent["quotes"], *precedent["reasons"], *likeness["only_decision"]]
        for quote in [*quotes, *(pair["decision"] for pair in likeness["alike"])]:
            assert plain(quote["text"]) in read
    for duty in brief["procedure"]:
        assert duty["question"] in read
    for gap in brief["gaps"]:
        assert plain(gap["text"]).split(": ")[0].rstrip(".") in read
    assert brief["trace"]["snapshot"] in read


def test_what_no_sentence_speaks_to_is_said_and_nothing_is_ticked_by_the_machine(page: str) -> None:
    assert "ikke beskrevet i sagen" in shown(page)
    boxes = re.findall(r"<input type=\"checkbox\"[^>]*>", page)
    assert boxes
    assert all('name="maerket"' in box and "checked" not in box for box in boxes)


def test_a_quote_opens_at_its_words_on_the_day_of_the_case(page: str, client: TestClient) -> None:
    addresses = [
        html.unescape(a) for a in re.findall(r'class="open" target="kilde" href="(/kilde/[^"]+)"', page)
    ]
    assert len(addresses) > 20
    assert all(f"dato={DAY}" in a for a in addresses)
    for address in addresses[:2]:
        assert '<mark id="ord"' in client.get(address.partition("#")[0]).text


def test_the_case_stands_in_no_address_and_its_numbers_nowhere_but_in_its_field(page: str) -> None:
    addresses = re.findall(r'(?:href|action|formaction)="([^"]*)"', page)
    assert not any("Borgeren" in a or "010190" in a for a in addresses)
    assert "010190" not in shown(page)
    assert "[cpr-nummer 1]" in shown(page)


@pytest.mark.parametrize(
    ("query", "words"), [("", "afgør en sagsbehandler"), ("?sprog=en", "caseworker to decide")]
)
def test_why_no_verdict_is_given_is_said_where_the_case_asks_for_one(
    client: TestClient, query: str, words: str
) -> None:
    assert words in shown(client.post(f"/overblik{query}", data=ASKED).text)


def test_the_english_page_speaks_english_around_danish_law(client: TestClient) -> None:
    read = shown(client.post("/overblik?sprog=en", data=ASKED).text)
    for words in ("Condition", "not described in the case", "What is missing", "Has the person"):
        assert words in read
    assert "Er borgeren" not in read


@pytest.mark.parametrize("path", ["/overblik", "/notat"])
def test_a_page_that_is_opened_by_its_address_asks_for_a_case(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert '<details class="ask" open>' in answer.text
    assert 'class="error"' not in answer.text


BAD = [
    ({"case": " ", "day": DAY}, "case", "Sagen er tom"),
    ({"case": "a" * 50_001, "day": DAY}, "case", "50001 tegn, og grænsen er 50000"),
    ({"case": CASE, "day": "i går"}, "day", "Skriv den som 2024-03-01"),
]


@pytest.mark.parametrize("path", ["/overblik", "/notat"])
@pytest.mark.parametrize(("sent", "field", "words"), BAD, ids=["empty", "too long", "date"])
def test_bad_input_is_told_beside_its_field_and_everything_typed_is_kept(
    client: TestClient, path: str, sent: dict[str, str], field: str, words: str
) -> None:
    sent = sent | {"egne": OWN, "hensyn": "Mit hensyn.", "maerket": "fiktiv-1-19", "aabnet": "fiktiv-2-19"}
    answer = client.post(path, data=sent)
    assert answer.status_code == 422
    told = re.search(rf'<div id="{field}-error"><p class="error" role="alert">(.*?)</p>', answer.text)
    assert told
    assert words in told[1]
    for value in sent.values():
        assert html.escape(value, quote=False).strip() in answer.text


@pytest.mark.parametrize(("path", "field"), [("/overblik", "egne"), ("/notat", "hensyn"), ("/notat", "egne")])
def test_own_words_over_the_limit_are_refused_with_the_number_and_kept(
    client: TestClient, own_view_first: TestClient, path: str, field: str
) -> None:
    long = "ord " * MAX_OWN_WORDS
    answer = (own_view_first if path == "/overblik" else client).post(path, data=ASKED | {field: long})
    assert answer.status_code == 422
    assert f"{len(long)} tegn, og grænsen er {MAX_OWN_WORDS}" in answer.text
    assert long.strip() in answer.text


@pytest.mark.parametrize("path", ["/overblik", "/notat"])
def test_without_an_index_the_case_is_kept_and_it_is_said_who_must_act(tmp_path: Path, path: str) -> None:
    work = Workspace(Settings(data=tmp_path, encoder="none"))
    answer = TestClient(create_app(work)).post(path, data={"case": "Borgeren udeblev."})
    assert answer.status_code == 503
    assert "Driften skal" in answer.text
    assert "Borgeren udeblev." in answer.text
    work.close()


def test_decisions_wait_for_an_own_view_which_goes_along_to_the_note(own_view_first: TestClient) -> None:
    waiting = own_view_first.post("/overblik", data=ASKED)
    assert waiting.status_code == 200
    assert "Din myndighed har valgt" in waiting.text
    assert 'class="result decision"' not in waiting.text
    empty = own_view_first.post("/overblik", data=ASKED | {"egne": "  ", "vis": "afgoerelser"})
    assert empty.status_code == 422
    assert "Feltet er tomt" in empty.text
    given = own_view_first.post("/overblik", data=ASKED | {"egne": OWN, "vis": "afgoerelser"})
    assert given.status_code == 200
    assert 'class="result decision"' in given.text
    assert f'name="egne" value="{OWN}"' in given.text
    note = own_view_first.post("/notat", data=ASKED | {"egne": OWN}).text
    assert "Egne overvejelser, før afgørelser blev vist" in shown(note)
    assert re.search(rf'<textarea id="egne"[^>]* readonly[^>]*>\n{re.escape(OWN)}', note)


def test_a_note_made_before_an_own_view_says_why_it_has_no_decisions(own_view_first: TestClient) -> None:
    read = shown(own_view_first.post("/notat", data=ASKED).text)
    assert "Afgørelser er ikke med" in read
    assert "Ikke vist: egne overvejelser er ikke noteret endnu" in read


def test_what_was_marked_is_ticked_and_of_a_kind_without_marks_all_goes_in(client: TestClient) -> None:
    brief = client.post("/v1/brief", json={"text": CASE, "as_of": DAY}).json()
    rule, decision = brief["rules"][0]["provision_id"], brief["precedents"][0]["document_id"]
    first = client.post("/notat", data=ASKED | {"maerket": rule}).text
    ticked = re.findall(r'name="maerket" value="([^"]+)"[^>]* checked', first)
    assert set(ticked) == {rule, *(p["document_id"] for p in brief["precedents"])}
    exact = client.post("/notat", data=ASKED | {"maerket": [decision], "valgt": "1"}).text
    assert re.findall(r'name="maerket" value="([^"]+)"[^>]* checked', exact) == [decision]
    draft = shown(exact[exact.index('id="draft"') :])
    assert "Ingen er taget med i notatet." in draft
    assert plain(brief["precedents"][0]["quotes"][0]["text"]) in draft


def test_the_draft_is_shown_as_it_is_written_and_its_conclusion_is_empty(client: TestClient) -> None:
    note = client.post("/notat", data=ASKED | {"hensyn": "Mit <b>hensyn</b>."}).text
    draft = shown(note[note.index('id="draft"') :])
    order = [
        draft.index(h) for h in ("Sagens oplysninger", "Retsregler", "Hovedhensyn", "Konklusion", "Kilder")
    ]
    assert order == sorted(order)
    assert "Hovedhensyn Mit <b>hensyn</b>. Konklusion Tomt: skrives af dig Kilder" in draft
    assert "Konklusionen er tom. Den skriver du selv" in shown(note)


def test_a_note_is_downloaded_as_word_and_as_markdown_under_its_name(client: TestClient) -> None:
    sent = ASKED | {"hensyn": "Mit hensyn.", "valgt": "1"}
    word = client.post("/notat", data=sent | {"som": "docx"})
    assert word.headers["content-disposition"] == 'attachment; filename="journalnotat.docx"'
    words = [p.text for p in Document(io.BytesIO(word.content)).paragraphs]
    assert words.index("Konklusion") - words.index("Hovedhensyn") == 2
    markdown = client.post("/notat", data=sent | {"som": "markdown"})
    assert markdown.headers["content-disposition"] == 'attachment; filename="journalnotat.md"'
    assert markdown.headers["content-type"] == "text/markdown; charset=utf-8"
    assert re.search(r"\n## Hovedhensyn\n+Mit hensyn.\n+## Konklusion\n+## Kilder\n", markdown.text)


def test_marks_that_the_case_does_not_lead_to_are_named_and_kept(client: TestClient, demo: Workspace) -> None:
    page = client.post("/overblik", data=ASKED | {"maerket": "fiktiv-lbk-2019-9001:par-1"}).text
    assert "Mærket i søgningen, men ikke fundet nær sagen" in page
    assert '<input type="hidden" name="maerket" value="fiktiv-lbk-2019-9001:par-1" form="asked">' in page


class Told:
    """A generator as an operator's model would be: one verified sentence, and counts of what was removed."""

    name = "lille-model"

    def __init__(self, *, fell_back: bool) -> None:
        self._fell_back = fell_back

    def overview(self, case: object, rules: Sequence[RuleEntry], precedents: object) -> Overview:
        quote = rules[0].quote
        author = Author.EXTRACT if self._fell_back else Author.MODEL
        words = quote.text if self._fell_back else "Bestemmelsen handler om udeblivelse."
        removed = (Removed("verdict", 2), Removed("quote", 1), Removed("words", 3), Removed("slow", 0))
        return Overview((Statement(words, (quote,), author),), self.name, removed, self._fell_back)


def shown_by(demo: Workspace, generator: Told) -> str:
    work = Workspace(demo.settings)
    work.__dict__["generator"] = generator
    page = shown(TestClient(create_app(work)).post("/overblik", data=ASKED).text)
    work.close()
    return page


def test_a_models_sentences_are_named_as_its_own_with_what_was_left_out_and_why(demo: Workspace) -> None:
    page = shown_by(demo, Told(fell_back=False))
    assert "Modellen lille-model har skrevet sætningerne" in page
    assert "Bestemmelsen handler om udeblivelse. modellens ord" in page
    assert "sagde eller bad om, hvordan sagen skal ende: 2" in page
    assert "sætninger, som kilden ikke bærer: 4" in page
    assert "modellen svarede ikke helt" in page


def test_where_too_little_of_a_models_text_held_the_sources_speak_and_it_is_said(demo: Workspace) -> None:
    page = shown_by(demo, Told(fell_back=True))
    assert "For lidt af det, modellen lille-model skrev, holdt" in page
    assert "modellens ord" not in page


def test_filters_of_the_search_do_not_narrow_the_brief_and_it_says_so(client: TestClient) -> None:
    page = client.post("/overblik", data=ASKED | {"udfald": "stadfæstet"}).text
    assert "Søgningens afgrænsning til stadfæstet gælder ikke her" in shown(page)
    assert '<input type="hidden" name="udfald" value="stadfæstet">' in page


def test_nothing_of_an_own_view_or_a_case_is_stored(client: TestClient, demo: Workspace) -> None:
    client.post("/notat", data=ASKED | {"egne": "Egnesærord", "hensyn": "Hensynssærord"})
    kept = [p for p in demo.settings.data.rglob("*.db*") if p.is_file()]
    assert kept
    for path in kept:
        words = path.read_bytes()
        assert not any(
            w.encode() in words
            for w in (
                "Egnesærord",
                "Hensynssærord",
                "udeblev fra en samtale og siger, at han var syg, men han meldte",
            )
        )


def test_the_stretches_of_a_case_join_to_it_again(brief: Brief) -> None:
    pieces = list(case_pieces(brief.case))
    assert "".join(p.text for p in pieces) == brief.case.text
    assert [p.number for p in pieces if p.number] == [s.number for s in brief.case.sentences]


def test_of_a_long_provision_the_part_that_was_found_comes_first(demo: Workspace, brief: Brief) -> None:
    for rule in lay_out(demo.store, brief).rules:
        if len(rule.entry.quote.text) <= SHORT_RULE:
            assert rule.begun == ()
        for part in rule.begun:
            assert part.span in rule.entry.quote.span
            assert part.text == part.span.of(demo.store.text(demo.store.document(part.document_id).key))


def bearing(start: int, words: str) -> Bearing:
    span = Span(start, start + len(words))
    quote = Quote("lta-1", 1, span, words, "§ 1", "§ 1 i lov om prøver")
    return Bearing(Element(ElementKind.CONDITION, quote, Span(start, start + 4)), ())


def test_a_demand_inside_the_words_of_another_stands_under_it() -> None:
    outer, inner, next_ = (
        bearing(0, "hvis der er rimelig grund"),
        bearing(12, "rimelig grund"),
        bearing(30, "når det er"),
    )
    laid = demands([outer, inner, next_])
    assert [d.bearing for d in laid] == [outer, next_]
    assert [d.bearing for d in laid[0].inside] == [inner]
    assert laid[0].pieces == (("hvis", True), (" der er rimelig grund", False))


def test_everything_of_the_brief_stands_on_the_page_once(demo: Workspace, brief: Brief) -> None:
    laid = lay_out(demo.store, brief)
    assert sorted(r.entry.provision_id for r in laid.rules) == sorted(r.provision_id for r in brief.rules)
    assert sorted(d.entry.document_id for d in laid.decisions) == sorted(
        p.document_id for p in brief.precedents
    )
    assert laid.counter is None or (laid.counter.entry.counter and laid.nearest is not None)


@pytest.mark.parametrize("key", brief_texts.TEXTS)
def test_no_words_of_the_pages_say_how_a_case_should_end(key: str) -> None:
    for language in Language:
        words = re.sub(r"\{\w+\}", "§ 1", text(language, key))
        assert check_sentence(words, language.value) is None
