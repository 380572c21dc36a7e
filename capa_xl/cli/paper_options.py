"""Options of the commands that write Word papers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from capa_xl.cli.targets import NewFolder

F = TypeVar("F", bound=Callable[..., Any])


def output_option(function: F) -> F:
    """Add -o PLACE, a folder or, for a single paper, the .docx itself."""
    return click.option(
        "-o",
        "--output",
        type=NewFolder(".docx"),
        required=True,
        metavar="文件夹|文件.docx",
        help="写到这个文件夹（没有就新建）；只有一份时也可直接写文件名 .docx。草稿的文件名加“草稿”。",
    )(function)


def final_options(function: F) -> F:
    """Add --draft and --with-findings, of papers whose finals are refused while errors are open."""
    insisting = "有未处理的错误也定稿：报告、计划印在附注里，一页报告、回复函只在屏幕上列出。"
    function = click.option("--with-findings", is_flag=True, help=insisting)(function)
    return click.option("--draft", is_flag=True, help="只出草稿。")(function)


def templates_option(function: F) -> F:
    """Add --templates DIR, the quality department's own templates."""
    return click.option(
        "--templates",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="文件夹",
        help="质量部自己的 Word 模板；其中没有的用自带的。",
    )(function)
