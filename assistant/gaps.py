"""What a brief lacks or stands weakly on, said outright: that nothing was found is an answer too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from assistant.brief_types import Bearing, CaseText, Gap, PrecedentEntry, RuleEntry
from assistant.wordings import today
from corpus.identifiers import print_date
from index.types import SearchResults

# A year: consolidations of the social acts come about once a year, so older means that one is missing.
STALE_AFTER = dt.timedelta(days=365)
SHORT_CASE = 3  # sentences; fewer hardly hold facts, rules asked for and the citizen's own account

OTHER_LAW = "other-law"
WEAK_PRECEDENTS = "weak-precedents"
_WEAK = {
    "weak-rules": "Ingen af de fundne regler ligger tæt på sagen. De er vist til gennemsyn.",
    WEAK_PRECEDENTS: "Ingen af de fundne afgørelser ligger tæt på sagen. De er vist til gennemsyn.",
}


def find(
    results: SearchResults,
    rules: Sequence[RuleEntry],
    precedents: Sequence[PrecedentEntry],
    case: CaseText,
    *,
    withheld: bool,
    other_law: Collection[str] = (),
) -> tuple[Gap, ...]:
    """The gaps of a brief, in the order in which they bear on it.

    Args:
        other_law: document ids of precedents that refer to no act or order that the rules stand in.
    """
    return tuple(_gaps(results, rules, precedents, case, withheld, other_law))


def _gaps(
    results: SearchResults,
    rules: Sequence[RuleEntry],
    precedents: Sequence[PrecedentEntry],
    case: CaseText,
    withheld: bool,
    other_law: Collection[str],
) -> Iterator[Gap]:
    if withheld:
        yield Gap(
            "own-view-first",
            "Tidligere afgørelser vises, når egne overvejelser er noteret. Sådan har myndigheden valgt det.",
        )
    if not rules:
        yield Gap("no-rules", "Der er ikke fundet regler, der gjaldt på sagens dato.")
    if not precedents and not withheld:
        yield Gap("no-precedents", "Der er ikke fundet tidligere afgørelser i samlingen.")
    for code, said in _WEAK.items():
        if code in results.notes and not (withheld and code == WEAK_PRECEDENTS):
            yield Gap(code, said)
    other = tuple(p for p in precedents if p.document_id in other_law)
    if other and rules:
        names = "; ".join(p.citation for p in other)
        yield Gap(
            OTHER_LAW,
            f"Henviser ikke til nogen af de love og bekendtgørelser, som reglerne her står i: {names}."
            " De er fundet, fordi ordene ligner.",
            tuple(p.document_id for p in other),
        )
    changed = tuple(r for r in rules if r.changed_since)
    if changed:
        names = "; ".join(r.quote.citation for r in changed)
        yield Gap(
            "wording-changed",
            f"Ordlyden er ændret siden sagens dato: {names}.",
            tuple(r.provision_id for r in changed),
        )
    waiting = tuple(r for r in rules if r.pending)
    if waiting:
        names = "; ".join(r.quote.citation for r in waiting)
        yield Gap(
            "pending-amendments",
            f"Vedtagne ændringer er endnu ikke skrevet ind i den viste ordlyd: {names}.",
            tuple(r.provision_id for r in waiting),
        )
    overtaken = tuple(p for p in precedents if p.standing)
    if overtaken:
        names = "; ".join(p.citation for p in overtaken)
        yield Gap(
            "precedents-overtaken",
            f"Afløst, tilsidesat eller truffet efter en ordlyd, der er ændret: {names}.",
            tuple(p.document_id for p in overtaken),
        )
    bare = tuple(r for r in rules if r.conditions and not any(_described(b) for b in r.conditions))
    if bare:
        names = "; ".join(r.quote.citation for r in bare)
        yield Gap(
            "not-described",
            f"Sagens tekst siger intet om det, som disse regler spørger efter: {names}.",
            tuple(r.provision_id for r in bare),
        )
    if len(case.sentences) < SHORT_CASE:
        yield Gap("short-case", "Sagens tekst er kort. Flere oplysninger giver et bedre grundlag at søge på.")
    yield from _corpus(results)


def _corpus(results: SearchResults) -> Iterator[Gap]:
    corpus = results.corpus
    if corpus.newest is not None and today() - corpus.newest > STALE_AFTER:
        yield Gap(
            "corpus-old",
            f"Samlingens nyeste dokument er fra {print_date(corpus.newest)}."
            " Nyere regler og afgørelser kan mangle.",
        )
    if corpus.vectors < corpus.passages:
        yield Gap(
            "words-alone",
            "En del af samlingen er kun søgt efter ord, ikke efter mening. Skriv også sagens fagord.",
        )


def _described(bearing: Bearing) -> bool:
    return bool(bearing.sentences) or any(_described(part) for part in bearing.parts)
