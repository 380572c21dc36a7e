"""Several in a cell (B5): every separator × departments, people, numbers, roles; and `--apply` keeps the meaning."""

from datetime import date

import pytest

from capa_xl.model.as_of import AsOf
from capa_xl.policy.check import check
from capa_xl.policy.excuses import named_numbers
from capa_xl.policy.rules.field import FD11
from capa_xl.policy.rules.rule import fill
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.reading.reader import read_register
from capa_xl.workbook.reading.written_names import numbers_in, one_key, one_person
from capa_xl.workbook.writing.fixes import proposed_fixes
from tests.tables import workbook_bytes

SEPARATORS = [
    "、", "，", ",", "；", ";", "/", "／", "\n", "\r\n", "\r", "\x0b", "\u2028", "_x000A_", "_x000D__x000A_",
    "\u3000", " ",
    "、\n", "\n、", " 、 ", ", ", "，\r\n", "\n\n", " \n ", "\u3000\n", "；_x000A_", "､", "\t",
]  # fmt: skip
"""`_x000A_` as text, as careless programs leave it."""
DEPARTMENTS, PEOPLE = ("网络部", "系统部", "信息安全部"), ("样例甲", "样例乙", "样例丙")
ROSTER = [["姓名", "部门", "角色", "代理人"]] + [
    [name, department, "部门经理", None] for name, department in zip(PEOPLE, DEPARTMENTS, strict=True)
]


def book(cells, roster=ROSTER, **sheets):
    row = {"编号": "GJ-2026-001", "措施内容": "更换电源", "责任人": "样例甲", "完成期限": date(2026, 6, 30), **cells}
    return workbook_bytes({"改进计划跟踪表": [list(row), list(row.values())], "人员部门": roster, **sheets})


def applied(blob):
    """Header → what `--apply` would put there."""
    return {fix.header: fix.after for fix in proposed_fixes(blob, read_register(blob))}


def joined(separators, parts):
    first, second = separators
    return f"{parts[0]}{first}{parts[1]}{second}{parts[2]}"


PAIRS = (
    [(s, s) for s in SEPARATORS]
    + [("、", s) for s in SEPARATORS]
    + [(s, "、") for s in SEPARATORS]
    + [("\n", "/"), ("，", "\u3000"), ("\r\n", "；")]
)


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize(
    ("header", "parts", "read"),
    [
        ("责任部门", DEPARTMENTS, lambda action: action.departments),
        ("责任人", PEOPLE, lambda action: action.owners),
    ],
)
def test_departments_and_people_are_all_found_whatever_stands_between(header, parts, read, pair):
    blob = book({header: joined(pair, parts)})
    assert read(read_register(blob).tracker.records[0]) == parts
    after = applied(blob).get(header)
    if after is not None:
        assert read(read_register(book({header: after})).tracker.records[0]) == parts


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if not set(pair) & {"/", "／"}])
def test_numbers_are_all_found_whatever_stands_between(pair):
    numbers = ("GJ-2026-002", "GJ-2026-003", "GJ-2026-004")
    blob = book({"后续编号": joined(pair, numbers)})
    assert read_register(blob).tracker.records[0].follow_ups == numbers
    after = applied(blob).get("后续编号")
    if after is not None:
        assert read_register(book({"后续编号": after})).tracker.records[0].follow_ups == numbers


@pytest.mark.parametrize("pair", PAIRS)
def test_roles_are_all_held_whatever_stands_between(pair):
    roster = [["姓名", "部门", "角色"], ["样例甲", "网络部", joined(pair, ("部门经理", "质量部专员", "员工"))]]
    assert read_register(book({}, roster)).people.records[0].roles == ("部门经理", "质量部专员", "员工")


@pytest.mark.parametrize("pair", PAIRS)
def test_deputies_and_numbers_of_an_exception_are_kept_apart(pair):
    roster = [["姓名", "部门", "代理人"], ["样例旧", "网络部", joined(pair, PEOPLE)]]
    excuses = [["编号", "规则", "说明"], [joined(pair, ("GJ-2026-001", "GJ-2026-002", "GJ-2026-003")), "AP06", "出差"]]
    register = read_register(book({}, roster, 例外说明=excuses))
    assert register.people.records[0].deputy == "、".join(PEOPLE)
    if not set(pair) & {"/", "／"}:
        assert named_numbers(register.excuses.records[0]) == ("GJ-2026-001", "GJ-2026-002", "GJ-2026-003")


@pytest.mark.parametrize(
    ("header", "value"),
    [("责任部门", "网络部\n系统部"), ("责任部门", "网络部、系统部\r\n信息安全部"),
     ("责任部门", "网络部，\n系统部"), ("责任人", "样例甲\n样例乙"),
     ("后续编号", "GJ-2026-002\nGJ-2026-003")],
)  # fmt: skip
def test_a_break_between_two_is_no_stray_blank(header, value):
    assert not [r for r in read_register(book({header: value})).remarks if r.rule == "FD11"]
    assert header not in applied(book({header: value}))


@pytest.mark.parametrize(
    ("header", "value", "after"),
    [("责任部门", "网络部\n系统部\n", "网络部、系统部"),
     ("责任部门", "网 络部、系统部\n信息安全部", "网络部、系统部、信息安全部"),
     ("责任部门", "网络部\u3000系统部", "网络部、系统部"), ("责任部门", "信息 安全部", "信息安全部"),
     ("责任人", " 样例甲\n样例乙", "样例甲、样例乙"), ("检查人", "样例\n甲", "样例甲"),
     ("编号", "GJ-2026-\n001", "GJ-2026-001")],
)  # fmt: skip
def test_stray_blanks_are_said_and_the_repair_keeps_the_separator(header, value, after):
    blob = book({header: value})
    assert [r.rule for r in read_register(blob).remarks if r.rule == "FD11"] == ["FD11"]
    assert applied(blob) == {header: after}


def test_a_known_name_that_wraps_is_one_department_and_an_unknown_one_stands_alone():
    action = read_register(book({"责任部门": "网络部、信息\n安全部\n备件部"})).tracker.records[0]
    assert action.departments == ("网络部", "信息安全部", "备件部")


def test_a_review_names_several_departments():
    review = [
        ["评审编号", "评审日期", "决议", "责任部门"],
        ["GLPS-2026-01", "2026-03-02", "补充备件", "网络部，系统部\n信息安全部"],
    ]
    assert read_register(book({}, 管理评审=review)).decisions.records[0].responsible_department == "、".join(
        DEPARTMENTS
    )


@pytest.mark.parametrize("written", ["样例甲（主） 样例乙（配合）", "@样例甲 @样例乙", "@样例甲\n@样例乙 等"])
def test_marks_around_names_between_blanks_are_left_out(written):
    assert read_register(book({"责任人": written})).tracker.records[0].owners == ("样例甲", "样例乙")


def test_an_unknown_deputy_is_an_error_while_he_is_needed_and_a_note_otherwise():
    row = {
        "姓名": "样例旧",
        "部门": "网络部",
        "代理人": "样例丁、样例甲",
        "代理起": date(2026, 3, 2),
        "代理止": date(2026, 3, 6),
    }
    roster = [list(row), list(row.values()), ["样例甲", "网络部"] + [None] * 3]
    register = read_register(book({"责任人": "样例甲"}, roster))
    for day, severity in ((1, "提示"), (2, "错误"), (6, "错误"), (7, "提示")):
        found = check(view_register(register, AsOf(date(2026, 3, day), date(2026, 3, day)))).problems
        (strange,) = [p for p in found if p.rule == "FD08"]
        assert (strange.sheet, strange.cell, strange.severity.word) == ("人员部门", "C2", severity)
        assert strange.message == "代理人「样例丁」不在人员名单"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("GJ-2026-\n001", "GJ-2026-001"),
        ("GJ\n2026-001", "GJ2026-001"),
        ("GJ-01\nGJ-02", "GJ-01、GJ-02"),
        ("1\n2", "1、2"),
    ],
)
def test_a_wrapped_number_is_one_and_whole_numbers_stay_apart(written, number):
    assert one_key(written) == number


@pytest.mark.parametrize(
    ("text", "person"), [("N/A", "N/A"), ("张三/李四", "张三、李四"), ("@张三", "张三"), ("John\nSmith", "John、Smith")]
)
def test_a_person_cell(text, person):
    assert one_person(text) == person


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("GJ-2026-001/GJ-2026-002", ("GJ-2026-001", "GJ-2026-002")),
        ("GJ-01 GJ-02／GJ-03", ("GJ-01", "GJ-02", "GJ-03")),
        ("XQ/01", ("XQ/01",)),
        ("GJ-2026/001", ("GJ-2026/001",)),
        ("2026/0012", ("2026/0012",)),
    ],
)
def test_a_slash_parts_numbers_of_one_shape(text, numbers):
    assert numbers_in(text) == numbers


@pytest.mark.parametrize(
    ("header", "value", "said", "advice", "after"),
    [("责任人", "李工 吴工",
      "用空格隔开了 2 个名字：李工、吴工", "删除多余的空格或换行，名字之间写“、”", "李工、吴工"),
     ("责任部门", "网络部\u3000系统部",
      "用空格隔开了 2 个名字：网络部、系统部", "删除多余的空格或换行，名字之间写“、”", "网络部、系统部"),
     ("检查人", "李工 吴工", "用空格隔开了 2 个名字：李工、吴工", "只留一个姓名（李工或吴工）；", None),
     ("责任人", "李 工、吴工", "含多余空格", "删除多余的空格或换行，或看看", "李工、吴工")],
)  # fmt: skip
def test_names_with_nothing_but_a_blank_between_want_a_sign_and_not_the_blank_away(header, value, said, advice, after):
    blob = book({header: value})
    (hit,) = [r.hit for r in read_register(blob).remarks if r.rule == "FD11"]
    assert fill(FD11.message, hit.facts) == f"{header}「{value}」{said}"
    assert fill(FD11.fix, hit.facts).startswith(advice)
    assert applied(blob) == ({header: after} if after else {})
