import pytest

from kit import home
from kit.errors import WrongUse


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    place = tmp_path / "kit copy"
    (place / "datasets").mkdir(parents=True)
    (place / "datasets" / "units.csv").write_text("code\n")
    (place / "notebooks" / "deep").mkdir(parents=True)
    monkeypatch.delenv("KIT_HOME", raising=False)
    return place


def test_variable_wins(elsewhere, monkeypatch):
    monkeypatch.setenv("KIT_HOME", str(elsewhere))
    assert home.home() == elsewhere
    assert home.exercises() == elsewhere / "exercises"


def test_found_above_the_current_folder(elsewhere, monkeypatch):
    monkeypatch.chdir(elsewhere / "notebooks" / "deep")
    assert home.datasets() == elsewhere / "datasets"
    assert home.notebooks() == elsewhere / "notebooks"


def test_found_above_the_package_from_anywhere(tmp_path, monkeypatch):
    monkeypatch.delenv("KIT_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    assert (home.home() / "kit" / "home.py").is_file()


def test_a_wrong_variable_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("KIT_HOME", str(tmp_path))
    with pytest.raises(WrongUse, match="KIT_HOME") as caught:
        home.home()
    assert str(tmp_path) in caught.value.vi


def test_output_folders_are_made(elsewhere, monkeypatch):
    monkeypatch.setenv("KIT_HOME", str(elsewhere))
    assert home.build().is_dir()
    assert home.sessions().is_dir()
    assert {path.name for path in elsewhere.iterdir()} >= {"build", "sessions"}
