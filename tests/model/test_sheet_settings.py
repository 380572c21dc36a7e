"""The rows of 参数 that bear a sheet's name are those that whoever renames the sheet renames too."""

from capa_xl.model.meanings import meanings_by_column
from capa_xl.model.procedure import Procedure
from capa_xl.model.sheet_settings import settings_of_sheet

SAID = {"完成期限_11月底_2026年": "2026-11-30", "完成期限_11月底_2025年": "2025-11-30", "编号_《2026年》B1": "不计入"}


def test_every_family_is_named_and_another_sheets_rows_are_not():
    procedure = Procedure(
        sheets={"2025年": "计入", "2026年": "计入"},
        number_prefixes={"2026年": "2026-"},
        adopted_headings={"2025年": "编号=编号"},
        meanings=meanings_by_column(SAID),
    )
    assert list(settings_of_sheet(procedure, "2026年")) == [
        "跟踪表_2026年",
        "编号前缀_2026年",
        "取值_完成期限_11月底_2026年",
        "取值_编号_《2026年》b1",
    ]
