"""Records as text for people at a terminal, in the language they chose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from api.cli import standing
from api.cli.checks import Finding
from api.cli.console import out
from api.cli.evaluating import Measured
from api.texts import Language, day, number, text
from api.why_words import words_in_common, words_of_the_law
from assistant.found import NOTHING, Told
from assistant.types import DocumentView, ProvisionView, Validity
from corpus.ingest import Summary
from corpus.store import Outcome
from corpus.types import Kind
from index.types import Result, SearchResults

FAILURES_SHOWN = 50
TERMS_SHOWN = 5
LINKS_SHOWN = 3
INDENT = 3  # columns, of what stands under a numbered result
# What fits 80 columns and says most; --json has every measure. AP and RR under the names they are known by.
MEASURES = {"nDCG@10": "nDCG@10", "R@10": "R@10", "R@100": "R@100", "AP": "MAP", "RR": "MRR", "P@10": "P@10"}


def results(language: Language, found: SearchResults, told: Mapping[str, Told]) -> None:
    """Rules and precedents, each quoted, with citation, reasons and what has changed since."""
    state = found.corpus
    as_of = text(language, "rules-as-of", day=day(language, state.as_of))
    for title, items in (
        (f"{text(language, 'rules')} · {as_of}", found.rules),
        (text(language, "precedents"), found.precedents),
    ):
        if items:
            out.rule(title)
        for rank, result in enumerate(items, start=1):
            _result(language, rank, result, told.get(result.id, NOTHING))
    out.print()
    for note in found.notes:
        if note == "no-rules" and "none-in-force" in found.notes:
            continue  # the reason is told instead
        out.print(f"• {text(language, f'note-{note}')}", style="yellow")
    newest = day(language, state.newest)
    out.print(
        text(language, "searched", rules=state.rules, precedents=state.precedents, newest=newest), style="dim"
    )


def _result(language: Language, rank: int, result: Result, told: Told) -> None:
    out.print()
    out.print(Text(f"{rank}. {result.citation}", style="bold"))
    facts = [result.authority, day(language, result.date) if result.date else "", result.id]
    if result.outcome:
        facts.insert(2, f"{text(language, 'outcome')}: {', '.join(result.outcome)}")
    if result.other_outcome:
        facts.append(text(language, "other-outcome"))
    if result.in_force is False:
        facts.append(text(language, "historic" if result.kind is Kind.PRECEDENT else "not-in-force"))
    elif result.valid_until:
        facts.append(text(language, "valid-until", day=day(language, result.valid_until)))
    _indented(Text(" · ".join(f for f in facts if f), style="dim"))
    for line in standing.told(language, told):
        _indented(line)
    for passage in result.passages:
        where = passage.locator + (f", {text(language, 'page')} {passage.page}" if passage.page else "")
        _indented(Text.assemble((f"{where}: " if where else "", "cyan"), f"«{passage.text}»"))
    if result.also:
        _indented(
            Text(
                f"{text(language, 'also')}: {'; '.join(other.citation for other in result.also)}", style="dim"
            )
        )
    why = _why(language, result)
    if why:
        _indented(Text(f"{text(language, 'found-by')} · {' · '.join(why)}", style="dim"))


def _indented(words: Text) -> None:
    out.print(Padding(words, (0, 0, 0, INDENT)))


def _why(language: Language, result: Result) -> list[str]:
    why = [
        f"{text(language, key)}: {'; '.join(told[:TERMS_SHOWN])}"
        for key, told in (
            ("why-terms", words_in_common(result.why)),
            ("why-law", words_of_the_law(result.why)),
        )
        if told
    ]
    if result.why.shared_citations:
        why.append(f"{text(language, 'why-citations')}: {'; '.join(result.why.shared_citations)}")
    for key, links in (("why-cites", result.why.cites), ("why-cited-by", result.why.cited_by)):
        if links:
            why.append(f"{text(language, key)}: {'; '.join(link.citation for link in links[:LINKS_SHOWN])}")
    if result.why.fact:
        why.append(f"{text(language, 'why-fact')}: «{result.why.fact.text}»")
    if result.why.similarity is not None:
        why.append(f"{text(language, 'why-similarity')}: {number(language, result.why.similarity)}")
    return why


def summary(language: Language, done: Summary) -> None:
    """What came of an ingest: counts, then every failure with its reason."""
    counts = [
        text(language, f"outcome-{outcome}", count=done.outcomes[outcome])
        for outcome in Outcome
        if done.outcomes[outcome]
    ]
    out.print(
        text(
            language,
            "ingested",
            read=done.read,
            counts=", ".join(counts) or text(language, "nothing-new"),
            failed=len(done.failures),
        )
    )
    for failure in done.failures[:FAILURES_SHOWN]:
        out.print(
            f"  {escape(failure.address)}: {escape(failure.reason)} {escape(failure.remedy)}", style="red"
        )
    hidden = done.failures[FAILURES_SHOWN:]
    if hidden:
        most = Counter(f.reason for f in hidden).most_common(3)
        reasons = "; ".join(f"{count} × {reason}" for reason, count in most)
        out.print(f"  {text(language, 'more-failures', count=len(hidden), reasons=reasons)}", markup=False)
    if done.warnings:
        out.print(text(language, "warnings", count=len(done.warnings)), style="yellow")


def provision(language: Language, view: ProvisionView) -> None:
    """A provision with its words and its validity."""
    context = " › ".join(filter(None, [view.chapter, view.heading]))
    if context:
        out.print(Text(context, style="dim"))
    out.print(Text(view.citation, style="bold"))
    out.print(Panel(Text(view.text)))
    out.print(Text(_validity(language, view.validity)))
    if view.since is not None:
        standing.since(language, view.since)
    for child in view.children:
        out.print(Text(f"  {child}", style="dim"))


def document(language: Language, view: DocumentView) -> None:
    """A document's identity, validity and outline."""
    meta, source = view.document.metadata, view.document.provenance
    out.print(Text(meta.title, style="bold"))
    out.print(Text(view.citation))
    if view.standing:
        out.print(Text(view.standing, style="bold yellow" if view.superseded else "yellow"))
    read = text(language, "read-by", time=f"{source.ingested_at:%Y-%m-%d %H:%M}", parser=source.parser)
    rows = [
        ("id", text(language, "revision", id=view.document.id, revision=view.document.revision)),
        ("validity", _validity(language, view.validity)),
        ("authority", meta.authority or meta.ministry),
        ("outcome", ", ".join(meta.outcomes)),
        ("legal-basis", "; ".join(meta.legal_basis)),
        ("address", meta.url),
        ("file", source.address),
        ("read-at", read),
    ]
    for name, value in rows:
        if value:
            out.print(Text(f"  {text(language, name)}: {value}"))
    out.print(Text(f"  sha256: {source.checksum}"))
    for version in view.versions:
        mark = "→" if version.id == view.document.id else " "
        span = f"{day(language, version.start)} – {day(language, version.end) if version.end else ''}"
        out.print(Text(f"{mark} {version.id}  {span}", style="dim"))
    chapter = ""
    for entry in view.outline:
        if entry.chapter != chapter:
            chapter = entry.chapter
            out.print(Text(f"\n{chapter}", style="bold"))
        mark = f" ({text(language, 'repealed')})" if entry.repealed else ""
        out.print(Text(f"  {entry.locator}{mark}  {entry.heading}  [{entry.id}]"))
    for section in view.sections:
        out.print(Text(f"  {section.title or '–'} ({section.role})"))
    standing.related(language, view.related)
    standing.references(language, view)
    for warning in view.document.warnings:
        out.print(f"• {escape(warning)}", style="yellow")


def findings(language: Language, checks: Sequence[Finding]) -> None:
    """What the doctor found."""
    table = Table(show_header=False, box=None)
    for check in checks:
        mark = Text("ok", style="green") if check.ok else Text(text(language, "fault"), style="red")
        table.add_row(mark, Text(check.what(language)))
        if not check.ok:
            table.add_row("", Text(check.remedy(language), style="yellow"))
        if check.error is not None:
            table.add_row("", Text(str(check.error), style="dim"))
    out.print(table)


def evaluations(language: Language, measured: Sequence[Measured]) -> None:
    """A row for each way of searching, a column for each of the measures that fit a terminal."""
    table = Table()
    table.add_column("")
    table.add_column(text(language, "queries"), justify="right")
    for name in MEASURES.values():
        table.add_column(name, justify="right", no_wrap=True)
    for row in measured:
        what = text(language, f"system-{row.system}")
        if row.kind is not None:
            what = f"{text(language, f'{row.kind}s')}: {what}"
        means = [f"{row.evaluation.mean(measure):.3f}" for measure in MEASURES]
        table.add_row(what, str(row.evaluation.queries), *means)
    out.print(table)


def _validity(language: Language, validity: Validity) -> str:
    if validity.in_force is None:
        return text(language, "unknown")
    state = "applied-on" if validity.in_force else "not-applied-on"
    bits = [text(language, "from", day=day(language, validity.start))] if validity.start else []
    if validity.end:
        bits.append(text(language, "until", day=day(language, validity.end)))
    if validity.replaced_by:
        bits.append(f"{text(language, 'replaced-by')} {validity.replaced_by}")
    told = text(language, state, day=day(language, validity.as_of))
    return f"{told} ({', '.join(bits)})" if bits else told
