import pytest

from capa_xl.model.addresses import fault_of, sound_address


@pytest.mark.parametrize("address", ["jia@corp.example", "a.b+c@mail.corp.example", "ZHANG_3@CORP.EXAMPLE"])
def test_a_plain_address_may_be_written_to(address):
    assert fault_of(address) == ""


@pytest.mark.parametrize(
    "address",
    [
        "",
        "jia",
        "a; b",
        "a@x.example;b@x.example",
        "jia＠corp.example",
        "jia@corp",
        "jia@@corp.example",
        ".a@x.example",
        "a..b@x.example",
        "a@x..example",
        "a b@x.example",
        "a@x.example\nBcc: b@x.example",
        "样例@corp.example",
        "a@-x.example",
    ],
)
def test_a_defect_is_said_with_the_value(address):
    assert address in fault_of(address)
    assert "→" in fault_of(address)


def test_only_allowed_domains_and_those_below_them_are_written_to():
    assert fault_of("a@corp.example", ("corp.example",)) == ""
    assert fault_of("a@MAIL.corp.example", ("corp.example",)) == ""
    assert "allowed_domains" in fault_of("a@notcorp.example", ("corp.example",))
    assert "CAPA_XL_MAIL_ALLOWED_DOMAINS" in fault_of("a@notcorp.example", ("corp.example",))  # it may stand there


@pytest.mark.parametrize("address", ["a%other.example@corp.example", "other.example!a@corp.example"])
def test_a_route_inside_an_address_is_refused_where_domains_are_limited(address):
    """Relays rewrite `a%other@ok` and `other!a@ok` into another domain's address."""
    assert "改写" in fault_of(address, ("corp.example",))
    assert fault_of(address) == ""


@pytest.mark.parametrize(
    ("cell", "address"),
    [("jia@corp.example", "jia@corp.example"), (" jia＠corp.example ", "jia@corp.example"),
     ("jia@corp.example；", "jia@corp.example"),
     ("", ""), ("jia", ""), ("jia@corp.example; yi@corp.example", "")],
)  # fmt: skip
def test_a_cell_gives_its_one_address_and_of_several_none(cell, address):
    assert sound_address(cell) == address
