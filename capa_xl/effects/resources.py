"""Where `workbooks/` and `report_templates/` are: inside an installed wheel, else at the top of the source checkout."""

from __future__ import annotations

from pathlib import Path

FOLDERS = ("workbooks", "report_templates")
_PACKAGE = Path(__file__).resolve().parent.parent


def resource_dir(name: str = "") -> Path:
    """The folder `name` (report_templates, workbooks); without a name the one that holds both."""
    return resource_dir_of(_PACKAGE) / name


def resource_dir_of(package: Path) -> Path:
    """The same for a package that lies at a given place: a wheel carries both folders as capa_xl/_resources."""
    packed = package / "_resources"
    return packed if packed.is_dir() else package.parent
