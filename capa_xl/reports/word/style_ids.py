"""The styles that the engine looks for keep their ids, whoever saved the template.

LibreOffice gives every style with a Chinese name an id of its own making; the name stays, and people see that alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from capa_xl.reports.word.brief_cells import BRIEF
from capa_xl.reports.word.held_rows import NOTE

NAMES: Final = {"密表短文": BRIEF, "小字说明": NOTE}
"""Name of a style → the id that the engine looks for."""
_STYLES: Final = "word/styles.xml"
_STYLE: Final = re.compile(r'<w:style [^>]*w:styleId="([^"]+)"[^>]*>\s*<w:name w:val="([^"]+)"/>')
_CHANGED: Final = re.compile(r"word/(?:styles|document|header\d*|footer\d*|footnotes)\.xml")


def with_our_style_ids(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """The members of a .docx with our ids of those styles in place of others."""
    found = {name: given for given, name in _STYLE.findall(members.get(_STYLES, b"").decode())}
    ours = {found[name]: own for name, own in NAMES.items() if name in found and own not in found.values()}
    if not ours:
        return dict(members)
    meant = re.compile(rf'(w:styleId|<w:(?:pStyle|basedOn|next|link) w:val)="({"|".join(map(re.escape, ours))})"')
    return {
        name: meant.sub(lambda at: f'{at[1]}="{ours[at[2]]}"', content.decode()).encode()
        if _CHANGED.fullmatch(name)
        else content
        for name, content in members.items()
    }
