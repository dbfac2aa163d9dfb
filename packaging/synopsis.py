"""Write the command line's synopsis into the READMEs, as the parser itself has it: run by `dev.py synopsis`."""

import argparse
import re
import textwrap
from pathlib import Path

from main import parser

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
WIDTH = 110
PLACE = re.compile(r"(<!-- synopsis -->\n).*?(<!-- /synopsis -->)", re.DOTALL)


def synopsis() -> str:
    """Every command with its arguments and what it does, in the order of `--help`."""
    top = parser()
    lines = _usage("main.py", top)
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                lines += [f"# {command.description}", *_usage(f"main.py {name}", command)]
    return "\n".join(lines)


def _usage(program: str, command: argparse.ArgumentParser) -> list[str]:
    """The usage on lines of at most `WIDTH` characters; no argument is broken."""
    # The parser's own format wraps by the width of the terminal.
    formatter = argparse.HelpFormatter(prog=program, width=10_000)
    asked = [action for action in command._actions if not isinstance(action, argparse._HelpAction)]
    formatter.add_usage(None, asked, command._mutually_exclusive_groups, prefix="")
    whole = re.sub(r"\[[^\[\]]*\]", lambda found: found[0].replace(" ", "\0"), formatter.format_help().strip())
    lines = textwrap.wrap(whole, WIDTH, subsequent_indent=" " * 8, break_long_words=False, break_on_hyphens=False)
    return [line.replace("\0", " ") for line in lines]


def with_synopsis(text: str) -> str:
    """A README with today's synopsis between its two marks.

    Raises:
        ValueError: the marks are missing.
    """
    if not PLACE.search(text):
        raise ValueError("no place for the synopsis")
    return PLACE.sub(lambda found: f"{found[1]}```\n{synopsis()}\n```\n{found[2]}", text)


if __name__ == "__main__":
    for name in READMES:
        path = ROOT / name
        path.write_text(with_synopsis(path.read_text("utf-8")), "utf-8")
