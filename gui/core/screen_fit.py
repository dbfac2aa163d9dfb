"""Windows that fit the screen they open on: 1366 × 768 at 200 % holds 683 × 384 of our pixels."""

from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

FRAME_WIDTH, FRAME_HEIGHT = 16, 48
"""What the system's frame around a window takes at most."""


def fit(window: QWidget, width: int, height: int) -> None:
    """Size a window as wished, or as large as its screen allows, in the middle of the one it belongs to."""
    parent = window.parentWidget()
    around = parent.window() if parent else window
    room = around.screen().availableGeometry()
    size = min(width, room.width() - FRAME_WIDTH), min(height, room.height() - FRAME_HEIGHT)
    window.resize(*size)
    middle = around.frameGeometry().center() if parent else room.center()
    # A place given by hand counts with the frame: Qt's own would put the title bar above the screen.
    left = middle.x() - (size[0] + FRAME_WIDTH) // 2
    top = middle.y() - (size[1] + FRAME_HEIGHT) // 2
    window.move(
        max(room.left(), min(left, room.right() - size[0] - FRAME_WIDTH)),
        max(room.top(), min(top, room.bottom() - size[1] - FRAME_HEIGHT)),
    )


def scrolled(content: QWidget) -> QScrollArea:
    """The content behind scroll bars where it has too little room."""
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(content)
    return area
