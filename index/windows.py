"""Text → windows that a model can take: cleaning, counting tokens, splitting on natural borders.

A model reads a limited number of tokens and its library cuts the rest without a word. Here nothing is
cut: a text that is too long becomes several windows that together hold all its words.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from corpus.errors import InputError, TooLargeError
from corpus.types import Span

# A guard against a mistake, not a rule of law: the longest Danish act has about 2 million characters
# as a whole, and nobody encodes a whole act. One text of this size is some 600 windows.
MAX_CHARACTERS = 1_000_000

# NUL ends the string in C libraries, and a lone surrogate cannot be written as UTF-8.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_SENTENCE_END = re.compile(r"[.!?:;][\"'»”)\]]?\s(?=[A-ZÆØÅ§(\"'»„])")
_BLANK = re.compile(r"\s")


def clean(text: str) -> str:
    """Text as a model may see it: NFC, without NUL and without lone surrogates.

    NFC matters: some tokenizers read «å» written as two characters as «a» and a loose ring.
    """
    return unicodedata.normalize("NFC", _writable(text))


def checked(texts: Sequence[str]) -> Iterator[str]:
    """The texts cleaned, each refused if it holds no words or is over ``MAX_CHARACTERS``.

    Raises:
        InputError: a text holds nothing but blanks and invisible characters.
        TooLargeError: a text has more than ``MAX_CHARACTERS`` characters.
    """
    if isinstance(texts, str):
        raise TypeError("a list of texts is needed; one string would be read as a list of letters")
    for number, text in enumerate(texts, 1):
        if len(text) > MAX_CHARACTERS:
            raise TooLargeError(
                f"Text {number} of {len(texts)} has {len(text):,} characters; "
                f"the limit is {MAX_CHARACTERS:,}.",
                "Split it into passages first.",
            )
        cleaned = clean(text)
        if not any(_visible(character) for character in cleaned):
            raise InputError(
                f"Text {number} of {len(texts)} is empty and has no meaning to encode.", "Leave it out."
            )
        yield cleaned


@dataclass(frozen=True, slots=True)
class TokenBudget:
    """How much text a model takes at once. ``max_tokens`` counts prefix and special tokens too."""

    tokenizer: Tokenizer
    max_tokens: int
    prefix: str = ""

    def count(self, text: str) -> int:
        """Number of tokens of ``text`` with prefix and special tokens."""
        return len(self.tokenizer.encode(self.prefix + clean(text)).ids)

    def fits(self, text: str) -> bool:
        """Whether the model takes ``text`` whole."""
        return self.count(text) <= self.max_tokens

    def split(self, text: str) -> list[Span]:
        """The windows of ``text`` in order: spans of ``text`` itself, each of which fits.

        A window ends at a line break if there is one in its second half, else at the end of a
        sentence, else at a blank, else between two tokens. Blanks between windows belong to none;
        every other character belongs to exactly one. A text that fits gives one span.
        """
        return [span for span, _ in self.windows(text)]

    def windows(self, text: str) -> list[tuple[Span, int]]:
        """Like ``split``, each window with its number of tokens."""
        tokens = self.count(text)
        if tokens <= self.max_tokens:
            return [(Span(0, len(text)), tokens)]
        return list(self._windows(text, 0, self.max_tokens - self.count("")))

    def _windows(self, text: str, start: int, room: int) -> Iterator[tuple[Span, int]]:
        offsets = self.tokenizer.encode(_writable(text), add_special_tokens=False).offsets
        for span in _cut(text, offsets, max(1, room)):
            words = span.of(text)
            tokens = self.count(words)
            if tokens > self.max_tokens and len(words) > 1:
                # A word can have more tokens at the start of a text than within it.
                yield from self._windows(words, start + span.start, room // 2)
            else:
                yield Span(start + span.start, start + span.end), tokens


def _cut(text: str, offsets: Sequence[tuple[int, int]], room: int) -> Iterator[Span]:
    """Spans of at most ``room`` tokens each. ``offsets`` are the tokens' places in ``text``."""
    ends = [end for _, end in offsets]
    start, first = 0, 0
    while first < len(ends):
        last = first + room
        end = _border(text, start, max(offsets[last][0], start + 1)) if last < len(ends) else len(text)
        span = _trimmed(text, start, end)
        if len(span):
            yield span
        start = end
        first = max(first + 1, bisect_right(ends, end))


def _border(text: str, start: int, end: int) -> int:
    """The best place to end a window that starts at ``start`` and may reach ``end``."""
    half = (start + end) // 2
    line = text.rfind("\n", half, end)
    if line >= 0:
        return line + 1
    for pattern in (_SENTENCE_END, _BLANK):
        ends = [match.end() for match in pattern.finditer(text, half, end)]
        if ends:
            return ends[-1]
    return end


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without the blanks at its ends."""
    words = text[start:end]
    lead = len(words) - len(words.lstrip())
    return Span(start + lead, start + lead + len(words.strip()))


def _writable(text: str) -> str:
    """The text with a blank for each character that cannot be encoded; its length stays."""
    return _UNWRITABLE.sub(" ", text)


def _visible(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) not in ("Cc", "Cf")
