"""A workbook read with its fingerprint, and replaced only if it is still the one that was read."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from capa_xl.effects.backups import KEPT, backup_path, keep_backup, prune_backups
from capa_xl.effects.durable import reason, sync_folder, write_beside
from capa_xl.errors import UnreadableWorkbook, UnsafeWrite, WorkbookChanged, WorkbookLocked


def read_file(path: Path) -> tuple[bytes, str]:
    """The file's bytes and their SHA-256.

    Raises:
        UnreadableWorkbook: There is no such file, or it can't be opened.
        WorkbookLocked: Another program keeps it to itself (Windows).
    """
    try:
        blob = path.read_bytes()
    except FileNotFoundError as trouble:
        raise UnreadableWorkbook(f"找不到文件 {path}，请核对路径和文件名") from trouble
    except IsADirectoryError as trouble:
        raise UnreadableWorkbook(f"{path} 是文件夹，请写出工作簿的文件名") from trouble
    except PermissionError as trouble:
        if path.is_dir():
            raise UnreadableWorkbook(f"{path} 是文件夹，请写出工作簿的文件名") from trouble
        raise WorkbookLocked(f"打不开 {path}：没有权限，或正被别的程序独占。请关闭它或检查权限，再运行") from trouble
    except OSError as trouble:
        raise UnreadableWorkbook(f"读取 {path} 出错：{reason(trouble)}。请检查磁盘或网络") from trouble
    return blob, hashlib.sha256(blob).hexdigest()


def replace_file(path: Path, blob: bytes, expected_sha256: str, backups: Path, stamp: str, keep: int = KEPT) -> Path:
    """Put new bytes in the place of a file, as one step, and keep what was there; gives the backup's path.

    A link is followed to the real file. The fingerprint is compared when the new bytes already lie beside it, just
    before the swap. Whatever goes wrong, file and folders are as before.

    Args:
        path: The workbook.
        blob: Its new bytes, proven already.
        expected_sha256: Of the bytes they were planned from.
        backups: The folder for backups.
        stamp: Names the backup: 20261122-083000.
        keep: How many backups of this workbook to keep.

    Raises:
        WorkbookChanged: Somebody saved the file meanwhile.
        WorkbookLocked: It is read-only, or another program keeps it to itself (Windows).
        UnsafeWrite: The folder can't be written, or the disk is full.
    """
    real = path.resolve()
    before = _unchanged(real, expected_sha256)
    if not os.access(real, os.W_OK):
        raise WorkbookLocked(f"{real} 是只读文件，没有改动它。要更新它，请先取消只读")
    target = backup_path(real, expected_sha256, backups, stamp)
    folder_was_there = backups.exists()
    temporary: Path | None = None
    new_backup = swapped = False
    try:
        temporary = write_beside(real, blob)
        if new_backup := keep_backup(target, before):
            shutil.copymode(real, target)
        _unchanged(real, expected_sha256)
        temporary.replace(real)
        swapped = True
    except PermissionError as trouble:
        raise WorkbookLocked(f"{real} 不能替换：文件或文件夹只读，或正被别的程序打开。请关闭它或检查权限") from trouble
    except OSError as trouble:
        raise UnsafeWrite(f"写入 {real.parent} 出错：{reason(trouble)}。请检查磁盘空间") from trouble
    finally:
        if not swapped:
            _clean(temporary, target if new_backup else None, None if folder_was_there else backups)
    sync_folder(real.parent)
    prune_backups(real, backups, keep)
    return target


def write_new(path: Path, blob: bytes) -> None:
    """Write a file as one step: it is there whole or not at all. An older one in its place is replaced.

    Raises:
        UnsafeWrite: The folder is missing or can't be written, or the disk is full.
    """
    real = path.resolve()
    temporary: Path | None = None
    try:
        temporary = write_beside(real, blob)
        temporary.replace(real)
    except OSError as trouble:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise UnsafeWrite(f"不能写入 {path}：{reason(trouble)}。请检查文件夹、权限和磁盘空间") from trouble
    sync_folder(real.parent)


def _unchanged(real: Path, expected_sha256: str) -> bytes:
    blob, sha256 = read_file(real)
    if sha256 != expected_sha256:
        raise WorkbookChanged(f"{real.name} 在处理期间被别人改动，没有写入。请重新运行")
    return blob


def _clean(temporary: Path | None, backup: Path | None, folder: Path | None) -> None:
    """Take back what was made before the swap failed."""
    for path in (temporary, backup):
        if path is not None:
            path.unlink(missing_ok=True)
    while folder is not None and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent if folder.parent.name == ".capa_xl" else None
