from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.stage_strip import stage_strip
from capa_xl.reports.word.examples import example_action, example_derived

DAY = date(2026, 7, 1)
BARE = replace(example_action(), completed_on=None, inspected_on=None, inspection=None)


def strip(status: str, *, approved: bool = True, columns: frozenset[str] | None = None, **facts) -> str:
    derived = replace(example_derived(), status=status, route_satisfied=approved, conclusion=None)
    return stage_strip(replace(BARE, **facts), derived, columns)


def test_what_is_waited_for_is_half_full_and_what_comes_after_it_empty():
    assert strip(words.TO_APPROVE, approved=False) == "登记● 策划● 审批◐ 实施○ 检查○ 确认○ 归档○"
    assert strip(words.RUNNING) == "登记● 策划● 审批● 实施◐ 检查○ 确认○ 归档○"


def test_a_stage_that_was_passed_over_is_never_shown_as_done():
    """Completed without approval, confirmed without inspection: facts only (A4)."""
    assert strip(words.TO_INSPECT, approved=False, completed_on=DAY) == "登记● 策划● 审批○ 实施● 检查◐ 确认○ 归档○"
    found = stage_strip(replace(BARE, completed_on=DAY), replace(example_derived(), status=words.TO_ARCHIVE))
    assert "检查○" in found and "确认●" in found and "归档◐" in found


def test_a_failed_inspection_sends_the_mark_back_to_the_work():
    facts = {"completed_on": DAY, "inspected_on": DAY, "inspection": words.FAILED}
    assert strip(words.REWORK, **facts) == "登记● 策划● 审批● 实施◐ 检查○ 确认○ 归档○"


def test_a_refused_plan_is_planned_again_and_an_ineffective_measure_stays_at_its_confirmation():
    assert strip(words.SENT_BACK, approved=False).startswith("登记● 策划◐ 审批○")
    ineffective = replace(example_derived(), status=words.NOT_EFFECTIVE)
    assert "确认◐ 归档○" in stage_strip(BARE, ineffective)


def test_a_stage_the_table_does_not_have_is_left_out_and_a_cancelled_action_has_no_strip():
    assert strip(words.RUNNING, columns=frozenset({"effect"})) == "登记● 策划● 实施◐ 确认○"
    assert strip(words.CANCELLED) == ""


@pytest.mark.parametrize("status", [one for one in words.STATUSES if one != words.CANCELLED])
def test_every_status_has_a_strip_with_at_most_one_half(status):
    found = strip(status)
    assert found.startswith("登记●") and found.count("◐") == (status not in (words.CLOSED, words.SUPERSEDED))
