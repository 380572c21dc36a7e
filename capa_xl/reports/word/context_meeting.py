"""改进例会材料: the departments' figures → the words of the template, so many as one A4 holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from capa_xl.model.cut_text import cut_list
from capa_xl.model.long_days import long_day
from capa_xl.model.paper_facts import Handful, MeetingDepartment, MeetingFacts, MeetingItem
from capa_xl.model.paper_kinds import MEETING
from capa_xl.model.row_heights import text_width
from capa_xl.model.short_names import told_apart
from capa_xl.reports.meeting_text import meeting_figures
from capa_xl.reports.word.brief_cells import in_lines_of
from capa_xl.reports.word.context_words import head_words
from capa_xl.reports.word.examples import example_head
from capa_xl.reports.word.line_widths import TWIPS_OF_A_POINT
from capa_xl.reports.word.paper_content import PaperContent
from capa_xl.reports.word.table_words import cut

MOST_DEPARTMENTS, MOST_NAMED, MOST_NUMBERS = 9, 5, 4
"""Departments with a line of their own; those named below them, and the numbers of what is late there, and due."""
_KINDS = ("late", "逾期"), ("coming", "近期到期")
MOST_ROWS = 14
"""The rows of the page, edges and all, are as high as so many actions of two lines; one less with words below."""
_LINES_OF_AN_ITEM, _LEAST_OF_AN_ITEM = 2, 5
"""Lines of an item that shares its place with no other; characters below which a line says nothing of it."""
_HALF_POINTS = 18
"""Size of the type of the page's table."""
_BARE = "只有编号的，问题见《改进计划跟踪表》。"
_LINES: Mapping[str, int] = {"done": 30, "late": 34, "coming": 36}
"""What one line of each column holds, as `text_width` measures it."""
MOST_OF_A_NAME = 15
"""Characters of a department in its narrow column: two lines, as many as an item has."""
WORDS: Mapping[str, str] = {
    "departments": "各部门", "done": "本期完成", "late": "逾期", "coming": "近期到期", "more": "没有列出的部门",
    "period": "期间",
}  # fmt: skip


def meeting_context(facts: MeetingFacts) -> dict[str, Any]:
    """The context of the page."""
    names = told_apart((one.name for one in facts.departments), MOST_OF_A_NAME)
    departments = tuple(replace(one, name=names[one.name]) for one in facts.departments)
    count = _most_shown(departments)
    shown, rest = departments[:count], departments[count:]
    rooms = _rooms(shown, MOST_ROWS - 1 if rest else MOST_ROWS)
    return {
        "head": head_words(facts.head, MEETING.title),
        "period": facts.period,
        "summary": _summary(facts) + (_BARE if _has_bare_numbers(shown, rooms) else ""),
        "departments": [_department(one, most) for one, most in zip(shown, rooms, strict=True)],
        "more": _more(rest) if rest else "",
    }


def _most_shown(departments: Sequence[MeetingDepartment]) -> int:
    """All that the page has lines for; where others are named below, the last line gives way to longer cells."""
    first = departments[:MOST_DEPARTMENTS]
    is_full = len(departments) > len(first) and any(any(_hidden(one, 1)) for one in first)
    return len(first) - is_full


def _rooms(departments: Sequence[MeetingDepartment], most_rows: int) -> list[int]:
    """How many items a cell of each department holds: one, and the rest where most that is late is hidden."""
    rooms = [1] * len(departments)
    for _ in range(most_rows - _edges(len(departments)) - len(departments)):
        hidden = [_hidden(one, room) for one, room in zip(departments, rooms, strict=True)]
        most = max(hidden, default=(0, 0))
        if most > (0, 0):
            rooms[hidden.index(most)] += 1
    return rooms


def _edges(departments: int) -> int:
    """Actions that are as high as the edges of so many departments: of four one, of seven two, of nine three."""
    return (2 * departments + 5) // 7


def _hidden(one: MeetingDepartment, room: int) -> tuple[int, int]:
    """Late items, and others, that find no room."""
    late, others = (max(0, count - room) for count in (len(one.late), max(len(one.done), len(one.coming))))
    return late, others


def _summary(facts: MeetingFacts) -> str:
    return f"{meeting_figures(facts.departments)}（至{long_day(facts.coming_until)}）。{facts.head.lacking}"


def _department(one: MeetingDepartment, most: int) -> dict[str, Any]:
    return {
        "name": one.name,
        **{name: _cell(getattr(one, name), most, width) for name, width in _LINES.items()},
    }


def _cell(items: Sequence[MeetingItem], most: int, width: int) -> str:
    """So many items, and the number of the others; the one that shares its place with the others has one line."""
    if len(items) <= most:
        return "\n".join(_told(one, width) for one in items)
    brief = [_brief(one, width) for one in _told_briefly(items, most)]
    rest = [f"另有 {len(items) - most} 项"] if len(brief) == 1 else []
    return "\n".join([*(_told(one, width) for one in items[: most - 1]), *brief, *rest])


def _told_briefly(items: Sequence[MeetingItem], most: int) -> Sequence[MeetingItem]:
    """The last one that has a place, and the one behind it where that is all that is left."""
    return () if len(items) <= most else items[most - 1 :] if len(items) == most + 1 else items[most - 1 : most]


def _has_bare_numbers(departments: Sequence[MeetingDepartment], rooms: Sequence[int]) -> bool:
    """Some action stands there without what it is about: its line has no room for that."""
    told = (
        (item, width)
        for one, most in zip(departments, rooms, strict=True)
        for name, width in _LINES.items()
        for item in _told_briefly(getattr(one, name), most)
    )
    return any(item.about and _brief(item, width) == _head(item) for item, width in told)


def _head(item: MeetingItem) -> str:
    return f"{item.number} {item.mark}".strip()


def _brief(item: MeetingItem, width: int) -> str:
    """On one line: of what it is about so much as the line leaves, nothing where that is a word or less."""
    head = _head(item)
    room = int((width - text_width(f"{head} ")) / text_width("字"))
    return f"{head} {cut(item.about, room)}".strip() if room >= _LEAST_OF_AN_ITEM else head


def _told(item: MeetingItem, width: int) -> str:
    """So much of it as its lines hold; a letter of each is left for what a word processor doesn't break inside."""
    letter = _HALF_POINTS * TWIPS_OF_A_POINT // 2
    room = width * letter / text_width("字") - letter
    head = f"{_head(item)} "
    return head + in_lines_of(" ".join(item.about.split()), room, _HALF_POINTS, _LINES_OF_AN_ITEM, head)


def _more(departments: Sequence[MeetingDepartment]) -> str:
    """The departments without a line: their names, their figures, and the numbers of what waits there."""
    names = cut_list([one.name for one in departments], MOST_NAMED)
    kinds = [(word, [item.number for one in departments for item in getattr(one, key)]) for key, word in _KINDS]
    numbers = "；".join(f"{word} {cut_list(found, MOST_NUMBERS)}" for word, found in kinds if found)
    told = f"另有 {len(departments)} 个部门（{names}）：{meeting_figures(departments)}。"
    return f"{told}{numbers}。" if numbers else told


def example_meeting() -> MeetingFacts:
    """A department with all three, and nobody else."""
    item = MeetingItem("GJ-2026-031", "夜间值班漏接告警", "按期")
    late = MeetingItem("GJ-2026-036", "专线割接到双路由", "实施逾期 9 天", is_undone=True)
    coming = MeetingItem("GJ-2026-044", "备件台账盘点", "2026-11-20")
    department = MeetingDepartment("网络部", (item,), (late,), (coming,))
    week = (Handful("样例网", ("GJ-2026-036",)),)
    return MeetingFacts(example_head("LH-2026-10", "JL09"), "2026-10", date(2026, 11, 30), (department,), week)


CONTENT = PaperContent(MEETING, meeting_context, example_meeting, WORDS)
