# ruff: noqa: E501 - a row of a table stays on one line
"""Deadlines written as a month, a quarter or a word are asked, the last day they name is proposed (decisions C3)."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from capa_xl.errors import UsageError
from capa_xl.model.as_of import AsOf
from capa_xl.policy.check import check
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.adopting.vague_deadlines import likely_day
from capa_xl.workbook.reading.reader import read_register
from tests.tables import workbook_bytes

DAY = date(2026, 11, 28)
HEAD = ["编号", "问题描述", "措施内容", "责任人", "完成期限"]
WITH_DAY = [*HEAD[:4], "登记日期", "完成期限"]


def tried(*due, meanings=None):
    rows = [[f"Q{at}", "标签缺失两处", "补贴标签", "样例甲", day] for at, day in enumerate(due, 1)]
    return adopt(workbook_bytes({"表": [HEAD, *rows]}), Adopting({}, "a1", DAY, meanings or {}))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年3月底", (2026, 3, 31)), ("2026年2月底前", (2026, 2, 28)), ("2024年2月末", (2024, 2, 29)),
        ("2026年11月", (2026, 11, 30)), ("2026年3月中旬", (2026, 3, 20)), ("2026年3月上旬", (2026, 3, 10)),
        ("2026Q3", (2026, 9, 30)), ("Q4 2026", (2026, 12, 31)), ("2026年第二季度", (2026, 6, 30)),
        ("2026年上半年", (2026, 6, 30)), ("2026年底前", (2026, 12, 31)), ("End of March 2026", (2026, 3, 31)),
        ("2026-09-01至2026-09-30", (2026, 9, 30)), ("2026年9月1日—2026年10月15日", (2026, 10, 15)),
        ("长期", None), ("立行立改", None), ("本月底", None), ("3月底", None), ("年底前", None), ("Q3", None),
        ("2026年13月", None), ("mid December 2026", (2026, 12, 15)), ("Mid-Dec 2026", (2026, 12, 15)),
        ("mid–Dec 2026", (2026, 12, 15)), ("early Dec 2026", (2026, 12, 10)), ("by end of Dec 2026", (2026, 12, 31)),
        ("late Dec 2026", (2026, 12, 31)), ("2026年12月中", (2026, 12, 15)), ("2026年12月下旬", (2026, 12, 31)),
        ("H1 2027", (2027, 6, 30)), ("2026 H2", (2026, 12, 31)), ("week 50 2026", (2026, 12, 11)), ("2026-W50", (2026, 12, 11)),
        ("2026年第50周", (2026, 12, 11)), ("w/c 7 Dec 2026", (2026, 12, 11)), ("week commencing 7 December 2026", (2026, 12, 11)),
        ("before December 2026", None), ("by Dec 2026", None), ("2026年12月前", None), ("2026年Q3前", None),
        ("2026年12月底前", (2026, 12, 31)), ("beginning of Q1 2027", None), ("start of Dec 2026", None), ("2027年1月初", None),
        ("by marketing 2026", None), ("mid 2026", None), ("week 54 2026", None), ("Nov–Dec 2026", (2026, 12, 31)),
    ],
)  # fmt: skip
def test_the_last_day_that_a_text_names_is_likely(text, day):
    assert likely_day(text) == (date(*day) if day else None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3月底", (2026, 3, 31)),
        ("年底前", (2026, 12, 31)),
        ("Q3", (2026, 9, 30)),
        ("9月", (2026, 9, 30)),
        ("w/c 7 Dec", (2026, 12, 11)),
        ("week 50", (2026, 12, 11)),
        ("mid December", (2026, 12, 15)),
        ("H1", (2026, 6, 30)),
        ("12月份", (2026, 12, 31)),
    ],
)
def test_without_a_year_it_is_that_of_the_table(text, day):
    assert likely_day(text, "2026") == date(*day)


def test_few_vague_deadlines_are_asked_and_most_of_them_must_be_answered():
    new, found = tried(DAY, DAY, "2026年12月底", "长期")
    asked = [(w.field, w.word, w.proposal, w.is_needed) for w in found.asked_words]
    assert asked == [("完成期限", "2026年12月底", "2026-12-31", False), ("完成期限", "长期", None, False)]
    assert [row.number for row in read_register(new).quarantined] == ["Q3", "Q4"]
    new, found = tried(DAY, "12月底", "长期")
    assert (new, [(w.proposal, w.is_needed) for w in found.asked_words]) == (None, [("2026-12-31", True), (None, True)])


def test_the_answer_is_the_deadline_and_a_blank_one_is_none():
    new, found = tried(DAY, "2026年12月底", "长期", meanings={"完成期限": {"2026年12月底": "2026-12-31", "长期": ""}})
    assert found.asked_words == ()
    register = read_register(new)
    assert [action.due_on for action in register.tracker.records] == [DAY, date(2026, 12, 31), None]
    assert register.quarantined == ()
    said = [p.message for p in check(view_register(register, AsOf(DAY, DAY))).problems if p.rule == "FD06"]
    assert said == ["完成期限「2026年12月底」为文本日期，识别为 2026-12-31：按《参数》里“2026年12月底”的意思"]


def test_a_new_row_with_a_word_nobody_answered_stays_refused():
    rows = [HEAD, ["Q1", "标签缺失", "补贴", "样例甲", "2026年12月底"], ["Q2", "灯坏", "换灯", "样例甲", "2027年1月底"]]
    kept = [["参数", "值"], ["取值_完成期限_2026年12月底", "2026-12-31"]]
    register = read_register(workbook_bytes({"表": rows, "参数": kept}))
    assert ([a.number for a in register.tracker.records], [r.number for r in register.quarantined]) == (["Q1"], ["Q2"])


def test_an_answer_that_is_no_day_is_refused():
    with pytest.raises(UsageError, match="没有「年底」。可用：2026-12-31"):
        tried(DAY, "长期", meanings={"完成期限": {"长期": "年底"}})


@pytest.mark.parametrize("text", ["待定", "时间待定", "TBD", "tbc", "另行通知"])
def test_a_deadline_that_was_not_set_is_proposed_as_a_blank_and_never_looks_like_an_open_answer(text):
    _, found = tried(DAY, DAY, DAY, text)
    assert [(w.word, w.proposal, w.is_needed) for w in found.asked_words] == [(text, "", False)]
    new, found = tried(DAY, DAY, DAY, text, meanings={"完成期限": {text: ""}})
    register = read_register(new)
    assert (found.asked_words, register.tracker.records[3].due_on, register.quarantined) == ((), None, ())


# --- a sheet a year, and rows of two years -------------------------------------------------------------------


def dated(*rows):
    return [WITH_DAY, *([number, "标签缺失", "补贴", "样例甲", since, due] for number, since, due in rows)]


YEARLY = {
    "2025年": dated(("A1", date(2025, 10, 8), "11月底"), ("A2", date(2025, 3, 3), date(2026, 1, 15))),
    "2026年": dated(("B1", date(2026, 9, 2), "11月底"), ("B2", date(2026, 3, 3), date(2026, 12, 15))),
}
OWN = {"11月底_2025年": "2025-11-30", "11月底_2026年": "2026-11-30"}


def yearly(said=None, sheets=None):
    return adopt(workbook_bytes(sheets or YEARLY), Adopting({}, "a1", DAY, {"完成期限": said} if said else {}))


def asked(found):
    return [(w.word, w.count, w.proposal) for w in found.asked_words]


def due(new):
    register = read_register(new)
    return {a.number: a.due_on for a in register.tracker.records}, [row.number for row in register.quarantined]


def test_a_month_without_a_year_is_asked_for_each_sheet_with_the_year_of_its_own_rows():
    _, found = yearly()
    assert asked(found) == [("11月底_2025年", 1, "2025-11-30"), ("11月底_2026年", 1, "2026-11-30")]


def test_the_day_of_each_sheet_is_kept_and_adopting_once_more_asks_nothing():
    new, found = yearly(OWN)
    assert found.asked_words == ()
    days = {"A1": date(2025, 11, 30), "A2": date(2026, 1, 15), "B1": date(2026, 11, 30), "B2": date(2026, 12, 15)}
    assert due(new) == (days, [])
    again, found = adopt(new, Adopting({}, "", DAY))
    assert (found.asked_words, due(again)) == ((), (days, []))


def test_a_day_said_of_both_is_asked_again_where_every_row_was_registered_later():
    new, found = yearly({"11月底": "2025-11-30"})
    assert (asked(found), due(new)[1]) == ([("11月底_2026年", 1, "2026-11-30")], ["B1"])
    new, _ = yearly({"11月底": "2025-11-30", "11月底_2026年": "2026-11-30"})
    assert due(new)[0]["B1"] == date(2026, 11, 30)


def test_a_sheet_that_was_renamed_has_its_own_day_again_when_all_rows_that_are_told_are_renamed_too():
    new, _ = yearly(OWN)
    book, stream = openpyxl.load_workbook(BytesIO(new)), BytesIO()
    book["2026年"].title = "2026年度"
    book.save(stream)
    problems = check(view_register(read_register(stream.getvalue()), AsOf(DAY, DAY))).problems
    (fix,) = (p.fix for p in problems if p.rule == "WB12")
    told = "“跟踪表_2026年”、“接管列名_2026年”、“取值_完成期限_11月底_2026年”"
    assert fix == f"恢复这个工作表；改过名的，把《参数》中{told}名称里的“2026年”改成现在的工作表名"
    for row in book["参数"].iter_rows():
        if f"“{row[0].value}”" in told:
            row[0].value = row[0].value.replace("2026年", "2026年度")
    book.save(stream := BytesIO())
    assert due(stream.getvalue()) == due(new)


def test_sheets_that_mean_one_day_are_asked_once():
    halves = {name: dated((name, date(2026, 1, 8), "11月底")) for name in ("上半年", "下半年")}
    assert asked(yearly(sheets=halves)[1]) == [("11月底", 2, "2026-11-30")]


def test_rows_of_two_years_on_one_sheet_have_no_day_in_common_and_no_deadline_before_their_registration():
    sheet = {"表": dated(("Q1", date(2025, 10, 8), "11月底"), ("Q2", date(2026, 9, 2), "11月底"))}
    assert asked(yearly(sheets=sheet)[1]) == [("11月底", 2, None)]
    new, found = yearly({"11月底": "2025-11-30"}, sheet)
    assert (found.asked_words, due(new)) == ((), ({"Q1": date(2025, 11, 30)}, ["Q2"]))
    said = [p.message for p in check(view_register(read_register(new), AsOf(DAY, DAY))).problems if p.rule == "FD05"]
    assert said == ["完成期限「11月底」不是明确日期：没有年份，按 2025 年就早于登记日期 2026-09-02"]


def test_the_day_of_this_years_rows_is_doubted_in_a_row_of_last_year():
    sheet = {"表": dated(("Q1", date(2025, 10, 8), "11月底"), ("Q2", date(2026, 9, 2), "11月底"))}
    new, found = yearly({"11月底": "2026-11-30"}, sheet)
    assert (found.asked_words, due(new)) == ((), ({"Q2": date(2026, 11, 30)}, ["Q1"]))
    said = [p.message for p in check(view_register(read_register(new), AsOf(DAY, DAY))).problems if p.rule == "FD05"]
    assert said == ["完成期限「11月底」不是明确日期：没有年份，按 2026 年比登记日期 2025-10-08 晚了一年以上"]


def test_a_day_said_of_both_is_asked_again_where_every_row_was_registered_a_year_before():
    new, found = yearly({"11月底": "2026-11-30"})
    assert (asked(found), due(new)[1]) == ([("11月底_2025年", 1, "2025-11-30")], ["A1"])


@pytest.mark.parametrize(("since", "is_read"), [((2025, 11, 30), False), ((2025, 12, 1), True), ((2026, 11, 30), True)])
def test_the_first_end_of_november_after_the_registration_is_meant(since, is_read):
    sheet = {"表": dated(("Q1", date(*since), "11月底"), ("Q2", date(2026, 9, 2), "11月底"))}
    new, _ = yearly({"11月底": "2026-11-30"}, sheet)
    assert due(new)[1] == ([] if is_read else ["Q1"])


def test_a_month_that_names_its_year_stays_the_day_that_was_said_of_it():
    sheet = {"表": dated(("Q1", date(2026, 9, 2), "2026年3月底"))}
    new, _ = yearly({"2026年3月底": "2026-03-31"}, sheet)
    assert due(new) == ({"Q1": date(2026, 3, 31)}, [])


def test_a_month_that_would_be_over_when_its_row_was_registered_is_not_proposed():
    assert asked(yearly(sheets={"表": dated(("Q1", date(2026, 12, 8), "3月底"))})[1]) == [("3月底", 1, None)]
