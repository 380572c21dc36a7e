from datetime import date

import pytest

from capa_xl.app.shared.fixing import apply_fixes, propose
from capa_xl.app.use_cases.check import check_workbook
from capa_xl.app.use_cases.history import history
from capa_xl.app.use_cases.undo import undo
from capa_xl.cli.documents.tracker_documents import undo_document
from capa_xl.errors import UnsafeWrite, WorkbookLocked
from capa_xl.model.fixes import KeptCell
from capa_xl.model.snapshot import Applied, AppliedEdit
from capa_xl.ooxml.container import read_container
from capa_xl.ooxml.container_rewrite import packed_new, rewrite
from capa_xl.ooxml.patch import CellEdit, Patch
from capa_xl.ooxml.splice import splice
from capa_xl.reports.fixes_text import fix_lines, undo_lines
from tests.app.desks import desk_at
from tests.ooxml.every_cell import cells_of
from tests.tables import workbook_bytes

DAY = date(2026, 11, 22)
TRACKER = [
    ["编号", "问题描述", "责任人", "完成期限", "严重度"],
    ["GJ-2026-001", "值班电话漏接三次", "张 三", "2026.3.31", "一般"],
    ["GJ-2026-002", "备件台账与实物不符", "李四", date(2026, 5, 1), " 重大"],
    ["GJ-2026-003", "巡检记录缺页较多", "王五", "月底", "一般"],
]


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER}))
    return path


def apply(path):
    return apply_fixes(desk_at(path, DAY))


def take_back(path):
    return undo(desk_at(path, DAY))


def fixes(repaired):
    return [(fix.cell, fix.before, fix.after) for fix in repaired.fixes]


def edit(path, at, value):
    path.write_bytes(splice(path.read_bytes(), Patch(edits=(CellEdit("改进计划跟踪表", at, value),))).blob)


def with_totals(path):
    """Make the table's last row its total row, which nobody may write."""
    container = read_container(path.read_bytes())
    member = container.find("xl/tables/table1.xml")
    xml = container.read(member).replace(b'totalsRowShown="0"', b'totalsRowCount="1"')
    path.write_bytes(rewrite(container, {member.key: packed_new(xml)}))


def test_repairs_are_proposed_and_nothing_is_written(book):
    before = book.read_bytes()
    assert fixes(propose(desk_at(book, DAY))) == [
        ("C2", "张 三", "张三"), ("D2", "2026.3.31", date(2026, 3, 31)), ("E3", " 重大", "重大"),
    ]  # fmt: skip
    assert book.read_bytes() == before
    assert [path.name for path in book.parent.iterdir()] == ["跟踪表.xlsx"]


def test_applied_repairs_are_in_the_cells_and_nothing_else_is_different(book):
    before = cells_of(book.read_bytes())
    done = apply(book)
    after = cells_of(book.read_bytes())
    sheet = "改进计划跟踪表"
    assert {at: after[at] for at in after if after[at] != before.get(at)} == {
        (sheet, "C2"): "张三", (sheet, "D2"): 46112.0, (sheet, "E3"): "重大",
    }  # fmt: skip
    assert (done.written, cells_of(done.backup.read_bytes())) == (True, before)


def test_what_was_repaired_is_no_problem_any_more_and_vague_dates_stay_one(book):
    apply(book)
    problems = check_workbook(desk_at(book, date(2026, 6, 1))).checked.problems
    assert [(p.rule, p.cell) for p in problems if p.rule in ("FD05", "FD06", "FD11")] == [("FD05", "D4")]


def test_a_second_apply_has_nothing_to_do(book):
    apply(book)
    again = apply(book)
    assert (again.fixes, again.written) == ((), False)


def test_undo_gives_back_what_stood_there(book):
    before = cells_of(book.read_bytes())
    apply(book)
    done = take_back(book)
    assert cells_of(book.read_bytes()) == before
    assert (len(done.edits), done.kept) == (3, ())
    assert take_back(book).applied is None


def test_undo_leaves_alone_what_somebody_changed_since(book):
    apply(book)
    edit(book, "C2", "赵六")
    done = take_back(book)
    cells = cells_of(book.read_bytes())
    assert [(cell.cell, cell.applied, cell.found) for cell in done.kept] == [("C2", "张三", "赵六")]
    assert (cells["改进计划跟踪表", "C2"], cells["改进计划跟踪表", "D2"]) == ("赵六", "2026.3.31")
    document = undo_document(done)
    assert document["edits"][0] == {
        "sheet": "改进计划跟踪表", "cell": "D2", "before": date(2026, 3, 31), "after": "2026.3.31",
    }  # fmt: skip
    assert document["written"] is True


def test_a_backup_that_cannot_be_read_is_not_done_without_unasked(book):
    backup = apply(book).backup
    applied = book.read_bytes()
    backup.unlink()
    backup.mkdir()
    with pytest.raises(UnsafeWrite, match=r"没有撤销：写入前的备份读不出来（.+是文件夹.*） → .+移走再运行"):
        take_back(book)
    assert book.read_bytes() == applied
    backup.rmdir()
    assert len(take_back(book).edits) == 3


def test_undo_without_an_apply_changes_nothing(book):
    before = book.read_bytes()
    done = take_back(book)
    assert (done.applied, undo_document(done)["written"], book.read_bytes() == before) == (None, False, True)


def test_an_open_workbook_is_not_repaired(book):
    book.with_name("~$跟踪表.xlsx").write_bytes(b"")
    before = book.read_bytes()
    with pytest.raises(WorkbookLocked):
        apply(book)
    assert book.read_bytes() == before


def test_a_refused_repair_leaves_file_and_folder_as_they_were(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER}, tables={"改进计划跟踪表": "A1:E3"}))
    with_totals(path)
    before = path.read_bytes()
    with pytest.raises(UnsafeWrite, match="汇总行"):
        apply(path)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["跟踪表.xlsx"]


def test_repairs_are_said_with_cell_before_and_after(book):
    lines = list(fix_lines(propose(desk_at(book, DAY)).fixes, written=False, backup=""))
    assert lines[1] == "改进计划跟踪表!D2 完成期限：「2026.3.31」 → 「2026-03-31」（改为真实日期）"
    assert lines[-1] == "可修复 3 格，尚未写入；核对以后加 --apply。"
    assert list(undo_lines(None, (), (), "")) == ["没有可以撤销的写入。"]


@pytest.mark.parametrize(
    ("what", "named"),
    [
        ("check --apply", "修复（check --apply）"),
        ("collect", "填报收回（collect）"),
        ("handover", "离岗交接（handover）"),
        ("reorganise", "部门更名（reorganise）"),
        ("year-end", "年度归档（year-end）"),
    ],
)
def test_what_was_taken_back_is_named(what, named):
    applied = Applied(1, "2026-06-01T08:00:00+08:00", what, "", ())
    edits = [AppliedEdit("进展反馈", "E3", None, "长" * 62), AppliedEdit("进展反馈", "E4", "长" * 61, None)]
    kept = [KeptCell("进展反馈", "E5", "短", "改" * 200)]
    head, first, second, third, last = undo_lines(applied, edits, kept, "")
    assert head == f"撤销的是 2026-06-01 08:00 的{named}："
    assert first == f"进展反馈!E3：「{'长' * 60}…」 → （空）"
    assert second == f"进展反馈!E4：（空） → 「{'长' * 61}」"
    assert third == f"进展反馈!E5 后来有人改过（现为「{'改' * 60}…」），没有动。"
    assert last == f"已撤销 2026-06-01 08:00 的{named}，恢复 2 格。"


@pytest.mark.parametrize(("rows", "lines"), [(20, 42), (21, 4)])
def test_a_whole_year_taken_back_is_told_by_sheet_with_its_counts(rows, lines):
    applied = Applied(1, "2026-06-01T08:00:00+08:00", "year-end", "", ())
    edits = [
        AppliedEdit("改进计划跟踪表", f"{letter}{row}", None, "旧")
        for row in range(3, 3 + rows)
        for letter in ("A", "AB")
    ]
    said = list(undo_lines(applied, edits, (), ""))
    assert len(said) == lines
    if lines == 4:
        assert said[1:3] == ["《改进计划跟踪表》21 行，42 格", "逐格内容见 --json。"]


def test_a_repair_is_no_change_of_what_the_row_says(book):
    apply(book)
    assert history(desk_at(book, DAY)).changes == ()


def test_a_day_read_by_the_columns_own_order_is_promised_no_repair_and_has_none(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    settings = [["参数", "值"], ["取值_完成期限_日期写法", "年/月/日"]]
    rows = [*TRACKER[:1], ["GJ-2026-001", "值班电话漏接三次", "张三", "26.3.31", "一般"]]
    path.write_bytes(workbook_bytes({"改进计划跟踪表": rows, "参数": settings}))
    (told,) = [p for p in check_workbook(desk_at(path, DAY)).checked.problems if p.rule == "FD06"]
    assert (told.cell, told.fix) == ("D2", "改成真正的日期 2026-03-31")
    assert "按《参数》里“日期写法”的意思" in told.message
    assert propose(desk_at(path, DAY)).fixes == ()
