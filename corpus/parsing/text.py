"""Building the normalised text of a document together with its way back to the raw file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from corpus.types import Anchor, OffsetMap, Span

# Anything that does not pass into the text as it stands: blanks other than one plain space, control
# and zero-width characters, soft hyphens, and lone surrogates, which cannot be written as UTF-8. A chunk
# without any of them takes the fast way.
_ODD = re.compile(r"[^\S ]| {2}|[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff\ud800-\udfff]")
_DROPPED = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u2060\ufeff\ud800-\udfff]+")
_TOKEN = re.compile(
    r"\s+|[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u2060\ufeff\ud800-\udfff]+|[^\s\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u2060\ufeff\ud800-\udfff]+"
)


class TextBuilder:
    """Collects chunks of raw text into one normalised text and records where each came from.

    The text it makes is NFC, has no NUL, no other control characters or lone surrogates, no runs
    of blanks and no blanks at line ends; ``\\n`` stands between blocks and nowhere else. Line breaks inside
    a chunk count as blanks: call ``end_block`` where a block ends.
    """

    def __init__(self) -> None:
        self._bits: list[str] = []
        self._length = 0
        self._anchors: list[Anchor] = []
        self._blank: tuple[str, int, int] | None = None  # a blank that waits for the next word
        self._block_open = False

    def __len__(self) -> int:
        return self._length

    @property
    def next_start(self) -> int:
        """Where the next word will start if it is added now (after a waiting block break or blank)."""
        waiting = (self._length > 0 and not self._block_open) or self._blank is not None
        return self._length + (1 if waiting else 0)

    def add(self, chunk: str, part: str = "", raw_start: int = 0) -> None:
        """Add ``chunk``, which stands at ``raw_start`` of ``part`` of the raw file."""
        if not chunk:
            return
        if not _ODD.search(chunk) and unicodedata.is_normalized("NFC", chunk):
            lead = len(chunk) - len(chunk.lstrip(" "))
            core = chunk.strip(" ")
            if lead:
                self._space(part, raw_start, raw_start + lead)
            if core:
                self._word(core, part, raw_start + lead, raw_start + lead + len(core))
                if lead + len(core) < len(chunk):
                    self._space(part, raw_start + lead + len(core), raw_start + len(chunk))
            return
        for match in _TOKEN.finditer(chunk):
            start, end = raw_start + match.start(), raw_start + match.end()
            token = match.group()
            if token.isspace():
                self._space(part, start, end)
            elif not _DROPPED.fullmatch(token):
                for piece, begin, stop in _clusters(token):
                    self._word(piece, part, start + begin, start + stop)

    def insert(self, words: str) -> None:
        """Add words that have no origin in the raw file (a separator the layout implies)."""
        self._flush()
        self._bits.append(words)
        self._length += len(words)

    def end_block(self) -> None:
        """End the block: what is added next starts on a new line."""
        self._blank = None
        self._block_open = False

    def build(self) -> tuple[str, OffsetMap]:
        """The text and its offset map."""
        return "".join(self._bits), OffsetMap(tuple(self._anchors))

    def _space(self, part: str, start: int, end: int) -> None:
        if self._block_open and self._blank is None:
            self._blank = (part, start, end)

    def _flush(self) -> None:
        """Write the block break or the blank that waits."""
        if not self._block_open:
            if self._length:
                self._bits.append("\n")
                self._length += 1
            self._block_open = True
        elif self._blank:
            part, start, end = self._blank
            self._anchor(" ", part, start, end)
        self._blank = None

    def _word(self, words: str, part: str, start: int, end: int) -> None:
        self._flush()
        self._anchor(words, part, start, end)

    def _anchor(self, words: str, part: str, start: int, end: int) -> None:
        exact = len(words) == end - start
        last = self._anchors[-1] if self._anchors else None
        if (
            last
            and exact
            and last.exact
            and last.part == part
            and last.raw_end == start
            and last.end == self._length
        ):
            self._anchors[-1] = Anchor(last.start, last.end + len(words), part, last.raw_start, end)
        else:
            self._anchors.append(Anchor(self._length, self._length + len(words), part, start, end, exact))
        self._bits.append(words)
        self._length += len(words)


def normalise(text: str) -> str:
    """Text as ``TextBuilder`` would keep it, in one block."""
    builder = TextBuilder()
    builder.add(text)
    return builder.build()[0]


def blocks(text: str) -> Iterator[Span]:
    """The lines of a normalised text, each one block of the source."""
    start = 0
    for line in text.split("\n"):
        yield Span(start, start + len(line))
        start += len(line) + 1


def _clusters(token: str) -> Iterator[tuple[str, int, int]]:
    """A token in NFC, cut so that only what composition changes loses its point-for-point mapping."""
    if unicodedata.is_normalized("NFC", token):
        yield token, 0, len(token)
        return
    starts = [i for i, c in enumerate(token) if i == 0 or not unicodedata.combining(c)]
    pieces = [
        (unicodedata.normalize("NFC", token[a:b]), a, b)
        for a, b in zip(starts, [*starts[1:], len(token)], strict=True)
    ]
    if "".join(p for p, _, _ in pieces) == unicodedata.normalize("NFC", token):
        yield from pieces
    else:  # scripts that compose across base letters (Hangul): one inexact piece
        yield unicodedata.normalize("NFC", token), 0, len(token)
