"""A text as a guard must read it: what is written, and what is hidden in it.

A *reading* is one line of lower-case tokens with a blank on either side of each, so that a pattern can
ask for whole words and count them. Tokens are cut at ``TOKEN_LIMIT``: with a bound on the words between
two parts of a pattern too, every search takes time linear in the text.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from assistant.verdict_words import SLIPS
from corpus.sentences import sentences
from corpus.types import Span

# Longer than any Danish word that a pattern asks for; what is cut is noise.
TOKEN_LIMIT = 40
# A sentence longer than this is read in pieces that overlap: frames look back over a whole sentence, and
# their cost must not grow with it. No sentence of the decisions measured was longer.
READ_AT_ONCE = 4_000
OVERLAP = 400
# Fewer words a line than this on average, and the text is set in a column to be read across.
WORDS_A_LINE = 3
# Stands where words were left out because they are verified quotes; no normalised text holds it otherwise.
QUOTE_MARK = "\ue000"

# Letters of other scripts that look like ours. Digits are in ``_DIGITS``: they are letters only inside words.
_LOOKALIKES = str.maketrans(
    dict(
        zip(
            "абвгеёзікмнорстухуѕјһԁԛԝѵαβεηικνορτυχωϲμıłđŧħɡɑɩøӕ",
            "abbreezikmhopctyxysjhdqwvabenikvoptuxwcuildthgaiøæ",
            strict=True,
        )
    )
)
_DIGITS = str.maketrans("013457@$!|", "oleastasil")
_DIGITS_AS_I = str.maketrans("013457@$!|", "oieastasii")
_MARKS = {"Mn", "Me"}
_HIDDEN = {"Cf", "Co", "Cn"}

_TOKEN = re.compile(
    r"[^\W_]+(?:['’\-][^\W_]+)*+|[§%.,;:?!()]|_{2,}|[»«\"“”„]|[\u2190-\u2bff\U0001f000-\U0001faff\ue000]"
)
_LETTER = r"[^\W\d_]"
# Letters with one separator between any two of them; of blanks three or more, since «ø i å» is a sentence.
_SPACED = re.compile(
    rf"(?<![^\W_])(?:{_LETTER}(?: {_LETTER}){{2,}}+|(?<=  ){_LETTER} {_LETTER}(?=  |$)"
    rf"|{_LETTER}([.\-_*·|/]){_LETTER}(?:\1{_LETTER})*+)(?![^\W_])"
)
_SEPARATOR = re.compile(r"[\W_]")
_LEET = re.compile(r"[^\W\d_][013457@$!]|[013457@$!][^\W\d_]")
_BLOB = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}[ :]?){8,}")
_WORD = re.compile(r"[^\W\d_]+")
_NO_KEYBOARD = re.compile(r"[^\W\d_](?:ae|oe|aa)|(?<![^\W_])(?:aa|oe)")
# A question typed in haste is short; a long case has words enough that are spelt right.
MOST_WORDS_RESPELT = 60
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
# Words that Danish or English can hardly do without: they tell a readable text from a scrambled one.
_COMMON = re.compile(
    r"\b(?:skal|vi|give|han|hun|jeg|har|er|det|den|og|at|en|et|til|kommunen|borgeren|konklusion|afslag|mig"
    r"|the|we|should|you|is|he|she|what|your|to|of|this|a|and|verdict)\b"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence as tokens. ``hidden`` is true where it is not what the eye reads at once."""

    words: str  # " skal han trækkes ? "
    hidden: bool = False


def readings(text: str) -> Iterator[Reading]:
    """The sentences of ``text``, then those that are written in disguise: letters set apart, turned round,
    exchanged for digits or put into a code."""
    plain = clean(text)
    yield from _read(plain, hidden=False)
    for other in _disguises(text, plain):
        yield from _read(other, hidden=True)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled when it is first needed: all of them together take a fifth of a second."""
    return re.compile(pattern)


def clean(text: str) -> str:
    """Compatibility forms, look-alikes, hidden marks and entities undone; lines kept, case kept."""
    if "&" in text:
        text = html.unescape(text)
    composed = unicodedata.normalize("NFKC", text)
    if composed.isascii():
        return _join_spaced(composed)
    kept = (
        c
        for c in composed
        if c == QUOTE_MARK or c.isascii() or unicodedata.category(c) not in _MARKS | _HIDDEN
    )
    joined = "".join(kept)
    return _join_spaced("".join(_latin(c) for c in joined))


def mask(text: str, quoted: Sequence[Span]) -> str:
    """``text`` with a mark in place of each quoted span; a full stop inside the quote is kept after it."""
    parts: list[str] = []
    at = 0
    for span in sorted(quoted):
        if span.start < at:
            continue
        words = span.of(text).rstrip()
        parts += (text[at : span.start].replace(QUOTE_MARK, " "), f" {QUOTE_MARK} ")
        if words[-1:] in ".!?":
            parts.append(words[-1:])
        at = span.end
    parts.append(text[at:].replace(QUOTE_MARK, " "))
    return "".join(parts)


def _latin(char: str) -> str:
    lowered = char.lower()
    folded = lowered.translate(_LOOKALIKES)
    if folded == lowered:
        return char
    return folded.upper() if char != lowered else folded


def _join_spaced(text: str) -> str:
    return _SPACED.sub(lambda match: _SEPARATOR.sub("", match[0]), text)


def _read(text: str, *, hidden: bool) -> Iterator[Reading]:
    for span in sentences(text, Span(0, len(text))):
        words = tokens(span.of(text))
        for start in range(0, len(words) - 1, READ_AT_ONCE - OVERLAP):
            part = words[start : start + READ_AT_ONCE]
            yield Reading(part if start == 0 else f" {part.partition(' ')[2]}", hidden)
            if start + READ_AT_ONCE >= len(words):
                break


def tokens(text: str) -> str:
    """The tokens of ``text`` on one line, lower case, with a blank before and after each."""
    found = (t[:TOKEN_LIMIT] for t in _TOKEN.findall(text.lower()))
    return f" {' '.join(found)} "


def _disguises(text: str, plain: str) -> Iterator[str]:
    yield from _decoded(text)
    if _LEET.search(plain):
        words = plain.lower().split()
        if any(_LEET.search(word) for word in words):
            yield " ".join(_unleet(w, _DIGITS_AS_I) for w in words)
            yield " ".join(_unleet(w, _DIGITS) for w in words)
    lowered = plain.lower()
    yield from _respelt(lowered)
    seen = len(_COMMON.findall(lowered))
    for other in (codecs.encode(lowered, "rot13"), lowered[::-1]):
        if len(_COMMON.findall(other)) > max(1, seen // 2):
            yield other
    lines = plain.split("\n")
    if len(lines) > 1 and len(plain.split()) < WORDS_A_LINE * len(lines):
        yield " ".join(plain.split())


def _respelt(text: str) -> Iterator[str]:
    """The text as a Danish keyboard writes it, and with slips of the finger in words of deciding mended."""
    if _NO_KEYBOARD.search(text):
        yield text.replace("ae", "æ").replace("oe", "ø").replace("aa", "å")
    words = _WORD.findall(text)
    if len(words) < MOST_WORDS_RESPELT and any(word in SLIPS for word in words):
        yield _WORD.sub(lambda match: SLIPS.get(match[0], match[0]), text)


def _unleet(word: str, table: dict[int, int]) -> str:
    return word.translate(table) if _LEET.search(word) or word in "1!|" else word


def _decoded(text: str) -> Iterator[str]:
    if len(_PERCENT.findall(text)) > 1:
        yield clean(unquote(text, errors="replace"))
    for match in _BLOB.finditer(text):
        blob = match[0].rstrip("=").replace("-", "+").replace("_", "/")
        yield from _legible(base64.b64decode, blob + "=" * (-len(blob) % 4))
    for match in _HEX.finditer(text):
        digits = re.sub(r"[ :]", "", match[0])
        yield from _legible(binascii.unhexlify, digits)


def _legible(decode: Callable[[str], bytes], encoded: str) -> Iterator[str]:
    """What was encoded, where it is text."""
    try:
        read = decode(encoded).decode()
    except (binascii.Error, ValueError):
        return
    if read.isprintable() and any(c.isalpha() for c in read):
        yield clean(read)
