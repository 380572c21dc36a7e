"""六、资源需求汇总 of a plan: what each action needs, and the sum above the table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

from capa_xl.model.cut_text import cut_list
from capa_xl.model.paper_facts import PlanItem
from capa_xl.reports.word.table_words import in_table

_MONEY: Final = re.compile(
    r"(?<![\d.])(?<!\d[,，])(?<![万元\d][-–—~～至到])(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d{1,4})? ?(万?)元"
)
"""An amount; of 3-5 万元 and 3 万至 5 万元 nobody knows which."""
_TEN_THOUSAND: Final = Decimal(10000)
_RATE: Final = re.compile(r"单价|均价|元 ?[/／]|按[年月季天日](?:支?付|结|收|计|缴|租)|包[年月季]")
"""Stands anywhere beside a price of one, or beside what is paid again and again."""
_RATE_BESIDE: Final = re.compile(
    r"每|元 ?[×xX*＊]|[×xX*＊] ?[\d.]+ ?万?元|[一/／（(] ?[年月季天日台个套]|人[天日月]|工时|[月年]均|逐[月年]"
    r"|(?<!\d)(?<!\d )(?<![当去今本明上下])[年月季]度?(?:服务|维保|维护|使用|运维)?[租费]"
)
"""The same in the clause of the amount: elsewhere something is tested every week, or stands in every hall."""
_TOTAL: Final = re.compile(r"(?:共|合计|总计|总价|总额)[：: 约]*$")
_GOES_ON: Final = re.compile(r" ?[/／（(每一×xX*＊]")
_CLAUSES: Final = re.compile(r"[，；;。\n]|,(?!\d)")
_MOST_NAMED: Final = 6


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
    """What stands above the table: how many they are, the money that is written as one amount, and what is open.

    Prices of one and what is paid by the month or the year are no amounts to add: they are counted and named apart.
    """
    needy = [item for item in items if item.action.resources]
    rates = [item.action.number for item in needy if _has_rate(item.action.resources or "")]
    amounts = [_amounts(item.action.resources or "") for item in needy if item.action.number not in rates]
    sums = [found[0] for found in amounts if len(found) == 1]
    asked = sum(item.resources_to_general_manager is True for item in needy)
    undated = sum(item.action.resources_on is None for item in needy)
    pieces = (
        f"共 {len(needy)} 项",
        f"其中 {len(sums)} 项各写明一笔金额，合计 {sum(sums)} 万元" if sums else "",
        f"{'另有' if sums else '其中'} {_named(rates)}" if rates else "",
        f"已向总经理申请 {asked} 项" if asked else "",
        f"没有落实日期 {undated} 项" if undated else "",
    )
    return f"{'；'.join(filter(None, pieces))}。"


def _named(rates: Sequence[str]) -> str:
    return f"{len(rates)} 项写的有单价或每月、每年的金额，不计入合计（{cut_list(rates, _MOST_NAMED)}）"


def _has_rate(text: str) -> bool:
    found = list(_MONEY.finditer(text))
    if len(found) == 1 and _TOTAL.search(text[: found[0].start()]) and not _GOES_ON.match(text[found[0].end() :]):
        return False
    clauses = (clause for clause in _CLAUSES.split(text) if _MONEY.search(clause))
    return bool(found) and (bool(_RATE.search(text)) or any(map(_RATE_BESIDE.search, clauses)))


def _amounts(text: str) -> list[Decimal]:
    """The amounts of a cell, in 万元."""
    return [
        Decimal(whole.replace(",", "") + part) / (1 if unit else _TEN_THOUSAND)
        for whole, part, unit in _MONEY.findall(text)
    ]
