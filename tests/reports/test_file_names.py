from capa_xl.reports.file_names import file_name, free_name


def test_what_a_file_name_cannot_hold_becomes_an_underscore():
    assert file_name('GJ/2026:*"一-1', ".docx") == "GJ_2026___一-1.docx"
    assert file_name("..", ".docx", draft=True) == "__草稿.docx"


def test_two_numbers_that_differ_in_such_characters_get_two_files():
    taken: set[str] = set()
    names = [free_name(file_name(number, ".docx"), taken) for number in ("A/1", "A?1", "a_1", "A_2")]
    assert names == ["A_1.docx", "A_1 (2).docx", "a_1 (3).docx", "A_2.docx"]
