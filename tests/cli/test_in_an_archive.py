"""A number that lies in an archive: the command for the archive is told to paste, as it was written."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from capa_xl.cli.chinese import ChineseCommand, ChineseGroup
from capa_xl.errors import InAnotherWorkbook


@click.group(cls=ChineseGroup)
def program() -> None:
    """甲。"""


@program.command(cls=ChineseCommand)
@click.argument("workbook", type=click.Path(path_type=Path))
@click.argument("numbers", nargs=-1)
@click.option("-o", "--output", type=click.Path(path_type=Path))
@click.option("--draft", is_flag=True)
@click.option("--paper", default="甲")
def report(workbook, numbers, output, draft, paper) -> None:
    """乙。"""
    raise InAnotherWorkbook.archived("归档 2025.xlsx", numbers[-1])


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (["表.xlsx", "GJ-1"], "capa-xl report '归档 2025.xlsx' GJ-1"),
        (["年/表.xlsx", "GJ-0", "GJ-1", "-o", "报告", "--draft"],
         "capa-xl report '年/归档 2025.xlsx' GJ-1 --output 报告 --draft"),
    ],
)  # fmt: skip
def test_the_command_for_the_archive_is_told_with_the_options_that_were_written(written, told):
    with pytest.raises(InAnotherWorkbook) as refused:
        program.main(["report", *written], prog_name="capa-xl", standalone_mode=False)
    said = str(refused.value).replace('"', "'")  # Windows quotes otherwise
    assert said == f"编号「GJ-1」已归档在「归档 2025.xlsx」 → 请对归档的工作簿运行这条命令：{told}"
