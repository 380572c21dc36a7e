"""LG: the reminder duty itself, as the journal proves it (4.4.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from capa_xl.model import journal as results
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.journal import JournalView, Posting
from capa_xl.model.letter import JournalKey
from capa_xl.model.problem import Hit
from capa_xl.policy.rules.evidence import Evidence
from capa_xl.policy.rules.rule import Rule, W

_DELIVERED = frozenset({results.SENT, results.FILED})


def _not_reminded_in_time(e: Evidence) -> Iterator[Hit]:
    if e.journal is None:
        return
    first = _first_sent(e.journal)
    for action, derived in e.live:
        planned = _owed_on(e, e.journal, action, derived)
        if planned is None:
            continue
        sent_on = first.get((action.number or "", str(action.due_on)))
        if sent_on is None or sent_on > planned:
            what = f"{sent_on} 才补发" if sent_on else "没有发出"
            yield e.hit(action, "due_on", d=str(planned), what=what)


def _owed_on(e: Evidence, journal: JournalView, action: Action, derived: Derived) -> date | None:
    """The day M1 had to be sent by, once it is past; None where the duty never was or isn't over yet."""
    planned, due = derived.remind_on, action.due_on
    if planned is None or due is None or e.on <= planned:
        return None
    starts = e.situation.procedure.reminders_from
    if (starts is not None and planned < starts) or (
        action.completed_on is not None and action.completed_on <= planned
    ):
        return None
    known = journal.first_seen.get((action.number or "", due)) or _written_on(action)
    return None if known is not None and known > planned else planned


def _written_on(action: Action) -> date | None:
    return max((d for d in (action.registered_on, action.approved_on) if d is not None), default=None)


def _first_sent(journal: JournalView) -> dict[tuple[str, str], date]:
    first: dict[tuple[str, str], date] = {}
    for posting in journal.postings:
        if posting.key.milestone == "M1" and posting.result in _DELIVERED and posting.sent_on is not None:
            key = (posting.key.number, posting.key.due_version)
            first[key] = min(first.get(key, posting.sent_on), posting.sent_on)
    return first


def _failed(e: Evidence) -> Iterator[Hit]:
    """Reminders whose last attempt failed; a later success settles it."""
    last: dict[JournalKey, Posting] = {p.key: p for p in (e.journal.postings if e.journal is not None else ())}
    by_number = e.situation.by_number
    at = e.first_column("due_on", "number")
    for key, posting in last.items():
        action = by_number.get(key.number)
        if posting.result == results.FAILED and action is not None:
            yield e.hit(action, at, err=posting.error or "原因不明", v=key.recipient, m=key.milestone)


LG01 = Rule(
    "LG01", "4.4.6", W, "提前一个月的提醒没有在应发日或之前发出（提醒启用日以前、后来才知道的期限不算）",
    "未按要求提前一个月提醒：应在 {d} 发出，{what}",
    "说明原因，检查定时任务",
    _not_reminded_in_time, ("due_on", "+postings"),
)  # fmt: skip
LG02 = Rule(
    "LG02", "4.4.6", W, "提醒发送失败",
    "提醒发送失败：{err}（{m}，收件人 {v}）",
    "核对邮箱/服务器后重发",
    _failed, ("+postings",),
)  # fmt: skip
