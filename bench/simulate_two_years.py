"""Two years of daily reminders over the sample workbook, one day in six missed: letters per person and month.

python bench/simulate_two_years.py [SEED]
"""

from __future__ import annotations

import sys
import time
import unicodedata
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from capa_xl.model.milestones import milestone_name
from tests.policy.reminders.two_years import (
    END,
    START,
    Simulation,
    days_off,
    letters_besides_month_ahead,
    sample_register,
    simulate,
)


def main(seed: int) -> None:
    """Simulate and print."""
    began = time.perf_counter()
    found = simulate(sample_register(), days_off(seed))
    print(
        f"{START} – {END}，种子 {seed}，漏跑 {len(found.missed_days)} 天，用时 {time.perf_counter() - began:.1f} 秒\n"
    )
    print_table(found)
    print()
    print_duties(found)


def print_table(found: Simulation) -> None:
    """Letters per person and month."""
    table = found.letters_by_month()
    months = sorted({month for row in table.values() for month in row})
    print(padded("", 8), *(month[2:] for month in months), "合计", "最多/周", sep="  ")
    weeks = Counter()
    for (person, _), count in letters_besides_month_ahead(found).items():
        weeks[person] = max(weeks[person], count)
    for person, row in sorted(table.items(), key=lambda item: -item[1].total()):
        cells = (f"{row[month] or '·':>5}" for month in months)
        print(padded(person, 8), *cells, f"{row.total():>4}", f"{weeks[person]:>7}", sep="  ")
    print(padded("", 8), *(f"{sum(row[m] for row in table.values()):>5}" for m in months), sep="  ")


def print_duties(found: Simulation) -> None:
    """What became of the month-ahead duties."""
    records = [m for m in found.records.values() if m.due_on < END]
    counting = [m for m in records if m.counts]
    in_time = sum(m.done_on is not None and m.done_on <= m.planned_on for m in counting)
    late = sum(m.done_on is not None and m.done_on > m.planned_on for m in counting)
    missed = sum(m.done_on is None for m in counting)
    short = len(records) - len(counting)
    print(f"提前一个月提醒：{len(counting)} 项，按时 {in_time}，补发 {late}，未发（LG01）{missed}；不足一月 {short} 项")
    kinds = Counter(duty.key.milestone for _, duty in found.duties)
    print("按里程碑：" + "，".join(f"{milestone_name(kind)} {count}" for kind, count in sorted(kinds.items())))
    print(f"同日再跑多发：{len(found.repeated)} 封")


def padded(text: str, width: int) -> str:
    """Text filled up to a width in terminal columns."""
    return text + " " * (width - sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
