"""The blank, the half-filled and the hand-damaged workbook: the first line says what to do, whatever the command."""

from __future__ import annotations

import json
import warnings
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from capa_xl.app.use_cases.new import new_workbook
from capa_xl.cli.main import run
from tests.tables import workbook_bytes

DAY = date(2026, 11, 28)
TRACKER = "改进计划跟踪表"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "样例.xlsx"
    new_workbook(path, sample=True, as_of=DAY, workbook_id="")
    return path


def damaged(sample, path, change):
    """The sample after somebody worked in it with a heavy hand."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(sample)
        sheet = book[TRACKER]
        row = next(n for n in range(1, 31) if any(cell.value == "编号" for cell in sheet[n]))
        columns = {cell.value: cell.column for cell in sheet[row] if cell.value}
        change(book, sheet, row, columns)
        book.save(path)


def first_lines(capsys, path):
    """The first line of check, remind and daily."""
    told = []
    for command in ("check", "remind", "daily"):
        run([command, str(path), "--as-of", DAY.isoformat()])
        out, err = capsys.readouterr()
        told.append((out or err).splitlines()[0])
    return told


def heading_gone(name):
    return lambda book, sheet, row, columns: setattr(sheet.cell(row, columns[name]), "value", None)


def heading_renamed(name, new):
    return lambda book, sheet, row, columns: setattr(sheet.cell(row, columns[name]), "value", new)


def heading_twice(book, sheet, row, columns):
    sheet.cell(row, columns["备注"]).value = "完成期限"


def text_in_a_date(book, sheet, row, columns):
    sheet.cell(row + 1, columns["完成期限"]).value = "下周五"


def row_gone(book, sheet, row, columns):
    sheet.delete_rows(row)


def row_gone_and_a_cell_like_a_heading(book, sheet, row, columns):
    sheet.delete_rows(row)
    sheet.cell(row + 3, columns["备注"]).value = "问题描述"


def sheet_gone(name):
    return lambda book, sheet, row, columns: book.remove(book[name])


CHANGES = {
    "a needed heading deleted": (heading_gone("完成期限"), "缺少必需列「完成期限」"),
    "another heading deleted": (heading_gone("原因分析"), "这一列没有标题，下面 "),
    "a heading twice": (heading_twice, "都识别为「完成期限」，现在读的是 "),
    "the row of headings deleted": (row_gone, "找不到标题行"),
    "the same above a cell like a heading": (row_gone_and_a_cell_like_a_heading, "找不到标题行"),
    "the tracker deleted": (sheet_gone(TRACKER), "没有找到工作表《改进计划跟踪表》"),
    "参数 deleted": (sheet_gone("参数"), "工作表《参数》不见了（被删或改名）"),
    "人员部门 deleted": (sheet_gone("人员部门"), "工作表《人员部门》不见了（被删或改名）"),
    "text in a date": (text_in_a_date, "行待更正，未参与提醒："),
}


@pytest.mark.parametrize(("change", "said"), CHANGES.values(), ids=CHANGES)
def test_the_first_line_says_what_to_do(change, said, sample, tmp_path, capsys):
    damaged(sample, tmp_path / "表.xlsx", change)
    told = first_lines(capsys, tmp_path / "表.xlsx")
    if change is text_in_a_date:  # the people whom no letter reaches come before it, in the same breath
        told = [told[2]]
    assert [said in line for line in told] == [True] * len(told), told


def test_a_table_of_none_of_our_headings_is_sent_to_adopt_by_every_command(tmp_path, capsys):
    (tmp_path / "表.xlsx").write_bytes(workbook_bytes({"设备投诉整治": "报修单 | 毛病\nSB001 | 无法开机"}))
    for line in first_lines(capsys, tmp_path / "表.xlsx"):
        assert "没有找到工作表《改进计划跟踪表》" in line and "标题行" not in line


BYTES = {
    "empty": (b"", "是空的（没有内容）"),
    "an old .xls renamed": (OLE, "旧版 Excel 97-2003"),
    "text renamed": ("编号,问题\n1,x\n".encode(), "文本表格（CSV）"),
    "a page renamed": (b"<html></html>", "网页（HTML）"),
}


@pytest.mark.parametrize(("blob", "said"), BYTES.values(), ids=BYTES)
def test_what_is_no_workbook_is_named_for_what_it_is(blob, said, tmp_path, capsys):
    (tmp_path / "表.xlsx").write_bytes(blob)
    assert all(said in line and "请" in line for line in first_lines(capsys, tmp_path / "表.xlsx"))


def test_a_half_loaded_file_is_told(sample, tmp_path, capsys):
    blob = Path(sample).read_bytes()
    (tmp_path / "表.xlsx").write_bytes(blob[: len(blob) // 2])
    assert all("文件不完整" in line for line in first_lines(capsys, tmp_path / "表.xlsx"))


def test_a_blank_workbook_asks_for_its_people(tmp_path, capsys):
    new_workbook(tmp_path / "表.xlsx", sample=False, as_of=DAY, workbook_id="W1")
    told = first_lines(capsys, tmp_path / "表.xlsx")
    assert ["工作表《人员部门》是空的，一封提醒也发不出去 → 请先填" in line for line in told] == [True] * 3


def test_a_renamed_sheet_is_found_by_its_columns(sample, tmp_path, capsys):
    damaged(sample, tmp_path / "表.xlsx", lambda book, sheet, row, columns: setattr(sheet, "title", "跟踪"))
    assert run(["check", str(tmp_path / "表.xlsx"), "--as-of", DAY.isoformat()]) == 1
    assert "WB01" not in capsys.readouterr().out


def adopted(tmp_path, capsys, **sheets):
    """What adopt says of a plain table with these sheets."""
    (tmp_path / "老表.xlsx").write_bytes(workbook_bytes({TRACKER: TABLE} | sheets))
    code = run(["adopt", str(tmp_path / "老表.xlsx"), "-o", str(tmp_path / "新表.xlsx"), "--no-input"])
    return code, capsys.readouterr().out


TABLE = """
    编号   问题描述      措施内容  责任部门  责任人  完成期限
    GJ-01  值班漏接三次  换人值守  网络部    样例甲  2026-12-20
"""
ROSTER = """
    姓名    部门    角色          邮箱
    样例甲  网络部  员工
    样例经  网络部  部门经理      jing@corp.example
    样例质  质量部  质量部负责人  zhi@corp.example
    样例总  总经办  总经理        zong@corp.example
"""


def test_adopt_names_the_sheet_to_fill_or_the_people_whom_no_letter_reaches(tmp_path, capsys):
    code, out = adopted(tmp_path, capsys)
    assert (code, "工作表《人员部门》是空的，一封提醒也发不出去" in out) == (0, True)
    (tmp_path / "新表.xlsx").unlink()
    code, out = adopted(tmp_path, capsys, 人员部门=ROSTER)
    assert (code, "1 人收不到提醒：样例甲（没有邮箱） → 请在《人员部门》填写" in out) == (0, True)


def test_a_group_check_says_it_beside_its_figures(tmp_path, capsys):
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook_bytes({TRACKER: TABLE, "人员部门": ROSTER}))
    run(["group", "check", str(path), "--workers", "1", "--as-of", DAY.isoformat(), "--json"])
    (one,) = json.loads(capsys.readouterr().out)["workbooks"]
    assert "1 人收不到提醒：样例甲（没有邮箱）" in one["message"]


def findings(capsys, path):
    """The document of check."""
    capsys.readouterr()
    run(["check", str(path), "--as-of", DAY.isoformat(), "--json"])
    return json.loads(capsys.readouterr().out)


NO_TRACKER = {
    "编号 deleted": (heading_gone("编号"), "A2", "WB02"),
    "完成期限 deleted": (heading_gone("完成期限"), "AL2", "WB02"),
    "the sheet deleted": (sheet_gone(TRACKER), None, "WB01"),
}


@pytest.mark.parametrize(("change", "cell", "rule"), NO_TRACKER.values(), ids=NO_TRACKER)
def test_one_cause_is_one_error_and_the_rest_is_counted_as_not_done(change, cell, rule, sample, tmp_path, capsys):
    """The journal knows 72 rows and other sheets refer to them: none of that may be held against anybody."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(Path(sample).read_bytes())
    run(["refresh", str(path), "--as-of", DAY.isoformat()])
    damaged(sample, path, change)
    found = findings(capsys, path)
    assert [(p["rule"], p["cell"]) for p in found["problems"] if p["severity"] == "error"] == [(rule, cell)]
    assert run(["check", str(path), "--as-of", DAY.isoformat()]) == 20
    capsys.readouterr()
    assert found["unjudged"] > 90 and {"WB04", "XR01", "XR05", "PL01"} <= set(found["disabled"])
    run(["check", str(path), "--as-of", DAY.isoformat(), "--conformity"])
    said = capsys.readouterr().out
    assert f"跟踪表没有读出来，一行也没有检查；另有 {found['unjudged']} 项检查因此未做" in said
    assert "满足 0 项，待整改 0 项，不适用 0 项，未判定 63 项" in said


def test_the_cell_is_told_by_every_command_alike(sample, tmp_path, capsys):
    damaged(sample, tmp_path / "表.xlsx", heading_gone("完成期限"))
    words = "AL2 缺少必需列「完成期限」（可识别别名："
    for call in (["refresh"], ["todo", "网络部"]):
        run([call[0], str(tmp_path / "表.xlsx"), *call[1:], "--as-of", DAY.isoformat()])
        assert words in "".join(capsys.readouterr())


def test_deleted_rows_are_one_accident_and_what_points_at_them_is_counted(sample, tmp_path, capsys):
    path = tmp_path / "表.xlsx"
    path.write_bytes(Path(sample).read_bytes())
    run(["refresh", str(path), "--as-of", DAY.isoformat()])
    damaged(sample, path, lambda book, sheet, row, columns: sheet.delete_rows(row + 1, 500))
    found = findings(capsys, path)
    rules = {p["rule"] for p in found["problems"] if p["severity"] == "error"}
    assert "WB04" in rules and not rules & {"XR01", "XR05"} and found["consequences"] > 100
    run(["check", str(path), "--as-of", DAY.isoformat()])
    said = capsys.readouterr().out
    assert "有 33 行（已结束的 42 行不算），现在只有 0 行，少了五分之一以上" in said.splitlines()[0]
    assert "上次检查时有的 74 个编号现在没有了（GJ-2025-001、" in said
    assert f"另有 {found['consequences']} 处由以上原因引起" in said
    assert said.count("在上次检查后被删除") == 1


def test_a_workbook_that_is_not_there_is_said(tmp_path, capsys):
    run(["doctor", str(tmp_path / "没有.xlsx")])
    said = capsys.readouterr().out
    assert "有问题  工作簿：找不到「" in said and "capa-xl new " in said
    run(["doctor", str(tmp_path)])
    assert "工作簿：找不到" not in capsys.readouterr().out


def test_doctor_of_a_folder_says_that_it_looked_at_no_workbook_and_how_to(tmp_path, capsys):
    only_looked = "下一步  工作簿：只看了这台电脑，没有看任何工作簿 → 一次看一本：capa-xl doctor "
    for names, advised in (((), "改进计划跟踪表.xlsx"), (("乙.xlsx", "甲.xlsm", "~$丙.xlsx"), "乙.xlsx")):
        for name in names:
            (tmp_path / name).touch()
        assert run(["doctor", str(tmp_path)]) == 0
        assert capsys.readouterr().out.splitlines()[-1] == f"{only_looked}{tmp_path / advised}"


def test_a_single_deleted_row_is_told_by_every_command(sample, tmp_path, capsys):
    path = tmp_path / "表.xlsx"
    path.write_bytes(Path(sample).read_bytes())
    run(["refresh", str(path), "--as-of", DAY.isoformat()])
    damaged(sample, path, lambda book, sheet, row, columns: sheet.delete_rows(row + 1))
    capsys.readouterr()
    for told in first_lines(capsys, path):
        assert "上次检查时有的 1 个编号现在没有了（GJ-2025-001） → " in told


def test_a_renamed_heading_is_told_also_after_the_run_that_saw_it_first(sample, tmp_path, capsys):
    path = tmp_path / "表.xlsx"
    path.write_bytes(Path(sample).read_bytes())
    run(["refresh", str(path), "--as-of", DAY.isoformat()])
    damaged(sample, path, heading_renamed("效果结论", "怎样"))
    capsys.readouterr()
    for _ in range(2):
        check, remind, daily = first_lines(capsys, path)
        assert all("上次检查时有的列 效果结论 现在没有了（不认识的列：B" in told for told in (check, remind))
        assert "效果结论" in daily and "现在没有了（不认识的列：B" in daily and "「怎样」）" in daily
        run(["refresh", str(path), "--as-of", DAY.isoformat()])
        assert "「怎样」），靠它判断的都停了" in "".join(capsys.readouterr())


def test_a_heading_twice_names_both_cells_and_what_is_read(sample, tmp_path, capsys):
    damaged(sample, tmp_path / "表.xlsx", heading_twice)
    (clash,) = [p for p in findings(capsys, tmp_path / "表.xlsx")["problems"] if p["rule"] == "WB03"]
    assert (clash["cell"], clash["message"]) == (
        "CA2", "与 AL2 的「完成期限」同名，都识别为「完成期限」，现在读的是 AL2",
    )  # fmt: skip


def test_the_same_loss_is_alarmed_once_and_the_second_pass_says_when(sample, tmp_path, capsys):
    path = tmp_path / "表.xlsx"
    path.write_bytes(Path(sample).read_bytes())
    run(["daily", str(path)])
    said = []
    for name in ("完成期限", "完成期限", "编号"):
        book = openpyxl.load_workbook(sample)
        sheet = book[TRACKER]
        sheet.delete_cols(next(cell.column for cell in sheet[2] if cell.value == name))
        book.save(path)
        capsys.readouterr()
        run(["daily", str(path)])
        said.append("".join(capsys.readouterr()))
    assert "告警质量部 2 封" in said[0] and "告警质量部 2 封" in said[2]
    assert "同样的告警已在 " in said[1] and "存入发件箱，本周不再重复" in said[1] and "0 封" not in said[1]


def test_check_with_quiet_prints_the_errors_and_nothing_else(tmp_path, capsys):
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook_bytes({TRACKER: TABLE.replace("2026-12-20", "月底")}))
    assert run(["check", str(path), "-q", "--as-of", DAY.isoformat()]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("GJ-01 错误 F2：完成期限「月底」不是明确日期 → ")
    path.write_bytes(workbook_bytes({TRACKER: TABLE}))
    assert (run(["check", str(path), "-q", "--as-of", "2026-11-28"]), capsys.readouterr().out) == (0, "")


def test_several_yearly_sheets_are_sent_to_adopt_by_check_and_refusal(tmp_path, capsys):
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook_bytes({"2025": TABLE, "2026": TABLE.replace("GJ-01", "GJ-02")}))
    for command in ("check", "refresh"):
        assert run([command, str(path), "--as-of", DAY.isoformat()]) == 20
        said = "".join(capsys.readouterr())
        assert f"《2025》、《2026》 都要计入的（如一年一张），运行 capa-xl adopt {path} -o 新表.xlsx，接成一本" in said


def test_check_stops_at_the_rows_at_which_the_daily_pass_stops(tmp_path, capsys):
    """More than a fifth of what still reminds: of ten rows eight may stay, seven may not; a refresh by hand accepts."""
    path, head, row = tmp_path / "表.xlsx", *TABLE.strip("\n").splitlines()[:2]
    on = ["--as-of", DAY.isoformat()]

    def book(rows):
        lines = [f"{head}  〔自动〕状态", *(row.replace("GJ-01", f"GJ-{n:02}") for n in rows)]
        path.write_bytes(workbook_bytes({TRACKER: "\n".join(lines)}))

    book(range(1, 11))
    assert run(["refresh", str(path), *on]) == 0
    for command in (["check"], ["group", "check"]):
        book(range(1, 9))
        assert run([*command, str(path), *on]) == 1
        book(range(1, 8))
        capsys.readouterr()
        assert run([*command, str(path), *on]) == 20
        said = capsys.readouterr().out
        assert "有 10 行，现在只有 7 行，少了五分之一以上，定时任务会因此停发提醒、不回写 → 不是有意的，" in said
        assert f"运行一次 capa-xl refresh {path}" in said
    assert run(["daily", str(path), *on]) == 20
    assert run(["refresh", str(path), *on]) == 0
    assert run(["check", str(path), *on]) == 1


def test_the_command_for_a_renamed_heading_of_a_table_of_ones_own_takes_it_over_as_pasted(
    tmp_path, capsys, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    Path("表.xlsx").write_bytes(workbook_bytes({TRACKER: TABLE.replace("编号", "项目号", 1)}))
    command = "adopt 表.xlsx -o 新表.xlsx --map 项目号=编号"
    for call in ("check", "daily", "doctor"):
        run([call, "表.xlsx", "--as-of", DAY.isoformat()])
        assert f"运行 capa-xl {command}（" in "".join(capsys.readouterr())
    assert run([*command.split(), "--as-of", DAY.isoformat()]) == 0
    capsys.readouterr()
    run(["check", "新表.xlsx", "--as-of", DAY.isoformat()])
    assert "GJ-01 " in "".join(capsys.readouterr())
