"""The HTTP interface answers with cited rules and precedents, and every fault with a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import MAX_BODY_BYTES, create_app
from api.settings import Settings
from api.wiring import Workspace

CASE = "Borgeren udeblev fra en samtale og siger, at han var syg, men meldte ikke afbud."


@pytest.fixture(scope="module")
def client(demo: Workspace) -> TestClient:
    # Without a context: the shared workspace must not be closed when this module ends.
    return TestClient(create_app(demo))


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Workspace(Settings(data=tmp_path, encoder="none")))) as opened:
        yield opened


def search(client: TestClient, **request: object) -> dict[str, list[dict[str, object]]]:
    answer = client.post("/v1/search", json={"text": CASE, **request})
    assert answer.status_code == 200, answer.text
    result: dict[str, list[dict[str, object]]] = answer.json()
    return result


def test_a_result_carries_everything_a_caller_needs_to_show_and_to_open_it(client: TestClient) -> None:
    found = search(client)
    assert set(found) == {"rules", "precedents", "corpus", "notes"}
    for result in found["rules"] + found["precedents"]:
        wanted = {
            "id", "kind", "title", "citation", "url", "authority", "date", "in_force", "outcome",
            "passages", "why",
        }  # fmt: skip
        assert wanted <= set(result)
        assert set(result["passages"][0]) == {"text", "span", "page", "locator"}  # type: ignore[index]


def test_every_quote_is_verbatim_at_its_span_and_leads_back_to_the_raw_file(
    client: TestClient, demo: Workspace
) -> None:
    found = search(client, top=50)
    checked = 0
    for result in found["rules"] + found["precedents"]:
        for passage in result["passages"]:  # type: ignore[attr-defined]
            start, end = passage["span"]["start"], passage["span"]["end"]
            opened = client.get(
                f"/v1/documents/{result['document_id']}/text", params={"start": start, "end": end}
            ).json()
            assert opened["text"] == passage["text"]
            raw = demo.store.raw(demo.store.document(str(result["document_id"])).key).decode()
            pieces = [raw[place["start"] : place["end"]] for place in opened["raw"]]
            assert " ".join(pieces).split() == passage["text"].split()
            checked += 1
    assert checked > 50


def test_rules_and_precedents_come_apart_and_only_the_kinds_asked_for(client: TestClient) -> None:
    found = search(client)
    assert {r["kind"] for r in found["rules"]} == {"rule"}
    assert {r["kind"] for r in found["precedents"]} == {"precedent"}
    assert search(client, kinds=["rule"])["precedents"] == []


def test_only_the_wording_in_force_on_the_day_is_shown(client: TestClient) -> None:
    for day, act in (("2020-05-01", "9001"), ("2022-05-01", "9002"), ("2024-05-01", "9003")):
        found = search(client, as_of=day, kinds=["rule"], top=100)
        versions = {str(r["document_id"]) for r in found["rules"] if "-lbk-" in str(r["document_id"])}
        assert len(versions) == 1
        assert versions.pop().endswith(act)
        assert all(r["in_force"] for r in found["rules"])


def test_everything_of_the_starter_corpus_is_marked_as_fiction(client: TestClient) -> None:
    found = search(client, top=100)
    for result in found["rules"] + found["precedents"]:
        assert result["fictional"] is True
        assert "FIKTIV" in str(result["title"])
        assert "FIKTIV" in str(result["citation"])


def test_an_excluded_document_or_provision_is_not_found(client: TestClient) -> None:
    first = search(client)["precedents"][0]["id"]
    assert first not in [r["id"] for r in search(client, exclude=[first])["precedents"]]
    rule = search(client)["rules"][0]["id"]
    assert rule not in [r["id"] for r in search(client, exclude=[rule])["rules"]]


def test_no_field_of_an_answer_ranks_or_counts_outcomes(client: TestClient) -> None:
    def keys(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for key, item in value.items():
                yield str(key)
                yield from keys(item)
        elif isinstance(value, list):
            for item in value:
                yield from keys(item)

    names = set(keys(search(client)))
    assert not {"verdict", "score", "probability", "confidence", "recommendation", "tally"} & names


def test_a_provision_opens_with_its_words_citation_and_children(client: TestClient) -> None:
    rule = search(client, as_of="2024-05-01")["rules"][0]
    opened = client.get(f"/v1/provisions/{rule['id']}").json()
    assert opened["text"].startswith("§ ")
    assert opened["children"]
    child = client.get(f"/v1/provisions/{opened['children'][0]}").json()
    assert child["text"] in opened["text"]
    assert "FIKTIV" in child["citation"]


def test_a_document_opens_with_versions_outline_and_provenance(client: TestClient) -> None:
    listed = client.get("/v1/documents", params={"kind": "rule"}).json()["documents"]
    act = next(d for d in listed if d["id"].endswith("9002"))
    opened = client.get(f"/v1/documents/{act['id']}", params={"as_of": "2022-05-01"}).json()
    assert opened["validity"]["in_force"] is True
    assert opened["validity"]["replaced_by"].endswith("9003")
    assert len(opened["versions"]) == 3
    assert opened["outline"][0]["locator"] == "§ 1"
    assert len(opened["provenance"]["checksum"]) == 64


def test_documents_are_listed_in_pages_without_gap_or_repeat(client: TestClient) -> None:
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = client.get("/v1/documents", params={"limit": 7, "after": after}).json()
        seen += [d["id"] for d in page["documents"]]
        after = page["next"]
    assert len(seen) == len(set(seen)) >= 45


BAD_REQUESTS = [
    ("an empty case", {"text": ""}, 422, "bad-query"),
    ("blanks alone", {"text": " \n\t"}, 422, "bad-query"),
    ("punctuation alone", {"text": "?!… –"}, 422, "bad-query"),
    ("a NUL alone", {"text": "\x00"}, 422, "bad-query"),
    ("100,000 characters", {"text": "sag " * 25_000}, 422, "bad-query"),
    ("no text", {}, 422, "bad-input"),
    ("a number for a text", {"text": 7}, 422, "bad-input"),
    ("k of 0", {"text": "sag", "top": 0}, 422, "bad-query"),
    ("k below 0", {"text": "sag", "top": -5}, 422, "bad-query"),
    ("k of a million", {"text": "sag", "top": 1_000_000}, 422, "bad-query"),
    ("a day that does not exist", {"text": "sag", "as_of": "2024-02-30"}, 422, "bad-input"),
    ("a date in words", {"text": "sag", "as_of": "i går"}, 422, "bad-input"),
    ("a date before any law", {"text": "sag", "as_of": "0001-01-01"}, 422, "bad-query"),
    ("an unknown kind", {"text": "sag", "kinds": ["verdict"]}, 422, "bad-input"),
    ("no kind", {"text": "sag", "kinds": []}, 422, "bad-query"),
    ("an unknown field", {"text": "sag", "answer": "yes"}, 422, "bad-input"),
]


@pytest.mark.parametrize(
    ("body", "status", "code"), [row[1:] for row in BAD_REQUESTS], ids=[r[0] for r in BAD_REQUESTS]
)
def test_a_bad_search_is_answered_with_a_problem_and_its_remedy(
    client: TestClient, body: dict[str, object], status: int, code: str
) -> None:
    answer = client.post("/v1/search", json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["code"], problem["status"]) == (code, status)
    assert problem["detail"]
    assert problem["remedy"]


BAD_ADDRESSES = [
    ("an unknown document", "/v1/documents/findes-ikke", 404),
    ("an unknown document's text", "/v1/documents/findes-ikke/text", 404),
    ("an unknown act's provision", "/v1/provisions/findes-ikke:par-1", 404),
    ("a § that never was", "/v1/provisions/{act}:par-9999", 404),
    ("nonsense for a provision", "/v1/provisions/hvad-som-helst", 422),
    ("a range beyond the text", "/v1/documents/{act}/text?start=0&end=99999999", 422),
    ("a range backwards", "/v1/documents/{act}/text?start=9&end=3", 422),
    ("a page of 0", "/v1/documents?limit=0", 422),
    ("a path out of the house", "/v1/documents/..%2f..%2fetc%2fpasswd", 404),
]


@pytest.mark.parametrize(
    ("path", "status"), [row[1:] for row in BAD_ADDRESSES], ids=[r[0] for r in BAD_ADDRESSES]
)
def test_a_bad_address_is_answered_with_a_problem(client: TestClient, path: str, status: int) -> None:
    act = "fiktiv-lbk-2023-9003"
    answer = client.get(path.format(act=act))
    assert answer.status_code == status
    assert answer.json()


def test_decomposed_letters_find_what_composed_ones_find(client: TestClient) -> None:
    composed = "Ansøgeren fik ikke vejledning på et sprog, hun forstår"
    decomposed = composed.replace("ø", "ø").replace("å", "a\u030a")
    one, two = (search(client, text=t)["rules"] for t in (composed, decomposed))
    assert [r["id"] for r in one] == [r["id"] for r in two]


def test_nul_bytes_in_a_case_do_no_harm(client: TestClient) -> None:
    assert search(client, text=CASE.replace(" ", "\x00 "))["rules"]


def test_more_results_than_there_are_documents_gives_what_there_is(client: TestClient) -> None:
    assert 40 <= len(search(client, top=200, kinds=["precedent"])["precedents"]) < 200


def test_a_body_over_the_limit_is_refused_before_it_is_read(client: TestClient) -> None:
    answer = client.post("/v1/search", content=b"x" * (MAX_BODY_BYTES + 1))
    assert answer.status_code == 413
    assert answer.json()["code"] == "too-large"


def test_a_body_that_is_no_json_is_a_problem_that_does_not_echo_it(client: TestClient) -> None:
    answer = client.post(
        "/v1/search", content=b'{"text": "hemmeligt CPR', headers={"content-type": "application/json"}
    )
    assert answer.status_code == 422
    assert "hemmeligt" not in answer.text


def test_without_an_index_the_service_lives_but_is_not_ready(empty: TestClient) -> None:
    assert empty.get("/healthz").status_code == 200
    ready = empty.get("/readyz")
    assert (ready.status_code, ready.json()["status"]) == (503, "index-missing")
    answer = empty.post("/v1/search", json={"text": "sag"})
    assert (answer.status_code, answer.json()["code"]) == (503, "index-missing")
    assert "hjemmel index" in answer.json()["remedy"]


def test_with_an_index_the_service_is_ready(client: TestClient) -> None:
    assert client.get("/readyz").json()["status"] == "ready"


def test_every_answer_carries_the_security_headers(client: TestClient) -> None:
    for answer in (client.get("/"), client.get("/healthz"), client.get("/v1/documents/x")):
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


def test_the_openapi_document_describes_every_operation(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert set(paths) == {
        "/v1/search",
        "/v1/facets",
        "/v1/brief",
        "/v1/note",
        "/v1/coverage",
        "/v1/coverage/places",
        "/v1/documents",
        "/v1/documents/{id}",
        "/v1/documents/{id}/text",
        "/v1/documents/{id}/cited-by",
        "/v1/provisions/{id}/cited-by",
        "/v1/citations:resolve",
        "/v1/provisions/{id}",
        "/v1/provisions/{id}/history",
        "/healthz",
        "/readyz",
    }
    assert all(op["summary"] for path in paths.values() for op in path.values())


def test_searching_opens_no_connection_to_anywhere(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> httpx.Response:
        raise AssertionError("an outbound connection was opened")

    monkeypatch.setattr("socket.create_connection", refuse)
    monkeypatch.setattr("socket.socket.connect", refuse)
    assert search(client)["rules"]
