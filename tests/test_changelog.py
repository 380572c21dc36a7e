"""The changelog is for users: by groups, one statement once, and no rule that there isn't."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from capa_xl import __version__
from capa_xl.policy.rules.catalogue import CATALOGUE

PAGE = (Path(__file__).parents[1] / "CHANGELOG.md").read_text("utf-8")
NEWEST = "最后改的"
"""Where a line goes until somebody puts it in its group."""
GROUPS = (
    "表和模板", "接管老表", "校验", "状态和回写", "提醒和信件", "填报和回收", "文件和资料包", "归档和新的一年", "集团",
    "命令和退出码", "安装和运行", "速度", "升级以前的试用版要知道的", NEWEST,
)  # fmt: skip
"""What a reader looks for, in the order of the page; a version has those it has something to say about."""
ALIKE = 12
"""Chinese signs at which two bullets begin to say the same."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
TWO_LINES = 140
"""Signs of a bullet."""


def faults(page: str) -> list[str]:
    """What is wrong with the order of a changelog, in words; a bad merge, which brings old lines back, is seen here."""
    versions = re.split(r"^## ", page, flags=re.MULTILINE)[1:]
    found = [f"no day: {version.splitlines()[0]}" for version in versions if not _is_dated(version)]
    for version in versions:
        before, *groups = re.split(r"^### ", version, flags=re.MULTILINE)
        names = [group.splitlines()[0] for group in groups]
        if not names or names != [name for name in GROUPS if name in names]:
            found.append(f"groups: {names}")
        found += [f"empty: {name}" for name, group in zip(names, groups, strict=True) if not bullets(group)]
        found += [f"in no group: {bullet}" for bullet in bullets(before)]
        found += [f"told anew: {bullet}" for bullet in _told_anew(bullets(version))]
    return found + [f"twice: {bullet}" for bullet, times in Counter(bullets(page)).items() if times > 1]


def _told_anew(said: list[str]) -> list[str]:
    """Bullets that begin as one above: put in other words, while a merge brought back the old ones.

    Of what a bullet says counts what is Chinese: `group check` and `group pack` may begin alike.
    """
    heads: dict[str, str] = {}
    return [one for one in said if heads.setdefault("".join(_CHINESE.findall(one))[:ALIKE] or one, one) != one]


def _is_dated(version: str) -> bool:
    return re.match(r"\d+\.\d+\.\d+ - \d{4}-\d\d-\d\d\n", version) is not None


def bullets(text: str) -> list[str]:
    """The bullets without their mark and their full stop."""
    return [line.removeprefix("- ").rstrip("。 ") for line in text.splitlines() if line.startswith("- ")]


def test_each_version_has_its_groups_and_no_bullet_stands_twice():
    assert faults(PAGE) == [], f"keep the file of the main branch and add your own line under ### {NEWEST}"


WHOLE = "# x\n\n## 1.0.0 - 2026-12-01\n\nwords\n\n### 校验\n\n- one。\n\n### 速度\n\n- two\n"


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("one", "one", []),
        ("- two", "- one", ["twice: one"]),
        (
            "- one。",
            "- `a` 写某人或某部门的待办：哪几格。\n- `b` 写某人或某部门的待办：哪几格、由谁",
            ["told anew: `b` 写某人或某部门的待办：哪几格、由谁"],
        ),
        ("- one。", "- `a` 写某人或某部门的待办。\n- `b` 写某人或某部门的待办：哪几格。", []),
        ("words", "- three", ["in no group: three"]),
        ("- two", "two", ["empty: 速度"]),
        ("### 速度", "### Speed", ["groups: ['校验', 'Speed']"]),
        ("- one", "- one\n\n### 表和模板\n\n- three", ["groups: ['校验', '表和模板', '速度']"]),
        (" - 2026-12-01", "（2026-11-28）", ["no day: 1.0.0（2026-11-28）"]),
        ("# x\n", "# x\n\n## 1.0.0 - 2026-12-01\n\n- four\n", ["groups: []", "in no group: four"]),
    ],
)
def test_what_is_wrong_with_a_changelog_is_told(was, now, told):
    assert faults(WHOLE.replace(was, now, 1)) == told


def test_the_newest_version_is_this_one_and_has_all_groups():
    assert f"\n## {__version__} - " in PAGE
    assert all(f"\n### {name}\n" in PAGE for name in GROUPS if name != NEWEST)


def test_a_bullet_has_at_most_two_lines():
    sorted_in = PAGE.partition(f"### {NEWEST}")[0]
    assert [bullet for bullet in bullets(sorted_in) if len(bullet) > TWO_LINES] == []


def test_every_rule_that_is_named_is_one():
    named = {
        f"{family}{number:02}"
        for family, first, last in re.findall(r"(?<![A-Z0-9a-z])([A-Z]{2})(\d\d)(?:–(\d\d))?(?!\d)", PAGE)
        for number in range(int(first), int(last or first) + 1)
    }
    assert len(named) > 50
    assert named <= {rule.id for rule in CATALOGUE}
