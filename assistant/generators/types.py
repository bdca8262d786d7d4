"""What a generator of overviews is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.brief_types import CaseText, Overview, PrecedentEntry, RuleEntry


class Generator(Protocol):
    """Says in a few sentences what the sources of a brief say, and nothing about how the case should end."""

    @property
    def name(self) -> str:
        """What the trace calls it."""

    def overview(
        self, case: CaseText, rules: Sequence[RuleEntry], precedents: Sequence[PrecedentEntry]
    ) -> Overview:
        """The overview. Every statement carries its evidence; without any source there is no statement.

        Never raises for a fault of a model: the sources' own words stand in for it, and ``removed`` says why.
        """
