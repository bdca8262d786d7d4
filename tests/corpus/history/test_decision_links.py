"""Decisions are linked to what replaced them by their own words, or by the one near-copy there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.decision_links import LinkKind, decision_links
from corpus.ingest import ingest
from corpus.store import Store
from corpus.types import Status

FACTS = " ".join(
    f"Den {day}. maj fangede klageren {day + 2} fisk ved bro {day * 3}, og vagten noterede, at kortet "
    f"nummer {day * 7} var udløbet {day + 1} dage tidligere."
    for day in range(2, 30)
)


def kinds(store: Store, document_id: str) -> list[tuple[LinkKind, str, str]]:
    return [(k.kind, k.number, k.document) for k in decision_links(store).get(document_id, ())]


def test_a_reissued_decision_is_linked_both_ways_with_the_words_that_say_so(archive) -> None:
    archive.decision("20-25", "2025-02-01", "Sagen om kort.", Status.HISTORIC)
    new = archive.decision(
        "1-26",
        "2026-03-04",
        "Tidligere offentliggjort, dvs. tidligere offentliggjort som 20-25, men genudgivet som 1-26.",
    )
    assert kinds(archive.store, "d20-25") == [(LinkKind.REPLACED_BY, "1-26", "d1-26")]
    (link,) = decision_links(archive.store)["d1-26"]
    assert (link.kind, link.document, link.source) == (LinkKind.REPLACES, "d20-25", "d1-26")
    assert link.span is not None
    assert "20-25" in link.span.of(archive.store.text(new.key))


def test_a_list_of_decisions_set_aside_names_each_of_them_and_none_that_still_hold(archive) -> None:
    archive.decision("15-14", "2014-01-01", "Sagen om stang.")
    archive.decision("8-25", "2025-01-01", "Sagen om net.")
    archive.decision(
        "28-24",
        "2024-12-19",
        "Praksis Kasserede: Følgende afgørelser er kasserede og gælder ikke længere (historisk), da praksis "
        "er ændret: 15-14: Kort skal vises. 14-20: Afgørelse 15-14 gælder også i åen. "
        "Gældende: Følgende er brugt og gælder stadig: 8-25: Net er forbudt.",
    )
    assert kinds(archive.store, "d28-24") == [
        (LinkKind.SETS_ASIDE, "15-14", "d15-14"),
        (LinkKind.SETS_ASIDE, "14-20", ""),
    ]
    assert kinds(archive.store, "d15-14") == [(LinkKind.SET_ASIDE_BY, "28-24", "d28-24")]
    assert kinds(archive.store, "d8-25") == []


def test_an_old_note_that_a_decision_takes_the_place_of_another_is_followed(archive) -> None:
    archive.decision("B-3-91", "1991-01-01", "Sagen om ål.")
    archive.decision("B-1-97", "1997-01-15", "Note: *) Denne SM afløser SM B-3-91, som ophæves.")
    assert kinds(archive.store, "dB-3-91") == [(LinkKind.REPLACED_BY, "B-1-97", "dB-1-97")]


def test_a_number_that_two_decisions_bear_leads_to_neither(archive) -> None:
    archive.decision("20-25", "2025-02-01", "Sagen om kort.", collection="en")
    archive.decision("20-25", "2025-02-01", "Sagen om kort igen.", collection="to")
    archive.decision(
        "1-26", "2026-03-04", "Afgørelsen er tidligere offentliggjort som 20-25, men genudgivet som 1-26."
    )
    (link,) = decision_links(archive.store)["d1-26"]
    assert link.document == ""
    assert sorted(link.candidates) == ["d20-25@en", "d20-25@to"]
    assert kinds(archive.store, "d20-25@en") == []


def test_a_historic_decision_is_linked_to_its_only_later_near_copy(archive) -> None:
    archive.decision("2-24", "2024-02-01", FACTS, Status.HISTORIC)
    archive.decision("9-24", "2024-09-01", FACTS + " Afgørelsen er rettet for en slåfejl.")
    (link,) = decision_links(archive.store)["d2-24"]
    assert (link.kind, link.document, link.span) == (LinkKind.REPLACED_BY, "d9-24", None)
    assert link.likeness is not None
    assert link.likeness > 0.85


def test_of_two_near_copies_none_is_chosen(archive) -> None:
    archive.decision("2-24", "2024-02-01", FACTS, Status.HISTORIC)
    archive.decision("9-24", "2024-09-01", FACTS + " Den ene.")
    archive.decision("10-24", "2024-10-01", FACTS + " Den anden.")
    assert decision_links(archive.store) == {}


@pytest.mark.parametrize("status", [Status.VALID, Status.UNKNOWN])
def test_near_copies_that_no_source_marks_as_historic_are_not_linked(archive, status) -> None:
    archive.decision("2-24", "2024-02-01", FACTS, status)
    archive.decision("9-24", "2024-09-01", FACTS + " Afgørelsen er rettet.")
    assert decision_links(archive.store) == {}


def test_an_earlier_copy_replaces_nothing(archive) -> None:
    archive.decision("2-24", "2024-02-01", FACTS)
    archive.decision("9-24", "2024-09-01", FACTS, Status.HISTORIC)
    assert decision_links(archive.store) == {}


def test_of_the_fictional_decisions_only_the_one_that_is_said_to_hold_no_longer_is_linked(
    fiction: Store,
) -> None:
    found = {id: [(k.kind, k.document) for k in links] for id, links in decision_links(fiction).items()}
    assert found == {
        "fiktiv-2-25": [(LinkKind.SETS_ASIDE, "fiktiv-5-22")],
        "fiktiv-5-22": [(LinkKind.SET_ASIDE_BY, "fiktiv-2-25")],
    }


@pytest.mark.parametrize(
    "text",
    [
        "Kommunen mente, at afgørelse 5-22 er gældende.",
        "Nævnet overvejede, om afgørelse 5-22 fortsat er udtryk for praksis.",
        "Kortet er ikke længere gældende, jf. afgørelse 5-22.",
    ],
)
def test_a_decision_that_is_only_spoken_of_still_holds(archive, text) -> None:
    archive.decision("5-22", "2022-01-01", "Sagen om kort.")
    archive.decision("2-25", "2025-01-01", text)
    assert decision_links(archive.store) == {}


def test_what_was_read_of_a_decision_is_kept_and_a_new_one_joins_it(archive) -> None:
    archive.decision("5-22", "2022-01-01", "Sagen om kort.")
    assert decision_links(archive.store) == {}
    archive.decision("2-25", "2025-01-01", "Afgørelse 5-22 er ikke længere udtryk for nævnets praksis.")
    assert kinds(archive.store, "d5-22") == [(LinkKind.SET_ASIDE_BY, "2-25", "d2-25")]
    with Store(archive.store.path) as again:
        assert decision_links(again) == decision_links(archive.store)
    archive.store.erase("d2-25", "prøve")
    assert decision_links(archive.store) == {}


@pytest.mark.shared
def test_the_reissued_and_set_aside_decisions_of_the_board_are_found(shared: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "corpus.db") as store:
        ingest([shared / "corpus" / "decisions_json" / "Ankestyrelsen"], store)
        found = decision_links(store)
        for old, new in (("20-25", "1-26"), ("21-25", "2-26"), ("22-25", "3-26")):
            (link,) = found[f"ast-{old}"]
            assert (link.kind, link.document) == (LinkKind.REPLACED_BY, f"ast-{new}")
        aside = {k.number for k in found["ast-28-24"] if k.kind is LinkKind.SETS_ASIDE}
    assert aside == {"O-26-96", "O-106-97", "A-25-02", "A-25-04", "A-34-04"}
