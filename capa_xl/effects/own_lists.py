"""Which lists of ours a file is: those that a command saves beside its answer are known again by their title."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from capa_xl.model.list_titles import LIST_TITLES


def part_of(path: Path, name: str) -> str:
    """One part of a package as text; "" where there is no such package or part."""
    try:
        with ZipFile(path) as package:
            return package.read(name).decode("utf-8", "replace")
    except (BadZipFile, KeyError, OSError):
        return ""


def list_title(path: Path) -> str:
    """The title of the list that a file is, one of `LIST_TITLES`; "" for any other file."""
    properties = part_of(path, "docProps/core.xml")
    return next((title for title in LIST_TITLES if f">{title}<" in properties), "")
