"""Workbooks of every size, from the rows of the sample: empty, tiny, huge, overfull."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from capa_xl.model.columns import Kind
from capa_xl.model.schema import SHEETS
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.blank.content import PEOPLE_SHEET, SETTINGS_SHEET, Content
from capa_xl.workbook.sample.content import sample_content
from tests.made_workbooks import refreshed

DAY = date(2026, 11, 22)
TRACKER = "改进计划跟踪表"
LONG_TEXT = "现场检查发现的情况与要求不一致，已按规程处理并留下记录。" * 80
"""Over 2,000 characters."""
LONG_NAME = "样例运维服务与数据中心基础设施保障部第{}分部北京机房值班组"

Row = dict[str, Any]


def sized(count: int, *, departments: int = 0, long: bool = False, people: int = 0, company: bool = True) -> bytes:
    """A refreshed workbook.

    Args:
        count: Actions.
        departments: So many, with names of thirty characters; 0 for those of the sample.
        long: Every text column holds over 2,000 characters.
        people: So many in every cell of owners; 0 for those of the sample.
        company: False leaves 公司名称 blank.
    """
    content: dict[str, tuple[Row, ...]] = {
        sheet: tuple(dict(row) for row in rows) for sheet, rows in sample_content(DAY).items()
    }
    content[TRACKER] = tuple(_numbered(content[TRACKER], count))
    if not count:
        content = {name: content[name] for name in (SETTINGS_SHEET, PEOPLE_SHEET)}
    if departments:
        content = _renamed(content, departments)
    if people:
        _crowd(content, people)
    if long:
        _lengthen(content)
    if not company:
        content[SETTINGS_SHEET] = tuple(row for row in content[SETTINGS_SHEET] if row["name"] != "公司名称")
    return refreshed(build_workbook(content, as_of=DAY), DAY)


def _numbered(rows: tuple[Row, ...], count: int) -> Iterator[Row]:
    """The rows over and over; the first round keeps its numbers."""
    for at in range(count):
        row = rows[at % len(rows)]
        yield row if at < len(rows) else {**row, "number": f"GJ-2026-{at + 100:03}"}


def _renamed(content: Content, count: int) -> dict[str, tuple[Row, ...]]:
    """Every department by a long name; the rows spread over all of them."""
    names = [LONG_NAME.format(at) for at in range(count)]
    old = tuple(dict.fromkeys(str(row["department"]) for row in content[PEOPLE_SHEET] if row.get("department")))
    new = {name: names[at % count] for at, name in enumerate(old)}
    found = {
        sheet: tuple({key: new.get(str(value), value) for key, value in row.items()} for row in rows)
        for sheet, rows in content.items()
    }
    spread = [{**row, "responsible_department": names[at % count]} for at, row in enumerate(found[TRACKER])]
    extra = [{"name": f"样例部{at}", "department": name, "roles": "部门经理"} for at, name in enumerate(names)]
    return {**found, TRACKER: tuple(spread), PEOPLE_SHEET: (*found[PEOPLE_SHEET], *extra)}


def _crowd(content: dict[str, tuple[Row, ...]], count: int) -> None:
    names = [f"样例员工{at:02}" for at in range(count)]
    for row in content[TRACKER]:
        if row.get("owners"):
            row["owners"] = "、".join(names)
    content[PEOPLE_SHEET] += tuple({"name": name, "department": "服务台", "roles": "员工"} for name in names)


def _lengthen(content: Content) -> None:
    """Free texts alone: a word of a list must stay one, and an address."""
    for spec in SHEETS:
        if spec.name in (PEOPLE_SHEET, SETTINGS_SHEET):
            continue
        keys = {col.key for col in spec.columns if col.kind in (Kind.NOTE, Kind.TEXT)}
        for row in content.get(spec.name, ()):
            for key in keys & row.keys():
                if row[key]:
                    row[key] = LONG_TEXT
