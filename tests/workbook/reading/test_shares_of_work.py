"""Below somebody's own heading of 进度 a bare 1 among 30 and 60 is one per cent or the whole work: it is asked."""

from __future__ import annotations

import pytest

from capa_xl.workbook.reading.reader import read_register
from tests.tables import TRACKER, workbook_bytes

HEADINGS = ("序号", "整改措施", "责任人", "完成时限")
ROW = ("加装空调", "样例甲", "2026-12-31")


def read(heading, *cells, total=()):
    """What is read of a column, and (cell, value, what it isn't) of what is asked."""
    rows = [(number, *ROW, cell) for number, cell in enumerate(cells, start=1)]
    totals = [("合计", None, None, None, cell) for cell in total]
    register = read_register(workbook_bytes({TRACKER: [(*HEADINGS, heading), *rows, *totals]}))
    hits = (remark.hit for remark in register.remarks if remark.rule == "FD04")
    asked = [(hit.at, hit.facts["v"], hit.facts["only"]) for hit in hits]
    return [action.progress for action in register.tracker.records], asked


@pytest.mark.parametrize(
    ("cells", "want", "asked"),
    [
        ((30, 60, 1), [30, 60, None], [("E4", "1", "明确的百分数（100 或 1%）")]),
        ((30, 0.5, 100), [30, None, 100], [("E3", "0.5", "明确的百分数（50 或 0.5%）")]),
        (("'30", "'1"), [30, None], [("E3", "1", "明确的百分数（100 或 1%）")]),
        ((1.5, 1), [1.5, None], [("E3", "1", "明确的百分数（100 或 1%）")]),
        ((None, 1, 0, "/"), [None, None, 0, None], [("E3", "1", "明确的百分数（100 或 1%）")]),
        ((0.3, 1, 0), [30, 100, 0], []),
        ((1, 1), [100, 100], []),
        (("30%", "已完成", 1), [30, 100, 100], []),  # who writes % writes it behind a one too
        ((30, 60, 0), [30, 60, 0], []),
    ],
)
def test_a_number_that_may_be_a_share_or_a_percentage_is_asked_where_both_stand(cells, want, asked):
    assert read("完成率", *cells) == (want, asked)


def test_a_sum_of_shares_makes_none_of_them_doubtful():
    assert read("完成率", 0.3, 1, total=(1.3,)) == ([30, 100], [])


def test_below_our_own_heading_a_bare_one_is_one_per_cent():
    assert read("进度%", 30, 60, 1) == ([30, 60, 1], [])
