"""The reference of every key, for `docs/settings.md`."""

from __future__ import annotations

from msgspec import Struct

from capa_xl.settings.environment import environment_name
from capa_xl.settings.typed_value import range_of
from capa_xl.settings.values import SECTIONS, FileKey, keys_of


def settings_reference() -> str:
    """A Markdown table per section: key, default, meaning, example, environment variable."""
    return "\n".join(_section(name, record) for name, record in SECTIONS.items())


def _section(name: str, record: type[Struct]) -> str:
    lines = [f"### [{name}]", "", "| 键 | 默认 | 含义 | 例 | 环境变量 |", "|---|---|---|---|---|"]
    lines += [_line(name, key, getattr(record(), key.field)) for key in keys_of(record)]
    return "\n".join([*lines, ""])


def _line(section: str, key: FileKey, value: object) -> str:
    note = key.note + (f"（{'、'.join(key.choices)}）" if key.choices else "")
    if isinstance(value, int | float):
        note += f"（{range_of(key)}）"
    default = value if isinstance(value, str | int | float) else ""
    example = f"`{key.example}`" if key.example else ""
    return f"| {key.key} | {default} | {note} | {example} | {environment_name(section, key)} |"
