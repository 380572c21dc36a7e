"""The walk of `tests.policy.walks` once more, on a real workbook with a journal: many rows, one file, day after day.

Every day somebody saves the cells that 〔自动〕下一步 asks for, and refresh runs; hints are read from the file. Days on
which no hint waits are left out: nobody opens the workbook then.
"""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from io import BytesIO

import openpyxl

from capa_xl.a1 import cell_at
from capa_xl.app.use_cases.adopt import adopt_workbook
from capa_xl.app.use_cases.new import new_workbook
from capa_xl.app.use_cases.patch import patch_file
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.effects.journal import copy_journal
from capa_xl.effects.journal_verify import verify_chain
from capa_xl.effects.journal_written import past_runs
from capa_xl.model import records
from capa_xl.model.action import Action
from capa_xl.model.auto_texts import step_shown
from capa_xl.model.cell_text import cell_text
from capa_xl.model.columns import columns_of
from capa_xl.model.problem import Severity
from capa_xl.workbook.adopting.adopted_workbook import Adopting
from capa_xl.workbook.reading.reader import read_register
from tests.app.desks import desk_at
from tests.policy.registers import PEOPLE, PINYIN
from tests.policy.test_walk import (
    CANCELLED,
    GENERAL,
    IMPROVEMENT,
    LATER,
    LEGACY,
    MAJOR,
    MAJOR_PREVENTIVE,
    PREVENTIVE,
    REPEAT,
    SOONER,
    STEPS,
    TWO,
)  # fmt: skip
from tests.policy.walks import EARLIER, Story, Walk
from tests.tables import workbook_bytes

START, MOST_RUNS = date(2026, 1, 5), 120
ACCEPTED = {"rule": "EF05", "note": "余下两单属客户侧断电，再投入不值得", "signed_by": "样例质"}
SHEETS = {
    "decisions": ("管理评审", records.Decision), "revisions": ("文件修订", records.Revision),
    "extensions": ("延期记录", records.Extension), "progress": ("进展反馈", records.Progress),
    "steps": ("措施分解", records.Step), "excuses": ("例外说明", records.Excuse),
}  # fmt: skip
STORIES = (
    Story("一般纠正", plan=GENERAL),
    Story("重大纠正", plan=MAJOR),
    Story("重复纠正", plan=REPEAT),
    Story("一般预防", plan=PREVENTIVE),
    Story("重大预防并修订文件", plan=MAJOR_PREVENTIVE, revises=True),
    Story("一般改进", plan=IMPROVEMENT),
    Story("来自管理评审", plan=GENERAL, registered={"source": "管理评审"}),
    Story("先退回后同意", plan=GENERAL, approvals=("不同意", "同意")),
    Story("退回后写一行重新报批", plan=MAJOR, approvals=("不同意", "同意"), refusal="row"),
    Story("检查不合格返工", plan=GENERAL, inspections=("不合格", "合格")),
    Story("批准后延期", plan={**GENERAL, "due_on": date(2026, 3, 6)}, events=LATER),
    Story("批准后提前", plan={**GENERAL, "due_on": date(2026, 3, 6)}, events=SOONER),
    Story("无效转后续", plan=GENERAL, effects=("无效",), end="已转后续"),
    Story("部分有效转后续", plan=GENERAL, effects=("部分有效",), end="已转后续"),
    Story("部分有效经同意", plan=GENERAL, effects=("部分有效",), refusal="accepted"),
    Story("修订文件", plan=GENERAL, revises=True),
    Story("取消", plan=GENERAL, events=CANCELLED, end="已取消"),
    Story("两个部门的预防", plan={**PREVENTIVE, **TWO}),
    Story("分步骤", plan={**GENERAL, "owners": ("样例工",)}, steps=STEPS),
    Story("接手时已在实施", registered=LEGACY, plan=GENERAL),
)
"""Each kind once."""


class BookWalk(Walk):
    """A walk whose row is that of a workbook; its numbers are its own."""

    def __init__(self, story, place):
        super().__init__(story)
        self.names = {
            "GJ-2026-001": f"GJ-2026-{place:03d}", "GJ-2026-002": f"GJ-2026-{place + 500:03d}",
            "PS-2026-01": f"PS-2026-{place:02d}", "GJBG-2026-001": f"GJBG-2026-{place:03d}",
            "GJBG-2026-002": f"GJBG-2026-{place + 500:03d}",
        }  # fmt: skip
        self.excuses, self.status, self.ended = [], "", ""

    @property
    def number(self):
        return self.names["GJ-2026-001"]

    def _follow(self, derived):
        """A 部分有效 is accepted by a line in 例外说明, where the hint offers it and the story wants it."""
        if self.story.refusal == "accepted" and "《例外说明》" in derived.next_step:
            self.excuses.append({"number": "GJ-2026-001", "on": self.on, **ACCEPTED})
            return
        super()._follow(derived)
        if "《措施分解》写步骤" in derived.next_step:
            self._write_steps()

    def _write_steps(self):
        """Two steps within the deadline, where there is one by now."""
        due = self.row.get("due_on")
        for place, what in enumerate(("整理路由规则", "配置并演练"), start=1) if due and not self.steps else ():
            self.steps.append({"number": "GJ-2026-001", "step": str(place), "content": what, "owners": ("样例工",),
                               "due_on": due - timedelta(days=14 - 7 * place)})  # fmt: skip

    def named(self, value):
        """The value with the numbers of this walk."""
        text = cell_text(value) if isinstance(value, tuple) else value
        if not isinstance(text, str):
            return text
        return re.sub("|".join(self.names), lambda found: self.names[found[0]], text)

    def _value(self, key, derived):
        """As before, in words of its own: nobody writes the same measure twenty times."""
        value = super()._value(key, derived)
        told = f"（{self.story.name}）" if key in ("measure", "cause") and isinstance(value, str) else ""
        return value + told if told else value


class Book:
    """The workbook that all walks share; a person saves cells into it, and refresh runs."""

    def __init__(self, path, walks):
        self.path, self.walks, self.rows, self.saved = path, walks, {}, {}
        new_workbook(path, sample=False, as_of=START, workbook_id="W1")
        register = read_register(path.read_bytes())
        self.tracker = register.tracker
        people = [{"email": f"{PINYIN[p['name'][-1]]}@corp.example", **p} for p in PEOPLE]
        head = self._sheet_columns("人员部门")
        edits = [
            self._edit("人员部门", head, row, column, person.get(column.key))
            for row, person in enumerate(people, start=2)
            for column in columns_of(records.Person)
        ]
        self._save([edit for edit in edits if edit], START)

    def _sheet_columns(self, sheet):
        page = openpyxl.load_workbook(BytesIO(self.path.read_bytes()))[sheet]
        return {cell.value: cell.column for cell in page[1] if cell.value}

    def _edit(self, sheet, head, row, column, value):
        if value in (None, ()) or column.header not in head:
            return None
        value = {"date": value.isoformat()} if isinstance(value, date) else value
        value = "是" if value is True else "否" if value is False else value
        value = cell_text(value) if isinstance(value, tuple) else value
        return {"sheet": sheet, "cell": cell_at(row, head[column.header]), "value": value}

    def _save(self, edits, on):
        if edits:
            patch_file(desk_at(self.path, on), json.dumps(edits).encode(), self.path)

    def save_what_people_wrote(self, on):
        """The cells that differ from what was saved before: rows of the tracker, and of the sheets around it."""
        edits = []
        head = {column.header: self.tracker.columns[column.key] for column in columns_of(Action)
                if column.key in self.tracker.columns}  # fmt: skip
        for walk in self.walks:
            rows = [walk.row, *(other for other in walk.others if other is not EARLIER)]
            for row in [*rows, *([EARLIER] if walk is self.walks[0] else [])]:
                edits += self._changed("改进计划跟踪表", head, walk, row, Action, self.tracker.header_row + 1)
            for key, (sheet, record) in SHEETS.items():
                for row in getattr(walk, key):
                    edits += self._changed(sheet, None, walk, row, record, 2)
        self._save(edits, on)

    def _changed(self, sheet, head, walk, row, record, first):
        head = head or self._heads(sheet)
        at = self.rows.setdefault((sheet, id(row)), first + sum(one == sheet for one, _ in self.rows))
        for column in columns_of(record):
            value = row.get(column.key)
            value = walk.named(date.fromisoformat(value) if _is_day(column, value) else value)
            if value != self.saved.get((sheet, at, column.key)) and column.header in head:
                self.saved[sheet, at, column.key] = value
                edit = self._edit(sheet, head, at, column, value)
                yield edit or {"sheet": sheet, "cell": cell_at(at, head[column.header]), "value": None}

    def _heads(self, sheet):
        self.heads = getattr(self, "heads", {})
        if sheet not in self.heads:
            self.heads[sheet] = self._sheet_columns(sheet)
        return self.heads[sheet]


def _is_day(column, value):
    return column.kind.name == "DATE" and isinstance(value, str)


def led(book):
    """Lead every walk to its end; the Problems that no hint had asked for, by (编号, rule, status)."""
    on, avoidable, seen = START, {}, {}
    for _ in range(MOST_RUNS):
        for walk in book.walks:
            walk.on = on
            walk._events()
        book.save_what_people_wrote(on)
        done = refresh(desk_at(book.path, on))
        view, seen = done.judged.view, done.judged.view.derived
        written = read_register(book.path.read_bytes()).auto
        for hit in done.judged.checked.problems:
            told = hit.severity is not Severity.INFO and hit.number != EARLIER["number"]
            if told and not _is_asked(view, book, hit):
                avoidable.setdefault((hit.number, hit.rule), f"{on} {hit.sheet}!{hit.cell} {hit.message}")
        for walk in book.walks:
            derived = seen[walk.number]
            assert written[derived.row]["next_step"] == (step_shown(derived.next_step) or None)
            walk.ended = derived.status if derived.is_ended else ""
            if not walk.ended and view.calendar.is_working(on):
                walk._follow(derived)
        if all(walk.ended for walk in book.walks):
            return avoidable
        on = next_day(book, seen, on)
    return {**avoidable, "still open": [(w.story.name, seen[w.number].next_step) for w in book.walks if not w.ended]}


def _is_asked(view, book, hit):
    derived = view.derived.get(hit.number)
    if derived is None:
        return False
    if hit.rule == "AR02" and "《文件修订》" in derived.next_step:
        return True
    if hit.rule == "PL03" and "《措施分解》" in derived.next_step:
        return True
    if hit.rule == "EF05" and "《例外说明》" in derived.next_step:
        return True
    return hit.cell in view.cells_to_fill(view.by_number[hit.number])


def next_day(book, seen, on):
    """Tomorrow while a hint waits; else the next day on which something befalls a row or its observation ends."""
    open_ = [walk for walk in book.walks if not walk.ended]
    waiting = [seen[walk.number].next_step for walk in open_]
    if any("起确认效果" not in step for step in waiting):
        return on + timedelta(days=1)
    days = [date.fromisoformat(re.search(r"\d{4}-\d\d-\d\d", step)[0])
            for step in waiting]  # fmt: skip
    days += [walk.start + timedelta(days=n) for walk in open_ for n in walk.story.events]
    return min(day for day in days if day > on)


def test_every_kind_of_row_comes_to_its_end_in_one_real_workbook(tmp_path):
    book = Book(tmp_path / "跟踪表.xlsx", [BookWalk(story, place) for place, story in enumerate(STORIES, start=1)])
    avoidable = led(book)
    for k, v in avoidable.items():
        print(k, v)
    assert avoidable == {}
    assert {walk.story.name: walk.ended for walk in book.walks} == {story.name: story.end for story in STORIES}
    with copy_journal(tmp_path / ".capa_xl") as conn:
        assert len(past_runs(conn, "W1")) > 30
        assert verify_chain(conn, "W1").faults == ()


def test_a_plain_table_of_eight_columns_comes_to_its_end_once_it_is_adopted(tmp_path):
    rows = [["序号", "问题描述", "整改措施", "责任部门", "责任人", "整改期限", "完成情况", "备注"],
            [1, "夜间告警无人响应", "告警分送到值班手机", "服务台", "样例工", date(2026, 2, 27), None, None],
            [2, "备件台账不符", "按月盘点", "网络部", "样例网", date(2026, 2, 27), "已完成", None]]  # fmt: skip
    (tmp_path / "老表.xlsx").write_bytes(workbook_bytes({"Sheet1": rows}))
    path = tmp_path / "新表.xlsx"
    adopt_workbook(tmp_path / "老表.xlsx", path, Adopting({}, "W2", START, {}))
    first = refresh(desk_at(path, START))
    assert [d.status for d in first.derived] == ["实施中", "已关闭"]
    hint = read_register(path.read_bytes()).auto[2]["next_step"]
    assert hint == "完成措施，完成后填写：完成情况（写“已完成”）"
    patch_file(desk_at(path, START), json.dumps([{"sheet": "Sheet1", "cell": "G2", "value": "已完成"}]).encode(), path)
    done = refresh(desk_at(path, START + timedelta(days=1)))
    assert [d.status for d in done.derived] == ["已关闭", "已关闭"]
    assert [p.rule for p in done.judged.checked.problems if p.severity is not Severity.INFO] == []
