"""A workbook read with its fingerprint, and replaced only if it is still the one that was read."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from capa_xl.effects.backups import KEPT, backup_path, keep_backup, own_links, prune_backups
from capa_xl.effects.durable import reason, reason_and_cure, sync_folder, write_beside, write_whole
from capa_xl.effects.leftovers import drop_or_keep, restore
from capa_xl.effects.locks import find_lock
from capa_xl.effects.neighbours import is_device, name_sentence
from capa_xl.effects.sharing import held_sentence, insist
from capa_xl.effects.swap import swap_in
from capa_xl.effects.temporary import discard, remove_dead
from capa_xl.effects.watches import Site, Swap, fingerprint, watch
from capa_xl.effects.world import World
from capa_xl.errors import (
    MissingWorkbook,
    UnreadableWorkbook,
    UnsafeWrite,
    UsageError,
    WorkbookChanged,
    WorkbookLocked,
    WorkbookReadOnly,
)

MOST_BYTES = 256 << 20
"""Of a file that is read at all: it stands in memory twice when it is written back."""


def read_file(path: Path) -> tuple[bytes, str]:
    """The file's bytes and their SHA-256.

    Raises:
        UnreadableWorkbook: There is no such file, it can't be opened, it is larger than people's workbooks are, or
            no plain file (a pipe would hang).
        WorkbookLocked: Another program keeps it to itself (Windows).
    """
    try:
        known = path.stat()
        mode = known.st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError
        if not stat.S_ISREG(mode):
            raise UnreadableWorkbook(f"「{path}」不是普通文件（管道或设备） → 请写出文件名")
        if known.st_size > MOST_BYTES:
            raise UnreadableWorkbook(
                f"「{path}」有 {known.st_size >> 20} MB，超过 {MOST_BYTES >> 20} MB，没有读取它 → 请核对文件"
            )
        blob = insist(path.read_bytes)
    except FileNotFoundError as trouble:
        raise MissingWorkbook(f"找不到文件「{path}」 → 请核对路径和文件名") from trouble
    except IsADirectoryError as trouble:
        raise UnreadableWorkbook(f"「{path}」是文件夹 → 请写出工作簿的文件名") from trouble
    except PermissionError as trouble:
        held = held_sentence(trouble, path)
        if not held:  # only Windows lets a program keep others from reading
            raise UnreadableWorkbook(
                f"打不开「{path}」：没有读取权限 → 请让管理员给运行的账号读取这个文件的权限"
            ) from trouble
        raise WorkbookLocked(f"打不开「{path}」：{held}") from trouble
    except OSError as trouble:
        raise UnreadableWorkbook(f"读取「{path}」出错：{reason(trouble)} → 请检查磁盘或网络") from trouble
    return blob, fingerprint(blob)


def replace_file(
    path: Path,
    blob: bytes,
    expected_sha256: str,
    backups: Path,
    stamp: str,
    world: World,
    keep: int = KEPT,
) -> Path:
    """Put new bytes in the place of a workbook, as one step, and keep what was there; gives the backup's path.

    A link is followed to the real file. A person's save always wins: what the swap displaced is looked at, and put back
    if it isn't what was read (`swap`). Whatever goes wrong, workbook and folders are as before.

    Args:
        path: The workbook.
        blob: Its new bytes, proven already.
        expected_sha256: Of the bytes they were planned from.
        backups: The folder for backups.
        stamp: Names the backup: 20261122-083000.
        world: Its clock judges a lock's age. Lock files are looked at just before the swap, without waiting.
        keep: How many backups of this workbook to keep.

    Raises:
        WorkbookChanged: Somebody saved the file meanwhile; it holds what they saved.
        WorkbookLocked: It or its folder is read-only, somebody has it open, or another program keeps it to itself
            (Windows).
        UnsafeWrite: The disk is full or fails, or people gave the file a second name (hard link).
    """
    real = path.resolve()
    before = _unchanged(real, expected_sha256)
    refuse_unwritable(real, backups)
    swap = Swap.of(real, expected_sha256, blob)
    try:
        site = Site(real, backups, stamp, world.now().timestamp())
        backup = _swapped(Replacement(site, before, blob, swap), lambda: _refuse_opened(path, world))
    except FileNotFoundError as trouble:
        raise WorkbookChanged(_moved_away(real)) from trouble
    except PermissionError as trouble:
        if held := held_sentence(trouble, path):
            raise WorkbookLocked(f"「{real}」不能替换：{held}") from trouble
        place = Path(trouble.filename or real).parent  # only Windows lets a program keep others from writing
        raise WorkbookReadOnly(
            f"「{real}」不能替换：在「{place}」里没有写入的权限 → 请让管理员给运行的账号写入这个文件夹的权限"
        ) from trouble
    except OSError as trouble:
        raise UnsafeWrite(f"写入「{real.parent}」出错：{reason(trouble)} → 请检查磁盘空间") from trouble
    sync_folder(real.parent)
    with suppress(OSError):  # the folder can't be listed: the next write prunes it
        prune_backups(real, backups, backup, keep)
    return backup


def holds(path: Path, blob: bytes) -> bool:
    """True when a file lies there with exactly these bytes."""
    try:
        return path.is_file() and path.stat().st_size == len(blob) and path.read_bytes() == blob
    except OSError:
        return False


def write_new(
    path: Path,
    blob: bytes,
    pause: Callable[[float], None] = time.sleep,
    *,
    clean_up: bool = True,
    like_folder: bool = False,
) -> None:
    """Write a file as one step: it is there whole or not at all. An older one in its place is replaced.

    Args:
        clean_up: Remove what killed runs left unfinished in the folder; a folder of many files is looked through once,
            by the run.
        like_folder: It is as open as its folder, whatever the umask: state is never readable by more than the workbook.
        pause: Waits that many seconds, while another program has the older one open (Windows).

    Raises:
        UnsafeWrite: The folder is missing or can't be written, the disk is full, or the older one is held open.
        UsageError: The name is a device's, CON or NUL (Windows).
    """
    if os.name == "nt" and is_device(path):
        raise UsageError(name_sentence(path))
    real = path.resolve()
    temporary: Path | None = None
    try:
        temporary = write_beside(real, blob)
        if like_folder and os.name != "nt":
            temporary.chmod(real.parent.stat().st_mode & 0o666)
        insist(lambda: temporary.replace(real), pause)
    except OSError as trouble:
        if temporary is not None:
            discard(temporary)
        cure = "请检查文件夹、权限和磁盘空间"
        raise UnsafeWrite(f"不能写入「{path}」：{reason_and_cure(trouble, cure, path)}") from trouble
    sync_folder(real.parent)
    if clean_up:
        with suppress(OSError):
            remove_dead(real.parent, real.stat().st_mtime)


class Replacement(Struct, frozen=True):
    """One replacement under way: of which workbook, and the bytes it held and shall hold."""

    site: Site
    before: bytes
    blob: bytes
    swap: Swap


def _swapped(this: Replacement, last_look: Callable[[], None]) -> Path:
    """Do it; gives the backup. Whatever stops it, an interrupt too, everything is as before."""
    real, backups = this.site.real, this.site.backups
    folders = [folder for folder in (backups, backups.parent) if not folder.exists()]
    staged = real.with_name(this.swap.name)
    backup: Path | None = None
    try:
        write_whole(staged, this.blob, real)
        backup = keep_backup(real, this.before, backup_path(real, fingerprint(this.before), backups, this.site.stamp))
        last_look()
        swap_in(staged, real, this.swap)
    except BaseException as trouble:
        _take_back(this, staged, backup, folders, has_stood=isinstance(trouble, WorkbookChanged))
        raise
    watch(staged, this.swap, this.site)
    return backup


def _take_back(this: Replacement, staged: Path, backup: Path | None, folders: list[Path], *, has_stood: bool) -> None:
    """Leave nothing of a replacement that did not happen but a save it displaced, should one have come in its way.

    What can't be taken back now, the next run settles.
    """
    with suppress(OSError, UnsafeWrite):
        put_back_now = restore(staged, this.swap, this.site.real)
        drop_or_keep(staged, this.swap, this.site, has_stood=has_stood or put_back_now)
        if backup is not None:
            discard(backup)
        for folder in folders:
            folder.rmdir()


def _unchanged(real: Path, expected_sha256: str) -> bytes:
    """Its bytes, if they are those that were read; whoever saves by deleting and creating is saving it now."""
    try:
        blob, sha256 = read_file(real)
    except UnreadableWorkbook as trouble:
        if not isinstance(trouble.__cause__, FileNotFoundError):
            raise
        raise WorkbookChanged(_moved_away(real)) from trouble
    if sha256 != expected_sha256:
        raise WorkbookChanged(f"「{real.name}」在处理期间被别人改动，没有写入 → 请再运行")
    return blob


def refuse_unwritable(real: Path, backups: Path) -> None:
    """Return unless file or folder is read-only, or the file has a second name that would silently keep the old bytes.

    Raises:
        WorkbookReadOnly: It is read-only, or its folder, in which its successor is made and takes its place.
        UnsafeWrite: It has another name.
    """
    names = _names(real)
    if not os.access(real, os.W_OK):
        raise WorkbookReadOnly(f"「{real}」是只读文件，没有改动它 → 要更新它，请先取消只读")
    if not os.access(real.parent, os.W_OK | os.X_OK):
        raise WorkbookReadOnly(
            f"「{real.parent}」这个文件夹只读，没有改动其中的「{real.name}」 → "
            "请让管理员给运行的账号写入这个文件夹的权限"
        )
    others = names - 1 - len(own_links(real, backups))
    if others > 0:
        raise UnsafeWrite(
            f"「{real}」还有 {others} 个名字（硬链接），替换后两边会变成两个不同的文件，所以没有写入 → "
            "请只保留一个名字（另一个改成快捷方式或符号链接），再运行"
        )


def _names(real: Path) -> int:
    try:
        return real.stat().st_nlink
    except FileNotFoundError as trouble:
        raise WorkbookChanged(_moved_away(real)) from trouble


def _moved_away(real: Path) -> str:
    return f"「{real.name}」在处理期间被移走，没有写入 → 请再运行"


def _refuse_opened(path: Path, world: World) -> None:
    lock = find_lock(path, world.now().timestamp())
    if lock is not None:
        raise WorkbookLocked(lock.sentence)
