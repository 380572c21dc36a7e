import re
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from msgspec.structs import replace

from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.sample_workbook import sample_workbook
from capa_xl.model.as_of import AsOf
from capa_xl.model.schema import TIMELINE_SHEET
from capa_xl.model.timeline import TIMELINE_ROWS, Timeline, TimelineRow
from capa_xl.policy.timeline import timeline_of
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.blank.timeline_layout import (
    AS_OF,
    AS_OF_NAME,
    NOTHING_OPEN,
    WEEK_LETTERS,
    WEEKS_BACK,
    WIDE_NAME,
    first_week,
    mark,
    timeline_cells,
)
from capa_xl.workbook.blank.timeline_patch import timeline_edits
from capa_xl.workbook.sample.content import sample_content
from tests.app.desks import desk_at
from tests.made_workbooks import refreshed
from tests.sizes import LONG_NAME, TRACKER
from tests.workbook.blank.recalculated import recalculated, results
from tests.workbook.blank.sheets import sheet_xml, tags

SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)


def _rows(count: int, **more: object) -> tuple[dict[str, object], ...]:
    return tuple(
        {
            "number": f"GJ-2026-{n:03}", "description": f"第 {n} 项的现象与数量", "registered_on": date(2026, 9, 1),
            "action_type": "纠正", "severity": "一般", "measure": "做清楚写明白的措施", "owners": "样例甲",
            "responsible_department": "服务台", "due_on": SUNDAY + timedelta(days=n), **more,
        }
        for n in range(1, count + 1)
    )  # fmt: skip


def _numbers(blob: bytes) -> list[str]:
    sheet = openpyxl.load_workbook(BytesIO(blob))[TIMELINE_SHEET]
    return [sheet[f"B{row}"].value for row in range(5, 5 + TIMELINE_ROWS) if sheet[f"B{row}"].value]


@pytest.mark.libreoffice
def test_every_mark_is_what_libreoffice_computes(tmp_path):
    books = {
        day.isoformat(): (refreshed(build_workbook(sample_content(day), as_of=day), day), day)
        for day in (SUNDAY, MONDAY)
    }
    computed = recalculated(books, tmp_path, TIMELINE_SHEET)
    for name, (blob, _) in books.items():
        cached = results(blob, TIMELINE_SHEET)
        assert len(cached) > TIMELINE_ROWS * len(WEEK_LETTERS)
        assert {at: (value, computed[name][at]) for at, value in cached.items() if value != computed[name][at]} == {}


def test_the_first_week_begins_on_a_monday_eight_weeks_back():
    assert first_week(SUNDAY) == date(2026, 9, 21)
    assert first_week(MONDAY) == date(2026, 9, 28) == MONDAY - timedelta(weeks=WEEKS_BACK)


def test_a_week_shows_the_phase_at_its_end_and_the_due_day_before_it():
    row = TimelineRow(
        "服务台", "GJ-2026-001", "", "", "实施中",
        plan_on=date(2026, 10, 7), do_on=date(2026, 10, 12), check_on=date(2026, 11, 28), act_on=date(2026, 12, 28),
        end_on=date(2027, 1, 11), due_on=date(2026, 11, 27), original_due_on=date(2026, 10, 30), is_late=False,
    )  # fmt: skip
    weeks = (
        (date(2026, 9, 28), ""), (date(2026, 10, 5), "P"), (date(2026, 10, 12), "D"), (date(2026, 10, 26), "◇"),
        (date(2026, 11, 23), "◆"), (date(2026, 11, 30), "C"), (date(2026, 12, 28), "A"), (date(2027, 1, 11), "A"),
        (date(2027, 1, 18), ""),
    )  # fmt: skip
    assert [mark(row, monday) for monday, _ in weeks] == [shown for _, shown in weeks]


def test_this_week_shows_the_stage_of_the_status_on_every_day_of_the_samples_year(tmp_path):
    """Every eleventh day, so that each day of the week comes; a deadline's mark stands in the letter's place."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(sample_workbook(SUNDAY))
    opened = open_tracker(desk_at(path, SUNDAY))
    differing, looked_at, marked = [], 0, 0
    for on in (date(2026, 1, 5) + timedelta(days=11 * step) for step in range(38)):
        view = view_register(opened.register, AsOf(on, on))
        for row in timeline_of(view).rows:
            shown = mark(row, on - timedelta(days=on.weekday()))
            looked_at, marked = looked_at + 1, marked + (shown in ("◆", "◇"))
            if shown not in ("◆", "◇", view.derived[row.number].stage):
                differing.append((on, row.number, shown, view.derived[row.number].stage))
    assert differing == []
    assert (looked_at > 700, 0 < marked < looked_at / 5) == (True, True)


def test_an_empty_workbook_says_that_nothing_is_open(blank):
    sheet = openpyxl.load_workbook(BytesIO(blank))[TIMELINE_SHEET]
    assert (_numbers(blank), sheet["A5"].value, sheet["A65"].value) == ([], NOTHING_OPEN, None)
    assert NOTHING_OPEN.startswith("没有在办的措施。在《改进计划跟踪表》登记")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("机房" * 12 + "机", "机房" * 12 + "机"),  # 25 × 1.95 = 48.75 of 50
        ("机房" * 13, "机房" * 12 + "…"),
        ("CMDB 与实物 9 台 15% 不符 A B C", "CMDB 与实物 9 台 15% 不符 A B C"),
    ],
)
def test_a_problem_is_cut_where_its_column_ends(text, shown):
    """Letters and figures take little more than half of a character: more of them are read."""
    blob = refreshed(build_workbook({TRACKER: _rows(1, description=text)}, as_of=SUNDAY), SUNDAY)
    assert openpyxl.load_workbook(BytesIO(blob))[TIMELINE_SHEET]["C5"].value == shown


@pytest.mark.parametrize(("count", "listed", "more"), [(1, 1, None), (60, 60, None), (61, 60, 1), (75, 60, 15)])
def test_sixty_find_room_and_the_rest_is_counted(count, listed, more):
    blob = refreshed(build_workbook({"改进计划跟踪表": _rows(count)}, as_of=SUNDAY), SUNDAY)
    sheet = openpyxl.load_workbook(BytesIO(blob))[TIMELINE_SHEET]
    called = f"在办 {count} 项中最急 60 项" if more else "在办措施时间轴"
    last, title = sheet["A65"].value, sheet["A1"].value
    assert title == f"{called}（截至 {SUNDAY}）"
    assert len(_numbers(blob)) == listed
    assert last == (f"列出的是逾期最久、期限最近的；另有 {more} 项在办未列出，见《改进计划跟踪表》" if more else None)


def test_departments_that_differ_in_the_middle_read_differently():
    names = [LONG_NAME.format(at) for at in range(30)]
    rows = tuple({**row, "responsible_department": name} for row, name in zip(_rows(30), names, strict=True))
    sheet = openpyxl.load_workbook(BytesIO(refreshed(build_workbook({TRACKER: rows}, as_of=SUNDAY), SUNDAY)))
    shown = [sheet[TIMELINE_SHEET][f"A{row}"].value for row in range(5, 35)]
    assert "样例运…第11分…班组" in shown
    assert len(set(shown)) == 30


def test_a_sheet_of_narrower_columns_is_cut_shorter(tmp_path):
    """One drawn before its columns were wider: 8 characters of a name, 36 / 1.95 of a text."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(build_workbook({TRACKER: _rows(1, description="机房" * 12)}, as_of=SUNDAY))
    register = open_tracker(desk_at(path, SUNDAY)).register
    earlier = replace(register, defined_names=register.defined_names - {WIDE_NAME})
    row = TimelineRow(
        "样例数据中心基础设施部",
        "GJ-2026-001",
        "机房" * 12,
        "样例员工00、" * 24 + "样例员工24",
        "实施中",
        *[SUNDAY] * 5,
        None,
        None,
        False,
    )
    cells = [
        {edit.at: edit.value for edit in timeline_edits(one, Timeline(SUNDAY, (row,)))[0]}
        for one in (register, earlier)
    ]
    assert [(found["A5"], found["C5"], found["D5"]) for found in cells] == [
        ("样例数据中心基础设施部", "机房" * 12, "样例员工00等25人"),
        ("样例…基础设施部", "机房" * 8 + "机…", "…00等25人"),
    ]  # fmt: skip


def test_a_row_without_a_department_says_so():
    blob = refreshed(build_workbook({TRACKER: _rows(2, responsible_department=None)}, as_of=SUNDAY), SUNDAY)
    sheet = openpyxl.load_workbook(BytesIO(blob))[TIMELINE_SHEET]
    assert [sheet[f"A{row}"].value for row in (5, 6)] == ["（未定部门）", None]


def test_what_is_ended_leaves_its_line():
    blob = refreshed(build_workbook({"改进计划跟踪表": _rows(2)}, as_of=SUNDAY), SUNDAY)
    assert len(_numbers(blob)) == 2
    done = refreshed(build_workbook({"改进计划跟踪表": _rows(2, cancelled_on=date(2026, 9, 2))}, as_of=SUNDAY), SUNDAY)
    assert _numbers(done) == []


def test_refreshing_twice_changes_nothing():
    once = refreshed(build_workbook({"改进计划跟踪表": _rows(3)}, as_of=SUNDAY), SUNDAY)
    assert refreshed(once, SUNDAY) == once


def test_the_sheet_says_of_which_day_it_is_and_stands_still_until_the_next_refresh():
    blob = refreshed(build_workbook({"改进计划跟踪表": _rows(1)}, as_of=SUNDAY), MONDAY)
    sheet = openpyxl.load_workbook(BytesIO(blob))[TIMELINE_SHEET]
    assert (sheet["A1"].value, sheet[AS_OF].value.date()) == ("在办措施时间轴（截至 2026-11-23）", MONDAY)
    assert "TODAY" not in sheet_xml(blob, TIMELINE_SHEET)


def test_a_sheet_of_the_first_layout_gets_no_cell_that_it_does_not_know(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(build_workbook({"改进计划跟踪表": _rows(1)}, as_of=SUNDAY))
    register = open_tracker(desk_at(path, SUNDAY)).register
    first = replace(register, defined_names=register.defined_names - {AS_OF_NAME})
    written = [{edit.at for edit in timeline_edits(one, _nothing())[0]} for one in (register, first)]
    assert written[0] - written[1] == {"A1", AS_OF}


def test_a_sheet_of_that_name_that_somebody_made_is_left_alone():
    book = openpyxl.Workbook()
    book.active.title = "改进计划跟踪表"
    book.active.append(["编号", "问题描述", "措施内容", "责任人", "完成期限", "〔自动〕状态"])
    book.active.append(["GJ-2026-001", "现象与数量都写清楚了", "做清楚写明白的措施", "样例甲", SUNDAY, None])
    book.create_sheet(TIMELINE_SHEET).append(["我的时间轴", "B1"])
    stream = BytesIO()
    book.save(stream)
    after = openpyxl.load_workbook(BytesIO(refreshed(stream.getvalue(), SUNDAY)))
    assert after.active["F2"].value
    assert [[cell.value for cell in row] for row in after[TIMELINE_SHEET].iter_rows()] == [["我的时间轴", "B1"]]


def test_one_a3_page_with_formulas_and_rules_alone(blank):
    xml = sheet_xml(blank, TIMELINE_SHEET)
    assert tags(xml, "pageSetup")[0]["paperSize"] == "8"
    assert 'fitToPage="1"' in xml
    assert "<drawing" not in xml
    assert len(re.findall(r"<f>", xml)) == len([cell for cell in timeline_cells(_nothing()) if cell.formula])


def _nothing():
    return Timeline(SUNDAY, ())


def test_what_is_late_has_its_word_in_the_cell_for_who_prints_without_colours(blank):
    sheet = openpyxl.load_workbook(BytesIO(blank))[TIMELINE_SHEET]
    rules = [rule for found in sheet.conditional_formatting for rule in found.rules]
    words = [rule.dxf.numFmt.formatCode for rule in rules if rule.dxf and rule.dxf.numFmt]
    assert words == ['@"逾"', '@"等"']


def test_what_was_reopened_is_late_in_no_week_before_its_bar_begins(blank):
    """Its deadline was over while it was closed; both rules look at the day the bar begins."""
    sheet = openpyxl.load_workbook(BytesIO(blank))[TIMELINE_SHEET]
    rules = [rule for found in sheet.conditional_formatting for rule in found.rules]
    late = [rule.formula[0] for rule in rules if rule.dxf.numFmt and rule.dxf.numFmt.formatCode in ('@"逾"', '@"等"')]
    assert len(late) == 2 and all("G$4+6>=$AG5" in formula for formula in late)
