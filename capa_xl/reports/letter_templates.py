"""The wording of letters: Jinja templates that the quality department may edit, rendered where they can do no harm."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from capa_xl.errors import BadTemplate
from capa_xl.model.cut_text import cut_text
from capa_xl.reports.letter_view import LetterView, one_line
from capa_xl.reports.torn_tags import WIDE, torn_in_html, torn_tag, without_tags
from capa_xl.reports.whole_tokens import with_tokens_unwrapped

if TYPE_CHECKING:
    from jinja2 import Template

    from capa_xl.reports.bounded_templates import BoundedSandbox

SUBJECT_FILE, TEXT_FILE, HTML_FILE = "subject.txt.j2", "letter.txt.j2", "letter.html.j2"


class LetterTemplates(Struct, frozen=True):
    """The text of the three templates, as they lie in `report_templates/letters/`."""

    subject: str
    text: str
    html: str


class CompiledPiece(Struct, frozen=True):
    """One template, ready to render.

    Attributes:
        file: Its name, for whoever edits it.
        source: Its text.
    """

    file: str
    source: str
    template: Template

    def render(self, view: LetterView) -> str:
        """The letter's piece.

        Raises:
            BadTemplate: The template names something that isn't there, or does what it may not.
        """
        from jinja2 import TemplateError

        try:
            return self.template.render(letter=view)
        except (TemplateError, TypeError, ValueError, OverflowError, RecursionError, MemoryError) as trouble:
            at = _line_of(trouble)
            line = self.source.splitlines()[at - 1] if 0 < at <= len(self.source.splitlines()) else ""
            place = f"{self.file} 第 {at} 行" if at else self.file
            fault = f"信件模板 {place}{_words(trouble, line)} → 可用的变量见 {HTML_FILE} 开头的说明"
            raise BadTemplate(fault) from trouble


class CompiledTemplates(Struct, frozen=True):
    """The templates, ready to render."""

    subject: CompiledPiece
    text: CompiledPiece
    html: CompiledPiece

    def render(self, view: LetterView) -> tuple[str, str, str]:
        """(subject in one line, text, HTML) of a letter.

        Raises:
            BadTemplate: A template names something that isn't there, or does what it may not.
        """
        subject, html = self.subject.render(view), with_tokens_unwrapped(self.html.render(view))
        return one_line(subject), self.text.render(view), html


@lru_cache(maxsize=8)  # a worker composes for many workbooks with the same wording
def compile_templates(templates: LetterTemplates) -> CompiledTemplates:
    """Compile the three templates in an immutable sandbox; HTML escapes everything, undefined names are errors.

    Raises:
        BadTemplate: A tag is broken, or so torn that readers would see it.
    """
    from jinja2 import StrictUndefined

    from capa_xl.reports.bounded_templates import BoundedSandbox

    plain, escaped = (
        BoundedSandbox(
            autoescape=escape,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        for escape in (False, True)
    )
    return CompiledTemplates(
        subject=_compiled(plain, SUBJECT_FILE, templates.subject),
        text=_compiled(plain, TEXT_FILE, templates.text),
        html=_compiled(escaped, HTML_FILE, templates.html),
    )


def _compiled(environment: BoundedSandbox, name: str, text: str) -> CompiledPiece:
    from jinja2 import TemplateSyntaxError

    from capa_xl.reports.bounded_templates import TOO_DEEP

    try:
        piece = CompiledPiece(name, text, environment.from_string(text))
    except TemplateSyntaxError as trouble:
        fault = f"信件模板 {name} 第 {trouble.lineno} 行写法有误（原文：{trouble.message}） → 请改正后再运行"
        raise BadTemplate(fault) from trouble
    except TOO_DEEP as trouble:
        raise BadTemplate(f"信件模板 {name} 里的标签或括号一层套一层，太深了 → 请改正后再运行") from trouble
    _refuse_torn(name, text)
    return piece


def _refuse_torn(name: str, text: str) -> None:
    """Jinja prints such a tag as it stands: everybody would get a letter to `{ { letter.recipient }}`."""
    wide = WIDE.search(without_tags(text))
    torn = wide or (torn_in_html if name == HTML_FILE else torn_tag)(text)
    if torn is None:
        return
    at = text.count("\n", 0, torn.start()) + 1
    fault = f"花括号或百分号是全角的（{torn[0]}）" if wide else f"标签没有写完整：{torn[0]}"
    cure = "请改成半角、成对而且中间没有空格的 {{ … }} 或 {% … %}"
    raise BadTemplate(
        f"信件模板 {name} 第 {at} 行「{cut_text(text.splitlines()[at - 1].strip(), 80)}」{fault} → {cure}"
    )


_NO_SUCH = re.compile(r"has no attribute '([^']+)'|'([^']+)' is undefined")


def _words(trouble: BaseException, line: str) -> str:
    from capa_xl.reports.bounded_templates import name_as_written

    if found := _NO_SUCH.search(str(trouble)):
        return f"没有这个变量：{name_as_written(line, found[1] or found[2])}"
    return f"不能用（原文：{trouble}）"


def _line_of(trouble: BaseException) -> int:
    """The line of the template in which it happened; 0 when the traceback doesn't tell."""
    found, frame = 0, trouble.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == "<template>":
            found = frame.tb_lineno
        frame = frame.tb_next
    return found
