"""Every record that is met is counted once: kept, known already, or named with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import InputError
from corpus.ingest import Summary, ingest
from corpus.store import Outcome, Store
from corpus.types import Kind

LAW = "§ 1. Kommunen yder støtte.\n\nStk. 2. Støtten ophører efter et år.\n"
RECORD = {
    "id": "2031:77",
    "type": "statute",
    "title": "Bekendtgørelse af lov om prøver",
    "short_name": "LBK H#LOKDOK03",
    "status": "in_force",
    "issued_date": "2031-03-04",
    "url": "https://www.retsinformation.dk/eli/lta/2031/77/xml",
    "description": "AccessionNumber=A20310007729",
    "provisions": [{"provision_ref": "1:1", "chapter": "1", "section": "1", "content": "§ 1. Alle prøver."}],
    "definitions": [],
}
XML = """<?xml version="1.0" encoding="utf-8"?>
<Dokument SchemaLocation="http://eksempel/schemas/2015/06/22/LBKH.Retsinfo.LexDania_2.1.xsd">
<Meta><DocumentType>LBK H#LOKDOK03</DocumentType><Rank>A</Rank>
<AccessionNumber>A20310007729</AccessionNumber>
<DocumentTitle>Bekendtgørelse af lov om prøver</DocumentTitle>
<Year>2031</Year><DiesSigni>2031-03-04</DiesSigni>
<Status>Valid</Status><Number>77</Number></Meta>
<DokumentIndhold><Bog><Afsnit><Kapitel><Explicatus>Kapitel 1</Explicatus><ParagrafGruppe><Paragraf>
<Explicatus>§ 1.</Explicatus><Stk><Exitus><Linea><Char>Alle prøver.</Char></Linea></Exitus></Stk>
</Paragraf></ParagrafGruppe></Kapitel></Afsnit></Bog></DokumentIndhold></Dokument>
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data" / "corpus.db") as opened:
        yield opened


@pytest.fixture
def law(tmp_path: Path) -> Path:
    folder = tmp_path / "law"
    folder.mkdir()
    return folder


def read(store: Store, *paths: Path, collection: str = "standard") -> Summary:
    return ingest(paths, store, collection=collection)


def test_one_bad_file_is_named_with_its_remedy_and_the_others_are_kept(store: Store, law: Path) -> None:
    (law / "a.txt").write_text(LAW)
    (law / "b.xml").write_text("<Dokument><Meta>")
    (law / "c.pdf").write_bytes(b"%PDF-1.7 not really")
    (law / "d.txt").write_bytes(b"")
    (law / "e.xyz").write_bytes(b"what is this")
    (law / "f.md").write_text("# Lov om mere\n\n" + LAW)
    done = read(store, law)
    assert done.outcomes[Outcome.ADDED] == 2
    assert done.read == 6
    assert sorted(Path(f.address).name for f in done.failures) == ["b.xml", "c.pdf", "d.txt", "e.xyz"]
    assert all(f.reason and f.remedy for f in done.failures)


def test_reading_the_same_folder_again_changes_nothing(store: Store, law: Path) -> None:
    (law / "a.txt").write_text(LAW)
    read(store, law)
    before = store.fingerprint()
    again = read(store, law)
    assert dict(again.outcomes) == {Outcome.UNCHANGED: 1}
    assert store.fingerprint() == before


def test_a_changed_file_becomes_a_new_revision_of_the_same_document(store: Store, law: Path) -> None:
    (law / "a.txt").write_text(LAW)
    read(store, law)
    (law / "a.txt").write_text(LAW.replace("et år", "to år"))
    assert dict(read(store, law).outcomes) == {Outcome.SUPERSEDED: 1}
    (document,) = store.documents()
    assert document.revision == 2
    assert "to år" in store.text(document.key)


@pytest.mark.parametrize("first", ["xml", "json"])
def test_the_official_xml_stays_current_whichever_source_comes_first(
    store: Store, law: Path, first: str
) -> None:
    (law / "act.xml").write_text(XML)
    (law / "act.json").write_text(json.dumps(RECORD))
    names = ["act.xml", "act.json"] if first == "xml" else ["act.json", "act.xml"]
    outcomes = [next(iter(read(store, law / name).outcomes)) for name in names]
    second = Outcome.SHADOWED if first == "xml" else Outcome.SUPERSEDED
    assert outcomes == [Outcome.ADDED, second]
    current = store.document("lta-2031-77")
    assert current.provenance.parser.startswith("lexdania/")
    assert len(store.revisions("lta-2031-77")) == 2


def test_the_same_document_in_two_collections_is_kept_in_both(store: Store, law: Path) -> None:
    (law / "act.json").write_text(json.dumps(RECORD))
    read(store, law, collection="en")
    read(store, law, collection="to")
    assert {(d.id, d.collection) for d in store.documents()} == {
        ("lta-2031-77", "en"),
        ("lta-2031-77@to", "to"),
    }
    assert dict(read(store, law, collection="to").outcomes) == {Outcome.UNCHANGED: 1}


def test_two_files_of_one_name_in_two_folders_are_two_documents(store: Store, law: Path) -> None:
    for folder in ("x", "y"):
        (law / folder).mkdir()
        (law / folder / "sag.txt").write_text(LAW.replace("støtte", f"støtte {folder}"))
    read(store, law)
    assert len(store.documents()) == 2


def test_each_line_of_a_file_of_records_is_a_document_and_a_bad_line_is_named(
    store: Store, law: Path
) -> None:
    lines = [json.dumps(RECORD), "{not json", json.dumps({**RECORD, "id": "2031:78", "url": ""})]
    (law / "acts.jsonl").write_text("\n".join(lines) + "\n")
    done = read(store, law)
    assert done.outcomes[Outcome.ADDED] == 2
    (failure,) = done.failures
    assert failure.address.endswith("acts.jsonl#2")


def test_what_is_kept_knows_its_address_checksum_and_parser(store: Store, law: Path) -> None:
    (law / "act.xml").write_text(XML)
    read(store, law)
    document = store.document("lta-2031-77")
    assert document.metadata.kind is Kind.RULE
    assert document.provenance.address.endswith("act.xml")
    assert store.raw(document.key).decode() == XML
    assert document.work_id == "lov-om-proever"


@pytest.mark.parametrize("name", ["", "Store Bogstaver", "æøå", "a/b", "-x", "x" * 65, "../op"])
def test_a_collection_name_that_cannot_stand_in_an_address_is_refused(
    store: Store, law: Path, name: str
) -> None:
    with pytest.raises(InputError, match="collection"):
        read(store, law, collection=name)


def test_a_path_that_does_not_exist_is_a_named_failure(store: Store, law: Path) -> None:
    done = read(store, law / "findes-ikke")
    assert done.read == 1
    assert done.failures[0].remedy
