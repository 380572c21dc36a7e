"""How long before a due date the first reminder comes: months, clamped to the month's end, or calendar days."""

from __future__ import annotations

import re
from datetime import date, timedelta

from msgspec import Struct

from capa_xl.model.months import months_before

_WRITTEN = re.compile(r"(?:期限)?前?\s*(?:(?P<months>\d+|一|两|二|三)\s*个?月|(?P<days>\d+)\s*(?:天|日|个自然日))")
_NUMERALS = {"一": 1, "两": 2, "二": 2, "三": 3}


class Lead(Struct, frozen=True):
    """参数 到期前首次提醒: the policy's one month (4.4.6), or another company's months or days."""

    months: int = 0
    days: int = 0

    @classmethod
    def of(cls, text: str) -> Lead | None:
        """1月, 1个月, 一个月, 15天 as written in 参数; None for anything else, and for nothing at all."""
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            return None
        months = found["months"] or "0"
        lead = cls(_NUMERALS.get(months) or int(months), int(found["days"] or 0))
        return lead if lead.months or lead.days else None

    def before(self, due_on: date) -> date:
        """The day itself, before it is moved to a working day: EDATE for months, whole days for days."""
        day = months_before(due_on, self.months)
        return day - timedelta(days=self.days) if self.days else day

    @property
    def words(self) -> str:
        """As a sentence has it behind 提前 or 不足: 一个月, and with the blank before a figure 「 15 天」."""
        if self.days:
            return f" {self.days} 天"
        return "一个月" if self.months == 1 else f" {self.months} 个月"

    @property
    def too_short(self) -> str:
        """Of a deadline that was not known so long before: by when depends on 登记, 批准 and what the journal saw."""
        return f"期限定下时已不足{self.words}"

    def __str__(self) -> str:
        """As 参数 has it: 1月, 15天."""
        return f"{self.days}天" if self.days else f"{self.months}月"


ONE_MONTH = Lead(months=1)
"""The policy's own (4.4.6)."""
