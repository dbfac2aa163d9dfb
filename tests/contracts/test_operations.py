"""Every write from the window is an `Operation`: nobody else catches a refusal, so none is lost or called done."""

import ast
from collections.abc import Iterator
from pathlib import Path

GUI = Path(__file__).resolve().parents[2] / "gui"
CAUGHT = {"Refusal", "Stale"}
READS = {
    "core/save_file.py ask_file": "asks again for a place that cannot be written to",
    "core/save_file.py ask_folder": "asks again for a place that cannot be written to",
    "dialogs/backups.py described": "a backup that cannot be read is a line of the list",
    "dialogs/export_document.py compose": "half a date is typed: composed when it is whole",
    "dialogs/import_workbook.py paste_rows": "the pasted text is read, the sentence is about the clipboard",
    "documents/header_fields.py _take": "a field of a draft in memory",
    "documents/picture_picker.py _kept": "a picture that cannot be read is told beside those that can",
    "documents/window.py open_document": "a document without a text is read",
    "documents/window.py print_documents": "documents without a text are counted",
    "exchange/overview.py work": "each unit's file is written in the background, its refusal is its row",
    "exchange/preview.py _begin": "a package is read",
    "forms/attachments.py _read_all": "files are read in the background, each refusal is listed",
    "shell/application.py run": "the folder cannot be used: there is no window yet",
    "shell/application.py _open": "the folder cannot be used: its store is closed",
}
"""Where a refusal is caught by hand, and why it is no write of the clerk's."""


def handlers() -> Iterator[str]:
    """File and function of every handler of a refusal, commands left out: they have no window."""
    for path in sorted(GUI.rglob("*.py")):
        name = path.relative_to(GUI).as_posix()
        if name.startswith("commands/") or name == "core/operation.py":
            continue
        yield from (f"{name} {function}" for function in catching(ast.parse(path.read_text("utf-8")), ""))


def catching(node: ast.AST, function: str) -> Iterator[str]:
    """The functions, the innermost of each, that catch a refusal."""
    for child in ast.iter_child_nodes(node):
        named = child.name if isinstance(child, ast.FunctionDef) else function
        if isinstance(child, ast.ExceptHandler) and child.type is not None and CAUGHT & names(child.type):
            yield function
        yield from catching(child, named)


def names(node: ast.AST) -> set[str]:
    """Every plain name in an expression."""
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def test_a_refusal_is_caught_by_operation_or_is_no_write() -> None:
    """A new one is written as ``Operation(work, self).on_success(show).run()`` (gui/core/operation.py)."""
    assert set(handlers()) == set(READS)
