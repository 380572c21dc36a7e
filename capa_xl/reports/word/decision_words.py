"""What a card that asks for a decision says, in the review of one workbook and of a group alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import structs

from capa_xl.model.cut_text import cut_list
from capa_xl.model.review import AgendaItem
from capa_xl.reports.word.printable import PrintedDay
from capa_xl.reports.word.table_words import cut

MOST_CARDS = 20
"""So many decisions have a card of their own; the others are counted."""
MOST_CARD_CHARACTERS = 120
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


def cards_and_rest(rows: Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
    """The first as cards, which are written on, and words on the others."""
    return {"cards": list(rows[:MOST_CARDS]), "unlisted": list(_unlisted(rows[MOST_CARDS:]))}


def _unlisted(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """How many are not listed, and of each category how many and which."""
    if rows:
        yield f"另有 {len(rows)} 件未逐项列出，按类别如下，可一并决定："
    numbers: dict[str, list[str]] = {}
    for row in rows:
        numbers.setdefault(row["category"], []).append(row["number"] or "无编号")
    for category, named in numbers.items():
        yield f"{category} {len(named)} 件：{cut_list(named, MOST_NUMBERS, '件')}。"


def decision_card(index: int, item: AgendaItem, company: str = "") -> dict[str, Any]:
    """One matter: whose it is, until when and how late, what is proposed, what else could be done, and what it takes.

    Args:
        index: Its number on the paper, from 1.
        company: Whose it is, where several are asked for.
    """
    due = f"现期限 {PrintedDay.of(item.due_on)}" if item.due_on else ""
    late = f"实施逾期 {item.days_late} 天" if item.days_late else ""
    row = structs.asdict(item) | {"category": item.heading, "matter": cut(item.matter, MOST_CARD_CHARACTERS)}
    del row["over_days"], row["days_late"]
    return {"index": index, "where": "，".join(filter(None, (company, item.department, due, late))), **row}
