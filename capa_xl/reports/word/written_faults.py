"""Faults of a template that its text alone shows: wide braces, torn tags, text that a paragraph tag would take away.

Nobody prints with such a template: docxtpl loses the text without a word, and the paper would look whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from capa_xl.reports.torn_tags import TAG, WIDE, torn_tag
from capa_xl.reports.word.faults import Fault, fault_at
from capa_xl.reports.word.paragraphs import Part

_PARAGRAPH_TAG = re.compile(r"\{[%{](p|tr|tc)\s")
_FRAMES = {"tr": "行标签 {%tr … %} 在同一行", "tc": "格标签 {%tc … %} 在同一格"}


def written_faults(part: Part) -> Iterator[Fault]:
    """The faults of one part, paragraph by paragraph."""
    for number, text in enumerate(part.texts, start=1):
        wide = WIDE.search(text)
        if wide:
            yield fault_at(part, number, f"花括号或百分号是全角的（{wide[0]}） → 请改成半角", wide[0])
        if _PARAGRAPH_TAG.search(text):
            yield from _structural_faults(part, number, text)
        rest = torn_tag(text)
        if rest and not wide:
            yield fault_at(part, number, f"标签没有写完整，多出或缺少 {rest[0]} → 请成对书写", rest[0])
    yield from _frame_faults(part)


def _frame_faults(part: Part) -> Iterator[Fault]:
    """A row tag takes its whole row away, a cell tag its cell: what else stands in there would go without a word."""
    for kind, frames in part.frames.items():
        for numbers in frames:
            texts = {number: part.texts[number - 1] for number in numbers}
            tagged = next((number for number, text in texts.items() if re.search(rf"\{{[%{{]{kind}\s", text)), 0)
            others = [number for number, text in texts.items() if number != tagged and text.strip()]
            if tagged and others:
                yield fault_at(part, others[0], f"与{_FRAMES[kind]}，会丢失 → 请分开", texts[tagged].strip())


def _structural_faults(part: Part, number: int, text: str) -> Iterator[Fault]:
    """Docxtpl drops what stands beside a paragraph tag, and can't read % or } inside it."""
    tags = TAG.findall(text)
    if TAG.sub("", text).strip() or len(tags) > 1:
        yield fault_at(
            part,
            number,
            "段落标签 {%p … %}、行标签 {%tr … %} 要独占一段，旁边的文字会丢失 → 请分开",
            tags[0] if tags else "",
        )
    for tag in tags:
        if re.search(r"[%}]", tag[3:-2]):
            yield fault_at(part, number, "段落标签里面不能再有 % 或 } → 请改写条件", tag)
