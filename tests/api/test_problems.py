"""Every error class has an HTTP status and an exit code."""

from __future__ import annotations

import inspect

import pytest

import corpus.errors
import index.errors
from api.problems import PROBLEMS, body, problem_of
from corpus.errors import HjemmelError

LEAVES = [
    cls
    for module in (corpus.errors, index.errors)
    for _, cls in inspect.getmembers(module, inspect.isclass)
    if issubclass(cls, HjemmelError) and cls.__module__ == module.__name__
]


@pytest.mark.parametrize("cls", LEAVES)
def test_each_error_class_is_mapped_by_itself(cls: type[HjemmelError]) -> None:
    assert cls in PROBLEMS


def test_codes_and_statuses_are_sound() -> None:
    codes = [p.code for p in PROBLEMS.values()]
    assert len(codes) == len(set(codes))
    assert all(400 <= p.status < 600 and 1 <= p.exit_code < 126 for p in PROBLEMS.values())


def test_an_unmapped_leaf_takes_its_parents_answer() -> None:
    class Odd(corpus.errors.NotFoundError):
        """A leaf nobody mapped."""

    assert problem_of(Odd("gone")).status == 404


def test_a_problem_document_says_what_and_how_to_mend_it() -> None:
    told = body(corpus.errors.NotFoundError("no such thing.", "Look again."))
    assert told["detail"] == "no such thing."
    assert told["remedy"] == "Look again."
    assert told["type"] == "urn:hjemmel:problem:not-found"
