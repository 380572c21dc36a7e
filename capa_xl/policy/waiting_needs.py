"""What waits for somebody because of a registered need: evaluation, reply, a complaint's clocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.records import Need
from capa_xl.model.todo import DEPARTMENT, NEED, WAITED_TOO_LONG, TodoItem
from capa_xl.policy.beside_the_row import headings_of
from capa_xl.policy.complaint_clocks import clocks_of, unread_clocks_of
from capa_xl.policy.complaint_duties import clock_phrase, complaint_answerers, missed_word, unread_phrase
from capa_xl.policy.need_answers import evaluation_blanks, evaluation_limit, is_evaluated
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.recipients import manager_names, quality_head_names
from capa_xl.policy.waiting_beside import item_beside
from capa_xl.policy.whose_list import Whose

_REPLY = ("replied_on", "reply")


def items_of_need(whose: Whose, need: Need) -> Iterator[TodoItem]:
    """What is owed for a need: its evaluation, its reply, and what a complaint's clocks ask for."""
    for actors, items in _owed(whose, need) if whose.view.register.needs is not None else ():
        if whose.is_waited_for(*actors):
            deputy_for = whose.deputy_for(*actors)
            yield from (replace(item, deputy_for=deputy_for) for item in items)


def _owed(whose: Whose, need: Need) -> Iterator[tuple[tuple[str | None, ...], Iterable[TodoItem]]]:
    """Who is waited for, and with what."""
    view = whose.view
    limit = None if is_evaluated(need) else evaluation_limit(view, need)
    if limit is not None:
        blank, quality = evaluation_blanks(need), words.QUALITY_DEPARTMENT
        asked = _need_item(view, need, "评估需求", blank, quality, limit, "评估")
        yield (*quality_head_names(view), quality), (asked,)
    receivers = (need.receiver,) if need.receiver else manager_names(view, need.receiving_department)
    home = need.receiving_department if whose.kind == DEPARTMENT else None
    if need.replied_on is None and need.reply_due_on is not None:
        asked = _need_item(view, need, "回复要求单", _REPLY, (receivers or ("",))[0], need.reply_due_on, "回复")
        yield (*receivers, home), (asked,)
    yield (*complaint_answerers(view, need), need.receiving_department), _clock_items(whose, need)


def _need_item(
    view: RegisterView, need: Need, what: str, keys: tuple[str, ...], actor: str, limit: date, word: str
) -> TodoItem:
    there = [key for key in keys if view.register.needs is not None and view.register.needs.has(key)]
    phrase = f"{what}，填写：{headings_of(Need, there)}" if there else what
    return _of_need(view, need, keys, phrase, actor, (limit, f"{word}限期", f"{word}超时"))


def _of_need(
    view: RegisterView, need: Need, keys: tuple[str, ...], phrase: str, actor: str, day: tuple[date | None, str, str]
) -> TodoItem:
    table = view.register.needs
    there = tuple(key for key in keys if table is not None and key in table.columns)
    cells = tuple(table.cell(need.row, key) for key in there) if table is not None else ()
    place = (table.sheet_of(need.row) if table is not None else ""), cells
    return item_beside(view, need.number or "", NEED, place, there, need.description or "", phrase, actor, day)


def _clock_items(whose: Whose, need: Need) -> Iterator[TodoItem]:
    """A clock whose minute is over is late, though its day isn't."""
    view, table = whose.view, whose.view.register.needs
    actor = complaint_answerers(view, need)[0]
    for clock in clocks_of(need, view.on):
        if not clock.done:
            missed = clock.is_missed(view.as_of)
            day = (clock.limit_on, "投诉时限", missed_word(clock))
            item = _of_need(view, need, (clock.key,), clock_phrase(clock, missed=missed), actor, day)
            item = replace(item, is_urgent=True, minute=clock.minute)
            today = missed and not item.late
            yield replace(item, overdue=missed_word(clock), late=WAITED_TOO_LONG) if today else item
    for unread in unread_clocks_of(need, view.on, table, whose.unread) if table is not None else ():
        phrase = unread_phrase(view, need, unread)
        item = _of_need(view, need, (unread.key,), phrase, actor, (view.on, "投诉时限", missed_word(unread)))
        yield replace(item, is_urgent=True)
