"""The clauses of a Danish sentence of law: which say when, which limit, and which is the main clause.

One pass over the words with a stack of open clauses. Danish law sets a comma before nearly every
subordinate clause, and the finite verb that follows the comma after it belongs to the clause outside;
that is what the reader goes by. It knows no more grammar than that: where a sentence fits no pattern
its clauses run on to the end, so that a quote is rather too long than cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from assistant import cues
from corpus.types import Span

_TOKEN = re.compile(r"[^\W\d_]+(?:[-’'/.][^\W\d_]+)*|§+|\d[\d.,:–-]*\d|\d|[^\w\s]|_")
# After a comma these go on with a reference: «§ 3, stk. 2, nr. 1», «1. pkt., og».
_REFERENCE = re.compile(r"(?:stk|nr|litra|litr|pkt|bilag|jf|jfr|§+|\d.*)$", re.IGNORECASE)
# How many words may stand between the verb of the main clause and a clause that interrupts it.
_INTERRUPTED = 3
# How far ahead a second main clause must show its verb.
_LOOK_AHEAD = 14


class Role(Enum):
    """What a clause is in its sentence."""

    MAIN = auto()
    CONDITION = auto()
    EXCEPTION = auto()
    RELATIVE = auto()
    CONTENT = auto()  # «at …», «om …»: what is said, decided or required
    OTHER = auto()  # when, why, how


_ADVERBIAL = frozenset({Role.CONDITION, Role.EXCEPTION, Role.OTHER})


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark with its place in the document's text."""

    word: str  # lower case
    span: Span


@dataclass(slots=True, eq=False)
class Clause:
    """A clause while it is read and after. ``tokens`` are its own words, not those of clauses inside it."""

    role: Role
    cue: Span
    opened: int  # the index of its first token
    parent: Clause | None = None
    tokens: list[int] = field(default_factory=list)
    verb: int = -1  # index of its first finite verb
    interrupts: bool = False  # stands between the verb of the main clause and the rest of that
    last: int = -1  # index of the last token of it and of the clauses inside it


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence taken apart: its tokens, and its clauses in the order in which they open."""

    tokens: tuple[Token, ...]
    clauses: tuple[Clause, ...]

    def inside(self, clause: Clause) -> list[Clause]:
        """The clauses that stand inside ``clause``, at any depth."""
        return [c for c in self.clauses if c is not clause and _within(c, clause)]


def _within(clause: Clause, outer: Clause) -> bool:
    at = clause.parent
    while at is not None and at is not outer:
        at = at.parent
    return at is not None


def read_clauses(text: str, span: Span) -> Reading:
    """The clauses of the one sentence that ``span`` covers. Words in brackets belong to no clause."""
    tokens = tuple(
        Token(m.group().lower(), Span(*m.span())) for m in _TOKEN.finditer(text, span.start, span.end)
    )
    reader = _Reader(tokens)
    reader.read()
    return Reading(tokens, tuple(reader.clauses))


class _Reader:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self.clauses: list[Clause] = []
        self._stack: list[Clause] = []
        self._goes_on_at = -1  # the index of the token at which a condition goes on after «og»

    def read(self) -> None:
        self._open(Role.MAIN, 0, 0)
        depth = 0
        at = 0
        while at < len(self._tokens):
            word = self._word(at)
            depth += (word == "(") - (word == ")" and depth > 0)
            if depth or word == ")":
                at += 1
                continue
            at = self._step(at, word)
        for clause in self._stack:
            clause.last = max(clause.last, len(self._tokens) - 1)

    def _step(self, at: int, word: str) -> int:
        """Read the token at ``at``; returns the index of the next one to read."""
        if word == ";":
            self._close_to(0)
            self._stack.pop()
            self._open(Role.MAIN, at + 1, at + 1)
            return at + 1
        if opened := self._opener(at, word):
            role, length, cue = opened
            self._make_room(role, at)
            interrupts = self._interrupts(at)
            self._open(role, at, cue, length)
            self._top.interrupts = interrupts
            for inner in range(at, at + length):
                self._own(inner)
            return at + length
        after_comma = self._after_comma(at)
        if after_comma and word in cues.JOINERS:
            self._joined(at)
        elif after_comma and len(self._stack) > 1 and not self._is_finite(at) and at != self._goes_on_at:
            self._maybe_leave(word)
        if self._is_finite(at):
            self._finite(at, after_comma)
        self._own(at)
        return at + 1

    # What opens a clause

    def _opener(self, at: int, word: str) -> tuple[Role, int, int] | None:
        """The role, the number of words and the index of the cue of what opens a clause at ``at``."""
        for openers, role in (
            (cues.EXCEPTION_OPENERS, Role.EXCEPTION),
            (cues.CONDITION_OPENERS, Role.CONDITION),
        ):
            for opener in openers:
                if self._stands(at, opener):
                    if opener[0] == "for" and self._word(at + 3) == "angår":
                        return None
                    return role, len(opener), at
        opens = at == 0 or self._after_comma(at) or self._word(at - 1) in cues.JOINERS
        if at == 0 and self._is_finite(0) and self._inverted():
            return Role.CONDITION, 1, 0
        if opens and word in ("der", "som") and self._limits(at, word):
            return Role.RELATIVE, 1, at
        if word in cues.RELATIVE_PLACES and self._is_place(at, word):
            return Role.RELATIVE, 1, at
        if not (opens or (word == "at" and self._word(at - 1) == "enten")):
            return None
        if word in cues.PREPOSITIONS and (
            self._word(at + 1) in ("hvem", "hvilken", "hvilket", "hvilke") and self._word(at + 2) != "omfang"
        ):
            return Role.RELATIVE, 2, at + 1
        for opener in cues.OTHER_OPENERS:
            if self._stands(at, opener) and (at == 0 or self._after_comma(at)):
                return Role.OTHER, len(opener), at
        if word in cues.CONTENT_OPENERS and at > 0 and (self._after_comma(at) or self._continues(word, at)):
            return Role.CONTENT, 1, at
        return None

    def _limits(self, at: int, word: str) -> bool:
        """Whether «der» or «som» at ``at`` is a relative pronoun."""
        following = self._word(at + 1)
        if at == 0 or (word == "som" and following in cues.NO_RELATIVE):
            return False
        if self._after_comma(at) and self._word(at - 1) == ",":
            return True
        # «der A, og som B» has two of a kind; «og der ydes hjælp» begins a main clause.
        if word == "der" and not any(c.role is Role.RELATIVE for c in self._stack):
            return False
        return any(c.role is Role.RELATIVE and c.verb >= 0 for c in self._stack)

    def _is_place(self, at: int, word: str) -> bool:
        if self._word(at + 1) in cues.ASKED:
            return False
        return self._after_comma(at) or (word == "hvor" and self._word(at - 1) in cues.WHERE_NOUNS)

    def _continues(self, word: str, at: int) -> bool:
        """«at A, og at B», «at A, eller om B»."""
        return (
            self._word(at - 1) in (*cues.JOINERS, "enten")
            and any(c.role is Role.CONTENT for c in self._stack)
            and word in ("at", "om", "hvorvidt")
        )

    def _inverted(self) -> bool:
        """Whether a sentence that opens with its verb goes on after a comma with another: «Er A, gives B»."""
        return any(
            self._is_finite(i) and self._after_comma(i) and self._word(i - 1) == ","
            for i in range(2, len(self._tokens))
        )

    # Where clauses end

    def _make_room(self, role: Role, at: int) -> None:
        """Close the clauses that a clause of ``role`` at ``at`` does not stand in."""
        if role in _ADVERBIAL:
            while len(self._stack) > 1 and self._top.verb >= 0:
                self._stack.pop()
        elif self._word(at - 1) in cues.JOINERS:
            alike = max((i for i, c in enumerate(self._stack) if c.role is role and c.verb >= 0), default=0)
            if alike:
                self._close_to(alike - 1)

    def _interrupts(self, at: int) -> bool:
        main = self._stack[0]
        return len(self._stack) == 1 and main.verb >= 0 and at - main.verb <= _INTERRUPTED + 1

    def _joined(self, at: int) -> None:
        """«…, og»: a second condition of an inverted clause, or another main clause."""
        if self._word(at) == "samt" or self._is_opener(at + 1):
            return
        main = self._stack[0]
        first = self._stack[1] if len(self._stack) > 1 else None
        if self._is_finite(at + 1):
            if first is not None and first.opened == first.verb and main.verb < 0:  # «Er A, og er B, gives C»
                self._close_to(0)
                self._open(Role.CONDITION, at + 1, at + 1)
                self._top.verb = at + 1
            elif (
                main.verb >= 0 and self._word(at + 1) in cues.MODALS and self._word(main.verb) in cues.MODALS
            ):
                self._close_to(0)
            return
        verb = self._verb_ahead(at + 1)
        if main.verb >= 0 and verb is not None and self._top.verb >= 0:
            if self._goes_on(verb):
                self._goes_on_at = at + 1
                return
            self._close_to(0)
            self._stack.pop()
            self._open(Role.MAIN, at + 1, at + 1)

    def _goes_on(self, verb: int) -> bool:
        """Whether «…, når A er B, og C er D» goes on with the condition, whose clause it then returns to.

        Rules speak in modal verbs and conditions mostly do not; «ikke» before its verb marks the order of
        words in a condition too.
        """
        if self._word(verb) in cues.MODALS and self._word(verb - 1) != "ikke":
            return False
        open_ = [
            i for i, c in enumerate(self._stack) if c.role in (Role.CONDITION, Role.EXCEPTION) and c.verb >= 0
        ]
        if open_:
            self._close_to(open_[-1])
        return bool(open_)

    def _verb_ahead(self, at: int) -> int | None:
        for i in range(at, min(at + _LOOK_AHEAD, len(self._tokens))):
            if self._is_opener(i) or (self._word(i) == "," and not self._in_reference(i)):
                return None
            if self._is_finite(i):
                return i
        return None

    def _is_opener(self, at: int) -> bool:
        return at < len(self._tokens) and self._opener(at, self._word(at)) is not None

    def _maybe_leave(self, word: str) -> None:
        """After a comma that neither a verb nor an opener follows."""
        leaves = self._top.interrupts or (self._top.role is Role.RELATIVE and word in cues.PREPOSITIONS)
        if leaves and self._top.verb >= 0:
            self._close_to(len(self._stack) - 2)

    def _finite(self, at: int, after_comma: bool) -> None:
        top = self._top
        if top.verb == at:  # «Er A, og er B»: the clause was opened by it
            return
        if after_comma:
            waiting = [i for i, c in enumerate(self._stack) if c.verb < 0]
            if waiting and waiting[-1] < len(self._stack) - 1:
                self._close_to(waiting[-1])
            elif not waiting and top.interrupts:
                self._close_to(len(self._stack) - 2)
            self._take(at)
        elif top.verb < 0:
            self._take(at)
        elif self._missing_comma(at):
            self._close_to(0)
            self._take(at)

    def _missing_comma(self, at: int) -> bool:
        """«Når A sker skal kommunen …»: a second modal verb right in a clause that opens the sentence."""
        return (
            len(self._stack) == 2
            and self._stack[0].verb < 0
            and self._stack[1].opened == 0
            and self._word(at) in ("skal", "kan")
            and self._word(at - 1) not in (*cues.JOINERS, "ikke", "at", "der", "som")
        )

    def _take(self, at: int) -> None:
        if self._top.verb < 0:
            self._top.verb = at

    # Tokens

    @property
    def _top(self) -> Clause:
        return self._stack[-1]

    def _word(self, at: int) -> str:
        return self._tokens[at].word if 0 <= at < len(self._tokens) else ""

    def _stands(self, at: int, words: Sequence[str]) -> bool:
        return all(self._word(at + i) == word for i, word in enumerate(words))

    def _is_finite(self, at: int) -> bool:
        word = self._word(at)
        if word not in cues.FINITE or (word == "når"):
            return False
        return not (word in cues.AMBIGUOUS and self._word(at - 1) in cues.BEFORE_NOUN)

    def _after_comma(self, at: int) -> bool:
        """Whether a comma that ends or opens a clause stands before the token, or before its «og»."""
        before = at - 1
        if self._word(before) in cues.JOINERS:
            before -= 1
        return self._word(before) == "," and not self._in_reference(before)

    def _in_reference(self, comma: int) -> bool:
        return bool(_REFERENCE.match(self._word(comma + 1)))

    def _own(self, at: int) -> None:
        self._top.tokens.append(at)
        for clause in self._stack:
            clause.last = at

    def _open(self, role: Role, opened: int, cue: int, length: int = 1) -> None:
        if cue < len(self._tokens):
            last = min(cue + (length if role in _ADVERBIAL else 1), len(self._tokens)) - 1
            marks = Span(self._tokens[cue].span.start, self._tokens[last].span.end)
        else:
            marks = Span(0, 0)
        clause = Clause(role, marks, opened, self._stack[-1] if self._stack else None)
        if role is Role.CONDITION and self._is_finite(cue):
            clause.verb = cue
        self._stack.append(clause)
        self.clauses.append(clause)

    def _close_to(self, depth: int) -> None:
        del self._stack[depth + 1 :]
