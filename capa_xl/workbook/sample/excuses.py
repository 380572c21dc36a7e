"""例外说明: exceptions that were accepted rather than dates being bent."""

from __future__ import annotations

from capa_xl.workbook.sample.rows import Sheets

EXCUSES: Sheets = {
    "excuses": (
        {
            "number": "GJ-2026-004",
            "rule": "AP06",
            "note": "漏水告警须立即接入值班手机，<2026-01-20> 开工早于批准 3 天；样例庚 <2026-01-23> 追认，情况属实。",
            "signed_by": "样例质",
            "on": "2026-01-26",
        },
        {
            "number": "GJ-2026-024",
            "rule": "PL16",
            "note": "模板修订先行开始；预演用交换机 <2026-05-25> 落实，早于所属步骤（预演环境），不影响进度。",
            "signed_by": "样例质",
            "on": "2026-05-26",
        },
    )
}
