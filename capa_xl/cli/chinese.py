"""click in Chinese: headings of the help and sentences for wrong usage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import click

from capa_xl.errors import CapaError
from capa_xl.model.command_line import with_the_path

_HEADINGS = {
    "Usage:": "用法:",
    "Options:": "选项:",
    "Arguments:": "参数:",
    "Commands:": "命令:",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "Show this message and exit.": "显示本帮助。",
    "[required]": "[必填]",
}


_REASONS = tuple(
    (re.compile(pattern).search, sentence)
    for pattern, sentence in (
        (r"'(.*)' does not exist", "找不到文件或文件夹 {}，请核对路径。"),
        (r"'(.*)' is a directory", "「{}」是文件夹，这里要写文件。"),
        (r"'(.*)' is a file", "「{}」是文件，这里要写文件夹。"),
        (r"'(.*)' is not readable", "「{}」没有读取的权限，请核对权限。"),
        (r"(.*?)(?:\.0)? is not in the range x>=(\d+)", "「{}」太小，至少是 {}。"),
        (r"'(.*)' is not a valid (?:integer|float)", "「{}」不是数字。"),
        (r"'(.*)' is not one of (.*)\.", "「{}」不在可选的值内：{}。"),
    )
)
"""What click says of a wrong value → the same in Chinese."""


def with_its_path(text: str) -> str:
    """A text with the path of the workbook that the running command was given, in the commands it tells."""
    context = click.get_current_context(silent=True)
    given = context.params if context else {}
    workbooks = given.get("workbooks") or (given.get("workbook"),)
    known = workbooks[0] if len(workbooks) == 1 else None
    return with_the_path(text, known) if known else text


class ChineseHelp(click.Command):
    """A command whose help is Chinese throughout and ends with examples."""

    def get_help(self, ctx: click.Context) -> str:
        """The help text with Chinese headings."""
        return in_chinese(super().get_help(ctx))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples to copy, each on a line of its own."""
        from capa_xl.cli.command_examples import EXAMPLES  # only --help needs them

        lines = EXAMPLES.get(ctx.command_path.partition(" ")[2], ())
        if lines:
            with formatter.section("例"):
                formatter.write("".join(f"  {line}\n" for line in lines))


class ChineseCommand(ChineseHelp):
    """A command with Chinese help; where it can't go on, what it tells to run is for the workbook it was given."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; trouble keeps its kind."""
        try:
            return super().invoke(ctx)
        except CapaError as trouble:
            trouble.args = (with_its_path(str(trouble)),)
            raise


class ChineseGroup(ChineseHelp, click.Group):
    """A group with Chinese help."""

    command_class = ChineseCommand


_ALIKE = 0.8
"""A slip of the pen (--aply), not another word: --wait is no --write, which would undo a rehearsal's safety."""
_AT_LEAST = re.compile(r"\[x>=(\d+)\]")


def in_chinese(text: str) -> str:
    """Replace click's own English words in a help text."""
    for english, chinese in _HEADINGS.items():
        text = text.replace(english, chinese)
    return _AT_LEAST.sub(r"[至少 \1]", text)


def usage_sentence(trouble: click.UsageError) -> str:
    """One Chinese sentence for wrong usage: what was said, what is wrong, what to say instead."""
    hint = f"\n帮助：{trouble.ctx.command_path} --help" if trouble.ctx else ""
    return _fault(trouble) + hint


def _fault(trouble: click.UsageError) -> str:
    if isinstance(trouble, click.NoSuchOption):
        near = _nearest(trouble.option_name, trouble.possibilities or ())
        return f"没有选项「{trouble.option_name}」{near}"
    if isinstance(trouble, click.MissingParameter):
        return f"缺少参数「{_name(trouble.param)}」。"
    if isinstance(trouble, click.BadParameter):
        return f"「{_name(trouble.param)}」的值不对：{_reason(trouble.message)}"
    if isinstance(trouble, click.BadOptionUsage):
        taken = "不接受值" if "not take a value" in trouble.message else "后面要写一个值"
        return f"选项「{trouble.option_name}」{taken}。"
    if trouble.message.startswith("No such command"):
        name = trouble.message.split("'")[1]
        return f"没有命令「{name}」{_nearest(name, _commands(trouble.ctx))}"
    if trouble.message.startswith("Got unexpected extra argument"):
        return f"多出参数：{trouble.message.split('(')[-1].rstrip(')')}"
    if trouble.message.startswith("Missing command"):
        return "请给出命令。"
    return trouble.message


def _nearest(word: str, words: Sequence[str]) -> str:
    """The end of the sentence: the nearest word, where there is one."""
    from difflib import get_close_matches  # only a mistyped word needs it

    near = get_close_matches(word, words, 1, _ALIKE)
    return f"，是否指 {near[0]}？" if near else "。"


def _commands(ctx: click.Context | None) -> list[str]:
    return ctx.command.list_commands(ctx) if ctx is not None and isinstance(ctx.command, click.Group) else []


def _name(param: click.Parameter | None) -> str:
    if param is None:
        return "?"
    if isinstance(param, click.Option):
        return param.opts[0]
    return param.make_metavar(click.Context(click.Command(""))).strip("[]")


def _reason(message: str) -> str:
    return next(
        (sentence.format(*_as_typed(found)) for words, sentence in _REASONS if (found := words(message))), message
    )


def _as_typed(found: re.Match[str]) -> list[str]:
    """What the message quotes, as it was typed: click doubles every backslash of a Windows path, and quotes choices."""
    return [words.replace("\\\\", "\\").replace("', '", "、").strip("'") for words in found.groups()]
