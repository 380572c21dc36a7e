"""No type name stands for two things, a file name is repeated only for one idea, and no crumb lies about."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "capa_xl"

SAME_IDEA = {
    "__main__.py": "python -m",
    "check.py": "the rules run over a view; the command that runs them",
    "content.py": "what a new workbook holds, and what the sample's holds",
    "fixes.py": "a repair as a value; the repairs of a workbook",
    "history.py": "a change as a value; the command that lists them",
    "journal.py": "what the journal knows, as values; the database",
    "kpi.py": "a KPI as a value; how each is counted",
    "lists.py": "the lists of 字典 by default; as they stand in a workbook",
    "overview.py": "总览 as a value; how it is counted",
    "overview_flow.py": "the twelve months of 总览: counted; drawn",
    "pack.py": "a pack as values; the command that makes it",
    "patch.py": "a patch as a value; the command that writes one",
    "slip.py": "a slip as values; the command that makes them",
    "snapshot.py": "what a run remembers: the value, and how it is taken",
    "statistics.py": "results of the statistics; the rules on them",
    "tally.py": "the numbers of a day as a value; how they are counted",
    "timeline.py": "时间轴 as a value; how it is chosen",
    "todo.py": "what waits for somebody: the value, how it is found, the command",
    "world.py": "clock and sleep as a value; the real ones",
}
"""File names given twice, and the idea they share; a command and its use case always have one name."""
FEW_LINES = 30
WHY_SMALL = {
    "policy/numbers_named.py": "how a cell of several numbers is read; needs, plans and the rules of links ask",
    "policy/entry_fault.py": "three modules that judge entries of 更正记录 give it, and none is above the others",
    "model/series_words.py": "the terminal and the review say alike what the charts judged",
    "model/span_text.py": "papers, charts and the terminal name a span in the same way",
    "workbook/adopting/owners_names.py": "what proposals are held against and what lacks an owner is asked by",
    "model/line_breaks.py": "cells of the tracker and of papers break in the same places",
    "model/list_titles.py": "the command knows an older list by the title that the report prints",
    "model/field_notes.py": "how a note on a field is written and found, for sheets and settings alike",
    "reports/word/empty_sections.py": "what a paper leaves out; the rest of the engine knows nothing of pages",
    "app/shared/changes_on_record.py": "what history, pack and dossier read of changes",
    "app/shared/rehearsal.py": "one question that refresh and daily ask",
    "app/shared/refused_backups.py": "one question of all that make something, with a desk or without",
    "workbook/blank/timeline_patch.py": "what refresh writes on 时间轴, as overview_patch for 总览",
    "policy/conformity/outside.py": "what the self-check leaves out, which pack and check print",
    "policy/correctors.py": "lists, slips, 下一步责任人 and who looks for a number ask it of a row that is set aside",
    "policy/sources_analysed.py": "one judgement of XR07 and of 3.1 of the plan",
    "policy/joined_steps.py": "下一步 and the letters join two steps in the same words",
    "policy/phase_begun.py": "one question that the months of 总览 and the bars of 时间轴 ask",
    "analysis/pareto.py": "one method of the statistics, as each has its file",
    "effects/journal_decoding.py": "a fault and the decorator that every reader of the journal uses",
    "effects/own_lists.py": "one question to a file, asked by commands and by groups",
    "effects/ping.py": "the only file that fetches a page",
    "effects/open_files.py": "the only file that asks the system for more open files",
    "effects/state_folder.py": "one function for everybody who needs the place",
    "model/data_series.py": "one question of the charts and of the rules",
    "model/cell_text.py": "one function for journal and slips",
    "model/chain.py": "one value",
    "model/months.py": "Excel's EDATE",
    "model/zip_system.py": "one function for effects and reports",
    "ooxml/freed_memory.py": "one call into glibc, with its reason",
    "policy/reminders/month_ahead_kpi.py": "what KPI 5 and LG01 share; month_ahead is full",
    "app/use_cases/reorganise.py": "the command; its work is app/shared/replacing",
    "policy/tally.py": "the one count of a day",
    "reports/unknown_text.py": "one sentence that remind, daily and doctor say",
    "reports/xml_text.py": "one idea of papers and workbooks alike",
    "reports/word/members.py": "where reports/word meets the zip of ooxml",
    "reports/word/whole_elements.py": "where cells, rows and paragraphs end, for all that changes them",
    "workbook/blank/formula_results.py": "one idea of 总览 and 时间轴 alike",
    "workbook/blank/overview_cells.py": "the sum of five files",
    "model/simplified.py": "a table of characters that headings and words share",
    "effects/journal_parts.py": "one question to the journal, asked only where a number is merged",
    "workbook/blank/plain_formulas.py": "two builders of sheets hand it to the library",
    "workbook/reading/date_headings.py": "how date headings are built; the ambiguous ones are listed beside it",
}
"""Files of fewer lines than `FEW_LINES` that stay by themselves, and why; the commands of `cli` are small."""


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "_resources" not in path.parts)


def type_names() -> dict[str, set[str]]:
    """Public class, or alias written like one → the files that define it."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in modules():
        for node in ast.parse(path.read_text("utf-8")).body:
            for name in defined(node):
                if name[0].isupper() and not name.isupper():
                    found[name].add(path.relative_to(PACKAGE).as_posix())
    return found


def defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []


def test_no_type_name_stands_for_two_things() -> None:
    twice = {name: sorted(files) for name, files in type_names().items() if len(files) > 1}
    assert twice == {}


def test_a_file_name_is_given_twice_only_for_one_idea() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in modules():
        if path.name != "__init__.py":
            places[path.name].append(path.parent.relative_to(PACKAGE).as_posix())
    twice = {name: found for name, found in places.items() if len(found) > 1 and found != ["app/use_cases", "cli"]}
    assert {name: found for name, found in twice.items() if name not in SAME_IDEA} == {}
    assert [name for name in SAME_IDEA if name not in twice] == []


def test_a_small_file_says_why_it_stands_alone() -> None:
    sizes = {path.relative_to(PACKAGE).as_posix(): len(path.read_text("utf-8").splitlines()) for path in modules()}
    small = {name for name, lines in sizes.items() if lines < FEW_LINES and not name.startswith("cli/")}
    left = {name for name in small if not name.endswith(("__init__.py", "__main__.py", "version.py"))}
    assert left - set(WHY_SMALL) == set()
    assert sorted(set(WHY_SMALL) - small) == []
