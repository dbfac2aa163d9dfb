"""Documents composed from records: one module a kind, one function to compose them all."""

from collections.abc import Callable
from importlib import import_module

from sqlalchemy.orm import Session

from exporters.documents.frame import Body, Frame, Kind
from exporters.documents.options import Options, from_data, to_data
from models import clock
from models.errors import Refusal
from models.paper.elements import Paper
from models.paper.kinds import NAMES, key_of
from models.queries.names import with_masks

__all__ = ["KINDS", "Kind", "Options", "compose", "from_data", "kind_of", "to_data"]


def _module(name: str) -> tuple[Kind, Callable[[Frame], Body]]:
    module = import_module(f"exporters.documents.{name}")
    return module.KIND, module.compose


_MAKERS = {name: _module(name) for name in NAMES}
KINDS: dict[str, Kind] = {name: kind for name, (kind, _) in _MAKERS.items()}
"""Every kind by its key, in the order menus show them."""


def kind_of(key: str) -> Kind:
    """The kind of that key or Chinese name.

    Raises:
        Refusal: there is none.
    """
    found = key_of(key)
    if not found:
        raise Refusal(f"没有“{key}”这个文种，可选：{'、'.join(NAMES.values())}。")
    return KINDS[found]


def compose(session: Session, kind: str, options: Options | None = None) -> Paper:
    """The document of a kind, from the records as they stand; writes nothing.

    All names stand in full; ``masking.public`` lays the masks it brings over for the public version.

    Raises:
        Refusal: nothing to write about, or a choice that will not do.
    """
    found = kind_of(kind)
    chosen = options or Options()
    frame = Frame(session, found, chosen, chosen.date or clock.today())
    return with_masks(session, frame.paper(_MAKERS[found.key][1](frame)))
