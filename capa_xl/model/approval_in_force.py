"""The approval that lets an action start: a signature of its own, a decision of the review, or a plan (4.1–4.3)."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from capa_xl.model.long_days import long_day
from capa_xl.model.records import PlanVersion


class Approval(Struct, frozen=True):
    """One approval that the route accepts; a signature of the row's own where it names neither review nor plan.

    Attributes:
        on: Its day; None where nobody wrote one.
        review: 管理评审编号 of the review that agreed; "" for another way.
        plan: The plan's version that covers the action; None for another way.
    """

    on: date | None
    review: str = ""
    plan: PlanVersion | None = None

    @property
    def is_own(self) -> bool:
        """Somebody signed the row itself: 批准人, 批准日期 and 批准结论 tell of it."""
        return not self.review and self.plan is None

    @property
    def source(self) -> str:
        """管理评审 GLPS-2026-01 or 计划 GJJH-2026 V1.0; "" for a signature of the row's own."""
        if self.plan is not None:
            return " ".join(filter(None, ("计划", self.plan.number, self.plan.version)))
        return f"管理评审 {self.review}" if self.review else ""


def evidence_of_approval(evidence: str, refused_on: date | None) -> str:
    """批准凭证; one that tells of the refusal of a day says so."""
    return f"{evidence}，是{long_day(refused_on)}不同意那次的，再次审批没有改写" if refused_on is not None else evidence
