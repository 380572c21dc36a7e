import json
from pathlib import Path

from capa_xl.cli.documents.tracker_documents import check_document
from tests.reports.test_problems import ON, ROWS, judged


def test_the_document_has_the_keys_of_the_command_line_contract():
    checked, register, _ = judged(ROWS)
    document = check_document(Path("跟踪表.xlsx"), ON, register, checked)
    assert list(document)[:7] == ["workbook", "as_of", "rows", "quarantined", "counts", "disabled", "stages"]
    assert document["counts"] == {"error": 4, "warning": 0, "info": 0}
    assert document["problems"][0] == {
        "rule": "PL07", "clause": "4.2.2", "severity": "error", "sheet": "改进计划跟踪表", "cell": "D2",
        "number": "GJ-01", "message": "纠正措施缺少原因分析",
        "fix": "补原因分析：为什么会发生、为什么没有及早发现", "excused": False,
    }  # fmt: skip
    assert json.loads(json.dumps(document)) == document
