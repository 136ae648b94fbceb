"""The end of a session: everything that it keeps of real people is deleted."""

import os
import shutil
from typing import Any

from kit.errors import WrongUse
from kit.session.folder import Session
from kit.session.planned import read_planned


def held(session: Session) -> dict[str, Any]:
    """What a session with a plan keeps: its folder, how many people and attempts."""
    planned = read_planned(session)
    return {"folder": str(session.folder), "people": len(planned.people), "attempts": len(session.store().attempts())}


def remove_session(session: Session) -> None:
    """Delete the session's folder; `WrongUse` where its attempts lie on a server, or the folder cannot be deleted."""
    read_planned(session)
    if os.environ.get("KIT_STORE"):
        raise WrongUse(
            "Lượt diễn tập nằm ở máy chủ KIT_STORE: hãy nhờ người quản trị xóa lược đồ của đợt ở đó trước.",
            "The attempts lie on the server in KIT_STORE: have the session's schema dropped there first.",
        )
    try:
        shutil.rmtree(session.folder)
    except OSError as error:
        raise WrongUse(f"Không xóa được {session.folder}: {error.strerror}.",
                       f"Cannot delete {session.folder}: {error.strerror}.") from None  # fmt: skip
