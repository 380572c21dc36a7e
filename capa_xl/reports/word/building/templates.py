"""All templates by file name."""

from __future__ import annotations

from capa_xl.reports.word.building.look import Section, new_document
from capa_xl.reports.word.building.package import settled
from capa_xl.reports.word.building.paper_plan import PLAN_TITLE, plan_sections
from capa_xl.reports.word.building.paper_report import report_body
from capa_xl.reports.word.building.paper_request import request_body
from capa_xl.reports.word.building.paper_review import REVIEW_TITLE, review_sections
from capa_xl.reports.word.building.paper_revision import revision_body


def templates() -> dict[str, bytes]:
    """File name → template; the same bytes every time."""
    found = {
        "改进效果确认报告.docx": new_document("改进效果确认报告", Section(report_body())),
        "运维服务能力改进计划.docx": new_document(PLAN_TITLE, *plan_sections()),
        "纠正预防措施要求单.docx": new_document("纠正预防措施要求单", Section(request_body())),
        "管理评审输入报告.docx": new_document(REVIEW_TITLE, *review_sections()),
        "文件修改意见单.docx": new_document("文件修改意见单", Section(revision_body())),
    }
    return {name: settled(blob) for name, blob in found.items()}
