"""WCAG contrast of two colours, for tests of what people see."""

from __future__ import annotations


def contrast(one: str, two: str) -> float:
    """Ratio of their relative luminances, 1 to 21; colours are RRGGBB."""
    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it: 0 for black, 1 for white."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
