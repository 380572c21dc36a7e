"""What adopt found, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.adoption import Adoption
from capa_xl.model.derived import AUTO_PREFIX


def adopt_lines(found: Adoption, target: str) -> Iterator[str]:
    """What was mapped and added, what somebody must decide, and what to do next."""
    yield f"工作表《{found.sheet}》，表头在第 {found.header_row} 行，识别 {len(found.mapped)} 列："
    for mapped in found.mapped:
        renamed = "" if mapped.header == mapped.field else f" → {mapped.field}"
        yield f"  {mapped.cell}「{mapped.header}」{renamed}"
    if found.unmapped:
        yield f"不认识的列原样保留：{'、'.join(found.unmapped)}"
    people = [header for header in found.added if not header.startswith(AUTO_PREFIX)]
    if people:
        yield f"表中缺少的必需列已加在右侧，请填写：{'、'.join(people)}"
    yield f"右侧加 {len(found.added) - len(people)} 个〔自动〕列" + (
        f"；加工作表 {'、'.join(found.sheets)}。" if found.sheets else "。"
    )
    for asked in found.ask:
        fields = " 或 ".join(asked.candidates)
        yield f"请确认：{asked.cell}「{asked.header}」是不是 {fields}？现在当作不认识的列。"
    if found.ask:
        header, likely = found.ask[0].header, found.ask[0].candidates[0]
        yield f"确认后换一个目标文件名重新运行，加上 --map {header}={likely}（都不是则写 --map {header}=）。"
    yield f"已接管为 {target}，原文件没有改动。下一步：capa-xl check {target}"
