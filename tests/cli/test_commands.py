"""The commands as somebody types them: exit codes, and exactly one JSON document on stdout."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from capa_xl.app.use_cases.undo import Undone
from capa_xl.cli.main import run
from capa_xl.model.intent import YEAR_END
from capa_xl.model.snapshot import Applied
from tests.old_tables import old_table
from tests.tables import workbook_bytes

TRACKER = [
    ["编号", "问题描述", "责任人", "完成期限"],
    ["GJ-2026-001", "值班电话漏接三次", "张 三", "2026.3.31"],
    ["GJ-2026-002", "备件台账与实物不符", "李四", date(2026, 12, 1)],
]


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER}))
    return str(path)


@pytest.fixture
def said(capsys):
    """Runs a command with --json as of a day; gives its exit code, the document, and what stood on stderr."""

    def told(*words):
        code = run([*words, "--json", "--as-of", "2026-06-01"])
        out, err = capsys.readouterr()
        return code, json.loads(out), err

    return told


def test_adopt_prints_its_document_and_writes_the_target_once(said, tmp_path, capsys):
    source, target = tmp_path / "旧.xlsx", str(tmp_path / "新.xlsx")
    source.write_bytes(old_table("持续改进计划表"))
    code, document, err = said("adopt", str(source), "-o", target, "--map", "完成日期=完成期限")
    assert (code, document["ask"], document["target"]) == (0, [], target)
    assert "下一步：capa-xl check" in err
    before = Path(target).read_bytes()
    assert run(["adopt", str(source), "-o", target]) == 2
    assert capsys.readouterr().err.rstrip().endswith(f"capa-xl adopt {source} -o {target} --map 完成日期=完成期限")
    assert Path(target).read_bytes() == before
    Path(target).write_bytes(before + b" ")
    assert run(["adopt", str(source), "-o", target, "--map", "完成日期=完成期限"]) == 2
    assert "已经存在" in capsys.readouterr().err


def test_adopt_with_json_prints_its_document_when_it_refuses_too(said, tmp_path):
    source = tmp_path / "旧.xlsx"
    source.write_bytes(old_table("持续改进计划表"))
    code, document, err = said("adopt", str(source), "-o", str(tmp_path / "新.xlsx"))
    assert (code, document["target"]) == (2, None)
    assert document["ask"][0]["needed"] is True
    assert "还没有接管，没有写任何文件" in err
    assert not (tmp_path / "新.xlsx").exists()


def test_adopt_wants_meanings_as_column_word_and_meaning(tmp_path, capsys):
    source = tmp_path / "旧.xlsx"
    source.write_bytes(old_table("持续改进计划表"))
    assert run(["adopt", str(source), "-o", str(tmp_path / "新.xlsx"), "--value", "严重度=重大"]) == 2
    assert "--value 应写成 列:词=意思" in capsys.readouterr().err


def test_adopt_wants_answers_as_heading_and_field(tmp_path, capsys):
    source = tmp_path / "旧.xlsx"
    source.write_bytes(old_table("持续改进计划表"))
    assert run(["adopt", str(source), "-o", str(tmp_path / "新.xlsx"), "--map", "完成日期"]) == 2
    assert "--map 应写成 列名=标准列名" in capsys.readouterr().err


def test_adopt_refuses_what_is_no_tracker_with_20(tmp_path, capsys):
    source = tmp_path / "旧.xlsx"
    source.write_bytes(workbook_bytes({"表": [["日期", "金额"], [date(2026, 1, 1), 5]]}))
    assert run(["adopt", str(source), "-o", str(tmp_path / "新.xlsx")]) == 20
    assert capsys.readouterr().out == ""


def test_check_adds_its_repairs_only_when_asked(said, book):
    _, plain, _ = said("check", book)
    assert "fixes" not in plain
    _, document, _ = said("check", book, "--fix")
    assert document["fixes"][1] == {
        "sheet": "改进计划跟踪表", "cell": "D2", "header": "完成期限", "before": "2026.3.31", "after": "2026-03-31",
        "why": "改为真实日期",
    }  # fmt: skip
    assert (document["applied"], document["backup"]) == (False, None)
    assert "FD06" in {problem["rule"] for problem in document["problems"]}


def test_applied_repairs_are_gone_from_the_problems_and_undo_brings_them_back(said, book):
    code, document, _ = said("check", book, "--apply")
    assert document["applied"] is True
    assert len(document["fixes"]) == 2
    assert not {"FD06", "FD11"} & {problem["rule"] for problem in document["problems"]}
    code, undone, _ = said("undo", book)
    assert (code, undone["written"], [edit["cell"] for edit in undone["edits"]]) == (0, True, ["C2", "D2"])
    assert said("undo", book)[1]["applied_at"] is None


def test_undo_says_first_what_it_took_back_and_then_what_there_is_to_know(book, monkeypatch, capsys):
    applied = Applied(1, "2026-06-01T10:00:00+08:00", YEAR_END, "", ())
    done = Undone(Path(book), applied, notes=("归档「旧.xlsx」还在工作簿旁",))
    monkeypatch.setattr("capa_xl.app.use_cases.undo.undo", lambda _: done)
    assert run(["undo", book]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "撤销的是 2026-06-01 10:00 的年度归档（year-end）："
    assert told[-1] == "归档「旧.xlsx」还在工作簿旁"


def test_todo_and_history_and_analyse_print_their_documents(said, book, tmp_path):
    code, document, _ = said("todo", book, "李四")
    assert (code, document["kind"], [item["number"] for item in document["items"]]) == (0, "人员", ["GJ-2026-002"])
    code, document, err = said("todo", book, "王五")
    assert (code, document["items"]) == (2, [])
    assert "没有「王五」" in err
    code, document, _ = said("history", book)
    assert (code, document["changes"], document["runs"]) == (0, [], [])
    code, document, err = said("analyse", book, "-o", str(tmp_path / "出"))
    assert (code, document["series"], document["proposals"]) == (0, [], [])
    assert "图表已存为" in err
    assert (tmp_path / "出" / "统计分析_2026-06-01.xlsx").is_file()
