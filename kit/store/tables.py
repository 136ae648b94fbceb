"""The tables of a store: scripts, attempts and their events; people, their seats, and what the trainer ordered."""

import sqlalchemy as sql

META = sql.MetaData()


def _short(length: int) -> sql.types.TypeEngine[str]:
    """A text that every database sorts alike: by its characters, whatever the server's language."""
    return sql.String(length).with_variant(sql.String(length, collation="C"), "postgresql")


def _only_one(table: sql.Table, name: str, owner: str) -> None:
    """Whoever sits before a script has one attempt of it, also when two start at the same moment."""
    named = table.c[owner] != ""
    sql.Index(name, table.c[owner], table.c.script, unique=True, sqlite_where=named, postgresql_where=named)


SCRIPTS = sql.Table(
    "scripts", META,
    sql.Column("id", _short(64), primary_key=True),
    sql.Column("exercise", _short(80), nullable=False, index=True),
    sql.Column("seed", sql.BigInteger, nullable=False),
    sql.Column("body", sql.Text, nullable=False),
)  # fmt: skip
ATTEMPTS = sql.Table(
    "attempts", META,
    sql.Column("id", _short(32), primary_key=True),
    sql.Column("script", _short(64), sql.ForeignKey("scripts.id"), nullable=False),
    sql.Column("trainee", _short(80), nullable=False),
    sql.Column("mode", _short(16), nullable=False),
    sql.Column("token", _short(64), nullable=False, unique=True),
    # Whose it is, in a session with a roster: a person's code, or a team's name. Empty: whoever holds the token.
    sql.Column("person", _short(64), nullable=False, server_default="", index=True),
    sql.Column("team", _short(64), nullable=False, server_default="", index=True),
    # The hash of the event that ended it: a log that has lost its end is known by it. Empty: it goes on.
    sql.Column("ended", _short(64), nullable=False, server_default=""),
)  # fmt: skip
_only_one(ATTEMPTS, "attempt_of_person", "person")
_only_one(ATTEMPTS, "attempt_of_team", "team")
EVENTS = sql.Table(
    "events", META,
    sql.Column("attempt", _short(32), sql.ForeignKey("attempts.id"), primary_key=True),
    sql.Column("seq", sql.Integer, primary_key=True),
    sql.Column("body", sql.Text, nullable=False),
)  # fmt: skip
PEOPLE = sql.Table(
    "people", META,
    sql.Column("code", _short(64), primary_key=True),
    sql.Column("name", _short(80), nullable=False),
    sql.Column("unit", _short(16), nullable=False),
    sql.Column("role", _short(64), nullable=False, server_default=""),
    sql.Column("working_group", _short(80), nullable=False, server_default=""),
    # Raised by one, it revokes every join link given before.
    sql.Column("invitation", sql.Integer, nullable=False, server_default="1"),
)  # fmt: skip
SEATS = sql.Table(
    "seats", META,
    sql.Column("person", _short(64), sql.ForeignKey("people.code"), primary_key=True),
    sql.Column("exercise", _short(80), primary_key=True),
    sql.Column("script", _short(64), sql.ForeignKey("scripts.id"), nullable=False),
    sql.Column("mode", _short(16), nullable=False),
    sql.Column("team", _short(64), nullable=False, server_default=""),
    sql.Column("role", _short(64), nullable=False, server_default=""),
)  # fmt: skip
ORDERS = sql.Table(
    "orders", META,
    sql.Column("number", sql.Integer, primary_key=True, autoincrement=True),
    sql.Column("at", _short(32), nullable=False),
    sql.Column("who", _short(80), nullable=False),
    sql.Column("kind", _short(16), nullable=False),
    sql.Column("attempt", _short(32), nullable=False, server_default="", index=True),
    sql.Column("body", sql.Text, nullable=False),
)  # fmt: skip
# Join codes that were wrong: when (seconds since 1970) and from where, as far as that can be known.
FAILURES = sql.Table(
    "failures", META,
    sql.Column("number", sql.Integer, primary_key=True, autoincrement=True),
    sql.Column("at", sql.Float, nullable=False, index=True),
    sql.Column("origin", _short(64), nullable=False, server_default=""),
)  # fmt: skip
# What people said after a session; whose it is stands nowhere.
HOTWASH = sql.Table(
    "hotwash", META,
    sql.Column("id", _short(32), primary_key=True),
    sql.Column("exercise", _short(80), nullable=False),
    sql.Column("body", sql.Text, nullable=False),
)  # fmt: skip
