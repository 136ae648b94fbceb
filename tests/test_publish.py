"""The bundle that a province serves: what is in it, the same each time, and that its check finds what may not be."""

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
from kit.identity import SECRET_BYTES
from kit.publish import code_parts, content, manifest, notebooks, requirements, starting
from kit.publish.bundle import publish
from kit.publish.checking import check, require
from kit.publish.serving import Place
from kit.seating import sit_down
from kit.session import Session
from kit.store import EventStore
from kit.store.people import Person, Seat
from tests.desk_setting import PLAN, ROOT, make_home
from tests.nginx_front import ports

HCM = ("79", "Thành phố Hồ Chí Minh")


@pytest.fixture(scope="module")
def home_folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("home")
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


@pytest.fixture(scope="module")
def bundle(home_folder, tmp_path_factory) -> Path:
    return made(home_folder, tmp_path_factory.mktemp("dist") / "one")


def made(home_folder: Path, out: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(home_folder))
        publish(Session.named("practice"), HCM, out)
    return out


@pytest.fixture(scope="module")
def sample(bundle, tmp_path_factory) -> Path:
    """A bundle with little code, which is checked soon; the rules look at each file by itself."""
    folder = shutil.copytree(bundle, tmp_path_factory.mktemp("sample") / "one")
    for part in (one for one in (folder / "kit").iterdir() if one.is_dir()):
        shutil.rmtree(part)
    for one in sorted((folder / "session" / "scripts").iterdir())[1:]:
        one.unlink()
    listed(folder)
    return folder


@pytest.fixture
def little(sample, tmp_path) -> Path:
    return shutil.copytree(sample, tmp_path / "copy")


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


def test_a_changed_bundle_is_not_started(little, tmp_path):
    (little / "kit" / "attempt.py").write_text("print('mine')\n")
    with pytest.raises(BrokenFile, match=r"kit/attempt\.py: changed"):
        starting.ready(little, tmp_path / "state", Place(8866))


def test_only_what_a_desk_needs_of_the_operators_environment_reaches_it(bundle, tmp_path):
    base = {
        "PATH": "p",
        "AWS_SECRET": "x",
        "KIT_STORE": "postgresql://db.example/kit",
        "SSH_AUTH_SOCK": "y",
        "PGHOST": "db",
    }
    around = starting.environment(base, bundle, tmp_path)
    assert not {"AWS_SECRET", "SSH_AUTH_SOCK"} & set(around)
    assert (around["KIT_STORE"], around["PGHOST"]) == ("postgresql://db.example/kit", "db")
    assert around["PYTHONPATH"] == str(bundle)


@pytest.mark.parametrize("secret", ["", "elsewhere", "short"])
def test_a_server_that_could_let_nobody_in_is_not_started(secret, bundle, tmp_path, monkeypatch):
    (tmp_path / "short").write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KIT_JOIN_FILE", secret)
    with pytest.raises(WrongUse, match=r"no secret for join codes.*KIT_JOIN_FILE") as no:
        starting.ready(bundle, tmp_path / "state", Place(ports(1)[0]))
    assert str(tmp_path / (secret or "state/sessions/practice/joining/secret")) in no.value.vi


def test_the_secrets_file_may_be_named_from_where_the_server_is_started(bundle, tmp_path, monkeypatch):
    (tmp_path / "joining").write_bytes(b"x" * SECRET_BYTES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KIT_JOIN_FILE", "joining")
    _, around = starting.ready(bundle, tmp_path / "state", Place(ports(1)[0]))
    assert around["KIT_JOIN_FILE"] == str(tmp_path / "joining")


def test_behind_a_hub_no_secret_is_needed(bundle, tmp_path, monkeypatch):
    monkeypatch.delenv("KIT_JOIN_FILE", raising=False)
    assert starting.prepared(bundle, tmp_path / "state")["KIT_SESSION"] == "practice"


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///attempts.sqlite",
                                 "sqlite:///file:/tmp/x?uri=true", "sqlite:///{bundle}/attempts.sqlite",
                                 "sqlite:///{bundle}/../one/session/x.sqlite", "mysql:///x"])  # fmt: skip
def test_a_store_that_would_not_last_or_lies_in_the_bundle_is_refused(url, bundle, tmp_path, monkeypatch):
    monkeypatch.setenv("KIT_STORE", url.format(bundle=bundle))
    with pytest.raises(WrongUse, match=r"KIT_STORE must be .*outside the bundle"):
        starting.prepared(bundle, tmp_path / "state")
    assert list(manifest.differences(bundle)) == []


def test_a_store_in_a_file_elsewhere_is_used_with_the_secret_beside_it(bundle, tmp_path, monkeypatch):
    (tmp_path / "joining").mkdir()
    (tmp_path / "joining" / "secret").write_bytes(b"x" * SECRET_BYTES)
    monkeypatch.delenv("KIT_JOIN_FILE", raising=False)
    monkeypatch.setenv("KIT_STORE", f"sqlite:///{tmp_path}/x.sqlite")
    _, around = starting.ready(bundle, tmp_path / "state", Place(ports(1)[0]))
    assert len(EventStore(around["KIT_STORE"]).scripts()) == 2


@pytest.mark.parametrize("way", ["--state", "KIT_STATE", "STATE_DIRECTORY"])
def test_a_bundle_does_not_write_into_itself(way, bundle, monkeypatch):
    for name in ("KIT_STATE", "STATE_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    inside = bundle / "session" / "state"
    if way != "--state":
        monkeypatch.setenv(way, str(inside))
    state = starting.state_of(bundle, inside if way == "--state" else None)
    with pytest.raises(WrongUse, match="lies in the bundle"):
        starting.ready(bundle, state, Place(8866))
    assert not inside.exists()


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


def raising(wrong: BaseException):
    def fail(*_: object) -> None:
        raise wrong

    return fail


@pytest.mark.parametrize("count", ["0", "-3", "10001"])
def test_a_number_of_visitors_that_makes_no_sense_is_wrong_use(count, capsys):
    assert starting.main(["--kernels", count]) == 2
    vi, en = capsys.readouterr().err.strip().splitlines()
    assert vi == f"--kernels {count}: số nguyên từ 1 đến 10000." and en.endswith("a whole number, 1 to 10000.")


def test_a_full_disk_is_told_where_a_bundle_starts(capsys, monkeypatch):
    monkeypatch.setattr(starting, "start", raising(OSError(errno.ENOSPC, "No space left on device", "/x/y")))
    assert starting.main([]) == 1
    vi, en = capsys.readouterr().err.strip().splitlines()
    assert (vi, en) == (
        "Không đọc hoặc ghi được /x/y: đĩa đã đầy.",
        "Cannot read or write /x/y: No space left on device.",
    )


@pytest.mark.parametrize("name", ["x = 1\nimport os", "language; y", "store_url", "__class__", "Language"])
def test_papermill_gets_no_parameter_name_that_is_not_declared(name, tmp_path):
    with pytest.raises(WrongUse):
        notebooks.prepare(ROOT / "notebooks" / "exercise.ipynb", tmp_path / "x.ipynb", {name: "vi"}, "T")
    assert not (tmp_path / "x.ipynb").exists()


@pytest.mark.parametrize("value", ["{7*7}", "vi\nimport os", "", "VI"])
def test_papermill_gets_no_value_of_another_form(value, tmp_path):
    with pytest.raises(WrongUse):
        notebooks.prepare(ROOT / "notebooks" / "exercise.ipynb", tmp_path / "x.ipynb", {"language": value}, "T")


def test_a_folder_with_other_things_is_not_overwritten(home_folder, tmp_path):
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(WrongUse, match="something else"):
        made(home_folder, tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "x"


def listed(folder: Path) -> None:
    """Enter what was planted into the manifest, as somebody would who wants it published."""
    about = {key: value for key, value in manifest.read(folder).items() if key not in ("files", "format")}
    manifest.write(folder, about)


def put(name: str, text: str):
    def plant(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    return plant


def cells(change):
    def plant(folder: Path) -> None:
        file = folder / "apps" / "desk.ipynb"
        notebook = json.loads(file.read_text())
        change(notebook["cells"])
        file.write_text(json.dumps(notebook))

    return plant


def script(change):
    def plant(folder: Path) -> None:
        file = next((folder / "session" / "scripts").iterdir())
        data = json.loads(file.read_text())
        change(data)
        file.write_text(json.dumps(data, ensure_ascii=False))

    return plant


def code_cell(source: str) -> dict:
    return {"cell_type": "code", "id": "more", "metadata": {}, "outputs": [], "execution_count": None, "source": source}


def link(folder: Path) -> None:
    (folder / "apps" / "way.ipynb").symlink_to("/etc/hostname")


def link_folder(folder: Path) -> None:
    (folder / "apps" / "more").symlink_to("/etc")


def open_voila(folder: Path) -> None:
    settings = json.loads((folder / "voila.json").read_text())
    settings["VoilaConfiguration"]["file_allowlist"] = [".*"]
    (folder / "voila.json").write_text(json.dumps(settings))


PLANTED = {
    "a guide": (put("kit/guide.yaml", "x: 1\n"), "an evaluation guide"),
    "a key": (put("session/keys/keys.sqlite", "x"), "keys"),
    "a store": (put("session/attempts.sqlite", "x"), "kind of file"),
    "the grading code": (put("kit/grading/evaluate.py", "x = 1\n"), "the grading code"),
    "an import of it": (put("kit/more.py", "def late():\n    import grading.evaluate\n"), "imports what may not"),
    "an import of the world": (put("kit/more.py", "from kit import world\n"), r"imports.*kit\.world"),
    "an exercise": (put("exercises/01-x/scenario.yaml", "x: 1\n"), "an exercise's sources"),
    "a path": (put("kit/words/more.toml", 'where = "/home/ann/kit/x"\n'), "an absolute path: /home/ann"),
    "a folder of its own": (put("notes/x.txt", "x"), "belongs to no part"),
    "a link": (link, "a link"),
    "a link to a folder": (link_folder, "a link"),
    "a private key": (put("deploy/tls.txt", "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n"), "private key"),
    "a password": (put("deploy/x.txt", "KIT_STORE=postgresql://kit:hunter22@db.example/kit"), "a password"),
    "outputs": (cells(lambda all_: all_[0].update(outputs=[{"output_type": "stream", "text": "x"}])), "outputs"),
    "code in a notebook": (cells(lambda all_: all_.append(code_cell("import os\nos.listdir()"))), "code beyond"),
    "a call in a parameter": (cells(lambda all_: all_.append(code_cell("x = open('y')"))), "code beyond"),
    "markdown": (cells(lambda all_: all_.append({"cell_type": "markdown", "source": "x"})), "not a code cell"),
    "truths in a script": (script(lambda d: d["cues"][0]["records"].update(x={"truths": 1})), "part of a key"),
    "targets in a script": (script(lambda d: d.update(targets=[])), "no script"),
    "a real ID": (script(lambda d: d["office"].update(note="số 079203001234")), "does not begin with 099"),
    "a real ID in groups": (script(lambda d: d["office"].update(note="079 203 001 234")), "with 099"),
    "a real phone": (script(lambda d: d["office"].update(note="gọi 0903 123 456")), "a real prefix"),
    "a real phone abroad": (script(lambda d: d["office"].update(note="+84903123456")), "a real prefix"),
    "a real e-mail": (script(lambda d: d["office"].update(note="lan@tphcm.gov.vn")), "a real e-mail domain"),
    "a phone in the roster": (put("session/people.json", json.dumps([{"code": "1", "name": "0903123456", "unit": "1",
                              "role": "", "working_group": "", "invitation": 1}])), "a real prefix"),
    "more of a person": (put("session/people.json", '[{"code": "1", "grade": 10}]'), "unknown fields"),
    "soft settings": (open_voila, "differs from the hardened"),
    "no UTF-8": (lambda folder: (folder / "kit" / "x.txt").write_bytes(b"\xff\xfe"), "not UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_what_may_not_be_published_is_found_though_the_manifest_lists_it(name, little):
    plant, reason = PLANTED[name]
    plant(little)
    listed(little)
    with pytest.raises(BrokenFile, match=reason) as found:
        require(little)
    assert len(found.value.problems) <= 3


def test_the_sample_has_no_problem_before_something_is_planted(sample):
    assert check(sample) == []


def test_what_the_manifest_does_not_say_is_named(little):
    (little / "kit" / "more.py").write_text("x = 1\n")
    (little / "kit" / "home.py").write_text("x = 1\n")
    (little / "kit" / "errors.py").unlink()
    found = "\n".join(en for _, en in check(little))
    assert "kit/more.py: unknown file" in found
    assert "kit/home.py: changed" in found
    assert "kit/errors.py: in the manifest, but missing" in found


def test_a_folder_without_a_manifest_is_no_bundle(tmp_path):
    assert "this is no bundle" in check(tmp_path)[0][1]
