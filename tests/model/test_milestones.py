import ast
from itertools import pairwise
from pathlib import Path

import pytest

from capa_xl.model.milestones import (
    ALARM,
    LADDER,
    M1,
    MILESTONES,
    UNCAPPED,
    Post,
    Section,
    early,
    is_urging,
    milestone_name,
    milestone_of,
)

CODES = ("M1", "O1", "O2", "O3", "S1", "S2", "S3", "S4", "S5", "S6", "S7", "Q1", "告警")


def test_every_code_of_the_contract_is_there_once():
    assert tuple(milestone.code for milestone in MILESTONES) == CODES
    assert early(7).code == "M2-7" and milestone_of("M2-0") == early(0)


@pytest.mark.parametrize("code", [*CODES, "M2-7", "M2-1", "M2-0"])
def test_a_code_leads_to_its_milestone_and_a_name_people_read(code):
    milestone = milestone_of(code)
    assert milestone is not None and milestone.code == code
    assert milestone_name(code) == milestone.name
    assert not any(sign.isascii() and sign.isalpha() for sign in milestone.name)


@pytest.mark.parametrize("code", ["", "M", "M2-", "M2-x", "O9", "提醒"])
def test_a_code_that_nobody_knows_is_shown_as_it_stands(code):
    assert milestone_of(code) is None
    assert milestone_name(code) == code
    assert not is_urging(code)


def test_each_step_of_the_ladder_speaks_to_everybody_of_the_lower_ones():
    for lower, higher in pairwise(LADDER):
        assert set(lower.acting) < set(higher.acting)
    assert Post.GENERAL_MANAGER in LADDER[-1].acting and Post.GENERAL_MANAGER not in LADDER[-2].acting


def test_only_the_month_ahead_complaints_and_the_alarm_are_outside_the_cap():
    assert UNCAPPED == ("M1", "S7", "告警")


def test_only_reminders_after_the_due_date_urge():
    urging = [code for code in (*CODES, "M2-7") if is_urging(code)]
    assert urging == ["O1", "O2", "O3"]
    assert [milestone.code for milestone in MILESTONES if milestone.escalates] == ["O2", "O3"]


def test_letters_show_them_where_people_look_for_them():
    found = {section: [m.code for m in (*MILESTONES, early(7)) if m.section is section] for section in Section}
    assert found[Section.OVERDUE] == ["O1", "O2", "O3"]
    assert found[Section.WAITING] == ["S1", "S2", "S3", "S4", "S5", "S6", "S7"]
    assert found[Section.COMING] == ["M1", "M2-7"]
    assert found[Section.INFORMED] == [] and found[Section.DIGEST] == ["Q1", "告警"]
    assert M1.informed == (Post.PROCESS_HEAD,) and ALARM.informed == ()


def test_no_other_file_spells_a_code():
    """Bare strings were decoded by prefix on four floors; A1 and such are cells."""
    package = Path(__file__).parents[2] / "capa_xl"
    codes = {milestone.code for milestone in MILESTONES} | {early(days).code for days in range(8)}
    spelled = {
        (path.name, node.value)
        for path in package.rglob("*.py")
        if path.name != "milestones.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in codes
    }
    assert {code for _, code in spelled} <= {ALARM.code}, spelled
