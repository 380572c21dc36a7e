"""Which paper a scan is of, and whether each of its pages is a page of it: the number stands on every page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from capa_xl.model.edition import paper_name
from capa_xl.model.paper_facts import NO_NUMBER
from capa_xl.model.paper_kinds import A3, EXCEPTIONS, HANDOVER, REQUEST, REVIEW, REVISION, kind_by_key
from capa_xl.policy.papers.a3_facts import a3_facts, a3_number
from capa_xl.policy.papers.exceptions_facts import EXCEPTIONS_PREFIX
from capa_xl.policy.papers.handover_facts import HANDOVER_PREFIX
from capa_xl.policy.papers.paper_inputs import PaperInputs
from capa_xl.policy.papers.request_facts import PAPER as REQUESTS
from capa_xl.policy.papers.request_facts import request_facts
from capa_xl.policy.papers.revision_facts import revision_facts
from capa_xl.policy.review.review_number import registered_reviews

_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d", "-"))
_EDITION = re.compile(r"第\s*(\d(?:\s?\d){0,2})\s*版")
_DAY = r"\s?".join([*[r"\d"] * 4, "-", *[r"\d"] * 2, "-", *[r"\d"] * 2])
_NEAR = 12
"""Characters after a number within which its edition stands."""


class SignablePaper(Struct, frozen=True):
    """A paper that goes out to be signed.

    Attributes:
        kind: Key of its kind.
        number: 编号 of the action it is about; else of the need or the plan; else its own.
        paper_number: Its own, on every page; a need's form and the reply to its customer share one.
    """

    kind: str
    number: str
    paper_number: str

    @property
    def name(self) -> str:
        """Number and title, as people name it."""
        return paper_name(self.paper_number, self.kind)

    @property
    def name_by_action(self) -> str:
        """编号 and title: tells two papers apart that people gave the same number."""
        return paper_name(self.number, self.kind)


def forms(given: PaperInputs) -> Iterator[SignablePaper]:
    """The forms that may be out: 要求单 of every need and action, 文件修改意见单 of every document; no drafts."""
    for number in dict.fromkeys((*REQUESTS.numbers(given), *given.view.by_number)):
        form = request_facts(given, number)
        if form is not None and not form.head.is_draft and form.head.number != NO_NUMBER:
            about = form.action.number if form.action else number
            yield SignablePaper(REQUEST.key, about, form.head.number)
    for number in given.view.revisions:
        for paper in revision_facts(given, number):
            if not paper.head.is_draft and paper.head.number != NO_NUMBER:
                yield SignablePaper(REVISION.key, number, paper.head.number)


def named_forms(given: PaperInputs, texts: Sequence[str]) -> Iterator[SignablePaper]:
    """The other papers with room for signatures, of which these texts have the number.

    The input report of a review registered in 管理评审, one-page reports that are no drafts, and those numbered by
    their day: 情况说明确认单 and 工作交接单.
    """
    for number in dict.fromkeys(row.number for row in registered_reviews(given.view) if row.number):
        if _stands_on_any(number, texts):
            yield SignablePaper(REVIEW.key, number, number)
    for number in given.view.by_number:
        own = a3_number(given, number)
        if _stands_on_any(own, texts) and not a3_facts(given, number).head.is_draft:
            yield SignablePaper(A3.key, number, own)
    for kind, prefix in ((EXCEPTIONS, EXCEPTIONS_PREFIX), (HANDOVER, HANDOVER_PREFIX)):
        for number in _dated_numbers(prefix, texts):
            yield SignablePaper(kind.key, number, number)


def stands_on(number: str, page: str) -> bool:
    """True when a page's text has the number, whole: GJ-2026-03 is not in GJ-2026-031."""
    return _place(number, _plain(page)) is not None


def papers_on(papers: Iterable[SignablePaper], pages: Sequence[str]) -> list[SignablePaper]:
    """Those whose own number stands on every page that has text; none where no page has.

    Of several that share a number those whose title stands there too.
    """
    plain = [text for text in map(_plain, pages) if text.strip()]
    found = [one for one in papers if plain and all(_place(one.paper_number, text) for text in plain)]
    titled = [one for one in found if all(_has_title(one, text) for text in plain)]
    return titled if len(found) > 1 and titled else found


def pages_without(number: str, pages: Sequence[str]) -> tuple[int, ...]:
    """The pages, from 1, that have text but not the number: they belong to something else."""
    return tuple(at for at, text in enumerate(pages, start=1) if text.strip() and not stands_on(number, text))


def pages_unread(pages: Sequence[str]) -> tuple[int, ...]:
    """The pages, from 1, without a text layer: nobody but a person can say what they are."""
    return tuple(at for at, text in enumerate(pages, start=1) if not text.strip())


def edition_on(number: str, pages: Sequence[str]) -> int | None:
    """The edition beside the number: 第 2 版; 1 where the number stands alone; None where it stands nowhere."""
    return max(pages_by_edition(number, pages), default=None)


def pages_by_edition(number: str, pages: Sequence[str]) -> dict[int, list[int]]:
    """Edition → its pages, from 1: those with the number; more than one edition makes no one paper."""
    found: dict[int, list[int]] = {}
    for at, text in enumerate(map(_plain, pages), start=1):
        said = [_edition_after(text, place.end()) for place in _places(number, text)]
        if said:
            found.setdefault(max(said), []).append(at)
    return found


def _stands_on_any(number: str, texts: Sequence[str]) -> bool:
    return any(stands_on(number, text) for text in texts)


def _dated_numbers(prefix: str, texts: Sequence[str]) -> list[str]:
    """The numbers of this prefix and a day of the calendar, once each."""
    letters = r"\s?".join((*prefix, "-"))
    pattern = re.compile(rf"(?<![0-9A-Z-]){letters}\s?({_DAY})(?![0-9A-Z-])")
    found = ("".join(one.split()) for text in texts for one in pattern.findall(_plain(text)))
    return list(dict.fromkeys(f"{prefix}-{day}" for day in found if _is_day(day)))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _has_title(paper: SignablePaper, plain: str) -> bool:
    return kind_by_key(paper.kind).title in "".join(plain.split())


def _edition_after(plain: str, end: int) -> int:
    """The edition that stands close behind a number; the first is not printed."""
    said = _EDITION.search(plain[end : end + _NEAR])
    return int("".join(said[1].split())) if said else 1


def _place(number: str, plain: str) -> re.Match[str] | None:
    return next(_places(number, plain), None)


def _places(number: str, plain: str) -> Iterator[re.Match[str]]:
    """Where it stands: a scanner's text layer may put blanks between characters."""
    letters = r"\s?".join(map(re.escape, _plain(number)))
    return re.finditer(rf"(?<![0-9A-Za-z-]){letters}(?![0-9A-Za-z-])", plain)


def _plain(text: str) -> str:
    """Full width as half width, hyphens of all kinds as one, capitals."""
    return unicodedata.normalize("NFKC", text).translate(_HYPHENS).upper()
