"""Exporting the register of the whole community, beside XlsxWriter alone writing the same cells.

python -m tests.benchmarks.export. Budget: 1.3 times XlsxWriter. Ours reads the ledger, masks, lays out for
paper, merges households, notes it in the audit and puts the file where it belongs; the peer has the words in
memory and writes them in the same frames, nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from python_calamine import CalamineWorkbook

from gridclient.desktop.exports import ExportOrder
from gridclient.ledger.ledger import Ledger
from gridclient.operations.export_tables import Wish, export_table
from tests.benchmarks.community import whole_ledger
from tests.benchmarks.table import Line, show

REPEATS = 5
BUDGET = 1.3


def alone(path: Path, rows: list[list[str]]) -> None:
    """The same cells through XlsxWriter and nothing else."""
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    sheet = book.add_worksheet()
    framed = book.add_format({"num_format": 49, "border": 1, "text_wrap": True})
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(at, column, cell, framed)
            else:
                sheet.write_blank(at, column, None, framed)
    book.close()


def once(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def while_exporting(ledger: Ledger, folder: Path) -> list[Line]:
    """How long the window's thread is away meanwhile."""
    from tests.benchmarks.stall import measured
    from tests.benchmarks.window import Window

    window = Window(ledger)
    exports = window.house.exports
    window.house.go("exports")
    window.rest(2)

    def export(table: bytes) -> None:
        exports.folder = None
        order = ExportOrder(table, b"", "", "", False, "", False, str(folder / "window.xlsx"))
        exports.screen.export_asked.emit(order)
        window.until(lambda: exports.folder is not None)

    tables = (b"register", b"visits", b"form:" + "入住台账".encode())
    lines = [measured(window, "nothing at all, 2 s", lambda: window.rest(2))]
    lines += [measured(window, table.decode(), partial(export, table)) for table in tables]
    window.close()
    return lines


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with whole_ledger(folder / "ledger") as ledger:
            merged, flat = folder / "merged.xlsx", folder / "flat.xlsx"
            export_table(ledger, "register", flat, Wish(flat=True))
            rows = [
                list(map(str, row))
                for row in CalamineWorkbook.from_path(flat).get_sheet_by_index(0).to_python()
            ]
            times: dict[str, list[float]] = {"merged": [], "flat": [], "alone": []}
            # Turn by turn, so that a busy moment of the machine falls on all.
            for _ in range(REPEATS):
                for key, wish, to in (("merged", Wish(), merged), ("flat", Wish(flat=True), flat)):
                    to.unlink(missing_ok=True)
                    job = lambda to=to, wish=wish: export_table(ledger, "register", to, wish)  # noqa: E731
                    times[key].append(once(job))
                times["alone"].append(once(lambda: alone(folder / "alone.xlsx", rows)))
            stalls = while_exporting(ledger, folder)
        best = {key: min(found) for key, found in times.items()}
        peer = best["alone"]
        lines = [
            Line("XlsxWriter alone", f"{peer:.2f} s"),
            Line(
                "register, every row whole",
                f"{best['flat']:.2f} s, {best['flat'] / peer:.2f} ×",
                f"{BUDGET} ×",
            ),
            Line(
                "register, households merged",
                f"{best['merged']:.2f} s, {best['merged'] / peer:.2f} ×",
                f"{BUDGET} ×",
            ),
        ]
        show(f"{len(rows):,} rows × {len(rows[2])} columns, {flat.stat().st_size / 1e6:.1f} MB", lines)
        show("Stalls of the window's thread meanwhile", stalls)


if __name__ == "__main__":
    main()
