"""文件修改意见单: what it cuts, what it never does, and where people write."""

from io import BytesIO

import docx
from msgspec.structs import replace

from capa_xl.model.paper_kinds import REVISION
from capa_xl.reports.word.context_revision import revision_context
from capa_xl.reports.word.examples import example_action, example_revision, example_revision_facts
from capa_xl.reports.word.paper_catalogue import paper_blob
from capa_xl.reports.word.table_words import CUT_IN_A_RECORD
from tests.reports.word.papers import engine


def test_the_action_is_cut_and_the_new_wording_of_the_document_never():
    long = "长" * 2000
    action = replace(example_action(), description=long, measure=long)
    rows = (replace(example_revision(), proposal=long),)
    context = revision_context(replace(example_revision_facts(), action=action, rows=rows))
    for text in (context["action"]["description"], context["action"]["measure"]):
        assert text == "长" * 400 + "…" + CUT_IN_A_RECORD
    assert context["rows"][0]["proposal"] == long


def test_what_stands_in_the_document_now_and_the_reason_are_blank_to_be_written_in():
    paper = docx.Document(BytesIO(paper_blob(engine(), REVISION, replace(example_revision_facts(), problems=()))))
    rows = [list(dict.fromkeys(row.cells)) for row in paper.tables[0].rows]
    at = next(at for at, row in enumerate(rows) if row[0].text == "条款")
    assert [cell.text for cell in rows[at]] == ["条款", "现行内容", "建议修改为", "理由"]
    clause, now, proposal, reason = (cell.text for cell in rows[at + 1])
    assert clause and proposal and (now, reason) == ("", "")


def test_a_long_proposal_stands_over_the_full_width_and_nowhere_twice():
    for size, beside, below in ((200, 1, 0), (201, 0, 1)):
        rows = (replace(example_revision(), proposal="改" * size),)
        paper = docx.Document(BytesIO(paper_blob(engine(), REVISION, replace(example_revision_facts(), rows=rows))))
        texts = [cell.text for row in paper.tables[0].rows for cell in dict.fromkeys(row.cells)]
        assert (texts.count("改" * size), texts.count("建议修改为：" + "改" * size)) == (beside, below)
