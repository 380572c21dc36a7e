"""Random sheets, random patches: an ordinary XML parser then finds the old sheet with the patch in it."""

from xml.sax.saxutils import escape as xml_escape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capa_xl.a1 import cell_at
from capa_xl.ooxml.patch import CellEdit, Patch
from capa_xl.ooxml.proof.verify import verify
from capa_xl.ooxml.splice import splice
from capa_xl.ooxml.xstring import decode_coded
from tests.ooxml.every_cell import cells_of
from tests.ooxml.xlsx_maker import Book

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
NUMBER = st.integers(-(10**6), 10**6) | st.floats(
    allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300
)
PLACE = st.tuples(st.integers(1, 9), st.integers(1, 7))
FORMS = ("plain", "bare", "styled", "spaced", "commented")


def cell_xml(place, form, value, addressed):
    ref = f' r="{cell_at(*place)}"' if addressed else ""
    style = ' s="2"' if form == "styled" else ""
    gap = {"spaced": "\n  ", "commented": '<!-- <c r="A1"> -->'}.get(form, "")
    if value is None:
        return f"{gap}<c{ref}{style}/>"
    if isinstance(value, str):
        return f'{gap}<c{style}{ref} t="str"><v>{xml_escape(value)}</v></c>'
    return f"{gap}<c{ref}{style}><v>{value!r}</v></c>"


@st.composite
def sheets(draw):
    plain_text = st.text("abc 编号<&>", max_size=6)
    cells = draw(
        st.dictionaries(PLACE, st.tuples(st.sampled_from(FORMS), st.none() | plain_text | NUMBER), max_size=20)
    )
    rows = []
    for number in sorted({place[0] for place in cells} | set(draw(st.lists(st.integers(1, 12), max_size=3)))):
        inside = "".join(
            cell_xml(place, form, value, addressed=True)
            for place, (form, value) in sorted(cells.items())
            if place[0] == number
        )
        spans = draw(st.sampled_from(("", ' spans="1:7"', ' ht="20"')))
        rows.append(f'<row r="{number}"{spans}>{inside}</row>' if inside else f'<row r="{number}"{spans}/>')
    return draw(st.sampled_from(("", "\n"))).join(rows)


@settings(max_examples=120, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=sheets(), wanted=st.dictionaries(PLACE, st.none() | st.booleans() | TEXT | NUMBER, min_size=1, max_size=12))
def test_the_old_sheet_with_the_patch_in_it(rows, wanted):
    blob = Book(rows=rows, head='<dimension ref="A1:B2"/>').blob()
    patch = Patch(edits=tuple(CellEdit("表", cell_at(*place), value) for place, value in wanted.items()))
    done = splice(blob, patch)
    verify(blob, done.blob, patch)
    assert splice(done.blob, patch).blob is done.blob
    expected = cells_of(blob)
    for place, value in wanted.items():
        key = ("表", cell_at(*place))
        expected.pop(key, None)
        if isinstance(value, bool):
            expected[key] = str(int(value))
        elif value not in (None, ""):
            expected[key] = value
    assert shown(cells_of(done.blob)) == shown(expected)


def shown(cells):
    """Texts decoded, empty ones left out."""
    texts = {key: decode_coded(value) if isinstance(value, str) else value for key, value in cells.items()}
    return {key: value for key, value in texts.items() if value not in (None, "")}
