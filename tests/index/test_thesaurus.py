"""The law's words for everyday words: what a list holds, what it finds in a case, what a search does."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from api.settings import Settings
from api.wiring import Workspace
from corpus.types import Kind
from index.analysis import Analyzer
from index.encoders import DEFAULT
from index.errors import ThesaurusError
from index.lexical import LexicalBuilder
from index.query_terms import query_terms, with_law
from index.search import Searcher
from index.thesaurus.entries import Entry, embedded, parse, read
from index.thesaurus.expansion import DECAY, GAP, Thesaurus
from index.types import Query
from index.weights import LAW_BY_WORDS_ALONE, OTHERS, weights_of


@cache
def analyzer() -> Analyzer:
    return Analyzer()


def thesaurus(*entries: tuple[str, ...]) -> Thesaurus:
    return Thesaurus([Entry(everyday, tuple(law)) for everyday, *law in entries], analyzer())


def found(listed: Thesaurus, text: str) -> dict[str, tuple[str, ...]]:
    return {match.entry.everyday: match.words for match in listed.matches(text)}


# Files


def test_a_line_is_an_entry_and_the_rest_is_for_people() -> None:
    text = "# en liste\n\nkørestol\thjælpemiddel; nedsat funktionsevne ;hjælpemiddel\tbroader\nfyre\tafsked\n"
    assert parse(text, "liste") == [
        Entry("kørestol", ("hjælpemiddel", "nedsat funktionsevne")),
        Entry("fyre", ("afsked",)),
    ]


@pytest.mark.parametrize(
    "line", ["kørestol", "kørestol\t", "kørestol\t ; ", "\thjælpemiddel", "kørestol\thjælpemiddel\tsyn\tmere"]
)
def test_a_line_that_is_no_entry_is_refused_by_its_number(line: str) -> None:
    with pytest.raises(ThesaurusError, match=r"line 2 of liste\.tsv is no entry\. Write it as "):
        parse(f"fyre\tafskedigelse\n{line}\n", "liste.tsv")


def test_a_file_that_is_not_there_or_no_text_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(ThesaurusError, match=r"borte\.tsv cannot be read .* Save it as text in UTF-8"):
        read(tmp_path / "borte.tsv")
    (tmp_path / "latin.tsv").write_bytes("kørestol\thjælpemiddel".encode("latin-1"))
    with pytest.raises(ThesaurusError, match=r"latin\.tsv cannot be read"):
        read(tmp_path / "latin.tsv")


def test_a_file_from_a_spreadsheet_is_read(tmp_path: Path) -> None:
    file = tmp_path / "liste.tsv"
    file.write_bytes("kørestol\thjælpemiddel\r\nfyre\tafskedigelse\r\n".encode("utf-8-sig"))
    assert read(file) == [Entry("kørestol", ("hjælpemiddel",)), Entry("fyre", ("afskedigelse",))]


# The list that comes with the program


def test_no_two_embedded_entries_are_called_up_by_the_same_words() -> None:
    entries = embedded()
    keys = Counter(frozenset(t.term for t in analyzer().analyze(e.everyday) if not t.part) for e in entries)
    assert [set(key) for key, count in keys.items() if count > 1] == []
    assert len(Thesaurus(entries, analyzer())) == len(entries) > 1_000


def test_no_embedded_entry_is_a_word_that_only_holds_a_sentence_together() -> None:
    assert [e.everyday for e in embedded() if analyzer().is_stop_word(e.everyday)] == []


def test_no_embedded_entry_leads_to_its_own_words_alone() -> None:
    for entry in embedded():
        own = set(analyzer().terms(entry.everyday))
        assert any(set(analyzer().terms(words)) - own for words in entry.law), entry


def test_the_list_is_as_long_as_its_document_says() -> None:
    root, count = Path(__file__).parents[2], f"{len(embedded()):,}"
    assert f"program: {count} Danish words" in (root / "docs" / "thesaurus.md").read_text(encoding="utf-8")
    assert f"the {count} that come with the program" in (root / "README.md").read_text(encoding="utf-8")


def test_words_of_the_law_that_only_hold_a_phrase_together_are_not_asked_for() -> None:
    law = thesaurus(("krykke", "ret til hjælpemiddel")).expand("En krykke").law
    assert set(law) == {"ret", "hjælpemiddel"}


# What is found in a case


def test_forms_of_a_word_and_parts_of_a_compound_call_up_an_entry() -> None:
    listed = thesaurus(("kørestol", "hjælpemiddel"), ("fyre", "afskedigelse"))
    text = "Han blev fyret og søger om en el-kørestol."
    assert found(listed, text) == {"fyre": ("fyret",), "kørestol": ("kørestol",)}
    assert found(listed, "Hun søger om en handicapkørestol.") == {"kørestol": ("handicapkørestol",)}
    assert found(listed, "Han er rask.") == {}


def test_words_of_a_phrase_stand_close_together_in_any_order() -> None:
    listed = thesaurus(("ikke dukke op", "udeblivelse"))
    assert found(listed, "Han dukkede heller ikke op.") == {"ikke dukke op": ("dukkede", "ikke", "op")}
    assert found(listed, "Op dukkede han ikke.") == {"ikke dukke op": ("Op", "dukkede", "ikke")}
    near, far = ("en " * count + "op" for count in (GAP, GAP + 1))
    assert found(listed, f"ikke dukke {near}")
    assert not found(listed, f"ikke dukke {far}")
    assert not found(listed, "Han dukkede op.")


def test_a_phrase_covers_the_entries_of_its_words() -> None:
    listed = thesaurus(("sige op", "opsigelse"), ("sige", "udtalelse"))
    assert set(found(listed, "Hun sagde op i går.")) == {"sige op"}
    assert set(found(listed, "Hun sagde det i går.")) == {"sige"}


def test_the_law_s_terms_know_the_words_that_called_them_up_and_the_better_rank() -> None:
    listed = thesaurus(("fyre", "opsigelse", "afskedigelse"), ("bortvise", "afskedigelse"))
    law = listed.expand("Først fyret, så bortvist.").law
    assert law["opsigelse"].words == ("fyret",)
    assert law["afskedigelse"].words == ("bortvist", "fyret")
    assert law["afskedigelse"].rank == 0
    assert law["afskedigelse"].share == 1
    assert listed.expand("fyret").law["afskedigelse"].share == pytest.approx(DECAY)


def test_the_last_of_several_entries_for_the_same_words_counts() -> None:
    listed = thesaurus(("fyre", "opsigelse"), ("fyret", "afskedigelse"))
    assert len(listed) == 1
    assert set(listed.expand("Han blev fyret").law) == {"afskedigelse"}


def test_an_encoder_reads_the_first_words_of_the_law_behind_the_case() -> None:
    listed = thesaurus(("kørestol", "hjælpemiddel", "nedsat funktionsevne", "varig"))
    assert listed.expand("En kørestol.").text == "En kørestol. hjælpemiddel, nedsat funktionsevne"
    assert listed.expand("En stol.").text == "En stol."


# What is searched for


def test_terms_of_the_law_are_asked_for_beside_the_query_s_own() -> None:
    builder = LexicalBuilder(analyzer())
    builder.add("Lov om prøver", "Kommunen yder støtte til hjælpemidler")
    builder.add("Lov om prøver", "Kommunen yder en kørestol")
    lexical = builder.build()
    listed = thesaurus(("kørestol", "noget ukendt", "hjælpemiddel", "kørestol"))
    own = query_terms("en kørestol", analyzer(), lexical)
    law = listed.expand("en kørestol").law
    assert "ukendt" in law
    both = with_law(own, law, lexical, 0.5)
    assert both["hjælpemiddel"] == pytest.approx(0.5 * DECAY)
    assert both["kørestol"] == own["kørestol"] == 1.0
    assert "ukendt" not in both


def test_without_an_encoder_the_law_s_words_count_more(demo: Workspace) -> None:
    asked = Query("Hun går med et tandsæt.", kinds=(Kind.RULE,))
    listed = thesaurus(("tandsæt", "indbo"))
    with_meaning = Searcher(
        demo.store, demo.searcher().snapshot, demo.analyzer, demo.encoder, thesaurus=listed
    ).read(asked)
    by_words = _words_alone(demo, listed).read(asked)
    measured = weights_of(demo.settings.encoder).law
    assert with_meaning.terms["indbo"] == measured < LAW_BY_WORDS_ALONE == by_words.terms["indbo"]


def test_a_model_that_was_not_measured_gets_the_weights_of_the_plain_one() -> None:
    assert weights_of("en anden model") == weights_of("e5-small") == OTHERS
    assert weights_of(DEFAULT).dense > OTHERS.dense


def _words_alone(work: Workspace, listed: Thesaurus | None) -> Searcher:
    return Searcher(work.store, work.searcher().snapshot, work.analyzer, None, thesaurus=listed)


def test_a_rule_is_found_by_the_law_s_word_and_says_so(demo: Workspace) -> None:
    asked = Query("Hun går med et tandsæt, der er knækket.", kinds=(Kind.RULE,), top=3)
    listed = thesaurus(("tandsæt", "indbo"))
    without = _words_alone(demo, None).search(asked).rules
    found = _words_alone(demo, listed).search(asked).rules
    terms = [term for rule in found for term in rule.why.terms if term.term == "indbo"]
    assert terms
    assert not any(t.term == "indbo" for r in without for t in r.why.terms)
    for rule in found:
        quoted = " ".join(p.text for p in rule.passages)
        for term in rule.why.terms:
            assert term.rephrased == (term.term == "indbo")
            assert all(word in asked.text for word in term.in_query)
            assert all(word in quoted for word in term.in_result)
    assert terms[0].in_query == ("tandsæt",)


def test_a_decision_s_nearest_fact_is_chosen_by_the_words_of_the_case_alone(demo: Workspace) -> None:
    asked = Query("Borgeren udeblev fra samtalen og var syg.", kinds=(Kind.PRECEDENT,), top=5)
    listed = thesaurus(("udeblive", "kommune", "borger", "afgørelse"))
    plain = {r.id: r.why.fact for r in _words_alone(demo, None).search(asked).precedents}
    for result in _words_alone(demo, listed).search(asked).precedents:
        if result.id in plain:
            assert result.why.fact == plain[result.id]


def test_an_authority_s_own_words_stand_over_those_of_the_program(demo: Workspace, tmp_path: Path) -> None:
    own = tmp_path / "egne.tsv"
    own.write_text("kørestol\tganghjælp\nsnurretop\tlegetøj\n", encoding="utf-8")
    work = Workspace(Settings(data=demo.settings.data, encoder="none", thesaurus=own))
    assert set(work.thesaurus.expand("kørestol").law) == {"ganghjælp"}
    assert set(work.thesaurus.expand("snurretop").law) == {"legetøj"}
    assert len(work.thesaurus) == len(demo.thesaurus) + 1
    assert "hjælpemiddel" in demo.thesaurus.expand("kørestol").law
    work.close()


def test_an_empty_setting_is_no_file() -> None:
    assert Settings(thesaurus="").thesaurus is None  # type: ignore[arg-type]
