"""A command as people paste it into their own shell: after a hint, with the workbook's own name."""

from __future__ import annotations

import os
import re
import shlex

_UNSAFE = " \t\"'&|<>()^;*?$`!~#{}[],@"
"""What some shell reads as more than a character; a backslash only where the shell is no Windows one."""
_EXPANDED_IN_QUOTES = frozenset('"$`!\\')
_UNSAFE_ON_WINDOWS = re.compile(rf"[{re.escape(_UNSAFE)}\s“”„‘’‚‛–—―]+")
"""To PowerShell every Unicode blank parts words, and Chinese quotes and dashes are quotes and dashes."""
_EXPANDED_BY_POWERSHELL = frozenset('"“”„$`')
"""What ends double quotes there or stands for something else in them."""
_SINGLE_QUOTES_OF_POWERSHELL = "['‘’‚‛]"

THIS_WORKBOOK = "本工作簿"
"""Stands for the path in a command that a sheet of the workbook shows; where the path is known, it is put there."""
NEW_WORKBOOK = "新表.xlsx"
"""What a command that takes a table over calls the new file."""
_COMMAND = r"capa-xl (?:\"[^\"]*\"|'[^']*'|[^\"'，；。])*"
_OF_THIS = rf"(capa-xl(?: [!-~]+)+ ){THIS_WORKBOOK}"


def to_paste(command: str, *arguments: object) -> str:
    """capa-xl check 跟踪表.xlsx; names with blanks or signs stand in quotes."""
    return " ".join(("capa-xl", *command.split(), *(in_quotes(str(argument)) for argument in arguments)))


def to_adopt(workbook: object, *more: object, is_adopted: bool) -> str:
    """The command that takes a table over, or further sheets and headings of one that is.

    Args:
        workbook: Its path, or THIS_WORKBOOK.
        more: Further arguments.
        is_adopted: Whether it has 参数 of ours: only then adopt writes in place, else it needs a new file's name.
    """
    return to_paste("adopt", workbook, *(() if is_adopted else ("-o", NEW_WORKBOOK)), *more)


def with_the_path(text: str, workbook: object) -> str:
    """The text with the workbook's path in every command that says THIS_WORKBOOK; its other words stay."""
    return re.sub(_OF_THIS, lambda found: found[1] + in_quotes(str(workbook)), text)


def without_commands(text: str) -> str:
    """The text as a paper says it, which nobody pastes from: less what sends to a command, clause by clause.

    A condition whose whole advice was the command goes with it.
    """
    if not re.search(_COMMAND, text):
        return text
    clauses = re.sub(_COMMAND, "capa-xl", text).rstrip("。").split("；")
    return "；".join(filter(None, map(_without_command, clauses)))


def _without_command(clause: str) -> str:
    pieces = clause.split("，")
    kept = [piece for piece in pieces if "capa-xl" not in piece]
    is_left_open = len(kept) < len(pieces) and kept and kept[-1].endswith("的")
    return "" if is_left_open else "，".join(kept)


def in_quotes(text: str, *, windows: bool = os.name == "nt") -> str:
    """An argument as the shell takes it: bare where nothing in it is special, else between quotes.

    Line breaks become blanks: a command is one line.

    Args:
        text: The argument.
        windows: For cmd.exe and PowerShell, or for PowerShell alone where they agree on no form: on `“”„"$` and the
            backtick. Else for a Unix shell.
    """
    line = " ".join(text.split()) if "\n" in text or "\r" in text else text
    if windows:
        return _in_quotes_on_windows(line)
    if line and not set(line).intersection(_UNSAFE) and "\\" not in line:
        return line
    return shlex.quote(line) if set(line) & _EXPANDED_IN_QUOTES else f'"{line}"'


def program_in_quotes(path: str, *, windows: bool = os.name == "nt") -> str:
    """The path of a program as a command begins with it.

    To PowerShell a line that begins with a quote is a text, no command, and the programs of a virtual environment look
    for the first blank where a quote stands within: a path with blanks is handed to cmd.exe, whichever shell reads it.
    """
    if not windows:
        return in_quotes(path, windows=False)
    if re.search(r"\s", path):
        return f"cmd /c call {in_quotes(path, windows=True)}"
    return _UNSAFE_ON_WINDOWS.sub(r'"\g<0>"', path)


def _in_quotes_on_windows(line: str) -> str:
    if line and not _UNSAFE_ON_WINDOWS.search(line):
        return line
    if set(line) & _EXPANDED_BY_POWERSHELL:
        return "'" + re.sub(_SINGLE_QUOTES_OF_POWERSHELL, r"\g<0>\g<0>", line) + "'"
    backslashes = len(line) - len(line.rstrip("\\"))
    return f'"{line}' + "\\" * backslashes + '"'
