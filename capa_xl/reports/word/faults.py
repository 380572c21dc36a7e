"""What is wrong with a template, said so that the person who edits it in Word finds the place."""

from __future__ import annotations

import re
from types import TracebackType

from jinja2 import TemplateSyntaxError
from msgspec import Struct

from capa_xl.model.cut_text import cut_text
from capa_xl.reports.bounded_templates import name_as_written
from capa_xl.reports.template_budget import TOO_MUCH
from capa_xl.reports.word.paragraphs import Part, paragraph_of_line

_QUOTED = re.compile(r"'([^']*)'")
_WORDS = (
    (re.compile(r"has no attribute '([^']+)'|'([^']+)' is undefined"), "没有这个变量：{0}"),
    (re.compile(r"unknown tag '(\w+)'"), "没有这个标签：{0}"),
    (re.compile(r"No filter named '(\w+)'"), "没有这个过滤器：{0}"),
    (re.compile(r"No test named '(\w+)'"), "没有这个判断：{0}"),
    (re.compile(r"is unsafe|not safely|access to attribute"), "不允许这样取值"),
    (re.compile(r"no loader for this environment"), "模板里不能引用别的文件（include、import、extends）"),
    (re.compile(f"({TOO_MUCH})"), "{0}"),
    (re.compile(r"unexpected end of template|Unexpected end of template"), "缺少对应的 endif 或 endfor"),
)
NESTED_TOO_DEEP = "里的标签或括号一层套一层，太深了 → 请改正模板"


class Fault(Struct, frozen=True):
    """One fault of a template.

    Attributes:
        file: Name of the template file.
        where: 页眉, 页脚, 脚注, or "" for the body.
        paragraph: 1-based number of the paragraph in that part; 0 when it concerns the whole file.
        text: Its text.
        variable: The variable or tag at fault, "" when there is none.
        message: The fault and its fix, in Chinese.
    """

    file: str
    where: str
    paragraph: int
    text: str
    variable: str
    message: str

    def __str__(self) -> str:
        if not self.paragraph:
            return f"{self.file} {self.message}"
        shown = cut_text(self.text, 80)
        return f"{self.file} {self.where}第 {self.paragraph} 段「{shown}」{self.message}"


def fault_at(part: Part, paragraph: int, message: str, variable: str = "") -> Fault:
    """A fault of one paragraph."""
    text = part.texts[paragraph - 1].strip() if 0 < paragraph <= len(part.texts) else ""
    return Fault(part.file, part.where, paragraph, text, variable, message)


def syntax_fault(part: Part, source: str, trouble: TemplateSyntaxError) -> Fault:
    """A tag Jinja can't read."""
    return _worded(part, paragraph_of_line(source, trouble.lineno), trouble.message or "")


def runtime_fault(part: Part, source: str, trouble: BaseException) -> Fault:
    """A value that can't be used as the template wants it."""
    line = _template_line(trouble.__traceback__)
    return _worded(part, paragraph_of_line(source, line), str(trouble))


def _template_line(trace: TracebackType | None) -> int:
    """Line in the template of the innermost template frame; Jinja puts such frames into the traceback."""
    line = 0
    while trace is not None:
        if "__jinja_exception__" in trace.tb_frame.f_globals:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _worded(part: Part, paragraph: int, english: str) -> Fault:
    for pattern, words in _WORDS:
        found = pattern.search(english)
        if found:
            name = _as_written(part, paragraph, next((group for group in found.groups() if group), ""))
            return fault_at(part, paragraph, words.format(name), name)
    quoted = _QUOTED.search(english)
    return fault_at(part, paragraph, f"标签写法有误（原文：{english}）", quoted[1] if quoted else "")


def _as_written(part: Part, paragraph: int, name: str) -> str:
    return name_as_written(part.texts[paragraph - 1] if 0 < paragraph <= len(part.texts) else "", name)
