"""Who must hear what on which day: the month-ahead duty of 4.4.6, and everybody an action waits for (R58–R60)."""
