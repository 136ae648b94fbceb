"""What a bundle may hold, and nothing else: every problem with its file and reason, in Vietnamese and English."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from kit.errors import BrokenFile
from kit.publish import manifest
from kit.publish.file_rules import RULES

Problem = tuple[str, str]
FOLDERS = ("apps", "deploy", "hub", "kit", "session")
LOOSE = ("README.en.md", "README.vi.md", "requirements.txt", "run.py", "voila.json")
NAMES = {
    "guide.yaml": ("hướng dẫn chấm", "an evaluation guide"), "cases.yaml": ("khai báo tình huống", "declared cases"),
    "scenario.yaml": ("kịch bản gốc", "a scenario"), "checks.py": ("phép chấm riêng", "checks of an exercise"),
    "grading": ("mô-đun chấm", "the grading code"), "exercises": ("bài diễn tập gốc", "an exercise's sources"),
    "keys": ("đáp án", "keys"), "keys.sqlite": ("đáp án", "keys"), "runs": ("bài mẫu", "written runs"),
}  # fmt: skip
ENDINGS = (".sqlite", ".sqlite-wal", ".sqlite-shm", ".db", ".log", ".jsonl", ".pem", ".key", ".p12", ".pfx", ".env",
           ".pyc", ".pkl", ".zip", ".gz", ".tar")  # fmt: skip
BIGGEST = 8 * 1024 * 1024  # bytes of one file; a script has 0.2 million


def check(folder: Path) -> list[Problem]:
    """Every problem of a bundle; an empty list where it holds only what is allowed."""
    try:
        found = list(manifest.differences(folder))
    except BrokenFile as error:
        return list(error.problems)
    for name in manifest.files(folder):
        found += [(f"{name}: {vi}", f"{name}: {en}") for vi, en in _of_file(folder, name)]
    return found


def require(folder: Path) -> None:
    """Raise `BrokenFile` with every problem of a bundle."""
    if problems := check(folder):
        raise BrokenFile(problems)


def _of_file(folder: Path, name: str) -> Iterator[Problem]:
    file, path = folder / name, PurePosixPath(name)
    if file.is_symlink() or not file.is_file():
        yield "liên kết hoặc tệp đặc biệt.", "a link or a special file."
        return
    yield from _name(path)
    if file.stat().st_size > BIGGEST:
        yield "tệp quá lớn.", "too large."
        return
    content = file.read_bytes()
    for fits, rule in RULES:
        if fits(name):
            yield from _read(rule, content)


def _name(path: PurePosixPath) -> Iterator[Problem]:
    for part in path.parts:
        if part in NAMES:
            vi, en = NAMES[part]
            yield f"không được phát hành: {vi}.", f"may not be published: {en}."
    if path.suffix in ENDINGS or path.name.startswith("."):
        yield "loại tệp không được phát hành.", "this kind of file may not be published."
    if path.parts[0] not in FOLDERS and path.as_posix() not in LOOSE:
        yield "không thuộc phần nào của gói.", "belongs to no part of a bundle."


def _read(rule: Callable[[str], Iterator[Problem]], content: bytes) -> Iterator[Problem]:
    try:
        yield from rule(content.decode("utf-8"))
    except UnicodeDecodeError:
        yield "không phải văn bản UTF-8.", "not UTF-8 text."
    except (ValueError, TypeError, KeyError, json.JSONDecodeError, RecursionError):
        yield "sai cấu trúc.", "malformed."
