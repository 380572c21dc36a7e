from datetime import date

import pytest

from capa_xl.app.use_cases.adopt import adopt_workbook
from capa_xl.app.use_cases.check import check_workbook
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.errors import UnreadableWorkbook, UsageError
from capa_xl.reports.adopt_text import adopt_lines
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
    return adopt_workbook(source, target, answers=answers, workbook_id="a1b2", as_of=DAY)


def refreshed(path):
    return refresh(desk_at(path, DAY))


def test_the_document_is_exactly_the_contract(source, tmp_path):
    document = adopt(source, tmp_path / "新表.xlsx").as_json()
    assert list(document) == ["source", "target", "sheet", "header_row", "mapped", "unmapped", "added", "ask"]
    assert (document["sheet"], document["header_row"], document["unmapped"]) == ("整改任务", 1, ["设备名称"])
    assert document["mapped"][0] == {"header": "整改编号", "cell": "A1", "field": "编号", "score": 0.9}
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


def test_an_open_question_says_how_to_answer_it(tmp_path):
    source = tmp_path / "计划.xlsx"
    source.write_bytes(old_table("持续改进计划表"))
    lines = list(adopt_lines(adopt(source, tmp_path / "新表.xlsx").found, "新表.xlsx"))
    assert "请确认：G1「完成日期」是不是 完成期限 或 实际完成日期？现在当作不认识的列。" in lines
    assert any("--map 完成日期=完成期限" in line for line in lines)
    assert "表中缺少的必需列已加在右侧，请填写：编号、完成期限" in lines
