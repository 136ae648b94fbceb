"""JupyterLab for trainers and authors: opens on the kit's start page; its cards appear where the launcher library is.

The cards need the optional package `jupyter-app-launcher` (extra `lab`); without it everything else is the same.
"""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from kit import home

WORKSPACE = "rehearsal"
START = "notebooks/start.md"
CARDS = Path(__file__).parent / "launcher"
SETTINGS = Path(__file__).parent / "config"


def workspace() -> str:
    """The workspace as JupyterLab reads it: the start page, shown as a page, and nothing else open."""
    page = f"markdownviewer-widget:{START}"
    dock = {"type": "tab-area", "currentIndex": 0, "widgets": [page]}
    data = {"layout-restorer:data": {"main": {"dock": dock}},
            page: {"data": {"path": START, "factory": "Markdown Preview"}}}  # fmt: skip
    return json.dumps({"data": data, "metadata": {"id": WORKSPACE}})


def lab_command(port: int, folder: Path) -> list[str]:
    """The JupyterLab command on the project's folder; the workspace is put into `folder` anew each time."""
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    WorkspacesManager(str(folder)).save(WORKSPACE, workspace())
    return [
        sys.executable, "-m", "jupyterlab", f"--port={port}", "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={home.home()}",
        f"--LabApp.workspaces_dir={folder}", f"--LabApp.default_url=/lab/workspaces/{WORKSPACE}",
        # Nothing is fetched from the network: no news, no look for a newer version, no catalogue of extensions.
        "--LabApp.news_url=None", "--LabApp.extension_manager=readonly",
        "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
    ]  # fmt: skip


def lab_environment(base: Mapping[str, str]) -> dict[str, str]:
    """The server's environment: where the project, the launcher's cards and JupyterLab's settings are."""
    settings = os.pathsep.join(filter(None, [str(SETTINGS), base.get("JUPYTER_CONFIG_PATH", "")]))
    return {**base, "KIT_HOME": str(home.home()), "JUPYTER_APP_LAUNCHER_PATH": str(CARDS),
            "JUPYTER_CONFIG_PATH": settings}  # fmt: skip
