"""year-end on the sample: the archive is the workbook byte for byte, no Problem is new, undo is exact."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import zipfile
from collections import Counter
from datetime import date
from functools import partial

import openpyxl
import pytest

from capa_xl.app.shared.alarm import next_pass
from capa_xl.app.shared.company_figures import company_figures
from capa_xl.app.shared.copies import identity_task, told_apart
from capa_xl.app.shared.desk import desk_for
from capa_xl.app.shared.executors import Here, Processes
from capa_xl.app.shared.first_steps import first_steps
from capa_xl.app.shared.fixing import propose
from capa_xl.app.shared.group_run import Group
from capa_xl.app.shared.group_tasks import prepare_task
from capa_xl.app.shared.judging import judge
from capa_xl.app.shared.numbered_papers import write_numbered
from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.pack_figures import figures_of
from capa_xl.app.shared.paper_source import paper_source
from capa_xl.app.shared.sample_workbook import sample_workbook
from capa_xl.app.shared.self_check import self_check
from capa_xl.app.shared.workbook_journal import journal_view_of
from capa_xl.app.shared.workbook_list import GroupTask, Listed, listed_workbooks
from capa_xl.app.use_cases.analyse import analyse, write_analysis
from capa_xl.app.use_cases.check import check_workbook
from capa_xl.app.use_cases.collect import collect
from capa_xl.app.use_cases.daily import daily
from capa_xl.app.use_cases.dossier import make_dossiers
from capa_xl.app.use_cases.facts import facts_of, group_facts
from capa_xl.app.use_cases.group import group_check
from capa_xl.app.use_cases.group_pack import group_pack
from capa_xl.app.use_cases.grow import grow
from capa_xl.app.use_cases.handover import hand_over
from capa_xl.app.use_cases.history import Asked, history
from capa_xl.app.use_cases.meeting import MeetingWanted, make_meeting
from capa_xl.app.use_cases.moved_rows import name_moved_rows
from capa_xl.app.use_cases.new import new_workbook
from capa_xl.app.use_cases.pack import make_pack
from capa_xl.app.use_cases.patch import patch_file
from capa_xl.app.use_cases.plan import write_plan
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.app.use_cases.remind import RemindOptions, remind
from capa_xl.app.use_cases.reorganise import reorganise
from capa_xl.app.use_cases.report import write_reports
from capa_xl.app.use_cases.slip import make_slips
from capa_xl.app.use_cases.todo import todo
from capa_xl.app.use_cases.undo import undo
from capa_xl.app.use_cases.year_end import end_year
from capa_xl.cli.main import run
from capa_xl.effects.journal import look_into_journal, open_journal
from capa_xl.effects.journal_events import record_archive
from capa_xl.effects.journal_view import knows_rows_of
from capa_xl.errors import InAnotherWorkbook, NotATracker, UsageError, WorkbookLocked
from capa_xl.model.as_of import AsOf
from capa_xl.model.paper_kinds import A3, REPLY, REQUEST, REVISION
from capa_xl.model.period import parse_period
from capa_xl.model.schema import OVERVIEW_SHEET
from capa_xl.policy import past_years
from capa_xl.policy.handing_over import Handover
from capa_xl.policy.papers.plan_facts import plan_facts
from capa_xl.policy.past_years import archived, archives_of_rows
from capa_xl.policy.recurrence import recurrences
from capa_xl.policy.rules import links, rule_inputs
from capa_xl.policy.todo import todo_of
from capa_xl.policy.viewing import view_register
from capa_xl.reports.fixes_text import undo_lines
from capa_xl.reports.meeting_text import meeting_lines
from capa_xl.reports.papers_text import paper_lines
from capa_xl.reports.word.context_plan import plan_context
from tests.app.desks import desk_at, still_world
from tests.app.use_cases.test_group import WORLD
from tests.workbook.blank.recalculated import recalculated, results

DAY, BEFORE = date(2026, 11, 22), date(2026, 7, 1)
TODAY = AsOf(DAY, DAY)
GONE = 26
"""Rows of the sample that were closed before 1 July."""
LATE = (400, 401, 402)
"""Rows below the tables, where something is written for an archived number."""


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory):
    path = tmp_path_factory.mktemp("year") / "表.xlsx"
    path.write_bytes(sample_workbook(DAY))
    refresh(desk_at(path, DAY))
    return path.parent


@pytest.fixture
def book(refreshed, tmp_path):
    shutil.copytree(refreshed, tmp_path, dirs_exist_ok=True)
    return tmp_path / "表.xlsx"


def ended(book, **change):
    return end_year(desk_at(book, DAY), BEFORE, book.parent / "归档.xlsx", apply=True, **change)


@pytest.fixture(scope="module")
def year_over(refreshed, tmp_path_factory):
    """The folder after a year-end, with which many tests begin, and what that answered."""
    folder = tmp_path_factory.mktemp("over")
    shutil.copytree(refreshed, folder, dirs_exist_ok=True)
    return folder, ended(folder / "表.xlsx")


@pytest.fixture
def over(year_over, tmp_path):
    return shutil.copytree(year_over[0], tmp_path / "年末") / "表.xlsx"


@pytest.fixture(scope="module")
def looks(refreshed, year_over):
    """Cells and hidden rows before and after a year-end."""
    return look_of(refreshed / "表.xlsx"), look_of(year_over[0] / "表.xlsx")


def look_of(book):
    sheets = openpyxl.load_workbook(book).worksheets
    cells = {(s.title, c.row, c.column): c.value for s in sheets for row in s.iter_rows() for c in row}
    every = {(sheet.title, row) for sheet in sheets for row, look in sheet.row_dimensions.items() if look.hidden}
    return cells, {place for place in every if place[0] != OVERVIEW_SHEET}  # its figures are hidden from the start


def found(book, as_of=TODAY):
    opened = open_tracker(desk_at(book, as_of))
    return Counter((p.rule, p.number) for p in judge(opened, as_of, journal_view_of(opened)).checked.problems)


def figures(book):
    source = paper_source(desk_at(book, DAY))
    kpis = {
        name: [(k.key, k.value, sorted(k.rows), sorted(k.base)) for k in figures_of(source, parse_period(name)).kpis]
        for name in ("2026Q1", "2026Q2", "2026Q4")
    }
    last = figures_of(source, parse_period("2026Q4"))
    return kpis, last.months, last.flow, recurrences(source.judged.view)


def test_a_preview_writes_nothing(book):
    before = {path: path.read_bytes() for path in book.parent.rglob("*") if path.is_file()}
    seen = end_year(desk_at(book, DAY), BEFORE, book.parent / "归档.xlsx")
    assert (len(seen.year.going), seen.written, seen.is_named) == (GONE, False, True)
    assert {path: path.read_bytes() for path in book.parent.rglob("*") if path.is_file()} == before


def test_the_archive_is_the_whole_workbook_and_only_the_rows_that_go_are_emptied(refreshed, year_over, looks):
    folder, done = year_over
    (cells, _), (now, _) = looks
    assert (folder / "归档.xlsx").read_bytes() == (refreshed / "表.xlsx").read_bytes()
    changed = {place for place, value in now.items() if value != cells.get(place)}
    on_tracker = {row for sheet, row, _ in changed if sheet == "改进计划跟踪表"}
    assert on_tracker == {one.row for one in done.year.going}
    assert {now[place] for place in changed if place[0] != "参数"} == {None}
    assert {now[place] for place in changed if place[0] == "参数"} == {"归档.xlsx"}
    assert {sheet for sheet, _, _ in changed} == {"改进计划跟踪表", "措施分解", "效果确认", "更正记录", "参数"}


def test_the_rows_that_are_emptied_are_hidden_so_that_no_empty_grid_is_printed(year_over, over, looks):
    (cells, hidden_before), (now, hidden) = looks
    assert hidden_before == set()
    emptied = {place[:2] for place, value in cells.items() if value != now[place] and place[0] != "参数"}
    assert hidden == emptied
    assert len([row for sheet, row in emptied if sheet == "改进计划跟踪表"]) == len(year_over[1].year.going) == GONE
    refresh(desk_at(over, date(2026, 11, 23)))
    assert look_of(over)[1] == emptied


@pytest.mark.parametrize(("number", "is_told"), [("GJ-2025-061", True), ("GJ-2026-031", False)])
def test_a_correction_of_an_archived_row_is_told_to_count_for_nothing_and_where_the_row_is(over, number, is_told):
    values = (number, "重开", None, "2026-08-31 有效", None, "漏看了一项", "样例质")
    edits = [{"sheet": "更正记录", "cell": f"{'ABCDEFG'[at]}2", "value": value} for at, value in enumerate(values)]
    edits.append({"sheet": "更正记录", "cell": "H2", "value": {"date": "2026-11-20"}})
    patch_file(desk_at(over, DAY), json.dumps(edits).encode(), over)
    problems = judge(open_tracker(desk_at(over, DAY)), TODAY, None).checked.problems
    assert [(p.rule, p.cell, p.message, p.fix) for p in problems if p.sheet == "更正记录"] == [
        ("EF15", "B2", "更正记录不生效：本项已归档在「归档.xlsx」，不再改动", "要重新处理的另立一项，前次编号写它")
    ] * is_told


@pytest.mark.parametrize("sheet", ["效果确认", "文件修订", "进展反馈", "延期记录"])
@pytest.mark.parametrize(("number", "is_told"), [("GJ-2025-061", True), ("GJ-2026-031", False)])
def test_what_is_written_later_for_an_archived_row_is_told_to_count_for_nothing(over, sheet, number, is_told):
    edit = [{"sheet": sheet, "cell": "A400", "value": number}]
    patch_file(desk_at(over, DAY), json.dumps(edit).encode(), over)
    problems = judge(open_tracker(desk_at(over, DAY)), TODAY, None).checked.problems
    told = [(p.rule, p.severity.value, p.message, p.fix) for p in problems if (p.sheet, p.cell) == (sheet, "A400")]
    why = f"{sheet}引用的编号 {number} 已归档在「归档.xlsx」，写在这里不起作用（编号）"
    fix = "改编号，或在跟踪表补这一行；归档以前写的，移到归档的同名工作表；要重新处理的另立一项，前次编号写它"
    assert [one for one in told if one[0] == "XR05"] == [("XR05", "warning", why, fix)] * is_told


def test_many_rows_written_for_archived_numbers_walk_the_archived_years_no_more_often(over, monkeypatch):
    walks = []
    for module, walk in ((past_years, archived), (links, archived), (rule_inputs, archives_of_rows)):
        monkeypatch.setattr(module, walk.__name__, lambda view, walk=walk: walks.append(view) or walk(view))

    def walked():
        walks.clear()
        problems = judge(open_tracker(desk_at(over, DAY)), TODAY, None).checked.problems
        return len(walks), Counter(p.rule for p in problems if p.cell and p.cell[1:] in map(str, LATE))

    none, _ = walked()
    texts = dict(zip("ABFG", ("GJ-2025-061", "重开", "漏看了一项", "样例质"), strict=True))
    edits = [
        *({"sheet": "更正记录", "cell": f"{at}{row}", "value": value} for row in LATE for at, value in texts.items()),
        *({"sheet": "更正记录", "cell": f"H{row}", "value": {"date": "2026-11-20"}} for row in LATE),
        *({"sheet": "效果确认", "cell": f"A{row}", "value": "GJ-2025-061"} for row in LATE),
    ]
    patch_file(desk_at(over, DAY), json.dumps(edits).encode(), over)
    many, told = walked()
    assert (told["EF15"], told["XR05"]) == (len(LATE), len(LATE))
    assert many <= none + 1, "once more where a finding is judged as of the day it will be gone, never a walk a row"


def test_no_problem_is_new_and_the_figures_of_past_periods_stay(book, over):
    assert found(over) - found(book) == Counter()
    assert figures(over) == figures(book)


def test_an_earlier_day_misses_no_row_that_ended_after_it_and_went(book, over):
    """What was open on 15 April and closed by the end of June lies in the archive: neither deleted nor unknown."""
    then = AsOf(date(2026, 4, 15), DAY)
    problems, links = found(book, then), recurrences(paper_source(desk_at(book, then)).judged.view)
    assert found(over, then) - problems == Counter()
    assert recurrences(paper_source(desk_at(over, then)).judged.view) == links


@pytest.mark.libreoffice
def test_what_is_computed_elsewhere_is_what_libreoffice_computes_afresh(over, tmp_path):
    """总览 counts over the emptied rows: every cached result of a formula is the one LibreOffice gives."""
    refresh(desk_at(over, DAY))
    blob = over.read_bytes()
    computed = recalculated({"after": (blob, DAY)}, tmp_path / "computed", OVERVIEW_SHEET)["after"]
    cached = results(blob, OVERVIEW_SHEET)
    assert len(cached) > 50
    assert {at: (value, computed[at]) for at, value in cached.items() if value != computed[at]} == {}


def test_undo_brings_every_byte_back(book):
    before = book.read_bytes()
    ended(book)
    assert book.read_bytes() != before
    done = undo(desk_at(book, DAY))
    assert (book.read_bytes(), done.kept, done.is_outdated) == (before, (), False)
    assert [note for note in done.notes if "归档「归档.xlsx」还在工作簿旁" in note]


def test_undo_brings_the_values_back_where_somebody_saved_since(book, looks):
    cells = looks[0][0]
    ended(book)
    refresh(desk_at(book, date(2026, 11, 23)))
    done = undo(desk_at(book, date(2026, 11, 23)))
    told = list(undo_lines(done.applied, done.edits, done.kept, "", is_outdated=done.is_outdated))
    assert told[-1] == "总览和校验结果还是撤销以前的。下一步：capa-xl refresh 本工作簿"
    now, hidden = look_of(book)
    column = next(at for (sheet, _, at), value in cells.items() if (sheet, value) == ("改进计划跟踪表", "编号"))
    numbers = [place for place in cells if (place[0], place[2]) == ("改进计划跟踪表", column)]
    human = [*numbers, *(place for place in cells if place[0] in ("措施分解", "效果确认", "参数"))]
    assert {place: now[place] for place in human} == {place: cells[place] for place in human}
    assert hidden == set()


def test_the_next_pass_goes_on_without_an_alarm_and_history_knows_where_the_rows_are(over):
    (served,) = daily([over], still_world(DAY), lambda path: desk_at(path, DAY))
    assert served.outcome == "served"
    told = history(desk_at(over, DAY), Asked(number="GJ-2025-019"))
    assert [(one.kind, one.after) for one in told.changes] == [("归档", "归档.xlsx")]


def test_an_archive_that_papers_were_made_of_is_no_second_workbook(over, tmp_path):
    """Its state folder and id are those of the workbook in use, which names it in 参数 上年工作簿."""
    archive = over.parent / "归档.xlsx"
    write_reports(desk_at(archive, DAY), ["GJ-2025-019"], tmp_path / "报告")
    for _ in range(2):  # as archived, and known by 参数 alone once somebody has saved it
        assert refresh(desk_at(over, DAY)).notes == ()
        assert [one for one in first_steps(desk_at(over, DAY)) if one.what == "副本"] == []
        openpyxl.load_workbook(archive).save(archive)
    copy = shutil.copy(over, over.parent / "副本.xlsx")
    assert "旁边的「表.xlsx」" in refresh(desk_at(copy, DAY)).notes[0]


def test_what_is_registered_and_refreshed_later_is_nothing_that_an_archive_lacks(over):
    archive = over.parent / "归档.xlsx"
    before = found(archive)
    edited = openpyxl.load_workbook(over)
    tracker = edited["改进计划跟踪表"]
    row = next(r for r in range(3, tracker.max_row) if tracker.cell(r, 1).value is None)
    tracker.cell(row, 1).value = "GJ-2026-901"
    edited.save(over)
    refresh(desk_at(over, DAY))
    judged = check_workbook(desk_at(archive, DAY))
    assert Counter((p.rule, p.number) for p in judged.checked.problems) == before
    assert (next_pass(judged).stops, judged.damage) == (False, ())
    assert "「归档.xlsx」是年度归档，是归档那天的内容" in judged.beside[0]
    assert history(desk_at(archive, DAY), Asked(number="GJ-2025-019")).is_behind is False


def test_what_rows_in_use_make_of_an_archived_one_stands_in_check_and_in_the_self_check(over):
    texts = {
        "编号": "GJ-2026-901",
        "问题描述": "又发生了",
        "前次编号": "GJ-2025-061",
        "登记日期": {"date": "2026-11-20"},
    }
    tracker = openpyxl.load_workbook(over)["改进计划跟踪表"]
    row = next(r for r in range(3, tracker.max_row) if tracker.cell(r, 1).value is None)
    at = {str(cell.value).rstrip("*"): cell.column_letter for cells in tracker.iter_rows(max_row=2) for cell in cells}
    edits = [{"sheet": tracker.title, "cell": f"{at[name]}{row}", "value": value} for name, value in texts.items()]
    patch_file(desk_at(over, DAY), json.dumps(edits).encode(), over)
    judged = check_workbook(desk_at(over, DAY))
    told = [(p.rule, p.sheet, p.message) for p in judged.checked.problems if p.number == "GJ-2025-061"]
    assert told == [("EF07", "「归档.xlsx」改进计划跟踪表", "确认有效后又发生同类问题：GJ-2026-901")]
    assert "GJ-2025-061" in next(line for line in self_check(judged) if line.id == "R64").rows


def test_an_archive_is_served_by_no_run(over):
    archive = over.parent / "归档.xlsx"
    before = archive.read_bytes()
    with pytest.raises(NotATracker, match="年度归档"):
        refresh(desk_at(archive, DAY))
    with pytest.raises(NotATracker, match="年度归档"):
        remind(desk_at(archive, DAY), RemindOptions(send=True))
    (served,) = daily([archive], still_world(DAY), lambda path: desk_at(path, DAY))
    assert (served.outcome, served.exit_code) == ("failed", 20)
    assert archive.read_bytes() == before
    openpyxl.load_workbook(archive).save(archive)  # as Excel does on the way out
    with pytest.raises(NotATracker, match="年度归档"):
        refresh(desk_at(archive, DAY))
    assert "「归档.xlsx」是年度归档，归档以后有人另外保存过" in check_workbook(desk_at(archive, DAY)).beside[0]


@pytest.mark.parametrize("is_lost", [False, True])
def test_an_archive_saved_again_under_another_name_is_known_by_the_workbook_that_went_on(over, is_lost):
    """Neither its bytes nor its name are on record; nor is anything where the state folder was left behind."""
    old = over.parent / "归档.xlsx"
    other = openpyxl.load_workbook(old)
    other.save(over.parent / "去年的.xlsx")
    if is_lost:
        shutil.rmtree(over.parent / ".capa_xl")
        refresh(desk_at(over, DAY))
    for archive in (over.parent / "去年的.xlsx", old):
        with pytest.raises(NotATracker, match="年度归档"):
            refresh(desk_at(archive, DAY))
        assert check_workbook(desk_at(archive, DAY)).damage == ()
        with pytest.raises(InAnotherWorkbook, match="「GJ-2026-012」还在现用的「表"):
            write_reports(desk_at(archive, DAY), ["GJ-2026-012"], over.parent / "x")
    assert refresh(desk_at(over, DAY), check_only=True).notes == ()


@pytest.mark.parametrize("name", ["归档.xlsx", "去年的.xlsx", "表_2025.xlsx", "表 - 副本.xlsx"])
def test_without_the_journal_an_archive_is_known_by_the_workbook_that_followed_it(over, name):
    """Both were copied, the hidden folder was not, and no run saw the workbook in use there."""
    shutil.rmtree(over.parent / ".capa_xl")
    archive = (over.parent / "归档.xlsx").rename(over.parent / name)
    before = archive.read_bytes()
    judged = check_workbook(desk_at(archive, DAY))
    assert f"「{name}」是年度归档，旁边没有它归档时的台账，看不出归档以后有没有改过" in judged.beside[0]
    for served in (refresh, lambda desk: todo(desk, "样例质")):
        with pytest.raises(NotATracker, match="年度归档"):
            served(desk_at(archive, DAY))
    with pytest.raises(InAnotherWorkbook, match="「GJ-2026-012」还在现用的「表"):
        write_reports(desk_at(archive, DAY), ["GJ-2026-012"], over.parent / "x")
    refresh(desk_at(over, DAY))
    assert archive.read_bytes() == before


@pytest.mark.parametrize(("is_served", "is_lost"), [(False, False), (True, False), (False, True), (True, True)])
def test_a_workbook_made_from_another_is_no_archive_of_it(over, is_served, is_lost):
    """It has the same id, and names fewer archived years: its rows tell, also where an archive of the other is gone."""
    other = over.parent / "表 分公司.xlsx"
    made = openpyxl.load_workbook(over.parent / "归档.xlsx")
    tracker = made["改进计划跟踪表"]
    at = {str(cell.value).rstrip("*"): cell.column for cells in tracker.iter_rows(max_row=2) for cell in cells}
    for row in range(3, tracker.max_row + 1):
        if tracker.cell(row, 1).value:
            tracker.cell(row, at["措施内容"]).value = f"分公司第 {row} 项"
    made.save(other)
    if is_lost:
        (over.parent / "归档.xlsx").unlink()
    if is_served:
        refresh(desk_at(over, DAY))
    refresh(desk_at(other, DAY))


def test_an_archive_is_known_wherever_the_earlier_ones_were_moved_since(over):
    """The workbook in use says where they lie now, and the archive where they lay on its day."""
    archive = over.parent / "去年的.xlsx"
    for path, years in ((over.parent / "归档.xlsx", "早.xlsx"), (over, "旧/早.xlsx、归档.xlsx")):
        made = openpyxl.load_workbook(path)
        settings = made["参数"]
        row = next((r[0].row for r in settings.iter_rows() if r[0].value == "上年工作簿"), settings.max_row + 1)
        settings.cell(row, 1).value, settings.cell(row, 2).value = "上年工作簿", years
        made.save(archive if path != over else over)
    refresh(desk_at(over, DAY))
    with pytest.raises(NotATracker, match="年度归档"):
        refresh(desk_at(archive, DAY))


def test_after_undo_no_copy_of_what_the_workbook_was_makes_it_an_archive(book):
    ended(book)
    refresh(desk_at(book, DAY))
    copy = book.parent / "表 - 副本.xlsx"
    shutil.copy(book, copy)
    refresh(desk_at(copy, DAY))
    undo(desk_at(book, DAY))
    undo(desk_at(book, DAY))
    refresh(desk_at(book, DAY))


def test_a_group_serves_what_undo_of_the_year_end_brought_back_beside_any_other_workbook(book):
    """The journal of the folder is that of all of them; the archive lies where it was put, and isn't one too many."""
    ended(book)
    undo(desk_at(book, DAY))
    archive, other = book.parent / "归档.xlsx", book.parent / "别的.xlsx"
    assert book.read_bytes() == archive.read_bytes()
    new_workbook(other, sample=False, as_of=DAY, workbook_id="W9")
    tasks = [GroupTask(Listed(one, is_named=False), lambda path: desk_at(path, DAY)) for one in (archive, other, book)]
    found = told_apart(tasks, [identity_task(task) for task in tasks]).copies
    assert [(at, one.outcome) for at, one in found.items()] == [(0, "archive")]
    assert "另一份" not in found[0].words


def test_looking_at_a_workbook_makes_it_none_that_was_served(over, tmp_path):
    """Of two copies the one that runs knew is served: what reads the journal leaves no name in it."""
    (over.parent / "归档.xlsx").rename(tmp_path / "搬走.xlsx")
    copy = over.parent / "a.xlsx"
    shutil.copy(over, copy)
    check_workbook(desk_at(copy, DAY))
    with look_into_journal(over.parent / ".capa_xl") as conn:
        assert (knows_rows_of(conn, copy), knows_rows_of(conn, over)) == (False, True)


def test_after_undo_the_workbook_is_served_again_and_every_copy_of_the_archive_is_not(book):
    ended(book)
    undo(desk_at(book, DAY))
    archive, moved = book.parent / "归档.xlsx", book.parent / "改了名.xlsx"
    assert book.read_bytes() == archive.read_bytes()
    task = GroupTask(Listed(book, is_named=False), lambda path: desk_at(path, DAY))
    assert prepare_task(task).served.outcome == "served"
    assert remind(desk_at(book, DAY), RemindOptions(send=True))
    assert end_year(desk_at(book, DAY), BEFORE, book.parent / "归档2.xlsx").year.going
    moved.write_bytes(archive.read_bytes())
    for one in (archive, moved):
        with pytest.raises(NotATracker, match="年度归档"):
            refresh(desk_at(one, DAY))
        with pytest.raises(NotATracker, match="年度归档"):
            end_year(desk_at(one, DAY), BEFORE, book.parent / "归档2.xlsx")
        task = GroupTask(Listed(one, is_named=False), lambda path: desk_at(path, DAY))
        assert "年度归档" in prepare_task(task).served.words
    refresh(desk_at(book, DAY))


def test_an_archive_that_is_gone_is_said_once(book, over):
    (over.parent / "归档.xlsx").rename(over.parent / "搬走了.xlsx")
    new = found(over) - found(book)
    assert new["WB15", ""] == 1
    assert not [number for rule, number in new if rule == "WB04"]


def test_of_rows_archived_by_hand_and_then_deleted_again_only_those_are_missed(book):
    """An archive that is gone explains its own rows: one restored by undo and deleted afterwards is missed."""
    ended(book)
    undo(desk_at(book, DAY))
    refresh(desk_at(book, DAY))
    archive = book.parent / "归档.xlsx"
    edited = openpyxl.load_workbook(book)
    sheet = edited["改进计划跟踪表"]
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == "GJ-2025-019")
    for column in range(1, sheet.max_column + 1):
        sheet.cell(row, column).value = None
    edited.save(book)
    archive.rename(book.parent / "搬走了.xlsx")
    assert [number for (rule, number), _ in found(book).items() if rule == "WB04"] == ["GJ-2025-019"]


def test_what_is_in_the_newer_of_two_archives_is_looked_for_in_it_alone(book, tmp_path):
    """GJ-2026-020 was cancelled in July and is in both; its slip, which asks for 取消批准人, comes back afterwards."""
    sent = make_slips(desk_at(book, DAY), ("质量部",), tmp_path / "发出").slips[0].path
    filled = openpyxl.load_workbook(sent)
    lines = filled["填报表"]
    row = next(row for row in range(5, lines.max_row + 1) if lines.cell(row, 6).value == "取消批准人")
    lines.cell(row, 8).value = "样例甲"
    filled.save(sent)
    ended(book)
    second = book.parent / "归档2.xlsx"
    went = end_year(desk_at(book, DAY), date(2026, 10, 1), second, apply=True).year.going
    numbers = {one.number for one in went}
    assert "GJ-2026-020" in numbers
    (refused,) = collect(desk_at(book, DAY), sent).collected.rejected
    assert refused.reason.startswith("编号「GJ-2026-020」已归档在「归档2.xlsx」，归档的行不再收填报")
    second.rename(book.parent / "搬走了.xlsx")
    register = open_tracker(desk_at(book, DAY)).register
    assert register.away == dict.fromkeys(numbers, "归档2.xlsx")
    assert not numbers & {one.action.number for one in archived(view_register(register, TODAY))}
    (unread,) = (one for one in register.remarks if one.rule == "WB15")
    assert unread.hit.facts["rows"].endswith(f" 等 {len(numbers)} 项")
    lost = "编号「GJ-2026-020」已归档在读不到的上年工作簿「归档2.xlsx」里 → 先把归档放回"
    (refused,) = collect(desk_at(book, DAY), sent).collected.rejected
    assert refused.reason.startswith(lost)
    nobody = history(desk_at(book, DAY), Asked("GJ-2026-99"))
    assert nobody.unread.startswith("找不到编号「GJ-2026-99」，它可能在读不到的上年工作簿「归档2.xlsx」里 → ")
    assert not history(desk_at(book, DAY), Asked("GJ-2027-01")).unread
    lost_too = "上年工作簿「归档2.xlsx」读不到，其中「样例工」负责的措施没有列出 → 先把归档放回"
    assert history(desk_at(book, DAY), Asked(person="样例工")).unread.startswith(lost_too)
    asked = todo_of(view_register(register, TODAY), "GJ-2026-020").asked
    assert asked and asked.what == "措施的编号（已归档在读不到的「归档2.xlsx」）"
    renamed = name_moved_rows(desk_at(book, DAY), book.parent / "搬走了.xlsx", apply=True)
    assert (set(renamed.there), renamed.missing) == (numbers, ())
    register = open_tracker(desk_at(book, DAY)).register
    assert (register.unread_archives, register.away) == (("归档2.xlsx",), {})
    assert numbers <= {one.action.number for one in archived(view_register(register, TODAY))}


NOT_COUNTED = "上年工作簿「归档.xlsx」读不到，归档的行没有计入引用、复发和指标"


def words_in(blob: bytes) -> str:
    """Everything that stands in the parts of a paper, without its markup."""
    with zipfile.ZipFile(io.BytesIO(blob)) as parts:
        texts = (parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
        return re.sub(r"<[^>]+>", "", "".join(texts))


def test_every_paper_that_draws_on_an_archive_says_when_it_can_not_be_read(over, tmp_path):
    pack_with = make_pack(desk_at(over, DAY), "2026H1", tmp_path / "有")
    (over.parent / "归档.xlsx").rename(over.parent / "搬走了.xlsx")
    pack_without = make_pack(desk_at(over, DAY), "2026H1", tmp_path / "无")
    for name in ("00 管理评审输入报告.docx", "01 改进看板.xlsx", "05 提醒与催办.xlsx", "06 制度执行自查表.xlsx"):
        assert NOT_COUNTED not in words_in((pack_with.directory / name).read_bytes())
        assert NOT_COUNTED in words_in((pack_without.directory / name).read_bytes())
    plan = plan_context(plan_facts(paper_source(desk_at(over, DAY)).inputs, "JH-2026"))
    assert NOT_COUNTED in plan["identity"]  # the pack's own is the final of before, which has the rows
    review = words_in((pack_without.directory / "00 管理评审输入报告.docx").read_bytes())
    assert "台账无此编号" not in review
    assert "上年工作簿「归档.xlsx」读不到）" in review
    run = write_reports(desk_at(over, DAY), ["GJ-2026-015"], tmp_path / "报告", draft=True)
    said = run.not_counted
    assert said.startswith(f"{NOT_COUNTED}（台账记下的有 GJ-2025-") and said.endswith(f" 等 {GONE} 项）")
    assert NOT_COUNTED in words_in(run.written[0].path.read_bytes())
    assert f"{said}。" in list(paper_lines(run))
    made = make_meeting(desk_at(over, DAY), "2026-06", MeetingWanted(tmp_path / "例会.docx"))
    assert NOT_COUNTED in words_in((tmp_path / "例会.docx").read_bytes())
    assert f"{said}。" in list(meeting_lines(made.facts))
    analysed = analyse(desk_at(over, DAY))
    assert analysed.not_counted == said
    assert NOT_COUNTED in words_in(write_analysis(analysed, tmp_path).read_bytes())
    figures = company_figures(paper_source(desk_at(over, DAY)), "表.xlsx", parse_period("2026H1"))
    assert figures.not_counted == said


def test_the_page_of_a_past_month_and_the_pareto_tables_count_what_was_archived_since(book):
    def page():
        facts = make_meeting(desk_at(book, DAY), "2026-04", MeetingWanted()).facts
        return {one.name: [item.number for item in one.done] for one in facts.departments if one.done}

    before, tables = page(), analyse(desk_at(book, DAY)).paretos
    assert "GJ-2026-008" in [number for numbers in before.values() for number in numbers]
    ended(book)
    assert page() == before
    assert analyse(desk_at(book, DAY)).paretos == tables


def test_the_minutes_of_a_meeting_ask_nothing_of_archived_rows(over, tmp_path):
    wanted = MeetingWanted(minutes=tmp_path / "记录.xlsx")
    made = make_meeting(desk_at(over, DAY), "2026-04", wanted)
    shown = {item.number for one in made.facts.departments for item in (*one.done, *one.late, *one.coming)}
    asked = openpyxl.load_workbook(tmp_path / "记录.xlsx")["填报表"]
    numbers = {asked.cell(row, 1).value for row in range(5, asked.max_row + 1)} - {None}
    assert shown - numbers
    tracked = {row.number for row in open_tracker(desk_at(over, DAY)).register.tracker.records}
    assert numbers <= tracked


def test_a_complaint_is_answered_by_its_archived_action_and_its_form_is_made_there(over, tmp_path):
    (reply,) = write_numbered(REPLY, desk_at(over, DAY), ["XQ-2025-030"], tmp_path / "函").written
    assert reply.missing == ()
    with pytest.raises(UsageError, match=r"编号「GJ-2025-070」已归档在「归档\.xlsx」"):
        write_numbered(REQUEST, desk_at(over, DAY), ["XQ-2025-030"], tmp_path / "单")
    every = write_numbered(REQUEST, desk_at(over, DAY), [], tmp_path / "全", every=True)
    assert "XQ-2026-008" in {one.number for one in every.written}


def test_forms_that_are_printed_from_the_archive_are_named_with_the_command(over, tmp_path):
    """《问题需求登记》 keeps its rows, and the command said that it had none."""
    book = openpyxl.load_workbook(over)
    sheet = book["问题需求登记"]
    heads = {cell.value: cell.column for cell in sheet[1]}

    for (number,) in sheet.iter_rows(min_row=2, max_col=1):
        is_sent = number.value in ("XQ-2025-030", "XQ-2025-033", "XQ-2026-008")
        sheet.cell(number.row, heads["接收部门"]).value = "系统部" if is_sent else None
        sheet.cell(number.row, heads["要求回复日期"]).value = None
    book.save(over)
    made = write_numbered(REQUEST, desk_at(over, DAY), [], tmp_path / "单")
    assert [one.number for one in made.written] == ["XQ-2026-008"]
    command = f"请对它运行：capa-xl request {over.parent / '归档.xlsx'} XQ-2025-030 XQ-2025-033 -o {tmp_path / '单'}"
    assert made.remarks == (f"XQ-2025-030、XQ-2025-033 的措施已归档在「归档.xlsx」，没有做 → {command}",)
    assert made.nothing == made.remarks[0]  # what is said where none is made


def test_reports_and_one_page_reports_of_all_name_what_the_archive_has(year_over, over, tmp_path):
    """They said 没有可生成的文件 of a workbook whose reports lie in the archive beside it."""
    gone = {one.number for one in year_over[1].year.going}
    archive = over.parent / "归档.xlsx"
    for command, write in (
        ("report", lambda path, out: write_reports(desk_at(path, DAY), [], out, every=True, draft=True)),
        ("a3", lambda path, out: write_numbered(A3, desk_at(path, DAY), [], out, every=True, draft=True)),
    ):
        out = tmp_path / command
        (said,) = write(over, out).remarks
        named, _, rest = said.partition(" 已归档在「归档.xlsx」，没有做 → 请对它运行：")
        assert rest == f"capa-xl {command} {archive} --all -o {out}"
        made = {one.number for one in write(archive, out).written}
        assert made <= gone and set(named.partition(" 等")[0].split("、")) <= made
        assert len(made) <= 10 or named.endswith(f" 等 {len(made)} 项")


@pytest.mark.parametrize(
    "preview",
    [
        lambda desk: hand_over(desk, Handover("样例网", "样例工", DAY)),
        reorganise,
        grow,
        propose,
        lambda desk: refresh(desk, check_only=True),
        lambda desk: todo(desk, "样例丙"),
    ],
)
def test_a_preview_on_the_archive_refuses_what_the_write_would(over, preview):
    with pytest.raises(NotATracker, match="年度归档"):
        preview(desk_at(over.parent / "归档.xlsx", DAY))


def test_no_timetable_and_no_file_to_click_is_made_of_the_archive(over, capsys):
    archive = str(over.parent / "归档.xlsx")
    for call in (["schedule", archive, "--print", "cron"], ["desktop", archive]):
        assert run([*call, "--as-of", str(DAY)]) == 20
        assert "「归档.xlsx」是年度归档，不再提醒和回写" in capsys.readouterr().err
    assert not list(over.parent.glob("*.cmd"))


def test_while_an_archive_is_gone_every_command_says_what_does_not_count(over):
    (over.parent / "归档.xlsx").rename(over.parent / "搬走了.xlsx")
    said = "归档的行没有计入引用、复发和指标"
    (outcome,) = daily([over], still_world(DAY), lambda path: desk_at(path, DAY))
    assert said in outcome.words
    assert any(said in note for note in refresh(desk_at(over, DAY)).judged.notes)
    for ask in (
        lambda: write_reports(desk_at(over, DAY), ["GJ-2025-019"], over.parent / "报告"),
        lambda: make_dossiers(desk_at(over, DAY), ["GJ-2025-019"], over.parent / "档"),
        lambda: write_numbered(REQUEST, desk_at(over, DAY), ["GJ-2025-019"], over.parent / "单"),
        lambda: write_numbered(A3, desk_at(over, DAY), ["GJ-2025-019"], over.parent / "A3"),
    ):
        with pytest.raises(UsageError, match="编号「GJ-2025-019」已归档在读不到的上年工作簿「归档"):
            ask()
    (over.parent / "搬走了.xlsx").rename(over.parent / "归档.xlsx")
    assert not any("读不到" in note for note in refresh(desk_at(over, DAY)).judged.notes)


@pytest.mark.parametrize("kind", [REQUEST, A3, REVISION])
def test_a_form_or_a3_of_an_archived_row_is_sent_to_its_archive(over, kind):
    with pytest.raises(UsageError, match=r"编号「GJ-2025-019」已归档在「归档\.xlsx」"):
        write_numbered(kind, desk_at(over, DAY), ["GJ-2025-019"], over.parent / "单")
    with pytest.raises(UsageError, match="核对"):
        write_numbered(kind, desk_at(over, DAY), ["GJ-9999-999"], over.parent / "单")
    assert not (over.parent / "单").exists()


@pytest.mark.parametrize(
    ("before", "archive", "words"),
    [
        (date(2026, 11, 23), "归档.xlsx", "还没有到"),
        (BEFORE, "别处/归档.xlsx", "不在工作簿所在的文件夹"),
        (BEFORE, "表.xlsx", "已经有"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(book, before, archive, words):
    blob = book.read_bytes()
    with pytest.raises(UsageError, match=words):
        end_year(desk_at(book, DAY), before, book.parent / archive, apply=True)
    assert book.read_bytes() == blob
    assert not (book.parent / "归档.xlsx").exists()


def test_the_first_day_that_may_be_named_is_today(book):
    assert end_year(desk_at(book, DAY), DAY, book.parent / "归档.xlsx").year.before == DAY


def test_a_refused_write_takes_its_archive_back(book):
    (book.parent / "~$表.xlsx").write_bytes(b"")

    with pytest.raises(WorkbookLocked):
        ended(book)
    assert not (book.parent / "归档.xlsx").exists()


def test_nothing_ended_is_no_year_end(book):
    done = end_year(desk_at(book, DAY), date(2025, 1, 1), book.parent / "归档.xlsx", apply=True)
    assert (done.written, done.year.going, (book.parent / "归档.xlsx").exists()) == (False, (), False)


def test_a_group_passes_an_archive_by_without_reading_it(book):
    """Told by its fingerprint alone: bytes that nobody could read, on record as an archive, are passed by."""
    archive = book.parent / "归档.xlsx"
    archive.write_bytes(book.read_bytes()[:2000])
    with open_journal(book.parent / ".capa_xl") as conn:
        record_archive(conn, "x", "表.xlsx", archive.name, hashlib.sha256(archive.read_bytes()).hexdigest(), DAY)
    task = GroupTask(Listed(archive, is_named=False), lambda path: desk_at(path, DAY))
    served = prepare_task(task).served
    assert (served.outcome, served.exit_code, "年度归档" in served.words) == ("not_a_tracker", 0, True)


@pytest.mark.parametrize("is_undone", [False, True])
def test_what_counts_several_workbooks_counts_a_year_once_also_when_it_was_taken_back(book, tmp_path, is_undone):
    ended(book)
    if is_undone:
        undo(desk_at(book, DAY))
    alone = facts_of(desk_at(book, DAY)).rows
    desk_of = partial(desk_for, as_of=TODAY, world=WORLD)
    engine = Processes(1, 120.0)
    try:
        group = Group(listed_workbooks([str(book.parent)]), desk_of, TODAY, WORLD, engine)
        left_out = [("表.xlsx", "served"), ("归档.xlsx", "archive")]
        checked = group_check(group)
        assert [(one.workbook.name, one.outcome) for one in checked.served] in (left_out, left_out[::-1])
        assert group_facts(group).rows == alone
        packed = group_pack(group, "2026Q4", tmp_path / "包" / "集团")
        assert [one.workbook for one in packed.figures.companies] == ["表.xlsx"]
        assert [(one.workbook, one.outcome) for one in packed.figures.left_out] == [("归档.xlsx", "archive")]
    finally:
        engine.close()


def test_rows_behind_the_figures_of_a_group_are_named_with_the_archive_they_went_to(book, tmp_path):
    """26 rows went to the archive; every other stands in the workbook, and before all of them did."""
    period = parse_period("2026H1")
    before = company_figures(paper_source(desk_at(book, DAY)), "甲/表.xlsx", period)
    assert {before.file_of(number) for kpi in before.kpis for number in kpi.base} == {"甲/表.xlsx"}
    gone = {going.number for going in ended(book).year.going}
    after = company_figures(paper_source(desk_at(book, DAY)), "甲/表.xlsx", period)
    numbers = {number for kpi in after.kpis for number in kpi.base}
    assert len(gone) == GONE and numbers & gone and numbers - gone
    assert {after.file_of(number) for number in numbers & gone} == {"甲/归档.xlsx"}
    assert {after.file_of(number) for number in numbers - gone} == {"甲/表.xlsx"}
    desk_of = partial(desk_for, as_of=TODAY, world=WORLD)
    listed = listed_workbooks([str(book)])
    group_pack(Group(listed, desk_of, TODAY, WORLD, Here()), "2026H1", tmp_path / "包" / "集团")
    sheet = openpyxl.load_workbook(tmp_path / "包" / "集团" / "01 集团看板.xlsx")["行清单"]
    places = {row[2].value: row[4].value for row in sheet.iter_rows(min_row=4)}
    assert {places[number] for number in gone if number in places} == {"归档.xlsx"}
    assert {place for number, place in places.items() if number in numbers - gone} == {"表.xlsx"}


def test_what_lies_in_the_archive_is_asked_for_there(year_over, over, tmp_path):
    number = year_over[1].year.going[0].number
    for ask in (
        lambda path: make_dossiers(desk_at(path, DAY), [number], tmp_path / "档"),
        lambda path: write_reports(desk_at(path, DAY), [number], tmp_path / "报告", draft=True),
    ):
        with pytest.raises(UsageError, match=f"编号「{number}」已归档在「归档.xlsx」 → 请对归档的工作簿运行"):
            ask(over)
        assert ask(over.parent / "归档.xlsx")


def test_of_an_archive_no_paper_is_made_of_rows_that_live_on(year_over, over, tmp_path):
    """An archive has every row of its day: drafts from it lay over what the workbook in use prints (WALK22 N7)."""
    archive, gone = over.parent / "归档.xlsx", {one.number for one in year_over[1].year.going}
    run = write_reports(desk_at(archive, DAY), [], tmp_path / "报告", every=True, draft=True)
    dossiers = make_dossiers(desk_at(archive, DAY), (), tmp_path / "档", period="2026Q2")
    one_page = write_numbered(A3, desk_at(archive, DAY), [], tmp_path / "A3")
    for command, made, told, there in (
        ("report", run.written, run.remarks, "报告"),
        ("dossier", dossiers.dossiers, dossiers.elsewhere, "档"),
        ("a3", one_page.written, one_page.remarks, "A3"),
    ):
        assert made and {one.number for one in made} <= gone
        (said,) = told
        asked = said.partition(f"capa-xl {command} {over} ")[2].removesuffix(f" -o {tmp_path / there}").split()
        assert said.startswith(f"另有 {len(asked)} 项（GJ-2026-") and "的内容现在在现用的「表.xlsx」里，没有照" in said
        assert asked and not gone & set(asked)
    assert "、GJ-2026-012、" in run.remarks[0]
    answered = write_numbered(
        REPLY, desk_at(archive, DAY), [], tmp_path / "函"
    )  # of needs whose action was archived too
    assert not answered.written and f"capa-xl reply {over} XQ-2025-030 " in answered.nothing


@pytest.mark.parametrize("is_saved", [False, True])
def test_a_number_that_lives_on_is_asked_of_the_workbook_in_use(over, tmp_path, is_saved):
    archive = over.parent / "归档.xlsx"
    if is_saved:  # its bytes are on no record any more, and the workbook in use names it
        openpyxl.load_workbook(archive).save(archive)
    asks = (
        lambda: write_reports(desk_at(archive, DAY), ["GJ-2025-019", "GJ-2026-012"], tmp_path / "x"),
        lambda: make_dossiers(desk_at(archive, DAY), ["GJ-2026-012"], tmp_path / "x"),
        lambda: write_numbered(REVISION, desk_at(archive, DAY), ["GJ-2026-012"], tmp_path / "x"),
    )
    for ask in asks:
        with pytest.raises(
            InAnotherWorkbook, match=r"「GJ-2026-012」还在现用的「表\.xlsx」里，年度归档「归档\.xlsx」里是"
        ):
            ask()
    for whole in (
        lambda: write_plan(desk_at(archive, DAY), tmp_path / "x"),
        lambda: make_meeting(desk_at(archive, DAY), "2026-06", MeetingWanted()),
        lambda: make_pack(desk_at(archive, DAY), "2026Q2", tmp_path / "x"),
    ):
        with pytest.raises(InAnotherWorkbook, match=r"「归档\.xlsx」是年度归档，其中在办的各项在现用的「表\.xlsx」里"):
            whole()
    if not is_saved:
        with pytest.raises(NotATracker, match="年度归档"):
            make_slips(desk_at(archive, DAY), (), tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_without_the_workbook_in_use_nobody_says_what_of_an_archive_lives_on(over, tmp_path):
    archive = over.parent / "归档.xlsx"
    refresh(desk_at(over, DAY))  # the run that sees the rows gone
    over.rename(over.parent / "2027 跟踪表.xlsx")
    refresh(desk_at(over.parent / "2027 跟踪表.xlsx", DAY))  # known under its new name
    with pytest.raises(InAnotherWorkbook, match=r"还在现用的「2027 跟踪表\.xlsx」里"):
        make_dossiers(desk_at(archive, DAY), ["GJ-2026-012"], tmp_path / "x")
    (over.parent / "2027 跟踪表.xlsx").rename(tmp_path / "搬走.xlsx")
    lost = r"看不出「GJ-2026-012」是不是还在办：现用的「表\.xlsx」不在旁边或读不了 → 先把它放回「"
    with pytest.raises(UsageError, match=lost):
        make_dossiers(desk_at(archive, DAY), ["GJ-2026-012"], tmp_path / "x")
    assert make_dossiers(desk_at(archive, DAY), ["GJ-2025-019"], tmp_path / "档").dossiers  # it was seen to go there
    (said,) = make_dossiers(desk_at(archive, DAY), (), tmp_path / "档", period="2026Q2").elsewhere
    assert (
        said.startswith("另有 6 项（GJ-2026-003、") and "看不出是不是还在办，没有做：现用的「表.xlsx」不在旁边" in said
    )
    with pytest.raises(UsageError, match=r"「归档\.xlsx」是年度归档，现用的「表\.xlsx」不在旁边"):
        make_pack(desk_at(archive, DAY), "2026Q2", tmp_path / "x")


def test_dossiers_of_a_period_say_what_of_it_lies_in_the_archive(book, tmp_path):
    before = {one.number for one in make_dossiers(desk_at(book, DAY), (), tmp_path / "前", period="2025Q4").dossiers}
    ended(book)
    after = make_dossiers(desk_at(book, DAY), (), tmp_path / "后", period="2025Q4")
    gone = sorted(before - {one.number for one in after.dossiers})
    assert gone
    (said,) = after.elsewhere
    assert said.startswith(f"这一期另有 {len(gone)} 项已归档在「归档.xlsx」，没有做 → 请对它再运行：capa-xl dossier ")
    archive = book.parent / "归档.xlsx"
    asked = said.partition(f"capa-xl dossier {archive} ")[2].removesuffix(f" -o {tmp_path / '后'}").split()
    assert sorted(asked) == gone  # and no row that lives on: the archive has it as it was when it was made
    assert [one.number for one in make_dossiers(desk_at(archive, DAY), asked, tmp_path / "归").dossiers] == asked
    archive.rename(book.parent / "搬走了.xlsx")
    (lost,) = make_dossiers(desk_at(book, DAY), (), tmp_path / "缺", period="2025Q4").elsewhere
    assert lost.startswith("上年工作簿「归档.xlsx」读不到，其中这一期的措施没有做 → ")


def test_a_review_of_the_old_period_still_prints_what_was_archived_since(book, tmp_path):
    before = make_pack(desk_at(book, DAY), "2026H1", tmp_path / "前")
    ended(book)
    after = make_pack(desk_at(book, DAY), "2026H1", tmp_path / "后")
    papers = [{one.path for one in pack.files if one.path.startswith("03 ")} for pack in (before, after)]
    assert len(papers[0]) > 5
    assert papers[0] == papers[1]
    for path in papers[0]:
        assert (tmp_path / "前" / path).read_bytes() == (tmp_path / "后" / path).read_bytes()
