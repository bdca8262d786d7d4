"""The error tree of the corpus.

HjemmelError
├── InputError                 something given to us cannot be used; the message says what to do
│   ├── UnreadableError        the bytes are not what they claim to be (truncated XML, wrong encoding)
│   │   ├── EncryptedError     a PDF or DOCX that needs a password
│   │   └── NoTextError        a file without any text (an empty file, a scanned PDF)
│   ├── TooLargeError          over a limit (size, unpacked size, number of pages, depth)
│   ├── UnsupportedError       a file type no parser takes
│   └── CitationError          an identifier or locator that cannot be parsed
├── NotFoundError              no such document, provision or version
└── StoreError                 the store cannot be opened, read or written
"""

from __future__ import annotations


class HjemmelError(Exception):
    """Base of every error raised on purpose.

    Args:
        what: what is wrong, with the value and the limit.
        remedy: what the reader can do about it.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(f"{what} {remedy}".strip())
        self.what = what
        self.remedy = remedy


class InputError(HjemmelError):
    """Something given to us cannot be used."""


class UnreadableError(InputError):
    """The bytes are not what they claim to be."""


class EncryptedError(UnreadableError):
    """The file needs a password."""


class NoTextError(UnreadableError):
    """The file holds no text."""


class TooLargeError(InputError):
    """The input is over a limit."""


class UnsupportedError(InputError):
    """No parser takes this type of file."""


class CitationError(InputError):
    """An identifier or locator that cannot be parsed."""


class NotFoundError(HjemmelError):
    """No such document, provision or version."""


class StoreError(HjemmelError):
    """The store cannot be opened, read or written."""
