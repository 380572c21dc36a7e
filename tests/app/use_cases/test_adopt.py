from datetime import date

import openpyxl
import pytest

from capa_xl.app.use_cases.adopt import adopt_workbook
from capa_xl.app.use_cases.check import check_workbook
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.cli.documents.foreign_documents import adopt_document
from capa_xl.cli.main import run
from capa_xl.errors import UnreadableWorkbook, UsageError
from capa_xl.reports.adopt_text import adopt_lines, refusal
from capa_xl.workbook.adopting.adopted_workbook import Adopting
from capa_xl.workbook.reading.reader import read_register
from tests.app.desks import desk_at
from tests.old_tables import old_table
from tests.ooxml.every_cell import cells_of
from tests.tables import workbook_bytes

DAY = date(2026, 11, 22)


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "旧表.xlsx"
    path.write_bytes(old_table("整改任务", table=True))
    return path


def adopt(source, target, **answers):
    return adopt_workbook(source, target, Adopting(answers, "a1b2", DAY))


def named(company):
    return Adopting({}, "a1b2", DAY, company=company)


def headers(path):
    sheets = openpyxl.load_workbook(path).worksheets
    return {sheet.title: sheet.oddHeader.left.text for sheet in sheets}


def refreshed(path):
    return refresh(desk_at(path, DAY))


def test_the_document_is_exactly_the_contract(source, tmp_path):
    document = adopt_document(adopt(source, tmp_path / "新表.xlsx"))
    contract = ["source", "target", "sheet", "header_row", "mapped", "unmapped", "added", "ask"]
    assert list(document) == [*contract, "values", "tracked", "left_out", "notes", "sheets", "prefixes"]
    assert document["values"][0] == {
        "header": "状态", "field": "状态", "word": "进行中", "count": 3, "meaning": "进行中", "candidates": [],
        "needed": False, "proposal": None,
    }  # fmt: skip
    assert (document["tracked"], document["left_out"]) == (3, [])
    assert (document["sheet"], document["header_row"], document["unmapped"]) == ("整改任务", 1, ["设备名称"])
    first = {"header": "整改编号", "cell": "A1", "field": "编号", "score": 0.9, "sheet": "整改任务"}
    assert document["mapped"][0] == first
    assert document["added"][0] == "〔自动〕状态"


def test_the_source_stays_and_the_second_refresh_of_the_target_is_empty(source, tmp_path):
    before, target = source.read_bytes(), tmp_path / "新表.xlsx"
    adopt(source, target)
    assert source.read_bytes() == before
    first, second = refreshed(target), refreshed(target)
    assert first.written
    assert first.adopted
    assert len(second.changes) == 0
    human = cells_of(before)
    after = cells_of(target.read_bytes())
    assert {at: after[at] for at in human} == human


def test_the_adopted_table_is_judged_at_its_own_cells(source, tmp_path):
    target = tmp_path / "新表.xlsx"
    adopt(source, target)
    judged = check_workbook(desk_at(target, DAY))
    assert judged.view.register.tracker.cell(2, "due_on") == "E2"
    assert [action.number for action in judged.view.actions] == ["整改编号 1", "整改编号 2", "整改编号 3"]


def test_what_lies_at_the_target_is_never_replaced(source, tmp_path):
    target = tmp_path / "新表.xlsx"
    target.write_bytes(b"x")
    with pytest.raises(UsageError, match="已经存在"):
        adopt(source, target)
    assert target.read_bytes() == b"x"


def test_the_target_keeps_the_ending_of_the_source(source, tmp_path):
    with pytest.raises(UsageError, match="扩展名"):
        adopt(source, tmp_path / "新表.xlsm")


def test_a_refusal_leaves_no_file(tmp_path):
    source, target = tmp_path / "旧表.xlsx", tmp_path / "新表.xlsx"
    source.write_bytes(workbook_bytes({"表": [["日期", "金额"], [DAY, 5]]}))
    with pytest.raises(UnreadableWorkbook):
        adopt(source, target)
    assert not target.exists()


def test_a_question_that_is_needed_refuses_with_one_complete_line_to_paste(tmp_path):
    source, target = tmp_path / "计划.xlsx", tmp_path / "新表.xlsx"
    source.write_bytes(old_table("持续改进计划表"))
    done = adopt(source, target)
    assert (done.is_written, target.exists(), adopt_document(done)["target"]) == (False, False, None)
    lines = refusal(done.found, "计划.xlsx", "新表.xlsx").splitlines()
    assert any(line.startswith("* 请确认：G1「完成日期」") and "完成期限 或 实际完成日期" in line for line in lines)
    assert lines[-1] == "capa-xl adopt 计划.xlsx -o 新表.xlsx --map 完成日期=完成期限"


def test_the_pasted_line_is_answered_and_what_is_left_out_is_named(tmp_path):
    source, target = tmp_path / "计划.xlsx", tmp_path / "新表.xlsx"
    source.write_bytes(old_table("持续改进计划表"))
    done = adopt(source, target, 完成日期="完成期限")
    lines = list(adopt_lines(done.found, "新表.xlsx"))
    assert any("已在右侧加「编号」并按编号规则逐行编好" in line for line in lines)
    assert "参与跟踪 3 行，暂不参与 0 行。" in lines
    numbers = [action.number for action in read_register(target.read_bytes()).tracker.records]
    assert numbers == ["GJ-2026-001", "GJ-2026-002", "GJ-2026-003"]


def test_the_words_of_a_list_are_counted_each_with_what_it_is_taken_for(tmp_path):
    words = ("已完成", "进行中", "进行中", "未开始")
    rows = [["编号", "问题描述", "责任人", "要求完成时间", "状态"]]
    rows += [[str(n), "漏油啦", "张三", DAY, word] for n, word in enumerate(words, 1)]
    source, target = tmp_path / "旧.xlsx", tmp_path / "新.xlsx"
    source.write_bytes(workbook_bytes({"表": rows}))
    lines = list(adopt_lines(adopt(source, target).found, "新.xlsx"))
    assert "「状态」的取值：已完成（1 行）、进行中（2 行）、未开始（1 行，按“进行中”计）" in lines


def test_a_row_that_cannot_be_tracked_is_counted_and_named(tmp_path):
    rows = [["编号", "问题描述", "责任人", "完成期限"], ["1", "漏油啦", "张三", DAY], ["2", "漏气啦", "张三", "月底"]]
    source, target = tmp_path / "旧.xlsx", tmp_path / "新.xlsx"
    source.write_bytes(workbook_bytes({"表": rows}))
    lines = list(adopt_lines(adopt(source, target).found, "新.xlsx"))
    at = lines.index("参与跟踪 1 行，暂不参与 1 行：")
    assert lines[at + 1] == "  第 3 行（2）：请更正 D3"


def test_an_untouched_earlier_try_is_replaced_and_one_that_somebody_worked_in_is_not(tmp_path):
    source, target = tmp_path / "计划.xlsx", tmp_path / "新表.xlsx"
    source.write_bytes(old_table("持续改进计划表"))
    adopt(source, target, 完成日期="实际完成日期")
    assert adopt(source, target, 完成日期="完成期限").is_written
    refreshed(target)
    with pytest.raises(UsageError, match="已经存在"):
        adopt(source, target, 完成日期="完成期限")


def test_what_was_left_open_is_decided_in_the_adopted_workbook_itself(tmp_path, capsys):
    """The line that adopt prints still works when people have worked in the new file."""
    rows = [["编号", "问题描述", "责任人", "完成期限"], ["1", "漏油啦", "张三", DAY], ["2", "漏气啦", "张三", "尽快"]]
    source, target = tmp_path / "旧.xlsx", tmp_path / "新.xlsx"
    source.write_bytes(workbook_bytes({"表": rows}))
    open_word = "--value 完成期限:尽快=待定"
    assert run(["adopt", f"{source}", "-o", f"{target}"]) == 0
    line = f"capa-xl adopt {target} {open_word}"
    assert line in capsys.readouterr().out.splitlines()
    refreshed(target)
    assert run(["adopt", f"{source}", "-o", f"{target}", "--value", "完成期限:尽快=2026-12-31"]) == 2
    decide = f"capa-xl adopt {target} --value 完成期限:尽快=2026-12-31"
    assert capsys.readouterr().err.splitlines()[-1] == decide
    assert run(["adopt", f"{target}"]) == 0
    assert line in capsys.readouterr().out.splitlines()
    assert run(decide.split()[1:]) == 0
    assert "参与跟踪 2 行，暂不参与 0 行。" in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("more", "said"), [([], []), ([[4]], ["1 行只有编号（第 5 行），还不是措施；填写以后参与跟踪"])]
)
def test_a_row_that_was_numbered_in_advance_is_named(tmp_path, more, said):
    rows = [["序号", "问题描述", "整改措施", "责任人", "完成期限"]]
    rows += [[n, "值班漏接", "改排班", "样例甲", DAY] for n in (1, 2, 3)]
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook_bytes({"整改表": [*rows, *more]}))
    found = adopt_workbook(path, tmp_path / "新.xlsx", Adopting({}, "a1", DAY)).found
    assert (found.tracked, [note for note in found.notes if "只有编号" in note]) == (3, said)


def test_a_word_that_was_said_and_stands_nowhere_in_the_table_is_told(tmp_path, capsys):
    rows = [["编号", "问题描述", "隐患级别", "责任人", "完成期限"], ["1", "漏油啦", "高", "张三", "12月5日"]]
    source, target = tmp_path / "旧.xlsx", tmp_path / "新.xlsx"
    source.write_bytes(workbook_bytes({"表": rows}))
    words = ["--value", "严重度:高=重大", "--value", "严重度:甲及=一般", "--value", "完成期限:挂起="]
    words += ["--value", "全部日期:没有年份的日期=2026", "--value", "完成期限:日期写法=月/日/年"]
    assert run(["adopt", f"{source}", "-o", f"{target}", *words]) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("--value")] == [
        "--value 严重度:甲及=一般：表里没有「甲及」，现在不起作用，以后出现时按「一般」读 → 请核对写法",
        "--value 完成期限:挂起=：表里没有「挂起」，现在不起作用，以后出现时当作空白 → 请核对写法",
    ]


def test_a_table_whose_list_words_are_all_its_own_is_told_how_to_say_what_they_mean(tmp_path, capsys):
    rows = [["编号", "问题描述", "隐患级别", "责任人", "完成期限"], ["1", "漏油啦", "甲级", "张三", DAY]]
    source, target = tmp_path / "旧.xlsx", tmp_path / "新.xlsx"
    source.write_bytes(workbook_bytes({"表": rows}))
    assert run(["adopt", f"{source}", "-o", f"{target}"]) == 2
    assert "用词与本工具不同的，加 --map 隐患级别=严重度 再运行，会逐个问用词的意思" in capsys.readouterr().err
    assert run(["adopt", f"{source}", "-o", f"{target}", "--map", "隐患级别=严重度"]) == 2
    assert capsys.readouterr().err.splitlines()[-1].endswith("--map 隐患级别=严重度 --value 严重度:甲级=待定")


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_company_stands_in_the_settings_and_above_every_page_of_the_added_sheets(source, tmp_path):
    """Once their upper left stayed empty: refresh writes no header, and adopt asked for no company."""
    target = tmp_path / "新表.xlsx"
    done = adopt_workbook(source, target, named("样例 A&B 公司"))
    assert done.has_company and read_register(target.read_bytes()).procedure.company == "样例 A&B 公司"
    assert headers(target) == {"整改任务": None, "数据源": None} | dict.fromkeys(done.found.sheets, "样例 A&&B 公司")
    other = tmp_path / "又一张.xlsx"
    assert not adopt(source, other).has_company
    adopt_workbook(source, other, named("样例 A&B 公司"))
    assert other.read_bytes() == target.read_bytes()


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_workbook_that_names_its_company_keeps_it(source, tmp_path):
    first, second = tmp_path / "新表.xlsx", tmp_path / "再一次.xlsx"
    adopt_workbook(source, first, named("样例公司"))
    with pytest.raises(UsageError, match="《参数》的公司名称是「样例公司」，--company 是「别的公司」"):
        adopt_workbook(first, second, named("别的公司"))
    assert not second.exists()
    book = openpyxl.load_workbook(first)
    del book["字典"]
    book.save(first)
    assert adopt(first, second).found.sheets == ("字典",)
    assert set(headers(second).values()) == {"样例公司", None}
    assert headers(second)["字典"] == "样例公司"


@pytest.mark.parametrize("stranger", ["待定", "无此列"])
def test_an_answer_for_a_heading_that_the_closest_table_lacks_is_told_as_such(stranger, tmp_path, capsys):
    rows = [
        ["项次", "何事", "经办", "责任人", "何时"],
        [1, "配电箱门损坏未及时修复", "人甲", "人乙", date(2026, 12, 31)],
    ]
    source = tmp_path / "表.xlsx"
    source.write_bytes(workbook_bytes({"表": rows}))
    answers = ["--map", "何时=完成期限", "--map", f"{stranger}=责任部门", "--map", f"{stranger}=问题描述"]
    assert run(["adopt", str(source), "-o", str(tmp_path / "新.xlsx"), *answers]) == 20
    *said, line = capsys.readouterr().err.splitlines()
    assert f"--map 等号左边要写表头里的列名，表头中没有「{stranger}」" in said
    assert line.count("--map") == 2 and line.endswith("--map 何时=完成期限 --map 待定=问题描述")
