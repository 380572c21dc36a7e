"""Values of 2,000 characters in a whole workbook: every sentence about them says what is wrong, or to be done."""

from __future__ import annotations

import re

import pytest

from capa_xl.app.shared.due_letters import RemindOptions
from capa_xl.app.shared.judging import Judged
from capa_xl.app.use_cases.check import check_workbook
from capa_xl.app.use_cases.remind import remind
from capa_xl.cli.wrapping import columns_of, wrapped
from capa_xl.model.headline import Headline
from capa_xl.policy.todo import todo_of
from capa_xl.reports.problems_text import problem_lines
from capa_xl.reports.todo_text import todo_lines
from tests.app.desks import desk_at
from tests.sizes import DAY, LONG_TEXT, sized

CODES = re.compile(r"(?:GJ|XQ)-\d{4}-\d+|20\d\d-\d\d-\d\d|\w+![A-Z]+\d+")
WEEK_ALONE = Headline()
LONGEST = 300
"""Characters of a sentence with several values in it."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    table = tmp_path_factory.mktemp("满") / "表.xlsx"
    table.write_bytes(sized(60, departments=30, people=25, long=True))
    return desk_at(table, DAY)


@pytest.fixture(scope="module")
def judged(desk) -> Judged:
    return check_workbook(desk)


def test_every_problem_is_told_whole(judged):
    said = {text for one in judged.checked.problems for text in (one.message, one.fix)}
    assert [text for text in said if len(text) > LONGEST or LONG_TEXT[:61] in text] == []
    found = [one.message for one in judged.checked.problems if one.rule == "ST06"]
    assert len(found) >= 10 and all("没有样本量，未计入" in message[:90] for message in found)


def test_every_next_step_is_told_whole(judged):
    steps = [one.next_step for one in judged.view.derived.values()]
    assert max(map(len, steps)) <= 160
    revised = [step for step in steps if step.startswith("完成文件修订：")]
    assert revised and all("在《文件修订》填写：" in step[:100] for step in revised)


def test_every_line_of_a_letter_is_told_whole(desk):
    letters = remind(desk, RemindOptions()).letters
    asked = [duty.what for letter in letters for duty in letter.duties]
    assert len(asked) >= 10 and max(map(len, asked)) <= LONGEST
    assert max(len(line) for letter in letters for line in letter.text.splitlines()) <= LONGEST
    assert max(len(letter.text.splitlines()[0]) for letter in letters if letter.headline != WEEK_ALONE) <= 81


@pytest.mark.parametrize("width", [80, 100])
def test_every_line_on_a_terminal_fits_and_keeps_its_tokens(judged, width):
    names = ("样例员工01", "样例总", "质量部", "无名氏")
    lines = [
        *problem_lines(judged.checked, judged.opened.register, judged.view.derived),
        *(line for name in names for line in todo_lines(todo_of(judged.view, name), DAY)),
    ]
    for line in lines:
        first, *more = wrapped(line, width)
        indent = len(line) - len(line.lstrip())
        assert columns_of(first) <= width, first
        assert all(part.startswith(" " * (indent + 2)) and columns_of(part) <= width for part in more), more
        assert {*CODES.findall(line)} <= {code for part in (first, *more) for code in CODES.findall(part)}, line
