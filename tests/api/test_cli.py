"""The command line does what HTTP does, tells people and programs apart, and never shows a traceback."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from api.cli.main import main
from api.wiring import Workspace


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
    ("100,000 characters", ("search", "sag " * 25_000), 2),
    ("a day that does not exist", ("search", "sag", "--as-of", "2024-02-30"), 2),
    ("a date in nonsense", ("search", "sag", "--as-of", "engang"), 2),
    ("k of 0", ("search", "sag", "--top", "0"), 2),
    ("an unknown kind", ("search", "sag", "--kind", "verdict"), 2),
    ("an unknown document", ("show", "findes-ikke"), 3),
    ("an unknown provision", ("show", "fiktiv-lbk-2023-9003:par-9999"), 3),
    ("a nonsense provision", ("show", "fiktiv-lbk-2023-9003:???"), 2),
    ("erasing what is not there", ("erase", "findes-ikke", "--reason", "x"), 3),
    ("an unknown command", ("afgør",), 2),
    ("a bad collection name", ("ingest", "x", "--collection", "Ærø!"), 2),
    ("an unknown encoder", ("--encoder", "magic", "search", "sag"), 6),
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
