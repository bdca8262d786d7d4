"""The brief and the note at their doors: HTTP, the command line and a file."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from fastapi.testclient import TestClient
from fpdf import FPDF

from api.app import create_app
from api.case_files import read_case_bytes
from api.cli.main import main
from api.settings import Settings
from api.texts import CATALOGUE
from api.wiring import Workspace
from assistant.brief_types import Connective, ElementKind
from corpus.errors import NoTextError, UnreadableError, UnsupportedError

CASE = (
    "Borgeren 010190-1234 udeblev fra en samtale og siger, at han var syg, men han meldte ikke afbud."
    " Vejledningen var kun givet i telefonen."
)
ROOT = Path(__file__).parents[2]

Runs = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def client(demo: Workspace) -> TestClient:
    return TestClient(create_app(demo))


@pytest.fixture
def run(demo: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runs:
    """Runs the command line over the starter corpus: its exit code, what it printed and its messages."""

    def running(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setenv("HJEMMEL_DATA", str(demo.settings.data))
        monkeypatch.setattr("sys.argv", ["hjemmel", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
        printed = capsys.readouterr()
        return int(stopped.value.code or 0), printed.out, printed.err

    return running


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    path = tmp_path / "sag.txt"
    path.write_text(CASE)
    return path


def test_a_brief_over_http_quotes_verbatim_at_spans_that_open(client: TestClient) -> None:
    answer = client.post("/v1/brief", json={"text": CASE, "as_of": "2024-03-10"})
    assert answer.status_code == 200, answer.text
    brief = answer.json()
    for rule in brief["rules"]:
        quote = rule["quote"]
        opened = client.get(f"/v1/documents/{quote['document_id']}/text", params=quote["span"]).json()
        assert opened["text"] == quote["text"]
    assert brief["trace"]["id"]
    assert "010190" not in answer.text


def test_a_brief_without_a_case_is_refused_with_a_remedy(client: TestClient) -> None:
    answer = client.post("/v1/brief", json={"text": "  "})
    assert answer.status_code == 422
    assert answer.json()["code"] == "bad-query"


BROKEN = [
    ("no body", b"", 422),
    ("no JSON", b'{"text": ', 422),
    ("no UTF-8", b'{"text": "\xff\xfe"}', 422),
    ("too deep", b"[" * 100_000, 422),
    ("a number", b'{"text": 5}', 422),
    ("a number of 10,000 digits", b'{"text": ' + b"9" * 10_000 + b"}", 422),
    ("blanks and invisible letters", b'{"text": " \\u200b\\u0001 "}', 422),
    ("over the limit", b'{"text": "' + b"a" * 50_001 + b'"}', 422),
    ("a million characters", b'{"text": "' + b"a " * 500_000 + b'"}', 413),
    ("no date", b'{"text": "sag", "as_of": "i g\xc3\xa5r"}', 422),
    ("a day that never was", b'{"text": "sag", "as_of": "2024-02-30"}', 422),
    ("a day before all law", b'{"text": "sag", "as_of": "0001-01-01"}', 422),
    ("a lone surrogate as an id", b'{"text": "sag", "opened": ["\\ud800"]}', 422),
    ("an id as long as a book", b'{"text": "sag", "exclude": ["' + b"x" * 5_000 + b'"]}', 422),
    ("an unknown collection", b'{"text": "sag", "collections": ["findes-ikke"]}', 422),
    ("an unknown field", b'{"text": "sag", "verdict": true}', 422),
]


@pytest.mark.parametrize("path", ["/v1/brief", "/v1/note"])
@pytest.mark.parametrize(("body", "status"), [(b, s) for _, b, s in BROKEN], ids=[n for n, _, _ in BROKEN])
def test_broken_input_gets_a_problem_with_a_remedy(
    client: TestClient, path: str, body: bytes, status: int
) -> None:
    answer = client.post(path, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == status, answer.text[:200]
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"code", "detail", "remedy"} <= answer.json().keys()


def test_another_method_than_post_gets_a_problem(client: TestClient) -> None:
    answer = client.get("/v1/brief")
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["allow"] == "POST"


ODD = [
    ("NUL", {"text": CASE + "\x00"}),
    ("a lone surrogate", {"text": CASE + "\ud800"}),
    ("an unknown id to leave out", {"text": CASE, "exclude": ["findes-ikke", "a:b:c"]}),
    ("a day in ten thousand years", {"text": CASE, "as_of": "9999-12-31"}),
]


@pytest.mark.parametrize("asked", [a for _, a in ODD], ids=[n for n, _ in ODD])
def test_odd_input_that_can_be_read_is_answered(client: TestClient, asked: dict[str, object]) -> None:
    answer = client.post("/v1/brief", content=json.dumps(asked), headers={"content-type": "application/json"})
    assert answer.status_code == 200, answer.text[:200]
    assert answer.json()["case"]["text"].endswith("i telefonen.")


def test_a_note_ignores_marks_of_nothing_and_takes_signs_that_word_has_no_place_for(
    client: TestClient,
) -> None:
    asked = {"text": CASE, "marked": ["findes-ikke", "a:b"], "considerations": "Et \x08 hensyn \uffff."}
    answer = client.post("/v1/note", json=asked | {"format": "docx"})
    assert answer.status_code == 200
    assert any("hensyn" in p.text for p in Document(io.BytesIO(answer.content)).paragraphs)


def test_own_words_over_the_limit_are_refused(client: TestClient) -> None:
    answer = client.post("/v1/note", json={"text": CASE, "considerations": "a" * 20_001})
    assert answer.status_code == 422
    assert "considerations" in answer.json()["detail"]


def test_a_note_over_http_is_a_file_that_word_opens(client: TestClient) -> None:
    answer = client.post("/v1/note", json={"text": CASE, "format": "docx", "considerations": "Mit hensyn."})
    assert "journalnotat.docx" in answer.headers["content-disposition"]
    words = [p.text for p in Document(io.BytesIO(answer.content)).paragraphs]
    assert "Mit hensyn." in words
    assert words.index("Konklusion") > words.index("Hovedhensyn")


def test_decisions_wait_for_an_own_view_where_the_operator_says_so(demo: Workspace) -> None:
    settings = Settings(data=demo.settings.data, own_view_first=True)
    work = Workspace(settings)
    client = TestClient(create_app(work))
    waiting = client.post("/v1/brief", json={"text": CASE}).json()
    assert (waiting["withheld"], waiting["precedents"]) == (True, [])
    shown = client.post("/v1/brief", json={"text": CASE, "own_view": "Jeg tænker …"}).json()
    assert shown["precedents"]
    work.close()


def test_the_command_line_prints_the_brief_for_people_and_for_programs(run: Runs, case_file: Path) -> None:
    code, printed, _ = run("brief", str(case_file), "--as-of", "2024-03-10")
    assert code == 0
    assert "[cpr-nummer 1]" in printed
    assert "1234" not in printed
    assert "Betingelse" in printed
    assert "ikke beskrevet i sagen" in printed
    code, printed, _ = run("brief", str(case_file), "--as-of", "2024-03-10", "--json")
    assert set(json.loads(printed)) >= {"rules", "procedure", "precedents", "gaps", "trace"}


def test_the_english_brief_speaks_english_around_danish_law(run: Runs, case_file: Path) -> None:
    _, printed, _ = run("--language", "en", "brief", str(case_file), "--as-of", "2024-03-10")
    assert "Condition" in printed
    assert "What is missing" in printed


@pytest.mark.parametrize("name", ["notat.md", "notat.docx"])
def test_a_note_is_written_as_its_name_says(run: Runs, case_file: Path, tmp_path: Path, name: str) -> None:
    code, _, _ = run("note", str(case_file), "--to", str(tmp_path / name))
    assert code == 0
    assert (tmp_path / name).stat().st_size > 1000


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("brief", "findes-ikke.txt"), "kan ikke åbnes"),
        (("note", "{case}", "--to", "notat.pdf"), "Brug .md eller .docx"),
        (("brief", "{case}", "--as-of", "i går"), "i går"),
        (("audit", "show", "findes-ikke"), "ingen post"),
    ],
)
def test_bad_input_at_the_terminal_is_told_with_a_remedy(
    run: Runs, case_file: Path, arguments: tuple[str, ...], words: str
) -> None:
    code, _, told = run(*(a.format(case=case_file) for a in arguments))
    assert code in (2, 3)
    assert words in " ".join(told.split())
    assert "Traceback" not in told


def test_the_log_is_checked_and_its_entries_shown(run: Runs, case_file: Path) -> None:
    _, printed, _ = run("brief", str(case_file), "--json")
    identifier = json.loads(printed)["trace"]["id"]
    code, printed, _ = run("audit", "show", identifier)
    assert code == 0
    assert json.loads(printed)["action"] == "brief"
    code, printed, _ = run("audit", "verify", "--json")
    assert (code, json.loads(printed)["broken"]) == (0, None)


def test_a_case_is_read_out_of_word_and_pdf_files() -> None:
    document = Document()
    document.add_paragraph("Borgeren mødte ikke.")
    buffer = io.BytesIO()
    document.save(buffer)
    assert "Borgeren mødte ikke." in read_case_bytes("sag.DOCX", buffer.getvalue())
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica")
    pdf.multi_cell(0, text="Borgeren meldte ikke afbud.")
    assert "Borgeren meldte ikke afbud." in read_case_bytes("sag.pdf", bytes(pdf.output()))


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("sag.exe", b"MZ", UnsupportedError),
        ("sag", b"x", UnsupportedError),
        ("sag.xml", b"<a/>", UnsupportedError),
        ("sag.pdf", b"%PDF-1.7 brudt", UnreadableError),
        ("sag.docx", b"PK\x03\x04brudt", UnreadableError),
        ("sag.txt", b"  \n ", NoTextError),
        ("sag.txt", b"", NoTextError),
    ],
)
def test_a_file_that_holds_no_case_is_refused(name: str, data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_case_bytes(name, data)


def test_every_gap_kind_of_element_and_connective_has_words_in_both_languages() -> None:
    sources = "\n".join((ROOT / "assistant" / f"{m}.py").read_text() for m in ("gaps", "procedure"))
    gaps = set(re.findall(r'Gap\(\s*"([a-z-]+)"', sources)) | {"weak-rules", "weak-precedents"}
    assert len(gaps) > 10
    wanted = {f"gap-{code}" for code in gaps} | {f"element-{kind}" for kind in ElementKind}
    wanted |= {f"joined-{c}" for c in Connective if c is not Connective.UNSTATED}
    assert wanted <= set(CATALOGUE)
