"""capa-xl adopt: an existing table taken over."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options
from capa_xl.cli.output import answer, say


@click.command(cls=ChineseCommand)
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="原表格")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), metavar="文件", help="接管后的新文件。")
@click.option(
    "--map",
    "answers",
    multiple=True,
    metavar="列名=字段",
    help="回答拿不准的列，例：--map 完成时间=完成期限；都不是则写 --map 完成时间=。可多次。",
)
@common_options
def command(source: Path, output: Path, answers: tuple[str, ...], run: Run) -> None:
    """接管现有表格：识别列名，右侧加〔自动〕列，加工具的工作表，写成新文件；原文件和原有内容不动。"""
    from capa_xl.app.use_cases.adopt import adopt_workbook
    from capa_xl.reports.adopt_text import adopt_lines

    done = adopt_workbook(
        source, output, answers=_answers(answers), workbook_id=secrets.token_hex(6), as_of=run.as_of.on
    )
    say(run, adopt_lines(done.found, str(done.target)))
    answer(run, done.as_json)


def _answers(given: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in given:
        heading, sign, field = one.partition("=")
        if not sign or not heading.strip():
            raise click.UsageError(f"--map 应写成 列名=字段，例：--map 完成时间=完成期限；现在是「{one}」。")
        found[heading.strip()] = field.strip()
    return found
