"""Serve a folder of notebooks, or one, with Voila, hardened: no code from the browser, no files, no overrides."""

import errno
import json
import os
import shutil
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlunsplit

from kit import home
from kit.errors import WrongUse
from kit.publish.hardening import LOOPBACK, MOST_KERNELS, as_options

APPS = {"exercise.ipynb": "desk.ipynb", "world.ipynb": "world.ipynb"}
TRAINER_APPS = {"trainer.ipynb": "trainer.ipynb"}  # hold the keys: never in a folder that trainees reach
PROVINCE_APPS = {"province.ipynb": "province.ipynb"}  # holds figures of groups alone
TITLES = "titles.json"
LAST_PORT = 65_535
MOST_ASKED = 10_000  # visitors at once that anybody may ask for
REFUSED = {  # what the system says of a port
    errno.EADDRINUSE: ("đang có chương trình khác dùng, có thể là một kit serve chưa dừng",
                       "another program has it, perhaps a kit serve that still runs"),
    errno.EACCES: ("không có quyền; dùng cổng từ 1024 trở lên", "not permitted; use a port from 1024 on"),
    errno.EADDRNOTAVAIL: ("địa chỉ này không phải của máy này", "this computer does not have the address"),
}  # fmt: skip
EVERYWHERE = "0.0.0.0"  # what an operator may ask for, never the default
SERVER = ("-W", "ignore::DeprecationWarning", "-m", "kit.publish.server")


@dataclass(frozen=True)
class Place:
    """Where a server listens, and for how many visitors at once."""

    port: int
    address: str = LOOPBACK
    kernels: int = MOST_KERNELS

    def __post_init__(self) -> None:
        for name, value, most in (("port", self.port, LAST_PORT), ("kernels", self.kernels, MOST_ASKED)):
            if not 1 <= value <= most:
                raise WrongUse(f"--{name} {value}: số nguyên từ 1 đến {most}.",
                               f"--{name} {value}: a whole number, 1 to {most}.")  # fmt: skip

    @property
    def url(self) -> str:
        """What to open in a browser."""
        host = socket.gethostname() if self.address == EVERYWHERE else self.address
        return urlunsplit(("http", f"{host}:{self.port}", "/", "", ""))


def place_apps(folder: Path, titles: Mapping[str, Mapping[str, str]] | None = None) -> None:
    """Put the trainee's desk and the world explorer beside the reports of a folder.

    `titles`: of exercises, {"vi", "en"}, for the list of the reports; what the folder knows already stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for source, name in APPS.items():
        shutil.copyfile(home.notebooks() / source, folder / name)
    (folder / TITLES).write_text(json.dumps({**titles_in(folder), **(titles or {})}, ensure_ascii=False), "utf-8")


def titles_in(folder: Path) -> dict[str, dict[str, str]]:
    """The titles of the exercises whose reports lie in a folder; none where nobody told."""
    try:
        told = json.loads((folder / TITLES).read_text(encoding="utf-8"))
        return {str(name): {one: str(title[one]) for one in ("vi", "en")} for name, title in told.items()}
    except (OSError, ValueError, AttributeError, KeyError, TypeError):
        return {}


def place_desk(folder: Path) -> Path:
    """Put the desk alone into a folder; returns its page."""
    return _place_apart({"exercise.ipynb": "desk.ipynb"}, folder) / "desk.ipynb"


def place_trainer(folder: Path) -> Path:
    """Put the trainer's pages alone into a folder of their own; returns it."""
    return _place_apart(TRAINER_APPS, folder)


def place_province(folder: Path) -> Path:
    """Put the province's page alone into a folder of its own; returns it."""
    return _place_apart(PROVINCE_APPS, folder)


def _place_apart(apps: Mapping[str, str], folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for source, name in apps.items():
        shutil.copyfile(home.notebooks() / source, folder / name)
    return folder


def serving_command(shown: Path, place: Place | int) -> list[str]:
    """The command that serves a folder or one notebook; `WrongUse` where there is none or the port is taken."""
    if not ((shown.is_file() and shown.suffix == ".ipynb") or any(shown.glob("*.ipynb"))):
        raise WrongUse(f"{shown} không có sổ tay .ipynb nào; hãy chạy `make rehearsal` trước.",
                       f"{shown} has no .ipynb notebook; run `make rehearsal` first.")  # fmt: skip
    where = place if isinstance(place, Place) else Place(place)
    _require_free(where)
    return [sys.executable, *SERVER, str(shown), "--no-browser", f"--port={where.port}", *as_options(),
            f"--Voila.ip={where.address}", f"--VisitorKernels.most={where.kernels}"]  # fmt: skip


def environment(base: Mapping[str, str]) -> dict[str, str]:
    """The server's environment: where the project is, and where Voila finds the kit's template."""
    ours = str(Path(__file__).resolve().parent.parent / "ui")
    paths = [ours, base.get("JUPYTER_PATH", "")]
    return {**base, "KIT_HOME": str(home.home()), "JUPYTER_PATH": os.pathsep.join(filter(None, paths))}


def _require_free(place: Place) -> None:
    """Raise `WrongUse` saying why a port cannot be listened on."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((place.address, place.port))
    except OSError as error:
        vi, en = REFUSED.get(error.errno or 0, (str(error.strerror), str(error.strerror)))
        raise WrongUse(f"Không mở được cổng {place.port} ở {place.address}: {vi}. Chọn cổng khác: --port.",
                       f"Port {place.port} of {place.address} cannot be used: {en}. Choose another one: --port."
                       ) from None  # fmt: skip
