"""Where the state of a workbook lives: one folder that holds journal, backups, outbox and log."""

from __future__ import annotations

from pathlib import Path

STATE_FOLDER = ".capa_xl"
"""Its name beside the workbook, unless `capa_xl.toml` names another place."""


def state_folder(workbook: Path, named: Path | None = None) -> Path:
    """The state folder of a workbook; a link to it leads to the same one.

    Args:
        named: [paths] state of `capa_xl.toml`; None for `.capa_xl` beside the workbook.
    """
    return named if named is not None else workbook.resolve().parent / STATE_FOLDER
