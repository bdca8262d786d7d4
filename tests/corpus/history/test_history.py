"""A provision is followed through every version, forwards and backwards, and never further than its words."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from corpus.alignment import RULES
from corpus.errors import CitationError, NotFoundError
from corpus.history import Genealogy, fate, line
from corpus.identifiers import provision_id
from corpus.ingest import ingest
from corpus.kept_alignments import keep_histories
from corpus.links import Change
from corpus.store import Store
from corpus.types import Level

CARD = "Den, der fisker i søen med stang eller snøre, skal have et gyldigt fiskekort fra kommunen."
PRICE = "Fiskekortet koster 100 kr. om året for voksne og er gratis for børn under 15 år."
CLOSED = "Kommunen kan lukke søen for fiskeri i indtil 3 måneder, når bestanden af gedder er truet."
FINE = "Med bøde straffes den, der overtræder forbuddet mod at fiske uden for sæsonen."


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture
def chain(archive) -> Store:
    """Three versions: § 2 is moved to § 3, then reworded; § 4 is repealed in the last one."""
    archive.act(1, "2010-01-01", f"§ 1. {CARD}\n§ 2. {PRICE}\n§ 3. {FINE}")
    archive.act(2, "2012-01-01", f"§ 1. {CARD}\n§ 2. {CLOSED}\n§ 3. {PRICE}\n§ 4. {FINE}")
    dear = PRICE.replace("100 kr.", "125 kr.")
    archive.act(3, "2014-01-01", f"§ 1. {CARD}\n§ 2. {CLOSED}\n§ 3. {dear}\n§ 4. (Ophævet)")
    return archive.store


def test_the_line_of_a_provision_is_the_same_whichever_version_one_starts_from(chain: Store) -> None:
    lines = [line(chain, start).steps for start in ("a1:par-2", "a2:par-3", "a3:par-3")]
    assert lines[0] == lines[1] == lines[2]
    assert [(s.old, s.new, s.link.change) for s in lines[0]] == [
        (("a1:par-2",), ("a2:par-3",), Change.MOVED),
        (("a2:par-3",), ("a3:par-3",), Change.REWORDED),
    ]
    assert [s.day for s in lines[0]] == [day("2012-01-01"), day("2014-01-01")]


def test_a_line_begins_where_a_provision_is_new_and_ends_where_it_is_repealed(chain: Store) -> None:
    assert [s.link.change for s in line(chain, "a2:par-2").steps] == [Change.NEW, Change.SAME]
    assert [s.link.change for s in line(chain, "a1:par-3").steps] == [Change.MOVED, Change.REPEALED]


@pytest.mark.parametrize(
    ("start", "when", "change", "there"),
    [
        ("a1:par-1", "2015-01-01", Change.SAME, ("a3:par-1",)),
        ("a1:par-2", "2013-01-01", Change.MOVED, ("a2:par-3",)),
        ("a1:par-2", "2015-01-01", Change.MOVED_REWORDED, ("a3:par-3",)),
        ("a1:par-2", "2011-01-01", Change.SAME, ("a1:par-2",)),
        ("a3:par-3", "2011-01-01", Change.MOVED_REWORDED, ("a1:par-2",)),
        ("a2:par-2", "2011-01-01", Change.NEW, ()),
        ("a1:par-3", "2015-01-01", Change.REPEALED, ()),
    ],
)
def test_the_fate_of_a_provision_on_a_day_is_where_its_rule_stands_then(
    chain: Store, start, when, change, there
) -> None:
    found = fate(chain, start, day(when))
    assert (found.change, found.provisions) == (change, there)


def test_a_wording_that_was_changed_and_restored_is_the_same(archive) -> None:
    dear = PRICE.replace("100 kr.", "125 kr.")
    for number, text in enumerate((PRICE, dear, PRICE), start=1):
        archive.act(number, f"201{number}-01-01", f"§ 1. {CARD}\n§ 2. {text}")
    found = fate(archive.store, "a1:par-2", day("2014-01-01"))
    assert found.change is Change.SAME
    assert [s.link.change for s in found.steps] == [Change.REWORDED, Change.REWORDED]


def test_a_paragraph_missing_from_one_text_is_stepped_over_and_not_called_repealed(archive) -> None:
    archive.act(1, "2011-01-01", f"§ 1. {CARD}\n§ 2. {PRICE}\n§ 3. {FINE}")
    archive.act(2, "2012-01-01", f"§ 1. {CARD}\n§ 3. {FINE}")
    archive.act(3, "2013-01-01", f"§ 1. {CARD}\n§ 2. {PRICE}\n§ 3. {FINE}")
    (step,) = line(archive.store, "a1:par-2").steps
    assert (step.link.change, step.skipped, step.new) == (Change.SAME, ("a2",), ("a3:par-2",))
    assert line(archive.store, "a3:par-2").steps == (step,)
    assert fate(archive.store, "a1:par-2", day("2012-06-01")).change is Change.ABSENT
    assert fate(archive.store, "a1:par-2", day("2013-06-01")).change is Change.SAME


def test_a_version_that_lacks_a_paragraph_lends_it_no_lookalike(archive) -> None:
    near = PRICE.replace("voksne", "gæster").replace("gratis", "frit")  # like enough to be taken for it
    later = PRICE.replace("100 kr.", "125 kr.")
    archive.act(1, "2011-01-01", f"§ 1. {CARD}\n§ 2. {PRICE}\n§ 9. {FINE}")
    archive.act(2, "2012-01-01", f"§ 1. {CARD}\n§ 8. {near}\n§ 9. {FINE}")
    archive.act(3, "2013-01-01", f"§ 1. {CARD}\n§ 2. {later}\n§ 8. {near}\n§ 9. {FINE}")
    (step,) = line(archive.store, "a1:par-2").steps
    assert (step.link.change, step.skipped, step.new) == (Change.REWORDED, ("a2",), ("a3:par-2",))


def test_a_split_goes_on_in_all_its_parts_and_each_part_leads_back(archive) -> None:
    archive.act(1, "2011-01-01", f"§ 1. {CARD}\nStk. 2. {PRICE} {CLOSED}")
    archive.act(2, "2012-01-01", f"§ 1. {CARD}\nStk. 2. {PRICE}\nStk. 3. {CLOSED}")
    found = fate(archive.store, "a1:par-1.stk-2", day("2012-06-01"))
    assert (found.change, found.provisions) == (Change.SPLIT, ("a2:par-1.stk-2", "a2:par-1.stk-3"))
    assert fate(archive.store, "a2:par-1.stk-3", day("2011-06-01")).provisions == ("a1:par-1.stk-2",)


def test_a_sentence_or_a_letter_is_followed_with_the_unit_that_holds_it(archive) -> None:
    archive.act(1, "2011-01-01", f"§ 1. {CARD} {PRICE}")
    archive.act(2, "2012-01-01", f"§ 1. {CARD} {PRICE}")
    found = line(archive.store, "a1:par-1.stk-1.pkt-2")
    assert found.locator.slug == "par-1.stk-1"
    assert len(found.steps) == 1


def test_a_provision_that_never_existed_is_refused_and_one_of_another_version_is_named(chain: Store) -> None:
    with pytest.raises(NotFoundError, match=r"har ingen § 99\. Ingen kendt udgave har den"):
        line(chain, "a1:par-99")
    with pytest.raises(NotFoundError, match=r"har ingen § 4\..*a2:par-4"):
        line(chain, "a1:par-4")


def test_what_is_no_provision_id_is_refused(chain: Store) -> None:
    with pytest.raises(CitationError):
        line(chain, "a1")
    with pytest.raises(NotFoundError):
        line(chain, "a9:par-1")


def test_a_day_before_the_first_version_has_no_fate(chain: Store) -> None:
    with pytest.raises(NotFoundError, match=r"gælder fra 1\. januar 2010"):
        fate(chain, "a1:par-1", day("1990-01-01"))


def test_an_undated_version_has_a_line_without_steps(archive) -> None:
    archive.act(1, None, f"§ 1. {CARD}")
    archive.act(2, "2012-01-01", f"§ 1. {CARD}")
    assert line(archive.store, "a1:par-1").steps == ()


def test_a_number_printed_twice_is_followed_by_its_place_in_the_text(archive, tmp_path: Path) -> None:
    for year, rules in (
        (2011, (f"§ 1. {CARD}", f"§ 2. {PRICE}", f"§ 2. {CLOSED}")),
        (2012, (f"§ 1. {CARD}", f"§ 2. {PRICE}", f"§ 3. {CLOSED}")),
    ):
        record = {
            "id": f"{year}:1",
            "title": "Bekendtgørelse af lov om fiskekort",
            "short_name": "LBK H#LOKDOK03",
            "issued_date": f"{year}-01-01",
            "url": f"https://www.retsinformation.dk/eli/lta/{year}/1/xml",
            "provisions": [{"chapter": "1", "content": text} for text in rules],
        }
        (tmp_path / f"{year}.json").write_text(json.dumps(record), encoding="utf-8")
    assert ingest([tmp_path / "2011.json", tmp_path / "2012.json"], archive.store).failures == []
    second = archive.store.provisions(archive.store.document("lta-2011-1").key, Level.PARAGRAPH)[2]
    assert str(second.locator) == "§ 2"
    again = fate(archive.store, provision_id("lta-2011-1", second.locator), day("2012-06-01"))
    assert again.provisions == ("lta-2012-1:par-3",)
    assert fate(archive.store, "lta-2011-1:par-2", day("2012-06-01")).provisions == ("lta-2012-1:par-2",)


def test_alignments_are_kept_and_go_with_an_erased_document(chain: Store) -> None:
    assert keep_histories(chain) == 2
    keys = [chain.document(i).key for i in ("a1", "a2", "a3")]
    assert chain.alignment(keys[0], keys[1], RULES) is not None
    assert chain.alignment(keys[0], keys[1], RULES + 1) is None
    chain.erase("a2", "prøve")
    assert chain.alignment(keys[0], keys[1], RULES) is None
    assert [s.new_document for s in line(chain, "a1:par-1").steps] == ["a3"]


def test_a_kept_alignment_says_the_same_as_a_fresh_one(chain: Store) -> None:
    first = line(chain, "a1:par-2").steps
    assert line(chain, "a1:par-2").steps == first
    old, new = chain.document("a1"), chain.document("a2")
    assert set(Genealogy(chain).links(old, new)) == set(Genealogy(chain).links(old, new))
