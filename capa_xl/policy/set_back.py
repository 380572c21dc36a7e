"""Open rows that new columns set back to an earlier stage (capa-xl grow), told before anybody adds them."""

from __future__ import annotations

from datetime import date

from capa_xl.model import words
from capa_xl.model.cut_text import cut_list
from capa_xl.policy.planning_set import headings_phrase
from capa_xl.policy.register_view import RegisterView

_MOST = 5


def set_back(before: RegisterView, after: RegisterView, on: date) -> tuple[str, ...]:
    """One Chinese sentence on the rows whose status changes by the columns alone; () where none does.

    Args:
        before: The workbook as it is.
        after: The same with the columns, nothing being filled in them.
        on: The day they come, from which the limits of what they ask for count.
    """
    moves: dict[tuple[str, str], list[str]] = {}
    for number, derived in after.derived.items():
        was = before.derived[number].status if number in before.derived else derived.status
        if was != derived.status:
            moves.setdefault((was, derived.status), []).append(number)
    if not moves:
        return ()
    told = "；".join(
        f"{was} → {now} {len(numbers)} 项（{cut_list(numbers, _MOST)}）{_lacking(after, now, numbers)}"
        for (was, now), numbers in moves.items()
    )
    since = f"；补这些列的限期从 {on} 算起" if str(on) in after.procedure.added_columns else ""
    return (f"新加的列空着，{sum(map(len, moves.values()))} 项的状态随之改变：{told}{since}",)


def _lacking(view: RegisterView, status: str, numbers: list[str]) -> str:
    if status != words.TO_PLAN:
        return ""
    keys = tuple(dict.fromkeys(key for number in numbers for key in view.derived[number].next_keys))
    return f"，要补{headings_phrase(view.inputs, keys)}" if keys else ""
