"""The papers there are: one entry each. Commands, templates, the pack and the settings 表单号_* come from here.

What a paper says is joined to its entry in `capa_xl.reports.word.paper_catalogue`; its facts come from
`capa_xl.policy.papers`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

FORM_NUMBER_PREFIX: Final = "表单号_"


class PaperKind(NamedTuple):
    """One paper. No Struct: the list of commands in `--help` is made of these, and msgspec takes a fifth of it to load.

    Attributes:
        key: Its name in the code.
        title: Its title, in the header and on the first line.
        form_name: What stands after 表单号_ in sheet 参数.
        command: Subcommand that writes it, and name of the use case; "" where only `pack` makes it.
        summary: One line of help for that command.
        about, every: Of a paper asked for by number: the help of its command, and what --all stands for; "" for papers
            whose commands have options of their own.
        pack_place: Number of its file or folder in the pack; "" where the pack leaves it out.
        clauses: Of YNTD-ITSS-0300 that ask for it; "" for none.
        is_frozen: Its final is the record of something concluded: printed once, kept as 第 n 版, never made anew in
            place. The others are forms that go round, printed as the table stands; their signed scan is the record.
        goes_round: A form of the others, which is filled in and signed by hand.
        is_judged: No final while errors are open on what it is about, unless somebody insists.
        former_form_names: Other spellings of `form_name` that stood in the documentation once; they go on working.
    """

    key: str
    title: str
    form_name: str
    command: str = ""
    summary: str = ""
    pack_place: str = ""
    former_form_names: tuple[str, ...] = ()
    about: str = ""
    every: str = ""
    clauses: str = ""
    is_frozen: bool = False
    is_judged: bool = False
    goes_round: bool = False

    @property
    def template(self) -> str:
        """File name of its template."""
        return f"{self.title}.docx"

    @property
    def in_pack(self) -> str:
        """Name of its file or folder in the pack, without suffix."""
        return f"{self.pack_place} {self.title}"

    def form_number_in(self, settings: Mapping[str, str]) -> str:
        """Its form-control number among the settings 表单号_*; "" is not printed.

        Args:
            settings: What stands after 表单号_ → value.
        """
        names = (self.form_name, *self.former_form_names)
        return next((settings[name] for name in names if settings.get(name)), "")


REPORT: Final = PaperKind(
    "report",
    "改进效果确认报告",
    "效果确认报告",
    "report",
    "生成改进效果确认报告（Word）",
    "03",
    ("报告",),
    clauses="4.5.2",
    is_frozen=True,
    is_judged=True,
)
PLAN: Final = PaperKind(
    "plan",
    "运维服务能力改进计划",
    "改进计划",
    "plan",
    "生成《运维服务能力改进计划》（Word）",
    "02",
    ("计划",),
    clauses="4.1.1、4.1.2",
    is_frozen=True,
    is_judged=True,
)
REQUEST: Final = PaperKind(
    "request", "纠正预防措施要求单", "要求单", "request", "生成纠正预防措施要求单（Word）",
    about="生成纠正预防措施要求单（3.3.3），一页一单；还没登记措施的需求也可打印。",
    every="全部已发给部门的需求（不写编号时也是）。", clauses="3.3.3、4.2、4.3", goes_round=True,
)  # fmt: skip
REVISION: Final = PaperKind(
    "revision", "文件修改意见单", "文件修改意见单", "revision", "生成文件修改意见单（Word）", "04", ("修改意见单",),
    about="生成文件修改意见单（4.5.3），一个文件一页。",
    every="文件修订表中的全部文件（不写编号时也是）。", clauses="4.5.3", goes_round=True,
)  # fmt: skip
REVIEW: Final = PaperKind(
    "review", "管理评审输入报告", "评审输入", pack_place="00", clauses="4.1.1、4.2.3、4.3.2、4.4.3"
)
A3: Final = PaperKind(
    "a3", "重大改进一页报告", "一页报告", "a3", "生成重大改进一页报告（Word，A3）",
    about="生成重大改进一页报告（A3 横向）：左为背景、现状、目标、原因，右为措施、时间轴、效果、巩固。",
    every="全部重大措施（不写编号时也是）。", clauses="4.1.2", is_judged=True,
)  # fmt: skip
EXCEPTIONS: Final = PaperKind(
    "exceptions", "情况说明确认单", "情况说明", "exceptions", "生成情况说明确认单：各项例外说明，一张签字",
    about="生成情况说明确认单：例外说明各项一张列出，供有权人签字；还没有确认人的也列出。",
    every="全部例外说明，一张（不写编号时也是）。", goes_round=True,
)  # fmt: skip
HANDOVER: Final = PaperKind(
    "handover",
    "工作交接单",
    "工作交接单",
    "handover",
    "离岗交接：在办事项从甲交给乙，预览、写入、打印交接单",
    goes_round=True,
)
MEETING: Final = PaperKind("meeting", "改进例会材料", "例会材料", "meeting", "例会一页材料（Word，A4）和一行群通知")
REPLY: Final = PaperKind(
    "reply", "客户回复函", "客户回复函", "reply", "生成客户回复函（Word）：对顾客投诉的书面回复",
    about="生成客户回复函：核实结果、临时处置、原因、措施和完成情况，一封信，写得长的续页；还没核实或没有措施的是草稿。",
    every="全部来源为顾客投诉的登记（不写编号时也是）。", is_frozen=True, is_judged=True,
)  # fmt: skip
GROUP: Final = PaperKind("group", "集团管理评审输入", "", pack_place="00", clauses="4.1.1")

COMPANY_KINDS: Final = (REPORT, PLAN, REQUEST, REVISION, A3, EXCEPTIONS, HANDOVER, MEETING, REPLY, REVIEW)
"""Those of one company, in the order people read about them."""
PAPER_KINDS: Final = (*COMPANY_KINDS, GROUP)
"""All of them."""

FORM_NAMES: Final = tuple(name for kind in COMPANY_KINDS for name in (kind.form_name, *kind.former_form_names))
"""Everything that may stand after 表单号_."""


def kind_by_key(key: str) -> PaperKind:
    """The kind of that key.

    Raises:
        KeyError: There is none.
    """
    return _BY_KEY[key]


_BY_KEY: Final = {kind.key: kind for kind in PAPER_KINDS}
