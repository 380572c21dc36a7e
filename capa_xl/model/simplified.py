"""Traditional characters of headings and status words, and their simplified ones: 問題描述 is read as 问题描述."""

from __future__ import annotations

from typing import Final

_TRADITIONAL = (
    "編號問題責門單狀進開關實際計畫劃資訊類別嚴經辦檢視驗證據現對應處線時間層級確認結論備註報來數獲發點項風險預導訂審運維護設請"
    "說歸檔絡聯啟閉環節寫隱異議產標準負務員長過還執達質響復覆覈歷歸屬擬錄輕緊優圍臨個從與為無終滯後延啓領導單據閲讀該據銷測試階態動種條規場機電網術圖約總擔當溫廠課師學"
)
_SIMPLIFIED = (
    "编号问题责门单状进开关实际计画划资讯类别严经办检视验证据现对应处线时间层级确认结论备注报来数获发点项风险预导订审运维护设请"
    "说归档络联启闭环节写隐异议产标准负务员长过还执达质响复复核历归属拟录轻紧优围临个从与为无终滞后延启领导单据阅读该据销测试阶态动种条规场机电网术图约总担当温厂课师学"
)
SIMPLIFIED: Final = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
"""For `str.translate`."""
