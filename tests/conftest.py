"""Shared by all tests: where the real material is, and a workspace over the starter corpus."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from api.settings import Settings
from api.wiring import Workspace

SHARED = Path(__file__).parents[1].parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--screenshots DIR`` keeps pictures of what the journeys through the page show, to be looked at."""
    parser.addoption(
        "--screenshots", metavar="DIR", type=Path, help="keep pictures of the page in this folder"
    )


@pytest.fixture(autouse=True, scope="session")
def clean_environment() -> Iterator[None]:
    """No setting of the machine reaches a test, and no model is looked up on a network."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("HJEMMEL_"):
                patch.delenv(name)
        patch.setenv("HF_HUB_OFFLINE", "1")
        patch.setenv("TOKENIZERS_PARALLELISM", "false")
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real legal texts beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the real legal texts are not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def model_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the embedded encoder is converted once for all tests."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def demo(model_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The fictional starter corpus, ingested and indexed with the embedded encoder. Not to be changed.

    Where tests run in several processes, one of them makes it and the others take copies.
    """
    if "PYTEST_XDIST_WORKER" in os.environ:
        made = tmp_path_factory.getbasetemp().parent / "demo-made"
        with FileLock(made.with_suffix(".lock")):
            if made.exists():
                shutil.copytree(made, model_data, dirs_exist_ok=True)
            else:
                _make_demo(model_data)
                shutil.copytree(model_data, made)
    else:
        _make_demo(model_data)
    workspace = Workspace(Settings(data=model_data))
    yield workspace
    workspace.close()


def _make_demo(data: Path) -> None:
    workspace = Workspace(Settings(data=data))
    workspace.prepare_demo()
    workspace.close()
