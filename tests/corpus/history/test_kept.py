"""What is worked out from the store is kept, is resumed where it stopped, and follows the store."""

from __future__ import annotations

import sqlite3

import pytest

from corpus.alignment import RULES
from corpus.derived import Held, keep_derived, read_derived, state_of
from corpus.history import genealogy_of
from corpus.kept_alignments import keep_histories
from corpus.store import Store

CARD = "§ 1. Den, der fisker i søen med stang eller snøre, skal have et gyldigt fiskekort."
PRICE = "Fiskekortet koster 100 kr. om året for voksne og er gratis for børn under 15 år."


@pytest.fixture
def versions(archive) -> Store:
    """Five versions; § 2 is missing from the third, though nothing repealed it."""
    for number in range(1, 6):
        rest = "" if number == 3 else f"\n§ 2. {PRICE}"
        archive.act(number, f"201{number}-01-01", CARD + rest)
    return archive.store


class Stopped(Exception):
    """Stands for a pass that is killed."""


def test_a_pass_that_was_stopped_goes_on_where_it_was(versions: Store) -> None:
    def stop(done: int, of: int) -> None:
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        keep_histories(versions, stop)
    seen: list[tuple[int, int]] = []
    assert keep_histories(versions, lambda done, of: seen.append((done, of))) == 3
    assert seen == [(done, 5) for done in range(1, 6)]
    assert keep_histories(versions) == 0


def test_versions_around_a_gap_are_compared_beforehand_too(versions: Store) -> None:
    keep_histories(versions)
    second, fourth = (versions.document(id).key for id in ("a2", "a4"))
    assert versions.alignment(second, fourth, RULES) is not None


def test_after_the_pass_nothing_is_aligned_any_more(versions: Store, monkeypatch) -> None:
    keep_histories(versions)

    def refuse(*_: object) -> None:
        raise AssertionError("aligned again")

    monkeypatch.setattr("corpus.kept_alignments.align", refuse)
    line = genealogy_of(versions).line("a1:par-2")
    assert [s.new_document for s in line.steps] == ["a2", "a4", "a5"]
    assert line.steps[1].skipped == ("a3",)


def test_a_store_that_cannot_be_written_still_answers(versions: Store) -> None:
    with sqlite3.connect(versions.path, isolation_level=None) as other:
        other.execute("CREATE TRIGGER full BEFORE INSERT ON alignments BEGIN SELECT RAISE(FAIL, 'full'); END")
    assert [s.new_document for s in genealogy_of(versions).line("a1:par-1").steps] == ["a2", "a3", "a4", "a5"]
    first, second = (versions.document(id).key for id in ("a1", "a2"))
    assert versions.alignment(first, second, RULES) is None


def test_what_was_derived_is_read_by_its_rules_alone_and_goes_with_its_document(versions: Store) -> None:
    one, two = (versions.document(id).key for id in ("a1", "a2"))
    keep_derived(versions, "prøve", 1, {one: b"en", two: b"to"})
    assert read_derived(versions, "prøve", 1) == {one: b"en", two: b"to"}
    assert read_derived(versions, "prøve", 2) == {}
    versions.erase("a1", "prøve")
    assert read_derived(versions, "prøve", 1) == {two: b"to"}


def test_what_is_held_is_made_again_only_when_other_revisions_are_current(archive) -> None:
    made: list[tuple[int, ...]] = []
    held = Held(lambda store: made.append(state_of(store)))
    archive.act(1, "2011-01-01", CARD)
    for _ in range(3):
        held.of(archive.store)
    keep_derived(archive.store, "prøve", 1, {archive.store.document("a1").key: b""})
    held.of(archive.store)
    assert len(made) == 1
    archive.act(2, "2012-01-01", CARD)
    held.of(archive.store)
    archive.store.erase("a1", "prøve")
    held.of(archive.store)
    assert len(set(made)) == 3


def test_a_change_by_another_process_is_noticed(archive) -> None:
    before = state_of(archive.store)
    with Store(archive.store.path) as other:
        type(archive)(other).act(1, "2011-01-01", CARD)
    assert state_of(archive.store) != before
