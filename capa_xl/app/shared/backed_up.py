"""A workbook as it stood, by the hash that the journal has of it: the file itself, or one of its backups."""

from __future__ import annotations

from pathlib import Path

from capa_xl.app.shared.opening import Opened
from capa_xl.effects.backups import backups_of
from capa_xl.effects.files import read_file
from capa_xl.errors import CapaError, UnsafeWrite


def bytes_of(opened: Opened, fingerprint: str) -> bytes | None:
    """The bytes of that fingerprint: the workbook itself, or one of its backups; None where none has them.

    Raises:
        UnsafeWrite: The backup that should have them can't be read.
    """
    if fingerprint == opened.sha256:
        return opened.blob
    for path in reversed(backups_of(opened.path, opened.desk.backups)):
        if fingerprint and fingerprint[:8] in path.stem:
            blob, sha256 = read_backup(path)
            if sha256 == fingerprint:
                return blob
    return None


def read_backup(path: Path) -> tuple[bytes, str]:
    """The bytes of a backup that is to be taken back, and their SHA-256.

    Raises:
        UnsafeWrite: It can't be read: it is not gone, so that nobody may do without it unasked.
    """
    try:
        return read_file(path)
    except CapaError as unread:
        raise UnsafeWrite(
            f"没有撤销：写入前的备份读不出来（{unread}） → 读得出来以后再运行；确实坏了的，把这个备份移走再运行"
        ) from unread
