"""The index of a dossier on a phone and on paper."""

from capa_xl.reports.dossier_page import dossier_page


def test_a_hash_breaks_where_a_label_does_not_and_nothing_touches_the_edge():
    page = dossier_page("GJ-2026-012 一项一档", [("责任部门", "系统部")], [("01 报告.docx", "a" * 64)], []).decode()
    assert "word-break:break-all" in page.partition("code{")[2].partition("}")[0]
    assert "white-space:nowrap" in page.partition("}th{")[2].partition("}")[0]
    assert "padding:0 16px" in page.partition("body{")[2].partition("}")[0]
