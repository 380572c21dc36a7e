"""What a meeting is asked to say of each item on its page: every answer becomes a row of 进展反馈 (4.4.2)."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.cut_text import cut_list
from capa_xl.model.derived import Derived
from capa_xl.model.names_apart import listed_names
from capa_xl.model.paper_facts import MeetingFacts, MeetingItem
from capa_xl.model.records import Progress
from capa_xl.model.register import Table
from capa_xl.model.slip import Question
from capa_xl.policy.action_state import action_state_of
from capa_xl.policy.next_actor import fillers_of
from capa_xl.policy.planning_set import heading_of, without_groups
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.waiting_items import limit_of

_TABLE, _CONTENT = "progress", "content"
_KIND = "进展"
_MOST_ASKED = 2
_PROMPT = "写会议定下的：做什么、谁做、何时完成。没有意见的留空。"


class Meeting(Struct, frozen=True):
    """The meeting whose words are noted.

    Attributes:
        recorder: 记录人; "" leaves it to be filled in the workbook.
    """

    on: date
    recorder: str


def minutes_questions(view: RegisterView, facts: MeetingFacts, meeting: Meeting) -> tuple[Question, ...]:
    """One line an item of the page, late ones first; () where 进展反馈 is not there to take the answers.

    What stands in an archived year is done and takes no more words.
    """
    table = view.register.progress
    if table is None or _CONTENT not in table.columns:
        return ()
    asked: dict[str, Question] = {}
    for department in facts.departments:
        for item in (*department.late, *department.coming, *department.done):
            if item.number in view.by_number:
                asked.setdefault(item.number, _question(view, table, meeting, department.name, item))
    return tuple(asked.values())


def _question(
    view: RegisterView, table: Table[Progress], meeting: Meeting, department: str, item: MeetingItem
) -> Question:
    action, derived = view.by_number[item.number], view.derived[item.number]
    asked = _asked(derived, department)
    step = f"{without_groups(derived.next_step) or derived.status}{_shares(view, action, derived)}"
    due_on, due_name = limit_of(action_state_of(view.inputs, action), derived)
    who = (("recorded_by", meeting.recorder), ("addressee", department if department in asked else asked[0]))
    return Question(
        table=_TABLE,
        number=item.number,
        mark="",
        key=_CONTENT,
        header=table.headings.get(_CONTENT, "内容"),
        about=item.about,
        what=f"{cut_list(asked, _MOST_ASKED, '个')}：{step}",
        due_on=due_on,
        overdue=derived.overdue_phrase,
        before="",
        choices=(),
        is_open=True,
        is_date=False,
        prompt=_PROMPT,
        due_name=due_name,
        row=(("number", item.number), ("on", meeting.on.isoformat()), ("kind", _KIND), *who),
    )


def _asked(derived: Derived, department: str) -> tuple[str, ...]:
    """Who is waited for: the department answers for what its owners carry out, and for what waits for nobody."""
    if derived.status in words.OWNERS_TURN or not derived.next_actor:
        return (department,)
    return listed_names(derived.next_actor)


def _shares(view: RegisterView, action: Action, derived: Derived) -> str:
    """（严重度由质量部填，完成期限由网络部填）: whose each cell of a step is that several fill; "" where one does."""
    state = action_state_of(view.inputs, action)
    shares: dict[str, list[str]] = {}
    for key in derived.next_keys:
        shares.setdefault(fillers_of(state, derived.status, key)[0], []).append(heading_of(state.inputs, key))
    told = "，".join(f"{'、'.join(headings)}由{who}填" for who, headings in shares.items())
    return f"（{told}）" if len(shares) > 1 else ""
