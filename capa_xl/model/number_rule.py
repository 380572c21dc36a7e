"""参数 编号规则: YYYY stands for a year, YY for its last two figures, NN and longer for a running number."""

from __future__ import annotations

import re

_FULL, _SHORT, _RUNNING = "YYYY", "YY", "N{2,}"


def number_regex(rule: str) -> re.Pattern[str]:
    """What numbers after the rule look like: the running number has at least as many figures as the rule has N."""
    return re.compile("".join(_part(part) for part in re.split(f"({_year_in(rule)}|{_RUNNING})", rule)))


def number_after(rule: str, year: int, running: int) -> str:
    """The number of that year and place; a rule without a place for it has it behind a dash."""
    sign = _year_in(rule)
    dated = rule.replace(sign, str(year)[-len(sign) :])
    numbered = re.sub(_RUNNING, lambda n: str(running).zfill(len(n[0])), dated)
    return numbered if numbered != dated else f"{dated}-{running:03d}"


def lacks_a_sign(rule: str) -> bool:
    """True where the rule has no place for a year or none for a running number: 年 and a single N mean themselves."""
    return _year_in(rule) not in rule or re.search(_RUNNING, rule) is None


def _year_in(rule: str) -> str:
    """The sign of the year: beside YYYY two Y are somebody's letters."""
    return _FULL if _FULL in rule else _SHORT


def _part(part: str) -> str:
    if part in (_FULL, _SHORT):
        return r"(?:19|20)\d\d" if part == _FULL else r"\d\d"
    return rf"\d{{{len(part)},}}" if re.fullmatch(_RUNNING, part) else re.escape(part)
