"""The year itself: who types what on which day, and the commands that the quality department runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from capa_xl.a1 import parse_cell
from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.pack_figures import figures_of
from capa_xl.app.shared.paper_source import paper_source
from capa_xl.app.use_cases.collect import collect
from capa_xl.app.use_cases.daily import daily
from capa_xl.app.use_cases.handover import hand_over
from capa_xl.app.use_cases.meeting import MeetingWanted, make_meeting
from capa_xl.app.use_cases.pack import make_pack
from capa_xl.app.use_cases.reorganise import reorganise
from capa_xl.app.use_cases.year_end import YearEnded, end_year
from capa_xl.model.action import Action
from capa_xl.model.columns import MANY, Kind, column_by_key
from capa_xl.model.period import parse_period
from capa_xl.model.problem import Severity
from capa_xl.model.slip import ProposedAnswer
from capa_xl.policy.handing_over import Handover
from capa_xl.policy.viewing import view_register
from tests.app.desks import desk_at, still_world
from tests.policy.registers import PEOPLE, PINYIN
from tests.year.book import TRACKER, Book, cells_in
from tests.year.kept_papers import KeptPapers
from tests.year.rows import KEYS, PLAN, Row, earlier
from tests.year.slips import Post, filled, forged
from tests.year.small_ledger import SmallLedger

START, NEW_YEAR, END = date(2026, 1, 5), date(2027, 1, 4), date(2027, 1, 29)
NEEDS, ROSTER = "问题需求登记", "人员部门"
LEAVERS = ((date(2026, 4, 15), "样例工", "样例接"), (date(2026, 9, 10), "样例网", "样例联"))
RENAMED_ON, OLD_NAME, NEW_NAME = date(2026, 7, 1), "网络部", "基础设施部"
NEWCOMERS = (
    {"name": "样例接", "department": "服务台", "roles": ("员工",), "email": "jie@corp.example"},
    {"name": "样例联", "department": "网络部", "roles": ("员工",), "email": "lian@corp.example"},
)
NEED_ROWS = (
    ("XQ-2026-001", "2026-02-02", "改进需求", "运维服务过程", "报表希望按周给出"),
    ("XQ-2026-002", "2026-03-02", "不合格", "客户投诉", "客户投诉夜间无人响应"),
    ("XQ-2026-003", "2026-10-12", "潜在不合格", "数据分析", "磁盘增长快于预测"),
    ("XQ-2026-004", "2026-05-18", "不合格", "顾客投诉", "专线中断，当天响应"),
    ("XQ-2026-005", "2026-05-18", "不合格", "顾客投诉", "专线又中断，响应迟了"),
)
ANSWERED_IN_TIME, ANSWERED_LATE = "XQ-2026-004", "XQ-2026-005"
"""Complaints with clocks, to the minute: one is answered the same day, the other at the next pass."""
NEED_ANSWERS = {
    "评估结论": "不采纳",
    "评估说明": "已在计划中的措施覆盖",
    "评估人": "样例检",
    "回复摘要": "已按要求处理",
}
DISAGREEING, CHANGED, FORGED = 3, 5, 7
"""The round of slips in which something goes wrong on the way."""
Figures = list[tuple[str, float | None, list[str], list[str]]]


@dataclass
class Year:
    """A company's year in a folder.

    Attributes:
        days: The days on which the job runs and people type, in order.
        prints: Meetings' pages and the review packs are made too.
        met: What happened on the way, counted.
        old_figures: KPIs of 2026: before year-end, right after it, and at the end of January.
        errors: The same for the errors of `check`, by rule and number.
    """

    folder: Path
    days: tuple[date, ...]
    prints: bool = False
    rows: list[Row] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    old_figures: list[Figures] = field(default_factory=list)
    errors: list[Counter[tuple[str, str]]] = field(default_factory=list)
    ended: YearEnded | None = None
    before_end: dict[tuple[str, str], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.book = Book(self.folder / "跟踪表.xlsx", START)
        self.post = Post(self.book.path)
        self.seen: dict[str, Any] = {}
        self.asked: set[tuple[str, str]] = set()
        self.done: set[str] = set()
        self.lived = self.slips_on = START - timedelta(days=1)
        self.owner = "样例工"
        self.kept = KeptPapers(self.book, self.met)
        self.branch = SmallLedger(self.folder / "支部", START)
        self._fill_roster()

    def live(self) -> None:
        """From the first day to the last."""
        for on in self.days:
            self._register(on)
            self._befall(on)
            self._slips(on)
            self._answer_complaints(on)
            self._minutes(on)
            self._work(on)
            self._run(on)
            if self.ended is None:
                self._keep_papers(on)
            if on.month != self.lived.month and on < NEW_YEAR:
                self.branch.month(on)
            if on >= NEW_YEAR and self.ended is None:
                self._end_year(on)
            self._papers(on)
            self.lived = on
        self._measure(self.days[-1])

    def _fill_roster(self) -> None:
        staff = (*({"email": f"{PINYIN[p['name'][-1]]}@corp.example", **p} for p in PEOPLE), *NEWCOMERS)
        self.book.type(START, [(ROSTER, str(p["name"]), self._person(p)) for p in staff])
        self.book.type(START, [earlier()])

    @staticmethod
    def _person(person: dict[str, Any]) -> dict[str, Any]:
        header = {"name": "姓名", "department": "部门", "roles": "角色", "email": "邮箱", "owned_processes": "归口过程"}
        return {header[key]: value for key, value in person.items()} | {"在职": "是"}

    def _register(self, on: date) -> None:
        """What was found since the last day: actions, needs, a complaint, the findings of an audit."""
        for place, (start, story) in enumerate(PLAN, start=1):
            if len(self.rows) < place and date.fromisoformat(start) <= on:
                self.rows.append(Row(place, on.isoformat(), story))
                self.rows[-1].owner = self.owner
                self.met[story.registered.get("source", "登记")] += 1
        for number, day, kind, source, what in NEED_ROWS:
            if number not in self.done and date.fromisoformat(day) <= on:
                self.done.add(number)
                self.book.type(on, [(NEEDS, number, self._need(number, on, kind, source, what))])

    @staticmethod
    def _need(number: str, on: date, kind: str, source: str, what: str) -> dict[str, Any]:
        asked = {"接收部门": "服务台", "接收人": "样例甲", "要求回复日期": on + timedelta(days=21)}
        told = {"登记编号": number, "登记日期": on, "登记部门": "质量部", "登记人": "样例检", "类别": kind,
                "来源": source, "过程": "事件", "描述": what, "是否成立": True}  # fmt: skip
        told |= asked if kind == "不合格" else {}
        by = {"要求响应时间": f"{on} 18:00", "要求书面回复": f"{on + timedelta(days=30)}"}
        return told | (by if source == "顾客投诉" else {})

    def _answer_complaints(self, on: date) -> None:
        """The one is answered on its day, before the next pass; the other when a letter said that it was missed."""
        for number, late in ((ANSWERED_IN_TIME, False), (ANSWERED_LATE, True)):
            since = date.fromisoformat(next(day for one, day, *_ in NEED_ROWS if one == number))
            passes = sum(day >= since for day in self.days if day < on)
            if number in self.done and f"{number} 响应" not in self.done and passes >= 1 + late:
                self.done.add(f"{number} 响应")
                moment = f"{since if not late else self.lived} 15:20"
                self.book.type(on, [(NEEDS, number, {"响应时间": moment, "回复时间": f"{self.lived} 16:00"})])
                self.kept.reply(on, number)

    def _keep_papers(self, on: date) -> None:
        """Two closed rows are reported on and signed for; a month later one of them is put right, and audited."""
        closed = [row.number for row in self.rows if row.ended == "已关闭" and row.number not in self.kept.concluded]
        for number in closed[: 2 - len(self.kept.concluded)]:
            self.kept.conclude(on, number)
        for number, since in list(self.kept.concluded.items())[:1]:
            if (on - since).days >= 28 and number not in self.kept.corrected:
                self.kept.correct(on, number)
                self.kept.dossiers(on)

    def _minutes(self, on: date) -> None:
        """In June and in October the meeting's words come back as rows of 进展反馈."""
        if on.month not in (6, 10) or f"会议 {on.month}" in self.done or not self.seen:
            return
        self.done.add(f"会议 {on.month}")
        place, back = self.folder / "会议" / f"{on}.xlsx", self.folder / "会议回" / f"{on}"
        wanted = MeetingWanted(minutes=place, recorder="样例质")
        make_meeting(desk_at(self.book.path, on), f"{self.lived:%Y-%m}", wanted)
        back.mkdir(parents=True)
        filled(place, back / place.name, lambda number, _: f"{number} 按计划推进，下月再看")
        found = collect(desk_at(self.book.path, on), back, apply=True)
        assert (found.collected.conflicts, found.collected.rejected) == ((), ())
        for one in found.collected.proposals:
            self.book.took_row(one.sheet, f"{one.number} 会议 {on}", one.cell)
            self.book.note([(one.sheet, at, value) for at, _, value in one.begins])
            self.book.note([(one.sheet, one.cell, one.after)])
        self.met["会议意见"] += len(found.collected.proposals)

    def _befall(self, on: date) -> None:
        """What happens to rows by itself, leavers, and the reorganisation."""
        for row in self.rows:
            for n in range((on - self.lived).days):
                row.on = self.lived + timedelta(days=n + 1)
                row._events()
            row.on = on
        for since, giver, taker in LEAVERS:
            if since <= on and giver not in self.done:
                self.done.add(giver)
                self._leave(on, Handover(giver, taker, since))
        if on >= RENAMED_ON and NEW_NAME not in self.done:
            self.done.add(NEW_NAME)
            self._rename(on)

    def _leave(self, on: date, handover: Handover) -> None:
        done = hand_over(desk_at(self.book.path, on), handover, apply=True, paper=self.folder / "交接" / handover.giver)
        self.met["交接的格"] += len(done.replaced.found.changes)
        self._take_over([(c.sheet, c.cell, c.after) for c in done.replaced.found.changes])
        self.book.type(on, [(ROSTER, handover.giver, {"在职": "否"})])
        if self.owner == handover.giver:
            self.owner = handover.taker
            for row in self.rows:
                row.owner = self.owner

    def _rename(self, on: date) -> None:
        staff = [(ROSTER, name, {"部门": NEW_NAME}) for name in ("样例乙", "样例网", "样例联")]
        change = {"旧部门": OLD_NAME, "新部门": NEW_NAME, "生效日期": RENAMED_ON}
        self.book.type(on, [*staff, ("部门沿革", OLD_NAME, change)])
        done = reorganise(desk_at(self.book.path, on), apply=True)
        self.met["改名的格"] += len(done.found.changes)
        self._take_over([(c.sheet, c.cell, c.after) for c in done.found.changes])

    def _slips(self, on: date) -> None:
        """Once a fortnight every department gets its slip; what comes back is collected, conflicts are decided."""
        if on - self.slips_on >= timedelta(days=14):
            self.slips_on = on
            self._hand_out(on)
        folder = self.post.received(on)
        if folder is None:
            return
        desk = desk_at(self.book.path, on)
        found = collect(desk, folder, apply=True)
        self._take_answers(found.collected.proposals)
        self.met["伪造"] += sum("没有发出过" in one.reason for one in found.collected.rejected)
        if found.collected.conflicts:
            self.met["冲突"] += len(found.collected.conflicts)
            first = {(one.number, one.header): (one.file, one.at) for one in reversed(found.collected.conflicts)}
            decided = collect(desk, folder, apply=True, taken=frozenset(first.values()))
            assert decided.collected.conflicts == ()
            self._take_answers(decided.collected.proposals)

    def _hand_out(self, on: date) -> None:
        self.met["轮"] += 1
        round_ = self.met["轮"]
        self.asked.clear()
        returned = self.post.hand_out(on, on + timedelta(days=2), on + timedelta(days=9), self._answer)
        self.met["填报表"] += len(returned)
        self.met["迟到"] += sum(is_late for _, is_late, _ in returned)
        path, _, answers = next(((p, late, a) for p, late, a in returned if self._texts(a)), (None, False, {}))
        if path is None:
            return
        number, header = self._texts(answers)[0]
        if round_ == DISAGREEING:
            other = path.with_stem(f"{path.stem} 又一份")
            filled(path, other, lambda row, asked: "另一种说法" if (row, asked) == (number, header) else None)
            self.post.also(path, other)
        elif round_ == CHANGED:
            self.book.set(on, TRACKER, self.book.cell(TRACKER, number, header), "有人先写在总表里")
        elif round_ == FORGED:
            self.post.also(path, forged(path, path.with_stem(f"{path.stem} 改过")))

    @staticmethod
    def _texts(answers: dict[tuple[str, str], Any]) -> list[tuple[str, str]]:
        """The answers in words, of actions."""
        free = ("实施情况", "完成证据", "措施内容", "实施方案", "原因分析")
        return [(number, header) for number, header in answers if header in free and number.startswith("GJ")]

    def _answer(self, on: date, number: str, header: str) -> Any:
        if number.startswith("XQ"):
            return on if header.endswith("日期") else NEED_ANSWERS.get(header)
        row = next((row for row in self.rows if row.number == number), None)
        derived = self.seen.get(number)
        if row is None or derived is None or not row.by_slip or header not in KEYS or (number, header) in self.asked:
            return None
        self.asked.add((number, header))
        value = row.answer(KEYS[header], derived)
        return "是" if value is True else "否" if value is False else value

    def _take_answers(self, proposals: Iterable[ProposedAnswer]) -> None:
        self._take_over([(one.sheet, one.cell, one.after) for one in proposals])

    def _take_over(self, cells: list[tuple[str, str, Any]]) -> None:
        """Cells that a command wrote count as what people wrote, and rows know them."""
        self.book.note(cells)
        for sheet, at, value in cells:
            name, header = self.book.place(sheet, at)
            if sheet == TRACKER and (row := next((row for row in self.rows if row.number == name), None)):
                row.row[KEYS[header]] = _natural(KEYS[header], value)
            elif sheet == "措施分解":
                number, place = name.split()
                row = next(row for row in self.rows if row.number == number)
                row.steps[int(place)]["owners"] = tuple(str(value).split("、"))

    def _work(self, on: date) -> None:
        """Everybody who fills the workbook directly does what 下一步 asks; the others what no slip can ask."""
        for row in self.rows:
            derived = self.seen.get(row.number)
            if derived is None or derived.is_ended:
                continue
            if not row.by_slip or not derived.next_keys or "《" in derived.next_step:
                row.follow(derived)
        self.book.type(on, [record for row in self.rows for record in row.typed()])

    def _run(self, on: date) -> None:
        """The unattended pass; a second one on the same day has nothing to do."""
        world, path = still_world(on), self.book.path
        (served,) = daily([path], world, lambda one: desk_at(one, on))
        assert (served.exit_code, served.outcome) == (0, "served"), served.words
        self.met["信"] += served.sent
        if on.day <= 7:
            (again,) = daily([path], world, lambda one: desk_at(one, on))
            self.met["同日再发"] += again.sent
        desk = desk_at(path, on)
        self.seen = {**view_register(open_tracker(desk).register, desk.as_of).derived}
        for row in self.rows:
            derived = self.seen.get(row.number)
            row.ended = derived.status if derived is not None and derived.is_ended else row.ended

    def _end_year(self, on: date) -> None:
        self._measure(on)
        self.before_end = dict(self.book.written)
        archive = self.folder / "2026 归档.xlsx"
        before = self.book.path.read_bytes()
        self.ended = end_year(desk_at(self.book.path, on), date(2027, 1, 1), archive, apply=True)
        assert archive.read_bytes() == before
        self._measure(on)

    def _measure(self, on: date) -> None:
        desk = desk_at(self.book.path, on)
        source = paper_source(desk)
        kpis = figures_of(source, parse_period("2026")).kpis
        self.old_figures.append([(k.key, k.value, sorted(k.rows), sorted(k.base)) for k in kpis])
        problems = source.judged.checked.problems
        self.errors.append(Counter((p.rule, p.number) for p in problems if p.severity is Severity.ERROR))

    def _papers(self, on: date) -> None:
        """The monthly meeting over the month before; the review pack of each half-year."""
        if not self.prints or on.month == self.lived.month:
            return
        last = on.replace(day=1) - timedelta(days=1)
        page = self.folder / "例会" / f"{last:%Y-%m}.docx"
        make_meeting(desk_at(self.book.path, on), f"{last:%Y-%m}", MeetingWanted(page))
        self.met["例会"] += 1
        if on.month in (1, 7):
            half = f"{last.year}H{1 if last.month <= 6 else 2}"
            make_pack(desk_at(self.book.path, on), half, self.folder / "评审" / half)
            self.met["评审资料包"] += 1

    def lost_edits(self) -> list[tuple[str, str, Any, Any]]:
        """Cells that don't hold what was written there last: those of the archive, and what is left in the workbook."""
        assert self.ended is not None
        archive, live = cells_in(self.ended.archive), cells_in(self.book.path)
        gone = {(TRACKER, one.row) for one in self.ended.year.going} | {
            (self.book_sheet(key), row) for key, rows in self.ended.year.rows.items() for row in rows
        }
        kept = {place: value for place, value in self.book.written.items() if _row_of(place) not in gone}
        return [*_differing(archive, self.before_end), *_differing(live, kept)]

    def figures_of_archived(self) -> list[list[tuple[str, list[str], list[str]]]]:
        """The rows that went into the archive behind each KPI of the old year, each time it was figured."""
        assert self.ended is not None
        gone = {one.number for one in self.ended.year.going}
        return [
            [(key, [n for n in rows if n in gone], [n for n in base if n in gone]) for key, _, rows, base in figures]
            for figures in self.old_figures
        ]

    def book_sheet(self, key: str) -> str:
        """The sheet of a table of the register."""
        table = getattr(open_tracker(desk_at(self.book.path, self.days[-1])).register, key)
        return str(table.sheet)

    def numbers(self, path: Path) -> set[str]:
        """编号 of every row of a workbook's tracker."""
        column = self.book.heads(TRACKER)["编号"]
        found = cells_in(path)
        return {str(value) for (sheet, at), value in found.items() if sheet == TRACKER and _column_of(at) == column}


def _natural(key: str, value: Any) -> Any:
    """A cell's value as the rows of this simulation keep it."""
    kind = column_by_key(Action)[key].kind
    if kind in MANY:
        return tuple(str(value).split("、"))
    return value == "是" if kind is Kind.YES_NO else value


def _differing(
    found: dict[tuple[str, str], Any], wanted: dict[tuple[str, str], Any]
) -> list[tuple[str, str, Any, Any]]:
    return [(*place, value, found.get(place)) for place, value in wanted.items() if found.get(place) != value]


def _row_of(place: tuple[str, str]) -> tuple[str, int]:
    return place[0], int(place[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def _column_of(at: str) -> int:
    return (parse_cell(at) or (0, 0))[1]


def working_days(every: int = 1) -> tuple[date, ...]:
    """Monday to Friday from the first day to the last, or every so many of them."""
    days = [START + timedelta(days=n) for n in range((END - START).days + 1)]
    weekdays = [day for day in days if day.weekday() < 5]
    return tuple(day for place, day in enumerate(weekdays) if place % every == 0)
