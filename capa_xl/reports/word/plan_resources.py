"""六、资源需求汇总 of a plan: what each action needs, and the sum above the table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from capa_xl.model.paper_facts import PlanItem
from capa_xl.reports.word.table_words import in_table

_MONEY: Final = re.compile(r"(\d{1,9}(?:\.\d{1,4})?) ?万元")


def resource_rows(items: Iterable[PlanItem]) -> list[dict[str, Any]]:
    """An action a row; long texts are cut and say where they go on."""
    return [in_table(_resource(item)) for item in items if item.action.resources]


def _resource(item: PlanItem) -> dict[str, Any]:
    action = item.action
    return {
        "number": action.number,
        "content": action.resources,
        "manager": "，".join(piece for piece in (action.responsible_department, item.manager) if piece),
        "on": action.resources_on,
        "by_general_manager": item.resources_to_general_manager,
    }


def resources_total(items: Iterable[PlanItem]) -> str:
    """What stands above the table: how many they are, the money that is written as one amount, and what is open."""
    needy = [item for item in items if item.action.resources]
    amounts = [_MONEY.findall(item.action.resources or "") for item in needy]
    sums = [Decimal(found[0]) for found in amounts if len(found) == 1]
    asked = sum(item.resources_to_general_manager is True for item in needy)
    undated = sum(item.action.resources_on is None for item in needy)
    pieces = (
        f"共 {len(needy)} 项",
        f"其中 {len(sums)} 项各写明一笔金额，合计 {sum(sums)} 万元" if sums else "",
        f"已向总经理申请 {asked} 项" if asked else "",
        f"没有落实日期 {undated} 项" if undated else "",
    )
    return f"{'；'.join(filter(None, pieces))}。"
