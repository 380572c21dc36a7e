"""The swap: new bytes in a workbook's place, unless somebody saved it since it was read; then it is theirs again.

No look before a rename can tell what is saved in the instant between. So the two files change places first, and then
what was displaced is looked at: if it isn't what was read, they change back. What was displaced is watched for a while,
because a program that had it open may still write into it (`watches`).
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from capa_xl.effects.exchange import change_places
from capa_xl.effects.sharing import insist
from capa_xl.effects.watches import Swap, short_print
from capa_xl.errors import UnsafeWrite, WorkbookChanged

_TRIES_BACK = 3


def swap_in(staged: Path, real: Path, swap: Swap) -> None:
    """Let the staged file and the workbook change places; afterwards `staged` is what was displaced.

    Raises:
        WorkbookChanged: What stood there was not what was read. It stands there again, with whatever was saved
            meanwhile; `staged` is the new bytes again, or a save that a newer save displaced.
        UnsafeWrite: What was displaced can't be read, and was put back; or it is a save that can't be put back, and the
            sentence says where it lies.
        OSError: The two can't change places; nothing happened.
    """
    insist(lambda: change_places(staged, real))
    try:
        displaced = short_print(staged)
    except OSError as trouble:
        try:
            _changed_back(staged, real)
        except UnsafeWrite:
            return  # neither to be read nor to be put back now: it stays for the next run to look at, like any other
        raise UnsafeWrite(f"「{real.name}」替换后核对出错，已恢复原样，没有写入 → 请检查磁盘，再运行") from trouble
    if displaced != swap.before:
        put_back(staged, real, swap.after)
        raise WorkbookChanged(f"「{real.name}」在处理期间被别人改动，没有写入 → 请再运行")


def put_back(displaced: Path, real: Path, ours: str) -> None:
    """Give the workbook its displaced file back; a save that falls into this very moment is newer, and stays.

    Args:
        displaced: What shall stand at `real`.
        real: The workbook's place, where our bytes stand.
        ours: First digits of their fingerprint.

    Raises:
        UnsafeWrite: They can't change places; the sentence says where people's file lies.
    """
    standing = ours
    while True:
        put = short_print(displaced)
        if not _changed_back(displaced, real) or short_print(displaced) == standing:
            return
        standing = put


def _changed_back(displaced: Path, real: Path) -> bool:
    """Put a file back; False when nothing stood in its place any more, so that nothing came out for it."""
    for _ in range(_TRIES_BACK):
        try:
            insist(lambda: change_places(displaced, real))
        except FileNotFoundError:  # whoever saves is just between deleting the old and writing the new
            with suppress(OSError):
                real.hardlink_to(displaced)
                displaced.unlink()
                return False
        except OSError:
            continue
        else:
            return True
    raise UnsafeWrite(
        f"「{real.name}」在替换的一瞬间被别人保存，又不能放回原处：别人保存的内容在「{displaced}」，"
        "下次运行会自动放回 → 请先不要改动这两个文件，再运行一次"
    )
