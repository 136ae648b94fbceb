"""Join links given anew: whoever lost theirs, or gave it to somebody, gets another one, and the old one is dead."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from kit.errors import UnknownName
from kit.plain_text import plain
from kit.store import EventStore
from kit.store.people import Person

SUGGESTIONS = 12  # unknown codes for which the nearest people are looked up


def invite_anew(store: EventStore, codes: Sequence[str]) -> None:
    """Revoke every link and code that these people were given, all or none; `UnknownName` names each unknown code."""
    people = store.people.all()
    known = {person.code for person in people}
    unknown = [code for code in dict.fromkeys(codes) if code not in known]
    if unknown:
        near = [_near(code, people) for code in unknown[:SUGGESTIONS]]
        listed = [f"{code[:64]!r}" for code in unknown[SUGGESTIONS:]]
        told = "; ".join([f"{code[:64]!r} ({one})" for code, one in zip(unknown, near, strict=False)] + listed)
        raise UnknownName(f"Không có học viên; gần nhất trong ngoặc: {told}.",
                          f"No such person; the nearest ones in brackets: {told}.")  # fmt: skip
    store.people.invite_anew(*codes)


def _near(code: str, people: Iterable[Person]) -> str:
    """The people whose code or name is most like it: "HV01 Nguyễn Văn An, ..."."""
    named = {plain(text): person for person in people for text in (person.name, person.code)}
    found = [named[one] for one in get_close_matches(plain(code[:64]), named, 3, 0.5)]
    return ", ".join(dict.fromkeys(f"{one.code} {one.name}" for one in found)) or "-"
