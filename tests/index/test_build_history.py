"""A build aligns the versions of acts last: the index is served whether or not that pass is finished."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.ingest import ingest
from corpus.kept_alignments import keep_histories
from corpus.sources import starter
from corpus.store import Store
from index import build as building
from index import snapshot
from index.analysis import Analyzer


def test_the_index_is_published_before_provisions_are_followed_and_a_stopped_pass_costs_nothing(
    tmp_path: Path,
) -> None:
    stages: list[str] = []

    def watch(stage: str, done: int, of: int) -> None:
        stages.append(stage)
        if stages.count("history") == 1 and stage == "history":
            raise KeyboardInterrupt

    with Store(tmp_path / "corpus.db") as store, starter.folder() as folder:
        ingest([folder / "acts"], store)
        with pytest.raises(KeyboardInterrupt):
            building.build(store, tmp_path / "index", Analyzer(), None, tmp_path / "vectors", watch)
        assert stages[-2:] == ["publish", "history"]
        assert snapshot.current_name(tmp_path / "index")
        manifest = building.build(store, tmp_path / "index", Analyzer(), None, tmp_path / "vectors", watch)
        assert stages[-1] == "history"
        assert snapshot.current_name(tmp_path / "index") == manifest.name
        assert keep_histories(store) == 0
