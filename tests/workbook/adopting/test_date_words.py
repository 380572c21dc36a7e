"""Dates of somebody's table: the order of a column, its missing year, and words where a day should stand."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from capa_xl.app.use_cases.adopt import adopt_workbook
from capa_xl.errors import UsageError
from capa_xl.model.as_of import AsOf
from capa_xl.policy.check import check
from capa_xl.policy.left_out import left_out_sentences
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
    assert (new, words(found)) == (None, [("全部日期", "没有年份的日期", 2, "", "2026", True)])
    new, _ = tried(table([LATE, "11月12日", "10.31"]), {"完成期限": {"没有年份的日期": "2026"}})
    assert [action.due_on for action in read_register(new).tracker.records][1:] == [
        date(2026, 11, 12),
        date(2026, 10, 31),
    ]


@pytest.mark.parametrize("meaning", ["", "2027-01-12"])
def test_a_meaning_of_a_bare_number_is_refused_and_one_of_an_action_number_is_not(meaning):
    with pytest.raises(UsageError) as refused:
        tried(table([LATE, 46400]), {"完成期限": {"46400": meaning}})
    assert str(refused.value) == (
        f"--value 完成期限:46400={meaning}：「46400」是数字，按 Excel 的日期序号读，不能另外说明意思"
        " → 请在原表里把这一格改成日期，或清空"
    )
    rows = [[46400, "标签缺失", "补贴标签", "样例甲", LATE], [46401, "灯坏", "换灯", "样例甲", LATE]]
    assert tried(workbook_bytes({"表": [HEAD[:5], *rows]}), {"编号": {"46400": "不计入"}})[0]


# --- a bare number under a date -----------------------------------------------------------------------------


def test_a_bare_number_under_a_date_is_said_with_its_cell_and_its_day_by_adopt_and_by_check():
    new, found = tried(table([LATE, 46400, "46401", "11月底", 12]), {"完成期限": {"11月底": "2026-11-30"}})
    assert [note for note in found.notes if "一个数" in note] == [
        "「完成期限」有 2 格只是一个数，没有日期格式，按 Excel 的日期序号读："
        "E3「46400」为 2027-01-13、E4「46401」为 2027-01-14 → 不是这一天的，请把这一格改成日期"
    ]
    problems = check(view_register(read_register(new), AsOf(DAY, DAY))).problems
    assert [(p.cell, p.message, p.fix) for p in problems if p.rule == "FD06" and "只是" in p.message] == [
        (
            f"E{row}",
            f"完成期限「{number}」只是一个数，没有日期格式，按 Excel 的日期序号，识别为 {day}",
            f"先看是不是这一天，不是的请更正；是的，改成真正的日期 {day}，"
            "或看看能否自动改：capa-xl check 本工作簿 --fix",
        )
        for row, number, day in ((3, "46400", "2027-01-13"), (4, "46401", "2027-01-14"))
    ]


def test_a_table_of_days_has_no_such_note():
    _, found = tried(table([LATE, LATE, "2026年11月12日"]))
    assert not [note for note in found.notes if "一个数" in note]


# --- a year holds for the days it was given for ------------------------------------------------------------


def edited(new, edit):
    book, stream = openpyxl.load_workbook(BytesIO(new)), BytesIO()
    edit(book["表"])
    book.save(stream)
    return read_register(stream.getvalue())


@pytest.fixture
def without_years():
    return tried(table([LATE, "11月12日"]), {"完成期限": {"没有年份的日期": "2026"}})[0]


def test_the_day_says_which_year_was_taken(without_years):
    problems = check(view_register(read_register(without_years), AsOf(DAY, DAY))).problems
    assert [(p.cell, p.message, p.fix) for p in problems if p.rule == "FD06"] == [
        (
            "E3",
            "完成期限「11月12日」为文本日期，识别为 2026-11-12：没有年份，按《参数》取 2026 年",
            "改成真正的日期 2026-11-12",
        )
    ]


def test_next_years_day_without_a_year_is_asked_and_never_read_as_this_years(without_years):
    register = edited(without_years, lambda sheet: sheet.append(["Q3", "新的问题", "整改", "样例甲", "3月5日"]))
    assert [(row.number, row.cells) for row in register.quarantined] == [("Q3", ("E4",))]
    assert [action.number for action in register.tracker.records] == ["Q1", "Q2"]


def test_adopting_once_more_gives_next_years_day_no_year_either(without_years):
    book, stream = openpyxl.load_workbook(BytesIO(without_years)), BytesIO()
    book["表"].append(["Q3", "新的问题", "整改", "样例甲", "3月5日"])
    book["表"].delete_rows(3)
    book.save(stream)
    again, _ = adopt(stream.getvalue(), Adopting({}, "", DAY))
    register = read_register(again)
    assert [(row.number, row.cells) for row in register.quarantined] == [("Q3", ("E3",))]
    assert register.procedure.meanings["完成期限"] == {"没有年份的日期": "2026：11月12日"}


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 12, 31), ()),
        (date(2027, 1, 1), ("1 处日期没有年份，仍按 2026 年读，今年是 2027 年：Q2（E3） → 请写全年月日",)),
    ],
)
def test_once_the_year_is_over_open_rows_that_are_read_by_it_are_named(without_years, on, said):
    assert left_out_sentences(view_register(read_register(without_years), AsOf(on, on)), (), "表.xlsx") == said


def test_a_year_that_somebody_wrote_alone_holds_for_every_day():
    book = {"表": [HEAD, ["Q1", "标签缺失", "补贴", "样例甲", "3月5日"]], "参数": [["参数", "值"]]}
    book["参数"].append(["取值_完成期限_没有年份的日期", "2026"])
    assert [a.due_on for a in read_register(workbook_bytes(book)).tracker.records] == [date(2026, 3, 5)]


WITH_DAY = [*HEAD[:4], "登记日期", *HEAD[4:]]


@pytest.mark.parametrize(
    ("registered", "due", "read"),
    [
        (date(2026, 11, 12), "11月12日", date(2026, 11, 12)),
        (date(2026, 11, 13), "11月12日", None),
        (date(2026, 11, 20), "1月15日", None),
        (None, "1月15日", date(2026, 1, 15)),
    ],
)
def test_a_day_that_would_lie_before_the_rows_own_registration_is_asked(registered, due, read):
    rows = [WITH_DAY, ["Q1", "标签缺失", "补贴", "样例甲", registered, due]]
    register = read_register(
        workbook_bytes({"表": rows, "参数": [["参数", "值"], ["取值_完成期限_没有年份的日期", "2026"]]})
    )
    found = [(a.due_on, a.number) for a in register.tracker.records]
    assert found == ([(read, "Q1")] if read else [])
    said = [p.message for p in check(view_register(register, AsOf(DAY, DAY))).problems if p.rule == "FD05"]
    assert said == ([] if read else [f"完成期限「{due}」不是明确日期：没有年份，按 2026 年就早于登记日期 {registered}"])


YEARS = {
    f"{year}年": [
        HEAD,
        [f"{year}-1", "标签缺失", "补贴", "样例甲", "11月12日"],
        [f"{year}-2", "灯坏", "换灯", "样例甲", "3.5"],
    ]
    for year in (2025, 2026)
}


def test_every_sheet_is_asked_for_its_own_year():
    _, found = tried(workbook_bytes(YEARS))
    assert [(w.word, w.count, w.proposal) for w in found.asked_words] == [
        ("没有年份的日期_2025年", 2, "2025"), ("没有年份的日期_2026年", 2, "2026"),
    ]  # fmt: skip
    said = {f"没有年份的日期_{year}年": str(year) for year in (2025, 2026)}
    for column in ("完成期限", "全部日期"):
        new, _ = tried(workbook_bytes(YEARS), {column: said})
        assert [a.due_on for a in read_register(new).tracker.records] == [
            date(2025, 11, 12), date(2025, 3, 5), date(2026, 11, 12), date(2026, 3, 5),
        ]  # fmt: skip


def test_the_year_is_asked_once_for_all_columns_and_sheets_of_one_year():
    head = ["编号", "问题描述", "措施内容", "责任人", "要求完成日期", "整改完成时间", "复查日期"]
    sheets = {
        name: [["2026年度"], head, [f"{name}1", "标签缺失", "补贴", "样例甲", "11月12日", "11月10日", "11月11日"]]
        for name in ("上半年", "下半年")
    }
    _, found = tried(workbook_bytes(sheets))
    assert [(w.field, w.word, w.header, w.count, w.proposal) for w in found.asked_words] == [
        ("全部日期", "没有年份的日期", "要求完成日期、整改完成时间、复查日期", 6, "2026")
    ]
    new, found = tried(workbook_bytes(sheets), {"全部日期": {"没有年份的日期": "2026"}})
    assert (found.asked_words, [a.due_on for a in read_register(new).tracker.records]) == ((), [date(2026, 11, 12)] * 2)
    kept = read_register(new).procedure.meanings["实际完成日期"].values()
    assert list(kept) == ["2026：11月10日", "2026：11月10日"]


def test_the_year_is_asked_in_the_same_run_for_a_column_that_is_in_question_itself():
    head = ["编号", "问题描述", "措施内容", "责任人", "回复期限", "状态"]
    rows = [head, ["Q1", "标签缺失", "补贴", "样例甲", "11/12", "未结案"]]
    _, found = tried(workbook_bytes({"2026": rows}))
    assert [one.header for one in found.ask] == ["回复期限"]
    assert [(w.field, w.header, w.is_needed) for w in found.asked_words] == [("全部日期", "回复期限", True)]


def test_hyphens_out_of_a_paper_and_a_full_stop_for_a_point_are_asked_as_they_are_read():
    new, found = tried(table(["03\u201104\u20112026"]))
    assert (new, words(found)) == (None, [("完成期限", "日期写法", 1, "", None, True)])
    new, _ = tried(table(["03\u201104\u20112026"]), {"完成期限": {"日期写法": "日/月/年"}})
    assert [action.due_on for action in read_register(new).tracker.records] == [date(2026, 4, 3)]
    new, found = tried(table([LATE, "11。12"]))
    assert (new, words(found)) == (None, [("全部日期", "没有年份的日期", 1, "", "2026", True)])


def test_a_year_that_is_none_is_refused():
    with pytest.raises(UsageError, match="可用：2026"):
        tried(table(["11月12日"]), {"完成期限": {"没有年份的日期": "今年"}})
    with pytest.raises(UsageError, match="--value 全部日期:没有年份的日期=今年：只能说明年份"):
        tried(table(["11月12日"]), {"全部日期": {"没有年份的日期": "今年"}})


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


def test_a_table_most_of_whose_deadlines_are_no_days_is_asked_or_taken_as_it_is(tmp_path):
    source, target = tmp_path / "源.xlsx", tmp_path / "新.xlsx"
    source.write_bytes(table(["月底", "尽快", LATE]))
    assert not adopt_workbook(source, target, Adopting({}, "a1", DAY)).is_written
    assert adopt_workbook(source, target, Adopting({}, "a1", DAY, takes_left_out=True)).is_written


def test_a_table_most_of_whose_rows_nobody_can_read_is_refused_in_one_sentence(tmp_path):
    source, target = tmp_path / "源.xlsx", tmp_path / "新.xlsx"
    source.write_bytes(table([date(1900, 1, 1), date(1900, 1, 1), LATE]))
    with pytest.raises(UsageError, match=r"3 行里有 2 行读不出来.*「完成期限」2 行，例：E2"):
        adopt_workbook(source, target, Adopting({}, "a1", DAY))
    assert not target.exists()
    assert adopt_workbook(source, target, Adopting({}, "a1", DAY, takes_left_out=True)).is_written


def test_half_of_the_rows_set_aside_is_written_and_named(tmp_path):
    source, target = tmp_path / "源.xlsx", tmp_path / "新.xlsx"
    source.write_bytes(table(["月底", LATE]))
    done = adopt_workbook(source, target, Adopting({}, "a1", DAY))
    assert (done.found.tracked, [row.cells for row in done.found.left_out]) == (1, [("E2",)])


def test_the_label_of_a_total_under_a_date_is_no_day_to_be_asked():
    rows = [HEAD, *([f"Q{n}", "标签缺失两处", "补贴标签", "样例甲", LATE, None] for n in range(1, 4))]
    _, found = tried(workbook_bytes({"表": [*rows, ["合计", "", "", "", "平均", "平均值"]]}))
    assert found.asked_words == ()
    _, found = tried(workbook_bytes({"表": [*rows, ["", "", "", "", "平均", 12.5]]}))
    assert found.asked_words == ()


@pytest.mark.parametrize(
    ("due", "order", "days"),
    [
        (["26.11.10", "26.12.05"], "年/月/日", (date(2026, 11, 10), date(2026, 12, 5))),
        (["26-11-30", "26-12-31"], "年/月/日", (date(2026, 11, 30), date(2026, 12, 31))),
        (["10.11.26", "30.11.26"], "日/月/年", (date(2026, 11, 10), date(2026, 11, 30))),
        (["11/10/26", "11/30/26"], "月/日/年", (date(2026, 11, 10), date(2026, 11, 30))),
    ],
)
def test_two_digits_are_the_year_where_that_alone_is_near_the_years_of_the_table(due, order, days):
    """The table's other days are of 2026: 26.11.10 is no 2010, 10.11.26 no 2010 either."""
    new, found = tried(table([*due, LATE]))
    assert words(found) == [("完成期限", "日期写法", 2, order, None, False)]
    assert tuple(action.due_on for action in read_register(new).tracker.records)[:2] == days


def test_three_short_numbers_that_may_be_two_days_of_this_year_are_asked():
    """26.11.27: the 27th of November 2026, and the 26th of November 2027."""
    new, found = tried(table(["26.11.27", "26.11.27", LATE]))
    assert (new, words(found)) == (None, [("完成期限", "日期写法", 2, "", None, True)])
    assert found.words[0].candidates == ("月/日/年", "日/月/年", "年/月/日")
