"""kit lab: JupyterLab for trainers and authors, opened on the start page."""

import argparse
import os

from kit import home
from kit.cli.options import Commands, as_json, command, whole


def add_commands(commands: Commands) -> None:
    """Add this module's command."""
    opener = command(commands, "lab", lab, "mở JupyterLab ở trang bắt đầu / open JupyterLab on the start page")
    opener.add_argument("--port", type=whole(1, 65_535), default=8888, metavar="N", help="mặc định / default: 8888")
    opener.add_argument("more", nargs="*", metavar="-- OPTION", help="chuyển cho JupyterLab / passed to JupyterLab")


def lab(asked: argparse.Namespace) -> int:
    """Run until stopped (Ctrl+C); the address with its token is printed by JupyterLab."""
    from kit.lab import lab_command, lab_environment

    words = [*lab_command(asked.port, home.build() / "lab"), *asked.more]
    if asked.json:
        print(as_json({"address": f"http://127.0.0.1:{asked.port}/lab"}), flush=True)
    os.execve(words[0], words, lab_environment(os.environ))
