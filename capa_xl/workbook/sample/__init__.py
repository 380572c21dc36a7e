"""The sample workbook's content: a fictional company, its twelve storylines, and the mistakes planted for `check`."""
