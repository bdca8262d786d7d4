"""The audit log: what it keeps, what it does not, and that a changed byte is found."""

from __future__ import annotations

import datetime as dt
import hashlib
import multiprocessing
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from assistant.audit import GENESIS, AuditLog, Event
from corpus.errors import NotFoundError, StoreError


def event(text: str = "Borgeren udeblev.", shown: tuple[str, ...] = ("lta-1:par-1",)) -> Event:
    return Event("brief", text, dt.date(2024, 3, 1), "snapshot-1", "extractive", shown)


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    return AuditLog(tmp_path / "audit.db")


def change(log: AuditLog, statement: str) -> None:
    """What somebody with the file in hand can do."""
    with closing(sqlite3.connect(log.path)) as connection:
        connection.executescript(f"DROP TRIGGER no_update; DROP TRIGGER no_delete; {statement}")


def test_an_entry_is_found_by_its_id_with_what_was_shown(log: AuditLog) -> None:
    written = log.append(event(shown=("a", "b")))
    assert log.entry(written.id) == written
    assert (written.number, written.shown, written.previous) == (1, ("a", "b"), GENESIS)


def test_the_log_holds_no_word_of_the_case(log: AuditLog) -> None:
    log.append(event("Hemmelighedsfuld sag om Anna"))
    assert b"Hemmeligheds" not in b"".join(path.read_bytes() for path in log.path.parent.iterdir())


def test_the_same_text_has_the_same_digest_in_one_log_and_another_in_the_next(tmp_path: Path) -> None:
    one, other = AuditLog(tmp_path / "one.db"), AuditLog(tmp_path / "other.db")
    assert one.append(event()).digest == one.append(event()).digest != other.append(event()).digest


def test_every_entry_names_the_one_before_it(log: AuditLog) -> None:
    first, second = log.append(event()), log.append(event())
    assert second.previous == first.hash
    assert log.verify() is None


def test_the_chain_goes_on_after_the_log_is_opened_again(log: AuditLog) -> None:
    first = log.append(event())
    assert AuditLog(log.path).append(event()).previous == first.hash


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE entries SET body = replace(body, 'snapshot-1', 'snapshot-2') WHERE number = 2", 2),
        ("DELETE FROM entries WHERE number = 2", 2),
        ("DELETE FROM entries WHERE number = 1", 1),
        ("UPDATE entries SET hash = '0' WHERE number = 3", 3),
        ("UPDATE entries SET id = 'other' WHERE number = 2", 2),
        ("UPDATE entries SET number = 9 WHERE number = 3", 3),
    ],
)
def test_what_was_changed_afterwards_is_found_and_located(log: AuditLog, statement: str, number: int) -> None:
    for _ in range(3):
        log.append(event())
    change(log, statement)
    broken = log.verify()
    assert broken is not None
    assert broken.number == number


def test_an_entry_written_anew_with_a_matching_hash_breaks_the_chain_after_it(log: AuditLog) -> None:
    for _ in range(3):
        log.append(event())
    with closing(sqlite3.connect(log.path)) as connection:
        (body,) = connection.execute("SELECT body FROM entries WHERE number = 2").fetchone()
    forged = body.replace("snapshot-1", "snapshot-2")
    hashed = hashlib.sha256(forged.encode()).hexdigest()
    change(log, f"UPDATE entries SET body = '{forged}', hash = '{hashed}' WHERE number = 2")
    broken = log.verify()
    assert broken is not None
    assert broken.number == 3


def test_the_database_itself_refuses_to_change_an_entry(log: AuditLog) -> None:
    log.append(event())
    with (
        closing(sqlite3.connect(log.path)) as connection,
        pytest.raises(sqlite3.Error, match="append-only"),
    ):
        connection.execute("DELETE FROM entries")


def test_threads_that_write_together_make_one_chain(log: AuditLog) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: log.append(event()), range(40)))
    assert [e.number for e in log.entries()] == list(range(1, 41))
    assert log.verify() is None


def _append_ten(path: Path) -> None:
    log = AuditLog(path)
    for _ in range(10):
        log.append(event())


def test_processes_that_write_together_make_one_chain(log: AuditLog) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_append_ten, args=(log.path,)) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(list(log.entries())) == 20
    assert log.verify() is None


def test_an_unknown_id_is_a_clear_answer(log: AuditLog) -> None:
    with pytest.raises(NotFoundError, match="ingen post"):
        log.entry("x")


def test_a_file_that_is_no_log_is_refused(tmp_path: Path) -> None:
    (tmp_path / "audit.db").write_bytes(b"not a database, and long enough to be read as one" * 20)
    with pytest.raises(StoreError, match=r"audit\.db"):
        AuditLog(tmp_path / "audit.db")
