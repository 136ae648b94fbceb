"""The kit command as a process: Ctrl+C, a reader that has gone, folders without rights, names that steer a terminal."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import psutil
import pytest

from kit.cli import main
from kit.session.preparing import prepare_session
from tests.rehearsed import home_in
from tests.session_files import ROSTER, made

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="signals and rights are those of POSIX")
KIT = (sys.executable, "-m", "kit")
STOPPED = (130, -signal.SIGINT)  # a shell says 130 of both; Python chooses the second within an `exec`
NO_RIGHTS = () if os.geteuid() else ("setpriv", "--inh-caps=-dac_override", "--bounding-set=-dac_override")


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("KIT_HOME", str(home_in(tmp_path)))
    return tmp_path


def heeding_ctrl_c() -> None:
    """Also where the tests run in the background of a shell, whose children ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def interrupted(place: Path, words: tuple[str, ...], when: Callable[[psutil.Process], object]) -> str:
    """What a command says that a terminal's Ctrl+C ends; no process of its own is left."""
    process = subprocess.Popen([*KIT, *words], cwd=place, text=True, stderr=subprocess.PIPE, stdout=subprocess.PIPE,
                               start_new_session=True, preexec_fn=heeding_ctrl_c)  # fmt: skip
    until = monotonic() + 60
    while not when(psutil.Process(process.pid)) and monotonic() < until:
        sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert process.returncode in STOPPED and "Traceback" not in error, error
    while (left := in_session(process.pid)) and monotonic() < until:
        sleep(0.05)
    assert left == []
    return error


def in_session(number: int) -> list[list[str]]:
    found = []
    for process in psutil.process_iter(["cmdline"]):
        try:
            found += [process.info["cmdline"]] if process.info["cmdline"] and os.getsid(process.pid) == number else []
        except ProcessLookupError:
            continue
    return found


def has_child(process: psutil.Process) -> bool:
    return bool(process.children())


def has_worker(process: psutil.Process) -> bool:
    return any(child.children() for child in process.children())


@pytest.mark.parametrize("when", [has_child, has_worker])
def test_ctrl_c_ends_a_rehearsal_with_one_line_and_whole_notebooks(place, when):
    error = interrupted(place, ("rehearse", "03", "04", "15", "--jobs", "2", "--out", str(place / "out")), when)
    assert error.endswith("Đã dừng. Stopped.\n")
    for notebook in (place / "out").glob("*.ipynb"):
        assert json.loads(notebook.read_text(encoding="utf-8"))["cells"][-1]["outputs"], "half a notebook"


@pytest.mark.parametrize("when", [has_child, has_worker])
def test_ctrl_c_ends_preparing_which_goes_on_where_it_was(place, when):
    people = "\n".join(f"{n};Người {n};HV{n:03};26740;Công chức;Tổ 1" for n in range(1, 131))
    session = made(place, "lop", roster=f"{ROSTER.splitlines()[0]}\n{people}\n")
    error = interrupted(place, ("session", "prepare", "lop", "--jobs", "2"), when)
    assert error == "\nĐã dừng. Stopped.\n"
    done = prepare_session(session)
    assert done.made + done.ready == 260


@pytest.mark.parametrize("words", [("exercises",), ("exercises", "--json"), ("--help",), ("check", "04", "--json")])
def test_nothing_is_said_to_a_reader_that_has_gone(place, words):
    assert unread("stdout", *words).stderr == b""


@pytest.mark.parametrize("words", [("play", "nosuch"), ("play", "nosuch", "--json")])
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_mistake_keeps_its_exit_code_where_nobody_reads_why(place, words, stream):
    done = unread(stream, *words)
    assert done.returncode == 2 and b"Traceback" not in (done.stdout or b"") + (done.stderr or b"")
    assert b"BrokenPipe" not in (done.stdout or b"") + (done.stderr or b"")


def unread(stream: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    """A command one of whose streams is a pipe that nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    other = {"stdout": "stderr", "stderr": "stdout"}[stream]
    around = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    try:
        return subprocess.run([*KIT, *words], timeout=60, env=around, **{stream: writer, other: subprocess.PIPE})
    finally:
        os.close(writer)


def test_a_closed_error_stream_is_no_error(place):
    done = subprocess.run(["/bin/sh", "-c", 'exec "$@" 2>&-', "sh", *KIT, "rehearse", "nosuch"], timeout=60)
    assert done.returncode == 2


def without_rights(*words: str) -> subprocess.CompletedProcess[str]:
    """A command of somebody whom a folder's rights bind."""
    if NO_RIGHTS and not shutil.which(NO_RIGHTS[0]):
        pytest.skip("nobody here whom rights bind")
    done = subprocess.run([*NO_RIGHTS, *KIT, *words], capture_output=True, text=True, encoding="utf-8", timeout=100)
    assert "Traceback" not in done.stderr + done.stdout
    return done


def test_a_session_that_cannot_be_deleted_whole_is_left_whole(place):
    session = made(place, "lop")
    prepare_session(session)
    before = sorted(session.folder.rglob("*"))
    (session.folder / "keys").chmod(0o500)
    done = without_rights("session", "remove", "lop", "--yes")
    (session.folder / "keys").chmod(0o700)
    assert done.returncode == 2 and "Chưa xóa gì." in done.stderr and "Nothing was deleted." in done.stderr
    assert sorted(session.folder.rglob("*")) == before


def test_doctor_says_in_both_languages_what_cannot_be_written(place):
    place.chmod(0o500)
    done = without_rights("doctor")
    place.chmod(0o700)
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("✗")]
    assert done.returncode == 1 and "thư mục / folders" in line
    assert "không có quyền. / Cannot read or write" in line and "Permission denied." in line


def test_what_the_doctor_says_of_a_broken_exercise_is_in_both_languages(place):
    (place / "exercises" / "04-one-stop-counter" / "guide.yaml").unlink()
    done = subprocess.run([*KIT, "doctor"], capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert done.returncode == 1 and "thiếu tệp" in done.stdout and "file missing" in done.stdout


@pytest.mark.parametrize(
    ("words", "code"), [(("report", "--session", "lop", "--attempt", "", "--out", "r"), 1), (("check", ""), 2),
                        (("report", "--session", "lop", "--attempt", "\udcff", "--out", "r"), 1),
                        (("world", "--unit", "a\x1b[31mb\x07\u202e"), 2)])  # fmt: skip
def test_a_hostile_name_is_explained_and_steers_no_terminal(place, monkeypatch, capsys, words, code):
    made(place, "lop")
    monkeypatch.chdir(place)
    assert main(words) == code
    told = capsys.readouterr().err
    assert len(told.splitlines()) >= 2 and not {"\x1b", "\x07", "\u202e"} & set(told)


def test_the_lab_tells_the_port_that_it_takes(place, monkeypatch, capsys):
    ran = []
    monkeypatch.setattr(os, "execve", lambda _, words, __: ran.extend(words))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(TypeError):  # execve never returns
            main(("lab", "--port", str(port), "--json", "--", "--allow-root"))
    (chosen,) = [int(word.removeprefix("--port=")) for word in ran if word.startswith("--port=")]
    assert chosen > port and "--ServerApp.port_retries=0" in ran and "--allow-root" in ran
    assert json.loads(capsys.readouterr().out) == {"address": f"http://127.0.0.1:{chosen}/lab"}


def test_the_lab_says_what_root_must_add(place, monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "execve", lambda *_: pytest.fail("it would be started"))
    assert main(("lab",)) == 2
    vi, en = capsys.readouterr().err.splitlines()
    assert vi.endswith("kit lab -- --allow-root") and en.endswith("kit lab -- --allow-root")
