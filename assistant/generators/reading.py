"""A model's text, as it arrives, to labelled sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.sentences import sentences
from corpus.types import Span

LONGEST_SENTENCE = 600  # characters; a longer one is no overview, and is not read
_LABEL = re.compile(r"\[([0-9]{1,3}(?:\s?,\s?[0-9]{1,3})*)\]")
# «… grund. [1] Ydelsen …»: the label belongs to the sentence before it.
_LABELS_BEHIND = re.compile(rf"([.!?…][»«”\"]?)((?:\s?{_LABEL.pattern})+)")
_BULLET = re.compile(r"^\s*(?:[-*•–]\s+|[0-9]{1,2}[.)]\s+|#{1,6}\s+)")
_BLANK_BEFORE_MARK = re.compile(r"\s+(?=[.,;:!?…])")
_LINE_END = re.compile(r"[\n\r\u2028\u2029\x85\x0b\x0c]")
_THINKING, _THOUGHT = "<think>", "</think>"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence of a model without its labels. ``numbers``: the passages it says it rests on."""

    text: str
    numbers: tuple[int, ...]


class Reader:
    """Takes a model's text piece by piece and gives each line's sentences once the line is whole."""

    def __init__(self) -> None:
        self._rest = ""
        self._thinking: bool | None = None  # not known before the first letters
        self._thought = True  # whether what is left may hold more than the line that is being written

    def take(self, pieces: Iterable[str]) -> Iterator[Labelled]:
        """The sentences of each line that a piece completes."""
        for piece in pieces:
            self._rest += piece
            if self._thoughts() or not (self._thought or _LINE_END.search(piece)):
                continue
            self._thought = False
            *whole, self._rest = _LINE_END.split(self._rest)
            for line in whole:
                yield from read_line(line)

    def finish(self) -> Iterator[Labelled]:
        """The sentences of the last line, where the model said that it was done."""
        line, self._rest = ("" if self._thinking else self._rest), ""
        yield from read_line(line)

    @property
    def unfinished(self) -> bool:
        """Whether there are words that no end of a line has come to."""
        return any(map(str.isalnum, self._rest))

    def _thoughts(self) -> bool:
        """Whether the text so far is what a model reasons aloud first, or may be its beginning."""
        if self._thinking is None:
            begun = self._rest.lstrip()
            if begun.startswith(_THINKING):
                self._thinking = True
            elif not _THINKING.startswith(begun):
                self._thinking = False
        if self._thinking:
            _, end, after = self._rest.partition(_THOUGHT)
            self._rest = after if end else self._rest[1 - len(_THOUGHT) :]
            self._thinking = not end
        return self._thinking is not False


def read_line(line: str) -> Iterator[Labelled]:
    """The sentences of a line, those without a letter or a digit left out.

    A sentence that is too long comes whole, for whoever verifies it to count.
    """
    text = unicodedata.normalize("NFC", _BULLET.sub("", line)).replace("**", "").strip()
    text = _LABELS_BEHIND.sub(lambda m: f"{m[2]}{m[1]}", text)
    for span in sentences(text, Span(0, len(text))):
        said = span.of(text)
        numbers = [int(n) for m in _LABEL.finditer(said) for n in m[1].split(",")]
        plain = _BLANK_BEFORE_MARK.sub("", " ".join(_LABEL.sub(" ", said).split()))
        if any(map(str.isalnum, plain)) or numbers:
            yield Labelled(plain, tuple(dict.fromkeys(numbers)))
