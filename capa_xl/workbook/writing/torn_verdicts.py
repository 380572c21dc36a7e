"""A verdict whose deed is torn: who gave it or when is in dispute, so that it isn't taken by itself.

合格 without 检查人 and 检查日期, which two slips fill in differently, would be a verdict that nobody gave.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from capa_xl.model.columns import Column, Kind, column_by_key
from capa_xl.model.schema import record_class_of
from capa_xl.model.slip import ProposedAnswer, Unsettled
from capa_xl.workbook.reading.slip_answers import ReadSlip, SlipAddress

AnswerPlace = tuple[str, str]
"""File name and cell in the slip."""
AnsweredDeed = tuple[str, str, str, str]
"""The approval, inspection or confirmation of one row: its table, number, mark, and which of them."""


def torn_verdicts(
    slips: Sequence[tuple[str, ReadSlip]], agreed: Iterable[ProposedAnswer], open_: Iterable[Unsettled]
) -> Mapping[AnswerPlace, str]:
    """The places of verdicts beside which another cell of the same deed is not settled → the headings of those cells.

    Args:
        agreed: What would be written.
        open_: What a person has to decide on, or can't be taken as it stands.
    """
    addresses = {(file, cell.at): cell.address for file, slip in slips for cell in slip.filled}
    unsettled: dict[AnsweredDeed, dict[str, None]] = {}
    for one in open_:
        if (deed := _deed(addresses.get((one.file, one.at)))) is not None:
            unsettled.setdefault(deed, {})[one.header] = None
    places = [(one.file, one.at) for one in agreed]
    verdicts = [(place, _deed(addresses[place])) for place in places if _is_verdict(addresses[place])]
    return {place: "、".join(unsettled[deed]) for place, deed in verdicts if deed in unsettled}


def _deed(address: SlipAddress | None) -> AnsweredDeed | None:
    if address is None or not (fact := _column(address).fact):
        return None
    return address.table, address.number, address.mark, fact


def _is_verdict(address: SlipAddress) -> bool:
    column = _column(address)
    return column.kind is Kind.CHOICE and bool(column.fact)


def _column(address: SlipAddress) -> Column:
    return column_by_key(record_class_of(address.table))[address.key]
