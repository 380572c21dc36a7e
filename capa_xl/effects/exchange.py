"""Two files change places: in one step where the system can, so that nobody's save falls between.

Linux has renameat2(RENAME_EXCHANGE), macOS renamex_np(RENAME_SWAP), Windows ReplaceFileW. File systems without them
(NFS, many shares mounted on Linux) keep the old file under a second name first; there a save by rename that falls into
the few microseconds between the last look and the rename isn't seen, and where there are no links either (FAT), neither
is what a program still writes into the old file.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path

from capa_xl.effects.temporary import discard
from capa_xl.effects.watches import KEPT

_AT_CWD = -100
_LINUX_EXCHANGE = 2
_MACOS_SWAP = 2
_CANNOT = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOTTY})
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


def change_places(staged: Path, real: Path) -> None:
    """After it `real` is the file that was `staged`, and `staged` the one that stood at `real`.

    Raises:
        OSError: Both are as before.
    """
    if os.name == "nt":
        _replace_on_windows(staged, real)
    elif not exchange(staged, real):
        _keep_and_replace(staged, real)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two names, of files or of folders, in one step; False where the system or the file system can't.

    Raises:
        OSError: It can, but not these.
    """
    while True:
        number = _exchange(os.fsencode(one), os.fsencode(other))
        if number == 0:
            return True
        if number in _CANNOT:
            return False
        if number != errno.EINTR:
            raise OSError(number, os.strerror(number), str(other))


def _exchange(one: bytes, other: bytes) -> int:
    """The system's answer: 0, or the errno."""
    if os.name == "nt":
        return errno.ENOSYS
    import ctypes  # most runs swap nothing, and start without it

    system = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        done = system.renamex_np(one, other, _MACOS_SWAP)
    elif hasattr(system, "renameat2"):
        done = system.renameat2(_AT_CWD, one, _AT_CWD, other, _LINUX_EXCHANGE)
    else:
        return errno.ENOSYS
    return ctypes.get_errno() if done else 0


def _keep_and_replace(staged: Path, real: Path) -> None:
    """The old file gets a second name (a copy where the file system has no links), and the new one takes its place."""
    kept = staged.with_suffix(KEPT)
    try:
        while not _has_second_name(real, kept):
            kept.unlink(missing_ok=True)
        staged.replace(real)
    except BaseException:
        discard(kept)
        raise
    _keep_as(kept, staged, real)


def _keep_as(kept: Path, staged: Path, real: Path) -> None:
    """The old file gets the staged one's name; where that is refused it stands in its own place again."""
    try:
        kept.replace(staged)
    except OSError:
        kept.replace(real)
        raise


def _has_second_name(real: Path, kept: Path) -> bool:
    """Give the file its second name; False when another file has come into its place meanwhile."""
    try:
        kept.hardlink_to(real)
    except OSError as trouble:
        if trouble.errno not in _NO_LINKS:
            raise
        shutil.copy2(real, kept)
        return True
    return kept.samefile(real)


def _replace_on_windows(staged: Path, real: Path) -> None:
    from capa_xl.effects.windows import replace_keeping

    kept = staged.with_suffix(KEPT)
    replace_keeping(real, staged, kept)
    _keep_as(kept, staged, real)
