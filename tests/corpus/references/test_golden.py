"""Precision, recall and locators on labelled references of real decisions and acts."""

from __future__ import annotations

from itertools import combinations

import pytest

from corpus.references import find
from tests.corpus.references import golden

needs_texts = pytest.mark.skipif(
    not golden.SHARED.is_dir(), reason="the real legal texts are not beside the checkout"
)


def test_the_labelled_set_is_large_and_no_document_stands_in_two_parts() -> None:
    parts = [golden.windows(half) for half in golden.HALVES]
    assert sum(len(window.labels) for part in parts for window in part) >= 600
    for one, other in combinations(parts, 2):
        assert not {window.address for window in one} & {window.address for window in other}


@pytest.mark.shared
@needs_texts
@pytest.mark.parametrize("half", golden.HALVES)
def test_references_of_real_texts_are_found(half: str) -> None:
    measures = golden.Measures()
    differences = []
    for window in golden.windows(half):
        text = golden.text_of(window.address, window.pointer)
        assert golden.checksum(text) == window.checksum, f"{window.address} has changed: label it again"
        differences += golden.compare(window, find(text, golden.names()), measures)
    print(f"{half}: {measures}")
    report = "\n".join([str(measures), *differences])
    assert measures.precision >= 0.98, report
    assert measures.recall >= 0.97, report
    assert measures.locator_accuracy >= 0.97, report
    assert measures.act_accuracy >= 0.97, report
