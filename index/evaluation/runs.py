"""Run files in TREC format: ``query Q0 document rank score name``, one line a hit, best first."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, unquote

from corpus.errors import InputError, UnreadableError
from index.evaluation.types import Run

DEPTH = 1000  # hits a query that TREC asks for
_UNSAFE = re.compile(r"[\s%]+")  # the format splits at blanks, and real ids hold blanks


def write_run(path: Path, run: Run, depth: int = DEPTH) -> None:
    """Write the best ``depth`` hits of each query. Blanks in ids are percent-encoded.

    Equal scores are written in the order of the ids, so the same run gives the same bytes.

    Raises:
        InputError: the path cannot be written.
    """
    name = _escape(run.name)
    lines = (
        f"{_escape(query)} Q0 {_escape(document)} {rank} {float(run.scores[query][document])!r} {name}\n"
        for query in sorted(run.scores)
        for rank, document in enumerate(run.ranking(query)[:depth], start=1)
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(lines)
    except OSError as error:
        raise InputError(
            f"The run cannot be written to {path}: {error.strerror}.", "Name another path."
        ) from None


def read_run(path: Path) -> Run:
    """Read a run. Its order is the one of the scores; the printed ranks are not trusted.

    Raises:
        UnreadableError: a line is not in TREC format; the message names file and line.
    """
    scores: dict[str, dict[str, float]] = {}
    name = path.stem
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(
            f"The run {path} cannot be read: {error}.", "Name a run in TREC format."
        ) from None
    for number, line in enumerate(lines, start=1):
        fields = line.split()
        if not fields:
            continue
        if len(fields) != 6:
            raise UnreadableError(
                f"{path}, line {number}: found {len(fields)} fields.",
                "Wanted: query Q0 document rank score name.",
            )
        query, document, name = unquote(fields[0]), unquote(fields[2]), unquote(fields[5])
        try:
            score = float(fields[4])
        except ValueError:
            raise UnreadableError(
                f"{path}, line {number}: found the score {fields[4]!r}.", "Wanted: a number."
            ) from None
        found = scores.setdefault(query, {})
        if document in found:
            raise UnreadableError(
                f"{path}, line {number}: found {document!r} a second time for {query!r}.",
                "Wanted: each hit once.",
            )
        found[document] = score
    return Run(name, scores)


def _escape(identifier: str) -> str:
    return _UNSAFE.sub(lambda blanks: quote(blanks.group(), safe=""), identifier)
