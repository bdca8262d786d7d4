"""Store to snapshot: passages, lexical index, vectors, manifest, and the switch to it."""

from __future__ import annotations

import datetime as dt
import fcntl
import math
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus.decision_links import LinkKind, decision_links
from corpus.kept_alignments import keep_histories
from corpus.store import Store
from corpus.timelines import store_validities
from corpus.types import Kind, Status, StoredDocument
from corpus.versions import Validity
from index import manifest as manifests
from index import snapshot
from index.analysis import Analyzer
from index.dense import DenseIndex
from index.encoders import Encoder
from index.errors import IndexBusyError
from index.filters import fields_of
from index.graph_build import graph_of
from index.lexical import LexicalBuilder
from index.manifest import Manifest
from index.passages import RULES_VERSION, passages
from index.table import IndexedDocument, TableBuilder
from index.types import Passage
from index.vector_cache import VectorCache

LOCK = "LOCK"
BATCH = 512  # passages encoded between two writes to the cache: what a kill can lose
Progress = Callable[[str, int, int], None]  # stage, done, of


@dataclass(frozen=True, slots=True)
class _Content:
    """A passage met for the first time, and whether the version that it was met in has been replaced."""

    passage: Passage
    replaced: bool


def build(
    store: Store,
    index_folder: Path,
    analyzer: Analyzer,
    encoder: Encoder | None,
    vectors_folder: Path,
    progress: Progress | None = None,
    encode_for: float = math.inf,
) -> Manifest:
    """Build a snapshot of all current documents and publish it; then follow provisions through versions.

    Vectors are looked up by content first, so only texts never met before are encoded, and a build that
    was stopped goes on where it was. Without an ``encoder`` the snapshot serves lexically.

    Args:
        encode_for: seconds after which no further batch is encoded. The snapshot is published with the
            vectors there are, those of wordings in force first; the next build goes on.

    Raises:
        IndexBusyError: another build of the same index is running.
    """
    report = progress or _silent
    index_folder.mkdir(parents=True, exist_ok=True)
    with _only_builder(index_folder):
        return _build(store, index_folder, analyzer, encoder, vectors_folder, report, encode_for)


def _build(
    store: Store,
    index_folder: Path,
    analyzer: Analyzer,
    encoder: Encoder | None,
    vectors_folder: Path,
    report: Progress,
    encode_for: float,
) -> Manifest:
    now = dt.datetime.now(dt.UTC)
    name = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    draft = index_folder / f"draft-{name}"
    _sweep(index_folder)
    draft.mkdir(parents=True)
    try:
        corpus = store.fingerprint()
        table, contents = _collect(store, draft / snapshot.TABLE, draft / snapshot.LEXICAL, analyzer, report)
        graph_of(store, table).save(draft / snapshot.GRAPH)
        vectors = _encode(contents, encoder, vectors_folder, draft / snapshot.DENSE, report, encode_for)
        report("publish", 0, 1)
        manifest = Manifest(
            name=name,
            format=manifests.FORMAT,
            created=now.isoformat(timespec="seconds"),
            corpus=corpus,
            passage_rules=RULES_VERSION,
            analyzer=analyzer.fingerprint,
            encoder_name=encoder.name if encoder else "",
            encoder=encoder.fingerprint if encoder else "",
            dimension=encoder.dimension if encoder else 0,
            documents=len(table.documents),
            passages=len(contents),
            vectors=vectors,
            files=manifests.sums(draft),
        )
        snapshot.publish(index_folder, draft, manifest)
        report("publish", 1, 1)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    # Last, because searches need none of it: what a pass that is stopped here lacks, the next one does.
    keep_histories(store, lambda done, of: report("history", done, of))
    return manifest


def _collect(
    store: Store, table_folder: Path, lexical_folder: Path, analyzer: Analyzer, report: Progress
) -> tuple[TableBuilder, list[_Content]]:
    """Cut every document into passages, analyse each different one, and save both."""
    documents = [d for d in store.documents() if d.metadata.kind is not Kind.AMENDMENT]
    valid = _validities(store, documents)
    # Wordings in force come first, so that a passage they share with older ones counts as theirs.
    documents.sort(key=lambda d: (valid[d.id].end is not None, d.id))
    table = TableBuilder()
    lexical = LexicalBuilder(analyzer)
    contents: list[_Content] = []
    for number, document in enumerate(documents, start=1):
        table.add(_indexed(document, valid[document.id]))
        found = passages(
            document,
            store.text(document.key),
            store.provisions(document.key),
            store.sections(document.key),
            store.pages(document.key),
        )
        for located in found:
            if table.place(located):
                contents.append(_Content(located.passage, replaced=valid[document.id].end is not None))
                lexical.add(located.passage.context, located.passage.text)
        report("passages", number, len(documents))
    table.save(table_folder)
    lexical.build().save(lexical_folder)
    return table, contents


def _validities(store: Store, documents: Iterable[StoredDocument]) -> dict[str, Validity]:
    """The interval of each document; a decision ends the day another replaces it or sets it aside."""
    valid = store_validities(store)
    dates = {d.id: d.metadata.date for d in documents}
    for id, links in decision_links(store).items():
        ends = [
            day
            for link in links
            if link.kind in (LinkKind.REPLACED_BY, LinkKind.SET_ASIDE_BY)
            and (day := dates.get(link.document)) is not None
        ]
        if ends and id in valid:
            known = valid[id].end
            valid[id] = replace(valid[id], end=min(ends) if known is None else min(known, *ends))
    return valid


def _encode(
    contents: list[_Content],
    encoder: Encoder | None,
    vectors_folder: Path,
    folder: Path,
    report: Progress,
    encode_for: float,
) -> int:
    """Save the dense index; the number of passages that have a vector."""
    dense = DenseIndex(encoder.dimension if encoder else 1)
    if encoder is not None and contents:
        keys = [c.passage.key for c in contents]
        with VectorCache(vectors_folder, encoder.fingerprint, encoder.dimension) as cache:
            known = cache.known(keys)
            missing = [c for c, k in zip(contents, known, strict=True) if not k]
            # Texts of like length in one batch waste the least on padding.
            missing.sort(key=lambda c: (c.replaced, len(c.passage.context) + len(c.passage.text)))
            done = len(contents) - len(missing)
            report("vectors", done, len(contents))
            end = time.monotonic() + encode_for
            for start in range(0, len(missing), BATCH):
                if time.monotonic() > end:
                    break
                batch = [c.passage for c in missing[start : start + BATCH]]
                cache.put([p.key for p in batch], encoder.encode_passages([encoded_text(p) for p in batch]))
                done += len(batch)
                report("vectors", done, len(contents))
            for start in range(0, len(contents), BATCH):
                known, rows = cache.get(keys[start : start + BATCH])
                dense.add(start + np.flatnonzero(known), rows[known])
    dense.save(folder)
    return len(dense)


def encoded_text(passage: Passage) -> str:
    """What the encoder reads of a passage: its context and its words."""
    return f"{passage.context}: {passage.text}"


def _indexed(document: StoredDocument, valid: Validity) -> IndexedDocument:
    date = document.metadata.date
    return IndexedDocument(
        key=document.key,
        id=document.id,
        kind=document.metadata.kind,
        collection=document.collection,
        date=date.isoformat() if date else None,
        valid_from=valid.start.isoformat() if valid.start else None,
        valid_until=valid.end.isoformat() if valid.end else None,
        type=document.metadata.type,
        historic=document.metadata.kind is Kind.PRECEDENT and document.metadata.status is Status.HISTORIC,
        authority=document.metadata.authority,
        fields=fields_of(document.metadata),
        outcomes=document.metadata.outcomes,
    )


@contextmanager
def _only_builder(index_folder: Path) -> Iterator[None]:
    """One build at a time; the system lets go of the lock when a process dies."""
    with (index_folder / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise IndexBusyError(
                "another build of this index is running.", "Wait for it to end, then start again."
            ) from None
        yield


def _silent(_stage: str, _done: int, _of: int) -> None:
    """For callers that want no progress."""


def _sweep(index_folder: Path) -> None:
    """Remove drafts that a build before this one left behind when it was killed."""
    for old in index_folder.glob("draft-*"):
        shutil.rmtree(old, ignore_errors=True)
