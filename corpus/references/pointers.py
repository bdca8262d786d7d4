"""Reading one pointer: «§ 13, stk. 2, nr. 1-3, og stk. 4», «artikel 6», «kapitel 3-7», «stk. 2».

A small state machine over tokens that are matched at one position at a time, so the work is linear
in the length of the pointer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.references.types import Target, Unit
from corpus.types import Locator, Part

# The letter «i» is the preposition where a word follows it («§ 36 i lov om …»), unless that word can
# only go on a pointer («§ 36 i og 36 k»).
_LETTER = r"(?:[a-hj-zæøåA-HJ-ZÆØÅ](?![\w])|[iI](?![\w])(?! (?!og\b|eller\b|samt\b|i\b|stk\b)[\w§»]))"
_NUMBER = rf"(\d{{1,4}}(?![\d/])(?: ?{_LETTER}(?!\.[a-zA-Z]))?)"
NUMBER = re.compile(_NUMBER)
_STK = re.compile(rf"(?:stk\b\.?|stykke) ?{_NUMBER}", re.IGNORECASE)
_NR = re.compile(rf"(?:nr\b\.?|nummer) ?{_NUMBER}", re.IGNORECASE)
_LITRA = re.compile(r"(?:litra|lit\b\.?) ?([a-zæøåA-ZÆØÅ](?!\w))", re.IGNORECASE)
_MORE_LITRA = re.compile(rf"({_LETTER})")
_PKT = re.compile(
    r"(\d{1,2})\.((?: ?(?:-|–|,|og|eller|samt) ?\d{1,2}\.){0,8}) ?(?:pkt\b\.?|punktum\b)", re.IGNORECASE
)
_PKT_MORE = re.compile(r"(-|–)? ?(\d{1,2})\.")
# «§ 6, stk. 1. litra a»: a full stop for the comma is a common slip; small letters tell it from a heading.
_SEPARATOR = re.compile(
    r"(?P<slip>\. (?=(?:stk|nr|litra)\b))|(?P<range> ?[-–] ?| til og med | til )"
    r"|(?P<list> ?,? ?(?:og/eller|og|eller|samt|henholdsvis|hhv\.) | ?, ?)|(?P<none> ?)"
)
# After «, 2» and «, og 2» only what ends a pointer may follow, or a new clause or item has begun.
_AFTER_COMMA = re.compile(
    r" ?[,.;:\]«»\"]| ?$|\n| ?[-–]"
    r"|[ ](?:i|og|eller|samt|om|er|har|kan|skal|finder|gælder|jf|ovenfor|nedenfor|nævnte?)\b"
)
# After «og 2» anything may follow but what is counted («§ 5 og 6 måneder»).
_QUANTITY = re.compile(
    r"[.,]?\d| ?(?:pct|procent|promille|%|kr|mio|mia|uge|måned|dag|år|time|minut|person|gang|børn|barn"
    r"|kalender|hverdag|arbejds)",
    re.IGNORECASE,
)
_ORDINALS = {
    "første": 1,
    "andet": 2,
    "anden": 2,
    "tredje": 3,
    "fjerde": 4,
    "femte": 5,
    "sjette": 6,
    "syvende": 7,
}
_ORDINAL = "|".join(_ORDINALS)
_WORDED_PKT = re.compile(
    rf"(?P<all>(?:{_ORDINAL})(?: ?(?:,|og|eller) ?(?:{_ORDINAL})){{0,5}}) (?:pkt\b\.?|punktum\b)",
    re.IGNORECASE,
)

_LEVELS = ("paragraph", "stk", "nr", "litra", "pkt")


@dataclass(frozen=True, slots=True)
class Pointer:
    """The targets of one pointer and where it ends."""

    targets: tuple[Target, ...]
    end: int
    unit: Unit


def read_numbered(text: str, position: int, unit: Unit, plural: bool) -> Pointer | None:
    """The pointer whose first number stands at ``position``, after «§», «artikel», «kapitel», «bilag».

    ``plural`` says that the sign was «§§» or a plural, which lets bare numbers go on the list.
    """
    match = NUMBER.match(text, position)
    if not match:
        return None
    reader = _Reader(text, unit, plural)
    reader.add("paragraph", match[1])
    return reader.read(match.end())


def read_relative(text: str, position: int) -> Pointer | None:
    """The pointer that begins below the §, with «stk.», «nr.», «litra» or «1. pkt.» at ``position``."""
    reader = _Reader(text, Unit.PARAGRAPH, plural=False)
    end = reader.element(position)
    return reader.read(end) if end else None


class _Reader:
    """Collects targets; ``self._level`` is the level of the last element read."""

    def __init__(self, text: str, unit: Unit, plural: bool) -> None:
        self._text = text
        self._unit = unit
        self._plural = plural
        self._targets: list[Target] = []
        self._level = ""

    def read(self, position: int) -> Pointer:
        """Read on from ``position``, the end of the first element, as far as the pointer goes."""
        text = self._text
        while True:
            separator = _SEPARATOR.match(text, position)
            if separator is None:
                break
            is_range = separator["range"] is not None
            end = self.element(separator.end(), is_range) or (
                0
                if separator["none"] is not None
                else self._bare(separator.end(), is_range, "," in separator.group())
            )
            if not end:
                break
            position = end
        return Pointer(tuple(self._targets), position, self._unit)

    def element(self, position: int, is_range: bool = False) -> int:
        """Read an element with its keyword; its end, or 0 where there is none."""
        text = self._text
        if match := _STK.match(text, position):
            digits = match[1].split(" ")[0].rstrip("abcdefghijklmnopqrstuvwxyzæøå")
            if not digits.isdecimal() or self._unit is Unit.CHAPTER:
                return 0
            self.add("stk", digits, is_range)
            return match.start(1) + len(digits)
        if match := _NR.match(text, position):
            self.add("nr", match[1], is_range)
            return match.end() + (text[match.end() : match.end() + 1] == ")")
        if match := _LITRA.match(text, position):
            self.add("litra", match[1], is_range)
            return match.end() + (text[match.end() : match.end() + 1] == ")")
        if match := _PKT.match(text, position):
            self.add("pkt", match[1])
            for more in _PKT_MORE.finditer(match[2]):
                self.add("pkt", more[2], bool(more[1]))
            return match.end()
        if match := _WORDED_PKT.match(text, position):
            for word in re.findall(r"\w+", match["all"].lower()):
                if word in _ORDINALS:
                    self.add("pkt", str(_ORDINALS[word]))
            return match.end()
        return 0

    def _bare(self, position: int, is_range: bool, comma: bool) -> int:
        """Read a number or letter without keyword: it goes on the enumeration. Its end, or 0."""
        text = self._text
        if self._level == "litra":
            letter = _MORE_LITRA.match(text, position)
            if not letter:
                return 0
            self.add("litra", letter[1], is_range)
            return letter.end()
        number = NUMBER.match(text, position)
        if not number or self._level == "pkt" or _PKT.match(text, position):
            return 0
        if not is_range and (
            not _AFTER_COMMA.match(text, number.end()) if comma else _QUANTITY.match(text, number.end())
        ):
            return 0
        level = self._level
        if self._plural and level != "paragraph" and self._beyond(number[1]):
            level = "paragraph"
        if level == "stk" and not number[1].isdecimal():
            return 0
        self.add(level, number[1], is_range and level == self._level)
        return number.end()

    def _beyond(self, number: str) -> bool:
        """Whether ``number`` can only be a § of the list: «§§ 13, stk. 2, og 14»."""
        last = self._targets[-1]
        paragraph = (last.last or last.first).paragraph
        return _leading(number) > _leading(paragraph)

    def add(self, level: str, value: str, is_range: bool = False) -> None:
        """Add an element: a deeper one refines the last target, another one opens a new target."""
        value = _spaced(value)
        if not self._targets:
            self._targets.append(Target(self._with(Locator(""), level, value)))
        else:
            last = self._targets[-1]
            if is_range and level == self._level and last.last is None:
                self._targets[-1] = Target(last.first, self._with(last.first, level, value))
            elif _LEVELS.index(level) > _LEVELS.index(self._level):
                ends = (last.first, last.last)
                first, final = (None if end is None else self._with(end, level, value) for end in ends)
                self._targets[-1] = Target(first or last.first, final)
            else:
                self._targets.append(Target(self._with(last.last or last.first, level, value)))
        self._level = level

    def _with(self, locator: Locator, level: str, value: str) -> Locator:
        below = dict.fromkeys(_LEVELS[_LEVELS.index(level) + 1 :])
        if level == "paragraph" and self._unit is Unit.ANNEX:
            block = _leading(value)
            return Locator("", part=Part.ANNEX, block=block)
        changed: object = int(value) if level in ("stk", "pkt") else value
        return replace(locator, **{level: changed}, **below)  # type: ignore[arg-type]


def _leading(label: str) -> int:
    match = re.match(r"\d+", label)
    return int(match.group()) if match else 0


def _spaced(label: str) -> str:
    match = re.fullmatch(r"(\d+) ?(\w)", label)
    return f"{match[1]} {match[2]}" if match and not match[2].isdecimal() else label
