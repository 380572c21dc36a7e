from msgspec.structs import replace

from capa_xl.workbook.blank.cells_to_fill import cells_to_fill, is_approved, is_ended, is_open
from capa_xl.workbook.blank.place import Place, place_of
from capa_xl.workbook.blank.tracker_sheet import tracker_place

BARE = place_of("台账", 1, ("number", "measure", "owners", "due_on"))


def _when(place: Place, key: str) -> list[str]:
    return [turn.when for turn in cells_to_fill(place) if key in turn.keys]


def test_a_table_without_the_later_stages_asks_for_none_of_them():
    asked = {key for turn in cells_to_fill(BARE) for key in turn.keys if BARE.has(key)}
    assert asked == set()
    assert is_ended(BARE) == ""
    assert is_open(BARE) == ""


def test_a_table_without_approval_counts_as_approved():
    assert is_approved(BARE) == "TRUE"


def test_an_approval_is_asked_for_once_the_planning_set_stands():
    place = tracker_place()
    (when,) = _when(place, "approver")
    assert all(f'{place.cell(key)}<>""' in when for key in ("action_type", "severity", "measure", "owners", "due_on"))
    assert f'{place.cell("completed_on")}=""' in when


def test_a_refused_plan_is_asked_for_again_though_it_is_filled():
    place = replace(tracker_place(), has_corrections=False)
    refused = [turn for turn in cells_to_fill(place) if "measure" in turn.keys and turn.refill]
    assert [turn.when for turn in refused] == [
        f'AND({place.cell("approval")}="不同意",{place.cell("completed_on")}="")'
    ]


def test_the_words_of_an_earlier_inspection_are_asked_for_again_of_any_severity():
    place = replace(tracker_place(), has_corrections=False)
    major, of_before = [turn for turn in cells_to_fill(place) if "inspection_note" in turn.keys]
    assert major.refill and "重大" in major.when
    assert of_before.refill and "重大" not in of_before.when
    assert all(f'{place.cell(key)}<>""' in of_before.when for key in ("inspected_on", "inspection", "inspection_note"))


def test_a_confirmation_waits_for_the_observation_period_of_the_settings():
    when, again = _when(tracker_place(), "confirmer")
    assert "观察期天数_重大" in when
    assert "TODAY()>=" in when and "更正_编号" in again
