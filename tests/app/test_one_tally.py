"""Every surface says the same numbers of one day: 总览, 看板, review, weekly letter, terminal, group, facts."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document

from capa_xl.app.shared.judging import judge
from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.pack_figures import figures_of
from capa_xl.app.shared.paper_source import paper_source
from capa_xl.app.shared.sample_workbook import sample_workbook
from capa_xl.app.shared.served import Counts
from capa_xl.app.use_cases.facts import facts_of
from capa_xl.app.use_cases.pack import make_pack
from capa_xl.app.use_cases.remind import RemindOptions, remind
from capa_xl.model import words
from capa_xl.model.fact_columns import FACT_COLUMNS
from capa_xl.model.journal import JournalView
from capa_xl.model.period import parse_period
from capa_xl.policy.reminders.digest import weekly_digest
from capa_xl.policy.tally import tally_of
from capa_xl.reports.refresh_text import refresh_lines
from capa_xl.workbook.blank import overview_layout as at
from tests.app.desks import desk_at
from tests.made_workbooks import refreshed

MONDAY = date(2026, 11, 23)


class Numbers(NamedTuple):
    """What is held equal."""

    open: int
    late_doing: int
    late_waiting: int
    due_soon: int


def _said(text: str) -> tuple[int, ...]:
    """The numbers of a sentence, in the order of `Numbers`; a title names three of them."""
    plain = text.replace("\N{NO-BREAK SPACE}", " ").replace(" （", "（")
    found = re.search(r"在办 (\d+) 项(?:（[^）]*）)?(?:；待更正 \d+ 行未计入)?[，。：]"
                      r"实施逾期 (\d+) 项，环节超时 (\d+) 项(?:（[^）]*）)?"
                      r"(?:，一个月内到期 (\d+) 项)?", plain)  # fmt: skip
    assert found, text
    return tuple(int(number) for number in found.groups() if number)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("surfaces")
    path = folder / "表.xlsx"
    path.write_bytes(refreshed(sample_workbook(MONDAY), MONDAY))
    make_pack(desk_at(path, MONDAY), "2026Q4", folder / "包")
    return folder


@pytest.fixture(scope="module")
def desk(place):
    return desk_at(place / "表.xlsx", MONDAY)


@pytest.fixture(scope="module")
def judged(desk):
    return judge(open_tracker(desk), desk.as_of, JournalView(""))


@pytest.fixture(scope="module")
def figures(desk):
    return figures_of(paper_source(desk), parse_period("2026Q4"))


@pytest.fixture(scope="module")
def numbers(judged):
    tally = tally_of(judged.view)
    return Numbers(tally.open, tally.late_doing, tally.late_waiting, tally.due_soon)


def test_the_numbers_are_those_counted_by_hand_from_the_statuses(judged, numbers):
    derived = judged.view.derived.values()
    assert numbers.open == sum(one.status not in words.ENDED for one in derived)
    assert numbers.late_doing == sum("Y1" in one.overdue for one in derived)
    assert min(numbers) > 0


def test_overview(place, numbers):
    sheet = openpyxl.load_workbook(place / "表.xlsx", data_only=True)["总览"]
    assert Numbers(*(sheet[f"{letter}{at.TILE_NUMBER_ROW}"].value for letter in at.TILES[:4])) == numbers
    assert sheet[f"{at.HEAT_TOTAL}{at.SUM_ROW}"].value == numbers.open
    assert sheet[f"{at.HEAT_LATE_TOTAL}{at.SUM_ROW}"].value == numbers.late_doing + numbers.late_waiting
    last = at.FLOW_ROW + 11
    assert sum(sheet[f"{letter}{last}"].value for letter in at.FLOW[3:]) == numbers.open


def test_every_month_of_the_overview_closes_by_what_stands_on_it(place):
    """What stood at the end of the month before, + 登记 - 结束, stands at the month's end."""
    sheet = openpyxl.load_workbook(place / "表.xlsx", data_only=True)["总览"]
    assert [sheet[f"{letter}{at.FLOW_HEADER_ROW}"].value for letter in at.FLOW[:3]] == ["月份", "登记", "结束"]
    lines = [[sheet[f"{letter}{row}"].value for letter in at.FLOW[1:]] for row in range(at.FLOW_ROW, at.FLOW_ROW + 12)]
    stood = [sum(phases) for _, _, *phases in lines]
    assert [before + new - ended for before, (new, ended, *_) in zip(stood, lines[1:], strict=False)] == stood[1:]
    assert sum(ended for _, ended, *_ in lines) > 20


def test_dashboard(place, numbers):
    with ZipFile(place / "包" / "01 改进看板.xlsx") as package:
        charts = [package.read(name).decode() for name in package.namelist() if "charts/chart" in name]
    titles = ["".join(re.findall(r"<a:t>([^<]*)</a:t>", chart)) for chart in charts]
    assert [_said(title) for title in titles if "在办" in title] == [numbers[:3]]
    assert [f"月末实施逾期 {numbers.late_doing} 项" in title for title in titles if "新增" in title] == [True]


def test_review(place, figures, numbers):
    paper = Document(place / "包" / "00 管理评审输入报告.docx")
    (sentence,) = [text for p in paper.paragraphs if (text := p.text).startswith("当前在办")]
    assert _said(sentence) == numbers
    assert figures.flow.open_after == numbers.open
    assert sum(line.open for line in figures.by_department) == numbers.open
    assert sum(line.overdue for line in figures.by_source) == numbers.late_doing


def test_what_came_and_went_is_the_same_on_overview_dashboard_and_review(place, figures):
    sheet = openpyxl.load_workbook(place / "表.xlsx", data_only=True)["总览"]
    rows = range(at.FLOW_ROW, at.FLOW_ROW + 12)
    shown = [tuple(sheet[f"{letter}{row}"].value for letter in at.FLOW[1:3]) for row in rows]
    assert shown == [(month.new, month.closed + month.cancelled + month.superseded) for month in figures.months]
    quarter = [month for month in figures.months if month.month >= "2026-10"]
    assert (figures.flow.new, figures.flow.closed) == (sum(m.new for m in quarter), sum(m.closed for m in quarter))


def test_weekly_letter(desk, numbers):
    run = remind(desk, RemindOptions())
    (letter, *_) = [one for one in run.letters if "每周汇总" in one.text]
    counts = dict(re.findall(r"== (\S+?)（(\d+) 项）==", letter.text))
    shown = [int(counts[name]) for name in ("实施逾期", "环节超时", "一个月内到期")]
    assert shown == list(numbers[1:])


def test_weekly_figures_of_robots(judged, numbers):
    assert _said(weekly_digest(judged.view, (), (), ()).summary) == numbers


def test_terminal_group_and_facts(judged, desk, numbers):
    (line, *_) = refresh_lines((), tally_of(judged.view), None, adopted=True, check_only=False)
    assert _said(line) == numbers
    counts = Counts.of(judged)
    assert (counts.open, counts.overdue) == numbers[:2]
    rows = facts_of(desk).rows
    column = {one.name: index for index, one in enumerate(FACT_COLUMNS)}
    assert sum(row[column["status"]] not in words.ENDED for row in rows) == numbers.open
    assert sum(bool(row[column["is_overdue"]]) for row in rows) == numbers.late_doing


def test_every_figure_of_the_dashboard_stands_on_the_rows_it_lists(place, figures):
    """指标 shows numerator and denominator of each KPI, 行清单 the rows of both, the cards the same words."""
    book = openpyxl.load_workbook(place / "包" / "01 改进看板.xlsx")
    lines = {row[0]: row for row in book["指标"].iter_rows(values_only=True) if row[0]}
    listed: dict[str, dict[str, bool]] = {}
    for name, number, counts, *_ in book["行清单"].iter_rows(min_row=5, values_only=True):
        listed.setdefault(name, {})[number] = counts == "是"
    for kpi in figures.kpis:
        assert lines[kpi.name][1:3] == (kpi.numerator, kpi.denominator), kpi.name
        assert listed.get(kpi.name, {}) == {number: number in kpi.rows for number in kpi.base}, kpi.name
    cells = [str(cell) for row in book["看板"].iter_rows(max_row=12, values_only=True) for cell in row if cell]
    for name in CARDS:
        _, _, _, now, target, before, *_, verdict, _ = lines[name]
        for words_ in (name, now, f"目标 {target}", f"上期 {before}", verdict):
            assert words_ in cells, (name, words_)


def test_facts_and_the_list_of_all_actions_have_the_same_dates(place, desk):
    """The approval counts from whichever form it has: signed, a review's or a plan's."""
    listed = openpyxl.load_workbook(place / "包" / "01 改进看板.xlsx")["全部措施"].iter_rows(values_only=True)
    lines = list(listed)
    at = next(number for number, line in enumerate(lines) if "编号" in line)
    shown = {row["编号"]: row for row in (dict(zip(lines[at], line, strict=True)) for line in lines[at + 1 :])}
    told = [dict(zip((one.name for one in FACT_COLUMNS), row, strict=True)) for row in facts_of(desk).rows]
    for name, heading in DATES:
        dates = {row["number"]: row[name] for row in told}
        assert {number: _day(shown[number][heading]) for number in dates} == dates, heading
    assert any(row["approved_on"] and row["route"] == words.BY_GENERAL_MANAGER for row in told)


DATES = (
    ("registered_on", "登记日期"), ("approved_on", "批准日期"), ("due_on", "完成期限"),
    ("original_due_on", "原完成期限"), ("completed_on", "实际完成日期"), ("inspected_on", "检查日期"),
    ("confirmed_on", "确认日期"), ("closed_on", "关闭日期"),
)  # fmt: skip


def _day(value: object) -> date | None:
    return value.date() if isinstance(value, datetime) else None


CARDS = (
    "按期完成率（现期限）", "按期完成率（原期限）", f"逾期率（{MONDAY}）", "措施有效率",
    "重复发生率", "按时提醒率（4.4.6）", "审批合规率（4.2、4.3）", "纠正措施覆盖率（4.2.1）",
)  # fmt: skip


def test_every_line_of_the_overview_stands_on_cells_of_its_action(place, judged):
    """The two lists: deadline, days and who is waited for; the tiles of stages and errors."""
    sheet = openpyxl.load_workbook(place / "表.xlsx", data_only=True)["总览"]
    view = judged.view
    rows = {name: [sheet[f"{letter}{row}"].value for row in range(10, 20)] for name, letter in COLUMNS.items()}
    late = [(n, day.date(), words_, who) for n, day, words_, who in zip(*(rows[k] for k in LATE), strict=True) if n]
    owed = sorted(
        (one for one in view.derived.values() if one.overdue and one.overdue[0] in ("Y1", *words.WAITING_LATE)),
        key=lambda one: (-one.days_overdue, one.row),
    )
    assert [(n, words_, who) for n, _, words_, who in late] == [
        (one.number, one.overdue_phrase, one.next_actor) for one in owed[:10]
    ]
    assert all((MONDAY - day).days == view.derived[number].days_overdue for number, day, *_ in late)
    soon = [(n, day.date(), left) for n, day, left in zip(*(rows[k] for k in SOON), strict=True) if n]
    assert soon == sorted(
        ((a.number, a.due_on, (a.due_on - MONDAY).days) for a, d in view.pairs if "Y0" in d.overdue),
        key=lambda line: line[2],
    )
    waiting, errors = (sheet[f"{letter}{at.TILE_NUMBER_ROW}"].value for letter in at.TILES[4:])
    stages = (words.TO_APPROVE, words.TO_INSPECT, words.TO_CONFIRM)
    assert waiting == sum(one.status in stages for one in view.derived.values())
    assert errors == sum(problem.severity == "error" for problem in judged.checked.problems)


COLUMNS = {"late": "B", "owed_on": "L", "phrase": "N", "who": "J", "soon": "R", "due_on": "AB", "left": "AD"}
LATE, SOON = ("late", "owed_on", "phrase", "who"), ("soon", "due_on", "left")
