"""Whether a file is one that a command wrote beside the tracker: a slip, a list, a workbook of the pack."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from capa_xl.model.list_titles import MADE_BESIDE


def part_of(path: Path, name: str) -> str:
    """One part of a package as text; "" where there is no such package or part."""
    try:
        with ZipFile(path) as package:
            return package.read(name).decode("utf-8", "replace")
    except (BadZipFile, KeyError, OSError):
        return ""


def own_title(path: Path) -> str:
    """The title of such a workbook, as its properties have it; "" for any other file."""
    properties = part_of(path, "docProps/core.xml")
    found = re.search(r"<(?:\w+:)?title\b[^>]*>([^<]*)<", properties)
    return unescape(found[1]) if found and f">{MADE_BESIDE}<" in properties else ""
