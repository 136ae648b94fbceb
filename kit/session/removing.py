"""The end of a session: everything that it keeps of real people is deleted, in its folder and on a server."""

import os
import shutil
from typing import Any

from kit.errors import WrongUse
from kit.session.done import FILE as PREPARED
from kit.session.folder import Session
from kit.session.planned import read_planned
from kit.store import EventStore
from kit.store.laying import drop


def held(session: Session) -> dict[str, Any]:
    """What a session with a plan keeps: its folder, how many people and attempts."""
    planned = read_planned(session)
    return {"folder": str(session.folder), "people": len(planned.people), "attempts": len(session.store().attempts())}


def remove_session(session: Session) -> None:
    """Delete the session's schema on the server, where it has one, then its folder.

    `WrongUse` where the folder cannot be deleted, or where the session was prepared in another store than this one.
    """
    read_planned(session)
    store = session.store()
    _require_store(session, store)
    _require_rights(session)
    if store.session:
        drop(store.engine, store.session)
    store.engine.dispose()
    try:
        shutil.rmtree(session.folder)
    except OSError as error:
        raise WrongUse(f"Không xóa được {session.folder}: {error.strerror}.",
                       f"Cannot delete {session.folder}: {error.strerror}.") from None  # fmt: skip


def _require_rights(session: Session) -> None:
    """Raise `WrongUse` while everything is still there: half a session would be neither deleted nor of use."""
    for folder, _, _ in [(str(session.folder.parent), (), ()), *os.walk(session.folder)]:
        if not os.access(folder, os.W_OK | os.X_OK):
            raise WrongUse(f"Không xóa được {session.folder}: không có quyền ghi vào {folder}. Chưa xóa gì.",
                           f"Cannot delete {session.folder}: {folder} is not writable. Nothing was deleted."
                           )  # fmt: skip


def _require_store(session: Session, store: EventStore) -> None:
    """Whoever deletes the folder alone would leave people's names and deeds on a server, where nobody looks again."""
    if not store.session and (session.folder / PREPARED).is_file() and not store.people.any():
        raise WrongUse(
            "Đợt này được chuẩn bị trên máy chủ: hãy đặt KIT_STORE như lúc ấy rồi chạy lại.",
            "This session was prepared on a server: set KIT_STORE as it was then, and run this again.",
        )
