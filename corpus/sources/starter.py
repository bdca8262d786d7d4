"""The fictional starter corpus that ships with the distribution."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path

COLLECTION = "fiktiv"
PARTS = ("acts", "decisions")
CASES = "cases"  # a test collection over the same documents, in BEIR layout


@contextmanager
def folder() -> Iterator[Path]:
    """The folder of the starter corpus, for as long as the context lasts."""
    with as_file(files("corpus") / "starter") as path:
        yield path
