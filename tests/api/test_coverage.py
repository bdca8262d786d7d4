"""The coverage report is the same at every door, opens at the words, and runs nothing in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli.main import main
from api.coverage_csv import safe, write_csv
from api.coverage_values import Table, TableName, Value, shade
from api.settings import Settings
from api.texts import CATALOGUE
from api.web.coverage_act import View
from api.wiring import Workspace
from assistant.coverage_types import Age
from corpus.links import Change
from corpus.references.resolved import Reason
from corpus.types import DocumentType

ACT = "fiktiv-lov-om-hverdagsstoette"
DAY = "2025-12-31"
PAGE_WEIGHT = 150_000  # bytes of HTML

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def client(demo: Workspace) -> TestClient:
    return TestClient(create_app(demo))


@pytest.fixture
def hjemmel(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], demo: Workspace
) -> Iterator[Run]:
    def run(*arguments: object) -> tuple[int, str, str]:
        told = ["hjemmel", "--data", str(demo.settings.data), *map(str, arguments)]
        monkeypatch.setattr(sys, "argv", told)
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return int(stop.value.code or 0), out, err

    return run  # type: ignore[return-value]


def test_the_command_line_prints_what_http_answers(client: TestClient, hjemmel: Run) -> None:
    code, out, _ = hjemmel("coverage", "--work", ACT, "--as-of", DAY, "--json")
    assert code == 0
    answer = client.get("/v1/coverage", params={"work": ACT, "as_of": DAY, "limit": 200}).json()
    assert json.loads(out) == answer
    assert (answer["decisions"], answer["later"], answer["acts_total"]) == (51, 0, 6)
    assert (answer["act"]["summary"]["decisions"], answer["act"]["summary"]["changed"]) == (12, 8)


def test_acts_come_in_pages(client: TestClient) -> None:
    seen: list[str] = []
    after: int | None = 0
    while after is not None:
        page = client.get("/v1/coverage", params={"after": after, "limit": 4}).json()
        seen += [a["work"] for a in page["acts"]]
        after = page["next"]
    assert len(seen) == len(set(seen)) == page["acts_total"] == 6


def test_a_list_leads_to_the_words_in_the_source(client: TestClient) -> None:
    asked = {"listing": "changed", "work": ACT, "place": "par-15", "as_of": DAY}
    found = client.get("/v1/coverage/places", params=asked).json()
    assert found["documents"] == 7
    for place in found["places"]:
        span = place["span"]
        text = client.get(f"/v1/documents/{place['document']['id']}/text", params=span).json()
        assert text["text"] == place["words"]
        assert client.get(f"/v1/provisions/{place['cited']}").status_code == 200


def test_no_record_has_a_field_for_how_a_decision_ended(client: TestClient) -> None:
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    wanted, reached = ["CoverageResponse", "PlacesResponse"], set()
    while wanted:
        name = wanted.pop()
        if name not in reached:
            reached.add(name)
            wanted += re.findall(r"#/components/schemas/(\w+)", json.dumps(schemas[name]))
    fields = {f"{n}.{p}" for n in reached for p in schemas[n].get("properties", {})}
    assert len(fields) > 60
    assert [f for f in fields if re.search("outcome|udfald|result|verdict", f, re.I)] == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?work=findes-ikke", 404),
        ("?as_of=igaar", 422),
        ("?as_of=1500-01-01", 422),
        ("/places?listing=vejret", 422),
        ("/places?listing=act&work=findes-ikke", 404),
        ("/places?listing=act&limit=0", 422),
        ("?after=-1", 422),
    ],
)
def test_a_bad_request_is_a_problem_with_its_remedy(client: TestClient, query: str, status: int) -> None:
    answer = client.get(f"/v1/coverage{query}")
    assert answer.status_code == status
    assert answer.json()["remedy"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--work", "lov om hverdagstøtter"], 3, ACT),
        (["--work", "zzz"], 3, "hedder «zzz»"),
        (["--as-of", "i går"], 2, "Datoen «i går»"),
        (["--as-of", "1500-01-01"], 2, "1683"),
        (["--json", "--csv"], 2, "enten JSON eller CSV"),
        (["--csv", "--table", "paragraphs"], 2, "gælder én lov"),
    ],
)
def test_bad_input_is_told_in_danish_with_what_to_do(
    hjemmel: Run, arguments: list[str], code: int, told: str
) -> None:
    ended, _, err = hjemmel("coverage", *arguments)
    assert ended == code
    assert told in " ".join(err.split())


def test_an_unknown_act_is_told_in_english_too(hjemmel: Run) -> None:
    _, _, err = hjemmel("--language", "en", "coverage", "--work", "lov om hverdagstøtter")
    assert "Did you mean" in " ".join(err.split())


def test_a_file_that_cannot_be_written_is_told(hjemmel: Run, tmp_path: Path) -> None:
    code, _, err = hjemmel("coverage", "--png", tmp_path / "no" / "such" / "folder.png")
    assert code == 2
    assert "kan ikke skrives" in " ".join(err.split())


# CSV


def rows(written: str) -> list[list[str]]:
    assert written.startswith("\ufeff")
    return list(csv.reader(io.StringIO(written.removeprefix("\ufeff")), delimiter=";"))


def rows_of(content: bytes) -> list[list[str]]:
    return rows(content.decode())


def test_every_table_comes_as_csv_with_as_many_values_in_each_row(hjemmel: Run) -> None:
    for name in TableName:
        code, out, _ = hjemmel("coverage", "--csv", "--table", name, "--work", ACT, "--as-of", DAY)
        assert code == 0
        table = rows(out)
        assert len({len(row) for row in table}) == 1, name
    _, out, _ = hjemmel("coverage", "--csv", "--work", ACT, "--as-of", DAY)
    fifteen = next(row for row in rows(out) if row[0] == "§ 15")
    assert fifteen[1:9] == ["10", "1", "2", "4", "3", "0", "0", "7"]
    assert fifteen[-1] == "fiktiv-lbk-2023-9003:par-15"


def test_the_page_gives_the_same_csv(client: TestClient, hjemmel: Run) -> None:
    _, out, _ = hjemmel("coverage", "--csv", "--table", "changed", "--as-of", DAY)
    answer = client.get("/daekning/tabel.csv", params={"del": "changed", "dato": DAY})
    assert answer.headers["content-type"].startswith("text/csv")
    assert rows(answer.content.decode()) == rows(out)
    asked = {"listing": "changed", "as_of": DAY}
    assert len(rows(out)) - 1 == client.get("/v1/coverage/places", params=asked).json()["total"] > 20


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\n=1"])
def test_what_a_spreadsheet_would_run_is_text(value: str) -> None:
    assert safe(value) == f"'{value}"
    table = Table(TableName.ACTS, "", ("=a",), ((Value(value, note=value, act=value),),))
    for cell in (c for row in rows(write_csv(table)) for c in row):
        assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))


@pytest.mark.parametrize("value", ["§ 15", "lov om kanaler", "12", "", "–", "5 - 3"])
def test_other_values_stay_as_they_are(value: str) -> None:
    assert safe(value) == value


# Files


def test_the_report_goes_to_one_html_file_that_loads_nothing(hjemmel: Run, tmp_path: Path) -> None:
    for number, more in enumerate(([], ["--work", ACT])):
        path = tmp_path / f"{number}.html"
        code, _, _ = hjemmel("coverage", "--html", path, "--as-of", DAY, *more)
        assert code == 0
        html = path.read_text(encoding="utf-8")
        assert not re.search(r"<(?:script|link|img|iframe)\b|@import|url\((?!#)", html)
        links = set(re.findall(r'href="#(l-\w+)"', html))
        assert len(links) > 10
        assert links == set(re.findall(r'<section id="(l-\w+)"', html))
        assert ("<svg" in html) is bool(more)


def test_the_report_goes_to_a_picture(hjemmel: Run, tmp_path: Path) -> None:
    for number, more in enumerate(([], ["--work", ACT])):
        path = tmp_path / f"{number}.png"
        assert hjemmel("coverage", "--png", path, "--as-of", DAY, *more)[0] == 0
        assert path.read_bytes().startswith(b"\x89PNG")


# The page

PAGES = [
    "/daekning",
    *(f"/daekning?del={name}" for name in TableName if name is not TableName.PARAGRAPHS),
    f"/daekning/lov/{ACT}",
    f"/daekning/lov/{ACT}?vis=untouched",
    *(f"/daekning/lov/{ACT}?del={view}" for view in View),
    "/daekning?del=fields&myndighed=Fiktivt+Klagen%C3%A6vn",
    "/daekning?del=authorities&emne=udeblivelse",
    f"/daekning/liste?liste=act&lov={ACT}&sted=par-15",
    "/daekning/liste?liste=changed",
    "/daekning/liste?liste=unresolved",
    "/daekning/liste?liste=documents",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_page_is_light_and_runs_no_script_of_its_own(client: TestClient, path: str, language: str) -> None:
    answer = client.get(f"{path}{'&' if '?' in path else '?'}sprog={language}")
    assert answer.status_code == 200
    assert len(answer.content) < PAGE_WEIGHT
    assert f'<html lang="{language}">' in answer.text
    assert not re.search(r"<style|\sstyle=|<script(?! src)|\son\w+=", answer.text)


def test_the_map_of_a_long_act_that_all_decisions_cite_is_light_too(tmp_path: Path) -> None:
    title = f"Lov om {'kanaler, sluser og ' * 8}broer"
    head = "---\ntype: {type}\ntitel: {title}\n{more}id: {id}\nfiktiv: ja\n---\n\n"
    rules = "\n\n".join(f"§ {n}. Sluse {n} åbnes om morgenen." for n in range(1, 61))
    folder = tmp_path / "in"
    folder.mkdir()
    act = head.format(type="lov", title=title, more="nummer: 9600\når: 2010\ndato: 2010-01-01\n", id="lov")
    (folder / "lov.md").write_text(act + rules, "utf-8")
    for year in (2011, 2018, 2021, 2023, 2025):
        more = f"dato: {year}-06-01\nmyndighed: Slusenævnet\n"
        made = head.format(type="afgørelse", title=f"Sluser i {year}", more=more, id=f"a-{year}")
        cites = f"§§ 1-60 i lov nr. 9600 af 1. januar 2010 om {title.removeprefix('Lov om ')}"
        (folder / f"{year}.md").write_text(f"{made}## Begrundelse\n\nDet følger af {cites}.\n", "utf-8")
    work = Workspace(Settings(data=tmp_path / "data", encoder="none"))
    assert not work.ingest([folder]).failures
    work.index()
    with TestClient(create_app(work)) as client:
        for view, links in (("map", 60), ("ages", 200), ("time", 200)):
            page = client.get("/daekning/lov/lov", params={"dato": DAY, "del": view})
            assert page.text.count("/daekning/liste?") > links
            assert len(page.content) < PAGE_WEIGHT


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_opens(client: TestClient, path: str) -> None:
    links = {
        unquote(link.replace("&amp;", "&")) for link in re.findall(r'href="(/[^"#]*)', client.get(path).text)
    }
    assert len(links) > 5
    for link in links:
        assert client.get(link).status_code == 200, link


def test_a_number_of_the_map_opens_as_many_decisions(client: TestClient) -> None:
    html = client.get(f"/daekning/lov/{ACT}", params={"dato": DAY, "del": "ages"}).text
    found = re.findall(r'class="n h\d"><a href="(/daekning/liste\?[^"]*)">(\d+)</a>', html)
    assert len(found) > 15
    for link, count in found:
        assert f"Dokumenter: {count}." in client.get(link.replace("&amp;", "&")).text


def test_a_tile_tells_the_number_the_newest_year_and_the_changed_wordings_of_its_paragraph(
    client: TestClient,
) -> None:
    html = client.get(f"/daekning/lov/{ACT}", params={"dato": DAY}).text
    told = {
        re.sub("<[^>]+>", "", tile).replace("△", "") for tile in re.findall("<li><a class=.*?</li>", html)
    }
    assert "§ 15 10 afgørelser, Nyeste 2025 På ændret ordlyd 7" in told
    assert len(told) == 7
    assert html.count("<b>0</b>") == 17
    assert html.index("Kapitel 3") < html.index(">§ 15 <b>10</b>") < html.index("Kapitel 5")


def test_the_first_numbers_of_the_report_are_those_of_the_lists_that_they_open(client: TestClient) -> None:
    html = client.get("/daekning", params={"dato": DAY}).text
    found = re.findall(r'<dd><a href="(/daekning/liste\?[^"]*)">(\d+)</a>', html)
    assert [count for _, count in found] == ["51", "8", "9"]
    for link, count in found:
        assert f"Dokumenter: {count}." in client.get(link.replace("&amp;", "&")).text


def test_a_grid_held_to_a_field_opens_only_its_decisions(client: TestClient) -> None:
    asked = {"del": "authorities", "emne": "byggetilladelse", "dato": DAY}
    html = client.get("/daekning", params=asked).text
    opened = re.findall(
        r'<th scope="row" lang="da">([\w ]+)</th><td class="n"><a href="([^"]*)">(\d+)</a>', html
    )
    assert [(name, count) for name, _, count in opened] == [("Fiktivt Klagenævn", "11")]
    assert "Dokumenter: 11." in client.get(opened[0][1].replace("&amp;", "&")).text
    answer = client.get("/v1/coverage", params={"field": "byggetilladelse", "as_of": DAY}).json()
    assert [(r["name"], r["total"]) for r in answer["authorities"]["rows"]] == [("Fiktivt Klagenævn", 11)]
    assert (answer["authorities"]["held"], answer["fields"]["held"]) == ("byggetilladelse", None)
    csv_file = client.get("/daekning/tabel.csv", params=asked)
    assert [row[:2] for row in rows_of(csv_file.content)[1:]] == [["Fiktivt Klagenævn", "11"]]


def test_a_list_can_be_taken_along_with_its_words(client: TestClient) -> None:
    answer = client.get("/daekning/liste.csv", params={"liste": "changed", "lov": ACT, "dato": DAY})
    assert 'filename="daekning-liste-changed.csv"' in answer.headers["content-disposition"]
    head, *taken = rows_of(answer.content)
    asked = {"listing": "changed", "work": ACT, "as_of": DAY}
    assert len(taken) == client.get("/v1/coverage/places", params=asked).json()["total"] > 20
    at = {name: number for number, name in enumerate(head)}
    assert all(row[at["Ordene"]] and row[at["Ændring"]] and row[at["Henviser til"]] for row in taken)


def test_the_page_gives_the_files_that_the_command_line_writes(
    client: TestClient, hjemmel: Run, tmp_path: Path
) -> None:
    for kind, path in (("html", "/daekning/rapport.html"), ("png", "/daekning/kort.png")):
        for more in ((), ("--work", ACT)):
            hjemmel("coverage", f"--{kind}", tmp_path / "file", "--as-of", DAY, *more)
            params = {"dato": DAY, "lov": ACT} if more else {"dato": DAY}
            assert client.get(path, params=params).content == (tmp_path / "file").read_bytes()


@pytest.mark.parametrize("name", ["path", "anchor", "request", "language", "query"])
def test_an_address_with_a_word_of_its_own_opens_and_keeps_its_links(client: TestClient, name: str) -> None:
    for page in (
        "/?",
        "/kilde/fiktiv-5-22?fra=10&til=20&",
        "/daekning?",
        "/daekning/liste?liste=unresolved&",
    ):
        answer = client.get(f"{page}{name}=x")
        assert answer.status_code == 200
        links = re.findall(r'href="(/[^"]*)"', answer.text)
        assert links
        assert not any(f"{name}=" in link for link in links if "sprog=" not in link)


def test_the_time_line_is_drawn_the_same_each_time_and_in_both_themes(client: TestClient) -> None:
    drawn = [client.get("/daekning/tidslinje.svg", params={"lov": ACT, "tema": t}) for t in ("", "", "moerk")]
    assert {answer.headers["content-type"] for answer in drawn} == {"image/svg+xml"}
    assert drawn[0].content == drawn[1].content != drawn[2].content
    assert "§ 15" in drawn[0].text
    assert len(drawn[0].content) < PAGE_WEIGHT


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/daekning?del=vejret", 422),
        ("/daekning?dato=igaar", 422),
        ("/daekning?side=0", 422),
        ("/daekning?side=x", 422),
        ("/daekning/lov/findes-ikke", 404),
        ("/daekning/liste?liste=vejret", 422),
        ("/daekning/liste?aar=i+fjor", 422),
        (f"/daekning/liste?liste=act&lov={ACT}&sted=vrøvl", 422),
        ("/daekning/tidslinje.svg?lov=findes-ikke", 404),
    ],
)
def test_a_bad_address_gives_a_page_that_says_what_is_wrong(
    client: TestClient, path: str, status: int
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert 'class="error"' in answer.text


def test_acts_are_found_by_a_part_of_their_name(client: TestClient) -> None:
    html = client.get("/daekning", params={"navn": "HVERDAG"}).text
    assert set(re.findall(r'/daekning/lov/([\w-]+)"', html)) == {
        "fiktiv-bekendtgoerelse-om-indkaldelse-til-samtaler-og-vejledning-efter-lov-om-hverdagsstoette",
        ACT,
    }


@pytest.mark.parametrize(("count", "expected"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (8, 4), (900, 4)])
def test_a_shade_grows_as_numbers_double(count: int, expected: int) -> None:
    assert shade(count) == expected


@pytest.mark.parametrize(
    ("family", "codes"),
    [("age", Age), ("short", Age), ("change", Change), ("reason", Reason), ("type", DocumentType)],
)
def test_every_code_has_words(family: str, codes: type[Age]) -> None:
    assert {f"coverage-{family}-{code}" for code in codes} <= set(CATALOGUE)
