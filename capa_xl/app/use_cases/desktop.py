"""desktop: files to double-click beside a workbook, for people who never see a terminal (Windows)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from capa_xl.effects.durable import make_folder
from capa_xl.effects.files import read_file, write_new
from capa_xl.errors import UsageError
from capa_xl.reports.desktop_files import DESKTOP_FILES, ENDING, Clicked, DesktopFile, batch_blob, read_batch


class Desktop(Struct, frozen=True):
    """What was written.

    Attributes:
        files: The .cmd files.
    """

    workbook: Path
    files: tuple[Path, ...]


def make_desktop(
    workbook: Path, folder: Path | None, program: tuple[str, ...], variables: Mapping[str, str]
) -> Desktop:
    """Write the files; run again, they are the same, and those of another workbook in the folder stay.

    Args:
        folder: Where they go; None for beside the workbook, with which they can then be moved.
        program: How capa-xl is called.
        variables: The environment.

    Raises:
        UnsafeWrite: The folder can't be written.
    """
    real = workbook.resolve()
    place = (folder or real.parent).absolute()
    name = real.name if place.resolve() == real.parent else str(real)
    make_folder(place)
    written = (_written(place, file, name, batch_blob(file, program, name, variables)) for file in DESKTOP_FILES)
    return Desktop(workbook, tuple(written))


def clicked(file: Path) -> tuple[DesktopFile, list[str]]:
    """Which file was double-clicked, and the words of the call it stands for.

    Raises:
        UsageError: It is none of ours.
    """
    said = read_batch(read_file(file)[0])
    return said.file, said.words_for(str(file.absolute().parent / said.workbook))


def _written(place: Path, file: DesktopFile, name: str, blob: bytes) -> Path:
    target = place / f"{file.title}{ENDING}"
    if _is_anothers(target, name):
        target = place / f"{file.title} {Path(name).stem}{ENDING}"
    write_new(target, blob)
    return target


def _is_anothers(target: Path, name: str) -> bool:
    """Whether a file of that name is there that wasn't made for this workbook."""
    if not target.exists():
        return False
    try:
        said: Clicked = read_batch(target.read_bytes())
    except UsageError:
        return True
    return said.workbook != name
