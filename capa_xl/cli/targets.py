"""What a command is told to write: a file of the right ending, or a folder; what can't be right is refused at once.

Before anything is read: another ending, a folder where a file belongs and the other way round, and a file lying there
that is no such file at all, whatever its name says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

_OFFICE = ".doc .docx .docm .dot .dotx .wps .xls .xlsx .xlsm .xlsb .et .ppt .pptx .pdf"
_OTHERS = ".csv .parquet .zip .7z .rar .txt .md .json .xml .html .eml .ics .png .jpg .db .toml .bak"
FILE_ENDINGS = frozenset((*_OFFICE.split(), *_OTHERS.split()))
"""Endings that no folder has: whoever writes one means a file."""
TEXT_ENDINGS = frozenset((".csv", ".txt", ".md", ".json", ".xml", ".html", ".ics", ".toml"))


class NewFile(click.ParamType[Path]):
    """A file to be written, in the place of an older one of the same kind where one lies there."""

    name = "文件"

    def __init__(self, *endings: str) -> None:
        """Endings with their dot, in lower case."""
        self.endings = endings

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, or a Chinese sentence about what to write."""
        path = Path(value)
        if fault := file_fault(path, self.endings):
            raise click.BadParameter(fault, ctx, param)
        return path


class NewText(click.ParamType[Path]):
    """A text file of whatever ending; an office document, or a file that is no text, is never replaced by one."""

    name = "文件"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, or a Chinese sentence about what to write."""
        path = Path(value)
        if path.is_dir():
            raise click.BadParameter(f"「{path}」是文件夹 → 请写文件名", ctx, param)
        if path.suffix.lower() in FILE_ENDINGS - TEXT_ENDINGS or (path.is_file() and not _is_text(path)):
            raise click.BadParameter(f"「{path}」不是文本文件，没有动它 → 请换一个文件名", ctx, param)
        return path


class NewFolder(click.ParamType[Path]):
    """A folder to write into; where it isn't there it is made."""

    name = "文件夹"

    def __init__(self, *endings: str) -> None:
        """Endings of a single file that may be given instead of a folder; none for most commands."""
        self.endings = endings

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, or a Chinese sentence about what to write."""
        path = Path(value)
        is_file = path.suffix.lower() in (*FILE_ENDINGS, *self.endings) and not path.is_dir()
        fault = file_fault(path, self.endings) if self.endings and is_file else folder_fault(path, is_file=is_file)
        if fault:
            raise click.BadParameter(fault, ctx, param)
        return path


def file_fault(path: Path, endings: tuple[str, ...]) -> str:
    """Why no file of that kind is written there; "" where one may be."""
    if path.is_dir():
        return f"「{path}」是文件夹 → 请写文件名，例如 {path / f'结果{endings[0]}'}"
    if path.suffix.lower() not in endings:
        return f"「{path.name}」的扩展名应是 {' 或 '.join(endings)}，例如 {path.with_suffix(endings[0]).name}"
    if path.is_file() and not _KINDS.get(path.suffix.lower(), _is_anything)(path):
        return f"「{path}」已经存在，而且不是 {path.suffix.lower()} 文件，没有动它 → 请换一个文件名，或先把它移走"
    return ""


def folder_fault(path: Path, *, is_file: bool) -> str:
    """Why nothing is written into a folder of that name; "" where something may be."""
    if path.exists() and not path.is_dir():
        return f"「{path}」是文件，这里要写文件夹；没有动它"
    return f"「{path}」像是文件名，这里要写文件夹，例如 {path.with_suffix('')}" if is_file else ""


def refuse_unwritable_targets(context: click.Context) -> None:
    """Return where everything that a call names to be written can be: asked before anything is done, not after it.

    Raises:
        UnsafeWrite: A file can't be made in that folder.
    """
    for parameter in context.command.params:
        target = context.params.get(parameter.name or "")
        if isinstance(parameter.type, NewFile | NewFolder) and isinstance(target, Path):
            _refuse_unwritable(target, is_made=isinstance(parameter.type, NewFolder))


def _refuse_unwritable(target: Path, *, is_made: bool) -> None:
    """A missing folder is a fault for a file; where the folder itself `is_made`, the nearest one above counts."""
    from capa_xl.effects.durable import why_not_writable
    from capa_xl.errors import UnsafeWrite

    folder = target.absolute() if is_made and not target.is_file() else target.absolute().parent
    while is_made and not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if fault := why_not_writable(folder):
        raise UnsafeWrite(f"不能写入「{target}」：{fault}；还什么都没有做 → 请检查文件夹、权限和磁盘空间")


def refuse_another_kind(source: Path, target: Path) -> None:
    """Return where a workbook's changed copy keeps its ending: macros are in an .xlsm and in nothing else.

    Raises:
        UsageError: The endings differ.
    """
    from capa_xl.errors import UsageError

    if source.suffix.lower() != target.suffix.lower():
        raise UsageError(
            f"「{target.name}」的扩展名应与原文件相同，没有写任何文件 → 请写成 {target.stem}{source.suffix}"
        )


def refuse_another_workbook(target: Path | None, title: str) -> None:
    """Return unless a list would be written over a workbook of somebody's: a tracker of whatever name, or any other.

    Args:
        title: What the lists of that kind are called in their properties; an older one is replaced.

    Raises:
        UsageError: The file lying there is no such list.
    """
    if target is None or not target.is_file():
        return
    from capa_xl.effects.own_lists import own_title  # only a target that is there is looked into
    from capa_xl.errors import UsageError

    if own_title(target) != title:
        raise UsageError(f"「{target}」是别的工作簿，没有改动它 → 请换一个文件名，或先把它移走")


def _is_workbook(path: Path) -> bool:
    from capa_xl.effects.own_lists import part_of  # only a target that is there is looked into

    return bool(part_of(path, "xl/workbook.xml"))


def _is_paper(path: Path) -> bool:
    from capa_xl.effects.own_lists import part_of  # only a target that is there is looked into

    return bool(part_of(path, "word/document.xml"))


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _is_text(path: Path) -> bool:
    """Plain text, or UTF-16 with its mark."""
    with path.open("rb") as file:
        return file.read(2) in (b"\xff\xfe", b"\xfe\xff") or _is_plain_text(path)


def _is_plain_text(path: Path) -> bool:
    with path.open("rb") as file:
        return b"\x00" not in file.read(4096)


def _is_anything(path: Path) -> bool:
    return True


_KINDS: Mapping[str, Callable[[Path], bool]] = {
    ".xlsx": _is_workbook,
    ".xlsm": _is_workbook,
    ".docx": _is_paper,
    ".parquet": _is_parquet,
    ".csv": _is_plain_text,
}
