"""One session's folder: scripts and attempts, and the keys in a folder of their own.

Serving trainees needs no access to the keys.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from kit import home
from kit.errors import WrongUse
from kit.key_store import KeyStore
from kit.store import EventStore

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


@dataclass(frozen=True)
class Session:
    """One training session's folder under `sessions/`."""

    name: str

    @classmethod
    def named(cls, name: str) -> "Session":
        """The session with this name; `WrongUse` for a name that is no plain slug."""
        if not NAME.fullmatch(name):
            raise WrongUse(f"Tên đợt {name[:60]!r} không hợp lệ: chỉ dùng a-z, 0-9, gạch nối.",
                           f"Session name {name[:60]!r} is not allowed: use a-z, 0-9 and hyphens.")  # fmt: skip
        return cls(name)

    def must_exist(self) -> None:
        """Raise `WrongUse` where nobody has made this session yet."""
        if not self.folder.is_dir():
            known = ", ".join(sorted(one.name for one in home.sessions().iterdir() if NAME.fullmatch(one.name))) or "-"
            raise WrongUse(f"Chưa có đợt {self.name!r}; có: {known}. Nêu đợt bằng --session TÊN.",
                           f"No session {self.name!r}; there are: {known}. Name one with --session NAME.")  # fmt: skip

    def must_be_prepared(self) -> None:
        """Raise `WrongUse` where `kit session prepare` has not run: nobody has a script yet."""
        if not self.store().scripts():
            raise WrongUse(f"Hãy chạy `kit session prepare {self.name}` trước.",
                           f"Run `kit session prepare {self.name}` first.")  # fmt: skip

    @property
    def folder(self) -> Path:
        """Where everything of the session is kept."""
        return home.sessions() / self.name

    def store(self) -> EventStore:
        """Scripts and attempts: in the folder, or on the PostgreSQL server that KIT_STORE names."""
        return EventStore.of(os.environ.get("KIT_STORE", ""), self.name)

    def keys(self) -> KeyStore:
        """The keys; never opened by a process that serves trainees."""
        return KeyStore.at(self.folder / "keys" / "keys.sqlite")
