"""A ledger of twelve columns grows to the whole workbook: what was there stays where it was."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.page import PrintPageSetup

from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.use_cases.grow import grow
from capa_xl.app.use_cases.new import new_workbook
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.app.use_cases.undo import undo
from capa_xl.errors import UnsafeWrite, UsageError
from capa_xl.model import palette
from capa_xl.model.levels import LEVELS, level_named
from capa_xl.model.schema import SHEETS
from capa_xl.ooxml.patch import CellEdit, Patch
from capa_xl.ooxml.splice import splice
from capa_xl.policy.check import check
from capa_xl.policy.viewing import view_register
from capa_xl.reports.growth_text import growth_lines
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.blank.cells_to_fill import is_ended
from capa_xl.workbook.reading.reader import read_register
from capa_xl.workbook.sample.content import sample_content
from tests.app.desks import desk_at
from tests.ooxml.every_cell import cells_of
from tests.tables import workbook_bytes

DAY = date(2026, 6, 1)
SHEET = "改进计划跟踪表"
TWELVE = ("编号", "问题描述", "登记日期", "来源", "措施类型", "严重度", "措施内容", "责任部门", "责任人", "完成期限",
          "实际完成日期", "效果结论")  # fmt: skip
FOUR = ("〔自动〕状态", "〔自动〕逾期天数", "〔自动〕下一步", "〔自动〕下一步责任人")


@pytest.fixture
def ledger(tmp_path) -> Path:
    path = tmp_path / "跟踪表.xlsx"
    new_workbook(path, sample=False, as_of=DAY, workbook_id="a1", level=level_named("台账"))
    return path


def seen(path: Path) -> openpyxl.Workbook:
    """The workbook to look at; who changes one opens it anew."""
    return _seen(path.read_bytes())


@lru_cache(maxsize=2)
def _seen(blob: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(blob))


def headings(path: Path) -> list[str]:
    row = seen(path)[SHEET][2]
    return [cell.value for cell in row if cell.value]


def table_of(path: Path):
    return seen(path)[SHEET].tables["跟踪表"]


def fill(path: Path, **cells: object) -> None:
    edits = tuple(CellEdit(SHEET, at, value) for at, value in cells.items())
    path.write_bytes(splice(path.read_bytes(), Patch(edits=edits)).blob)


def test_the_ledger_has_twelve_columns_of_people_four_of_ours_and_three_sheets(ledger):
    found = headings(ledger)
    assert [name for name in found if not name.startswith("〔自动〕")] == list(TWELVE)
    assert {name for name in found if name.startswith("〔自动〕")} == set(FOUR)
    book = openpyxl.load_workbook(ledger)
    assert book.sheetnames == [SHEET, "人员部门", "参数"]
    settings = {row[0].value: (row[1].value, row[2].value) for row in book["参数"].iter_rows(min_row=2)}
    assert settings["级别"][0] == "台账"
    assert "不能覆盖制度的要求" in settings["级别"][1]


def test_the_ledgers_drop_downs_need_no_other_sheet(ledger):
    checks = seen(ledger)[SHEET].data_validations.dataValidation
    lists = [check.formula1 for check in checks if check.type == "list"]
    assert lists and not [one for one in lists if "列表_" in one and one != "列表_姓名"]


def test_each_level_has_everything_of_the_one_before():
    for smaller, larger in pairwise(LEVELS):
        assert smaller.keys < larger.keys
        assert smaller.sheets < larger.sheets
    assert [len(level.keys) for level in LEVELS[:3]] == [12, 29, 46]


def test_growing_is_shown_first_and_moves_nothing(ledger):
    fill(ledger, A3="GJ-2026-001", B3="值班漏接三次告警，夜间无人接听", J3="样例甲", K3=DAY)
    before, was = ledger.read_bytes(), headings(ledger)
    growth = grow(desk_at(ledger, DAY)).growth
    assert (growth.level.name, growth.columns[0].header, growth.sheets[0]) == ("制度", "提出人", "总览")
    assert ledger.read_bytes() == before
    assert grow(desk_at(ledger, DAY), apply=True).written
    assert headings(ledger)[: len(was)] == was
    now = cells_of(ledger.read_bytes())
    kept = {place: value for place, value in cells_of(before).items() if place[0] != "参数"}
    assert {place: now.get(place) for place in kept} == kept
    (action,) = read_register(ledger.read_bytes()).tracker.records
    assert (action.number, action.owners) == ("GJ-2026-001", ("样例甲",))


def test_the_table_and_its_drop_downs_reach_over_the_new_columns(ledger):
    grow(desk_at(ledger, DAY), apply=True)
    table, found = table_of(ledger), headings(ledger)
    assert [column.name for column in table.tableColumns] == found
    assert table.ref == table.autoFilter.ref == f"A2:{openpyxl.utils.get_column_letter(len(found))}302"
    letter = openpyxl.utils.get_column_letter(found.index("批准结论") + 1)
    checks = seen(ledger)[SHEET].data_validations.dataValidation
    (check,) = [one for one in checks if str(one.sqref) == f"{letter}3:{letter}5000"]
    assert (check.type, check.formula1) == ("list", "列表_批准结论")


def test_grown_three_times_it_is_whole_and_works(ledger):
    for name in ("制度", "评审", "数据"):
        assert grow(desk_at(ledger, DAY), apply=True).growth.level.name == name
    fill(ledger, A3="GJ-2026-001", B3="值班漏接三次告警，夜间无人接听", J3="样例甲", K3=DAY)
    refresh(desk_at(ledger, DAY))
    assert cells_of(ledger.read_bytes())[SHEET, "C3"] == "待策划"
    assert read_register(ledger.read_bytes()).procedure.level == ""
    done = grow(desk_at(ledger, DAY), apply=True)
    assert (done.written, list(growth_lines(done.growth, written=False, backup=""))) == (
        False,
        ["已经有数据级的全部列和工作表，没有可加的。"],
    )


def test_an_adopted_table_under_a_name_of_its_own_grows_to_the_whole(tmp_path):
    path = tmp_path / "整改台账.xlsx"
    old = workbook_bytes({"整改台账": "编号  问题描述  责任人  完成期限\n1     漏油      样例甲  2026-07-01"})
    path.write_bytes(adopt(old, Adopting({}, "a1", DAY))[0])
    while grow(desk_at(path, DAY), apply=True).written:
        pass
    register = read_register(path.read_bytes())
    assert register.tracker.sheet == "整改台账"
    assert set(register.sheet_names) == {*(spec.name for spec in SHEETS), "整改台账"} - {SHEET}
    assert [a.number for a in register.tracker.records] == ["1"]
    refresh(desk_at(path, DAY))
    assert refresh(desk_at(path, DAY)).backup is None


def rules(path: Path) -> list[tuple[str, str]]:
    """(area, condition) of every live colour of the tracker."""
    found = seen(path)[SHEET].conditional_formatting
    return [(str(group.sqref), rule.formula[0]) for group in found for rule in group.rules]


def letter_of(path: Path, heading: str) -> str:
    row = seen(path)[SHEET][2]
    return next(cell.column_letter for cell in row if cell.value == heading)


def test_the_colours_reach_over_the_new_columns_and_ask_for_them(ledger):
    assert not [rule for rule in rules(ledger) if "检查" in str(rule)]
    before = rules(ledger)
    for _ in range(2):
        grow(desk_at(ledger, DAY), apply=True)
    approver, done, inspected = (letter_of(ledger, name) for name in ("批准人", "实际完成日期", "检查日期"))
    found = dict(rules(ledger))
    (asked,) = [when for area, when in found.items() if area.startswith(f"{approver}3:")]
    assert f'{approver}3=""' in asked and f'NOT(${letter_of(ledger, "批准结论")}3="不同意")' in asked
    late = [when for area, when in rules(ledger) if area == "A3:A5000" and "<TODAY()" in when]
    assert len(late) == 1 and f"${inspected}3>=${done}3" in late[0]
    assert len(rules(ledger)) == len(set(rules(ledger))) > len(before)
    row = [area for area, when in rules(ledger) if area.startswith("A3:") and area != "A3:A5000"]
    assert row == [f"A3:{openpyxl.utils.get_column_letter(len(headings(ledger)))}5000"]


def test_each_colour_keeps_its_look_through_every_growth(ledger):
    for _ in range(3):
        grow(desk_at(ledger, DAY), apply=True)
    groups = seen(ledger)[SHEET].conditional_formatting
    fills = {
        (rule.formula[0], rule.dxf.fill.bgColor.rgb[-6:]) for group in groups for rule in group.rules if rule.dxf.fill
    }
    signs = {
        '$C3="待更正"': palette.TO_CORRECT_FILL,
        "<TODAY(),AND": palette.OVERDUE_FILL,
        "EDATE(": palette.DUE_SOON_FILL,
        "COUNTIF(修订_编号": palette.SILENT_FILL,
        f'{letter_of(ledger, "批准人")}3="",': palette.NEEDED_FILL,
    }
    for sign, fill in signs.items():
        assert {look for when, look in fills if sign in when} == {fill}, sign


def test_the_names_that_the_colours_look_into_come_with_the_sheet(ledger):
    grow(desk_at(ledger, DAY), apply=True)
    book = openpyxl.load_workbook(ledger)
    assert {"修订_编号", "修订_完成日期", "修订_结论"} <= set(book.defined_names)
    assert any("修订_编号" in when for _, when in rules(ledger))


def test_the_colours_hear_the_corrections_once_the_sheet_is_there_and_only_through_its_names(ledger):
    heard = []
    for level in ("制度", "评审", "数据"):
        if level == "数据":
            book = openpyxl.load_workbook(ledger)
            del book.defined_names["更正_编号"]
            book.save(ledger)
        grow(desk_at(ledger, DAY), apply=True)
        heard.append(sum("更正_编号" in when for _, when in rules(ledger)))
    assert heard[0] == heard[2] == 0 < heard[1]


def test_colours_of_an_earlier_version_are_drawn_anew(tmp_path, monkeypatch):
    """They took a row for ended by 归档日期 alone; the report's number and place are asked for since."""
    path, ended = tmp_path / "跟踪表.xlsx", []
    with monkeypatch.context() as patched:
        older = "capa_xl.workbook.blank.live_colours.is_ended"
        patched.setattr(older, lambda place: is_ended(replace(place, was_ended_by_day=True)))
        new_workbook(path, sample=False, as_of=DAY, workbook_id="a1", level=level_named("评审"))
    for _ in range(2):
        number = letter_of(path, "报告编号")
        ended.append({f'{number}3<>""' in when for _, when in rules(path) if "COUNTIF(修订_编号" in when})
        grow(desk_at(path, DAY), apply=True)
    assert ended == [{False}, {True}]


def test_peoples_own_colours_stay_and_stand_first(ledger):
    book = openpyxl.load_workbook(ledger)
    own = FormulaRule(formula=['$B3="重点"'], fill=PatternFill(bgColor="FF00FF"))
    book[SHEET].conditional_formatting.add("B3:B400", own)
    book.save(ledger)
    grow(desk_at(ledger, DAY), apply=True)
    found = seen(ledger)[SHEET].conditional_formatting
    (mine,) = [rule for group in found for rule in group.rules if rule.formula == ['$B3="重点"']]
    assert mine.dxf.fill.bgColor.rgb == "00FF00FF"
    assert all(rule.priority > mine.priority for group in found for rule in group.rules if rule is not mine)


def test_a_tracker_without_our_colours_gets_none(ledger):
    book = openpyxl.load_workbook(ledger)
    book[SHEET].conditional_formatting = type(book[SHEET].conditional_formatting)()
    book.save(ledger)
    grow(desk_at(ledger, DAY), apply=True)
    assert rules(ledger) == []


def test_the_whole_workbook_lacks_nothing_and_a_larger_level_can_be_named(tmp_path, ledger):
    whole = tmp_path / "全.xlsx"
    new_workbook(whole, sample=False, as_of=DAY, workbook_id="a2")
    assert grow(desk_at(whole, DAY)).growth.is_empty
    assert grow(desk_at(ledger, DAY), "评审").growth.level.name == "评审"


@pytest.mark.parametrize("named", ["", "台账"])
def test_what_a_lower_level_lacks_comes_back_and_the_level_stays(tmp_path, named):
    path = tmp_path / "评审.xlsx"
    new_workbook(path, sample=False, as_of=DAY, workbook_id="a4", level=level_named("评审"))
    book = openpyxl.load_workbook(path)
    del book[SHEET].tables["跟踪表"]
    next(cell for cell in book[SHEET][2] if cell.value == "〔自动〕逾期天数").value = "自用的一列"
    book.save(path)
    shown = grow(desk_at(path, DAY), named)
    assert (shown.growth.level.name, len(shown.growth.columns)) == ("台账", 1)
    assert "《参数》“级别”仍是“评审”：只补上缺的列和工作表，不降级" in shown.notes
    assert grow(desk_at(path, DAY), named, apply=True).written
    assert open_tracker(desk_at(path, DAY)).register.procedure.level == "评审"


def text_beside(sheet) -> None:
    sheet["S9"] = "随手记的"


def formula_beside(sheet) -> None:
    sheet["S9"] = "=1+1"


def error_beside(sheet) -> None:
    sheet["S9"].value, sheet["S9"].data_type = "#N/A", "e"


def merge_beside(sheet) -> None:
    sheet.merge_cells("S1:T1")


@pytest.mark.parametrize("put", [text_beside, formula_beside, error_beside, merge_beside])
def test_no_room_on_the_right_is_refused_with_the_column_and_nothing_is_written(ledger, put):
    book = openpyxl.load_workbook(ledger)
    put(book[SHEET])
    book.save(ledger)
    before = ledger.read_bytes()
    for apply in (False, True):
        with pytest.raises(UnsafeWrite, match="S2 那一列有内容"):
            grow(desk_at(ledger, DAY), apply=apply)
    assert ledger.read_bytes() == before


def own_columns(path: Path, **cells: str) -> None:
    book = openpyxl.load_workbook(path)
    for at, value in cells.items():
        book[SHEET][at] = value
    book.save(path)


def test_the_table_takes_in_peoples_own_columns_on_its_way_to_the_new_ones(ledger):
    own_columns(ledger, Q2="我的备注", Q3="甲", R2="金额\n(万元)")
    grow(desk_at(ledger, DAY), apply=True)
    table = table_of(ledger)
    names = [column.name for column in table.tableColumns]
    assert names[15:19] == ["〔自动〕下一步责任人", "我的备注", "金额\n(万元)", "提出人"]
    assert table.ref == table.autoFilter.ref == f"A2:{openpyxl.utils.get_column_letter(len(names))}302"
    assert cells_of(ledger.read_bytes())[SHEET, "Q3"] == "甲"


@pytest.mark.parametrize("cells", [{"R2": "隔着空列"}, {"Q2": "编号"}, {"Q2": "备注", "R2": "备注"}])
def test_a_table_that_cannot_take_them_in_stays_and_is_named(ledger, cells):
    own_columns(ledger, **cells)
    preview = grow(desk_at(ledger, DAY))
    done = grow(desk_at(ledger, DAY), apply=True)
    assert table_of(ledger).ref == "A2:P302"
    assert any("Excel 表格 A2:P302 没有加宽" in note for note in preview.notes)
    assert any("Excel 表格 A2:P302 没有加宽" in note for note in done.notes)


def bands(path: Path) -> dict[str, str]:
    return {cell.coordinate: cell.value for cell in seen(path)[SHEET][1] if cell.value}


def test_every_new_column_stands_under_the_label_of_its_band(ledger):
    grow(desk_at(ledger, DAY), apply=True)
    sheet = seen(ledger)[SHEET]
    approver = letter_of(ledger, "批准人")
    assert bands(ledger)[f"{approver}1"] == "审批"
    assert sheet[f"{approver}1"].fill.fgColor.rgb[-6:] == palette.NAVY
    assert sheet[f"{letter_of(ledger, '批准日期')}1"].fill.fgColor.rgb[-6:] == palette.NAVY
    assert bands(ledger)[f"{letter_of(ledger, '〔自动〕PDCA阶段')}1"] == "自动"


def test_a_row_above_that_holds_no_bands_gets_none(ledger):
    own_columns(ledger, A1="样例公司改进台账")
    before = bands(ledger)
    grow(desk_at(ledger, DAY), apply=True)
    assert bands(ledger) == before


def printed(path: Path) -> tuple[bool | None, int | None, list[int]]:
    """(Fitted to one page wide, scale, columns behind which a sheet of paper ends.)"""
    sheet = seen(path)[SHEET]
    breaks = [one.id for one in sheet.col_breaks.brk]
    return bool(sheet.sheet_properties.pageSetUpPr.fitToPage), int(sheet.page_setup.scale or 100), breaks


def widths(path: Path) -> list[float]:
    sheet = seen(path)[SHEET]
    found = {at: d.width for d in sheet.column_dimensions.values() for at in range(d.min, d.max + 1)}
    return [found.get(at, 9.0) for at in range(1, len(headings(path)) + 1)]


def test_a_grown_tracker_prints_legibly_over_several_sheets_of_paper(ledger):
    assert printed(ledger) == (True, 67, [])
    for _ in range(3):
        grow(desk_at(ledger, DAY), apply=True)
        fitted, scale, breaks = printed(ledger)
        assert (fitted, scale) == (False, 67)
        every = widths(ledger)
        edges = [3, *breaks, len(every)]
        assert edges == sorted(set(edges))
        assert all(sum(every[:3]) + sum(every[start:end]) <= 240 for start, end in pairwise(edges))


def test_breaks_that_are_there_stay_and_new_ones_come_behind_them(tmp_path):
    path = tmp_path / "制度.xlsx"
    new_workbook(path, sample=False, as_of=DAY, workbook_id="a3", level=level_named("制度"), company="样例公司")
    _, _, before = printed(path)
    grow(desk_at(path, DAY), apply=True)
    _, _, after = printed(path)
    assert before == [11, 16, 24]
    assert after[:3] == before and after[3] > 24
    assert {sheet.oddHeader.left.text for sheet in seen(path).worksheets} == {"样例公司"}


def smaller(sheet) -> None:
    sheet.page_setup.scale = 40


def area(sheet) -> None:
    sheet.print_area = "A1:H40"


def nothing(sheet) -> None:
    sheet.page_setup = PrintPageSetup(worksheet=sheet)


@pytest.mark.parametrize(
    ("set_up", "said"),
    [(smaller, "打印设置是自己改过的，没有动"), (area, "打印设置是自己改过的，没有动"), (nothing, "没有设过打印")],
)
def test_a_page_that_people_set_up_themselves_or_not_at_all_stays_and_is_said(ledger, set_up, said):
    book = openpyxl.load_workbook(ledger)
    set_up(book[SHEET])
    book.save(ledger)
    before = printed(ledger)
    done = grow(desk_at(ledger, DAY), apply=True)
    assert printed(ledger) == before
    assert [said in note for note in done.notes if "打印" in note] == [True]


def test_the_guide_comes_with_the_level_that_has_it(ledger):
    assert "使用说明" in grow(desk_at(ledger, DAY), apply=True).growth.sheets
    assert "谁在哪一步填什么" in {cell.value for row in seen(ledger)["使用说明"] for cell in row}


@pytest.mark.parametrize("name", ["进展反馈", "字典", "校验结果", "总览"])
def test_sheets_of_somebody_else_by_our_names_are_refused_and_named(ledger, name):
    book = openpyxl.load_workbook(ledger)
    book.create_sheet(name).append(["日期", "谁", "说了什么"])
    book.save(ledger)
    before = ledger.read_bytes()
    for apply in (False, True):
        with pytest.raises(UnsafeWrite, match=f"工作表《{name}》与本工具的同名，列名却不同"):
            grow(desk_at(ledger, DAY), apply=apply)
    assert ledger.read_bytes() == before


def test_a_guide_of_peoples_own_stays_theirs(ledger):
    book = openpyxl.load_workbook(ledger)
    book.create_sheet("使用说明").append(["本部门填写要求"])
    book.save(ledger)
    assert "使用说明" not in grow(desk_at(ledger, DAY), apply=True).growth.sheets


def test_the_cells_a_person_types_for_thirty_actions_are_counted():
    """Issue figure: 12 a row in the ledger, beside those of the sample's closed rows in the whole workbook."""
    blob = build_workbook(sample_content(date(2026, 11, 22)), as_of=date(2026, 11, 22))
    sheet = openpyxl.load_workbook(BytesIO(blob))[SHEET]
    ours = {at for at, cell in enumerate(sheet[2]) if str(cell.value).startswith("〔自动〕")}
    rows = [[cell.value for at, cell in enumerate(row) if at not in ours] for row in sheet.iter_rows(min_row=3)]
    filled = sorted(sum(value is not None for value in row) for row in rows if row[0])[-30:]
    typed = 30 * len(level_named("台账").keys)
    assert typed == 360
    assert (filled[0], filled[-1], sum(filled)) == (54, 60, 1666)


def closed_in_the_ledger(path: Path, **change: object) -> None:
    row = {"A3": "GJ-2026-001", "B3": "值班漏接三次", "D3": date(2026, 1, 5), "E3": "运维服务过程", "F3": "纠正",
           "G3": "一般", "H3": "改排班", "I3": "服务台", "J3": "样例工", "K3": date(2026, 4, 1),
           "L3": date(2026, 5, 31), "M3": "有效"}  # fmt: skip
    fill(path, **(row | change))


def status_in(path: Path) -> str:
    view = view_register(open_tracker(desk_at(path, DAY)).register, desk_at(path, DAY).as_of)
    return view.derived["GJ-2026-001"].status


def since_in(path: Path) -> object:
    rows = seen(path)["参数"].iter_rows(min_row=2)
    return next(row[1].value for row in rows if row[0].value == "接管基线日")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, "已关闭"),
        ({"L3": DAY}, "待检查"),
        ({"M3": None}, "待检查"),
        ({"M3": "无效"}, "待检查"),
    ],
)
def test_what_was_closed_in_the_ledger_stays_closed_at_the_levels_above(ledger, change, status):
    closed_in_the_ledger(ledger, **change)
    done = grow(desk_at(ledger, DAY), "制度", apply=True)
    assert status_in(ledger) == status
    assert since_in(ledger) == (DAY.isoformat() if status == "已关闭" else None)
    assert any("接管基线日" in note for note in done.notes) == (status == "已关闭")


def test_open_rows_that_the_columns_set_back_are_told_before_anything_is_written(ledger):
    """On the way in the ledger, registered 2026-01-05; the columns ask for two cells of it by ten working days on."""
    closed_in_the_ledger(ledger, L3=None, M3=None, K3=date(2026, 12, 15))
    told = (
        "新加的列空着，1 项的状态随之改变：实施中 → 待策划 1 项（GJ-2026-001），要补是否重复、原因分析；"
        "补这些列的限期从 2026-06-01 算起"
    )
    assert told in grow(desk_at(ledger, DAY), "制度").notes and status_in(ledger) == "实施中"
    assert told in grow(desk_at(ledger, DAY), "制度", apply=True).notes and status_in(ledger) == "待策划"
    view = view_register(open_tracker(desk_at(ledger, DAY)).register, desk_at(ledger, DAY).as_of)
    assert view.derived["GJ-2026-001"].overdue == ()


def test_a_ledger_that_has_its_own_baseline_keeps_it_and_undo_takes_ours_back(ledger):
    closed_in_the_ledger(ledger)
    before = ledger.read_bytes()
    grow(desk_at(ledger, DAY), "制度", apply=True)
    undo(desk_at(ledger, DAY))
    assert ledger.read_bytes() == before
    row = next(row for row in seen(ledger)["参数"].iter_rows() if row[0].value == "接管基线日")
    edits = (CellEdit("参数", row[1].coordinate, "2026-05-01"),)
    ledger.write_bytes(splice(ledger.read_bytes(), Patch(edits=edits)).blob)
    grow(desk_at(ledger, DAY), "制度", apply=True)
    assert (since_in(ledger), status_in(ledger)) == ("2026-05-01", "已关闭")


def test_a_signature_makes_a_row_of_the_ledger_work_of_the_policy_again(ledger):
    closed_in_the_ledger(ledger)
    grow(desk_at(ledger, DAY), "制度", apply=True)
    at = next(cell.coordinate for cell in seen(ledger)[SHEET][2] if cell.value == "检查人")
    fill(ledger, **{at.replace("2", "3"): "样例甲"})
    assert status_in(ledger) == "待检查"


def test_a_row_of_an_adopted_table_that_was_over_before_the_columns_came_stays_closed(tmp_path):
    """Approved and done: without columns for it nobody checked. One cell filled makes it work of the policy again."""
    done = {
        "编号": "A-1", "问题描述": "门锁坏了无法锁闭", "措施内容": "换锁并每月检查一次门锁", "责任人": "样例甲",
        "完成期限": date(2026, 4, 1), "批准人": "样例总", "批准日期": date(2026, 3, 1), "批准结论": "同意",
        "实际完成日期": date(2026, 5, 30),
    }  # fmt: skip
    late = done | {"编号": "A-2", "实际完成日期": None}
    table = [[*done], [*done.values()], [*late.values()]]
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(adopt(workbook_bytes({SHEET: table}), Adopting({}, "a1", date(2026, 5, 1)))[0])
    grown = grow(desk_at(path, DAY), "制度", apply=True)
    assert [note for note in grown.notes if "保持已关闭" in note] == [
        "已关闭的 1 行保持已关闭，不因新加的列空着重新打开（《参数》“加列_2026-06-01”）；"
        "要补齐的，在那一行填新列，或清空这个参数"
    ]
    view = view_register(open_tracker(desk_at(path, DAY)).register, desk_at(path, DAY).as_of)
    assert {n: d.status for n, d in view.derived.items()} == {"A-1": "已关闭", "A-2": "实施中"}
    problems = check(view).problems
    assert {p.severity.value for p in problems if p.number == "A-1"} <= {"info"}
    at = next(cell.coordinate for cell in seen(path)[SHEET][1] if cell.value == "检查人")
    fill(path, **{at.replace("1", "2"): "样例乙"})
    view = view_register(open_tracker(desk_at(path, DAY)).register, desk_at(path, DAY).as_of)
    assert view.derived["A-1"].status == "待检查"


def test_one_sheet_comes_alone_and_the_level_and_its_columns_stay(ledger):
    before = headings(ledger)
    shown = grow(desk_at(ledger, DAY), sheets=("延期记录",))
    assert list(growth_lines(shown.growth, written=False, backup="")) == [
        "加 1 个工作表：《延期记录》", "尚未写入；核对以后加 --apply。",
    ]  # fmt: skip
    assert grow(desk_at(ledger, DAY), sheets=("延期记录",), apply=True).written
    register = open_tracker(desk_at(ledger, DAY)).register
    assert (register.extensions is not None, register.progress, register.procedure.level) == (True, None, "台账")
    assert headings(ledger) == before
    again = grow(desk_at(ledger, DAY), sheets=("延期记录",), apply=True)
    assert again.growth.is_empty and not again.written


def test_a_tracker_on_several_sheets_gets_a_sheet_though_no_columns(tmp_path):
    heads, path = "编号  问题描述  责任人  完成期限\n", tmp_path / "跟踪表.xlsx"
    years = {
        name: f"{heads}{at}     漏油      样例甲  2026-07-01" for at, name in enumerate(("2025年", "2026年"), start=1)
    }
    path.write_bytes(adopt(workbook_bytes(years), Adopting({}, "a1", DAY, sheets=tuple(years)))[0])
    assert grow(desk_at(path, DAY), sheets=("延期记录",), apply=True).written
    assert open_tracker(desk_at(path, DAY)).register.extensions is not None
    with pytest.raises(UsageError, match="--sheet 延期记录 --apply"):
        grow(desk_at(path, DAY))
