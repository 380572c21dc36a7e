"""Where a sheet that held rows is gone, no hint advises an empty one beside what may only have been renamed."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.errors import UsageError
from capa_xl.model.as_of import AsOf
from capa_xl.model.checked import Checked
from capa_xl.model.journal import JournalView
from capa_xl.model.problem import Problem, Severity
from capa_xl.policy.check import check
from capa_xl.policy.papers.exceptions_facts import PAPER
from capa_xl.policy.viewing import view_register
from capa_xl.reports.problems_text import closing_lines
from tests.policy.papers.given import given
from tests.policy.registers import register, running, without

DAY = date(2026, 6, 3)
BACK, ADD = "先找回不见了的工作表《例外说明》", "先加上："


@pytest.mark.parametrize(
    ("columns", "told", "not_told"), [(frozenset({"sheet:excuses"}), BACK, ADD), (frozenset(), ADD, BACK)]
)
def test_the_paper_of_explanations(columns, told, not_told):
    with pytest.raises(UsageError) as refused:
        PAPER.facts(given(running(), on=DAY, journal=JournalView(columns=columns)), "")
    assert told in str(refused.value)
    assert not_told not in str(refused.value)


@pytest.mark.parametrize(("lost", "told", "not_told"), [(("例外说明",), BACK, ADD), ((), ADD, BACK)])
def test_the_last_line_of_check(lost, told, not_told):
    warning = Problem("AP07", "", Severity.WARNING, "改进计划跟踪表", "A2", "GJ-01", 2, "", "")
    last = list(closing_lines(Checked((warning,), (), "", lost_sheets=lost), register(running())))[-1]
    assert told in last
    assert not_told not in last


@pytest.mark.parametrize(
    ("lost", "told"),
    [(("检查日期",), "下一步：误删的列 检查日期 先恢复（见上面）；先改正错误"), ((), "下一步：先改正错误")],
)
def test_a_lost_column_comes_before_all_that_follows_from_it(lost, told):
    error = Problem("AP07", "", Severity.ERROR, "改进计划跟踪表", "A2", "GJ-01", 2, "", "")
    last = list(closing_lines(Checked((error,), (), "", lost_columns=lost), register(running())))[-1]
    assert last.startswith(told)
    view = view_register(register(running(), columns=without("inspected_on", "remark")), AsOf(DAY, DAY))
    assert check(view, JournalView(columns=frozenset({"inspected_on", "remark"}))).lost_columns == ("检查日期",)
