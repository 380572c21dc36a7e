"""One blank stands between Chinese and a figure or a Latin word, in every sentence that the program can say.

Left out: what is quoted (the words of a cell, a setting), a date in Chinese (2026年5月), and names (PDCA阶段).
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from capa_xl.policy.rules.catalogue import CATALOGUE

CODE = Path(__file__).parents[1] / "capa_xl"
CHINESE = r"[\u4e00-\u9fff]"
TOGETHER = re.compile(rf"{CHINESE}[A-Za-z0-9]|[A-Za-z0-9]{CHINESE}")
LEFT_OUT = re.compile(r"「[^」]*」|“[^”]*”|《[^》]*》|\d+年|\d+(?:–\d+)?月|\d+日|\d至\d|&[A-Z]")
NAMES = frozenset(
    {"CAPA编号", "NCR编号", "8D编号", "问题No.", "CAPA措施", "长期处理措施1"}
    | {"PDCA阶段", "KPI目标_", "改进前n", "改进后n", "正文缩进2字"}
)
"""Headings, settings and styles, which are called so."""
OWN_PLACES = frozenset(
    [
        "todo",
        "usual",
        "old",
        "again",
        "unlinked",
        "c",
        "a",
        "b",
        "missing",
        "kind",
        "what",
        "why",
        "how",
        "only",
        "which",
        "list",
        "sheet",
        "status",
        "kept",
        "lead",
        "who",
        "others",
        "h",
        "heading",
        "measured",
        "whom",
        "by",
        "more",
        "kinds",
        "rows",
        "settings",
    ]
)
"""Places of a rule's message that our own Chinese fills: headings, verdicts, half sentences."""
BESIDE_A_PLACE = re.compile(rf"{CHINESE}\{{(\w+)\}}|\{{(\w+)\}}(?={CHINESE})")
WORD_LISTS = (
    "workbook/adopting/known_words.py",
    "workbook/adopting/vague_deadlines.py",
    "reports/word/examples",
    "reports/whole_tokens.py",
    "workbook/reading/written_dates.py",
    "model/meant_word.py",
)
"""Headings of other people, the words of a sample, patterns, characters: none is a sentence of ours."""


@cache
def sentences():
    """(place, text) of every string that is no docstring; of an f-string what stands between its places."""
    found = []
    for path in sorted(CODE.rglob("*.py")):
        name = path.relative_to(CODE).as_posix()
        if name.startswith(WORD_LISTS):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
        found += [
            (f"{name}:{n.lineno}", n.value)
            for n in ast.walk(tree)
            if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in told
        ]
    return found


def together(text):
    """What stands together in a text that should stand apart."""
    return [] if text in NAMES else TOGETHER.findall(LEFT_OUT.sub("", text))


def test_what_stands_together_is_seen():
    assert together("用 Excel/WPS打开，再保存3 次。") == ["S打", "存3"]
    assert together("用 Excel 或 WPS 打开，再保存 3 次（2026年5月，值写“1月”）。") == []
    assert together("PDCA阶段") == []


def test_every_sentence_of_the_program_keeps_its_blanks():
    assert len(sentences()) > 5000
    assert [(place, text) for place, text in sentences() if together(text)] == []


def test_every_counted_place_stands_apart():
    """第 {n} 行, and never 第{n}行; the number of a thing isn't Chinese. A file is called …第2版.docx."""
    tight = re.compile(r"第\{(?![^}]*\}版)|\}(?:行[^→]|段|轮|页|个|项|条|封|次)(?!\w*\})")
    sources = ((p.relative_to(CODE).as_posix(), p.read_text(encoding="utf-8")) for p in sorted(CODE.rglob("*.py")))
    assert [(name, found) for name, text in sources for found in tight.findall(text)] == []


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_a_rule_keeps_them_around_its_facts(rule):
    texts = (rule.title, rule.message, rule.fix)
    assert [together(text) for text in texts] == [[]] * 3
    places = {one or other for text in texts for one, other in BESIDE_A_PLACE.findall(text)}
    assert places - OWN_PLACES == set()
