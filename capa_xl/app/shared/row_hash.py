"""The content hash of one action as a report prints it and AR06 checks it. Shared ground of the use cases."""

from __future__ import annotations

from capa_xl.model.action import Action
from capa_xl.model.content_hash import content_hash
from capa_xl.policy.register_view import RegisterView


def hash_of(view: RegisterView, action: Action) -> str:
    """The content hash of an action and its child rows as seen at T."""
    number = action.number
    children = (view.steps, view.progress, view.extensions, view.rounds, view.revisions)
    return content_hash(action, (rows.get(number, ()) for rows in children))
