"""A workbook as it stood, by the hash that the journal has of it: the file itself, or one of its backups."""

from __future__ import annotations

from contextlib import suppress

from capa_xl.app.shared.opening import Opened
from capa_xl.effects.backups import backups_of
from capa_xl.effects.files import read_file
from capa_xl.errors import CapaError


def bytes_of(opened: Opened, fingerprint: str) -> bytes | None:
    """The bytes of that fingerprint: the workbook itself, or one of its backups."""
    if fingerprint == opened.sha256:
        return opened.blob
    for path in reversed(backups_of(opened.path, opened.desk.backups)):
        if fingerprint and fingerprint[:8] in path.stem:
            with suppress(CapaError):
                blob, sha256 = read_file(path)
                if sha256 == fingerprint:
                    return blob
    return None
