"""What the doctor looks at: the usual faults, each with its remedy."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from api.settings import Settings
from api.wiring import Workspace
from corpus.errors import HjemmelError

MIN_FREE_BYTES = 1 << 30  # an index is written beside the one it replaces


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str
    ok: bool
    what: str
    remedy: str = ""

    def record(self) -> dict[str, object]:
        """As JSON has it."""
        return {"name": self.name, "ok": self.ok, "what": self.what, "remedy": self.remedy}


def run(settings: Settings) -> list[Finding]:
    """Look at everything; a fault in one check does not stop the next."""
    work = Workspace(settings)
    checks: list[tuple[str, Callable[[], Iterator[Finding]]]] = [
        ("python", _python),
        ("folder", lambda: _folder(settings)),
        ("store", lambda: _store(work)),
        ("encoder", lambda: _encoder(work)),
        ("index", lambda: _index(work)),
    ]
    findings: list[Finding] = []
    for name, check in checks:
        try:
            findings.extend(check())
        except HjemmelError as error:
            findings.append(Finding(name, False, error.what, error.remedy))
    work.close()
    return findings


def _python() -> Iterator[Finding]:
    version = ".".join(str(n) for n in sys.version_info[:3])
    yield Finding("python", sys.version_info >= (3, 11), f"Python {version}", "Use Python 3.11 or later.")


def _folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data.resolve()
    existing = next(p for p in (folder, *folder.parents) if p.exists())
    yield Finding(
        "folder",
        os.access(existing, os.W_OK),
        f"data folder {settings.data} is {'writable' if folder.exists() else 'not made yet'}",
        "Choose a writable folder with --data or HJEMMEL_DATA.",
    )
    free = shutil.disk_usage(existing).free
    yield Finding(
        "disk",
        free >= MIN_FREE_BYTES,
        f"{free / (1 << 30):.1f} GiB of disk are free",
        "Free some disk: a new index is written beside the old one.",
    )


def _store(work: Workspace) -> Iterator[Finding]:
    faults = work.store.check()
    yield Finding(
        "store",
        not faults,
        "the store is sound" if not faults else f"the store is damaged: {faults[0]}",
        "Restore corpus.db from a back-up.",
    )
    counts = work.store.counts()
    listed = ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items())) or "no documents"
    yield Finding("documents", bool(counts), f"{listed}", "Read some in with `hjemmel ingest PATH`.")


def _encoder(work: Workspace) -> Iterator[Finding]:
    encoder = work.encoder
    if encoder is None:
        yield Finding("encoder", True, "no encoder configured: searches go by words alone")
        return
    rows = encoder.encode_queries(["prøve"])
    yield Finding("encoder", rows.shape == (1, encoder.dimension), f"encoder {encoder.name} works", "")


def _index(work: Workspace) -> Iterator[Finding]:
    manifest = work.searcher().snapshot.manifest
    yield Finding("index", True, f"index {manifest.name} is sound: {manifest.passages} passages")
    yield Finding(
        "freshness",
        not work.is_stale(),
        "the index holds what the store holds" if not work.is_stale() else "the store has changed since",
        "Run `hjemmel index`.",
    )
    share = f"{manifest.vectors} of {manifest.passages} passages have a vector"
    complete = manifest.vectors == manifest.passages or not manifest.encoder
    yield Finding("vectors", complete, share, "Run `hjemmel index` with the encoder configured.")
