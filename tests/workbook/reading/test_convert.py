"""What people write into cells, and what it is read as."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.columns import Column, Kind, columns_of
from capa_xl.model.problem import Severity
from capa_xl.model.records import Need
from capa_xl.ooxml.sheet_values import Share
from capa_xl.policy.rules.field import FD05
from capa_xl.policy.rules.rule import fill
from capa_xl.policy.rules.spans import FD28
from capa_xl.workbook.reading.convert import convert
from capa_xl.workbook.reading.grid import context_of
from capa_xl.workbook.reading.lists import Lists
from capa_xl.workbook.reading.notes import ColumnContext

DUE = Column("due_on", "完成期限", Kind.DATE)


def read(value, kind=Kind.DATE, *, header="完成期限", allowed=(), date1904=False, **spec):
    """The value read from one cell, and the rules it met."""
    context = ColumnContext(date1904, allowed, counts_percent="%" in header)
    values, notes = convert(Column("key", header, kind, **spec), [value], context)
    return values[0], [note.rule for note in notes.get(0, ())]


@pytest.mark.parametrize(
    "text",
    [
        "2025.1.7",
        "2025年1月7日",
        "2025/1/7",
        "2025-01-07",
        "2025-1-7",
        "２０２５．１．７",
        "２０２５年１月７日",
        "20250107",
        "2025\u201101\u201107",
        "2025 年 1 月 7 日",
        " 2025-01-07 ",
        "2025-01-07 10:30",
        "2025-01-07T10:30:00",
        "2025/1/7 9:05:03",
        "2025年1月7日 上午9:30",
        "2025.01.07日",
        "2025年1月7号",
        "2025-01-07（周二）",
        "2025-01-07 星期二",
        "45664",
        "45664.5",
    ],
)
def test_text_date_is_recognised_with_a_warning(text):
    assert read(text) == (date(2025, 1, 7), ["FD06"])


def test_recognised_text_date_carries_header_value_and_day():
    _, notes = convert(DUE, ["2025.1.7"], ColumnContext())
    how = "capa-xl check 本工作簿 --fix"
    facts = {"c": "完成期限", "v": "2025.1.7", "k": "为文本日期", "d": "2025-01-07", "fix": how}
    assert notes[0][0].facts == facts


@pytest.mark.parametrize(
    "text",
    [
        "月底",
        "月末",
        "年底",
        "年末",
        "长期",
        "尽快",
        "持续",
        "待定",
        "近期",
        "随时",
        "下月",
        "本月",
        "季末",
        "2025.1.7前后",
        "2025年1月",
        "1月7日",
        "25.1.7",
        "2025-02-30",
        "2025-13-01",
        "2025.1.7-2025.1.9",
        "下周",
        "已完成",
        "无",
        "3天内",
        "12",
        "2025",
        "#N/A",
    ],
)
def test_vague_or_impossible_date_is_refused(text):
    assert read(text) == (None, ["FD05"])


@pytest.mark.parametrize("value", [date(2025, 1, 7), datetime(2025, 1, 7, 23, 59)])
def test_date_cell_is_read_silently(value):
    assert read(value) == (date(2025, 1, 7), [])


@pytest.mark.parametrize("value", [date(1900, 1, 5), date(1999, 12, 31), date(2101, 1, 1), "1998-03-04", "2925.1.7"])
def test_date_outside_2000_to_2100_is_strange(value):
    assert read(value) == (None, ["FD07"])


@pytest.mark.parametrize("value", [date(2000, 1, 1), date(2100, 12, 31)])
def test_first_and_last_plausible_day(value):
    assert read(value) == (value, [])


def test_serial_number_in_a_cell_that_is_no_date_is_recognised():
    assert read(45664.0) == (date(2025, 1, 7), ["FD06"])
    assert read(44202.0, date1904=True) == (date(2025, 1, 7), ["FD06"])
    assert read(20250107.0) == (date(2025, 1, 7), ["FD06"])


@pytest.mark.parametrize("value", [12.0, 0.5, 3_000_000.0, True, time(12, 0), timedelta(hours=3)])
def test_number_time_or_boolean_is_no_date(value):
    assert read(value) == (None, ["FD05"])


@pytest.mark.parametrize(
    "kind", [Kind.DATE, Kind.CHOICE, Kind.PERSON, Kind.PEOPLE, Kind.NUMBER, Kind.YES_NO, Kind.REFS]
)
@pytest.mark.parametrize("text", ["", " ", "　", "/", "—", "-", "——"])
def test_blanks_and_lone_dashes_are_blank(kind, text):
    value, _ = read(text, kind, allowed=("高",))
    assert value in (None, ())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张三、李四", ("张三", "李四")),
        ("张三，李四", ("张三", "李四")),
        ("张三,李四", ("张三", "李四")),
        ("张三;李四；王五", ("张三", "李四", "王五")),
        ("张三/李四", ("张三", "李四")),
        ("张三 李四", ("张三", "李四")),
        ("张三\n李四", ("张三", "李四")),
        ("张三　李四", ("张三", "李四")),
        ("张 三", ("张三",)),
        ("张　三", ("张三",)),
        ("欧阳 修", ("欧阳修",)),
        ("张 小 明", ("张小明",)),
        ("张三 李 四", ("张三", "李四")),
        ("张 三 李 四", ("张三", "李四")),
        ("John Smith", ("John Smith",)),
        ("张三、张三", ("张三",)),
        ("张三、", ("张三",)),
        (" 张三", ("张三",)),
    ],
)
def test_people_in_one_cell(text, names):
    assert read(text, Kind.PEOPLE)[0] == names


@pytest.mark.parametrize(
    "text", ["张 三", " 张三", "张三 ", "张三\n", "张　三", "张三\u00a0", "张三\u200b", "\ufeff张三"]
)
def test_stray_blanks_in_a_name_are_taken_out_with_a_warning(text):
    assert read(text, Kind.PERSON) == ("张三", ["FD11"])


@pytest.mark.parametrize("text", ["张三", "John Smith"])
def test_clean_name_is_silent(text):
    assert read(text, Kind.PERSON) == (text, [])


@pytest.mark.parametrize("text", ["GJ-2026-001 ", " GJ-2026-001", "GJ-2026-001\n", "GJ-2026-\r\n001", "GJ-2026-001　"])
def test_stray_blanks_in_a_number_are_taken_out_with_a_warning(text):
    assert read(text, Kind.KEY, header="编号") == ("GJ-2026-001", ["FD11"])


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, "1"), (12345678901.0, "12345678901"), (1.5, "1.5"), ("7", "7"), (True, "TRUE")]
)
def test_number_in_a_text_column_is_written_as_people_see_it(value, text):
    assert read(value, Kind.KEY) == (text, [])
    assert read(value, Kind.TEXT) == (text, [])


def test_long_text_keeps_its_inside_and_loses_its_ends():
    assert read("  第一行\r\n  第二行 \r", Kind.NOTE) == ("第一行\n  第二行", [])


def test_blank_of_a_column_with_several_values_is_an_empty_tuple():
    values, _ = convert(Column("owners", "责任人", Kind.PEOPLE), ["", "张三"], ColumnContext())
    assert values == [(), ("张三",)]


def test_references_are_split_and_keep_slashes():
    assert read("GJ-1、GJ-2，GJ/3", Kind.REFS)[0] == ("GJ-1", "GJ-2", "GJ/3")


def test_closed_list_takes_its_words_only():
    assert read("重大", Kind.CHOICE, allowed=words.SEVERITIES) == ("重大", [])
    assert read(" 重大", Kind.CHOICE, allowed=words.SEVERITIES) == ("重大", ["FD11"])
    assert read("重大的", Kind.CHOICE, allowed=words.SEVERITIES) == (None, ["FD04"])


def test_what_is_no_number_is_told_as_one_and_no_hint_stands_for_a_value():
    _, notes = convert(Column("actual", "实际值", Kind.NUMBER), ["约 3%"], ColumnContext())
    assert notes[0][0].facts == {"c": "实际值", "v": "约 3%", "only": "数字"}


def test_strange_word_names_the_list_and_the_nearest():
    _, notes = convert(Column("source", "来源", Kind.CHOICE), ["外审"], ColumnContext(allowed=words.SOURCES))
    note = notes[0][0]
    assert (note.severity, note.unreadable) == (Severity.ERROR, True)
    assert note.facts["v"] == "外审"
    assert note.facts["s"] == "外部审核"
    assert note.facts["list"].startswith("体系运行过程、运维服务过程")


@pytest.mark.parametrize(("said", "kind", "allowed"), [
    ("责任人", Kind.CLOSED_CHOICES, words.ROLES), ("质量部负责入", Kind.CLOSED_CHOICES, words.ROLES),
    ("副总经理", Kind.CHOICE, words.APPROVAL_ROUTES), ("未同意", Kind.CHOICE, words.APPROVALS),
    ("不太有效", Kind.CHOICE, words.EFFECTS), ("没合格", Kind.CHOICE, words.INSPECTIONS),
    ("较大", Kind.CHOICE, words.SEVERITIES), ("是吧", Kind.YES_NO, ("是", "否")), ("半途", Kind.STATED, ()),
])  # fmt: skip
def test_a_strange_role_or_verdict_is_answered_with_the_list_and_no_word_of_it(said, kind, allowed):
    _, notes = convert(Column("x", "某列", kind, choices=allowed), [said], ColumnContext(allowed=allowed))
    (note,) = notes[0]
    assert (note.rule, note.facts["v"], note.facts["s"]) == ("FD04", said, "")
    assert note.facts["list"].startswith("、".join(allowed))


def test_open_list_keeps_a_strange_word_and_says_so():
    _, notes = convert(
        Column("process", "所属过程", Kind.OPEN_CHOICE), ["培训"], ColumnContext(allowed=words.PROCESSES)
    )
    assert read("培训", Kind.OPEN_CHOICE, allowed=words.PROCESSES) == ("培训", ["FD04"])
    assert (notes[0][0].severity, notes[0][0].unreadable) == (Severity.INFO, False)


def test_several_words_of_an_open_list():
    assert read("人、法", Kind.CHOICES, allowed=words.CAUSE_CATEGORIES) == (("人", "法"), [])
    assert read("人、天气、运气", Kind.CHOICES, allowed=words.CAUSE_CATEGORIES) == (
        ("人", "天气", "运气"),
        ["FD04", "FD04"],
    )


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ("是", True),
        ("否", False),
        ("Y", True),
        ("no", False),
        (True, True),
        (False, False),
        ("√", True),
        ("×", False),
        ("", None),
    ],
)
def test_yes_and_no(value, answer):
    assert read(value, Kind.YES_NO) == (answer, [])


def test_neither_yes_nor_no_is_reported():
    assert read("也许", Kind.YES_NO, allowed=("是", "否")) == (None, ["FD04"])


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (12.0, 12.0),
        ("12", 12.0),
        ("1,234.5", 1234.5),
        ("12次", 12.0),
        ("12 天", 12.0),
        ("-3", -3.0),
        ("１２", 12.0),
        ("95%", 0.95),
        ("1e3", 1000.0),
        (".5", 0.5),
    ],
)
def test_number_as_text_with_unit_percent_or_separators(value, number):
    assert read(value, Kind.NUMBER, header="现值") == (number, [])


def progress(value, header="进度%", *, is_answer=False):
    """What is read, or whether it is asked; the column counts in percent whatever the table calls it."""
    context = ColumnContext(counts_percent=True, is_own_heading=header == "进度%", is_answer=is_answer)
    (read,), notes = convert(Column("progress", header, Kind.NUMBER, least=0, most=100), [value], context)
    return [note.facts["only"] for note in notes[0]] if notes else read


def test_a_number_below_our_own_heading_stands_as_it_is():
    assert [progress(v) for v in (0.0, 1.0, 1.5, 55.0, 100.0)] == [0, 1, 1.5, 55, 100]
    assert [progress(v) for v in ("0", "1", "60", "95%", "0.6%", "0.6 %")] == [0, 1, 60, 95, 0.6, 0.6]
    assert [progress(Share(v)) for v in (0.01, 0.55, 1)] == [1, 55, 100]
    assert read(0.55, Kind.NUMBER, header="现值") == read(0.55, Kind.NUMBER, header="现值(%)") == (0.55, [])


def test_our_own_heading_may_be_typed_full_width():
    column = Column("progress", "进度%", Kind.NUMBER)
    contexts = (
        context_of(column, replace(column, header=heading), Lists(), date1904=False)
        for heading in ("进度%", "* 进度 ％", "进度", "完成率%")
    )
    assert [context.is_own_heading for context in contexts] == [True, True, False, False]


def test_half_a_per_cent_or_half_of_the_work_is_asked():
    assert progress(0.5) == progress("0.5") == ["明确的百分数（50 或 0.5%）"]
    assert progress(0.07) == ["明确的百分数（7 或 0.07%）"]


def test_below_a_heading_of_the_tables_own_it_is_a_share_and_of_a_slip_asked():
    assert [progress(v, "% done") for v in (0.55, 1.0, "0.6", 55.0, 0.0)] == [55, 100, 60, 55, 0]
    assert progress(1.0, "完成率", is_answer=True) == ["明确的百分数（100 或 1%）"]
    assert progress(55.0, "完成率", is_answer=True) == 55


@pytest.mark.parametrize(
    ("kind", "want"),
    [
        (Kind.TEXT, ["0.03", "3%", "1", "100%", "TRUE", "0", "FALSE", None]),
        (Kind.NUMBER, [0.03, 0.03, 1, 1, None, 0, None, None]),
        (Kind.KEY, ["0.03", "0.03", "1", "1", "TRUE", "0", "FALSE", None]),
    ],
)
def test_cells_that_equal_each_other_are_read_each_as_shown(kind, want):
    values = [0.03, Share(0.03), 1.0, Share(1), True, 0.0, False, ""]
    for there in (values, values[::-1]):
        read, _ = convert(Column("key", "样例", kind), there, ColumnContext())
        assert read == (want if there is values else want[::-1])


@pytest.mark.parametrize("value", ["很多", "≥95", "12-15", "1.2.3", "1e999", date(2025, 1, 7), True])
def test_no_number_is_reported(value):
    assert read(value, Kind.NUMBER, header="现值") == (None, ["FD04"])


def test_whole_number():
    assert read("30天", Kind.COUNT) == (30, [])
    for text, number in (("三十天", 30), ("十五", 15), ("两次", 2), ("九十天", 90), ("二十一 天", 21)):
        assert read(text, Kind.COUNT) == (number, [])
    for text in ("三五天", "一般", "十几天", "两周", "天"):
        assert read(text, Kind.COUNT) == (None, ["FD04"])
    for text, found in (("2周", None), ("1个月", None), ("2日", 2), ("30 天", 30), ("十天", 10)):
        assert read(text, Kind.COUNT, header="观察期(天)") == (found, [] if found else ["FD04"])
    assert read(30.0, Kind.COUNT) == (30, [])
    assert read(30.5, Kind.COUNT) == (None, ["FD04"])
    assert [read(n, Kind.COUNT, least=1) for n in (0.0, 1.0)] == [(None, ["FD04"]), (1, [])]


@pytest.mark.parametrize(
    ("value", "period"),
    [
        ("2026-03", "2026-03"),
        ("2026年3月", "2026-03"),
        ("2026/3", "2026-03"),
        ("2026.03", "2026-03"),
        ("202603", "2026-03"),
        (202603.0, "2026-03"),
        ("2026Q1", "2026Q1"),
        ("2026年第1季度", "2026Q1"),
        ("2026年一季度", "2026Q1"),
        ("2026-Q4", "2026Q4"),
        ("2026H1", "2026H1"),
        ("2026年上半年", "2026H1"),
        ("2026", "2026"),
        (2026.0, "2026"),
        ("2026年度", "2026"),
        (date(2026, 3, 5), "2026-03-05"),
        ("2026-03-05", "2026-03-05"),
        ("2026年3月5日", "2026-03-05"),
        (46086.0, "2026-03-05"),
        ("", None),
    ],
)
def test_period(value, period):
    assert read(value, Kind.PERIOD, header="期间") == (period, [])


@pytest.mark.parametrize("value", ["三月", "2026-13", "上月", "2026年Q5", 3.5, "0000", "0000Q1", "9999Q4"])
def test_no_period(value):
    assert read(value, Kind.PERIOD, header="期间") == (None, ["FD05"])


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2026-03-02至2026-03-08", "2026-03-02至2026-03-08"),
        ("2026年3月2日 到 2026年3月8日", "2026-03-02至2026-03-08"),
        ("2026/3/2～2026/3/8", "2026-03-02至2026-03-08"),
        ("2026-03-02 - 2026-03-08", "2026-03-02至2026-03-08"),
        ("2026-03-02..2026-03-02", "2026-03-02至2026-03-02"),
        ("2026-03", "2026-03"),
        ("3月2日至3月8日", None),
    ],
)
def test_a_period_of_an_exception_may_be_its_first_and_its_last_day(written, period):
    """A week in which the tool stood still is no month."""
    values, notes = convert(Column("period", "期间", Kind.PERIOD, takes_span=True), [written], ColumnContext())
    rules = [] if period else ["FD05"]
    assert (values, [note.rule for found in notes.values() for note in found]) == ([period], rules)
    assert read(written, Kind.PERIOD, header="期间")[0] == (period if period == "2026-03" else None)


def test_a_period_of_an_exception_that_ends_before_it_begins_is_told_so():
    """It was only said to be no day, with the very way in which it was written as the cure."""
    _, notes = convert(Column("period", "期间", Kind.PERIOD, takes_span=True), ["2026.3.8 ~ 2026.3.2"], ColumnContext())
    (note,) = notes[0]
    said = f"{fill(FD28.message, note.facts)} → {fill(FD28.fix, note.facts)}"
    assert (note.rule, note.severity, note.unreadable) == ("FD28", Severity.ERROR, True)
    assert said == (
        "期间「2026.3.8 ~ 2026.3.2」的止日早于起日，哪一天也不包含，这一行不作数"
        " → 照事实改正，或对调成 2026-03-02至2026-03-08"
    )


def test_what_is_no_period_is_told_how_a_period_is_written():
    """It was told to be a day, and a day was then taken for the period."""
    _, notes = convert(Column("period", "期间", Kind.PERIOD), ["上月"], ColumnContext())
    facts = defaultdict(str, notes[0][0].facts)
    assert fill(FD05.message, facts) == "期间「上月」不是明确日期：也不是月、季、半年、年"
    assert fill(FD05.fix, facts) == "请写成月、季、半年、年或年-月-日，例如“2026-03”“2026Q1”“2026H1”“2026-03-31”"


def test_notes_stand_at_the_index_of_their_cells():
    values, notes = convert(DUE, ["", date(2026, 1, 1), "月底", "月底"], ColumnContext())
    assert values == [None, date(2026, 1, 1), None, None]
    assert sorted(notes) == [2, 3]


@pytest.mark.parametrize("kind", Kind)
@given(
    value=st.one_of(
        st.text(max_size=30), st.floats(), st.booleans(), st.datetimes(), st.dates(), st.times(), st.timedeltas()
    )
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_whatever_stands_in_a_cell_is_read_or_noted(kind, value):
    values, notes = convert(Column("key", "列", kind), [value, ""], ColumnContext(allowed=("甲", "乙")))
    assert values[1] in (None, ())
    if values[0] in (None, ()) and not isinstance(value, str):
        assert notes[0]


def test_stray_blanks_are_quoted_as_they_were_typed():
    _, notes = convert(Column("number", "编号", Kind.KEY), [" GJ-1\n"], ColumnContext())
    assert notes[0][0].facts == {"c": "编号", "v": " GJ-1\\n", "blank": "含多余空格"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@张三", ("张三",)), ("张三（主）、李四（配合）", ("张三", "李四")), ("张三(主)/李四", ("张三", "李四")),
        ("张三、李四等", ("张三", "李四")), ("张三等人", ("张三",)), ("张三\n李四", ("张三", "李四")),
        ("张三、等", ("张三",)), ("@ 张三；@李四", ("张三", "李四")), ("张三（主任）", ("张三（主任）",)),
        ("周明 主任", ("周明 主任",)), ("卫东 工程师", ("卫东 工程师",)),
        ("钱勇 机长、孙丽", ("钱勇 机长", "孙丽")), ("王工、李工", ("王工", "李工")),
    ],
)  # fmt: skip
def test_what_people_write_around_names_is_taken_off_without_a_word(text, names):
    assert read(text, Kind.PEOPLE) == (names, [])


ROLES = ("总经理", "部门经理", "归口部门负责人", "员工")


@pytest.mark.parametrize("text", ["部门经理、归口部门负责人", "部门经理/归口部门负责人", "部门经理；归口部门负责人",
                                  "部门经理\n归口部门负责人", "部门经理,归口部门负责人"])  # fmt: skip
def test_several_roles_stand_in_one_cell(text):
    assert read(text, Kind.CLOSED_CHOICES, allowed=ROLES) == (("部门经理", "归口部门负责人"), [])


def test_only_the_strange_role_is_lost_and_named_by_itself():
    values, notes = convert(Column("roles", "角色", Kind.CLOSED_CHOICES), ["员工、组长"], ColumnContext(allowed=ROLES))
    assert values == [("员工",)]
    (note,) = notes[0]
    assert (note.rule, note.severity, note.facts["v"]) == ("FD04", Severity.ERROR, "组长")


def test_a_blank_or_single_role():
    assert read("", Kind.CLOSED_CHOICES, allowed=ROLES) == ((), [])
    assert read("—", Kind.CLOSED_CHOICES, allowed=ROLES) == ((), [])
    assert read("总经理", Kind.CLOSED_CHOICES, allowed=ROLES) == (("总经理",), [])


def test_a_role_whose_name_holds_a_separator_is_known_whole():
    assert read("运维/质量经理", Kind.CLOSED_CHOICES, allowed=("运维/质量经理", *ROLES)) == (("运维/质量经理",), [])


@pytest.mark.parametrize(
    "text", ["2026-12-10前", "2026年12月10日前", "2026.12.10 之前", "2026-12-10前完成", "2026-12-10以前"]
)
def test_by_a_day_is_that_day(text):
    assert read(text) == (date(2026, 12, 10), ["FD06"])


@pytest.mark.parametrize(
    "text", ["无", "N/A", "NA", "暂无", "待定", "进行中", "未完成", "/", "—", "——", "\\", "0", 0.0]
)
def test_not_yet_in_a_fact_date_is_blank_and_noted_in_a_plan_date_it_is_not(text):
    fact = Column("completed_on", "实际完成日期", Kind.DATE, dates_fact=True)
    values, notes = convert(fact, [text], ColumnContext())
    assert (values, [(note.rule, note.unreadable) for note in notes[0]]) == ([None], [("FD21", False)])
    assert read(text)[1] in ([], ["FD05"])


@pytest.mark.parametrize("text", ["月底", "已完成", "3天内"])
def test_a_vague_day_of_a_fact_is_no_not_yet(text):
    fact = Column("completed_on", "实际完成日期", Kind.DATE, dates_fact=True)
    assert [note.rule for note in convert(fact, [text], ColumnContext())[1][0]] == ["FD05"]


def test_declared_words_are_read_as_what_they_mean():
    severity = Column("severity", "严重度", Kind.CHOICE)
    context = ColumnContext(allowed=words.SEVERITIES, meanings={"a": "重大", "观察项": ""})
    values, notes = convert(severity, ["Ａ", "a", "观察项", "一般", "B"], context)
    assert values == ["重大", "重大", None, "一般", None]
    assert list(notes) == [4]


def test_a_status_word_stays_as_it_is_and_a_strange_one_is_noted():
    stated = Column("stated_status", "状态", Kind.STATED)
    values, notes = convert(stated, ["已闭环", "搁置", "挂起", "", "/"], ColumnContext(meanings={"搁置": "进行中"}))
    assert values == ["已闭环", "搁置", "挂起", None, None]
    assert {at: [(n.rule, n.severity) for n in several] for at, several in notes.items()} == {
        2: [("FD04", Severity.WARNING)]
    }


@pytest.mark.parametrize("hyphen", "\u2010\u2011\u2012\u2212\x1e")
def test_a_number_copied_out_of_a_paper_is_the_number(hyphen):
    assert read(f"GJ{hyphen}2026{hyphen}012", Kind.KEY)[0] == "GJ-2026-012"
    assert read(f"GJ{hyphen}01、GJ-02", Kind.REFS)[0] == ("GJ-01", "GJ-02")


@pytest.mark.parametrize(("value", "number"), [(100.0, 100), ("0", 0), (150.0, None), (-1.0, None), ("101%", None)])
def test_a_number_out_of_its_columns_range_is_none(value, number):
    rules = [] if number is not None else ["FD04"]
    assert read(value, Kind.NUMBER, header="进度%", least=0, most=100) == (number, rules)


def test_a_count_is_never_less_than_nothing():
    assert read(-3.0, Kind.COUNT, header="轮次") == (None, ["FD04"])
    assert read(0.0, Kind.COUNT, header="观察期(天)", least=1) == (None, ["FD04"])
    assert read(-3.0, Kind.COUNT, header="距期限天数", ours=True) == (-3, [])


@pytest.mark.parametrize(("value", "number"), [(0.0, None), (1.0, 1), ("5", 5), (6.0, None), ("10", None), (2.5, None)])
def test_a_score_is_one_to_five(value, number):
    (impact,) = (col for col in columns_of(Need) if col.header == "影响")
    values, notes = convert(impact, [value], ColumnContext())
    assert values == [number]
    assert [(one.rule, one.facts["c"]) for one in notes.get(0, ())] == [("FD04", "影响")] * (number is None)


@pytest.mark.parametrize(
    ("value", "kind", "spec", "facts"),
    [
        (30.5, Kind.COUNT, {"least": 1}, {"v": "30.5", "only": "不小于 1 的整数"}),
        (0.0, Kind.COUNT, {"least": 1}, {"v": "0", "only": "不小于 1 的整数"}),
        ("三十几", Kind.COUNT, {"least": 1}, {"v": "三十几", "only": "数字"}),
        (150.0, Kind.NUMBER, {"least": 0, "most": 100}, {"v": "150", "only": "从 0 到 100 的数字"}),
        (time(0), Kind.DATE, {}, {"v": "0"}),
        (time(12), Kind.DATE, {}, {"v": "12:00:00", "why": "只有时刻，没有日期"}),
        ("2026-02-30", Kind.DATE, {}, {"why": "没有这一天"}),
    ],
)
def test_what_stands_there_and_what_may_are_told_as_they_are(value, kind, spec, facts):
    _, notes = convert(Column("key", "列", kind, **spec), [value], ColumnContext())
    ((note,),) = notes.values()
    assert facts.items() <= note.facts.items()
