"""Official identifiers of documents: statutes, decisions, law reports and acts of the Union."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from corpus.errors import CitationError
from corpus.identifiers.dates import DATE_PATTERN, parse_date, print_date, print_short_date
from corpus.types import DocumentType


def _cleaned(text: str) -> str:
    return " ".join(text.split())


def _refuse(text: str, what: str, example: str) -> CitationError:
    return CitationError(f"«{text[:80]}» is not {what}.", f"Write it like «{example}».")


@dataclass(frozen=True, slots=True, order=True)
class Eli:
    """A European Legislation Identifier: ``/eli/lta/2023/1031``, with a file format where given.

    ``medium`` is the gazette or register (lta, ltb, ltc, retsinfo, mt, fob). A full address and a
    language («/dan/xml») are accepted and do not pass into the value.
    """

    medium: str
    year: int
    number: int
    format: str = ""

    def __str__(self) -> str:
        base = f"/eli/{self.medium}/{self.year}/{self.number}"
        return f"{base}/{self.format}" if self.format else base

    @property
    def slug(self) -> str:
        """An address-safe form that names the document whatever the format: ``lta-2023-1031``."""
        return f"{self.medium}-{self.year}-{self.number}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """From ``/eli/…`` or a full address that holds it."""
        match = _ELI.fullmatch(text.strip())
        if not match:
            raise _refuse(text, "an ELI", "/eli/lta/2023/1031")
        return cls(match[1].lower(), int(match[2]), int(match[3]), (match[4] or "").lower())


_ELI = re.compile(
    r"(?:(?:https?://)?[\w.-]{1,100}(?=/))?/?eli/([a-z]{2,12})/([1-9]\d{3})/([1-9]\d{0,5})"
    r"(?:/(?:dan|da|eng|en))?(?:[/.](pdf|xml|rawhtml|html|ttl|rdf|json))?/?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class AccessionNumber:
    """The register's key: series, year, number and two digits of document type (A20230103129)."""

    series: str
    year: int
    number: int
    code: str

    def __str__(self) -> str:
        return f"{self.series}{self.year}{self.number:05d}{self.code}"

    @property
    def kind(self) -> NameKind | None:
        """The kind of name that goes with the code; None where the code is used for several."""
        return _KIND_OF_CODE.get(self.code) if self.series in "AB" else None

    @classmethod
    def parse(cls, text: str) -> Self:
        """From the twelve characters, in either case."""
        match = _ACCESSION.fullmatch(text.strip().upper())
        if not match:
            raise _refuse(text, "an accession number", "A20230103129")
        return cls(match[1], int(match[2]), int(match[3]), match[4])


_ACCESSION = re.compile(r"([A-Z])([12]\d{3})(\d{5})(\d{2})", re.ASCII)


class NameKind(StrEnum):
    """The short names of document types in the official register."""

    LBK = "LBK"
    LOV = "LOV"
    BEK = "BEK"
    ANO = "ANO"
    CIR = "CIR"
    CIS = "CIS"
    VEJ = "VEJ"
    SKR = "SKR"
    KEN = "KEN"
    AFG = "AFG"


KIND_WORDS = {
    NameKind.LBK: "lovbekendtgørelse",
    NameKind.LOV: "lov",
    NameKind.BEK: "bekendtgørelse",
    NameKind.ANO: "anordning",
    NameKind.CIR: "cirkulære",
    NameKind.CIS: "cirkulæreskrivelse",
    NameKind.VEJ: "vejledning",
    NameKind.SKR: "skrivelse",
    NameKind.KEN: "kendelse",
    NameKind.AFG: "afgørelse",
}
_KIND_OF_CODE = {"29": NameKind.LBK, "30": NameKind.LOV, "05": NameKind.BEK, "03": NameKind.ANO}
# Abbreviations met in decisions and journal notes.
KIND_OF_WORD = {
    **{word: kind for kind, word in KIND_WORDS.items()},
    **{kind.value.lower(): kind for kind in NameKind},
    "lovbek": NameKind.LBK,
    "lovbkg": NameKind.LBK,
    "lovbekg": NameKind.LBK,
    "lbkg": NameKind.LBK,
    "lbk": NameKind.LBK,
    "bkg": NameKind.BEK,
    "bekg": NameKind.BEK,
    "cirk": NameKind.CIR,
    "vejl": NameKind.VEJ,
}
TYPE_OF_KIND = {
    NameKind.LBK: DocumentType.CONSOLIDATED_ACT,
    NameKind.LOV: DocumentType.ACT,
    NameKind.BEK: DocumentType.ORDER,
    NameKind.ANO: DocumentType.ORDER,
    NameKind.CIR: DocumentType.CIRCULAR,
    NameKind.CIS: DocumentType.CIRCULAR,
    NameKind.VEJ: DocumentType.GUIDANCE,
    NameKind.SKR: DocumentType.GUIDANCE,
    NameKind.KEN: DocumentType.DECISION,
    NameKind.AFG: DocumentType.DECISION,
}


@dataclass(frozen=True, slots=True, order=True)
class OfficialName:
    """Kind, number and date of a document, in the short or the long form.

    Short: «LBK nr 1031 af 22/06/2023». Long: «lovbekendtgørelse nr. 1031 af 22. juni 2023».
    """

    kind: NameKind
    number: int
    date: dt.date

    def __str__(self) -> str:
        return f"{self.kind} nr {self.number} af {print_short_date(self.date)}"

    @property
    def long(self) -> str:
        """As it stands in running text."""
        return f"{KIND_WORDS[self.kind]} nr. {self.number} af {print_date(self.date)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """From either form, with the usual abbreviations («lovbkg. nr. 1031 af 22.06.2023»)."""
        match = _NAME.fullmatch(_cleaned(text))
        kind = KIND_OF_WORD.get(match[1].lower()) if match else None
        if not match or kind is None:
            raise _refuse(text, "the name of a document", "LBK nr 1031 af 22/06/2023")
        return cls(kind, int(match[2]), parse_date(match[3]))


_NAME = re.compile(
    rf"([a-zæøå]{{2,20}})\.? ?nr\.? ?(\d{{1,6}}) af (?:den |d\. ?)?({DATE_PATTERN})", re.IGNORECASE | re.ASCII
)

# The series began in 1976; two digits from 76 mean the twentieth century.
_FIRST_DECISION_YEAR = 76
# From 2019 the appeals board publishes «principmeddelelser»; earlier ones are «principafgørelser».
FIRST_NOTICE_YEAR = 2019


@dataclass(frozen=True, slots=True, order=True)
class DecisionNumber:
    """The number of a published decision of the appeals board: «28-24», «A-12-06», «B-5-07»."""

    number: int
    year: int  # four digits
    series: str = ""

    def __str__(self) -> str:
        head = f"{self.series}-" if self.series else ""
        return f"{head}{self.number}-{self.year % 100:02d}"

    @property
    def long(self) -> str:
        """With the name the series had in that year: «principmeddelelse 28-24»."""
        return f"{'principmeddelelse' if self.year >= FIRST_NOTICE_YEAR else 'principafgørelse'} {self}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """From the bare number, or with the word before it."""
        match = _DECISION.fullmatch(_cleaned(text))
        if not match:
            raise _refuse(text, "the number of a decision", "principmeddelelse 28-24")
        short = int(match[3])
        century = 1900 if short >= _FIRST_DECISION_YEAR else 2000
        return cls(int(match[2]), century + short, (match[1] or "").upper())


_DECISION = re.compile(
    r"(?:(?:ankestyrelsens )?princip(?:meddelelse|afgørelse)[nr]? ?(?:nr\.? ?)?)?"
    r"(?:([A-ZÆØÅ]{1,3})-)?([1-9]\d{0,3})-(\d{2})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class Celex:
    """A CELEX number of Union law: sector, year, type and number (32004R0883)."""

    value: str

    def __str__(self) -> str:
        return self.value

    @classmethod
    def parse(cls, text: str) -> Self:
        """With or without the word CELEX before it."""
        match = _CELEX.fullmatch(text.strip().upper())
        if not match:
            raise _refuse(text, "a CELEX number", "32004R0883")
        return cls(match[1])


CELEX_PATTERN = r"[0-9CE](?:19|20)\d{2}[A-Z]{1,2}\d{4}(?:\(\d{2}\)|R\(\d{2}\)|-\d{8})?"
_CELEX = re.compile(rf"(?:CELEX:? ?)?({CELEX_PATTERN})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Ecli:
    """A European Case Law Identifier: ``ECLI:EU:C:2014:317``."""

    country: str
    court: str
    year: int
    ordinal: str

    def __str__(self) -> str:
        return f"ECLI:{self.country}:{self.court}:{self.year}:{self.ordinal}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """From the five parts, in either case."""
        match = _ECLI.fullmatch(text.strip().upper())
        if not match:
            raise _refuse(text, "an ECLI", "ECLI:EU:C:2014:317")
        return cls(match[1], match[2], int(match[3]), match[4])


ECLI_PATTERN = r"ECLI:([A-Z]{2}):([A-Z0-9]{1,7}):([12]\d{3}):([A-Z0-9](?:[A-Z0-9.]{0,23}[A-Z0-9])?)"
_ECLI = re.compile(ECLI_PATTERN, re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class LawReport:
    """A case in Ugeskrift for Retsvæsen: year, page and the letter of the court («U 2010.415 H»)."""

    year: int
    page: str  # digits; «415/1» where a page holds several
    court: str = ""

    def __str__(self) -> str:
        return f"U {self.year}.{self.page} {self.court}".rstrip()

    @classmethod
    def parse(cls, text: str) -> Self:
        """From the usual spellings («U2010.415H», «UfR 2010.415 H»)."""
        match = _REPORT.fullmatch(_cleaned(text))
        if not match:
            raise _refuse(text, "a reference to the law reports", "U 2010.415 H")
        return cls(int(match[1]), match[2], (match[3] or "").upper())


REPORT_PATTERN = r"(?:U|UfR)[. ]{0,2}((?:18|19|20)\d{2})[. ]{1,2}(\d{1,5}(?:/\d)?)(?:[. ]?(SH|[HØVSBDR])\b)?"
_REPORT = re.compile(REPORT_PATTERN, re.IGNORECASE)

# The Ombudsman's reports count pages until 2008, chapters in 2009-2010 and cases from 2011.
_FOB_PAGES_UNTIL = 2008
_FOB_CASES_FROM = 2011


@dataclass(frozen=True, slots=True, order=True)
class Fob:
    """A statement of the Parliamentary Ombudsman: «FOB 2004.410», «FOB 2010 20-7», «FOB 2019-7»."""

    year: int
    number: str

    def __str__(self) -> str:
        if self.year <= _FOB_PAGES_UNTIL:
            return f"FOB {self.year}.{self.number}"
        return f"FOB {self.year}{'-' if self.year >= _FOB_CASES_FROM else ' '}{self.number}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """With any of the three separators; two digits of year are read as 1955-2054."""
        match = _FOB.fullmatch(_cleaned(text))
        if not match:
            raise _refuse(text, "a statement of the Ombudsman", "FOB 2019-7")
        year = int(match[1])
        if year < 100:
            year += 1900 if year >= 55 else 2000  # the institution opened in 1955
        return cls(year, match[2])


FOB_PATTERN = r"FOB[. ]{0,2}((?:19|20)?\d{2})[. -]{1,2}(\d{1,4}(?:-\d{1,3})?)"
_FOB = re.compile(FOB_PATTERN, re.IGNORECASE)
