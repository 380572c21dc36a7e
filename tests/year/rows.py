"""The actions of the year: what registers each, and an honest answer to every cell that anybody is asked for."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from capa_xl.model import records
from capa_xl.model.action import Action
from capa_xl.model.cell_text import cell_text
from capa_xl.model.columns import columns_of
from tests.policy.test_walk import CANCELLED, GENERAL, IMPROVEMENT, LATER, MAJOR, PREVENTIVE, REPEAT, STEPS
from tests.policy.walks import EARLIER, Story, Walk
from tests.year.book import TRACKER

KEYS = {column.header: column.key for column in columns_of(Action)}
HEADERS = {column.key: column.header for column in columns_of(Action)}
CHILDREN = {
    "decisions": ("管理评审", records.Decision), "revisions": ("文件修订", records.Revision),
    "extensions": ("延期记录", records.Extension), "progress": ("进展反馈", records.Progress),
    "steps": ("措施分解", records.Step),
}  # fmt: skip
TWO_DEPARTMENTS = {"involved_departments": ("服务台", "网络部")}
AUDIT, COMPLAINT, REVIEW = {"source": "内部审核", **TWO_DEPARTMENTS}, {"source": "客户投诉"}, {"source": "管理评审"}
PLAN = (
    ("2026-01-05", Story("一般纠正", plan=GENERAL)),
    ("2026-01-05", Story("重大纠正", plan=MAJOR)),
    ("2026-01-05", Story("批准后延期", plan={**GENERAL, "due_on": date(2026, 3, 6)}, events=LATER)),
    ("2026-01-05", Story("取消", plan=GENERAL, events=CANCELLED, end="已取消")),
    ("2026-01-05", Story("分步骤", plan={**GENERAL, "owners": ("样例工",)}, steps=STEPS)),
    ("2026-02-09", Story("一般预防", plan=PREVENTIVE)),
    ("2026-03-02", Story("客户投诉", plan=GENERAL, registered=COMPLAINT)),
    ("2026-03-09", Story("无效转后续", plan=GENERAL, effects=("无效",), end="已转后续")),
    ("2026-05-18", Story("内审不符合一", plan=GENERAL, registered=AUDIT)),
    ("2026-05-18", Story("内审不符合二", plan=GENERAL, registered=AUDIT, inspections=("不合格", "合格"))),
    ("2026-07-06", Story("半年评审决定", plan=GENERAL, registered=REVIEW)),
    ("2026-08-03", Story("重复纠正", plan=REPEAT)),
    ("2026-11-30", Story("跨年", plan=GENERAL, end="")),
    ("2026-12-14", Story("跨年改进", plan=IMPROVEMENT, end="")),
    ("2027-01-05", Story("新年重复", plan=REPEAT, end="")),
)
"""When each is registered, and how it goes; those without an end are open at the end of January."""


class Row(Walk):
    """One action: direct ones are filled in the workbook as 下一步 asks, the others through slips alone.

    Attributes:
        owner: Who answers for the work of 服务台 on that day.
    """

    def __init__(self, place: int, start: str, story: Story):
        super().__init__(story, start)
        self.number, self.by_slip = f"GJ-2026-{place:03d}", place % 2 == 0
        if start.startswith("2027"):
            self.number = "GJ-2027-001"
        self.names = {"GJ-2026-001": self.number, "GJ-2026-002": f"GJ-2026-{place + 500:03d}",
                      "PS-2026-01": f"PS-2026-{place:02d}", "GJBG-2026-001": f"GJBG-2026-{place:03d}"}  # fmt: skip
        self.row["description"] = f"{self.row['description']}（{story.name}）"
        self.owner, self.ended = "样例工", ""

    def answer(self, key: str, derived: Any) -> Any:
        """What an honest person writes into a cell of this row."""
        return self.named(self._value(key, derived))

    def _value(self, key: str, derived: Any) -> Any:
        if key == "owners":
            return (self.owner,)
        value = super()._value(key, derived)
        return f"{value}（{self.story.name}）" if key in ("measure", "cause") and isinstance(value, str) else value

    def follow(self, derived: Any) -> None:
        """Fill what 下一步 names; the steps of a 重大 one are written when it asks for them."""
        self._follow(derived)
        due = self.row.get("due_on")
        if "《措施分解》写步骤" in derived.next_step and due and not self.steps:
            for place, what in enumerate(("整理路由规则", "配置并演练"), start=1):
                by = due - timedelta(days=14 - 7 * place)
                told = {"number": "GJ-2026-001", "step": str(place), "content": what}
                self.steps.append(told | {"owners": (self.owner,), "due_on": by})

    def named(self, value: Any) -> Any:
        """The value with this row's own numbers."""
        text = cell_text(value) if isinstance(value, tuple) else value
        return re.sub("|".join(self.names), lambda found: self.names[found[0]], text) if isinstance(text, str) else text

    def typed(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Everything people wrote of it so far: (sheet, record, heading → value)."""
        made = [(TRACKER, self.number, self._headed(self.row, Action))]
        others = (other for other in self.others if other is not EARLIER)
        made.extend((TRACKER, self.named(other["number"]), self._headed(other, Action)) for other in others)
        for key, (sheet, record) in CHILDREN.items():
            for place, row in enumerate(getattr(self, key)):
                made.append((sheet, f"{self.number} {place}", self._headed(row, record)))
        return made

    def _headed(self, row: dict[str, Any], record: type) -> dict[str, Any]:
        header = {column.key: column.header for column in columns_of(record)}
        return {header[key]: self.named(value) for key, value in row.items() if key in header}


def earlier() -> tuple[str, str, dict[str, Any]]:
    """The row of the year before that the repeated ones refer to."""
    return TRACKER, EARLIER["number"], {HEADERS[key]: value for key, value in EARLIER.items() if key in HEADERS}
