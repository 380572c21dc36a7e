from io import BytesIO

import openpyxl

from capa_xl.model.conformity import KEPT, Conformity
from capa_xl.reports.conformity_workbook import conformity_workbook
from tests.reports.test_dashboard import ON


def populations(*base):
    line = Conformity("R13", "3.3.1", "要求", (), KEPT, of=len(base), hit=0, base=base)
    blob = conformity_workbook("样例公司", "样例制度", ON, (line,))
    return openpyxl.load_workbook(BytesIO(blob))["对象清单"]["C5"].value


def test_cells_below_each_other_are_one_span():
    assert populations(*(f"过程指标!A{row}" for row in range(2, 156))) == "过程指标!A2:A155（154 格）"


def test_a_gap_another_column_or_a_number_ends_a_span():
    cells = ("管理评审!A2", "管理评审!A3", "管理评审!A5", "计划!A6", "GJ-1", "计划!B7", "计划!B8", "计划!B9")
    assert populations(*cells) == "管理评审!A2、管理评审!A3、管理评审!A5、计划!A6、GJ-1、计划!B7:B9（3 格）"
