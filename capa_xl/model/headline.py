"""What a letter counts in its subject, as a value that can be added up over several workbooks."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from capa_xl.model.todo import LATE, STEP_LATE, WAITED_TOO_LONG, counted


class Headline(Struct, frozen=True):
    """Numbers of items as the body's headings and the todo count them: each 编号 once, but whatever waits by itself.

    Attributes:
        overdue: 实施逾期: 完成期限 is past.
        waited_too_long: 超时: somebody waits past the limit of what isn't the work itself.
        waiting: Everything that waits for the reader, late or not.
        coming: 即将到期.
        informed: What the reader is only told of.
        late_steps: 步骤逾期: a step's 计划完成 is past, 完成期限 of the action or not.
        steps: How many steps of those are.
    """

    overdue: int = 0
    waited_too_long: int = 0
    waiting: int = 0
    coming: int = 0
    informed: int = 0
    late_steps: int = 0
    steps: int = 0

    @property
    def is_late(self) -> bool:
        """Something of it is late, in whatever way."""
        return bool(self.overdue or self.late_steps or self.waited_too_long)

    @property
    def words(self) -> str:
        """The worst facts by their names: 实施逾期 1 项、步骤逾期 1 项 3 步; 每周汇总 where there is no item at all."""
        steps = self.late_steps, self.steps
        late = ((LATE, (self.overdue, 0)), (STEP_LATE, steps), (WAITED_TOO_LONG, (self.waited_too_long, 0)))
        if said := "、".join(f"{word} {counted(*numbers)}" for word, numbers in late if numbers[0]):
            return said
        calm = (("等您处理", self.waiting), ("即将到期", self.coming), ("知会", self.informed))
        return next((f"{word} {count} 项" for word, count in calm if count), "每周汇总")


def summed(headlines: Iterable[Headline]) -> Headline:
    """All of them together: items of different workbooks are different items, whatever their numbers."""
    every = tuple(headlines)
    names = Headline.__struct_fields__
    return Headline(*(sum(getattr(one, name) for one in every) for name in names))
