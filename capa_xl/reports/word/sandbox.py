"""Where templates run: nothing undefined passes, nothing can be changed, every printed value is made XML."""

from __future__ import annotations

from typing import Any

from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from capa_xl.reports.bounded_templates import BoundedSandbox

_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


class Missing(StrictUndefined):
    """An unknown variable: any use of it is an error, also the ones `StrictUndefined` forgets."""

    __slots__ = ()
    __round__ = __format__ = __trunc__ = __index__ = StrictUndefined._fail_with_undefined_error


class Sandbox(BoundedSandbox):
    """Jinja for papers. A dot on a mapping asks for its key and never for a method of dict."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute` of a template."""
        if type(obj) is dict:
            if attribute in obj:
                return obj[attribute]
            return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


_RAW_FILTERS = ("safe", "tojson", "urlize", "xmlattr")
"""Filters that print markup of their own: what people wrote in a cell could become part of the document's XML."""


def new_sandbox() -> Sandbox:
    """A sandbox of its own: nothing is shared between templates."""
    sandbox = Sandbox(undefined=Missing, autoescape=True, finalize=_as_xml, cache_size=0, auto_reload=False)
    for name in _RAW_FILTERS:
        del sandbox.filters[name]
    return sandbox


def _as_xml(value: Any) -> Any:
    """A printed value as run content: escaped, line breaks and tabs as Word's own elements."""
    if isinstance(value, Markup | Missing):
        return value
    text = escape(value)
    if "\n" in text:
        text = Markup(str(text).replace("\n", _BREAK))
    if "\t" in text:
        text = Markup(str(text).replace("\t", _TAB))
    return text
