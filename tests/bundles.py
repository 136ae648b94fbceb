"""A bundle to test with: published once for a process, and a small one that is checked soon."""

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from kit.publish import manifest
from kit.publish.bundle import publish
from kit.session import Session
from kit.store.people import Person, Seat
from tests.desk_setting import PLAN, ROOT, make_home

HCM = ("79", "Thành phố Hồ Chí Minh")


@cache
def home_with_a_session(base: Path) -> Path:
    folder = base / "home-with-a-session"
    folder.mkdir()
    (folder / "requirements.lock").symlink_to(ROOT / "requirements.lock")
    session = make_home(folder, replace(PLAN, seats=2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(folder))
        store = session.store()
        first = store.scripts()[0]
        store.people.add(
            [Person("HV-001", "Nguyễn Thị Tập", "26740")], [Seat("HV-001", first[1], first[0], "assessed")]
        )
    return folder


@cache
def published(base: Path) -> Path:
    return made(home_with_a_session(base), base / "dist" / "one")


def made(home_folder: Path, out: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(home_folder))
        publish(Session.named("practice"), HCM, out)
    return out


@cache
def with_little_code(base: Path) -> Path:
    """A bundle with little code, which is checked soon; the rules look at each file by itself."""
    folder = shutil.copytree(published(base), base / "sample" / "one")
    for part in (one for one in (folder / "kit").iterdir() if one.is_dir()):
        shutil.rmtree(part)
    for one in sorted((folder / "session" / "scripts").iterdir())[1:]:
        one.unlink()
    listed(folder)
    return folder


@pytest.fixture(name="home_folder")
def a_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return home_with_a_session(tmp_path_factory.getbasetemp())


@pytest.fixture(name="bundle")
def a_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.getbasetemp())


@pytest.fixture(name="sample")
def a_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_little_code(tmp_path_factory.getbasetemp())


@pytest.fixture(name="little")
def a_little_copy(sample: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sample, tmp_path / "copy")


def raising(wrong: BaseException):
    def fail(*_: object) -> None:
        raise wrong

    return fail


def listed(folder: Path) -> None:
    """Enter what was planted into the manifest, as somebody would who wants it published."""
    about = {key: value for key, value in manifest.read(folder).items() if key not in ("files", "format")}
    manifest.write(folder, about)


def put(name: str, text: str):
    def plant(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    return plant
