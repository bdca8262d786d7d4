"""Reports: two runs side by side as one HTML file, and ablation tables as Markdown.

An ablation table stands in a document between ``<!-- ablation:NAME -->`` and ``<!-- /ablation:NAME -->``
and is written there by ``write_table``, with the commit and the command that made it. It is never typed.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from corpus.errors import InputError, NotFoundError
from index.evaluation.significance import Comparison, compare
from index.evaluation.types import Collection, Evaluation, Run

EXAMPLES = 25  # queries shown on either side of a comparison
EXCERPT = 300  # characters shown of a query
_INK, _WIN, _LOSS = "#333333", "#1b6ca8", "#b5651d"  # blue and orange: told apart by the colour-blind

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ run }} against {{ baseline }} on {{ collection }}</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse;margin:1rem 0}th,td{padding:.3rem .7rem;border-bottom:1px solid #ddd;
text-align:left;vertical-align:top}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
figure{margin:1.5rem 0}svg{max-width:100%;height:auto}caption{text-align:left;font-weight:600}
</style></head><body>
<h1>{{ run }} against {{ baseline }}</h1>
<p>{{ collection }}: {{ queries }} judged queries. Differences are {{ run }} minus {{ baseline }}; the
interval is the 95 % bootstrap interval of the mean difference over queries, p the paired randomisation
test.</p>
<table><caption>Means</caption>
<tr><th>measure</th><th class="n">{{ baseline }}</th><th class="n">{{ run }}</th><th class="n">difference</th>
<th class="n">interval</th><th class="n">p</th><th class="n">better / worse / equal</th></tr>
{% for c in comparisons %}<tr><td>{{ c.measure }}</td><td class="n">{{ "%.3f"|format(c.baseline_mean) }}</td>
<td class="n">{{ "%.3f"|format(c.run_mean) }}</td><td class="n">{{ "%+.3f"|format(c.difference) }}</td>
<td class="n">{{ "%+.3f"|format(c.low) }} … {{ "%+.3f"|format(c.high) }}</td>
<td class="n">{{ "%.4f"|format(c.p_permutation) }}</td>
<td class="n">{{ c.wins }} / {{ c.losses }} / {{ c.ties }}</td></tr>
{% endfor %}</table>
<figure>{{ bars }}<figcaption>{{ measure }} of each query: the difference, sorted.</figcaption></figure>
<figure>{{ scatter }}<figcaption>{{ measure }} of each query under both runs.</figcaption></figure>
{% for title, rows in sides %}<table><caption>{{ title }} ({{ rows|length }} shown)</caption>
<tr><th>query</th><th>text</th><th class="n">{{ baseline }}</th><th class="n">{{ run }}</th>
<th>relevant: rank in {{ baseline }} → in {{ run }}</th></tr>
{% for r in rows %}<tr><td>{{ r.query }}</td><td>{{ r.text }}</td>
<td class="n">{{ "%.3f"|format(r.before) }}</td>
<td class="n">{{ "%.3f"|format(r.after) }}</td><td>{% for d, a, b in r.ranks %}{{ d }}: {{ a }} → {{ b }}<br>
{% endfor %}</td></tr>
{% endfor %}</table>
{% endfor %}</body></html>
"""


@dataclass(frozen=True, slots=True)
class QueryRow:
    """One query in a comparison. ``ranks``: relevant document, rank in either run ("–": not found)."""

    query: str
    text: str
    before: float
    after: float
    ranks: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class AblationRow:
    """One way of searching: mean values by measure, and how it differs from the first row, if compared."""

    name: str
    means: Mapping[str, float]
    comparison: Comparison | None = None


def comparison_html(
    collection: Collection,
    baseline: tuple[Run, Evaluation],
    run: tuple[Run, Evaluation],
    measure: str,
) -> str:
    """Two runs query by query as one HTML page that loads nothing from anywhere.

    Args:
        measure: the measure that queries are compared and sorted by; all common ones are in the table.

    Raises:
        InputError: the runs were judged on different queries.
    """
    common = [m for m in baseline[1].values if m in run[1].values]
    comparisons: list[Comparison] = [compare(baseline[1], run[1], m) for m in common]
    before, after = baseline[1].of(measure), run[1].of(measure)
    ordered = sorted(before, key=lambda query: (after[query] - before[query], query))
    wins = [query for query in reversed(ordered) if after[query] > before[query]]
    losses = [query for query in ordered if after[query] < before[query]]
    texts = {query.id: query.text for query in collection.queries}
    sides = [
        (title, [_row(collection, texts, baseline, run, measure, query) for query in queries[:EXAMPLES]])
        for title, queries in (("Most improved", wins), ("Most worsened", losses))
    ]
    return (
        Environment(autoescape=True)
        .from_string(_PAGE)
        .render(
            collection=collection.name,
            baseline=baseline[0].name,
            run=run[0].name,
            queries=len(before),
            comparisons=comparisons,
            measure=measure,
            sides=sides,
            bars=Markup(_bars([after[query] - before[query] for query in ordered], measure)),  # noqa: S704
            scatter=Markup(  # noqa: S704 drawn here, not given to us
                _scatter(
                    [before[q] for q in ordered], [after[q] for q in ordered], baseline[0].name, run[0].name
                )
            ),
        )
    )


def ablation_rows(
    evaluations: Sequence[Evaluation], measures: Sequence[str], compared: str
) -> list[AblationRow]:
    """One row an evaluation, all but the first compared with the first in the measure ``compared``."""
    return [
        AblationRow(
            evaluation.run,
            {measure: evaluation.mean(measure) for measure in measures},
            compare(evaluations[0], evaluation, compared) if number else None,
        )
        for number, evaluation in enumerate(evaluations)
    ]


def ablation_table(rows: Sequence[AblationRow], measures: Sequence[str]) -> str:
    """A Markdown table with three decimals, the best value of each measure in bold."""
    best = {m: max(round(row.means[m], 3) for row in rows) for m in measures} if rows else {}
    compared = {row.comparison.measure for row in rows if row.comparison}
    heads = [*measures, *(f"{measure} against the first row" for measure in sorted(compared))]
    lines = [f"| | {' | '.join(heads)} |", f"| --- |{' ---: |' * len(heads)}"]
    for row in rows:
        cells = [_cell(row.means[m], best[m]) for m in measures]
        if compared:
            cells.append(_difference(row.comparison) if row.comparison else "")
        lines.append(f"| {row.name.replace('|', '/')} | {' | '.join(cells)} |")
    return "\n".join(lines)


def write_table(document: Path, name: str, table: str, command: str, commit: str) -> None:
    """Put ``table`` between the markers of ``name`` in ``document``, with where it comes from.

    Raises:
        NotFoundError: the document does not exist.
        InputError: it does not hold the two markers once, in order.
    """
    begin, end = f"<!-- ablation:{name} -->", f"<!-- /ablation:{name} -->"
    try:
        text = document.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NotFoundError(f"There is no document {document}.", "Name the one with the markers.") from None
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
        raise InputError(
            f"{document} does not hold {begin} and {end} once each, in this order.",
            "Put them where the table belongs.",
        )
    body = f"{begin}\n{table}\n\nMade by `{command}` at commit `{commit}`.\n"
    before, after = text[: text.index(begin)], text[text.index(end) :]
    document.write_text(before + body + after, encoding="utf-8")


def current_commit(folder: Path) -> str:
    """The commit checked out in ``folder``, with "+" where tracked files differ; "unknown" without git."""
    git = shutil.which("git")
    if git is None:
        return "unknown"

    def ask(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 fixed arguments
            [git, "-C", str(folder), *arguments], capture_output=True, text=True, check=False
        )

    commit = ask("rev-parse", "--short=10", "HEAD")
    if commit.returncode:
        return "unknown"
    changed = ask("status", "--porcelain", "--untracked-files=no")
    return commit.stdout.strip() + ("+" if changed.stdout.strip() else "")


def _cell(value: float, best: float) -> str:
    shown = f"{value:.3f}"
    return f"**{shown}**" if round(value, 3) == best else shown


def _difference(c: Comparison) -> str:
    p = f"p {c.p_permutation:.3f}" if c.p_permutation >= 0.001 else "p < 0.001"
    return f"{c.difference:+.3f} ({c.low:+.3f} … {c.high:+.3f}), {p}"


def _row(
    collection: Collection,
    texts: Mapping[str, str],
    baseline: tuple[Run, Evaluation],
    run: tuple[Run, Evaluation],
    measure: str,
    query: str,
) -> QueryRow:
    first, second = baseline[0].ranking(query), run[0].ranking(query)
    ranks = tuple(
        (document, _rank(first, document), _rank(second, document))
        for document in collection.qrels.relevant(query)
    )
    text = texts.get(query, "")
    shown = text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …"
    return QueryRow(query, shown, baseline[1].of(measure)[query], run[1].of(measure)[query], ranks)


def _rank(ranking: list[str], document: str) -> str:
    return str(ranking.index(document) + 1) if document in ranking else "–"


def _bars(differences: Sequence[float], measure: str) -> str:
    from matplotlib.figure import Figure  # only reports draw, and it takes a second to import

    figure = Figure(figsize=(9, 3), layout="constrained")
    axes = figure.subplots()
    colours = [_WIN if d > 0 else _LOSS for d in differences]
    axes.bar(range(len(differences)), differences, width=1.0, color=colours)
    axes.axhline(0, color=_INK, linewidth=0.8)
    axes.set(xlabel="queries", ylabel=f"difference in {measure}", xlim=(-0.5, max(len(differences), 1) - 0.5))
    return _svg(figure)


def _scatter(before: Sequence[float], after: Sequence[float], baseline: str, run: str) -> str:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(5, 5), layout="constrained")
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color=_INK, linewidth=0.8)
    axes.scatter(before, after, s=14, alpha=0.4, color=_WIN, linewidths=0)
    # A name may hold a "$", which would start a formula.
    axes.set_xlabel(baseline, parse_math=False)
    axes.set_ylabel(run, parse_math=False)
    axes.set_aspect("equal")
    return _svg(figure)


def _svg(figure: object) -> str:
    """The figure as an SVG element: text stays text, and the same figure gives the same bytes."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    assert isinstance(figure, Figure)
    buffer = io.StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "hjemmel"}):
        figure.savefig(
            buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
    return re.sub(
        r"<metadata>.*?</metadata>", "", buffer.getvalue()[buffer.getvalue().index("<svg") :], flags=re.DOTALL
    )
