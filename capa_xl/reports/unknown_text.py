"""What is said of reminders whose fate nobody knows: the server may have taken them, so a person has to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.journal import Posting


def unknown_sentence(postings: Iterable[Posting], workbook: object = THIS_WORKBOOK) -> str:
    """Whom to ask, of how many reminders each, and the command that sends them again; "" where every fate is known."""
    counts = Counter(posting.key.recipient for posting in postings)
    if not counts:
        return ""
    people = "、".join(f"{name} {count} 条" for name, count in counts.items())
    came, again = to_paste("remind", workbook), to_paste("remind --send --resend-unknown", workbook)
    asked = f"以前的结果不明：{people} → 请问本人是否收到"
    return f"{asked}；收到的运行 {came} --received 姓名，没有收到的运行 {again}"
