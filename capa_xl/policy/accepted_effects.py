"""部分有效 that the quality department accepts: the row goes on to its archive, and never counts as 有效 (B7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.policy.derive import derive
from capa_xl.policy.excuses import accepted_exceptions
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.rules.rule_inputs import RuleInputs

RULE = "EF05"
"""The rule that the entry of 例外说明 names: 部分有效 without a follow-up."""


def with_accepted_effects(view: RegisterView) -> RegisterView:
    """The view with the rows derived anew whose 部分有效 an entry of 例外说明 accepts, signed as any exception is."""
    accepted = dict(_accepted(view)) if view.register.excuses is not None else {}
    if not accepted:
        return view
    pages = tuple(replace(page, accepted_effects=accepted) for page in view.inputs.pages)
    inputs = replace(view.inputs, accepted_effects=accepted, pages=pages)
    pairs = tuple(
        (action, derive(inputs, action) if action.number in accepted else derived) for action, derived in view.pairs
    )
    return replace(view, inputs=inputs, pairs=pairs, derived={action.number: derived for action, derived in pairs})


def _accepted(view: RegisterView) -> Iterator[tuple[str, date]]:
    waiting = [(action, derived) for action, derived in view.pairs if derived.status == words.NOT_EFFECTIVE]
    exceptions = accepted_exceptions(RuleInputs(view)) if waiting else None
    for action, derived in waiting:
        found = derived.conclusion
        if exceptions is None or found is None or found.effect != words.PARTLY_EFFECTIVE:
            continue
        signed = exceptions.all_of(RULE, action.number, found.confirmed_on, found.confirmed_on)
        if days := [one.on for one in signed]:
            yield action.number, min(days)
