"""The KPIs of the sample for 2026Q4 at 2026-11-22, worked out by hand from its rows.

Each list was written down by reading the sheet: due dates, completions, inspections, confirmations of the quarter.
"""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.app.shared.pack_figures import figures_of
from capa_xl.app.shared.paper_source import paper_source
from capa_xl.app.shared.sample_workbook import sample_workbook
from capa_xl.model.period import parse_period
from tests.app.desks import desk_at

T = date(2026, 11, 22)


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "样例.xlsx"
    path.write_bytes(sample_workbook(T))
    return figures_of(paper_source(desk_at(path, T)), parse_period("2026Q4"))


BY_HAND = {
    # due 10-08 … 11-12 are past; 034 (done) and 030 (in rework) are due on 11-30, so not due yet
    "on_time": ("035 041 043", "035 036 041 043 044"),
    # by the first due date 034 belonged to September, and 039 (first 10-30, now 12-31) is open and past it
    "on_time_original": ("035 041 043", "035 036 039 041 043 044"),
    # Y1 of the approved and uncompleted; 046 runs unapproved, 049, 057 wait for approval
    "overdue": ("036 044", "030 036 037 038 039 040 042 044 050 051 052 054 055 056 058"),
    # confirmed 10-15 … 11-18, one of them 无效
    "effective": ("012 017 025 033", "012 017 025 029 033"),
    # month-ahead days of the quarter up to today, each letter sent that morning
    "reminded": ("030 034 037 038 040 044", "030 034 037 038 040 044"),
    # started or completed in the quarter; 046 began 10-19 with nobody's approval
    "approved": ("034 035 041 043 050 051 052 054 055 056", "034 035 041 043 046 050 051 052 054 055 056"),
    # ten working days after completion: 035 (10-30) still waits, its limit 11-13 has passed
    "inspected": ("030 032 041 043", "030 032 035 041 043"),
    # limits of the quarter: 033's was 10-15 (confirmed 10-19), 029's 10-23 (11-18), 032's passed unconfirmed
    "confirmed": ("012 017 025", "012 017 025 029 032 033"),
    # effective ones only; 017 was confirmed 10-30 and isn't archived
    "archived": ("012 025 033", "012 017 025 033"),
    # two documents were due in the quarter, SYS-QP-06 is done
    "revised": ("012", "012 033"),
    # ten working days from registration; 024 (10-30) was not evaluated by 11-13
    "evaluated": ("019 020 026", "019 020 024 026"),
    # XQ-2026-020, a valid complaint, has no corrective action
    "corrected": ("", "020"),
    # registered in the quarter, set-aside rows (045, 053) not among them
    "preventive": ("047 056 057", "046 047 048 049 050 051 052 054 055 056 057 058 059"),
}


@pytest.mark.parametrize("key", BY_HAND)
def test_the_figure_and_its_rows_are_those_counted_by_hand(figures, key) -> None:
    kpi = figures.kpi(key)
    rows, base = BY_HAND[key]
    assert " ".join(number[-3:] for number in kpi.rows) == rows
    assert " ".join(number[-3:] for number in kpi.base) == base


def test_the_measures_are_those_counted_by_hand(figures) -> None:
    assert figures.kpi("longest_overdue").value == 45  # 036, since 10-08
    assert figures.kpi("days_to_close").value == (240 + 162) / 2  # 012: 03-10 to 11-05; 025: 05-13 to 10-22
    assert figures.kpi("data_quality").denominator == 75  # every row, the three set aside among them
