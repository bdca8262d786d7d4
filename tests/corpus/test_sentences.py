import pytest

from corpus.structure import sentences
from corpus.types import Span


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "text",
    [
        "Nævnet kan, jf. § 3, stk. 2, nr. 1, og kap. 4, give f.eks. brænde, lys m.v. til ca. 20 huse.",
        "Beløbet er 1.000 kr. pr. måned fra den 1. juli 2020 og 1,5 mio. kr. om året.",
        "Efter 2. pkt. og litra b gælder dvs. fire dage, bl.a. søndag, jf. §§ 2-4.",
        "Fyret (bygget i 1880. Revet ned i 1920) stod på øen.",
        "Den 3. Marts kom H. C. Lygte, født på Holmen.",
    ],
)
def test_abbreviations_ordinals_and_brackets_do_not_end_a_sentence(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Havnen lukkes.", "Den åbnes igen."),
        ("Fyret passes efter § 3, stk. 2, 2. pkt.", "Vagten kan afløses."),
        ("Der gives tilskud til olie m.v.", "Tilskuddet er skattefrit."),
        ("Tilskuddet er 500 kr.", "Det udbetales i juni."),
        ("Det følger af § 12.", "Vagten kan klage."),
        ("Klagen kom i 2019.", "3 år senere blev den behandlet."),
        ("»Hvem tænder lampen?«", "Ingen svarede."),
        ("Vagten var ansat hos B.", "Han havde passet fyret."),
        ("Overskrift uden punktum", "Reglen begynder her."),
    ],
)
def test_a_full_stop_before_a_beginning_ends_a_sentence(first: str, second: str) -> None:
    separator = "\n" if "uden punktum" in first else " "
    assert split(first + separator + second) == [first, second]


def test_a_list_on_lines_of_its_own_belongs_to_the_sentence_that_introduces_it() -> None:
    text = "Tilskud gives til:\n1) olie,\n2) væger og\n3) glas.\nTilskuddet søges hos havnen."
    assert split(text) == [text[: text.index("\nTilskuddet")], "Tilskuddet søges hos havnen."]


def test_a_line_that_breaks_after_an_abbreviation_goes_on() -> None:
    text = "Det følger af forordningen, art.\n76, at vagten\nhar fri."
    assert split(text) == [text]


def test_the_number_of_a_provision_is_no_sentence_of_its_own() -> None:
    assert split("§ 4. Vagten sover. Stk. 2. Fyret brænder.") == [
        "§ 4. Vagten sover.",
        "Stk. 2. Fyret brænder.",
    ]


def test_spans_lie_inside_the_span_asked_for_and_hold_every_word() -> None:
    text = "Uden for. Første sætning. Anden sætning uden slutning og"
    asked = Span(10, len(text) - 3)
    found = sentences(text, asked)
    assert [s.of(text) for s in found] == ["Første sætning.", "Anden sætning uden slutning"]
    assert all(s in asked for s in found)


def test_a_span_without_words_has_no_sentences() -> None:
    assert sentences("   ", Span(0, 3)) == ()
    assert sentences("", Span(0, 0)) == ()


def test_a_long_text_without_blanks_or_with_open_brackets_takes_linear_time() -> None:
    for text in ("." * 400_000, "(" * 400_000, "a.b" * 100_000, "(a. B " * 60_000):
        assert "".join(split(text)).replace(" ", "") == text.replace(" ", "")
