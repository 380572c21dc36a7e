"""The time axis of 重大改进一页报告, worked out by hand."""

from capa_xl.reports.word.action_axis import AXIS_SIZES, action_axis
from tests.policy.registers import closed, planned, running, view


def cells(action, on: str) -> list[tuple[str, str, str]]:
    seen = view(action, on=on)
    (found,) = seen.actions
    axis = action_axis(found, seen.derived[found.number], seen.on)
    assert len(axis) in AXIS_SIZES and all(cell["month"] for cell in axis)
    return [(cell["month"], cell["phase"], cell["marks"]) for cell in axis]


def test_every_month_shows_the_phase_at_its_end_and_that_of_today_the_stage_of_the_status():
    """Registered 5 January, approved on the 12th, due 30 June; nothing is drawn behind today but the deadline."""
    assert cells(running(), "2026-03-02") == [
        ("26-01", "D", ""), ("26-02", "D", ""), ("26-03", "D", "▲"),
        ("26-04", "", ""), ("26-05", "", ""), ("26-06", "", "◆"),
    ]  # fmt: skip


def test_what_was_refused_is_still_planned():
    assert cells(planned(approval="不同意"), "2026-02-02")[0][:2] == ("26-01", "P")


def test_of_a_closed_action_no_day_is_today():
    found = cells(closed(), "2027-01-04")
    assert [phase for _, phase, _ in found if phase][-1] == "A"
    assert "▲" not in "".join(marks for _, _, marks in found)


def test_an_axis_is_as_wide_as_its_months_and_the_months_after_its_end_complete_it():
    """January to July are seven months: ten cells, August to October without a phase."""
    found = cells(running(due_on="2026-07-10"), "2026-03-02")
    assert [month for month, _, _ in found] == [f"26-{at:02}" for at in range(1, 11)]
    assert found[-3:] == [("26-08", "", ""), ("26-09", "", ""), ("26-10", "", "")]


def test_an_action_of_years_has_several_months_in_a_cell():
    found = cells(running(registered_on="2024-01-08", approved_on="2024-01-15", due_on="2026-12-31"), "2026-03-02")
    assert [month for month, _, _ in found[:3]] == ["24-01", "24-04", "24-07"] and len(found) == 14


def test_a_month_past_the_deadline_of_what_is_not_done_is_marked_late():
    """Due on 30 June: July to the 3rd of August are late, the month of the deadline isn't."""
    seen = view(running(), on="2026-08-03")
    (found,) = seen.actions
    axis = action_axis(found, seen.derived[found.number], seen.on)
    assert [cell["month"] for cell in axis if cell["late"]] == ["26-07", "26-08"]
    assert not any(
        cell["late"] for cell in action_axis(found, view(running(), on="2026-06-30").derived[found.number], seen.on)
    )
