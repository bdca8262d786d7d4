"""Reads a test collection from a folder in BEIR layout.

``corpus.jsonl`` (``_id``, ``title``, ``text``), ``queries.jsonl`` (``_id``, ``text``), each plain or with
``.gz``, and the judgements as ``qrels.tsv`` or ``qrels/<split>.tsv`` (query id, document id, grade).
Source of the layout: Thakur et al. 2021, BEIR (arXiv 2104.08663).
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import InputError, NotFoundError, UnreadableError
from index.evaluation.types import Collection, CollectionDocument, CollectionQuery, Qrels

HEADER_FIELDS = ("query-id", "query_id", "qid", "query")  # what the first line's first field may be called


def read_collection(folder: Path, split: str | None = None) -> Collection:
    """Read the collection in ``folder``.

    Args:
        folder: the collection's folder; its name becomes the collection's name.
        split: which file of ``qrels/`` to read; needed only where there are several.

    Raises:
        NotFoundError: the folder or one of its files does not exist.
        UnreadableError: a line is not what the layout asks for; the message names file and line.
        InputError: several splits and none chosen.
    """
    if not folder.is_dir():
        raise NotFoundError(f"There is no collection in {folder}.", "Name a folder in BEIR layout.")
    documents = tuple(_documents(_plain_or_packed(folder, "corpus.jsonl")))
    queries = tuple(_queries(_plain_or_packed(folder, "queries.jsonl")))
    qrels = read_qrels(
        _qrels_file(folder, split),
        known_queries={q.id for q in queries},
        known_documents={d.id for d in documents},
    )
    return Collection(folder.name, documents, queries, qrels)


def read_documents(folder: Path) -> Iterator[CollectionDocument]:
    """The documents of the collection in ``folder``, one after the other.

    Raises:
        NotFoundError, UnreadableError: as ``read_collection``, the latter while they are read.
    """
    if not folder.is_dir():
        raise NotFoundError(f"There is no collection in {folder}.", "Name a folder in BEIR layout.")
    return _documents(_plain_or_packed(folder, "corpus.jsonl"))


def read_judged_queries(folder: Path, split: str | None = None) -> tuple[tuple[CollectionQuery, ...], Qrels]:
    """The queries and judgements of a folder that judges documents held elsewhere.

    Raises:
        As ``read_collection``; whether the judged documents exist is for the caller to check.
    """
    if not folder.is_dir():
        raise NotFoundError(f"There is no collection in {folder}.", "Name a folder in BEIR layout.")
    queries = tuple(_queries(_plain_or_packed(folder, "queries.jsonl")))
    return queries, read_qrels(_qrels_file(folder, split), {q.id for q in queries}, None)


def read_qrels(path: Path, known_queries: set[str], known_documents: set[str] | None) -> Qrels:
    """Read judgements; an id that the collection does not hold is an error, not a lower figure.

    ``known_documents`` None: the documents are held elsewhere, and their ids are not looked up.
    """
    grades: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        fields = line.rstrip("\r\n").split("\t")
        if number == 1 and fields[0].strip().lower() in HEADER_FIELDS:
            continue
        if len(fields) != 3:
            raise _bad_line(
                path, number, f"{len(fields)} fields", "query id, document id and grade, split by tabs"
            )
        query, document, grade_text = fields
        try:
            grade = int(grade_text)
        except ValueError:
            raise _bad_line(path, number, f"the grade {grade_text!r}", "a whole number") from None
        if grade < 0:
            raise _bad_line(path, number, f"the grade {grade}", "0 or more")
        if query not in known_queries:
            raise _bad_line(path, number, f"the query {query!r}", "an id that stands in the queries")
        if known_documents is not None and document not in known_documents:
            raise _bad_line(path, number, f"the document {document!r}", "an id that stands in the corpus")
        judged = grades.setdefault(query, {})
        if judged.get(document, grade) != grade:
            raise _bad_line(
                path, number, f"a second grade for {query!r} and {document!r}", "one grade a pair"
            )
        judged[document] = grade
    if not grades:
        raise UnreadableError(f"{path} holds no judgement.", "Without judgements nothing can be measured.")
    return Qrels(grades)


def _documents(path: Path) -> Iterator[CollectionDocument]:
    seen: set[str] = set()
    for number, record in _records(path):
        title = record.get("title") or ""
        text = record.get("text")
        if not isinstance(text, str) or not isinstance(title, str):
            raise _bad_line(path, number, "a document without text", "the keys _id and text, both strings")
        yield CollectionDocument(_id(path, number, record, seen), title, text)


def _queries(path: Path) -> Iterator[CollectionQuery]:
    seen: set[str] = set()
    for number, record in _records(path):
        text = record.get("text")
        if not isinstance(text, str) or not text.strip():
            raise _bad_line(path, number, "a query without text", "the keys _id and text, both strings")
        extra = {key: value for key, value in record.items() if key not in ("_id", "text")}
        yield CollectionQuery(_id(path, number, record, seen), text, extra)


def _id(path: Path, number: int, record: dict[str, object], seen: set[str]) -> str:
    value = record.get("_id")
    if not isinstance(value, str) or not value:
        raise _bad_line(path, number, f"the _id {value!r}", "a string that is not empty")
    if value in seen:
        raise _bad_line(path, number, f"the _id {value!r} a second time", "each id once")
    seen.add(value)
    return value


def _records(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    for number, line in _lines(path):
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise _bad_line(path, number, f"no JSON ({error.msg})", "one JSON object a line") from None
        if not isinstance(record, dict):
            raise _bad_line(path, number, f"a JSON {type(record).__name__}", "one JSON object a line")
        yield number, record


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines that are not blank, with their numbers from 1."""
    number = 0
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            for number, raw in enumerate(stream, start=1):
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
                if line.strip():
                    yield number, line
    except UnicodeDecodeError as error:
        raise _bad_line(path, number, f"bytes that are not UTF-8 ({error.reason})", "UTF-8") from None
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableError(
            f"{path} cannot be read after line {number}: {error}.", "Fetch the collection anew."
        ) from None


def _plain_or_packed(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise NotFoundError(f"{folder} holds neither {name} nor {name}.gz.", "Name a folder in BEIR layout.")


def _qrels_file(folder: Path, split: str | None) -> Path:
    single = folder / "qrels.tsv"
    splits = sorted((folder / "qrels").glob("*.tsv"))
    names = ", ".join(path.stem for path in splits)
    if split is not None:
        for path in splits:
            if path.stem == split:
                return path
        raise NotFoundError(f"{folder} has no split {split!r}.", f"It has: {names or 'none'}.")
    if single.is_file():
        return single
    if len(splits) == 1:
        return splits[0]
    if splits:
        raise InputError(f"{folder} has several splits: {names}.", "Choose one of them.")
    raise NotFoundError(f"{folder} holds neither qrels.tsv nor qrels/*.tsv.", "Judgements are needed.")


def _bad_line(path: Path, number: int, found: str, wanted: str) -> UnreadableError:
    return UnreadableError(f"{path}, line {number}: found {found}.", f"Wanted: {wanted}.")
