"""A branch that begins with the ledger of twelve columns and grows twice while it is used."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl

from capa_xl.a1 import column_letters
from capa_xl.app.use_cases.daily import daily
from capa_xl.app.use_cases.grow import grow
from capa_xl.app.use_cases.new import new_workbook
from capa_xl.app.use_cases.patch import patch_file
from capa_xl.model.levels import level_named
from tests.app.desks import desk_at, still_world
from tests.year.book import TRACKER, cells_in

STAFF = (("支部甲", "维护组", "员工"), ("支部乙", "维护组", "部门经理"), ("支部质", "质量部", "质量部负责人"))


class SmallLedger:
    """The branch's workbook.

    Attributes:
        written: (sheet, cell) → what people wrote.
        grown: Names of the levels it grew to.
    """

    def __init__(self, folder: Path, on: date):
        folder.mkdir()
        self.path = folder / "台账.xlsx"
        self.written: dict[tuple[str, str], Any] = {}
        self.grown: list[str] = []
        self.rows = 0
        new_workbook(self.path, sample=False, as_of=on, workbook_id="B1", level=level_named("台账"))
        self._type(on, "人员部门", {f"{'ABC'[at]}{row}": v for row, p in enumerate(STAFF, 2) for at, v in enumerate(p)})

    def month(self, on: date) -> None:
        """Every month one action more, and a pass; in April and in July the next level."""
        if on.month in (4, 7) and len(self.grown) < (1 if on.month == 4 else 2):
            self.grown.append(grow(desk_at(self.path, on), apply=True).growth.level.name)
        self.rows += 1
        told = {"编号": f"ZB-2026-{self.rows:03d}", "问题描述": f"巡检第 {self.rows} 次发现接头松动", "登记日期": on,
                "来源": "体系运行过程", "措施类型": "纠正", "严重度": "一般", "措施内容": "紧固并复测全部接头",
                "责任部门": "维护组", "责任人": "支部甲", "完成期限": on + timedelta(days=20)}  # fmt: skip
        told |= {"批准人": "支部乙", "批准日期": on, "批准结论": "同意"} if self.grown else {}
        row = [cell.value for cell in openpyxl.load_workbook(self.path, read_only=True)[TRACKER][2]]
        place = {heading: column_letters(at) for at, heading in enumerate(row, start=1) if heading}
        self._type(on, TRACKER, {f"{place[heading]}{self.rows + 2}": value for heading, value in told.items()})
        (served,) = daily([self.path], still_world(on), lambda one: desk_at(one, on))
        assert (served.exit_code, served.outcome) == (0, "served"), served.words

    def lost(self) -> dict[tuple[str, str], Any]:
        """What people wrote and doesn't stand there any more."""
        found = cells_in(self.path)
        return {place: value for place, value in self.written.items() if found.get(place) != value}

    def _type(self, on: date, sheet: str, cells: dict[str, Any]) -> None:
        self.written |= {(sheet, at): value for at, value in cells.items()}
        edits = [{"sheet": sheet, "cell": at, "value": _plain(value)} for at, value in cells.items()]
        patch_file(desk_at(self.path, on), json.dumps(edits).encode(), self.path)


def _plain(value: Any) -> Any:
    return {"date": value.isoformat()} if isinstance(value, date) else value
