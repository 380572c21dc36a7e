"""capa-xl: the Python toolkit around one canonical Excel workbook, the 改进计划跟踪表.

The street, walked in one direction: workbook bytes → typed register → policy → reports → effects.
"""

__version__ = "0.1.0"
