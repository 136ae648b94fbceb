"""The one path from data to HTML: templates are ours and trusted, values are cleaned and escaped."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from markupsafe import Markup
from markupsafe import escape as _escape

MAXIMUM_LENGTH = 20_000  # characters of one value; more is cut and ends in "…"

# Control characters except tab and newline, bidirectional marks and overrides, zero-width, half characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_UNQUOTED = re.compile(r"=\s*$")
_RUNNABLE = re.compile(r"""<(?:script|style)\b[^>]*>[^<]*$|\b(?:on[a-z]+|style|srcdoc)\s*=\s*["'][^"']*$""", re.I)
_ADDRESS = re.compile(r"""\b(?:href|src|action|formaction)\s*=\s*["']$""", re.I)
_SAFE_ADDRESS = re.compile(r"(?:https?://|/(?!/)|#)\S*")
_SAFE_NAME = re.compile(r"(?!on|style$|srcdoc$)[a-z][a-z0-9-]*")
_ADDRESS_NAMES = frozenset({"href", "src", "action", "formaction"})


def clean(value: object) -> str:
    """The text of a value as people see it: NFC, nothing invisible or direction-turning, 20,000 letters."""
    text = "" if value is None else str(value)[: MAXIMUM_LENGTH * 2]
    seen = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    return seen if len(seen) <= MAXIMUM_LENGTH else seen[: MAXIMUM_LENGTH - 1] + "…"


def escape(value: object) -> Markup:
    """A value as HTML text, safe between tags and in quoted attributes; only a `Markup` passes unchanged."""
    return value if isinstance(value, Markup) else _escape(clean(value))


def fill(template: str, /, **values: object) -> Markup:
    """The trusted template with each `{name}` replaced by its escaped value, never read as a template.

    Raises KeyError for a name without value, ValueError where no value is safe (`on…=`, `style=`, unquoted).
    """
    pieces = [part if kind == "literal" else _slot(part, kind, values) for part, kind in _parts(template)]
    return Markup("".join(pieces))


def slots(template: str) -> tuple[str, ...]:
    """The names that a template asks values for, in order."""
    return tuple(_SLOT.findall(template))


def join(parts: Iterable[object], between: str = "") -> Markup:
    """Parts one after another, each escaped unless it is Markup; `between` is trusted HTML."""
    return Markup(str.join(between, [escape(part) for part in parts]))


def attributes(values: Mapping[str, object]) -> Markup:
    """` name="value"` for each value that is not None; ValueError for a name that runs code (`onclick`)."""
    for name in values:
        if not _SAFE_NAME.fullmatch(name):
            raise ValueError(f"not an attribute that data may fill: {name!r}")
    return join(_attribute(name, value) for name, value in values.items() if value is not None)


def _attribute(name: str, value: object) -> Markup:
    text = _address(value) if name in _ADDRESS_NAMES else escape(value)
    return fill(' {name}="{text}"', name=name, text=text)


def _slot(part: str, kind: str, values: Mapping[str, object]) -> str:
    return _address(values[part]) if kind == "address" else escape(values[part])


def _address(value: object) -> Markup:
    """A link target: http(s), a path of this site or a place in this page; anything else becomes `#`."""
    text = clean(value).strip()
    return _escape(text if _SAFE_ADDRESS.fullmatch(text) else "#")


@cache
def _parts(template: str) -> tuple[tuple[str, str], ...]:
    """The template cut into literal pieces and slots, each slot knowing whether it stands in a link."""
    pieces = _SLOT.split(template)
    # A slot is judged by the literals before it, each earlier slot read as a letter.
    kinds = (_kind("x".join(pieces[:index:2])) if index % 2 else "literal" for index in range(len(pieces)))
    return tuple(zip(pieces, kinds, strict=True))


def _kind(before: str) -> str:
    if _UNQUOTED.search(before) and before.rfind("<") > before.rfind(">"):
        raise ValueError(f"an attribute must be quoted: {before!r}")
    if _RUNNABLE.search(before):
        raise ValueError(f"data may not stand where the browser runs it: {before!r}")
    return "address" if _ADDRESS.search(before) else "slot"
