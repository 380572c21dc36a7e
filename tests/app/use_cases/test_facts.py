"""facts as files: stable columns, types, and a second look by another reader."""

from __future__ import annotations

import csv
import io
import sys
from datetime import date

import pyarrow.parquet
import pytest

from capa_xl.app.use_cases.facts import Facts, facts_of, refuse_unwritable, write_facts
from capa_xl.cli.main import run
from capa_xl.errors import UsageError
from capa_xl.model.as_of import AsOf
from capa_xl.model.fact_columns import FACT_COLUMNS
from tests.app.desks import desk_at
from tests.app.office import QUALITY, SETTINGS, workbook
from tests.tables import workbook_bytes

T = date(2026, 5, 2)
NAMES = [column.name for column in FACT_COLUMNS]
TRACKER = """
    编号   问题描述    措施内容  责任人  责任部门  登记日期    完成期限
    GJ-01  +86坏了    换硬盘    样例甲  网络部    2026-01-05  2026-04-30
    GJ-02  备件不符    盘点      样例甲  网络部    2026-01-05  2026-05-02
"""


@pytest.fixture
def table(tmp_path):
    return workbook(tmp_path / "表.xlsx", TRACKER, 人员部门=QUALITY, 参数=SETTINGS)


def by_name(row):
    return dict(zip(NAMES, row, strict=True))


def test_one_row_an_action_with_what_was_derived(table):
    late, today = (by_name(row) for row in facts_of(desk_at(table, T)).rows)
    assert (late["number"], late["row"], late["is_overdue"], late["days_overdue"], late["days_left"]) == (
        "GJ-01", 2, True, 2, -2,
    )  # fmt: skip
    assert (today["number"], today["is_overdue"], today["days_overdue"], today["days_left"]) == ("GJ-02", False, 0, 0)
    assert (late["workbook"], late["workbook_id"], late["as_of"], late["due_on"]) == (
        str(table), "W1", T, date(2026, 4, 30),
    )  # fmt: skip


APPROVED = """
    编号   问题描述  措施类型  严重度  责任人  登记日期    完成期限    批准人  批准日期    批准结论  计划编号
    GJ-01  派单慢    改进      一般    样例甲  2026-01-05  2026-06-30                                 JH-1
    GJ-02  硬盘坏    纠正      一般    样例甲  2026-01-05  2026-06-30  样例经  2026-01-08  同意
    GJ-03  备件不符  纠正      一般    样例甲  2026-01-05  2026-06-30  样例经  2026-01-08  不同意
    GJ-04  派单慢    改进      一般    样例甲  2026-01-05  2026-06-30  样例经  2026-01-08  同意
"""
PLAN = """
    计划编号  版本  编制人  批准人  批准日期    批准结论
    JH-1      V1.0  样例质  样例总  2026-01-20  同意
"""
CHIEF = (
    QUALITY.rstrip()
    + """
    样例总  总经办  总经理          zong@corp.example        是
"""
)


def test_the_approval_is_dated_by_what_its_route_accepts_a_plan_too_and_not_by_a_refusal(tmp_path):
    table = workbook(tmp_path / "表.xlsx", APPROVED, 人员部门=CHIEF, 参数=SETTINGS, 计划=PLAN)
    days = {row["number"]: row["approved_on"] for row in map(by_name, facts_of(desk_at(table, T)).rows)}
    assert days == {"GJ-01": date(2026, 1, 20), "GJ-02": date(2026, 1, 8), "GJ-03": None, "GJ-04": None}


def test_the_csv_opens_in_excel_and_holds_no_formula(table, tmp_path):
    target = tmp_path / "facts.csv"
    write_facts(Facts(AsOf(T, T), facts_of(desk_at(table, T)).rows), target)
    blob = target.read_bytes()
    assert blob.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(blob.decode("utf-8-sig"))))
    assert (rows[0]["description"], rows[0]["is_overdue"], rows[0]["due_on"], rows[0]["completed_on"]) == (
        "'+86坏了", "true", "2026-04-30", "",
    )  # fmt: skip


def test_the_parquet_is_typed_and_blank_is_null(table, tmp_path):
    target = tmp_path / "facts.parquet"
    write_facts(Facts(AsOf(T, T), facts_of(desk_at(table, T)).rows), target)
    read = pyarrow.parquet.read_table(target)
    assert read.column_names == NAMES
    assert read.to_pylist()[0] == by_name(facts_of(desk_at(table, T)).rows[0])
    assert str(read.schema.field("due_on").type) == "date32[day]"
    assert read.column("completed_on").null_count == 2


def test_the_command_writes_over_several_workbooks_and_names_what_it_could_not_read(table, tmp_path, capsys):
    (tmp_path / "坏.xlsx").write_bytes(b"no")
    target = tmp_path / "out.csv"
    code = run(["facts", str(tmp_path), "-o", str(target), "--as-of", "2026-05-02", "--workers", "1"])
    out = capsys.readouterr().out
    assert (code, "坏.xlsx" in out, "2 行" in out) == (20, True, True)
    assert len(target.read_text("utf-8-sig").splitlines()) == 3


WITH_ROWS_ASIDE = (
    TRACKER
    + """
    GJ-03  读不懂      改写      样例甲  网络部    2026-01-05  下月底前
    合计
"""
)


def test_the_rows_that_are_not_among_the_facts_are_counted_and_named_by_the_command(tmp_path, capsys):
    table = workbook(tmp_path / "表.xlsx", WITH_ROWS_ASIDE, 人员部门=QUALITY, 参数=SETTINGS)
    run(["facts", str(table), "-o", str(tmp_path / "out.csv"), "--as-of", "2026-05-02", "--workers", "1"])
    said = capsys.readouterr().out
    assert f"{table}：1 行待更正，不在其中：GJ-03（G4）" in said
    assert f"{table}：1 行不是措施，没有计入跟踪：" in said
    assert "2 行已写到" in said


def test_of_a_folder_the_command_to_paste_names_the_file_that_is_no_tracker_and_our_own_list_is_known(
    table, tmp_path, capsys
):
    (tmp_path / "台账.xlsx").write_bytes(workbook_bytes({"备件": "\n    名称  数量\n    硬盘  3\n"}))
    summary = tmp_path / "汇总.xlsx"
    run(["group", "check", str(tmp_path), "--summary", str(summary), "--workers", "1"])
    capsys.readouterr()
    code = run(["facts", str(tmp_path), "-o", str(tmp_path / "out.csv"), "--workers", "1"])
    said = capsys.readouterr().out
    assert f"运行 capa-xl adopt {tmp_path / '台账.xlsx'} -o 新表.xlsx" in said
    assert f"{summary}：这是 capa-xl 写出的《集团运行汇总》，不是跟踪表，不必处理" in said
    assert (code, said.count("capa-xl adopt")) == (0, 1)


def test_nothing_is_said_of_rows_where_all_are_among_the_facts(table):
    assert facts_of(desk_at(table, T)).without == ()


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"\.parquet"):
        refuse_unwritable(tmp_path / "facts.xlsx")


def test_a_missing_pyarrow_is_told_before_anything_is_read(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert run(["facts", str(tmp_path / "没有.xlsx"), "-o", str(tmp_path / "out.parquet")]) == 2
    said = capsys.readouterr()
    assert said.err.startswith("写 .parquet 需要 pyarrow → ") and said.out == ""
    assert run(["facts", str(tmp_path / "没有.xlsx"), "-o", str(tmp_path / "out.csv")]) == 20
