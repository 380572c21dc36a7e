# ruff: noqa: E501 - a row of a table stays on one line
"""One register on three yearly sheets: every command sees all rows, names sheet and cell, and writes each sheet."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

import docx
import openpyxl
import pytest

from capa_xl.cli.main import run
from tests.tables import workbook_bytes

HEAD = ["序号", "问题描述", "整改措施", "责任人", "责任部门", "计划完成日期", "实际完成日期"]
ON = ["--as-of", "2026-11-28"]
YEARS = {
    "2024年": [HEAD, [1, "机房门禁记录缺失三个月", "补装门禁并每月导出", "样例甲", "运维部", date(2024, 5, 6), date(2024, 4, 29)],
             [2, "值班日志缺页无人补", "改用电子日志", "样例乙", "运维部", date(2024, 6, 3), date(2024, 6, 5)]],
    "2025年": [HEAD, [1, "备用电源电池老化鼓包", "整组更换电池", "样例甲", "运维部", date(2025, 5, 6), date(2025, 4, 29)],
             [2, "备件账实不符两件", "每月盘点一次", "样例丙", "运维部", date(2025, 12, 1), None]],
    "2026年": [["填报：样例甲"], HEAD, [1, "监控告警漏报一次", "补全告警阈值", "样例甲", "运维部", date(2026, 11, 2), None],
             [2, "变更上线前没有评审", "上线前评审签字", "样例乙", "研发部", date(2026, 12, 21), None]],
    "汇总": [["年度", "问题数"], [2024, 2], [2025, 2], [2026, 2]],
}  # fmt: skip


@pytest.fixture
def book(tmp_path):
    source = tmp_path / "台账.xlsx"
    source.write_bytes(workbook_bytes(YEARS))
    target = tmp_path / "跟踪.xlsx"
    assert run(["adopt", str(source), "-o", str(target), *ON]) == 0
    return target


def told(capsys, *words, code=0):
    capsys.readouterr()
    assert run([*map(str, words), *ON, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def sheet_of(book, name):
    return openpyxl.load_workbook(book)[name]


def saved(book, edit):
    there, stream = openpyxl.load_workbook(book), BytesIO()
    edit(there)
    there.save(stream)
    book.write_bytes(stream.getvalue())


def column(sheet, header):
    return next(cell.column for row in sheet.iter_rows(max_row=2) for cell in row if cell.value == header)


def test_the_sheets_are_one_register_and_a_number_that_begins_anew_gets_its_year(book, capsys):
    found = told(capsys, "refresh", book)
    late = {one["number"]: (one["status"], one["days_overdue"]) for one in found["actions"]}
    assert late == {
        "2024-1": ("已关闭", 0), "2024-2": ("已关闭", 2), "2025-1": ("已关闭", 0),
        "2025-2": ("实施中", 362), "2026-1": ("实施中", 26), "2026-2": ("实施中", 0),
    }  # fmt: skip
    assert {edit["sheet"] for edit in found["edits"]} == {"总览", "时间轴", "2024年", "2025年", "2026年"}


def test_refresh_writes_each_sheet_beside_its_own_rows_and_a_second_one_nothing(book, capsys):
    told(capsys, "refresh", book)
    for name, row, status in (("2024年", 2, "已关闭"), ("2025年", 3, "实施中"), ("2026年", 3, "实施中")):
        sheet = sheet_of(book, name)
        assert sheet.cell(row, column(sheet, "〔自动〕状态")).value == status
    assert told(capsys, "refresh", book)["written"] is False


def test_the_overview_counts_the_rows_of_all_sheets_and_keeps_its_own_clock(book, capsys):
    told(capsys, "refresh", book)
    sheet = sheet_of(book, "总览")
    assert sheet["C2"].value == "=TODAY()"
    formulas = [str(c.value) for row in sheet.iter_rows() for c in row if str(c.value).startswith("=")]
    assert not any("2024年" in formula for formula in formulas)
    assert (sheet["B10"].value, sheet["B11"].value) == ("2025-2", "2026-1")


def test_a_problem_names_its_sheet_and_cell(book, capsys):
    saved(book, lambda there: there["2025年"].__setitem__("F3", "月底"))
    problems = told(capsys, "check", book, code=1)
    found = [(p["rule"], p["sheet"], p["cell"], p["number"]) for p in problems["problems"] if p["rule"] == "FD05"]
    assert found == [("FD05", "2025年", "F3", "2025-2")]
    assert problems["quarantined"] == [{"sheet": "2025年", "row": 3, "number": "2025-2", "cells": ["F3"]}]


def test_a_number_that_two_sheets_have_is_named_on_both(book, capsys, tmp_path):
    source, target = tmp_path / "两年.xlsx", tmp_path / "两年跟踪.xlsx"
    rows = {name: [HEAD, *[[f"Q{n}", *row[1:]] for n, row in zip(numbers, YEARS[name][-2:], strict=True)]]
            for name, numbers in (("2024年", (1, 2)), ("2025年", (2, 3)))}  # fmt: skip
    source.write_bytes(workbook_bytes(rows))
    assert run(["adopt", str(source), "-o", str(target), *ON]) == 0
    problems = told(capsys, "check", target, code=1)["problems"]
    assert [(p["sheet"], p["cell"], p["message"]) for p in problems if p["rule"] == "FD02"] == [
        ("2024年", "A3", "编号 Q2 重复（2024年!A3、2025年!A2）"),
        ("2025年", "A2", "编号 Q2 重复（2024年!A3、2025年!A2）"),
    ]


def test_todo_remind_and_history_speak_of_the_rows_of_all_sheets(book, capsys):
    items = told(capsys, "todo", book, "样例甲")["items"]
    assert [(one["number"], one["sheet"], one["cell"]) for one in items] == [("2026-1", "2026年", "G3")]

    def reachable(there):
        people = there["人员部门"]
        people.append(["样例丙", "运维部", None])
        people.cell(people.max_row, column(people, "邮箱")).value = "bing@sample.example"

    saved(book, reachable)
    letters = told(capsys, "remind", book)["letters"]
    assert ["2025-2"] in [[item["number"] for item in letter["items"]] for letter in letters]
    told(capsys, "refresh", book)
    saved(book, lambda there: there["2025年"].__setitem__("F3", date(2026, 12, 31)))
    told(capsys, "refresh", book)
    changes = told(capsys, "history", book, "2025-2")["changes"]
    assert ("完成期限", "2025-12-01", "2026-12-31") in [(c["field"], c["before"], c["after"]) for c in changes]


def test_a_repair_on_any_sheet_is_written_and_taken_back(book, capsys):
    saved(book, lambda there: there["2026年"].__setitem__("F4", "2026.12.22"))
    fixed = told(capsys, "check", book, "--apply")
    assert [(fix["sheet"], fix["cell"]) for fix in fixed["fixes"]] == [("2026年", "F4")]
    assert sheet_of(book, "2026年")["F4"].value.date() == date(2026, 12, 22)
    told(capsys, "undo", book)
    assert sheet_of(book, "2026年")["F4"].value == "2026.12.22"


def test_a_slip_comes_back_to_the_sheet_that_its_row_stands_on(book, capsys, tmp_path):
    told(capsys, "refresh", book)
    out = tmp_path / "填报"
    told(capsys, "slip", book, "运维部", "-o", out)
    slip = next(out.glob("*.xlsx"))
    there = openpyxl.load_workbook(slip)
    sheet = there.worksheets[0]
    blank = [
        (row[0].value, cell) for row in sheet.iter_rows(min_row=2) for cell in row if cell.protection.locked is False
    ]
    assert blank, "the slip asks for something"
    cell = next(cell for number, cell in blank if any(c.value == "2025-2" for c in sheet[cell.row]))
    cell.value = date(2026, 11, 27)
    there.save(slip)
    edits = told(capsys, "collect", book, out, "--apply")["edits"]
    assert [(e["sheet"], e["cell"]) for e in edits] == [("2025年", "G3")]
    assert sheet_of(book, "2025年")["G3"].value.date() == date(2026, 11, 27)


def next_year(there):
    sheet = there.create_sheet("2027 年")
    for row in (HEAD, [1, "巡检漏项两次未发现", "巡检表加必填项", "样例甲", "运维部", date(2026, 11, 23), None]):
        sheet.append(row)


def test_a_year_that_is_added_is_named_and_one_pasted_command_takes_it_in(book, capsys):
    told(capsys, "refresh", book)
    saved(book, next_year)
    fault = [p for p in told(capsys, "check", book)["problems"] if p["rule"] == "WB11"]
    assert [(p["sheet"], p["cell"]) for p in fault] == [("2027 年", "A1")]
    assert '--sheet "2027 年"' in fault[0]["fix"]
    taken = told(capsys, "adopt", book, "--sheet", "2027 年")
    assert (taken["sheets"], taken["prefixes"]) == (["2024年", "2025年", "2026年", "2027 年"], {"2027 年": "2027-"})
    found = told(capsys, "refresh", book)
    assert {one["number"]: one["days_overdue"] for one in found["actions"]}["2027-1"] == 5
    assert [p for p in told(capsys, "check", book)["problems"] if p["rule"] in ("WB04", "WB11")] == []


def test_what_was_taken_in_can_be_taken_back(book, capsys):
    saved(book, next_year)
    told(capsys, "adopt", book, "--sheet", "2027 年")
    told(capsys, "undo", book)
    assert [cell.value for cell in sheet_of(book, "2027 年")[1]][len(HEAD) :] in ([], [None] * 14)
    assert told(capsys, "check", book)["rows"] == 6


def test_a_sheet_that_is_gone_is_an_error_and_the_others_go_on(book, capsys):
    saved(book, lambda there: there.remove(there["2025年"]))
    found = told(capsys, "check", book, code=1)
    assert [(p["sheet"], p["cell"]) for p in found["problems"] if p["rule"] == "WB12"] == [("2025年", None)]
    assert found["rows"] == 4


def test_a_sheet_that_is_declared_to_be_none_is_not_named_again(book, capsys):
    def declared(there):
        next_year(there)
        there["参数"].append(["跟踪表_2027 年", "不计入"])

    saved(book, declared)
    assert [p for p in told(capsys, "check", book)["problems"] if p["rule"] == "WB11"] == []


def test_a_workbook_that_is_not_adopted_yet_wants_a_new_file(capsys, tmp_path):
    source = tmp_path / "台账.xlsx"
    source.write_bytes(workbook_bytes(YEARS))
    before = source.read_bytes()
    assert run(["adopt", str(source), "--sheet", "2026年", *ON]) == 2
    assert "请加 -o" in capsys.readouterr().err
    assert run(["adopt", str(source), *ON]) == 2
    assert source.read_bytes() == before


def test_named_sheets_alone_are_adopted(capsys, tmp_path):
    source, target = tmp_path / "台账.xlsx", tmp_path / "跟踪.xlsx"
    source.write_bytes(workbook_bytes(YEARS))
    found = told(capsys, "adopt", source, "-o", target, "--sheet", "2026年")
    assert (found["sheets"], found["tracked"], found["prefixes"]) == (["2026年"], 2, {})
    assert run(["adopt", str(source), "-o", str(tmp_path / "x.xlsx"), "--sheet", "2030", *ON]) == 2
    assert "没有这个工作表" in capsys.readouterr().err


def test_a_copy_of_a_year_is_left_out_and_named(capsys, tmp_path):
    source = tmp_path / "台账.xlsx"
    source.write_bytes(workbook_bytes({"2026": YEARS["2024年"], "2026备份": YEARS["2024年"]}))
    found = told(capsys, "adopt", source, "-o", tmp_path / "跟踪.xlsx")
    assert found["sheets"] == ["2026"]
    assert found["notes"] == ["工作表《2026备份》的编号和内容多数与《2026》相同，像是副本，没有计入"]


def test_tables_of_different_columns_are_not_joined_in_silence(capsys, tmp_path):
    source = tmp_path / "台账.xlsx"
    other = [[*HEAD[:6], "状态"], [1, "电缆沟积水", "加装水泵", "样例丁", "基建部", date(2026, 12, 1), "整改中"]]
    source.write_bytes(workbook_bytes({"质量": YEARS["2025年"], "基建": other}))
    assert run(["adopt", str(source), "-o", str(tmp_path / "新.xlsx"), *ON]) == 20
    said = capsys.readouterr().err
    assert "《质量》（未完成 1 行）、《基建》（未完成 1 行）" in said and "--sheet 质量" in said
    assert not (tmp_path / "新.xlsx").exists()


def test_the_tracker_of_our_name_stays_alone_until_it_is_told(capsys, tmp_path):
    source, target = tmp_path / "台账.xlsx", tmp_path / "跟踪.xlsx"
    source.write_bytes(workbook_bytes({"改进计划跟踪表": YEARS["2025年"], "2024年": YEARS["2024年"]}))
    assert told(capsys, "adopt", source, "-o", target)["sheets"] == ["改进计划跟踪表"]
    assert [p["sheet"] for p in told(capsys, "check", target)["problems"] if p["rule"] == "WB11"] == ["2024年"]
    assert told(capsys, "adopt", target, "--sheet", "2024年")["prefixes"] == {"2024年": "2024-"}
    assert {one["number"] for one in told(capsys, "refresh", target)["actions"]} == {"1", "2", "2024-1", "2024-2"}


def test_papers_and_the_pack_take_rows_of_every_sheet(book, capsys, tmp_path):
    told(capsys, "refresh", book)
    assert run(["request", str(book), "2025-2", "-o", str(tmp_path / "单.docx"), *ON]) == 0
    packed = told(capsys, "pack", book, "--period", "2026", "-o", tmp_path / "包")
    assert packed["files"]
    told(capsys, "facts", book, "-o", tmp_path / "facts.csv")
    lines = (tmp_path / "facts.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 7


@pytest.mark.parametrize("paper", ["report", "request", "a3"])
@pytest.mark.parametrize("number", ["2024-1", "2025-2", "2026-1"])
def test_a_paper_tells_of_the_row_on_its_own_sheet(book, tmp_path, paper, number):
    assert run([paper, str(book), number, "-o", str(tmp_path / "文件"), *ON]) == 0
    [made] = (tmp_path / "文件").glob("*.docx")
    said = "".join(element.text or "" for element in docx.Document(made).element.body.iter() if element.text)
    year, _, at = number.partition("-")
    rows = {(name, str(row[0])): row[1] for name, rows in YEARS.items() for row in rows if row[0] in (1, 2)}
    told_of = [problem for problem in rows.values() if problem in said]
    assert told_of == [rows[f"{year}年", at]]


def test_a_pass_of_every_day_serves_the_register_twice_alike(book, capsys):
    assert told(capsys, "daily", book)["workbooks"][0]["exit_code"] == 0
    before = book.read_bytes()
    assert told(capsys, "daily", book)["workbooks"][0]["exit_code"] == 0
    assert book.read_bytes() == before


def test_what_a_person_sees_without_json_names_the_sheet_too(book, capsys):
    saved(book, lambda there: there["2025年"].__setitem__("F3", "月底"))
    capsys.readouterr()
    assert run(["check", str(book), *ON]) == 1
    said = capsys.readouterr()
    assert "2025年!F3" in said.out + said.err
    assert run(["todo", str(book), "样例甲", *ON]) == 0
    told_to = capsys.readouterr()
    assert "（《2026年》G3）" in told_to.out + told_to.err


def test_a_hint_names_the_headings_of_its_own_sheet(tmp_path, capsys):
    """2025年 calls the day 实际完成日期, 2026年 calls it 实际完成时间."""
    source, target = tmp_path / "台账.xlsx", tmp_path / "跟踪.xlsx"
    other = [{"实际完成日期": "实际完成时间"}.get(name, name) for name in HEAD]
    source.write_bytes(workbook_bytes({"2025年": YEARS["2025年"], "2026年": [other, *YEARS["2026年"][2:]]}))
    sheets = ["--sheet", "2025年", "--sheet", "2026年"]
    assert run(["adopt", str(source), "-o", str(target), *sheets, *ON]) == 0
    steps = {one["number"]: one["next_step"] for one in told(capsys, "refresh", target)["actions"]}
    assert "实际完成日期" in steps["2025-2"] and "实际完成时间" not in steps["2025-2"]
    assert "实际完成时间" in steps["2026-1"]


def with_2027(book, *rows):
    def add(there):
        sheet = there.create_sheet("2027年")
        for row in (HEAD, *rows):
            sheet.append(row)

    saved(book, add)


MONTH_END = [[at, f"新的问题{at}", "整改", "样例甲", "运维部", "月底", None] for at in (1, 2)]
DATED = [[3, "机柜门锁坏", "换锁", "样例甲", "运维部", date(2027, 2, 1), None]]


def test_a_sheet_most_of_whose_deadlines_are_no_days_is_asked_for_them(book, capsys):
    with_2027(book, *MONTH_END, *DATED)
    before = book.read_bytes()
    assert run(["adopt", str(book), "--sheet", "2027年", *ON]) == 2
    said = capsys.readouterr().err
    assert "没有写任何文件" in said
    assert "「计划完成日期」里的「月底」（2 行" in said  # the word is asked before its rows are counted as unreadable
    assert said.rstrip().endswith("--sheet 2027年 --value 完成期限:月底=待定")
    assert book.read_bytes() == before


def test_a_sheet_most_of_whose_rows_nobody_could_track_is_not_taken_in(book, capsys):
    with_2027(book, *([*row[:5], date(1900, 1, 1), None] for row in MONTH_END), *DATED)
    before = book.read_bytes()
    assert run(["adopt", str(book), "--sheet", "2027年", *ON]) == 2
    said = capsys.readouterr().err
    assert "还没有计入，没有写任何文件：3 行里有 2 行读不出来" in said
    assert "「计划完成日期」2 行，例：F2" in said
    assert book.read_bytes() == before


def test_it_is_taken_in_where_somebody_insists_and_its_rows_are_named(book, capsys):
    with_2027(book, *MONTH_END, *DATED)
    capsys.readouterr()
    assert run(["adopt", str(book), "--sheet", "2027年", "--allow-left-out", *ON]) == 0
    assert "参与跟踪 7 行，暂不参与 2 行：" in capsys.readouterr().out


def test_as_many_rows_that_can_be_tracked_as_not_are_taken_in(book, capsys):
    with_2027(book, MONTH_END[0], *DATED)
    found = told(capsys, "adopt", book, "--sheet", "2027年")
    assert (found["tracked"], [row["row"] for row in found["left_out"]]) == (7, [2])
