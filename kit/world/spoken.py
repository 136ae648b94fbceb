"""Numbers and days in Vietnamese words, as forms of civil status ask for them."""

from datetime import date

UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def in_words(value: date | str) -> str:
    """2025-06-08 as Ngày tám tháng sáu năm hai nghìn không trăm hai mươi lăm."""
    day = date.fromisoformat(str(value)[:10])
    return f"Ngày {_spoken(day.day)} tháng {_spoken(day.month)} năm {_year(day.year)}"


def _year(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    hundreds, last = divmod(rest, 100)
    if not rest:
        return f"{UNITS[thousands]} nghìn"
    end = f"linh {UNITS[last]}" if 0 < last < 10 else _spoken(last)
    return f"{UNITS[thousands]} nghìn {UNITS[hundreds]} trăm{f' {end}' if last else ''}"


def _spoken(number: int) -> str:
    if number <= 10:
        return UNITS[number]
    tens, ones = divmod(number, 10)
    word = "mười" if tens == 1 else f"{UNITS[tens]} mươi"
    last = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(ones, UNITS[ones])
    return f"{word} {last}".strip()
