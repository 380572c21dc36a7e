"""The sample as `check` and `refresh` see it, on any day: built, read back, judged; each day once."""

from __future__ import annotations

from datetime import date
from functools import cache

from capa_xl.model.as_of import AsOf
from capa_xl.model.problem import Problem
from capa_xl.policy.check import check
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.reading.reader import read_register
from capa_xl.workbook.sample.content import sample_content
from capa_xl.workbook.sample.days import REFERENCE_DAY


@cache
def sample_view(day: date = REFERENCE_DAY) -> RegisterView:
    return view_register(read_register(build_workbook(sample_content(day), as_of=day)), AsOf(day, day))


@cache
def problems_on(day: date = REFERENCE_DAY) -> tuple[Problem, ...]:
    return check(sample_view(day)).problems


def found(rule: str, day: date = REFERENCE_DAY) -> list[str]:
    """编号 of every Problem of the rule that 例外说明 didn't lower, in order."""
    return [problem.number for problem in problems_on(day) if problem.rule == rule and not problem.excused]
