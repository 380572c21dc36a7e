"""The letter to a customer speaks in sentences: its days are those of a sentence, and its closing is one piece."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from docx.table import Table
from docx.text.paragraph import Paragraph
from msgspec.structs import replace

from capa_xl.model.paper_facts import ReplyFacts
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


def test_the_closing_stays_in_one_piece():
    pieces = sections()[0].blocks
    closing = next(at for at, piece in enumerate(pieces) if "此致" in piece)
    assert ["<w:keepNext/>" in piece for piece in pieces[closing:]] == [True, True, True, False]


def test_what_leaves_the_house_carries_nothing_that_belongs_to_it():
    """Neither who signs inside, nor the house's own check code, nor the pages that stay."""
    letter, kept = docx.Document(io.BytesIO(_paper(example_reply()))).sections
    told = "".join(block.text for block in letter.iter_inner_content() if isinstance(block, Paragraph))
    assert "受理记录：" in told and "发函审批" not in told
    assert not [block for block in letter.iter_inner_content() if isinstance(block, Table)]
    assert ["".join(p.text.split()) for p in letter.footer.paragraphs] == ["第页"]
    assert "校验码" in kept.footer.paragraphs[0].text
    (form, signatures) = (block for block in kept.iter_inner_content() if isinstance(block, Table))
    assert form.cell(0, 1).text == "XQ-2026-021"
    assert [row.cells[0].text for row in signatures.rows] == ["角色", "经办", "审核（部门经理）", "批准"]


@pytest.mark.parametrize(
    ("is_valid", "told"),
    [
        (True, ["核实结果：情况属实，我们为此致歉。"]),
        (False, ["核实结果：与受理记录所述情况不符。", "核实记录：经核实为客户乙自聘人员，已向客户说明。"]),
        (None, ["核实结果：正在核实。"]),
    ],
)
def test_what_was_recorded_of_the_customer_is_quoted_as_our_record(is_valid, told):
    facts = example_reply()
    need = replace(facts.need, is_valid=is_valid, invalid_reason="经核实为客户乙自聘人员，已向客户说明。")
    need = replace(need, description="客户乙来电反映着装不统一。")
    shown = [block.text for block in docx.Document(io.BytesIO(_paper(replace(facts, need=need)))).paragraphs]
    at = shown.index("受理记录：客户乙来电反映着装不统一。")
    assert shown[at + 1 : at + 1 + len(told)] == told
    assert not [text for text in shown if "您反映的问题" in text]
    assert len([text for text in shown if "核实记录" in text]) == (is_valid is False)


def test_the_page_that_stays_tells_what_changed_against_the_edition_before():
    facts = example_reply()
    changed = replace(facts.head, edition=2, edition_note="与上一版不同：措施内容。")
    _, kept = docx.Document(io.BytesIO(_paper(replace(facts, head=changed)))).sections
    assert "与上一版不同：措施内容。" in [
        block.text for block in kept.iter_inner_content() if isinstance(block, Paragraph)
    ]


@pytest.mark.parametrize(
    ("company", "signed"), [("样例公司", "样例公司（盖章）"), ("", "＿＿＿＿＿＿＿＿＿＿（盖章）")]
)
def test_whose_letter_it_is_is_written_by_hand_where_the_workbook_does_not_say(company, signed):
    facts = example_reply()
    paper = _paper(replace(facts, head=replace(facts.head, company=company)))
    assert signed in [paragraph.text.strip() for paragraph in docx.Document(io.BytesIO(paper)).paragraphs]


def _paper(facts: ReplyFacts) -> bytes:
    return paper_blob(engine(), REPLY, facts)
