"""What a card that asks for a decision says, in the review of one workbook and of a group alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from capa_xl.model.cut_text import cut_list
from capa_xl.model.review import AgendaItem
from capa_xl.reports.word.printable import PrintedDay
from capa_xl.reports.word.table_words import MOST_CHARACTERS, cut

MOST_CARDS = 20
"""So many actions to decide on have a card; the others are counted."""
MOST_CARD_CHARACTERS = 120
_LEAST_OF_A_NEED = 20
MOST_NUMBERS = 100
"""Of one category that are named below the cards."""


def decisions_words(agendas: Iterable[Sequence[AgendaItem]]) -> str:
    """7 件（涉及 6 项措施）: how many matters, and of how many actions where one is asked about twice.

    Args:
        agendas: By workbook: the same 编号 in two of them is two actions.
    """
    numbers = [[item.number for item in agenda] for agenda in agendas]
    count, actions = sum(map(len, numbers)), sum(len(set(own)) for own in numbers)
    return f"{count} 件" + (f"（涉及 {actions} 项措施）" if actions < count else "")


def by_action(agenda: Iterable[AgendaItem]) -> list[tuple[AgendaItem, ...]]:
    """The matters of each action, in the order in which an action is first asked about."""
    found: dict[str, list[AgendaItem]] = {}
    for item in agenda:
        found.setdefault(item.number, []).append(item)
    return [tuple(items) for items in found.values()]


def with_a_card(firsts: Sequence[AgendaItem]) -> list[int]:
    """Places of the actions that have a card; where not all find room, half of it is for what waits for approval.

    What one half leaves the other takes. One action alone has a card too: that it is left out takes no less room.

    Args:
        firsts: The first matter of every action, ordered as `AgendaItem.place` has it.
    """
    if len(firsts) <= MOST_CARDS + 1:
        return list(range(len(firsts)))
    waiting = sum(item.awaits_approval for item in firsts)
    shown = min(waiting, max(MOST_CARDS // 2, MOST_CARDS - (len(firsts) - waiting)))
    return [*range(shown), *range(waiting, waiting + MOST_CARDS - shown)]


def not_listed(rest: Sequence[Sequence[AgendaItem]]) -> Iterator[str]:
    """How many matters have no card, and of each category how many and whose.

    Args:
        rest: By action.
    """
    matters = [item for items in rest for item in items]
    if matters:
        yield f"另有 {decisions_words((matters,))}未逐项列出，按类别如下，可一并决定："
    numbers: dict[str, list[str]] = {}
    for item in matters:
        numbers.setdefault(item.heading, []).append(item.number or "无编号")
    for category, named in numbers.items():
        yield f"{category} {len(named)} 件：{cut_list(named, MOST_NUMBERS, '件')}。"


def decision_card(index: int, items: Sequence[AgendaItem], company: str = "") -> dict[str, Any]:
    """One action: whose it is, until when and how late, what is proposed, what else could be done, and what it takes.

    Args:
        index: Its number on the paper, from 1.
        items: All that is asked about it, one or more, numbered as the proposals and alternatives to it are.
        company: Whose it is, where several are asked for.
    """
    item, asked = items[0], list({one.category: one for one in items}.values())
    due = f"现期限 {PrintedDay.of(item.due_on)}" if item.due_on else ""
    late = f"实施逾期 {item.days_late} 天" if item.days_late else ""
    return {
        "index": index,
        "where": "，".join(filter(None, (company, item.department, due, late))),
        "category": _numbered([one.heading for one in asked]),
        "number": item.number,
        "matter": cut(item.matter, MOST_CARD_CHARACTERS),
        "proposal": _numbered([one.proposal for one in asked]),
        "alternative": _numbered([one.alternative for one in asked]),
        "resources": _needed(item.resources),
        "department": item.department,
        "due_on": item.due_on,
    }


def _needed(resources: Sequence[str]) -> str:
    """All of them in as many characters as a narrow cell has room for: of each as much as of the others."""
    most = max(_LEAST_OF_A_NEED, MOST_CHARACTERS // max(1, len(resources)))
    return "；".join(cut(one, most) for one in resources)


def _numbered(texts: Sequence[str]) -> str:
    """One as it is, several behind ①, ②."""
    return " ".join(f"{chr(ord('①') + at)} {text}" for at, text in enumerate(texts)) if len(texts) > 1 else texts[0]
