"""What the journal of a state folder has on record of one of the files beside it: one look answers all of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from capa_xl.effects.journal_events import ArchiveMade, archives_made
from capa_xl.effects.journal_view import knows_rows_of, served_beside


class FileOnRecord(Struct, frozen=True):
    """A file as the journal beside it knows it; where no journal is, nothing is known of it.

    Attributes:
        name: Its file name.
        sha256: Fingerprint of its bytes.
        made: The archives of every workbook of this state folder.
        served_beside: Names of the files beside it that runs knew → the id each had then.
        is_known: Rows of a file of its name were ever seen.
    """

    name: str = ""
    sha256: str = ""
    made: tuple[ArchiveMade, ...] = ()
    served_beside: Mapping[str, str] = field(default_factory=dict)
    is_known: bool = False

    @property
    def archives(self) -> dict[str, str]:
        """Fingerprints of the archives → their names then."""
        return {one.fingerprint: one.name for one in self.made}

    @property
    def lives(self) -> tuple[str, ...]:
        """File names of the workbooks that its bytes were archived from, oldest first."""
        return tuple(one.live for one in self.made if one.fingerprint == self.sha256)

    @property
    def is_archive(self) -> bool:
        """Whether its bytes were archived, of whichever workbook, and it isn't that workbook."""
        return bool(self.lives) and not self.is_in_use_again

    @property
    def is_in_use_again(self) -> bool:
        """Whether it is the workbook that its bytes were archived from: `undo` of year-end, or a backup, gave them."""
        return self.name in self.lives

    @property
    def went_on(self) -> bool:
        """Whether year-end archived a workbook of its file name, which stays in use."""
        return any(one.live == self.name for one in self.made)

    @property
    def archived_ids(self) -> frozenset[str]:
        """The ids of the workbooks that have an archive of its file name."""
        return frozenset(one.workbook_id for one in self.made if one.name == self.name)


def file_on_record(conn: sqlite3.Connection, file: Path, sha256: str) -> FileOnRecord:
    """What is known of a file.

    Args:
        file: Where it lies, links followed.
        sha256: Fingerprint of its bytes now.
    """
    return FileOnRecord(file.name, sha256, archives_made(conn), served_beside(conn, file), knows_rows_of(conn, file))
