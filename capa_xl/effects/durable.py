"""Writing that survives a power cut: a finished temporary file in the same folder, synced, then renamed."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path


def write_beside(target: Path, blob: bytes) -> Path:
    """A temporary file in the target's folder with these bytes, synced, with the target's mode and owner.

    The name doesn't look like a lock file or a workbook. Nothing is left behind when writing fails.
    """
    number, name = tempfile.mkstemp(prefix=".capa_xl-", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(blob)
            stream.flush()
            os.fsync(stream.fileno())
        _copy_ownership(target, temporary)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder durable, where the system can (Windows can't, and needn't)."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network shares refuse it
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
