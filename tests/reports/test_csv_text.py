"""Rows as Excel reads them: Chinese whole, and no cell of a person's becomes a formula."""

from datetime import date

from capa_xl.model.history import ChangeKind, HistoryLine
from capa_xl.reports.csv_text import csv_blob
from capa_xl.reports.dossier_page import history_csv


def test_what_would_be_a_formula_begins_with_an_apostrophe():
    blob = csv_blob([["项目", "值"], ["=1+1", -1], ['有"引号"，和\n换行', True], [None, date(2026, 3, 2)]])
    assert blob.decode("utf-8-sig") == '项目,值\r\n\'=1+1,-1\r\n"有""引号""，和\n换行",true\r\n,2026-03-02\r\n'


def test_a_changed_cell_of_the_history_is_no_formula_either():
    line = HistoryLine(
        ChangeKind.EDITED, "GJ-01", "措施内容", "换硬盘", '=HYPERLINK("http://x.example")', date(2026, 3, 2)
    )
    assert "'=HYPERLINK" in history_csv([line]).decode("utf-8-sig")
