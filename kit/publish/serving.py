"""Serve a folder of notebooks with Voila, hardened: no code from the browser, no files, no overrides."""

import os
import shutil
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from kit import home
from kit.errors import WrongUse

APPS = {"exercise.ipynb": "desk.ipynb", "world.ipynb": "world.ipynb"}
TRAINER_APPS = {"trainer.ipynb": "trainer.ipynb"}  # hold the keys: never in a folder that trainees reach
LOOPBACK = "127.0.0.1"
IDLE_SECONDS = 1_800
NO_FILE = "(?!)"  # a pattern that no name matches


def place_apps(folder: Path) -> None:
    """Put the trainee's desk and the world explorer beside the reports of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for source, name in APPS.items():
        shutil.copyfile(home.notebooks() / source, folder / name)


def place_trainer(folder: Path) -> Path:
    """Put the trainer's pages alone into a folder of their own; returns it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for source, name in TRAINER_APPS.items():
        shutil.copyfile(home.notebooks() / source, folder / name)
    return folder


def serving_command(folder: Path, port: int) -> list[str]:
    """The Voila command for a folder; `WrongUse` where it holds no notebook or the port is taken."""
    if not folder.is_dir() or not any(folder.glob("*.ipynb")):
        raise WrongUse(f"{folder} không có sổ tay .ipynb nào; hãy chạy `make rehearsal` trước.",
                       f"{folder} has no .ipynb notebook; run `make rehearsal` first.")  # fmt: skip
    if not 1 <= port <= 65_535 or not _free(port):
        raise WrongUse(f"Cổng {port} không dùng được; chọn cổng khác bằng --port.",
                       f"Port {port} cannot be used; choose another one with --port.")  # fmt: skip
    return [
        sys.executable, "-m", "voila", str(folder), "--no-browser", f"--port={port}", f"--Voila.ip={LOOPBACK}",
        "--template=kit", "--VoilaConfiguration.strip_sources=True", "--show_tracebacks=False",
        "--VoilaConfiguration.allow_template_override=NO", "--VoilaConfiguration.allow_theme_override=NO",
        f"--VoilaConfiguration.file_allowlist={NO_FILE}", "--MappingKernelManager.cull_interval=60",
        f"--MappingKernelManager.cull_idle_timeout={IDLE_SECONDS}", "--MappingKernelManager.cull_connected=False",
        "--KernelManager.transport_encryption=auto",
        # The page's "I am closed" message carries no token, only the kernel's random id, which no other site knows.
        "--Voila.tornado_settings={'disable_check_xsrf': True}",
    ]  # fmt: skip


def environment(base: Mapping[str, str]) -> dict[str, str]:
    """The server's environment: where the project is, and where Voila finds the kit's template."""
    ours = str(Path(__file__).resolve().parent.parent / "ui")
    paths = [ours, base.get("JUPYTER_PATH", "")]
    return {**base, "KIT_HOME": str(home.home()), "JUPYTER_PATH": os.pathsep.join(filter(None, paths))}


def _free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True
