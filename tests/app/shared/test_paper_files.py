from dataclasses import replace
from datetime import date

import pytest

from capa_xl.app.shared.paper_files import Paper, write_each
from capa_xl.errors import UsageError
from capa_xl.model.paper_facts import PaperHead, RequestFacts

HEAD = PaperHead("样例运维服务有限公司", "JYF-2026-001", date(2026, 11, 22), "0" * 64)
FACTS = RequestFacts(HEAD)


def write(output, *numbers):
    papers = [Paper(number, number, replace(FACTS, head=replace(HEAD, number=number))) for number in numbers]
    return write_each(output, papers, lambda facts: facts.head.number.encode())


def test_two_numbers_whose_file_names_come_out_the_same_lose_neither_paper(tmp_path):
    written = write(tmp_path / "表单", "A/1", "A?1")
    assert [paper.path.name for paper in written] == ["A_1.docx", "A_1 (2).docx"]
    assert [paper.path.read_bytes() for paper in written] == [b"A/1", b"A?1"]


def test_one_paper_goes_to_the_file_people_named_and_several_do_not_fit_in_it(tmp_path):
    (paper,) = write(tmp_path / "单.docx", "A1")
    assert paper.path == tmp_path / "单.docx"
    with pytest.raises(UsageError, match="几份"):
        write(tmp_path / "单.docx", "A1", "A2")
