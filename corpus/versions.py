"""Which version of a work applies when.

A consolidation (LBK) restates the whole act, so from its date it is the text to read, until the next one
is signed. The same holds for an executive order that is issued anew under the same title. The interval's
ends are the dates of signature, which is what the official texts print; where the source itself marks a
version as historic earlier, that day ends it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.types import Kind, StoredDocument


@dataclass(frozen=True, slots=True)
class Validity:
    """The interval ``[start, end)`` in which a version is the one to read, and why.

    ``start`` None: the source gives no date. ``end`` None: no later version is known.
    ``replaced_by`` is the id of the next version, empty where the source alone ended it.
    """

    start: dt.date | None
    end: dt.date | None
    replaced_by: str = ""

    def covers(self, day: dt.date) -> bool:
        """Whether the version is the one to read on ``day``."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


def validities(documents: Iterable[StoredDocument]) -> dict[str, Validity]:
    """The interval of each document, by document id, over all versions of each work.

    Decisions and amending acts have no versions: they start at their date, and end where their source
    marks them as historic.
    """
    works: defaultdict[str, list[StoredDocument]] = defaultdict(list)
    found: dict[str, Validity] = {}
    for document in documents:
        if document.metadata.kind is Kind.RULE and document.metadata.date is not None:
            works[document.work_id].append(document)
        else:
            found[document.id] = Validity(document.metadata.date, document.metadata.ended)
    for versions in works.values():
        versions.sort(key=_order)
        for position, version in enumerate(versions):
            # The same version may be kept twice (in two collections): neither ends the other.
            later = next((v for v in versions[position + 1 :] if _order(v) > _order(version)), None)
            ends = [e for e in (version.metadata.ended, later.metadata.date if later else None) if e]
            end = min(ends, default=None)
            replaced = later.id if later is not None and end == later.metadata.date else ""
            found[version.id] = Validity(version.metadata.date, end, replaced)
    return found


def _order(document: StoredDocument) -> tuple[dt.date, int]:
    """Versions follow their dates; two signed on one day follow their numbers."""
    digits = "".join(c for c in document.metadata.number if c.isdigit())
    return document.metadata.date or dt.date.min, int(digits) if digits else 0
