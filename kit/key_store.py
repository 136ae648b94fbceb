"""Where Keys are kept: a database of their own, which the process that serves trainees never opens."""

import json
from pathlib import Path

import sqlalchemy as sql

from kit.errors import NotFound
from kit.event import canonical
from kit.script import Key

META = sql.MetaData()
KEYS = sql.Table("keys", META, sql.Column("script", sql.String(64), primary_key=True), sql.Column("body", sql.Text))


class KeyStore:
    """One database with the Key of each compiled script, by the script's hash."""

    def __init__(self, url: str) -> None:
        self.engine = sql.create_engine(url)
        META.create_all(self.engine)

    @classmethod
    def at(cls, path: Path) -> "KeyStore":
        """The SQLite database in a file; its folder is made, readable by its owner alone."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return cls(f"sqlite:///{path}")

    def add(self, *keys: Key) -> None:
        """Keep keys, all or none; the same key twice is one row."""
        with self.engine.begin() as connection:
            for key in keys:
                if not connection.scalar(sql.select(KEYS.c.script).where(KEYS.c.script == key.script)):
                    connection.execute(KEYS.insert().values(script=key.script, body=canonical(key.to_json())))

    def scripts(self) -> set[str]:
        """The hashes of all scripts whose key is here."""
        with self.engine.connect() as connection:
            return set(connection.scalars(sql.select(KEYS.c.script)))

    def key(self, script: str) -> Key:
        """The key of the script with this hash; `NotFound` where there is none."""
        with self.engine.connect() as connection:
            body = connection.scalar(sql.select(KEYS.c.body).where(KEYS.c.script == script))
        if body is None:
            raise NotFound(f"Không có đáp án của kịch bản {script[:12]}.", f"No key for script {script[:12]}.")
        return Key.from_json(json.loads(body))
