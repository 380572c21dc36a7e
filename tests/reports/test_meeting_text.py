"""The line for the group chat: three numbers a person, and 等 where there are more."""

from datetime import date

import pytest

from capa_xl.model.paper_facts import Handful, MeetingFacts, PaperHead
from capa_xl.reports.meeting_text import chat_line


@pytest.mark.parametrize(
    ("numbers", "shown"), [("A", "1 项（A）"), ("ABC", "3 项（A、B、C）"), ("ABCD", "4 项（A、B、C 等）")]
)
def test_three_numbers_of_a_person_are_named(numbers, shown):
    assert chat(Handful("样例工", tuple(numbers))) == f"本周请处理：样例工 {shown}。"


def chat(*week: Handful) -> str:
    head = PaperHead(**dict.fromkeys(PaperHead.__struct_fields__, ""))
    return chat_line(MeetingFacts(head, "2026-06", date(2026, 6, 1), (), week))


def test_people_who_have_the_same_to_do_stand_together_and_a_long_line_says_where_the_rest_is():
    many = [Handful(f"样例工{at:02}", ("A", "B")) for at in range(25)]
    assert chat(*many, Handful("样例甲", ("C",))) == (
        "本周请处理：样例工00、样例工01、样例工02 等 25 人各 2 项（A、B）；样例甲 1 项（C）。"
    )
    line = chat(*(Handful(f"样例集团运维部{at:02}", (f"GJ-2026-{at:03}",)) for at in range(60)))
    assert len(line) <= 500 and line.endswith("人，见工作簿。")
    named = line.count("1 项（")
    assert f"；另有 {60 - named} 人，见工作簿。" in line
