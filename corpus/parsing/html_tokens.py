"""HTML as tokens that know their place, in one pass.

Written here because what exists gives either no place (lxml), or places from a tokeniser that takes
quadratic time on hostile input and breaks off at a stray ``&#`` (the standard library's).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from corpus.parsing.blocks import Chunk

# Elements whose content is characters up to their end tag, whatever it looks like.
VERBATIM = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})

_NAME = re.compile(r"[a-zA-Z][^\s/>\"'<=]{0,63}")
_STOP = re.compile(r"[\"'>]")
_ENTITY = re.compile(r"&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_ATTRIBUTE = re.compile(r"([\w:-]{1,64})\s{0,99}=\s{0,99}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_OUTSIDE_QUOTES = "> outside quotes"
_NEAR = 9  # a quote opens a value if "=" stands before it, blanks apart


class TokenKind(Enum):
    """What a token is; comments, declarations and processing instructions give no token."""

    TEXT = auto()
    START = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch ``[start, end)`` of the raw text. ``name`` is a tag's, in lower case."""

    kind: TokenKind
    start: int
    end: int
    name: str = ""


def tokens(raw: str) -> Iterator[Token]:
    """The tokens of ``raw`` in order; what cannot be a tag is text."""
    scan = _Scan(raw)
    words = here = 0  # where the text that is not given out yet begins, and where the search goes on
    while (opened := raw.find("<", here)) >= 0:
        here, token = scan.markup(opened)
        if here == opened:  # no markup: the sign belongs to the text
            here += 1
            continue
        if opened > words:
            yield Token(TokenKind.TEXT, words, opened)
        words = here
        if token:
            yield token
        if token and token.kind is TokenKind.START and token.name in VERBATIM:
            closing = re.compile(f"</{token.name}\\b", re.IGNORECASE).search(raw, here)
            stop = closing.start() if closing else len(raw)
            if stop > here:
                yield Token(TokenKind.TEXT, here, stop)
            words = here = stop
    if words < len(raw):
        yield Token(TokenKind.TEXT, words, len(raw))


class _Scan:
    """Finds where a piece of markup ends; remembers what does not come again, so no search is repeated."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._gone: set[str] = set()

    def markup(self, start: int) -> tuple[int, Token | None]:
        """The place after the markup at ``start`` and its token if it has one; ``start`` for no markup."""
        raw = self._raw
        for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">")):
            if raw.startswith(opening, start):
                end = self._find(closing, start + 2)
                if end >= 0:
                    return end + len(closing), None
        kind = TokenKind.END if raw.startswith("</", start) else TokenKind.START
        name = _NAME.match(raw, start + (2 if kind is TokenKind.END else 1))
        end = self._tag_end(name.end()) if name else -1
        if not name or end < 0:
            return start, None
        return end, Token(kind, start, end, name[0].lower())

    def _tag_end(self, here: int) -> int:
        """The place after the ``>`` that ends a tag, those in quoted values passed over; -1 without one."""
        if ">" in self._gone:
            return -1
        first = self._find(">", here)
        if _OUTSIDE_QUOTES in self._gone:
            return first + 1 if first >= 0 else -1
        while stop := _STOP.search(self._raw, here):
            sign = stop[0]
            if sign == ">":
                return stop.end()
            here = stop.end()
            if self._raw[max(stop.start() - _NEAR, 0) : stop.start()].rstrip().endswith("="):
                closing = self._find(sign, here)
                if closing >= 0:
                    here = closing + 1
        self._gone.add(_OUTSIDE_QUOTES)
        return first + 1 if first >= 0 else -1

    def _find(self, needle: str, start: int) -> int:
        if needle in self._gone:
            return -1
        found = self._raw.find(needle, start)
        if found < 0:
            self._gone.add(needle)
        return found


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a start tag as written, names in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(tag):
        value = next((v for v in match.groups()[1:] if v is not None), "")
        found.setdefault(match[1].lower(), html.unescape(value))
    return found


def characters(raw: str, start: int, end: int) -> Iterator[Chunk]:
    """The characters of a text token, entities read; each chunk knows its place."""
    here = start
    for match in _ENTITY.finditer(raw, start, end):
        value = html.unescape(match[0])
        if value == match[0]:
            continue
        if match.start() > here:
            yield Chunk(raw[here : match.start()], here, match.start())
        yield Chunk(value, match.start(), match.end())
        here = match.end()
    if here < end:
        yield Chunk(raw[here:end], here, end)
