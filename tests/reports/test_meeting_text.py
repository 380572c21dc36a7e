"""The line for the group chat: three numbers a person, and 等 where there are more."""

from datetime import date

import pytest

from capa_xl.model.paper_facts import Handful, MeetingFacts, PaperHead
from capa_xl.reports.meeting_text import chat_line


@pytest.mark.parametrize(
    ("numbers", "shown"), [("A", "1 项（A）"), ("ABC", "3 项（A、B、C）"), ("ABCD", "4 项（A、B、C 等）")]
)
def test_three_numbers_of_a_person_are_named(numbers, shown):
    on = date(2026, 6, 1)
    head = PaperHead(**dict.fromkeys(PaperHead.__struct_fields__, ""))
    facts = MeetingFacts(head, "2026-06", on, (), (Handful("样例工", tuple(numbers)),))
    assert chat_line(facts) == f"本周请处理：样例工 {shown}。"
