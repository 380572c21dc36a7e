"""Every command that the program tells can be pasted, even where folder and workbook have blanks in their names."""

from __future__ import annotations

import ast
import json
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import capa_xl
from capa_xl.cli.main import COMMANDS, run
from capa_xl.model.command_line import THIS_WORKBOOK
from tests.app.scans import picture_pdf
from tests.cli.calls import parse, words_of
from tests.old_tables import old_table
from tests.tables import workbook_bytes

BOOK = "我的 表.xlsx"
AS_OF = "2026-11-22"
_TOLD = re.compile(r"""capa-xl (?:"[^"]*"|'[^']*'|[^，。；：、（）→\n"'])*""")
_WITHOUT_PATH = re.compile(rf"capa-xl (?:{'|'.join(set(COMMANDS) - {'docs', 'rules'})})\b(?! {THIS_WORKBOOK})")
_WRITTEN_ELSEWHERE = {"cli/command_examples.py", "cli/completion.py", "cli/main.py", "cli/options.py"}
"""Examples and help: they name a workbook of their own."""
_OF_NO_WORKBOOK = {
    "reports/units.py",  # Description= of a systemd unit
    "reports/desktop_files.py",  # which .cmd file, of a workbook that it doesn't say
    "workbook/blank/overview_head.py",  # in a cell of the workbook itself, looked for in older ones by this very text
    "workbook/blank/overview_lists.py",  # in a cell of the workbook itself
    "workbook/blank/timeline_layout.py",  # likewise
}


def told(text: str) -> list[str]:
    """The commands in a text, each on one line."""
    return [line.strip() for line in _TOLD.findall(text)]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with blanks in its name, in which the placeholders of the hints are there."""
    place = tmp_path / "我的 文件夹"
    place.mkdir()
    monkeypatch.chdir(place)
    Path("归档.xlsx").write_bytes(b"")
    Path("文件夹").mkdir()
    return place


def said(capsys, *words: str) -> str:
    """What a call prints, to both streams."""
    capsys.readouterr()
    run([*words, "--as-of", AS_OF])
    out = capsys.readouterr()
    return out.out + out.err


def _new(*words: str) -> None:
    assert run(["new", BOOK, "--as-of", AS_OF, "--quiet", *words]) == 0


def _lost_rows(capsys) -> str:
    _new("--sample")
    text = said(capsys, "daily", BOOK)
    book = openpyxl.load_workbook(BOOK)
    book["改进计划跟踪表"].delete_rows(10, 50)
    book.save(BOOK)
    return text + said(capsys, "daily", BOOK) + said(capsys, "check", BOOK) + said(capsys, "group", "check", BOOK)


def _sample(*words: str):
    def ask(capsys) -> str:
        _new("--sample")
        return said(capsys, words[0], BOOK, *words[1:])

    return ask


def _small(*words: str):
    def ask(capsys) -> str:
        _new("--level", "台账")
        return said(capsys, words[0], BOOK, *words[1:])

    return ask


def _old(*words: str):
    def ask(capsys) -> str:
        Path(BOOK).write_bytes(old_table("整改清单一"))
        return said(capsys, words[0], BOOK, *words[1:])

    return ask


def _unclear(capsys) -> str:
    table = [["编号", "问题", "负责人", "完成时间", "备注"], ["1", "漏 项", "样例工", date(2026, 3, 1), ""]]
    Path(BOOK).write_bytes(workbook_bytes({"我的 清单": table}))
    return said(capsys, "adopt", BOOK, "-o", "接管 后.xlsx", "--no-input")


def _signed(capsys) -> str:
    _new("--sample")
    Path("扫 描.pdf").write_bytes(picture_pdf())
    return said(capsys, "signed", BOOK) + said(capsys, "signed", BOOK, "扫 描.pdf")


def _minutes_without_feedback(capsys) -> str:
    _new("--level", "台账")
    return said(capsys, "meeting", BOOK, "--period", "2026-11", "--minutes", "会 议.xlsx")


def _slips_back(capsys) -> str:
    _new("--sample")
    text = said(capsys, "slip", BOOK, "--all", "-o", "填 报")
    return text + said(capsys, "collect", BOOK, "填 报", "--apply")


def _group_pack(capsys) -> str:
    _new("--sample")
    return said(capsys, "group", "pack", BOOK, "--period", "2026Q3", "-o", "集团 资料包", "--workers", "0")


ASKED = {
    "new": lambda capsys: said(capsys, "new", BOOK),
    "demo": lambda capsys: said(capsys, "demo", "演 示"),
    "check of the sample": _sample("check"),
    "repairs": _sample("check", "--apply"),
    "refresh of a foreign table": _old("refresh"),
    "remind without a roster": _old("remind"),
    "doctor": _sample("doctor"),
    "doctor of a foreign table": _old("doctor"),
    "doctor of nothing": lambda capsys: said(capsys, "doctor", "没 有.xlsx"),
    "adopt": _old("adopt", "-o", "接管 后.xlsx", "--no-input"),
    "adopt that asks": _unclear,
    "grow": _small("grow", "--apply"),
    "report of a row set aside": _sample("report", "GJ-2026-053", "-o", "报 告"),
    "meeting": _sample("meeting", "--period", "2026-11", "--minutes", "会 议.xlsx"),
    "meeting without 进展反馈": _minutes_without_feedback,
    "slip and collect": _slips_back,
    "handover": _sample("handover", "样例工", "样例检", "--from", AS_OF, "--apply"),
    "year-end": _sample("year-end", "--before", "2026-07-01", "-o", "归 档.xlsx", "--apply"),
    "signed": _signed,
    "pack": _sample("pack", "--period", "2026Q3"),
    "group pack": _group_pack,
    "rows lost": _lost_rows,
}


@pytest.mark.parametrize("call", ASKED)
def test_every_command_that_is_told_can_be_pasted(call, folder, capsys):
    text = ASKED[call](capsys)
    lines = told(text)
    assert lines, text
    for line in lines:
        assert THIS_WORKBOOK not in line, line
        assert parse(line).command is not None, line
        for word in words_of(line):
            assert not word.endswith("表.xlsx") or word in ("新表.xlsx", BOOK) or Path(word).name == BOOK, line


def test_a_command_without_its_workbook_stands_nowhere_in_the_program():
    root = Path(capa_xl.__file__).parent
    found = [
        f"{path.relative_to(root)}:{node.lineno} {node.value}"
        for path in sorted(root.rglob("*.py"))
        if path.relative_to(root).as_posix() not in _WRITTEN_ELSEWHERE | _OF_NO_WORKBOOK
        for node in _sentences(ast.parse(path.read_text("utf-8")))
        if _WITHOUT_PATH.search(node.value)
    ]
    assert found == []


def _sentences(tree: ast.Module) -> list[ast.Constant]:
    """The strings of a module that are no docstrings."""
    docs = {
        id(body[0].value)
        for node in ast.walk(tree)
        for body in (getattr(node, "body", None),)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr)
    }
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


def test_the_fix_in_the_json_names_the_workbook_too(folder, capsys):
    _new("--sample")
    capsys.readouterr()
    run(["check", BOOK, "--as-of", AS_OF, "--json"])
    fixes = [problem["fix"] for problem in json.loads(capsys.readouterr().out)["problems"]]
    assert f'capa-xl check "{BOOK}" --fix' in " ".join(fixes)
