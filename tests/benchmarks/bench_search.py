"""Start-up, memory and search times of a whole data folder: ``python tests/benchmarks/bench_search.py DATA``.

Prints a Markdown table. Machines differ and are shared, so quote ratios of one run (with the encoder to
without it, filtered to not), and the spread beside each time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from api.settings import Settings
from api.wiring import Workspace
from corpus.types import Kind
from index.encoders import DEFAULT
from index.search import Searcher
from index.types import Query

# Four cases of about 150 words in our own words: what a caseworker types, not keywords.
CASES = (
    "Borgeren modtager kontanthjælp og var indkaldt til en jobsamtale mandag klokken ni. Hun mødte ikke op og"
    " meldte ikke afbud. Dagen efter ringede hun og fortalte, at hun havde haft høj feber hele natten og først"
    " vågnede hen på eftermiddagen. Hun har ikke været til læge. Indkaldelsen blev sendt digitalt otte dage"
    " før, og hun har tidligere mødt til alle samtaler. Sagsbehandleren overvejer, om der skal ske fradrag i"
    " hjælpen, og om borgeren først skal høres. Borgeren har to små børn og bor alene med dem. Hun siger, at"
    " hun ikke vidste, at hun skulle melde afbud på en bestemt måde, og at brevet ikke sagde noget om det."
    " Kommunen har i sin journal noteret, at hun fik vejledning om følgerne ved den første samtale for et halvt"
    " år siden, men ikke om den blev givet på skrift, og der ligger ingen kopi i sagen.",
    "En mand på firs bor alene i et hus i to etager. Han er faldet tre gange siden jul og kan ikke længere selv"
    " komme i bad eller gøre rent. Hans datter har hidtil hjulpet, men hun er flyttet. Kommunen har tilbudt et"
    " forløb på otte uger, hvor en terapeut træner med ham hjemme, og vil først derefter se på varig hjælp. Han"
    " siger, at han er for træt til at træne, og at lægen har frarådet det. Han vil hellere have rengøring hver"
    " uge og hjælp til bad to gange. Kommunen har ikke haft nogen på besøg, men har talt med ham i telefonen.",
    "Faren har mistet sit arbejde og kan ikke betale huslejen for de næste to måneder. Han har bedt kommunen om"
    " hjælp til en enkelt udgift og har vedlagt et brev fra udlejeren om, at lejemålet bliver ophævet. Han har"
    " en opsparing på tolv tusinde kroner, som han siger er sat af til en konfirmation. Hans kæreste er flyttet"
    " ind for en måned siden, men de har hver sin økonomi. Kommunen har afslået og henvist til opsparingen.",
    "Moren til en dreng på ni år med en vidtgående udviklingsforstyrrelse har søgt om dækning af de timer, hun"
    " ikke kan arbejde. Drengen kan kun gå i skole tre dage om ugen og sover meget lidt. Skolen har skrevet en"
    " udtalelse, og lægen har bekræftet diagnosen. Kommunen mener, at faren kan passe ham noget af tiden, og har"
    " bevilget fem timer mod de femten, der er søgt om. Moren klager over, at udregningen ikke er forklaret.",
)
DAYS = (None, dt.date(2024, 3, 1), dt.date(2014, 12, 1))
START_UP = (
    "import sys, time; begun = time.perf_counter()\n"
    "from api.settings import Settings\nfrom api.wiring import Workspace\nfrom index.types import Query\n"
    "work = Workspace(Settings(data=sys.argv[1], encoder=sys.argv[2]))\n"
    "work.search(Query('Borgeren udeblev fra samtalen'))\n"
    "import json, resource\n"
    "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
    "print(json.dumps([time.perf_counter() - begun, peak, 'torch' in sys.modules]))\n"
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--encoder", default=DEFAULT)
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    work = Workspace(Settings(data=options.data, encoder=options.encoder))
    manifest = work.searcher().snapshot.manifest
    print(
        f"{manifest.documents} documents, {manifest.passages} passages, {manifest.vectors} with a vector,"
        f" encoder {manifest.encoder_name or 'none'}\n"
    )
    print("| what | p50 | p95 | least |\n| --- | --- | --- | --- |")
    for encoder in ("none", options.encoder):
        seconds, peaks = zip(*(_start_up(options.data, encoder) for _ in range(3)), strict=True)
        row(f"start to first answer, encoder {encoder}, s", seconds, 1.0)
        row(f"peak memory after it, encoder {encoder}, MiB", peaks, 1.0)
    searcher = work.searcher()
    words = Searcher(work.store, searcher.snapshot, work.analyzer, None)
    for name, engine in (("words alone", words), ("words and meaning", searcher)):
        for kinds in ((Kind.RULE, Kind.PRECEDENT), (Kind.RULE,)):
            times = [
                search(engine, case, day, kinds)
                for _ in range(options.rounds)
                for case in CASES
                for day in DAYS
            ]
            row(f"search, {name}, {' and '.join(kinds)}, ms", times, 1000.0)
    if work.encoder is not None:
        times = [encode(work, case) for _ in range(options.rounds) for case in CASES]
        row("encoding of the case alone, ms", times, 1000.0)
    print(f"\npeak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


def row(name: str, values: object, factor: float) -> None:
    """One row of the table: median, 95th percentile, least."""
    ordered = sorted(float(v) * factor for v in values)  # type: ignore[attr-defined]
    high = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    print(f"| {name} | {statistics.median(ordered):.1f} | {high:.1f} | {ordered[0]:.1f} |")


def search(engine: Searcher, case: str, day: dt.date | None, kinds: tuple[Kind, ...]) -> float:
    """Seconds of one search."""
    begun = time.perf_counter()
    engine.search(Query(case, kinds=kinds, as_of=day))
    return time.perf_counter() - begun


def encode(work: Workspace, case: str) -> float:
    """Seconds to encode one case."""
    assert work.encoder is not None
    begun = time.perf_counter()
    work.encoder.encode_queries([case])
    return time.perf_counter() - begun


def _start_up(data: Path, encoder: str) -> tuple[float, float]:
    """Seconds from a fresh process to its first answer, and its peak memory in MiB."""
    done = subprocess.run(  # the interpreter and the arguments are our own
        [sys.executable, "-c", START_UP, str(data), encoder], capture_output=True, check=True, text=True
    )
    seconds, peak, torch = json.loads(done.stdout.splitlines()[-1])
    assert not torch, "the embedded encoder must not import torch"
    return seconds, peak / 1024


if __name__ == "__main__":
    main()
