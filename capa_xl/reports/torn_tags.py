"""Tags of a template that Jinja takes for plain text, so that readers would see them: wide, parted or single braces."""

from __future__ import annotations

import re

WIDE = re.compile("[｛｝][｛｝{}%％]|[{}%％][｛｝]|\\{％|％\\}")
"""A brace or percent sign of full width in a tag."""
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
"""A whole tag or comment."""
_LEFT = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_PARTED = re.compile(r"\{\s+[{%]|\{\s*[A-Za-z_]\w*\.[\w.]+(?:\s*\})?")
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL | re.IGNORECASE)
_PARTED_IN_STYLES = re.compile(r"\{\s+\{")


def torn_tag(text: str) -> re.Match[str] | None:
    """The first half of a tag (`{{` alone), parted brace (`{ {`) or name in single braces (`{letter.kind}`).

    It is searched in the text as `without_tags` gives it, so that its place is its place in the template.
    """
    plain = without_tags(text)
    found = (_LEFT.search(plain), _PARTED.search(plain))
    return min((one for one in found if one), key=lambda one: one.start(), default=None)


def torn_in_html(html: str) -> re.Match[str] | None:
    """The like in HTML, where a style sheet has braces of its own: there only `{ {` is no style."""
    plain = without_tags(html)
    outside = torn_tag(_STYLE.sub(_blank, plain))
    return outside or _PARTED_IN_STYLES.search(plain)


def without_tags(text: str) -> str:
    """The template with its tags, and what it wants printed raw, blanked: all else keeps its place."""
    return TAG.sub(_blank, _RAW.sub(_blank, text))


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "\x00", found[0])
