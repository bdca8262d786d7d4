"""How long a reader waits for the page: python tests/benchmarks/bench_page.py DATA [--encoder NAME] [--rounds N]

DATA is a data folder with an index. Serves it, opens it in Chromium and prints, as p50 and p95 over the rounds:

- of a search: from pressing the button to the last byte of the server's answer, and from there to the frame
  after the one in which the first results are laid out;
- of a page by its address: from the last byte of the answer to the first words painted, and how much what has
  been painted moves afterwards (cumulative layout shift).

Each is measured at the machine's speed and with Chromium slowed to a quarter of it, as Lighthouse does for a
small device; the server is not slowed.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import statistics
import threading
import time
from collections import defaultdict
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from api.app import create_app
from api.settings import Settings
from api.wiring import Workspace
from index.encoders import DEFAULT

SLOWED = 4  # times
CASES = (
    "Borgeren udeblev fra en jobsamtale og siger, at hun var syg, men hun meldte ikke afbud samme dag.",
    "En ældre kvinde med dårlig hofte vil have hjælp til rengøring og bad. Kommunen vil først give et forløb.",
    "En far søger aktindsigt i sin egen sag. Kommunen svarer, at notaterne er interne.",
    "Naboen vil bygge en carport tæt på skel. Tegningen mangler højden, og kommunen har ikke svaret.",
)
# Presses the button and tells when that was, when the last byte of the answer came, and when the frame after the
# one in which results first stand in the document begins: by then they are shown.
SEARCHED = """() => new Promise((done) => {
  const pressed = performance.now();
  const told = () => {
    const answer = performance.getEntriesByType("resource")
      .find((e) => e.initiatorType === "fetch" && e.startTime >= pressed);
    done([pressed, answer.responseEnd, performance.now()]);
  };
  const watching = new MutationObserver(() => {
    if (!document.querySelector("#results article")) return;
    watching.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(told));
  });
  watching.observe(document.getElementById("answer"), { childList: true, subtree: true });
  document.getElementById("search").click();
})"""
PAINTED = """() => new Promise((done) => {
  let shift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((e) => { shift += e.value; }))
    .observe({ type: "layout-shift", buffered: true });
  const told = () => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    const [navigation] = performance.getEntriesByType("navigation");
    if (!paint || !navigation.loadEventEnd) return setTimeout(told, 20);
    setTimeout(() => done([paint.startTime - navigation.responseEnd, shift]), 100);
  };
  told();
})"""


def search(page: Page, address: str, case: str) -> tuple[float, float]:
    """Milliseconds until the answer was there, and from there until the results were shown."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.locator("#case").fill(case)
    pressed, answered, shown = page.evaluate(SEARCHED)
    return answered - pressed, shown - answered


def main(data: Path, encoder: str, rounds: int) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    work = Workspace(Settings(data=data, encoder=encoder))
    work.searcher()  # an index of another encoder is refused here, not waited for in the browser
    server = uvicorn.Server(uvicorn.Config(create_app(work), port=port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        measure(f"http://127.0.0.1:{port}", work, rounds)
    finally:
        server.should_exit = True
        thread.join()
        work.close()


def measure(address: str, work: Workspace, rounds: int) -> None:
    documents = work.store.documents()
    longest = max(documents, key=lambda d: len(work.store.text(d.key)))
    pages = {
        "search form": "/",
        "coverage report": "/daekning",
        f"document of {len(work.store.text(longest.key)):,} characters": f"/kilde/{longest.id}",
    }
    found: dict[tuple[str, int], list[float]] = defaultdict(list)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for slowed in (1, SLOWED):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowed})
            search(page, address, CASES[0])  # the first one loads the encoder and fills caches
            for number in range(rounds):
                waited, shown = search(page, address, CASES[number % len(CASES)])
                found["search: button to answer, ms", slowed].append(waited)
                found["search: answer to results shown, ms", slowed].append(shown)
                for name, path in pages.items():
                    page.goto(address + path)
                    painted, shift = page.evaluate(PAINTED)
                    found[f"{name}: answer to first words, ms", slowed].append(painted)
                    found[f"{name}: layout shift", slowed].append(shift)
            page.close()
        print(f"Chromium {browser.version}, {len(documents)} documents, {rounds} rounds\n")
        browser.close()
    print(f"| what | p50 | p95 | p50, Chromium at 1/{SLOWED} speed | p95 |\n| --- | --- | --- | --- | --- |")
    for name in dict.fromkeys(name for name, _ in found):
        row = [
            name,
            *(
                f"{value:.{3 if 'shift' in name else 0}f}"
                for at in (1, SLOWED)
                for value in spread(found[name, at])
            ),
        ]
        print("| " + " | ".join(row) + " |")


def spread(values: list[float]) -> tuple[float, float]:
    """The median, and the value that 95 % do not exceed."""
    return statistics.median(values), sorted(values)[-(-95 * len(values) // 100) - 1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--encoder", default=DEFAULT)
    parser.add_argument("--rounds", type=int, default=20)
    asked = parser.parse_args()
    main(asked.data, asked.encoder, asked.rounds)
