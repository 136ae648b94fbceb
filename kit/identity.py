"""Who comes in: personal join links and typed codes of a session with a roster, and the hub's user.

A link carries person, generation and last day under an HMAC of 256 bits; whoever has the session's joining secret can
make and check it, and nobody can guess or change it. A typed code has 12 letters: three tell the last day, nine are 45
bits of an HMAC. With at most 120 wrong codes a minute in a session (30 from one known address) a month of guessing is
5.2 million tries; against 300 people that hits with odds of 5.2e6 x 300 / 2^45, one in 22,000. The limit concerns typed
codes alone, so nobody can keep people with links out by guessing. The secret is no key of an exercise: it lies in the
session's folder `joining`, or in the file that KIT_JOIN_FILE names on the serving side.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from secrets import token_bytes
from typing import Protocol

from itsdangerous import BadData, URLSafeSerializer

from kit.errors import KitError, NotFound
from kit.store import EventStore
from kit.store.people import Person
from kit.words import say

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which are misread
MISREAD = str.maketrans("OIL", "011", " -–.")
DAY_LETTERS, SECRET_LETTERS = 3, 9
FIRST_DAY = date(2025, 1, 1)
WINDOW_SECONDS = 60
MOST_WRONG, MOST_WRONG_FROM_ONE = 120, 30  # in a window
SECRET_BYTES = 32
LONGEST = 400  # characters of anything that is looked at
PARAMETER = "ma"  # the page's address holds ?ma=CODE


class NotAdmitted(KitError):
    """The link or code does not let anybody in; `reason`: wrong, expired, revoked, too_many, unknown."""

    def __init__(self, reason: str) -> None:
        super().__init__(say(f"arrival.{reason}", "vi"), say(f"arrival.{reason}", "en"))
        self.reason = reason
        self.args = (reason,)


class Inviting(Protocol):
    """A training session, `kit.session.Session`, as far as it is needed here."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def folder(self) -> Path:
        """Where the joining secret is kept."""

    def store(self) -> EventStore:
        """Where the roster is."""


@dataclass(frozen=True)
class Gate:
    """The join links and codes of one session; the last day counts to its end, UTC."""

    session: str
    secret: bytes

    @classmethod
    def found(cls, session: str, folder: Path) -> "Gate":
        """The gate of a session's folder, on the trainer's side: makes the secret where there is none."""
        place = folder / "joining"
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            opened = os.open(place / "secret", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return cls.at(session, folder)
        with os.fdopen(opened, "wb") as file:
            file.write(token_bytes(SECRET_BYTES))
        return cls.at(session, folder)

    @classmethod
    def at(cls, session: str, folder: Path) -> "Gate":
        """The gate on the serving side; `NotFound` where it was given no secret."""
        file = Path(os.environ.get("KIT_JOIN_FILE", "") or folder / "joining" / "secret")
        secret = file.read_bytes() if file.is_file() else b""
        if len(secret) < SECRET_BYTES:
            raise NotFound("Máy chủ chưa có khóa để nhận mã vào lớp.", "The server has no secret for join codes.")
        return cls(session, secret)

    def link(self, person: Person, until: date) -> str:
        """What stands in a personal link, good to the end of a day."""
        return str(self._signer().dumps([person.code, person.invitation, until.isoformat()]))

    def typed(self, person: Person, until: date) -> str:
        """What a person without a link types: XXXX-XXXX-XXXX, good to the end of a day."""
        day = _letters((until - FIRST_DAY).days, DAY_LETTERS)
        whole = day + self._mark(person, day)
        return "-".join(whole[place : place + 4] for place in range(0, len(whole), 4))

    def by_link(self, store: EventStore, code: str, now: datetime) -> Person:
        """Whose link this is; `NotAdmitted` where it was changed, is too old, was revoked or is of another session."""
        try:
            name, invitation, until = self._signer().loads(code[:LONGEST].encode(errors="replace"))
        except BadData as wrong:
            raise NotAdmitted("wrong") from wrong
        _require_day(date.fromisoformat(until), now)
        person = next((one for one in store.people.all() if one.code == name), None)
        if person is None or person.invitation != invitation:
            raise NotAdmitted("revoked")
        return person

    def by_typed(self, store: EventStore, typed: str, origin: str, now: datetime) -> Person:
        """Whose code was typed; a wrong one is counted, and `NotAdmitted` comes unlooked when there were too many."""
        moment = now.timestamp()
        _require_patience(store, origin, moment)
        code = typed[:LONGEST].upper().translate(MISREAD)
        given = code[DAY_LETTERS:].encode(errors="replace")
        marks = [(self._mark(one, code[:DAY_LETTERS]).encode(), one) for one in store.people.all()]
        found = [one for mark, one in marks if hmac.compare_digest(mark, given)]  # all of them: takes as long for each
        if not found:
            store.failures.add(moment, origin, moment - 60 * WINDOW_SECONDS)
            raise NotAdmitted("wrong")
        _require_day(FIRST_DAY + timedelta(_number(code[:DAY_LETTERS])), now)
        return found[0]

    def _signer(self) -> URLSafeSerializer:
        kinds = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
        return URLSafeSerializer(self.secret, salt=f"join {self.session}", signer_kwargs=kinds)

    def _mark(self, person: Person, day: str) -> str:
        text = "\0".join(("typed", self.session, person.code, str(person.invitation), day))
        mac = hmac.digest(self.secret, text.encode(errors="replace"), "sha256")
        return _letters(int.from_bytes(mac[:8], "big"), SECRET_LETTERS)


def join_links(
    session: Inviting, address: str, days: int, now: datetime | None = None
) -> list[tuple[Person, str, str]]:
    """(person, code to type, personal link) of everybody on the roster, good for so many days."""
    gate = Gate.found(session.name, session.folder)
    until = ((now or datetime.now(UTC)) + timedelta(days=days)).date()
    mark = "&" if "?" in address else "?"
    return [
        (one, gate.typed(one, until), f"{address}{mark}{PARAMETER}={gate.link(one, until)}")
        for one in session.store().people.all()
    ]


def hub_person(store: EventStore, around: Mapping[str, str]) -> Person | None:
    """Whom JupyterHub knows this process's user to be; None without a hub. A user is named like the person's code.

    The hub writes names in small letters. `NotAdmitted` for a user who is not on the roster, or could be two people.
    """
    user = around.get("JUPYTERHUB_USER", "")
    if not user:
        return None
    found = [one for one in store.people.all() if one.code.casefold() == user.casefold()]
    if len(found) != 1:
        raise NotAdmitted("unknown")
    return found[0]


def origin(around: Mapping[str, str]) -> str:
    """The visitor's address as the proxy tells it in X-Real-IP; empty where no proxy does, then all count as one."""
    return around.get("HTTP_X_REAL_IP", "").strip()[:64].encode("ascii", "replace").decode()


def _require_patience(store: EventStore, origin: str, moment: float) -> None:
    since = moment - WINDOW_SECONDS
    from_one = store.failures.since(since, origin) if origin else 0
    if from_one >= MOST_WRONG_FROM_ONE or store.failures.since(since) >= MOST_WRONG:
        raise NotAdmitted("too_many")


def _require_day(until: date, now: datetime) -> None:
    if now.astimezone(UTC).date() > until:
        raise NotAdmitted("expired")


def _letters(number: int, count: int) -> str:
    """The last 5 x count bits of a number as so many letters."""
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))


def _number(letters: str) -> int:
    return sum(ALPHABET.index(letter) << 5 * place for place, letter in enumerate(reversed(letters)))
