"""Files, folders and patterns that people name → the workbooks of a group, each once, sorted by path. Shared ground.

Asked by os.path, which takes what may not be looked at for what isn't there: Path would raise and end the whole run.
"""
# ruff: noqa: PTH112, PTH113, PTH114 - see above

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from capa_xl.app.shared.desk import DeskOf
from capa_xl.effects.durable import reason
from capa_xl.errors import UsageError
from capa_xl.model.pack import MANIFEST
from capa_xl.ooxml.misnamed_files import OLDER_WORKBOOKS, WORKBOOKS

_PATTERN = "*?["
_NONE_FITS = "没有工作簿符合它 → 请核对路径和通配符；共享文件夹请先连上"
_EMPTY = "文件夹里没有工作簿（.xlsx、.xlsm） → 请核对路径；共享文件夹请先连上"


class Listed(Struct, frozen=True, order=True):
    """One workbook of a group.

    Attributes:
        is_named: People named the file itself; one that a folder or a pattern brought may turn out to be no tracker.
        fault: Why there is no workbook at that place, as a Chinese sentence; "" where one is, or was named.
    """

    path: Path
    is_named: bool
    fault: str = ""


class GroupTask(Struct, frozen=True):
    """One workbook of a group, and how its desk is made."""

    listed: Listed
    desk_of: DeskOf


def listed_workbooks(places: Iterable[str]) -> tuple[Listed, ...]:
    """Every workbook that was named, and those of the folders and patterns, in the order of their paths.

    A folder without a workbook and a pattern that fits nothing are there too, with their fault: like a file that is
    missing each costs only itself, and is never passed over.

    Lock files, hidden files, state folders and review packs in a folder are left out; a link counts as its file.

    Raises:
        UsageError: Nothing was named.
    """
    found: dict[str, Listed] = {}
    for place in places:
        for one in _workbooks_at(place):
            real = os.path.realpath(one.path)
            if real not in found or _worth(one) > _worth(found[real]):
                found[real] = one
    if not found:
        raise UsageError("没有指明工作簿（.xlsx、.xlsm） → 请写出文件、文件夹或通配符，例如 子公司/*.xlsx")
    return tuple(sorted(found.values()))


def _worth(listed: Listed) -> tuple[bool, bool]:
    """Which of two names of one file counts: the one that people wrote, else the one that is no link."""
    return listed.is_named, not os.path.islink(listed.path)


def common_names(paths: Sequence[Path]) -> tuple[str, ...]:
    """Each path below the folder they have in common, with /: the same wherever the group lies."""
    absolute = [path.absolute() for path in paths]
    common = os.path.commonpath([path.parent for path in absolute])
    return tuple(path.relative_to(common).as_posix() for path in absolute)


def places_in(listing: Path) -> tuple[str, ...]:
    """The places that a text file lists, one a line; blank lines and lines that begin with # are passed over.

    Quotes around a line, as Windows copies a path, are no part of the name. A relative one counts from the folder of
    the list.

    Raises:
        UsageError: The file can't be read.
    """
    if listing.exists() and not listing.is_file():
        raise UsageError(f"清单「{listing}」不是普通文件 → 请写出文本文件的名字，每行一个工作簿")
    try:
        lines = listing.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as trouble:
        raise UsageError(f"清单「{listing}」读不出来 → 请存为 UTF-8 文本，每行一个工作簿") from trouble
    words = (_unquoted(line.strip()) for line in lines)
    return tuple(os.path.join(listing.parent, word) for word in words if word and not word.startswith("#"))  # noqa: PTH118 - may hold a pattern


def _unquoted(line: str) -> str:
    return line[1:-1].strip() if len(line) > 1 and line[0] == line[-1] and line[0] in "\"'" else line


def _workbooks_at(place: str) -> Iterator[Listed]:
    path = Path(place)
    if os.path.isdir(path):
        yield from tuple(_in_folder(path)) or (Listed(path, is_named=True, fault=_EMPTY),)
    elif os.path.lexists(path) or not any(sign in place for sign in _PATTERN):
        yield Listed(path, is_named=True)
    else:
        fitting = sorted(glob.glob(place, recursive=True))  # noqa: PTH207 - an absolute pattern is none to Path.glob
        found = tuple(one for name in fitting for one in _fitting(Path(name)))
        yield from found or (Listed(path, is_named=True, fault=_NONE_FITS),)


def _fitting(path: Path) -> Iterator[Listed]:
    """What fits a pattern: a folder, or a workbook that doesn't lie in a pack."""
    if os.path.isdir(path):
        if not _is_pack(path):
            yield from tuple(_in_folder(path)) or (Listed(path, is_named=False, fault=_EMPTY),)
    elif _is_workbook(path) and not _is_pack(path.parent):
        yield Listed(path, is_named=False)


def _in_folder(folder: Path) -> Iterator[Listed]:
    """The workbooks below a folder, and the folders there that can't be opened."""
    unopened: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=unopened.append):
        here = Path(root)
        folders[:] = sorted(name for name in folders if not name.startswith((".", "~")) and not _is_pack(here / name))
        yield from (Listed(here / name, is_named=False) for name in sorted(files) if _is_workbook(here / name))
    for trouble in unopened:
        fault = f"文件夹打不开：{reason(trouble)} → 请检查权限和网络"
        yield Listed(Path(trouble.filename), is_named=True, fault=fault)


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() in (*WORKBOOKS, *OLDER_WORKBOOKS) and not path.name.startswith((".", "~"))


def _is_pack(folder: Path) -> bool:
    """Whether a folder is a review pack: what we made there is no tracker."""
    return os.path.isfile(folder / MANIFEST)
