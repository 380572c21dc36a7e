"""Letters held against what Outlook for Windows, Gmail and Apple Mail draw: `make letters`.

The lists are those of caniemail.com, from the npm package in tests/mail_clients. A feature that one of them lacks must
be an extra: something that is nicer with it and says the same without it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from capa_xl.app.shared.letterhead import letter_templates
from capa_xl.reports.letter_frame import card, page
from capa_xl.reports.letter_templates import compile_templates
from capa_xl.reports.letters_check import EXAMPLES

FOLDER = Path(__file__).parent / "mail_clients"
PACKAGE = FOLDER / "node_modules" / "caniemail"

EXTRAS = {
    "<style> element": "what it says is for dark mode and small screens",
    "@media": "the same",
    "Type selector": "the same",
    "border-radius": "corners are square",
    "color-scheme CSS property": "the program makes its own dark colours",
    "color-scheme meta tag": "the same",
    "overflow-wrap": "a long word may widen its line",
    "white-space": "a number or date may break",
    "overflow": "what a program takes overflow-wrap for",
}
"""Unsupported by at least one, and what is then missing."""
PARTLY = {
    "background": "on tables and cells bgcolor says the same",
    "border": "drawn on tables and cells, where letters have it",
    "display": "the badge is as wide as its words",
    "font-size": "in px, as letters have it",
    "font-weight": "bold, as letters have it",
    "height attribute": "of an empty row",
    "height property": "the same",
    "line-height": "in Outlook of whole blocks, as letters have it",
    "margin": "of the body, 0",
    "max-width": "Outlook takes the table of 600 px around it",
    "padding": "of cells, as letters have it; the badge goes without",
    "width attribute": "of tables, as letters have it",
    "<body> element": "its ground stands on the table inside too",
}
"""Supported with a condition, and how letters meet it."""


def letters() -> Iterator[str]:
    """The examples that between them take every branch of our own template."""
    compiled = compile_templates(letter_templates(None))
    yield from (compiled.render(view)[2] for view in EXAMPLES)
    yield page("样例", card("样例", ["样例"]))


def answers(html: str) -> Mapping[str, Mapping[str, list[str]]]:
    """Client → what it doesn't draw (`unsupported`) and what it draws under conditions (`partly`)."""
    done = subprocess.run(["node", FOLDER / "ask.mjs"], input=html, capture_output=True, encoding="utf-8", check=True)
    answer: Mapping[str, Mapping[str, list[str]]] = json.loads(done.stdout)
    return answer


def needed(html: str) -> Iterator[str]:
    """What a letter stands on though a client lacks it: `outlook.windows: float`."""
    for client, lacks in answers(html).items():
        for feature in lacks["unsupported"]:
            if feature not in EXTRAS:
                yield f"{client}: {feature}"
        for feature in lacks["partly"]:
            if feature not in EXTRAS and feature not in PARTLY:
                yield f"{client}: {feature} (partly)"


def main() -> int:
    """Say what every client lacks; 1 when a letter stands on it."""
    faults = {fault for html in letters() for fault in needed(html)}
    for client, lacks in answers(next(letters())).items():
        print(f"{client}: goes without {', '.join(lacks['unsupported']) or 'nothing'}")
    print("\n".join(sorted(faults)) or "every letter holds: what a client lacks is an extra")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
