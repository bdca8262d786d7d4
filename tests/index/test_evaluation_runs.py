"""Run files: what is written is read back, byte for byte the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import InputError, UnreadableError
from index.evaluation.runs import read_run, write_run
from index.evaluation.types import Run

RUN = Run("bm25 only", {"q2": {"§ 5 %": 1.5, "b": 1 / 3}, "q1": {"b": 2.0, "a": 2.0, "c": 3.0}})


def test_a_run_is_written_best_first_and_ties_by_id(tmp_path: Path) -> None:
    write_run(tmp_path / "run.txt", RUN)
    assert (tmp_path / "run.txt").read_text(encoding="utf-8").splitlines()[:3] == [
        "q1 Q0 c 1 3.0 bm25%20only",
        "q1 Q0 a 2 2.0 bm25%20only",
        "q1 Q0 b 3 2.0 bm25%20only",
    ]


def test_a_run_read_back_is_the_run_that_was_written(tmp_path: Path) -> None:
    write_run(tmp_path / "run.txt", RUN)
    assert read_run(tmp_path / "run.txt") == RUN


def test_the_same_run_in_another_order_gives_the_same_bytes(tmp_path: Path) -> None:
    other = Run(
        RUN.name, {q: dict(reversed(list(RUN.scores[q].items()))) for q in reversed(list(RUN.scores))}
    )
    write_run(tmp_path / "one.txt", RUN)
    write_run(tmp_path / "other.txt", other)
    assert (tmp_path / "one.txt").read_bytes() == (tmp_path / "other.txt").read_bytes()


def test_only_the_best_hits_are_written(tmp_path: Path) -> None:
    write_run(tmp_path / "run.txt", RUN, depth=1)
    assert read_run(tmp_path / "run.txt").scores == {"q1": {"c": 3.0}, "q2": {"§ 5 %": 1.5}}


def test_the_scores_rank_and_not_the_printed_ranks(tmp_path: Path) -> None:
    (tmp_path / "run.txt").write_text("q Q0 a 1 0.5 other\n\nq Q0 b 2 0.9 other\n", encoding="utf-8")
    assert read_run(tmp_path / "run.txt").ranking("q") == ["b", "a"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("q Q0 a 1 0.5 x\nq Q0 b\n", "line 2: found 3 fields"),
        ("q Q0 a 1 high x\n", "line 1: found the score 'high'"),
        ("q Q0 a 1 0.5 x\nq Q0 a 2 0.4 x\n", "line 2: found 'a' a second time"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "run.txt").write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableError, match=message):
        read_run(tmp_path / "run.txt")


def test_a_missing_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"nothing\.txt cannot be read"):
        read_run(tmp_path / "nothing.txt")


def test_a_path_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        write_run(tmp_path / "file" / "run.txt", RUN)
