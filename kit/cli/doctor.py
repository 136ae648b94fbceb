"""kit doctor: find out why the kit would not run on this computer."""

import argparse
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from kit import home, kernels
from kit.cli.options import Commands, as_json, command
from kit.errors import KitError, of_the_system

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LABELS = {"packages": "gói / packages", "folders": "thư mục / folders", "exercises": "bài / exercises",
          "template": "giao diện / template", "browser": "trình duyệt / browser",
          "kernels": "nhân / kernels"}  # fmt: skip
PACKAGES = ("jupyterlab", "ipywidgets", "voila", "faker", "pandas", "nbval", "papermill")


def add_commands(commands: Commands) -> None:
    """Add this module's command."""
    command(commands, "doctor", doctor, "kiểm tra máy này / check this computer")


def doctor(asked: argparse.Namespace) -> int:
    """Print what was looked at, one line each; 1 when something is wrong."""
    found = {name: _tried(look) for name, look in CHECKS.items()}
    if asked.json:
        print(as_json({name: {"ok": ok, "found": text} for name, (ok, text) in found.items()}))
    else:
        for name, (ok, text) in found.items():
            print(f"{'✓' if ok else '✗'} {LABELS.get(name, name):24} {text}")
    return 0 if all(ok for ok, _ in found.values()) else 1


def _tried(look: Callable[[], tuple[bool, str]]) -> tuple[bool, str]:
    try:
        return look()
    except KitError as error:
        return False, _both(error)
    except OSError as error:
        return False, _both(of_the_system(error))


def _both(error: KitError) -> str:
    """The first of its problems in both languages, on one line."""
    return f"{error.vi.splitlines()[0]} / {error.en.splitlines()[0]}"


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
