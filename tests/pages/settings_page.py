"""The reference of every key, for `docs/settings.md`."""

from __future__ import annotations

from dataclasses import Field, fields
from typing import Any

from capa_xl.settings.read import environment_name, key_of
from capa_xl.settings.values import SECTIONS


def settings_reference() -> str:
    """A Markdown table per section: key, default, meaning, example, environment variable."""
    return "\n".join(_section(name, record) for name, record in SECTIONS.items())


def _section(name: str, record: type) -> str:
    lines = [f"### [{name}]", "", "| 键 | 默认 | 含义 | 例 | 环境变量 |", "|---|---|---|---|---|"]
    lines += [_line(name, item) for item in fields(record)]
    return "\n".join([*lines, ""])


def _line(section: str, item: Field[Any]) -> str:
    note = item.metadata["note"]
    if item.metadata["choices"]:
        note += f"（{'、'.join(item.metadata['choices'])}）"
    default = item.default if isinstance(item.default, str | int | float) else ""
    example = f"`{item.metadata['example']}`" if item.metadata["example"] else ""
    return f"| {key_of(item)} | {default} | {note} | {example} | {environment_name(section, item)} |"
