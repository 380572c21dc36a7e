"""The verdict of a figure against a house target."""

from __future__ import annotations

from capa_xl.model.kpi import FEW, NO_DATA
from capa_xl.model.kpi_targets import TARGET

MET, MISSED, TOO_FEW = "达标", "未达标", "数据不足"


def verdict(value: float | None, target: str, n: int) -> str:
    """达标 or 未达标 against a target like ≥ 95% or <= 30; 数据不足 when n < 5, 没有数据 when 0; "" for no target.

    Args:
        value: A share for a target in %, else a figure in the target's unit.
    """
    parsed = parse_target(target)
    if parsed is None:
        return ""
    if n == 0:
        return NO_DATA
    if value is None or n < FEW:
        return TOO_FEW
    sign, limit = parsed
    if sign == ">=":
        return MET if value >= limit - 1e-12 else MISSED
    if sign == "<=":
        return MET if value <= limit + 1e-12 else MISSED
    return MET if value < limit else MISSED


def parse_target(target: str) -> tuple[str, float] | None:
    """Sign (>=, <=, <; none means >=) and limit of a target as 参数 has it; None without a figure."""
    found = TARGET.search(target)
    if not found:
        return None
    sign = {"≥": ">=", "≤": "<=", "＜": "<", None: ">="}.get(found["way"], found["way"])
    return sign, float(found["limit"]) / (100 if found["percent"] else 1)
