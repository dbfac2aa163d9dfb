"""Measure a .docx or a PDF: `python -m tests.measure FILE [--profile full|plain] [--form general|letter]`.

Prints an item a line. Exit code 0: nothing fails, 1: something does, 2: it could not be measured.
"""

import argparse
import sys
from pathlib import Path

from tests.measure.measuring import FORMS, PROFILES, measure
from tests.measure.rendering import CannotRenderError


def main() -> int:
    """Do what the command line asks and return the exit code."""
    parser = argparse.ArgumentParser(prog="tests.measure", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--profile", default=PROFILES[0], choices=PROFILES, help="plain: a working paper")
    parser.add_argument("--form", default=FORMS[0], choices=FORMS, help="letter: 信函格式")
    options = parser.parse_args()
    try:
        report = measure(options.file, options.profile, options.form)
    except CannotRenderError as failure:
        sys.stderr.write(f"{failure}\n")
        return 2
    sys.stdout.write(report.text() + "\n")
    return 1 if report.failures() else 0


if __name__ == "__main__":
    sys.exit(main())
