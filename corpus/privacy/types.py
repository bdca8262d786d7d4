"""The vocabulary of privacy: what personal data is found, and what stands in its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.types import Span


class DataClass(StrEnum):
    """The classes of personal data that are recognised."""

    CPR = "cpr"  # the Danish personal number
    ACCOUNT = "account"  # IBAN, or registration and account number
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal data in a text. ``value`` is its bare form: what two ways of writing it share."""

    kind: DataClass
    span: Span  # in the text that was searched
    value: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """A pseudonym that stands where personal data stood. What stood there is not part of it."""

    kind: DataClass
    pseudonym: str  # "[cpr-nummer 1]"; the same data has the same pseudonym throughout a text
    span: Span  # of the pseudonym in the text with pseudonyms
