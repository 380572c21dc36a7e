"""What a new workbook holds: rows by sheet and column key, and the defaults of 参数 and 字典."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from capa_xl.model.field_notes import notes_of
from capa_xl.model.kpi_targets import KPI_TARGET_PREFIX, KPI_TARGETS
from capa_xl.model.levels import WHOLE, Level
from capa_xl.model.lists import DEPARTMENTS_LIST, default_lists
from capa_xl.model.paper_kinds import COMPANY_KINDS, FORM_NUMBER_PREFIX
from capa_xl.model.procedure import Procedure, SettingKey

NewValue = str | int | float | bool | date | None
NewRow = Mapping[str, NewValue]
Content = Mapping[str, tuple[NewRow, ...]]
"""Sheet name → rows, each {column key: value}; lists already joined with 、, 是/否 as words."""

SETTINGS_SHEET = "参数"
PEOPLE_SHEET = "人员部门"
COMPANY = "公司名称"


def blank_content(workbook_id: str, level: Level = WHOLE, company: str = "") -> Content:
    """No action, no person; only 参数 with its defaults, the workbook's own 工作簿标识 and a smaller one's 级别.

    Args:
        company: 公司名称, which head_pages prints above every page; "" leaves it to be filled.
    """
    smaller = () if level.is_whole else ({"name": "级别", "value": level.name, "note": level.note},)
    return {SETTINGS_SHEET: ({"name": "工作簿标识", "value": workbook_id}, *named_company(company), *smaller)}


def setting_rows(content: Content) -> tuple[NewRow, ...]:
    """Every known key of 参数 with its default, overlaid by the rows of `content`; unknown keys follow as given."""
    given = {str(row.get("name")): row for row in content.get(SETTINGS_SHEET, ())}
    known = [_overlaid(row, given.pop(str(row["name"]), {})) for row in _default_settings()]
    return (*known, *given.values())


def named_company(company: str) -> tuple[NewRow, ...]:
    """The row of 参数 with 公司名称, on one line; none where it isn't known."""
    name = company_name(company)
    return ({"name": COMPANY, "value": name},) if name else ()


def company_name(text: str) -> str:
    """公司名称 as somebody typed it, on one line."""
    return " ".join(text.split())


def company_of(content: Content) -> str:
    """公司名称, "" where the content names none."""
    return next((str(row["value"] or "") for row in setting_rows(content) if row["name"] == COMPANY), "")


def list_values(content: Content, lists: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The lists of 字典: defaults, overlaid by `lists`; 部门 else from 人员部门, in the order of that sheet."""
    values = {**default_lists(), **lists}
    if not values[DEPARTMENTS_LIST]:
        departments = (row.get("department") for row in content.get(PEOPLE_SHEET, ()))
        values[DEPARTMENTS_LIST] = tuple(dict.fromkeys(str(name) for name in departments if name))
    return values


def _overlaid(default: NewRow, given: NewRow) -> NewRow:
    return {**default, **{key: value for key, value in given.items() if value is not None}}


def _default_settings() -> Iterator[NewRow]:
    defaults = Procedure()
    for field, key in notes_of(Procedure, SettingKey):
        yield {"name": key.name, "value": _as_cell(getattr(defaults, field)), "note": key.note}
    for name, target in KPI_TARGETS.items():
        yield {"name": KPI_TARGET_PREFIX + name, "value": target, "note": "本公司目标，制度未规定；可修改"}
    for kind in COMPANY_KINDS:
        yield {
            "name": FORM_NUMBER_PREFIX + kind.form_name,
            "value": None,
            "note": "表单控制编号，印在编号下方；空白不印",
        }


def _as_cell(value: object) -> NewValue:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    if isinstance(value, int | date):
        return value
    return str(value) if value else None
