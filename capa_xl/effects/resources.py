"""Where `workbooks/`, `report_templates/` and `docs/` are: inside a wheel, else at the top of the checkout."""

from __future__ import annotations

from pathlib import Path

from capa_xl.errors import SettingsError

MOST_TEMPLATE = 32 << 20
"""Bytes of a template, pictures and all; ours have 17 KB."""
_PACKAGE = Path(__file__).resolve().parent.parent


def resource_dir(name: str = "") -> Path:
    """The folder `name` (report_templates, workbooks, docs); without a name the one that holds them."""
    return resource_dir_of(_PACKAGE) / name


def resource_dir_of(package: Path) -> Path:
    """The same for a package that lies at a given place: a wheel carries the folders as capa_xl/_resources."""
    packed = package / "_resources"
    return packed if packed.is_dir() else package.parent


def is_own_template(place: Path | None) -> bool:
    """Whether people have a template of their own there, instead of the one that comes with the program.

    Raises:
        SettingsError: What lies there is no plain file (a pipe would hang), or too large for a template.
    """
    if place is None or not place.exists():
        return False
    if not place.is_file():
        raise SettingsError(f"模板「{place}」不是普通文件（文件夹、管道或设备） → 请放回模板文件，或移走它")
    if place.stat().st_size > MOST_TEMPLATE:
        raise SettingsError(f"模板「{place}」超过 {MOST_TEMPLATE >> 20} MB → 请缩小其中的图片")
    return True
