"""The index page of a dossier: what lies in the folder, with hashes, and what is wrong with any of it. No script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from capa_xl.model import palette
from capa_xl.model.history import HistoryLine
from capa_xl.reports.change_text import shown
from capa_xl.reports.csv_text import csv_blob

_HEAD = (
    '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title><style>'
    "body{{font-family:'Microsoft YaHei',sans-serif;max-width:60em;margin:2em auto;padding:0 16px;color:#222}}"
    "table{{border-collapse:collapse;width:100%}}td,th{{border:1px solid #{line};padding:4px 8px;text-align:left}}"
    "th{{background:#{fill};color:#{ink};white-space:nowrap}}h1,h2{{color:#{ink}}}"
    "td{{overflow-wrap:anywhere}}code{{font-size:85%;display:block;min-width:8em;word-break:break-all}}</style></head><body>\n"
)

_COMPARED = {"证据": "证据文件", "签字件": "签字件", "以前各版": "以前各版"}
"""Folder → what lies in it and has a record elsewhere."""


def dossier_page(
    title: str,
    facts: Sequence[tuple[str, str]],
    files: Sequence[tuple[str, str]],
    faults: Iterable[str],
    unsent: int = 0,
) -> bytes:
    """The page, UTF-8.

    Args:
        facts: (label, value) of the action.
        files: (path in the folder, SHA-256).
        faults: What is wrong with evidence, frozen papers and scans.
        unsent: Letters among the files; none of them was sent.
    """
    head = _HEAD.format(title=escape(title), line=palette.BORDER, fill=palette.PALE_BLUE, ink=palette.NAVY)
    rows = "".join(f"<tr><th>{escape(label)}</th><td>{escape(value)}</td></tr>" for label, value in facts)
    listed = "".join(_file_row(at, path, mark) for at, (path, mark) in enumerate(files, start=1))
    found = "".join(f"<li>{escape(fault)}</li>" for fault in faults)
    evidence = f"<ul>{found}</ul>" if found else f"<p>{_compared(files)}</p>"
    letters = f"<p>信件 {unsent} 封：已生成，未发送。</p>" if unsent else ""
    body = (
        f"<h1>{escape(title)}</h1><table>{rows}</table><h2>目录</h2><table><tr><th>序号</th><th>文件</th>"
        f"<th>SHA-256</th></tr>{listed}</table>{letters}<h2>核对</h2>{evidence}</body></html>\n"
    )
    return (head + body).encode()


def _compared(files: Sequence[tuple[str, str]]) -> str:
    """What was held against its record without a fault: no clean bill where nothing was there to be held."""
    counts = {name: sum(path.startswith(f"{name}/") for path, _ in files) for name in _COMPARED}
    there = [f"{_COMPARED[name]} {count} 份" for name, count in counts.items() if count]
    absent = [_COMPARED[name] for name, count in counts.items() if not count]
    found = f"已核对{'、'.join(there)}：没有缺失、重复或改动过的文件。" if there else ""
    return found + (f"没有{'、'.join(absent)}可核对。" if absent else "")


def _file_row(at: int, path: str, mark: str) -> str:
    name = escape(path)
    return f'<tr><td>{at}</td><td><a href="{name}">{name}</a></td><td><code>{mark}</code></td></tr>'


def history_csv(lines: Iterable[HistoryLine]) -> bytes:
    """The changes of one action, one a line."""
    rows = ((line.seen_on, line.kind.value, line.field, shown(line.before), shown(line.after)) for line in lines)
    return csv_blob([("发现日期", "种类", "项目", "改前", "改后"), *rows])
