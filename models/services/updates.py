"""更新说明 is shown once: noting that it was seen."""

from models.queries import updates
from models.services.unit_of_work import Workspace


def seen(workspace: Workspace) -> None:
    """Note that the clerk has read what the last update changed."""
    with workspace.writing("看过更新说明") as work:
        note = updates.unseen(work.session)
        if note is not None:
            note.seen_at = workspace.now
