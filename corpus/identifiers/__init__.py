"""Legal identifiers as values: parse them, print them, and cite with them.

Every value prints what it parses: ``parse(str(value)) == value``. What cannot be parsed raises
``CitationError`` with an example of what is accepted.
"""

from corpus.identifiers.cite import cite_document, cite_provision
from corpus.identifiers.dates import parse_date, print_date, print_short_date
from corpus.identifiers.locators import (
    parse_locator,
    parse_provision_id,
    parse_slug,
    provision_id,
)
from corpus.identifiers.names import (
    AccessionNumber,
    Celex,
    DecisionNumber,
    Ecli,
    Eli,
    Fob,
    LawReport,
    NameKind,
    OfficialName,
)
from corpus.identifiers.works import official_id, slug_of, work_id, work_title

__all__ = [
    "AccessionNumber",
    "Celex",
    "DecisionNumber",
    "Ecli",
    "Eli",
    "Fob",
    "LawReport",
    "NameKind",
    "OfficialName",
    "cite_document",
    "cite_provision",
    "official_id",
    "parse_date",
    "parse_locator",
    "parse_provision_id",
    "parse_slug",
    "print_date",
    "print_short_date",
    "provision_id",
    "slug_of",
    "work_id",
    "work_title",
]
