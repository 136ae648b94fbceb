"""Makes a store's tables where they are missing, and adds to an older store the columns that came later."""

import sqlalchemy as sql
from sqlalchemy.schema import CreateColumn, CreateSchema

from kit.store.tables import META

LOCK = 0x6B69745F  # "kit_": one process at a time makes tables on a server


def lay(engine: sql.Engine, schema: str = "") -> None:
    """All tables, columns and indexes; a store that has them is only looked at, so it may be served without rights."""
    if not _missing(engine, schema):
        return
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sql.select(sql.func.pg_advisory_xact_lock(LOCK)))
        if schema:
            connection.execute(CreateSchema(schema, if_not_exists=True))
        _add_columns(connection, schema)
        META.create_all(connection)
        for table in META.tables.values():
            for index in table.indexes:
                index.create(connection, checkfirst=True)


def _missing(engine: sql.Engine, schema: str) -> bool:
    known = _columns(sql.inspect(engine), schema)
    return any(not {one.name for one in table.columns} <= known.get(name, set()) for name, table in META.tables.items())


def _columns(inspector: sql.Inspector, schema: str) -> dict[str, set[str]]:
    found = inspector.get_multi_columns(schema=schema or None)
    return {name: {one["name"] for one in columns} for (_, name), columns in found.items()}


def _add_columns(connection: sql.Connection, schema: str) -> None:
    """Each has a default, so that the rows of before have a value."""
    known = _columns(sql.inspect(connection), schema)
    quoted = connection.dialect.identifier_preparer.quote
    where = f"{quoted(schema)}." if schema else ""
    for name, table in META.tables.items():
        for column in table.columns if name in known else ():
            if column.name not in known[name]:
                new = CreateColumn(column).compile(dialect=connection.dialect)
                connection.execute(sql.text(f"ALTER TABLE {where}{quoted(name)} ADD COLUMN {new}"))
