"""Contrast: every pair of ink and ground that people read reaches 4.5, and neighbours of a chart differ in grey."""

from itertools import pairwise

import pytest

from capa_xl.model import palette

PAIRS = {
    "headings": (palette.NAVY, palette.PALE_BLUE),
    "headings of 〔自动〕 columns": (palette.NAVY, palette.AUTO_FILL),
    "bands": (palette.WHITE, palette.NAVY),
    "overdue": (palette.OVERDUE, palette.OVERDUE_FILL),
    "a waiting step past its limit": (palette.OVERDUE, palette.DUE_SOON_FILL),
    "due soon": (palette.DUE_SOON, palette.DUE_SOON_FILL),
    "done": (palette.DONE, palette.DONE_FILL),
    "closed": (palette.SILENT, palette.SILENT_FILL),
    "notes on white": (palette.SILENT, palette.WHITE),
    "notes on 〔自动〕 columns": (palette.SILENT, palette.AUTO_FILL),
    "set aside": (palette.TO_CORRECT, palette.TO_CORRECT_FILL),
    "needed now": (palette.ACCENT, palette.NEEDED_FILL),
    "links": (palette.ACCENT, palette.WHITE),
    "red corner of the heat map": (palette.WHITE, palette.OVERDUE),
    "letters at night": (palette.DARK_TEXT, palette.DARK_CARD),
    "notes at night": (palette.DARK_MUTED, palette.DARK_CARD),
    "links at night": (palette.DARK_LINK, palette.DARK_CARD),
    "overdue at night": (palette.DARK_OVERDUE, palette.DARK_CARD),
    "due soon at night": (palette.DARK_DUE_SOON, palette.DARK_CARD),
    **{f"heat {fill}": (ink, fill) for fill, ink in palette.HEAT},
    **{f"phase {phase}": (palette.PHASE_INKS[phase], fill) for phase, fill in palette.PHASES.items()},
}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_twenty_one():
    assert contrast("000000", "FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("what", PAIRS)
def test_it_can_be_read(what):
    assert contrast(*PAIRS[what]) >= 4.5


def test_phases_that_stand_beside_each_other_differ_on_a_photocopy():
    assert all(contrast(one, other) >= 2 for one, other in pairwise(palette.PHASES.values()))


def test_the_heat_map_darkens_step_by_step():
    steps = [luminance(fill) for fill, _ in palette.HEAT]
    assert steps == sorted(steps, reverse=True)
