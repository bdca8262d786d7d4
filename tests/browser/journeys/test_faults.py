"""A slow server, one that dies mid-search, a lost network: what was typed stays, and the reader is told."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from api.app import create_app
from api.settings import Settings
from api.wiring import Workspace

from ..conftest import CASE, PATIENCE, Opener, Shot, free_port, served

pytestmark = pytest.mark.browser
SLOW = "Det tager længere tid end ellers"
START = 120  # seconds in which a process must have started on a busy machine
GONE = "Hjemmels server svarer ikke. Din tekst står her stadig. Prøv igen om lidt."


class Gate:
    """The page with a gate before every form that is sent: it waits until it is let through."""

    def __init__(self, app: Any) -> None:
        self.app, self.open, self.sent = app, threading.Event(), 0

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[Any]],
        send: Callable[[Any], Awaitable[None]],
    ) -> None:
        if scope["type"] == "http" and scope["method"] == "POST":
            self.sent += 1
            await asyncio.get_running_loop().run_in_executor(None, self.open.wait, PATIENCE / 1000)
        await self.app(scope, receive, send)


@pytest.fixture
def gate(demo: Workspace) -> Gate:
    return Gate(create_app(demo))


@pytest.fixture
def slow_page(gate: Gate, opened: Opener) -> Iterator[Page]:
    with served(gate) as address:
        yield opened(at=address, losing=True)
        gate.open.set()


def ask(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Beskriv sagen").fill(CASE)
    page.get_by_label("Sagens dato").fill("2025-05-01")
    page.get_by_role("button", name="Søg", exact=True).click()


def nothing_typed_is_lost(page: Page) -> None:
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CASE)
    expect(page.get_by_label("Sagens dato")).to_have_value("2025-05-01")


def test_a_slow_server_is_told_of_and_the_reader_may_wait(slow_page: Page, gate: Gate, shot: Shot) -> None:
    page = slow_page
    ask(page)
    expect(page.get_by_role("status").filter(has_text="Søger …")).to_be_visible()
    expect(page.get_by_text(SLOW)).to_be_visible()
    shot(page, "faults-1-slow")
    # Impatience sends nothing twice.
    page.get_by_role("button", name="Søg", exact=True).click(force=True)
    page.get_by_label("Beskriv sagen").press("Control+Enter")
    nothing_typed_is_lost(page)
    gate.open.set()
    expect(page.get_by_role("heading", name="Regler")).to_be_visible()
    expect(page.get_by_text(SLOW)).to_be_hidden()
    assert gate.sent == 1


def test_a_slow_search_can_be_stopped_and_begun_again(slow_page: Page, gate: Gate) -> None:
    page = slow_page
    ask(page)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("alert")).to_have_text("Søgningen er stoppet. Din tekst står her stadig.")
    nothing_typed_is_lost(page)
    gate.open.set()
    page.get_by_role("button", name="Prøv igen").click()
    expect(page.get_by_role("heading", name="Regler")).to_be_visible()
    nothing_typed_is_lost(page)


def test_a_slow_brief_and_a_slow_note_say_so_too(slow_page: Page, gate: Gate) -> None:
    page = slow_page
    page.goto("/overblik")
    page.get_by_label("Beskriv sagen").fill(CASE)
    page.get_by_role("button", name="Lav overblikket").click()
    expect(page.get_by_text(SLOW)).to_be_visible()
    gate.open.set()
    expect(page.get_by_role("heading", name="Regler og det, de kræver")).to_be_visible()
    gate.open.clear()
    page.get_by_role("button", name="Skriv notat").first.click()
    expect(page.get_by_text(SLOW)).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("heading", name="Regler og det, de kræver")).to_be_visible()


class Process:
    """A real server in a process of its own, over one small act."""

    def __init__(self, folder: Path) -> None:
        self.data, self.port = folder / "data", free_port()
        (folder / "lov.md").write_text(
            "# Lov om samtaler\n\n§ 1. Den, der udebliver fra samtalen, får en ny.\n"
        )
        with_law = Workspace(Settings(data=self.data, encoder="none"))
        with_law.ingest([folder / "lov.md"])
        with_law.index()
        with_law.close()
        self.running: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        told = ["--data", str(self.data), "--encoder", "none", "serve", "--port", str(self.port)]
        command = [sys.executable, "-c", "from api.cli import main; main()", *told]
        self.running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + START
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        self.kill()
        raise TimeoutError(f"the server did not start within {START} seconds")

    def hold(self) -> None:
        """Stop it in the middle of what it does: it takes what is sent and answers nothing."""
        assert self.running is not None
        os.kill(self.running.pid, signal.SIGSTOP)

    def kill(self) -> None:
        if self.running is not None:
            self.running.kill()
            self.running.wait()
            self.running = None


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    process = Process(tmp_path)
    process.start()
    yield process
    process.kill()


def test_a_server_that_dies_mid_search_costs_nothing_that_was_typed(
    process: Process, opened: Opener, shot: Shot
) -> None:
    page = opened(at=process.address, losing=True)
    page.goto("/")
    process.hold()
    page.get_by_label("Beskriv sagen").fill(CASE)
    page.get_by_label("Sagens dato").fill("2025-05-01")
    page.get_by_role("button", name="Søg", exact=True).click()
    expect(page.get_by_text(SLOW)).to_be_visible()
    process.kill()
    expect(page.get_by_role("alert")).to_contain_text(GONE)
    expect(page.get_by_text(SLOW)).to_be_hidden()
    nothing_typed_is_lost(page)
    shot(page, "faults-2-dead")
    # It is still dead: the same is told again. Then someone starts it, and the same search goes through.
    page.get_by_role("button", name="Prøv igen").click()
    expect(page.get_by_role("alert")).to_contain_text(GONE)
    process.start()
    page.get_by_role("button", name="Prøv igen").click()
    expect(page.locator("article").first).to_contain_text("§ 1")
    assert page.get_by_role("alert").count() == 0
    nothing_typed_is_lost(page)


def test_a_case_outlives_a_dead_server_and_a_reload_of_the_page(process: Process, opened: Opener) -> None:
    page = opened(at=process.address, losing=True)
    page.goto("/")
    page.get_by_label("Beskriv sagen").fill(CASE)
    page.get_by_label("Sagens dato").fill("2025-05-01")
    process.kill()
    page.get_by_role("button", name="Søg", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text(GONE)
    # A link away is not followed into nothing.
    page.get_by_role("link", name="Dækning").click()
    expect(page.get_by_role("alert")).to_contain_text(GONE)
    nothing_typed_is_lost(page)
    process.start()
    page.reload()
    nothing_typed_is_lost(page)


class Cut:
    """A way to a server on which an answer to a form is cut off after some bytes."""

    def __init__(self, to: str, after: int) -> None:
        self.to, self.after = int(to.rpartition(":")[2]), after
        self.cutting = True
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        while True:
            try:
                client, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._pass, args=(client,), daemon=True).start()

    def _pass(self, client: socket.socket) -> None:
        """One connection: what is sent goes on, and what comes back goes back, or a part of it."""
        with client, socket.create_connection(("127.0.0.1", self.to)) as server:
            posted = threading.Event()

            def onwards() -> None:
                while data := client.recv(65536):
                    if data.startswith(b"POST"):
                        posted.set()
                    server.sendall(data)

            sending = threading.Thread(target=lambda: _quietly(onwards), daemon=True)
            sending.start()
            _quietly(lambda: self._back(client, server, posted))

    def _back(self, client: socket.socket, server: socket.socket, posted: threading.Event) -> None:
        left = self.after
        while data := server.recv(65536):
            if posted.is_set() and self.cutting:
                client.sendall(data[:left])
                left -= len(data)
                if left <= 0:
                    client.shutdown(socket.SHUT_RDWR)
                    return
            else:
                client.sendall(data)

    def close(self) -> None:
        self.listening.close()


def _quietly(passing: Callable[[], None]) -> None:
    try:
        passing()
    except OSError:
        return


@pytest.mark.parametrize("after", [0, 20, 5000], ids=["before", "in the head", "in the middle"])
def test_an_answer_that_is_cut_off_is_never_shown_as_a_whole(
    opened: Opener, address: str, after: int
) -> None:
    way = Cut(address, after)
    page = opened(at=way.address, losing=True)
    ask(page)
    # A head that breaks off can look to a browser like an answer that says nothing.
    expect(page.get_by_role("alert")).to_contain_text(re.compile("svarer ikke|svarede med en fejl"))
    expect(page.get_by_role("alert")).to_contain_text("Din tekst står her stadig. Prøv igen om lidt.")
    assert page.locator("article").count() == 0
    nothing_typed_is_lost(page)
    way.cutting = False
    page.get_by_role("button", name="Prøv igen").click()
    expect(page.locator("article")).to_have_count(20)
    way.close()


def test_without_a_network_the_reader_is_told_and_can_go_on_when_it_is_back(
    opened: Opener, shot: Shot
) -> None:
    page = opened(losing=True)
    page.goto("/")
    page.get_by_label("Beskriv sagen").fill(CASE)
    page.get_by_label("Sagens dato").fill("2025-05-01")
    page.context.set_offline(True)
    page.get_by_role("button", name="Søg", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Der er ingen forbindelse til netværket.")
    expect(page.get_by_role("alert")).to_contain_text("Prøv igen, når den er tilbage.")
    expect(page.get_by_role("button", name="Prøv igen")).to_be_focused()
    nothing_typed_is_lost(page)
    shot(page, "faults-3-offline")
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Regler")).to_contain_text("1. maj 2025")
    # What has been found stays readable without a network; what must be fetched says that it cannot.
    page.context.set_offline(True)
    page.locator("a.open").first.click()
    expect(page.locator("#pane").get_by_role("alert")).to_be_visible()
    page.context.set_offline(False)
    page.locator("#pane").get_by_role("button", name="Prøv igen").click()
    expect(page.locator("#pane mark").first).to_be_in_viewport()


def test_a_fault_of_the_server_is_told_and_costs_nothing(
    opened: Opener, demo: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a fault that nobody foresaw")

    app = create_app(demo)
    with served(app) as address, monkeypatch.context() as patch:
        page = opened(at=address, losing=True)
        page.goto("/")
        patch.setattr(Workspace, "search", broken)
        ask(page)
        expect(page.get_by_role("alert")).to_contain_text("Serveren svarede med en fejl.")
        nothing_typed_is_lost(page)
