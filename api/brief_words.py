"""The words of a brief in the reader's language, at the terminal and on the page.

The sources are Danish and stay so. What the assistant itself says is worded in Danish where it is made; a
reader of English gets the catalogue's words for its code.
"""

from __future__ import annotations

from api.texts import Language, text
from assistant.brief_types import Brief, Connective, Duty, Element, Gap, Overview
from assistant.verdict import asks_for_verdict

# The reasons that sentences were left out for, as a reader needs them; any other is one of the source's.
_REMOVED = {
    **dict.fromkeys(("verdict", "instruction"), "verdict"),
    **dict.fromkeys(("long", "unreadable", "language", "repeated"), "form"),
    **dict.fromkeys(
        ("unreachable", "refused", "busy", "malformed", "slow", "endless", "cut"),
        "endpoint",
    ),
}


def gap_words(language: Language, gap: Gap) -> str:
    """A gap: its own sentence in Danish, the code's in English, which does not name what it is about."""
    return gap.text if language is Language.DA else text(language, f"gap-{gap.code}")


def question_words(language: Language, duty: Duty) -> str:
    """The question that a duty of procedure is put as."""
    return duty.question if language is Language.DA else text(language, f"question-{duty.topic}")


def no_verdict_words(language: Language, brief: Brief) -> str:
    """Why no verdict is given where the case asked for one; empty where it did not."""
    if language is Language.DA or not brief.no_verdict:
        return brief.no_verdict
    asked = asks_for_verdict(brief.case.text)
    return asked.message_en if asked else ""


def element_words(language: Language, element: Element) -> str:
    """What a part of a provision does: «Betingelse», «Undtagelse»."""
    return text(language, f"element-{element.kind}")


def joined_words(language: Language, connective: Connective) -> str:
    """How the items of an enumeration stand to each other; empty where the provision does not say."""
    return "" if connective is Connective.UNSTATED else text(language, f"joined-{connective}")


def joint_words(language: Language, connective: Connective) -> str:
    """What stands between two items of an enumeration: «og», «eller»."""
    return "" if connective is Connective.UNSTATED else text(language, f"joint-{connective}")


def removed_words(language: Language, overview: Overview) -> list[str]:
    """What of a model's text was left out and why, a line for each kind of reason."""
    counts: dict[str, int] = {}
    for removed in overview.removed:
        kind = _REMOVED.get(removed.reason, "unsupported")
        counts[kind] = counts.get(kind, 0) + removed.count
    return [text(language, f"removed-{kind}", count=count) for kind, count in counts.items()]
