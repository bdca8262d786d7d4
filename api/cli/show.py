"""Records as text for people at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from api.cli.checks import Finding
from api.cli.console import out
from assistant.types import DocumentView, ProvisionView, Validity
from corpus.ingest import Summary
from corpus.store import Outcome
from index.evaluation.types import Evaluation
from index.types import Result, SearchResults

NOTES = {
    "lexical-only": "Searched by words alone: the index has no vectors.",
    "vectors-incomplete": "Not all passages have a vector yet; the others were found by words alone.",
    "no-rules": "No rule shares anything with this case.",
    "no-precedents": "No precedent shares anything with this case.",
    "later-precedents": "Some precedents are later than the day asked for.",
}
FAILURES_SHOWN = 50


def results(found: SearchResults) -> None:
    """Rules and precedents, each quoted, with citation and reasons."""
    state = found.corpus
    for title, items in (("Regler", found.rules), ("Afgørelser", found.precedents)):
        if items:
            out.rule(f"{title} pr. {state.as_of}" if title == "Regler" else title)
        for number, result in enumerate(items, start=1):
            _result(number, result)
    for note in found.notes:
        out.print(f"• {NOTES.get(note, note)}", style="yellow")
    out.print(
        f"Searched {state.rules} rule documents in force and {state.precedents} precedents"
        f" ({state.passages} passages, newest {state.newest}).",
        style="dim",
    )


def _result(number: int, result: Result) -> None:
    out.print()
    out.print(Text(f"{number}. {result.citation}", style="bold"))
    facts = [result.authority, str(result.date or ""), result.id]
    if result.outcome:
        facts.insert(2, "udfald: " + ", ".join(result.outcome))
    if result.in_force is False:
        facts.append("ikke gældende")
    if result.valid_until:
        facts.append(f"ordlyd til {result.valid_until}")
    out.print(Text("   " + " · ".join(f for f in facts if f), style="dim"))
    for passage in result.passages:
        where = passage.locator + (f", s. {passage.page}" if passage.page else "")
        out.print(Text(f"   {where}: " if where else "   ", style="cyan"), end="")
        out.print(Text(f"«{passage.text}»"))
    shared = [f"{'/'.join(t.in_query)}→{'/'.join(t.in_result)}" for t in result.why.terms[:5] if t.in_result]
    why = [f"ord: {', '.join(shared)}"] if shared else []
    if result.why.shared_citations:
        why.append("samme bestemmelse: " + "; ".join(result.why.shared_citations))
    if result.why.similarity is not None:
        why.append(f"lighed {result.why.similarity:.2f}")
    out.print(Text("   Fundet på " + " · ".join(why), style="dim"))


def summary(done: Summary) -> None:
    """What came of an ingest: counts, then every failure with its reason."""
    words = {
        Outcome.ADDED: "added",
        Outcome.UNCHANGED: "unchanged",
        Outcome.SUPERSEDED: "superseded an earlier revision",
        Outcome.SHADOWED: "kept behind a better source of the same document",
    }
    counts = ", ".join(f"{done.outcomes[o]} {word}" for o, word in words.items() if done.outcomes[o])
    out.print(f"Read {done.read}: {counts or 'nothing new'}; {len(done.failures)} failed.")
    for failure in done.failures[:FAILURES_SHOWN]:
        out.print(
            f"  {escape(failure.address)}: {escape(failure.reason)} {escape(failure.remedy)}", style="red"
        )
    hidden = len(done.failures) - FAILURES_SHOWN
    if hidden > 0:
        reasons = Counter(f.reason for f in done.failures[FAILURES_SHOWN:]).most_common(3)
        out.print(f"  … and {hidden} more ({'; '.join(f'{n} × {r}' for r, n in reasons)}); all with --json.")
    if done.warnings:
        out.print(f"{len(done.warnings)} warnings; `hjemmel show ID` lists a document's.", style="yellow")


def provision(view: ProvisionView) -> None:
    """A provision with its words and its validity."""
    context = " › ".join(filter(None, [view.chapter, view.heading]))
    if context:
        out.print(Text(context, style="dim"))
    out.print(Panel(Text(view.text), title=escape(view.citation), subtitle=_validity(view.validity)))
    for child in view.children:
        out.print(Text(f"  {child}", style="dim"))


def document(view: DocumentView) -> None:
    """A document's identity, validity and outline."""
    meta = view.document.metadata
    out.print(Text(meta.title, style="bold"))
    out.print(Text(view.citation))
    rows = [
        ("id", f"{view.document.id} (revision {view.document.revision})"),
        ("gyldighed", _validity(view.validity)),
        ("myndighed", meta.authority or meta.ministry),
        ("udfald", ", ".join(meta.outcomes)),
        ("retsgrundlag", "; ".join(meta.legal_basis)),
        ("adresse", meta.url),
        ("kilde", view.document.provenance.address),
        ("sha256", view.document.provenance.checksum),
        (
            "læst",
            f"{view.document.provenance.ingested_at:%Y-%m-%d %H:%M} af {view.document.provenance.parser}",
        ),
    ]
    for name, value in rows:
        if value:
            out.print(Text(f"  {name}: {value}"))
    for version in view.versions:
        mark = "→" if version.id == view.document.id else " "
        out.print(Text(f"{mark} {version.id}  {version.start} – {version.end or ''}", style="dim"))
    chapter = ""
    for entry in view.outline:
        if entry.chapter != chapter:
            chapter = entry.chapter
            out.print(Text(f"\n{chapter}", style="bold"))
        mark = " (ophævet)" if entry.repealed else ""
        out.print(Text(f"  {entry.locator}{mark}  {entry.heading}  [{entry.id}]"))
    for section in view.sections:
        out.print(Text(f"  {section.title or '–'} ({section.role})"))
    for warning in view.document.warnings:
        out.print(f"• {escape(warning)}", style="yellow")


def findings(checks: Sequence[Finding]) -> None:
    """What the doctor found."""
    table = Table(show_header=False, box=None)
    for check in checks:
        table.add_row(Text("ok" if check.ok else "FEJL", style="green" if check.ok else "red"), check.what)
        if not check.ok:
            table.add_row("", Text(check.remedy, style="yellow"))
    out.print(table)


def evaluations(measured: Sequence[Evaluation]) -> None:
    """A row for each way of searching, a column for each measure."""
    table = Table()
    table.add_column("")
    table.add_column("queries", justify="right")
    for measure in measured[0].values:
        table.add_column(measure, justify="right")
    for evaluation in measured:
        means = [f"{evaluation.mean(measure):.3f}" for measure in evaluation.values]
        table.add_row(evaluation.run, str(evaluation.queries), *means)
    out.print(table)


def _validity(validity: Validity) -> str:
    if validity.in_force is None:
        return "ukendt"
    state = "gældende" if validity.in_force else "ikke gældende"
    end = f" til {validity.end}" if validity.end else ""
    follows = f", afløst af {validity.replaced_by}" if validity.replaced_by else ""
    return f"{state} pr. {validity.as_of} (fra {validity.start}{end}{follows})"
