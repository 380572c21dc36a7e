from datetime import date

import pytest

from capa_xl.effects.pdf import made_on, office_below


def office(folder):
    """A LibreOffice as its installer leaves it on Windows."""
    program = folder / "LibreOffice" / "program"
    program.mkdir(parents=True)
    (program / "soffice.exe").write_bytes(b"MZ")
    return program


def test_the_folder_in_the_registry_is_asked_before_program_files(tmp_path):
    registered = office(tmp_path / "own place")
    office(tmp_path / "Program Files")
    environment = {"ProgramFiles": str(tmp_path / "Program Files")}
    assert office_below(registered, environment) == str(registered / "soffice.exe")


@pytest.mark.parametrize("variable", ["ProgramW6432", "ProgramFiles", "ProgramFiles(x86)"])
def test_without_a_word_in_the_registry_each_program_files_is_looked_through(tmp_path, variable):
    program = office(tmp_path / "Program Files")
    assert office_below(None, {variable: str(tmp_path / "Program Files")}) == str(program / "soffice.exe")


def test_of_two_the_one_of_64_bits_is_taken(tmp_path):
    wide, narrow = office(tmp_path / "Program Files"), office(tmp_path / "Program Files (x86)")
    environment = {"ProgramFiles(x86)": str(narrow.parents[1]), "ProgramW6432": str(wide.parents[1])}
    assert office_below(None, environment) == str(wide / "soffice.exe")


def test_a_registry_that_outlived_its_program_is_passed_over(tmp_path):
    program = office(tmp_path / "Program Files")
    environment = {"ProgramFiles": str(tmp_path / "Program Files")}
    assert office_below(tmp_path / "uninstalled", environment) == str(program / "soffice.exe")
    assert office_below(tmp_path / "uninstalled", {}) is None


def test_without_any_there_is_none():
    assert office_below(None, {}) is None
    assert office_below(None, {"ProgramFiles": ""}) is None


def made_at(moment, mark):
    """The end of a PDF as LibreOffice 7.4 writes it."""
    dated = f"/Producer<FEFF004C>\n/CreationDate(D:{moment}Z')>>\nendobj\n\nxref\n0 95\n"
    return f"{dated}trailer\n<</Size 95\n/ID [ <{mark}>\n<{mark}> ]\n/DocChecksum /{mark}\n>>\n%%EOF\n".encode()


def test_a_pdf_of_the_same_paper_is_the_same_whenever_it_was_made():
    """Once: the pack that had been sent out differed from the journal after the next one was made."""
    first, second = made_at("20261130123247", "AAF4" * 8), made_at("20261130123251", "7C9A" * 8)
    dated = made_on(first, date(2026, 11, 30))
    assert dated == made_on(second, date(2026, 11, 30)) and len(dated) == len(first)
    assert b"(D:20261130000000Z')" in dated and b"AAF4AAF4" not in dated
    other = made_on(first.replace(b"FEFF004C", b"FEFF004D"), date(2026, 11, 30))
    assert other.rpartition(b"trailer")[2] != dated.rpartition(b"trailer")[2]
    assert made_on(b"%PDF-1.7 of another program", date(2026, 11, 30)) == b"%PDF-1.7 of another program"
