"""What makes words of deciding lawful: the frame of the sentence that they stand in.

A past decision is reported, a rule is told in general, a party's view is told, a question is asked, or it
is left open *whether*. A frame reaches as far as its clause structure carries it: not past «derfor», and
not to the case before us.
"""

from __future__ import annotations

import re
from enum import Flag, auto

from assistant.verdict_words import (
    BY_NUMBER,
    DECIDERS_DA,
    DECIDERS_EN,
    HERE,
    INFERENCE,
    PAST_POINTER,
    PAST_VERBS_DA,
    PAST_VERBS_EN,
)


class Frame(Flag):
    """What makes words of deciding lawful around a hit."""

    NONE = 0
    PAST = auto()  # a past decision is reported
    RULE = auto()  # a rule is told in general
    VIEW = auto()  # a party's view is told
    QUESTION = auto()  # an open question to the caseworker
    WHETHER = auto()  # «om betingelsen er opfyldt»
    ANY = PAST | RULE | VIEW | QUESTION | WHETHER


_HERE = re.compile(rf"(?<= ){HERE} ")
_INFERENCE = re.compile(rf"(?<= ){INFERENCE} ")
_TURN = re.compile(rf", (?:og|så|and|so) |(?<= ){INFERENCE} ")
_DECIDER_PAST = re.compile(
    rf"(?<= )(?:(?:{DECIDERS_DA}|{PAST_POINTER}|vi i {BY_NUMBER}) [^;.?!]{{0,120}}?(?:{PAST_VERBS_DA}"
    rf"|{PAST_VERBS_EN})"
    rf"|{DECIDERS_EN} [^;.?!]{{0,120}}?(?:{PAST_VERBS_EN})"
    rf"|(?:{PAST_VERBS_DA}) (?:{DECIDERS_DA})) "
)
_POINTED_AFTER = re.compile(rf" (?:i|in|\() (?:afgørelse |decision |[^ ]+ )?{BY_NUMBER} ")
_PAST_VERB = re.compile(rf"(?<= )(?:{PAST_VERBS_DA}|{PAST_VERBS_EN}) ")
_PRESENT_VERB = re.compile(
    r"(?<= )(?:er|har|skal|kan|må|bør|vil|gælder|foreligger|opfylder|får|is|are|has|must|should|can"
    r"|cannot|will|ought|would) "
)
_RULE_CUE = re.compile(
    r"(?<= )(?:§|loven|lovens|bestemmelsen|reglen|reglerne|bekendtgørelsen|undtagelsen|ordlyden"
    r"|retten til|section|the act"
    r"|provision|rule|stk) "
)
_CONDITIONAL = re.compile(
    r"(?<= )(?:hvis|når|såfremt|medmindre|den , der|dem , der|forudsat|idet omfang|hvor|under|inden|før"
    r"|senest|if|when|where|unless|before|until|provided) "
)
_GENERIC = re.compile(
    r"(?<= )(?:kan|indtil|up to|modtageren|modtager|parten|partens|man|enhver|en|et|ansøgere|myndigheden"
    r"|myndighed"
    r"|borgere|alle|may|anyone|a|an|recipient|authority|party|which) "
)
_DEFINITE = re.compile(
    r"(?<= )(?:han|hun|ham|hende|hans|hendes|fru|hr|borgerens|klageren|klagerens|ansøgerens|begæringen"
    r"|dokumentet|klagen|he|she|her|him|his) "
)
_CAUSE = re.compile(r"(?<= )(?:da|fordi|eftersom|idet|because|since|as) ")
_VIEW = re.compile(
    r"(?<= )(?:(?:ifølge|efter|according to) (?:borgeren|kommunen|klageren|ansøgeren|naboen|forvaltningen"
    r"|advokaten|the citizen|the municipality|the applicant|lægen|hende|ham|partens advokat)"
    r"|(?:borgeren|klageren|klager|ansøgeren|kommunen|parten|naboen|ejeren|hun|han|de|forvaltningen"
    r"|advokat\w*|sagsbehandleren|lægen|terapeuten|sønnen"
    r"|datteren|moderen|citizen|municipality|applicant|complainant|neighbour|lawyer|doctor|he|she"
    r"|they) (?:har )?"
    r"(?:mener|mente|anfører|anførte|anført|gør gældende|gjorde gældende|påstår|påstod|skriver|skrev"
    r"|oplyser|oplyste|fandt|vurderede|ønsker|ønskede|anmoder"
    r"|hævder|indstillede|indstiller|forklarer|forklarede|argues|argued|claims|claimed|writes|wrote"
    r"|takes the view|took the view|thinks|states|says|submits"
    r"|considers|recommended|anbefalede|vurderer|opfatter)) (?:[^ ,]+ ){0,3}?(?=, at |at |, |that |: |er "
    r"|is |[^ ]+ )"
)
_WHETHER = re.compile(
    r"(?:^ |, |: |\( |; |(?:afgør\w*|vurder\w*|undersøg\w*|oplys\w*|beskriv\w*|siger|angår|spørgsmålet?"
    r"|afhænger af|stilling til|spørger|ved) (?:ikke |, )*)"
    r"(?:om|hvorvidt|hvordan|hvornår|hvem|hvad|whether|how|who|if) [^,;:.?!]*$"
    r"|(?<= )(?:hvorvidt|whether|how|in whether) [^,;:.?!]*$"
)
_RHETORICAL = re.compile(
    r"^ (?:(?:bør|skal|skulle|er|burde|vil|kan|må|should|shouldn't|isn't|is|must|would|has"
    r"|har) (?:[^ ]+ ){0,5}(?:ikke|not)"
    r"|(?:hvorfor|why) (?:[^ ]+ ){0,2}(?:bør|skal|må|should|must)|(?:mon ikke|hvem kan|who could"
    r"|who would|hvordan kan)) "
)


def is_lawful(words: str, hit: re.Match[str], frames: Frame) -> bool:
    """Whether one of ``frames`` covers the words at ``hit`` in the sentence ``words``."""
    before = words[: hit.start()]
    if Frame.QUESTION in frames and is_open_question(words):
        return True
    if Frame.WHETHER in frames and _WHETHER.search(before):
        return True
    if Frame.VIEW in frames and _told_by_party(before, words, hit):
        return True
    if Frame.PAST in frames and _reported(words, hit):
        return True
    return Frame.RULE in frames and _told_as_rule(words, hit)


def _told_by_party(before: str, words: str, hit: re.Match[str]) -> bool:
    views = [view for view in _VIEW.finditer(words, 0, hit.end()) if view.start() <= hit.start()]
    if not views:
        return False
    last = views[-1]
    return _INFERENCE.search(words, last.end(), hit.end()) is None and " og derfor " not in before


def _reported(words: str, hit: re.Match[str]) -> bool:
    """Whether the words tell what was decided in another case, and stay there."""
    if _HERE.search(words):
        return False
    frame = _DECIDER_PAST.search(words)
    if frame is not None and frame.start() <= hit.end():
        start = frame.start()
    elif _POINTED_AFTER.search(words) and _PAST_VERB.search(words):
        start = 0
    else:
        return False
    between = words[start : hit.end()]
    turns = [turn.start() for turn in _TURN.finditer(between)]
    if not turns:
        return True
    clause = words[start + turns[-1] : hit.end() + 1]
    return bool(_PAST_VERB.search(clause)) and not _PRESENT_VERB.search(clause)


def _told_as_rule(words: str, hit: re.Match[str]) -> bool:
    """Whether a rule is told in general: it is named, it is open, and nobody is at the end of it."""
    if not _RULE_CUE.search(words) or _HERE.search(words) or _DEFINITE.search(words):
        return False
    if _INFERENCE.search(words, 0, hit.end()) or _CAUSE.search(words):
        return False
    return bool(_CONDITIONAL.search(words) or _GENERIC.search(words))


def is_open_question(words: str) -> bool:
    """Whether a sentence leaves its question to the reader, without leaning on the answer."""
    return words.rstrip().endswith("?") and not _RHETORICAL.search(words)


def is_report(words: str) -> bool:
    """Whether the words tell what was decided in another case."""
    if _DECIDER_PAST.search(words):
        return True
    return bool(_POINTED_AFTER.search(words) and _PAST_VERB.search(words))


def is_rule(words: str) -> bool:
    """Whether the words tell of a rule, and of nobody in particular."""
    return bool(_RULE_CUE.search(words)) and not _DEFINITE.search(words)


def tells_a_view(words: str) -> bool:
    """Whether the words tell what a party says."""
    return _VIEW.search(words) is not None
