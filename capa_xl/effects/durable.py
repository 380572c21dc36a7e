"""Writing that survives a power cut: a finished temporary file in the same folder, synced, then renamed."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

from capa_xl.effects.sharing import held_sentence, is_held
from capa_xl.effects.temporary import discard, own_name
from capa_xl.errors import UnsafeWrite

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_REASONS = {
    errno.ENOENT: "没有这个文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "那里只读",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EEXIST: "有一个同名的文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "有一个同名的文件夹",
    errno.ENAMETOOLONG: "名字太长",
}
"""What the system says of a failed write → the same in Chinese; of the rest the system's own words follow."""


def reason(trouble: OSError) -> str:
    """Why the system refused, in Chinese where it is a common case."""
    known = _REASONS.get(trouble.errno or 0)
    return held_sentence(trouble) or known or f"系统不允许（原文：{trouble.strerror or trouble}）"


def reason_and_cure(trouble: OSError, cure: str, path: Path | None = None) -> str:
    """The same with what to do about it: `cure`, unless somebody just has the file open, which says it itself."""
    return held_sentence(trouble, path) if is_held(trouble) else f"{reason(trouble)} → {cure}"


STATE_CURE = (
    "台账、信件、备份都存在这里，请检查权限和磁盘空间，或在 capa_xl.toml 的 [paths] state 写一个能写的文件夹；"
    "只有读取权限的，可用 check、todo、refresh --check、report --draft"
)
"""What to do where the state folder can't be written."""


def make_folder(folder: Path, mode: int = 0o777, cure: str = "请换一个位置或检查权限") -> None:
    """The folder, made with those above it where it is missing.

    Raises:
        UnsafeWrite: It can't be made.
    """
    try:
        folder.mkdir(mode, parents=True, exist_ok=True)
    except OSError as trouble:
        raise UnsafeWrite(f"不能建立文件夹「{folder}」：{reason_and_cure(trouble, cure)}") from trouble


def write_beside(target: Path, blob: bytes, mode_of: Path | None = None) -> Path:
    """A temporary file in the target's folder with these bytes, synced, with the target's mode and owner.

    It is nobody else's to read until it has its mode. Nothing is left behind when writing fails.

    Args:
        mode_of: A file whose mode, owner and extended attributes it gets instead of the target's.
    """
    temporary = target.parent / own_name()
    try:
        with os.fdopen(os.open(temporary, _CREATE, 0o600), "wb") as stream:
            stream.write(blob)
            stream.flush()
            os.fsync(stream.fileno())
        _copy_ownership(mode_of or target, temporary)
    except BaseException:
        discard(temporary)
        raise
    return temporary


def write_whole(place: Path, blob: bytes, mode_of: Path | None = None) -> None:
    """A file with these bytes under a name, as one step; where it fails, nothing of it stays.

    Args:
        mode_of: As `write_beside` has it.
    """
    temporary = write_beside(place, blob, mode_of)
    try:
        temporary.replace(place)
    except BaseException:
        discard(temporary)
        raise


def why_not_writable(folder: Path) -> str:
    """Why no file can be made in a folder, found out by making one; "" when it can.

    Asking for rights isn't enough: root has them all, shares and Windows answer by other rules than they act on.
    """
    try:
        write_beside(folder / "x", b"x").unlink()
    except OSError as trouble:
        return reason(trouble)
    return ""


def why_not_to_be_changed(file: Path) -> str:
    """Why a file that is there can't be written into, found out by opening it for that; "" when it can."""
    try:
        file.open("r+b").close()
    except OSError as trouble:
        return reason(trouble)
    return ""


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder durable, where the system can (Windows can't, and needn't).

    The rename has happened: that it can't be synced (some network shares refuse it) is no reason to say it has not.
    """
    if os.name == "nt":
        return
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _copy_ownership(source: Path, target: Path) -> None:
    """Mode, owner and extended attributes of the file to be replaced; a new file gets what the umask leaves."""
    if not source.exists():
        umask = os.umask(0)
        os.umask(umask)
        target.chmod(0o666 & ~umask)
        return
    shutil.copymode(source, target)
    if hasattr(os, "chown"):
        known, new = source.stat(), target.stat()
        if (known.st_uid, known.st_gid) != (new.st_uid, new.st_gid):
            with suppress(PermissionError):
                os.chown(target, known.st_uid, known.st_gid)
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for name in os.listxattr(source):
                os.setxattr(target, name, os.getxattr(source, name))
