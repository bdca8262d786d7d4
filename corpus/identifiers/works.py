"""Which work a document is a version of, and the ids of works and documents."""

from __future__ import annotations

import hashlib
import re

from corpus.identifiers.names import AccessionNumber, Eli
from corpus.types import DocumentType, Metadata

# «Bekendtgørelse af lov om …», «Bekendtgørelse for Færøerne af lov om …», «Lovbekendtgørelse om …».
_WRAPPER = re.compile(
    r"(?:bekendtgørelse|lovbekendtgørelse)( for (?:Færøerne|Grønland))? af (?=\S)", re.IGNORECASE
)
_AMENDING = re.compile(
    r"(?:midlertidig )?lov (?:for (?:Færøerne|Grønland) )?om (?:ændring|ophævelse) af ", re.IGNORECASE
)
_POPULAR = re.compile(r"\s*\([^()]{0,100}lov(?:en)?\)\s*$", re.IGNORECASE)
_FICTION = re.compile(r"\s*\(FIKTIV\)\s*", re.IGNORECASE)
_DEFINITE = re.compile(r"^([a-zæøå-]+lov)(?=$| for )")
_DOTTED = re.compile(r"\b(m) ?\. ?(v|m|fl)\b\.?")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ö": "oe", "ä": "ae", "ü": "u"})
_UNSAFE = re.compile(r"[^a-z0-9]+")

# A title can run over 400 letters; an id that long does not fit into addresses people paste.
_LONGEST_SLUG = 120
_DIGEST = 8


def slug_of(text: str) -> str:
    """An address-safe form of ``text``; one over 120 letters is cut and ended with a checksum."""
    slug = _UNSAFE.sub("-", text.lower().translate(_LETTERS)).strip("-")
    if len(slug) <= _LONGEST_SLUG:
        return slug
    digest = hashlib.sha256(slug.encode()).hexdigest()[:_DIGEST]
    return f"{slug[: _LONGEST_SLUG - _DIGEST - 1].rstrip('-')}-{digest}"


def work_title(title: str) -> str:
    """The title of the work without its consolidation wrapper, as it stands inside a sentence.

    «Bekendtgørelse af lov om aktiv socialpolitik» becomes «lov om aktiv socialpolitik». A mark of
    fiction «(FIKTIV)» stays.
    """
    plain = " ".join(title.replace("\\n", " ").split())
    if match := _WRAPPER.match(plain):
        plain = plain[match.end() :] + (match[1] or "")
    # Only a plain capital is lowered: «EU-…» and «SU-loven» are names.
    return plain[0].lower() + plain[1:] if plain[1:2].islower() else plain


def is_amending(title: str, type: DocumentType) -> bool:
    """Whether the document is an amending act: by its type, or where the source says act, its title."""
    return type is DocumentType.AMENDING_ACT or bool(
        type is DocumentType.ACT and _AMENDING.match(work_title(title))
    )


def work_id(metadata: Metadata) -> str:
    """An address-safe id that all consolidations of a work share.

    A popular title in brackets, «m.v.» for «mv.» and «forvaltningslov» for «forvaltningsloven» make
    no difference; «(FIKTIV)» does. Empty where the document stands alone: amending acts, decisions,
    judgments and guidance have no versions, and a title in common must not chain them.
    """
    if metadata.type not in _CHAINED or is_amending(metadata.title, metadata.type):
        return ""
    title = work_title(metadata.title)
    fiction = metadata.fictional or bool(_FICTION.search(title))
    plain = _POPULAR.sub("", _FICTION.sub(" ", title).strip())
    slug = slug_of(_DEFINITE.sub(r"\1en", _DOTTED.sub(r"\1\2", plain)))
    # In front, where the cut of a long title cannot drop it.
    return f"fiktiv-{slug}" if fiction and slug else slug


_CHAINED = {DocumentType.ACT, DocumentType.CONSOLIDATED_ACT, DocumentType.ORDER, DocumentType.CIRCULAR}


def official_id(metadata: Metadata) -> str:
    """An address-safe id from the official identifiers: ELI, accession number, decision number.

    Empty where the metadata holds none of them.
    """
    if metadata.eli:
        return Eli.parse(metadata.eli).slug
    if metadata.accession_number:
        return str(AccessionNumber.parse(metadata.accession_number)).lower()
    if metadata.decision_number:
        return slug_of(f"{metadata.authority} {metadata.decision_number}")
    return ""
