"""The command that measures: what it prints, what it writes, how it fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.evaluation.__main__ import main
from index.evaluation.runs import read_run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "fiktive-sager"
    path.mkdir()
    documents = {"hegn": "Naboens plankeværk i skel skulle fjernes.", "hund": "Hunden gøede om natten."}
    queries = {"q1": "plankeværk i skel", "q2": "hund om natten"}
    for name, records in (("corpus", documents), ("queries", queries)):
        lines = (json.dumps({"_id": key, "title": "", "text": text}) for key, text in records.items())
        (path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (path / "qrels.tsv").write_text("q1\thegn\t1\nq2\thund\t1\n", encoding="utf-8")
    return path


def test_the_table_is_printed_and_written_with_the_command_that_makes_it(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "evaluation.md"
    document.write_text(
        "<!-- ablation:fiktive-sager -->\n<!-- /ablation:fiktive-sager -->\n", encoding="utf-8"
    )
    assert main([str(folder), "--encoder", "none", "--document", str(document)]) == 0
    printed, written = capsys.readouterr().out, document.read_text(encoding="utf-8")
    for text in (printed, written):
        assert "fiktive-sager: 2 judged queries, 2 documents, 2 passages, 0 of them with a vector." in text
        assert "| lexical, best passage | **1.000** | **1.000** |" in text
    assert "`python -m index.evaluation fiktive-sager --encoder none --document evaluation.md`" in written
    assert str(tmp_path) not in written


def test_runs_and_a_page_are_written(folder: Path, tmp_path: Path) -> None:
    page, runs = tmp_path / "out" / "page.html", tmp_path / "runs"
    assert main([str(folder), "--encoder", "none", "--runs", str(runs), "--report", str(page)]) == 0
    assert read_run(runs / "fiktive-sager-0.trec").ranking("q1") == ["hegn"]
    assert "lexical, document, passage and stretch against lexical, best passage" in page.read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--encoder", "none", "--language", "fr"], "language 'fr'"),
        (["--encoder", "word2vec"], "The encoder 'word2vec' is unknown"),
        (["--encoder", "none", "--split", "dev"], "no split 'dev'"),
        (["--encoder", "none", "--report", "page.html", "--system", "magic"], "There is no system 'magic'"),
    ],
)
def test_what_cannot_be_measured_is_said_in_one_line(
    folder: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(folder), *arguments, "--data", str(folder)]) == 1
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
