"""Nothing that says or hints how a case should end leaves, and what the sources say themselves does."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import api.texts
from assistant.verdict import (
    Asked,
    Breach,
    Reason,
    asks_for_verdict,
    check_sentence,
    guard_texts,
    quoted_spans,
    strings,
)
from assistant.verdict_messages import LEFT_OUT, WHY_NOT
from corpus.parsing.registry import parse
from corpus.sentences import sentences
from corpus.sources.folder import Unread, read
from corpus.types import SectionRole, Span

GOLDEN = Path(__file__).parents[1] / "golden"
SHARED = Path(__file__).parents[2].parent / "shared"
# Both parts of every suite are held to these; how each was reached is told in docs/no-verdict.md.
MOST_FALSE_BLOCKS = 0.02


@cache
def suite(name: str) -> tuple[dict[str, Any], ...]:
    lines = (GOLDEN / f"verdict_{name}.jsonl").read_text().splitlines()
    return tuple(json.loads(line) for line in lines)


def is_held_out(text: str) -> bool:
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 1


def part(name: str, held_out: bool) -> list[dict[str, Any]]:
    return [entry for entry in suite(name) if is_held_out(entry["text"]) is held_out]


def checked(entry: dict[str, Any]) -> object:
    """What the guard says of an entry, its quote (if any) given as verified."""
    quote = entry.get("quote", "")
    at = entry["text"].index(quote)
    quoted = [Span(at, at + len(quote))] if quote else ()
    return check_sentence(entry["text"], entry["language"], quoted, free=bool(quote))


def asked(entry: dict[str, Any]) -> object:
    return asks_for_verdict(entry["text"])


SUITES: dict[str, tuple[str, Callable[[dict[str, Any]], object]]] = {
    "requests": ("asks", asked),
    "sentences": ("verdict", checked),
    "quotes": ("verdict", checked),
}


@pytest.mark.parametrize("held_out", [False, True], ids=["tuned", "held-out"])
@pytest.mark.parametrize("name", SUITES)
def test_no_verdict_of_the_suites_leaks(name: str, held_out: bool) -> None:
    label, guard = SUITES[name]
    leaks = [e["text"] for e in part(name, held_out) if e[label] and guard(e) is None]
    assert leaks == []


@pytest.mark.parametrize("held_out", [False, True], ids=["tuned", "held-out"])
@pytest.mark.parametrize("name", SUITES)
def test_lawful_texts_of_the_suites_are_let_through(name: str, held_out: bool) -> None:
    label, guard = SUITES[name]
    lawful = [e for e in part(name, held_out) if not e[label]]
    blocked = [e["text"] for e in lawful if guard(e) is not None]
    assert len(blocked) <= MOST_FALSE_BLOCKS * len(lawful), blocked


def fresh(entry: dict[str, Any]) -> object:
    """What the guard says of a text written against it; a sentence is read as a machine's own."""
    if entry["kind"] == "request":
        return asks_for_verdict(entry["text"])
    if entry["kind"] == "quote":
        return checked(entry)
    return check_sentence(entry["text"], entry["language"], free=True)


def test_of_what_was_written_against_the_guard_only_the_known_leaks_leak() -> None:
    leaks = {e["text"] for e in suite("fresh") if e["verdict"] and fresh(e) is None}
    assert leaks == {e["text"] for e in suite("fresh") if e["leaks"]}


def test_lawful_texts_written_beside_them_are_let_through() -> None:
    assert [e["text"] for e in suite("fresh") if not e["verdict"] and fresh(e) is not None] == []


@pytest.mark.parametrize("held_out", [False, True], ids=["tuned", "held-out"])
def test_a_machine_s_own_sentence_is_read_no_milder_than_a_template(held_out: bool) -> None:
    wrong = [e for e in part("sentences", held_out) if e["verdict"]]
    assert [e["text"] for e in wrong if check_sentence(e["text"], free=True) is None] == []


def test_a_machine_s_own_sentence_must_show_what_it_speaks_of() -> None:
    verdict = check_sentence("Hun er inden for skiven.", free=True)
    assert verdict is not None
    assert verdict.reason is Reason.UNGROUNDED
    assert check_sentence("Nævnet lagde i 4-23 vægt på gangdistancen.", free=True) is None
    assert check_sentence("Sagen nævner en tolk, og hun er inden for skiven.", free=True) is not None


def test_the_suites_are_as_large_as_the_figures_say() -> None:
    requests, sentences, quotes = (suite(name) for name in SUITES)
    assert sum(e["asks"] for e in requests) >= 250
    assert sum(e["asks"] and e["form"] != "plain" for e in requests) >= 60
    assert sum(not e["asks"] for e in requests) >= 200
    assert sum(e["verdict"] for e in sentences) >= 250
    assert sum(not e["verdict"] for e in (*sentences, *quotes)) >= 250
    for name in SUITES:
        texts = [e["text"] for e in suite(name)]
        assert len(texts) == len(set(texts))


def test_the_quotes_of_the_suite_stand_in_the_starter_corpus() -> None:
    decisions = files("corpus") / "starter" / "decisions"
    for entry in suite("quotes"):
        assert entry["quote"] in (decisions / f"{entry['document']}.md").read_text(encoding="utf-8")


def test_a_request_is_answered_with_why_and_with_what_is_given_instead() -> None:
    request = asks_for_verdict("Skal vi give afslag?")
    assert request is not None
    assert "sagsbehandler" in request.message_da
    assert "vises i stedet" in request.message_da
    assert "Shown instead" in request.message_en


def test_the_messages_of_the_guard_pass_the_guard() -> None:
    told = [text for table in (WHY_NOT, LEFT_OUT) for pair in table.values() for text in pair]
    for asks in Asked:
        told.append(WHY_NOT[asks][0])
    assert [t for t in told if check_sentence(t) is not None] == []
    assert set(WHY_NOT) == set(Asked)
    assert set(LEFT_OUT) == set(Reason)


def test_the_message_is_in_the_language_that_is_asked_for() -> None:
    danish, english = (check_sentence("Afgørelsen bør stadfæstes.", language) for language in ("da", "en"))
    assert danish is not None
    assert english is not None
    assert danish.message.startswith("En sætning er udeladt")
    assert english.message.startswith("A sentence was left out")


def test_a_verified_quote_passes_and_the_same_words_unverified_do_not() -> None:
    text = "Nævnets ord er »Borgeren har ret til hjælp i eget hjem.«"
    quote = Span(text.index("Borgeren"), len(text) - 1)
    assert check_sentence(text, "da", [quote]) is None
    assert check_sentence(text) is not None


def test_a_verified_quote_covers_nothing_but_itself() -> None:
    text = "»Borgeren har ret til hjælp i hjemmet.« Kommunen skal give afslag."
    verdict = check_sentence(text, "da", [Span(1, 38)])
    assert verdict is not None
    assert "afslag" in verdict.words


def test_a_quoted_word_or_two_does_not_make_a_sentence_a_quote() -> None:
    text = "Betingelsen er »opfyldt«."
    at = text.index("opfyldt")
    assert check_sentence(text, "da", [Span(at, at + 7)]) is not None


def test_a_quote_does_not_vouch_for_the_clause_beside_it() -> None:
    text = "»Borgeren ringede samme dag.«, og hun er inden for skiven."
    assert check_sentence(text, "da", [Span(1, 28)], free=True) is not None


def test_quotes_are_found_between_quotation_marks_or_as_the_whole_text() -> None:
    quote = "Afgørelsen stadfæstes."
    marked = f"I 1-24 står »{quote}« og mere."
    assert [s.of(marked) for s in quoted_spans(marked, [quote])] == [quote]
    assert quoted_spans(quote, [quote]) == (Span(0, len(quote)),)
    assert quoted_spans(f"Derfor: {quote}", [quote]) == ()
    assert quoted_spans(f"{quote}«", [quote]) == ()
    assert quoted_spans(marked, [""]) == ()


@dataclass(frozen=True, slots=True)
class _Note:
    heading: str
    lines: tuple[str, ...]
    count: int = 1


def test_everything_that_leaves_is_read_with_the_path_it_stands_at() -> None:
    note = _Note("Regler", ("Reglen står i § 3.", "Sagen nævner intet. Borgeren har ret til hjælp."))
    leaving = {
        "title": "Afgørelsen bør stadfæstes.",
        "note": note,
        "kind": Reason.TALLY,
        "raw": b"Giv afslag.",
        "number": 3,
        "nothing": None,
    }
    breaches = guard_texts(leaving)
    assert [b.path for b in breaches] == ["title", "note.lines.1"]
    assert breaches[1].span.of(note.lines[1]) == "Borgeren har ret til hjælp."
    assert [path for path, _ in strings(leaving)] == ["title", "note.heading", "note.lines.0", "note.lines.1"]


def test_recorded_outcomes_and_source_words_are_left_alone_where_the_caller_names_them() -> None:
    leaving = {"precedents": [{"outcome": ["stadfæstet"], "quote": "Afgørelsen stadfæstes.", "note": "Ja."}]}
    breaches = guard_texts(leaving, verbatim=("precedents.*.outcome.*", "precedents.*.quote"))
    assert [b.path for b in breaches] == ["precedents.0.note"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Kommunen skal give afslag.", Reason.DECISION),
        ("Betingelsen er opfyldt.", Reason.CONDITION),
        ("I 8 ud af 10 sager fik borgeren medhold.", Reason.TALLY),
        ("Ankestyrelsen ændrer sandsynligvis afgørelsen.", Reason.LIKELIHOOD),
        ("Vi anbefaler en ny høring.", Reason.ADVICE),
        ("Efter min mening er sagen ligetil.", Reason.OPINION),
        ("Det hele taler for borgeren.", Reason.HINT),
        ("Sagen får samme udfald som 1-24.", Reason.SAME_END),
        (base64.b64encode(b"Kommunen skal give afslag.").decode(), Reason.DISGUISE),
    ],
)
def test_the_reason_says_what_was_wrong(text: str, reason: Reason) -> None:
    verdict = check_sentence(text)
    assert verdict is not None
    assert verdict.reason is reason


@pytest.mark.parametrize(
    ("lawful", "verdict"),
    [
        ("I 1-24 havde borgeren ret til hjælp.", "Borgeren har ret til hjælp."),
        (
            "Kommunen mener, at kravet er opfyldt.",
            "Kommunen mener, at kravet er opfyldt, og derfor er det opfyldt.",
        ),
        ("Sagen siger ikke, om kravet er opfyldt.", "Sagen siger, at kravet er opfyldt."),
        (
            "Efter § 15 kan støtten nedsættes, hvis modtageren udebliver.",
            "Efter § 15 kan støtten nedsættes her.",
        ),
        ("Er parten hørt?", "Bør afgørelsen ikke ophæves?"),
        ("Nævnet ophævede afgørelsen i 1-24.", "Nævnet ophævede afgørelsen i 1-24, og den bør ophæves her."),
    ],
)
def test_a_frame_reaches_no_further_than_its_clause(lawful: str, verdict: str) -> None:
    assert check_sentence(lawful) is None
    assert check_sentence(verdict) is not None


# Each runs into another guard's longest look ahead, or gives it a hit at every word.
HOSTILE = (
    "»a« ", "1a", "%41", "? ", "sig om ", "dommer : ", "kan han afvise ", "ifølge borgeren kan han afvise , ",
    "nævnet fandt , at han kan afvise , ", "7 af 10 ", "skal ", "skal",
)  # fmt: skip
SHORT, LONG = 25_000, 100_000
# Four times the text may take four times as long; the rest is for a machine that others use too.
MOST_GROWTH = 4 * 2.0
# Below this a difference is the clock's.
LEAST_SECONDS = 0.01


def seconds(task: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    task(text)
    return max(time.process_time() - start, LEAST_SECONDS)


@pytest.mark.parametrize("task", [asks_for_verdict, check_sentence])
def test_time_grows_no_faster_than_the_text(task: Callable[[str], object]) -> None:
    def growth(seed: str) -> float:
        short, long = ((seed * (size // len(seed)) + "?") for size in (SHORT, LONG))
        return seconds(task, long) / seconds(task, short)

    slow = [seed for seed in HOSTILE if growth(seed) > MOST_GROWTH and growth(seed) > MOST_GROWTH]
    assert slow == []


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    asks_for_verdict(text)
    check_sentence(text, "en", [Span(0, len(text) // 2)])
    assert all(isinstance(b, Breach) for b in guard_texts([text]))


@pytest.mark.parametrize("disguise", [str.upper, lambda t: "\u00ad".join(t), lambda t: t.replace("a", "а")])
def test_a_verdict_stays_a_verdict_in_disguise(disguise: Callable[[str], str]) -> None:
    open_texts = [e["text"] for e in suite("sentences") if e["verdict"] and e["text"].isascii()]
    open_texts = [t for t in open_texts if check_sentence(t).reason is not Reason.DISGUISE]  # type: ignore[union-attr]
    leaks = [t for t in open_texts if check_sentence(disguise(t)) is None]
    assert leaks == []


def test_the_words_of_page_terminal_and_problems_pass_the_guard() -> None:
    modules = [import_module(f"api.texts.{m.name}") for m in iter_modules(api.texts.__path__)]
    texts = {
        m.__name__: {str(key): list(pair) for key, pair in m.TEXTS.items()}
        for m in modules
        if "TEXTS" in dir(m)
    }
    assert sum(len(t) for t in texts.values()) > 100
    assert [f"{b.path}: {b.verdict.words}" for b in guard_texts(texts)] == []


def real_sentences(*roles: SectionRole) -> Iterator[str]:
    """The sentences of the sections with ``roles`` of the real decisions."""
    folders = [SHARED / "corpus" / name for name in ("decisions_json", "lexdania_decisions")]
    for record in read(folders):
        if isinstance(record, Unread):
            continue
        document = parse(record)
        for section in document.sections:
            if section.role in roles:
                yield from (span.of(document.text) for span in sentences(document.text, section.span))


@pytest.mark.shared
def test_every_sentence_of_real_reasons_passes_as_a_verified_quote() -> None:
    if not SHARED.exists():
        pytest.skip("the real decisions are not beside the checkout")
    blocked: list[str] = []
    count = 0
    for text in real_sentences(SectionRole.REASONING, SectionRole.OUTCOME):
        framed = f"Myndigheden skrev: »{text}« (28-24)"
        at = framed.index(text)
        spans: Sequence[Span] = [Span(at, at + len(text))]
        count += 1
        if check_sentence(text, "da", [Span(0, len(text))]) or check_sentence(framed, "da", spans):
            blocked.append(text)
    assert count > 1_000
    assert blocked == []


@pytest.mark.shared
def test_the_facts_of_real_decisions_are_hardly_ever_taken_for_requests() -> None:
    if not SHARED.exists():
        pytest.skip("the real decisions are not beside the checkout")
    facts = list(real_sentences(SectionRole.FACTS))
    asking = [text for text in facts if asks_for_verdict(text) is not None]
    assert len(facts) > 1_000
    assert len(asking) <= 0.001 * len(facts), asking
