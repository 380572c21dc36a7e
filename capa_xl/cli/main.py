"""The command `capa-xl`: finds the subcommand, catches CapaError, turns it into words and an exit code.

Every subcommand lives in a module of its own in `capa_xl.cli` (attribute `command`), imported only when it is called,
so that `capa-xl --help` loads click and nothing else.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import TYPE_CHECKING

import click

from capa_xl.cli.chinese import ChineseGroup
from capa_xl.cli.console import code_page, make_readable
from capa_xl.cli.trouble import FORESEEN, sentence_of
from capa_xl.model.paper_kinds import PAPER_KINDS
from capa_xl.version import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

PAPERS_ALIKE = "paper_commands"
"""The module that makes the commands of all papers asked for by number; others have modules of their own."""

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "生成样例工作簿，走完一遍：校验、刷新、提醒、评审资料包"),
    "new": ("new", "新建空白（或样例）改进计划跟踪表"),
    "adopt": ("adopt", "接管现有表格：识别列名、补齐缺列，原有内容不动"),
    "check": ("check", "按制度校验，逐项给出单元格、条款和处理办法"),
    "refresh": ("refresh", "回写〔自动〕列、校验结果和总览"),
    "remind": ("remind", "列出（或发送）到期应发的提醒"),
    **{
        kind.command: (PAPERS_ALIKE if kind.every else kind.command, kind.summary)
        for kind in PAPER_KINDS
        if kind.command
    },
    "templates": ("templates", "复制、检查 Word 和信件模板，列出可用字段"),
    "analyse": ("analyse", "排列图、趋势、控制图、重复发生；预防措施建议"),
    "pack": ("pack", "一条命令生成管理评审资料包"),
    "dossier": ("dossier", "一项一档：报告、要求单、信件、证据、历史，一项一个文件夹"),
    "signed": ("signed", "签字后的扫描件归到它的文件名下"),
    "archive": ("archive", "核对资料包是否被改动"),
    "todo": ("todo", "某人或某部门的待办"),
    "slip": ("slip", "把等待某部门填写的内容做成填报表"),
    "collect": ("collect", "收回填报表，核对后写入"),
    "reorganise": ("reorganise", "机构调整：在办事项改到新部门名下"),
    "grow": ("grow", "把小的工作簿加到下一级：列加在右侧，表加在最后"),
    "year-end": ("year_end", "年度归档：已结束的行移入归档工作簿"),
    "undo": ("undo", "撤销最近一次 --apply 或就地接管"),
    "history": ("history", "跟踪表在两次运行之间各格的变化"),
    "daily": ("daily", "每日一次：校验、刷新、发送提醒、记账"),
    "group": ("group", "集团：一次处理许多工作簿，用一台电脑或 Dask 集群"),
    "facts": ("facts", "每项措施一行，供其他工具分析（.csv、.parquet）"),
    "schedule": ("schedule", "在打开的窗口里每天到点运行 daily，或打印系统的定时任务"),
    "desktop": ("desktop", "写好可以双击的文件（Windows）"),
    "rules": ("rules", "规则目录"),
    "doctor": ("doctor", "检查本机缺什么"),
    "docs": ("docs", "说明文档在哪里：使用手册、管理员手册等"),
    "completion": ("completion", "打印 Tab 键补全脚本（bash、zsh、fish、PowerShell）"),
    "patch": ("patch", "底层：改写任意工作簿的单元格，别的一个字节也不变"),
}
"""Command → (module in capa_xl.cli, one line of help); the order is that of the day's work."""


class Commands(ChineseGroup):
    """A group whose subcommands are imported on call."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one command."""
        if cmd_name not in COMMANDS:
            return None
        home, _ = COMMANDS[cmd_name]
        module = importlib.import_module(f"capa_xl.cli.{home}")
        command: click.Command = module.paper_command(cmd_name) if home == PAPERS_ALIKE else module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing them."""
        rows = [(name, COMMANDS[name][1]) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands with their lines of the table, without importing them, and the program's own options."""
        from click.shell_completion import CompletionItem

        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        commands = [CompletionItem(name, help=COMMANDS[name][1]) for name in names]
        return commands + click.Command.shell_complete(self, ctx, incomplete)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", message="capa-xl %(version)s", help="显示版本。")
def program() -> None:
    """改进计划跟踪表（CAPA）工具：校验、刷新、提醒、报告。Excel 仍是唯一的记录，人填的一个字节也不改。

    各命令的说明：capa-xl 命令 --help。先试：capa-xl demo
    """


COMPLETE_VARIABLE = "_CAPA_XL_COMPLETE"
"""By which a shell asks for completions; click derives this name from the program's."""

RARELY = (200_000, 20, 20)
"""When to look for circles of garbage: our values have none, and looking costs a sixth of a large refresh."""


def main(arguments: list[str] | None = None) -> None:
    """Run the program and leave with its exit code (architecture.md, *Command line*)."""
    page = code_page()
    for stream in (sys.stdout, sys.stderr):
        make_readable(stream, page)
    if COMPLETE_VARIABLE in os.environ:
        importlib.import_module("capa_xl.cli.powershell")  # with the other shells, as this program answers them
    gc.set_threshold(*RARELY)
    code = run(arguments)
    gc.freeze()  # what is left goes with the process: looking through all of it for circles first costs 30 ms
    sys.exit(code)


def run(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit code; words about trouble go to stderr."""
    try:
        result = program.main(arguments, prog_name="capa-xl", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("已中断，未作任何改动。", err=True)
        return 130
    except FORESEEN as trouble:
        words, code = sentence_of(trouble)
        _complain(words)
        return code
    return result if isinstance(result, int) else 0


def _complain(words: str) -> None:
    from capa_xl.cli.output import print_lines

    print_lines(words.split("\n"), err=True)
