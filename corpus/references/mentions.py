"""Reading the mention of an act: «denne lov», «aktivlovens», «lov nr. 5 af 3. maj 2020», a title."""

from __future__ import annotations

import re

from corpus.errors import CitationError
from corpus.identifiers import Celex, OfficialName
from corpus.identifiers.dates import DATE_PATTERN
from corpus.references.names import WORD, ActNames
from corpus.references.types import ActMention, MentionKind, Undated
from corpus.types import Span

# The kinds of act a mention can end in, with their definite form.
_HEADS = (
    r"(?:lov|bekendtgørelse|forordning|direktiv|cirkulære|vejledning|konvention|traktat|anordning"
    r"|betænkning|overenskomst|aftale|kontrakt|vedtægt|regulativ|reglement|betingelse|kodeks|charter|protokol|statut)"
)
_DEFINITES = r"(?:en|et|n|t|er|erne|ne)?"
_OWN = re.compile(rf"(?:denne|dette|nærværende) ({_HEADS}{_DEFINITES})(s?)(?!\w)", re.IGNORECASE)
_SAME = re.compile(rf"samme ({_HEADS}{_DEFINITES})(s?)(?!\w)", re.IGNORECASE)
_DEFINITE = re.compile(
    r"(?:lov(?:en|s)|bekendtgørelse(?:n|s)|forordning(?:en|s)|direktiv(?:et|s)|cirkulære(?:t|s)|vejledning(?:en|s)"
    r"|konvention(?:en|s)|traktat(?:en|s)|anordning(?:en|s)|overenskomst(?:en|s)|aftale(?:n|s)|kontrakt(?:en|s)"
    r"|vedtægt(?:en|erne|s)|regulativ(?:et|s)|reglement(?:et|s)|protokol(?:len|s)|charter(?:et|s))s?(?!\w)",
    re.IGNORECASE,
)
# Words that name a sort of act and no act.
_GENERIC = frozenset(
    {
        "ændringsloven",
        "særloven",
        "følgeloven",
        "hovedloven",
        "rammeloven",
        "moderloven",
        "lovbekendtgørelsen",
    }
)
_COMPOUND = re.compile(
    r"[A-ZÆØÅa-zæøå][\wæøå-]{2,60}?(?:lov(?:en)?|bekendtgørelsen|forordningen|direktivet|cirkulæret|vejledningen"
    r"|konvention(?:en)?|traktaten|anordningen|overenskomsten|aftalen|kontrakten|vedtægten|vedtægterne|regulativet"
    r"|reglementet|betingelserne|bestemmelserne|kodekset|charteret|protokollen)(s?)(?!\w)"
)
_ABBREVIATION = re.compile(
    r"(?:[A-ZÆØÅ]{2,6}|EUF-[Tt]raktaten|EU-[Tt]raktaten)(?=,? ?(?:§|[Aa]rt(?:ikel|\.)))"
)
_BARNETS = re.compile(r"([Bb]arnets lov)(s?)(?!\w)")
_KINDS = (
    r"lovbekendtgørelse(?:ns?)?|lovbekg\.?|lovbkg\.?|lbkg\.?|LBK|lov(?:ens?)?|bekendtgørelse|bekg\.?|bkg\.?|BEK"
    r"|anordning|cirkulæreskrivelse|cirkulære|vejledning|skrivelse|CIR|VEJ|SKR|ANO"
)
_OFFICIAL = re.compile(
    rf"(?P<kind>{_KINDS})(?: ?nr\.?)? ?(?P<number>\d{{1,5}})(?:,? (?:af|fra|dateret))? (?:den |d\. ?)?"
    rf"(?P<date>{DATE_PATTERN})",
    re.IGNORECASE,
)
# A number without its date: with the year it still names one act, without it may be any year's.
_UNDATED = re.compile(
    rf"(?P<kind>{_KINDS}) ?nr\.? ?(?P<number>\d{{1,5}})"
    r"(?:(?:/| (?:af|fra) )(?P<year>(?:18|19|20)\d\d))?(?!\w|[.,/]\d)",
    re.IGNORECASE,
)
_UNION = re.compile(
    r"(?:[A-ZØ]{2,7}-|[Gg]ennemførelses|[Bb]asis|[Gg]rund)?"
    r"(?P<kind>[Ff]orordning|[Dd]irektiv|[Aa]fgørelse|[Bb]eslutning)(?:en|et|s|ens|ets)? ?"
    r"(?:\((?:EF|EU|EØF|Euratom|EU, Euratom|EF, Euratom|EØF, Euratom|EKSF)\)\s?)?(?:[Nn]r\. ?)?"
    r"(?P<one>\d{1,4})/(?P<two>\d{2,4})(?:/(?:EF|EU|EØF|RIA|Euratom|FUSP|EKSF))?(?!\d)"
)
# What stands between a name and the number that says which version was meant.
_VERSION = re.compile(
    r"(?:,| [-–])? ?\(?(?:jf\.? |senest bekendtgjort (?:i|ved) |bekendtgjort (?:i|ved) |nu |dagældende )?"
    r"(?=lov|LBK|lbkg|LOV|bekg|BEK|bekendtgørelse)",
    re.IGNORECASE,
)
_ALIAS = re.compile(
    r" ?\((?:i det følgende |herefter |også kaldet |fremover )?(?:kaldet |benævnt |betegnet |:)?[ ]?[»\"'«]?"
    r"([A-ZÆØÅa-zæøå][\wæøå-]{2,60}(?:loven|bekendtgørelsen|forordningen|direktivet)|[A-ZÆØÅ]{2,6})[«\"'»]?\)"
)
# What may stand between «i» and the name of an act.
_QUALIFIER = re.compile(
    r"(?:den |det |de )?(?:dagældende |gældende |tidligere |nugældende |nye |hidtil gældende |danske "
    r"|grønlandske |færøske |bekendtgørelse af (?=lov)|Europa-Parlamentets og Rådets |Rådets |Kommissionens "
    r"|delegerede )+",
    re.IGNORECASE,
)
_AMENDING = re.compile(r"lov om (?:ændring|ophævelse) af ", re.IGNORECASE)
# Guidance and circulars are taken by known title only: «vejledning om» is mostly no title.
_TITLE_HEAD = re.compile(r"(?:lov|bekendtgørelse) (?:om|for) (?!(?:ændring|ophævelse) af )", re.IGNORECASE)
_TITLE_STOP = frozenset(
    (
        *(
            "er",
            "skal",
            "kan",
            "har",
            "som",
            "der",
            "finder",
            "gælder",
            "blev",
            "bliver",
            "var",
            "at",
            "hvis",
            "når",
        ),
        *(
            "hvor",
            "fremgår",
            "jf",
            "samt",
            "eller",
            "fastsættes",
            "må",
            "den",
            "det",
            "de",
            "vil",
            "ikke",
            "efter",
        ),
        "ved",
        *("artikel", "artiklerne", "art", "kapitel", "bilag"),
    )
)
# «og» goes on a title only before a noun; before these it joins the act to something else.
_AND_STOP = re.compile(
    r"og (?:over|efter|i|af|til|fra|ved|på|som|der|kan|skal|er|har|regler|bekendtgørelse|lov|kapitel|§"
    r"|\w+(?:loven|forordningen|bekendtgørelsen|direktivet))\b",
    re.IGNORECASE,
)
# «forordningen om X», «loven om X»: the title in the definite form.
_DEFINITE_HEAD = re.compile(
    r"(?:(lov|forordning|anordning)en|(bekendtgørelse)n|(direktiv)et) (?=(?:om|for) )", re.IGNORECASE
)
_LONGEST_TITLE = 400  # characters of a known title
_NO_TITLE_WORD = re.compile(r"[A-Z]?\d{5,}|\d{4}-\d")  # an accession number or a date in a list
_LONGEST_UNKNOWN_TITLE = 14  # words


def read_mention(text: str, position: int, names: ActNames) -> tuple[ActMention, bool] | None:
    """The act mentioned at ``position``, and whether it stands in the genitive.

    The mention includes the version named right after it («lov om X, jf. lovbekendtgørelse nr. …»)
    and a popular name in brackets.
    """
    start = position
    if qualifier := _QUALIFIER.match(text, position):
        position = qualifier.end()
    found = _plain_mention(text, position, names)
    if found is None:
        return None
    mention, genitive = found
    if not genitive and mention.kind in (MentionKind.NAMED, MentionKind.NUMBER) and not mention.undated:
        mention = _with_version(text, mention)
    return ActMention(
        Span(start, mention.span.end),
        mention.kind,
        mention.name,
        mention.works,
        mention.official,
        mention.celex,
        mention.undated,
    ), genitive


def read_amending(text: str, position: int, names: ActNames) -> ActMention | None:
    """An amending act named by the act it amends: «lov om ændring af lov om social service»."""
    match = _AMENDING.match(text, position)
    inner = _plain_mention(text, match.end(), names) if match else None
    if inner is None:
        return None
    span = Span(position, inner[0].span.end)
    return ActMention(span, MentionKind.NAMED, " ".join(span.of(text).lower().split()))


def read_alias(text: str, position: int) -> tuple[str, int] | None:
    """A popular name in brackets at ``position`` («(serviceloven)»), and where the bracket ends."""
    match = _ALIAS.match(text, position)
    return (match[1], match.end()) if match else None


def _plain_mention(text: str, position: int, names: ActNames) -> tuple[ActMention, bool] | None:
    for pattern, kind in ((_OWN, MentionKind.OWN), (_SAME, MentionKind.SAME)):
        if match := pattern.match(text, position):
            return ActMention(Span(position, match.end()), kind, match[1].lower()), bool(match[2])
    if match := _OFFICIAL.match(text, position):
        official = _official(match)
        if official:
            return ActMention(Span(position, match.end()), MentionKind.NUMBER, official=official), False
    if (match := _UNDATED.match(text, position)) and (undated := _undated(match)):
        return undated, False
    if match := _UNION.match(text, position):
        celex = _celex(match)
        return ActMention(
            Span(position, match.end()), MentionKind.UNION, match.group().lower(), celex=celex
        ), False
    known = names.match(text, position)
    if known and not text[known[0] : known[0] + 1].isalnum():
        end, works = known
        if text[end : end + 1] == ")" and "(" in text[position:end].rpartition(")")[2]:
            end += 1
        name, genitive = _base(text[position:end], bool(names.works(text[position:end])))
        if " " in name or not _DEFINITE.fullmatch(name):
            return ActMention(Span(position, end), MentionKind.NAMED, name, works), genitive
    if (match := _DEFINITE_HEAD.match(text, position)) and (titled := _definite_title(text, match, names)):
        return titled, False
    if match := _DEFINITE.match(text, position):
        word = match.group().lower()
        return ActMention(
            Span(position, match.end()), MentionKind.DEFINITE, word.removesuffix("s")
        ), word.endswith("s")
    if match := _BARNETS.match(text, position):
        return ActMention(Span(position, match.end()), MentionKind.NAMED, "barnets lov"), bool(match[2])
    if match := _ABBREVIATION.match(text, position):
        works = names.works(match.group())
        return ActMention(Span(position, match.end()), MentionKind.NAMED, match.group(), works), True
    if match := _COMPOUND.match(text, position):
        name = match.group().lower().removesuffix("s")
        indefinite = name.endswith(("lov", "konvention"))
        if name in _GENERIC or (indefinite and not match[1]):
            return None
        name = f"{name}en" if indefinite else name
        return ActMention(Span(position, match.end()), MentionKind.NAMED, name, names.works(name)), bool(
            match[1]
        )
    if match := _TITLE_HEAD.match(text, position):
        end = _title_end(text, match.end())
        if end:
            return ActMention(Span(position, end), MentionKind.NAMED, text[position:end].lower()), False
    return None


def _definite_title(text: str, head: re.Match[str], names: ActNames) -> ActMention | None:
    """«loven om social service» is «lov om social service»; a title that nobody bears keeps its words.

    «loven om barnets bedste» may just tell what a law is about, so that an unknown one is none.
    """
    word = next(group for group in head.groups() if group).lower()
    if known := _known_after(word, text, head.end() - 1, names):
        end, works = known
        name = f"{word} {' '.join(text[head.end() : end].lower().split())}"
        return ActMention(Span(head.start(), end), MentionKind.NAMED, name, works)
    if word == "lov" or not text.startswith("om ", head.end()):
        return None
    end = _title_end(text, head.end() + len("om "))
    name = " ".join(text[head.start() : end].lower().split())
    return ActMention(Span(head.start(), end), MentionKind.NAMED, name) if end else None


def _known_after(head: str, text: str, position: int, names: ActNames) -> tuple[int, tuple[str, ...]] | None:
    """The known name that ``head`` makes with the words from the blank at ``position`` on."""
    found = names.match(head + text[position : position + _LONGEST_TITLE], 0)
    if found is None or found[0] <= len(head):
        return None
    end = position + found[0] - len(head)
    return None if text[end : end + 1].isalnum() else (end, found[1])


def _with_version(text: str, mention: ActMention) -> ActMention:
    end = mention.span.end
    if alias := read_alias(text, end):
        end = alias[1]
    official = mention.official
    if official is None and (bridge := _VERSION.match(text, end)) and bridge.end() > end:
        match = _OFFICIAL.match(text, bridge.end())
        if match and (official := _official(match)):
            end = match.end()
            if "(" in bridge.group() and text[end : end + 1] == ")":
                end += 1
    if end == mention.span.end:
        return mention
    return ActMention(
        Span(mention.span.start, end), mention.kind, mention.name, mention.works, official, mention.celex
    )


def _official(match: re.Match[str]) -> OfficialName | None:
    try:
        return OfficialName.parse(f"{_kind(match['kind'])} nr. {match['number']} af {match['date']}")
    except CitationError:
        return None


def _undated(match: re.Match[str]) -> ActMention | None:
    kind, year = _kind(match["kind"]), match["year"]
    try:  # only the number's date is made up
        official = OfficialName.parse(f"{kind} nr. {match['number']} af 1. januar {year or 2000}")
    except CitationError:
        return None
    printed = f"{kind} nr. {official.number}" + (f"/{year}" if year else "")
    undated = Undated(official.kind, official.number, int(year) if year else None)
    return ActMention(Span(*match.span()), MentionKind.NUMBER, printed, undated=undated)


def _kind(printed: str) -> str:
    kind = printed.rstrip(".").lower()
    return {"lovbekendtgørelsen": "lovbekendtgørelse", "loven": "lov"}.get(kind.removesuffix("s"), kind)


def _celex(match: re.Match[str]) -> Celex | None:
    """The CELEX number: regulations until 2014 print number/year, everything else year/number."""
    one, two = match["one"], match["two"]
    letter = {"f": "R", "d": "L"}.get(match["kind"][0].lower())
    if letter is None:
        return None
    # Directives print the year first (93/13/EØF); regulations with «nr.» the number.
    numbered = letter == "R" and "nr" in match.group().lower() and (len(two) == 2 or two[:2] in ("19", "20"))
    year_first = letter == "L" or (len(one) == 4 and one[:2] in ("19", "20") and not numbered)
    year, number = (int(one), int(two)) if year_first else (int(two), int(one))
    if year < 100:
        year += 1900 if year > 50 else 2000
    if not 1952 <= year <= 2099:
        return None
    return Celex(f"3{year}{letter}{number:04d}")


def _base(printed: str, is_name: bool) -> tuple[str, bool]:
    """The name without genitive, and whether it had one."""
    name = " ".join(printed.lower().split())
    return (name, False) if is_name or not name.endswith("s") else (name[:-1], True)


def _title_end(text: str, position: int) -> int:
    """Where an unknown title ends: at punctuation or at a word that no title goes on with."""
    end = 0
    for _ in range(_LONGEST_UNKNOWN_TITLE):
        # «GMO-sporbarhed og -mærkning»
        match = WORD.match(text, position + text.startswith("-", position))
        if not match or match.group().lower() in _TITLE_STOP or _AND_STOP.match(text, position):
            break
        if _NO_TITLE_WORD.match(text, position):
            break
        end = match.end()
        if text[end : end + 1] != " " or text[end + 1 : end + 2] in ("§", "("):
            break
        position = end + 1
    return end
