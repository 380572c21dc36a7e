"""Files to double-click on Windows: `capa-xl desktop` puts them beside a workbook, for people who never see a terminal.

cmd.exe reads a batch file in whatever code page the machine has, 936 or 65001. So a file is plain ASCII: it hands its
own place to capa-xl, which reads from its last line what to do with which workbook, and says the rest itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from msgspec import Struct

from capa_xl.errors import UsageError

ENDING = ".cmd"
_MARK = "rem capa-xl "
_VARIABLES = ("LOCALAPPDATA", "APPDATA", "USERPROFILE", "ProgramFiles")


class DesktopFile(Struct, frozen=True):
    """One file to double-click.

    Attributes:
        title: Its name.
        words: The command, then its options; the workbook comes between.
        before: What the window says first.
    """

    title: str
    words: tuple[str, ...]
    before: str


class Clicked(Struct, frozen=True):
    """What a file says: which of them it is, and its workbook, relative to the file or in full."""

    file: DesktopFile
    workbook: str

    def words_for(self, workbook: str) -> list[str]:
        """The words of the call."""
        command, *options = self.file.words
        return [command, workbook, *options]


DESKTOP_FILES = (
    DesktopFile("校验", ("check",), "按制度校验，只看不改……"),
    DesktopFile("刷新", ("refresh",), "回写〔自动〕列。请先在 Excel 或 WPS 中保存并关闭工作簿……"),
    DesktopFile("今日提醒（预演）", ("remind",), "今天应发的提醒，只列出，不发送："),
    DesktopFile("上季度评审资料包", ("pack", "--period", "上季度"), "生成上季度的管理评审资料包，约需一分钟……"),
    DesktopFile("本季度评审资料包", ("pack", "--period", "本季度"), "生成本季度的管理评审资料包，约需一分钟……"),
)


def batch_blob(file: DesktopFile, program: tuple[str, ...], workbook: str, variables: Mapping[str, str]) -> bytes:
    """The bytes of one .cmd file, lines ended as Windows does.

    Args:
        program: How capa-xl is called: its full path, or the interpreter and -m capa_xl.
        workbook: Its name where it lies beside the file, else its full path.
        variables: The environment: a program below a folder of the user's is named by the variable of that folder, for
            the user's name is often Chinese. Where the path isn't ASCII even so, the file sets code page 65001 first.
    """
    call = " ".join([*(_word(word, variables) for word in program), "desktop", '"%~f0"'])
    lines = (
        "@echo off",
        *(() if call.isascii() else ("chcp 65001 >nul",)),
        call,
        "set code=%errorlevel%",
        "echo.",
        "pause",
        "exit /b %code%",
        f"{_MARK}{json.dumps([file.title, workbook])}",
        "",
    )
    return "\r\n".join(lines).encode()


def read_batch(blob: bytes) -> Clicked:
    """What a .cmd file of ours says.

    Raises:
        UsageError: It is none of ours.
    """
    lines = [line for line in blob.decode("utf-8", "replace").splitlines() if line.startswith(_MARK)]
    try:
        title, workbook = json.loads(lines[-1].removeprefix(_MARK))
        return Clicked(next(file for file in DESKTOP_FILES if file.title == title), str(workbook))
    except (IndexError, ValueError, TypeError, StopIteration):
        raise UsageError(
            "这个 .cmd 文件不是 capa-xl desktop 写的，或被改过。请再对工作簿运行一次 desktop 命令"
        ) from None


def _word(word: str, variables: Mapping[str, str]) -> str:
    """A word of the call: percent signs doubled, a folder of the user's by its variable, quoted where it must be."""
    for name in _VARIABLES:
        folder = variables.get(name, "")
        if folder and word.lower().startswith(f"{folder.lower()}\\"):
            return f'"%{name}%{word[len(folder) :].replace("%", "%%")}"'
    safe = word.replace("%", "%%")
    return f'"{safe}"' if any(not (char.isalnum() or char in "-_.:\\/") for char in word) else safe
