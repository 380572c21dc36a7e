"""The meeting at the terminal: a line a department, and one line to paste into the group chat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.cut_text import cut_list
from capa_xl.model.paper_facts import Handful, MeetingDepartment, MeetingFacts

MOST_NUMBERS, MOST_PEOPLE = 3, 3
_MOST = 500
"""Characters of the line for the chat: a longer one is read by nobody."""


def meeting_lines(facts: MeetingFacts) -> Iterator[str]:
    """The figures of every department, then the line for the chat."""
    for one in facts.departments:
        yield f"{one.name}：{meeting_figures((one,))}"
    if not facts.departments:
        yield f"{facts.period} 没有完成的、逾期的和近期到期的措施。"
    if facts.head.lacking:
        yield facts.head.lacking
    yield chat_line(facts)


def meeting_figures(departments: Iterable[MeetingDepartment]) -> str:
    """本期完成 4 项，逾期 9 项（实施逾期 2、环节超时 7），近期到期 5 项."""
    told = tuple(departments)
    done, late, coming = (sum(len(getattr(one, name)) for one in told) for name in ("done", "late", "coming"))
    undone = sum(one.undone for one in told)
    kinds = (("实施逾期", undone), ("环节超时", late - undone))
    which = "、".join(f"{word} {count}" for word, count in kinds if count)
    return f"本期完成 {done} 项，逾期 {late} 项{f'（{which}）' if which else ''}，近期到期 {coming} 项"


def minutes_line(path: Path, items: int, *, is_kept: bool) -> str:
    """Where the slip for the meeting's words lies, and what comes next."""
    if is_kept:
        return f"没有生成会议记录表，「{path}」里已有填写的内容 → 请先用 collect 收回，或换一个文件名"
    return f"会议记录表　{path}（{items} 项）；填好后运行 {to_paste('collect', THIS_WORKBOOK, path)}"


def chat_line(facts: MeetingFacts) -> str:
    """本周请处理：样例工 2 项（GJ-2026-012、GJ-2026-030）；样例甲、样例乙各 1 项（GJ-2026-041）。"""
    if not facts.this_week:
        return "本周没有要催的事项。"
    told: list[str] = []
    left, room = len(facts.this_week), _MOST - len("本周请处理：；另有 9999 人，见工作簿。")
    for numbers, people in _alike(facts.this_week).items():
        one = _handful(people, numbers)
        if len("；".join([*told, one])) > room:
            break
        told.append(one)
        left -= len(people)
    rest = [f"另有 {left} 人，见工作簿"] if left else []
    return f"本周请处理：{'；'.join([*told, *rest])}。"


def _alike(week: Iterable[Handful]) -> dict[tuple[str, ...], list[str]]:
    """The people by what they have to do, in the order of the first of each."""
    found: dict[tuple[str, ...], list[str]] = {}
    for one in week:
        found.setdefault(one.numbers, []).append(one.person)
    return found


def _handful(people: Sequence[str], numbers: Sequence[str]) -> str:
    who = cut_list(people, MOST_PEOPLE, "人") + ("各" if len(people) > 1 else "")
    return f"{who} {len(numbers)} 项（{cut_list(numbers, MOST_NUMBERS)}）"
