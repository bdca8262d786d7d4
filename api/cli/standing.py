"""How a provision or a decision stands today, as text for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.padding import Padding
from rich.text import Text

from api.cli.console import out
from api.texts import Language, day, text
from assistant.found import Told
from assistant.types import ChangedSince, DocumentView, Instruction, RelatedDecision

INDENT = 3  # columns, of what stands under a heading
_SHORT = 400  # characters of an amendment's words; --json has them all
_NAMED = 3  # amendments named beside a search result; `hjemmel show` has them all with their words


def told(language: Language, of: Told) -> Iterator[Text]:
    """What has changed since the wording of a search result, or what took the place of a decision."""
    if of.standing:
        yield Text(of.standing, style="bold yellow" if of.superseded else "yellow")
    changed = of.since
    if changed is None:
        return
    said = changed.text if language is Language.DA else changed.english
    if said:
        where = f" [{', '.join(changed.now)}]" if changed.now else ""
        told_on = text(language, "changed-since", day=day(language, changed.until))
        yield Text(f"{told_on} {said}{where}", style="yellow")
    acts = [", ".join(filter(None, [p.citation, p.place])) for p in changed.pending]
    if acts:
        more = f"; +{len(acts) - _NAMED}" if len(acts) > _NAMED else ""
        yield Text(f"{text(language, 'history-pending')} {'; '.join(acts[:_NAMED])}{more}", style="yellow")


def since(language: Language, changed: ChangedSince) -> None:
    """What has changed since the wording shown, and what it does not show yet."""
    told = changed.text if language is Language.DA else changed.english
    if told:
        out.print(Text(text(language, "changed-since", day=day(language, changed.until)) + f" {told}"))
    for identifier in changed.now if told else ():
        _indented(Text(identifier, style="dim"))
    for waiting in changed.pending:
        pending(language, waiting)


def pending(language: Language, waiting: Instruction) -> None:
    """An amendment that is not consolidated yet, with its words."""
    name = ", ".join(filter(None, [waiting.citation, waiting.place]))
    effect = f" ({text(language, 'from', day=day(language, waiting.effect))})" if waiting.effect else ""
    said = f"{text(language, 'history-pending')} {name}{effect}: {waiting.reason}"
    out.print(Text(said, style="yellow"))
    if waiting.text:
        cut = " …" if len(waiting.text) > _SHORT else ""
        _indented(Text(f"«{waiting.text[:_SHORT]}»{cut}"))


def related(language: Language, decisions: Sequence[RelatedDecision]) -> None:
    """The decisions that took the place of this one, and those that it took the place of."""
    if not decisions:
        return
    out.print(Text(f"\n{text(language, 'related')}", style="bold"))
    for other in decisions:
        where = other.document_id or "; ".join(other.candidates)
        facts = [other.citation, day(language, other.date) if other.date else "", where]
        out.print(Text(f"  {other.text}"))
        facts = [fact for fact in facts if fact] or [text(language, "related-not-kept")]
        _indented(Text(" · ".join(facts), style="dim"))


def references(language: Language, view: DocumentView) -> None:
    """What a decision cites, in the wording that it applied, with what has become of it."""
    if not view.references and not view.unresolved:
        return
    title = text(language, "own-references", day=day(language, view.validity.as_of))
    out.print(Text(f"\n{title}", style="bold"))
    for reference in view.references:
        out.print(Text(f"  {reference.citation}"))
        _indented(Text(" · ".join(filter(None, [*reference.provisions[:1], reference.since])), style="dim"))
    if view.unresolved:
        out.print(Text(text(language, "own-references-unresolved", count=view.unresolved), style="dim"))


def _indented(words: Text) -> None:
    out.print(Padding(words, (0, 0, 0, INDENT)))
