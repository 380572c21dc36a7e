"""What a template's package may hold: nothing that runs, or fetches something from elsewhere, when a paper is opened.

Every paper made of a template carries its parts along: what the template brings, an auditor opens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from capa_xl.errors import BadTemplate

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOST_BYTES = 8 << 20
"""Of one XML part; those of ours have at most 0.2 MB."""
MOST_BRACES = 10_000
"""Of one part; those of ours have at most 700."""
_RUNNING_PARTS = ("vbaproject.bin", "vbadata.xml")
_RUNNING_FOLDERS = ("word/activex/", "word/embeddings/oleobject")
_FETCHING_KINDS = frozenset(
    {"aFChunk", "subDocument", "control", "activeXControlBinary", "oleObject", "vbaProject", "attachedTemplate"}
)
_FETCHING_FIELDS = frozenset(
    {"DATABASE", "DDE", "DDEAUTO", "EMBED", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK"}
    | {"MACROBUTTON", "RD"}
)


def refuse_unsafe(file: str, members: Mapping[str, bytes]) -> None:
    """Let a template pass whose parts are what they seem, and whose papers can be opened without harm.

    Raises:
        BadTemplate: A part too large, damaged, or with a DOCTYPE; macros, controls or embedded objects; a link that is
            followed, or a field that fetches or runs something, when the paper is opened.
    """
    for name, content in members.items():
        _refuse_running(file, name.lower())
        if name.lower().endswith((".xml", ".rels")):
            root = _root(file, name, content)
            if name.lower().endswith(".rels"):
                _refuse_outside(file, root)
            elif name == "[Content_Types].xml":
                _refuse_macro_type(file, content)
            else:
                _refuse_fields(file, name, root)


def _refuse_running(file: str, name: str) -> None:
    if name.endswith(_RUNNING_PARTS) or name.startswith(_RUNNING_FOLDERS):
        raise BadTemplate(f"「{file}」里有宏、控件或嵌入的程序对象（{name}） → 请在 Word 里删除后另存为 .docx")


def _refuse_macro_type(file: str, content: bytes) -> None:
    if b"macroEnabled" in content:
        raise BadTemplate(f"「{file}」是带宏的文档改了扩展名 → 请在 Word 里另存为 .docx")


def _root(file: str, name: str, content: bytes) -> etree._Element:
    if len(content) > MOST_BYTES:
        size = f"{len(content) >> 20} MB，超过 {MOST_BYTES >> 20} MB"
        raise BadTemplate(f"「{file}」的 {name} 有 {size} → 请改用简单的模板")
    if content.count(b"{") > MOST_BRACES:
        raise BadTemplate(f"「{file}」的 {name} 有超过 {MOST_BRACES} 个花括号 → 请用循环代替重复的标签")
    try:
        content.decode()
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, UnicodeDecodeError) as trouble:
        raise BadTemplate(f"「{file}」的 {name} 已损坏 → 请用 Word 打开并修复后另存") from trouble
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadTemplate(f"「{file}」的 {name} 里有 DOCTYPE，不能用 → 请用 Word 打开后另存")
    return root


def _refuse_outside(file: str, root: etree._Element) -> None:
    """Refuse linked pictures, an attached template, and whatever else a relationship brings in."""
    for relation in root:
        kind, target = relation.get("Type", "").rpartition("/")[2], relation.get("Target", "")
        if relation.get("TargetMode", "").lower() == "external" and kind != "hyperlink":
            raise BadTemplate(
                f"「{file}」引用了外部文件「{target}」（{kind}），打开文件时会去取它 → "
                "请在 Word 里断开链接（图片改为嵌入，模板改为 Normal）后另存"
            )
        if kind in _FETCHING_KINDS:
            raise BadTemplate(f"「{file}」里有嵌入的文档、控件或宏「{target}」（{kind}） → 请在 Word 里删除后另存")


def _refuse_fields(file: str, name: str, root: etree._Element) -> None:
    for code in _field_codes(root):
        word = code.split()[0].upper() if code.split() else ""
        if word in _FETCHING_FIELDS:
            what = f"域代码 {word}，打开文件时会取外部的内容或运行程序"
        elif "{" in code:
            what = f"写在域代码里的标签（{code.strip()[:40]}）"
        else:
            continue
        raise BadTemplate(f"「{file}」的 {name} 里有{what} → 请在 Word 里按 Alt+F9 找到它，删除后另存")


def _field_codes(root: etree._Element) -> Iterator[str]:
    """The code of every field, put together from the runs that Word spreads it over; of fields within fields too."""
    open_codes: list[list[str]] = []
    for element in root.iter(_W + "fldChar", _W + "instrText", _W + "fldSimple"):
        if element.tag == _W + "fldSimple":
            yield element.get(_W + "instr", "")
        elif element.tag == _W + "instrText":
            if open_codes:
                open_codes[-1].append(element.text or "")
            else:
                yield element.text or ""
        elif element.get(_W + "fldCharType") == "begin":
            open_codes.append([])
        elif element.get(_W + "fldCharType") == "end" and open_codes:
            yield "".join(open_codes.pop())
    yield from ("".join(code) for code in open_codes)
