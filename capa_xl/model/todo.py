"""What waits for one person or department, as a value."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

ACTION, STEP, NEED, FEEDBACK, EXTENSION, REVISION = "措施", "步骤", "需求", "反馈", "延期", "修订"
PERSON, DEPARTMENT = "人员", "部门"
"""Whose list it is."""
KINDS = (ACTION, STEP, EXTENSION, FEEDBACK, REVISION, NEED)
UNITS = {STEP: "步", REVISION: "份"}
"""What items of a kind are counted in; 项 where it isn't said: three steps are no three actions."""
MOST_NAMES = 3
"""Of those who are waited for: behind them stands how many there are."""
BESIDE = (EXTENSION, FEEDBACK, NEED)
"""Kinds with limits of their own that are no stage of an action: their lateness is nobody's 逾期类别 (Y0 to Y8)."""
LATE, STEP_LATE, WAITED_TOO_LONG = "实施逾期", "步骤逾期", "超时"
"""How an item is late: past 完成期限, a step past its own 计划完成, or in what somebody else waits for.

Only 完成期限 makes an action 逾期 (semantics.md, *Overdue*): a late step is counted by itself, under its own name.
"""


def is_pressing(is_urgent: bool, days: int) -> bool:
    """A customer's time is up today, or was: it goes before whatever else is late by more days.

    Args:
        is_urgent: It is a limit of a complaint.
        days: Days past it; 0 on the day itself, negative before.
    """
    return is_urgent and days >= 0


def counted(actions: int, steps: int = 0) -> str:
    """4 项, and 4 项 12 步 of late steps: how many actions, and how many of their steps, on every surface alike."""
    return f"{actions} 项" + (f" {steps} {UNITS[STEP]}" if steps else "")


class LateWhole(Struct, frozen=True):
    """The action past its 完成期限 that a step belongs to, for who answers for the whole, or for others' steps of it.

    Attributes:
        phrase: 实施逾期 4 天, as its owner reads it.
        due_on: 完成期限.
        days: Days past it.
    """

    phrase: str
    due_on: date
    days: int


class TodoItem(Struct, frozen=True):
    """One thing that waits.

    Attributes:
        number: 编号 of the action or need.
        kind: One of ACTION, STEP, NEED, FEEDBACK, EXTENSION, REVISION.
        sheet: Where to go.
        cell: A1 of the first cell to fill, of those whose list it is before others'; of the item's own key
            where there is none.
        cells: All cells to fill or to put right, in the order in which `next_step` names them; () where
            the step asks for another sheet's.
        first_cells: Cells of other sheets to put right before, 延期记录!G3.
        step_cells: Cells of 《措施分解》 that it asks for besides, 措施分解!G3、G4; "" for none.
        keys: The columns of `cells`, where they are to be filled.
        description: What it is about.
        status: Status of an action; "" of others.
        next_step: What is to be done, a Chinese phrase.
        next_actor: Who is waited for: a person, or a department; of a step all who do it.
        due_on: The deadline of what is to be done: 完成期限 of the work, 审批限期 of an approval.
        due_name: What that day is called.
        late: LATE, STEP_LATE, WAITED_TOO_LONG, or "" while it isn't late.
        overdue: What people read: 实施逾期 10 天, 确认超时 3 天, 即将到期，剩余 26 天; "" when nothing presses.
        days_overdue: Days past the deadline; 0 when it isn't.
        days_left: Days to the deadline, negative when past; None without one.
        is_urgent: Its deadline is a limit of a complaint.
        minute: The minute of that deadline, 09:30, where it has one; "" for a whole day.
        page: The sheet, where the actions stand on several; "" where there is one.
        whole: The late action a step belongs to, where the list doesn't have it as an item; None elsewhere.
        deputy_for: Whom they stand in for in it (代样例乙), as the letter has it; "" for what is their own.
        others: Those to fill or to put right first that are none of theirs whose list it is, under who fills them.
        strip: Where an action stands (`capa_xl.model.stage_strip`); "" of others.
    """

    number: str
    kind: str
    sheet: str
    cell: str
    description: str
    status: str
    next_step: str
    next_actor: str
    due_on: date | None
    overdue: str
    days_overdue: int
    days_left: int | None
    strip: str = ""
    cells: tuple[str, ...] = ()
    page: str = ""
    due_name: str = "完成期限"
    late: str = ""
    keys: tuple[str, ...] = ()
    first_cells: tuple[str, ...] = ()
    is_urgent: bool = False
    minute: str = ""
    step_cells: str = ""
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()
    whole: LateWhole | None = None
    deputy_for: str = ""

    def place(self, page: str, row: str) -> str:
        """延期记录!G3、Q10、措施分解!G3；M10 由质量部填写: the cells to fill, the reader's own first.

        Args:
            page: What stands before cells of the tracker.
            row: What stands for them where the step asks for none.
        """
        theirs = {cell for _, cells in self.others for cell in cells}
        first = (cell for cell in self.first_cells if cell not in theirs)
        cells = "、".join(cell for cell in self.cells if cell not in theirs)
        own = (*first, page + cells if cells else "" if self.cells else row, self.step_cells)
        asked = [f"{'、'.join(cells)} 由{who}填写" for who, cells in self.others]
        if asked and not cells and self.others[0][1][0] in self.cells:
            asked[0] = page + asked[0]
        return "；".join(filter(None, ("、".join(filter(None, own)), *asked)))

    @property
    def is_pressing(self) -> bool:
        """As `is_pressing`."""
        return self.days_left is not None and is_pressing(self.is_urgent, -self.days_left)


class AskedNumber(Struct, frozen=True):
    """A 编号 that was asked for in place of a name.

    Attributes:
        number: As it stands in the table.
        what: 措施的编号（A12）: what it is, and where.
        waits_for: The first of those whom the action waits for; "" where nobody is, and of a need.
        has_history: `history` knows it: an action.
    """

    number: str
    what: str
    waits_for: str = ""
    has_history: bool = False


class Todo(Struct, frozen=True):
    """All of it, worst first.

    Attributes:
        name: Person or department, as asked.
        kind: 人员, 部门, or "" where neither the roster nor the table knows the name.
        elsewhere: The open actions of a person's own that wait for somebody else: 编号 and whom they wait for.
        nearest: The known name that an unknown one may be a slip for, to be asked; "" otherwise.
        otherwise: Other writings of the name, 李强（机电队长） say, and the open actions under each; not in `items`.
        asked: What the name is where nobody has it, and it is a number; None otherwise.
        written_in: The open rows that name it as a department, though no list has it (FD13): others have those rows.
        successors: What the department goes by today (部门沿革), where no list has its name any more; () otherwise.
        changed_on: Since when it goes by those, where that is known.
        deputy: Who stands in for the person that day; "" for nobody.
    """

    name: str
    kind: str
    items: tuple[TodoItem, ...]
    nearest: str = ""
    elsewhere: tuple[tuple[str, str], ...] = ()
    otherwise: tuple[tuple[str, tuple[str, ...]], ...] = ()
    asked: AskedNumber | None = None
    written_in: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    changed_on: date | None = None
    deputy: str = ""
