"""Dates of somebody's table: the order of a column, its missing year, and words where a day should stand."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.app.use_cases.adopt import adopt_workbook
from capa_xl.errors import UsageError
from capa_xl.model.as_of import AsOf
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.reading.reader import read_register
from tests.tables import workbook_bytes

DAY, LATE = date(2026, 11, 28), date(2026, 11, 10)
HEAD = ["编号", "问题描述", "整改措施", "责任人", "完成期限", "实际完成日期"]


def table(due=(), done=()):
    count = max(len(due), len(done))
    rows = zip(list(due) or [LATE] * count, list(done) or [None] * count, strict=True)
    return workbook_bytes(
        {"表": [HEAD, *([f"Q{n}", "标签缺失两处", "补贴标签", "样例甲", *row] for n, row in enumerate(rows, 1))]}
    )


def tried(blob, meanings=None):
    return adopt(blob, Adopting({}, "a1", DAY, meanings or {}))


def words(found):
    return [(word.field, word.word, word.count, word.meaning, word.proposal, word.is_needed) for word in found.words]


def late(new):
    derived = view_register(read_register(new), AsOf(DAY, DAY)).derived
    return [number for number, one in derived.items() if "Y1" in one.overdue]


@pytest.mark.parametrize(
    ("due", "order", "days"),
    [(["11/12/2026", "11/13/2026"], "月/日/年", (12, 13)), (["12/11/2026", "13/11/2026"], "日/月/年", (12, 13))],
)
def test_any_day_beyond_the_twelfth_decides_for_the_column_and_is_kept(due, order, days):
    new, found = tried(table(due))
    assert words(found) == [("完成期限", "日期写法", 2, order, None, False)]
    register = read_register(new)
    assert [action.due_on for action in register.tracker.records] == [date(2026, 11, day) for day in days]
    assert (late(new), register.procedure.meanings) == (["Q1", "Q2"], {"完成期限": {"日期写法": order}})


@pytest.mark.parametrize("due", [["11/12/2026", "10/09/2026"], ["11/13/2026", "13/11/2026"]])
def test_an_order_that_nothing_or_everything_decides_is_asked_before_anything_is_written(due):
    new, found = tried(table(due))
    assert (new, words(found)) == (None, [("完成期限", "日期写法", 2, "", None, True)])


def test_the_order_somebody_gives_is_the_columns():
    new, _ = tried(table(["11/12/2026", "10/09/2026"]), {"完成期限": {"日期写法": "日/月/年"}})
    assert [action.due_on for action in read_register(new).tracker.records] == [date(2026, 12, 11), date(2026, 9, 10)]


def test_days_without_a_year_are_asked_with_the_only_year_of_the_table():
    new, found = tried(table([LATE, "11月12日", "10.31"]))
    assert (new, words(found)) == (None, [("完成期限", "没有年份的日期", 2, "", "2026", True)])
    new, _ = tried(table([LATE, "11月12日", "10.31"]), {"完成期限": {"没有年份的日期": "2026"}})
    assert [action.due_on for action in read_register(new).tracker.records][1:] == [
        date(2026, 11, 12),
        date(2026, 10, 31),
    ]


def test_hyphens_out_of_a_paper_and_a_full_stop_for_a_point_are_asked_as_they_are_read():
    new, found = tried(table(["03\u201104\u20112026"]))
    assert (new, words(found)) == (None, [("完成期限", "日期写法", 1, "", None, True)])
    new, _ = tried(table(["03\u201104\u20112026"]), {"完成期限": {"日期写法": "日/月/年"}})
    assert [action.due_on for action in read_register(new).tracker.records] == [date(2026, 4, 3)]
    new, found = tried(table([LATE, "11。12"]))
    assert (new, words(found)) == (None, [("完成期限", "没有年份的日期", 1, "", "2026", True)])


def test_a_year_that_is_none_is_refused():
    with pytest.raises(UsageError, match="可用：2026"):
        tried(table(["11月12日"]), {"完成期限": {"没有年份的日期": "今年"}})


def test_a_mark_where_the_day_of_completion_should_stand_says_that_it_is_done():
    new, found = tried(table(done=["√", "已完成", "未", "进行中", LATE]))
    assert words(found) == [
        ("实际完成日期", "√", 1, "已完成", None, False), ("实际完成日期", "已完成", 1, "已完成", None, False),
    ]  # fmt: skip
    assert "「实际完成日期」里的「未」「进行中」按没有完成" in found.notes
    register = read_register(new)
    assert (register.quarantined, late(new)) == ((), ["Q3", "Q4"])


def test_any_other_word_there_is_asked_and_may_mean_not_yet():
    new, found = tried(table(done=["配件未到", LATE]))
    assert (new, words(found)) == (None, [("实际完成日期", "配件未到", 1, "", None, True)])
    new, _ = tried(table(done=["配件未到", LATE]), {"实际完成日期": {"配件未到": ""}})
    assert (read_register(new).quarantined, late(new)) == ((), ["Q1"])


def test_a_table_most_of_whose_rows_nobody_can_read_is_refused_in_one_sentence(tmp_path):
    source, target = tmp_path / "源.xlsx", tmp_path / "新.xlsx"
    source.write_bytes(table(["月底", "尽快", LATE]))
    with pytest.raises(UsageError, match=r"3 行里有 2 行读不出来.*「完成期限」2 行，例：E2"):
        adopt_workbook(source, target, Adopting({}, "a1", DAY))
    assert not target.exists()
    assert adopt_workbook(source, target, Adopting({}, "a1", DAY, takes_left_out=True)).is_written


def test_half_of_the_rows_set_aside_is_written_and_named(tmp_path):
    source, target = tmp_path / "源.xlsx", tmp_path / "新.xlsx"
    source.write_bytes(table(["月底", LATE]))
    done = adopt_workbook(source, target, Adopting({}, "a1", DAY))
    assert (done.found.tracked, [row.cells for row in done.found.left_out]) == (1, [("E2",)])
