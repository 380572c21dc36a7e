"""All templates by file name."""

from __future__ import annotations

from capa_xl.reports.word.building.look import Section, new_document
from capa_xl.reports.word.building.paper_plan import PLAN_TITLE, plan_sections
from capa_xl.reports.word.building.paper_report import report_body
from capa_xl.reports.word.building.paper_request import request_body
from capa_xl.reports.word.building.paper_review import REVIEW_TITLE, review_sections
from capa_xl.reports.word.building.paper_revision import revision_body
from capa_xl.reports.word.members import join, pack, unpack


def templates() -> dict[str, bytes]:
    """File name → template; the same bytes every time."""
    found = {
        "改进效果确认报告.docx": new_document("改进效果确认报告", Section(report_body())),
        "运维服务能力改进计划.docx": new_document(PLAN_TITLE, *plan_sections()),
        "纠正预防措施要求单.docx": new_document("纠正预防措施要求单", Section(request_body())),
        "管理评审输入报告.docx": new_document(REVIEW_TITLE, *review_sections()),
        "文件修改意见单.docx": new_document("文件修改意见单", Section(revision_body())),
    }
    return {name: _settled(blob) for name, blob in found.items()}


def _settled(blob: bytes) -> bytes:
    """The same file with fixed dates, and without the preview picture of python-docx's own template."""
    members = {name: content for name, content in unpack(blob).items() if name != "docProps/thumbnail.jpeg"}
    relations = members["_rels/.rels"]
    members["_rels/.rels"] = b"".join(
        piece for piece in relations.replace(b"/>", b"/>\0").split(b"\0") if b"thumbnail" not in piece
    )
    return join(pack(name, content) for name, content in members.items())
