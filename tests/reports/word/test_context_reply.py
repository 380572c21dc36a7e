"""The letter to a customer speaks in sentences: its days are those of a sentence, and its closing is one piece."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from msgspec.structs import replace

from capa_xl.model.paper_kinds import REPLY
from capa_xl.reports.word.building.paper_reply import sections
from capa_xl.reports.word.context_reply import example_reply, reply_context
from capa_xl.reports.word.paper_catalogue import paper_blob
from tests.reports.word.papers import engine


@pytest.mark.parametrize(
    ("completed_on", "due_on", "told"),
    [
        (date(2026, 10, 16), date(2026, 10, 31), "已于2026年10月16日完成。"),
        (None, date(2026, 3, 1), "计划于2026年3月1日以前完成。"),
        (None, None, ""),
    ],
)
def test_the_days_of_a_measure_are_written_as_in_a_sentence(completed_on, due_on, told):
    facts = example_reply()
    action = replace(facts.actions[0], completed_on=completed_on, due_on=due_on)
    assert reply_context(replace(facts, actions=(action,)))["measures"][0]["progress"] == told


def test_the_closing_stays_with_the_signatures():
    pieces = sections()[0].blocks
    closing = next(at for at, piece in enumerate(pieces) if "此致" in piece)
    assert all("<w:keepNext/>" in piece for piece in pieces[closing : closing + 5])
    assert pieces[closing + 5].startswith("<w:tbl>")


@pytest.mark.parametrize(
    ("company", "signed"), [("样例公司", "样例公司（盖章）"), ("", "＿＿＿＿＿＿＿＿＿＿（盖章）")]
)
def test_whose_letter_it_is_is_written_by_hand_where_the_workbook_does_not_say(company, signed):
    facts = example_reply()
    paper = paper_blob(engine(), REPLY, replace(facts, head=replace(facts.head, company=company)))
    assert signed in [paragraph.text.strip() for paragraph in docx.Document(io.BytesIO(paper)).paragraphs]
