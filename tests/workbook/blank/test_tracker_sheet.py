import re
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest

from capa_xl.a1 import column_letters
from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.sample_workbook import sample_workbook
from capa_xl.model import palette
from capa_xl.model.action import TRACKER_SHEET
from capa_xl.model.as_of import AsOf
from capa_xl.model.row_heights import lines_of
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.blank.place import LAST_ROW
from capa_xl.workbook.blank.tracker_sheet import _WIDTHS, tracker_columns, tracker_place
from tests.app.desks import desk_at
from tests.workbook.blank.sheets import parts, sheet_xml, tags

BANDS = ("登记", "分析", "策划", "审批", "实施", "检查", "确认", "归档", "自动")


def test_the_status_is_the_third_column_and_ours_stand_at_the_right():
    headers = [col.header for col in tracker_columns()]
    assert headers[:3] == ["编号", "问题描述", "〔自动〕状态"]
    assert all(header.startswith("〔自动〕") for header in headers[-13:])
    assert not any(header.startswith("〔自动〕") for header in headers[3:-13])


def test_band_labels_stand_above_the_header_and_are_not_merged(blank):
    xml = sheet_xml(blank, TRACKER_SHEET)
    assert "<mergeCell" not in xml
    first_row = re.search(r'<row r="1".*?</row>', xml, re.DOTALL).group()
    assert first_row.count('t="s"') == len(BANDS) + 2  # 登记 goes on behind 〔自动〕状态


def test_the_table_reaches_three_hundred_empty_rows(blank):
    last = column_letters(len(tracker_columns()))
    assert tags(parts(blank)["xl/tables/table1.xml"], "table")[0]["ref"] == f"A2:{last}302"


def test_rarely_used_columns_are_in_a_collapsed_group_behind_a_visible_one(blank):
    xml = sheet_xml(blank, TRACKER_SHEET)
    assert tags(xml, "outlinePr")[0]["summaryRight"] == "0"
    columns = {int(col["min"]): col for col in tags(xml, "col")}
    for position, col in enumerate(tracker_columns(), start=1):
        group = columns[max(start for start in columns if start <= position)]
        assert ("hidden" in group) == (not col.visible)
        assert ("outlineLevel" in group) == (not col.visible)
    firsts = {}
    for col in tracker_columns():
        firsts.setdefault(col.band, col)
    assert all(col.visible for col in firsts.values())


def test_every_column_of_people_has_a_prompt_down_to_row_5000(blank):
    found = {v["sqref"]: v for v in tags(sheet_xml(blank, TRACKER_SHEET), "dataValidation")}
    for position, col in enumerate(tracker_columns(), start=1):
        area = f"{column_letters(position)}3:{column_letters(position)}{LAST_ROW}"
        if not col.ours:
            assert found[area]["promptTitle"] == col.header
            assert len(found[area]["promptTitle"]) <= 32
            assert col.prompt in found[area]["prompt"].replace("&lt;", "<")
            assert len(found[area]["prompt"]) <= 255


def test_our_columns_take_no_typing(blank):
    xml = sheet_xml(blank, TRACKER_SHEET)
    ours = [tracker_place().letter(col.key) for col in tracker_columns() if col.ours]
    barred = re.findall(r'sqref="([A-Z]+)3:[A-Z]+5000"><formula1>FALSE</formula1>', xml)
    assert barred == ours


def _validation(blank: bytes, key: str) -> dict[str, str]:
    start = f"{tracker_place().letter(key)}3:"
    return next(v for v in tags(sheet_xml(blank, TRACKER_SHEET), "dataValidation") if v["sqref"].startswith(start))


def test_closed_lists_stop_open_lists_warn_and_several_values_are_never_blocked(blank):
    assert _validation(blank, "severity")["type"] == "list"
    assert _validation(blank, "severity").get("errorStyle", "stop") == "stop"
    assert _validation(blank, "process")["errorStyle"] == "warning"
    assert all("type" not in _validation(blank, key) for key in ("owners", "involved_departments", "cause_category"))


def test_dates_are_checked_as_dates(blank):
    assert _validation(blank, "due_on")["type"] == "date"
    assert "月底" in _validation(blank, "due_on")["error"]


def test_counts_are_checked_to_be_in_their_columns_range(blank):
    assert "不小于 1 的天数（整数）" in _validation(blank, "observation_days")["error"]
    xml = sheet_xml(blank, "问题需求登记")
    scores = re.findall(r'type="whole"[^>]*error="请填写从 1 到 5 的整数。".*?<formula1>1</formula1><formula2>5<', xml)
    assert len(scores) == 3


def test_drop_downs_take_their_values_from_the_dictionary(blank):
    names = re.findall(r'<definedName name="([^"]+)"[^>]*>([^<]*)<', parts(blank)["xl/workbook.xml"])
    assert dict(names)["列表_来源"].startswith("OFFSET(字典!$B$2,")
    assert "<formula1>列表_来源</formula1>" in sheet_xml(blank, TRACKER_SHEET)


def test_live_colours_reach_row_5000_and_read_ours_for_no_more_than_what_only_refresh_knows(blank):
    xml = sheet_xml(blank, TRACKER_SHEET)
    areas = tags(xml, "conditionalFormatting")
    assert areas
    assert all(area["sqref"].endswith(str(LAST_ROW)) for area in areas)
    place = tracker_place()
    ours = {place.letter(col.key): col.key for col in tracker_columns() if col.ours}
    rules = re.findall(r"<formula>(.*?)</formula>", xml)
    found = {tuple(sorted(set(re.findall(r"\$([A-Z]+)3\b", rule)) & set(ours))) for rule in rules} - {()}
    assert {tuple(ours[letter] for letter in letters) for letters in found} == {
        ("status",), ("days_overdue", "overdue"),
    }  # fmt: skip


def test_a_row_set_aside_and_a_step_past_its_limit_have_their_own_colours(blank):
    xml = sheet_xml(blank, TRACKER_SHEET)
    aside = [rule for rule in re.findall(r"<formula>(.*?)</formula>", xml) if "待更正" in rule]
    assert set(aside) == {'$C3="待更正"'}
    assert sum("逾期完成" in rule for rule in re.findall(r"<formula>(.*?)</formula>", xml)) == 3


def test_the_days_of_a_late_action_stand_out_no_less_than_those_of_a_late_step(blank):
    """Column by column: the action's own on its red fill before the step's on the yellow one."""
    xml, place = sheet_xml(blank, TRACKER_SHEET), tracker_place()
    dxfs = re.findall(r"<dxf>.*?</dxf>", parts(blank)["xl/styles.xml"])
    for key in ("days_overdue", "overdue"):
        (rules,) = re.findall(rf'sqref="{place.letter(key)}3:{place.letter(key)}5000">(.*?)</cond', xml)
        looks = [(dxfs[int(at)], when) for at, when in re.findall(r'dxfId="(\d+)".*?<formula>(.*?)</formula>', rules)]
        (action, is_doing), (step, is_waiting) = looks[-2:]
        assert (palette.OVERDUE_FILL in action, palette.DUE_SOON_FILL in step) == (True, True)
        assert palette.OVERDUE in action and palette.OVERDUE in step
        assert '="实施逾期"' in is_doing and "NOT(" not in is_doing and "NOT(" in is_waiting


def test_what_is_late_or_due_soon_is_bold_too_so_that_a_photocopy_tells_it_from_what_is_closed(blank):
    xml, place = sheet_xml(blank, TRACKER_SHEET), tracker_place()
    dxfs = re.findall(r"<dxf>.*?</dxf>", parts(blank)["xl/styles.xml"])
    for key in ("number", "description", "status", "due_on"):
        (rules,) = re.findall(rf'sqref="{place.letter(key)}3:{place.letter(key)}5000">(.*?)</cond', xml)
        looks = [dxfs[int(at)] for at in re.findall(r'dxfId="(\d+)"', rules)]
        loud = [look for look in looks if f"FF{palette.OVERDUE}" in look or f"FF{palette.DUE_SOON}" in look]
        assert loud and all("<b/>" in look for look in loud), key
    assert not any("<b/>" in look for look in dxfs if palette.SILENT_FILL in look)


def test_an_empty_tracker_has_the_lines_of_one_page_to_write_on_and_a_filled_one_no_more_than_its_rows(blank):
    """A3 across at 67 %: 755 points of paper hold 1126, less 56 of headings, by 32.25."""
    assert _first_cells(blank) == [f"A{row}" for row in range(1, 3 + 33)]
    one = build_workbook({TRACKER_SHEET: ({"number": "GJ-2026-001"},)}, as_of=date(2026, 11, 22))
    assert _first_cells(one) == ["A1", "A2", "A3"]


def _first_cells(book: bytes) -> list[str]:
    cells = (cell["r"] for cell in tags(sheet_xml(book, TRACKER_SHEET), "c"))
    return [at for at in cells if at[0] == "A" and at[1:].isdigit()]


@pytest.mark.parametrize(("ended", "top"), [(("archived_on", "cancelled_on"), "D5"), ((), "D3")])
def test_the_tracker_opens_at_the_first_row_that_is_not_over(ended, top):
    rows = (*({key: date(2026, 7, 1), "number": "GJ-2025-001"} for key in ended), {"number": "GJ-2026-001"})
    made = sheet_xml(build_workbook({TRACKER_SHEET: rows}, as_of=date(2026, 11, 22)), TRACKER_SHEET)
    assert [pane["topLeftCell"] for pane in tags(made, "pane")] == [top]


@pytest.mark.parametrize(("sheet", "date", "first"), [(TRACKER_SHEET, "完成期限", 3), ("措施分解", "计划完成", 2)])
def test_a_day_that_another_program_wrote_without_a_look_is_shown_as_one_down_to_row_5000(blank, sheet, date, first):
    """openpyxl gives a new cell no look of its column: a bare number, or ### for a day with a time."""
    headings = {cell.value: cell.column_letter for cell in openpyxl.load_workbook(BytesIO(blank))[sheet][first - 1]}
    dxfs = re.findall(r"<dxf>.*?</dxf>", parts(blank)["xl/styles.xml"])
    *_, (areas, look, when) = re.findall(
        r'sqref="([^"]*)"><cfRule type="expression" dxfId="(\d+)"[^>]*><formula>(.*?)</formula>',
        sheet_xml(blank, sheet),
    )
    assert f"{headings[date]}{first}:{headings[date]}{LAST_ROW}" in areas.split()
    assert "yyyy-mm-dd" in dxfs[int(look)] and re.fullmatch(rf"ISNUMBER\([A-Z]+{first}\)", when)


@pytest.mark.parametrize("shown", ["实施中 · 即将到期", "待检查 · 环节超时"])
def test_the_status_shows_the_usual_word_of_its_colour_on_one_line(shown):
    """The dot is no wider than a letter in 微软雅黑."""
    assert lines_of(shown.replace("·", "-"), _WIDTHS["status"]) == 1


def test_the_status_of_every_page_shows_the_word_of_its_colour_and_keeps_its_value(blank):
    styles = parts(blank)["xl/styles.xml"]
    dxfs = re.findall(r"<dxf>.*?</dxf>", styles)
    said = {}
    for area, rules in re.findall(
        r'<conditionalFormatting sqref="([A-Z]+)3:[A-Z]+5000">(.*?)</cond', sheet_xml(blank, TRACKER_SHEET)
    ):
        for rule in re.findall(r'dxfId="(\d+)"', rules):
            word = re.search(r"@&quot; · (.+?)&quot;", dxfs[int(rule)])
            if word:
                said.setdefault(area, []).append(word[1])
    assert said == {tracker_place().letter("status"): ["环节超时", "实施逾期", "即将到期"]}


def test_rows_that_are_there_are_as_high_as_their_visible_texts():
    long = {"number": "GJ-2026-001", "description": "长" * 120, "impact": "短"}
    made = build_workbook({TRACKER_SHEET: (long, {"number": "GJ-2026-002"})}, as_of=date(2026, 11, 22))
    heights = {row["r"]: float(row["ht"]) for row in tags(sheet_xml(made, TRACKER_SHEET), "row") if "ht" in row}
    assert lines_of("长" * 120, 35) == 7
    assert heights["3"] >= 7 * 16.5
    assert heights["4"] == 32.25


def test_owners_of_a_crowded_row_stand_in_a_column_of_twice_the_width():
    assert [_width_of("owners", "、".join(["样例员工01"] * count)) for count in (3, 25)] == [12, 24]


def test_a_long_department_takes_what_its_sheet_of_paper_has_left():
    """Thirty characters take 58.5: in four lines at a width of 16 at least; short ones leave the column as it is."""
    assert _width_of("responsible_department", "服务台") == 12
    assert 16 <= _width_of("responsible_department", "部" * 30) <= 24


def test_departments_of_a_tracker_without_a_row_have_a_third_more_room(blank):
    """Nobody knows yet how long their names will be; the page of 策划 has it left."""
    columns = [int(float(col["width"])) for col in tags(sheet_xml(blank, TRACKER_SHEET), "col")
               for _ in range(int(col["min"]), int(col["max"]) + 1)]  # fmt: skip
    at = {col.key: at for at, col in enumerate(tracker_columns())}
    assert [columns[at[key]] for key in ("owning_department", "responsible_department", "owners")] == [16, 16, 12]


def _width_of(key: str, text: str) -> int:
    made = build_workbook({TRACKER_SHEET: ({key: text},)}, as_of=date(2026, 11, 22))
    at = next(at for at, col in enumerate(tracker_columns(), start=1) if col.key == key)
    (col,) = (col for col in tags(sheet_xml(made, TRACKER_SHEET), "col") if int(col["min"]) <= at <= int(col["max"]))
    return int(float(col["width"]))


def test_two_lines_of_next_step_hold_every_hint_of_the_samples_year(tmp_path):
    """refresh changes no row's height, so the column is wide enough: counted with the letters of the widest font."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(sample_workbook(date(2026, 11, 22)))
    register = open_tracker(desk_at(path, date(2026, 11, 22))).register
    days = [date(2026, 1, 5) + timedelta(days=step) for step in range(0, 400, 20)]
    views = [view_register(register, AsOf(day, max(day, date(2026, 11, 22)))) for day in days]
    hints = {derived.next_step or "" for view in views for derived in view.derived.values()}
    assert len(hints) > 40
    assert [hint for hint in hints if lines_of(hint, _WIDTHS["next_step"] - 1) > 2] == []


def test_the_identifying_columns_stay_in_sight_and_are_printed_on_every_sheet_of_paper(blank):
    xml = sheet_xml(blank, TRACKER_SHEET)
    pane = tags(xml, "pane")[0]
    assert (pane["xSplit"], pane["ySplit"], pane["topLeftCell"]) == ("3", "2", "D3")
    assert tags(xml, "sheetView")[0]["zoomScale"] == "90"
    workbook = parts(blank)["xl/workbook.xml"]
    titles = re.search(r'_xlnm.Print_Titles"[^>]*>([^<]*改进计划跟踪表[^<]*)<', workbook).group(1)
    assert "$A:$C" in titles
    assert "$1:$2" in titles


def test_paper_is_a3_landscape_and_legible(blank):
    xml = sheet_xml(blank, TRACKER_SHEET)
    setup = tags(xml, "pageSetup")[0]
    assert (setup["paperSize"], setup["orientation"]) == ("8", "landscape")
    assert int(setup["scale"]) >= 65
    assert "第 &amp;P 页" in xml
    assert "YNTD-ITSS-0300" in xml
