"""The bundle that a province serves: what is in it, the same each time; it fills a store and is replaced whole."""

import errno
import json
import os
import shutil
import subprocess
import sys
import venv
from dataclasses import asdict, replace
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from kit.errors import BrokenFile, KitError, WrongUse
from kit.publish import code_parts, content, manifest, requirements
from kit.publish.checking import check
from kit.seating import sit_down
from kit.session import Session
from kit.store import EventStore
from kit.store.people import Person, Seat
from tests.bundles import a_bundle, a_home, a_little_copy, a_sample, made, put, raising  # noqa: F401 - fixtures


def test_a_bundle_holds_scripts_notebook_code_and_papers_and_passes_its_own_check(bundle):
    names = manifest.files(bundle)
    tops = {name.split("/")[0] for name in names}
    assert tops == {"apps", "deploy", "kit", "session", "README.en.md", "README.vi.md", "requirements.txt", "run.py",
                    "voila.json"}  # fmt: skip
    assert len(list((bundle / "session" / "scripts").iterdir())) == 2
    assert {"deploy/rehearsal.service", "deploy/nginx.conf", "deploy/Containerfile"} <= set(names)
    assert check(bundle) == []


def test_publishing_again_gives_the_same_bytes(bundle, home_folder, tmp_path):
    again = made(home_folder, tmp_path / "two")
    assert manifest.sha256(again / manifest.NAME) == manifest.sha256(bundle / manifest.NAME)
    assert (again / manifest.NAME).read_bytes() == (bundle / manifest.NAME).read_bytes()


def test_no_module_that_knows_answers_is_in_a_bundle(bundle):
    modules = {name for name in manifest.files(bundle) if name.endswith(".py") and name.startswith("kit/")}
    assert {"kit/ui/desk.py", "kit/attempt.py", "kit/systems/onestop.py"} <= modules
    for name in ("world", "compiling", "exercise", "trainer", "cli", "key_store.py", "session"):
        assert not [module for module in modules if module.startswith(f"kit/{name}")], name
    assert "grading" not in {part for name in manifest.files(bundle) for part in Path(name).parts}


def test_what_a_desk_must_not_import_is_named_with_the_way_to_it(tmp_path):
    package = tmp_path / "kit"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "ui.py").write_text("def late():\n    from kit import key_store\n")
    (package / "key_store.py").write_text("")
    with pytest.raises(KitError, match=r"kit\.key_store.*kit\.ui > kit\.key_store"):
        code_parts.modules(("kit.ui",), tmp_path)


def test_the_code_of_a_bundle_runs_where_there_is_no_grading(bundle, tmp_path):
    """A fresh environment with the same libraries, in which the project itself is not installed."""
    python = clean_python(tmp_path / "clean")
    late = "[getattr(kit.signing, name) for name in kit.signing.__all__]"  # loaded when first asked for
    look = f"import sys, kit.ui, kit.publish.server, kit.signing\n{late}\nprint(kit.__file__)\nimport grading"
    around = {"PATH": os.environ["PATH"], "PYTHONPATH": str(bundle), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run([python, "-c", look], env=around, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert ran.stdout.strip() == str(bundle / "kit" / "__init__.py")
    assert "No module named 'grading'" in ran.stderr


def test_all_that_the_libraries_of_a_bundle_ask_for_is_locked_too(bundle):
    """Else `pip install --require-hashes` refuses: what they ask for here, with extras, as pip reads it."""
    locked = {requirements.plain(line.split("==")[0]) for line in (bundle / "requirements.txt").read_text().splitlines()
              if "==" in line}  # fmt: skip
    here = {requirements.plain(one.metadata["Name"]) for one in metadata.distributions()}
    waiting, seen = [(name, "") for name in locked & here] + [("psycopg", "binary")], set()
    while waiting:
        name, extra = part = waiting.pop()
        for one in () if part in seen else map(Requirement, metadata.requires(name) or []):
            if one.marker is None or one.marker.evaluate({"extra": extra}):
                assert requirements.plain(one.name) in locked, (part, one.name)
                waiting += [(one.name, more) for more in ("", *one.extras)]
        seen.add(part)


def clean_python(folder: Path) -> str:
    venv.create(folder, with_pip=False)
    libraries = next(Path(place) for place in sys.path if place.endswith("site-packages"))
    inside = next((folder / "lib").glob("python3*")) / "site-packages"
    (inside / "libraries.pth").write_text(f"{libraries}\n")
    return str(folder / "bin" / "python")


def test_a_store_made_of_a_bundle_holds_what_the_session_had(bundle, home_folder):
    store = EventStore("sqlite://")
    content.fill(store, bundle)
    content.fill(store, bundle)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(home_folder))
        was = Session.named("practice").store()
    assert sorted(store.scripts()) == sorted(was.scripts())
    assert store.people.all() == was.people.all()
    assert store.people.seats() == was.people.seats()


def test_filling_again_keeps_a_revoked_invitation(bundle):
    store = EventStore("sqlite://")
    content.fill(store, bundle)
    store.people.add([replace(store.people.person("HV-001"), invitation=2)], [])
    content.fill(store, bundle)
    assert store.people.person("HV-001").invitation == 2


def test_filling_again_takes_corrections_but_for_what_has_begun(bundle, tmp_path):
    shutil.copytree(bundle / "session", tmp_path / "session")
    store = EventStore("sqlite://")
    content.fill(store, bundle)
    (exercise,) = {exercise for _, exercise in store.scripts()}

    def filled(name: str, mode: str) -> list[Seat]:
        people = [asdict(Person(code, name, "26740")) for code in ("A", "B")]
        seats = [asdict(Seat(code, exercise, store.scripts()[0][0], mode)) for code in ("A", "B")]
        for file, rows in ((content.PEOPLE, people), (content.SEATS, seats)):
            (tmp_path / file).write_text(json.dumps(rows), encoding="utf-8")
        return content.fill(store, tmp_path)

    assert filled("Huấn", "practice") == []
    sit_down(store, store.people.seats("A")[0], store.people.person("A"))
    assert [seat.person for seat in filled("Huân", "assessed")] == ["A"]
    assert [store.people.person(code).name for code in ("A", "B")] == ["Huân", "Huân"]
    assert [store.people.seats(code)[0].mode for code in ("A", "B")] == ["practice", "assessed"]


def test_publishing_again_deletes_nothing_that_is_no_part_of_a_bundle(home_folder, little):
    put("state/sessions/practice/attempts.sqlite", "what people did")(little)
    with pytest.raises(WrongUse, match=r"no bundle: state/sessions/practice/attempts\.sqlite\."):
        made(home_folder, little)
    assert (little / "state" / "sessions" / "practice" / "attempts.sqlite").read_text() == "what people did"


@pytest.mark.parametrize("wrong", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device"),
                                   BrokenFile([("x", "x")])])  # fmt: skip
def test_where_publishing_stops_the_earlier_bundle_stays_and_nothing_else(wrong, home_folder, little, monkeypatch):
    was = manifest.sha256(little / manifest.NAME)
    monkeypatch.setattr(manifest, "write", raising(wrong))
    for folder in (little, little.parent / "new"):
        with pytest.raises((type(wrong), WrongUse)):
            made(home_folder, folder)
    assert manifest.sha256(little / manifest.NAME) == was and list(manifest.differences(little)) == []
    assert [one.name for one in little.parent.iterdir()] == [little.name]


def test_a_bundle_takes_the_place_of_an_earlier_one(home_folder, bundle, little):
    made(home_folder, little)
    assert manifest.read(little) == manifest.read(bundle) and list(manifest.differences(little)) == []
    assert [one.name for one in little.parent.iterdir()] == [little.name]


def test_a_folder_with_other_things_is_not_overwritten(home_folder, tmp_path):
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(WrongUse, match="something else"):
        made(home_folder, tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "x"
