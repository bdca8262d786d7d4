"""Precision, recall and locators on labelled references of real decisions and acts."""

from __future__ import annotations

import pytest

from corpus.references import find
from tests.corpus.references import golden

LABELLED = sum(len(window.labels) for half in ("tune", "held-out") for window in golden.windows(half))
needs_texts = pytest.mark.skipif(
    not golden.SHARED.is_dir(), reason="the real legal texts are not beside the checkout"
)


def test_the_labelled_set_is_large_and_names_each_half() -> None:
    assert LABELLED >= 400
    addresses = [{window.address for window in golden.windows(half)} for half in ("tune", "held-out")]
    assert not addresses[0] & addresses[1], "a document stands in both halves"


@pytest.mark.shared
@needs_texts
def test_references_are_found_in_texts_not_used_for_tuning() -> None:
    measures = golden.Measures()
    differences = []
    for window in golden.windows("held-out"):
        text = golden.text_of(window.address, window.pointer)
        assert golden.checksum(text) == window.checksum, f"{window.address} has changed: label it again"
        differences += golden.compare(window, find(text, golden.names()), measures)
    print(measures)
    report = "\n".join([str(measures), *differences])
    assert measures.precision >= 0.98, report
    assert measures.recall >= 0.97, report
    assert measures.locator_accuracy >= 0.97, report
