"""Tables of the coverage report as CSV that a spreadsheet opens as it is, and that runs nothing there."""

from __future__ import annotations

import csv
import io

from api.coverage_values import Table

# A semicolon is the separator that spreadsheets of Danish settings expect; the mark makes them read UTF-8.
_SEPARATOR, _MARK = ";", "\ufeff"
# A spreadsheet takes a value that begins with one of these for a formula (OWASP, CSV injection); full-width
# forms are taken so by some of them.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(table: Table) -> str:
    """The table with the words of its columns first; notes and the id of what a row opens come last."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=_SEPARATOR, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow([*map(safe, table.columns), "note", "id"])
    for row in table.rows:
        head = row[0]
        opens = head.source or head.act
        if head.span is not None:
            opens += f"?fra={head.span.start}&til={head.span.end}"
        writer.writerow([*(safe(value.text) for value in row), safe(head.note), safe(opens)])
    return _MARK + out.getvalue()


def safe(value: str) -> str:
    """``value`` with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value
