"""Records: one JSON object a document, as collections of law publish it.

The layout is told by its keys:

* ``provisions``: a statute split by §, with ``id`` («2023:1031»), ``title``, ``short_name``,
  ``issued_date``, ``url`` and ``description``.
* ``chapters``: a statute as a tree.
* ``_id``, ``_source``, ``title``, ``text``: a decision, order or guidance as its authority publishes it.
* ``title``, ``text``: our own layout, for a body's own decisions. Further keys, all of them optional:
  ``id``, ``type`` (a word of ``front_matter.TYPES`` or a value of ``DocumentType``), ``date``
  (2024-12-19), ``authority``, ``url``, ``outcomes``, ``status``, ``journal_number``,
  ``decision_number``, ``subjects``, ``legal_basis`` (lists of words) and ``fictional`` (true or false).

Anchors name the JSON value by its pointer; offsets count characters of that value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from corpus.errors import UnreadableError, UnsupportedError
from corpus.parsing import records_law, records_own, records_published
from corpus.parsing.records_fields import Fields
from corpus.types import ParsedDocument, RawRecord

PARSER = "records/1"

_NEEDED = ("title", "text")


def parse(record: RawRecord) -> ParsedDocument:
    """The document in a record of one JSON object.

    Raises:
        UnreadableError: the bytes are no JSON in UTF-8, or no object.
        UnsupportedError: an object of no known layout; the message names the keys that are missing.
        NoTextError: the record holds no words.
    """
    fields = _load(record)
    if isinstance(fields.get("provisions"), list):
        return records_law.parse_split(fields, PARSER)
    if isinstance(fields.get("chapters"), list):
        return records_law.parse_tree(fields, PARSER)
    missing = [key for key in _NEEDED if not isinstance(fields.get(key), str)]
    if missing:
        raise UnsupportedError(
            f"Posten mangler {' og '.join(f'«{key}»' for key in missing)} og har i stedet nøglerne "
            f"{', '.join(map(str, list(fields)[:10])) or '(ingen)'}.",
            "En post skal have «title» og «text», eller «provisions», eller «chapters».",
        )
    if isinstance(fields.get("_source"), str):
        return records_published.parse_published(fields, PARSER)
    return records_own.parse_own(fields, PARSER)


def _load(record: RawRecord) -> Fields:
    try:
        value = json.loads(record.data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(
            f"Posten er ikke gyldig JSON i UTF-8: {str(error)[:120]}.",
            "Gem den som UTF-8, ét objekt pr. post.",
        ) from None
    if not isinstance(value, Mapping):
        raise UnreadableError(
            f"Posten er JSON, men ikke et objekt (den er {type(value).__name__}).",
            "Giv ét objekt pr. dokument.",
        )
    return value
