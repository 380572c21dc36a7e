"""No type name stands for two things, and a file name is repeated only where it is the same idea on another floor."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "capa_xl"

OTHER_BLOOD = {"Book", "Cell", "Element", "Row", "SheetRows"}
"""What both the splice and its proof read; the proof shares no code with it, and so no type either."""
SAME_IDEA = {
    "snapshot.py": "what a run remembers: the value, and how it is taken",
    "__main__.py": "python -m",
    "content.py": "what a new workbook holds, and what the sample's holds",
}
"""File names given twice on one floor, and the idea they share."""


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "_resources" not in path.parts)


def type_names() -> dict[str, set[str]]:
    """Public class, or alias written like one → the files that define it."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in modules():
        for node in ast.parse(path.read_text("utf-8")).body:
            for name in defined(node):
                if name[0].isupper() and not name.isupper():
                    found[name].add(path.relative_to(PACKAGE).as_posix())
    return found


def defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []


def test_no_type_name_stands_for_two_things() -> None:
    twice = {name: sorted(files) for name, files in type_names().items() if len(files) > 1}
    assert {name: files for name, files in twice.items() if name not in OTHER_BLOOD} == {}


def test_a_file_name_is_given_once_on_a_floor() -> None:
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in modules():
        place = path.relative_to(PACKAGE)
        if path.name != "__init__.py":
            floor = "/".join(place.parts[:2]) if place.parts[0] == "app" else place.parts[0]
            places[floor, path.name].append(place.as_posix())
    twice = {name: files for (_, name), files in places.items() if len(files) > 1}
    assert {name: files for name, files in twice.items() if name not in SAME_IDEA} == {}
