"""The front matter of a Markdown file: what is known about the document besides its text.

The format, exactly (``docs/formats.md`` shows it to users, a test holds the two together):

* The first line of the file is ``---``, the second is ``key: value``, and a later line is ``---``.
  A file that begins otherwise has no front matter, and everything in it is text.
* Between them stands one ``key: value`` a line. Keys are Danish or English, in any case. A line that
  begins with a blank carries on the value of the line above. Blank lines and lines that begin with
  ``#`` mean nothing. A value may stand in straight quotes; an empty value is as if the key were absent.
* A key of ``KEYS`` whose value is none of the allowed ones, a key given twice and a line that is no
  ``key: value`` are refused with ``UnreadableError``; an unknown key gives a warning.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.errors import UnreadableError
from corpus.parsing.text import normalise
from corpus.types import DocumentType, Kind, Status

FENCE = "---"
MAX_LINES = 200  # a later closing line belongs to the text (a rule between two sections)

TYPES: Mapping[str, DocumentType] = {
    "lov": DocumentType.ACT,
    "lovbekendtgørelse": DocumentType.CONSOLIDATED_ACT,
    "bekendtgørelse": DocumentType.ORDER,
    "ændringslov": DocumentType.AMENDING_ACT,
    "cirkulære": DocumentType.CIRCULAR,
    "vejledning": DocumentType.GUIDANCE,
    "afgørelse": DocumentType.DECISION,
    "principmeddelelse": DocumentType.DECISION,
    "kendelse": DocumentType.DECISION,
    "dom": DocumentType.JUDGMENT,
    "andet": DocumentType.OTHER,
}
STATUSES: Mapping[str, Status] = {"gældende": Status.VALID, "historisk": Status.HISTORIC}
YES_NO: Mapping[str, bool] = {"ja": True, "nej": False, "yes": True, "no": False}

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"[12]\d{3}")
_URL = re.compile(r"https?://\S+")
_KEY_LINE = re.compile(r"([^\W\d][\w -]{0,39}?)\s*:(?:\s+(.*)|)$")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values given, by field name of ``corpus.types.Metadata``; ``end`` is where the text begins."""

    values: Mapping[str, Any] = field(default_factory=dict)
    end: int = 0
    warnings: tuple[str, ...] = ()


class _BadValueError(ValueError):
    """A value outside what its key allows; the message says what is allowed."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its Danish and English name, the metadata field it fills, and how its value is read."""

    danish: str
    english: str
    field: str
    read: Callable[[str], Any]


def _one_of(allowed: Mapping[str, Any], english: Mapping[str, Any]) -> Callable[[str], Any]:
    def read(value: str) -> Any:
        name = value.lower()
        if name in allowed:
            return allowed[name]
        if name in english:
            return english[name]
        raise _BadValueError("en af: " + ", ".join(allowed))

    return read


def _date(value: str) -> dt.date:
    allowed = "en dato skrevet ÅÅÅÅ-MM-DD, fx 2023-06-22"
    try:
        return dt.date.fromisoformat(_matching(_DATE, allowed)(value))
    except ValueError:  # the 30th of February
        raise _BadValueError(allowed) from None


def _matching(pattern: re.Pattern[str], allowed: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if not pattern.fullmatch(value):
            raise _BadValueError(allowed)
        return value

    return read


def _year(value: str) -> int:
    return int(_matching(_YEAR, "et årstal på fire cifre, fx 2023")(value))


def _list(value: str) -> tuple[str, ...]:
    """Parted by semicolons, and where there is none by commas."""
    return _rules(value if ";" in value else value.replace(",", ";"))


def _rules(value: str) -> tuple[str, ...]:
    """Parted by semicolons only: a rule has commas of its own (§ 5, stk. 1)."""
    return tuple(part.strip() for part in value.split(";") if part.strip())


KEYS = (
    Key("type", "type", "type", _one_of(TYPES, {t.value: t for t in DocumentType})),
    Key("titel", "title", "title", str),
    Key("populærtitel", "popular title", "popular_title", str),
    Key("nummer", "number", "number", str),
    Key("år", "year", "year", _year),
    Key("dato", "date", "date", _date),
    Key("offentliggjort", "published", "published", _date),
    Key("ophørt", "ended", "ended", _date),
    Key("status", "status", "status", _one_of(STATUSES, {s.value: s for s in Status})),
    Key("myndighed", "authority", "authority", str),
    Key("ministerium", "ministry", "ministry", str),
    Key("journalnummer", "journal number", "journal_number", str),
    Key("afgørelsesnummer", "decision number", "decision_number", str),
    Key("udfald", "outcome", "outcomes", _list),
    Key("emner", "subjects", "subjects", _list),
    Key("retsgrundlag", "legal basis", "legal_basis", _rules),
    Key("id", "id", "identifier", _matching(_ID, "1-128 tegn af A-Z, a-z, 0-9, punktum, _ og -")),
    Key("eli", "eli", "eli", _matching(re.compile(r"/eli/\S+"), "en ELI, fx /eli/lta/2023/1031")),
    Key("url", "url", "url", _matching(_URL, "en adresse, der begynder med http:// eller https://")),
    Key("fiktiv", "fictional", "fictional", _one_of(YES_NO, {})),
)
_BY_NAME = {name: key for key in KEYS for name in (key.danish, key.english)}


def kind_of(type: DocumentType) -> Kind:
    """What a document of this type is to a caseworker; an unclear document counts as guidance."""
    if type in (DocumentType.DECISION, DocumentType.JUDGMENT):
        return Kind.PRECEDENT
    return Kind.AMENDMENT if type is DocumentType.AMENDING_ACT else Kind.RULE


def read(text: str) -> FrontMatter:
    """The front matter at the beginning of ``text``, empty if there is none.

    Raises:
        UnreadableError: a line, a key or a value is not as the module says.
    """
    lines = text.split("\n", MAX_LINES)[:MAX_LINES]
    if len(lines) < 2 or lines[0].rstrip() != FENCE or not _KEY_LINE.match(_composed(lines[1])):
        return FrontMatter()
    close = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), 0)
    if not close:
        return FrontMatter(warnings=(f"Filens hoved mangler en afsluttende «{FENCE}» og er læst som tekst.",))
    end = min(len(text), sum(len(line) + 1 for line in lines[: close + 1]))
    values: dict[str, Any] = {}
    warnings: list[str] = []
    for name, raw in _pairs(lines[1:close]).items():
        key = _BY_NAME.get(name)
        if key is None:
            warnings.append(f"Filens hoved har en ukendt nøgle, «{name}», som er udeladt.")
        elif key.field in values:
            raise UnreadableError(f"Filens hoved har «{key.danish}» to gange.", "Behold kun den ene linje.")
        elif raw:
            values[key.field] = _value(key, name, raw)
    return FrontMatter(values, end, tuple(warnings))


def _composed(line: str) -> str:
    return unicodedata.normalize("NFC", line.rstrip())


def _pairs(lines: list[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    name = ""
    for number, line in enumerate(lines, 2):
        if not line.strip() or line.startswith("#"):
            continue
        if line[0] in " \t" and name:
            pairs[name] = f"{pairs[name]} {line.strip()}".strip()
            continue
        match = _KEY_LINE.match(_composed(line))
        if not match:
            raise UnreadableError(
                f"Linje {number} i filens hoved er ikke «nøgle: værdi»: «{line.strip()[:60]}».",
                f"Skriv «nøgle: værdi», eller afslut hovedet med «{FENCE}» over linjen.",
            )
        name = normalise(match[1]).lower().replace("_", " ")
        if name in pairs:
            raise UnreadableError(f"Filens hoved har «{name}» to gange.", "Behold kun den ene linje.")
        pairs[name] = match[2] or ""
    return {name: _unquoted(normalise(value)) for name, value in pairs.items()}


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1].strip() if quoted else value


def _value(key: Key, name: str, raw: str) -> Any:
    try:
        return key.read(raw)
    except _BadValueError as error:
        raise UnreadableError(
            f"Filens hoved har «{name}: {raw[:60]}», som ikke kan bruges.", f"Skriv {error}."
        ) from None
