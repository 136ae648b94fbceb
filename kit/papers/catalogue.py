"""The kinds of papers as data: `forms/*.toml` read once into frozen records."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kit.errors import BrokenFile
from kit.safe_html import slots

FORMS = Path(__file__).parent / "forms"
ALLOWED = {
    "layout": ("form", "certificate", "card", "slip", "letter", "drawing"),
    "heading": ("national", "issuer", "party", "none"),
    "stamp": ("none", "round", "square"),
}
TRUSTED = frozenset({"primary", "package", "seed"})


@dataclass(frozen=True)
class Table:
    """A checklist: the field that holds its rows, one a line, and the headings of its columns."""

    field: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Signature:
    """A place to sign: `role` and `note` above it, the field with the signer's name, stamped or not, or of a draft."""

    role: str
    note: str
    field: str
    stamp: bool = False
    unsigned: bool = False


Item = str | tuple[str, ...] | Table  # a paragraph; label, field, label, field ...; a checklist


@dataclass(frozen=True)
class Form:
    """One kind of paper: what is printed on it and where each field stands."""

    kind: str
    title_vi: str
    title_en: str
    layout: str
    fields: tuple[str, ...]
    body: tuple[Item, ...]
    signatures: tuple[Signature, ...] = ()
    heading: str = "national"
    issuer: tuple[str, ...] = ()
    number: str = ""
    about: str = ""
    subtitle: str = ""
    title_field: str = ""
    untitled: bool = False
    form_code: str = ""
    place: str = ""
    closing: tuple[Item, ...] = ()
    copy_to: tuple[str, ...] = ()
    attestation: tuple[str, str] = ("", "")  # heading, field
    stamp: str = "none"
    confidence: str = "training"

    def used(self) -> set[str]:
        """The fields that the printed layout shows."""
        texts = (*self.issuer, *self.copy_to, self.number, self.about, *(spot.role for spot in self.signatures))
        single = {self.title_field, self.form_code, self.place, self.attestation[1]} - {""}
        signed = {spot.field for spot in self.signatures}
        written = {name for item in self.body + self.closing for name in _item_fields(item)}
        return single | signed | written | {name for text in texts for name in slots(text)}


@cache
def forms() -> Mapping[str, Form]:
    """Every kind of paper by its name; raises BrokenFile with all problems of all form files."""
    read = {form.kind: form for path in sorted(FORMS.glob("*.toml")) for form in family(path)}
    found = [problem for form in read.values() for problem in problems(form)]
    if found:
        raise BrokenFile(found)
    return MappingProxyType(read)


def family(path: Path) -> Iterator[Form]:
    """The forms of one file; raises BrokenFile for a word that no form has."""
    for kind, given in tomllib.loads(path.read_text(encoding="utf-8")).items():
        try:
            yield Form(kind=kind, **{name: _frozen(name, value) for name, value in given.items()})
        except (TypeError, KeyError) as error:
            where = f"{path.name}: {kind}: {error}"
            raise BrokenFile([(where, where)]) from error


def problems(form: Form) -> Iterator[tuple[str, str]]:
    """What is wrong with a form, in Vietnamese and English: unknown words, fields not laid out."""
    for name, allowed in ALLOWED.items():
        if (word := getattr(form, name)) not in allowed:
            choices = ", ".join(allowed)
            yield (
                f"{form.kind}: {name} {word!r}: chỉ có {choices}",
                f"{form.kind}: {name} {word!r}: only {choices}",
            )
    for name in sorted(form.used() ^ set(form.fields)):
        vi, en = "khai báo và bố cục không khớp", "declared but not laid out, or the other way round"
        yield f"{form.kind}: {name}: {vi}", f"{form.kind}: {name}: {en}"


def _item_fields(item: Item) -> tuple[str, ...]:
    if isinstance(item, str):
        return slots(item)
    return (item.field,) if isinstance(item, Table) else item[1::2]


def _frozen(name: str, value: Any) -> Any:
    """A value of the file as the immutable thing that `Form` holds under this name."""
    if name == "signatures":
        return tuple(Signature(**spot) for spot in value)
    if name == "attestation":
        return (value["title"], value["field"])
    if isinstance(value, dict):
        return Table(value["table"], tuple(value["columns"]))
    return tuple(_frozen("", one) for one in value) if isinstance(value, list) else value
