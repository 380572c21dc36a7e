import re
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from capa_xl.model.schema import OVERVIEW_SHEET
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.blank.overview_cells import overview_cells
from capa_xl.workbook.blank.overview_first_layout import first_layout_cells
from capa_xl.workbook.blank.overview_flow import BARE, NOT_YET, NOTHING_OPEN
from capa_xl.workbook.blank.overview_layout import (
    LAST_ROW_SHOWN,
    TILE_NUMBER_ROW,
    TILES,
    OverviewEdition,
)
from capa_xl.workbook.blank.overview_looks import cell_spreads
from capa_xl.workbook.blank.place import Place
from capa_xl.workbook.sample.content import sample_content
from tests.made_workbooks import refreshed
from tests.sizes import LONG_NAME, sized
from tests.workbook.blank.recalculated import recalculated, results, sheet_cells
from tests.workbook.blank.sheets import parts, sheet_xml

DAY = date(2026, 11, 22)
LAST_OF_FEBRUARY = date(2026, 2, 28)


def _row(number: int, due_on: date | str | None, **more: object) -> dict[str, object]:
    """Registered in full, so that the department that plans it is the first whose turn it is, and not 质量部."""
    return {
        "number": f"GJ-2026-{number:03}", "description": f"第 {number} 项的现象与数量",
        "registered_on": date(2026, 1, 7), "source": "运维服务过程", "is_repeat": "否", "action_type": "纠正",
        "severity": "一般", "measure": "做清楚写明白的措施",
        "owners": "样例甲", "responsible_department": "服务台", "due_on": due_on, **more,
    }  # fmt: skip


def _tricky() -> bytes:
    """Equal deadlines, a month's end, text dates, a blank 归口部门, failed work, rows set aside, a later row."""
    rows = (
        _row(1, date(2026, 2, 10)),
        _row(2, date(2026, 1, 30), responsible_department="网络部"),
        _row(3, date(2026, 2, 10), owning_department="网络部"),
        _row(4, date(2026, 3, 31)),
        _row(5, date(2026, 4, 1)),
        _row(6, "2026.2.20"),
        _row(7, date(2026, 2, 12), completed_on=date(2026, 2, 12), responsible_department="没有这个部门"),
        _row(8, date(2026, 2, 13), completed_on=date(2026, 2, 12), inspection="不合格", inspected_on=date(2026, 2, 14)),
        _row(9, date(2026, 2, 28), registered_on="2026.1.9"),
        _row(9, date(2026, 2, 27)),
        _row(10, "月底"),
        _row(11, date(2026, 2, 3), registered_on=date(2026, 3, 5)),
        _row(12, date(2026, 2, 3), cancelled_on=date(2026, 2, 2)),
    )
    people = ({"name": "样例甲", "department": "服务台"}, {"name": "样例乙", "department": "网络部"})
    return build_workbook({"改进计划跟踪表": rows, "人员部门": people}, as_of=LAST_OF_FEBRUARY)


def test_the_figures_behind_the_page_are_hidden_and_no_chart_draws_them():
    made = build_workbook({}, as_of=DAY)
    hidden = re.findall(r'<row r="(\d+)"[^>]* hidden="1"', sheet_xml(made, OVERVIEW_SHEET))
    filled = {int(re.sub("[A-Z]", "", cell.at)) for cell in overview_cells()}
    below = {row for row in filled if row > LAST_ROW_SHOWN}
    assert below and below <= {int(row) for row in hidden}
    assert min(map(int, hidden)) > LAST_ROW_SHOWN
    chart = next(text for name, text in parts(made).items() if name.startswith("xl/charts/chart"))
    assert max(int(row) for row in re.findall(r"\$(\d+)</c:f>", chart)) <= LAST_ROW_SHOWN


@pytest.mark.libreoffice
def test_every_cached_value_is_what_libreoffice_computes(tmp_path):
    tricky = _tricky()
    books = {
        "sample": (refreshed(build_workbook(sample_content(DAY), as_of=DAY), DAY), DAY),
        "tricky": (tricky, LAST_OF_FEBRUARY),
        "empty": (refreshed(build_workbook({}, as_of=DAY), DAY), DAY),
        "tricky-refreshed": (refreshed(tricky, LAST_OF_FEBRUARY), LAST_OF_FEBRUARY),
        "long": (sized(12, departments=30), DAY),
        "overfull": (sized(40, departments=30, people=25, long=True), DAY),
    }
    computed = recalculated(books, tmp_path)
    for name, (blob, _) in books.items():
        cached = results(blob)
        assert len(cached) == sum(cell.formula is not None for cell in overview_cells())
        assert {at: (value, computed[name][at]) for at, value in cached.items() if value != computed[name][at]} == {}


@pytest.mark.libreoffice
def test_a_sheet_that_was_deleted_leaves_no_error_and_no_zero_of_its_own(tmp_path):
    """Excel puts #REF! in the place of a deleted sheet's name; a name that nothing has does the same elsewhere."""
    whole = refreshed(build_workbook(sample_content(DAY), as_of=DAY), DAY)
    books = {
        f"{sheet}-{at}": (_in_overview(whole, f"{sheet}!", named), DAY)
        for sheet in ("校验结果", "参数")
        for at, named in enumerate(("#REF!", "没有的表!"))
    }
    computed = recalculated(books, tmp_path)
    for name, shown in computed.items():
        assert [at for at, value in shown.items() if isinstance(value, str) and value.startswith("#")] == [], name
    assert [computed[f"校验结果-{at}"][f"{TILES[5]}{TILE_NUMBER_ROW}"] for at in (0, 1)] == ["未校验", "未校验"]
    assert computed["参数-0"][f"{TILES[5]}{TILE_NUMBER_ROW}"] == results(whole)[f"{TILES[5]}{TILE_NUMBER_ROW}"]


def _in_overview(blob: bytes, text: str, other: str) -> bytes:
    """The workbook with another text in the formulas of its first sheet that have it."""
    out = BytesIO()
    with ZipFile(BytesIO(blob)) as old, ZipFile(out, "w") as new:
        found = [
            part
            for part in old.namelist()
            if part.startswith("xl/worksheets/sheet") and text.encode() in old.read(part)
        ]
        assert found
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, data.replace(text.encode(), other.encode()) if part in found else data)
    return out.getvalue()


@pytest.mark.libreoffice
def test_an_overview_of_an_earlier_edition_or_of_the_first_layout_stays_true(tmp_path):
    """Workbooks made before keep their formulas, and results that are theirs; one start of LibreOffice for all."""
    formulas = {
        "counted_by_columns": overview_cells(OverviewEdition.COUNTS_BY_COLUMN),
        "names_cut_alone": overview_cells(OverviewEdition.COUNTS_BY_TURN),
        "departments_by_list": overview_cells(OverviewEdition.TELLS_NAMES_APART),
        "first_layout": first_layout_cells(),
    }
    later = date(2026, 12, 3)
    made = {folder: (Path(__file__).parent / folder / "sample.xlsx").read_bytes() for folder in formulas}
    books = {folder: (refreshed(blob, later), later) for folder, blob in made.items()}
    computed = recalculated(books, tmp_path)
    for folder, (blob, _) in books.items():
        cached = results(blob)
        assert len(cached) == sum(cell.formula is not None for cell in formulas[folder]), folder
        differing = {at: (value, computed[folder][at]) for at, value in cached.items() if value != computed[folder][at]}
        assert differing == {}, folder
    assert results(books["first_layout"][0])["J2"] != ""


def test_refreshing_the_first_layout_changes_its_formulas_results_and_no_other_cell():
    made = (Path(__file__).parent / "first_layout" / "sample.xlsx").read_bytes()
    before, after = (sheet_cells(blob) for blob in (made, refreshed(made, date(2026, 12, 3))))
    assert before.keys() == after.keys()
    assert {at for at in before if before[at] != after[at]} <= {cell.at for cell in first_layout_cells()}


def test_every_number_of_the_page_comes_from_one_count():
    found = results(refreshed(build_workbook(sample_content(DAY), as_of=DAY), DAY))
    assert found["B5"] == found["AD36"] == sum(found[f"AD{row}"] or 0 for row in range(23, 36)) == 30
    assert found["G5"] + found["L5"] == found["AE36"] == sum(found[f"AE{row}"] or 0 for row in range(23, 36)) == 9
    assert (found["B6"], found["L6"]) == ("其中观察期 2 项", "策划 1、审批 2、检查 1、确认 1、修订 1、归档 1")
    assert found["AA6"] == "详见“校验结果”；待更正 3 行未计入"
    assert sum(1 for row in range(10, 20) if found[f"B{row}"]) == 9


def test_empty_results_of_formulas_say_that_they_are_text(blank):
    xml = sheet_xml(blank, OVERVIEW_SHEET)
    assert "<v></v>" in xml
    assert re.findall(r"<c [^>]*>(?=<f>[^<]*</f><v></v>)", xml) == re.findall(
        r'<c [^>]*t="str"[^>]*>(?=<f>[^<]*</f><v></v>)', xml
    )


def test_the_chart_carries_no_cache_that_refresh_could_not_keep_true(blank):
    (chart,) = [xml for name, xml in parts(blank).items() if name.startswith("xl/charts/chart")]
    assert "<c:numCache>" not in chart or "<c:pt " not in chart
    assert chart.count("<c:ser>") == 4


def test_bare_axes_of_the_chart_say_why_and_nothing_stands_behind_columns(blank):
    """The words stand behind the chart, which lets them through; a viewer that draws no charts shows them too."""
    is_open = build_workbook({"改进计划跟踪表": (_row(1, DAY - timedelta(days=40)),)}, as_of=DAY)
    books = blank, refreshed(blank, DAY), refreshed(is_open, DAY)
    said = [openpyxl.load_workbook(BytesIO(book))["总览"][BARE].value for book in books]
    assert said == [NOT_YET, NOTHING_OPEN, None]
    chart = parts(blank)["xl/charts/chart1.xml"]
    assert chart.count("<c:spPr><a:noFill/>") == 2


def test_long_names_and_texts_are_cut_with_an_ellipsis():
    long = "负责全部信息系统运行维护与应急保障的技术服务中心"
    rows = (_row(1, DAY - timedelta(days=3), responsible_department=long, description="长" * 300, owners="样" * 40),)
    people = ({"name": "样例甲", "department": long},)
    found = results(refreshed(build_workbook({"改进计划跟踪表": rows, "人员部门": people}, as_of=DAY), DAY))
    assert found["D10"] == "长" * 25 + "…"
    assert (found["H10"], found["B23"], found["AD23"]) == (*[f"{long[:4]}…{long[-9:]}"] * 2, 1)


def test_departments_that_differ_in_the_middle_read_differently_and_are_counted_each_for_itself():
    names = [LONG_NAME.format(at) for at in range(14)]
    rows = tuple(_row(n, DAY - timedelta(days=3), responsible_department=names[n], owners="") for n in range(8))
    people = tuple({"name": f"样例{at}", "department": name} for at, name in enumerate(names))
    found = results(refreshed(build_workbook({"改进计划跟踪表": rows, "人员部门": people}, as_of=DAY), DAY))
    shown = [found[f"B{row}"] for row in range(23, 35)]
    assert shown[1] == "样例运维服…第1分…房值班组"
    assert len(set(shown)) == 12
    assert [found[f"AD{row}"] for row in range(23, 35)] == [1] * 8 + [0] * 4
    assert sorted(found[f"H{row}"] for row in range(10, 18)) == sorted(shown[:8])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("监控平台甲新上线虚拟机没有纳入监控共计有 1234.5% 没有", "监控平台甲新上线虚拟机没有纳入监控共计有 …"),
        ("监控平台甲新上线虚拟机没有纳入监控" + "一" * 10, "监控平台甲新上线虚拟机没有纳入监控" + "一" * 8 + "…"),
        ("abcdefghijklmnopqrstuvwxyz0123456789", "abcdefghijklmnopqrstuvwxy…"),
    ],
)
def test_a_description_is_cut_before_the_number_it_would_cut_through(text, shown):
    rows = (_row(1, DAY - timedelta(days=3), description=text),)
    found = results(refreshed(build_workbook({"改进计划跟踪表": rows}, as_of=DAY), DAY))
    assert found["D10"] == shown


def test_thirty_departments_are_counted_though_twelve_have_a_line():
    names = [f"第{number:02}部" for number in range(1, 31)]
    rows = tuple(_row(n, DAY + timedelta(days=9), responsible_department=name) for n, name in enumerate(names, 1))
    people = tuple({"name": f"样例{name}", "department": name} for name in names)
    found = results(refreshed(build_workbook({"改进计划跟踪表": rows, "人员部门": people}, as_of=DAY), DAY))
    assert (found["AD35"], found["AD36"], found["B5"]) == (18, 30, 30)


def test_the_tricky_rows_are_counted_as_the_policy_sees_them():
    found = results(refreshed(_tricky(), LAST_OF_FEBRUARY))
    assert (found["G5"], found["Q5"]) == (6, 1)
    late = [(found[f"B{row}"], found[f"N{row}"]) for row in range(10, 18)]
    assert [number for number, kind in late if str(kind).startswith("实施逾期")] == [
        "GJ-2026-002", "GJ-2026-011", "GJ-2026-001", "GJ-2026-003", "GJ-2026-008", "GJ-2026-006",
    ]  # fmt: skip
    assert found["L5"] == sum("超时" in str(kind) for _, kind in late)
    assert found["R10"] == "GJ-2026-004"


def test_rows_typed_after_the_last_refresh_count_by_their_due_date():
    rows = (_row(1, DAY - timedelta(days=1)), _row(2, DAY), _row(3, DAY + timedelta(days=40)))
    found = results(build_workbook({"改进计划跟踪表": rows}, as_of=DAY))
    assert (found["G5"], found["Q5"]) == (1, 1)


def test_a_blank_workbook_says_that_it_was_never_refreshed(blank):
    found = results(blank)
    assert found["L2"] == "尚未更新，请运行 capa-xl refresh"
    assert sheet_cells(blank)["B38"] == "近 12 个月：更新后这里显示每月的登记、结束和在办"


def test_a_blank_workbook_prints_no_count_that_nobody_made(blank):
    """What 在办 is made of is hidden, and a 0 of the months is —, until there is a day of refreshing."""
    rules = openpyxl.load_workbook(BytesIO(blank))["总览"].conditional_formatting._cf_rules
    first = {str(area.sqref): min(found, key=lambda rule: rule.priority) for area, found in rules.items()}
    shown = {at: (first[at].formula, first[at].dxf.numFmt.formatCode) for at in ("B6", "T40:AE51")}
    assert shown == {"B6": (['$H$2=""'], ";;;"), "T40:AE51": (['$H$2=""'], '0;-0;"—"')}


def test_an_updated_book_without_a_row_is_not_said_to_be_never_updated(blank):
    found = results(refreshed(blank, DAY))
    assert (found["L2"], found["B5"]) == ("今天已更新", 0)


def test_no_formula_needs_a_newer_excel_than_2010(blank):
    xml = sheet_xml(blank, OVERVIEW_SHEET)
    assert "_xlfn" not in xml
    assert 't="array"' not in xml


def test_every_formula_cell_has_its_look_and_none_has_two_formulas():
    cells = [cell.at for cell in overview_cells()]
    assert len(cells) == len(set(cells))

    class Counting:
        def look(self, **_: object) -> str:
            return "look"

    assert set(cells) == set(cell_spreads(Counting()))


def test_a_table_that_lacks_columns_gets_formulas_without_them():
    bare = Place("台账", 3, {"number": 1, "due_on": 5, "status": 6, "days_left": 7, "updated_on": 8, "next_actor": 9})
    formulas = " ".join(cell.formula(bare) for cell in overview_cells() if cell.formula)
    assert "'台账'!$G$4:$G$5000" in formulas
    assert "改进计划跟踪表" not in formulas


def test_no_percentage_is_shown(blank):
    cells = sheet_xml(blank, OVERVIEW_SHEET).split("<sheetData>")[1].split("</sheetData>")[0]
    assert "%" not in re.sub("<f>.*?</f>", "", cells)


def test_a_heat_map_of_ones_is_light_and_planning_is_seen_on_white_paper(blank):
    xml = sheet_xml(blank, "总览")
    steps = re.findall(r"N\(F23\)&gt;MAX\(\$F\$23:\$AB\$\d+,(\d+)\)\*(\d)/(\d)", xml)
    least, step, of = (int(one) for one in next(found for found in steps if found[1] == "1"))
    assert least * step / of >= 1, "a count of one keeps the lightest tint"
    assert len(steps) == 2 * 4
    assert 'prst="wdUpDiag"' in parts(blank)["xl/charts/chart1.xml"]


def test_a_line_without_content_is_not_ruled_and_no_error_is_said_in_words(blank):
    """One action once had nine ruled blank lines under it, and 数据错误 暂无 told where to look."""
    xml = sheet_xml(blank, "总览")
    rules = dict(re.findall(r'<conditionalFormatting sqref="([^"]+)"><cfRule[^>]*><formula>([^<]*)=""<', xml))
    assert rules.items() >= {"B10:P19": "$B10", "R10:AE19": "$R10", "B23:AE34": "$B23"}.items()
    assert '<formula>AND($H$2=""=FALSE,$AA$5=0,AA6="详见“校验结果”")</formula>' in xml
