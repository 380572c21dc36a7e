"""What an action waits for in the sheets beside its row: open steps, another deadline, questions, documents.

One judgement for 下一步, the todo, the slip and the letter: what is to be done, by whom, by when and in which cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.columns import column_by_key
from capa_xl.model.cut_text import cut_clauses, cut_list, cut_quote
from capa_xl.model.names_apart import unit_of_actors
from capa_xl.model.records import SIGNATURE, Extension, Progress, Revision
from capa_xl.model.todo import EXTENSION, FEEDBACK, REVISION, STEP
from capa_xl.policy.action_state import ActionState
from capa_xl.policy.department_steps import doers_of, open_steps
from capa_xl.policy.routes import approver_of, vacancy_before_signing
from capa_xl.policy.signing_role import named_approver
from capa_xl.policy.status_inputs import StatusInputs

SILENT_DAYS = 5
"""Working days in which a request for another deadline is to be decided; so long the ladder is silent."""
_SHEETS = {STEP: "措施分解", EXTENSION: "延期记录", FEEDBACK: "进展反馈", REVISION: "文件修订"}
_MOST_OF_A_CONTENT = 30
_MOST_ACTORS, _MOST_CELLS = 3, 3
"""That a phrase in the row names: it has two lines for all that waits."""
_PROPOSAL = ("document_name", "document_class", "proposal")
_REVISED = ("reviser", "revised_on", "new_version")
_ANSWER = ("answer", "answered_by", "answered_on", "conclusion")


class SideTask(Struct, frozen=True):
    """One row of another sheet that waits for somebody.

    Attributes:
        kind: STEP, EXTENSION, FEEDBACK or REVISION.
        record: The row.
        what: What is to be done, without its cells.
        keys: Columns to fill, in order.
        actors: People or departments it waits for.
        home: The department on whose list it stands besides; "" for none.
        until: What holds until it is done, for whoever reads of it in the row; "" for nothing to be told.
        limit_name: What `due_on` is called.
        late_word: How its lateness is called.
    """

    kind: str
    record: Any
    what: str
    keys: tuple[str, ...]
    actors: tuple[str, ...]
    due_on: date | None
    limit_name: str
    late_word: str
    home: str = ""
    until: str = ""

    @property
    def headings(self) -> str:
        """The columns to fill, by their headings."""
        return headings_of(type(self.record), self.keys)

    @property
    def phrase(self) -> str:
        """完成步骤 3「更换蓄电池」，填写：实际完成."""
        return f"{self.what}，填写：{self.headings}"

    @property
    def phrase_in_row(self) -> str:
        """《延期记录》：批准前仍按 2026-08-07，由样例质审批延期申请 2026-08-07 → 2026-08-28（批准人、批准日期、结论）.

        The day that holds meanwhile stands first: a narrow column cuts off the rest, which is another's to do.
        Whoever reads it in the row does another's part of the step: it says whose this one is. What a question says,
        and all its cells, stand in the letter and the todo of who answers.
        """
        who = f"由{cut_list(self.actors, _MOST_ACTORS, unit_of_actors(self.actors))}" if any(self.actors) else ""
        headings = self.headings.split("、")
        cells = self.headings if len(headings) <= _MOST_CELLS else f"{headings[0]}等 {len(headings)} 格"
        return f"《{_SHEETS[self.kind]}》：{self.until}{who}{self.what.partition('：')[0]}（{cells}）"


def side_tasks(state: ActionState, status: str) -> tuple[SideTask, ...]:
    """Everything beside the row that waits at T; () once the action is at its end."""
    if status in words.ENDED:
        return ()
    return (*_steps(state, status), *extra_tasks(state, status), *_revisions(state, status))


def extra_tasks(state: ActionState, status: str) -> tuple[SideTask, ...]:
    """Those of them that no status stands for: a deadline to be decided on, questions to be answered."""
    number, inputs = state.action.number, state.inputs
    if status in words.ENDED or not (number in inputs.extensions or number in inputs.progress):  # as nearly every row
        return ()
    return (*_extensions(state), *_questions(state))


def pending_extensions(inputs: StatusInputs, number: str) -> tuple[Extension, ...]:
    """The requests for another due date that wait for somebody, in sheet order: every verdict that nobody signed (R61).

    Of those without a verdict the newest; one that names the date waits undated too. Where all of a signature stands
    and only its day hasn't come, that day is put right.
    """
    undecided = [e for e in inputs.extensions.get(number, ()) if e.approval is None and blank_of_signature(inputs, e)]
    open_ones = [e for e in undecided if not half_signed(inputs, e) and (e.asked_on or e.new_due_on)]
    newest = max(open_ones, key=lambda e: e.asked_on or date.min, default=None)
    return tuple(e for e in undecided if half_signed(inputs, e) or e is newest)


def half_signed(inputs: StatusInputs, row: Extension | Revision) -> str:
    """The verdict that stands in an undecided row beside a blank part of its signature; "" where there is none."""
    part = inputs.part_signed.get(row)
    return part.verdict or "" if part is not None and part.blank else ""


def blank_of_signature(inputs: StatusInputs, row: Extension | Revision) -> tuple[str, ...]:
    """What of the signature of an undecided row nobody has written, in order."""
    part = inputs.part_signed.get(row)
    return part.blank if part is not None else tuple(key for key in SIGNATURE if getattr(row, key) is None)


def refused_extension(state: ActionState) -> Extension | None:
    """The newest request for another due date, where it was refused and 完成期限 stands as it was before."""
    rows = state.inputs.extensions.get(state.action.number, ())
    newest = max(rows, key=lambda e: (e.asked_on or e.approved_on or date.min, e.row), default=None)
    if newest is None or newest.approval != words.REFUSED:
        return None
    return newest if newest.old_due_on in (None, state.action.due_on) else None


def revision_blanks(inputs: StatusInputs, row: Revision) -> tuple[str, ...]:
    """What is still to be filled of a row of 文件修订, in order: proposal, verdict, revision (4.5.3).

    One that is refused waits for the signature and for its reason, and for nothing else.
    """
    signature = () if row.approval else blank_of_signature(inputs, row)
    if words.REFUSED in (row.approval, half_signed(inputs, row)):
        return signature if row.refusal_reason else (*signature, "refusal_reason")
    proposed, revised = (tuple(key for key in keys if getattr(row, key) is None) for keys in (_PROPOSAL, _REVISED))
    return (*proposed, *signature, *revised)


def headings_of(record_class: type, keys: Iterable[str]) -> str:
    """Headings of a sheet's columns between 、, each once."""
    columns = column_by_key(record_class)
    return "、".join(columns[key].header for key in dict.fromkeys(keys))


def is_answered(row: Progress) -> bool:
    """Somebody has said something to a problem or request."""
    return bool(row.answered_on or row.answer or row.conclusion)


def answer_phrase(row: Progress) -> str:
    """答复问题：「备件未到」."""
    said = cut_quote(row.content or "").rstrip("，；。")
    return f"答复{row.kind}" + (f"：「{said}」" if said else "")


def waits_for_answer(row: Progress) -> bool:
    """A problem or a request for resources that nobody has answered."""
    return row.kind in words.ANSWERABLE and not is_answered(row)


def _steps(state: ActionState, status: str) -> Iterator[SideTask]:
    """While the work is under way: before the approval nobody is asked for a step."""
    for step in open_steps(state.inputs, state.action.number) if status in words.OWNERS_TURN else ():
        home = next(iter(state.inputs.roster.asked(step.department)), "")
        said = cut_clauses(" ".join((step.content or "").split()), _MOST_OF_A_CONTENT).rstrip("。；")
        what = f"完成步骤 {step.called}" + (f"「{said}」" if said and step.step else "")
        who = doers_of(state.inputs, step, state.action)
        yield SideTask(STEP, step, what, ("done_on",), who, step.due_on, "计划完成", "步骤逾期", home)


def _extensions(state: ActionState) -> Iterator[SideTask]:
    """Of what is completed only the verdicts that wait for a signature: by them it was in time, or late."""
    for asked in pending_extensions(state.inputs, state.action.number) if state.action.due_on else ():
        if half_signed(state.inputs, asked) or not state.is_completed:
            yield _extension(state, asked)


def _extension(state: ActionState, asked: Extension) -> SideTask:
    action = state.action
    named = named_approver(state.inputs.roster, action, state.route, asked, state.inputs.on)
    approver = named or approver_of(state.inputs, action, state.keeper)
    is_other = asked.approver is not None and asked.approver != approver
    days = f"{asked.old_due_on or action.due_on} → {asked.new_due_on}"
    what = f"审批延期申请 {days}" if asked.new_due_on else "审批没有写明新期限的延期申请"
    what += f"（批准人写的是「{asked.approver}」，他不能批）" if is_other else ""
    what += "" if named else vacancy_before_signing(state.inputs, action, state.keeper)
    blank = blank_of_signature(state.inputs, asked)
    keys = tuple(key for key in SIGNATURE if key in blank or (key == "approver" and is_other))
    limit = state.inputs.calendar.add(asked.asked_on, SILENT_DAYS) if asked.asked_on else None
    until = "" if state.is_completed else _until_then(state, asked)
    return SideTask(EXTENSION, asked, what, keys, (approver,), limit, "审批限期", "审批超时", until=until)


def _until_then(state: ActionState, asked: Extension) -> str:
    """By which day the work is due till somebody decides; what 完成期限 was moved to before that is no approved day."""
    due = state.action.due_on
    if asked.old_due_on in (None, due):
        return f"批准前仍按 {due}，"
    approved = {e.new_due_on for e in state.inputs.extensions[state.action.number] if e.approval == words.AGREED}
    is_ahead = due == asked.new_due_on or (asked.new_due_on is None and due not in approved)
    return f"批准前应仍按 {asked.old_due_on}，" if is_ahead else ""


def _questions(state: ActionState) -> Iterator[SideTask]:
    inputs = state.inputs
    for row in inputs.progress.get(state.action.number, ()):
        if waits_for_answer(row):
            limit = inputs.calendar.add(row.on, inputs.procedure.limit_feedback) if row.on else None
            home = "" if row.kind == words.RESOURCE_REQUEST else _home(state)
            who = _answerers(state, row)
            yield SideTask(FEEDBACK, row, answer_phrase(row), _ANSWER, who, limit, "答复限期", "答复超时", home)


def _answerers(state: ActionState, row: Progress) -> tuple[str, ...]:
    """总经理 for resources, else the head of the owning department, and both where 总经理 is asked for."""
    inputs, keeper = state.inputs, _home(state)
    general_manager = inputs.roster.general_manager(inputs.on) or words.GENERAL_MANAGER
    if row.kind == words.RESOURCE_REQUEST:
        return (general_manager,)
    head = inputs.roster.head_of(keeper, inputs.on) or keeper
    return (head, general_manager) if row.needs_general_manager else (head,)


def _home(state: ActionState) -> str:
    """The department that organises, else that of the first owner."""
    owners = state.action.owners
    return state.keeper or (state.inputs.roster.department_of(owners[0], state.inputs.on) if owners else "") or ""


def _revisions(state: ActionState, status: str) -> Iterator[SideTask]:
    """Each open document at its own date."""
    for row in state.open_revisions if status == words.TO_REVISE else ():
        keys = revision_blanks(state.inputs, row)
        keeper = state.keeper or ""
        who = row.reviser or state.inputs.roster.head_of(keeper, state.inputs.on) or keeper
        yield SideTask(REVISION, row, f"完成文件修订：{row.called}", keys, (who,), row.due_on, "修订限期", "修订超时")
