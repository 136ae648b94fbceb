"""A roster's header row: which it is, and every header that is missing, misspelt, or splits what belongs together."""

from collections.abc import Iterator

from kit.errors import BrokenFile
from kit.session.columns import ALLOWED, FAMILY, WORDS, column_of, columns_of, header_key, misspelt
from kit.session.places import Places
from kit.session.sheet_rows import Row, Sheet

Problem = tuple[str, str]
HEADER_WITHIN = 15  # rows: above the header there may be titles
SURE = 2  # headers at their places that make a row a header


def header_of(sheet: Sheet) -> Row:
    """The row with the most headers that are known; `BrokenFile` where there is none."""
    first = sheet.rows[:HEADER_WITHIN]
    head = max(first, key=lambda row: (len(columns_of(row.cells)), -row.number), default=Row(1, ()))
    if columns_of(head.cells) or any(misspelt(head.cells)):
        return head
    vi = "trang tính trống" if not first else f"không có dòng tiêu đề; dòng này là {_told(head)}"
    en = "the sheet is empty" if not first else f"no header row; this row is {_told(head)}"
    raise BrokenFile.at(sheet.place(head.number),
                        f"{vi}. Trang tính đầu của tệp cần một dòng tiêu đề ({ALLOWED[0]}), dưới đó mỗi người một dòng",
                        f"{en}. The file's first sheet needs a header row ({ALLOWED[1]}) and a row for each "
                        "person below it")  # fmt: skip


def is_header(row: Row, columns: dict[str, int]) -> bool:
    """Whether a row below the header is one once more: the same columns at the same places."""
    same = sum(column_of(row.cells[at]) == name for name, at in columns.items() if at < len(row.cells))
    return same >= min(SURE, len(columns))


def header_problems(sheet: Sheet, head: Row, places: Places) -> Iterator[Problem]:
    """What is wrong with the header row; of a misspelt header it is not said as well that it is missing."""
    found, near = columns_of(head.cells), dict(misspelt(head.cells))
    for place, name in near.items():
        vi, en = WORDS[name]
        text = head.cells[place][:40]
        yield problem(sheet.place(head.number, place),
                      f"không hiểu tiêu đề {text!r}: nếu là cột “{vi}” thì ghi đúng như vậy, nếu không thì xóa cột",
                      f"unknown header {text!r}: if it is “{en}” write it so, if not delete the column")  # fmt: skip
    for place, text in enumerate(head.cells):
        if header_key(text) in FAMILY:
            yield problem(sheet.place(head.number, place),
                          f"họ và tên nằm ở hai cột ({text[:40]!r}): gộp thành một cột “Họ và tên”",
                          f"the name is split ({text[:40]!r}): join both columns in one, “Name”")  # fmt: skip
    for name, why in _needed(places).items():
        if name not in (*found, *near.values()):
            yield problem(sheet.place(head.number), f"thiếu cột “{WORDS[name][0]}”{why[0]}; được dùng: {ALLOWED[0]}",
                          f"no column “{WORDS[name][1]}”{why[1]}; allowed: {ALLOWED[1]}")  # fmt: skip


def problem(place: str, vi: str, en: str) -> Problem:
    """What is wrong at a place, in both languages."""
    return f"{place}: {vi}", f"{place}: {en}"


def _needed(places: Places) -> dict[str, Problem]:
    """The columns that must be there, each with why; one unit in the plan is everybody's."""
    unit = " (hoặc ghi đúng một đơn vị ở mục units của kế hoạch)", " (or name exactly one unit under units in the plan)"
    return {"name": ("", "")} | ({} if len(places.units) == 1 else {"unit": unit})


def _told(row: Row) -> str:
    return repr(" | ".join(filter(None, row.cells))[:60])
