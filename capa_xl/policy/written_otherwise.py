"""Somebody's name as cells have it with a post or a firm around it: told to who asks by the bare name, never merged."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.names_apart import bare_writing, listed_names
from capa_xl.policy.register_view import RegisterView


def written_otherwise(view: RegisterView, name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Other writings of a name, each with the open actions at T that are under it; they count as another's.

    Two people may bear one name, of two firms say: so a person decides.
    """
    found: dict[str, list[str]] = {}
    for number, writing in _writings(view):
        is_another = writing != name and view.roster.meant_by(writing) != name
        if is_another and bare_writing(writing) == bare_writing(name) and number not in found.setdefault(writing, []):
            found[writing].append(number)
    return tuple((writing, tuple(numbers)) for writing, numbers in found.items())


def _writings(view: RegisterView) -> Iterator[tuple[str, str]]:
    """Number and name of everybody an open action has as an owner or waits for."""
    for action, derived in view.pairs:
        if not derived.is_ended:
            yield from ((action.number, one) for one in (*action.owners, *listed_names(derived.next_actor)) if one)
    for row in view.register.quarantined:
        yield from ((row.number or f"第 {row.row} 行", one) for one in row.record.owners)
