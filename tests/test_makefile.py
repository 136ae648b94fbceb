"""The commands of the Makefile, in a folder with spaces and Vietnamese letters in its name."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TARGETS = {"help", "rehearsal", "test", "lint", "bench", "lock", "clean", "distclean"}
# Notes what it was called with, one argument a line.
RECORDER = '#!/bin/sh\nprintf "%s\\n" "${0##*/}" "$@" -- >> calls\n'


@pytest.fixture
def checkout(tmp_path):
    """A folder with the Makefile and an up-to-date environment, whose programs note how they are called."""
    folder = tmp_path / "bản sao có dấu cách"
    (folder / ".venv" / "bin").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copyfile(ROOT / name, folder / name)
    for name in ("kit", "python", "ruff", "mypy", "lint-imports"):
        program = folder / ".venv" / "bin" / name
        program.write_text(RECORDER, encoding="utf-8")
        program.chmod(0o755)
    (folder / ".venv" / "installed").touch()
    return folder


def make(folder, *arguments, **environment):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def calls(folder):
    """What was called, in order: [[program, argument, ...], ...]."""
    words = (folder / "calls").read_text(encoding="utf-8")
    return [call.split("\n") for call in words.removesuffix("\n--\n").split("\n--\n")]


def test_help_lists_every_command_in_both_languages(checkout):
    lines = make(checkout).stdout.splitlines()
    assert {line.split()[1] for line in lines} == TARGETS
    assert all(" / " in line for line in lines)


def test_a_rehearsal_without_serving(checkout):
    assert make(checkout, "rehearsal", "SERVE=no").returncode == 0
    assert calls(checkout) == [
        "kit rehearse --unit 26740 --seed 1 --player model --jobs 2 --out build/rehearsals".split()
    ]


def test_a_rehearsal_with_its_variables(checkout):
    make(checkout, "rehearsal", "UNIT=06688", "SEED=7", "PLAYER=careless", "JOBS=1", "PORT=9000")
    rehearse, serve = calls(checkout)
    assert rehearse[1:-2] == "rehearse --unit 06688 --seed 7 --player careless --jobs 1".split()
    assert serve == "kit serve build/rehearsals --port 9000".split()


def test_a_failed_rehearsal_is_not_served(checkout):
    kit = checkout / ".venv" / "bin" / "kit"
    kit.write_text(RECORDER + "exit 2\n", encoding="utf-8")
    assert make(checkout, "rehearsal").returncode != 0
    assert len(calls(checkout)) == 1


def test_the_tests_begin_with_the_browser(checkout):
    make(checkout, "test", "TESTS=tests/test_event.py", "WORKERS=0")
    assert calls(checkout) == [
        ["python", "tests/browser/ensure_chromium.py"],
        "python -m pytest -n 0 tests/test_event.py".split(),
    ]


@pytest.mark.parametrize("failing", [None, "ruff", "mypy", "lint-imports", "python"])
def test_lint_runs_every_check_even_after_a_failure(checkout, failing):
    if failing:
        (checkout / ".venv" / "bin" / failing).write_text(RECORDER + "exit 1\n", encoding="utf-8")
    assert bool(make(checkout, "lint").returncode) == bool(failing)
    assert [call[0] for call in calls(checkout)] == ["ruff", "ruff", "mypy", "lint-imports", "python"]


def test_bench_runs_every_file_says_what_each_does_and_when_there_is_none(checkout):
    assert "No benchmark" in make(checkout, "bench").stdout
    (checkout / "tests" / "bench").mkdir(parents=True)
    for name in ("store", "world"):
        about = f"How fast the {name} is: `x`, $HOME."
        (checkout / "tests" / "bench" / f"bench_{name}.py").write_text(f'"""{about}\n\n"""\n')
    (checkout / "tests" / "bench" / "served.py").touch()
    done = make(checkout, "bench")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        f"== tests/bench/bench_{name}.py: How fast the {name} is: `x`, $HOME." for name in ("store", "world")
    ]
    assert calls(checkout) == [["python", f"tests/bench/bench_{name}.py"] for name in ("store", "world")]


def test_clean_keeps_attempts_and_the_environment(checkout):
    for name in ("build", "sessions"):
        (checkout / name).mkdir()
    assert make(checkout, "clean").returncode == 0
    assert {path.name for path in checkout.iterdir() if path.is_dir()} == {"sessions", ".venv"}


@pytest.mark.parametrize("python", ["", "no-such-python", "old"])
def test_no_python_that_is_new_enough(checkout, python):
    (checkout / ".venv" / "installed").unlink()
    (checkout / "old").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (checkout / "old").chmod(0o755)
    done = make(checkout, "lint", f"PYTHON={python and './' + python}")
    assert "Cần Python từ 3.11 trở lên" in done.stderr
    assert "Python 3.11 or newer is needed" in done.stderr
    assert done.returncode != 0
    assert not (checkout / ".venv" / "installed").exists()


def test_a_python_without_venv(checkout):
    (checkout / ".venv" / "installed").unlink()
    without = checkout / "python without venv"
    without.write_text(f'#!/bin/sh\ncase "$2" in *ensurepip*) exit 1; esac\nexec "{sys.executable}" "$@"\n')
    without.chmod(0o755)
    done = make(checkout, "lint", f"PYTHON={without}")
    assert "sudo apt install python3-venv" in done.stderr
    assert "Python này thiếu mô-đun venv" in done.stderr
    assert done.returncode != 0


def test_the_first_python_that_runs_and_is_new_enough_is_taken(checkout):
    (checkout / ".venv" / "installed").unlink()
    programs = checkout / "programs"
    programs.mkdir()
    for name, body in {
        "python3.13": "exit 127",
        "python3.12": "exit 1",
        "python3.11": f'exec "{sys.executable}" "$@"',
    }.items():
        (programs / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    done = make(checkout, "-n", "lint", PATH=f"{programs}:{os.environ['PATH']}")
    assert re.search(r"python='python3\.11'", done.stdout)


def test_the_lock_s_own_pip_can_be_cut_out():
    """The Makefile installs pip first, from its lines of the lock."""
    command = next(line for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if "/^pip==/" in line)
    awk = command[command.index("awk") : command.rindex(")")].replace("$$", "$")
    cut = subprocess.run(["bash", "-c", awk], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert cut[0].startswith("pip==")
    assert all("--hash=sha256:" in line for line in cut[1:])
    assert len(cut) >= 2
