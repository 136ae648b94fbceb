"""One paper, checked: its form, what is written in each field, its medium, its traces of alteration."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from markupsafe import Markup

from kit.errors import UnknownName
from kit.papers.catalogue import Form, forms
from kit.safe_html import clean, fill, slots

MEDIA = ("original", "photocopy", "certified_copy", "electronic")
# Fields that any paper may carry: they belong to the medium, not to the form.
MEDIUM_FIELDS = ("certifier", "certified_on", "certified_number", "e_signer", "e_signed_at")
BLANK = Markup('<span class="blank" role="img" aria-label="ô để trống">……………………</span>')
INK = '<span class="ink">{text}</span>'
ALTERED = '<span class="altered"><del class="earlier">{earlier}</del> <ins class="ink">{text}</ins></span>'


@dataclass(frozen=True)
class Sheet:
    """A paper ready to be drawn; every text is already cleaned."""

    identifier: str
    form: Form
    fields: Mapping[str, str]
    medium: str
    alterations: Mapping[str, str]

    def text(self, name: str) -> str:
        """What is written in a field; empty when nothing is."""
        return self.fields.get(name, "")

    def ink(self, name: str) -> Markup:
        """A field as written: its text, a dotted blank, or the new text over traces of the earlier one."""
        text = self.text(name) or BLANK
        if name in self.alterations:
            return fill(ALTERED, earlier=self.alterations[name], text=text)
        return text if isinstance(text, Markup) else fill(INK, text=text)

    def write(self, template: str) -> Markup:
        """A printed sentence of the form with its {field} places filled in."""
        return fill(template, **{name: self.ink(name) for name in slots(template)})


def form(kind: str) -> Form:
    """The form of a kind; raises UnknownName naming the nearest kinds."""
    return forms()[_one_of("loại giấy tờ", "kind of paper", kind, forms())]


def read(paper: Mapping[str, object]) -> Sheet:
    """A paper (plain JSON) as a Sheet; raises UnknownName for a kind, field or medium that does not exist."""
    this = form(clean(paper.get("kind")))
    names = (*this.fields, *MEDIUM_FIELDS)
    return Sheet(
        identifier=clean(paper.get("id")),
        form=this,
        fields=_written(this.kind, paper.get("fields"), names),
        medium=_one_of("thể thức", "medium", clean(paper.get("medium") or "original"), MEDIA),
        alterations=_written(this.kind, paper.get("alterations"), this.fields),
    )


def _written(kind: str, given: object, names: Iterable[str]) -> dict[str, str]:
    """The fields that hold something, cleaned and trimmed."""
    values = given if isinstance(given, Mapping) else {}
    for name in values:
        _one_of(f"trường của {kind}", f"field of {kind}", clean(name), names)
    texts = {name: clean(value).strip() for name, value in values.items()}
    return {name: text for name, text in texts.items() if text}


def _one_of(what_vi: str, what_en: str, word: str, allowed: Iterable[str]) -> str:
    choices = tuple(allowed)
    if word in choices:
        return word
    near = ", ".join(get_close_matches(word, choices, n=3, cutoff=0.5) or choices[:5])
    word = word[:60]
    raise UnknownName(
        f"Không có {what_vi} “{word}”. Gần nhất: {near}.",
        f"No {what_en} is called “{word}”. Nearest: {near}.",
    )
