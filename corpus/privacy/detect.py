"""Finds personal data in running text: CPR, account and phone numbers, e-mail addresses.

Where it is unclear whether digits are personal they are taken to be: a pseudonym too many costs a word, one
too few a citizen's privacy. Only what the law is full of is left alone: dates, years, amounts, §§.
Names and addresses are not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatcher
from stdnum import iban

from corpus.privacy.types import DataClass, Finding
from corpus.types import Span

# Between the digits of a number that was typed, pasted or broken over a line. Written as escapes, since
# several of them cannot be seen: hyphens and dashes, minus, soft hyphen, blanks of no width.
_DASH = "\\-\u2010\u2011\u2012\u2013\u2014\u2212\u00ad"
_BLANK = " \t\u00a0\u2000-\u200d\u202f\u2060\ufeff"
_JOIN = rf"[{_DASH}{_BLANK}./·]{{0,3}}\n?[{_BLANK}]{{0,3}}"
_HYPHEN = rf"[{_BLANK}]{{0,2}}[{_DASH}][{_BLANK}]{{0,2}}\n?[{_BLANK}]{{0,2}}"
_POINT = rf"[{_BLANK}./{_DASH}]{{1,2}}"
_DAY = r"(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"  # an interim number has 60 added to its day
_MONTH = r"(?:0[1-9]|1[0-2])"
_CPR = re.compile(
    rf"(?<!\d)(?:{_DAY}{_MONTH}\d\d{_JOIN}\d{{4}}"  # 010190-1234 in all its spacings
    rf"|{_DAY}{_POINT}{_MONTH}{_POINT}\d\d{_HYPHEN}\d{{4}}"  # 01.01.90-1234
    rf"|{_DAY}{_MONTH}(?:19|20)\d\d{_HYPHEN}\d{{4}})(?!\d)"  # 01011990-1234
)
# After the word itself any ten digits are one, also those whose day or month cannot be.
_NAMED_CPR = re.compile(
    rf"\b(?:cpr|personnummer|p\.?nr)[\w.-]{{0,12}}[\s:=]{{0,4}}"
    rf"((?:\d[{_DASH}{_BLANK}./]{{0,2}}\n?){{9,11}}\d)(?!\d)",
    re.IGNORECASE,
)
# The last four digits alone, where the text says that they are: «de sidste fire cifre er 1234».
_LAST_FOUR = re.compile(
    r"\b(?:sidste|last)[ \w.-]{0,40}?\b(?:fire|4|four)\b[ \w.-]{0,30}?\b(?:cifre|tal|digits)\b[^\d\n]{0,20}"
    r"(\d{4})(?!\d)",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<![\w])[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]){11,30}(?![\w])")
_ACCOUNT = re.compile(
    rf"(?<!\d)((?!00)\d{{4}}[{_DASH}{_BLANK}./]{{1,3}}\d(?:[{_DASH}{_BLANK}.]?\d){{5,9}})(?!\d)",
)
_NAMED_ACCOUNT = re.compile(
    r"\b(?:konto\w{0,12}|reg\b|registreringsn\w{0,8}|(?:bank )?account\w{0,3})"
    rf"(?:[.:]?[{_BLANK}]{{0,2}}(?:n[ro]|nummer|number)\b)?[.:]?[\s:=]{{0,4}}(?:er |is )?"
    rf"(\d(?:[{_DASH}{_BLANK}.]{{0,2}}\d){{3,13}})(?!\d)",
    re.IGNORECASE,
)
_ACCOUNT_DIGITS = 14  # registration number of 4, account number of up to 10
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.!#$%&'*+/=?^`{|}~-]{1,64}[ \t]?(?:@|\(at\)|\[at\]|＠)[ \t]?"
    r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",
    re.IGNORECASE,
)
_NOT_PERSONAL = re.compile(
    r"(?:19|20)\d\d[-–./](?:0[1-9]|1[0-2])[-–./](?:0[1-9]|[12]\d|3[01])"  # 2024-03-01
    r"|\d{1,2}[-–./]\d{1,2}[-–./](?:19|20)\d\d"  # 1-3-2024
    r"|(?:1[89]|20)\d\d[ ]?[-–/][ ]?(?:1[89]|20)\d\d"  # 2015-2019
    r"|\d{1,3}(?:\.\d{3}){2,}"  # 25.000.000
    r"|(?:19|20)\d\d/\d{1,4}"  # an act of the European Union: 2024/1787
)
_AMOUNT_AFTER = re.compile(r"[ \u00a0]?(?:,\d\d|kr\b|kroner\b|DKK\b|€|euro\b|pct\b|%|m2\b|m²)", re.IGNORECASE)
# §§, amounts, companies, addresses of acts, and the numbers that authorities give their cases.
_NO_NUMBER_BEFORE = re.compile(
    r"(?:§§?|\bstk\.|\bkr\.?|\bDKK|\bcvr[\w.-]{0,8}|\beli/\S{0,40}"
    r"|\bj\.?\s?nr\.?|\bjournaln\w{0,8}\.?|\bsag(?:en|s?n\w{0,8})?\.?(?: \w{2,4}-)?|\b[A-ZÆØÅ]{2,4}-)"
    r"[ \u00a0:]*$",
    re.IGNORECASE,
)
_LOOK_BACK = 50
_NOT_DIGIT = re.compile(r"\D")


def find_personal_data(text: str) -> tuple[Finding, ...]:
    """The personal data in ``text``, in order, none of it overlapping.

    Where two readings of the same digits overlap the class named first in ``DataClass`` is kept: a CPR
    number is never called a phone number.
    """
    order = list(DataClass)
    taken: list[Finding] = []
    for found in sorted(_all(text), key=lambda f: (order.index(f.kind), f.span.start, -len(f.span))):
        if all(found.span.end <= t.span.start or t.span.end <= found.span.start for t in taken):
            taken.append(found)
    return tuple(sorted(taken, key=lambda f: f.span))


def _all(text: str) -> Iterator[Finding]:
    for pattern in (_NAMED_CPR, _LAST_FOUR, _CPR):
        for match in pattern.finditer(text):
            yield _finding(DataClass.CPR, match)
    for match in _IBAN.finditer(text):
        if iban.is_valid(match.group().replace("\u00a0", " ")):
            yield Finding(
                DataClass.ACCOUNT, Span(*match.span()), iban.compact(match.group().replace("\u00a0", ""))
            )
    for match in _NAMED_ACCOUNT.finditer(text):
        if len(_digits(match.group(1))) <= _ACCOUNT_DIGITS:
            yield _finding(DataClass.ACCOUNT, match)
    for match in _ACCOUNT.finditer(text):
        if not _is_other(text, match.start(), match.end()):
            yield _finding(DataClass.ACCOUNT, match)
    for match in _EMAIL.finditer(text):
        yield Finding(DataClass.EMAIL, Span(*match.span()), re.sub(r"\s", "", match.group()).lower())
    yield from _phones(text)


def _phones(text: str) -> Iterator[Finding]:
    for match in PhoneNumberMatcher(text, "DK", leniency=Leniency.VALID, max_tries=len(text)):
        if _is_other(text, match.start, match.end):
            continue
        number = match.number
        yield Finding(
            DataClass.PHONE, Span(match.start, match.end), f"+{number.country_code}{number.national_number}"
        )


def _is_other(text: str, start: int, end: int) -> bool:
    """Whether digits that could be a phone or account number are a date, an amount or a case's number."""
    return bool(
        _NOT_PERSONAL.fullmatch(text, start, end)
        or _AMOUNT_AFTER.match(text, end)
        or _NO_NUMBER_BEFORE.search(text[max(0, start - _LOOK_BACK) : start])
    )


def _finding(kind: DataClass, match: re.Match[str]) -> Finding:
    """The digits of the pattern's group, or of all of it where it has none."""
    group = match.re.groups
    return Finding(kind, Span(*match.span(group)), _digits(match.group(group)))


def _digits(written: str) -> str:
    return _NOT_DIGIT.sub("", written)
