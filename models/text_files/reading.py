"""The one door for papers from outside: read in a process of its own, so that no file can end the window."""

import json
import os
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from models.errors import Refusal
from models.spreadsheets import limits
from models.spreadsheets.reading import answered
from models.text_files import HIDDEN_COMMAND, PARTS_COMMAND


def text_of(path: Path) -> str:
    """The text of a paper.

    Raises:
        Refusal: no such file, a kind that is not read, damaged, locked, a scan, or too long.
    """
    if path.is_dir():
        raise Refusal(f"“{path.name}”是文件夹，请选择其中的 .docx、.pdf 或 .txt 文件。")
    if not path.is_file():
        what = "不是文件，请选择 .docx、.pdf 或 .txt 文件" if path.exists() else "没有找到，请核对文件名和位置"
        raise Refusal(f"“{path}”{what}。")
    return str(answered(HIDDEN_COMMAND, path, lambda answer: _received(path.name, answer)))


def reviewed(path: Path) -> Any:
    """What ``review.of_parts`` says of a .docx, as plain data; the checks run in the reading process too.

    Raises:
        Refusal: no such file, no Word document, damaged, locked, or too large.
    """
    if path.is_dir():
        raise Refusal(f"“{path.name}”是文件夹，请选择其中的 .docx 文件。")
    if not path.is_file():
        what = "不是文件，请选择 .docx 文件" if path.exists() else "没有找到，请核对文件名和位置"
        raise Refusal(f"“{path}”{what}。")
    return answered(PARTS_COMMAND, path, lambda answer: _received(path.name, answer))


def _received(name: str, answer: IO[bytes]) -> Any:
    line = answer.readline(limits.MOST_ANSWER)
    if not line.endswith(b"\n"):
        raise Refusal(f"“{name}”超过能读取的限度，请分成几个文件，或直接粘贴文字。")
    message = json.loads(line.decode("utf-8", "surrogatepass"))
    if "refused" in message:
        raise Refusal(message["refused"])
    if "fault" in message:
        raise RuntimeError(message["fault"])
    return message["told"]


def serve(command: str, name: str) -> int:
    """Be the reading process: tell text or parts of the file of that name; returns the exit code."""
    from models.text_files.extract import text_of as text  # heavy: loaded in the reading process alone
    from models.text_files.review import told_of  # heavy likewise

    read: Callable[[Path], Any] = told_of if command == PARTS_COMMAND else text
    limits.limit_this_process()
    with os.fdopen(os.dup(1), "wb") as out:
        try:
            told = {"told": read(Path(name))}
        except Refusal as refusal:
            told = {"refused": refusal.sentence}
        except MemoryError:
            told = {"refused": f"“{Path(name).name}”超过能读取的限度，请分成几个文件，或直接粘贴文字。"}
        except OSError:
            told = {"refused": f"“{Path(name).name}”不能读取，可能正被其他程序打开，请先关闭它再试。"}
        except Exception:
            told = {"fault": traceback.format_exc()}
        out.write(json.dumps(told).encode("utf-8", "surrogatepass") + b"\n")
    return 0
