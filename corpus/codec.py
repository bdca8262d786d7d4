"""How the store writes values to bytes: JSON for what people may want to read, packed arrays for the rest."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import numpy as np
import zstandard

from corpus.types import Anchor, Footnote, Metadata, OffsetMap, Page, Span

_LEVEL = 6  # zstd: measured on 702 acts, level 6 halves the size of level 1 at twice its time


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands beside the text of a document and is read rarely.

    ``contexts`` holds the different (chapter, heading) pairs that provisions name by their position.
    """

    contexts: tuple[tuple[str, str], ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    pages: tuple[Page, ...] = ()
    preamble: Span | None = None


def compress(data: bytes) -> bytes:
    """zstd-compressed bytes."""
    packed: bytes = zstandard.ZstdCompressor(level=_LEVEL).compress(data)
    return packed


def decompress(data: bytes) -> bytes:
    """The bytes that ``compress`` was given."""
    plain: bytes = zstandard.ZstdDecompressor().decompress(data)
    return plain


def dump_json(value: object) -> str:
    """Compact JSON with Danish letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def load_strings(text: str) -> tuple[str, ...]:
    """A JSON list of strings as a tuple."""
    return tuple(json.loads(text))


def dump_metadata(metadata: Metadata) -> str:
    """Metadata as JSON; fields that say nothing are left out."""
    fields = {f.name: getattr(metadata, f.name) for f in dataclasses.fields(metadata)}
    return dump_json({name: value for name, value in fields.items() if value not in ("", None, ())})


def load_metadata(text: str) -> Metadata:
    """The inverse of ``dump_metadata``."""
    result: Metadata = _build(Metadata, json.loads(text))
    return result


def dump_offsets(offsets: OffsetMap) -> bytes:
    """Anchors as five int32 columns and a table of parts, compressed."""
    parts: dict[str, int] = {}
    rows = [
        (a.start, a.end, parts.setdefault(a.part, len(parts)), a.raw_start, a.raw_end, a.exact)
        for a in offsets.anchors
    ]
    head = dump_json(list(parts)).encode()
    body = np.array(rows, dtype=np.int32).reshape(-1, 6).T.tobytes()
    return compress(len(head).to_bytes(4, "little") + head + body)


def load_offsets(data: bytes) -> OffsetMap:
    """The inverse of ``dump_offsets``."""
    plain = decompress(data)
    size = int.from_bytes(plain[:4], "little")
    parts = load_strings(plain[4 : 4 + size].decode())
    columns = np.frombuffer(plain, dtype=np.int32, offset=4 + size).reshape(6, -1)
    return OffsetMap(
        tuple(
            Anchor(start, end, parts[part], raw_start, raw_end, bool(exact))
            for start, end, part, raw_start, raw_end, exact in columns.T.tolist()
        )
    )


def dump_layout(layout: Layout) -> bytes:
    """A layout as compressed JSON."""
    return compress(dump_json(dataclasses.asdict(layout)).encode())


def load_layout(data: bytes) -> Layout:
    """The inverse of ``dump_layout``."""
    result: Layout = _build(Layout, json.loads(decompress(data)))
    return result


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"no JSON form for {type(value).__name__}")


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _build(hint: Any, value: Any) -> Any:
    """A value of type ``hint`` out of plain JSON."""
    return _builder(hint)(value)


@cache
def _builder(hint: Any) -> Callable[[Any], Any]:
    """What makes values of type ``hint``; a type is taken apart once, and not for every value."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        (inner,) = [a for a in typing.get_args(hint) if a is not type(None)]
        make = _builder(inner)
        return lambda value: None if value is None else make(value)
    if origin is tuple:
        several = typing.get_args(hint)
        if several[-1] is Ellipsis:
            each = _builder(several[0])
            return lambda value: tuple(map(each, value))
        makes = [_builder(h) for h in several]
        return lambda value: tuple(m(item) for m, item in zip(makes, value, strict=True))
    if dataclasses.is_dataclass(hint):
        fields = {name: _builder(h) for name, h in _hints(typing.cast(type, hint)).items()}
        cls = typing.cast(Any, hint)
        return lambda value: cls(**{name: fields[name](item) for name, item in value.items()})
    if hint is dt.date:
        return dt.date.fromisoformat
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return lambda value: value
