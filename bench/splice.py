"""Five columns of a 10,000 × 35 sheet written back: the splice against wolfxl and openpyxl; and 100,000 rows.

    python bench/splice.py [runs]

Every peer loads the same file, sets the same 50,000 cells and stores the result, in a process of its own.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

from peers import Measured, Peer, measure, table, timed

COLUMNS = ("AE", "AF", "AG", "AH", "AI")
STATUSES = ("实施中", "待检查", "已关闭", "观察期")


def value(row: int, place: int) -> str | int | date:
    return (STATUSES[row % 4], row % 90, "由归口部门检查", f"张{row % 40}", date(2026, 1 + row % 12, 1 + row % 28))[
        place
    ]


def make(path: Path, rows: int) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("表")
        dated = book.add_format({"num_format": "yyyy-mm-dd"})
        for row in range(rows):
            for column in range(35):
                if row and column == 34:
                    sheet.write_datetime(row, column, date(2025, 1, 1), dated)
                elif column % 5 == 1:
                    sheet.write_number(row, column, row * column / 7)
                else:
                    sheet.write_string(row, column, f"第{row % 500}项内容{column}")


def ours(path: Path, out: Path, rows: int, *, proven: bool) -> None:
    from capa_xl.ooxml.patch import CellEdit, Patch
    from capa_xl.ooxml.proof.verify import verify
    from capa_xl.ooxml.splice import splice

    def work() -> None:
        blob = path.read_bytes()
        edits = (
            CellEdit("表", f"{letters}{row}", value(row, place))
            for row in range(2, rows + 1)
            for place, letters in enumerate(COLUMNS)
        )
        patch = Patch(edits=tuple(edits))
        new = splice(blob, patch).blob
        if proven:
            verify(blob, new, patch)
        out.write_bytes(new)

    timed(work)


def wolfxl(path: Path, out: Path, rows: int) -> None:
    import wolfxl

    def work() -> None:
        book = wolfxl.load_workbook(str(path), modify=True)
        sheet = book["表"]
        for row in range(2, rows + 1):
            for place, letters in enumerate(COLUMNS):
                sheet[f"{letters}{row}"] = value(row, place)
        book.save(str(out))

    timed(work)


def openpyxl(path: Path, out: Path, rows: int) -> None:
    import openpyxl

    def work() -> None:
        book = openpyxl.load_workbook(path)
        sheet = book["表"]
        for row in range(2, rows + 1):
            for place in range(5):
                sheet.cell(row, 31 + place).value = value(row, place)
        book.save(out)

    timed(work)


def contest(folder: Path, rows: int, names: tuple[str, ...], runs: int) -> list[Measured]:
    path = folder / f"{rows}.xlsx"
    make(path, rows)
    here = str(Path(__file__))
    return measure([Peer(name, (here, "--peer", name, str(path), str(rows))) for name in names], runs)


def peer(name: str, path: Path, rows: int) -> None:
    out = path.with_suffix(f".{name.replace(' ', '_')}.xlsx")
    if name.startswith("capa-xl"):
        ours(path, out, rows, proven="verify" in name)
    else:
        {"wolfxl": wolfxl, "openpyxl": openpyxl}[name](path, out, rows)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = contest(folder, 10_000, ("capa-xl splice", "capa-xl splice + verify", "wolfxl", "openpyxl"), runs)
        print("10,000 rows × 35, five columns\n")
        print(table(small, "wolfxl"))
        large = contest(folder, 100_000, ("capa-xl splice", "capa-xl splice + verify", "wolfxl"), max(1, runs // 3))
        print("\n100,000 rows × 35, five columns\n")
        print(table(large, "wolfxl"))
        print(f"\nsplice, 100,000 rows to 10,000 rows: × {large[0].seconds / small[0].seconds:.1f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        peer(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    else:
        main()
