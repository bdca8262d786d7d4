"""Reports: a page that stands alone and hides nothing, and tables that are generated."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from corpus.errors import InputError, NotFoundError
from index.evaluation.measures import evaluate
from index.evaluation.report import (
    AblationRow,
    ablation_rows,
    ablation_table,
    comparison_html,
    current_commit,
    write_table,
)
from index.evaluation.types import Collection, CollectionDocument, CollectionQuery, Evaluation, Qrels, Run

QRELS = Qrels({"q1": {"a": 1}, "q2": {"b": 1}, "q3": {"a": 1}})
COLLECTION = Collection(
    "hegn-da",
    (CollectionDocument("a", "", "Hegn."), CollectionDocument("b", "", "Klage.")),
    (
        CollectionQuery("q1", "flytning af <hegn> & skel"),
        CollectionQuery("q2", "klage " * 200),
        CollectionQuery("q3", "uændret"),
    ),
    QRELS,
)
BEFORE = Run("bm25", {"q1": {"b": 2.0, "a": 1.0}, "q2": {"b": 1.0}, "q3": {"a": 1.0}})
AFTER = Run("cost $x$ <fused>", {"q1": {"a": 2.0, "b": 1.0}, "q2": {"a": 1.0}, "q3": {"a": 1.0}})


@pytest.fixture(scope="module")
def page() -> str:
    return comparison_html(
        COLLECTION, (BEFORE, evaluate(QRELS, BEFORE)), (AFTER, evaluate(QRELS, AFTER)), "nDCG@10"
    )


def test_a_page_loads_nothing_from_anywhere(page: str) -> None:
    assert not re.search(r"<script|<link|<img|\ssrc=|@import|url\((?!#)", page)
    assert not re.search(r'href="(?!#)', page)
    assert "matplotlib.org" not in page


def test_a_page_shows_wins_and_losses_with_the_ranks_of_relevant_documents(page: str) -> None:
    improved, worsened = page.index("Most improved"), page.index("Most worsened")
    assert improved < page.index("a: 2 → 1") < worsened < page.index("b: 1 → –")
    assert "1 / 1 / 1" in page


def test_a_page_escapes_what_it_is_given(page: str) -> None:
    assert "flytning af &lt;hegn&gt; &amp; skel" in page
    assert "<hegn>" not in page
    assert "<fused>" not in page


def test_a_long_query_is_shown_as_an_excerpt(page: str) -> None:
    assert "klage " * 40 in page
    assert "klage " * 60 not in page
    assert "klage …" in page


def test_a_page_holds_two_drawings(page: str) -> None:
    assert page.count("<svg") == page.count("</svg>") == 2


def test_the_same_comparison_gives_the_same_page(page: str) -> None:
    again = comparison_html(
        COLLECTION, (BEFORE, evaluate(QRELS, BEFORE)), (AFTER, evaluate(QRELS, AFTER)), "nDCG@10"
    )
    assert again == page


def test_a_table_marks_the_best_value_of_each_measure() -> None:
    rows = [
        AblationRow("lexical", {"AP": 0.5, "RR": 0.1}),
        AblationRow("dense | x", {"AP": 0.25, "RR": 0.1004}),
    ]
    assert ablation_table(rows, ["AP", "RR"]).splitlines() == [
        "| | AP | RR |",
        "| --- | ---: | ---: |",
        "| lexical | **0.500** | **0.100** |",
        "| dense / x | 0.250 | **0.100** |",
    ]


def test_a_table_compares_every_row_with_the_first() -> None:
    evaluations = [evaluate(QRELS, run, ["AP", "RR"]) for run in (BEFORE, AFTER)]
    lines = ablation_table(ablation_rows(evaluations, ["AP"], "RR"), ["AP"]).splitlines()
    assert lines[0] == "| | AP | RR against the first row |"
    # RR falls from 1/2, 1, 1 to 1, 0, 1; signing the differences 1/2, -1, 0 anew never gives less.
    assert re.fullmatch(r"\| bm25 \| \*\*0\.833\*\* \|  \|", lines[2])
    assert re.fullmatch(r"\| cost .* \| 0\.667 \| -0\.167 \(-1\.000 … \+0\.500\), p 1\.000 \|", lines[3])


def test_a_chance_too_small_to_resample_is_not_printed_as_none() -> None:
    queries = [f"q{i}" for i in range(30)]
    first, second = (Evaluation(str(v), {"AP": dict.fromkeys(queries, v)}) for v in (0.1, 0.9))
    row = ablation_table(ablation_rows([first, second], ["AP"], "AP"), ["AP"]).splitlines()[-1]
    assert row.endswith("p < 0.001 |")


def test_a_table_is_written_between_its_markers_and_nowhere_else(tmp_path: Path) -> None:
    document = tmp_path / "evaluation.md"
    document.write_text(
        "Før\n<!-- ablation:one -->\nold\n<!-- /ablation:one -->\nmidt\n"
        "<!-- ablation:two -->\nkept\n<!-- /ablation:two -->\n",
        encoding="utf-8",
    )
    for _ in range(2):
        write_table(document, "one", "| new |", "measure it", "abc123")
    assert document.read_text(encoding="utf-8") == (
        "Før\n<!-- ablation:one -->\n| new |\n\nMade by `measure it` at commit `abc123`.\n"
        "<!-- /ablation:one -->\nmidt\n"
        "<!-- ablation:two -->\nkept\n<!-- /ablation:two -->\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<!-- ablation:one -->",
        "<!-- /ablation:one --><!-- ablation:one -->",
        "<!-- ablation:one --><!-- ablation:one --><!-- /ablation:one -->",
    ],
)
def test_a_document_without_its_markers_is_left_alone(tmp_path: Path, text: str) -> None:
    document = tmp_path / "evaluation.md"
    document.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="once each, in this order"):
        write_table(document, "one", "| new |", "measure it", "abc123")
    assert document.read_text(encoding="utf-8") == text


def test_a_missing_document_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"evaluation\.md"):
        write_table(tmp_path / "evaluation.md", "one", "", "", "")


def test_the_commit_says_when_tracked_files_differ(tmp_path: Path) -> None:
    assert current_commit(tmp_path) == "unknown"

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
        subprocess.run(["git", "-C", str(tmp_path), *identity, *arguments], check=True, capture_output=True)

    git("init")
    (tmp_path / "file").write_text("a", encoding="utf-8")
    git("add", "file")
    git("commit", "-m", "first")
    clean = current_commit(tmp_path)
    assert re.fullmatch(r"[0-9a-f]{10}", clean)
    (tmp_path / "file").write_text("b", encoding="utf-8")
    assert current_commit(tmp_path) == clean + "+"
