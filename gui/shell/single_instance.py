"""One window a data folder: a second start knocks, and the first window comes to the front."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

from models.storage.data_folder import DataFolder

PATIENCE = 500
"""Milliseconds to wait for the first window's answer."""


def _name(folder: DataFolder) -> str:
    return "duchatong-" + hashlib.sha256(str(folder.root.resolve()).encode()).hexdigest()[:16]


def raise_first(folder: DataFolder, opened: Sequence[Path] = ()) -> bool:
    """Bring the window that has this folder open to the front, and hand it files; False where nobody answers."""
    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    if not socket.waitForConnected(PATIENCE):
        return False
    socket.write(json.dumps([str(path.absolute()) for path in opened]).encode())
    sent = socket.waitForBytesWritten(PATIENCE)
    socket.disconnectFromServer()
    return sent


class InstanceServer(QObject):
    """Answers the knocks of later starts. The folder's lock has been taken, so an old name is stale.

    ``handed`` carries the files that a later start was to open.
    """

    handed = Signal(object)

    def __init__(self, folder: DataFolder, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        QLocalServer.removeServer(_name(folder))
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._knocked)
        self._server.listen(_name(folder))

    def _listen(self, socket: QLocalSocket) -> None:
        def ended() -> None:
            paths = _paths(bytes(socket.readAll().data()))
            socket.deleteLater()
            if paths:
                self.handed.emit(paths)

        if socket.state() == QLocalSocket.LocalSocketState.UnconnectedState:
            ended()
        else:
            socket.disconnected.connect(ended)

    def close(self) -> None:
        """Answer no more."""
        self._server.close()

    def _knocked(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._listen(socket)
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()


def _paths(said: bytes) -> list[Path]:
    """The files named in a knock; a knock of another kind names none."""
    try:
        names = json.loads(said)
    except ValueError:
        return []
    return [Path(name) for name in names if isinstance(name, str)] if isinstance(names, list) else []
