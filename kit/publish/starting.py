"""Start a published bundle: check it against its manifest, make its store ready, hand over to the hardened server."""

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from kit.errors import BrokenFile, KitError, NotFound, WrongUse, cannot_write, of_the_system
from kit.identity import Gate
from kit.publish import content, manifest
from kit.publish.hardening import LOOPBACK, MOST_KERNELS
from kit.publish.serving import Place, serving_command
from kit.store import STORE_FILE, EventStore
from kit.store.engines import on_server

PORT = 8866
DESK = Path("apps") / "desk.ipynb"
# What a kernel inherits of the operator's environment; everything else, other programs' secrets say, stays outside.
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "JUPYTER_PATH", "SYSTEMROOT", "VIRTUAL_ENV")


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the bundle in which this code lies; 1 where it was changed, 2 for wrong use."""
    folder = Path(__file__).resolve().parents[2]
    asked = _parser().parse_args(arguments)
    try:
        start(folder, state_of(folder, asked.state), Place(asked.port, asked.address, asked.kernels))
    except (KitError, OSError) as error:
        told = of_the_system(error) if isinstance(error, OSError) else error
        sys.stderr.write(f"{told.vi}\n{told.en}\n")
        return told.exit_code


def start(folder: Path, state: Path, place: Place) -> NoReturn:
    """Serve a bundle until stopped: this process becomes the server."""
    command, around = ready(folder, state, place)
    sys.stdout.write(f"Mở trình duyệt tại / open in a browser: {place.url}  (Ctrl+C: dừng / stop)\n")
    sys.stdout.flush()
    os.chdir(state)
    os.execve(command[0], command, around)


def ready(folder: Path, state: Path, place: Place) -> tuple[list[str], dict[str, str]]:
    """The server's command and environment, its store filled; `BrokenFile` names every file that was changed."""
    around = prepared(folder, state)
    _require_gate(folder, around)
    return serving_command(folder / DESK, place), around


def prepared(folder: Path, state: Path) -> dict[str, str]:
    """The environment of a bundle's servers, their store filled; `BrokenFile` names every file that was changed.

    `WrongUse` where the state would be a part of the bundle.
    """
    if _lies_in(state, folder):
        raise WrongUse(f"{state} nằm trong gói; hãy ghi ở nơi khác (--state, KIT_STATE).",
                       f"{state} lies in the bundle; write elsewhere (--state, KIT_STATE).")  # fmt: skip
    problems = list(manifest.differences(folder))
    if problems:
        raise BrokenFile(problems)
    around = environment(os.environ, folder, _made(state))
    store = store_of(around)
    for seat in content.fill(store, folder):
        sys.stderr.write(f"{seat.person} ({seat.exercise}): đã bắt đầu, giữ như cũ / has begun, stays as it was\n")
    store.engine.dispose()
    return around


def _require_gate(folder: Path, around: Mapping[str, str]) -> None:
    """Raise `WrongUse` where people are to come in by link or code and the server could not check any."""
    if not json.loads((folder / content.PEOPLE).read_text(encoding="utf-8")):
        return
    place = store_file(around).parent
    try:
        Gate.at(around["KIT_SESSION"], place)
    except (NotFound, OSError):
        file = around.get("KIT_JOIN_FILE") or place / "joining" / "secret"
        raise WrongUse(f"Máy chủ chưa có khóa để nhận mã vào lớp: không đọc được khóa ở {file} (KIT_JOIN_FILE).",
                       f"The server has no secret for join codes: none to read at {file} (KIT_JOIN_FILE).",
                       ) from None  # fmt: skip


def store_of(around: Mapping[str, str]) -> EventStore:
    """The session's store in this environment: on the PostgreSQL server of KIT_STORE, else in a file."""
    file, url = store_file(around), around.get("KIT_STORE", "")
    return EventStore(url, around["KIT_SESSION"]) if url else EventStore.at(file)


def store_file(around: Mapping[str, str]) -> Path:
    """The file of KIT_STORE, else the state's; `WrongUse` for memory, a file that depends on the folder, the bundle."""
    url = around.get("KIT_STORE", "")
    if not url or on_server(url):
        return Path(around["KIT_STATE"]) / "sessions" / around["KIT_SESSION"] / STORE_FILE
    file = Path(url.partition(":///")[2])
    if not file.is_absolute() or _lies_in(file, Path(around["KIT_HOME"])):
        raise WrongUse("KIT_STORE phải là postgresql+psycopg://... hoặc sqlite:////THƯ/MỤC/TỆP nằm ngoài gói.",
                       "KIT_STORE must be postgresql+psycopg://... or sqlite:////FOLDER/FILE outside the bundle.",
                       )  # fmt: skip
    return file


def _lies_in(place: Path, folder: Path) -> bool:
    return place.resolve().is_relative_to(folder.resolve())


def environment(base: Mapping[str, str], folder: Path, state: Path) -> dict[str, str]:
    """What the server and its kernels see: the bundle, its state, the store's address, and little else.

    Nothing is written into HOME, which a service's account may not have.
    """
    kept = {name: value for name, value in base.items() if name in KEPT or name.startswith(("KIT_", "PG"))}
    if kept.get("KIT_JOIN_FILE"):
        kept["KIT_JOIN_FILE"] = str(Path(kept["KIT_JOIN_FILE"]).absolute())  # the server runs in another folder
    look = [str(folder / "kit" / "ui"), kept.get("JUPYTER_PATH", "")]
    session = str(manifest.read(folder)["session"])
    return {
        **kept, "KIT_HOME": str(folder), "KIT_STATE": str(state), "KIT_SESSION": session, "PYTHONPATH": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1", "PYTHONNOUSERSITE": "1", "JUPYTER_PATH": os.pathsep.join(filter(None, look)),
        "JUPYTER_CONFIG_DIR": str(state / "jupyter"), "JUPYTER_RUNTIME_DIR": str(state / "runtime"),
        "JUPYTER_DATA_DIR": str(state / "data"), "IPYTHONDIR": str(state / "ipython"),
    }  # fmt: skip


def state_of(folder: Path, named: Path | None) -> Path:
    """Where a bundle writes: the folder named, systemd's, KIT_STATE, else beside the bundle."""
    given = named or os.environ.get("KIT_STATE") or os.environ.get("STATE_DIRECTORY", "").split(":")[0]
    return Path(given).resolve() if given else folder.with_name(f"{folder.name}.state")


def _made(state: Path) -> Path:
    """The state's folder, readable by its owner alone; `WrongUse` where it cannot be made."""
    try:
        state.mkdir(parents=True, exist_ok=True, mode=0o700)
        for part in ("jupyter", "runtime", "data"):
            (state / part).mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise cannot_write(state, error) from None
    return state


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run.py", description="Mở gói diễn tập. Serve this rehearsal bundle.")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--address", default=LOOPBACK, help="chỉ đổi trong hộp chứa / only inside a container")
    parser.add_argument("--state", type=Path, default=None, metavar="DIR", help="nơi ghi dữ liệu / where it writes")
    parser.add_argument("--kernels", type=int, default=MOST_KERNELS, metavar="N",
                        help="nhiều nhất bao nhiêu người cùng lúc / most people at once")  # fmt: skip
    return parser


if __name__ == "__main__":
    sys.exit(main())
