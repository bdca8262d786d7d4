"""The words of the page and of the command line are complete in both languages, and none lies unused."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from string import Formatter

import pytest

from api import messages
from api.cli.evaluating import Way
from api.days import DayError, parse_day
from api.problems import PROBLEMS
from api.texts import CATALOGUE, Language, day, number, text
from assistant.evidence import RangeError
from corpus.errors import HjemmelError, NotFoundError, UnsupportedError
from corpus.store import Outcome
from corpus.types import Kind
from index.errors import IndexMissingError, QueryError, QueryFault
from index.limits import MAX_QUERY_CHARACTERS, MAX_TOP, check
from index.types import Query

ROOT = Path(__file__).parents[2]
API = ROOT / "api"
TEXTS = API / "texts"
SOURCES = [p for p in [*API.rglob("*.py"), *API.rglob("*.html")] if p.parent != TEXTS]
# Keys that are put together from a code of the program: the part before the code, and where it stands.
FAMILIES = {
    "title-": {p.code for p in PROBLEMS.values()},
    "remedy-": {p.code for p in PROBLEMS.values()},
    "query-": {fault.removeprefix("query-") for fault in QueryFault},
    "outcome-": set(Outcome),
    "system-": {way.value for way in Way},
    "note-": {
        *re.findall(
            r'notes\.append\("([a-z-]+)"', (ROOT / "index" / "search.py").read_text(encoding="utf-8")
        ),
        *(f"{what}-{kind}s" for what in ("no", "weak") for kind in (Kind.RULE, Kind.PRECEDENT)),
    },
    "check-": {
        name + end
        for name in re.findall(
            r'Finding\("([a-z-]+)"', (API / "cli" / "checks.py").read_text(encoding="utf-8")
        )
        for end in ("", "-bad", "-remedy")
    },
}


@pytest.mark.parametrize("key", CATALOGUE)
def test_both_languages_have_words_with_the_same_values_to_fill_in(key: str) -> None:
    danish, english = CATALOGUE[key]
    assert danish.strip()
    assert english.strip()
    fields = [{f for _, f, _, _ in Formatter().parse(words) if f is not None} for words in (danish, english)]
    assert fields[0] == fields[1]


def test_no_words_lie_unused() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    literal = set(re.findall(r"""["']([a-z][a-z-]*)["']""", written))
    derived = {start + code for start, codes in FAMILIES.items() for code in codes}
    others = tuple(set(re.findall(r'f"([a-z-]+-)\{', written)) - set(FAMILIES))
    unused = {key for key in set(CATALOGUE) - literal - derived if not key.startswith(others)}
    assert unused == {"fault-day", "fault-range"}  # named by constants


def test_every_key_that_a_template_asks_for_exists() -> None:
    asked = {
        key
        for path in API.rglob("*.html")
        for key in re.findall(r'\bt\("([a-z-]+)"[,)]', path.read_text(encoding="utf-8"))
    }
    assert len(asked) > 30
    assert asked <= set(CATALOGUE)


@pytest.mark.parametrize("family", ["title-", "remedy-", "query-", "outcome-", "system-", "note-"])
def test_every_code_of_the_program_has_words(family: str) -> None:
    assert {family + code for code in FAMILIES[family]} <= set(CATALOGUE)


@pytest.mark.parametrize("problem", PROBLEMS.values(), ids=lambda p: p.code)
def test_the_english_title_of_a_problem_is_the_one_over_http(problem: object) -> None:
    assert CATALOGUE[f"title-{problem.code}"][1] == problem.title  # type: ignore[attr-defined]


BAD_QUERIES = {
    QueryFault.EMPTY: Query(" "),
    QueryFault.TOO_LONG: Query("a" * (MAX_QUERY_CHARACTERS + 1)),
    QueryFault.TOP: Query("sag", top=MAX_TOP + 1),
    QueryFault.KINDS: Query("sag", kinds=()),
    QueryFault.DATE: Query("sag", as_of=dt.date(1, 1, 1)),
    QueryFault.PERIOD: Query("sag", decided_from=dt.date(2024, 1, 2), decided_to=dt.date(2024, 1, 1)),
    QueryFault.COLLECTION: Query("sag", collections=("ukendt",)),
    QueryFault.FILTERS: Query("sag", authorities=tuple(f"m{n}" for n in range(1000))),
}


@pytest.mark.parametrize("fault", QueryFault)
def test_a_bad_query_is_told_in_danish_by_itself_and_in_english_by_its_fault(fault: QueryFault) -> None:
    with pytest.raises(QueryError) as caught:
        check(BAD_QUERIES[fault], frozenset({"starter"}))
    assert caught.value.fault is fault
    assert messages.told(Language.DA, caught.value) == str(caught.value)
    assert messages.told(Language.EN, caught.value) != str(caught.value)


def test_a_bad_date_is_told_in_both_languages_with_what_was_written() -> None:
    with pytest.raises(DayError) as caught:
        parse_day("i går")
    assert str(caught.value) == messages.told(Language.DA, caught.value)
    assert "i går" in messages.told(Language.EN, caught.value)
    assert messages.concerns_day(caught.value)


@pytest.mark.parametrize("written", [None, "", "  "])
def test_no_date_means_no_day(written: str | None) -> None:
    assert parse_day(written) is None


TOLD: list[tuple[HjemmelError, str, str]] = [
    (UnsupportedError("Filen er i et gammelt format.", "Gem den på ny."), "gammelt format", "another format"),
    (IndexMissingError("there is no index yet.", "Run it."), "Driften skal", "The operator must"),
    (NotFoundError("Samlingen har ingen § 9.", "Se listen."), "ingen § 9", "Not found"),
    (RangeError("d1", 5, 99, 7), "som har 7 tegn", "d1 has 7 characters"),
]


@pytest.mark.parametrize(("error", "danish", "english"), TOLD, ids=["input", "index", "not found", "range"])
def test_an_error_is_told_in_the_readers_language(error: HjemmelError, danish: str, english: str) -> None:
    assert danish in messages.told(Language.DA, error)
    assert english in messages.told(Language.EN, error)


def test_dates_and_numbers_are_written_as_each_language_writes_them() -> None:
    assert (day(Language.DA, dt.date(2024, 3, 1)), day(Language.EN, dt.date(2024, 3, 1))) == (
        "1. marts 2024",
        "2024-03-01",
    )
    assert (number(Language.DA, 0.834), number(Language.EN, 0.834)) == ("0,83", "0.83")
    assert day(Language.DA, None) == "–"


def test_a_key_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        text(Language.DA, "no-such-words")
