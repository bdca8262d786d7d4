"""A published index is checked when it is opened, and replaced without a gap."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.settings import Settings
from api.wiring import Workspace
from index import manifest, snapshot
from index.build import LOCK, build
from index.errors import IndexBusyError, IndexCorruptError, IndexMismatchError, IndexMissingError
from index.types import Query

LAW = "§ 1. Kommunen yder støtte til indkøb.\n\nStk. 2. Støtten ophører efter et år.\n"


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    """A small workspace that searches by words alone."""
    (tmp_path / "lov.txt").write_text(LAW)
    workspace = Workspace(Settings(data=tmp_path / "data", encoder="none"))
    workspace.ingest([tmp_path / "lov.txt"])
    workspace.index()
    yield workspace
    workspace.close()


def folder(work: Workspace) -> Path:
    index = work.settings.index_folder
    return index / snapshot.SNAPSHOTS / snapshot.current_name(index)


def reopened(work: Workspace) -> Workspace:
    return Workspace(work.settings)


def test_the_manifest_names_what_was_built_and_sums_every_file(work: Workspace) -> None:
    read = manifest.read(folder(work))
    assert (read.documents, read.passages, read.vectors) == (1, 2, 0)
    assert read.analyzer == work.analyzer.fingerprint
    assert read.corpus == work.store.fingerprint()
    on_disk = {str(p.relative_to(folder(work))) for p in folder(work).rglob("*") if p.is_file()}
    assert set(read.files) == on_disk - {manifest.FILE_NAME}


def test_any_changed_byte_of_any_file_is_found_when_the_index_is_opened(work: Workspace) -> None:
    for name in manifest.read(folder(work)).files:
        path = folder(work) / name
        whole = path.read_bytes()
        if not whole:
            continue
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        with pytest.raises(IndexCorruptError, match="hjemmel index"):
            reopened(work).searcher()
        path.write_bytes(whole)
    assert reopened(work).search(Query("støtte")).rules


def test_a_missing_file_is_named(work: Workspace) -> None:
    (folder(work) / "passages" / "pointers.npy").unlink()
    with pytest.raises(IndexCorruptError, match="pointers"):
        reopened(work).searcher()


def test_a_damaged_manifest_is_no_traceback(work: Workspace) -> None:
    for damage in (
        "",
        "{",
        "[]",
        f'{{"format": {manifest.FORMAT}}}',
        f'{{"format": {manifest.FORMAT}, "files": 3}}',
    ):
        (folder(work) / manifest.FILE_NAME).write_text(damage)
        with pytest.raises(IndexCorruptError):
            manifest.read(folder(work))


def test_an_index_of_another_format_or_analyser_is_refused_with_the_remedy(work: Workspace) -> None:
    path = folder(work) / manifest.FILE_NAME
    plain = json.loads(path.read_text())
    for field, value in (("format", 99), ("analyzer", "other"), ("passage_rules", "passages/0")):
        path.write_text(json.dumps({**plain, field: value}))
        with pytest.raises(IndexMismatchError, match="hjemmel index"):
            reopened(work).searcher()


def test_without_an_index_the_remedy_is_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="hjemmel index"):
        Workspace(Settings(data=tmp_path, encoder="none")).searcher()


def test_a_search_that_holds_the_old_index_goes_on_while_a_new_one_is_published(
    work: Workspace, tmp_path: Path
) -> None:
    held = work.searcher()
    (tmp_path / "ny.txt").write_text(LAW.replace("indkøb", "madlavning"))
    work.ingest([tmp_path / "ny.txt"])
    work.index()
    assert not held.search(Query("madlavning")).rules
    assert held.search(Query("indkøb")).rules
    assert work.search(Query("madlavning")).rules


def test_an_erased_document_is_not_found_even_in_an_index_that_still_holds_it(work: Workspace) -> None:
    held = work.searcher()
    (rule,) = held.search(Query("indkøb")).rules
    work.store.erase(rule.document_id, "prøve")
    assert held.search(Query("indkøb")).rules == ()


def test_only_the_published_and_the_one_before_stay_on_disk(work: Workspace) -> None:
    for _ in range(3):
        work.index()
    kept = list((work.settings.index_folder / snapshot.SNAPSHOTS).iterdir())
    assert len(kept) == snapshot.KEPT
    assert folder(work) in kept


def test_a_build_that_fails_leaves_the_published_index_in_place(
    work: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot.current_name(work.settings.index_folder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(snapshot, "publish", full)
    with pytest.raises(OSError, match="No space"):
        work.index()
    assert snapshot.current_name(work.settings.index_folder) == before
    assert not list(work.settings.index_folder.glob("draft-*"))
    assert reopened(work).search(Query("indkøb")).rules


def test_what_a_killed_build_left_behind_is_swept(work: Workspace) -> None:
    stale = work.settings.index_folder / "draft-20200101T000000-abc"
    stale.mkdir()
    work.index()
    assert not stale.exists()


def test_two_builds_at_once_are_refused_with_a_reason(work: Workspace) -> None:
    import fcntl

    with (work.settings.index_folder / LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(IndexBusyError, match="another build"):
            build(work.store, work.settings.index_folder, work.analyzer, None, work.settings.vectors_folder)


def test_an_index_without_documents_answers_that_it_found_nothing(tmp_path: Path) -> None:
    workspace = Workspace(Settings(data=tmp_path, encoder="none"))
    workspace.index()
    found = workspace.search(Query("hvad som helst"))
    assert (found.rules, found.precedents) == ((), ())
    assert {"no-rules", "no-precedents"} <= set(found.notes)
    shutil.rmtree(tmp_path)


def test_a_build_short_of_time_serves_what_it_encoded_and_the_next_goes_on(
    demo: Workspace, tmp_path: Path
) -> None:
    encoder = demo.encoder
    assert encoder is not None
    (tmp_path / "lov.txt").write_text(LAW)
    work = Workspace(Settings(data=tmp_path / "data", encoder="none"))
    work.ingest([tmp_path / "lov.txt"])
    place = (work.store, work.settings.index_folder, work.analyzer, encoder, work.settings.vectors_folder)
    first = build(*place, encode_for=-1.0)
    assert (first.passages, first.vectors) == (2, 0)
    assert build(*place).vectors == 2
    work.close()
