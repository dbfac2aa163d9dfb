"""Let LibreOffice make the pages of a .docx."""

import os
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path


class CannotRenderError(Exception):
    """LibreOffice made no PDF of a file."""


def to_pdf(files: Iterable[Path], folder: Path, timeout: int = 1200) -> list[Path]:
    """Let LibreOffice make a PDF of each file into ``folder``, with the fonts of FONTCONFIG_FILE.

    Args:
        files: Documents of any kind LibreOffice Writer reads.
        folder: Where the PDFs go.
        timeout: Seconds after which it is given up.

    Returns:
        The PDFs, in the order of the files.

    Raises:
        CannotRenderError: One is missing afterwards.
    """
    files = list(files)
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf"]
        done = subprocess.run(
            [*command, "--outdir", str(folder), *map(str, files)],
            env={**os.environ}, capture_output=True, text=True, timeout=timeout, check=False,
        )  # fmt: skip
    pages = [folder / f"{file.stem}.pdf" for file in files]
    if lost := [page.name for page in pages if not page.is_file()]:
        raise CannotRenderError(f"{', '.join(lost)}: {done.stderr[-500:]}")
    return pages
