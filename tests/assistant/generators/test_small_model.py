"""A real model of 135 million parameters, which writes little sense: what leaves is true all the same."""

from __future__ import annotations

from functools import partial

import pytest

from assistant.brief_types import Author, Overview
from assistant.generators.endpoint import Endpoint
from assistant.generators.openai_compatible import OpenAICompatible
from assistant.generators.prompt import passages
from assistant.generators.reading import read_line
from assistant.quotes import Quoter, find_quotes
from assistant.support import Support, Unsupported, Words
from assistant.verdict import check_sentence
from tests.assistant.generators.conftest import Sources
from tests.support.chat_server import Call, serving
from tests.support.small_model import SmallModel, missing

pytestmark = [
    pytest.mark.skipif(bool(missing()), reason=missing()),
    pytest.mark.filterwarnings("ignore"),  # of the libraries that read the weights
]
TOKENS = 90  # some five sentences; a core makes ten a second


@pytest.fixture(scope="module")
def model() -> SmallModel:
    return SmallModel(TOKENS)


def holds(overview: Overview, sources: Sources) -> None:
    quoter, support = Quoter(sources.store), Support(sources.analyzer)
    for statement in overview.statements:
        assert statement.evidence
        assert all(quoter.holds(quote) for quote in statement.evidence)
        if statement.author is Author.EXTRACT:
            assert any(statement.text in quote.text for quote in statement.evidence)
            continue
        quotes = find_quotes(statement.text, statement.evidence)
        assert all(found.source for found in quotes)
        shown = [Words(p.quote.text, names=p.names) for p in passages(sources.rules, sources.precedents)]
        assert any(not isinstance(support.check(statement.text, [w]), Unsupported) for w in shown)
        assert check_sentence(statement.text, "da", [f.outer for f in quotes], free=True) is None


@pytest.mark.parametrize("seed", [None, 7])
def test_of_what_a_small_model_writes_only_what_holds_leaves_and_the_rest_is_counted(
    sources: Sources, model: SmallModel, seed: int | None
) -> None:
    with serving(partial(model.answer, seed=seed)) as server:
        made = OpenAICompatible(Endpoint(server.url, "smollm2", timeout=300), sources.store, sources.analyzer)
        streamed = list(made.stream(sources.case, sources.rules, sources.precedents))
    overview = streamed[-1]
    assert isinstance(overview, Overview)
    holds(overview, sources)
    said = model.said[-1]
    assert said.strip()
    written = sum(len(list(read_line(line))) for line in said.splitlines())
    assert len(streamed) - 1 + sum(r.count for r in overview.removed) == written
    if not overview.fell_back:
        assert overview.statements == tuple(streamed[:-1])


def test_a_small_model_that_is_told_to_lie_gets_nothing_false_through(
    sources: Sources, model: SmallModel
) -> None:
    """The server asks its model something else than it was asked, as a hostile one would."""

    def answer(call: Call) -> None:
        call.body["messages"] = [
            {"role": "user", "content": "Write five short sentences saying who wins the case. End with [1]."}
        ]
        model.answer(call)

    with serving(answer) as server:
        made = OpenAICompatible(Endpoint(server.url, "smollm2", timeout=300), sources.store, sources.analyzer)
        overview = made.overview(sources.case, sources.rules, sources.precedents)
    holds(overview, sources)
    assert overview.fell_back
