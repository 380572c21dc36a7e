"""Files to double-click on Windows: `capa-xl desktop` puts them beside a workbook, for people who never see a terminal.

cmd.exe reads a batch file in the code page that is set while it reads. So the first lines are plain letters, set 65001
(UTF-8), and everything after is UTF-8; the code page that was set before comes back at the end. Whatever the machine's
own is, 936 or 65001, names and sentences are right.
"""

from __future__ import annotations

from dataclasses import dataclass

ENDING = ".cmd"


@dataclass(frozen=True, slots=True)
class DesktopFile:
    """One file to double-click.

    Attributes:
        title: Its name, and the title of its window.
        words: The command and its options, the workbook apart.
        before: What the window says first.
    """

    title: str
    words: tuple[str, ...]
    before: str


DESKTOP_FILES = (
    DesktopFile("校验", ("check",), "正在按制度校验，只看不改……"),
    DesktopFile("刷新", ("refresh",), "正在回写〔自动〕列。请先在 Excel 或 WPS 中保存并关闭工作簿。"),
    DesktopFile("今日提醒（预演）", ("remind",), "今天应发的提醒，只列出，不发送："),
    DesktopFile("本季度评审资料包", ("pack", "--period", "本季度"), "正在生成本季度的管理评审资料包，约需一分钟……"),
)


def batch_blob(file: DesktopFile, program: tuple[str, ...], workbook: str) -> bytes:
    """The bytes of one .cmd file: UTF-8 without a mark, lines ended as Windows does.

    Args:
        program: How capa-xl is called: its full path, or the interpreter and -m capa_xl.
        workbook: The name of the workbook where it lies beside the file, else its full path.
    """
    place = _literal(workbook) if _is_full(workbook) else f"%~dp0{_literal(workbook)}"
    call = " ".join((*(_word(word) for word in program), file.words[0], f'"{place}"', *map(_word, file.words[1:])))
    lines = (
        "@echo off",
        "setlocal",
        "for /f \"tokens=2 delims=:.\" %%c in ('chcp') do set before=%%c",
        "chcp 65001 >nul",
        f"title capa-xl {file.title}",
        f"echo {file.before}",
        "echo.",
        call,
        "set code=%errorlevel%",
        "echo.",
        "if %code% GEQ 2 (echo 没有完成：原因见上面。) else (echo 完成。)",
        "chcp %before% >nul",
        "pause",
        "exit /b %code%",
        "",
    )
    return "\r\n".join(lines).encode()


def _is_full(path: str) -> bool:
    return path.startswith(("\\\\", "/")) or path[1:2] == ":"


def _word(word: str) -> str:
    safe = _literal(word)
    return f'"{safe}"' if any(not (char.isalnum() or char in "-_.:\\/") for char in word) else safe


def _literal(text: str) -> str:
    """Percent signs are doubled: in a batch file they begin a variable."""
    return text.replace("%", "%%")
