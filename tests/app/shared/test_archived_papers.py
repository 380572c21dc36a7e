import io
import os
import zipfile
from datetime import date

import pytest

from capa_xl.app.shared.archived_papers import archived_papers
from capa_xl.app.shared.effect_tests import rule_figures
from capa_xl.effects.archive_files import archived_file, can_look_up
from capa_xl.model.as_of import AsOf
from capa_xl.policy.papers.paper_inputs import row_hash
from capa_xl.policy.viewing import view_register
from capa_xl.reports.word.properties import Properties, core_xml
from tests.policy.rules.struck import register_of

ROWS = """
    编号  | 措施内容 | 归档位置
    GJ-01 | 换电池   | 归档/GJ-01.docx
    GJ-02 | 换电池   | 归档\\GJ-02.docx
    GJ-03 | 换电池   | 归档/GJ-03.docx
    GJ-04 | 换电池   | 档案柜 3
    GJ-05 | 换电池   | https://ops.example/GJ-05.docx
"""


def view_on(text, **sheets):
    return view_register(register_of(text, **sheets), AsOf(date(2026, 6, 1), date(2026, 6, 1)))


def report(number, content):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "docProps/core.xml", core_xml(Properties("t", "n", "c", date(2026, 6, 1), ((number, content),)))
        )
    return stream.getvalue()


def test_files_are_found_beside_the_workbook_and_shelves_are_not_looked_for(tmp_path):
    (tmp_path / "归档").mkdir()
    view = view_on(ROWS)
    (tmp_path / "归档" / "GJ-01.docx").write_bytes(report("GJ-01", row_hash(view, view.by_number["GJ-01"])))
    (tmp_path / "归档" / "GJ-02.docx").write_bytes(report("GJ-02", "0" * 64))
    papers = archived_papers(view, tmp_path)
    assert papers.found == {"归档/GJ-01.docx": True, "归档\\GJ-02.docx": True, "归档/GJ-03.docx": False}
    assert papers.stale == {"GJ-02": "归档\\GJ-02.docx"}


def test_a_word_file_that_is_not_ours_is_not_called_outdated(tmp_path):
    (tmp_path / "归档").mkdir()
    (tmp_path / "归档" / "GJ-01.docx").write_bytes(b"scan")
    assert archived_papers(view_on(ROWS), tmp_path).stale == {}


@pytest.mark.parametrize("location", ["https://ops.example/a.docx", r"\\server\share\a.docx", "//server/a.docx"])
def test_nobody_can_say_from_here_what_lies_elsewhere(location):
    assert not can_look_up(location)


@pytest.mark.skipif(os.name == "nt", reason="drive letters are real on Windows")
def test_a_drive_letter_means_nothing_outside_windows():
    assert not can_look_up(r"D:\归档\a.docx")


def test_a_name_no_file_system_takes_is_not_there(tmp_path):
    assert archived_file(tmp_path, "a" * 5000 + ".docx") is None
    assert archived_file(tmp_path, "a\0.docx") is None


def test_an_effect_its_counts_do_not_prove_is_a_figure_for_the_rules():
    rounds = """
        编号  | 轮次 | 指标           | 改进前n | 改进前不合格 | 改进后n | 改进后不合格 | 结论 | 确认日期
        GJ-01 | 1    | 未发现(次/月)  | 6       | 9            | 3       | 0            | 有效 | 2026-05-20
        GJ-02 | 1    | 中断(次/月)    | 12      | 4            | 3       | 0            | 有效 | 2026-05-20
        GJ-03 | 1    | 点击率         | 186     | 22           | 190     | 20           | 无效 | 2026-05-20
        GJ-04 | 1    |                |         |              |         |              | 有效 | 2026-05-20
    """
    figures = rule_figures(view_on(ROWS, confirmations=rounds))
    assert list(figures.insufficient) == ["GJ-02"]
    assert "p=0.41" in figures.insufficient["GJ-02"]


@pytest.mark.parametrize(
    ("indicator", "counts", "why"),
    [
        ("中断(次/月)", "6 | 0 | 3 | 0", "改进前后均无事件记录，无法检验"),
        ("点击率", "100 | 0 | 100 | 0", "改进前后均无不合格，无法检验"),
        ("点击率", "100 | 10 | 100 | 30", "改进后高于改进前，没有改善（单侧检验，p=1.00）"),
    ],
)
def test_an_effect_that_could_not_be_tested_or_got_worse_is_not_proven_either(indicator, counts, why):
    rounds = "编号 | 轮次 | 指标 | 改进前n | 改进前不合格 | 改进后n | 改进后不合格 | 结论 | 确认日期\n"
    rounds += f"GJ-01 | 1 | {indicator} | {counts} | 有效 | 2026-05-20"
    figures = rule_figures(view_on(ROWS, confirmations=rounds))
    assert figures.insufficient["GJ-01"].endswith(why)
