"""The one door for YAML: small, flat, without anchors, and with text that stays text.

Bare `true` and `false` are the only booleans (`no` is text). Numbers have no leading zero: `012`,
`079123456789`, `12:30:45` and dates are text. A decimal has at most four places, so that a procedure code
such as 1.001193 is text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kit.errors import BrokenFile

LIMIT = 256 * 1024  # bytes
DEPTH = 16
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})", re.ASCII)
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,4}", re.ASCII)
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}

Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """What a YAML file says (`data`), and where it says it."""

    name: str
    data: Any
    lines: dict[Steps, int] = field(default_factory=dict, repr=False)

    def line(self, path: Steps) -> int:
        """The line, from 1, of the value at a path like ("injects", 1, "minute"), or of its parent."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(path: Path, limit: int = LIMIT) -> Document:
    """Read a file of at most `limit` bytes; raises BrokenFile with the file, the line and what is allowed."""
    try:
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except OSError as error:
        raise _broken(str(path), 1, "không đọc được tệp", f"the file cannot be read: {error.strerror}") from error
    try:
        return parse_yaml(raw.decode("utf-8-sig"), str(path), limit)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _broken(str(path), line, "tệp phải là UTF-8", "the file must be UTF-8") from error


def parse_yaml(text: str, name: str = "<text>", limit: int = LIMIT) -> Document:
    """The same for a text; `name` stands in the messages."""
    if len(text.encode()) > limit:
        raise _broken(name, 1, f"tệp lớn hơn {limit} byte", f"the file is larger than {limit} bytes")
    builder = _Builder(name)
    try:
        return builder.document(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _broken(name, line, f"sai cú pháp YAML ({error.problem})", f"not YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        problem = str(error).splitlines()[0]
        raise _broken(name, 1, f"sai cú pháp YAML ({problem})", f"not YAML: {problem}") from error


def _broken(name: str, line: int, vi: str, en: str) -> BrokenFile:
    return BrokenFile.at(f"{name}:{line}", vi, en)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _scalar(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


class _Builder:
    """Turns parser events into values; every refusal happens before a value exists."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Steps, int] = {}
        self.events: Iterator[Any] = iter(())

    def document(self, events: Iterator[Any]) -> Document:
        self.events = (event for event in events if not isinstance(event, _FRAME))
        first = next(self.events, None)
        if first is None:
            return Document(self.name, None, {(): 1})
        data = self.value(first, ())
        second = next(self.events, None)
        if second is not None:
            raise self.refused(second, "có nhiều tài liệu trong một tệp", "several documents; allowed: one a file")
        return Document(self.name, data, self.lines)

    def value(self, event: Any, path: Steps) -> Any:
        self.check(event, path)
        self.lines.setdefault(path, _line(event))
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event.value) if event.implicit[0] else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return [self.value(item, (*path, index)) for index, item in enumerate(self.until(yaml.SequenceEndEvent))]
        return self.mapping(path)

    def mapping(self, path: Steps) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key in self.until(yaml.MappingEndEvent):
            self.check(key, path)
            if not isinstance(key, yaml.ScalarEvent):
                raise self.refused(key, "khóa phải là một chữ", "a key is a list or mapping; allowed: one word")
            if key.value in found:
                raise self.refused(key, f"khóa lặp lại: {key.value}", f"duplicate key: {key.value}")
            self.lines[(*path, key.value)] = _line(key)
            found[key.value] = self.value(next(self.events), (*path, key.value))
        return found

    def until(self, end: type) -> Iterator[Any]:
        for event in self.events:
            if isinstance(event, end):
                return
            yield event

    def check(self, event: Any, path: Steps) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise self.refused(event, "không được dùng neo & hoặc *", "anchor or alias (& or *); allowed: plain values")
        if event.tag is not None:
            raise self.refused(event, f"không được dùng nhãn {event.tag}", f"tag {event.tag}; allowed: no tags")
        if len(path) > DEPTH:
            raise self.refused(event, f"lồng quá {DEPTH} mức", f"nested deeper than {DEPTH} levels")

    def refused(self, event: Any, vi: str, en: str) -> BrokenFile:
        return _broken(self.name, _line(event), vi, en)


_FRAME = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)
