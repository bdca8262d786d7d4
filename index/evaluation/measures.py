"""The measures of retrieval, by query and on average, computed by ``ir_measures`` with trec_eval.

Two conventions, because published figures differ in both:

* A judged query that is missing from the run counts as 0. It never vanishes from the mean.
* A document that is not listed in the qrels counts as not relevant, also in Bpref, which otherwise
  would not see it. That is how the collections we use are made: they list the relevant ones only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import ir_measures
from ir_measures import parse_measure

from corpus.errors import InputError
from index.evaluation.types import Evaluation, Qrels, Run

# AP is often printed as MAP and RR as MRR. AP@10 divides by all relevant documents, as trec_eval does.
STANDARD_MEASURES = ("nDCG@10", "R@10", "R@100", "AP", "AP@10", "RR", "P@10", "Bpref")
# Stands for documents that Bpref must know of and the run did not find. No id holds a tab: qrels split there.
FILLER = "\tunretrieved"


def evaluate(qrels: Qrels, run: Run, measures: Iterable[str] = STANDARD_MEASURES) -> Evaluation:
    """Compute ``measures`` for every judged query.

    Args:
        qrels: the judgements.
        run: what was found; queries without judgements are left out.
        measures: names as ``ir_measures`` prints them.

    Raises:
        InputError: a measure that is not known, or no judged query.
    """
    names = tuple(measures)
    if not qrels.grades:
        raise InputError("There is no judged query.", "Without judgements nothing can be measured.")
    parsed = {parse_name(name): name for name in names}
    order = {query: run.ranking(query) for query in qrels.grades}
    # trec_eval keeps scores as 32-bit floats and breaks ties by its own rule: it is handed ranks.
    ranks = {
        query: {document: float(len(found) - i) for i, document in enumerate(found)}
        for query, found in order.items()
        if found
    }
    judged = {query: _completed(grades, order[query]) for query, grades in qrels.grades.items()}
    values: dict[str, dict[str, float]] = {name: dict.fromkeys(qrels.grades, 0.0) for name in names}
    for metric in ir_measures.pytrec_eval.iter_calc(list(parsed), judged, ranks):
        values[parsed[metric.measure]][metric.query_id] = float(metric.value)
    return Evaluation(run.name, values)


def parse_name(name: str) -> ir_measures.Measure:
    """The measure that ``name`` stands for.

    Raises:
        InputError: it is not known, or trec_eval does not compute it.
    """
    try:
        measure = parse_measure(name)
    except (NameError, ValueError, SyntaxError, AttributeError, KeyError, TypeError):
        measure = None
    if measure is None or not ir_measures.pytrec_eval.supports(measure):
        raise InputError(f"The measure {name!r} is not known.", f"Known: {', '.join(STANDARD_MEASURES)}.")
    return measure


def _completed(grades: Mapping[str, int], found: list[str]) -> dict[str, int]:
    """The judgements with what was found and not listed as judged not relevant.

    Bpref divides by the lesser of the numbers of relevant and of not relevant documents. As many
    fillers as there are relevant ones keep that number right whatever the run found; no other measure
    sees them.
    """
    relevant = sum(grade > 0 for grade in grades.values())
    completed = {f"{FILLER}-{i}": 0 for i in range(relevant)}
    completed.update(dict.fromkeys(found, 0))
    completed.update(grades)
    return completed
