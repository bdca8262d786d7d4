"""Locators: read them as lawyers and caseworkers write them, and as they stand in addresses."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.errors import CitationError
from corpus.types import Locator, Part

_EXAMPLE = "Skriv den som «§ 40 a, stk. 5, nr. 2, litra b, 2. pkt.»."

# One token is a keyword, a number with its letters, a letter, or a separator.
_TOKEN = re.compile(
    r"(?P<paragraph>§+|\bparagraf(?:fen)?\b|\bpar\b\.?)"
    r"|(?P<stk>\b(?:stk|stykke)(?![a-zæøå])\.?)|(?P<nr>\b(?:nr|nummer)(?![a-zæøå])\.?)"
    r"|(?P<litra>\b(?:litra|lit)(?![a-zæøå])\.?)|(?P<pkt>\b(?:pkt|punktum|punkt)(?![a-zæøå])\.?)"
    r"|(?P<annex>\bbilag\b)"
    r"|(?P<number>(?<![0-9])[0-9]{1,5})|(?P<letters>[a-zæøå]{1,2}(?![a-zæøå]))|(?P<gap>[\s,.;)]+)",
    re.IGNORECASE,
)
# «§40astk5» runs the letter of the § into the next keyword.
_GLUED = re.compile(r"(?<=\d)([a-zæøå]{0,2})(?=(?:stk|nr|litra|lit|pkt)(?![a-zæøå]))", re.IGNORECASE)


def parse_locator(text: str) -> Locator:
    """The locator that ``text`` writes, in the printed form or a sloppy one («§40a stk 5 nr 2»).

    The case of the letter of a § is kept (ligningsloven has § 9 A, other acts § 9 a). Raises
    ``CitationError`` where the text is no locator or holds anything besides one.
    """
    reader = _Reader(text)
    if len(text) > 200:
        raise reader.refuse()
    position = 0
    glued = _GLUED.sub(r"\1 ", text)
    while position < len(glued):
        match = _TOKEN.match(glued, position)
        if not match or match.lastgroup is None:
            raise reader.refuse()
        reader.take(match.lastgroup, match.group())
        position = match.end()
    return reader.finish()


class _Reader:
    """Collects the fields of one locator token by token; each field is set once, from the top down."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._key = "paragraph"  # a bare number at the beginning is a §
        self._number = ""
        self._letters = ""
        self._fields: dict[str, str] = {}

    def refuse(self) -> CitationError:
        return CitationError(f"«{self._text[:80]}» peger ikke på én bestemmelse.", _EXAMPLE)

    def take(self, kind: str, token: str) -> None:
        if kind == "gap":
            return
        if kind == "number":
            if self._number or self._letters:
                self._store()
            self._number = token.lstrip("0")
            if not self._number:
                raise self.refuse()
        elif kind == "letters":
            if self._letters or (not self._number and self._key != "litra"):
                raise self.refuse()
            self._letters = token
        elif kind == "pkt" and self._key == "bare":
            self._key = "pkt"  # «2. pkt.»: the one keyword that follows its number
            self._store()
        else:
            if self._number or self._letters:
                self._store()
            self._key = kind

    def finish(self) -> Locator:
        if self._number or self._letters or self._key != "bare":
            self._store()  # refuses a keyword that nothing follows
        fields = self._fields
        if ("paragraph" in fields) == ("annex" in fields):
            raise self.refuse()
        locator = Locator(
            fields.get("paragraph", ""),
            self._count("stk"),
            fields.get("nr"),
            fields.get("litra"),
            self._count("pkt"),
        )
        annex = self._count("annex")
        return locator if annex is None else replace(locator, part=Part.ANNEX, block=annex)

    def _count(self, key: str) -> int | None:
        value = self._fields.get(key)
        if value is not None and not value.isdecimal():
            raise self.refuse()
        return None if value is None else int(value)

    def _store(self) -> None:
        number, letters, key = self._number, self._letters, self._key
        later = _ORDER[_ORDER.index(key) :] if key in _ORDER else None
        if later is None or any(name in self._fields for name in later):
            raise self.refuse()
        if not (number or letters) or (key == "litra") == bool(number):
            raise self.refuse()
        self._fields[key] = f"{number} {letters}" if number and letters else number or letters
        self._number = self._letters = ""
        self._key = "bare"  # a number that follows without a keyword can only be «…, 2. pkt.»


_ORDER = ("paragraph", "annex", "stk", "nr", "litra", "pkt")

_SLUG = re.compile(
    r"(?:(trans|annex|again)-([1-9]\d{0,4})(?=\.|$))?\.?"
    r"(?:par-([0-9A-Za-zÆØÅæøå]+))?(?:\.?stk-([1-9]\d{0,4}))?(?:\.?nr-([0-9A-Za-zÆØÅæøå]+))?"
    r"(?:\.?lit-([A-Za-zÆØÅæøå]+))?(?:\.?pkt-([1-9]\d{0,4}))?"
)
_NUMBERED = re.compile(r"(\d+)([A-Za-zÆØÅæøå]+)")
_PARTS = {"trans": Part.TRANSITIONAL, "annex": Part.ANNEX, "again": Part.MAIN, None: Part.MAIN}


def parse_slug(slug: str) -> Locator:
    """The locator with this ``slug``; the inverse of ``Locator.slug``."""
    match = _SLUG.fullmatch(slug)
    if match:
        part, block, paragraph, stk, nr, litra, pkt = match.groups()
        locator = Locator(
            _spaced(paragraph or ""),
            int(stk) if stk else None,
            _spaced(nr) if nr else None,
            litra,
            int(pkt) if pkt else None,
            _PARTS[part],
            int(block) if block else 0,
        )
        if locator.slug == slug and slug:
            return locator
    raise CitationError(
        f"«{slug[:80]}» er ikke adressen på en bestemmelse.",
        "Et eksempel er «par-40a.stk-5.nr-2.lit-b.pkt-2».",
    )


def _spaced(label: str) -> str:
    match = _NUMBERED.fullmatch(label)
    return f"{match[1]} {match[2]}" if match else label


def provision_id(document_id: str, locator: Locator) -> str:
    """The id of a provision in a document: ``lta-2023-1031:par-36.stk-1``."""
    return f"{document_id}:{locator.slug}"


def parse_provision_id(identifier: str) -> tuple[str, Locator]:
    """The document id and the locator of a provision id."""
    document, colon, slug = identifier.rpartition(":")
    if not colon or not document:
        raise CitationError(
            f"«{identifier[:80]}» er ikke id'et på en bestemmelse.",
            "Et eksempel er «lta-2023-1031:par-36.stk-1».",
        )
    return document, parse_slug(slug)
