from datetime import date
from zipfile import ZipFile

import pytest
from msgspec.structs import replace

from capa_xl.app.shared.paper_files import Paper, place_beside, write_each
from capa_xl.app.shared.paper_source import paper_source
from capa_xl.errors import UsageError
from capa_xl.model.paper_facts import PaperHead, RequestFacts
from capa_xl.model.paper_kinds import REQUEST
from capa_xl.reports.word.properties import CORE, Properties, core_xml
from tests.app.desks import desk_at
from tests.tables import workbook_bytes

DAY = date(2026, 11, 22)
HEAD = PaperHead("样例运维服务有限公司", "JYF-2026-001", DAY, "0" * 64)
FACTS = RequestFacts(HEAD)
TRACKER = """
    编号   问题描述      措施内容  责任人  完成期限
    GJ-01  值班漏接三次  改排班    样例甲  2026-12-01
"""


@pytest.fixture
def source(tmp_path):
    book = tmp_path / "跟踪表.xlsx"
    book.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER}))
    return paper_source(desk_at(book, DAY))


def write(source, output, *numbers):
    papers = [Paper(number, number, replace(FACTS, head=replace(HEAD, number=number))) for number in numbers]
    return write_each(source, REQUEST, output, papers, lambda facts: facts.head.number.encode())


def test_two_numbers_whose_file_names_come_out_the_same_lose_neither_paper(source, tmp_path):
    written = write(source, tmp_path / "表单", "A/1", "A?1")
    assert [paper.path.name for paper in written] == ["A_1.docx", "A_1 (2).docx"]
    assert [paper.path.read_bytes() for paper in written] == [b"A/1", b"A?1"]


def test_one_paper_goes_to_the_file_people_named_and_several_do_not_fit_in_it(source, tmp_path):
    (paper,) = write(source, tmp_path / "单.docx", "A1")
    assert paper.path == tmp_path / "单.docx"
    with pytest.raises(UsageError, match="几份"):
        write(source, tmp_path / "单.docx", "A1", "A2")


def test_a_form_is_printed_as_the_table_stands_in_the_same_place(source, tmp_path):
    with ZipFile(tmp_path / "单.docx", "w") as earlier:
        earlier.writestr(CORE, core_xml(Properties(REQUEST.title, "", "", date(2026, 1, 5))))
    (paper,) = write(source, tmp_path / "单.docx", "A1")
    assert (paper.path.name, paper.path.read_bytes(), paper.edition) == ("单.docx", b"A1", 0)


def test_what_lies_in_the_place_of_a_final_stays_unless_it_is_the_same(tmp_path):
    path = tmp_path / "报告.docx"
    assert place_beside(path, b"a") == path
    path.write_bytes(b"a")
    assert place_beside(path, b"a") == path
    assert place_beside(path, b"b") == tmp_path / "报告 (2).docx"
    (tmp_path / "报告 (2).docx").write_bytes(b"b")
    assert place_beside(path, b"b") == tmp_path / "报告 (2).docx"
    assert place_beside(path, b"c") == tmp_path / "报告 (3).docx"
