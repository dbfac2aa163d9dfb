"""Elements to lines and pages, painted by Qt: preview, print and PDF without Word."""

from exporters.pages.compose import lay_out, laying_out
from exporters.pages.layout import Heading, Layout, Page, PlacedLine, Region
from exporters.pages.painting import page_image, paint_page, paint_pages
from exporters.pages.pdf import write_pdf

__all__ = [
    "Heading",
    "Layout",
    "Page",
    "PlacedLine",
    "Region",
    "lay_out",
    "laying_out",
    "page_image",
    "paint_page",
    "paint_pages",
    "write_pdf",
]
