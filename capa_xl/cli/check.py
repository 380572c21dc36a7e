"""capa-xl check: Problems, with cell, clause and fix."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.documents import Document
from capa_xl.cli.options import Run, common_options, desk_of, refuse_the_workbook, workbook_argument
from capa_xl.cli.output import answer, attempted, print_lines, say, say_no_more
from capa_xl.cli.targets import NewFile, refuse_another_workbook
from capa_xl.errors import CapaError, UnreadableWorkbook
from capa_xl.model.list_titles import PROBLEM_LIST

if TYPE_CHECKING:
    from capa_xl.app.shared.desk import Desk
    from capa_xl.app.shared.fixing import Repaired
    from capa_xl.app.shared.judging import Judged


@click.command(cls=ChineseCommand)
@workbook_argument
@click.option(
    "--report",
    "report",
    type=NewFile(".xlsx"),
    metavar="文件.xlsx",
    help="另存为 Excel 清单。",
)
@click.option("--fix", is_flag=True, help="列出可以自动修复的单元格（文本日期、多余空格、全角数字），不写文件。")
@click.option("--apply", "apply_them", is_flag=True, help="写入这些修复（先备份，可用 undo 撤销），再校验。")
@click.option("--conformity", is_flag=True, help="制度执行自查表：R01–R73 逐条的对象数、待整改数和涉及的行。")
@click.option("--verbose", is_flag=True, help="逐条列出未启用的规则和各自需要的工作表、列。")
@common_options
def command(
    workbook: Path, report: Path | None, fix: bool, apply_them: bool, conformity: bool, verbose: bool, run: Run
) -> int:
    """按制度校验：每个问题给出条款、单元格、有问题的值和处理办法。

    有错误时退出码为 1；不能判断的为 20：缺表、缺列、少了五分之一以上在办的行等（daily 也会停下）。
    """
    from capa_xl.app.shared.alarm import next_pass
    from capa_xl.app.shared.unrecorded import unrecorded_code
    from capa_xl.app.use_cases.check import check_workbook, write_report
    from capa_xl.cli.documents.tracker_documents import check_document, repairs_document
    from capa_xl.policy.growth import suggestions

    refuse_the_workbook(report, workbook)
    refuse_another_workbook(report, PROBLEM_LIST)
    desk = desk_of(workbook, run)
    repaired = _repair(desk, run, apply_them=apply_them) if fix or apply_them else None
    judged = _checked(lambda: check_workbook(desk), repaired, workbook)
    unsaved = attempted(lambda: write_report(judged, report)) if report else None
    ahead = next_pass(judged)
    say(run, [*ahead.rows_gone, *judged.damage_above_list])
    _print(judged, run, verbose=verbose)
    if report and not unsaved:
        say(run, [f"清单已存为 {report}。"])
    asked = suggestions(judged.view, judged.journal, str(workbook))
    say(run, asked)
    more = _self_check(judged, run) if conformity else {}
    register = judged.opened.register
    more |= repairs_document(repaired) if repaired else {}
    more |= {"suggestions": list(asked)}
    answer(run, lambda: check_document(workbook, run.as_of.on, register, judged.checked) | more)
    if unsaved:
        raise unsaved
    return unrecorded_code(repaired.notes if repaired else ()) or _exit_code(judged, stops=ahead.stops)


def _exit_code(judged: Judged, *, stops: bool) -> int:
    """1 for errors; where no tracker was read, or the daily pass would stop, the code of what can't be judged."""
    from capa_xl.policy.root_causes import UNREADABLE

    if any(problem.rule in UNREADABLE for problem in judged.checked.problems) or stops:
        return UnreadableWorkbook.exit_code
    return 1 if judged.checked.counts["error"] else 0


def _self_check(judged: Judged, run: Run) -> Document:
    """What the document says of it; it is told after the Problems."""
    from capa_xl.app.shared.self_check import self_check
    from capa_xl.cli.documents.tracker_documents import conformity_document
    from capa_xl.policy.conformity.outside import outside_self_check
    from capa_xl.reports.conformity_text import conformity_lines

    lines = self_check(judged)
    say(run, conformity_lines(lines, outside_self_check(judged.view)))
    return {"conformity": conformity_document(lines)}


def _repair(desk: Desk, run: Run, *, apply_them: bool) -> Repaired:
    """The repairs, written with --apply; they are told before the Problems that are left."""
    from capa_xl.app.shared.fixing import apply_fixes, propose
    from capa_xl.reports.fixes_text import fix_lines

    repaired = apply_fixes(desk) if apply_them else propose(desk)
    say(run, repaired.notes)
    say(run, [*fix_lines(repaired.fixes, written=repaired.written, backup=str(repaired.backup or "")), ""])
    return repaired


def _checked(check: Callable[[], Judged], repaired: Repaired | None, workbook: Path) -> Judged:
    """The check; what stops it doesn't hide that a repair was written before."""
    try:
        return check()
    except CapaError as trouble:
        if repaired is None or not repaired.written:
            raise
        from capa_xl.model.command_line import to_paste

        raise type(trouble)(
            f"修复已写入工作簿（撤销：{to_paste('undo', workbook)}）；之后的校验没有做成：{trouble}"
        ) from trouble


def _print(judged: Judged, run: Run, *, verbose: bool) -> None:
    """Broken to the width of a terminal, whole elsewhere; the last line says what to do next. --quiet: errors alone."""
    if run.quiet:
        _print_errors(judged, run)
        say_no_more()
        return
    from capa_xl.model.command_line import to_paste
    from capa_xl.policy.rules.catalogue import CATALOGUE
    from capa_xl.reports.problem_groups import problem_groups, summarised
    from capa_xl.reports.problems_text import closing_lines, often_lines, problem_lines

    register, derived = judged.opened.register, judged.view.derived
    again, rules = to_paste("check", judged.opened.path), CATALOGUE if verbose else ()
    if run.json or not sys.stdout.isatty():
        say(run, problem_lines(judged.checked, register, derived, again, rules, judged.beside))
        return
    from capa_xl.cli.problem_lines import print_groups

    singly, often = summarised(judged.checked.problems, derived)
    print_groups(problem_groups(singly, register, derived))
    notes = (*judged.beside, "") if judged.beside else ()
    say(run, [*often_lines(often), *notes, *closing_lines(judged.checked, register, again, rules)])


def _print_errors(judged: Judged, run: Run) -> None:
    """One line an error with the row's number; the document of --json holds them itself."""
    from capa_xl.model.problem import Severity
    from capa_xl.reports.problems_text import problem_line

    errors = () if run.json else (one for one in judged.checked.problems if one.severity is Severity.ERROR)
    print_lines(f"{one.number} {problem_line(one)}".strip() for one in errors)
