"""Reading test collections: what stands in the folder, or an error that names file and line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from corpus.errors import InputError, NotFoundError, UnreadableError
from index.evaluation.beir import read_collection

SHARED = Path(__file__).parents[2].parent / "shared" / "bench"

DOCUMENTS = [
    {"_id": "d1", "title": "Afgørelse om hegn", "text": "Hegnet skulle flyttes."},
    {"_id": "d 2", "text": "Klagen blev afvist."},
]
QUERIES = [{"_id": "q1", "text": "flytning af hegn", "as_of": "2021-03-01"}, {"_id": "q2", "text": "afvist"}]
QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td 2\t2\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "hegn-da"
    path.mkdir()
    _write(path / "corpus.jsonl", DOCUMENTS)
    _write(path / "queries.jsonl", QUERIES)
    (path / "qrels.tsv").write_text(QRELS, encoding="utf-8")
    return path


def _write(path: Path, records: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")


def test_a_folder_in_beir_layout_is_read(folder: Path) -> None:
    collection = read_collection(folder)
    assert collection.name == "hegn-da"
    assert [(d.id, d.title) for d in collection.documents] == [("d1", "Afgørelse om hegn"), ("d 2", "")]
    assert collection.qrels.grades == {"q1": {"d1": 1}, "q2": {"d 2": 2}}
    assert collection.qrels.relevant("q2") == ("d 2",)


def test_further_keys_of_a_query_are_kept(folder: Path) -> None:
    queries = read_collection(folder).queries
    assert queries[0].extra == {"as_of": "2021-03-01"}
    assert queries[1].extra == {}


def test_a_packed_folder_reads_like_a_plain_one(folder: Path) -> None:
    plain = read_collection(folder)
    for name in ("corpus.jsonl", "queries.jsonl"):
        (folder / f"{name}.gz").write_bytes(gzip.compress((folder / name).read_bytes()))
        (folder / name).unlink()
    assert read_collection(folder) == plain


def test_judgements_without_a_header_line_are_all_read(folder: Path) -> None:
    (folder / "qrels.tsv").write_text("q1\td1\t1\n", encoding="utf-8")
    assert read_collection(folder).qrels.grades == {"q1": {"d1": 1}}


def test_one_of_several_splits_has_to_be_chosen(folder: Path) -> None:
    (folder / "qrels").mkdir()
    (folder / "qrels.tsv").rename(folder / "qrels" / "test.tsv")
    assert read_collection(folder).qrels.grades.keys() == {"q1", "q2"}
    (folder / "qrels" / "train.tsv").write_text("q2\td 2\t1\n", encoding="utf-8")
    with pytest.raises(InputError, match="several splits: test, train"):
        read_collection(folder)
    assert read_collection(folder, split="train").qrels.grades.keys() == {"q2"}
    with pytest.raises(NotFoundError, match=r"no split 'dev'.* It has: test, train"):
        read_collection(folder, split="dev")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("corpus.jsonl", '{"_id": "d1", "text": "a"}\n{"_id": ', r"corpus\.jsonl, line 2: found no JSON"),
        ("corpus.jsonl", '["d1"]\n', r"corpus\.jsonl, line 1: found a JSON list"),
        ("corpus.jsonl", '{"_id": "d1"}\n', "line 1: found a document without text"),
        (
            "corpus.jsonl",
            '{"_id": "d1", "text": "a"}\n\n{"_id": "d1", "text": "b"}\n',
            "line 3: .*second time",
        ),
        ("corpus.jsonl", '{"_id": 7, "text": "a"}\n', "line 1: found the _id 7"),
        ("queries.jsonl", '{"_id": "q1", "text": " "}\n', r"queries\.jsonl, line 1: found a query without"),
        ("qrels.tsv", "q1\td1\n", r"qrels\.tsv, line 1: found 2 fields"),
        ("qrels.tsv", "q1\td1\tmuch\n", "found the grade 'much'"),
        ("qrels.tsv", "q1\td1\t-1\n", "found the grade -1"),
        ("qrels.tsv", "query-id\tcorpus-id\tscore\nq7\td1\t1\n", "line 2: found the query 'q7'"),
        ("qrels.tsv", "q1\td7\t1\n", "found the document 'd7'"),
        ("qrels.tsv", "q1\td1\t1\nq1\td1\t0\n", "line 2: found a second grade"),
        ("qrels.tsv", "query-id\tcorpus-id\tscore\n", "holds no judgement"),
    ],
)
def test_a_bad_line_is_named(folder: Path, name: str, content: str, message: str) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableError, match=message):
        read_collection(folder)


def test_bytes_that_are_not_utf8_are_named(folder: Path) -> None:
    (folder / "queries.jsonl").write_bytes('{"_id": "q1", "text": "rådhus"}\n'.encode("latin-1"))
    with pytest.raises(UnreadableError, match=r"queries\.jsonl, line 1: found bytes that are not UTF-8"):
        read_collection(folder)


def test_a_truncated_archive_is_named(folder: Path) -> None:
    packed = gzip.compress((folder / "corpus.jsonl").read_bytes())
    (folder / "corpus.jsonl").unlink()
    (folder / "corpus.jsonl.gz").write_bytes(packed[:-12])
    with pytest.raises(UnreadableError, match=r"corpus\.jsonl\.gz cannot be read after line"):
        read_collection(folder)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(NotFoundError, match=name.replace(".", r"\.")):
        read_collection(folder)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no collection in"):
        read_collection(tmp_path / "nowhere")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "queries", "documents", "judgements"),
    [
        ("legalquad-de", 200, 200, 200),
        ("aila2019-statutes-train", 10, 197, 43),
        ("obliqa-test", 2786, 13012, 3666),
    ],
)
def test_a_real_collection_has_the_counts_its_source_states(
    name: str, queries: int, documents: int, judgements: int
) -> None:
    if not (SHARED / name).is_dir():
        pytest.skip(f"needs the test collection {name} beside the checkout")
    collection = read_collection(SHARED / name)
    assert len(collection.queries) == queries
    assert len(collection.documents) == documents
    assert sum(map(len, collection.qrels.grades.values())) == judgements
