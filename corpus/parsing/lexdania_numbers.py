"""Printed numbers of provisions: «§ 36.», «§§ 20-31.», «Stk. 2-4.», «1)», «a)».

What is printed is trusted; the ``id`` and ``localId`` of the elements often name another number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# No run in Danish law is longer than about 120 §§; a misread one must not make thousands.
_LONGEST_RUN = 400
_LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"

_NUMBER = re.compile(r"(\d{1,4})(?:\s?([a-zæøåA-ZÆØÅ]{1,2}))?")
_LETTER = re.compile(r"[a-zæøå]")
_RANGE = re.compile(r"\s?(?:-|–|\btil\b)\s?")
_LIST = re.compile(r"\s?(?:,|\bog\b|\bsamt\b)\s?")
_STK = re.compile(r"stk\.?\s?", re.IGNORECASE)
_SIGN = re.compile(r"§\s?")
_NR = re.compile(r"(\d{1,4})(?:\s?([a-zæøå]))?\s?[).]?")
_LITRA = re.compile(r"([a-zæøå]{1,2})\s?[).]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers a printed label covers, in order.

    ``complete`` is false where only the end points of a run are certain: «§§ 50 a-51» leaves open how
    many lettered §§ there were after § 50 a.
    """

    values: tuple[str, ...]
    complete: bool = True


def paragraph_numbers(label: str) -> Numbers:
    """The §§ of a label: «§ 36.» → 36; «§§ 25-29 b.» → 25, 26, …, 29, 29 a, 29 b; none if not readable."""
    return _numbers(_SIGN.sub("", " ".join(label.split())).strip())


def stk_numbers(label: str) -> tuple[int, ...]:
    """The stk. of a label: «Stk. 2.» → 2; «Stk. 3-5.» → 3, 4, 5; none if not readable."""
    numbers = _numbers(_STK.sub("", " ".join(label.split())).strip())
    return tuple(int(n) for n in numbers.values if n.isdecimal())


def nr_of(label: str) -> str:
    """The number of a list item: «2)» → 2, «2 a)» → 2 a; empty if it is none."""
    match = _NR.fullmatch(" ".join(label.split()))
    return _joined(match[1], match[2] or "") if match else ""


def litra_of(label: str) -> str:
    """The letter of a list item: «b)» → b; empty if it is none."""
    match = _LITRA.fullmatch(" ".join(label.split()))
    return match[1].lower() if match else ""


def _numbers(text: str) -> Numbers:
    values: list[str] = []
    complete = True
    for item in _LIST.split(text.rstrip(".) ")):
        ends = [end.strip(" .") for end in _RANGE.split(item)]
        run = _run(ends[0], ends[1]) if len(ends) == 2 else Numbers((_single(item.strip(" .")),))
        if not all(run.values):
            return Numbers((), False)
        values.extend(run.values)
        complete = complete and run.complete
    return Numbers(tuple(dict.fromkeys(values)), complete)


def _single(text: str) -> str:
    match = _NUMBER.fullmatch(text)
    return _joined(match[1], match[2] or "") if match else ""


def _run(first: str, last: str) -> Numbers:
    """All numbers from ``first`` to ``last`` that the end points tell."""
    begin, end = _NUMBER.fullmatch(first), _NUMBER.fullmatch(last)
    if not begin:
        return Numbers(("",), False)
    low, low_letter = int(begin[1]), (begin[2] or "").lower()
    if not end:  # «§§ 25 b-e»
        if not (low_letter and _LETTER.fullmatch(last)):
            return Numbers(("",), False)
        high, high_letter = low, last
    else:
        high, high_letter = int(end[1]), (end[2] or "").lower()
    if high < low or high - low > _LONGEST_RUN or max(len(low_letter), len(high_letter)) > 1:
        return Numbers(tuple(dict.fromkeys(v for v in (_single(first), _single(last)) if v)), False)
    if low == high:
        return Numbers(_lettered(low, low_letter, high_letter))
    values = [_joined(str(low), low_letter), *(str(n) for n in range(low + 1, high + 1))]
    if high_letter:
        values.extend(_lettered(high, "a", high_letter))
    return Numbers(tuple(values), not low_letter)


def _lettered(number: int, first: str, last: str) -> tuple[str, ...]:
    """«29», «29 a», …: from one letter (or none) to another."""
    head = (str(number),) if not first else ()
    begin = _LETTERS.find(first) if first else 0
    return head + tuple(f"{number} {letter}" for letter in _LETTERS[begin : _LETTERS.find(last) + 1])


def _joined(number: str, letter: str) -> str:
    return f"{number} {letter}" if letter else number
