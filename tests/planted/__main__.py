"""Print what the check before issue says of clean papers and of papers with a mistake planted in them.

``python3 packaging/dev.py planted`` prints a line a mistake that was missed and the counts; 1 where a clean paper is
spoken of or fewer than 58 kinds of mistakes are caught.
"""

import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.planted.trying import LEAST, Papers, clean, counted


def main() -> int:
    """Print the figures and return the exit code."""
    with TemporaryDirectory() as folder:
        papers = Papers(Path(folder) / "office")
        tried, reviewed = list(papers.tried()), list(papers.reviewed(Path(folder)))
        papers.close()
        spoken = Counter[str]()
        number = 0
        for _name, codes in clean(Path(folder)):
            number += 1
            spoken.update(codes)
    for name, rows in (("before issue", tried), ("in Word documents", reviewed)):
        missed = [row for row in rows if not row.caught]
        sys.stdout.writelines(f"missed {name}: {row.defect} in {row.kind}\n" for row in missed)
        whole, kinds = counted(rows)
        caught = len(rows) - len(missed)
        sys.stdout.write(f"{name}: {whole} of {kinds} kinds of mistakes, {caught} of {len(rows)} papers\n")
    sys.stdout.write(f"clean papers: {number}, spoken of: {dict(spoken) or 'none'}\n")
    return 1 if spoken or counted(tried)[0] < LEAST else 0


if __name__ == "__main__":
    sys.exit(main())
