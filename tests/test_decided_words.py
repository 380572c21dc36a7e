"""One word for one thing, and a cure behind an arrow: in every text of the program, its letters and its pages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
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
_OTHER_PROGRAMS = re.compile(
    "(?:别的|另一个|应用|没有|打开它的|运行|任务计划|安装|问写|随)程序|程序(?:对象| whatever|不全)|程序的数据库|写程序"
)
"""程序 is what others run; capa-xl calls itself 工具."""
_CURE_WITHOUT_ARROW = re.compile(r"(?:没有|不能|不是|已经存在|出错)[^。→]{0,40}。请(?!从列表)")
_SENTENCES = {"reports/letters.py", "reports/history_text.py", "reports/desktop_files.py", "reports/alarm_text.py"}
"""Letters and remarks, which are prose; everywhere else a cure stands behind →."""


def undecided(text: str) -> list[str]:
    """The words of a text that another word stands for."""
    itself = ["程序"] if "程序" in _OTHER_PROGRAMS.sub("", text) else []
    return [word for word in DECIDED if word in text] + itself


def test_no_text_of_the_program_has_a_second_word_for_one_thing():
    found = [
        f"{path.relative_to(_ROOT)}:{line} {word} → {DECIDED.get(word, '工具')}"
        for path in sorted(_ROOT.rglob("*.py"))
        if "sample" not in path.parts
        for line, text in texts_of(path.read_text("utf-8"))
        for word in undecided(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    "path",
    [
        *sorted((_TOP / "docs").rglob("*.md")),
        *sorted(_TOP.glob("*.md")),
        *sorted((_TOP / "report_templates" / "letters").iterdir()),
    ],
    ids=lambda path: path.name,
)
def test_no_page_and_no_letter_has_one(path):
    text = path.read_text("utf-8")
    assert undecided(text) == []
    assert re.findall(r".{20}\d %(?![}\w])", text) == [], "no blank before %"


def test_the_changelog_says_what_is_and_not_what_was_before_the_first_version():
    """Lines that wait for their group may; a merge that brings old lines back puts them above and is seen here."""
    sorted_in = (_TOP / "CHANGELOG.md").read_text("utf-8").partition("\n### 最后改的\n")[0]
    assert "（以前" not in sorted_in, "keep CHANGELOG.md of the main branch and add your own line under ### 最后改的"


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
    assert undecided("由程序计算，别的程序不能打开") == ["程序"]
    assert _CURE_WITHOUT_ARROW.search("已经存在，没有改动它。请换一个文件名")
    assert not _CURE_WITHOUT_ARROW.search("已经存在，没有改动它 → 请换一个文件名")


_PATH = re.compile(
    r"(?:\w+\.)*(?:path|real|target|folder|workbook|file|kept|displaced|output)(?:\.name|\.parent)?(?: / \w+)?"
)
_WRITTEN_DOWN = ("「", "请写成 ", "例如 ", "--templates ")
"""What stands before a path that is not spoken of, but to be written so."""


def bare_paths(source: str) -> list[str]:
    """The paths and file names of a refusal that stand in it without their marks 「」, as what follows them.

    One before its line or row (信件.txt 第 3 行) is an address, as a cell's is.
    """
    tree = ast.parse(source)
    raised = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Raise) for part in ast.walk(node)}
    return [
        f"{{{ast.unparse(shown.value)}}}{behind}"
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr) and (id(node) in raised or "→" in said_by(node)) and chinese(said_by(node))
        for before, shown, behind in pieces_of(node)
        if _PATH.fullmatch(ast.unparse(shown.value))
        and not before.endswith(_WRITTEN_DOWN)
        and not behind.startswith(" 第")
    ]


def said_by(node: ast.JoinedStr) -> str:
    return "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))


def chinese(text: str) -> bool:
    return re.search("[\u4e00-\u9fff]", text) is not None


def pieces_of(node: ast.JoinedStr) -> Iterator[tuple[str, ast.FormattedValue, str]]:
    """Each value with the text before and behind it."""
    texts = [part.value if isinstance(part, ast.Constant) else "" for part in node.values]
    for at, part in enumerate(node.values):
        if isinstance(part, ast.FormattedValue):
            yield "".join(texts[max(0, at - 1) : at]), part, "".join(texts[at + 1 : at + 2])


def test_a_refusal_puts_a_path_between_its_marks():
    found = [
        f"{path.relative_to(_ROOT)} {place}"
        for path in sorted(_ROOT.rglob("*.py"))
        for place in bare_paths(path.read_text("utf-8"))
    ]
    assert found == []


def test_a_bare_path_would_be_found():
    assert bare_paths('raise X(f"{path} 是文件夹 → 请写文件名")') == ["{path} 是文件夹 → 请写文件名"]
    assert bare_paths('raise X(f"「{path}」是文件夹 → 请写成 {path.name}")') == []


_MEASURE = re.compile(r"(?:天|项|人|封|个|行|次|条|格|处|份|页|家|列|周|步|种|张|分钟|小时|工作日|MB)(?![期本数])")
_UNIT = re.compile(r"(?:\w+\.)*\w*unit\b|cut_unit\(.*\)")


_TIGHT = {
    "model/lead.py": "what people type in 《参数》: 15天",
    "model/short_names.py": "names in a width of some characters",
    "app/use_cases/report.py": "a file's name",
}
"""Where no blank stands before a unit, and why."""


def odd_units(source: str) -> list[str]:
    """Figures with the unit stuck to them: `with_unit` puts one behind a figure."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    return [
        f"{{{ast.unparse(shown.value)}}}{behind[:6]}"
        for node in nodes
        for before, shown, behind in pieces_of(node)
        if (_MEASURE.match(behind) and not re.search(r"[年月第]$", before) and not is_text(shown.value))
        or (_UNIT.fullmatch(ast.unparse(shown.value)) and not before and node.values[0] is not shown)
    ]


def is_text(value: ast.expr) -> bool:
    """A list of names joined, or a word: no figure."""
    return "join(" in ast.unparse(value) or (isinstance(value, ast.Name) and value.id in ("where", "told", "text"))


def test_a_blank_stands_between_a_figure_and_its_unit():
    found = [
        f"{path.relative_to(_ROOT)} {place}"
        for path in sorted(_ROOT.rglob("*.py"))
        if path.relative_to(_ROOT).as_posix() not in _TIGHT
        for place in odd_units(path.read_text("utf-8"))
    ]
    assert found == []


def test_a_unit_without_its_blank_would_be_found():
    assert odd_units('f"实施逾期 {days}天"') == ["{days}天"]
    assert odd_units('f"目标 {value:g}{row.unit}"') == ["{row.unit}"]
    assert odd_units('f"{days} 天，{day.month}月"') == []


_COMMAND = re.compile(r"(?:to_paste|to_adopt|adding|restore_columns)\(")


def test_a_command_to_paste_ends_before_a_mark():
    """Whoever copies up to the next mark has the command and nothing else."""
    found = [
        f"{path.relative_to(_ROOT)} {behind[:12]}"
        for path in sorted(_ROOT.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
        for _, shown, behind in pieces_of(node)
        if _COMMAND.match(ast.unparse(shown.value)) and re.match(r" *[\u4e00-\u9fff]", behind)
    ]
    assert found == []
