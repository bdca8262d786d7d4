"""LexDania 2.1, the XML of the official register: acts, amending acts, orders and decisions.

Read this file first; the walk over an act is in ``lexdania_acts``, over a decision in
``lexdania_decisions``.
"""

from __future__ import annotations

from dataclasses import replace

from corpus.errors import NoTextError, UnsupportedError
from corpus.outcomes import recorded_outcomes
from corpus.parsing import lexdania_decisions as decisions
from corpus.parsing.lexdania_acts import ActWalker
from corpus.parsing.lexdania_meta import consolidates, metadata, type_of
from corpus.parsing.lexdania_provisions import provisions
from corpus.parsing.lexdania_text import Writer, trimmed
from corpus.parsing.lexdania_xml import Node, Tree, check_size, decode, read_tree
from corpus.parsing.limits import DEFAULT_LIMITS, Limits
from corpus.types import DocumentType, ParsedDocument, RawRecord

PARSER = "lexdania/1"
_DECISIONS = frozenset({DocumentType.DECISION, DocumentType.JUDGMENT})


def parse(record: RawRecord, limits: Limits = DEFAULT_LIMITS) -> ParsedDocument:
    """The document in a LexDania file.

    Offsets of the way back count characters of ``lexdania_xml.decode(record.data)``.

    Raises:
        NoTextError: the file or the document is empty.
        UnreadableError: it is not well-formed XML, or declares a document type or entities.
        UnsupportedError: it is XML, but not LexDania.
        TooLargeError: it is over the limit of bytes or of nesting.
    """
    check_size(len(record.data), limits.record_bytes)
    tree = read_tree(decode(record.data))
    _check_lexdania(tree.root)
    document = _decision(tree) if _is_decision(tree.root) else _act(tree)
    if not document.text:
        raise NoTextError("LexDania-filen har ingen tekst.", "Hent dokumentet igen, eller brug dets PDF.")
    return document


def _act(tree: Tree) -> ParsedDocument:
    writer = Writer(tree)
    walk = ActWalker(tree.root, writer)
    text, offsets, footnotes = writer.finish()
    preamble = trimmed(text, walk.preamble.start, walk.preamble.end) if walk.preamble else None
    about = metadata(tree.root, _printed_title(tree.root))
    if preamble and about.type is DocumentType.CONSOLIDATED_ACT:
        about = replace(about, relations=about.relations + consolidates(preamble.of(text)))
    return ParsedDocument(
        about,
        text,
        offsets,
        provisions=provisions(text, walk.drafts),
        footnotes=footnotes,
        preamble=preamble,
        parser=PARSER,
        warnings=tuple(walk.warnings),
    )


def _decision(tree: Tree) -> ParsedDocument:
    writer = Writer(tree)
    walk = decisions.DecisionWalker(tree.root, writer)
    text, offsets, footnotes = writer.finish()
    found = decisions.sections(text, walk.drafts)
    about = replace(
        metadata(tree.root, _printed_title(tree.root)),
        legal_basis=decisions.legal_basis(text, found),
        outcomes=recorded_outcomes(text, found),
    )
    return ParsedDocument(about, text, offsets, sections=found, footnotes=footnotes, parser=PARSER)


def _is_decision(root: Node) -> bool:
    """By its type, unless it is laid out in §§ (an order of a council is sometimes typed so)."""
    content = root.first("DokumentIndhold")
    return type_of(root) in _DECISIONS and not (content and content.first("Bog"))


def _check_lexdania(root: Node) -> None:
    if root.tag != "Dokument" or root.first("Meta") is None or root.first("DokumentIndhold") is None:
        raise UnsupportedError(
            f"XML-filen er ikke LexDania: dens rod er <{root.tag[:40]}>, og der ventes <Dokument> med <Meta> "
            "og <DokumentIndhold>.",
            "Hent dokumentet som XML fra Retsinformation, eller brug dets HTML eller PDF.",
        )


def _printed_title(root: Node) -> str:
    group = root.first("TitelGruppe")
    return group.child_words("Titel") if group else ""
