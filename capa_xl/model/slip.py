"""A slip: the cells that wait for a department or a person, sent out as a small workbook, and the answers to it."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Final

from msgspec import Struct

from capa_xl.model.register import AutoValue

SHEET: Final = "填报表"
ADDRESSES: Final = "capa_xl_slip"
"""The sheet people fill, and the very hidden one that says where each answer belongs."""
MINUTES: Final = "会议记录表"
"""What a slip for the words of a meeting is called."""
HEADINGS: Final = ("编号", "问题", "限期", "逾期", "要做什么", "填写项目", "现在的内容", "请在这里填写", "怎样填")
EARLIER_HEADINGS: Final = tuple("完成期限" if heading == "限期" else heading for heading in HEADINGS)
"""Those of slips that were sent before the day was named in its own cell."""
HEADER_ROW: Final = 4
"""1-based row of the headings: title, note and a blank row stand above."""
ASKED: Final = 6
BEFORE: Final = 7
ANSWER: Final = 8
"""1-based columns of what is asked, of what the cell held, and of the answers."""
MOST_OF_BEFORE: Final = 120
"""So many characters of what the cell held stand on a slip."""
NOTHING_WAITS: Final = "现在没有等待本部门填写的内容。"
ELSEWHERE: Final = "下面几项不能在这张表里完成，请在《改进计划跟踪表》里处理："
NOTE_GAP: Final = "\u3000"
"""Our notes below the questions, in the first column; under `ELSEWHERE` a line each: 编号, the gap, what waits."""


class Question(Struct, frozen=True):
    """One cell that somebody is asked to fill.

    Attributes:
        table: Attribute of `Register` that holds the row: tracker, steps, progress, needs.
        number: 编号 of the action, or 登记编号.
        mark: What tells the row from others of the same number, as text; "" where the number is enough.
        key: English key of the column.
        header: Its heading.
        about: What the row is about.
        what: What is to be done, a Chinese phrase.
        due_on: The deadline of it; None without one.
        due_name: What that day is called: 完成期限, 检查限期, 审批限期 ….
        overdue: What presses, as people read it; "" for nothing.
        before: What the cell held when the slip was made, as text.
        choices: Words of its list, or the names to choose from; () for anything else.
        is_open: Other answers are allowed too.
        is_date: The answer is a date.
        prompt: What the cell asks for.
        bounds: The smallest and the largest number it may be; None for anything else.
        row: Of an answer that begins a row: the other cells of that row, (key, text); () for a cell of a row that is
            there.
    """

    table: str
    number: str
    mark: str
    key: str
    header: str
    about: str
    what: str
    due_on: date | None
    overdue: str
    before: str
    choices: tuple[str, ...]
    is_open: bool
    is_date: bool
    prompt: str
    row: tuple[tuple[str, str], ...] = ()
    due_name: str = "完成期限"
    bounds: tuple[int, int] | None = None

    @property
    def place(self) -> tuple[str, str, str, str]:
        """What tells this cell from every other, wherever its row stands now."""
        return self.table, self.number, self.mark, self.key


class Slip(Struct, frozen=True):
    """Everything that waits for one department, or one person.

    Attributes:
        department: Whose slip it is.
        token: Names this very slip; the journal keeps it with the hash of the questions.
        without_cell: What waits but is no cell to fill here: (编号, what is to be done).
        form: What it is called: `SHEET`, or `MINUTES`.
    """

    workbook_id: str
    company: str
    department: str
    as_of: date
    token: str
    questions: tuple[Question, ...]
    without_cell: tuple[tuple[str, str], ...] = ()
    form: str = SHEET


class CountedIn(Enum):
    """What the number of an answer counts in."""

    OWN_UNIT = 0  # pieces, hours; whatever is no number too
    PERCENT = 1  # 50 is half
    WORK = 2  # 50 is half of the work, below somebody's own heading, where others may have written 0.5


class ProposedAnswer(Struct, frozen=True):
    """One cell of the master that an answer would change; `before` and `after` are what it holds.

    Attributes:
        at: The answer's cell in the slip, A1.
        begins: The other cells of the row that the answer begins, (A1, heading, value); () where the row is there.
        counted_in: What its number counts in.
        read_as: What people read before and after where that is something else: 30% and 50% for 0.3 and 0.5.
    """

    sheet: str
    cell: str
    number: str
    header: str
    before: AutoValue
    after: AutoValue
    file: str
    at: str = ""
    begins: tuple[tuple[str, str, AutoValue], ...] = ()
    counted_in: CountedIn = CountedIn.OWN_UNIT
    read_as: tuple[str, str] | None = None


class Unsettled(Struct, frozen=True):
    """An answer that is not taken: `reason` says why, as a Chinese sentence, and what to do."""

    file: str
    at: str
    number: str
    header: str
    answer: str
    reason: str


class Collected(Struct, frozen=True):
    """All answers, sorted out.

    Attributes:
        proposals: Would be written.
        conflicts: The master changed meanwhile, or two slips disagree: a person decides.
        rejected: Can't be taken: unreadable, no such row any more, a foreign or changed file.
        settled: Answers that the master holds already.
    """

    proposals: tuple[ProposedAnswer, ...]
    conflicts: tuple[Unsettled, ...]
    rejected: tuple[Unsettled, ...]
    settled: int
