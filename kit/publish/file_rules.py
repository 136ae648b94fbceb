"""The rules for what stands in a bundle's files: each takes a file's text and yields problems in both languages."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any

from kit.publish import code_parts, notebooks, real_data
from kit.publish.hardening import as_file
from kit.script import Cue, Script
from kit.store.people import Person, Seat

Problem = tuple[str, str]
Rule = Callable[[str], Iterator[Problem]]
TREES = "home|root|Users|work|opt|srv|mnt|media|tmp|private|workspace|builds"
MACHINE_PATH = re.compile(
    rf"(?<![\w.~*}})\]/-])/(?:{TREES})/[\w.@-]+|\b[A-Za-z]:\\{{1,2}}(?:Users|Documents)", re.ASCII
)
SECRETS = (
    re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{16}"),
    re.compile(r"\b[a-z][\w+]*://[^\s/:@'\"<>{}]+:[^\s/@'\"<>{}.]{3,}@[\w.-]+"),
    re.compile(
        r"(?i)\b\w*(?:password|passwd|secret|api_?key|access_token)\w*['\"]?\s*[:=]\s*['\"](?=[^'\"]*\d)[\w+/=.-]{12,}['\"]"
    ),
)
# Names that only a Key has: what was planted and what is expected.
TRUTH = {"critical", "forbidden", "injects", "pass_mark", "targets", "truths"}


def paths(text: str) -> Iterator[Problem]:
    """A folder of the computer on which the bundle was made."""
    if found := MACHINE_PATH.search(text):
        yield f"đường dẫn tuyệt đối: {found[0][:60]}", f"an absolute path: {found[0][:60]}"


def secrets(text: str) -> Iterator[Problem]:
    """A private key, a password in an address, a value that is called a secret."""
    if any(pattern.search(text) for pattern in SECRETS):
        yield "có khóa bí mật hoặc mật khẩu.", "holds a private key or a password."


def code(text: str) -> Iterator[Problem]:
    """Python that imports what knows answers."""
    try:
        names = sorted({name for name in code_parts.imported(text) if code_parts.is_forbidden(name)})
    except SyntaxError:
        yield "không phải mã Python.", "not Python."
        return
    for name in names:
        yield f"nạp mô-đun không được phát hành: {name}.", f"imports what may not be published: {name}."


def script(text: str) -> Iterator[Problem]:
    """A script has a script's fields only; nothing of a key stands in it, at any depth."""
    data = json.loads(text)
    if set(data) != {one.name for one in fields(Script)}:
        yield "không phải kịch bản: thừa hoặc thiếu trường.", "no script: fields too many or too few."
        return
    if any(set(cue) != {one.name for one in fields(Cue)} for cue in data["cues"]):
        yield "tình huống có trường lạ.", "an inject has unknown fields."
    if found := sorted(TRUTH & set(_names(data))):
        yield f"có dữ liệu của đáp án: {', '.join(found)}.", f"holds part of a key: {', '.join(found)}."


def rows(kind: type) -> Rule:
    """A list of people or seats with exactly their fields."""

    def rule(text: str) -> Iterator[Problem]:
        wanted = {one.name for one in fields(kind)}
        if not all(isinstance(row, dict) and set(row) == wanted for row in json.loads(text)):
            yield "danh sách có trường lạ.", "a row has unknown fields."

    return rule


def settings(text: str) -> Iterator[Problem]:
    """Voila's settings are the hardened ones."""
    if json.loads(text) != json.loads(as_file()):
        yield "khác các giá trị đã gia cố.", "differs from the hardened values."


def _names(data: Any) -> Iterator[str]:
    """The name of every field, at any depth."""
    if isinstance(data, dict):
        yield from data
    for one in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _names(one)


def _inside(folder: str, ending: str = "") -> Callable[[str], bool]:
    return lambda name: name.startswith(folder) and name.endswith(ending)


def _is_text(name: str) -> bool:
    return not name.endswith(".ttf")


def _is_module_of_words(name: str) -> bool:
    return name.startswith(("apps/", "session/", "README"))


RULES: tuple[tuple[Callable[[str], bool], Rule], ...] = (
    (_is_text, paths),
    (_is_text, secrets),
    (_is_module_of_words, real_data.problems),
    (_inside("", ".py"), code),
    (_inside("", ".ipynb"), notebooks.problems),
    (_inside("session/scripts/"), script),
    (lambda name: name == "session/people.json", rows(Person)),
    (lambda name: name == "session/seats.json", rows(Seat)),
    (lambda name: name == "voila.json", settings),
)
