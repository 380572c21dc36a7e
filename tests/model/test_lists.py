"""The lists of sheet 字典: one a name, and which column draws on it."""

from capa_xl.model import words
from capa_xl.model.columns import columns_of
from capa_xl.model.lists import default_lists, list_name
from capa_xl.model.records import Correction, Progress


def _kind_of(record):
    return next(column for column in columns_of(record) if column.header == "类型")


def test_a_list_keeps_the_words_of_the_first_column_of_its_name():
    assert default_lists()["类型"] == words.PROGRESS_TYPES
    assert list_name(_kind_of(Progress)) == "类型"


def test_a_later_column_of_the_same_name_with_other_words_names_them_itself():
    assert list_name(_kind_of(Correction)) == ""
