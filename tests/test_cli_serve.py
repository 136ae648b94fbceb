"""kit serve: which page is shown where, and what does not go together."""

import os
import socket
import subprocess
import sys
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from kit.cli import main
from kit.cli.apps import EXPOSED
from kit.session import Session
from tests.browser.answering import port_of_its_own, wait_for
from tests.desk_setting import PLAN, ROOT, make_home


@pytest.fixture
def home(tmp_path, monkeypatch):
    make_home(tmp_path, PLAN)
    monkeypatch.setenv("KIT_HOME", str(tmp_path))
    (tmp_path / "sessions" / "practice").rename(tmp_path / "sessions" / "july")
    return tmp_path


def test_a_session_that_is_not_prepared_is_not_served(home, capsys, monkeypatch):
    monkeypatch.setattr(os, "execve", lambda *_: pytest.fail("it would be served"))
    (home / "sessions" / "june").mkdir()
    assert main(("serve", "--session", "june")) == 2
    assert "kit session prepare june" in capsys.readouterr().err


def test_a_planned_sessions_desk_alone_at_the_classrooms_address(home):
    (home / "build" / "rehearsals").mkdir(parents=True)
    (home / "build" / "rehearsals" / "report.ipynb").write_text("{}", encoding="utf-8")
    port, log = port_of_its_own(), home / "desk.log"
    words = [sys.executable, "-m", "kit", "serve", "--session", "july", "--address", "127.0.0.2", "--port", str(port)]
    with log.open("w") as told:
        around = {**os.environ, "PYTHONPATH": str(ROOT)}
        server = subprocess.Popen(words, env=around, stdout=told, stderr=told, cwd=home)
    try:
        wait_for(f"http://127.0.0.2:{port}/voila/static/voila.js", server, log)
        with urlopen(f"http://127.0.0.2:{port}/", timeout=60) as answer:
            page = answer.read().decode()
        assert "kernelId" in page and "report.ipynb" not in page, "the desk itself, no list of reports"
        with pytest.raises(URLError):
            urlopen(f"http://127.0.0.1:{port}/", timeout=5)
    finally:
        server.terminate()
        server.wait(20)
    where, *warned = log.read_text(encoding="utf-8").splitlines()
    assert f"http://127.0.0.2:{port}/" in where and warned == EXPOSED.splitlines(), "the libraries' talk is not shown"
    assert [one.name for one in (home / "build" / "desks" / "july").iterdir()] == ["desk.ipynb"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--session", "jult"), "july"),
        (("--trainer", "--session", "july", "--address", "127.0.0.2"), "--address"),
        (("--province", "--trainer"), "--trainer"),
        (("--session", "july", "--address", "203.0.113.7"), "203.0.113.7"),
        (("--session", "july", "--state", "elsewhere"), "--state"),
    ],
)
def test_what_cannot_be_served_is_said_in_both_languages(home, capsys, monkeypatch, words, said):
    monkeypatch.setattr(os, "execve", lambda *_: pytest.fail("it would be served"))
    assert Session.named("july").folder.is_dir()
    assert main(("serve", *words)) == 2
    vi, en = capsys.readouterr().err.strip().splitlines()[:2]
    assert said in vi and said in en and vi != en


@pytest.mark.parametrize("name", ["notes.md", "desk.ipynb.txt", "nothing.ipynb"])
def test_a_file_that_is_no_notebook_is_not_served(home, capsys, monkeypatch, name):
    monkeypatch.setattr(os, "execve", lambda *_: pytest.fail("it would be served"))
    if name != "nothing.ipynb":
        (home / name).write_text("x", encoding="utf-8")
    assert main(("serve", str(home / name), "--port", str(port_of_its_own()))) == 2
    assert f"{name} has no .ipynb notebook" in capsys.readouterr().err


def test_a_port_that_another_server_has_is_told_so(home, capsys, monkeypatch):
    monkeypatch.setattr(os, "execve", lambda *_: pytest.fail("it would be served"))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert main(("serve", "--session", "july", "--port", port)) == 2
    vi, en = capsys.readouterr().err.splitlines()
    assert port in vi and "chưa dừng" in vi and port in en and "still runs" in en and "--port" in en


@pytest.mark.parametrize("address", ["", "x", "192.168.1", "192.168.1.10:80", "::1", "١٢٧.0.0.1", "0" * 5_000])
def test_an_address_is_four_numbers(home, capsys, address):
    with pytest.raises(SystemExit) as no:
        main(("serve", "--session", "july", "--address", address))
    assert no.value.code == 2 and "IPv4" in capsys.readouterr().err
