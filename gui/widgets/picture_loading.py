"""Reading a picture beside the screen's thread."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage, QPixmap
from shiboken6 import isValid

from exporters.pages import decoding
from gui.core.context import Context
from models.records import Attachment
from models.storage.attachments import path_of


def load_picture(
    context: Context, attachment: Attachment, side: int, receiver: QObject, got: Callable[[QPixmap], object]
) -> None:
    """Read a picture beside the screen's thread, at most ``side`` px long; ``got`` is told it while ``receiver`` lives.

    Empty for what is no picture.
    """

    def landed(image: QImage) -> None:
        if isValid(receiver):
            got(QPixmap.fromImage(image))

    context.runner.beside(partial(decoding.read, path_of(context.folder, attachment.sha256), side), landed)
