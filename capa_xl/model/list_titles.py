"""How workbooks that a command writes beside the tracker are known again: by a mark in their properties and a title."""

MADE_BESIDE = "capa-xl 写出"
"""The property 类别 of each of them; a tracker never carries it, however much it has lost."""

PROBLEM_LIST = "跟踪表校验结果"
GROUP_SUMMARY = "集团运行汇总"
