"""LG: the reminder duty itself, as the journal proves it (4.4.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec.structs import replace

from capa_xl.model import journal as results
from capa_xl.model.journal import Posting
from capa_xl.model.letter import JournalKey
from capa_xl.model.milestones import milestone_name
from capa_xl.model.problem import Hit
from capa_xl.policy.reminders.month_ahead import MonthAhead, judged_duties
from capa_xl.policy.reminders.posted import (
    Posted,
    is_due_no_more,
    is_made_up_for,
    is_of_former_address,
    last_reached,
    newest_of_matters,
)
from capa_xl.policy.rules.rule import Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs

_AGAIN: Final = "核对邮箱/服务器后重发"
_MENDED: Final = "邮箱已经改了，还要提醒的会再发；不再有提醒的，在《例外说明》写明"
_NOT_AGAIN: Final = "再到提醒日照发；不再有提醒的，在《例外说明》写明"
_OVER: Final = "这一项不再发这种提醒，在《例外说明》写明"


def _not_reminded_in_time(given: RuleInputs) -> Iterator[Hit]:
    """The duty's own record: short notice and what lay before 提醒启用日 don't count, and its day must be over."""
    for duty in judged_duties(given.view, given.journal or results.NO_JOURNAL):
        if not duty.is_met:
            filed = f"（{duty.filed_on} 已生成，未发送）" if duty.filed_on else ""
            what = f"{duty.sent_on} 才补发" if duty.sent_on else f"没有发出{filed}"
            action = given.view.by_number[duty.number]
            moved = f"（当时期限 {duty.due_on}）" if duty.due_on != action.due_on else ""
            lead = given.view.procedure.first_reminder.words
            unset = "提醒启用日" if _is_before_the_first_letter(given, duty) else ""
            hit = given.hit(action, "due_on", d=f"{duty.planned_on}{moved}", what=what, lead=lead, unset=unset)
            yield replace(hit, on=duty.planned_on, done_on=duty.planned_on)


def _is_before_the_first_letter(given: RuleInputs, duty: MonthAhead) -> bool:
    """Nobody has said from which day on letters go out, and on the duty's day none ever had."""
    postings = given.journal.postings if given.journal is not None else ()
    first = min((p.sent_on for p in postings if p.sent_on), default=None)
    return given.view.procedure.reminders_from is None and first is not None and duty.planned_on < first


def _failed(given: RuleInputs) -> Iterator[Hit]:
    """Reminders whose last attempt failed; a later success settles it, and so does a later letter on the same action.

    Of several to one person on one action the last is told: the earlier ones are never sent again.

    A letter that only lay in the outbox neither fails nor settles anything.
    """
    postings = given.journal.postings if given.journal is not None else ()
    tried = (p for p in postings if p.result != results.FILED)
    last: dict[JournalKey, Posting] = {replace(p.key, occurrence=""): p for p in tried}
    refused = Posted.of(given.journal, given.on).refused if given.journal is not None else {}
    by_number, reached = given.view.by_number, last_reached(postings)
    newest = newest_of_matters(one for one in last.values() if one.result in results.FAILURES)
    at = given.first_column("due_on", "number")
    for key, posting in last.items():
        action = by_number.get(key.number)
        was_lost = posting.error == results.NOT_RECEIVED
        if is_made_up_for(posting, reached):
            continue
        if posting.result in results.FAILURES and action is not None and posting.key in newest:
            told = _standing_refusal(given, posting, refused) or posting
            err, _, cure = told.error.partition("→")
            how = _NOT_AGAIN if was_lost else _AGAIN
            is_mended = is_of_former_address(told, _addresses(given, key.recipient))
            if is_mended:
                cure, how = "", _MENDED
            if is_due_no_more(posting, given.view):
                cure, how = "", _OVER if was_lost or is_mended else f"核对邮箱/服务器；{_OVER}"
            facts = {"err": err.strip() or "原因不明", "cure": cure.strip(), "how": how}
            facts |= {"v": key.recipient, "m": milestone_name(key.milestone)}
            hit = _at_the_address(given, told, facts) or given.hit(action, at, None, **facts)
            yield replace(hit, on=posting.planned_on, done_on=posting.planned_on)


def _standing_refusal(given: RuleInputs, posting: Posting, refused: Mapping[str, Posting]) -> Posting | None:
    """Of a letter that failed on the way: that the server took none for that address before, which is still there."""
    earlier = refused.get(posting.key.recipient) if posting.result == results.FAILED else None
    addresses = _addresses(given, posting.key.recipient)
    return earlier if earlier is not None and any(one in earlier.error for one in addresses) else None


def _addresses(given: RuleInputs, name: str) -> tuple[str, ...]:
    return tuple(one.email for one in given.view.roster.rows(name) if one.email)


def _at_the_address(given: RuleInputs, posting: Posting, facts: dict[str, str]) -> Hit | None:
    """A hit at the address in 人员部门 that a server refused; None where it is not an address that is at fault."""
    key = posting.key
    written = (one for one in given.view.roster.rows(key.recipient) if one.email and one.email in posting.error)
    person = next(written, None)
    if person is None:
        return None
    return given.hit_on("people", person, "email", key.number, None, **facts | {"m": f"{key.number} {facts['m']}"})


LG01 = Rule(
    "LG01", "4.4.6", W, "提前一个月的提醒没有在应发日或之前发出（提醒启用日以前、后来才知道的期限不算）",
    "未按要求提前{lead}提醒：应在 {d} 发出，{what}",
    "说明原因，检查定时任务⟦；那天还没有启用本工具的，在《参数》的“{unset}”填启用那一天⟧",
    _not_reminded_in_time, ("due_on", "+mail"),
)  # fmt: skip
LG02 = Rule(
    "LG02", "4.4.6", W, "提醒发送失败",
    "提醒发送失败：{err}（{m}，收件人 {v}）",
    "⟦{cure}；仍不成的，⟧{how}",
    _failed, ("+postings",),
    in_general={"how": f"{_AGAIN}；{_MENDED}"},
)  # fmt: skip
