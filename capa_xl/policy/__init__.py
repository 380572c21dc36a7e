"""The procedure YNTD-ITSS-0300 as pure functions: rules, status, overdue, routes, calendar, reminders."""
