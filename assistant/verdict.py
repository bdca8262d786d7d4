"""The guard against verdicts: one guard over everything that leaves, in Danish and English.

``asks_for_verdict`` reads what comes in; ``check_sentence`` and ``guard_texts`` read what goes out. Words
that were verified to stand in a source are the source's and pass; nothing else that says or hints how the
case should end does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from fnmatch import fnmatchcase

from assistant.verdict_anchors import is_anchored
from assistant.verdict_messages import INSTEAD, LEFT_OUT, WHY_NOT
from assistant.verdict_requests import find_request, find_staged
from assistant.verdict_sentences import find_verdict
from assistant.verdict_text import clean, mask, readings, tokens
from assistant.verdict_types import Asked, Breach, Reason, Verdict, VerdictRequest
from corpus.sentences import sentences
from corpus.types import Span

__all__ = [
    "Asked",
    "Breach",
    "Reason",
    "Verdict",
    "VerdictRequest",
    "asks_for_verdict",
    "check_sentence",
    "guard_texts",
    "quoted_spans",
]

# Fewer words than this borrow for a sentence of one's own («Betingelsen er »opfyldt«»), unless
# they are a whole sentence («Afgørelsen stadfæstes.»).
SHORTEST_QUOTE = 4
_OPENING, _CLOSING = "»«\"“„'‘”", "«»\"”“'’"


def asks_for_verdict(text: str) -> VerdictRequest | None:
    """Whether a case or a query asks for a verdict, openly or in disguise; the first such words.

    A case is searched all the same: the message is laid beside the answer, it does not replace it.
    """
    for reading in readings(text):
        found = find_request(reading.words)
        if found:
            asked, words = found
            return _request(Asked.DISGUISE if reading.hidden else asked, words)
    # What is staged over several lines («Dommer: … Assistent:») is seen in the whole text only.
    found = find_staged(tokens(clean(text)))
    return _request(*found) if found else None


def check_sentence(
    text: str, language: str = "da", quoted: Sequence[Span] = (), *, free: bool = False
) -> Verdict | None:
    """The first verdict said or hinted in ``text``; ``None`` where it may leave.

    Args:
        text: a sentence, or a few.
        language: of the message, "da" or "en". The text is read in both: a verdict in the other is one too.
        quoted: stretches of ``text`` that were verified to stand verbatim in a source. They are not read,
            unless they are too short to be more than a borrowed word; quotation marks around them are theirs.
        free: whether a machine put the words together freely, and no person wrote them beforehand as a
            template. Then each main clause must also show what it speaks of: see ``verdict_anchors``.
    """
    spans = [s for s in (_with_marks(text, span) for span in quoted) if _is_quote(text, s)]
    if sum(len(s) for s in spans) >= len(text.strip()) > 0:
        return None
    for reading in readings(mask(text, spans)):
        found = find_verdict(reading.words)
        if found:
            reason = Reason.DISGUISE if reading.hidden else found.reason
            return _verdict(reason, found.words, language)
        if free and not reading.hidden and not is_anchored(reading.words):
            return _verdict(Reason.UNGROUNDED, reading.words.strip(), language)
    return None


def guard_texts(
    structure: object, language: str = "da", verbatim: Collection[str] = (), path: str = ""
) -> tuple[Breach, ...]:
    """Every verdict in the strings of ``structure``: mappings, sequences and dataclasses, at any depth.

    Args:
        structure: what is about to leave.
        verbatim: patterns of paths whose strings are verified words of a source, recorded outcomes or the
            user's own text («precedents.*.outcome.*»); ``*`` stands for anything. They are not read.

    A statement's verified quotes are found by ``quoted_spans`` and given to ``check_sentence`` by the caller.
    """
    return tuple(
        Breach(where, span, verdict)
        for where, text in strings(structure, path)
        if not any(fnmatchcase(where, pattern) for pattern in verbatim)
        for span in sentences(text, Span(0, len(text)))
        if (verdict := check_sentence(span.of(text), language)) is not None
    )


def strings(structure: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string in ``structure`` with its path («rules.0.heading»); keys of mappings are not texts."""
    if isinstance(structure, Enum):
        return
    if isinstance(structure, str):
        yield path, structure
        return
    items: Iterator[tuple[str, object]]
    if isinstance(structure, Mapping):
        items = ((str(key), value) for key, value in structure.items())
    elif is_dataclass(structure) and not isinstance(structure, type):
        items = ((field.name, getattr(structure, field.name)) for field in fields(structure))
    elif isinstance(structure, Sequence | set | frozenset) and not isinstance(structure, bytes):
        items = ((str(index), value) for index, value in enumerate(structure))
    else:
        return
    for name, value in items:
        yield from strings(value, f"{path}.{name}" if path else name)


def quoted_spans(text: str, quotes: Sequence[str]) -> tuple[Span, ...]:
    """Where verified ``quotes`` stand in ``text`` between quotation marks, or are all of it."""
    found: list[Span] = []
    for quote in quotes:
        if not quote:
            continue
        if text.strip() == quote.strip():
            return (Span(0, len(text)),)
        for match in re.finditer(re.escape(quote), text):
            start, end = match.span()
            if (
                text[start - 1 : start] in _OPENING
                and start
                and text[end : end + 1] in _CLOSING
                and end < len(text)
            ):
                found.append(Span(start, end))
    return tuple(sorted(found))


def _verdict(reason: Reason, words: str, language: str) -> Verdict:
    return Verdict(reason, words, LEFT_OUT[reason][language != "da"])


def _request(asked: Asked, words: str) -> VerdictRequest:
    danish, english = WHY_NOT[asked]
    return VerdictRequest(asked, words, f"{danish} {INSTEAD[0]}", f"{english} {INSTEAD[1]}")


def _with_marks(text: str, span: Span) -> Span:
    """The span with the quotation marks that stand right around it."""
    start, end = span.start, min(span.end, len(text))
    if start and end < len(text) and text[start - 1] in _OPENING and text[end] in _CLOSING:
        return Span(start - 1, end + 1)
    return Span(start, end)


def _is_quote(text: str, span: Span) -> bool:
    quote = span.of(text)
    words = quote.strip(_OPENING + _CLOSING + " ")
    whole = words[:1].isupper() and words[-1:] in ".!?"
    return whole or span == Span(0, len(text)) or len(quote.split()) >= SHORTEST_QUOTE
