"""--company: whose name stands in 参数 and above the printed pages of a workbook that is made or taken over."""

from __future__ import annotations

import click

company_option = click.option(
    "--company", default="", metavar="名称", help="公司名称：填进《参数》，印在工具做的每张表打印页眉的左边。"
)


def without_company(again: str) -> str:
    """What is said of a workbook that was made without it.

    Args:
        again: What to do while nobody has worked in it yet.
    """
    return (
        f"打印页眉的左边没有公司名称 → 现在{again}；"
        "已经有人填了的，在“页面布局 → 页面设置 → 页眉/页脚”里填（doctor 会列出还没有的工作表）"
    )
