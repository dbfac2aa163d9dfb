"""A text as one line of a list, of a message or between quotation marks."""


def one_line(text: str) -> str:
    """The text without line breaks, and with one space where there were several."""
    return " ".join(text.split())


def shortened(text: str, most: int) -> str:
    """The text as one line of at most so many characters; what is left out shows as “…”."""
    line = one_line(text)
    return line if len(line) <= most else line[:most] + "…"
