"""What is to be done next (semantics.md, *Status*, last column)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from capa_xl.model import words
from capa_xl.model.columns import column_by_key
from capa_xl.model.cut_text import cut_list, cut_quote
from capa_xl.model.records import SIGNATURE, Revision, Step
from capa_xl.model.stated_status import STATED_DONE, closing_word
from capa_xl.policy.action_state import ActionState
from capa_xl.policy.beside_the_row import extra_tasks, headings_of, refused_extension, revision_blanks
from capa_xl.policy.closing import ended_beside_cancellation
from capa_xl.policy.corrections import in_force, last_undoing, reopened_after_deadline, reopened_on
from capa_xl.policy.department_steps import doers_of, open_steps, waiting_departments
from capa_xl.policy.next_cells import (
    CANCELLATION,
    approval_keys,
    asks_whether_to_revise,
    done_keys,
    keys_to_fill,
    planning_columns,
    unplanned_columns,
    unproved,
    word_keys,
)
from capa_xl.policy.planning_set import (
    advisable_planning,
    fields_phrase,
    headings_phrase,
    wants_steps,
)
from capa_xl.policy.routes import awaits_review, blank_of_approval, vacancy_before_signing

_MOST_NAMES = 5
MOST_STEPS, _MOST_DOERS = 3, 3
"""Open steps that are named."""
ARCHIVE = "整理书面报告并归档"
_PROPOSAL = "编号、文件编号、文件名称、文件类别、修改意见、提出人、提出日期、计划完成"
_NO_REVIEW_NUMBER = "；表中没有记录评审的列，请加一列“管理评审编号”填写"
_NO_FOLLOW_UPS = "新建后续措施；表中没有记录它编号的列，请加一列“后续编号”填写（或再次确认，效果结论改为有效）"


def next_step(state: ActionState, status: str) -> str:
    """A Chinese phrase that names the action and the headers to fill, beside the row too; "" when nothing waits."""
    first = _new_deadline(state, status) or _undone_to_keep(state, status)
    own = first + (_STEPS[status](state) if status in _STEPS else "") + _kept(state, status)
    beside = [task.phrase_in_row for task in extra_tasks(state, status)]
    return "；".join(dict.fromkeys(filter(None, (own, *beside)))) if beside else own


def _undone_to_keep(state: ActionState, status: str) -> str:
    """What an entry of 更正记录 undid is written over in doing it anew: the entry has to hold it (EF15 says so)."""
    unkept = state.inputs.unkept
    if not unkept or status in words.ENDED:
        return ""
    entries = in_force(state.inputs, state.action.number, state.action.owners)
    return "先由质量部补《更正记录》原内容；" if any(one.row in unkept for one in entries) else ""


def _new_deadline(state: ActionState, status: str) -> str:
    """An action begun anew when its deadline was over has none that it can keep, until another is asked for."""
    if status not in words.OWNERS_TURN:
        return ""
    anew = reopened_after_deadline(state.inputs, state.action)
    if anew is None:
        return ""
    asked = [row for row in state.inputs.extensions.get(state.action.number, ()) if (row.asked_on or anew) >= anew]
    if any(row.approval != words.REFUSED for row in asked):
        return ""
    first = (
        f"先申请延期：《延期记录》{words.EXTENSION_ASKED}，" if state.inputs.has_extensions else "重开的要有新的期限："
    )
    return f"{first}批准后改{headings_phrase(state.inputs, ('due_on',))}；"


def _kept(state: ActionState, status: str) -> str:
    """That another deadline was refused, for who asked for it: he keeps the one he has, or asks anew."""
    row = refused_extension(state) if status in words.OWNERS_TURN else None
    anew = reopened_after_deadline(state.inputs, state.action) if row is not None else None
    if row is None or (anew is not None and (row.asked_on is None or row.asked_on < anew)):
        return ""
    wanted = f"到 {row.new_due_on} " if row.new_due_on else ""
    verdict = " ".join(str(one) for one in (row.approved_on, row.approver) if one)
    kept = f"，仍按 {state.action.due_on}" if anew is None and state.action.due_on else ""
    return f"；延期{wanted}的申请未批准{f'（{verdict}）' if verdict else ''}{kept}"


def _plan(state: ActionState) -> str:
    return f"补齐：{fields_phrase(state.inputs, planning_columns(state))}{_steps_to_write(state)}"


def _replan(state: ActionState) -> str:
    """A refusal is lifted by a new dated verdict, by clearing the three cells, or by a row 重新报批."""
    signature = headings_phrase(state.inputs, SIGNATURE)
    row = "，或在《进展反馈》写一行“重新报批”" if _offers_resubmission(state) else ""
    return f"按批准意见修改措施，重新报批：由批准人改填{signature}，或清空这几格{row}"


def _offers_resubmission(state: ActionState) -> bool:
    """The sheet is there, and the workbook's own 字典 has the word, so that the cell takes it."""
    return state.inputs.has_feedback and words.RESUBMITTED in state.inputs.procedure.lists.get("类型", ())


def _approve(state: ActionState) -> str:
    fields = headings_phrase(state.inputs, approval_keys(state))
    wanted = advisable_planning(state.inputs, state.action)
    first = f"（批准前先补：{fields_phrase(state.inputs, wanted)}）" if wanted else ""
    steps = _steps_to_write(state)
    vacancy = vacancy_before_signing(state.inputs, state.action, state.keeper)
    is_signed = (state.action.approval or state.action.approved_on) is not None
    if is_signed and blank_of_approval(state.inputs, state.action):
        return f"补齐{state.route or words.BY_MANAGER}的批准{vacancy}，填写：{fields}{first}{steps}"
    if state.action.approval == words.AGREED and state.route:
        return f"补{state.route}批准{vacancy}：现有批准不足，填写：{fields}{first}{steps}"
    by = f"由{state.route or words.BY_MANAGER}批准{vacancy}"
    return f"{by}，填写：{fields}{first}{steps}" if fields else by + first + steps


def _steps_to_write(state: ActionState) -> str:
    return (
        "；《措施分解》写步骤：步骤号、步骤内容、步骤责任人、计划完成"
        if wants_steps(state.inputs, state.action)
        else ""
    )


def _start(state: ActionState) -> str:
    """Who raised it for a decision of the review is asked for the plan first, and for the beginning after."""
    if wanted := unplanned_columns(state):
        return f"开始以前补齐：{fields_phrase(state.inputs, wanted)}{_steps_to_write(state)}"
    return _asking(state, words.NOT_STARTED, "开始实施")


def _run(state: ActionState) -> str:
    """What is completed last comes last: the whole after the departments' own steps."""
    steps = _open_steps(state)
    if waiting_departments(state.inputs, state.action.number):
        return f"在《措施分解》填写：{steps}；都完成后{_finish(state)}"
    return _with_steps(state, _finish(state))


def _with_steps(state: ActionState, what: str) -> str:
    """Behind what is filled in the row itself, which has said 填写 already."""
    steps = _open_steps(state)
    return f"{what}；《措施分解》：{steps}" if steps else what


def _open_steps(state: ActionState) -> str:
    """What is open in 措施分解: 实际完成（步骤 3 样例商、步骤 4 样例网）; "" where no step is open."""
    steps = open_steps(state.inputs, state.action.number)
    by_doers: dict[str, list[str]] = {}
    for step in steps[:MOST_STEPS]:
        by_doers.setdefault(_doers(state, step), []).append(step.called)
    named = [f"步骤 {'、'.join(called)} {doers}".rstrip() for doers, called in by_doers.items()]
    more = f" 等 {len(steps)} 步" if len(steps) > MOST_STEPS else ""
    return f"实际完成（{'、'.join(named)}{more}）" if steps else ""


def _doers(state: ActionState, step: Step) -> str:
    """All of a few; of many the first: the cell shows two lines, and who is asked finds himself in todo."""
    names = [cut_quote(name) for name in doers_of(state.inputs, step, state.action)]
    return cut_list(names, len(names) if len(names) <= _MOST_DOERS else 1, "人")


def _finish(state: ActionState) -> str:
    """A table without 实际完成日期 is told by a word, in the column it has for one."""
    if state.inputs.has("completed_on"):
        return f"完成措施，填写：{headings_phrase(state.inputs, done_keys(state))}{_after_reopening(state)}"
    heading = headings_phrase(state.inputs, done_keys(state))
    if not heading:
        return "完成措施；表中没有记录完成的列，请加一列“实际完成日期”"
    word = "100%" if done_keys(state) == ("progress",) else _own_word(state, state.inputs.done_words) or STATED_DONE
    return f"完成措施，完成后填写：{heading}（写“{word}”）"


def _after_reopening(state: ActionState) -> str:
    """The cell may still hold the completion that was taken back: one of that day or earlier counts no more."""
    anew = reopened_on(state.inputs, state.action)
    return f"（晚于重开的 {anew}）" if anew is not None and state.action.completed_on is None else ""


def _confirm(state: ActionState) -> str:
    """The cells may still hold the confirmation that was taken back, or one of that very day, which counts no more."""
    on, kind = last_undoing(state.inputs, state.action, "确认")
    is_told = on is not None and on >= (state.action.completed_on or on)
    return _asking(state, words.TO_CONFIRM, "确认执行情况和效果") + (f"（晚于{kind}的 {on}）" if is_told else "")


def _own_word(state: ActionState, own: Mapping[str, str]) -> str:
    """The table's own word for it in the column of words; "" where nobody wrote one yet."""
    return next((own[key] for key in word_keys(state) if key in own), "")


def _observe(state: ActionState) -> str:
    return f"{state.earliest_confirmation_on} 起确认效果"


def _inspect(state: ActionState) -> str:
    if not state.inputs.stages.inspection:
        heading = headings_phrase(state.inputs, word_keys(state))
        word = _own_word(state, state.inputs.closing_words) or closing_word(heading)
        if state.is_left_to_look_at:
            return f"核对：做完的改{heading}（写“{word}”），没有做完的写“{words.REWORK}”"
        return f"检查，通过后填写：{heading}（写“{word}”）"
    owed, asked = unproved(state), keys_to_fill(state, words.TO_INSPECT)
    first = f"请责任人补填{headings_phrase(state.inputs, owed)}；" if owed else ""
    fields = headings_phrase(state.inputs, tuple(key for key in asked if key not in owed))
    return f"{first}检查实施情况，填写：{fields}" if fields else f"{first}检查实施情况"


def _follow_up(state: ActionState) -> str:
    """Without a cell for the number of what follows, nothing would ever tell that it was taken up."""
    there = state.inputs.has("follow_ups")
    what = _asking(state, words.NOT_EFFECTIVE, "新建后续措施") if there else _NO_FOLLOW_UPS
    if state.effect != words.PARTLY_EFFECTIVE or not state.inputs.has_excuses:
        return what
    return f"{what}；可接受的，由质量部负责人在《例外说明》写 EF05、说明、确认人、日期"


def _revise(state: ActionState) -> str:
    """The documents, and the report, which is filed meanwhile."""
    fields = headings_phrase(state.inputs, state.unarchived)
    return _documents(state) + (f"；{ARCHIVE}，填写：{fields}" if fields else "")


def _documents(state: ActionState) -> str:
    if asks_whether_to_revise(state):
        return f"判断是否需修订文件，填写：{headings_phrase(state.inputs, ('needs_revision',))}"
    if not state.open_revisions:
        return f"提出文件修改意见：在《文件修订》新增一行，填写：{_PROPOSAL}"
    names = cut_list([revision.called for revision in state.open_revisions], _MOST_NAMES, "份")
    blank = {key for row in state.open_revisions for key in revision_blanks(state.inputs, row)}
    fields = headings_of(Revision, [key for key in column_by_key(Revision) if key in blank])
    return f"完成文件修订：{names}，在《文件修订》填写：{fields}"


def _archive(state: ActionState) -> str:
    what = ARCHIVE if state.unarchived else "提交管理评审"
    asked = _asking(state, words.TO_ARCHIVE, what)
    if not awaits_review(state.inputs, state.action) or state.inputs.has("review_number"):
        return asked
    return asked + ("，并提交管理评审" if state.unarchived else "") + _NO_REVIEW_NUMBER


def _cancel(state: ActionState) -> str:
    """A cancellation is three cells; the date alone, or a word, ends the row: nobody else would ask for the others."""
    if ended := ended_beside_cancellation(state):
        cells = headings_phrase(state.inputs, CANCELLATION)
        return f"{ended}的项不能取消：取消填错的，清空{cells}；关闭错的，先在《更正记录》写“{words.REOPENED}”"
    return _asking(state, words.CANCELLED, "补齐取消信息") if keys_to_fill(state, words.CANCELLED) else ""


def _asking(state: ActionState, status: str, what: str, join: str = "，填写：") -> str:
    """What to do and the headers to fill, of those columns that the table has."""
    fields = headings_phrase(state.inputs, keys_to_fill(state, status))
    return f"{what}{join}{fields}" if fields else what


_STEPS: dict[str, Callable[[ActionState], str]] = {
    words.TO_PLAN: _plan,
    words.SENT_BACK: _replan,
    words.TO_APPROVE: _approve,
    words.NOT_STARTED: lambda state: _with_steps(state, _start(state)),
    words.RUNNING: _run,
    words.REWORK: lambda state: _with_steps(
        state,
        _asking(state, words.REWORK, "返工" if state.is_begun_again else "按检查意见返工", join="，完成后更新："),
    ),
    words.TO_INSPECT: _inspect,
    words.OBSERVING: _observe,
    words.TO_CONFIRM: _confirm,
    words.NOT_EFFECTIVE: _follow_up,
    words.TO_REVISE: _revise,
    words.TO_ARCHIVE: _archive,
    words.CANCELLED: _cancel,
}
"""Status → the phrase."""
