"""Opening a workbook: its bytes, their fingerprint, and the register read from them. Shared ground of the use cases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.past_workbooks import with_past_years
from capa_xl.effects.files import read_file
from capa_xl.effects.journal import is_there, look_into_journal
from capa_xl.effects.journal_parts import measures_of_parts
from capa_xl.effects.journal_view import id_in_force
from capa_xl.errors import NotATracker, UnreadableWorkbook, UnsafeWrite
from capa_xl.model.register import Register
from capa_xl.ooxml.misnamed_files import refuse_misnamed
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.reading.reader import register_of, require_tracker

T = TypeVar("T")

_SUBJECT = re.compile("^(?:这|工作簿文件|工作簿|文件)(?=[是不已超设受的])")
"""What stands for the file in a sentence on its bytes."""
_TRIES = 60
_LOOKS = 5
HALF_SAVED_S = 0.3
"""How long a workbook that can't be read must stand unchanged to count as damaged."""


@dataclass(frozen=True, slots=True)
class Source:
    """Any workbook as it stood when it was read.

    Attributes:
        desk: The desk it is worked at.
        sha256: Fingerprint of `blob`; guards every address until the file is replaced.
        book: What was unpacked and scanned to read it, for whoever is going to write it; None else.
    """

    desk: Desk
    blob: bytes
    sha256: str
    book: WorkbookValues | None = field(default=None, kw_only=True, compare=False, repr=False)

    @property
    def path(self) -> Path:
        """The file."""
        return self.desk.workbook


@dataclass(frozen=True, slots=True)
class Opened(Source):
    """A workbook with the register read from it."""

    register: Register


def until_whole(desk: Desk, work: Callable[[], T]) -> T:
    """Read a workbook, and again as long as it is half there because somebody is just saving it.

    Args:
        work: Reads it, and writes nothing before it has.

    Raises:
        UnreadableWorkbook: It can't be read, and stood unchanged for a moment.
        NotATracker: It was read, and is none: at once.
    """
    with naming_file(desk.workbook):
        for _ in range(_TRIES):
            seen = _state_of(desk.workbook)
            try:
                return work()
            except NotATracker:
                raise
            except UnreadableWorkbook:
                if _stands(desk, seen):
                    raise
        return work()


@contextmanager
def naming_file(path: Path) -> Iterator[None]:
    """Whatever reading a file refuses says which file: what its bytes are is told without one."""
    try:
        yield
    except (UnreadableWorkbook, UnsafeWrite) as trouble:
        text = str(trouble)
        if f"「{path}」" not in text and f"「{path.name}」" not in text:
            named = _SUBJECT.sub(f"「{path.name}」", text)
            is_whole = named == text and isinstance(trouble, UnreadableWorkbook)
            trouble.args = (f"「{path.name}」：{text}" if is_whole else named,)
        raise


def _stands(desk: Desk, seen: tuple[int, ...]) -> bool:
    """Whether a workbook stands as it was seen for a moment, at every look: it may be deleted and created twice."""
    for _ in range(_LOOKS):
        desk.world.sleep(HALF_SAVED_S / _LOOKS)
        if _state_of(desk.workbook) != seen:
            return False
    return True


def read_source(desk: Desk) -> Source:
    """Read the bytes of any workbook, whatever is in them.

    Raises:
        UnreadableWorkbook: There is no such file, or it can't be opened.
    """
    return Source(desk, *read_workbook(desk.workbook))


def read_workbook(path: Path) -> tuple[bytes, str]:
    """The bytes of a file that is named as a workbook, and their fingerprint.

    Raises:
        UnreadableWorkbook: There is no such file, it can't be opened, or its name doesn't fit its content.
        WorkbookLocked: Another program keeps it to itself (Windows).
    """
    blob, sha256 = read_file(path)
    refuse_misnamed(path.name, blob)
    return blob, sha256


def open_workbook(desk: Desk, *, to_write: bool = False) -> Opened:
    """Read a workbook whose tracker may be missing or ambiguous (`check` reports that as WB01, WB02).

    Args:
        to_write: It is going to be written: what was unpacked is kept, so that nobody unpacks or scans it again.

    Raises:
        UnreadableWorkbook: The file is no workbook.
    """
    return until_whole(desk, lambda: parsed(read_source(desk), to_write=to_write))


def parsed(source: Source, *, to_write: bool = False) -> Opened:
    """The same for a workbook whose bytes were read already.

    Raises:
        UnreadableWorkbook: They are no workbook.
    """
    book = WorkbookValues(source.blob, keeps=to_write)
    register = register_of(book)
    if register.parts and is_there(source.desk.state):
        register = register_of(book, _known_parts(source, register))
    register = with_past_years(register, source.desk)
    return Opened(source.desk, source.blob, source.sha256, register, book=book if to_write else None)


def _known_parts(source: Source, register: Register) -> Mapping[str, str]:
    """The parts of merged numbers that the journal knows, by their measures."""
    with look_into_journal(source.desk.state) as conn:
        workbook_id = id_in_force(conn, register.procedure.workbook_id, source.path.resolve())
        return measures_of_parts(conn, workbook_id, register.parts)


def open_tracker(desk: Desk, *, to_write: bool = False) -> Opened:
    """Read a workbook that must hold a tracker: for every command that writes, sends or prints papers.

    Args:
        to_write: As `open_workbook` has it.

    Raises:
        UnreadableWorkbook: The file is no workbook, or no single tracker with its needed columns is in it.
    """
    return with_tracker(open_workbook(desk, to_write=to_write))


def with_tracker(opened: Opened) -> Opened:
    """The same for a workbook that was read already.

    Raises:
        NotATracker: No single tracker with its needed columns is in it.
    """
    with naming_file(opened.path):
        try:
            require_tracker(opened.register)
        except UnreadableWorkbook as missing:
            raise NotATracker(str(missing)) from missing
    return opened


def _state_of(path: Path) -> tuple[int, ...]:
    """What changes with every save; () while there is no file."""
    with suppress(OSError):
        known = path.stat()
        return known.st_ino, known.st_size, known.st_mtime_ns
    return ()
