"""Letters hold in Outlook for Windows, drawn by Word's engine: widths come from tables, colours from attributes.

`tests/test_letters_in_clients.py` asks the lists of caniemail.com about whole letters, where they are installed.
"""

import re
from pathlib import Path

LETTER = Path(__file__).parents[2] / "report_templates" / "letters" / "letter.html.j2"
TEXT = re.sub(r"{#.*?#}", "", LETTER.read_text("utf-8"), flags=re.DOTALL)

HOLDS = {
    "background-color", "border", "border-bottom", "border-left", "border-top", "border-collapse", "color", "display",
    "font-family", "font-size", "font-weight", "height", "line-height", "margin", "padding", "padding-bottom",
    "padding-left", "padding-top", "text-align", "text-decoration", "vertical-align", "width",
}  # fmt: skip
"""Drawn by all of them, by Outlook on the elements and in the units that letters use."""
EXTRAS = {
    "border-radius": "corners are square",
    "max-width": "Outlook takes the table of 600 px around it",
    "white-space": "a date or number may break",
    "overflow-wrap": "a long word may widen its line",
    "overflow": "belongs to the hidden preview line",
    "max-height": "belongs to the hidden preview line",
    "mso-hide": "hides the preview line in Outlook alone",
    "word-break": "a long word may widen its line",
    "table-layout": "columns take their own widths",
}
"""Unknown to at least one of them, and what is then missing."""


def _inline() -> list[str]:
    return re.findall(r'style="([^"]*)"', TEXT)


def test_every_property_holds_or_is_an_extra():
    found = {part.split(":")[0].strip() for style in _inline() for part in style.split(";") if ":" in part}
    assert found - HOLDS - EXTRAS.keys() == set()
    assert {"background-color", "padding", "font-size"} <= found


def test_outlook_gets_the_width_of_the_column_from_a_table():
    assert re.search(r"<!--\[if mso\]><table [^>]*width=\"600\"", TEXT)
    assert TEXT.count("<!--[if mso]>") == TEXT.count("<![endif]-->")


def test_nothing_needs_the_style_element():
    """What `<style>` says is for dark mode and small screens: every rule of it is inside @media or sets defaults."""
    (style,) = re.findall(r"<style>(.*?)</style>", TEXT, re.DOTALL)
    outside = re.sub(r"@media[^{]*\{(?:[^{}]|\{\{.*?\}\}|\{[^{}]*(?:\{\{.*?\}\}[^{}]*)*\})*\}", "", style)
    selectors = {line.split("{")[0].strip() for line in outside.splitlines() if "{" in line}
    assert selectors <= {":root", "body"}


def test_grounds_of_tables_and_cells_stand_as_attributes_too():
    tags = re.findall(r"<(?:table|td|body)\b[^>]*background-color[^>]*>", TEXT)
    bare = [tag for tag in tags if "bgcolor=" not in tag and not tag.startswith("<body")]
    assert tags
    assert bare == []


def test_no_layout_stands_on_flex_grid_or_position():
    assert not re.search(r"display:\s*(?:flex|grid)|position:|float:|background-image|@import|<svg|<img", TEXT)
