"""Whose list of waiting items it is: a person's, with those they stand in for, or a department's."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.todo import DEPARTMENT
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.recipients import head_names
from capa_xl.policy.roster import HEADING_POSTS


class Whose(Struct, frozen=True):
    """Whose list it is.

    Attributes:
        departments: Every department that the register names; what is neither that nor in the roster is a stranger.
        unread: What `unread_cells` found: a complaint's limit that nobody can read counts as due now.
    """

    view: RegisterView
    name: str
    kind: str
    departments: frozenset[str]
    unread: Mapping[tuple[str, str | None], str]

    def is_waited_for(self, *actors: str | None) -> bool:
        """True when one of those it waits for is meant by the name, or the name gets its letters for want of a head."""
        return any(self.is_meant(actor) or self._gets_letters_of(actor) for actor in actors if actor)

    def is_meant(self, actor: str) -> bool:
        """True when somebody who is asked is meant by the name: in person, as head or deputy, or among its people."""
        roster, on = self.view.roster, self.view.on
        actor = roster.meant_by(actor)
        if actor == self.name or (actor == words.QUALITY_DEPARTMENT and self.is_quality):
            return True
        if self.kind == DEPARTMENT:
            return roster.department_of(actor, on) == self.name
        return self.name in roster.heads_of(actor, on) or roster.deputy(actor, on) == self.name

    def deputy_for(self, *actors: str | None) -> str:
        """Of those who are waited for the one the name stands in for (代样例乙); "" for what is its own as well."""
        absent = () if self.kind == DEPARTMENT else self.view.roster.stood_in_for(self.name, self.view.on)
        asked = tuple(self.view.roster.meant_by(actor) for actor in actors if actor) if absent else ()
        if any(map(self._is_own, asked)):
            return ""
        return next((one for one in absent if replace(self, name=one).is_waited_for(*asked)), "")

    def _is_own(self, actor: str) -> bool:
        """Meant in person or by a post of its own, not as a deputy."""
        roster, on = self.view.roster, self.view.on
        own = roster.roles(self.name, on)
        if actor == self.name or (actor == words.QUALITY_DEPARTMENT and not own.isdisjoint(words.QUALITY_ROLES)):
            return True
        heads_it = actor in roster.departments_of(self.name, on) and not own.isdisjoint(HEADING_POSTS)
        return heads_it or (actor in self.departments and self.name in head_names(self.view, actor))

    def _gets_letters_of(self, actor: str) -> bool:
        actor = self.view.roster.meant_by(actor)
        return self.kind != DEPARTMENT and actor in self.departments and self.name in self._stands_in(actor)

    @property
    def is_quality(self) -> bool:
        """The policy's 质量部 (3.2): who holds one of its two roles, and their department, whatever it is called."""
        roster, on = self.view.roster, self.view.on
        if self.kind == DEPARTMENT:
            is_named = words.QUALITY_DEPARTMENT in roster.departments
            return not is_named and any(roster.department_of(one, on) == self.name for one in roster.quality_posts(on))
        return not roster.acting_roles(self.name, on).isdisjoint(words.QUALITY_ROLES)

    def _stands_in(self, actor: str) -> tuple[str, ...]:
        """Who gets the letters of a department without a head, and their deputies."""
        names = head_names(self.view, actor)
        deputies = (self.view.roster.deputy(name, self.view.on) for name in names)
        return (*names, *(deputy for deputy in deputies if deputy))
