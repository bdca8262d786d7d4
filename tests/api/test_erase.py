"""An erased document leaves no word and no vector behind in the data folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from api.settings import Settings
from api.wiring import Workspace
from index.build import encoded_text
from index.passages import passages
from index.types import Query

SECRET = "Borgeren Zyxwka Qvistorp udeblev fra samtalen på grund af sygdom."
OTHER = "Ansøgeren fik hjælp til indkøb og rengøring."


def test_no_byte_of_an_erased_document_is_left_in_any_file(demo: Workspace, tmp_path: Path) -> None:
    for name, words in (("a", SECRET), ("b", OTHER)):
        (tmp_path / f"{name}.md").write_text(
            f"---\ntype: afgørelse\ntitel: Sag {name}\n---\n## Sagens omstændigheder\n\n{words}\n"
        )
    work = Workspace(Settings(data=tmp_path / "data"))
    work.__dict__["encoder"] = demo.encoder  # the same encoder, converted once for all tests
    work.ingest([tmp_path / "a.md", tmp_path / "b.md"])
    work.index()
    work.index()  # a second snapshot, so that an older one must go as well
    (found,) = [r for r in work.search(Query("Zyxwka Qvistorp")).precedents if "Zyxwka" in r.passages[0].text]
    document = work.store.document(found.document_id)
    located = next(
        iter(passages(document, work.store.text(document.key), (), work.store.sections(document.key)))
    )
    assert demo.encoder is not None
    vector = demo.encoder.encode_passages([encoded_text(located.passage)])[0]
    assert _holds(tmp_path / "data", vector)
    assert work.erase(found.document_id, "anmodning") == 1
    everything = b"".join(p.read_bytes() for p in (tmp_path / "data").rglob("*") if p.is_file())
    for trace in (b"Zyxwka", b"zyxwka", b"qvistorp", located.passage.key.encode()):
        assert trace not in everything
    assert bytes.fromhex(located.passage.key) not in everything
    assert not _holds(tmp_path / "data", vector)
    assert work.search(Query(OTHER)).precedents
    work.close()


def _holds(folder: Path, vector: np.ndarray) -> bool:
    """Whether a file holds the first numbers of ``vector``, in single or in half precision."""
    traces = [np.ascontiguousarray(vector[:8], dtype=kind).tobytes() for kind in ("<f4", "<f2")]
    return any(
        any(trace in path.read_bytes() for trace in traces) for path in folder.rglob("*") if path.is_file()
    )
