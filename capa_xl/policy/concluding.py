"""Which confirmation of an action counts, and which others contradict it (4.5.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.conclusion import Conclusion
from capa_xl.model.records import Confirmation
from capa_xl.policy.status_inputs import StatusInputs


def conclusion_of(inputs: StatusInputs, action: Action) -> Conclusion | None:
    """The newest dated conclusion of the main row and the rounds; on one day the higher 轮次, a round before the row.

    A round that nobody signed concludes nothing.
    A column that the table lacks asks for nothing: without 效果结论 a confirmed row counts as 有效, without 确认日期 a
    conclusion counts undated, older than every round.
    """
    own, rounds = _of_row(inputs, action), inputs.rounds.get(action.number)
    if not rounds:
        return own
    written = (_of_round(action, row) for row in rounds if row.confirmed_on and row.effect)
    dated = [one for one in written if not is_unsigned(inputs, one)]
    if own is not None:
        dated.append(own)
    return max(dated, key=_age, default=None)


def first_confirmed_on(inputs: StatusInputs, action: Action) -> date | None:
    """The first day on which any place of the action was confirmed; None where none is dated."""
    if action.number not in inputs.rounds:  # as nearly every action
        return action.confirmed_on if action.effect is not None else None
    days = (place.confirmed_on for place in _places(inputs, action) if not is_unsigned(inputs, place))
    return min((day for day in days if day), default=None)


def earlier_conclusions(inputs: StatusInputs, action: Action) -> tuple[Conclusion, ...]:
    """What was concluded on days before the conclusion that counts, oldest first; () where nothing was.

    What the row copies from a round of the same day is that round.
    """
    counting = conclusion_of(inputs, action)
    last = counting.confirmed_on if counting else None
    signed = (one for one in _places(inputs, action) if not is_unsigned(inputs, one))
    before = [one for one in signed if last and one.confirmed_on and one.confirmed_on < last]
    in_rounds = {(one.confirmed_on, one.effect) for one in before if one.round is not None}
    own = (one for one in before if one.round is not None or (one.confirmed_on, one.effect) not in in_rounds)
    return tuple(sorted(own, key=_age))


def contradictions(inputs: StatusInputs, action: Action) -> Iterator[tuple[Conclusion, Conclusion]]:
    """Places that say otherwise on the day of what counts, or without a day, each with what it contradicts.

    A later conclusion supersedes an earlier one in silence. Where none is dated, the last place stands for it.
    """
    places = tuple(_places(inputs, action))
    counting = conclusion_of(inputs, action) or (places[-1] if places else None)
    for place in places:
        if counting and place.effect != counting.effect and place.confirmed_on in (None, counting.confirmed_on):
            yield place, counting


def unsigned_rounds(inputs: StatusInputs, action: Action) -> Iterator[Confirmation]:
    """The rounds with a conclusion and a day that count for nothing until somebody signs them."""
    for one in _places(inputs, action) if action.number in inputs.rounds else ():
        if one.round is not None and one.confirmed_on is not None and is_unsigned(inputs, one):
            yield one.round


def unfinished_rounds(inputs: StatusInputs, action: Action) -> Iterator[tuple[Confirmation, str]]:
    """(round, key of a blank of 确认人, 确认日期 and 结论): it counts for nothing until all are filled.

    One that only names who is to confirm it is no round yet.
    """
    yield from ((row, "confirmer") for row in unsigned_rounds(inputs, action))
    for row in inputs.rounds.get(action.number, ()):
        if (row.effect is None) != (row.confirmed_on is None):
            if inputs.signs_rounds and row.confirmer is None:
                yield row, "confirmer"
            yield row, "effect" if row.effect is None else "confirmed_on"


def is_unsigned(inputs: StatusInputs, one: Conclusion) -> bool:
    """A round without 确认人, its own or the row's of that day, where the sheet has the column."""
    return one.round is not None and inputs.signs_rounds and one.confirmer is None


def _places(inputs: StatusInputs, action: Action) -> Iterator[Conclusion]:
    """Every place where an effect is written, dated or not, the main row first."""
    if action.effect is not None:
        yield Conclusion(action.effect, action.confirmed_on, action.confirmer)
    yield from (_of_round(action, row) for row in inputs.rounds.get(action.number, ()) if row.effect)


def _age(one: Conclusion) -> tuple[date, bool, int, int]:
    row = one.round
    return one.confirmed_on or date.min, row is not None, (row.round or 0) if row else 0, row.row if row else 0


def _of_round(action: Action, row: Confirmation) -> Conclusion:
    """The main row's 确认人 signs a round that names none, where both are of one day."""
    own = action.confirmer if action.confirmed_on in (None, row.confirmed_on) else None
    return Conclusion(row.effect or "", row.confirmed_on, row.confirmer or own, row)


def _of_row(inputs: StatusInputs, action: Action) -> Conclusion | None:
    dated = action.confirmed_on is not None or not inputs.has("confirmed_on")
    worded = action.effect is not None or not inputs.has("effect")
    if not inputs.stages.confirmation or not (dated and worded):
        return None
    return Conclusion(action.effect or words.EFFECTIVE, action.confirmed_on, action.confirmer)
