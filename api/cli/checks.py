"""What the doctor looks at: the usual faults, each with its remedy."""

from __future__ import annotations

import math
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from api import messages
from api.settings import Settings
from api.texts import CATALOGUE, Language, text
from api.wiring import Workspace
from corpus.errors import HjemmelError
from corpus.types import Kind

MIN_FREE_BYTES = 1 << 30  # an index is written beside the one it replaces
MIN_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: ``name`` and ``values`` find its words, or ``error`` says why it failed."""

    name: str
    ok: bool
    values: Mapping[str, object] = field(default_factory=dict)
    error: HjemmelError | None = None

    def what(self, language: Language) -> str:
        """What was found."""
        if self.error is not None:
            return messages.title(language, self.error)
        key, bad = f"check-{self.name}", f"check-{self.name}-bad"
        return text(language, bad if not self.ok and bad in CATALOGUE else key, **self.values)

    def remedy(self, language: Language) -> str:
        """What to do about it; empty where nothing is wrong."""
        if self.ok:
            return ""
        if self.error is not None:
            return messages.remedy(language, self.error)
        return text(language, f"check-{self.name}-remedy")

    def record(self) -> dict[str, object]:
        """As JSON has it, in English whatever people are spoken to in."""
        return {
            "name": self.name,
            "ok": self.ok,
            "what": self.error.what if self.error else self.what(Language.EN),
            "remedy": self.error.remedy if self.error else self.remedy(Language.EN),
        }


def run(settings: Settings) -> list[Finding]:
    """Look at everything; a fault in one check does not stop the next."""
    work = Workspace(settings)
    checks: list[tuple[str, Callable[[], Iterator[Finding]]]] = [
        ("python", _python),
        ("folder", lambda: _folder(settings)),
        ("store", lambda: _store(work)),
        ("encoder", lambda: _encoder(work)),
        ("reranker", lambda: _reranker(work)),
        ("thesaurus", lambda: _thesaurus(work)),
        ("index", lambda: _index(work)),
    ]
    findings: list[Finding] = []
    for name, check in checks:
        try:
            findings.extend(check())
        except HjemmelError as error:
            findings.append(Finding(name, False, error=error))
    work.close()
    return findings


def _python() -> Iterator[Finding]:
    version = ".".join(str(n) for n in sys.version_info[:3])
    yield Finding("python", sys.version_info >= MIN_PYTHON, {"version": version})


def _folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data.resolve()
    existing = next(p for p in (folder, *folder.parents) if p.exists())
    yield Finding("folder", os.access(existing, os.W_OK), {"folder": settings.data})
    free = shutil.disk_usage(existing).free
    yield Finding("disk", free >= MIN_FREE_BYTES, {"free": f"{free / (1 << 30):.0f}"})


def _store(work: Workspace) -> Iterator[Finding]:
    faults = work.store.check()
    yield Finding("store", not faults, {"fault": faults[0] if faults else ""})
    counts = work.store.counts()
    yield Finding("documents", bool(counts), {kind.value: counts.get(kind, 0) for kind in Kind})


def _encoder(work: Workspace) -> Iterator[Finding]:
    encoder = work.encoder
    if encoder is None:
        yield Finding("no-encoder", True)
        return
    rows = encoder.encode_queries(["prøve"])
    yield Finding("encoder", rows.shape == (1, encoder.dimension), {"name": encoder.name})


def _reranker(work: Workspace) -> Iterator[Finding]:
    reranker = work.reranker
    if reranker is None:
        return  # the usual case, and no fault
    (relevance,) = reranker.relevance("prøve", ["prøve"])
    yield Finding("reranker", math.isfinite(relevance), {"name": work.settings.reranker})


def _thesaurus(work: Workspace) -> Iterator[Finding]:
    yield Finding("thesaurus", True, {"entries": len(work.thesaurus)})


def _index(work: Workspace) -> Iterator[Finding]:
    manifest = work.searcher().snapshot.manifest
    yield Finding("index", True, {"name": manifest.name, "passages": manifest.passages})
    yield Finding("freshness", not work.is_stale())
    complete = manifest.vectors == manifest.passages or not manifest.encoder
    yield Finding("vectors", complete, {"vectors": manifest.vectors, "passages": manifest.passages})
