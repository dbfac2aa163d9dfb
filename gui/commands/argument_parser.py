"""argparse, speaking Chinese."""

import argparse
import re
import sys
from typing import Any, NoReturn

_ERRORS = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1。"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1。"),
    (r"argument ([^:]*): invalid choice: '?(.*?)'? \(choose from (.*)\)", r"“\1”没有“\2”这一项，可选：\3。"),
    (r"argument ([^:]*): expected (?:one|at least one) argument", r"“\1”后面要写内容。"),
    (r"argument ([^:]*): not allowed with argument (.*)", r"“\1”不能与“\2”同时使用。"),
    (r"argument ([^:]*): ignored explicit argument (.*)", r"“\1”后面不能写内容。"),
    (r"argument ([^:]*): (.*)", r"“\1”：\2"),
)
_HEADINGS = {"positional arguments": "参数", "options": "选项", "optional arguments": "选项"}


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(_HEADINGS.get(heading or "", heading))


class Parser(argparse.ArgumentParser):
    """A parser whose help and complaints a clerk can read; usage errors exit with 2."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": _Help, "add_help": False, "allow_abbrev": False, **options})
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Options may stand before and between the files: argparse itself takes only the files it meets first."""
        given, rest = self.parse_known_args(args, namespace)
        if isinstance(getattr(given, "file", None), list) and not any(word.startswith("-") for word in rest):
            given.file, rest = [*given.file, *rest], []
        if rest:
            self.error(f"unrecognized arguments: {' '.join(rest)}")
        return given

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and leave."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{in_chinese(message)}\n")


def in_chinese(message: str) -> str:
    """One of argparse's complaints as a Chinese sentence."""
    for pattern, sentence in _ERRORS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return found.expand(sentence)
    return message
