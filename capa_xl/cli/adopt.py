"""capa-xl adopt: an existing table taken over, with a conversation on a terminal or with flags."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.company import company_option, without_company
from capa_xl.cli.options import Run, common_options, desk_of
from capa_xl.cli.output import answer, say
from capa_xl.cli.targets import NewFile

if TYPE_CHECKING:
    from capa_xl.model.adoption import Answers
    from capa_xl.workbook.adopting.adopted_workbook import Adopting
    from capa_xl.workbook.adopting.closest_table import NoTableFound
    from capa_xl.workbook.adopting.find_tables import FieldTaken


def _refuse_unreadable(ctx: click.Context, _param: click.Parameter, source: Path) -> Path:
    """Before the name of the new file is judged: what can't be taken over is to be saved as something else first."""
    from capa_xl.app.use_cases.adopt import read_source_table

    if not ctx.resilient_parsing:
        read_source_table(source)
    return source


@click.command(cls=ChineseCommand)
@click.argument(
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="原表格",
    is_eager=True,
    callback=_refuse_unreadable,
)
@click.option(
    "-o",
    "--output",
    type=NewFile(".xlsx", ".xlsm"),
    metavar="文件",
    help="接管后的新文件；已接管的工作簿不写这一项，就在原文件上改（先备份，可用 undo 撤销）。",
)
@click.option(
    "--sheet",
    "sheets",
    multiple=True,
    metavar="工作表",
    help="接管哪个工作表，可多次；几个合成一张跟踪表。",
)
@click.option(
    "--map",
    "answers",
    multiple=True,
    metavar="列名=标准列名",
    help="回答拿不准的列，例：--map 要求完成时间=完成期限；都不是则写 --map 要求完成时间=。可多次。",
)
@click.option(
    "--value",
    "values",
    multiple=True,
    metavar="列:词=意思",
    help="说明表中用词的意思，例：--value 严重度:A=重大；当作空白则写 --value 严重度:A=。可多次。",
)
@company_option
@click.option("--allow-left-out", is_flag=True, help="多数行读不出来、不会参与跟踪时，也照样接管。")
@click.option("--no-input", is_flag=True, help="在命令窗口里也不提问，只按写明的选项处理。")
@common_options
def command(
    source: Path,
    output: Path | None,
    sheets: tuple[str, ...],
    answers: tuple[str, ...],
    values: tuple[str, ...],
    company: str,
    allow_left_out: bool,
    no_input: bool,
    run: Run,
) -> int:
    """接管现有表格：识别列名和用词，右侧加〔自动〕列，加工具的工作表，写成新文件；原文件和原有内容不动。"""
    from capa_xl.app.use_cases.adopt import survey_workbook
    from capa_xl.app.use_cases.take_in import require_adopted
    from capa_xl.cli.adopt_questions import ask_all
    from capa_xl.errors import UsageError
    from capa_xl.workbook.adopting.adopted_workbook import Adopting
    from capa_xl.workbook.adopting.closest_table import NoTableFound
    from capa_xl.workbook.adopting.find_tables import FieldTaken
    from capa_xl.workbook.blank.content import company_name

    if output is None:
        require_adopted(desk_of(source, run))
        if company.strip():
            raise UsageError(
                "--company 只用于接管成新文件（-o） → 已接管的，公司名称在《参数》填，页眉在“页面设置”里填"
            )
    workbook_id = secrets.token_hex(6) if output else ""
    said = _headings(answers), workbook_id, run.as_of.on, _meanings(values), _names(sheets)
    wish = Adopting(*said, allow_left_out, company_name(company))
    try:
        if sys.stdin.isatty() and sys.stdout.isatty() and not (no_input or run.json or run.quiet):
            wish = ask_all(wish, lambda tried: survey_workbook(source, tried))
        if output is None:
            return _take_in(source, wish, run)
        _adopt(source, output, wish, run)
    except NoTableFound as refused:
        raise NoTableFound(f"{refused}\n{_with_answers(source, output, wish, refused)}") from refused
    except FieldTaken as refused:
        raise UsageError(f"{refused}\n{_with_one_column(source, output, wish, refused)}") from refused
    return 0


def _with_one_column(source: Path, output: Path | None, wish: Adopting, taken: FieldTaken) -> str:
    """The command to paste in which the other column is none of ours."""
    from capa_xl.model.adoption import Answers
    from capa_xl.reports.adopt_text import one_line, paste_line

    others = {heading: said for heading, said in wish.answers.items() if one_line(heading) != one_line(taken.other)}
    answers = Answers({**others, taken.other: ""}, wish.meanings, wish.sheets, company=wish.company)
    line = paste_line(str(source), str(output or ""), answers)
    return f"是「{one_line(taken.said)}」的，运行这一行：\n{line}"


def _with_answers(source: Path, output: Path | None, wish: Adopting, refused: NoTableFound) -> str:
    """The command to paste once somebody put the columns in that the table seems to lack."""
    from capa_xl.model.adoption import UNDECIDED, Answers
    from capa_xl.reports.adopt_text import paste_line

    known = {heading: said for heading, said in wish.answers.items() if heading not in refused.strangers}
    given = Answers(known, wish.meanings, wish.sheets, company=wish.company)
    line = " ".join((paste_line(str(source), str(output or ""), given), *refused.answers))
    fill = f"把「{UNDECIDED}」换成表中的列名" if UNDECIDED in line else "核对等号左边的列名"
    lacking = "（表中没有这一列的，删除那一段）" if UNDECIDED in line else ""
    return f"请{fill}{lacking}，再运行这一行：\n{line}" if refused.answers else ""


def _adopt(source: Path, output: Path, wish: Adopting, run: Run) -> None:
    """Another file, with everything the tool needs."""
    from capa_xl.app.use_cases.adopt import adopt_workbook
    from capa_xl.cli.documents.foreign_documents import adopt_document
    from capa_xl.errors import UsageError
    from capa_xl.reports.adopt_text import adopt_lines, refusal

    done = adopt_workbook(source, output, wish)
    if not done.is_written:
        answer(run, lambda: adopt_document(done))
        raise UsageError(refusal(done.found, str(source), str(output), _answers(source, wish)))
    *told, next_step = adopt_lines(done.found, str(output), _answers(source, wish))
    no_company = [] if done.has_company or not done.found.sheets else [_NO_COMPANY]
    say(run, [*told, *done.reach.sentences, *no_company, next_step])
    answer(run, lambda: adopt_document(done))


_NO_COMPANY: Final = without_company("加 --company 名称 再运行一次（还没有人动过的新文件会换掉）")


def _take_in(workbook: Path, wish: Adopting, run: Run) -> int:
    """Further sheets of a workbook that is adopted already, or what came into its own ones since: the exit code."""
    from capa_xl.app.shared.unrecorded import unrecorded_code
    from capa_xl.app.use_cases.take_in import take_in
    from capa_xl.cli.documents.foreign_documents import taken_in_document
    from capa_xl.errors import UsageError
    from capa_xl.reports.adopt_text import refusal, taken_in_lines

    taken = take_in(desk_of(workbook, run), wish)
    answer(run, lambda: taken_in_document(taken))
    if not taken.is_settled:
        raise UsageError(refusal(taken.found, str(workbook), "", _answers(workbook, wish)))
    told = taken_in_lines(taken.found, str(workbook), str(taken.backup or ""), _answers(workbook, wish))
    say(run, (*taken.notes, *told, *taken.untracked))
    return unrecorded_code(taken.notes)


def _answers(source: Path, wish: Adopting) -> Answers:
    """What was answered, and the likeliest answer to all that is or will be asked then; 待定 where nothing says it.

    What a pasted command still has as 待定 is asked again.
    """
    from capa_xl.app.use_cases.adopt import survey_workbook
    from capa_xl.cli.adopt_questions import answer_likeliest, with_marks_as_pasted
    from capa_xl.model.adoption import Answers

    whole, asked = answer_likeliest(wish.decided, lambda tried: survey_workbook(source, tried))
    if not asked:  # then nothing was shown that is only proposed
        return Answers(whole.answers, whole.meanings, whole.sheets, company=wish.company)
    there = {word.field for word in survey_workbook(source, wish.decided).words}
    pasted = survey_workbook(source, whole.decided)
    asked = with_marks_as_pasted(asked, pasted)
    later = tuple(one for one in pasted.words if one.field not in there and not one.is_asked)
    settled = tuple(one for one in later if not one.is_answered)
    return Answers(whole.answers, whole.meanings, whole.sheets, asked, settled, wish.company)


def _names(sheets: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sheet.strip() for sheet in sheets))


def _headings(given: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in given:
        heading, sign, field = one.rpartition("=")
        if not sign or not heading.strip():
            raise click.UsageError(f"--map 应写成 列名=标准列名，例：--map 要求完成时间=完成期限；现在是「{one}」。")
        found[heading.strip()] = field.strip()
    return found


def _meanings(given: tuple[str, ...]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for one in given:
        place, sign, meaning = one.rpartition("=")
        column, colon, word = place.replace("：", ":", 1).partition(":")
        if not (sign and colon and column.strip() and word.strip()):
            raise click.UsageError(f"--value 应写成 列:词=意思，例：--value 严重度:A=重大；现在是「{one}」。")
        found.setdefault(column.strip(), {})[word.strip()] = meaning.strip()
    return found
