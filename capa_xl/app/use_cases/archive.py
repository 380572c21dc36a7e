"""archive: a pack compared with its manifest, and what has changed in the workbook since."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from capa_xl.effects.pack_folder import compare, read_manifest


@dataclass(frozen=True, slots=True)
class Archived:
    """What was found; `differences` is empty when the pack is as it was made."""

    directory: Path
    period: str
    as_of: str
    files: int
    differences: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The document of `--json`."""
        return {
            "directory": str(self.directory),
            "period": self.period,
            "as_of": self.as_of,
            "files": self.files,
            "differences": list(self.differences),
        }


def check_archive(folder: Path) -> Archived:
    """Compare every file of a pack with its manifest.

    Raises:
        UsageError: The folder holds no pack, or its manifest is damaged.
    """
    manifest = read_manifest(folder)
    return Archived(
        folder, manifest.get("period", ""), manifest.get("as_of", ""), len(manifest["files"]), compare(folder)
    )
