"""kit serve, kit doctor: run the apps, and find out why they would not run."""

import argparse
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from kit import home, kernels
from kit.cli.options import Commands, as_json, command, whole
from kit.cli.options import folder as folder_name
from kit.errors import KitError, WrongUse
from kit.home import BUNDLE
from kit.publish.hardening import MOST_KERNELS

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("jupyterlab", "ipywidgets", "voila", "faker", "pandas", "nbval", "papermill")


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    server = command(commands, "serve", serve, "mở các trang Voila / serve the Voila apps")
    server.add_argument(
        "folder", nargs="?", type=Path, default=None, metavar="DIR", help="mặc định / default: build/rehearsals"
    )
    server.add_argument("--port", type=whole(1, 65_535), default=None, metavar="N",
                        help="8866; --trainer: 8867; --province: 8868")  # fmt: skip
    server.add_argument("--trainer", action="store_true",
                        help="phiếu chấm, chỉ cho giảng viên / the evaluator's sheet, for trainers only")  # fmt: skip
    server.add_argument("--province", action="store_true",
                        help="mức sẵn sàng của mọi đơn vị / readiness of every unit")  # fmt: skip
    server.add_argument("--session", default=home.PRACTICE, metavar="S",
                        help="đợt của --trainer, --province / session of --trainer, --province")  # fmt: skip
    server.add_argument("--kernels", type=whole(1, 10_000), default=MOST_KERNELS, metavar="N",
                        help="nhiều nhất bao nhiêu người cùng lúc / most people at once")  # fmt: skip
    server.add_argument("--state", type=folder_name, default=None, metavar="DIR",
                        help="gói phát hành ghi vào đâu / where a bundle writes")  # fmt: skip
    command(commands, "doctor", doctor, "kiểm tra máy này / check this computer")


def serve(asked: argparse.Namespace) -> int:
    """Serve until stopped (Ctrl+C)."""
    from kit.publish.serving import Place, environment, serving_command

    port = asked.port or (8867 if asked.trainer else 8868 if asked.province else 8866)
    folder = _apart(asked) if asked.trainer or asked.province else asked.folder or home.build() / "rehearsals"
    if not (asked.trainer or asked.province) and (folder / BUNDLE).is_file():
        _serve_bundle(folder.resolve(), port, asked)
    words = serving_command(folder.resolve(), Place(port, kernels=asked.kernels))
    address = f"http://127.0.0.1:{port}/"
    print(
        as_json({"address": address})
        if asked.json
        else f"Mở trình duyệt tại / open in a browser: {address}  (Ctrl+C: dừng / stop)",
        flush=True,
    )
    os.execve(words[0], words, environment({**os.environ, "KIT_SESSION": asked.session}))


def _serve_bundle(folder: Path, port: int, asked: argparse.Namespace) -> NoReturn:
    """A published bundle is checked first, and its own code runs, not this installation's."""
    from kit.publish.checking import require
    from kit.publish.serving import Place
    from kit.publish.starting import start, state_of

    require(folder)
    start(folder, state_of(folder, asked.state), Place(port, kernels=asked.kernels))


def _apart(asked: argparse.Namespace) -> Path:
    """The trainer's or the province's page alone; no folder of reports is served beside it."""
    from kit.cli.provinces import province_folder
    from kit.publish.serving import place_trainer
    from kit.session import Session

    option = "--trainer" if asked.trainer else "--province"
    if asked.folder or (asked.trainer and asked.province):
        raise WrongUse(f"{option} không đi cùng thư mục hay lựa chọn kia.", f"{option} takes no folder and goes alone.")
    Session.named(asked.session).must_exist()
    folder = place_trainer(home.build() / "trainer") if asked.trainer else province_folder(asked.session)
    return next(folder.glob("*.ipynb"))


def doctor(asked: argparse.Namespace) -> int:
    """Print what was looked at, one line each; 1 when something is wrong."""
    found = {name: _tried(look) for name, look in CHECKS.items()}
    if asked.json:
        print(as_json({name: {"ok": ok, "found": text} for name, (ok, text) in found.items()}))
    else:
        for name, (ok, text) in found.items():
            print(f"{'✓' if ok else '✗'} {name:22} {text}")
    return 0 if all(ok for ok, _ in found.values()) else 1


def _tried(look: Callable[[], tuple[bool, str]]) -> tuple[bool, str]:
    try:
        return look()
    except KitError as error:
        return False, error.vi.splitlines()[0]
    except OSError as error:
        return False, str(error)


def _python() -> tuple[bool, str]:
    return sys.version_info >= (3, 11), sys.version.split()[0]


def _packages() -> tuple[bool, str]:
    missing = [name for name in PACKAGES if not _version(name)]
    return not missing, ", ".join(f"{name} {_version(name) or 'thiếu / missing'}" for name in PACKAGES)


def _version(name: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _folders() -> tuple[bool, str]:
    fine = all(os.access(folder, os.W_OK) for folder in (home.build(), home.sessions()))
    return (
        fine,
        f"{home.home()} (build/, sessions/ {'ghi được / writable' if fine else 'KHÔNG ghi được / NOT writable'})",
    )


def _exercises() -> tuple[bool, str]:
    from kit.exercise import load_exercise, names

    return True, f"{len([load_exercise(name) for name in names()])} bài / exercises"


def _template() -> tuple[bool, str]:
    folder = Path(__file__).resolve().parent.parent / "ui" / "voila" / "templates" / "kit"
    return folder.is_dir(), "giao diện Voila / Voila template"


def _browser() -> tuple[bool, str]:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), "")
    return True, found or "không có Chromium: chỉ thiếu cho kiểm thử / no Chromium: needed for tests only"


def _kernels() -> tuple[bool, str]:
    return True, kernels.state()[1]  # an ordinary kernel is slower to start, and nothing else


CHECKS = {"Python": _python, "packages": _packages, "folders": _folders, "exercises": _exercises,
          "template": _template, "browser": _browser, "kernels": _kernels}  # fmt: skip
