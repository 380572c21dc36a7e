import pytest

from capa_xl.model.meant_number import KnownNumbers

KNOWN = KnownNumbers.of(["GJ-2025-050", "GJ-2026-012", "GJ-2026-050", "XQ-2026-001"])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("gj-2026-012", "GJ-2026-012"),
        ("GJ-2026-12", "GJ-2026-012"),
        ("ＧＪ－２０２６－０１２", "GJ-2026-012"),
        ("GJ 2026 012", "GJ-2026-012"),
        ("012", "GJ-2026-012"),
        ("12", "GJ-2026-012"),
        ("050", ""),
        ("GJ-2026-013", ""),
        ("GJ-2026", ""),
        ("", ""),
        ("—", ""),
    ],
)
def test_a_number_that_was_only_typed_otherwise_is_found_and_no_other(written, meant):
    assert KNOWN.meant_by(written) == meant


def test_two_numbers_that_differ_by_how_they_are_typed_alone_are_nobodys_guess():
    assert KnownNumbers.of(["GJ-01", "GJ-1"]).meant_by("gj-001") == ""
