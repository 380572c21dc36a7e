"""Repeats among the actions (statistics.md 8): linked by people, of the same key, or alike in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.analysed import ALIKE, LINKED, SAME_KEY, Recurrence
from capa_xl.policy.past_years import archived
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.rules.analysis import RECURS_WITHIN, RecurrenceKey, bigrams, recurrence_key, similarity

LEAST_ALIKE = 0.6
"""Below this share of common character pairs nothing is suggested."""
_Pair = tuple[str, str]


def recurrences(view: RegisterView) -> tuple[Recurrence, ...]:
    """Every repeat at T, in the order of the later ones; one line a pair, by the surest basis."""
    past = [one.action for one in archived(view) if one.derived.status != words.CANCELLED]
    actions = [*past, *(action for action, derived in view.pairs if derived.status != words.CANCELLED)]
    found: dict[_Pair, Recurrence] = {}
    for basis, pairs in ((LINKED, _linked(actions)), (SAME_KEY, _same_key(actions)), (ALIKE, _alike(actions))):
        for earlier, later in pairs:
            found.setdefault((later.number, earlier.number), _recurrence(earlier, later, basis))
    order = {action.number: at for at, action in enumerate(actions)}
    return tuple(sorted(found.values(), key=lambda one: (order.get(one.number, 0), order.get(one.earlier, 0))))


def repeats_of(view: RegisterView, action: Action) -> tuple[str, ...]:
    """编号 of later issues at T that name the action as 前次编号, or have its key and came after its completion.

    Those that went to an archive since are among them. The review's 复发 counts those of the first half year.
    """
    gone = ((one.action, one.derived) for one in archived(view))
    return tuple(
        later.number
        for later, derived in (*gone, *view.pairs)
        if later is not action and derived.status != words.CANCELLED and _is_repeat_of(action, later)
    )


def _is_repeat_of(action: Action, later: Action) -> bool:
    if action.number in later.previous_numbers:
        return True
    done, then, key = action.completed_on, later.registered_on, recurrence_key(action)
    return bool(done and then and then > done and key is not None and key == recurrence_key(later))


def _recurrence(earlier: Action, later: Action, basis: str) -> Recurrence:
    first, then = earlier.registered_on, later.registered_on
    days = (then - first).days if first and then else None
    alike = similarity(earlier.description or "", later.description or "")
    return Recurrence(later.number, earlier.number, basis, days, round(alike, 2))


def _linked(actions: Sequence[Action]) -> Iterator[tuple[Action, Action]]:
    known = {action.number: action for action in actions}
    for action in actions:
        yield from ((known[number], action) for number in action.previous_numbers if number in known)


def _same_key(actions: Sequence[Action]) -> Iterator[tuple[Action, Action]]:
    groups: defaultdict[RecurrenceKey, list[Action]] = defaultdict(list)
    for action in actions:
        if (key := recurrence_key(action)) is not None:
            groups[key].append(action)
    for group in groups.values():
        yield from _in_time(group)


def _in_time(group: Iterable[Action]) -> Iterator[tuple[Action, Action]]:
    """Pairs registered within a year of each other, the earlier one first."""
    dated = sorted(
        ((day, action.row, action) for action in group if (day := action.registered_on)), key=lambda d: d[:2]
    )
    for at, (first, _, earlier) in enumerate(dated):
        for then, _, later in dated[at + 1 :]:
            if then - first > RECURS_WITHIN:
                break
            yield earlier, later


def _alike(actions: Sequence[Action]) -> Iterator[tuple[Action, Action]]:
    """Pairs alike in words; only those that share a rare character pair are compared at all."""
    texts = {at: bigrams(action.description or "") for at, action in enumerate(actions)}
    common = Counter(pair for pairs in texts.values() for pair in pairs)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, pairs in texts.items():
        candidates: set[int] = set()
        for pair in _rarest(pairs, common):
            candidates.update(places[pair])
            places[pair].append(at)
        for other in sorted(candidates):
            if _share(texts[other], pairs) >= LEAST_ALIKE:
                yield from _in_time((actions[other], actions[at]))


def _rarest(pairs: frozenset[str], common: Mapping[str, int]) -> list[str]:
    """As many pairs as two texts can't all miss when 60 % of theirs are common (prefix filter)."""
    count = len(pairs) - ceil(LEAST_ALIKE * len(pairs)) + 1
    return sorted(pairs, key=lambda pair: (common[pair], pair))[:count]


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
