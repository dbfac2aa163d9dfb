"""Compose every kind for every invented office and print what of the facts was kept, lost, invented and reordered.

``python3 packaging/dev.py facts [PART OF AN OFFICE'S NAME…] [--text]`` prints a row a kind and what is amiss;
``--text`` prints the papers too. The exit code is 1 where something is amiss.
"""

import argparse
import sys
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from models.paper.kinds import NAMES
from tests.offices.facts import Score
from tests.offices.office import Desk
from tests.offices.whole import offices


def main() -> int:
    """Print the score per kind and return the exit code."""
    parser = argparse.ArgumentParser(prog="dev.py facts", description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--text", action="store_true")
    given = parser.parse_args()
    scores: dict[str, list[Score]] = defaultdict(list)
    listed: dict[str, int] = defaultdict(int)
    for office in offices():
        if given.names and not any(name in office.name for name in given.names):
            continue
        with TemporaryDirectory() as folder:
            desk = Desk(office, Path(folder))
            for row in desk.left:
                sys.stdout.write(f"{office.name}: {row}\n")
            for expected in office.papers:
                score, paper = desk.score(expected)
                scores[expected.kind].append(score)
                listed[expected.kind] += len(expected.facts)
                name = expected.name or NAMES[expected.kind]
                sys.stdout.writelines(f"{office.name}, {name}: {one}\n" for one in score.amiss())
                if given.text:
                    sys.stdout.write(f"{paper.whole}\n")
            desk.close()
    return table(scores, listed)


def table(scores: dict[str, list[Score]], listed: dict[str, int]) -> int:
    """Print a row a kind and return the exit code."""
    heads = ("papers", "facts", "kept", "lost", "doubled", "invented", "reordered")
    sys.stdout.write(f"{'kind':26}{''.join(f'{head:>10}' for head in heads)}\n")
    rows = [(kind, len(rows), listed[kind], sum(rows, Score())) for kind, rows in scores.items()]
    rows.append(("all", sum(r[1] for r in rows), sum(r[2] for r in rows), sum((r[3] for r in rows), Score())))
    for kind, papers, facts, total in rows:
        amiss = (len(getattr(total, head)) for head in heads[3:])
        sys.stdout.write(f"{kind:26}{''.join(f'{n:10}' for n in (papers, facts, total.kept, *amiss))}\n")
    return 1 if rows[-1][3].amiss() else 0


if __name__ == "__main__":
    sys.exit(main())
