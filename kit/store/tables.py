"""The tables of a store: scripts, attempts and their events; people, their seats, and what the trainer ordered."""

import sqlalchemy as sql

META = sql.MetaData()
SCRIPTS = sql.Table(
    "scripts", META,
    sql.Column("id", sql.String(64), primary_key=True),
    sql.Column("exercise", sql.String(80), nullable=False, index=True),
    sql.Column("seed", sql.Integer, nullable=False),
    sql.Column("body", sql.Text, nullable=False),
)  # fmt: skip
ATTEMPTS = sql.Table(
    "attempts", META,
    sql.Column("id", sql.String(32), primary_key=True),
    sql.Column("script", sql.String(64), sql.ForeignKey("scripts.id"), nullable=False),
    sql.Column("trainee", sql.String(80), nullable=False),
    sql.Column("mode", sql.String(16), nullable=False),
    sql.Column("token", sql.String(64), nullable=False, unique=True),
    # Whose it is, in a session with a roster: a person's code, or a team's name. Empty: whoever holds the token.
    sql.Column("person", sql.String(64), nullable=False, server_default="", index=True),
    sql.Column("team", sql.String(64), nullable=False, server_default="", index=True),
)  # fmt: skip
EVENTS = sql.Table(
    "events", META,
    sql.Column("attempt", sql.String(32), sql.ForeignKey("attempts.id"), primary_key=True),
    sql.Column("seq", sql.Integer, primary_key=True),
    sql.Column("body", sql.Text, nullable=False),
)  # fmt: skip
PEOPLE = sql.Table(
    "people", META,
    sql.Column("code", sql.String(64), primary_key=True),
    sql.Column("name", sql.String(80), nullable=False),
    sql.Column("unit", sql.String(16), nullable=False),
    sql.Column("role", sql.String(64), nullable=False, server_default=""),
    sql.Column("working_group", sql.String(80), nullable=False, server_default=""),
    # Raised by one, it revokes every join link given before.
    sql.Column("invitation", sql.Integer, nullable=False, server_default="1"),
)  # fmt: skip
SEATS = sql.Table(
    "seats", META,
    sql.Column("person", sql.String(64), sql.ForeignKey("people.code"), primary_key=True),
    sql.Column("exercise", sql.String(80), primary_key=True),
    sql.Column("script", sql.String(64), sql.ForeignKey("scripts.id"), nullable=False),
    sql.Column("mode", sql.String(16), nullable=False),
    sql.Column("team", sql.String(64), nullable=False, server_default=""),
    sql.Column("role", sql.String(64), nullable=False, server_default=""),
)  # fmt: skip
ORDERS = sql.Table(
    "orders", META,
    sql.Column("number", sql.Integer, primary_key=True, autoincrement=True),
    sql.Column("at", sql.String(32), nullable=False),
    sql.Column("who", sql.String(80), nullable=False),
    sql.Column("kind", sql.String(16), nullable=False),
    sql.Column("attempt", sql.String(32), nullable=False, server_default="", index=True),
    sql.Column("body", sql.Text, nullable=False),
)  # fmt: skip
