"""One value of `capa_xl.toml` or of the environment → the type of its field, or a Chinese sentence."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_type_hints

from capa_xl.errors import SettingsError
from capa_xl.settings.secrets import Secret, secret_at
from capa_xl.settings.values import FileKey


def converted(record: type, key: FileKey, value: Any, where: str, base: Path, environ: Mapping[str, str]) -> Any:
    """The value of a key.

    Args:
        where: File and key, for messages.
        base: Folder that relative paths count from.

    Raises:
        SettingsError: Wrong type, or not one of the choices. A secret's words are never repeated.
    """
    wanted = get_type_hints(record)[key.field]
    if wanted is Secret:
        return _secret(value, where, base, environ)
    if wanted == tuple[Secret, ...]:
        return tuple(_secret(part, where, base, environ) for part in _listed(value, where))
    if wanted == tuple[str, ...]:
        return tuple(_text(part, where).strip().lower() for part in _listed(value, where))
    if wanted == (Path | None):
        words = _text(value, where)
        return base / words if words else None
    if wanted in (int, float):
        return _number(value, where, wanted, key)
    return _chosen(_text(value, where), key.choices, where)


def _secret(value: Any, where: str, base: Path, environ: Mapping[str, str]) -> Secret:
    try:
        return secret_at(value if isinstance(value, str) else "?", base, environ)
    except SettingsError as refusal:
        raise SettingsError(f"{where}：{refusal}") from None


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise SettingsError(f"{where}「{value}」应是文字 → 请加英文引号")
    return value.strip()


def _listed(value: Any, where: str) -> list[Any]:
    if isinstance(value, str):
        return [part for part in value.replace(",", " ").split() if part]
    if not isinstance(value, list):
        raise SettingsError(f'{where}「{value}」应是列表 → 请写成 ["…"]')
    return value


def _number(value: Any, where: str, wanted: type, key: FileKey) -> float:
    try:
        if isinstance(value, bool):
            raise ValueError
        number = float(value)
    except (TypeError, ValueError):
        raise SettingsError(f"{where}「{value}」不是数 → 请写数字，不加引号") from None
    if wanted is int and not number.is_integer():
        raise SettingsError(f"{where}「{value}」不是整数 → 请写 {range_of(key)} 的整数")
    if not key.least <= number <= key.most:
        raise SettingsError(f"{where}「{value}」超出范围 → 请写 {range_of(key)} 的数")
    return int(number) if wanted is int else number


def range_of(key: FileKey) -> str:
    """The numbers that a key takes: 0–65535."""
    return f"{key.least:g}–{key.most:.0f}"


def _chosen(value: str, choices: tuple[str, ...], where: str) -> str:
    if choices and value not in choices:
        raise SettingsError(f"{where}「{value}」不能用 → 请选 {'、'.join(choices)}")
    return value
