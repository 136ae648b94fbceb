"""Makes a store's tables where they are missing, adds to an older store the columns that came later; deletes all."""

from contextlib import suppress

import sqlalchemy as sql
from sqlalchemy.schema import CreateColumn, CreateIndex, CreateSchema, CreateTable, DropSchema

from kit.errors import KitError
from kit.store.engines import WAIT_SECONDS, schema_of, shown, together
from kit.store.tables import META

LOCK = 0x6B69745F  # "kit_": on a server too, one process at a time makes tables


def lay(engine: sql.Engine, schema: str = "") -> None:
    """All tables, columns and indexes; a store that has them is only looked at, so it may be served without rights."""
    if _whole(engine) or not _missing(engine, schema):
        return
    with together(engine).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sql.select(sql.func.pg_advisory_xact_lock(LOCK)))
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        if schema:
            connection.execute(CreateSchema(schema, if_not_exists=True))
        _add_columns(connection, schema)
        for table in META.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
            for index in sorted(table.indexes, key=lambda one: str(one.name)):
                connection.execute(CreateIndex(index, if_not_exists=True))


def drop(engine: sql.Engine, session: str) -> None:
    """Delete a session's schema with every row from a server; `KitError` where the server refuses, or one is busy."""
    try:
        with together(engine).begin() as connection:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
            connection.execute(DropSchema(schema_of(session), cascade=True, if_exists=True))
    except sql.exc.DBAPIError as error:
        where = f"{schema_of(session)} ({shown(engine)})"
        raise KitError(
            f"Không xóa được lược đồ {where}; hãy dừng mọi trang của đợt rồi chạy lại.",
            f"Cannot delete the schema {where}; stop all pages of the session and try again.",
        ) from error


def _whole(engine: sql.Engine) -> bool:
    """Whether a server has every table and column: one short question, where the catalogue takes a long one."""
    if engine.dialect.name != "postgresql":
        return False
    with suppress(sql.exc.ProgrammingError), engine.connect() as connection:
        connection.execute(sql.select(*(sql.exists(sql.select(table)) for table in META.tables.values())))
        return True
    return False


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
