"""One word for one thing, and a cure behind an arrow: in every text of the program, its letters and its pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import capa_xl
from tests.test_half_width_marks import texts_of

_ROOT = Path(capa_xl.__file__).parent
_TOP = _ROOT.parent
DECIDED = {
    "未配置": "没有配置",
    "未安装": "没有安装",
    "未找到": "没有找到",
    "Ctrl-C": "Ctrl+C",
    "存盘": "保存",
    "邮件模板": "信件模板",
    "Excel/WPS": "Excel 或 WPS",
    "规则代号": "规则编号",
    "拷回": "复制回来",
    "寄不出去": "发不出去",
    "重新运行": "再运行",
    "请重试": "请再运行",
    "后重试": "后再运行",
    "》工作表": "工作表《…》",
    "不认得": "不认识",
    " 个单元格": " 格",
    "删去": "删除",
    "删掉": "删除",
    "缓存": "存下",
    "待您处理": "等您处理",
    "帐户": "账号",
    "登陆": "登录",
}
"""What nobody writes any more → what is said instead."""
_CURE_WITHOUT_ARROW = re.compile(r"(?:没有|不能|不是|已经存在|出错)[^。→]{0,40}。请(?!从列表)")
_SENTENCES = {"reports/letters.py", "reports/history_text.py", "reports/desktop_files.py", "reports/alarm_text.py"}
"""Letters and remarks, which are prose; everywhere else a cure stands behind →."""


def undecided(text: str) -> list[str]:
    """The words of a text that another word stands for."""
    return [word for word in DECIDED if word in text]


def test_no_text_of_the_program_has_a_second_word_for_one_thing():
    found = [
        f"{path.relative_to(_ROOT)}:{line} {word} → {DECIDED[word]}"
        for path in sorted(_ROOT.rglob("*.py"))
        if "sample" not in path.parts
        for line, text in texts_of(path.read_text("utf-8"))
        for word in undecided(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    "path",
    [
        *sorted((_TOP / "docs").glob("*手册.md")),
        _TOP / "README.md",
        *sorted((_TOP / "report_templates" / "letters").iterdir()),
    ],
    ids=lambda path: path.name,
)
def test_no_page_and_no_letter_has_one(path):
    assert undecided(path.read_text("utf-8")) == []


def test_a_cure_stands_behind_an_arrow():
    found = [
        f"{path.relative_to(_ROOT)}:{line} {text}"
        for path in sorted(_ROOT.rglob("*.py"))
        if path.relative_to(_ROOT).as_posix() not in _SENTENCES
        for line, text in texts_of(path.read_text("utf-8"))
        if _CURE_WITHOUT_ARROW.search(text)
    ]
    assert found == []


def test_a_second_word_and_a_cure_without_an_arrow_would_be_found():
    assert undecided("没有存盘，请重试") == ["存盘", "请重试"]
    assert _CURE_WITHOUT_ARROW.search("已经存在，没有改动它。请换一个文件名")
    assert not _CURE_WITHOUT_ARROW.search("已经存在，没有改动它 → 请换一个文件名")
