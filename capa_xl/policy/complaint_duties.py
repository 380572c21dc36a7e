"""What the clocks of a complaint ask for, of whom: the same words in letter (S7), todo and slip."""

from __future__ import annotations

from capa_xl.model.columns import column_by_key
from capa_xl.model.cut_text import cut_quote
from capa_xl.model.records import Need
from capa_xl.policy.complaint_clocks import Clock, UnreadClock
from capa_xl.policy.promised_spans import span_sentence
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.recipients import manager_names, quality_head_names


def complaint_answerers(view: RegisterView, need: Need) -> tuple[str, ...]:
    """The receiver and the head of the department; 质量部负责人 where nobody has it yet."""
    heads = manager_names(view, need.receiving_department) if need.receiving_department else ()
    return tuple(dict.fromkeys((*((need.receiver,) if need.receiver else ()), *heads))) or quality_head_names(view)


def missed_word(clock: Clock | UnreadClock) -> str:
    """How people say that a clock's time is over: 响应超时."""
    return f"{clock.what}超时"


def clock_phrase(clock: Clock, *, missed: bool) -> str:
    """顾客投诉须在 2026-11-29 10:30 以前响应，填写：响应时间."""
    owed = (
        f"没有在 {clock.limit} 以前{clock.what}：立即{clock.what}" if missed else f"须在 {clock.limit} 以前{clock.what}"
    )
    return f"顾客投诉{owed}，填写：{column_by_key(Need)[clock.key].header}"


def unread_phrase(view: RegisterView, need: Need, clock: UnreadClock) -> str:
    """What to do about a limit that nobody can read: it counts as due now, and is to be put right."""
    table, header = view.register.needs, column_by_key(Need)[clock.key].header
    sheet = table.sheet_of(need.row) if table else ""
    span = span_sentence(clock.written, need.registered_on, view.calendar)
    meant = f"（{span}）" if span else ""
    written = f"「{cut_quote(clock.written)}」" if clock.written else ""
    return (
        f"顾客投诉的{header}{written}读不出是何时，按现在到期："
        f"立即{clock.what}，并把《{sheet}》{clock.cell} 改成年-月-日 时刻，例如“2026-03-31 17:30”{meant}"
    )
