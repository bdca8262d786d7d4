"""Cases that somebody wrote for a provision: what people say beside what the law says.

Each was written with one § before the eyes and nothing else: as a caseworker notes it, as a citizen tells
it, as one types a search. The provision's nearest passage answers it; passages of other provisions that
lie near it too are wrong answers to learn from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.errors import InputError
from corpus.store import Store
from corpus.types import Kind
from index.adaptation.collect import Reader, as_encoded, home_of, newest_rules
from index.adaptation.pairs import Origin, Pair, is_held_out
from index.encoders import Encoder

WRITTEN = Path(__file__).parent / "written"
NEAR = (5, 60)  # ranks of the wrong answers: nearer ones are right too often, farther ones teach little
KINDS = {"n": "a caseworker's note", "b": "a citizen's words", "s": "a search", "l": "a long case"}


@dataclass(frozen=True, slots=True)
class Written:
    """A text and the provision it was written for: id of a document's version, and the § in it."""

    document: str
    slug: str
    kind: str  # one of KINDS
    text: str


@dataclass(frozen=True, slots=True)
class _Passage:
    work: str
    document: str
    slug: str
    text: str  # as the encoder reads it

    @property
    def target(self) -> str:
        return f"{self.work}:{self.slug}"


def read_written(folder: Path = WRITTEN) -> list[Written]:
    """The texts of all files of ``folder``, in the order of the files' names.

    Raises:
        InputError: a file cannot be read, or a line of it is no text for a provision.
    """
    found: list[Written] = []
    try:
        for path in sorted(folder.glob("*.tsv")):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                fields = line.split("\t")
                document, _, slug = fields[0].rpartition(":")
                if len(fields) != 3 or not all((document, slug, fields[2].strip(), fields[1] in KINDS)):
                    raise InputError(
                        f"{path}, line {number}, is no text for a provision.",
                        f"Write a provision's id, one of {', '.join(KINDS)}, and the text, divided by tabs.",
                    )
                found.append(Written(document, slug, fields[1], fields[2].strip()))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{folder} cannot be read: {error}.", "Name a folder of such files.") from error
    return found


def written_pairs(store: Store, texts: Sequence[Written], load: Callable[[], Encoder]) -> list[Pair]:
    """A pair for each text whose provision the store holds, with wrong answers, in the order given.

    The encoder tells which of the provision's passages answers, and which others lie near; ``load`` is
    called if there is any such text. Other passages are taken from the versions that the texts name, and
    from the newest version of every other work.
    """
    passages = _passages(store, {text.document for text in texts})
    by_provision: dict[tuple[str, str], list[int]] = {}
    for number, passage in enumerate(passages):
        by_provision.setdefault((passage.document, passage.slug), []).append(number)
    known = [text for text in texts if (text.document, text.slug) in by_provision]
    if not known:
        return []
    encoder = load()
    asked = encoder.encode_queries([text.text for text in known])
    held = encoder.encode_passages([passage.text for passage in passages])
    found = []
    for text, vector in zip(known, asked, strict=True):
        likeness = held @ vector
        own = by_provision[text.document, text.slug]
        answer = passages[own[int(np.argmax(likeness[own]))]]
        wrong = _wrong(passages, np.argsort(-likeness, kind="stable").tolist(), answer)
        found.append(
            Pair(text.text, answer.text, Origin.CASE, answer.work, answer.work, answer.target, wrong)
        )
    return found


def _passages(store: Store, named: set[str]) -> list[_Passage]:
    """Every passage of the documents ``named``, and of the newest version of the works not among them."""
    reader = Reader(store)
    documents = [document for document in store.documents(kinds=[Kind.RULE]) if document.id in named]
    works = {document.work_id for document in documents}
    documents += [document for document in newest_rules(store) if document.work_id not in works]
    return [
        _Passage(document.work_id, document.id, home_of(located), as_encoded(located))
        for document in documents
        if (opened := reader.open(document.key)) is not None
        for located in opened.passages
    ]


def _wrong(
    passages: Sequence[_Passage], ranked: Sequence[int], answer: _Passage
) -> tuple[tuple[str, str], ...]:
    """Passages of other provisions, one of each, at the ranks of ``NEAR`` among these.

    No text of a work that training sees has a wrong answer out of one that it must not see.
    """
    found: dict[str, str] = {}
    for number in ranked:
        passage = passages[number]
        if passage.target != answer.target and is_held_out(passage.work) == is_held_out(answer.work):
            found.setdefault(passage.target, passage.text)
        if len(found) == NEAR[1]:
            break
    return tuple(found.items())[NEAR[0] - 1 :]
