"""The weekly digest of the quality department (Q1) as a value: counts in full, lists as far as a letter can carry."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WeeklyLine:
    """One line of a list: what it is about and what is said of it.

    Attributes:
        number: 编号, "" where there is none.
        place: Sheet and cell, e.g. 改进计划跟踪表!M7; "" where there is none.
        words: The fact in Chinese.
        department: 责任部门 of the action, "" where there is none.
        title: First words of 问题描述, "" where there is none.
    """

    number: str
    place: str
    words: str
    department: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class WeeklyList:
    """One list of the digest: its heading, all it counts, and the first lines of it."""

    heading: str
    count: int
    lines: tuple[WeeklyLine, ...]


@dataclass(frozen=True, slots=True)
class WeeklyDigest:
    """The non-empty lists of Q1 in the order people read them; none at all means there is nothing to say."""

    lists: tuple[WeeklyList, ...]

    @property
    def summary(self) -> str:
        """逾期 3 项，一个月内到期 5 项，…"""
        return "，".join(f"{part.heading} {part.count}" for part in self.lists)
