"""What one paper says, as every `context_<key>` holds it: its words, and an example of its facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

from capa_xl.model.paper_kinds import PaperKind


class NewerField(Struct, frozen=True):
    """A field that templates made before it don't know.

    Attributes:
        told: What such a template prints instead, as a clause.
        among: The list that its rows then stand at the end of; "" for a field that is no list.
    """

    told: str
    among: str = ""


class PaperContent(Struct, frozen=True):
    """What one paper says.

    Attributes:
        context: Its facts → the words of its template.
        example: Facts with something in every list: what `templates` checks and documents names by.
        words: Chinese words for names of its context that no other paper has (`capa_xl.reports.word.field_words`).
        newer: Fields that its template must name, and templates of before don't.
    """

    kind: PaperKind
    context: Callable[[Any], dict[str, Any]]
    example: Callable[[], Any]
    words: Mapping[str, str] = field(default_factory=dict)
    newer: Mapping[str, NewerField] = field(default_factory=dict)

    def example_context(self) -> dict[str, Any]:
        """A fully filled context."""
        return self.context(self.example())
