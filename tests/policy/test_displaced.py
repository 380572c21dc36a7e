from capa_xl.policy.displaced import displaced_headers, is_much

PEOPLE = ("戊", "甲", "丁", "乙", "丙", "甲")


def _rows(owners, dues=("05-31", "04-30", "06-30", "05-31", "07-31", "04-30"), measures="一二三四五六"):
    """编号 → the texts of a letter, as many rows as there are owners."""
    return {
        f"GJ-{at}": (owner, "网络部", f"2026-{due}", "", measure)
        for at, (owner, due, measure) in enumerate(zip(owners, dues, measures, strict=True), start=1)
    }


def _differing(before, now):
    """The two, of the rows that are not as they were."""
    numbers = [number for number in before if before[number] != now[number]]
    return {n: before[n] for n in numbers}, {n: now[n] for n in numbers}


def test_one_column_sorted_alone_is_told():
    """戊甲丁乙丙甲 in order is 丙丁甲甲乙戊: the second row keeps nothing, all six change."""
    headers, rows = displaced_headers(*_differing(_rows(PEOPLE), _rows(("丙", "丁", "甲", "甲", "乙", "戊"))))
    assert headers == ("责任人",)
    assert rows == {"GJ-1", "GJ-2", "GJ-3", "GJ-4", "GJ-5", "GJ-6"}


def test_due_days_sorted_alone_are_told():
    days = ("08-31", "07-31", "06-30", "05-31", "04-30", "03-31")
    before, now = _rows(PEOPLE, days), _rows(PEOPLE, days[::-1])
    assert displaced_headers(*_differing(before, now)) == (("完成期限",), frozenset(before))


def test_rows_numbered_anew_keep_what_they_say():
    """A row put in front and the numbers filled down again: every row moved by one, each with all it says."""
    days = ("04-30", "05-31", "04-30", "06-30", "05-31", "07-31")
    now = _rows((PEOPLE[-1], *PEOPLE[:-1]), days, "六一二三四五")
    assert displaced_headers(*_differing(_rows(PEOPLE), now)) == ((), frozenset())


def test_work_handed_to_one_person_or_exchanged_between_two_is_not_told():
    six = ("甲", "乙", "甲", "乙", "甲", "乙")
    assert displaced_headers(*_differing(_rows(six), _rows(("丙",) * 6)))[0] == ()
    assert displaced_headers(*_differing(_rows(six), _rows(("乙", "甲", "乙", "甲", "乙", "甲"))))[0] == ()


def test_every_due_day_put_off_by_a_month_is_not_told():
    """Each month's day takes the place of the next one's, but the last is new and the first is gone."""
    later = ("06-30", "05-31", "07-31", "06-30", "08-31", "05-31")
    assert displaced_headers(*_differing(_rows(PEOPLE), _rows(PEOPLE, later)))[0] == ()


def test_a_column_that_slipped_by_one_cell_is_told_and_of_few_rows_is_not():
    """Twenty names moved up: nineteen are there still, one of twenty may be new."""
    names = [f"人{at}" for at in range(20)]
    days, measures = ["05-31"] * 20, [f"第 {at} 项" for at in range(20)]
    before, now = _rows(names, days, measures), _rows([*names[1:], ""], days, measures)
    assert displaced_headers(before, now)[0] == ("责任人",)
    assert displaced_headers(_rows(PEOPLE), _rows(("甲", "丁", "乙", "丙", "甲", "")))[0] == ()


def test_a_fifth_of_the_rows_in_hand_is_not_much():
    """Ten rows in hand of thirty: two of them are a fifth, three are more; what ended is not counted."""
    ended = {f"E{at}" for at in range(20)}
    assert not is_much({"A", "B", *ended}, ended, 30)
    assert is_much({"A", "B", "C"}, ended, 30)
