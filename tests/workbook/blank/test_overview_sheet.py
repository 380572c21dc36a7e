from datetime import date, timedelta

import pytest

from capa_xl.model.schema import OVERVIEW_SHEET
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.blank.overview_cells import overview_cells
from capa_xl.workbook.blank.overview_looks import cell_spreads
from capa_xl.workbook.blank.place import Place
from capa_xl.workbook.sample.content import sample_content
from tests.made_workbooks import refreshed
from tests.workbook.blank.recalculated import recalculated, results
from tests.workbook.blank.sheets import sheet_xml

DAY = date(2026, 11, 22)
LAST_OF_FEBRUARY = date(2026, 2, 28)


def _row(number: int, due_on: date | str | None, **more: object) -> dict[str, object]:
    return {
        "number": f"GJ-2026-{number:03}", "description": f"第 {number} 项的现象与数量",
        "registered_on": date(2026, 1, 7), "action_type": "纠正", "severity": "一般", "measure": "做清楚写明白的措施",
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


@pytest.mark.libreoffice
def test_every_cached_value_is_what_libreoffice_computes(tmp_path):
    tricky = _tricky()
    books = {
        "sample": (refreshed(build_workbook(sample_content(DAY), as_of=DAY), DAY), DAY),
        "tricky": (tricky, LAST_OF_FEBRUARY),
        "tricky-refreshed": (refreshed(tricky, LAST_OF_FEBRUARY), LAST_OF_FEBRUARY),
    }
    computed = recalculated(books, tmp_path)
    for name, (blob, _) in books.items():
        cached = results(blob)
        assert len(cached) == len(overview_cells())
        assert {at: (value, computed[name][at]) for at, value in cached.items() if value != computed[name][at]} == {}


def test_the_tricky_rows_are_counted_as_the_policy_sees_them():
    found = results(refreshed(_tricky(), LAST_OF_FEBRUARY))
    assert (found["B5"], found["H5"]) == (5, 1)
    assert [found[f"B{row}"] for row in range(10, 16)] == [
        "GJ-2026-002", "GJ-2026-001", "GJ-2026-003", "GJ-2026-008", "GJ-2026-006", "",
    ]  # fmt: skip
    assert found["R10"] == "GJ-2026-004"


def test_rows_typed_after_the_last_refresh_count_by_their_due_date():
    rows = (_row(1, DAY - timedelta(days=1)), _row(2, DAY), _row(3, DAY + timedelta(days=40)))
    found = results(build_workbook({"改进计划跟踪表": rows}, as_of=DAY))
    assert (found["B5"], found["H5"]) == (1, 1)


def test_a_blank_workbook_says_that_it_was_never_refreshed(blank):
    assert results(blank)["M2"] == "尚未更新，请运行 capa-xl refresh"


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
    formulas = " ".join(cell.formula(bare) for cell in overview_cells())
    assert "'台账'!$G$4:$G$5000" in formulas
    assert "改进计划跟踪表" not in formulas


def test_no_percentage_is_shown(blank):
    assert "%" not in sheet_xml(blank, OVERVIEW_SHEET).split("<sheetData>")[1].split("</sheetData>")[0]
