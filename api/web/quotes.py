"""How a quote is shown: its beginning where it is long, with the words in common emphasised."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from index.stopwords import DANISH

EXCERPT_CHARACTERS = 240  # three lines in a column of half a screen
EXCERPT_LINES = 4  # a list has short lines
MIN_HIDDEN = 120  # less than this is not worth a click


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage, verbatim, as pieces; ``begun`` is its beginning where the whole is folded away."""

    whole: tuple[tuple[str, bool], ...]  # (text, whether it is in common with the case)
    begun: tuple[tuple[str, bool], ...] = ()


def quote(
    text: str, words: Collection[str], characters: int = EXCERPT_CHARACTERS, lines: int = EXCERPT_LINES
) -> Quote:
    """``text`` with ``words``, as they stand in it, emphasised; what is over the limits is folded away."""
    end = beginning(text, characters, lines)
    whole = emphasised(text, words)
    return Quote(whole) if end == len(text) else Quote(whole, emphasised(text[:end], words))


def beginning(text: str, characters: int = EXCERPT_CHARACTERS, lines: int = EXCERPT_LINES) -> int:
    """Where the beginning that is shown of ``text`` ends: at its end, a line's end or a word's end."""
    end = min(len(text), characters)
    ends = [m.start() for m in re.finditer("\n", text[: end + 1])]
    if len(ends) >= lines:
        end = ends[lines - 1]
    if len(text) - end < MIN_HIDDEN:
        return len(text)
    if text[end] not in " \n":
        end = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end), 0) or end
    return end


def emphasised(text: str, words: Collection[str]) -> tuple[tuple[str, bool], ...]:
    """``text`` in pieces that join to it again, each with whether it is one of ``words``.

    Function words are left plain: «er» in bold tells a reader nothing.
    """
    telling = {word for word in words if word and word.casefold() not in DANISH}
    wanted = sorted(telling, key=len, reverse=True)  # «§ 12» before «12»
    if not wanted:
        return ((text, False),)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)")
    pieces: list[tuple[str, bool]] = []
    done = 0
    for match in pattern.finditer(text):
        if match.start() > done:
            pieces.append((text[done : match.start()], False))
        pieces.append((match.group(), True))
        done = match.end()
    if done < len(text):
        pieces.append((text[done:], False))
    return tuple(pieces)
