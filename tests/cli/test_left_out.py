"""What is not tracked is counted and named by adopt, check, remind and daily: silence is never tracking."""

from __future__ import annotations

import json
from datetime import date

import openpyxl
import pytest

from capa_xl.cli.main import run
from tests.tables import workbook_bytes

DAY, DUE = "2026-11-28", date(2026, 12, 20)
HEAD = ["编号", "存在问题", "整改措施", "责任人", "整改期限", "整改状态"]
ROWS = [
    *(["一、安全"], ["H1", "通道堵塞", "清理", "样例甲", DUE, "整改中"], ["合计", "1 项"], ["填表人：样例乙"]),
    ["审核人：样例丙"],
]
SAID = "4 行不是措施，没有计入跟踪：合计 1 行（第 4 行）、表尾 2 行（第 5、6 行）、分节 1 行（第 2 行）"


def adopt(tmp_path, *rows, sheet="台账"):
    (tmp_path / "源.xlsx").write_bytes(workbook_bytes({sheet: [HEAD, *rows]}))
    run(["adopt", str(tmp_path / "源.xlsx"), "-o", str(tmp_path / "表.xlsx"), "--as-of", DAY])
    return tmp_path / "表.xlsx"


def told_by(command, path, capsys, *options):
    capsys.readouterr()
    run([command, str(path), "--as-of", DAY, *options])
    return capsys.readouterr().out


def test_rows_that_are_no_actions_are_told_by_adopt(tmp_path, capsys):
    adopt(tmp_path, *ROWS)
    assert SAID in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("command", ["check", "remind", "daily"])
def test_rows_that_are_no_actions_are_told(command, tmp_path, capsys):
    assert SAID in told_by(command, adopt(tmp_path, *ROWS), capsys)


@pytest.mark.parametrize("command", ["check", "remind", "daily"])
def test_where_every_row_is_an_action_nothing_is_said(command, tmp_path, capsys):
    assert "没有计入跟踪" not in told_by(command, adopt(tmp_path, ROWS[1]), capsys)


def test_check_gives_them_to_other_programs_too(tmp_path, capsys):
    document = json.loads(told_by("check", adopt(tmp_path, *ROWS), capsys, "--json"))
    assert document["uncounted"] == [
        {"sheet": "台账", "row": 2, "kind": "分节"},
        {"sheet": "台账", "row": 4, "kind": "合计"},
        {"sheet": "台账", "row": 5, "kind": "表尾"},
        {"sheet": "台账", "row": 6, "kind": "表尾"},
    ]


def with_a_year(path, head):
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("2027")
    sheet.append(head)
    sheet.append(["N1", "新的问题", "整改", "样例甲", date(2027, 3, 1), "整改中"][-len(head) :])
    book.save(path)


@pytest.mark.parametrize("command", ["check", "remind", "daily"])
@pytest.mark.parametrize("head", [HEAD, HEAD[1:]], ids=["numbered", "without numbers"])
def test_a_sheet_that_came_later_is_told_with_the_command_to_take_it_in(command, head, tmp_path, capsys):
    path = adopt(tmp_path, ROWS[1])
    with_a_year(path, head)
    told = told_by(command, path, capsys)
    assert "工作表《2027》也像跟踪表，其中 1 行（未完成 1 行）没有参与跟踪" in told
    assert f"capa-xl adopt {path} --sheet 2027" in told


def test_a_person_is_told_of_their_own_rows_that_are_set_aside_and_of_no_others(tmp_path, capsys):
    path = adopt(tmp_path, ROWS[1], ["H2", "灯不亮", "换灯", "样例乙", "月底", "整改中"])
    capsys.readouterr()
    run(["todo", str(path), "样例乙", "--as-of", DAY])
    assert "1 行待更正，未参与提醒：H2（E3）" in capsys.readouterr().out
    run(["todo", str(path), "样例甲", "--as-of", DAY])
    assert "待更正" not in capsys.readouterr().out
