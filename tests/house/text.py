"""What no text of the product may name: addresses in the wide world, and the folders of one machine."""

import re
from collections.abc import Iterator
from pathlib import Path

_ADDRESS = re.compile(r"https?://([^\s/'\"<>)\]}`?#\\]*)", re.IGNORECASE)
_OURS = re.compile(
    r"(127\.0\.0\.1|\[::1|localhost|([\w-]+\.)*example(\.(com|org|net))?|www\.w3\.org|adlnet\.gov|w3id\.org)(:[\d{].*)?",
    re.IGNORECASE,
)
_ROOT = Path(__file__).resolve().parents[2]
_HERE = re.escape(str(_ROOT if len(_ROOT.parts) < 3 else _ROOT.parent))
_FOLDER = re.compile(rf"(?<![\w.~*}}])(/(root|home|Users|opt|tmp|mnt|srv|media)|{_HERE})/|\b[A-Z]:\\\\?Users", re.ASCII)


def problems_of(name: str, text: str) -> list[str]:
    """Every address and machine path in one file, as "name:line: what".

    This computer (127.0.0.1, localhost), example domains and names that only look like addresses (the W3C's namespaces,
    the verbs of xAPI and cmi5) are allowed.
    """
    return [f"{name}:{number}: {what}" for number, line in enumerate(text.splitlines(), 1) for what in _in_line(line)]


def _in_line(line: str) -> Iterator[str]:
    for found in _ADDRESS.finditer(line):
        if not _OURS.fullmatch(found.group(1)):
            yield f"an address: {found.group(0)}"
    for found in _FOLDER.finditer(line):
        yield f"a folder of one machine: {found.group(0)}"
