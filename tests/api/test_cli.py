"""The command line does what HTTP does, tells people and programs apart, and never shows a traceback."""

from __future__ import annotations

import io
import json
import socket
import sys
from pathlib import Path

import pytest

import corpus
from api.cli.main import app, main
from api.settings import Settings
from api.wiring import Workspace
from index.evaluation.measures import STANDARD_MEASURES


class Run:
    """What a command printed and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    def json(self) -> dict[str, object]:
        result: dict[str, object] = json.loads(self.out)
        return result


class Runner:
    """Runs ``hjemmel`` in this process as a shell would."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, *arguments: object, stdin: bytes = b"") -> Run:
        self._monkeypatch.setattr(sys, "argv", ["hjemmel", *map(str, arguments)])
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = self._capsys.readouterr()
        assert "Traceback" not in out + err
        return Run(int(stop.value.code or 0), out, err)


@pytest.fixture
def hjemmel(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(monkeypatch, capsys)


@pytest.fixture
def data(demo: Workspace) -> Path:
    return demo.settings.data


ACT = """§ 1. Kommunen yder støtte til den, der ikke kan bære indkøb hjem.

Stk. 2. Støtten ophører, når borgeren igen kan bære indkøb.
"""


def test_a_search_prints_citations_and_quotes_for_people(hjemmel: Runner, data: Path) -> None:
    run = hjemmel("--data", data, "search", "Borgeren udeblev fra samtalen", "--top", 2)
    assert run.code == 0
    assert "Regler" in run.out
    assert "«" in run.out
    assert "FIKTIV" in run.out


def test_a_search_in_json_is_what_http_answers(hjemmel: Runner, data: Path) -> None:
    run = hjemmel(
        "--data", data, "search", "-", "--json", "--kind", "precedent", stdin="Afbud på dagen".encode()
    )
    found = run.json()
    assert found["rules"] == []
    assert found["precedents"]
    assert set(found) == {"rules", "precedents", "corpus", "notes"}


def test_a_date_may_be_written_as_danes_write_it(hjemmel: Runner, data: Path) -> None:
    run = hjemmel("--data", data, "search", "udeblev", "--as-of", "1. maj 2020", "--json")
    assert run.json()["corpus"]["as_of"] == "2020-05-01"  # type: ignore[index]


def test_a_folder_is_ingested_indexed_searched_shown_and_erased(hjemmel: Runner, tmp_path: Path) -> None:
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "lov om indkøb.md").write_text("# Lov om indkøb\n\n" + ACT)
    (tmp_path / "law" / "broken.xml").write_text("<Dokument><Meta>")
    place = ("--data", tmp_path / "data", "--encoder", "none")
    run = hjemmel(*place, "ingest", tmp_path / "law", "--json")
    assert run.code == 1
    summary = run.json()
    assert (summary["read"], summary["added"]) == (2, 1)
    assert "broken.xml" in str(summary["failed"])
    assert hjemmel(*place, "index", "--json").json()["documents"] == 1
    found = hjemmel(*place, "search", "bære indkøb hjem", "--json").json()
    (rule,) = found["rules"]  # type: ignore[misc]
    assert rule["id"].endswith(":par-1")
    assert "indkøb" in hjemmel(*place, "show", rule["id"]).out
    assert hjemmel(*place, "show", rule["document_id"], "--text").out.startswith("Lov om indkøb")
    assert hjemmel(*place, "erase", rule["document_id"], "--reason", "prøve").code == 0
    assert hjemmel(*place, "search", "bære indkøb hjem", "--json").json()["rules"] == []
    assert hjemmel(*place, "show", rule["id"]).code == 3


def test_ingesting_again_changes_nothing(hjemmel: Runner, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ACT)
    place = ("--data", tmp_path / "data", "--encoder", "none")
    hjemmel(*place, "ingest", tmp_path / "a.txt")
    again = hjemmel(*place, "ingest", tmp_path / "a.txt", "--json").json()
    assert (again["read"], again["unchanged"], again["added"]) == (1, 1, 0)


BAD_COMMANDS = [
    ("an empty case", ("search", ""), 2),
    ("a case of signs alone", ("search", "?!…"), 2),
    ("100,000 characters", ("search", "sag " * 25_000), 2),
    ("a day that does not exist", ("search", "sag", "--as-of", "2024-02-30"), 2),
    ("a day before any law", ("search", "sag", "--as-of", "0001-01-01"), 2),
    ("a date in nonsense", ("search", "sag", "--as-of", "engang"), 2),
    ("k of 0", ("search", "sag", "--top", "0"), 2),
    ("k of a million", ("search", "sag", "--top", "1000000"), 2),
    ("k in words", ("search", "sag", "--top", "ti"), 2),
    ("an unknown kind", ("search", "sag", "--kind", "verdict"), 2),
    ("amending acts, which no search answers with", ("search", "sag", "--kind", "amendment"), 2),
    ("an unknown document", ("show", "findes-ikke"), 3),
    ("a path for a document", ("show", "../../etc/passwd"), 3),
    ("an unknown provision", ("show", "fiktiv-lbk-2023-9003:par-9999"), 3),
    ("a nonsense provision", ("show", "fiktiv-lbk-2023-9003:???"), 2),
    ("a provision of an unknown document", ("show", "findes-ikke:par-1"), 3),
    ("showing on a nonsense date", ("show", "fiktiv-lbk-2023-9003", "--as-of", "32/13/2024"), 2),
    ("erasing what is not there", ("erase", "findes-ikke", "--reason", "x"), 3),
    ("erasing without a reason", ("erase", "fiktiv-lbk-2023-9003"), 2),
    ("an unknown command", ("afgør",), 2),
    ("an unknown option", ("search", "sag", "--verdict"), 2),
    ("a bad collection name", ("ingest", "x", "--collection", "Ærø!"), 2),
    ("an unknown encoder", ("--encoder", "magic", "search", "sag"), 6),
    ("an unknown language", ("--language", "de", "search", "sag"), 2),
    ("a port that no machine has", ("serve", "--port", "99999"), 2),
    ("a host that no machine has", ("serve", "--host", "300.300.300.300"), 2),
    ("measuring a folder that is not there", ("evaluate", "findes-ikke"), 3),
]


@pytest.mark.parametrize(
    ("arguments", "code"), [row[1:] for row in BAD_COMMANDS], ids=[r[0] for r in BAD_COMMANDS]
)
def test_a_bad_command_ends_with_a_message_and_its_exit_code(
    hjemmel: Runner, data: Path, arguments: tuple[str, ...], code: int
) -> None:
    run = hjemmel("--data", data, *arguments)
    assert run.code == code
    assert run.err.strip()
    assert run.out.strip() == ""


BAD_SETTINGS = [("PORT", "abc"), ("PORT", "0"), ("LANGUAGE", "klingon"), ("THREADS", "-1")]


@pytest.mark.parametrize(("name", "value"), BAD_SETTINGS)
def test_a_bad_setting_is_named_with_its_value(
    hjemmel: Runner, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"HJEMMEL_{name}", value)
    run = hjemmel("doctor")
    assert run.code == 2
    assert f"HJEMMEL_{name}" in run.err
    assert f"«{value}»" in run.err


def test_a_case_that_is_not_utf_8_is_refused(hjemmel: Runner, data: Path) -> None:
    run = hjemmel("--data", data, "search", "-", stdin="Afbud på".encode("utf-16"))
    assert run.code == 2
    assert "UTF-8" in run.err


def test_a_port_that_is_taken_is_named(hjemmel: Runner, data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = hjemmel("--data", data, "serve", "--port", port)
    assert run.code == 2
    assert str(port) in run.err


def test_a_bad_query_is_told_in_english_when_asked(hjemmel: Runner, data: Path) -> None:
    run = hjemmel("--data", data, "--language", "en", "search", "")
    assert run.err.startswith("The query cannot be searched: The case is empty.")


def test_without_an_index_a_search_says_how_to_build_one(hjemmel: Runner, tmp_path: Path) -> None:
    run = hjemmel("--data", tmp_path, "--encoder", "none", "search", "sag")
    assert run.code == 4
    assert "hjemmel index" in run.err


def test_an_index_built_by_another_model_is_refused_with_its_remedy(hjemmel: Runner, data: Path) -> None:
    run = hjemmel("--data", data, "--encoder", "e5-small-int8", "search", "sag")
    assert run.code == 4
    assert "hjemmel index" in " ".join(run.err.split())


def test_the_doctor_finds_nothing_wrong_with_the_demo(hjemmel: Runner, data: Path) -> None:
    run = hjemmel("--data", data, "doctor", "--json")
    assert run.code == 0, run.out
    assert run.json()["ok"] is True


def test_the_doctor_names_a_missing_index_and_the_remedy(hjemmel: Runner, tmp_path: Path) -> None:
    run = hjemmel("--data", tmp_path, "--encoder", "none", "doctor")
    assert run.code == 1
    assert "hjemmel" in run.out


SPOKEN = [
    (("search", "Borgeren udeblev fra samtalen", "--top", "1"), "Ordlyd pr.", "Wording on"),
    (
        ("search", "Borgeren udeblev fra samtalen", "--top", "1"),
        "Lighed i mening: 0,",
        "Similarity of meaning: 0.",
    ),
    (("show", "fiktiv-lbk-2023-9003"), "Gyldighed: Ordlyden er gældende", "Validity: This wording applies"),
    (("show", "fiktiv-lbk-2023-9003:par-12"), "fra 1. juli 2023", "from 2023-07-01"),
    (("doctor",), "Sprogmodellen e5-small-law virker", "The encoder e5-small-law works"),
]


@pytest.mark.parametrize(
    ("arguments", "danish", "english"), SPOKEN, ids=lambda v: v[0] if len(v) < 3 else None
)
def test_people_are_spoken_to_in_danish_or_else_in_english(
    hjemmel: Runner,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    danish: str,
    english: str,
) -> None:
    assert danish in hjemmel("--data", data, *arguments).out
    assert english in hjemmel("--data", data, "--language", "en", *arguments).out
    monkeypatch.setenv("HJEMMEL_LANGUAGE", "en")
    assert english in hjemmel("--data", data, *arguments).out


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "Borgeren udeblev fra samtalen"),
        ("show", "fiktiv-lbk-2023-9003"),
        ("show", "fiktiv-lbk-2023-9003:par-12"),
        ("doctor",),
    ],
    ids=["search", "show a document", "show a provision", "doctor"],
)
def test_json_is_the_same_in_both_languages(hjemmel: Runner, data: Path, arguments: tuple[str, ...]) -> None:
    danish, english = (
        hjemmel("--data", data, "--language", c, *arguments, "--json").json() for c in ("da", "en")
    )
    for found in (danish, english):
        for check in found.get("checks", ()):  # type: ignore[attr-defined]
            if check["name"] == "disk":
                check.pop("what")
    assert danish == english


def test_an_ingest_and_an_index_are_summed_up_in_both_languages(hjemmel: Runner, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ACT)
    (tmp_path / "broken.xml").write_text("<Dokument><Meta>")
    for language, words in (("da", "1 nye. 1 kunne ikke læses."), ("en", "1 unchanged. 1 failed.")):
        run = hjemmel(
            "--data",
            tmp_path / "data",
            "--language",
            language,
            "ingest",
            tmp_path / "a.txt",
            tmp_path / "broken.xml",
        )
        assert words in run.out
        assert "broken.xml" in run.out.replace("\n", "")  # a long path is broken over lines
    place = ("--data", tmp_path / "data", "--encoder", "none")
    assert "1 dokumenter" in hjemmel(*place, "index").out
    assert "words alone" in " ".join(hjemmel(*place, "--language", "en", "index").out.split())


def _first_cases(folder: Path, count: int) -> Path:
    """The first of the starter cases, and what was judged for them."""
    starter = Path(corpus.__file__).parent / "starter" / "cases"
    queries = (starter / "queries.jsonl").read_text(encoding="utf-8").splitlines()[:count]
    head, *judged = (starter / "qrels.tsv").read_text(encoding="utf-8").splitlines()
    chosen = {json.loads(query)["_id"] for query in queries}
    folder.mkdir()
    (folder / "queries.jsonl").write_text("\n".join(queries), encoding="utf-8")
    kept = [line for line in judged if line.split("\t")[0] in chosen]
    (folder / "qrels.tsv").write_text("\n".join([head, *kept]), encoding="utf-8")
    return folder


def test_the_table_of_an_evaluation_fits_80_columns_and_json_has_every_measure(
    hjemmel: Runner, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    cases = _first_cases(tmp_path / "cases", 3)
    table = hjemmel("--data", data, "evaluate", cases).out
    assert all(len(line) <= 80 for line in table.splitlines())
    assert "…" not in table
    assert "Afgørelser: samlet" in table
    assert all(name in table for name in ("nDCG@10", "R@10", "R@100", "MAP", "MRR", "P@10"))
    measured = hjemmel("--data", data, "evaluate", cases, "--json").json()["systems"]
    assert {(m["system"], m["kind"]) for m in measured} == {  # type: ignore[attr-defined, index]
        (system, kind)
        for system in ("lexical", "dense", "fused", "fused+graph", "fused+graph+law")
        for kind in ("rule", "precedent")
    }
    assert all(set(m["measures"]) == set(STANDARD_MEASURES) for m in measured)  # type: ignore[attr-defined, index]


def test_the_readme_names_every_setting_and_every_command(hjemmel: Runner) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"`HJEMMEL_{name.upper()}`" in readme
    for command in app.registered_commands:
        name = command.name or command.callback.__name__  # type: ignore[union-attr]
        assert f"`hjemmel {name}" in readme


def test_the_decisions_kept_are_measured_without_a_folder(hjemmel: Runner, data: Path) -> None:
    record = hjemmel("--data", data, "evaluate", "--from-decisions", "--json").json()
    assert {m["kind"] for m in record["systems"]} == {"rule"}  # type: ignore[attr-defined]
    assert all(m["queries"] > 40 for m in record["systems"])  # type: ignore[attr-defined]


def test_measuring_needs_a_folder_or_the_decisions_and_not_both(hjemmel: Runner, data: Path) -> None:
    for arguments in ((), (data, "--from-decisions")):
        assert hjemmel("--data", data, "evaluate", *arguments).code != 0
