"""DO01–DO07, DO12, DO14–DO16: the work itself — dates, evidence, steps, feedback (4.4.1, 4.4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.problem import Hit
from capa_xl.model.records import Progress, Step
from capa_xl.policy.corrections import corrected, reopened_on
from capa_xl.policy.department_steps import open_steps, waiting_departments
from capa_xl.policy.rules.message_words import headers
from capa_xl.policy.rules.rule import E, I, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.policy.rules.weights import follows

LONG_RUN = timedelta(days=90)
SILENCE = timedelta(days=60)


def _completed_in_the_future(given: RuleInputs) -> Iterator[Hit]:
    for fact in given.future_facts:
        if fact.sheet_key == "tracker" and fact.key == "completed_on":
            yield given.hit(fact.record, fact.key, v=str(fact.day), on=str(given.on))


def _completed_before_start(given: RuleInputs) -> Iterator[Hit]:
    """A row that was begun anew was completed before that start once, and its old 实际完成日期 may stand until then."""
    for row, end in _completions_written(given):
        start, anew = row.started_on, reopened_on(given.view.inputs, row)
        if start is not None and end < start <= given.on and not (anew and end <= anew <= start):
            yield given.hit(row, "completed_on", v=str(end), d=str(row.started_on))


def _completed_before_registered(given: RuleInputs) -> Iterator[Hit]:
    for row, end in _completions_written(given):
        if row.registered_on is not None and end < row.registered_on:
            yield given.hit(row, "completed_on", v=str(end), d=str(row.registered_on))


def _completions_written(given: RuleInputs) -> Iterator[tuple[Action, date]]:
    """The rows with a completion that isn't in the future; one that 更正记录 undid stands in its cell all the same."""
    live = {action.number: action.row for action, _ in given.live}
    for row in given.tracker.records:
        if row.completed_on is not None and row.completed_on <= given.on and live.get(row.number) == row.row:
            yield row, row.completed_on


def _no_evidence(given: RuleInputs) -> Iterator[Hit]:
    for action, _ in given.completed:
        if action.progress_note and action.evidence:
            continue
        if missing := given.blanks(action, "progress_note", "evidence"):
            yield given.hit(action, missing[0], missing=headers(missing))


def _progress_contradicts(given: RuleInputs) -> Iterator[Hit]:
    """Only while nothing is completed: people forget 进度% afterwards, and the date says it all.

    进度% is undated: on a past T it is the progress of a completion that lies after T.
    """
    later = {a.number for a in given.tracker.records if _completed_otherwise(given, a)}
    for action, _ in given.live:
        if action.progress is None or action.number in later:
            continue
        if action.completed_on is None and action.progress >= 100:
            yield follows(given.hit(action, "progress", v=f"{action.progress:g}%", what="实际完成日期空白"), "DO14")


def _completed_otherwise(given: RuleInputs, row: Action) -> bool:
    """Its 实际完成日期 stands in the cell but doesn't count at T: later, taken back, or other departments' turn."""
    action = given.view.by_number.get(row.number)
    return row.completed_on is not None and action is not None and action.completed_on is None


def _steps_left_open(given: RuleInputs) -> Iterator[Hit]:
    for action, _ in given.completed:
        left = len(open_steps(given.view.inputs, action.number))
        if left:
            yield given.hit(action, "completed_on", n=str(left))


def _others_not_done(given: RuleInputs) -> Iterator[Hit]:
    """Rows whose 实际完成日期 counts for nothing yet, or lies before the day a department completed its own step."""
    for row in given.tracker.records:
        action = given.view.by_number.get(row.number)
        if action is None:
            continue
        if _is_held_back(given, row, action):
            names = waiting_departments(given.view.inputs, row.number)
            v, on = "、".join(names), _inspected_too_early(given, row)
            yield given.hit(action, "completed_on", d=str(row.completed_on), v=v, on=on)
        elif last := _completed_last(given, action):
            who, day = last.department or "", str(last.done_on)
            yield given.hit(action, "completed_on", d=str(action.completed_on), last=who, done=day)


def _inspected_too_early(given: RuleInputs, row: Action) -> str:
    """The day of an inspection that counts no more than the completion it looked at; "" where there is none at T."""
    day = row.inspected_on
    return str(day) if day is not None and day <= given.on else ""


def _completed_last(given: RuleInputs, action: Action) -> Step | None:
    """The step of a department that was done after the whole is said to be; None where none was."""
    rows, done = given.view.steps.get(action.number), action.completed_on
    if not rows:
        return None
    steps = [one for one in rows if one.department and one.done_on]
    last = max(steps, key=lambda one: one.done_on or date.min, default=None)
    return last if last and done and (last.done_on or date.min) > done else None


def _is_held_back(given: RuleInputs, row: Action, action: Action) -> bool:
    """Its completion stands in the cell at T, and doesn't count for the sake of others' steps."""
    stands = row.completed_on is not None and row.completed_on <= given.on and action.completed_on is None
    return stands and corrected(given.view.inputs, row).completed_on is not None


def _no_word_for_long(given: RuleInputs) -> Iterator[Hit]:
    at = given.first_column("progress_note", "started_on", "number")
    for action, derived in given.open:
        if derived.status not in (words.RUNNING, words.REWORK):
            continue
        start = action.started_on or action.approved_on
        if start is None or given.on - start <= LONG_RUN:
            continue
        last = _last_word(given, action)
        if given.on - (last or start) > SILENCE:
            yield given.hit(action, at, last=f"最近一次 {last}" if last else f"{start} 开始以来没有记录")


def _last_word(given: RuleInputs, action: Action) -> date | None:
    """The last day of a progress entry, a finished step, or a change of the row seen by the journal."""
    number = action.number
    days = [day for entry in given.view.progress.get(number, ()) for day in (entry.on, entry.answered_on)]
    days += [step.done_on for step in given.view.steps.get(number, ())]
    days.append(given.journal.changed_on.get(number) if given.journal is not None else None)
    return max((day for day in days if day is not None), default=None)


def _entries(given: RuleInputs, kind: str) -> Iterator[Progress]:
    """Entries of a kind about actions that still run and that lie longer than 限期工作日_反馈."""
    limit = given.view.procedure.limit_feedback
    for action, _ in given.open:
        for entry in given.view.progress.get(action.number, ()):
            asked = entry.on if entry.kind == kind else None
            if asked is not None and given.on > given.view.calendar.add(asked, limit):
                yield entry


def _unanswered_feedback(given: RuleInputs) -> Iterator[Hit]:
    for entry in _entries(given, words.TROUBLE):
        if not entry.answer and entry.answered_on is None:
            yield given.hit_on("progress", entry, "answer", entry.number, d=str(entry.on))


def _unanswered_request(given: RuleInputs) -> Iterator[Hit]:
    for entry in _entries(given, words.RESOURCE_REQUEST):
        if not entry.conclusion and entry.answered_on is None and is_for_general_manager(given, entry):
            yield given.hit_on("progress", entry, "conclusion", entry.number, d=str(entry.on))


def is_for_general_manager(given: RuleInputs, entry: Progress) -> bool:
    """4.4.1 sends resource requests to 总经理; only one that names another addressee goes elsewhere."""
    to = entry.addressee
    if entry.needs_general_manager or not to or words.GENERAL_MANAGER in to:
        return True
    return given.view.roster.has_role(to, words.GENERAL_MANAGER, entry.on or given.on)


def _checked_but_not_done(given: RuleInputs) -> Iterator[Hit]:
    for action, derived in given.live:
        if action.completed_on is None and (action.inspection == words.PASSED or derived.conclusion is not None):
            yield given.hit(action, "completed_on", what="检查合格" if action.inspection == words.PASSED else "已确认")


DO01 = Rule(
    "DO01", "4.4.2", E, "实际完成日期在将来",
    "实际完成日期「{v}」还没有到（按 {on} 计算）",
    "改为实际日期；还没完成就先空着",
    _completed_in_the_future, ("completed_on",),
)  # fmt: skip
DO02 = Rule(
    "DO02", "", E, "实际完成早于开始",
    "完成早于开始：完成 {v}，开始 {d}",
    "核对两个日期",
    _completed_before_start, ("completed_on", "started_on"),
)  # fmt: skip
DO03 = Rule(
    "DO03", "4.4.2", W, "已完成，缺少实施情况或完成证据",
    "缺少实施情况/完成证据：{missing}空白",
    "补实施情况与完成证据（记录编号、截图或文件位置）",
    _no_evidence, ("completed_on", "progress_note|evidence"),
)  # fmt: skip
DO04 = Rule(
    "DO04", "", W, "进度 100 而没有完成日期，或相反",
    "进度与完成日期不一致：进度 {v}，{what}",
    "统一进度与完成日期",
    _progress_contradicts, ("progress", "completed_on"),
)  # fmt: skip
DO05 = Rule(
    "DO05", "4.4.2", W, "已完成，而《措施分解》中还有未完成的步骤",
    "仍有 {n} 个步骤未完成",
    "关闭步骤（填实际完成），或撤回完成日期",
    _steps_left_open, ("completed_on", "steps:done_on"),
)  # fmt: skip
DO06 = Rule(
    "DO06", "4.4.2", I, "实施超过 90 天，60 天没有进展记录",
    "60 天无进展记录（{last}）",
    "在《进展反馈》补记一条进展",
    _no_word_for_long, ("progress:|+journal",),
)  # fmt: skip
DO07 = Rule(
    "DO07", "4.4.2", W, "反馈的问题超过 5 个工作日没有处理（天数见《参数》）",
    "问题反馈未处理（{d} 提出）",
    "归口部门填处理意见、处理人、处理日期",
    _unanswered_feedback, ("progress:kind", "progress:answer|progress:answered_on"),
)  # fmt: skip
DO12 = Rule(
    "DO12", "4.4.1", W, "向总经理的资源申请超过 5 个工作日没有结论（天数见《参数》）",
    "资源申请未答复（{d} 提出）",
    "请总经理填结论和处理日期",
    _unanswered_request, ("progress:kind", "progress:conclusion|progress:answered_on"),
)  # fmt: skip
DO14 = Rule(
    "DO14", "4.4.2", E, "检查合格或已确认，而没有实际完成日期",
    "已检查但没有实际完成日期（{what}）",
    "填实际完成日期",
    _checked_but_not_done, ("completed_on", "inspection|effect|confirmed_on|confirmations:effect"),
)  # fmt: skip
DO15 = Rule(
    "DO15", "4.4.2", W, "已填实际完成日期，而别的部门的步骤没有完成（整项不算完成），或完成得更晚",
    "⟦实际完成日期 {d} 暂不算数：「{v}」的步骤未完成⟧⟦；{on} 的检查同样不算，都完成以后再检查⟧"
    "⟦实际完成日期 {d} 早于「{last}」的步骤完成的 {done}⟧",
    "请这些部门在《措施分解》填实际完成；都完成后本项才算完成，实际完成日期写最后一个部门完成的那天",
    _others_not_done, ("completed_on", "steps:department", "steps:done_on"),
)  # fmt: skip
DO16 = Rule(
    "DO16", "", W, "实际完成早于登记",
    "完成早于登记：完成 {v}，登记 {d}",
    "核对两个日期；先做后补登记的，在备注写明",
    _completed_before_registered, ("completed_on", "registered_on"),
)  # fmt: skip
