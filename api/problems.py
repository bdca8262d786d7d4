"""Errors as the doors show them: an HTTP status, an exit code and words for each leaf of the error trees."""

from __future__ import annotations

from dataclasses import dataclass

from corpus import errors as corpus_errors
from corpus.errors import HjemmelError
from index import errors as index_errors

MEDIA_TYPE = "application/problem+json"  # RFC 9457


@dataclass(frozen=True, slots=True)
class Problem:
    """How one class of error leaves the system.

    Exit codes: 2 input, 3 not found, 4 index, 5 store, 6 encoder.
    """

    code: str  # stable; part of the API
    status: int
    exit_code: int
    title: str


# Looked up along the error's ancestors, so a new leaf takes its parent's answer.
PROBLEMS: dict[type[HjemmelError], Problem] = {
    corpus_errors.InputError: Problem("bad-input", 422, 2, "The input cannot be used"),
    corpus_errors.UnreadableError: Problem("unreadable", 422, 2, "The file cannot be read"),
    corpus_errors.EncryptedError: Problem("encrypted", 422, 2, "The file needs a password"),
    corpus_errors.NoTextError: Problem("no-text", 422, 2, "The file holds no text"),
    corpus_errors.TooLargeError: Problem("too-large", 413, 2, "The input is over a limit"),
    corpus_errors.UnsupportedError: Problem("unsupported", 415, 2, "The type of file is not supported"),
    corpus_errors.CitationError: Problem("bad-citation", 422, 2, "The citation cannot be parsed"),
    corpus_errors.NotFoundError: Problem("not-found", 404, 3, "Not found"),
    corpus_errors.StoreError: Problem("store", 503, 5, "The store cannot be used"),
    index_errors.QueryError: Problem("bad-query", 422, 2, "The query cannot be searched"),
    index_errors.IndexMissingError: Problem("index-missing", 503, 4, "There is no index yet"),
    index_errors.IndexMismatchError: Problem("index-mismatch", 503, 4, "The index does not fit"),
    index_errors.IndexBusyError: Problem("index-busy", 503, 4, "The index is being built"),
    index_errors.IndexCorruptError: Problem("index-corrupt", 503, 4, "The index is damaged"),
    index_errors.EncoderError: Problem("encoder", 503, 6, "The encoder cannot be used"),
    index_errors.RerankerError: Problem("reranker", 503, 6, "The reranker cannot be used"),
    index_errors.ThesaurusError: Problem("thesaurus", 503, 2, "The list of everyday words cannot be used"),
    HjemmelError: Problem("error", 500, 1, "Something failed"),
}


def problem_of(error: HjemmelError) -> Problem:
    """The problem of an error's class, or of its nearest ancestor."""
    return next(PROBLEMS[cls] for cls in type(error).__mro__ if cls in PROBLEMS)


def body(error: HjemmelError) -> dict[str, object]:
    """The problem document of RFC 9457 for an error, with the remedy as a member of its own."""
    problem = problem_of(error)
    return {
        "type": f"urn:hjemmel:problem:{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": error.what,
        "remedy": error.remedy,
        "code": problem.code,
    }
