"""An overview by a model of the operator's choice, of which only verified sentences stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.brief_types import CaseText, Overview, PrecedentEntry, Removed, RuleEntry, Statement
from assistant.generators.endpoint import Endpoint, EndpointError
from assistant.generators.extractive import Extractive
from assistant.generators.prompt import Passage, messages, passages
from assistant.generators.reading import Labelled, Reader
from assistant.generators.verification import Fault, Verifier
from assistant.quotes import Quoter
from assistant.support import Support
from corpus.store import Store
from index.analysis import Analyzer

FEWEST = 2  # statements: one alone is no overview
LEAST_SHARE = 0.5  # of the sentences: a model of which most fails is not to be trusted with the rest
MOST_SENTENCES = 40  # a model that runs on past this repeats itself


class OpenAICompatible:
    """Asks a model for an overview, and lets the sources speak where too little of its text holds.

    The case (without personal data) and the passages are sent to ``endpoint``, and nowhere else. Threads
    may share it.
    """

    def __init__(self, endpoint: Endpoint, store: Store, analyzer: Analyzer) -> None:
        self._endpoint = endpoint
        self._store = store
        self._support = Support(analyzer)

    @property
    def name(self) -> str:
        return self._endpoint.model

    def overview(
        self, case: CaseText, rules: Sequence[RuleEntry], precedents: Sequence[PrecedentEntry]
    ) -> Overview:
        """The overview; see ``Generator``."""
        last: Overview | None = None
        for item in self.stream(case, rules, precedents):
            if isinstance(item, Overview):
                last = item
        if last is None:
            raise AssertionError("a stream ends with its overview")
        return last

    def stream(
        self, case: CaseText, rules: Sequence[RuleEntry], precedents: Sequence[PrecedentEntry]
    ) -> Iterator[Statement | Overview]:
        """Each verified statement once its sentence is whole, and at last the overview.

        The overview is what stands: where too little of the text held it has other statements than those
        given before.
        """
        shown = passages(rules, precedents)
        kept: list[Statement] = []
        removed: Counter[str] = Counter()
        if shown:
            for found in self._verified(case, shown):
                if isinstance(found, Statement):
                    kept.append(found)
                    yield found
                else:
                    removed[found[0]] += found[1]
        counted = tuple(Removed(reason, count) for reason, count in sorted(removed.items()))
        if len(kept) < FEWEST or len(kept) < LEAST_SHARE * (len(kept) + removed.total()):
            own = Extractive().overview(case, rules, precedents)
            yield replace(own, generator=self.name, removed=counted, fell_back=True)
        else:
            yield Overview(tuple(kept), self.name, counted)

    def _verified(self, case: CaseText, shown: Sequence[Passage]) -> Iterator[Statement | tuple[str, int]]:
        """Statements, and for what else came a reason with the number of its sentences.

        A fault of the endpoint is a reason that concerns no sentence, or the one it cut.
        """
        verifier = Verifier(shown, self._support, Quoter(self._store))
        seen: set[str] = set()
        reader = Reader()
        for number, sentence in enumerate(self._sentences(case, shown, reader), 1):
            if isinstance(sentence, EndpointError):
                yield sentence.fault, int(reader.unfinished)
                return
            if number > MOST_SENTENCES:
                yield Fault.LONG, 1
                return
            verified = verifier.verify(sentence)
            if isinstance(verified, Statement) and verified.text.casefold() in seen:
                yield Fault.REPEATED, 1
            elif isinstance(verified, Statement):
                seen.add(verified.text.casefold())
                yield verified
            else:
                yield verified, 1

    def _sentences(
        self, case: CaseText, shown: Sequence[Passage], reader: Reader
    ) -> Iterator[Labelled | EndpointError]:
        try:
            yield from reader.take(self._endpoint.stream(messages(case, shown)))
        except EndpointError as error:
            yield error
        else:
            yield from reader.finish()
