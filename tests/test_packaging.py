"""The distribution stands alone: its import names, its scripts and its documents agree with the code."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("corpus", "index", "assistant", "api")


@pytest.mark.parametrize("name", PACKAGES)
def test_no_other_distribution_ships_our_import_names(name: str) -> None:
    """The names are general words: another distribution with one of them would shadow ours or be shadowed."""
    assert set(packages_distributions().get(name, ["hjemmel"])) == {"hjemmel"}


@pytest.mark.parametrize("name", PACKAGES)
def test_the_import_names_lead_to_this_checkout(name: str) -> None:
    module = __import__(name)
    assert Path(str(module.__file__)).is_relative_to(ROOT)


def test_torch_is_pinned_exactly_wherever_it_is_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert "torch==2.13.0" in project["dependencies"]
    for lock in ("requirements.lock", "requirements-test.lock"):
        assert "torch==2.13.0\n" in (ROOT / lock).read_text()


def test_the_lock_files_pin_every_dependency_exactly_and_name_no_host() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {_name(line) for line in project["dependencies"]}
    tests = {_name(line) for line in project["optional-dependencies"]["test"]}
    for lock, names in (("requirements.lock", wanted), ("requirements-test.lock", wanted | tests)):
        lines = (ROOT / lock).read_text().split("\n")
        pinned = {_name(line): line for line in lines if line and not line.startswith(("#", " "))}
        assert names <= set(pinned)
        assert all(re.fullmatch(r"[\w.-]+==[\w.!]+", line) for line in pinned.values())
        assert not any("://" in line for line in lines)


def test_both_lock_files_pin_the_same_versions() -> None:
    run, test = (set((ROOT / f).read_text().split()) for f in ("requirements.lock", "requirements-test.lock"))
    assert run <= test


def test_continuous_integration_runs_the_readmes_own_test_command() -> None:
    assert "sh scripts/test" in (ROOT / ".ci/run").read_text()
    readme = (ROOT / "README.md").read_text()
    assert "sh scripts/test" in readme
    assert "sh scripts/demo" in readme


def test_every_command_of_the_command_line_is_in_the_readme() -> None:
    import typer.main

    from api.cli.main import app

    group = typer.main.get_command(app)
    readme = (ROOT / "README.md").read_text()
    names = list(group.commands)  # type: ignore[attr-defined]
    assert {"ingest", "index", "search", "show", "serve", "demo", "doctor", "evaluate", "erase"} <= set(names)
    assert [name for name in names if f"hjemmel {name}" not in readme] == []


def test_every_setting_is_in_the_readme() -> None:
    from api.settings import Settings

    readme = (ROOT / "README.md").read_text()
    assert [n for n in Settings.model_fields if f"HJEMMEL_{n.upper()}" not in readme] == []


def test_only_the_settings_module_reads_the_environment() -> None:
    reading = re.compile(r"os\.environ|os\.getenv|environ\[")
    found = [
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if reading.search(path.read_text())
    ]
    assert found == []


def _name(requirement: str) -> str:
    return re.split(r"[<>=!\[; ]", requirement)[0].lower().replace("_", "-").replace(".", "-")
