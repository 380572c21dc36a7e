"""Titles of the lists that a command saves beside its answer; an older list is known again by them."""

PROBLEM_LIST = "跟踪表校验结果"
GROUP_SUMMARY = "集团运行汇总"
LIST_TITLES = (PROBLEM_LIST, GROUP_SUMMARY)
