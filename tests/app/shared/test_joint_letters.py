"""Which letters of a group become one, and how many workbooks one letter may speak of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from capa_xl.app.shared.joint_letters import joined
from capa_xl.app.shared.kept_letters import keep
from capa_xl.app.shared.prepared import Prepared
from capa_xl.app.shared.served import SERVED, Served
from tests.app.desks import desk_at
from tests.effects.mail_server import letter_to

DAY = date(2026, 11, 22)


def prepared(tmp_path: Path, place: int, *addresses: str) -> Prepared:
    path = tmp_path / f"表{place}.xlsx"
    letters = tuple(keep(letter_to(address, f"<{place}.{address}>")) for address in addresses)
    return Prepared(Served(path, SERVED, 0), desk_at(path, DAY), f"W{place}", letters)


def places_of(several) -> list[tuple[int, ...]]:
    return [tuple(part.place for part in parts) for parts in several]


def test_letters_to_one_address_are_joined_and_the_others_stay_with_their_workbooks(tmp_path):
    books = {
        1: prepared(tmp_path, 1, "a@x.example", "b@x.example"),
        2: prepared(tmp_path, 2, "A@x.example"),
        3: prepared(tmp_path, 3),
    }
    several, rest = joined(books)
    assert places_of(several) == [(1, 2)]
    assert {place: [one.address for one in book.letters] for place, book in rest.items()} == {
        1: ["b@x.example"],
        2: [],
        3: [],
    }


def test_more_workbooks_than_one_letter_may_speak_of_are_several_letters_and_none_is_left_out(tmp_path):
    books = {place: prepared(tmp_path, place, "a@x.example") for place in range(5)}
    several, rest = joined(books, 2)
    assert places_of(several) == [(0, 1), (2, 3), (4,)]
    assert not any(book.letters for book in rest.values())
    assert places_of(joined(books, 5)[0]) == [(0, 1, 2, 3, 4)]


def test_a_kept_letter_comes_back_as_it_was():
    letter = letter_to("a@x.example")
    assert keep(letter).letter() == letter
