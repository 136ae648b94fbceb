"""How a store reaches its database: SQLite in a file or in memory, or a PostgreSQL server; one connection a process."""

import os
import re
import sqlite3
from contextlib import suppress
from hashlib import sha256
from select import select
from time import monotonic, sleep
from typing import Any

import sqlalchemy as sql

from kit.errors import KitError, WrongUse

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
LONGEST_SCHEMA = 63  # characters of a name in PostgreSQL; what is longer would be cut and two sessions be one
WAIT_SECONDS = 10
FULL = (
    "Đĩa chứa kho dữ liệu đã đầy. Việc vừa làm chưa được lưu; hãy báo người quản trị máy chủ.",
    "The store's disk is full. What you just did was not stored; tell whoever runs the server.",
)

GONE = (
    "Kho dữ liệu của đợt tập huấn này đã bị xóa khỏi máy. Việc vừa bấm không được lưu; hãy hỏi giảng viên.",
    "The store of this training session was removed from the computer. What you just did was not stored; "
    "ask your trainer.",
)


def open_engine(url: str, schema: str = "") -> sql.Engine:
    """The database at an address; `KitError` where it is none, or where its driver is not installed.

    A process holds at most one connection, so hundreds of trainees' kernels stay within a server's limit. On a server
    each statement is a transaction of its own, one journey and not three; for several at once there is `together`.
    """
    try:
        address = sql.make_url(url)
        if address.get_backend_name() == "sqlite":
            return _sqlite(address)
        if address.get_backend_name() == "postgresql":
            return _postgres(address.set(drivername="postgresql+psycopg"), schema)
    except ModuleNotFoundError as missing:
        raise KitError(
            "Kho PostgreSQL cần gói psycopg; hãy cài: pip install rehearsal-kit[postgres]",
            "A PostgreSQL store needs the package psycopg; install it: pip install rehearsal-kit[postgres]",
        ) from missing
    except (sql.exc.ArgumentError, ValueError):
        pass
    raise WrongUse("Địa chỉ kho dữ liệu không hợp lệ: cần sqlite:///TỆP hoặc postgresql+psycopg://...",
                   "This is no address of a store: it needs sqlite:///FILE or postgresql+psycopg://...")  # fmt: skip


def on_server(url: str) -> bool:
    """Whether the address names a server that keeps many sessions, each in a schema of its own."""
    return url.startswith("postgresql")


def schema_of(session: str) -> str:
    """The PostgreSQL schema that holds a session; `WrongUse` for a name that no session has."""
    if not NAME.fullmatch(session):
        raise WrongUse(f"Tên đợt {session[:60]!r} không hợp lệ.", f"Session name {session[:60]!r} is not allowed.")
    name = f"kit_{session}"
    return name if len(name) <= LONGEST_SCHEMA else f"kit_{session[:40]}_{sha256(session.encode()).hexdigest()[:16]}"


def shown(engine: sql.Engine) -> str:
    """The database's address without its password."""
    return engine.url.render_as_string(hide_password=True)


def together(engine: sql.Engine) -> sql.Engine:
    """The same database where what is done in one `begin()` is one transaction, all or none."""
    return engine.execution_options(isolation_level="READ COMMITTED") if on_server(engine.url.drivername) else engine


def explain_silence(engine: sql.Engine) -> None:
    """From now on a database that cannot be reached is told in a sentence: nothing of what was asked is confirmed."""
    sql.event.listen(engine, "handle_error", _silent)


def _silent(context: sql.ExceptionContext) -> KitError | None:
    """Only for what no programmer can mend: a full disk, no connection, one that was cut, a file that stays locked."""
    if "database or disk is full" in str(context.original_exception):
        return KitError(*FULL)
    locked = "database is locked" in str(context.original_exception)
    if not (context.connection is None or context.is_disconnect or locked):
        return None
    return KitError(
        "Kho dữ liệu đang không trả lời. Việc vừa bấm chưa được xác nhận là đã lưu. "
        "Hãy chờ một lát rồi tải lại trang (F5) để thấy tình trạng mới nhất.",
        "The store does not answer. What you just did is not confirmed as stored. "
        "Wait a moment and reload the page (F5) to see the newest state.",
    )


def _sqlite(address: sql.URL) -> sql.Engine:
    memory = address.database in (None, "", ":memory:")
    pool = {"poolclass": sql.StaticPool, "connect_args": {"check_same_thread": False}} if memory else {}
    engine = sql.create_engine(address, hide_parameters=True, **pool)
    sql.event.listen(engine, "connect", _durable)
    if not memory:
        _require_file(engine, str(address.database))
    return engine


def _require_file(engine: sql.Engine, path: str) -> None:
    """`KitError` where the file was deleted: a connection would go on writing where nobody ever reads."""
    opened: list[tuple[int, int] | None] = []

    def require(*_: object) -> None:
        if opened and opened[0] != _number(path):
            raise KitError(*GONE)

    sql.event.listen(engine, "connect", lambda *_: opened.append(_number(path)))
    sql.event.listen(engine, "do_connect", require)
    sql.event.listen(engine, "checkout", require)


def _number(path: str) -> tuple[int, int] | None:
    """What the system calls a file, whatever its name; None for no file."""
    with suppress(OSError):
        found = os.stat(path)
        return found.st_dev, found.st_ino
    return None


def _postgres(address: sql.URL, schema: str) -> sql.Engine:
    """A connection that was cut is made anew; what is confirmed is on the server's disk."""
    engine = sql.create_engine(
        address, hide_parameters=True, pool_size=1, max_overflow=0, pool_timeout=WAIT_SECONDS,
        isolation_level="AUTOCOMMIT", skip_autocommit_rollback=True, use_native_hstore=False,
        connect_args={"connect_timeout": WAIT_SECONDS, "application_name": "rehearsal-kit"},
    )  # fmt: skip
    sql.event.listen(engine, "connect", _confirmed)
    sql.event.listen(engine, "checkout", _require_open)
    return engine.execution_options(schema_translate_map={None: schema}) if schema else engine


def _durable(connection: object, _record: object) -> None:
    """A confirmed commit survives a killed process and a power cut."""
    _tell(connection, f"PRAGMA busy_timeout={WAIT_SECONDS * 1000}")
    _write_ahead(connection)
    _tell(connection, "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON")


def _write_ahead(connection: object) -> None:
    """Waits while others open the same new file: this one change SQLite refuses at once where it should wait."""
    until = monotonic() + WAIT_SECONDS
    while True:
        try:
            return _tell(connection, "PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() > until:
                raise
            sleep(0.01)


def _confirmed(connection: object, _record: object) -> None:
    """The same on a server whose administrator chose speed."""
    _tell(connection, "SET SESSION synchronous_commit = on")


def _require_open(connection: Any, _record: object, _proxy: object) -> None:
    """A server that has nothing to say and can be read has hung up: found without a journey to it."""
    if select((connection,), (), (), 0)[0]:
        raise sql.exc.DisconnectionError


def _tell(connection: object, *statements: str) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for statement in statements:
        cursor.execute(statement)
    cursor.close()
