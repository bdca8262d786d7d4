"""Cases written for provisions become pairs: the passage that answers, and near ones that do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.wiring import Workspace
from corpus.errors import InputError
from corpus.types import Kind
from index.adaptation.pairs import Origin, is_held_out
from index.adaptation.written import KINDS, NEAR, WRITTEN, Written, read_written, written_pairs
from index.encoders import OnnxEncoder

BUILDING = "fiktiv-lov-om-tilladelse-til-byggeri"


@pytest.fixture(scope="module")
def act(demo: Workspace) -> str:
    """The id of the newest version of a fictional act."""
    return max(d.id for d in demo.store.documents(work_id=BUILDING, kinds=[Kind.RULE]))


def test_a_case_is_answered_by_the_nearest_passage_of_its_provision(
    demo: Workspace, encoder: OnnxEncoder, act: str
) -> None:
    text = Written(act, "par-11", "b", "De skriver at min ansøgning mangler oplysninger. Hvad mangler de?")
    (pair,) = written_pairs(demo.store, [text], lambda: encoder)
    assert (pair.origin, pair.query) == (Origin.CASE, text.text)
    assert (pair.target, pair.passage_work) == (f"{BUILDING}:par-11", BUILDING)
    assert "Mangler ansøgningen oplysninger" in pair.passage


def test_wrong_answers_are_of_other_provisions_each_once_and_on_the_same_side_of_the_split(
    demo: Workspace, encoder: OnnxEncoder, act: str
) -> None:
    text = Written(act, "par-11", "s", "ansøgning mangler oplysninger")
    (pair,) = written_pairs(demo.store, [text], lambda: encoder)
    targets = [target for target, _ in pair.negatives]
    assert 0 < len(targets) == len(set(targets)) <= NEAR[1] - NEAR[0] + 1
    assert pair.target not in targets
    sides = {is_held_out(target.rpartition(":")[0]) for target in targets}
    assert sides == {is_held_out(BUILDING)}


def test_a_corpus_without_the_provisions_needs_no_encoder(demo: Workspace, act: str) -> None:
    def refuse() -> OnnxEncoder:
        raise AssertionError("no text can be asked")

    elsewhere = [Written("lta-1900-1", "par-1", "n", "En sag."), Written(act, "par-999", "n", "En sag.")]
    assert written_pairs(demo.store, elsewhere, refuse) == []


def test_the_cases_that_come_with_the_program_can_be_read_and_are_each_once() -> None:
    texts = read_written()
    assert len(texts) > 8_000
    assert len({text.text for text in texts}) == len(texts)
    assert {text.kind for text in texts} == set(KINDS)
    assert WRITTEN.is_dir()


@pytest.mark.parametrize(
    "line", ["lta-2000-1:par-1\tn", "par-1\tn\ttekst", "lta-2000-1:par-1\tx\ttekst", "lta-2000-1:par-1\tn\t "]
)
def test_a_line_that_is_no_case_is_named(line: str, tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(f"lta-2000-1:par-1\tn\tEn sag.\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.tsv, line 2, is no text"):
        read_written(tmp_path)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="cannot be read"):
        read_written(tmp_path)
