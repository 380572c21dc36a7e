"""A command that looks at a day that is over judges by what stood then."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from capa_xl.app.shared.judging import judge
from capa_xl.model.as_of import AsOf
from tests.policy.registers import register
from tests.policy.test_due_dates_of_then import GJ, reworked_row


@pytest.mark.parametrize(
    ("on", "done_on"), [("2026-12-31", "2026-11-25"), ("2027-01-20", None), ("2027-02-05", "2027-02-03")]
)
def test_a_rehearsal_of_a_day_before_rework_sees_what_was_done_then(on, done_on):
    row, runs = reworked_row()
    opened = SimpleNamespace(register=register(row), path=Path("改进计划跟踪表.xlsx"))
    seen = judge(opened, AsOf(date.fromisoformat(on), date(2027, 2, 5)), runs).view
    assert seen.by_number[GJ].completed_on == (done_on and date.fromisoformat(done_on))
    assert ("Y1" in seen.derived[GJ].overdue) is (done_on is None)
