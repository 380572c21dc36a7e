from capa_xl.reports.file_names import file_name, free_name


def test_what_a_file_name_cannot_hold_becomes_an_underscore():
    assert file_name('GJ/2026:*"一-1', ".docx") == "GJ_2026___一-1.docx"
    assert file_name("..", ".docx", draft=True) == "__草稿.docx"


def test_two_numbers_that_differ_in_such_characters_get_two_files():
    taken: set[str] = set()
    names = [free_name(file_name(number, ".docx"), taken) for number in ("A/1", "A?1", "a_1", "A_2")]
    assert names == ["A_1.docx", "A_1 (2).docx", "a_1 (3).docx", "A_2.docx"]


def test_names_that_windows_keeps_for_devices_get_a_mark():
    assert [file_name(stem, ".docx") for stem in ("CON", "nul", "com1.2", "LPT9 ")] == [
        "_CON.docx",
        "_nul.docx",
        "_com1.2.docx",
        "_LPT9.docx",
    ]
    assert [file_name(stem, ".docx") for stem in ("CONTROL", "com10", "GJ-CON")] == [
        "CONTROL.docx",
        "com10.docx",
        "GJ-CON.docx",
    ]


def test_a_name_no_file_system_takes_ends_earlier_at_a_whole_character():
    assert file_name("长" * 60, ".docx") == f"{'长' * 60}.docx"
    assert file_name("长" * 2000, ".docx", draft=True) == f"{'长' * 60}_草稿.docx"
    assert file_name("a" + "长" * 2000, ".docx") == f"a{'长' * 59}.docx"
