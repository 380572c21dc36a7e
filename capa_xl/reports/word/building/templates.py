"""All templates by file name."""

from __future__ import annotations

from capa_xl.reports.word import context_plan, context_report, context_request, context_review, context_revision
from capa_xl.reports.word.building.look import Section, new_document
from capa_xl.reports.word.building.paper_plan import plan_sections
from capa_xl.reports.word.building.paper_report import report_body
from capa_xl.reports.word.building.paper_request import request_body
from capa_xl.reports.word.building.paper_review import review_sections
from capa_xl.reports.word.building.paper_revision import revision_body
from capa_xl.reports.word.building.template_package import settled


def templates() -> dict[str, bytes]:
    """File name → template; the same bytes every time."""
    found = {
        "改进效果确认报告.docx": new_document(context_report.TITLE, Section(report_body())),
        "运维服务能力改进计划.docx": new_document(context_plan.TITLE, *plan_sections()),
        "纠正预防措施要求单.docx": new_document(context_request.TITLE, Section(request_body())),
        "管理评审输入报告.docx": new_document(context_review.TITLE, *review_sections()),
        "文件修改意见单.docx": new_document(context_revision.TITLE, Section(revision_body())),
    }
    return {name: settled(blob) for name, blob in found.items()}
