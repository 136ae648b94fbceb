"""Finds the Chromium that the browser tests drive; installs Debian's when it may, else says what to install.

Run as a script before the tests: ends with 1 only when CI=true and there is still no browser.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

LIGHT = "chromium-headless-shell"  # Debian's Chromium without window and toolbar: a page costs half
NAMES = (LIGHT, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = """\
Chưa có trình duyệt Chromium: các kiểm thử bằng trình duyệt bị bỏ qua. Hãy cài rồi chạy lại:
No Chromium browser: the browser tests are skipped. Install one and run again:
  Debian         sudo apt-get install chromium-headless-shell
  Ubuntu         sudo snap install chromium
  Fedora         sudo dnf install chromium
  macOS          brew install --cask chromium
  Google Chrome cũng dùng được / Google Chrome will do as well: google-chrome"""


def find_chromium() -> str | None:
    """The browser's path: the variable CHROMIUM if set, else the first known name on the PATH, else None."""
    named = os.environ.get("CHROMIUM")
    return named if named else next(filter(None, map(shutil.which, NAMES)), None)


def browser_is_required() -> bool:
    """On a build server a missing browser is a failure."""
    return os.environ.get("CI", "").lower() == "true"


def _may_install() -> bool:
    release = Path("/etc/os-release")
    debian = release.is_file() and "ID=debian" in release.read_text(encoding="utf-8").splitlines()
    return debian and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install() -> None:
    print(f"Đang cài / installing: {LIGHT}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", LIGHT]):
        done = subprocess.run(["apt-get", "-qq", *command], env=quiet, capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stderr.strip()[-2000:], file=sys.stderr)


def main() -> int:
    """Install what is missing if that is possible, and say how things stand."""
    if not (os.environ.get("CHROMIUM") or shutil.which(LIGHT)) and _may_install():
        _install()
    found = find_chromium()
    print(f"Chromium: {found}" if found else ADVICE, file=sys.stdout if found else sys.stderr)
    return 1 if found is None and browser_is_required() else 0


if __name__ == "__main__":
    sys.exit(main())
