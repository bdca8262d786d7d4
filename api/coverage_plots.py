"""Pictures of the coverage report. Each shows what a table shows, and none tells anything by colour alone."""

from __future__ import annotations

import datetime as dt
import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.coverage_values import shade
from api.texts import Language, text
from assistant.coverage_types import ActMap, Age, Coverage

_MOST_ROWS = 45  # §§ or names that a picture can label so that they can be read
_WIDTH = 9.0  # inches, at 100 pixels an inch
_ROW = 0.22  # inches a row
_DOTS = 100
# One drawing at a time: matplotlib's fonts are not made to be shared between threads.
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of a picture: text, ground, quiet lines, and the shades 0 to 4 of a heat map."""

    ink: str
    paper: str
    quiet: str
    bar: str
    shades: tuple[str, ...]
    on_shades: tuple[str, ...]


LIGHT = Theme(
    "#1b1b1b",
    "#ffffff",
    "#6f6a60",
    "#0b4f8a",
    ("#ffffff", "#dcebf7", "#a9cfee", "#1f6aa5", "#0b3c69"),
    ("#1b1b1b", "#1b1b1b", "#1b1b1b", "#ffffff", "#ffffff"),
)
DARK = Theme(
    "#ece9e2",
    "#191816",
    "#a29b8d",
    "#8cc4ff",
    ("#191816", "#1f3142", "#2b4e6f", "#7db4e6", "#cfe6ff"),
    ("#ece9e2", "#ece9e2", "#ffffff", "#1b1b1b", "#1b1b1b"),
)


def timeline(language: Language, act: ActMap, theme: Theme = LIGHT) -> bytes:
    """Decisions per year over the §§ that they touch, as SVG."""
    rows = _touched(act)
    return _drawn(
        "svg", theme, (_WIDTH, 2.6 + _ROW * len(rows)), lambda f: _timeline(f, language, act, theme)
    )


def act_picture(language: Language, act: ActMap, theme: Theme = LIGHT) -> bytes:
    """The heat map of the §§ that decisions touch beside the time line, as PNG."""

    def draw(figure: Any) -> None:
        left, right = figure.subfigures(1, 2, width_ratios=(2, 3))
        _act_heat(left.subplots(), language, act, theme)
        _timeline(right, language, act, theme)
        figure.suptitle(_cut(act.summary.title, 110), color=theme.ink)

    return _drawn("png", theme, (1.6 * _WIDTH, 3.2 + _ROW * len(_touched(act))), draw)


def overview_picture(language: Language, coverage: Coverage, theme: Theme = LIGHT) -> bytes:
    """Decisions by authority and year, as PNG."""
    grid = coverage.authorities
    rows = grid.rows[:_MOST_ROWS]

    def draw(figure: Any) -> None:
        names = [_cut(r.name or text(language, "coverage-no-authority"), 34) for r in rows]
        columns = [text(language, "coverage-before", year=grid.years[0] - 1), *map(str, grid.years)]
        axes = figure.subplots()
        _heat(axes, [(r.before, *r.counts) for r in rows], names, columns, theme)
        made = text(language, "coverage-made", day=coverage.as_of.isoformat())
        axes.set_title(f"{made}: {text(language, 'coverage-part-authorities')}", color=theme.ink, pad=12)

    return _drawn("png", theme, (1.2 * _WIDTH, 1.6 + 1.4 * _ROW * max(1, len(rows))), draw)


def _drawn(form: str, theme: Theme, size: tuple[float, float], draw: Any) -> bytes:
    """What ``draw`` puts on a figure of ``size`` inches. Text stays text: it can be read and found."""
    with _lock:
        import matplotlib as mpl
        from matplotlib.figure import Figure

        # A title may hold a dollar sign, which is no formula.
        style = {"svg.fonttype": "none", "svg.hashsalt": "hjemmel", "font.size": 9, "text.parse_math": False}
        with mpl.rc_context(style):  # type: ignore[arg-type]
            figure = Figure(figsize=size, dpi=_DOTS, facecolor=theme.paper, layout="constrained")
            draw(figure)
            out = io.BytesIO()
            # Without a date the same report gives the same bytes.
            figure.savefig(out, format=form, metadata={"Date": None} if form == "svg" else None)
            return out.getvalue()


def _timeline(figure: Any, language: Language, act: ActMap, theme: Theme) -> None:
    rows = _touched(act)
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(1.2, max(1.2, _ROW * len(rows))))
    years = [year for year, _ in act.years]
    for axes in (upper, lower):
        _plain(axes, theme)
    if not years:
        return
    bars = upper.bar(
        [dt.date(year, 7, 1) for year in years], [n for _, n in act.years], width=280, color=theme.bar
    )
    upper.bar_label(bars, labels=[str(n) if n else "" for _, n in act.years], color=theme.ink)
    upper.margins(y=0.25)
    upper.set_ylabel(text(language, "coverage-decisions"), color=theme.ink)
    position = {index: place for place, index in enumerate(rows)}
    kinds = ((False, "o", "coverage-same-wording", theme.bar), (True, "^", "coverage-other-wording", "none"))
    for changed, marker, key, fill in kinds:
        marks = [m for m in act.marks if m.changed is changed and m.row in position]
        lower.scatter(
            [m.day for m in marks],
            [position[m.row] for m in marks],
            marker=marker,
            facecolors=fill,
            edgecolors=theme.ink,
            label=text(language, key),
            s=34,
            zorder=3,
        )
    first = dt.date(years[0], 1, 1)
    for number, (_, start) in enumerate(s for s in act.versions if s[1] >= first):
        label = text(language, "coverage-version-begins") if number == 0 else None
        lower.axvline(start, color=theme.quiet, linestyle="--", linewidth=1, label=label)
    lower.set_yticks(range(len(rows)), [act.rows[index].locator for index in rows])
    lower.set_ylim(len(rows) - 0.5, -0.5)
    lower.grid(axis="y", color=theme.quiet, alpha=0.3)
    lower.set_xlim(first, dt.date(years[-1], 12, 31))
    legend = figure.legend(loc="outside lower center", ncols=3, frameon=False)
    for words in legend.get_texts():
        words.set_color(theme.ink)


def _act_heat(axes: Any, language: Language, act: ActMap, theme: Theme) -> None:
    rows = [act.rows[index] for index in _touched(act)]
    columns = [text(language, f"coverage-short-{age}") for age in Age]
    _heat(axes, [r.ages for r in rows], [r.locator for r in rows], columns, theme)
    axes.set_xlabel(text(language, "coverage-age-axis"), color=theme.ink)


def _heat(
    axes: Any, counts: Sequence[Sequence[int]], names: Sequence[str], columns: Sequence[str], theme: Theme
) -> None:
    """A heat map with its numbers, which say the same as the shades."""
    from matplotlib.patches import Rectangle

    _plain(axes, theme)
    for y, row in enumerate(counts):
        for x, count in enumerate(row):
            tone = shade(count)
            axes.add_patch(
                Rectangle((x, y), 1, 1, facecolor=theme.shades[tone], edgecolor=theme.quiet, lw=0.5)
            )
            axes.text(x + 0.5, y + 0.5, str(count), ha="center", va="center", color=theme.on_shades[tone])
    axes.set_xlim(0, len(columns))
    axes.set_ylim(max(1, len(counts)), 0)
    axes.set_xticks([x + 0.5 for x in range(len(columns))], columns)
    axes.set_yticks([y + 0.5 for y in range(len(names))], names)
    axes.tick_params(length=0)


def _plain(axes: Any, theme: Theme) -> None:
    axes.set_facecolor(theme.paper)
    axes.tick_params(colors=theme.ink)
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(theme.quiet)


def _touched(act: ActMap) -> list[int]:
    """The positions of the §§ that are drawn: those with most decisions, in the order of the act."""
    touched = [index for index, row in enumerate(act.rows) if row.decisions]
    kept = sorted(touched, key=lambda index: -act.rows[index].decisions)[:_MOST_ROWS]
    return sorted(kept)


def _cut(words: str, length: int) -> str:
    return words if len(words) <= length else f"{words[: length - 1]}…"
