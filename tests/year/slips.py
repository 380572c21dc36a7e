"""Slips on their way: made for every department, filled by it, sent back in time, late, twice, or forged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from capa_xl.app.use_cases.slip import make_slips
from tests.app.desks import desk_at

Answer = Callable[[date, str, str], Any]
"""(day, number, heading) → what the department writes; None leaves it blank."""
Answers = dict[tuple[str, str], Any]
"""(number, heading) → what was written."""


class Post:
    """The slips between quality department and departments.

    Attributes:
        due: Day → the filled slips that come back on it.
    """

    def __init__(self, book: Path):
        self.book = book
        self.due: dict[date, list[Path]] = {}

    def hand_out(self, on: date, back_on: date, late_on: date, answer: Answer) -> list[tuple[Path, bool, Answers]]:
        """Every department gets its slip; every third sends it back late. Gives (file, late, what it says) of each."""
        folder, returned = self.book.parent / "填报表" / f"{on}", []
        for place, slip in enumerate(make_slips(desk_at(self.book, on), (), folder).slips):
            to = self.book.parent / "发回" / slip.path.name
            answers = filled(slip.path, to, lambda number, header: answer(on, number, header))
            if answers:
                is_late = place % 3 == 2
                self.due.setdefault(late_on if is_late else back_on, []).append(to)
                returned.append((to, is_late, answers))
        return returned

    def also(self, with_this: Path, other: Path) -> None:
        """Another file comes back together with one."""
        for paths in self.due.values():
            if with_this in paths:
                paths.append(other)

    def received(self, on: date) -> Path | None:
        """The folder with what came back by that day; None when nothing did."""
        come = [path for day in sorted(self.due) if day <= on for path in self.due[day]]
        self.due = {day: paths for day, paths in self.due.items() if day > on}
        folder = self.book.parent / "收到" / f"{on}"
        for path in come:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / path.name).write_bytes(path.read_bytes())
        return folder if come else None


def filled(slip: Path, to: Path, answer: Callable[[str, str], Any]) -> Answers:
    """The slip as its department fills it, saved; what it says."""
    book = openpyxl.load_workbook(slip)
    lines = book["填报表"]
    said: Answers = {}
    for row in range(5, lines.max_row + 1):
        number, header = str(lines.cell(row, 1).value), lines.cell(row, 6).value
        value = answer(number, str(header)) if header else None
        if value is not None:
            lines.cell(row, 8).value = said[number, str(header)] = value
    to.parent.mkdir(parents=True, exist_ok=True)
    book.save(to)
    return said


def forged(slip: Path, to: Path) -> Path:
    """A slip whose addresses somebody changed so that it writes another number's cells."""
    book = openpyxl.load_workbook(slip)
    line = book["capa_xl_slip"]["A2"]
    line.value = line.value.replace('"before":""', '"before":"x"') + " "
    book.save(to)
    return to
