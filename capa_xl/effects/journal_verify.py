"""Walking the hash chain of the journal: is every link whole, and does the journal still say what they were made of?"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping

from capa_xl.effects.journal_chain import (
    ATTEMPT,
    CHANGES,
    EDITION,
    GENESIS,
    GONE,
    PACK,
    PAPER,
    POSTINGS,
    SCAN,
    SNAPSHOT,
    changes_digest,
    last_link,
    links,
    mark_of,
    records_standing,
)
from capa_xl.effects.journal_decoding import decoding
from capa_xl.model.chain import ChainCheck
from capa_xl.model.milestones import milestone_name
from capa_xl.model.paper_kinds import kind_by_key

_KINDS = {GENESIS: "链首", POSTINGS: "提醒", SNAPSHOT: "快照", PACK: "资料包", PAPER: "定稿和签字件"}


@decoding
def verify_chain(conn: sqlite3.Connection, workbook_id: str) -> ChainCheck:
    """Walk the chain of a workbook; `faults` begins with the first broken link and is empty when all is whole."""
    last = last_link(conn, workbook_id)
    if last is None:
        return ChainCheck(0, "", "", "", ())
    walked = list(links(conn, workbook_id))
    faults = (*_broken_links(conn, workbook_id), *_differing_records(conn, workbook_id))
    return ChainCheck(len(walked), walked[0].on or walked[min(1, len(walked) - 1)].on, last.on, last.mark, faults)


def manifests_kept(conn: sqlite3.Connection, period: str, as_of: str) -> tuple[str, ...]:
    """SHA-256 (hex) of the manifest of every pack of that period and day on record, whichever workbook's it is."""
    found = conn.execute("SELECT manifest FROM pack WHERE period = ? AND as_of = ? AND manifest <> ''", (period, as_of))
    return tuple(manifest for (manifest,) in found)


def has_mark(conn: sqlite3.Connection, mark: str) -> bool:
    """True when the chain has a link whose hash begins so: the head that a paper or a manifest prints."""
    return conn.execute("SELECT 1 FROM chain WHERE mark LIKE ? || '%'", (mark,)).fetchone() is not None


def _broken_links(conn: sqlite3.Connection, workbook_id: str) -> Iterator[str]:
    previous = ""
    for link in links(conn, workbook_id):
        where = f"第 {link.serial} 条（{link.on or '启用前'}，{_KINDS.get(link.kind, link.kind)}）"
        if link.previous != previous:
            yield f"{where}与前一条接不上：中间有记录被删除或换过"
        elif link.mark != mark_of(link.previous, link.kind, link.on, link.content):
            yield f"{where}本身被改过"
        previous = link.mark


def _differing_records(conn: sqlite3.Connection, workbook_id: str) -> Iterator[str]:
    told: dict[str, str] = {}
    for link in links(conn, workbook_id):
        told.update(json.loads(link.content))
    groups = {subject: mark for subject, mark in told.items() if subject.startswith(CHANGES)}
    yield from _differing_changes(conn, workbook_id, groups)
    rest = {subject: mark for subject, mark in told.items() if subject not in groups and mark != GONE}
    now = dict(records_standing(conn, workbook_id))
    for subject in {**rest, **now}:
        if rest.get(subject) != now.get(subject):
            yield f"{_named(subject)}{_what(subject in rest, subject in now)}"


def _differing_changes(conn: sqlite3.Connection, workbook_id: str, groups: Mapping[str, str]) -> Iterator[str]:
    """Changed, missing or added rows of the field changes; their serials tell which links they belong to."""
    covered: set[int] = set()
    for subject, mark in groups.items():
        first, last = map(int, subject.removeprefix(CHANGES).split("-"))
        covered.update(range(first, last + 1))
        if changes_digest(conn, workbook_id, first, last) != mark:
            yield f"变更历史第 {first} 至 {last} 条与记账时不同"
    found = conn.execute("SELECT serial FROM field_change WHERE workbook_id = ? ORDER BY serial", (workbook_id,))
    for (serial,) in found:
        if serial not in covered:
            yield f"变更历史第 {serial} 条不是工具记下的"


def _named(subject: str) -> str:
    if subject == "snapshot":
        return "最近一次快照"
    if subject.startswith("pack "):
        return "资料包 " + subject.removeprefix("pack ")
    if subject.startswith(ATTEMPT):
        return f"提醒的第 {subject.removeprefix(ATTEMPT)} 条尝试记录"
    if subject.startswith(EDITION):
        kind, rest = subject.removeprefix(EDITION).split(" ", 1)
        number, at = rest.rsplit(" ", 1)
        return f"定稿「{number} {kind_by_key(kind).title} 第 {at} 版」的登记"
    if subject.startswith(SCAN):
        return f"签字件（校验码 {subject.removeprefix(SCAN)[:8]}）的登记"
    number, milestone, due, _, recipient, _ = json.loads(subject)
    parts = (number, milestone_name(milestone), due and f"期限 {due}", f"收件人 {recipient}")
    return f"提醒记录「{' '.join(filter(None, parts))}」"


def _what(was_told: bool, is_there: bool) -> str:
    if was_told and is_there:
        return "与记账时不同"
    return "被删除" if was_told else "不是工具记下的"
