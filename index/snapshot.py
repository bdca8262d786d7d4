"""A published index: immutable, checked when it is opened, switched to atomically."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from index import manifest as manifests
from index.dense import DenseIndex
from index.errors import IndexMismatchError, IndexMissingError
from index.graph import Graph
from index.lexical import LexicalIndex
from index.manifest import REBUILD, Manifest
from index.passages import RULES_VERSION
from index.table import Table

CURRENT = "CURRENT"  # the file that names the published snapshot
SNAPSHOTS = "snapshots"
TABLE, LEXICAL, DENSE, GRAPH = "passages", "lexical", "dense", "graph"
KEPT = 2  # snapshots kept on disk: the published one, and the one a running search may still hold


class Snapshot:
    """The parts of one published index, opened for reading."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.manifest = manifest
        self.table = Table(folder / TABLE)
        self.lexical = LexicalIndex.load(folder / LEXICAL)
        self.dense = DenseIndex.load(folder / DENSE)
        self.graph = Graph.load(folder / GRAPH)


def current_name(index_folder: Path) -> str:
    """The name of the published snapshot.

    Raises:
        IndexMissingError: nothing has been published.
    """
    try:
        return (index_folder / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise IndexMissingError(
            "there is no index yet.", "Run `hjemmel ingest PATH` and then `hjemmel index`."
        ) from None


def exists(index_folder: Path) -> bool:
    """Whether a snapshot has been published."""
    return (index_folder / CURRENT).is_file()


def open_current(index_folder: Path, analyzer: str, encoder: str | None) -> Snapshot:
    """Open the published snapshot after checking it.

    Args:
        analyzer: fingerprint of the analyser that will read queries.
        encoder: fingerprint of the encoder that will; ``None`` searches without vectors.

    Raises:
        IndexMissingError: nothing has been published, or its folder is gone.
        IndexMismatchError: it was built by another analyser, encoder or passage rule.
        IndexCorruptError: a file does not have the checksum the manifest names.
    """
    folder = index_folder / SNAPSHOTS / current_name(index_folder)
    manifest = manifests.read(folder)
    pairs = [
        ("passage rules", manifest.passage_rules, RULES_VERSION),
        ("analyser", manifest.analyzer, analyzer),
    ]
    if encoder is not None and manifest.encoder:
        pairs.append(("encoder", manifest.encoder, encoder))
    for what, built, wanted in pairs:
        if built != wanted:
            raise IndexMismatchError(
                f"the index {manifest.name} was built with the {what} {built!r}; {wanted!r} is configured.",
                REBUILD,
            )
    manifests.verify(folder, manifest)
    return Snapshot(folder, manifest)


def publish(index_folder: Path, draft: Path, manifest: Manifest) -> None:
    """Make a finished draft the published snapshot, and drop the ones no search can still need."""
    folder = index_folder / SNAPSHOTS / manifest.name
    folder.parent.mkdir(parents=True, exist_ok=True)
    manifests.write(draft, manifest)
    for path in [*draft.rglob("*"), draft]:
        _sync(path)
    draft.rename(folder)
    _sync(folder.parent)
    pointer = index_folder / f"{CURRENT}.new"
    pointer.write_text(manifest.name + "\n", encoding="utf-8")
    _sync(pointer)
    pointer.replace(index_folder / CURRENT)
    _sync(index_folder)
    _drop_old(folder, KEPT)


def drop_others(index_folder: Path) -> None:
    """Delete every snapshot but the published one."""
    _drop_old(index_folder / SNAPSHOTS / current_name(index_folder), 1)


def _drop_old(published: Path, kept: int) -> None:
    others = sorted(p for p in published.parent.iterdir() if p.is_dir() and p != published)
    for old in others[: len(others) - (kept - 1)]:
        shutil.rmtree(old, ignore_errors=True)


def _sync(path: Path) -> None:
    """Have the system write a file or a folder's entries to disk, so that a power cut keeps the order."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
