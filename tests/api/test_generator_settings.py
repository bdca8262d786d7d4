"""No model is asked unless the operator has set an endpoint, and then a brief says what it made of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from api.settings import Settings, load
from api.wiring import Workspace
from assistant.brief import BriefRequest
from assistant.brief_types import Author
from assistant.generators.extractive import Extractive
from assistant.generators.openai_compatible import OpenAICompatible
from corpus.errors import InputError
from tests.support.chat_server import Call, saying, serving

ACT = (
    "# Lov om stiger\n\n§ 1. Kommunen dækker udgiften til en stige, når borgeren har et fald i taget.\n\n"
    "§ 2. Ansøgning om en stige skal indgives senest 14 dage efter købet.\n"
)
CASE = "Borgeren har købt en stige og søger om dækning af udgiften 20 dage efter købet."


def workspace(folder: Path, **chosen: object) -> Workspace:
    (folder / "lov.md").write_text(ACT)
    work = Workspace(Settings(data=folder / "data", encoder="none", **chosen))  # type: ignore[arg-type]
    work.ingest([folder / "lov.md"])
    work.index()
    return work


def test_without_an_endpoint_the_sources_speak_for_themselves(tmp_path: Path) -> None:
    assert isinstance(Workspace(Settings(data=tmp_path)).generator, Extractive)


def test_the_environment_sets_the_endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMMEL_GENERATOR_URL", "http://127.0.0.1:8080/v1")
    monkeypatch.setenv("HJEMMEL_GENERATOR_MODEL", "prøve-1")
    monkeypatch.setenv("HJEMMEL_GENERATOR_KEY", "hemmelig")
    monkeypatch.setenv("HJEMMEL_GENERATOR_TIMEOUT", "5")
    chosen = load(data=tmp_path)
    assert "hemmelig" not in repr(chosen)
    work = Workspace(chosen)
    assert isinstance(work.generator, OpenAICompatible)
    assert work.generator.name == "prøve-1"
    work.close()


@pytest.mark.parametrize(
    ("named", "chosen"),
    [
        ("HJEMMEL_GENERATOR_URL", {"generator_url": "ftp://x/v1", "generator_model": "m"}),
        ("HJEMMEL_GENERATOR_URL", {"generator_url": "127.0.0.1:8080", "generator_model": "m"}),
        ("HJEMMEL_GENERATOR_URL", {"generator_url": "http://name:word@x/v1", "generator_model": "m"}),
        ("HJEMMEL_GENERATOR_URL", {"generator_url": "http://x/v1?key=1", "generator_model": "m"}),
        ("HJEMMEL_GENERATOR_MODEL", {"generator_url": "http://x/v1"}),
        ("HJEMMEL_GENERATOR_MODEL", {"generator_url": "http://x/v1", "generator_model": "  "}),
        ("HJEMMEL_GENERATOR_TIMEOUT", {"generator_timeout": 0}),
        ("HJEMMEL_GENERATOR_TIMEOUT", {"generator_timeout": "inf"}),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(named: str, chosen: dict[str, object]) -> None:
    with pytest.raises(InputError, match=named):
        load(**chosen)


@pytest.mark.parametrize("key", ["hemmelig\n", "hemmelig nøgle", "hemmelig æ"])
def test_a_key_that_fits_no_header_is_refused_without_being_shown(key: str) -> None:
    with pytest.raises(InputError, match="HJEMMEL_GENERATOR_KEY") as refused:
        load(generator_key=key)
    assert "hemmelig" not in str(refused.value)


def test_a_brief_lays_out_a_models_sentences_with_their_words_and_names_the_model(tmp_path: Path) -> None:
    said = (
        "Efter § 2 skal ansøgning om en stige indgives senest 14 dage efter købet [{2}].\n"
        "Kommunen dækker udgiften til en stige, når borgeren har et fald i taget. [{1}]\n"
        "Borgeren har ret til dækning af udgiften [{1}].\n"
    )

    def answer(call: Call) -> None:
        shown = call.body["messages"][1]["content"]
        numbers = {n: shown[: shown.index(f"§ {n}. ")].rpartition("KILDE [")[2][0] for n in (1, 2)}
        for n, number in numbers.items():
            nonlocal said
            said = said.replace(f"{{{n}}}", number)
        saying(said)(call)

    with serving(answer) as server:
        work = workspace(tmp_path, generator_url=server.url, generator_model="prøve-1")
        made = work.brief(BriefRequest(CASE, dt.date(2024, 1, 1)))
        entry = work.log.entry(made.trace.id)
        work.close()
    assert [s.author for s in made.overview.statements] == [Author.MODEL, Author.EXTRACT]
    assert [(r.reason, r.count) for r in made.overview.removed] == [("verdict", 1)]
    assert made.overview.generator == entry.generator == "prøve-1"
    assert not made.overview.fell_back


def test_personal_data_of_the_case_is_not_sent(tmp_path: Path) -> None:
    with serving(saying("")) as server:
        work = workspace(tmp_path, generator_url=server.url, generator_model="m")
        made = work.brief(BriefRequest(f"{CASE} Borgerens cpr-nummer er 010190-1234.", dt.date(2024, 1, 1)))
        work.close()
    (call,) = server.calls
    assert "stige" in call.body["messages"][1]["content"]
    assert "010190" not in str(call.body)
    assert made.overview.fell_back
    assert made.overview.statements
