"""Data that looks like a real person's: what a generator of this kit never makes."""

import re
from collections.abc import Iterator

Problem = tuple[str, str]
DIGIT = r"0-9A-Za-z"
# Twelve digits as the law has them: the first three a province's code, which never is 099.
PERSONAL_ID = re.compile(rf"(?<![{DIGIT}.,/-])0(?!99)\d{{11}}(?![{DIGIT}])")
SPACED_ID = re.compile(r"(?<![\d.])0(?!99)\d{2}[ .]\d{3}[ .]\d{3}[ .]\d{3}(?![\d.])")
PREFIX = r"(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d|2\d{2})"  # mobile networks, and the provinces' area codes
PHONE = re.compile(rf"(?<![{DIGIT}.,/-])(?:\+?84[ .-]?|0){PREFIX}(?:[ .-]?\d){{7}}(?![{DIGIT}])")
EMAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", re.ASCII)
OURS = re.compile(r"(?:[\w-]+\.)*example(?:\.(?:com|org|net))?", re.ASCII | re.IGNORECASE)


def problems(text: str) -> Iterator[Problem]:
    """Each kind of thing that looks real, with its first occurrence, its middle hidden."""
    for pattern, vi, en in (
        (PERSONAL_ID, "số định danh không bắt đầu bằng 099", "a personal ID that does not begin with 099"),
        (SPACED_ID, "số định danh không bắt đầu bằng 099", "a personal ID that does not begin with 099"),
        (PHONE, "số điện thoại có đầu số thật", "a phone number with a real prefix"),
    ):
        if found := pattern.search(text):
            yield f"{vi}: {_hidden(found[0])}.", f"{en}: {_hidden(found[0])}."
    for found in EMAIL.finditer(text):
        if not OURS.fullmatch(found[1]):
            yield (
                f"thư điện tử ngoài tên miền ví dụ: {_hidden(found[0])}.",
                f"a real e-mail domain: {_hidden(found[0])}.",
            )
            return


def _hidden(text: str) -> str:
    """Enough to find it, too little to publish it once more."""
    return f"{text[:4]}...{text[-2:]}"
