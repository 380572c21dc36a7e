"""Five adopted tables of other trades a month later: what people do to them changes no status, and refresh goes on."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from capa_xl.app.use_cases.refresh import refresh
from capa_xl.model.as_of import AsOf
from capa_xl.policy.check import check
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt, survey_adoption
from capa_xl.workbook.reading.reader import read_register
from tests.app.desks import desk_at
from tests.workbook.adopting.attack_tables import ATTACK
from tests.workbook.adopting.fresh_tables import FRESH
from tests.workbook.adopting.test_a_month_later import DAY, LATER
from tests.workbook.adopting.test_fresh_tables import made, unasked

TABLES = {**FRESH, **ATTACK}
WALKED = ["ISO 27001 log", "Jira export", "消防演练", "培训改进，百分比", "会议督办"]


def adopted(name):
    blob = made(TABLES[name])
    wish = unasked(Adopting({}, "a1b2", DAY), lambda tried: survey_adoption(blob, tried), TABLES[name].said)
    return adopt(blob, wish)[0]


def standing(blob):
    view = view_register(read_register(blob), AsOf(LATER, LATER))
    return {number: (one.status, one.overdue) for number, one in view.derived.items()}


def edited(blob, *edits):
    """The workbook as somebody saved it: every edit gets the table's sheet, its header row and its columns."""
    for edit in edits:
        tracker = read_register(blob).tracker
        book, stream = openpyxl.load_workbook(BytesIO(blob)), BytesIO()
        edit(book[tracker.sheet], tracker.header_row, tracker)
        book.save(stream)
        blob = stream.getvalue()
    return blob


def sort_down(sheet, header, tracker):
    rows = [action.row for action in tracker.records]
    told = [[cell.value for cell in sheet[row]] for row in rows]
    for row, values in zip(rows, reversed(told), strict=True):
        for cell, value in zip(sheet[row], values, strict=True):
            cell.value = value


def insert_a_column(sheet, header, tracker):
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    sheet.insert_cols(3)
    sheet.cell(header, 3, "照片")


def rename_headings(sheet, header, tracker):
    for key, name in (("owners", "责任人"), ("due_on", "完成期限")):
        sheet.cell(header, tracker.columns[key], name)


def hide_and_add_an_unknown_word(sheet, header, tracker):
    sheet.column_dimensions["C"].hidden = True
    sheet.cell(tracker.records[0].row, tracker.columns["stated_status"], "挂账观望")


def copy_the_first_row(sheet, header, tracker):
    first, below = tracker.records[0].row, tracker.records[-1].row + 1
    sheet.insert_rows(below)
    for cell in sheet[first]:
        sheet.cell(below, cell.column, cell.value)


@pytest.mark.parametrize("name", WALKED)
def test_sorted_with_a_column_put_in_and_headings_renamed_nothing_changes_and_refresh_goes_on(name, tmp_path):
    new = adopted(name)
    later = edited(new, sort_down, insert_a_column, rename_headings)
    assert standing(later) == standing(new)
    path = tmp_path / "台账.xlsx"
    path.write_bytes(later)
    assert refresh(desk_at(path, LATER)).written
    assert len(refresh(desk_at(path, LATER)).changes) == 0
    assert standing(path.read_bytes()) == standing(new)


@pytest.mark.parametrize("name", WALKED)
def test_a_new_word_and_a_copied_row_are_named_and_the_others_stand(name):
    new = adopted(name)
    first = next(iter(standing(new)))
    told = view_register(read_register(edited(new, hide_and_add_an_unknown_word)), AsOf(LATER, LATER))
    assert "挂账观望" in "".join(problem.message for problem in check(told).problems if problem.rule == "FD04")
    twice = edited(new, copy_the_first_row)
    rest = {number: one for number, one in standing(new).items() if number != first}
    assert standing(twice) == rest
    assert {row.number for row in read_register(twice).quarantined} == {first}
