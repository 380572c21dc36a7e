from datetime import date

import pytest

from capa_xl.model.as_of import AsOf
from capa_xl.policy.viewing import view_register
from tests.policy.registers import closed, completed, confirmed, derived, inspected, planned, register, running, view


@pytest.mark.parametrize(("due_on", "remind_on"), [
    ("2025-03-31", "2025-02-28"), ("2025-03-30", "2025-02-28"), ("2024-03-31", "2024-02-29"),
    ("2025-11-02", "2025-09-30"),
])  # fmt: skip
def test_the_reminder_falls_a_clamped_month_before_and_back_to_a_working_day(due_on, remind_on):
    assert str(derived(planned(due_on=due_on), "2026-02-01").remind_on) == remind_on


def test_a_cancelled_row_has_no_reminder_and_a_closed_one_keeps_its_day():
    assert derived(planned(cancelled_on="2026-02-01"), "2026-02-01").remind_on is None
    assert str(derived(closed(), "2026-05-01").remind_on) == "2026-05-29"


def test_the_inspector_is_quality_for_system_items_and_reviews_else_the_owner():
    assert derived(completed(), "2026-04-01").inspector_department == "服务台"
    assert derived(completed(source="内部审核"), "2026-04-01").inspector_department == "质量部"
    assert derived(completed(source="内部审核", level="服务过程"), "2026-04-01").inspector_department == "服务台"
    assert derived(completed(source="管理评审", level="服务过程"), "2026-04-01").inspector_department == "质量部"
    assert derived(completed(review_number="GLPS-1"), "2026-04-01").inspector_department == "服务台"
    assert derived(completed(cancelled_on="2026-03-09"), "2026-04-01").inspector_department == ""


def test_a_waiting_inspection_names_the_department():
    whole = {"source": "内部审核", "progress_note": "已更换", "evidence": "JL-1"}
    found = derived(completed(**whole), "2026-04-01")
    assert (found.status, found.next_actor) == ("待检查", "质量部")


def test_the_owning_department_follows_the_process_and_is_never_invented():
    assert derived(planned(owning_department=None, process="网络"), "2026-02-01").owning_department == "网络部"
    assert derived(planned(owning_department=None, process="备件"), "2026-02-01").owning_department is None


def test_priority_is_high_for_major_or_repeated_when_blank():
    assert derived(planned(), "2026-02-01").priority == "中"
    assert derived(planned(severity="重大"), "2026-02-01").priority == "高"
    assert derived(planned(is_repeat=True), "2026-02-01").priority == "高"
    assert derived(planned(severity="重大", priority="低"), "2026-02-01").priority == "低"


def test_the_original_due_date_is_given_or_learned():
    extension = {
        "number": "GJ-2026-001",
        "asked_on": "2026-05-04",
        "old_due_on": "2026-05-31",
        "new_due_on": "2026-06-30",
    }
    assert str(derived(planned(), "2026-06-01").original_due_on) == "2026-06-30"
    of_a_step = extension | {"new_due_on": "2026-06-15"}  # undecided, and 完成期限 is neither of its days
    assert str(derived(planned(), "2026-06-01", extensions=[of_a_step]).original_due_on) == "2026-06-30"
    assert str(derived(planned(), "2026-06-01", extensions=[extension]).original_due_on) == "2026-05-31"
    assert (
        str(derived(planned(original_due_on="2026-04-30"), "2026-06-01", extensions=[extension]).original_due_on)
        == "2026-04-30"
    )
    journal = {"GJ-2026-001": date(2026, 5, 15)}
    seen = view_register(register(planned()), AsOf(date(2026, 6, 1), date(2026, 6, 1)), first_due=journal)
    assert seen.derived["GJ-2026-001"].original_due_on == date(2026, 5, 15)


def test_the_report_is_due_ten_working_days_after_confirmation():
    assert str(derived(closed(confirmed_on="2026-08-31"), "2026-09-01").report_due_on) == "2026-09-14"
    assert derived(inspected(), "2026-05-01").report_due_on is None
    for followed in ({}, {"follow_ups": ("GJ-2026-002",)}):
        without_effect = confirmed(effect="部分有效", **followed)
        found = view(without_effect, planned(number="GJ-2026-002"), on="2026-06-30").derived["GJ-2026-001"]
        assert (found.status, found.report_due_on) == ("已转后续" if followed else "措施无效", None)


def test_a_past_day_uses_todays_due_date():
    assert derived(running(due_on="2026-01-20"), "2026-01-21").overdue == ("Y1",)


def test_the_view_gives_the_address_of_a_value():
    seen = view(planned(), on="2026-02-01")
    assert seen.at(seen.actions[0], "number") == "A2"
    assert seen.at(2, "stated_status") == ""


def test_two_walks_give_the_same_values():
    assert view(running(), on="2026-07-01") == view(running(), on="2026-07-01")


def test_years_without_a_calendar_are_those_of_open_due_dates():
    assert view(planned(due_on="2031-03-01"), on="2026-02-01").calendar.unknown_years == (2031,)
    assert view(closed(due_on="2031-03-01"), on="2026-12-01").calendar.unknown_years == ()
