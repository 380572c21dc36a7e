from datetime import date

from capa_xl.analysis.kpi_history import kpi_history
from capa_xl.model.kpi import KpiInput
from capa_xl.model.period import Period
from tests.analysis.test_kpi import action

SPAN = Period("2026-05..2026-08", date(2026, 5, 1), date(2026, 8, 31))


def test_each_month_counts_its_own_and_months_to_come_are_left_out():
    """Due in May and done late; due in June and done in time; nothing due in July; August has not begun."""
    late = action("GJ-1", due_on="2026-05-10", completed_on="2026-05-12")
    early = action("GJ-2", due_on="2026-06-10", completed_on="2026-06-10")
    now = KpiInput(date(2026, 7, 20), (late, early))
    assert kpi_history(now, ["on_time"], SPAN)["on_time"] == (0.0, 1.0, None)


def test_the_overdue_share_is_that_of_each_months_last_day():
    """Approved in April, due on 31 May: on time on that day, late at the end of June, done by the end of July."""
    one = action(
        "GJ-1",
        registered_on="2026-04-01",
        approved_on="2026-04-02",
        due_on="2026-05-31",
        completed_on="2026-07-03",
    )
    history = kpi_history(KpiInput(date(2026, 7, 31), (one,)), ["overdue", "data_quality"], SPAN)
    assert history == {"overdue": (0.0, 1.0, None)}


def test_a_figure_that_is_not_in_use_has_no_history():
    now = KpiInput(date(2026, 7, 31), (), not_in_use=frozenset({"reminded"}))
    assert kpi_history(now, ["reminded"], SPAN) == {}
