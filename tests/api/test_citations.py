"""Citations at the doors: HTTP and the command line give the same records, and every fault its remedy."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli.main import main
from api.settings import Settings
from api.wiring import Workspace
from corpus.ingest import ingest
from corpus.linking import link
from corpus.sources import starter

CURRENT = "fiktiv-lbk-2023-9003"
PARAGRAPH = (
    "Støtten kan nedsættes, jf. § 15, stk. 1, i lov om hverdagsstøtte, men ikke efter § 99 i samme lov."
)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The starter corpus, linked, without an index."""
    workspace = Workspace(Settings(data=tmp_path_factory.mktemp("data"), encoder="none"))
    with starter.folder() as folder:
        ingest([folder / part for part in starter.PARTS], workspace.store, collection=starter.COLLECTION)
    link(workspace.store)
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def client(work: Workspace) -> TestClient:
    # Without a context: the shared workspace must not be closed by the application.
    return TestClient(create_app(work))


class Hjemmel:
    """Runs ``hjemmel`` in this process; gives its exit code and what it printed."""

    def __init__(
        self, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self._data, self._monkeypatch, self._capsys = data, monkeypatch, capsys

    def __call__(self, *arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        argv = ["hjemmel", "--data", str(self._data), "--encoder", "none", *arguments]
        self._monkeypatch.setattr(sys, "argv", argv)
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = self._capsys.readouterr()
        assert "Traceback" not in out + err
        return int(stop.value.code or 0), out, err


@pytest.fixture
def hjemmel(work: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Hjemmel:
    return Hjemmel(work.settings.data, monkeypatch, capsys)


def resolved(client: TestClient, text: str, **more: object) -> dict[str, object]:
    answer = client.post("/v1/citations:resolve", json={"text": text, **more})
    assert answer.status_code == 200, answer.text
    record: dict[str, object] = answer.json()
    return record


def test_a_paragraph_is_answered_reference_by_reference(client: TestClient) -> None:
    record = resolved(client, PARAGRAPH, as_of="2024-03-01")
    first, second = record["references"]  # type: ignore[misc]
    assert first["words"] == "§ 15, stk. 1, i lov om hverdagsstøtte"
    assert PARAGRAPH[first["span"]["start"] : first["span"]["end"]] == first["words"]
    (target,) = first["targets"]
    assert (target["status"], target["provisions"]) == ("resolved", [f"{CURRENT}:par-15.stk-1"])
    assert target["valid_from"] == "2023-07-01"
    (missing,) = second["targets"]
    assert (missing["status"], missing["reason"]) == ("unresolved", "no-provision")
    assert "findes ikke i" in missing["message"]


def test_a_provision_it_names_opens_at_the_words_it_shows(client: TestClient) -> None:
    record = resolved(client, "§ 15 i hverdagsstøtteloven", as_of="2024-03-01")
    target = record["references"][0]["targets"][0]  # type: ignore[index]
    opened = client.get(f"/v1/provisions/{target['provisions'][0]}").json()
    assert opened["text"].startswith(target["text"])
    assert opened["citation"] == target["citation"]


def test_the_command_line_gives_the_records_of_http(client: TestClient, hjemmel: Hjemmel) -> None:
    code, out, _ = hjemmel("cite", "-", "--as-of", "1. marts 2024", "--json", stdin=PARAGRAPH.encode())
    assert code == 0
    assert json.loads(out) == resolved(client, PARAGRAPH, as_of="2024-03-01")
    code, out, _ = hjemmel("cited-by", f"{CURRENT}:par-15", "--top", "5", "--kind", "precedent", "--json")
    listed = client.get(f"/v1/provisions/{CURRENT}:par-15/cited-by", params={"limit": 5, "kind": "precedent"})
    assert json.loads(out) == listed.json()


@pytest.mark.parametrize("language", ["da", "en"])
def test_people_are_shown_citation_words_and_why_not(hjemmel: Hjemmel, language: str) -> None:
    code, out, _ = hjemmel("--language", language, "cite", PARAGRAPH, "--as-of", "2024-03-01")
    shown = " ".join(out.split())
    assert code == 0
    assert "§ 15, stk. 1, i lov om hverdagsstøtte (FIKTIV)" in shown
    assert "§ 99 findes ikke i" in shown
    code, out, _ = hjemmel("--language", language, "cited-by", f"{CURRENT}:par-15", "--top", "40")
    assert code == 0
    assert "«" in out
    assert "lovbekendtgørelse nr. 9001" in " ".join(out.split())


def test_a_text_without_references_is_no_fault(client: TestClient, hjemmel: Hjemmel) -> None:
    assert resolved(client, "Goddag mand økseskaft")["references"] == []
    assert hjemmel("cite", "Goddag mand økseskaft")[0] == 0


def test_pages_of_citing_places_follow_each_other(client: TestClient) -> None:
    path = f"/v1/documents/{CURRENT}/cited-by"
    seen: list[tuple[str, int]] = []
    after: str | None = ""
    while after is not None:
        page = client.get(path, params={"limit": 9, "after": after}).json()
        seen += [(place["document_id"], place["span"]["start"]) for place in page["places"]]
        after = page["next"]
    assert len(seen) == page["total"] > 9


BAD_TEXTS = [
    ("an empty text", {"text": ""}, 422),
    ("blanks alone", {"text": " \n"}, 422),
    ("more than a brief", {"text": "§ 5 " * 12_501}, 413),
    ("no text", {}, 422),
    ("a day that does not exist", {"text": "§ 1", "as_of": "2024-02-30"}, 422),
    ("a day before any law", {"text": "§ 1", "as_of": "0001-01-01"}, 422),
    ("an unknown field", {"text": "§ 1", "guess": True}, 422),
]


@pytest.mark.parametrize(("body", "status"), [row[1:] for row in BAD_TEXTS], ids=[r[0] for r in BAD_TEXTS])
def test_a_bad_text_is_a_problem_with_its_remedy(
    client: TestClient, body: dict[str, object], status: int
) -> None:
    answer = client.post("/v1/citations:resolve", json=body)
    assert answer.status_code == status
    assert answer.json()["remedy"]


BAD_PATHS = [
    ("an unknown document", "/v1/documents/findes-ikke/cited-by", 404),
    ("a § that never existed", f"/v1/provisions/{CURRENT}:par-999/cited-by", 404),
    ("nonsense for a provision", f"/v1/provisions/{CURRENT}:hvad/cited-by", 422),
    ("a page of 0", f"/v1/documents/{CURRENT}/cited-by?limit=0", 422),
    ("a page of a million", f"/v1/documents/{CURRENT}/cited-by?limit=1000000", 422),
    ("a cursor of another list", f"/v1/documents/{CURRENT}/cited-by?after=x~1", 422),
    ("an unknown kind", f"/v1/documents/{CURRENT}/cited-by?kind=verdict", 422),
]


@pytest.mark.parametrize(("path", "status"), [row[1:] for row in BAD_PATHS], ids=[r[0] for r in BAD_PATHS])
def test_a_bad_address_is_a_problem(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.json()["remedy"]


BAD_COMMANDS = [
    ("an empty text", ("cite", ""), 2),
    ("bytes that are no text", ("cite", "-"), 2),
    ("a date in nonsense", ("cite", "§ 1", "--as-of", "engang"), 2),
    ("an unknown document", ("cited-by", "findes-ikke"), 3),
    ("a § that never existed", ("cited-by", f"{CURRENT}:par-999"), 3),
    ("nonsense for a provision", ("cited-by", f"{CURRENT}:hvad"), 2),
    ("a cursor of another list", ("cited-by", CURRENT, "--after", "x~1"), 2),
]


@pytest.mark.parametrize(
    ("arguments", "code"), [row[1:] for row in BAD_COMMANDS], ids=[r[0] for r in BAD_COMMANDS]
)
def test_a_bad_command_ends_with_a_message_and_its_exit_code(
    hjemmel: Hjemmel, arguments: tuple[str, ...], code: int
) -> None:
    ended, out, err = hjemmel(*arguments, stdin=b"\xff\xfe\xff")
    assert ended == code
    assert err.strip()
    assert not out.strip()


def test_the_openapi_document_gives_an_example_to_resolve(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()["components"]["schemas"]["ResolveRequest"]["properties"]
    example = schema["text"]["examples"][0]
    targets = [t for r in resolved(client, example)["references"] for t in r["targets"]]  # type: ignore[attr-defined]
    assert targets
    assert all(target["status"] == "resolved" for target in targets)


def test_one_provision_is_never_printed_as_a_range_from_itself_to_itself(client: TestClient) -> None:
    for paragraph in ("par-13", "par-14", "par-15"):
        places = client.get(f"/v1/provisions/{CURRENT}:{paragraph}/cited-by").json()["places"]
        assert places
        assert [p["cited_citation"] for p in places if re.search(r"\b(\d+)-\1\b", p["cited_citation"])] == []
