"""kit lab: JupyterLab for trainers and authors, opened on the start page."""

import argparse
import os
import socket

from kit import home
from kit.cli.options import Commands, as_json, command, whole
from kit.errors import WrongUse

ALLOW_ROOT = "--allow-root"
TRIED = 50  # ports


def add_commands(commands: Commands) -> None:
    """Add this module's command."""
    opener = command(commands, "lab", lab, "mở JupyterLab ở trang bắt đầu / open JupyterLab on the start page")
    opener.add_argument("--port", type=whole(1, 65_535), default=8888, metavar="N", help="mặc định / default: 8888")
    opener.add_argument("more", nargs="*", metavar="-- OPTION", help="chuyển cho JupyterLab / passed to JupyterLab")


def lab(asked: argparse.Namespace) -> int:
    """Run until stopped (Ctrl+C); the address with its token is printed by JupyterLab."""
    from kit.lab import lab_command, lab_environment

    if hasattr(os, "geteuid") and os.geteuid() == 0 and ALLOW_ROOT not in asked.more:
        raise WrongUse(f"JupyterLab không chạy bằng quyền root. Nếu thật sự cần: kit lab -- {ALLOW_ROOT}",
                       f"JupyterLab does not run as root. Where it has to: kit lab -- {ALLOW_ROOT}")  # fmt: skip
    port = _free(asked.port)
    words = [*lab_command(port, home.build() / "lab"), *asked.more]
    if asked.json:
        print(as_json({"address": f"http://127.0.0.1:{port}/lab"}), flush=True)
    os.execve(words[0], words, lab_environment(os.environ))


def _free(port: int) -> int:
    """The first port from this one that nobody has; JupyterLab itself is told to take no other."""
    for number in range(port, min(port + TRIED, 65_536)):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, os.name != "nt")
            try:
                tried.bind(("127.0.0.1", number))
            except OSError:
                continue
            return number
    raise WrongUse(f"Cổng {port} và các cổng sau đều đang dùng; chọn cổng khác: --port.",
                   f"Port {port} and those after it are taken; choose another one: --port.")  # fmt: skip
