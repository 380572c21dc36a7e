"""XR12: what a statement of 制度执行自查表 wants of a row and no other rule speaks of.

The self-check counts from `WANTED` too, so whatever it counts has been asked of people first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.problem import Hit
from capa_xl.model.records import SIGNATURE
from capa_xl.model.schema import CHILDREN_OF_ACTIONS, record_class_of
from capa_xl.policy.day import precedes
from capa_xl.policy.indicators import achieved, measures_own_indicator
from capa_xl.policy.rules.confirmed_action import ConfirmedAction, confirmed_action
from capa_xl.policy.rules.doing import is_for_general_manager
from capa_xl.policy.rules.rule import I, Rule
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.policy.rules.statistics import is_signal
from capa_xl.policy.rules.weights import owes_a_class, owes_a_plan
from capa_xl.policy.status_inputs import seen

TRACKER: Final = "tracker"
IsWanted = Callable[[RuleInputs, Any], bool]
"""Whether a part is wanted of a row of its sheet."""
Objection = Callable[[RuleInputs, Any], str]
"""What is wrong with a row, in Chinese; "" where nothing is."""


class WantedPart(Struct, frozen=True):
    """Cells of a sheet's rows that a statement wants.

    Attributes:
        requirement: Its id, e.g. R67.
        sheet: Key of the sheet.
        keys: The columns that are not to be blank; of a fault that is no blank, the first that is there is its place.
        of: Rows it is wanted of.
        fault: What may be wrong besides; None: blanks alone.
        is_one_enough: One filled cell of those that are there does.
    """

    requirement: str
    sheet: str
    keys: tuple[str, ...]
    of: IsWanted = lambda _given, _row: True
    fault: Objection | None = None
    is_one_enough: bool = False

    def found_in(self, given: RuleInputs, record: Any) -> tuple[str, str]:
        """(key of the cell, what is wrong with it): 文件类别、修改意见空白; ("", "") for nothing."""
        if self.fault is not None:
            said = self.fault(given, record) if self.of(given, record) else ""
            there = self._those_there(self.keys, given, record) if said else ()
            return (there[0], said) if there else ("", "")
        there = self.blank_in(given, record)
        if not there:
            return "", ""
        known = column_by_key(record_class_of(self.sheet))
        return there[0], f"{'、'.join(known[key].header for key in there)}空白"

    def blank_in(self, given: RuleInputs, record: Any) -> tuple[str, ...]:
        """Keys of the cells that are blank and wanted of the row; of a fault that is no blank none."""
        blank = [key for key in self.keys if getattr(record, key) in (None, ())]
        if not blank or not self.of(given, record):  # few rows have a blank: the others need not be asked more
            return ()
        if self.is_one_enough:
            there = self._those_there(self.keys, given, record)
            return there[:1] if set(there) <= set(blank) else ()
        return self._those_there(blank, given, record)

    def _those_there(self, keys: Sequence[str], given: RuleInputs, record: Any) -> tuple[str, ...]:
        """Those of the columns that the sheet has; asked of a fault alone, for most rows have none."""
        columns = columns_at(given, self.sheet, record)
        return tuple(key for key in keys if key in columns)


def columns_at(given: RuleInputs, sheet_key: str, record: Any) -> frozenset[str]:
    """The columns that the sheet has in this row."""
    if sheet_key == TRACKER:
        return frozenset(given.tracker.columns_of(record.row))
    table = given.table(sheet_key)
    return frozenset(table.columns) if table is not None else frozenset()


def rows_at(given: RuleInputs, sheet_key: str) -> Iterator[Any]:
    """The rows of a sheet as seen at T; of the tracker and of a sheet of actions only what is live and no history."""
    live = (action for action, _ in given.live if action.row not in given.history)
    if sheet_key == TRACKER:
        yield from live
        return
    rows = seen(given.table(sheet_key), given.view.as_of)
    if rows and sheet_key in CHILDREN_OF_ACTIONS:
        numbers = {action.number for action in live}
        rows = tuple(row for row in rows if row.number in numbers)
    yield from rows


def _plan_elsewhere(given: RuleInputs, plan: Any) -> str:
    """A plan version whose 编制人 is not of 质量部."""
    name, roster = plan.author, given.view.roster
    on = plan.written_on or given.on
    elsewhere = bool(name) and not roster.in_quality(name, on) and roster.lacks(name, words.QUALITY_HEAD, on)
    return f"编制人「{name}」不是质量部的人" if elsewhere else ""


def _plan_unapproved(given: RuleInputs, plan: Any) -> str:
    """A plan version that somebody approved who was not 总经理 on that day.

    A name that the roster doesn't have is not 总经理 either, while it names one.
    """
    if not plan.approver or plan.approved_on is None:
        return ""
    is_no_manager = given.view.roster.lacks(plan.approver, words.GENERAL_MANAGER, plan.approved_on)
    return f"批准人「{plan.approver}」当天不是总经理" if is_no_manager else ""


def _earlier(sheet_key: str, key: str, before: str) -> Objection:
    """A date lies before another one of its row, which comes first."""
    columns = column_by_key(record_class_of(sheet_key))
    said = f"{columns[key].header}早于{columns[before].header}"
    return lambda _, record: said if precedes(getattr(record, key), getattr(record, before)) else ""


def _not_judged_against_target(given: RuleInputs, action: Action) -> str:
    """目标值 stands there, and the conclusion names no figure of that indicator to hold against it."""
    derived = given.view.derived.get(action.number) if action.target is not None else None
    if derived is None or derived.conclusion is None:
        return ""
    found = confirmed_action(action, derived)
    unjudged = found is not None and achieved(action, found.round) is None and not _is_counted(found)
    return "有目标值而没有实际值，效果没有对照目标" if unjudged else ""


def _is_counted(found: ConfirmedAction) -> bool:
    """The round that counts gives the action's own indicator as n and 不合格."""
    round_ = found.round
    if round_ is None or not measures_own_indicator(found.action, round_):
        return False
    return bool(round_.n_after) and round_.bad_after is not None


def _with_measure(action: Action, kind: str) -> bool:
    return bool(action.measure) and action.action_type == kind


def _is_disposed_as(disposition: str) -> IsWanted:
    return lambda _, row: is_signal(row) and row.disposition == disposition


def _is_request_to_the_top(given: RuleInputs, entry: Any) -> bool:
    return entry.kind == words.RESOURCE_REQUEST and is_for_general_manager(given, entry)


def _has(*keys: str) -> IsWanted:
    """One of them is filled."""
    return lambda _, record: any(getattr(record, key) not in (None, ()) for key in keys)


_REQUEST = ("receiving_department", "receiver", "reply_due_on")
WANTED: Final = (
    WantedPart("R01", TRACKER, ("action_type",), lambda given, action: not action.measure
               and owes_a_class(action, given.view.derived.get(action.number))),
    WantedPart("R03", "plans", ("number", "version", "period_from", "period_to", "goal", "author", "written_on")),
    WantedPart("R03", "plans", SIGNATURE, _has(*SIGNATURE)),
    WantedPart("R03", "plans", ("author",), fault=_plan_elsewhere),
    WantedPart("R04", "plans", ("approver", "approved_on"), lambda _, plan: plan.approval == words.AGREED),
    WantedPart("R04", "plans", ("approver",), lambda _, plan: plan.approval == words.AGREED, _plan_unapproved),
    WantedPart("R05", "progress", ("answered_on",), lambda given, entry: _is_request_to_the_top(given, entry)
               and bool(entry.conclusion)),
    WantedPart("R05", "progress", ("conclusion",), lambda given, entry: _is_request_to_the_top(given, entry)
               and entry.answered_on is not None),
    WantedPart("R06", "needs", ("registered_on", "department", "raised_by", "description", "source")),
    WantedPart("R07", "needs", ("evaluation_note",), lambda _, need: need.evaluation not in (None, words.ADOPTED)),
    WantedPart("R07", "needs", ("evaluator", "evaluated_on"), _has("evaluation")),
    WantedPart("R07", "needs", ("evaluated_on",), fault=_earlier("needs", "evaluated_on", "registered_on")),
    WantedPart("R09", "needs", ("priority",), lambda _, need: need.evaluation == words.ADOPTED),
    WantedPart("R13", "measurements", ("process", "indicator", "formula", "unit", "target", "direction", "frequency",
                                       "department", "period")),
    WantedPart("R16", "needs", ("registered_on", "raised_by", "process", "description"),
               lambda _, need: need.need_class in words.NEED_CLASSES[:2]),
    WantedPart("R17", "needs", _REQUEST, _has(*_REQUEST)),
    WantedPart("R17", "needs", ("replied_on",), _has(*_REQUEST), _earlier("needs", "replied_on", "registered_on")),
    WantedPart("R18", "confirmations", ("evaluating_department", "participants"), _has("effect")),
    WantedPart("R25", TRACKER, ("unit",), lambda _, action: bool(action.measure) and action.severity == words.MAJOR),
    WantedPart("R26", TRACKER, ("measure",), lambda given, action: owes_a_plan(
        action, given.view.derived.get(action.number))),
    WantedPart("R26", TRACKER, ("description",), lambda _, action: _with_measure(action, words.CORRECTIVE)),
    WantedPart("R27", TRACKER, ("actual",), fault=_not_judged_against_target),
    WantedPart("R29", "needs", ("invalid_reason",), lambda _, need: need.is_valid is False),
    WantedPart("R37", "decisions", ("number", "on", "conclusion")),
    WantedPart("R38", "observations", ("period", "department", "data_class")),
    WantedPart("R39", "analyses", ("data_range", "method", "conclusion")),
    WantedPart("R41", "analyses", ("reason",), _is_disposed_as(words.NO_MEASURE)),
    WantedPart("R41", "analyses", ("tracker_numbers",), _is_disposed_as(words.BY_PREVENTION)),
    *(WantedPart("R42", TRACKER, pair, lambda _, action: _with_measure(action, words.PREVENTIVE), is_one_enough=True)
      for pair in (("main_cause", "cause"), ("analysis_number", "source_number"))),
    WantedPart("R67", "revisions", ("document_name", "document_class", "proposal")),
    WantedPart("R68", "revisions", ("refusal_reason",), lambda _, row: row.approval == words.REFUSED),
)  # fmt: skip
"""All of them, by statement."""


def _wanted_and_untold(given: RuleInputs) -> Iterator[Hit]:
    """One hit a row, at its first cell."""
    for sheet_key in dict.fromkeys(part.sheet for part in WANTED):
        if sheet_key != TRACKER and given.table(sheet_key) is None:
            continue
        parts = [part for part in WANTED if part.sheet == sheet_key]
        for record in rows_at(given, sheet_key):
            told = [(part.requirement, *one) for part in parts if (one := part.found_in(given, record))[0]]
            if told:
                yield _hit(given, sheet_key, record, told)


def _hit(given: RuleInputs, sheet_key: str, record: Any, told: list[tuple[str, str, str]]) -> Hit:
    facts: Any = {
        "what": "；".join(dict.fromkeys(what for _, _, what in told)),
        "r": "、".join(dict.fromkeys(requirement for requirement, _, _ in told)),
    }
    key = told[0][1]
    if sheet_key == TRACKER:
        return given.hit(record, key, **facts)
    return given.hit_on(sheet_key, record, key, getattr(record, "number", None), **facts)


XR12 = Rule(
    "XR12", "", I, "登记的内容不全或不符：自查表按待整改计，而没有别的规则说到",
    "{what}（自查表 {r} 按待整改计）",
    "照事实补填或改正",
    _wanted_and_untold,
)  # fmt: skip
