"""Starting a bundle: what stops it, where its store, its state and its secret lie, what reaches its notebook."""

import errno

import pytest

from kit.errors import BrokenFile, WrongUse
from kit.identity import SECRET_BYTES
from kit.publish import manifest, notebooks, starting
from kit.publish.serving import Place
from kit.store import EventStore
from tests.bundles import a_bundle, a_little_copy, a_sample, raising  # noqa: F401 - fixtures
from tests.desk_setting import ROOT
from tests.nginx_front import ports


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
