"""A slip goes out, comes back filled, and what it says is written where its rows stand now; nothing else is taken."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from capa_xl.app.use_cases.collect import collect
from capa_xl.app.use_cases.slip import make_slips
from capa_xl.app.use_cases.undo import undo
from capa_xl.errors import UsageError
from capa_xl.ooxml.patch import CellEdit, Patch
from capa_xl.ooxml.splice import splice
from capa_xl.reports.slip_text import collect_lines
from capa_xl.workbook.reading.reader import read_register
from tests.app.desks import desk_at
from tests.ooxml.every_cell import cells_of
from tests.tables import workbook_bytes

DAY = date(2026, 6, 1)
TRACKER = """
    编号         问题描述        责任部门  责任人  完成期限    实施情况  实际完成日期  完成证据
    GJ-2026-001  值班漏接三次    网络部    样例甲  2026-07-01
    GJ-2026-002  备件台账不符    备件部    样例乙  2026-08-01
"""
PEOPLE = """
    姓名    部门    角色
    样例甲  网络部  员工
    样例乙  备件部  员工
"""
SHEET = "改进计划跟踪表"


@pytest.fixture
def book(tmp_path) -> Path:
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({SHEET: TRACKER, "人员部门": PEOPLE}))
    return path


@pytest.fixture
def sent(book) -> Path:
    return make_slips(desk_at(book, DAY), ("网络部",), book.parent / "发出").slips[0].path


def fill(path: Path, answers: dict[str, object], to: Path | None = None) -> Path:
    """Type answers beside their headings, as a person would."""
    filled = openpyxl.load_workbook(path)
    lines = filled["填报表"]
    for row in range(5, lines.max_row + 1):
        asked = lines.cell(row, 6).value
        if asked in answers:
            lines.cell(row, 8).value = answers[asked]
    target = to or path.parent.parent / "发回" / path.name
    target.parent.mkdir(exist_ok=True)
    filled.save(target)
    return target.parent


def edit(book: Path, at: str, value: object) -> None:
    book.write_bytes(splice(book.read_bytes(), Patch(edits=(CellEdit(SHEET, at, value),))).blob)


def test_a_slip_asks_for_the_cells_of_its_department_and_for_nothing_else(sent):
    lines = openpyxl.load_workbook(sent)["填报表"]
    asked = [[lines.cell(row, column).value for column in (1, 2, 3, 6)] for row in range(5, lines.max_row + 1)]
    assert asked == [
        ["GJ-2026-001", "值班漏接三次", "完成期限\n2026-07-01", "实施情况"],
        ["GJ-2026-001", "", "", "实际完成日期"],
        ["GJ-2026-001", "", "", "完成证据"],
    ]
    prompts = [lines.cell(row, 9).value for row in (5, 6, 7)]
    assert all(prompts) and not any(prompt.endswith("。") for prompt in prompts)  # none stands alone on a line
    assert lines.protection.sheet
    assert [lines.cell(row, 8).protection.locked for row in (5, 6, 7)] == [False] * 3
    assert lines.cell(5, 7).protection.locked


def test_the_same_slip_has_the_same_bytes_and_an_idle_department_gets_none(book, sent):
    again = make_slips(desk_at(book, DAY), ("网络部",), book.parent / "又一次").slips[0].path
    assert again.read_bytes() == sent.read_bytes()
    assert make_slips(desk_at(book, DAY), ("质量部",), book.parent / "空").nothing_waits == ("质量部",)


def test_a_department_that_is_the_quality_department_under_another_name_gets_one_slip(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    head = PEOPLE + "    样例检  信息科  质量部负责人\n"
    path.write_bytes(workbook_bytes({SHEET: TRACKER.replace("样例甲", "质量部"), "人员部门": head}))
    made = make_slips(desk_at(path, DAY), (), tmp_path / "发出").slips
    assert [one.department for one in made] == ["信息科", "备件部", "网络部"]
    (asked,) = make_slips(desk_at(path, DAY), ("质量部",), tmp_path / "另发").slips
    assert asked.cells == made[0].cells


def test_an_unknown_department_is_refused_with_the_nearest_and_nothing_is_written(book):
    with pytest.raises(UsageError, match="不认识部门「网路部」（是不是「网络部」？）"):
        make_slips(desk_at(book, DAY), ("网路部",), book.parent / "发出")
    assert not (book.parent / "发出").exists()


def test_a_former_department_is_refused_with_the_name_that_it_goes_by(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    changed = "旧部门  新部门  生效日期\n线路部  网络部  2026-01-01"
    path.write_bytes(workbook_bytes({SHEET: TRACKER, "人员部门": PEOPLE, "部门沿革": changed}))
    with pytest.raises(UsageError, match="不认识部门「线路部」（按《部门沿革》现在是「网络部」）"):
        make_slips(desk_at(path, DAY), ("线路部",), tmp_path / "发出")


def test_answers_are_shown_first_and_written_only_when_asked(book, sent):
    before = book.read_bytes()
    folder = fill(sent, {"实施情况": "已改排班", "实际完成日期": date(2026, 5, 29)})
    found = collect(desk_at(book, DAY), folder)
    assert [(p.cell, p.before, p.after) for p in found.collected.proposals] == [
        ("F2", None, "已改排班"),
        ("G2", None, date(2026, 5, 29)),
    ]
    assert (found.written, book.read_bytes()) == (False, before)
    _, line, *_ = collect_lines(found.files, found.collected, (), written=False, backup="")
    assert line.startswith(f"  GJ-2026-001 实施情况 {SHEET}!F2：")
    assert collect(desk_at(book, DAY), folder, apply=True).written
    now = cells_of(book.read_bytes())
    assert (now[SHEET, "F2"], now[SHEET, "G2"]) == ("已改排班", 46171)  # 2026-05-29 as Excel counts
    again = collect(desk_at(book, DAY), folder, apply=True)
    assert (again.written, again.collected.proposals, again.collected.settled) == (False, (), 2)
    undo(desk_at(book, DAY))
    assert cells_of(book.read_bytes()) == cells_of(before)


def test_an_answer_goes_where_its_row_stands_now(book, sent):
    folder = fill(sent, {"实施情况": "已改排班"})
    edit(book, "A2", "GJ-2026-002")
    edit(book, "A3", "GJ-2026-001")
    (proposal,) = collect(desk_at(book, DAY), folder).collected.proposals
    assert (proposal.cell, proposal.number) == ("F3", "GJ-2026-001")


def test_a_cell_that_changed_meanwhile_is_a_persons_decision(book, sent):
    folder = fill(sent, {"实施情况": "已改排班", "完成证据": "照片"})
    edit(book, "F2", "正在改排班")
    found = collect(desk_at(book, DAY), folder, apply=True)
    assert [p.header for p in found.collected.proposals] == ["完成证据"]
    (conflict,) = found.collected.conflicts
    assert (conflict.at, conflict.reason.split(" → ")[0]) == ("H5", "发出填报表时是（空），现在已是「正在改排班」")
    assert cells_of(book.read_bytes())[SHEET, "F2"] == "正在改排班"


def test_a_person_may_decide_for_the_answer_where_the_workbook_changed_meanwhile(book, sent):
    folder = fill(sent, {"实施情况": "已改排班"})
    edit(book, "F2", "正在改排班")
    (conflict,) = collect(desk_at(book, DAY), folder).collected.conflicts
    assert f'--take "{sent.name}:H5"' in conflict.reason
    done = collect(desk_at(book, DAY), folder, apply=True, taken=frozenset({(sent.name, "H5")})).collected
    assert [(p.before, p.after) for p in done.proposals] == [("正在改排班", "已改排班")]
    assert cells_of(book.read_bytes())[SHEET, "F2"] == "已改排班"


def test_two_slips_that_disagree_are_both_a_persons_decision(book, sent):
    folder = fill(sent, {"实施情况": "已改排班"})
    fill(sent, {"实施情况": "没有改"}, folder / "另一份.xlsx")
    found = collect(desk_at(book, DAY), folder, apply=True).collected
    assert (found.proposals, [one.at for one in found.conflicts]) == ((), ["H5", "H5"])


def test_of_two_slips_that_disagree_the_one_decided_for_is_taken_and_the_other_is_said(book, sent):
    folder = fill(sent, {"实施情况": "已改排班"})
    fill(sent, {"实施情况": "没有改"}, folder / "另一份.xlsx")
    taken = frozenset({("另一份.xlsx", "H5")})
    done = collect(desk_at(book, DAY), folder, apply=True, taken=taken).collected
    assert [p.after for p in done.proposals] == ["没有改"]
    assert [(one.file, one.reason) for one in done.rejected] == [(sent.name, "已决定采用 另一份.xlsx 的「没有改」")]
    assert cells_of(book.read_bytes())[SHEET, "F2"] == "没有改"


@pytest.mark.parametrize("other", ["样例丙", "样例乙"])
def test_a_verdict_is_not_taken_alone_while_two_slips_disagree_about_who_gave_it(tmp_path, other):
    """合格 by nobody on no day would stand in the workbook, and in no word of the preview."""
    tracker = """
        编号         问题描述      责任部门  归口部门  责任人  完成期限    实际完成日期  检查人  检查日期  检查结论
        GJ-2026-001  值班漏接三次  备件部    网络部    样例乙  2026-07-01  2026-05-20
    """
    people = f"{PEOPLE.rstrip()}\n    样例丙  网络部  员工\n"
    book = tmp_path / "跟踪表.xlsx"
    book.write_bytes(workbook_bytes({SHEET: tracker, "人员部门": people}))
    sent = make_slips(desk_at(book, DAY), ("网络部",), tmp_path / "发出").slips[0].path
    said = {"检查日期": date(2026, 5, 25), "检查结论": "合格"}
    folder = fill(sent, said | {"检查人": "样例丙"})
    fill(sent, said | {"检查人": other}, folder / "另一份.xlsx")
    found = collect(desk_at(book, DAY), folder).collected
    if other == "样例丙":
        assert [p.header for p in found.proposals] == ["检查人", "检查日期", "检查结论"]
        return
    assert [p.header for p in found.proposals] == ["检查日期"]
    (held,) = [one for one in found.conflicts if one.header == "检查结论"]
    assert held.reason.startswith("同一次的检查人还没有定下，结论不单独写")
    taken = frozenset({("另一份.xlsx", next(one.at for one in found.conflicts if one.header == "检查人"))})
    decided = collect(desk_at(book, DAY), folder, taken=taken).collected
    assert [p.after for p in decided.proposals] == ["样例乙", date(2026, 5, 25), "合格"]


def test_deciding_for_an_answer_that_is_not_there_is_refused(book, sent):
    folder = fill(sent, {"实施情况": "已改排班"})
    with pytest.raises(UsageError, match=r"「没有这份\.xlsx」的 H5 没有可以采用的答复"):
        collect(desk_at(book, DAY), folder, taken=frozenset({("没有这份.xlsx", "H5")}))


def test_two_slips_that_agree_are_one_answer(book, sent):
    folder = fill(sent, {"实施情况": "已改排班"})
    fill(sent, {"实施情况": "已改排班"}, folder / "另一份.xlsx")
    found = collect(desk_at(book, DAY), folder, apply=True).collected
    assert ([p.after for p in found.proposals], found.conflicts) == (["已改排班"], ())


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("月底", "实际完成日期「月底」不是明确日期 → 请写成年-月-日，例如“2026-03-31”，改填后再收"),
        ("2026/2/30", "实际完成日期「2026/2/30」不是明确日期：没有这一天 → 请写成年-月-日"),
        ("2026-13-01", "「2026-13-01」不是明确日期：没有这一天"),
        ("11月28日", "「11月28日」不是明确日期：没有年份"),
        ("1899-12-30", "实际完成日期「1899-12-30」不像真的日期：在 2000 年以前、2100 年以后，或是 1900-01"),
        ("无", "等于没有填"),
        ("待定", "等于没有填"),
        ("清空", "清不掉「实际完成日期」已有的内容 → 要清空的，请在工作簿里清"),
    ],
)
def test_an_answer_that_can_not_be_read_is_refused_with_its_cell(book, sent, answer, said):
    folder = fill(sent, {"实际完成日期": answer})
    found = collect(desk_at(book, DAY), folder, apply=True)
    (refused,) = found.collected.rejected
    assert (refused.at, refused.answer) == ("H6", answer)
    assert said in refused.reason
    lines = "\n".join(collect_lines(found.files, found.collected, (), written=False, backup=""))
    assert lines.count(f"「{answer}」") == 1


def test_a_text_is_not_overwritten_by_the_word_for_emptying_it(book, sent):
    folder = fill(sent, {"完成证据": "（清空）"})
    found = collect(desk_at(book, DAY), folder, apply=True).collected
    assert [one.reason for one in found.rejected] == [
        "填报表只收要写进去的内容，清不掉「完成证据」已有的内容 → 要清空的，请在工作簿里清"
    ]
    assert found.proposals == ()


@pytest.mark.parametrize("formula", ["=1/0", "=1+1"])
def test_a_formula_that_shows_no_result_is_no_answer(book, sent, formula):
    folder = fill(sent, {"完成证据": formula})
    (refused,) = collect(desk_at(book, DAY), folder, apply=True).collected.rejected
    assert (refused.at, refused.reason) == ("H7", "不能填在「完成证据」里 → 请改填后再收")


def begun(tmp_path, heading="进度%", *others: float):
    """A workbook with an action that is to begin, others with their progress, and the slip sent for it."""
    headings = ("编号", "措施内容", "责任部门", "责任人", "批准日期", "批准结论", "完成期限", "开始日期", heading)
    row = ("改排班", "网络部", "样例甲", date(2026, 5, 2), "同意", date(2026, 7, 1))
    rows = [(f"GJ-2026-00{at}", *row, date(2026, 5, 8), progress) for at, progress in enumerate(others, start=2)]
    rows.insert(0, ("GJ-2026-001", *row, None, None))
    book = tmp_path / "跟踪表.xlsx"
    book.write_bytes(workbook_bytes({SHEET: [headings, *rows], "人员部门": PEOPLE}))
    sent = make_slips(desk_at(book, DAY), ("网络部",), tmp_path / "发出").slips[0].path
    return book, sent


def test_one_per_cent_is_written_as_one_and_half_of_one_is_asked(tmp_path):
    book, sent = begun(tmp_path)
    found = collect(desk_at(book, DAY), fill(sent, {"进度%": 1, "开始日期": "2026.5.8"})).collected
    assert {p.header: p.after for p in found.proposals} == {"进度%": 1.0, "开始日期": date(2026, 5, 8)}
    found = collect(desk_at(book, DAY), fill(sent, {"进度%": 0.5, "开始日期": "2026.5.8"})).collected
    (refused,) = found.rejected
    assert refused.reason.startswith("进度%「0.5」不是明确的百分数（50 或 0.5%） → ")


def in_format(book: Path, shown: str, *cells: str) -> None:
    opened = openpyxl.load_workbook(book)
    for at in cells:
        opened[SHEET][at].number_format = shown
    opened.save(book)


def lines_of(found) -> list[str]:
    lines = collect_lines(found.files, found.collected, (), written=found.written, backup="")
    return [line.strip() for line in lines if line.startswith("  ")]


@pytest.mark.parametrize(("heading", "cell", "others"), [("进度%", "0%", ()), ("完成率", "General", (0.3, 1))])
def test_fifty_is_half_where_the_cell_shows_a_share_in_percent_or_the_others_are_shares(
    tmp_path, heading, cell, others
):
    book, sent = begun(tmp_path, heading, *others)
    in_format(book, cell, "I2")
    folder = fill(sent, {heading: 50})
    found = collect(desk_at(book, DAY), folder)
    proposals = {one.number: (one.before, one.after) for one in found.collected.proposals}
    assert proposals == {"GJ-2026-001": (None, 0.5), **({"GJ-2026-002": (0.3, 0.5)} if others else {})}
    assert found.errors == ()
    assert lines_of(found)[0].startswith(f"GJ-2026-001 {heading} {SHEET}!I2：（空） → 「50%」（单元格里是 0.5）")
    before = book.read_bytes()
    assert collect(desk_at(book, DAY), folder, apply=True).written
    tracker = read_register(book.read_bytes()).tracker
    assert [action.progress for action in tracker.records] == ([50, 50, 100] if others else [50])
    assert collect(desk_at(book, DAY), folder).collected.settled == len(proposals)
    undo(desk_at(book, DAY))
    assert book.read_bytes() == before


def test_a_percentage_that_is_answered_anew_is_taken_back_to_what_the_cell_held(tmp_path):
    book, sent = begun(tmp_path)
    edit(book, "I2", 0.3)
    in_format(book, "0%", "I2")
    folder = fill(sent, {"进度%": 50})
    (refused,) = collect(desk_at(book, DAY), folder).collected.conflicts
    found = collect(desk_at(book, DAY), folder, apply=True, taken=frozenset({(refused.file, refused.at)}))
    assert "「30%」 → 「50%」（单元格里是 0.5）" in lines_of(found)[0]
    assert (found.written, cells_of(book.read_bytes())[SHEET, "I2"]) == (True, 0.5)
    undo(desk_at(book, DAY))
    assert cells_of(book.read_bytes())[SHEET, "I2"] == 0.3


@pytest.mark.parametrize(
    ("unit", "shown", "answer", "held"),
    [
        ("%", "General", 3, 3),
        ("%", "General", "3%", 3),
        ("%", "0.0%", 3, 0.03),
        ("%", "0.0%", "3%", 0.03),
        (None, "0.0%", 3, 0.03),  # the cell says what it counts in
        (None, "General", "3%", "3%"),
        (None, "General", "25分钟", "25分钟"),
        ("小时", "General", "12小时", 12),
        ("小时", "General", "12分钟", "目标值「12分钟」：单位一栏写的是「小时」 → 改成允许的值：换算成「小时」"),
        ("小时", "0%", 12, f"{SHEET}!G2 的数字格式是百分比，写进去会显示成 1200% → 请先在工作簿里把这一格的格式改成"),
    ],
)
def test_a_measured_answer_is_in_the_unit_of_its_row_and_as_its_cell_shows_it(tmp_path, unit, shown, answer, held):
    headings = (
        "编号",
        "措施内容",
        "责任部门",
        "责任人",
        "完成期限",
        "严重度",
        "目标值",
        "单位",
        "效果指标",
        "批准结论",
    )
    row = ("GJ-2026-001", "改排班", "网络部", "样例甲", date(2026, 7, 1), "重大", None, unit, "超时率")
    book = tmp_path / "跟踪表.xlsx"
    book.write_bytes(workbook_bytes({SHEET: [headings, row], "人员部门": PEOPLE}))
    in_format(book, shown, "G2")
    sent = make_slips(desk_at(book, DAY), ("网络部",), tmp_path / "发出").slips[0].path
    found = collect(desk_at(book, DAY), fill(sent, {"目标值": answer})).collected
    if found.rejected:
        assert isinstance(held, str)
        assert found.rejected[0].reason.startswith(held)
        assert found.proposals == ()
    else:
        assert [(one.cell, one.after) for one in found.proposals] == [("G2", held)]


def test_a_figure_beyond_what_the_slip_asks_for_is_refused_with_its_range(tmp_path):
    book, sent = begun(tmp_path)
    folder = fill(sent, {"进度%": 150, "开始日期": "2026.5.8"})
    found = collect(desk_at(book, DAY), folder).collected
    assert [p.header for p in found.proposals] == ["开始日期"]
    (refused,) = found.rejected
    assert (refused.header, refused.answer) == ("进度%", "150")
    assert refused.reason.startswith("进度%「150」不是从 0 到 100 的数字 → ")


def test_what_check_would_say_of_an_answer_is_said_before_it_is_written(book, sent):
    tomorrow = fill(sent, {"实际完成日期": date(2026, 6, 2)})
    assert [(p.rule, p.cell) for p in collect(desk_at(book, DAY), tomorrow).errors] == [("DO01", "G2")]
    today = fill(sent, {"实际完成日期": DAY, "实施情况": "已改排班", "完成证据": "照片"})
    assert collect(desk_at(book, DAY), today).errors == ()


def test_an_answer_that_names_who_has_left_since_is_warned_of_before_it_is_written(tmp_path):
    tracker = """
        编号         问题描述      措施类型  严重度  原因分析  措施内容          责任部门  责任人  完成期限
        GJ-2026-001  值班漏接三次  纠正      一般    没有代班  每周五下午排下周班  网络部            2026-07-01
    """
    people = """
        姓名    部门    角色      邮箱               在职
        样例甲  网络部  员工      jia@corp.example   {}
        样例乙  网络部  部门经理  yi@corp.example    是
    """
    book = tmp_path / "跟踪表.xlsx"
    book.write_bytes(workbook_bytes({SHEET: tracker, "人员部门": people.format("是")}))
    sent = make_slips(desk_at(book, DAY), ("网络部",), tmp_path / "发出").slips[0].path
    folder = fill(sent, {"责任人": "样例甲"})
    assert collect(desk_at(book, DAY), folder).warnings == ()
    book.write_bytes(workbook_bytes({SHEET: tracker, "人员部门": people.format("否")}))
    found = collect(desk_at(book, DAY), folder)
    assert [(p.rule, p.cell) for p in found.warnings] == [("FD09", "H2")]
    assert found.errors == ()
    assert len(found.collected.proposals) == 1


def test_a_cell_of_the_answered_row_that_no_longer_agrees_is_warned_of_too(tmp_path):
    """The row's own status word says 实施中 beside a completion; of other rows nothing is said."""
    tracker = """
        编号  问题描述      责任部门  责任人  措施内容  完成期限    实际完成日期  状态
        GJ-1  值班漏接三次  网络部    样例甲  换排班表  2026-07-01                实施中
        GJ-2  值班漏接两次  网络部    样例乙  换排班表  2026-07-01  2026-05-20    实施中
    """
    book = tmp_path / "跟踪表.xlsx"
    book.write_bytes(workbook_bytes({SHEET: tracker}))
    sent = make_slips(desk_at(book, DAY), ("网络部",), tmp_path / "发出").slips[0].path
    found = collect(desk_at(book, DAY), fill(sent, {"实际完成日期": date(2026, 5, 29)}))
    assert [(p.rule, p.cell) for p in found.warnings] == [("WB10", "H2")]


def test_a_completion_no_later_than_the_reopening_is_said_not_to_count_before_it_is_written(tmp_path):
    tracker = """
        编号  问题描述      责任部门  责任人  措施内容  完成期限    实施情况  实际完成日期  完成证据
        GJ-1  值班漏接三次  网络部    样例甲  换排班表  2026-07-01  已换      2026-05-20    排班表
    """
    again = """
        编号  类型  原因      批准人  日期
        GJ-1  重开  又漏接了  样例质  2026-05-25
    """
    book = tmp_path / "跟踪表.xlsx"
    book.write_bytes(workbook_bytes({SHEET: tracker, "更正记录": again}))
    sent = make_slips(desk_at(book, DAY), ("网络部",), tmp_path / "发出").slips[0].path
    late, early = date(2026, 5, 26), date(2026, 5, 25)
    assert collect(desk_at(book, DAY), fill(sent, {"实际完成日期": late})).undone == ()
    assert collect(desk_at(book, DAY), fill(sent, {"实际完成日期": early})).undone == (
        f"GJ-1 实际完成日期 {SHEET}!H2：2026-05-25 不晚于 2026-05-25 的重开，写入以后仍不算 → "
        "请改填晚于 2026-05-25 的日期",
    )


def test_a_slip_that_was_filled_is_not_written_over(book, sent):
    fill(sent, {"实施情况": "已改排班"}, sent)
    filled = sent.read_bytes()
    (made,) = make_slips(desk_at(book, DAY), ("网络部",), sent.parent).slips
    assert (made.is_kept, sent.read_bytes()) == (True, filled)


def test_an_unfilled_slip_and_only_ours_makes_way_for_a_new_one(book, sent):
    (made,) = make_slips(desk_at(book, DAY), ("网络部",), sent.parent).slips
    assert not made.is_kept
    sent.write_bytes(b"somebody's own")
    (made,) = make_slips(desk_at(book, DAY), ("网络部",), sent.parent).slips
    assert (made.is_kept, sent.read_bytes()) == (True, b"somebody's own")


def test_a_drop_down_has_the_words_of_the_workbook_and_the_people_still_employed(tmp_path):
    tracker = """
        编号   措施内容  责任部门  责任人  批准日期    批准结论  完成期限    实际完成日期  检查人  检查日期  检查结论
        GJ-01  改排班    网络部    样例甲  2026-05-02  同意      2026-07-01  2026-05-20
    """
    people = """
        姓名    部门    角色      在职
        样例甲  网络部  员工      是
        样例丙  网络部  员工      否
        样例经  网络部  部门经理  是
    """
    lists = """
        检查结论
        合格
        免检
    """
    book = tmp_path / "跟踪表.xlsx"
    book.write_bytes(workbook_bytes({SHEET: tracker, "人员部门": people, "字典": lists}))
    sent = make_slips(desk_at(book, DAY), ("网络部",), tmp_path / "发出").slips[0].path
    slip = openpyxl.load_workbook(sent)
    checks = {str(one.sqref): one for one in slip["填报表"].data_validations.dataValidation}
    words = {at: _words(slip, one.formula1) for at, one in checks.items() if one.type == "list"}
    assert words == {"H5": ["样例甲", "样例经"], "H7": ["合格", "不合格", "免检"]}
    assert [checks[at].showErrorMessage for at in ("H5", "H7")] == [False, True]
    found = collect(desk_at(book, DAY), fill(sent, {"检查结论": "免检"})).collected
    assert [p.after for p in found.proposals] == ["免检"]


def _words(slip, formula: str) -> list[str]:
    sheet, area = formula.lstrip("=").split("!")
    return [cell.value for (cell,) in slip[sheet][area.replace("$", "")]]


@pytest.mark.parametrize(
    ("on", "said", "colour"),
    [("2026-06-01", "即将到期，剩余 30 天", "7F6000"), ("2026-07-02", "实施逾期 1 天", "C00000")],
)
def test_what_is_late_stands_out_more_than_what_will_be_due(tmp_path, on, said, colour):
    tracker = """
        编号   措施内容  责任部门  责任人  登记日期    批准日期    批准结论  开始日期    完成期限    实际完成日期
        GJ-01  改排班    网络部    样例甲  2026-05-01  2026-05-02  同意      2026-05-04  2026-07-01
    """
    book = tmp_path / "跟踪表.xlsx"
    book.write_bytes(workbook_bytes({SHEET: tracker, "人员部门": PEOPLE}))
    sent = make_slips(desk_at(book, date.fromisoformat(on)), ("网络部",), tmp_path / "发出").slips[0].path
    pressing = openpyxl.load_workbook(sent)["填报表"]["D5"]
    assert (pressing.value, pressing.font.color.rgb[-6:]) == (said, colour)


def test_a_slip_asks_by_the_headings_of_the_workbook(tmp_path):
    tracker = """
        编号         问题描述      责任部门  责任人  完成期限    整改情况  完成日期  完成证据
        GJ-2026-001  值班漏接三次  网络部    样例甲  2026-07-01
    """
    book = tmp_path / "跟踪表.xlsx"
    book.write_bytes(workbook_bytes({SHEET: tracker, "人员部门": PEOPLE}))
    sent = make_slips(desk_at(book, DAY), ("网络部",), tmp_path / "发出").slips[0].path
    (proposal,) = collect(desk_at(book, DAY), fill(sent, {"整改情况": "已改排班"})).collected.proposals
    assert (proposal.cell, proposal.header) == ("F2", "整改情况")


def test_a_slip_saved_by_libreoffice_is_taken(book, sent, tmp_path):
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("soffice is not on the PATH: a slip it saved can't be tried")
    folder = fill(sent, {"实施情况": "已改排班", "实际完成日期": date(2026, 5, 29)})
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    saved = tmp_path / "另存"
    call = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(saved), str(folder / sent.name)]
    subprocess.run(call, check=True, capture_output=True, timeout=300)
    found = collect(desk_at(book, DAY), saved).collected
    assert {p.header: p.after for p in found.proposals} == {"实施情况": "已改排班", "实际完成日期": date(2026, 5, 29)}
    assert found.rejected == ()


def test_a_row_that_is_gone_is_said_and_the_rest_is_taken(book, sent):
    folder = fill(sent, {"实施情况": "已改排班"})
    edit(book, "A2", "GJ-2026-009")
    (refused,) = collect(desk_at(book, DAY), folder).collected.rejected
    assert refused.reason == "编号「GJ-2026-001」现在不在跟踪表里 → 请在工作簿里直接填写"


def test_an_answer_to_a_row_set_aside_since_says_so(book, sent):
    folder = fill(sent, {"实施情况": "已改排班"})
    edit(book, "E2", "月底")
    (refused,) = collect(desk_at(book, DAY), folder).collected.rejected
    assert refused.reason == "编号「GJ-2026-001」这一行待更正 → 先按校验结果更正，再收"


def meddled(folder: Path, meddle) -> None:
    for path in folder.glob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        meddle(book)
        book.save(path)


def _heading(book):
    book["填报表"]["H4"] = "随便填"


def _row_deleted(book):
    book["填报表"].delete_rows(5)


def _address(book):
    sheet = book["capa_xl_slip"]
    sheet["A2"] = sheet["A2"].value.replace("GJ-2026-001", "GJ-2026-002")
    book["填报表"]["A5"] = "GJ-2026-002"


def _before(book):
    sheet = book["capa_xl_slip"]
    sheet["A2"] = sheet["A2"].value.replace('"before":""', '"before":"x"')


def _without_addresses(book):
    del book["capa_xl_slip"]


def _renamed(book):
    book["填报表"].title = "Sheet1"


def _foreign(book):
    _without_addresses(book)
    _renamed(book)


@pytest.mark.parametrize(
    ("meddle", "said"),
    [
        (_heading, "标题被改过"),
        (_row_deleted, "行被移动或删除"),
        (_address, "没有发出过这样一份填报表"),
        (_before, "没有发出过这样一份填报表"),
        (_without_addresses, "隐藏的地址页不在了"),
        (_renamed, "没有工作表《填报表》，像是改成了《Sheet1》 → 请把名称改回“填报表”再发回"),
        (_foreign, "不是 capa-xl 发出的填报表"),
    ],
)
def test_nothing_is_taken_from_a_changed_or_forged_slip(book, sent, meddle, said):
    folder = fill(sent, {"实施情况": "已改排班"})
    meddled(folder, meddle)
    found = collect(desk_at(book, DAY), folder, apply=True).collected
    assert (found.proposals, len(found.rejected)) == ((), 1)
    assert said in found.rejected[0].reason


def _as_before(book):
    book["填报表"]["C4"], book["填报表"]["C5"] = "完成期限", "2026-07-01"


def test_the_day_stands_with_its_name_and_a_slip_from_before_that_is_still_taken(book, sent):
    lines = openpyxl.load_workbook(sent)["填报表"]
    assert (lines["C4"].value, lines["C5"].value) == ("限期", "完成期限\n2026-07-01")
    folder = fill(sent, {"实施情况": "已改排班"})
    meddled(folder, _as_before)
    assert len(collect(desk_at(book, DAY), folder).collected.proposals) == 1


def test_a_slip_of_another_workbook_is_refused(book, sent, tmp_path):
    folder = fill(sent, {"实施情况": "已改排班"})
    other = tmp_path / "别处" / "跟踪表.xlsx"
    other.parent.mkdir()
    other.write_bytes(book.read_bytes())
    (refused,) = collect(desk_at(other, DAY), folder).collected.rejected
    assert "从别的工作簿发出" in refused.reason


def test_a_folder_without_slips_is_refused(book, tmp_path):
    (tmp_path / "空").mkdir()
    with pytest.raises(UsageError, match="没有填报表"):
        collect(desk_at(book, DAY), tmp_path / "空")


def test_the_cells_to_put_right_are_on_the_slip_before_the_others(book):
    """PL19: the deadline lies before 登记日期. The todo names it first, and so does the slip."""
    table = """
        编号         问题描述        登记日期    责任部门  责任人  完成期限    实施情况  实际完成日期  完成证据
        GJ-2026-001  值班漏接三次    2026-01-05  网络部    样例甲  2025-12-31
    """
    book.write_bytes(workbook_bytes({SHEET: table, "人员部门": PEOPLE}))
    made = make_slips(desk_at(book, DAY), ("网络部",), book.parent / "发出").slips[0].path
    lines = openpyxl.load_workbook(made)["填报表"]
    asked = [lines.cell(row, 6).value for row in range(5, lines.max_row + 1) if lines.cell(row, 6).value]
    assert asked == ["完成期限", "实施情况", "实际完成日期", "完成证据"]


def test_slips_without_a_word_in_them_say_where_to_write(book, sent):
    found = collect(desk_at(book, DAY), sent.parent)
    *_, counts, hint = collect_lines(found.files, found.collected, found.errors, written=False, backup="")
    assert counts == "读取了 1 份文件：可写入 0 格，需要人工决定 0 格，没有采用 0 处，与工作簿已一致 0 格。"
    assert hint == "这些文件里还什么都没有填 → 请填在“请在这里填写”一栏，保存以后再收。"


def test_what_the_slip_itself_says_below_its_questions_is_nobodys_answer(book):
    """A row set aside is no question of a slip; a line that a person writes below is one."""
    late = TRACKER + "    GJ-2026-003  账号 未停用    网络部    样例甲  月底\n"
    book.write_bytes(workbook_bytes({SHEET: late, "人员部门": PEOPLE}))
    made = make_slips(desk_at(book, DAY), ("网络部",), book.parent / "发出").slips[0].path
    folder = fill(made, {"实施情况": "已排新班表"})
    found = collect(desk_at(book, DAY), folder).collected
    assert ([one.answer for one in found.rejected], len(found.proposals)) == ([], 1)
    typed = openpyxl.load_workbook(folder / made.name)
    lines = typed["填报表"]
    assert lines.cell(lines.max_row, 1).value.startswith("GJ-2026-003\u3000先改")
    lines.cell(lines.max_row + 1, 1).value = "另外请安排培训"
    typed.save(folder / made.name)
    assert [one.answer for one in collect(desk_at(book, DAY), folder).collected.rejected] == ["另外请安排培训"]


@pytest.mark.parametrize("column", ["G", "J"])
def test_an_answer_beside_the_column_of_answers_is_named_with_the_cell_that_takes_it(book, sent, column):
    folder = fill(sent, {"实际完成日期": "2026-05-30"})
    typed = openpyxl.load_workbook(folder / sent.name)
    typed["填报表"][f"{column}5"].value = "已排新班表"
    typed.save(folder / sent.name)
    found = collect(desk_at(book, DAY), folder).collected
    (named,) = found.rejected
    assert (named.at, named.number, named.header, named.answer) == (
        f"{column}5",
        "GJ-2026-001",
        "实施情况",
        "已排新班表",
    )
    assert named.reason == "没有填在“请在这里填写”一栏，不会收进工作簿 → 请改填在 H5 再收"
    assert len(found.proposals) == 1


def test_an_older_slip_after_a_newer_one_writes_only_what_the_newer_left_open(book):
    older = make_slips(desk_at(book, DAY), ("网络部",), book.parent / "旧").slips[0].path
    newer = make_slips(desk_at(book, date(2026, 6, 8)), ("网络部",), book.parent / "新").slips[0].path
    back = fill(newer, {"实施情况": "做完", "实际完成日期": date(2026, 6, 5)}, book.parent / "收新" / "新.xlsx")
    assert collect(desk_at(book, DAY), back, apply=True).written
    late = {"实施情况": "一半", "实际完成日期": date(2026, 6, 5), "完成证据": "排班表"}
    back = fill(older, late, book.parent / "收旧" / "旧.xlsx")
    found = collect(desk_at(book, DAY), back).collected
    assert [(one.header, one.after) for one in found.proposals] == [("完成证据", "排班表")]
    assert ([one.answer for one in found.conflicts], found.settled) == (["一半"], 1)
