"""A status word that closes while nobody inspected or confirmed: the row is over, and that is told."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.model.as_of import AsOf
from capa_xl.model.left_to_history import LeftToHistory
from capa_xl.model.problem import Problem, Severity
from capa_xl.policy.action_state import action_state_of
from capa_xl.policy.closed_unseen import closed_unseen_before
from capa_xl.policy.conformity.outside import outside_self_check
from capa_xl.policy.kpi_input import kpi_input_of
from capa_xl.policy.left_out import left_out_sentences
from capa_xl.policy.taken_over import is_history, is_presumed_history
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.reading.reader import read_register
from tests.tables import workbook_bytes

DAY, SINCE = date(2026, 11, 28), date(2026, 11, 1)
BEFORE, AFTER = date(2026, 10, 18), date(2026, 11, 18)
SEEN = "编号|问题描述|责任人|完成期限|状态|完成时间|复查结果|验证人|验证结果"


def seen(head, *rows, settings=(("接管基线日", SINCE), ("列名_完成时间", "实际完成日期"))):
    tracker = [head.split("|"), *([number, "门锁坏了无法锁闭", "样例甲", *cells] for number, *cells in rows)]
    sheets = {"改进计划跟踪表": tracker, "参数": [["参数", "值"], *settings]}
    return view_register(read_register(workbook_bytes(sheets)), AsOf(DAY, DAY))


@pytest.mark.parametrize("word", ["已关闭", "Closed", "√"])
def test_a_row_that_a_word_closes_without_a_check_is_over_and_named_with_what_is_blank(word):
    view = seen(SEEN, ["A1", AFTER, word, AFTER, None, "样例乙", None])
    assert (view.derived["A1"].status, view.derived["A1"].overdue) == ("已关闭", ())
    assert left_out_sentences(view, (), "") == (
        f"1 行写明已关闭，「复查结果」「验证结果」却空着，按结束算、不再提醒：A1（{word}） → "
        "看过的补填，没有看过的把状态改回未完成",
    )


@pytest.mark.parametrize(
    ("inspection", "effect", "blank"),
    [("合格", None, "「验证结果」"), (None, "有效", None), ("合格", "有效", None)],
)
def test_a_confirmation_stands_for_the_check_before_it(inspection, effect, blank):
    told = left_out_sentences(seen(SEEN, ["A1", AFTER, "已关闭", AFTER, inspection, "样例乙", effect]), (), "")
    assert [f"，{blank}却" in one for one in told] == ([True] if blank else [])


@pytest.mark.parametrize(
    ("due", "done", "is_told"),
    [(BEFORE, AFTER, True), (AFTER, BEFORE, False), (AFTER, None, True), (BEFORE, None, False), (None, None, False)],
)
def test_what_ended_before_the_table_was_taken_over_is_told_by_adopt_alone(due, done, is_told):
    view = seen(SEEN, ["A1", due, "已关闭", done, None, None, None])
    assert (len(left_out_sentences(view, (), "")), len(tuple(closed_unseen_before(view)))) == (is_told, not is_told)


@pytest.mark.parametrize(
    ("due", "done", "judged", "asked"),
    [
        (BEFORE, AFTER, True, True),
        (AFTER, BEFORE, False, False),
        (AFTER, None, False, True),
        (BEFORE, None, False, False),
    ],
)
def test_a_row_of_unknown_end_is_held_against_nobody_and_asked_about_by_its_deadline(due, done, judged, asked):
    view = seen(SEEN, ["A1", due, "已关闭", done, None, None, None])
    (action,) = view.actions
    assert is_history(view.procedure, action, view.derived["A1"]) != judged
    assert is_presumed_history(action_state_of(view.inputs, action)) != asked


def test_a_table_without_columns_of_checks_asks_for_none():
    view = seen("编号|问题描述|责任人|完成期限|状态", ["A1", AFTER, "已关闭"], settings=())
    assert view.derived["A1"].status == "已关闭"
    assert (left_out_sentences(view, (), ""), tuple(closed_unseen_before(view))) == ((), ())


def test_what_ended_before_is_in_no_figure_and_named_as_standing_outside():
    """An error in such a row, or its revision, is no part of 数据质量 or 修订完成率 either."""
    view = seen(SEEN, ["A1", AFTER, "已关闭", BEFORE, "合格", "样例乙", "有效"], ["A2", AFTER, "实施中", *[None] * 4])
    row = next(action.row for action in view.actions if action.number == "A1")
    found = kpi_input_of(view, (Problem("FD04", "", Severity.ERROR, "改进计划跟踪表", "A2", "A1", row, "", ""),))
    assert [one.number for one in found.actions if one.is_history] == ["A1"] and found.rows_with_error == ()
    assert outside_self_check(view) == LeftToHistory(SINCE, ("A1",))
