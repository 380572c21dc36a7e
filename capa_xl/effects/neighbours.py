"""What lies beside a workbook and matters to it: conflict copies of synchronising clients, names Windows can't have.

OneDrive, 坚果云, WPS 云文档, Dropbox, Nextcloud and Syncthing put a second file beside the first when two machines
saved it at once. Only people can tell which one counts; until then letters are written from one of two truths.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

_CONFLICT = re.compile(r"冲突|conflict|sync-conflict|-(?:DESKTOP|LAPTOP|PC|WIN)-[A-Z0-9]+$", re.IGNORECASE)
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])$", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
WINDOWS_PATH_LIMIT = 250
"""Longer paths fail in Excel and Explorer (260), and a temporary name needs a few characters more."""


def conflict_copies(workbook: Path) -> tuple[str, ...]:
    """Names beside a workbook that a synchronising client gave to a second version of it."""
    with suppress(OSError):
        return tuple(
            sorted(
                path.name
                for path in workbook.resolve().parent.iterdir()
                if path.suffix.lower() == workbook.suffix.lower()
                and path.name != workbook.name
                and path.stem.startswith(workbook.stem)
                and _CONFLICT.search(path.stem.removeprefix(workbook.stem))
            )
        )
    return ()


def namesakes_beside(workbook: Path) -> tuple[Path, ...]:
    """Other workbooks beside one, of which one name holds the other: 表.xlsx and 表 (1).xlsx, 副本 表.xlsx.

    Names that differ by a number alone, 表1 and 表12, are those of a series.

    Raises:
        OSError: The folder can't be listed.
    """
    stem = workbook.resolve().stem
    alike = (path for path in workbooks_beside(workbook) if is_named_alike(path, workbook))
    return tuple(path for path in alike if not _in_series(*sorted((stem, path.stem), key=len)))


def is_named_alike(one: Path, other: Path) -> bool:
    """Whether one name holds the other, those of a series too: 表.xlsx and 表_2026.xlsx, an archived year."""
    return one.stem in other.resolve().stem or other.resolve().stem in one.stem


def workbooks_beside(workbook: Path) -> tuple[Path, ...]:
    """The other workbooks of its kind in the folder of one, by name.

    Raises:
        OSError: The folder can't be listed.
    """
    own = workbook.resolve()
    return tuple(
        workbook.parent / path.name
        for path in sorted(own.parent.iterdir())
        if path.suffix.lower() == own.suffix.lower()
        and path.name != own.name
        and not path.name.startswith(("~$", ".~"))
    )


def _in_series(shorter: str, longer: str) -> bool:
    return longer.replace(shorter, "", 1).strip(" -_").isdigit()


def conflict_sentence(workbook: Path) -> str:
    """What to do about them; "" where there are none."""
    copies = conflict_copies(workbook)
    if not copies:
        return ""
    return (
        f"「{workbook.name}」旁有同步软件留下的冲突副本：{'、'.join(copies)} → 请对照两份、合并后删除副本；"
        "每日任务只在一台电脑上运行"
    )


def is_device(path: Path) -> bool:
    """Whether Windows takes a path for a device: what is written to it is gone."""
    return bool(_devices(path))


def without_forbidden(name: str) -> str:
    """A name with _ for every character that Windows has in none."""
    return _FORBIDDEN.sub("_", name)


def name_sentence(path: Path) -> str:
    """Why a path can't be used, or hardly, on Windows; "" for a good one."""
    if devices := _devices(path):
        return f"「{devices[0]}」是 Windows 的设备名，不能作文件名或文件夹名 → 请换一个名字"
    length = len(str(path.absolute()))
    if length > WINDOWS_PATH_LIMIT:
        return f"路径有 {length} 个字符，Windows 上超过 {WINDOWS_PATH_LIMIT} 个可能打不开 → 请移到层次更少的文件夹"
    return ""


def _devices(path: Path) -> list[str]:
    return [part for part in path.parts if _DEVICES.match(part.split(".")[0].rstrip(" "))]
