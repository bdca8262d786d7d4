"""The starter corpus: its counts, its marks of fiction, and that every number in it leads somewhere.

The texts are read here with simple expressions of their own, so that a fault of the parser cannot hide
a fault of a text; ``test_starter_parsed.py`` reads them with the parser.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.sources.starter import PARTS, folder

FIELDS = {"udeblivelse", "hjælp i hjemmet", "rehabilitering", "byggetilladelse", "sagsindsigt"}
LEAST_DECISIONS, LEAST_PER_FIELD, LEAST_TWINS = 40, 8, 8
WORDS_OF_A_DECISION = range(150, 401)
OUTCOMES = {  # and the words of the last section that record it
    "stadfæstet": r"\bstadfæste[rs]",
    "ændret": r"\bændre[rs]\b",
    "ophævet": r"\bophæve[rs]",
    "hjemvist": r"\bhjemvise[rs]",
    "afvist": r"\bafvises",
    "medhold": r"(?<!delvis )\bmedhold",
    "delvis medhold": r"\bdelvis medhold",
}
LOOSE_CITATION = "fiktiv-2-21"  # cites, on purpose, the consolidation before the one of its date

MUNICIPALITIES = [
    "Birkeå",
    "Egelund",
    "Fuglevang",
    "Klintager",
    "Nordmose",
    "Ravnsø",
    "Sundby-Strand",
    "Vesterhede",
]
MONTHS = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]
WEEKDAYS = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]
BOARD_MEETS = WEEKDAYS.index("torsdag")

ACT_NAMES = {
    "lov om hverdagsstøtte": "hverdagsstøtte",
    "lov om hjælp og rehabilitering i hjemmet": "hjemme",
    "lov om tilladelse til byggeri": "byggeri",
    "lov om sagsindsigt og god sagsbehandling": "indsigt",
    "bekendtgørelse om indkaldelse til samtaler og vejledning efter lov om hverdagsstøtte": "indkaldelse",
    "bekendtgørelse om behandling af byggesager": "byggesager",
}
_NAMES = "|".join(sorted(map(re.escape, ACT_NAMES), key=len, reverse=True))
_LIST = r"\d+(?:(?:-| og |, )\d+)*"
REFERENCE = re.compile(
    r"(?P<whose>lovens |bekendtgørelsens |denne lovs )?"
    r"§§? (?P<numbers>\d+(?: a\b)?(?:(?:-| og | eller |, )\d+(?! (?:år|uger|dage)\b))*)"
    rf"(?P<tail>(?:,? (?:og )?(?:stk|nr)\. {_LIST})*)(?:,? i (?P<act>{_NAMES}))?"
)


@dataclass(frozen=True, slots=True)
class Text:
    """One file: its front matter, its text below it, and the act it names itself as."""

    id: str
    matter: dict[str, str]
    body: str

    @property
    def date(self) -> dt.date:
        return dt.date.fromisoformat(self.matter["dato"])

    def list(self, key: str, by: str) -> list[str]:
        return [value.strip() for value in self.matter[key].split(by)]


def _read(path: Path) -> Text:
    _, matter, body = path.read_text(encoding="utf-8").split("---\n", 2)
    pairs = dict(line.split(": ", 1) for line in matter.strip().split("\n"))
    assert pairs["id"] == path.stem
    return Text(pairs["id"], pairs, body.strip())


def _paragraphs(body: str) -> dict[str, list[str]]:
    """The §§ of an act's own part, each with its lines."""
    found: dict[str, list[str]] = {}
    number = ""
    for line in body.split("\n## Ikrafttrædelses- og overgangsbestemmelser")[0].split("\n"):
        if match := re.match(r"§ (\d+(?: [a-z])?)\. ", line):
            number = match[1]
            assert number not in found, f"§ {number} stands twice"
            found[number] = [line]
        elif number and line and not line.startswith("#"):
            found[number].append(line)
    return found


def _highest_stk(lines: list[str]) -> int:
    return max([1, *(int(m[1]) for line in lines if (m := re.match(r"Stk\. (\d+)\. ", line)))])


def _highest_nr(lines: list[str], stk: int | None) -> int:
    inside, highest = 1, 0
    for line in lines:
        if match := re.match(r"Stk\. (\d+)\. ", line):
            inside = int(match[1])
        elif (match := re.match(r"(\d+)\) ", line)) and stk in (None, inside):
            highest = max(highest, int(match[1]))
    return highest


with folder() as _starter:
    ROOT = _starter
ACTS = {t.id: t for t in map(_read, sorted((ROOT / PARTS[0]).glob("*.md")))}
DECISIONS = {t.id: t for t in map(_read, sorted((ROOT / PARTS[1]).glob("*.md")))}
TEXTS = {**ACTS, **DECISIONS}
PARAGRAPHS = {act.id: _paragraphs(act.body) for act in ACTS.values()}


TWINS = [line.split("\t") for line in (ROOT / "twins.tsv").read_text(encoding="utf-8").splitlines()[1:]]


def _version(name: str, date: dt.date, number: str = "") -> str:
    """The id of the act's version in force on ``date``, or of the one with this number."""
    short = {
        "hverdagsstøtte": ["fiktiv-lbk-2019-9001", "fiktiv-lbk-2021-9002", "fiktiv-lbk-2023-9003"],
        "hjemme": ["fiktiv-lov-2018-9010"],
        "byggeri": ["fiktiv-lov-2018-9020"],
        "indsigt": ["fiktiv-lov-2018-9030"],
        "indkaldelse": ["fiktiv-bek-2022-9101"],
        "byggesager": ["fiktiv-bek-2020-9102"],
    }[ACT_NAMES[name]]
    if number:
        return next(v for v in short if ACTS[v].matter["nummer"] == number)
    return max((v for v in short if ACTS[v].date <= date), key=lambda v: ACTS[v].date)


def _assert_resolves(reference: re.Match[str], act: str) -> None:
    numbers = re.findall(r"\d+(?: a\b)?", reference["numbers"])
    for number in numbers:
        assert number in PARAGRAPHS[act], f"{reference[0]!r}: no § {number} in {act}"
    lines, stk = PARAGRAPHS[act][numbers[-1]], None
    for unit, listed in re.findall(rf"(stk|nr)\. ({_LIST})", reference["tail"]):
        highest = max(map(int, re.findall(r"\d+", listed)))
        limit = _highest_stk(lines) if unit == "stk" else _highest_nr(lines, stk)
        assert highest <= limit, f"{reference[0]!r}: § {numbers[-1]} of {act} has no {unit}. {highest}"
        stk = highest if unit == "stk" else stk


def test_there_are_three_acts_beside_three_consolidations_and_two_orders() -> None:
    types = sorted(act.matter["type"] for act in ACTS.values())
    assert types == ["bekendtgørelse"] * 2 + ["lov"] * 3 + ["lovbekendtgørelse"] * 3


@pytest.mark.parametrize("act", sorted(a for a in ACTS if "-bek-" not in a))
def test_an_act_has_between_fifteen_and_thirty_paragraphs(act: str) -> None:
    assert 15 <= len(PARAGRAPHS[act]) <= 30


def test_there_are_enough_decisions_in_each_field() -> None:
    fields = [d.list("emner", ";")[0] for d in DECISIONS.values()]
    assert len(DECISIONS) >= LEAST_DECISIONS
    assert set(fields) == FIELDS
    assert min(fields.count(field) for field in FIELDS) >= LEAST_PER_FIELD


@pytest.mark.parametrize("text", sorted(TEXTS))
def test_a_text_is_marked_as_fiction_in_title_heading_id_and_front_matter(text: str) -> None:
    matter, body = TEXTS[text].matter, TEXTS[text].body
    assert matter["titel"].endswith(" (FIKTIV)")
    assert body.startswith(f"# {matter['titel']}\n")
    assert text.startswith("fiktiv-")
    assert matter["fiktiv"] == "ja"
    assert "url" not in matter


@pytest.mark.parametrize("decision", sorted(DECISIONS))
def test_a_decision_has_the_length_of_a_page(decision: str) -> None:
    prose = [line for line in DECISIONS[decision].body.split("\n") if not line.startswith("#")]
    assert len(" ".join(prose).split()) in WORDS_OF_A_DECISION


@pytest.mark.parametrize("decision", sorted(DECISIONS))
def test_a_decision_is_signed_on_a_thursday_after_everything_it_tells(decision: str) -> None:
    text = DECISIONS[decision]
    assert text.date.weekday() == BOARD_MEETS
    assert text.matter["år"] == str(text.date.year)
    assert text.matter["afgørelsesnummer"] == decision.removeprefix("fiktiv-")
    assert decision.endswith(f"-{text.date:%y}")
    years = {int(year) for year in re.findall(r"\b(20\d\d)\b", text.body)}
    assert max(years) <= text.date.year


def test_decisions_are_numbered_through_each_year_in_order_of_date() -> None:
    by_year: dict[int, list[tuple[int, dt.date]]] = defaultdict(list)
    for decision in DECISIONS.values():
        number = int(decision.matter["afgørelsesnummer"].split("-")[0])
        by_year[decision.date.year].append((number, decision.date))
    for numbered in by_year.values():
        assert [n for n, _ in sorted(numbered)] == list(range(1, len(numbered) + 1))
        assert [d for _, d in sorted(numbered)] == sorted(d for _, d in numbered)


def test_weekdays_and_dates_agree() -> None:
    pattern = re.compile(rf"\b({'|'.join(WEEKDAYS)}) den (\d+)\. ({'|'.join(MONTHS)})(?: (\d{{4}}))?", re.I)
    checked = 0
    for text in DECISIONS.values():
        body = re.sub(r"nr\. \d+ af \d+\. \w+ \d{4}", "", text.body)
        for match in pattern.finditer(body):
            # A date without a year belongs to the year named last before it or first after it.
            before = re.findall(r"\b20\d\d\b", body[: match.start()])
            after = re.findall(r"\b20\d\d\b", body[match.start() :])
            candidates = {match[4]} if match[4] else {*before[-1:], *after[:1]}
            weekdays = {
                WEEKDAYS[dt.date(int(year), MONTHS.index(match[3].lower()) + 1, int(match[2])).weekday()]
                for year in candidates
            }
            assert match[1].lower() in weekdays, f"{text.id}: {match[0]}"
            checked += 1
    assert checked > 30


@pytest.mark.parametrize("decision", sorted(DECISIONS))
def test_a_decision_records_exactly_the_outcomes_of_its_last_section(decision: str) -> None:
    last = DECISIONS[decision].body.rsplit("\n## ", 1)[1].lower().replace("i øvrigt stadfæstes", "")
    found = {label for label, words in OUTCOMES.items() if re.search(words, last)}
    assert set(DECISIONS[decision].list("udfald", ",")) == found


def test_outcomes_differ_within_each_field() -> None:
    outcomes = defaultdict(set)
    for decision in DECISIONS.values():
        outcomes[decision.list("emner", ";")[0]].add(decision.matter["udfald"])
    assert all(len(outcomes[field]) >= 3 for field in FIELDS)


def test_twins_end_differently_and_the_later_cites_the_earlier() -> None:
    assert len(TWINS) >= LEAST_TWINS
    for first, second, reason in TWINS:
        earlier, later = sorted((DECISIONS[first], DECISIONS[second]), key=lambda d: d.date)
        assert earlier.list("emner", ";")[0] == later.list("emner", ";")[0]
        assert earlier.matter["udfald"] != later.matter["udfald"]
        assert earlier.matter["afgørelsesnummer"] in later.body
        assert ";" in reason


@pytest.mark.parametrize("decision", sorted(DECISIONS))
def test_a_cited_decision_exists_and_is_older(decision: str) -> None:
    body = DECISIONS[decision].body.split("\n", 1)[1]
    for number in re.findall(r"(?:[Aa]fgørelse|[Ss]agen) (\d+-\d\d)\b", body):
        assert DECISIONS[f"fiktiv-{number}"].date < DECISIONS[decision].date


def test_one_decision_is_set_aside_on_the_day_of_the_later_one() -> None:
    (old,) = [d for d in DECISIONS.values() if d.matter["status"] == "historisk"]
    (new,) = [d for d in DECISIONS.values() if "ikke længere udtryk for nævnets praksis" in d.body]
    assert old.matter["ophørt"] == new.matter["dato"]
    assert old.matter["afgørelsesnummer"] in new.body


def test_consolidations_follow_one_another_without_a_gap() -> None:
    versions = [ACTS[_version("lov om hverdagsstøtte", dt.date.max, n)] for n in ("9001", "9002", "9003")]
    assert [v.matter.get("ophørt") for v in versions] == [v.matter["dato"] for v in versions[1:]] + [None]
    assert [v.matter["status"] for v in versions] == ["historisk", "historisk", "gældende"]


@pytest.mark.parametrize("act", sorted(ACTS))
def test_every_reference_in_an_act_leads_to_a_provision(act: str) -> None:
    name = re.sub(
        r"bekendtgørelse af (?=lov)", "", ACTS[act].matter["titel"].removesuffix(" (FIKTIV)").lower()
    )
    parent = {
        "indkaldelse": ("lov om hverdagsstøtte", "9002"),
        "byggesager": ("lov om tilladelse til byggeri", ""),
    }
    checked = 0
    for line in re.sub(r"(?m)^§ \d+(?: a)?\. ", "", ACTS[act].body).split("\n"):
        for reference in REFERENCE.finditer(line):
            if reference["whose"] == "denne lovs ":
                continue  # the amending act, which is not part of the corpus
            if reference["whose"] == "lovens ":
                target = _version(parent[ACT_NAMES[name]][0], ACTS[act].date, parent[ACT_NAMES[name]][1])
            elif named := reference["act"]:
                number = re.search(r"nr\. (900\d) af", line[reference.end() :])
                target = _version(named, dt.date.max, number[1] if number else "")
                target = act if named == name and not number else target
            else:
                target = act
            _assert_resolves(reference, target)
            checked += 1
    assert checked >= 5


@pytest.mark.parametrize("act", sorted(ACTS))
def test_a_stk_named_without_a_paragraph_stands_in_the_same_paragraph(act: str) -> None:
    for number, lines in PARAGRAPHS[act].items():
        for line in lines:
            for stk in re.findall(r"\bstk\. (\d+)", REFERENCE.sub("", line)):
                assert int(stk) <= _highest_stk(lines), f"{act}, § {number}: {line}"


@pytest.mark.parametrize("decision", sorted(DECISIONS))
def test_the_legal_basis_of_a_decision_exists_in_the_wording_of_its_date(decision: str) -> None:
    text = DECISIONS[decision]
    for rule in text.list("retsgrundlag", ";"):
        reference = REFERENCE.match(rule)
        assert reference, rule
        assert reference["act"], rule
        number = re.search(r", jf\. lovbekendtgørelse nr\. (\d+)", rule)
        assert bool(number) == (decision == LOOSE_CITATION)
        target = _version(reference["act"], text.date, number[1] if number else "")
        assert ACTS[target].date <= text.date
        _assert_resolves(reference, target)


@pytest.mark.parametrize("decision", sorted(DECISIONS))
def test_a_decision_names_its_acts_by_number_and_date(decision: str) -> None:
    known = {}
    for act in ACTS.values():
        known[act.matter["nummer"]] = f"{act.date.day}. {MONTHS[act.date.month - 1]} {act.date.year}"
    cited = re.findall(r"nr\. (9[01]\d\d) af (\d+\. \w+ \d{4})", DECISIONS[decision].body)
    assert cited
    for number, date in cited:
        assert known.get(number, "15. december 2020") == date  # lov nr. 9011 amends and is not in the corpus


@pytest.mark.parametrize("decision", sorted(DECISIONS))
def test_every_paragraph_in_a_decision_stands_in_an_act_that_the_decision_names(decision: str) -> None:
    text = DECISIONS[decision]
    named = set(re.findall(r"nr\. (9[01]\d\d) af", text.body))
    acts = [act for act in ACTS if ACTS[act].matter["nummer"] in named]
    for reference in REFERENCE.finditer(text.body):
        faults = []
        for act in [_version(reference["act"], text.date)] if reference["act"] else acts:
            try:
                _assert_resolves(reference, act)
            except AssertionError as fault:
                faults.append(str(fault))
        assert len(faults) < (1 if reference["act"] else len(acts)), f"{reference[0]!r}: {faults}"


def test_the_repealed_and_the_renumbered_wording_are_cited_as_they_stood() -> None:
    first, last = PARAGRAPHS["fiktiv-lbk-2019-9001"], PARAGRAPHS["fiktiv-lbk-2023-9003"]
    assert "lægeerklæring" in " ".join(first["10"])
    assert not any("lægeerklæring" in line for lines in last.values() for line in lines)
    assert first["13"][0].removeprefix("§ 13.") == last["14"][0].removeprefix("§ 14.")
    assert "§ 10, stk. 3" in DECISIONS["fiktiv-1-20"].matter["retsgrundlag"]


def test_nothing_looks_like_personal_data() -> None:
    for path in ROOT.rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b[0-3]\d[01]\d\d\d[- ]?\d{4}\b", text), f"a CPR-like number in {path.name}"
        assert not re.search(r"\b\d{2} ?\d{2} ?\d{2} ?\d{2}\b", text), (
            f"a telephone-like number in {path.name}"
        )
        assert not re.search(r"\S@\S+\.\w", text), f"an e-mail address in {path.name}"


def test_only_invented_municipalities_and_the_invented_board_are_named() -> None:
    named = {m for d in DECISIONS.values() for m in re.findall(r"\b([A-ZÆØÅ][\w-]+) Kommunes?\b", d.body)}
    assert named == set(MUNICIPALITIES)
    assert {d.matter["myndighed"] for d in DECISIONS.values()} == {"Fiktivt Klagenævn"}


def test_the_guide_gives_the_numbers_of_the_corpus() -> None:
    guide = Path(__file__).parents[2].joinpath("docs", "starter-corpus.md").read_text(encoding="utf-8")
    judgments = len((ROOT / "cases" / "qrels.tsv").read_text(encoding="utf-8").splitlines()) - 1
    assert f"| {len(DECISIONS)} |" in guide
    assert f"{len(TWINS)} pairs" in guide
    assert f"{judgments} judgments" in guide
    assert f"{len(ACTS)} documents" in guide
    fields = [d.list("emner", ";")[0] for d in DECISIONS.values()]
    counts = [int(n) for n in re.findall(r"(?m)^\| .+\| (\d+) \|$", guide.split("Five fields")[1])]
    assert sorted(counts) == sorted(fields.count(field) for field in FIELDS)
