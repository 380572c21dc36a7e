"""What cells of a row held before other words were written over them, from the journal's changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.snapshot import FieldChange


class WrittenOver(Struct, frozen=True):
    """Cells as they stood before one run saw some of them changed, and as it found them: key → text, "" for blank."""

    seen_on: date
    earlier: Mapping[str, str]
    later: Mapping[str, str]


def written_over(action: Action, keys: Sequence[str], changes: Sequence[FieldChange]) -> Iterator[WrittenOver]:
    """From the cells as a run last saw them back through every run that saw one changed, the newest first.

    What was written since no run has seen: it belongs to no earlier state. A cell that no run saw changed is as it is.

    Args:
        changes: The journal's changes of these cells of the row, oldest first.
    """
    headers = {column_by_key(Action)[key].header: key for key in keys}
    seen = {change.field: change.after for change in changes}
    cells = {key: seen.get(header, str(getattr(action, key) or "")) for header, key in headers.items()}
    for seen_on, group in groupby(reversed(changes), key=lambda change: change.seen_on):
        earlier = cells | {headers[change.field]: change.before for change in group if change.field in headers}
        yield WrittenOver(seen_on, earlier, cells)
        cells = earlier


def written_day(text: str) -> date | None:
    """The day that a cell held; None for a blank and for words."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
