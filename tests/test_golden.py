"""The same seed gives the same world for ever. Meant to be another one? Then `python -m tests.golden --write`."""

import json
import subprocess
import sys

import pytest

from tests import golden


def test_every_world_is_written_down():
    assert golden.golden().keys() == golden.WORLDS.keys()


@pytest.mark.parametrize("world", golden.WORLDS)
def test_golden(world):
    assert golden.hashes(world) == golden.golden()[world]


def test_the_command_finds_a_difference(tmp_path, monkeypatch, capsys):
    few = {name: golden.WORLDS[name] for name in list(golden.WORLDS)[:1]}
    monkeypatch.setattr(golden, "WORLDS", few)
    monkeypatch.setattr(golden, "FILE", tmp_path / "golden.json")
    assert golden.main(["--write"]) == 0
    assert golden.main([]) == 0
    written = golden.golden()
    written["people of 79, seed 1"]["citizens"] = "0" * 32
    (tmp_path / "golden.json").write_text(json.dumps(written))
    assert golden.main([]) == 1
    assert "different: people of 79, seed 1: citizens" in capsys.readouterr().out


def test_it_needs_few_packages():
    """What .ci/older_numbers.txt installs must do."""
    # It ends at once: a library's thread that still starts can abort an interpreter that is being taken down.
    names = "print(*{name.split('.')[0] for name in sys.modules}, flush=True)"
    asked = f"import os, sys, tests.golden; {names}; os._exit(0)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    loaded = done.stdout.split()
    assert done.returncode == 0 and "pandas" in loaded, done.stderr
    assert not {"pytest", "faker", "pydantic", "sqlalchemy", "matplotlib", "ipywidgets"} & set(loaded)
