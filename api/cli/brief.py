"""The commands of the brief: lay a case's rules, conditions and precedents before its caseworker."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from textwrap import shorten
from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from api.brief_records import BriefRecord, NoteFormat
from api.brief_words import element_words, gap_words, joined_words, no_verdict_words, question_words
from api.case_files import read_case_file
from api.cli.console import emit, out
from api.days import parse_day
from api.settings import Settings
from api.texts import Language, day, text
from api.wiring import Workspace
from assistant.brief import BriefRequest
from assistant.brief_types import Bearing, Brief, PrecedentEntry, Quote, RuleEntry
from assistant.gaps import OTHER_LAW
from assistant.note import NoteRequest
from corpus.errors import InputError
from corpus.sentences import sentences
from corpus.types import Span
from index.limits import MAX_QUERY_CHARACTERS

INDENT = 3  # columns
_CONDITION_INDENT = 5
_FACTS_SHOWN = 3  # alike or different; all of them with --json
# Characters of one quote, cut where a sentence ends; what is longer is opened with `hjemmel show`.
_RULE_SHOWN = 1_200
_PASSAGE_SHOWN = 600
_SENTENCE_SHOWN = 70  # of the case, named by its number beside a condition
EXIT_BROKEN = 1

File = Annotated[
    str, typer.Argument(metavar="FILE|-", help="The case: text, PDF, DOCX, HTML; - reads standard input.")
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="The case's date; today if left out.")
]
Collections = Annotated[list[str] | None, typer.Option("--collection", help="Use this collection only.")]
OwnView = Annotated[
    Path | None,
    typer.Option("--own-view", metavar="FILE", help="Own considerations, noted before precedents are shown."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]


def brief(
    context: typer.Context,
    file: File,
    as_of: AsOf = None,
    collection: Collections = None,
    own_view: OwnView = None,
    as_json: Json = False,
) -> None:
    """Lay rules, conditions, precedents and gaps of a case before its caseworker, without a verdict."""
    settings: Settings = context.obj.settings
    request = _request(file, as_of, collection, own_view)
    made = Workspace(settings).brief(request)
    if as_json:
        emit(BriefRecord.of(made))
    else:
        _print(settings.language, made)


def note(
    context: typer.Context,
    file: File,
    as_of: AsOf = None,
    collection: Collections = None,
    own_view: OwnView = None,
    considerations: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Main considerations, in the caseworker's own words."),
    ] = None,
    mark: Annotated[
        list[str] | None, typer.Option(help="Id of a rule or decision to quote; all if none is named.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write it there: .md or .docx.")
    ] = None,
) -> None:
    """Write a draft of the journal note, with an empty conclusion, as Markdown or Word."""
    settings: Settings = context.obj.settings
    written_as = _format(to)
    request = replace(_request(file, as_of, collection, own_view), marked=tuple(mark or ()))
    asked = NoteRequest(request.own_view, _own_words(considerations), request.marked)
    written = Workspace(settings).note(request, asked, written_as)
    if to is None:
        sys.stdout.write(written.decode())
        return
    try:
        to.write_bytes(written)
    except OSError as error:
        raise InputError(f"Filen {to} kan ikke skrives: {error.strerror}.", "Vælg et andet sted.") from None
    out.print(text(settings.language, "note-written", file=to), markup=False)


audit = typer.Typer(help="Read and check the audit log.", no_args_is_help=True)


@audit.command("verify")
def verify(context: typer.Context, as_json: Json = False) -> None:
    """Check that no entry of the log was changed, removed or put in."""
    settings: Settings = context.obj.settings
    log = Workspace(settings).log
    broken = log.verify()
    entries = sum(1 for _ in log.entries())
    if as_json:
        emit({"entries": entries, "broken": broken and {"number": broken.number, "reason": broken.reason}})
    elif broken is None:
        out.print(text(settings.language, "audit-whole", count=entries))
    else:
        out.print(text(settings.language, "audit-broken", number=broken.number, reason=broken.reason))
    if broken is not None:
        raise typer.Exit(EXIT_BROKEN)


@audit.command("show")
def show_entry(
    context: typer.Context, id: Annotated[str, typer.Argument(help="Id of the entry, as a brief prints it.")]
) -> None:
    """Print an entry of the log as JSON."""
    settings: Settings = context.obj.settings
    entry = Workspace(settings).log.entry(id)
    emit({name: getattr(entry, name) for name in entry.__slots__})


def _request(
    file: str, as_of: str | None, collection: list[str] | None, own_view: Path | None
) -> BriefRequest:
    case = _standard_input() if file == "-" else read_case_file(Path(file))
    return BriefRequest(case, parse_day(as_of), tuple(collection or ()), own_view=_own_words(own_view))


def _standard_input() -> str:
    data = sys.stdin.buffer.read(4 * MAX_QUERY_CHARACTERS + 1)  # what can be read, and one byte to see more
    try:
        return data.decode("utf-8-sig", "strict" if len(data) <= 4 * MAX_QUERY_CHARACTERS else "ignore")
    except UnicodeDecodeError:
        raise InputError("Sagen på standard input er ikke UTF-8.", "Gem den som UTF-8.") from None


def _own_words(path: Path | None) -> str:
    return read_case_file(path) if path else ""


def _format(to: Path | None) -> NoteFormat:
    if to is None or to.suffix.lower() in (".md", ".markdown"):
        return NoteFormat.MARKDOWN
    if to.suffix.lower() == ".docx":
        return NoteFormat.DOCX
    raise InputError(f"Et notat kan ikke skrives som «{to.suffix}».", "Brug .md eller .docx.")


def _print(language: Language, made: Brief) -> None:
    if made.no_verdict:
        out.print(Text(no_verdict_words(language, made), style="bold yellow"))
    _case(language, made)
    if made.overview.statements:
        out.rule(text(language, "overview"))
        for statement in made.overview.statements:
            _cited(statement.text, statement.evidence)
    out.rule(
        f"{text(language, 'rules')} · {text(language, 'rules-as-of', day=day(language, made.case.as_of))}"
    )
    for rule in made.rules:
        _rule(language, rule)
    if made.procedure:
        out.rule(text(language, "procedure"))
        for duty in made.procedure:
            _cited(question_words(language, duty), duty.basis)
    if made.precedents:
        out.rule(f"{text(language, 'precedents')} · {text(language, 'precedents-order')}")
        other_law = {id for gap in made.gaps if gap.code == OTHER_LAW for id in gap.about}
        for precedent in made.precedents:
            _precedent(language, precedent, in_short=precedent.document_id in other_law)
    out.rule(text(language, "gaps"))
    for gap in made.gaps:
        about = f" ({', '.join(gap.about)})" if gap.about and language is Language.EN else ""
        out.print(Text(f"• {gap_words(language, gap)}{about}"))
    if not made.gaps:
        out.print(text(language, "no-gaps"))
    out.print()
    out.print(
        text(language, "trace", id=made.trace.id, snapshot=made.trace.snapshot), style="dim", markup=False
    )


def _case(language: Language, made: Brief) -> None:
    out.rule(text(language, "case-as-read"))
    words, at = Text(), 0
    for sentence in made.case.sentences:
        words.append(made.case.text[at : sentence.span.start])
        words.append(f"[{sentence.number}] ", style="cyan")
        at = sentence.span.start
    out.print(words.append(made.case.text[at:]))
    pseudonyms = dict.fromkeys(r.pseudonym for r in made.case.replaced)
    if pseudonyms:
        out.print(Text(f"{text(language, 'replaced-in-case')}: {', '.join(pseudonyms)}", style="dim"))


def _rule(language: Language, rule: RuleEntry) -> None:
    out.print()
    out.print(Text(rule.quote.citation, style="bold"))
    out.print(Text(f"   {rule.provision_id}", style="dim"))
    _quoted(language, rule.quote, rule.provision_id, _RULE_SHOWN)
    if rule.changed_since:
        _indented(Text(f"{text(language, 'since')}: {rule.changed_since}", style="yellow"))
    for quote in rule.pending:
        _indented(Text(f"{text(language, 'pending')}: {quote.citation}", style="yellow"))
    if rule.conditions:
        _indented(Text(text(language, "conditions"), style="underline"))
    for bearing in rule.nearest:
        _bearing(language, bearing, _CONDITION_INDENT)
    if len(rule.nearest) < len(rule.conditions):
        _indented(Text(text(language, "more-conditions"), style="dim"))


def _bearing(language: Language, bearing: Bearing, indent: int) -> None:
    element = bearing.element
    names = filter(None, (element_words(language, element), joined_words(language, element.connective)))
    kind = ", ".join(names)
    line = Text.assemble((f"{kind}, {element.quote.locator}: ", "cyan"), f"«{element.quote.text}»")
    if bearing.sentences:
        first, *others = bearing.sentences
        numbers = "".join(f" [{sentence.number}]" for sentence in others)
        line.append(f" → [{first.number}] {shorten(first.text, _SENTENCE_SHOWN, placeholder=' …')}{numbers}")
    elif not bearing.parts:
        line.append(f" → {text(language, 'not-described')}", style="dim")
    out.print(Padding(line, (0, 0, 0, indent)))
    for part in bearing.parts:
        _bearing(language, part, indent + 3)


def _precedent(language: Language, precedent: PrecedentEntry, *, in_short: bool) -> None:
    out.print()
    out.print(Text(precedent.citation, style="bold"))
    facts = [
        precedent.authority,
        day(language, precedent.date) if precedent.date else "",
        precedent.document_id,
    ]
    if precedent.outcome:
        facts.append(f"{text(language, 'outcome')}: {', '.join(precedent.outcome)}")
    _indented(Text(" · ".join(f for f in facts if f), style="dim"))
    if precedent.counter:
        _indented(Text(text(language, "counter"), style="bold"))
    if precedent.standing:
        _indented(Text(precedent.standing, style="yellow"))
    if in_short:
        return
    for quote in precedent.quotes[:1]:
        _quoted(language, quote, precedent.document_id, _PASSAGE_SHOWN)
    if precedent.reasons:
        _indented(Text(text(language, "reasons"), style="underline"))
        for quote in precedent.reasons:
            _indented(Text(f"«{quote.text}»"))
    likeness = precedent.likeness
    if likeness.alike:
        _indented(Text(text(language, "alike"), style="underline"))
        for pair in likeness.alike[:_FACTS_SHOWN]:
            _indented(Text(f"{pair.case.text}\n≈ «{pair.decision.text}»"))
    if likeness.only_decision:
        _indented(Text(text(language, "only-decision"), style="underline"))
        for quote in likeness.only_decision[:_FACTS_SHOWN]:
            _indented(Text(f"«{quote.text}»"))
    if likeness.only_case:
        _indented(Text(text(language, "only-case"), style="underline"))
        for sentence in likeness.only_case[:_FACTS_SHOWN]:
            _indented(Text(sentence.text))


def _cited(words: str, basis: tuple[Quote, ...]) -> None:
    citations = "; ".join(dict.fromkeys(quote.citation for quote in basis))
    out.print(Text.assemble(f"• {words} ", (f"({citations})" if citations else "", "dim")))


def _quoted(language: Language, quote: Quote, id: str, most: int) -> None:
    """A quote, or as many of its sentences as fit, and how to open the rest."""
    fitting = [s for s in sentences(quote.text, Span(0, len(quote.text))) if s.end <= most]
    if len(quote.text) <= most or not fitting:
        _indented(Text(f"«{quote.text}»"))
        return
    rest = text(language, "rest-with-show", id=id)
    _indented(Text.assemble(f"«{quote.text[: fitting[-1].end]}» ", (rest, "dim")))


def _indented(words: Text) -> None:
    out.print(Padding(words, (0, 0, 0, INDENT)))
