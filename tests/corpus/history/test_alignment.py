"""What became of each provision of a fictional act, and why we say so."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path

import pytest
import zstandard

from corpus.alignment import align
from corpus.history import Genealogy
from corpus.identifiers import parse_slug
from corpus.ingest import ingest
from corpus.links import Change, Ground, Link, Wording, read_wording
from corpus.store import Store
from corpus.structure import find_provisions
from corpus.types import Locator, Part, Provision, Span

CARD = "Den, der fisker i søen med stang eller snøre, skal have et gyldigt fiskekort fra kommunen."
PRICE = "Fiskekortet koster 100 kr. om året for voksne og er gratis for børn under 15 år."
CLOSED = "Kommunen kan lukke søen for fiskeri i indtil 3 måneder, når bestanden af gedder er truet."
FINE = "Med bøde straffes den, der overtræder forbuddet mod at fiske uden for sæsonen."


def wording(text: str) -> Wording:
    return read_wording(text, find_provisions(text, Span(0, len(text))))


def links(old: str, new: str) -> dict[str, Link]:
    """Links by the slug of the first old provision, of what is new by «+» and the slug of the new one."""
    found = align(wording(old), wording(new))
    return {link.old[0].slug if link.old else f"+{link.new[0].slug}": link for link in found}


def targets(link: Link) -> list[str]:
    return [where.slug for where in link.new]


def test_equal_words_under_the_same_number_are_the_same() -> None:
    link = links(f"§ 1. {CARD}", f"§ 1. {CARD}")["par-1"]
    assert (link.change, link.similarity) == (Change.SAME, 1.0)
    assert Ground.EQUAL_WORDS in link.grounds


def test_line_breaks_and_punctuation_are_no_new_wording() -> None:
    other = CARD.replace("søen ", "søen, ").replace("stang eller", "stang\neller")
    assert links(f"§ 1. {CARD}", f"§ 1. {other}")["par-1"].change is Change.SAME


def test_an_inserted_paragraph_moves_those_behind_it() -> None:
    found = links(f"§ 1. {CARD}\n§ 2. {PRICE}", f"§ 1. {CARD}\n§ 2. {CLOSED}\n§ 3. {PRICE}")
    assert (found["par-2"].change, targets(found["par-2"])) == (Change.MOVED, ["par-3"])
    assert found["+par-2"].change is Change.NEW


def test_changed_words_are_reworded_and_moved_as_well_where_the_number_changed() -> None:
    new = PRICE.replace("100 kr.", "125 kr.")
    assert links(f"§ 1. {CARD}\n§ 2. {PRICE}", f"§ 1. {CARD}\n§ 2. {new}")["par-2"].change is Change.REWORDED
    found = links(f"§ 1. {CARD}\n§ 2. {PRICE}", f"§ 1. {CARD}\n§ 2. {CLOSED}\n§ 3. {new}")["par-2"]
    assert (found.change, targets(found)) == (Change.MOVED_REWORDED, ["par-3"])
    assert 0.5 < found.similarity < 1


def test_only_new_numbers_in_pointers_are_told_from_new_words() -> None:
    found = links(f"§ 1. {FINE} Det samme gælder § 4, stk. 2.", f"§ 1. {FINE} Det samme gælder § 5, stk. 3.")
    assert found["par-1"].change is Change.REWORDED
    assert Ground.POINTERS_ONLY in found["par-1"].grounds


def test_a_stk_in_the_middle_is_found_under_its_new_number() -> None:
    found = links(f"§ 1. {CARD}\nStk. 2. {PRICE}\nStk. 3. {CLOSED}", f"§ 1. {CARD}\nStk. 2. {CLOSED}")
    assert (found["par-1.stk-3"].change, targets(found["par-1.stk-3"])) == (Change.MOVED, ["par-1.stk-2"])
    gone = found["par-1.stk-2"]
    assert gone.change is Change.REPEALED
    assert Ground.NUMBER_REUSED in gone.grounds


def test_a_number_printed_as_repealed_or_omitted_is_told_apart() -> None:
    repealed = links(f"§ 1. {CARD}\n§ 2. {PRICE}", f"§ 1. {CARD}\n§ 2. (Ophævet)")["par-2"]
    assert repealed.change is Change.REPEALED
    assert Ground.PRINTED_REPEALED in repealed.grounds
    omitted = links(f"§ 1. {CARD}\n§ 2. {PRICE}", f"§ 1. {CARD}\n§ 2. (Udelades)")["par-2"]
    assert omitted.change is Change.ABSENT
    assert omitted.grounds == (Ground.PRINTED_OMITTED,)


def test_every_stk_of_a_paragraph_printed_as_repealed_is_repealed() -> None:
    old = f"§ 1. {CARD}\n§ 2. {PRICE}\nStk. 2. {CLOSED}\nStk. 3. {FINE}"
    gone = links(old, f"§ 1. {CARD}\n§ 2. (Ophævet)")
    for stk in (1, 2, 3):
        assert Ground.PRINTED_REPEALED in gone[f"par-2.stk-{stk}"].grounds
    # Where the first stk. alone is printed so, nothing is said of one that is not printed at all.
    rest = links(old, f"§ 1. {CARD}\n§ 2. (Ophævet)\nStk. 2. {CLOSED}")["par-2.stk-3"]
    assert rest.change is Change.REPEALED
    assert Ground.PRINTED_REPEALED not in rest.grounds


def test_a_placeholder_stays_one_and_is_not_followed_into_a_new_rule() -> None:
    old = f"§ 1. {CARD}\n§ 2. (Ophævet)"
    assert links(old, old)["par-2"].change is Change.SAME
    found = links(old, f"§ 1. {CARD}\n§ 2. {CLOSED}")
    assert found["par-2"].change is Change.REPEALED
    assert found["+par-2"].change is Change.NEW


def test_one_stk_made_into_two_is_split_and_two_made_into_one_are_merged() -> None:
    one = f"§ 1. {CARD}\nStk. 2. {PRICE} {CLOSED}\nStk. 3. {FINE}"
    two = f"§ 1. {CARD}\nStk. 2. {PRICE}\nStk. 3. {CLOSED}\nStk. 4. {FINE}"
    split = links(one, two)["par-1.stk-2"]
    assert split.change is Change.SPLIT
    assert sorted(targets(split)) == ["par-1.stk-2", "par-1.stk-3"]
    merged = next(link for link in align(wording(two), wording(one)) if link.change is Change.MERGED)
    assert sorted(w.slug for w in merged.old) == ["par-1.stk-2", "par-1.stk-3"]
    assert targets(merged) == ["par-1.stk-2"]


def test_a_paragraph_divided_over_two_is_split() -> None:
    old = f"§ 1. {CARD}\nStk. 2. {PRICE}\n§ 2. {FINE}"
    new = f"§ 1. {CARD}\n§ 2. {PRICE}\n§ 3. {FINE}"
    found = links(old, new)["par-1"]
    assert found.change is Change.SPLIT
    assert targets(found) == ["par-1", "par-2"]


def test_two_copies_of_a_rule_are_named_and_neither_is_chosen() -> None:
    lead = "Kommunen fastsætter nærmere regler for havne, broer, stier og pladser ved søen"
    old = f"§ 1. {CARD}\n§ 2. {PRICE}\n§ 3. {lead}, herunder gebyrer."
    new = f"§ 1. {CARD}\n§ 2. {PRICE}\n§ 7. {lead}, herunder skilte.\n§ 8. {lead}, herunder afgifter."
    gone = links(old, new)["par-3.stk-1"]
    assert gone.change is Change.REPEALED
    assert gone.grounds == (Ground.SEVERAL_CANDIDATES,)
    assert sorted(w.slug for w in gone.candidates) == ["par-7.stk-1", "par-8.stk-1"]


def test_equal_short_rules_keep_their_numbers_and_their_order() -> None:
    rule = "Ministeren kan fastsætte nærmere regler."
    old = f"§ 1. {CARD}\nStk. 2. {rule}\n§ 2. {PRICE}\nStk. 2. {rule}"
    new = f"§ 1. {CARD}\nStk. 2. {rule}\n§ 2. {CLOSED}\n§ 3. {PRICE}\nStk. 2. {rule}"
    found = links(old, new)
    assert found["par-1.stk-2"].change is Change.SAME
    assert targets(found["par-2.stk-2"]) == ["par-3.stk-2"]


def test_items_of_a_list_are_followed_inside_their_stk() -> None:
    old = "§ 1. Kortet gælder ikke for\n1) børn under 15 år,\n2) pensionister og\n3) ansatte ved søen."
    new = old.replace("2) pensionister og\n3)", "2) studerende,\n3) pensionister og\n4)")
    found = links(old, new)
    assert targets(found["par-1.stk-1.nr-2"]) == ["par-1.stk-1.nr-3"]
    assert targets(found["par-1.stk-1.nr-3"]) == ["par-1.stk-1.nr-4"]
    assert found["+par-1.stk-1.nr-2"].change is Change.NEW


def test_transitional_rules_never_meet_the_act_s_own_and_stay_where_acts_before_them_go() -> None:
    def rules(text: str, block: int) -> Wording:
        span = Span(0, len(text))
        level = find_provisions(f"§ 1. {text}", Span(0, len(text) + 5))[0].level
        place = Locator("7", part=Part.TRANSITIONAL, block=block)
        return read_wording(text, [Provision(place, level, span, span)])

    (paragraph, *_) = align(rules(CARD, 2), rules(CARD, 1))
    assert paragraph.change is Change.SAME
    (gone, *_) = align(rules(CARD, 1), wording(f"§ 7. {CARD}"))
    assert gone.change is Change.REPEALED


def test_two_empty_acts_have_no_links() -> None:
    assert align(wording(""), wording("")) == ()


def test_a_paragraph_split_into_one_that_another_went_into_stands_in_both_links() -> None:
    old = f"§ 1. {CARD}\nStk. 2. {PRICE} {CLOSED}\n§ 2. {FINE}\n§ 3. (Ophævet)"
    new = f"§ 1. {PRICE}\nStk. 2. {CLOSED}\n§ 3. {CARD}\nStk. 2. {FINE}"
    found = [k for k in align(wording(old), wording(new)) if k.new and k.new[0].stk is None]
    assert {(k.old[0].slug, *targets(k)) for k in found} == {("par-1", "par-1", "par-3"), ("par-2", "par-3")}


def test_no_stk_stands_in_two_links() -> None:
    old = f"§ 1. {CARD}\nStk. 2. {PRICE} {CLOSED}\n§ 2. {FINE}\n§ 3. (Ophævet)"
    new = f"§ 1. {PRICE}\nStk. 2. {CLOSED}\n§ 3. {CARD}\nStk. 2. {FINE}"
    found = align(wording(old), wording(new))
    for side in ([w for k in found for w in k.old if w.stk], [w for k in found for w in k.new if w.stk]):
        assert len(side) == len(set(side)) == 4


STARTER = [  # read against the two amending acts that the texts speak of
    ("9001", "par-9.stk-2", "same", "par-9.stk-2"),
    ("9001", "par-10.stk-3", "repealed", ""),
    ("9001", "par-10.stk-4", "moved", "par-10.stk-3"),
    ("9001", "par-14.stk-1", "reworded", "par-14.stk-1"),
    ("9001", "par-14.stk-2", "repealed", ""),
    ("9001", "par-16", "reworded", "par-16"),
    ("9001", "par-16.stk-1", "reworded", "par-16.stk-1"),
    ("9001", "par-18", "same", "par-18"),
    ("9001", "trans-1.par-3.stk-2", "same", "trans-1.par-3.stk-2"),
    ("9002", "par-9", "reworded", "par-9"),
    ("9002", "par-9.stk-2.nr-3", "reworded", "par-9.stk-2.nr-3"),
    ("9002", "par-9a", "moved", "par-10"),
    ("9002", "par-10.stk-3", "moved", "par-11.stk-3"),
    ("9002", "par-12.stk-1.nr-2", "moved", "par-13.stk-1.nr-3"),
    ("9002", "par-13.stk-2", "repealed", ""),
    ("9002", "par-13.stk-3", "moved", "par-14.stk-2"),
    ("9002", "par-14.stk-1", "moved_reworded", "par-15.stk-1"),
    ("9002", "par-14.stk-2", "moved_reworded", "par-15.stk-2"),
    ("9002", "par-14.stk-3", "moved", "par-15.stk-4"),
    ("9002", "par-16.stk-2", "moved_reworded", "par-17.stk-2"),
    ("9002", "par-23", "moved", "par-24"),
    ("9002", "trans-1.par-3.stk-2", "repealed", ""),
    ("9002", "trans-2.par-2.stk-3", "same", "trans-1.par-2.stk-3"),
]
NEW_IN = {
    "9001": {"par-9a", "par-9a.stk-1", "par-9a.stk-2", "par-14.stk-2", "par-14.stk-3", "par-16.stk-2"},
    "9002": {"par-15.stk-3", "par-13.stk-1.nr-2"},
}
VERSIONS = ["fiktiv-lbk-2019-9001", "fiktiv-lbk-2021-9002", "fiktiv-lbk-2023-9003"]


@pytest.fixture(scope="module")
def starter_links(fiction: Store) -> dict[str, tuple[Link, ...]]:
    genealogy = Genealogy(fiction)
    old, middle, new = (fiction.document(v) for v in VERSIONS)
    return {"9001": genealogy.links(old, middle), "9002": genealogy.links(middle, new)}


@pytest.mark.parametrize(("version", "slug", "change", "there"), STARTER)
def test_the_starter_provisions_go_where_their_amending_acts_say(
    starter_links, version, slug, change, there
) -> None:
    (link,) = [k for k in starter_links[version] if parse_slug(slug) in k.old]
    assert (link.change, targets(link)) == (change, [there] if there else [])


@pytest.mark.parametrize("version", NEW_IN)
def test_exactly_the_inserted_starter_provisions_are_new(starter_links, version) -> None:
    new = [k.new[0] for k in starter_links[version] if k.change is Change.NEW]
    assert {w.slug for w in new if w.part is Part.MAIN} == NEW_IN[version]


LABELS = Path(__file__).parents[2] / "golden" / "genealogy.tsv"
LEAST_AGREEMENT = 0.95


@pytest.mark.shared
def test_sixty_steps_of_two_real_acts_agree_with_what_a_reader_found(shared: Path, tmp_path: Path) -> None:
    """The rows were drawn at random (seed 26) over the kinds of change and read one by one."""
    rows = list(csv.DictReader(LABELS.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    wanted = {row[key] for row in rows for key in ("old_document", "new_document")}
    lines = tmp_path / "acts.jsonl"
    _extract(shared / "corpus" / "dk_social_law.jsonl.zst", wanted, lines)
    agree = 0
    with Store(tmp_path / "corpus.db") as store:
        ingest([lines], store)
        genealogy = Genealogy(store)
        for row in rows:
            links_ = genealogy.links(store.document(row["old_document"]), store.document(row["new_document"]))
            old, new = ({parse_slug(s) for s in row[key].split(",") if s} for key in ("old", "new"))
            found = [k for k in links_ if (set(k.old) & old if old else set(k.new) & new)]
            agree += any((k.change, set(k.old), set(k.new)) == (row["change"], old, new) for k in found)
    assert len(rows) == 60
    assert agree / len(rows) >= LEAST_AGREEMENT


STEPS = LABELS.with_name("genealogy_steps.tsv")


@pytest.mark.shared
def test_thirty_steps_of_the_same_acts_are_shown_as_a_reader_found_them(shared: Path, tmp_path: Path) -> None:
    """Another draw (seed 20261128), tried on the line that is shown, which steps over what a text lacks."""
    rows = list(csv.DictReader(STEPS.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    lines = tmp_path / "acts.jsonl"
    titles = {f"Bekendtgørelse af lov om {name}" for name in ("aktiv socialpolitik", "social service")}
    _extract(shared / "corpus" / "dk_social_law.jsonl.zst", titles, lines)
    wrong = []
    with Store(tmp_path / "corpus.db") as store:
        ingest([lines], store)
        genealogy = Genealogy(store)
        for row in rows:
            side = "old" if row["old"] else "new"
            steps = genealogy.line(f"{row[f'{side}_document']}:{row[side].partition(',')[0]}").steps
            told = {
                (s.old_document, _slugs(s.link.old), s.new_document, _slugs(s.link.new), s.link.change)
                for s in steps
            }
            old, new = (frozenset(filter(None, row[key].split(","))) for key in ("old", "new"))
            if (row["old_document"], old, row["new_document"], new, row["change"]) not in told:
                wrong.append(row)
    assert len(rows) == 30
    assert len(wrong) <= len(rows) * (1 - LEAST_AGREEMENT), wrong


def _slugs(places: Iterable[Locator]) -> frozenset[str]:
    return frozenset(where.slug for where in places)


def _extract(source: Path, wanted: set[str], target: Path) -> None:
    """The records of these ids or titles."""
    with source.open("rb") as raw, target.open("w", encoding="utf-8") as out:
        for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(raw), "utf-8"):
            record = json.loads(line)
            year, _, number = record["id"].partition(":")
            if {f"lta-{year}-{number}", record["title"]} & wanted:
                out.write(line)
