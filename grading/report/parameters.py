"""What the report notebook may be told: each parameter by its name, as text; papermill itself checks nothing."""

import re
from collections.abc import Iterator, Mapping

from kit.errors import WrongUse

PARAMETERS = {"session": re.compile(r"[a-z0-9][a-z0-9_-]{0,63}"), "attempt": re.compile(r"[0-9a-f]{32}"),
              "language": re.compile(r"vi|en")}  # fmt: skip
ALLOWED = {"session": ("chỉ a-z, 0-9, gạch nối", "only a-z, 0-9 and hyphens"),
           "attempt": ("32 chữ số hex", "32 hex digits"),
           "language": ("vi hoặc en", "vi or en")}  # fmt: skip
SHELL = ("In", "Out")  # what IPython itself keeps beside a notebook's names
PLAIN = (str, int, float, list, dict, type(None))  # what papermill can put into a notebook


def given_to(notebook: Mapping[str, object]) -> dict[str, object]:
    """The parameters among a notebook's names (its `globals()`), declared or not."""
    return {name: value for name, value in notebook.items()
            if isinstance(value, PLAIN) and name not in SHELL and not name.startswith("_")}  # fmt: skip


def check_parameters(given: Mapping[str, object]) -> None:
    """Raise `WrongUse`, naming all at once, unless names are declared and values are text of the right form.

    papermill would run a name as code, and its `-p` turns digits into numbers that have lost their zeros.
    """
    problems = list(_problems(given))
    if problems:
        allowed = ", ".join(PARAMETERS)
        vi, en = ("; ".join(told) for told in zip(*problems, strict=True))
        raise WrongUse(f"Tham số sai: {vi}. Cho phép: {allowed}, đều là chữ.",
                       f"Wrong parameters: {en}. Allowed: {allowed}, all text.")  # fmt: skip


def _problems(given: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in given.items():
        shown = f"{name[:60]!r} = {repr(value)[:60]}"
        if name not in PARAMETERS:
            yield f"{name[:60]!r}: không có tham số này", f"{name[:60]!r}: there is no such parameter"
        elif not isinstance(value, str):
            yield (f"{shown} không phải chữ; với papermill hãy dùng -r {name} GIÁ_TRỊ thay cho -p",
                   f"{shown} is not text; with papermill use -r {name} VALUE and not -p")  # fmt: skip
        elif not PARAMETERS[name].fullmatch(value):
            yield f"{shown}: {ALLOWED[name][0]}", f"{shown}: {ALLOWED[name][1]}"
