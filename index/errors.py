"""The error tree of the index.

HjemmelError (corpus.errors)
├── IndexMissingError       no snapshot has been published yet
├── IndexMismatchError      the snapshot was built by another model, analyser or passage rule
├── IndexCorruptError       a file of the snapshot does not have the checksum its manifest names
└── EncoderError            the encoder cannot be loaded or gave something unusable
InputError (corpus.errors)
└── QueryError              an empty or too long query, a k out of range, a date out of range
"""

from __future__ import annotations

from corpus.errors import HjemmelError, InputError


class IndexMissingError(HjemmelError):
    """No snapshot has been published yet."""


class IndexMismatchError(HjemmelError):
    """The snapshot was built by another model, analyser or passage rule."""


class IndexCorruptError(HjemmelError):
    """A file of the snapshot does not have the checksum its manifest names."""


class EncoderError(HjemmelError):
    """The encoder cannot be loaded, or gave something unusable."""


class QueryError(InputError):
    """A query that cannot be searched."""
