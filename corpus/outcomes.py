"""The outcome an authority has recorded in its own operative words.

Nothing is inferred: a label is given only where a verb of deciding stands with the deciding authority
as its subject («Ankestyrelsen stadfæster», «vi hjemviser»), or in the passive with the decision or the
case as its subject («Afgørelsen stadfæstes»), inside a section that records the outcome.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.sentences import sentences
from corpus.types import Section, SectionRole

# verb stem → label, with the finite, passive and participle forms it is recognised by
_VERBS: tuple[tuple[str, str, str, str], ...] = (
    ("stadfæstet", "stadfæster|stadfæstede", "stadfæstes|stadfæstedes", "stadfæstet"),
    ("tiltrådt", "tiltræder|tiltrådte", "tiltrædes|tiltrådtes", "tiltrådt"),
    ("ændret", "ændrer|ændrede", "ændres|ændredes", "ændret"),
    ("ophævet", "ophæver|ophævede", "ophæves|ophævedes", "ophævet"),
    ("hjemvist", "hjemviser|hjemviste", "hjemvises|hjemvistes", "hjemvist"),
    ("afvist", "afviser|afviste", "afvises|afvistes", "afvist"),
)
_ACTIVE = {form: label for label, forms, _, _ in _VERBS for form in forms.split("|")}
_PASSIVE = {form: label for label, _, forms, _ in _VERBS for form in forms.split("|")}
_PARTICIPLE = {form: label for label, _, _, forms in _VERBS for form in forms.split("|")}

_DECIDER = (
    r"(?:Den Sociale Ankestyrelse|Ankestyrelsen|Landsskatteretten|Skatterådet|Landsretten|Højesteret|[Vv]i)"
)
_ADVERB = r"(?:således|derfor|herefter|også|på denne baggrund|på den baggrund|hermed|dermed|endvidere|nu|kun)"
_MATTER = (
    r"(?:[Aa]fgørelsen|[Aa]fgørelserne|[Ss]agen|[Ss]agerne|[Kk]lagen|[Dd]ommen|[Kk]endelsen|[Aa]nken"
    r"|[Kk]æremålet|(?:[\w-]{1,60}s) (?:afgørelser?|dom|kendelse))"
)
_OBJECT = re.compile(
    r"\b(?:afgørelse[nr]?|afgørelserne|dom(?:men)?|kendelser?|sag(?:en)?|klagen?|afslag|anken?)\b",
    re.IGNORECASE,
)

_SUBJECT_VERB = re.compile(
    rf"\b{_DECIDER}(?: (?:har|har nu))? (?:{_ADVERB} )?({'|'.join([*_ACTIVE, *_PARTICIPLE])})\b(?! ikke)"
)
_VERB_SUBJECT = re.compile(rf"\b({'|'.join(_ACTIVE)}) {_DECIDER}\b(?! ikke)", re.IGNORECASE)
_MATTER_VERB = re.compile(
    rf"\b{_MATTER}(?: (?:blev|bliver|er))?(?: {_ADVERB})? ({'|'.join([*_PASSIVE, *_PARTICIPLE])})\b"
    r"(?! ikke| af (?!Ankestyrelsen))"
)
_VERB_MATTER = re.compile(rf"\b({'|'.join(_PASSIVE)}) {_MATTER}\b", re.IGNORECASE)

_WE_VERB = re.compile(rf"\b[Vv]i (?:{_ADVERB} )?({'|'.join(_ACTIVE)})\b(?! ikke)")
_VERB_WE = re.compile(rf"\b({'|'.join(_ACTIVE)}) vi\b(?! ikke)", re.IGNORECASE)
_ANY = (_SUBJECT_VERB, _VERB_SUBJECT, _MATTER_VERB, _VERB_MATTER)
_PATTERNS = {SectionRole.OUTCOME: _ANY, SectionRole.REASONING: (_WE_VERB, _VERB_WE)}

# A board that watches over conduct: only the present tense is this decision, the past is an earlier one.
_BOARD = r"(?:[Nn]ævnet|Pressenævnet|Datatilsynet)"
_DEGREE = r"(?:(?!ikke)\w+ )?(ikke )?(alvorlig )?kritik\b"
_CRITICISM = re.compile(rf"\b(?:{_BOARD} udtaler|udtaler {_BOARD}) {_DEGREE}")
_NO_GROUND = re.compile(
    rf"\b(?:{_BOARD} finder|finder {_BOARD}) (?:(?!ikke)\w+ )?ikke "
    r"(?:anledning|grundlag) (?:for|til) at udtale kritik\b"
)
# A board that decides appeals. In the past tense it is as often the instance below («Nævnet stadfæstede»,
# writes the board above), so only the present counts, and only where no other authority decides.
_PRESENT = "|".join(forms.partition("|")[0] for _, forms, _, _ in _VERBS)
_APPEALS_BOARD = r"\b(?:[Nn]|\w{1,40}n)ævn(?:et)?"
_BOARD_VERB = re.compile(rf"{_APPEALS_BOARD} (?:{_ADVERB} )?({_PRESENT})\b(?! ikke)")
_VERB_BOARD = re.compile(rf"\b({_PRESENT}) {_APPEALS_BOARD}\b(?! ikke)", re.IGNORECASE)
# «Nævnet afviser en klage, medmindre …» tells what the board does in general.
_IN_GENERAL = re.compile(r"\b(?:medmindre|hvis|såfremt|når)\b", re.IGNORECASE)
# The answers of a binding ruling, each on a line of its own under «Svar».
_ANSWER = re.compile(r"^(?:\d{1,2}[.:)] ?)?(Ja|Nej|Afvises|Bortfalder)\b", re.MULTILINE)
_ANSWER_LABELS = {"Ja": "ja", "Nej": "nej", "Afvises": "afvist", "Bortfalder": "bortfaldet"}
_ANSWER_TITLE = re.compile(r"svar", re.IGNORECASE)

# Words of an operative part of a judgment: what follows «Thi kendes for ret».
_ORDERED = re.compile(
    r"\b(frifindes|stadfæstes|ophæves|hjemvises|afvises|tilpligtes|dømmes|idømmes|ændres)\b"
    r"|\btages? (ikke )?(?:\w+ ){0,3}til følge"
)
_ORDER_LABELS = {
    "frifindes": "frifundet",
    "tilpligtes": "tilpligtet",
    "dømmes": "dømt",
    "idømmes": "dømt",
} | _PASSIVE
_ORDER_TITLE = re.compile(
    r"t\s*h\s*i\s+(?:k\s*e\s*n\s*d\s*e\s*s|b\s*e\s*s\s*t\s*e\s*m\s*m\s*e\s*s)", re.IGNORECASE
)

# Words before the verb that make the sentence a condition, a plea or somebody else's view.
_NOT_OPERATIVE = re.compile(
    r"\b(?:hvis|såfremt|medmindre|påstand|påstår|anmod(?:er|et|ede)|mener|gør gældende|ønsker|anfører|anført"
    r"|tidligere|indstiller|indstillede|bør|burde)\b",
    re.IGNORECASE,
)


def recorded_outcomes(text: str, sections: Sequence[Section]) -> tuple[str, ...]:
    """The outcomes recorded by the authority itself, as labels, in text order, none twice.

    Labels are past participles («stadfæstet», «hjemvist», «frifundet»). Read are the operative part of
    a judgment; else the sections that record the outcome, and in the reasons what the authority says
    in the first person («vi hjemviser»); the summary only where those are silent. Empty where the
    words are not clear: nothing is worked out from claims or consequences.
    """
    ordered = [s for s in sections if _ORDER_TITLE.search(s.title)]
    if ordered:
        return _unique(label for section in ordered for label in _ordered(section.span.of(text)))
    recorded = _unique(label for section in sections for label in _recorded(text, section))
    return (
        recorded
        or _unique(_decided_in(text, sections, SectionRole.SUMMARY, _ANY))
        or _unique(_decided_in(text, sections, SectionRole.OUTCOME, (_BOARD_VERB, _VERB_BOARD), _IN_GENERAL))
    )


def _decided_in(
    text: str,
    sections: Sequence[Section],
    role: SectionRole,
    patterns: Sequence[re.Pattern[str]],
    without: re.Pattern[str] | None = None,
) -> Iterator[str]:
    """What the sentences of the sections with ``role`` decide; one that matches ``without`` tells none."""
    for section in sections:
        for span in sentences(text, section.span) if section.role is role else ():
            sentence = span.of(text)
            if without is None or not without.search(sentence):
                yield from _decided(sentence, patterns)


def _recorded(text: str, section: Section) -> Iterator[str]:
    patterns = _PATTERNS.get(section.role)
    if patterns is None:
        return
    if _ANSWER_TITLE.fullmatch(section.title.rstrip(" :")):
        for match in _ANSWER.finditer(text, section.span.start, section.span.end):
            yield _ANSWER_LABELS[match[1]]
    for span in sentences(text, section.span):
        yield from _decided(span.of(text), patterns)


def _unique(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(labels))


def _ordered(sentence: str) -> list[str]:
    found = []
    for match in _ORDERED.finditer(sentence):
        if match.group(1):
            found.append(_ORDER_LABELS[match.group(1)])
        else:
            found.append("ikke taget til følge" if match.group(2) else "taget til følge")
    return found


def _decided(sentence: str, patterns: Sequence[re.Pattern[str]]) -> list[str]:
    found: list[tuple[int, str]] = []
    for pattern in patterns:
        for match in pattern.finditer(sentence):
            form = match.group(1).lower()
            label = _ACTIVE.get(form) or _PASSIVE.get(form) or _PARTICIPLE[form]
            if _NOT_OPERATIVE.search(sentence, 0, match.start()):
                continue
            if not _OBJECT.search(sentence):
                continue
            found.append((match.start(1), label))
    for match in _CRITICISM.finditer(sentence):
        if not _NOT_OPERATIVE.search(sentence, 0, match.start()):
            found.append((match.start(), "ingen kritik" if match[1] else f"{match[2] or ''}kritik"))
    found.extend((match.start(), "ingen kritik") for match in _NO_GROUND.finditer(sentence))
    return [label for _, label in sorted(found)]
