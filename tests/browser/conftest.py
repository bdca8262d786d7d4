"""A real Chromium before the page, served for real on a free port of this machine."""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from api.app import create_app
from api.settings import Settings
from api.wiring import Workspace

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# Without these Chromium tries to reach its maker's servers at every start.
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
CASE = "Borgeren udeblev fra samtalen. Hun siger, at hun var syg, men meldte ikke afbud."
PATIENCE = 20_000  # milliseconds for what a busy machine takes its time over; nothing is measured here
LONG = 3000  # pixels of a page of which a picture tells nothing any more
# Chromium's own note that an input was refused, or that there is no index.
_REFUSED = re.compile(r"the server responded with a status of (4\d\d|503)")
_LEFT = "net::ERR_ABORTED"  # what was still on its way when the reader went on to another page

Opener = Callable[..., Page]
Shot = Callable[[Page, str], None]


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The address of an ASGI application while it is served."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def address(demo: Workspace) -> Iterator[str]:
    """The page over the starter corpus."""
    with served(create_app(demo)) as address:
        yield address


@pytest.fixture(scope="session")
def own_view_address(demo: Workspace) -> Iterator[str]:
    """The page of an authority that wants own considerations before it shows decisions."""
    work = Workspace(Settings(data=demo.settings.data, own_view_first=True))
    with served(create_app(work)) as address:
        yield address
    work.close()


@pytest.fixture
def bare_address(tmp_path: Path) -> Iterator[str]:
    """The page over one small act, searched by words alone."""
    (tmp_path / "lov.md").write_text("# Lov om indkøb\n\n§ 1. Kommunen yder støtte til indkøb.\n")
    work = Workspace(Settings(data=tmp_path / "data", encoder="none"))
    work.ingest([tmp_path / "lov.md"])
    work.index()
    with served(create_app(work)) as address:
        yield address
    work.close()


@pytest.fixture
def unindexed_address(tmp_path: Path) -> Iterator[str]:
    """The page before anything was indexed."""
    work = Workspace(Settings(data=tmp_path / "none", encoder="none"))
    with served(create_app(work)) as address:
        yield address
    work.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Opener]:
    """Opens pages as a reader has them set: ``width``, ``dark``, ``scripts``, ``touch``.

    No script may fail, nothing may be refused by the page's own policy and nothing may be missing, unless
    ``losing`` says that requests will fail. What had not come when the reader went on is no fault.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def opener(
        *,
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        scripts: bool = True,
        touch: bool = False,
        losing: bool = False,
        at: str = address,
    ) -> Page:
        context = browser.new_context(
            base_url=at,
            locale="da-DK",
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            has_touch=touch,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        if losing:
            return page
        page.on(
            "console",
            lambda m: faults.append(m.text) if m.type == "error" and not _REFUSED.search(m.text) else None,
        )
        page.on("requestfailed", lambda r: faults.extend([r.url] if r.failure != _LEFT else []))
        return page

    yield opener
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(opened: Opener) -> Page:
    """The page on a wide screen."""
    return opened()


@pytest.fixture
def shot(request: pytest.FixtureRequest) -> Shot:
    """Keeps a picture by a name where ``--screenshots`` asks for it: of a long page what is seen of it."""
    folder: Path | None = request.config.getoption("--screenshots")
    if folder is None:
        return lambda page, name: None
    folder.mkdir(parents=True, exist_ok=True)

    def keep(page: Page, name: str) -> None:
        height = page.evaluate("document.documentElement.scrollHeight")
        page.screenshot(path=folder / f"{name}.png", full_page=height < LONG)

    return keep


def search(page: Page, case: str = CASE, day: str = "") -> None:
    """Describe a case and search."""
    page.goto("/")
    page.get_by_label("Beskriv sagen").fill(case)
    page.get_by_label("Sagens dato").fill(day)
    page.get_by_role("button", name="Søg", exact=True).click()
    page.wait_for_selector("#rules-head, [role=alert]")
