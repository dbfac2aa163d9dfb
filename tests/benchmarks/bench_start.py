"""From the process's start to a painted window and to its rows, against a bare PySide6 window; prints ratios.

Run: python -m tests.benchmarks.bench_start [FOLDER]
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

BARE = """
import os, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
class Window(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, lambda: (print(time.time() - float(os.environ["T0"])), os._exit(0)))
window = Window(); window.resize(1280, 760); window.show(); app.exec()
"""
OURS = """
import json, os, sys, time
T0 = float(os.environ["T0"])
import main
from gui.shell import application as room
told, heavy = {}, ("sqlalchemy", "alembic", "docx", "openpyxl", "PIL", "jieba")
def tell(name):
    told[name] = time.time() - T0
def painted(session):
    tell("painted")
    told["early"] = [m for m in heavy if m in sys.modules]
def first(session, plain=room.Session._show_first_page):
    painted(session)
    plain(session)
    session.window.tabs.currentWidget().repaint()
    tell("rows")
    watch(session)
room.Session._show_first_page = first
def watch(session):
    from PySide6.QtCore import QTimer
    told["gap"], session.last = 0.0, time.perf_counter()
    def tick():
        now = time.perf_counter()
        told["gap"], session.last = max(told["gap"], now - session.last), now
    session.ticker = QTimer(interval=4); session.ticker.timeout.connect(tick); session.ticker.start()
    def ready():
        tell("ready")
        QTimer.singleShot(500, end)
    def end():
        print(json.dumps(told)); sys.stdout.flush()
        session.window.close(); session.window.context.runner.wait(); os._exit(0)
    session.ready = ready
main.main(["--data", sys.argv[1]])
"""


def once(code: str, *arguments: str) -> str:
    """Run a program in its own process; gives what it prints."""
    import time

    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    # An installed program has its bytecode; a tree where none may be written would be compiled anew each time.
    environment["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "duchatong-bytecode")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["T0"] = str(time.time())
    run = [sys.executable, "-c", code, *arguments]
    return subprocess.run(run, env=environment, capture_output=True, text=True, check=True).stdout.splitlines()[-1]


def main(root: Path, rounds: int = 7) -> None:
    """Print medians and ratios."""
    from tests.benchmarks.findings import folder_with, say

    folder = folder_with(20_000, root)
    (folder.root / "ui.json").write_text(json.dumps({"tab": 2}), encoding="utf-8")
    once(OURS, str(folder.root))  # leaves the remembered first page behind, as any day before does
    bare, ours = [], []
    for _ in range(rounds):
        bare.append(float(once(BARE)))
        ours.append(json.loads(once(OURS, str(folder.root))))
    floor = statistics.median(bare)
    say(f"bare window {floor * 1000:.0f} ms")
    for name in ("painted", "rows", "ready"):
        taken = statistics.median(one[name] for one in ours)
        say(f"  {name:8}{taken * 1000:8.0f} ms{taken / floor:8.2f}×")
    say(f"  longest gap of the screen until ready {statistics.median(one['gap'] for one in ours) * 1000:.0f} ms")
    say(f"  heavy modules at first paint: {ours[-1]['early'] or 'none'}")


if __name__ == "__main__":
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.gettempdir()) / "duchatong-benchmarks"
    place.mkdir(parents=True, exist_ok=True)
    main(place)
