"""Numbers and days as a language writes them: 2.000, 33,4 % and 01/07/2025, or 2,000, 33.4 % and 1 Jul 2025."""

from datetime import date

COMMA = "en"  # the language with a comma between thousands
SWAPPED = str.maketrans(",.", ".,")


def whole(number: int, language: str) -> str:
    """A whole number with its thousands apart."""
    return _of(f"{number:,}", language)


def percent(share: float, language: str) -> str:
    """A share from 0 to 1 as per cent, with one decimal."""
    return _of(f"{100 * share:.1f} %", language)


def day(one: date, language: str) -> str:
    """A day, in digits."""
    return f"{one:%d/%m/%Y}" if language != COMMA else f"{one.day} {one:%b %Y}"


def _of(text: str, language: str) -> str:
    return text if language == COMMA else text.translate(SWAPPED)
