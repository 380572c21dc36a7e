"""The look of a paper: page, styles, header and footer (design: one palette, Chinese fonts set as such)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.shared import Cm
from msgspec import Struct

from capa_xl.model import palette
from capa_xl.reports.word.building.pieces import A3_GUTTER, A3_WIDE, TEXT_WIDTH, WIDE, field, known, run

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_SONG = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体" w:cs="Times New Roman"/>'
_HEI = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="黑体" w:cs="Arial"/>'
_DEFAULTS = (
    f"<w:docDefaults {_W}><w:rPrDefault><w:rPr>{_SONG}"
    '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
)
_TABLE = (
    f'<w:style {_W} w:type="table" w:customStyle="1" w:styleId="{{style_id}}"><w:name w:val="{{name}}"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/><w:qFormat/><w:tblPr><w:tblBorders>{borders}</w:tblBorders>'
    '<w:tblCellMar><w:top w:w="{air}" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="{air}" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
_BOLD = ("CellHead", "BlockHead", "FormHead", "DenseHead", "DenseVerdict")
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")

# id, name, size in half points, 黑体, bold, colour, paragraph properties
# Body text isn't justified: LibreOffice stretches a line before a long number, and leaves out the comma at its end.
_STYLES: tuple[tuple[str, str, int, bool, str, str], ...] = (
    ("Title", "Title", 44, True, palette.NAVY, '<w:keepNext/><w:spacing w:before="120" w:after="120"/><w:jc w:val="center"/>'),
    ("FormTitle", "表单标题", 36, True, palette.NAVY, '<w:keepNext/><w:spacing w:after="20" w:line="400" w:lineRule="exact"/><w:jc w:val="center"/>'),
    ("Subtitle", "Subtitle", 24, False, palette.SOFT_INK, '<w:keepNext/><w:spacing w:after="200"/><w:jc w:val="center"/>'),
    ("SubtitleTight", "副标题紧", 24, False, palette.SOFT_INK, '<w:keepNext/><w:jc w:val="center"/>'),
    ("Heading1", "heading 1", 28, True, palette.NAVY,
     '<w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="100"/><w:outlineLvl w:val="0"/>'),
    ("Heading2", "heading 2", 24, True, palette.NAVY,
     '<w:keepNext/><w:keepLines/><w:spacing w:before="100" w:after="60"/><w:outlineLvl w:val="1"/>'),
    ("Indented", "正文缩进2字", 24, False, "", '<w:spacing w:line="460" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="480"/>'),
    ("CellText", "表格文字", 21, False, "", '<w:spacing w:line="300" w:lineRule="exact"/>'),
    ("CellLabel", "表格标签", 21, False, palette.NAVY, '<w:spacing w:line="300" w:lineRule="exact"/><w:jc w:val="center"/>'),
    ("CellHead", "表格表头", 21, True, palette.NAVY, '<w:keepNext/><w:spacing w:line="300" w:lineRule="exact"/><w:jc w:val="center"/>'),
    ("BlockHead", "表单分栏", 21, True, palette.NAVY, '<w:keepNext/><w:spacing w:line="250" w:lineRule="exact"/>'),
    ("DenseText", "密表文字", 18, False, "", '<w:spacing w:line="250" w:lineRule="exact"/>'),
    ("BriefText", "密表短文", 18, False, "", '<w:spacing w:line="250" w:lineRule="exact"/>'),
    ("NameText", "密表名称", 16, False, "", '<w:spacing w:line="230" w:lineRule="exact"/>'),
    ("DenseHead", "密表表头", 18, True, palette.NAVY, '<w:keepNext/><w:spacing w:line="250" w:lineRule="exact"/><w:jc w:val="center"/>'),
    ("CoverTitle", "封面标题", 52, True, palette.NAVY, '<w:spacing w:before="1200" w:after="600"/><w:jc w:val="center"/>'),
    ("CoverLine", "封面文字", 32, False, palette.SOFT_INK, '<w:jc w:val="center"/>'),
    ("FormText", "表单文字", 21, False, "", '<w:spacing w:line="250" w:lineRule="exact"/>'),
    ("FormLabel", "表单标签", 21, False, palette.NAVY, '<w:spacing w:line="250" w:lineRule="exact"/><w:jc w:val="center"/>'),
    ("FormHead", "表单表头", 21, True, palette.NAVY, '<w:spacing w:line="250" w:lineRule="exact"/><w:jc w:val="center"/>'),
    ("Tight", "紧排正文", 21, False, "", '<w:spacing w:before="40" w:after="40" w:line="300" w:lineRule="auto"/><w:ind w:firstLineChars="200" w:firstLine="420"/>'),
    ("CellCentred", "居中小字", 18, False, palette.SOFT_INK, '<w:spacing w:after="80"/><w:jc w:val="center"/>'),
    ("Figure", "指标数值", 30, True, palette.NAVY, '<w:spacing w:line="400" w:lineRule="exact"/><w:jc w:val="center"/>'),
    ("DenseCentred", "密表居中", 18, False, "", '<w:spacing w:line="250" w:lineRule="exact"/><w:jc w:val="center"/>'),
    *((f"Phase{letter}", f"阶段{letter}", 18, True, palette.PHASE_INKS[letter],
       f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/><w:spacing w:line="250" w:lineRule="exact"/><w:jc w:val="center"/>')
      for letter, fill in palette.PHASES.items()),
    ("PhaseLate", "阶段逾期", 18, True, palette.OVERDUE,
     f'<w:shd w:val="clear" w:color="auto" w:fill="{palette.OVERDUE_FILL}"/><w:spacing w:line="250" w:lineRule="exact"/><w:jc w:val="center"/>'),
    ("DenseVerdict", "指标判定", 18, True, palette.NAVY, '<w:spacing w:line="250" w:lineRule="exact"/><w:jc w:val="center"/>'),
    ("SmallNote", "小字说明", 16, False, palette.SILENT, '<w:spacing w:before="80"/>'),
    ("ChartPlace", "图表", 21, False, "", '<w:keepLines/><w:spacing w:before="80" w:after="40"/><w:jc w:val="center"/>'),
    ("Gap", "间隔", 8, False, "", '<w:spacing w:line="120" w:lineRule="exact"/>'),
    ("TemplateTag", "模板标签", 16, False, palette.SILENT, ""),
    ("Header", "header", 18, False, palette.NAVY, ""),
    ("Footer", "footer", 18, False, palette.SILENT, ""),
)  # fmt: skip


class PageSection(Struct, frozen=True):
    """Part of a paper set on one kind of page: its paragraphs and tables as XML.

    Attributes:
        a3: On A3 in two columns instead of A4 in one.
        is_deep: It reaches a centimetre further down: a form that has to stand on one page, a list of high rows.
        is_sent_out: It leaves the house: nothing stands at its foot but the page.
    """

    blocks: Sequence[str]
    landscape: bool = False
    a3: bool = False
    is_deep: bool = False
    is_sent_out: bool = False


def new_document(title: str, *sections: PageSection) -> bytes:
    """A .docx with the house's styles, header and footer.

    Args:
        title: Title of the paper, in the middle of the header.
        sections: At least one.
    """
    document = Document()
    _set_styles(document)
    for at, section in enumerate(sections):
        _add_section(document, at, section, title)
    ends = [made._sectPr for made in document.sections]
    body = document.element.body
    for child in list(body):
        body.remove(child)
    for section, end in zip(sections, ends, strict=True):
        for block in parse_xml(f"<w:body {_W} {_R}>{''.join(section.blocks)}</w:body>"):
            body.append(block)
        if end is not ends[-1]:
            body.append(parse_xml(f'<w:p {_W}><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'))
        (body if end is ends[-1] else body[-1].pPr).append(end)
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.comments = ""
    blob = io.BytesIO()
    document.save(blob)
    return blob.getvalue()


def _add_section(document: Any, at: int, section: PageSection, title: str) -> None:
    """Every section has a header of its own, because its tab stops differ."""
    made = document.sections[0] if at == 0 else document.add_section()
    _set_page(made, section)
    made.header.is_linked_to_previous = made.footer.is_linked_to_previous = False
    width = A3_WIDE if section.a3 else WIDE if section.landscape else TEXT_WIDTH
    _fill_header(made.header._element, title, width)
    _fill_footer(made.footer._element, width, is_sent_out=section.is_sent_out)


def _set_styles(document: Any) -> None:
    styles = document.styles.element
    for old in styles.xpath("w:docDefaults"):
        styles.replace(old, parse_xml(_DEFAULTS))
    wanted = {style_id for style_id, *_ in _STYLES} | {"TableGrid", "PaperTable"}
    kept = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}
    for style in styles.xpath("w:style"):
        style_id = style.get(style.nsmap["w"].join("{}") + "styleId")
        if style_id in wanted or style_id not in kept:
            styles.remove(style)
    normal = next(one for one in styles.xpath("w:style") if one.get(_attribute("styleId")) == "Normal")
    styles.replace(normal, parse_xml(_style("Normal", "Normal", 24, False, "", "", default=True)))
    for spec in _STYLES:
        styles.append(parse_xml(_style(*spec)))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{palette.PAPER_BORDER}"/>' for side in _SIDES
    )
    for style_id, name, air in (("PaperTable", "纸面表格", 40), ("FormTable", "表单", 10)):
        styles.append(parse_xml(_TABLE.format(style_id=style_id, name=name, air=air, borders=borders)))


def _attribute(name: str) -> str:
    return "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}" + name


def _style(
    style_id: str, name: str, size: int, hei: bool, colour: str, paragraph: str, *, default: bool = False
) -> str:
    custom = "" if name.isascii() else ' w:customStyle="1"'
    marks = ' w:default="1"' if default else custom
    based = "" if default else '<w:basedOn w:val="Normal"/>'
    tint = f'<w:color w:val="{colour}"/>' if colour else ""
    bold = "<w:b/>" if style_id in _BOLD else ""
    return (
        f'<w:style {_W} w:type="paragraph"{marks} w:styleId="{style_id}"><w:name w:val="{name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr>"
        f'<w:rPr>{_HEI if hei else _SONG}{bold}{tint}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _set_page(section: Any, given: PageSection) -> None:
    short, long = (Cm(29.7), Cm(42)) if given.a3 else (Cm(21), Cm(29.7))
    section.orientation = WD_ORIENT.LANDSCAPE if given.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if given.landscape else (short, long)
    if given.a3:
        columns = section._sectPr.xpath("w:cols")[0]
        columns.set(_attribute("num"), "2")
        columns.set(_attribute("space"), str(A3_GUTTER))
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(1.5 if given.is_deep else 2.5)
    section.left_margin = section.right_margin = Cm(2.2)
    section.header_distance, section.footer_distance = Cm(1.3), Cm(1.0 if given.is_deep else 1.3)


def _fill_header(header: Any, title: str, width: int) -> None:
    edge = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{palette.NAVY}"/></w:pBdr>'
    tabs = f'<w:tabs><w:tab w:val="center" w:pos="{width // 2}"/><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    small = '<w:sz w:val="15"/>'
    red = f'<w:b/><w:color w:val="{palette.OVERDUE}"/>'
    first = _line("Header", tabs, run(known("head.company") + "\t" + title + "\t编号：{{ head.number }}"))
    form = _line("Header", '<w:jc w:val="right"/>', run("{{ head.form_number }}", small))
    draft = _line("Header", '<w:jc w:val="center"/>', run("{{ head.draft }}", red))
    rule = _line("Header", edge + '<w:spacing w:after="160" w:line="60" w:lineRule="exact"/>', "")
    _replace_children(
        header,
        first
        + _line("TemplateTag", "", run("{%p if head.form_number %}")) + form + _line("TemplateTag", "", run("{%p endif %}"))
        + _line("TemplateTag", "", run("{%p if head.draft %}")) + draft + _line("TemplateTag", "", run("{%p endif %}"))
        + rule,
    )  # fmt: skip


def _fill_footer(footer: Any, width: int, *, is_sent_out: bool) -> None:
    """What leaves the house doesn't count the pages that stay there."""
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    if is_sent_out:
        _replace_children(footer, _line("Footer", tabs, run("\t第 ") + field("PAGE") + run(" 页")))
        return
    words = "数据截至 {{ head.as_of }} · 依据《改进计划跟踪表》 · 校验码 {{ head.fingerprint }}"
    pages = run("\t第 ") + field("PAGE") + run(" 页　共 ") + field("NUMPAGES") + run(" 页")
    _replace_children(footer, _line("Footer", tabs, run(words) + pages))


def _line(style: str, properties: str, content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def _replace_children(element: Any, xml: str) -> None:
    for child in list(element):
        element.remove(child)
    for child in parse_xml(f"<w:x {_W}>{xml}</w:x>"):
        element.append(child)
