"""A site's form: its name tells the kind and, often, the township it lies in."""

from typing import Any

from PySide6.QtWidgets import QWidget

from gui.core.context import Context
from gui.forms.panels.record_panel import RecordPanel
from models.domain.text import guess
from models.queries.lookups import pickers
from models.records import Site

GUESSED = "按名称"


class SitePanel(RecordPanel):
    """The form of the 点位 list. Nothing of the site before is taken over: another site lies elsewhere."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, Site, parent)
        self.form["name"].left.connect(self._guess)

    def _guess(self) -> None:
        """Propose kind and unit where both are still open; the clerk sees that they were guessed."""
        name = self.form["name"].raw().strip()
        if self.record is not None or not name:
            return
        with self.context.workspace.reading() as session:
            told: dict[str, Any] = {
                "kind": guess.site_kind(name, pickers.entries(session, "site_kind")),
                "unit_id": pickers.unit_named_in(session, name),
            }
        fresh = {n: value for n, value in told.items() if value and (not self.form[n].raw() or n in self.form.carried)}
        self.form.fill(fresh)
        self.form.mark_carried(dict.fromkeys(fresh, GUESSED))
