"""Sentences of a case beside conditions and beside the facts of a decision, on labelled pairs of fiction.

``tests/golden/bearing.jsonl`` holds cases with the conditions that each sentence speaks to and the facts of
a decision that tell of the same. Thresholds were chosen on the cases that are not ``held_out`` (every second
one, in the order in which they were written), and never looked at the others.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from api.wiring import Workspace
from assistant.brief_types import CaseSentence, Element, ElementKind, Quote
from assistant.compare import Matcher, centred, facts_of, margins, matched, own_words
from corpus.errors import NotFoundError
from corpus.types import SectionRole, Span

GOLDEN = Path(__file__).parents[1] / "golden" / "bearing.jsonl"


@pytest.fixture(scope="module")
def matcher(demo: Workspace) -> Matcher:
    return Matcher(demo.analyzer, demo.encoder)


@dataclass
class Tally:
    """Pairs found, pairs found that are labelled so, and pairs labelled so."""

    found: int = 0
    right: int = 0
    labelled: int = 0

    def count(self, found: set[int], labelled: set[int]) -> None:
        self.found += len(found)
        self.right += len(found & labelled)
        self.labelled += len(labelled)

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.right / self.labelled


def held_out() -> list[dict[str, object]]:
    cases = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    return [case for case in cases if case["held_out"]]


def case_of(*texts: str) -> tuple[CaseSentence, ...]:
    return tuple(CaseSentence(n, Span(0, len(t)), t) for n, t in enumerate(texts, start=1))


def condition(text: str, *parts: str) -> Element:
    words = " ".join([text, *parts])
    items = tuple(Element(ElementKind.CONDITION, _quote(words, p), Span(0, 1)) for p in parts)
    return Element(ElementKind.CONDITION, _quote(words, words), Span(0, 1), parts=items)


def _quote(whole: str, words: str) -> Quote:
    start = whole.index(words)
    return Quote("lov", 1, Span(start, start + len(words)), words, "§ 1", "lov, § 1")


def bearing_of(matcher: Matcher) -> Tally:
    tally = Tally()
    for case in held_out():
        elements = tuple(condition(c["text"]) for c in case["conditions"])
        answers = matcher.bearing(elements, case_of(*case["sentences"]))
        for answer, label in zip(answers, case["conditions"], strict=True):
            tally.count({s.number for s in answer.sentences}, set(label["speaks"]))
    return tally


def test_what_is_said_to_speak_to_a_condition_mostly_does_on_pairs_never_tuned_on(matcher: Matcher) -> None:
    tally = bearing_of(matcher)
    assert tally.labelled > 90
    assert tally.precision > 0.65
    assert tally.recall > 0.4


def test_words_alone_find_less_than_words_and_meaning(demo: Workspace, matcher: Matcher) -> None:
    words, both = bearing_of(Matcher(demo.analyzer, None)), bearing_of(matcher)
    assert both.precision > words.precision
    assert both.recall > words.recall > 0.2


def test_a_denial_speaks_to_the_condition_it_denies(matcher: Matcher) -> None:
    (answer,) = matcher.bearing(
        (condition("modtageren har meldt afbud til samtalen"),),
        case_of("Han meldte ikke afbud til samtalen.", "Han bor i en lejlighed på anden sal."),
    )
    assert [s.number for s in answer.sentences] == [1]


def test_a_condition_that_no_sentence_speaks_to_stands_with_none(matcher: Matcher) -> None:
    (answer,) = matcher.bearing(
        (condition("bebyggelsesprocenten ikke overstiger 30"),),
        case_of("Hun er sygemeldt med stress.", "Lægen venter hende rask til sommer.", "Hun bor i Odense."),
    )
    assert answer.sentences == ()


def test_every_part_of_a_condition_has_sentences_of_its_own(matcher: Matcher) -> None:
    element = condition(
        "støtten nedsættes, når modtageren", "udebliver fra en samtale,", "afslår et tilbudt arbejde"
    )
    (answer,) = matcher.bearing(
        (element,), case_of("Han udeblev fra samtalen i mandags.", "Han afslog det arbejde, han fik tilbudt.")
    )
    assert [[s.number for s in part.sentences] for part in answer.parts] == [[1], [2]]
    assert own_words(element) == "støtten nedsættes, når modtageren"


def test_a_day_or_a_figure_in_common_makes_no_two_facts_alike(demo: Workspace) -> None:
    words = Matcher(demo.analyzer, None)
    case = ["Hun udeblev fra samtalen den 12. februar 2024 kl. 10."]
    assert words.alike(case, ["Boligen blev solgt den 12. februar 2024 kl. 10."]) == []
    assert words.alike(case, ["Borgeren udeblev fra en samtale."]) == [(0, 0)]


def test_the_subject_of_a_whole_decision_makes_no_fact_of_it_alike_by_words(demo: Workspace) -> None:
    words = Matcher(demo.analyzer, None)
    facts = [f"Sygedagpenge til fleksjob nr. {number} blev udbetalt." for number in range(12)]
    assert words.alike(["Sygedagpenge til et fleksjob er stoppet."], facts) == []


def test_nothing_to_compare_gives_nothing(matcher: Matcher) -> None:
    assert matcher.bearing((), case_of("Han kom for sent.")) == ()
    (answer,) = matcher.bearing((condition("modtageren udebliver"),), ())
    assert answer.sentences == ()


def test_sentences_of_a_case_lie_beside_like_facts_on_pairs_never_tuned_on(matcher: Matcher) -> None:
    tally = Tally()
    for case in held_out():
        pairs = matcher.alike(case["sentences"], [f["text"] for f in case["facts"]])
        for number, fact in enumerate(case["facts"]):
            tally.count({row + 1 for row, column in pairs if column == number}, set(fact["like"]))
    assert tally.labelled == 36
    assert tally.precision > 0.8
    assert tally.recall > 0.55


def test_the_facts_of_a_decision_are_quoted_at_their_span(demo: Workspace) -> None:
    quotes = facts_of(demo.store, "fiktiv-1-20")
    document = demo.store.document("fiktiv-1-20")
    text = demo.store.text(document.key)
    facts = [s.span for s in demo.store.sections(document.key) if s.role is SectionRole.FACTS]
    assert quotes
    assert all(q.text == q.span.of(text) and any(q.span in span for span in facts) for q in quotes)


def test_a_case_and_a_decision_are_laid_side_by_side_without_losing_a_sentence(
    demo: Workspace, matcher: Matcher
) -> None:
    case = case_of(
        "Hun ringede samme morgen og sagde, at hun havde feber.",
        "Lægeerklæringen kom først tre uger senere.",
        "Hun har to heste og en vogn.",
    )
    found = matcher.likeness(case, demo.store, "fiktiv-1-20")
    assert {a.case.number for a in found.alike} == {1, 2}
    assert [s.number for s in found.only_case] == [3]
    assert all("feber" in a.decision.text for a in found.alike if a.case.number == 1)
    placed = {a.decision for a in found.alike} | set(found.only_decision)
    assert placed <= set(facts_of(demo.store, "fiktiv-1-20"))
    assert {a.decision for a in found.alike}.isdisjoint(found.only_decision)


def test_shared_words_stand_in_the_decision_as_shown(demo: Workspace, matcher: Matcher) -> None:
    case = case_of("Lægeerklæringerne blev sendt for sent, og han havde feber.")
    found = matcher.likeness(case, demo.store, "fiktiv-1-20")
    assert any(a.words for a in found.alike)
    assert all(word in a.decision.text for a in found.alike for word in a.words)


def test_an_unknown_decision_is_refused(demo: Workspace, matcher: Matcher) -> None:
    with pytest.raises(NotFoundError):
        matcher.likeness(case_of("Han kom for sent til mødet."), demo.store, "findes-ikke")


def test_centring_takes_away_what_a_row_and_a_column_have_in_common() -> None:
    cosines = np.add.outer(np.array([0.8, 0.9]), np.array([0.01, 0.02, 0.05]))
    assert np.allclose(centred(cosines), 0)


def test_a_margin_is_the_lead_over_the_best_other_value_of_the_row() -> None:
    assert np.allclose(margins(np.array([[0.5, 0.2, 0.1]])), [[0.3, -0.3, -0.4]])
    assert np.allclose(margins(np.array([[0.5, 0.5]])), 0)
    assert np.allclose(margins(np.array([[0.5]])), 0)


def test_pairs_are_chosen_strongest_first_and_leftovers_join_their_best_fellow() -> None:
    strength = np.array([[0.9, 0.8], [0.85, 0.1], [0.0, 0.0]])
    assert matched(strength, 0.5) == [(0, 0), (0, 1), (1, 0)]
    assert matched(strength, 0.86) == [(0, 0)]


def test_one_sentence_stands_beside_no_more_facts_than_a_person_compares() -> None:
    assert matched(np.array([[0.9, 0.8, 0.7, 0.6]]), 0.5) == [(0, 0), (0, 1)]
