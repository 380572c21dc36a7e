"""Sheets 参数, 字典 and 节假日 → the Procedure in force; what can't be read keeps its default and leaves a remark."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from capa_xl.model.field_notes import notes_of
from capa_xl.model.kpi_targets import KPI_TARGET_PREFIX, KPI_TARGETS, TARGET
from capa_xl.model.lead import Lead
from capa_xl.model.meanings import meanings_by_column
from capa_xl.model.meant_word import meant_word
from capa_xl.model.paper_kinds import FORM_NAMES, FORM_NUMBER_PREFIX
from capa_xl.model.problem import Hit, Remark, Severity
from capa_xl.model.procedure import Family, Procedure, SettingKey
from capa_xl.model.records import Holiday, Setting
from capa_xl.model.register import Table
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.notes import text_of
from capa_xl.workbook.reading.written_dates import date_of_text, why_no_day

_WORK_DAY = "班"
_SETTINGS = {key.name: (name, key) for name, key in notes_of(Procedure, SettingKey)}
_FAMILIES = {family.prefix: name for name, family in notes_of(Procedure, Family)}
_DEFAULTS = Procedure()

_OWN_NAMES: Mapping[str, Collection[str]] = {FORM_NUMBER_PREFIX: FORM_NAMES, KPI_TARGET_PREFIX: KPI_TARGETS}
"""Families whose names are not free."""
_KNOWN = (*_SETTINGS, *_FAMILIES, *(family + name for family, names in _OWN_NAMES.items() for name in names))
"""Every name that may stand in the column 参数."""


def lists_of(rows: Sequence[Sequence[Value]]) -> dict[str, tuple[str, ...]]:
    """Sheet 字典: heading → the values below it; blank lists are left out."""
    start = next((at for at, row in enumerate(rows) if any(text_of(value) for value in row)), None)
    if start is None:
        return {}
    lists: dict[str, tuple[str, ...]] = {}
    for column, heading in enumerate(rows[start]):
        words = tuple(dict.fromkeys(text for row in rows[start + 1 :] if (text := text_of(row[column]))))
        if text_of(heading) and words:
            lists[text_of(heading)] = words
    return lists


def working_days_of(table: Table[Holiday] | None) -> dict[date, bool]:
    """Sheet 节假日: day → True for 班, False for 休; a day without a type rests."""
    days = table.records if table else ()
    return {day.on: day.kind == _WORK_DAY for day in days if day.on}


def procedure_of(
    settings: Table[Setting] | None, lists: Mapping[str, tuple[str, ...]], working_days: Mapping[date, bool]
) -> tuple[Procedure, tuple[Remark, ...]]:
    """The settings in force, and remarks on unknown keys (WB09) and values that can't be read (FD04, FD05)."""
    found: dict[str, Any] = {name: {} for name in _FAMILIES.values()}
    doubts = [_take(found, settings, setting) for setting in settings.records] if settings else []
    remarks = tuple(remark for remark in doubts if remark)
    found["meanings"] = meanings_by_column(found["meanings"])
    return Procedure(**found, lists=lists, working_days=working_days), remarks


def _take(found: dict[str, Any], table: Table[Setting], setting: Setting) -> Remark | None:
    """Put one setting among those found; returns what is wrong with it."""
    name = setting.name or ""
    family = next((prefix for prefix in _FAMILIES if name.startswith(prefix)), None)
    if family:
        own = name.removeprefix(family)
        if family == KPI_TARGET_PREFIX and own in KPI_TARGETS and setting.value is not None:
            return _take_target(found[_FAMILIES[family]], table, setting, own)
        found[_FAMILIES[family]][own] = setting.value or ""
        return None if family not in _OWN_NAMES or own in _OWN_NAMES[family] else _unknown(table, setting)
    if name and name not in _SETTINGS:
        return _unknown(table, setting)
    if not name or setting.value is None:
        return None
    field, key = _SETTINGS[name]
    default = getattr(_DEFAULTS, field)
    value = _typed(setting.value, default)
    if value is None or not _fits(value, key.count):
        return _unreadable(table, setting, default, key.count)
    found[field] = value
    return None


def _take_target(found: dict[str, str], table: Table[Setting], setting: Setting, own: str) -> Remark | None:
    """Put the target of one KPI among those found, in the way of its default where it names none; FD04 for none."""
    default = KPI_TARGETS[own]
    written = TARGET.fullmatch((setting.value or "").strip())
    if written and bool(written["percent"]) == default.endswith("%"):
        found[own] = (written["way"] or default.rstrip("0123456789.%")) + written["limit"] + (written["percent"] or "")
        return None
    listed = f"{'带 % 的数' if default.endswith('%') else '天数'}，如 {default}；改好以前按 {default} 计"
    facts = {"c": setting.name or "", "v": setting.value or "", "list": listed}
    return Remark("FD04", Hit(table.sheet, table.cell(setting.row, "value"), facts=facts, severity=Severity.ERROR))


def _typed(text: str, default: object) -> Any:
    """The value in the type of its default; None when it isn't one."""
    if default is None:
        return date_of_text(text, date1904=False)
    if isinstance(default, bool):
        return {"是": True, "否": False}.get(text)
    if isinstance(default, Lead):
        return Lead.of(text)
    if isinstance(default, int):
        return _days(text)
    if isinstance(default, tuple):
        days = [_days(piece) for piece in re.split(r"[、，,;；/\s]+", text) if piece]
        return None if None in days or not days else tuple(days)
    return text


def _fits(value: object, count: int | None) -> bool:
    """False for a list of days that needs so many, each more than the one before."""
    if count is None or not isinstance(value, tuple):
        return True
    return len(value) == count and list(value) == sorted(set(value))


def _days(text: str) -> int | None:
    match = re.fullmatch(r"(\d+)\s*(?:个?工作日|天|日|封)?", text)
    return int(match[1]) if match else None


def _unknown(table: Table[Setting], setting: Setting) -> Remark:
    name = setting.name or ""
    facts = {"k": name, "v": name, "s": meant_word(name, _KNOWN)}
    return Remark("WB09", Hit(table.sheet, table.cell(setting.row, "name"), facts=facts))


def _unreadable(table: Table[Setting], setting: Setting, default: object, count: int | None) -> Remark:
    at = table.cell(setting.row, "value")
    facts = {"c": setting.name or "", "v": setting.value or ""}
    if default is None:
        return Remark("FD05", Hit(table.sheet, at, facts={**facts, "why": why_no_day(setting.value or "")}))
    listed = {**facts, "list": f"{_allowed(default, count)}；改好以前按 {_written(default)} 计"}
    return Remark("FD04", Hit(table.sheet, at, facts=listed, severity=Severity.ERROR))


def _allowed(default: object, count: int | None) -> str:
    """What may stand there, as people read it."""
    if isinstance(default, bool):
        return "是、否"
    if isinstance(default, Lead):
        return "“1月”“15天”这样的期间"
    if not isinstance(default, tuple):
        return "不小于 0 的整数，可以带单位，如 15、15 天"
    return f"{count} 个天数，后一个比前一个大，如 7,30" if count else "一个或几个天数，如 7 或 7,1"


def _written(default: object) -> str:
    """A default as it would stand in the cell."""
    if isinstance(default, bool):
        return "是" if default else "否"
    return ",".join(map(str, default)) if isinstance(default, tuple) else str(default)
