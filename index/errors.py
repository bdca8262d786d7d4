"""The error tree of the index.

HjemmelError (corpus.errors)
├── IndexMissingError       no snapshot has been published yet
├── IndexMismatchError      the snapshot was built by another model, analyser or passage rule
├── IndexBusyError          another build of the same index is running
├── IndexCorruptError       a file of the snapshot does not have the checksum its manifest names
├── EncoderError            the encoder cannot be loaded or gave something unusable
├── RerankerError           the reranker cannot be loaded or gave something unusable
└── ThesaurusError          a list of everyday words cannot be read, or a line of it is no entry
InputError (corpus.errors)
└── QueryError              an empty or too long query, a k out of range, a date out of range
"""

from __future__ import annotations

from enum import StrEnum

from corpus.errors import HjemmelError, InputError


class IndexMissingError(HjemmelError):
    """No snapshot has been published yet."""


class IndexMismatchError(HjemmelError):
    """The snapshot was built by another model, analyser or passage rule."""


class IndexBusyError(HjemmelError):
    """Another build of the same index is running."""


class IndexCorruptError(HjemmelError):
    """A file of the snapshot does not have the checksum its manifest names."""


class EncoderError(HjemmelError):
    """The encoder cannot be loaded, or gave something unusable."""


class RerankerError(HjemmelError):
    """The reranker cannot be loaded, or gave something unusable."""


class ThesaurusError(HjemmelError):
    """A list of everyday words cannot be read, or a line of it is no entry."""


class QueryFault(StrEnum):
    """What is wrong with a query, for doors that say it in another language."""

    EMPTY = "query-empty"
    TOO_LONG = "query-too-long"
    TOP = "query-top"
    KINDS = "query-kinds"
    DATE = "query-date"
    PERIOD = "query-period"
    FILTERS = "query-filters"
    COLLECTION = "query-collection"


class QueryError(InputError):
    """A query that cannot be searched: ``fault`` says why, ``values`` the value and the limit."""

    def __init__(self, fault: QueryFault, what: str, remedy: str, **values: object) -> None:
        super().__init__(what, remedy)
        self.fault = fault
        self.values = values
