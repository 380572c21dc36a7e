"""A next step in a few words: what is to be done first, without the cells, which stand in the card below."""

from __future__ import annotations

import re

from capa_xl.model.cut_text import cut_text

_QUOTED = re.compile(r"「[^「」]*」")
_CELLS = re.compile(r"(?:，[^，；：「」]*(?:填写|更新)：|：《延期记录》).*?(?=（批准前先补：|$)")
_NAME_BEGUN = re.compile(r"、[^、，；：（）「」]*…")


def in_short(phrase: str, most: int) -> str:
    """完成措施 of 完成措施，填写：实际完成日期；《措施分解》：…; a list longer than the room loses its last names.

    Args:
        phrase: 下一步, on one line.
        most: Characters.
    """
    shape = _QUOTED.sub(lambda said: "「".ljust(len(said[0]) - 1, "·") + "」", phrase)  # what people wrote has any mark
    clause = shape.partition("；")[0]
    cells = _CELLS.search(clause)
    start, end = cells.span() if cells else (len(clause), len(clause))
    return _NAME_BEGUN.sub("…", cut_text(phrase[:start] + phrase[end : len(clause)], most))
