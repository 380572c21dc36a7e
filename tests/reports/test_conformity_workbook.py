from datetime import date
from io import BytesIO

import openpyxl

from capa_xl.model.conformity import BROKEN, KEPT, Conformity
from capa_xl.model.left_to_history import LeftToHistory
from capa_xl.reports.conformity_text import conformity_lines, reasons_said
from capa_xl.reports.conformity_workbook import TITLE, conformity_workbook
from tests.reports.test_dashboard import ON


def populations(*base):
    line = Conformity("R13", "3.3.1", "要求", (), KEPT, of=len(base), hit=0, base=base)
    blob = conformity_workbook("样例公司", "样例制度", ON, (line,))
    return openpyxl.load_workbook(BytesIO(blob))["对象清单"]["D5"].value


def test_cells_below_each_other_are_one_span():
    assert populations(*(f"过程指标!A{row}" for row in range(2, 156))) == "过程指标!A2:A155（154 格）"


def test_a_gap_another_column_or_a_number_ends_a_span():
    cells = ("管理评审!A2", "管理评审!A3", "管理评审!A5", "计划!A6", "GJ-1", "计划!B7", "计划!B8", "计划!B9")
    assert populations(*cells) == "管理评审!A2、管理评审!A3、管理评审!A5、计划!A6、GJ-1、计划!B7:B9（3 格）"


def test_all_places_are_listed_a_hundred_a_row_and_the_first_sheet_names_some():
    """250 objects take three rows; of 130 breaches the first sheet has 24, the lists all in two rows."""
    base = tuple(f"GJ-2026-{at:03}" for at in range(250))
    line = Conformity("R30", "4.2.2", "要求", (), BROKEN, of=250, hit=130, rows=base[:130], base=base)
    book = openpyxl.load_workbook(BytesIO(conformity_workbook("样例公司", "样例制度", ON, (line,))))
    rows = [
        (row[2], *row[3].replace("\n", "").split("、"))
        for row in book["对象清单"].iter_rows(min_row=5, values_only=True)
    ]
    assert [(kind, len(places)) for kind, *places in rows] == [
        ("待整改", 100), ("待整改", 30), ("对象（分母）", 100), ("对象（分母）", 100), ("对象（分母）", 50),
    ]  # fmt: skip
    assert [place for kind, *places in rows for place in places] == [*base[:130], *base]
    shown = book[TITLE]["H5"].value.replace("\n", "")
    assert shown.endswith("、GJ-2026-011 等 130 项，全部见“对象清单”")


def test_why_a_row_is_to_be_mended_stands_beside_it():
    """Once: 待整改 4/4 of R30 and an empty 说明; which cells were blank stood nowhere."""
    rows, why = ("GJ-01", "GJ-02", "GJ-03"), ("调查人空白", "缺少原因分析（PL07 Q5）", "调查人空白")
    line = Conformity("R30", "4.2.2", "要求", (), BROKEN, of=4, hit=3, rows=rows, reasons=why)
    book = openpyxl.load_workbook(BytesIO(conformity_workbook("样例公司", "样例制度", ON, (line,))))
    expected = ["GJ-01、GJ-03：调查人空白", "GJ-02：缺少原因分析（PL07 Q5）"]
    assert book[TITLE]["I5"].value.split("\n") == expected
    assert [line.strip() for line in conformity_lines((line,))][2:4] == expected


def test_findings_that_differ_by_their_cell_are_one_and_three_kinds_are_told():
    """Once: 17 lines of a page for one finding, each with its own cell."""
    rows = tuple(f"GJ-{at:02}" for at in range(1, 10))
    why = (*(f"资源未落实（PL16 AU{at}）" for at in range(1, 6)), *("甲（DO07 B6）", "乙GJ-07（XR08 V2）", "丙", "丁"))
    line = Conformity("R47", "4.4.1", "要求", (), BROKEN, of=9, hit=9, rows=rows, reasons=why)
    assert list(reasons_said(line.by_reason)) == [
        "GJ-01、GJ-02、GJ-03 等 5 项：资源未落实（PL16）", "GJ-06：甲（DO07 B6）", "乙GJ-07（XR08 V2）", "另有 2 种",
    ]  # fmt: skip


def test_one_reason_for_all_rows_does_not_name_them_twice():
    line = Conformity(
        "R30", "4.2.2", "要求", (), BROKEN, of=4, hit=2, rows=("GJ-01", "GJ-02"), reasons=("空白", "空白")
    )
    book = openpyxl.load_workbook(BytesIO(conformity_workbook("样例公司", "样例制度", ON, (line,))))
    assert [book[TITLE][at].value.replace("\n", "") for at in ("H5", "I5")] == ["GJ-01、GJ-02", "空白"]


def _lists(*lines):
    blob = conformity_workbook("样例公司", "样例制度", ON, lines)
    sheet = openpyxl.load_workbook(BytesIO(blob))["对象清单"]
    return sheet, list(sheet.iter_rows(min_row=5, values_only=True))


def _judged(id_, hit, base):
    return Conformity(id_, "4.2", "要求", (), BROKEN if hit else KEPT, of=len(base), hit=len(hit), rows=hit, base=base)


def test_what_is_to_be_mended_stands_first_and_equal_populations_once():
    """Of three requirements over the same 30 rows the first lists them; a short population is simply repeated."""
    base, few = tuple(f"GJ-{at:02}" for at in range(30)), ("JH-1", "JH-2")
    _, rows = _lists(
        _judged("R01", (), base), _judged("R25", base[:1], base), _judged("R26", base[:2], few), _judged("R27", (), few)
    )
    told = [(id_, kind, listed.count("、") + 1 if "相同" not in listed else listed) for id_, _, kind, listed in rows]
    assert told == [
        ("R25", "待整改", 1), ("R26", "待整改", 2), ("R01", "对象（分母）", 30),
        ("R25", "对象（分母）", "30 项，与 R01 的对象相同"), ("R26", "对象（分母）", 2), ("R27", "对象（分母）", 2),
    ]  # fmt: skip


def test_of_long_lists_the_beginning_is_printed_and_the_rest_counted():
    """40 requirements of 100 other rows each take 13 lines a row, far more than three pages."""
    lines = [_judged(f"R{at:02}", (), tuple(f"GJ-{at:02}{row:03}" for row in range(100))) for at in range(40)]
    sheet, rows = _lists(*lines)
    last = int(sheet.print_area.rpartition("$")[2])
    assert len(rows) == 40
    assert sheet["A3"].value.startswith(f"打印只有前 {last - 4} 行；共 40 行")


def test_what_stands_outside_the_self_check_is_counted_below_it_and_listed_whole():
    left = LeftToHistory(date(2026, 6, 1), tuple(f"GJ-{at}" for at in range(1, 11)), ("GJ-20",))
    line = Conformity("R13", "3.3.1", "要求", (), KEPT, of=1, hit=0, base=("GJ-30",))
    book = openpyxl.load_workbook(BytesIO(conformity_workbook("样例公司", "样例制度", ON, (line,), outside=left)))
    before = "接管基线日（2026-06-01）以前已结束或不知何时结束的"
    grown = "加列（《参数》“加列_日期”）以前已关闭的"
    named = "、".join(f"GJ-{at}" for at in range(1, 9))
    told = f"{before} 10 项：{named} 等 10 项；{grown} 1 项：GJ-20，不在对象内（提醒和台账完整性的要求除外）。"
    assert [row[0] for row in book[TITLE].iter_rows(values_only=True) if row[0]][-1] == told
    assert list(conformity_lines((line,), left))[-1] == told
    assert [(row[2], row[3].replace("\n", "")) for row in book["对象清单"].iter_rows(min_row=5, values_only=True)] == [
        ("不在对象内", f"{before}：{named}、GJ-9、GJ-10"), ("不在对象内", f"{grown}：GJ-20"), ("对象（分母）", "GJ-30"),
    ]  # fmt: skip
