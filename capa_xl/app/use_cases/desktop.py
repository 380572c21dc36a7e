"""desktop: files to double-click beside a workbook, for people who never see a terminal (Windows)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from capa_xl.effects.durable import make_folder
from capa_xl.effects.files import write_new
from capa_xl.reports.desktop_files import DESKTOP_FILES, ENDING, DesktopFile, batch_blob


@dataclass(frozen=True, slots=True)
class Desktop:
    """What was written.

    Attributes:
        files: The .cmd files.
    """

    workbook: Path
    files: tuple[Path, ...]

    def as_json(self) -> dict[str, object]:
        """The document of `--json`."""
        return {"workbook": str(self.workbook), "files": [str(path) for path in self.files]}


def make_desktop(workbook: Path, folder: Path | None, program: tuple[str, ...]) -> Desktop:
    """Write the files; run again, they are the same, and those of another workbook in the folder stay.

    Args:
        folder: Where they go; None for beside the workbook, with which they can then be moved.
        program: How capa-xl is called.

    Raises:
        UnsafeWrite: The folder can't be written.
    """
    place = folder or workbook.resolve().parent
    beside = place.resolve() == workbook.resolve().parent
    name = workbook.resolve().name if beside else str(workbook.resolve())
    make_folder(place)
    return Desktop(
        workbook, tuple(_written(place, file, batch_blob(file, program, name), name) for file in DESKTOP_FILES)
    )


def _written(place: Path, file: DesktopFile, blob: bytes, name: str) -> Path:
    target = place / f"{file.title}{ENDING}"
    if target.exists() and name.replace("%", "%%") not in target.read_text("utf-8", "replace"):
        target = place / f"{file.title} {Path(name).stem}{ENDING}"
    write_new(target, blob)
    return target
