"""PDF: the text of each page as pypdf extracts it, lines joined to blocks, running heads left out.

A PDF holds glyphs at places, not paragraphs: blocks are told by the units of a statute and by lines that
break before they are full (``blocks.goes_on``). Lines in two columns come in the order the file draws
them. A scanned page has no text: it needs optical character recognition first.
"""

from __future__ import annotations

import logging
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

from corpus.errors import EncryptedError, HjemmelError, NoTextError, TooLargeError, UnreadableError
from corpus.parsing.assemble import assemble
from corpus.parsing.blocks import Block, Chunk, Line, blank_after, goes_on, lines_of, wrap_width
from corpus.parsing.limits import DEFAULT_LIMITS, Deadline, Limits
from corpus.parsing.text import normalise
from corpus.types import OffsetMap, Page, ParsedDocument, RawRecord, Span

PARSER = "pdf/1"

_HEAD_LINES = 2  # running heads and feet stand in the first and last lines of a page
_FEWEST_REPEATS = 3  # pages that must repeat a line before it counts as a running head
_LEAST_SHARE = 0.3  # and the share of all pages: left and right heads alternate
_FEWEST_NUMBERS = 2  # pages that must be numbered in step; a single number may be anything
_HIGHEST_PAGE = 1_000_000
_LONGEST_HEAD = 150
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:side|s\.|page)?\s*(\d{1,4})(?:\s*(?:af|of|/)\s*\d{1,4})?[-–—.\s]*", re.IGNORECASE
)
_EDGE_NUMBER = re.compile(r"^\d{1,4}\s+|\s+(?:side\s+)?\d{1,4}(?:\s*(?:af|/)\s*\d{1,4})?$", re.IGNORECASE)
_UNDECODED = "Impossible to decode"  # pypdf's message when it leaves a drawing out
_UNIT = re.compile(r"§|Stk\.|\d{1,3}\)|[a-zæøå]\)")
_HYPHENATED = re.compile(r"[^\W\d_][-\u2010\u00ad]$")
# «syge- og barselsdagpenge»: the hyphen stands for the word that follows.
_COORDINATES = re.compile(r"(?:og|eller|samt|men|henholdsvis|hhv\.|til|/)\b")


def parse(record: RawRecord, limits: Limits = DEFAULT_LIMITS) -> ParsedDocument:
    """The document in a PDF file.

    Raises:
        EncryptedError: it needs a password.
        NoTextError: no page has text (a scan, an empty file).
        TooLargeError: over the limits on pages, time or the size of a stream.
        UnreadableError: it is no PDF, or a broken one.
    """
    if not record.data.strip():
        raise NoTextError("PDF-filen er tom.", "Kontrollér, at den er hentet helt.")
    with _messages() as messages:
        try:
            with apply_configuration(
                zlib_maximum_output_length=limits.stream_bytes,
                lzw_maximum_output_length=limits.stream_bytes,
                run_length_maximum_output_length=limits.stream_bytes,
                array_based_stream_maximum_output_length=limits.stream_bytes,
            ):
                pages, title = _read(record.data, limits)
        except HjemmelError:
            raise
        except (DependencyError, FileNotDecryptedError):
            raise _encrypted() from None
        except LimitReachedError as error:
            raise TooLargeError(
                f"PDF-filen er over en grænse: {error}", "Gem den på ny som PDF, eller del den."
            ) from None
        except Exception as error:  # pypdf documents that a broken file may raise anything
            raise UnreadableError(
                f"PDF-filen er beskadiget ({type(error).__name__}).",
                "Hent den igen, eller gem den på ny som PDF.",
            ) from None
    if not pages:
        raise NoTextError("PDF-filen har ingen sider.", "Kontrollér, at den er hentet helt.")
    empty = [number for number, text in enumerate(pages, 1) if not normalise(text)]
    if len(empty) == len(pages):
        raise NoTextError(
            f"PDF-filen har {len(pages)} sider uden tekst: den er scannet.", "Kør OCR på den, og prøv igen."
        )
    warnings = [_without_text(empty, len(pages))] if empty else []
    if any(_UNDECODED in message for message in messages):
        warnings.append(
            "Noget i PDF-filen kunne ikke pakkes ud, så der kan mangle tekst. Gem den på ny som PDF."
        )
    elif messages:
        warnings.append(f"PDF-filen er ikke helt efter standarden ({len(messages)} bemærkninger).")
    lines = [list(lines_of(text, f"page:{number}")) for number, text in enumerate(pages, 1)]
    kept, dropped = _without_running_heads(lines)
    if dropped:
        shown = ", ".join(f"«{words}»" for words in dropped[:3]) + (" …" if len(dropped) > 3 else "")
        warnings.append(f"Sidehoveder, sidefødder og sidetal er udeladt af teksten: {shown}.")
    width = wrap_width(len(line.words) for page in kept for line in page)
    document = assemble(
        list(_blocks([line for page in kept for line in page], width)),
        address=record.address,
        parser=PARSER,
        title=title,
        warnings=warnings,
    )
    return replace(document, pages=_pages(document.offsets, len(pages)))


def _read(data: bytes, limits: Limits) -> tuple[list[str], str]:
    """The text of each page, and the title of the file's properties."""
    deadline = Deadline(limits)
    reader = PdfReader(BytesIO(data))
    # An empty password opens files that are only locked against printing or copying.
    if reader.is_encrypted and not reader.decrypt(""):
        raise _encrypted()
    count = len(reader.pages)
    if count > limits.pages:
        raise TooLargeError(
            f"PDF-filen har {count} sider, og grænsen er {limits.pages}.",
            "Del den, eller hæv grænsen `pages`.",
        )
    texts: list[str] = []
    for number, page in enumerate(reader.pages, 1):

        def check(*_: object, number: int = number) -> None:
            deadline.check(f"side {number} af {count}")

        check()
        texts.append(page.extract_text(visitor_operand_before=check))
    title = reader.metadata.title if reader.metadata else ""
    return texts, normalise(title or "")


def _encrypted() -> EncryptedError:
    return EncryptedError(
        "PDF-filen er beskyttet med adgangskode.", "Gem en kopi uden adgangskode, og prøv igen."
    )


def _without_text(empty: Sequence[int], count: int) -> str:
    shown = ", ".join(map(str, empty[:10])) + (" …" if len(empty) > 10 else "")
    return f"{len(empty)} af {count} sider er uden tekst (side {shown}): er de scannet, så kør OCR."


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[str]]:
    """The lines of each page without running heads, feet and page numbers, and what was left out."""
    edges = [_edges(page) for page in pages]
    repeats = Counter(key for page in edges for key in {_head_key(line) for line in page})
    least = max(_FEWEST_REPEATS, _LEAST_SHARE * len(pages))
    # Page numbers count up with the pages; a number that does not is the end of a sentence.
    steps = Counter(s for n, page in enumerate(edges) for s in {_number(line) - n for line in page})
    fewest = max(_FEWEST_NUMBERS, min(_FEWEST_REPEATS, len(pages)))
    dropped: dict[str, str] = {}
    kept: list[list[Line]] = []
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        out: set[int] = set()
        for line in edge:
            key = _head_key(line)
            if repeats[key] >= least if key else steps[_number(line) - number] >= fewest:
                out.add(line.start)
                dropped.setdefault(key, line.words)
        kept.append([line for line in page if line.start not in out])
    return kept, list(dropped.values())


def _edges(page: Sequence[Line]) -> list[Line]:
    """The first and last lines of a page that could be a running head or foot."""
    printed = [line for line in page if line.words]
    near = printed[:_HEAD_LINES] + printed[max(_HEAD_LINES, len(printed) - _HEAD_LINES) :]
    return [line for line in near if len(line.words) <= _LONGEST_HEAD and not _UNIT.match(line.words)]


def _number(line: Line) -> int:
    """The number that a line consists of as a page number; below every page number for other lines."""
    match = _PAGE_NUMBER.fullmatch(line.words)
    return int(match[1]) if match else -_HIGHEST_PAGE


def _head_key(line: Line) -> str:
    """What a running head says on every page: its words without the page's number."""
    return "" if _PAGE_NUMBER.fullmatch(line.words) else " ".join(_EDGE_NUMBER.sub("", line.words).split())


def _blocks(lines: Sequence[Line], width: int) -> Iterator[Block]:
    """Blocks out of lines, words that were hyphenated at a line end made whole again."""
    chunks: list[Chunk] = []
    previous: Line | None = None
    for line in lines:
        if not line.words:
            continue
        chunk = line.chunk()
        if previous is None:
            chunks = [chunk]
        elif _HYPHENATED.search(previous.words) and line.words[0].islower():
            chunks[-1:] = _rejoined(chunks[-1], previous, line)
            chunks.append(chunk.cut(len(line.text) - len(line.text.lstrip()))[1])
        elif goes_on(previous.text, line.text, width):
            chunks += [blank_after(chunks[-1]), chunk]
        else:
            yield Block(tuple(chunks))
            chunks = [chunk]
        previous = line
    if chunks:
        yield Block(tuple(chunks))


def _rejoined(last: Chunk, previous: Line, line: Line) -> list[Chunk]:
    """The end of the line above as it stands before the rest of its word."""
    end = last.cut(len(last.text.rstrip()))[0]
    if _COORDINATES.match(line.words):
        return [end, blank_after(end)]
    stem = previous.words[:-1].split()[-1]
    # «EU-\nretten» has its hyphen by right: a word that begins in capitals is an abbreviation.
    return [end] if stem.isupper() and previous.words[-1] != "\u00ad" else [end.cut(len(end.text) - 1)[0]]


def _pages(offsets: OffsetMap, count: int) -> tuple[Page, ...]:
    """The span of each page: from its first word to its last."""
    spans: dict[int, Span] = {}
    for anchor in offsets.anchors:
        number = int(anchor.part.removeprefix("page:"))
        start = spans[number].start if number in spans else anchor.start
        spans[number] = Span(start, anchor.end)
    pages: list[Page] = []
    here = 0
    for number in range(1, count + 1):
        span = spans.get(number, Span(here, here))
        pages.append(Page(number, span))
        here = span.end
    return tuple(pages)


class _Collector(logging.Handler):
    """Takes pypdf's messages in, since they quote the file and belong on no screen and in no log."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if threading.get_ident() == self._thread:
            self.messages.append(record.msg)


class _Quiet:
    """Keeps pypdf's messages from screen and log while files are read, in however many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._readers = 0
        self._propagate = True

    @contextmanager
    def __call__(self) -> Iterator[list[str]]:
        """The messages about one file; the logger is left as it was found."""
        logger = logging.getLogger("pypdf")
        collector = _Collector()
        with self._lock:
            if not self._readers:
                self._propagate = logger.propagate
            self._readers += 1
            logger.propagate = False
            logger.addHandler(collector)
        try:
            yield collector.messages
        finally:
            with self._lock:
                self._readers -= 1
                logger.removeHandler(collector)
                if not self._readers:
                    logger.propagate = self._propagate


_messages = _Quiet()
