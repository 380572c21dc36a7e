"""Where `workbooks/` and `report_templates/` are: inside an installed wheel, else at the top of the source checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

INSIDE_THE_WHEEL = "_resources"
FOLDERS = ("workbooks", "report_templates")


def resource_dir() -> Path:
    """The folder that holds `workbooks/` and `report_templates/`.

    A wheel carries both as capa_xl/_resources; an editable install and a checkout have them beside the package.
    """
    package = Path(str(files("capa_xl")))
    return resource_dir_of(package)


def resource_dir_of(package: Path) -> Path:
    """The same for a package that lies at a given place."""
    packed = package / INSIDE_THE_WHEEL
    return packed if packed.is_dir() else package.parent
