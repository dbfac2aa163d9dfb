"""What happens to an attachment before it is written."""

from sqlalchemy import inspect

from models.domain.text import file_names
from models.errors import Problem, Refusal
from models.records import Attachment
from models.services.preparation.hook import Hook
from models.services.unit_of_work import UnitOfWork


def _proper_name(_work: UnitOfWork, attachment: Attachment) -> None:
    """A file may be given another name, never that of a program."""
    if not inspect(attachment).attrs.name.history.has_changes():
        return  # one of an old folder keeps its name, and is not opened
    name = file_names.mended(attachment.name)
    if why := file_names.why_barred(name):
        raise Refusal(Problem("name", f"“文件名”不能这样写：“{name}”{why}。"))
    attachment.name = name


HOOKS = (Hook(Attachment, _proper_name),)
