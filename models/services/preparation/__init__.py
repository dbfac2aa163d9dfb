"""What happens to a record before it is written, whoever writes it: the one list of all hooks.

A module of this package declares its hooks in ``HOOKS``; it runs once it stands in ``MODULES``.
"""

from typing import Final

from models.records import Record
from models.services.preparation import attachments, cases, documents, findings, office, openings
from models.services.preparation.hook import Hook
from models.services.unit_of_work import UnitOfWork

MODULES: Final = (findings, cases, documents, office, openings, attachments)
"""Every module that declares hooks; they run in this order, and in the order each declares its own."""
HOOKS: Final[tuple[Hook, ...]] = tuple(hook for module in MODULES for hook in module.HOOKS)
_LENIENT: Final = frozenset(hook.record for hook in HOOKS if hook.lenient)


def run(work: UnitOfWork, record: Record) -> None:
    """Run what is declared for the record's class.

    Raises:
        Refusal: a value will not do.
    """
    for hook in HOOKS:
        if hook.record is type(record):
            hook.prepare(work, record)


def may_be_incomplete(cls: type[Record]) -> bool:
    """Whether a record of this class may be saved without its required fields (草稿)."""
    return cls in _LENIENT
