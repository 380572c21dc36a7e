from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.model.as_of import AsOf
from capa_xl.model.problem import Hit, Problem, Remark, Severity
from capa_xl.model.procedure import Procedure
from capa_xl.model.words import OPEN
from capa_xl.policy.overview import overview_of
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.blank.overview_layout import edition_of
from capa_xl.workbook.blank.overview_lists import list_cells
from tests.policy.registers import approved, closed, completed, inspected, planned, register, running

DEPARTMENTS = ("服务台", "网络部")


def _overview(*actions, on="2026-07-10", problems=(), departments=DEPARTMENTS, **others):
    rows = [{**action, "number": f"GJ-2026-{n:03}"} for n, action in enumerate(actions, start=1)]
    found = register(*rows, procedure=Procedure(lists={"部门": departments}), **others)
    day = date.fromisoformat(on)
    return overview_of(view_register(found, AsOf(day, day)), problems)


def _waiting(overview, department):
    counts = next(standing.counts for standing in overview.standings if standing.department == department)
    return {stage: count for stage, count in zip(OPEN, counts, strict=True) if count}


def _problem(severity):
    return Problem("PL01", "4.4.4", severity, "改进计划跟踪表", "A3", "GJ-2026-001", 3, "", "")


def test_the_longest_overdue_come_first_and_ties_in_sheet_order():
    overview = _overview(running(due_on="2026-07-01"), running(due_on="2026-06-01"), running(due_on="2026-07-01"))
    assert [(item.number, item.days) for item in overview.latest] == [
        ("GJ-2026-002", 39), ("GJ-2026-001", 9), ("GJ-2026-003", 9),
    ]  # fmt: skip
    assert overview.tally.late_doing == 3


def test_due_within_a_month_counts_calendar_months_and_not_what_is_done():
    overview = _overview(running(due_on="2026-08-10"), running(due_on="2026-08-11"), completed(due_on="2026-08-01"))
    assert (overview.tally.due_soon, overview.tally.late_doing) == (1, 0)
    assert [(item.number, item.days, item.position) for item in overview.coming] == [("GJ-2026-001", 31, 1)]


def test_each_stage_waits_for_its_own_department():
    overview = _overview(
        planned(owning_department="网络部", responsible_department="服务台"),
        running(owning_department="网络部", responsible_department="服务台"),
        completed(owning_department="网络部", responsible_department="服务台"),
    )
    assert _waiting(overview, "网络部") == {"待审批": 1, "待检查": 1}
    assert _waiting(overview, "服务台") == {"实施中": 1}


def test_a_blank_owning_department_falls_to_the_responsible_one():
    overview = _overview(planned(owning_department=None, responsible_department="网络部", process=None))
    assert _waiting(overview, "网络部") == {"待审批": 1}


def test_what_waits_for_somebody_of_another_department_stands_there():
    actions = (
        planned(owning_department="网络部", responsible_department="网络部", severity="重大"),
        planned(owning_department="网络部", responsible_department="网络部"),
        running(responsible_department="网络部", owners=("样例工",)),
    )
    overview = _overview(*actions, departments=("服务台", "网络部", "总经办"))
    assert _waiting(overview, "总经办") == {"待审批": 1}
    assert _waiting(overview, "网络部") == {"待审批": 1, "实施中": 1}
    assert _waiting(overview, "服务台") == {}


@pytest.mark.parametrize("department", ["外包方", None])
def test_a_row_whose_department_is_blank_or_in_no_list_stands_where_its_owner_does_else_under_the_quality_department(
    department,
):
    row = running(responsible_department=department, owning_department=None, process=None)
    assert _waiting(_overview(row), "服务台") == {"实施中": 1}
    alone = _overview({**row, "owners": ()})
    assert _waiting(alone, "质量部") == {"实施中": 1} and sum(alone.standing_in_all.counts) == 1


def test_without_a_roster_a_department_of_no_list_stands_in_the_sum_only():
    overview = _overview(running(responsible_department="外包方"), people=())
    assert sum(overview.standing_in_all.counts) == 1
    assert [sum(standing.counts) for standing in overview.standings] == [0, 0]


def test_a_department_that_only_the_roster_has_gets_a_line_when_something_waits_for_it():
    overview = _overview(running(responsible_department="总经办"))
    assert [(one.department, sum(one.counts)) for one in overview.standings] == [
        ("总经办", 1),
        ("服务台", 0),
        ("网络部", 0),
    ]


@pytest.mark.parametrize(
    ("responsible", "on", "lines"),
    [
        ("客户服务部", "2026-07-10", [("客户服务部", 1), ("网络部", 0)]),
        ("服务台", "2026-07-10", [("服务台", 1), ("客户服务部", 0), ("网络部", 0)]),  # reorganise comes yet
        ("服务台", "2026-06-30", [("服务台", 1), ("网络部", 0)]),  # the change comes yet
    ],
)
def test_after_a_renaming_the_new_name_has_the_line_though_the_lists_have_the_old_one(responsible, on, lines):
    renamed = [{"old": "服务台", "new": "客户服务部", "on": "2026-07-01"}]
    overview = _overview(running(responsible_department=responsible), on=on, successions=renamed)
    assert [(one.department, sum(one.counts)) for one in overview.standings] == lines


def test_of_thirty_departments_those_with_the_most_open_actions_have_a_line():
    names = tuple(f"第{number:02}部" for number in range(1, 31))
    wanted = {"第30部": 3, "第20部": 2, "第21部": 2, **{f"第{at}部": 1 for at in range(11, 20)}}
    late = {"第21部": "2026-07-01"}
    rows = [
        running(responsible_department=name, owning_department=name, owners=(), due_on=late.get(name, "2026-08-01"))
        for name, count in wanted.items()
        for _ in range(count)
    ]
    other = running(responsible_department="第22部", owners=(), due_on="2026-08-01")
    overview = _overview(*rows, other, departments=names)
    shown = [(one.department, sum(one.counts)) for one in overview.standings]
    assert shown == [("第30部", 3), ("第21部", 2), ("第20部", 2), *((f"第{at}部", 1) for at in range(11, 20))]
    assert sum(overview.standing_in_all.counts) - sum(count for _, count in shown) == 1


def test_while_no_department_is_listed_those_of_the_roster_have_the_lines():
    """字典 of a new workbook has none; 人员部门 has 服务台 by then."""
    overview = _overview(running(), running(), departments=())
    assert overview.standings[0].department == "服务台"
    assert _waiting(overview, "服务台") == {"实施中": 2}


def test_departments_that_nothing_waits_for_stand_last_in_the_order_of_the_list():
    overview = _overview(running(responsible_department="总经办"), departments=("服务台", "网络部", "总经办"))
    assert [one.department for one in overview.standings] == ["总经办", "服务台", "网络部"]


def test_new_and_closed_are_counted_by_month():
    overview = _overview(closed(), closed(archived_on="2026-05-02"), approved())
    months = {month.first: (month.new, month.closed) for month in overview.flow}
    assert len(months) == 12
    assert months[date(2026, 1, 1)] == (3, 0)
    assert months[date(2026, 4, 1)] == (0, 1)
    assert months[date(2026, 5, 1)] == (0, 1)


def test_only_errors_are_data_errors():
    problems = [_problem(Severity.ERROR), _problem(Severity.ERROR), _problem(Severity.WARNING)]
    assert _overview(inspected(), problems=problems).data_errors == 2


def test_a_date_that_excel_sees_as_text_is_not_counted_by_the_formulas_of_the_first_layout():
    found = register(closed())
    cell = found.tracker.cell(2, "registered_on")
    remark = Remark("FD06", Hit("改进计划跟踪表", cell, "GJ-2026-001", 2))
    day = date(2026, 7, 10)
    overview = overview_of(view_register(replace(found, remarks=(remark,)), AsOf(day, day)), ())
    assert sum(new for _, new, _ in overview.typed_months) == 0
    assert sum(month.new for month in overview.flow) == 1


def test_an_empty_table_keeps_the_day_it_was_refreshed_on():
    assert (_overview().updated_on, _overview().is_empty) == (date(2026, 7, 10), True)
    assert (_overview(running()).updated_on, _overview(running()).is_empty) == (date(2026, 7, 10), False)


def test_a_list_without_a_line_says_so_in_its_title_and_one_with_lines_what_it_lists():
    """Nothing is late and nothing comes on 2026-07-10 but the action that is due on 06-30."""
    edition = edition_of(frozenset())
    left, right = (cell for cell in list_cells(edition) if cell.formula is None)
    empty, late = _overview(), _overview(running())
    assert (left.value(empty), right.value(empty)) == (
        "还没有措施：请在《改进计划跟踪表》登记第一项，更新后这里列出逾期的",
        "未来一个月没有到期的措施（截至 2026-07-10）",
    )  # fmt: skip
    assert left.value(replace(empty, is_empty=False)) == "没有逾期的措施（截至 2026-07-10）"
    assert empty.flow_finding.startswith("近 12 个月：没有登记过措施")
    assert left.value(late) == "逾期的 1 项（实施与环节，截至 2026-07-10）"
    full = replace(late, latest=late.latest * 10)
    assert left.value(full) == "逾期最久的 10 项（实施与环节，截至 2026-07-10）"
    assert left.value(replace(empty, updated_on=None)) == "逾期最久的 10 项（实施与环节）"
