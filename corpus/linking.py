"""The pass that links the corpus: resolves every reference of every document and keeps the citation graph.

It goes twice over the documents: first for the names that texts give to acts («lov om social service
(serviceloven)») or use beside their titles, then for the references, read with those names. Both keep
what they found with each document, so that a second run does only what has changed. One text is held at
a time.

    python -m corpus.linking hjemmel-data/corpus.db
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import codec
from corpus.citations import INSERT, citation_of, row_of
from corpus.references.catalogue import Catalogue
from corpus.references.find import aliases
from corpus.references.names import ActNames
from corpus.references.resolve import resolve
from corpus.references.resolved import LinkStatus, Reason
from corpus.store import Store
from corpus.types import Kind, StoredDocument

RULES = 2  # counted up when references are found or resolved by other rules, so that all is done again
# An alias in brackets follows the name of the act; the longest titles of acts run to this many letters.
_ALIAS = re.compile(r"\([^()\n]{0,40}?[\wæøåÆØÅ-]{2,60}(?:loven|bekendtgørelsen)[«\"'»]?\)")
_TITLE_REACH = 420
_SHORT = re.compile(r"\b([A-ZÆØÅa-zæøå]{4,30})lovens?\b")
# «lov om aktiv socialpolitik», whose first word needs the second. «lov om leje af erhvervslokaler» is no
# lejelov: there «leje» stands by itself, and an act of that name alone may be another one.
_LONG = re.compile(
    r"\b[Ll]ov om ([a-zæøå]{4,30}) (?!(?:af|til|for|fra|med|mod|om|og|over|på|samt|ved)\b)[a-zæøå]{3}"
)
# A work that fewer than this share of the texts mean by a name is a slip of the pen or of the finder.
_LEAST_SHARE = 0.1
# What keeps a reference from being led to a place although nothing is undecided: the corpus lacks it.
LACKING = frozenset({Reason.UNKNOWN_WORK, Reason.UNKNOWN_VERSION, Reason.NO_VERSION, Reason.NOT_KEPT})

Progress = Callable[[str, int, int], None]  # stage («names», «citations»), done, of


@dataclass(frozen=True, slots=True)
class SourceRate:
    """What came of the references of one source: a collection, a type of document and who decided.

    A reference counts once for each provision it points to.
    """

    collection: str
    type: str
    authority: str
    documents: int
    resolved: int
    ambiguous: int
    reasons: Mapping[Reason, int]  # why the others are not resolved, the ambiguous included

    @property
    def total(self) -> int:
        return self.resolved + sum(self.reasons.values())

    @property
    def rate(self) -> float:
        """Resolved of all; 1 where there is none."""
        return self.resolved / self.total if self.total else 1.0

    @property
    def rate_within(self) -> float | None:
        """Resolved of those whose act, version or decision the corpus holds, or which name none.

        None where there is none of these.
        """
        within = self.total - sum(n for reason, n in self.reasons.items() if reason in LACKING)
        return self.resolved / within if within else None


@dataclass(frozen=True, slots=True)
class LinkSummary:
    """What a pass did: ``linked`` documents resolved anew, and what holds of all documents now."""

    linked: int
    unchanged: int
    names: int  # learnt from texts
    rates: tuple[SourceRate, ...]


def link(store: Store, progress: Progress | None = None) -> LinkSummary:
    """Resolve the references of all current documents that are not linked yet, or whose ground has changed.

    A document is done anew when it has a new revision, when an act or a name came or went, and, if it
    names decisions, when a decision did. Each document is written in one transaction.

    Raises:
        StoreError: the store cannot be written.
    """
    step = progress or (lambda *_: None)
    learnt = _learn(store, Catalogue(store), step)
    catalogue = Catalogue(store, learnt)
    rules, cases = f"{RULES}:{catalogue.rules_fingerprint}", catalogue.cases_fingerprint
    stamps = {key: (was, by) for key, was, by in store.select("SELECT document, rules, cases FROM linked")}
    waiting = [
        d
        for d in catalogue.documents
        if (stamp := stamps.get(d.key)) is None or stamp[0] != rules or stamp[1] not in ("", cases)
    ]
    # Versions of a work follow each other, so that what they cite is likely to be at hand.
    waiting.sort(key=lambda d: (d.work_id, d.id))
    for done, document in enumerate(waiting, start=1):
        _link(store, catalogue, document, rules, cases)
        step("citations", done, len(waiting))
    return LinkSummary(
        linked=len(waiting),
        unchanged=len(catalogue.documents) - len(waiting),
        names=len(learnt),
        rates=tuple(rates(store)),
    )


def learnt_names(store: Store) -> dict[str, tuple[str, ...]]:
    """The names that texts of the corpus give to works, as the last pass found them."""
    rows = store.select(
        "SELECT names FROM linked JOIN documents ON key = document WHERE current AND names <> ''"
    )
    return _agreed(json.loads(names) for (names,) in rows)


def rates(store: Store) -> Iterator[SourceRate]:
    """What came of the references, by source; the largest sources first."""
    authority = "COALESCE(json_extract(metadata, '$.authority'), '')"
    source = f"collection, type, CASE kind WHEN '{Kind.PRECEDENT}' THEN {authority} ELSE '' END"
    counts = store.select(
        f"SELECT {source}, status, reason, COUNT(*) FROM citations JOIN documents ON key = document"  # noqa: S608
        " WHERE current GROUP BY 1, 2, 3, 4, 5"
    )
    found: defaultdict[tuple[str, str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    for collection, type_, authority, status, reason, count in counts:
        found[collection, type_, authority][status, reason] += count
    documents = store.select(f"SELECT {source}, COUNT(*) FROM documents WHERE current GROUP BY 1, 2, 3")  # noqa: S608
    for *key, number in sorted(documents, key=lambda row: (-found[row[:3]].total(), row)):
        collection, type_, authority = key
        counted = found[collection, type_, authority]
        reasons: Counter[Reason] = Counter()
        for (_, reason), count in counted.items():
            if reason:
                reasons[Reason(reason)] += count
        yield SourceRate(
            collection,
            type_,
            authority,
            number,
            counted[LinkStatus.RESOLVED, ""],
            sum(count for (status, _), count in counted.items() if status == LinkStatus.AMBIGUOUS),
            dict(reasons.most_common()),
        )


def _learn(store: Store, catalogue: Catalogue, step: Progress) -> dict[str, tuple[str, ...]]:
    """Read the names that texts give to acts, of the documents whose names are not kept yet."""
    titles = f"{RULES}:{catalogue.titles_fingerprint}"
    known = dict(store.select("SELECT document, titles FROM linked"))
    waiting = [d for d in catalogue.documents if known.get(d.key) != titles]
    for done, document in enumerate(waiting, start=1):
        names = _aliases(store.text(document.key), catalogue.titles)
        with store.transaction() as db:
            db.execute(
                "INSERT INTO linked VALUES (?, ?, ?, '', '') ON CONFLICT (document)"
                " DO UPDATE SET titles = excluded.titles, names = excluded.names",
                (document.key, titles, codec.dump_json(names) if names else ""),
            )
        step("names", done, len(waiting))
    return learnt_names(store)


def _aliases(text: str, titles: ActNames) -> dict[str, tuple[str, ...]]:
    """Names in «-loven» that the text gives to acts; abbreviations hold in their own text alone."""
    found = dict(_used(text, titles))
    for match in _ALIAS.finditer(text):
        near = aliases(text[max(0, match.start() - _TITLE_REACH) : match.end()], titles)
        found |= {name: works for name, works in near.items() if name.endswith(("loven", "bekendtgørelsen"))}
    return {name: works for name, works in found.items() if not titles.works(name)}


def _used(text: str, titles: ActNames) -> Iterator[tuple[str, tuple[str, ...]]]:
    """«aktivloven» in a text that also says «lov om aktiv socialpolitik»: the one act that it can mean."""
    short = {match[1].lower() for match in _SHORT.finditer(text)}
    named: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for match in _LONG.finditer(text) if short else ():
        if match[1].lower() in short and (known := titles.match(text, match.start())):
            named[match[1].lower()].add(known[1])
    for stem, works in named.items():
        if len(works) == 1:
            yield f"{stem}loven", next(iter(works))


def _agreed(readings: Iterator[Mapping[str, Sequence[str]]]) -> dict[str, tuple[str, ...]]:
    """The works that texts mean by each name; a work that hardly any of them mean is left out."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for names in readings:
        for name, works in names.items():
            votes[name].update(works)
    return {
        name: tuple(sorted(w for w, count in works.items() if count >= _LEAST_SHARE * works.total()))
        for name, works in votes.items()
    }


def _link(store: Store, catalogue: Catalogue, document: StoredDocument, rules: str, cases: str) -> None:
    rows: list[tuple[object, ...]] = []
    names_cases = False
    for resolved in resolve(store.text(document.key), catalogue, document):
        names_cases |= resolved.reference.cited is not None
        for resolution in resolved.resolutions:
            rows.append(row_of(citation_of(document.key, len(rows), resolved.reference.span, resolution)))
    with store.transaction() as db:
        db.execute("DELETE FROM citations WHERE document = ?", (document.key,))
        db.executemany(INSERT, rows)
        db.execute(
            "UPDATE linked SET rules = ?, cases = ? WHERE document = ?",
            (rules, cases if names_cases else "", document.key),
        )


def _table(summary: LinkSummary) -> Iterator[str]:
    yield f"{summary.linked} linked, {summary.unchanged} unchanged, {summary.names} names learnt"
    yield "source | documents | references | resolved | of those within | why not"
    for rate in summary.rates:
        why = ", ".join(f"{reason} {count}" for reason, count in rate.reasons.items())
        source = " ".join(filter(None, (rate.collection, rate.type, rate.authority)))
        within = "–" if rate.rate_within is None else f"{rate.rate_within:.3f}"
        yield f"{source} | {rate.documents} | {rate.total} | {rate.rate:.3f} | {within} | {why}"


if __name__ == "__main__":
    with Store(Path(sys.argv[1])) as opened:
        sys.stdout.write("\n".join(_table(link(opened))) + "\n")
