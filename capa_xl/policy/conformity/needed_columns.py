"""What 满足 stands on: the columns without which nobody can know that a requirement is kept.

A breach that is found is one whatever else is missing; that none was found says nothing where its column is absent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from capa_xl.model import words
from capa_xl.policy.conformity.subjects import Subject
from capa_xl.policy.rules.rule_inputs import RuleInputs

_OF_KIND: Final[dict[str, Callable[[Any], bool]]] = {
    "重大": lambda record: record.severity == words.MAJOR,
    "重复": lambda record: record.is_repeat is True,
    "纠正": lambda record: record.action_type == words.CORRECTIVE,
    "预防": lambda record: record.action_type == words.PREVENTIVE,
    "改进": lambda record: record.action_type == words.IMPROVEMENT,
    "成立": lambda record: record.is_valid is True,
    "不成立": lambda record: record.is_valid is False,
    "约定": lambda record: bool(record.respond_by or record.answer_by),
    "不采取": lambda record: getattr(record, "disposition", None) == words.NO_MEASURE,
    "预防措施": lambda record: getattr(record, "disposition", None) == words.BY_PREVENTION,
}
_CONFIRMED_ON = "confirmed_on|confirmations:confirmed_on"

NEEDED_COLUMNS: Final[dict[str, str]] = {
    "R01": "action_type containment@重大",
    "R03": "plans:number plans:version plans:period_from plans:period_to plans:goal plans:author plans:written_on"
           " plans:approver plans:approved_on plans:approval",
    "R04": "plans:approver plans:approved_on plans:approval",
    "R05": "progress:conclusion progress:answered_on",
    "R06": "needs:registered_on needs:department needs:raised_by needs:description needs:source",
    "R07": "needs:registered_on needs:evaluation needs:evaluation_note needs:evaluator needs:evaluated_on",
    "R09": "needs:priority",
    "R10": "needs:tracker_numbers|need_number needs:evaluation",
    "R13": "measurements:process measurements:indicator measurements:formula measurements:unit measurements:target"
           " measurements:direction measurements:frequency measurements:department measurements:period",
    "R14": "measurements:indicator measurements:period measurements:value measurements:target"
           " measurements:disposition_number",
    "R16": "needs:registered_on needs:raised_by needs:process needs:description",
    "R17": "needs:receiving_department needs:receiver needs:reply_due_on needs:replied_on|needs:reply",
    "R18": "confirmations:evaluating_department confirmations:participants",
    "R19": "needs_revision revisions:",
    "R20": "source",
    "R23": "started_on approved_on",
    "R25": "goal indicator@重大 baseline@重大 target@重大 unit@重大",
    "R26": "current_state@预防 current_state|impact@纠正 current_state|cause@纠正",
    "R27": "target actual|confirmations:n_after|confirmations:value_after",
    "R28": "action_type approval|plan_number|review_number@改进",
    "R29": "action_type@成立 needs:is_valid needs:invalid_reason@不成立 needs:responded_at|needs:answered_at@约定",
    "R30": "cause severity impact investigators",
    "R31": "cause severity analysis_methods@重大 indicator@重大",
    "R32": "responsible_department people:department",
    "R33": "severity is_repeat previous_numbers@重复",
    "R34": "owning_department involved_departments approval|review_number",
    "R35": "approver approved_on approval",
    "R36": "approver approved_on approval owners people:roles",
    "R37": "decisions:number decisions:on decisions:conclusion",
    "R38": "observations:period observations:department observations:data_class",
    "R39": "analyses:data_range analyses:method analyses:conclusion",
    "R40": "observations:department observations:period",
    "R41": "analyses:signal analyses:disposition analyses:reason@不采取 analyses:tracker_numbers@预防措施",
    "R42": "main_cause|cause analysis_number|source_number",
    "R43": "severity analysis_methods|indicator@重大",
    "R44": "communication",
    "R45": "approver approved_on approval",
    "R46": "severity review_number",
    "R47": "resources resources_on",
    "R48": "completed_on started_on|progress|steps:done_on",
    "R49": "progress:kind progress:answer|progress:answered_on",
    "R51": "completed_on inspector inspected_on inspection people:department inspection_note@重大",
    "R52": "inspected_on|inspection",
    "R54": "due_on owners",
    "R55": "scheme|+steps",
    "R56": "completed_on progress_note|evidence",
    "R58": "due_on",
    "R60": "due_on completed_on",
    "R61": "due_on extensions:new_due_on extensions:approver extensions:approved_on extensions:approval",
    "R62": f"completed_on {_CONFIRMED_ON}",
    "R63": f"owning_department confirmer|confirmations:confirmer {_CONFIRMED_ON} effect|confirmations:effect execution"
           " people:roles",
    "R64": "follow_ups previous_numbers|category registered_on",
    "R65": f"completed_on {_CONFIRMED_ON}",
    "R66": "needs_revision",
    "R67": "revisions:document_name revisions:document_class revisions:proposal revisions:approval",
    "R68": "revisions:approval revisions:refusal_reason",
    "R70": f"archived_on {_CONFIRMED_ON}",
    "R71": "archived_on archive_location",
    "R73": "people:name people:department people:roles people:email",
}  # fmt: skip
"""Id → what must be there, in the words of `Rule.needs`; `need@kind` only where one of the population is of that kind.

R08, R21, R57 and R59 are judged by the record of the runs, the plans and the mail ledger, which their `needs` name.
"""


def absent_columns(given: RuleInputs, id_: str, population: Iterable[Subject]) -> tuple[str, ...]:
    """What is missing to say that a requirement is kept by this population, in the words of `Rule.needs`."""
    members = tuple(population)
    asked = (need.partition("@") for need in NEEDED_COLUMNS.get(id_, "").split())
    wanted = (need for need, _, kind in asked if not kind or any(_OF_KIND[kind](one.record) for one in members))
    return tuple(need for need in wanted if not any(given.has(part) for part in need.split("|")))
