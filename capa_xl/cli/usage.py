"""Sentences for a command that is written wrongly: what was said, what is wrong, what to say instead."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

import click

from capa_xl.model.command_line import THIS_WORKBOOK, in_quotes, to_paste

_REASONS = (
    (r"'(.*)' does not exist", "找不到文件或文件夹「{}」 → 请核对路径"),
    (r"'(.*)' is a directory", "「{}」是文件夹，这里要写文件 → 请写到文件名，例如 文件夹/改进计划跟踪表.xlsx"),
    (r"'(.*)' is a file", "「{}」是文件，这里要写文件夹 → 请写它所在的文件夹，或另一个"),
    (r"'(.*)' is not readable", "「{}」没有读取的权限 → 请核对权限"),
    (r"(.*?)(?:\.0)? is not in the range x>=(\d+)", "「{}」太小，至少是 {}。"),
    (r"'(.*)' is not a valid (?:integer|float)", "「{}」不是数字。"),
    (r"'(.*)' is not one of (.*)\.", "「{}」不在可选的值内：{}。"),
)
"""What click says of a wrong value → the same in Chinese."""

_ALIKE = 0.8
"""A slip of the pen (--aply), not another word: --wait is no --write, which would undo a rehearsal's safety."""


def usage_sentence(trouble: click.UsageError) -> str:
    """One Chinese sentence for wrong usage: what was said, what is wrong, what to say instead."""
    hint = f"\n帮助：{trouble.ctx.command_path} --help" if trouble.ctx else ""
    return _fault(trouble) + hint


def _fault(trouble: click.UsageError) -> str:
    if isinstance(trouble, click.NoSuchOption):
        if isinstance(trouble.ctx.command if trouble.ctx else None, click.Group):
            example = to_paste("check", THIS_WORKBOOK, "--as-of", "2026-03-31")
            return f"「{trouble.option_name}」前面没有命令 → 选项写在命令后面，例如 {example}"
        near = _nearest(trouble.option_name, trouble.possibilities or ())
        return f"没有选项「{trouble.option_name}」{near}"
    if isinstance(trouble, click.MissingParameter):
        return _missing(trouble.param, trouble.ctx)
    if isinstance(trouble, click.BadParameter):
        return f"「{_name(trouble.param)}」的值不对：{_reason(trouble.message)}"
    if isinstance(trouble, click.BadOptionUsage):
        taken = "不接受值" if "not take a value" in trouble.message else "后面要写一个值"
        return f"选项「{trouble.option_name}」{taken}。"
    if trouble.message.startswith("No such command"):
        name = trouble.message.split("'")[1]
        return f"没有命令「{name}」{_nearest(name, _commands(trouble.ctx))}"
    if trouble.message.startswith("Got unexpected extra argument"):
        extra = trouble.message.partition("(")[2].removesuffix(")")
        return f"多写了「{extra}」 → 请删除；路径里有空格的，前后加引号"
    if trouble.message.startswith("Missing command"):
        return "请给出命令。"
    return trouble.message


def _missing(param: click.Parameter | None, context: click.Context | None) -> str:
    """An option by what it is for, with a line that has it; an argument by its name."""
    if not isinstance(param, click.Option):
        return f"缺少「{_name(param)}」{_example_of(context)}"
    what = (param.help or "").partition("。")[0].partition("；")[0].partition("（")[0]
    option = min(param.opts, key=len)
    example = _EXAMPLES.get(param.name or "") or str(param.metavar or "值").partition("|")[0]
    there = context.command.params if context else ()
    given = context.params if context else {}
    arguments = [_argument(one, given.get(one.name or "")) for one in there if _is_in_examples(one)]
    needed = [one for one in there if isinstance(one, click.Option) and one.required and one.name != param.name]
    others = [_other(one, given.get(one.name or "")) for one in needed]
    line = " ".join([context.command_path if context else "capa-xl", *arguments, option, example, *others])
    return f"缺少 {option}" + (f"（{what}）" if what else "") + f"。例：{line}"


def _example_of(context: click.Context | None) -> str:
    """The end of the sentence: the first line of the command's own help, where it has one."""
    from capa_xl.cli.command_examples import EXAMPLES  # only a command without its argument needs it

    name = context.command_path.partition(" ")[2] if context else ""
    return f" → 例：{EXAMPLES[name][0]}" if EXAMPLES.get(name) else "。"


def _argument(param: click.Parameter, given: object) -> str:
    """As it was typed, so that the line can be pasted; else its name."""
    typed = [one for one in (given if isinstance(given, tuple) else (given,)) if isinstance(one, str | os.PathLike)]
    if typed:
        return " ".join(in_quotes(os.fspath(one)) for one in typed)
    return _name(param).partition("|")[0].rstrip(".")


def _other(param: click.Option, given: object) -> str:
    """Another option that has to be there, as it was typed; else with what it is for."""
    value = in_quotes(os.fspath(given)) if isinstance(given, str | os.PathLike) else str(param.metavar or "值")
    return f"{min(param.opts, key=len)} {value}"


def _is_in_examples(param: click.Parameter) -> bool:
    """An argument that has to be there; workbooks may be missing only where a list names them."""
    return isinstance(param, click.Argument) and (param.required or param.name == "workbooks")


_EXAMPLES = {"period": "2026Q4"}
"""What stands behind an option in an example, by its name."""


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
        (sentence.format(*_as_typed(found)) for words, sentence in _REASONS if (found := re.search(words, message))),
        message,
    )


def _as_typed(found: re.Match[str]) -> list[str]:
    """What the message quotes, as it was typed: click doubles every backslash of a Windows path, and quotes choices."""
    return [words.replace("\\\\", "\\").replace("', '", "、").strip("'") for words in found.groups()]
