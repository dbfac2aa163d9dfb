"""Measure a .docx or a PDF against GB/T 9704-2012.

It knows nothing of the program that made the file. A .docx is rendered by LibreOffice first, with free fonts of the
right widths (FONTCONFIG_FILE). It sees LibreOffice's layout; items named x. reckon Word's side from the file itself.
Seals, several organs' signatures, turned attachments and the meaning of a title's breaks are not measured.
"""

import tempfile
from pathlib import Path

from tests.measure import closing_checks, foot_checks, header_checks, layout_checks, text_checks
from tests.measure.document import Document
from tests.measure.elements import Elements
from tests.measure.rendering import to_pdf
from tests.measure.report import Report

PROFILES = ("full", "plain")
"""With a red header, where a missing element fails; or a working paper: page, text and page numbers."""
FORMS = ("general", "letter")
CHECKS = (
    layout_checks.check,
    layout_checks.check_word,
    header_checks.check,
    text_checks.check,
    closing_checks.check,
    foot_checks.check,
)


def measure(file: Path, profile: str = "full", form: str = "general") -> Report:
    """Return everything measured in a file.

    Raises:
        CannotRenderError: LibreOffice made no pages of a .docx.
    """
    if file.suffix.lower() == ".pdf":
        return _measured(Document(file, None, profile=profile, form=form))
    with tempfile.TemporaryDirectory() as folder:
        (pdf,) = to_pdf([file], Path(folder), timeout=240)
        return _measured(Document(pdf, file, profile=profile, form=form))


def _measured(document: Document) -> Report:
    report, elements = Report(pages=len(document.pages)), Elements(document)
    for check in CHECKS:
        check(elements, report)
    return report
