"""The manifest of a bundle: every file with its SHA-256, so that what was changed, added or lost is named."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kit.errors import BrokenFile

NAME = "manifest.json"
FORMAT = "rehearsal-kit-bundle/1"
Json = dict[str, Any]
Problem = tuple[str, str]  # Vietnamese, English


def write(folder: Path, about: Json) -> str:
    """Write the manifest of all that lies in a folder; returns its own SHA-256, to be told apart from the bundle."""
    hashes = {name: sha256(folder / name) for name in files(folder)}
    text = json.dumps({"format": FORMAT, **about, "files": hashes}, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / NAME).write_text(text + "\n", encoding="utf-8")
    return sha256(folder / NAME)


def read(folder: Path) -> Json:
    """The manifest of a bundle; `BrokenFile` where there is none that can be read."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict) or found.get("format") != FORMAT or not isinstance(found.get("files"), dict):
        raise BrokenFile([(f"{NAME}: thiếu hoặc không đọc được; đây không phải gói phát hành.",
                           f"{NAME}: missing or unreadable; this is no bundle.")])  # fmt: skip
    return found


def differences(folder: Path) -> Iterator[Problem]:
    """What is not as the manifest says: a file too many, one too few, one that was changed."""
    listed, there = read(folder)["files"], files(folder)
    for name in there:
        if name not in listed:
            yield f"{name}: tệp lạ, không có trong bảng kê.", f"{name}: unknown file, not in the manifest."
        elif listed[name] != sha256(folder / name):
            yield f"{name}: nội dung đã bị đổi (SHA-256 khác bảng kê).", f"{name}: changed (SHA-256 differs)."
    for name in sorted(set(listed) - set(there)):
        yield f"{name}: có trong bảng kê nhưng không thấy tệp.", f"{name}: in the manifest, but missing."


def files(folder: Path) -> list[str]:
    """The name of everything in a folder that is not itself a folder, the manifest excepted, in order."""
    found = []
    for top, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(top) / name).is_symlink()]
        found += [(Path(top) / name).relative_to(folder).as_posix() for name in (*names, *links)]
    return sorted(name for name in found if name != NAME)


def sha256(file: Path) -> str:
    """The digest of a file; of a link, of where it points."""
    if file.is_symlink():
        return f"link:{os.readlink(file)}"
    return hashlib.sha256(file.read_bytes()).hexdigest()
