"""Tables made by somebody who had not read the program: none taken for what it is not, the pasted line succeeds.

Worked out by hand before the first run: what each heading may mean, which rows are tracked, which are late.
"""

from __future__ import annotations

import re
import shlex
from datetime import date
from io import BytesIO
from itertools import pairwise

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from capa_xl.cli.adopt_questions import NONE, ask_all
from capa_xl.cli.main import run
from capa_xl.model.as_of import AsOf
from capa_xl.model.command_line import in_quotes
from capa_xl.policy.viewing import view_register
from capa_xl.reports.adopt_text import paste_line, proposals
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt, survey_adoption
from capa_xl.workbook.reading.reader import read_register
from tests.workbook.adopting.fresh_tables import FRESH, FreshTable

DAY = date(2026, 11, 28)
QUESTION = re.compile(r"「([^」]+)」(?:（\d+ 行）)?是什么")
"""What a screen asks about: a heading, or a word."""


def made(table: FreshTable) -> bytes:
    book, stream = openpyxl.Workbook(), BytesIO()
    book.remove(book.active)
    for name, rows in table.sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.is_date):
            cell.number_format = "yyyy-mm-dd"
    first = book.worksheets[0]
    for area in table.merged:
        first.merge_cells(area)
    for row in table.struck:
        for cell in first[row]:
            cell.font = Font(strike=True)
    for letters in table.hidden:
        first.column_dimensions[letters].hidden = True
    for cell in first[table.percent] if table.percent else ():
        if isinstance(cell.value, int | float):
            cell.number_format = "0%"
    for area, words in table.lists.items():
        rule = DataValidation(type="list", formula1=f'"{words}"')
        rule.add(area)
        first.add_data_validation(rule)
    book.save(stream)
    return stream.getvalue()


def unasked(wish, survey, said):
    """Every question answered as proposed, by `said` where nothing is, else as none of ours."""
    return ask_all(wish, survey, lambda screen, default: default or said.get(QUESTION.search(screen)[1], NONE) or NONE)


@pytest.mark.parametrize("name", FRESH)
def test_no_heading_is_taken_for_what_it_is_not(name):
    table = FRESH[name]
    found = adopt(made(table), Adopting({}, "a1b2", DAY))[1]
    taken = {re.sub(r"\s", "", one.header): one.field for one in found.mapped}
    may = {re.sub(r"\s", "", header): fields for header, fields in table.may.items()}
    assert {h: f for h, f in taken.items() if f not in may.get(h, ())} == {}


@pytest.mark.parametrize("name", FRESH)
def test_with_the_proposed_answers_every_row_is_tracked_and_judged_right(name):
    table, blob = FRESH[name], made(FRESH[name])
    wish = unasked(Adopting({}, "a1b2", DAY), lambda tried: survey_adoption(blob, tried), table.said)
    new, found = adopt(blob, wish)
    taken = {re.sub(r"\s", "", one.header): one.field for one in found.mapped}
    may = {re.sub(r"\s", "", header): fields for header, fields in table.may.items()}
    assert {h: f for h, f in taken.items() if f not in may.get(h, ())} == {}
    register = read_register(new)
    assert (len(register.tracker.records), len(register.quarantined)) == (table.tracked, table.set_aside)
    view = view_register(register, AsOf(DAY, DAY))
    late = [number for number, one in view.derived.items() if "Y1" in one.overdue]
    assert late == list(table.late)


@pytest.mark.parametrize("name", FRESH)
def test_the_line_that_a_refusal_ends_in_succeeds_when_it_is_pasted(name, tmp_path, capsys):
    source, target = tmp_path / "源 表.xlsx", tmp_path / "接管 后.xlsx"
    source.write_bytes(made(FRESH[name]))
    code = run(["adopt", str(source), "-o", str(target), "--as-of", DAY.isoformat(), "--no-input"])
    said = capsys.readouterr().err
    if code != 0:
        line = said.rstrip().splitlines()[-1]
        assert line.startswith("capa-xl adopt ")
        code = run([*answered(shlex.split(line)[1:], FRESH[name].said), "--as-of", DAY.isoformat(), "--no-input"])
    assert (code, target.exists()) == (0, True)


def answered(arguments, said):
    """What somebody makes of the line: 待定 gives way to an answer."""
    return [_answered(one, said) if one.endswith("=待定") else one for one in arguments]


def _answered(argument, said):
    question = argument.removesuffix("=待定")
    return f"{question}={said.get(question.rpartition(':')[2], '')}"


@pytest.mark.parametrize("name", FRESH)
def test_the_line_says_the_same_to_cmd_exe(name, monkeypatch):
    """Every argument comes out of CommandLineToArgvW's rules as it went in."""
    for place in ("capa_xl.reports.adopt_text", "capa_xl.model.command_line"):
        monkeypatch.setattr(f"{place}.in_quotes", _windows)
    found = adopt(made(FRESH[name]), Adopting({}, "a1b2", DAY))[1]
    arguments = arguments_on_windows(paste_line(r"D:\部门 共享\源 表.xlsx", r"D:\新", proposals(found)))
    assert arguments[:5] == ["capa-xl", "adopt", r"D:\部门 共享\源 表.xlsx", "-o", r"D:\新"]
    maps = [one.partition("=")[0] for flag, one in pairwise(arguments) if flag == "--map"]
    assert maps == [" ".join(asked.header.split()) for asked in found.ask]


def _windows(text):
    return in_quotes(text, windows=True)


def arguments_on_windows(line):
    """What a program is given by cmd.exe, by the documented rules of CommandLineToArgvW."""
    found, current, quoted, at, begun = [], "", False, 0, False
    while at < len(line):
        slashes = len(line[at:]) - len(line[at:].lstrip("\\"))
        at += slashes
        if at < len(line) and line[at] == '"':
            current += "\\" * (slashes // 2)
            if slashes % 2:
                current += '"'
            else:
                quoted = not quoted
            begun, at = True, at + 1
            continue
        current += "\\" * slashes
        begun = begun or bool(slashes)
        if at >= len(line):
            break
        if line[at] == " " and not quoted:
            if begun:
                found.append(current)
            current, begun = "", False
        else:
            current, begun = current + line[at], True
        at += 1
    return [*found, current] if begun else found
