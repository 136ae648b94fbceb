"""The check of a bundle: whatever may not be published is found and named."""

import json
from pathlib import Path

import pytest

from kit.errors import BrokenFile
from kit.publish.checking import check, require
from tests.bundles import a_bundle, a_little_copy, a_sample, listed, put  # noqa: F401 - fixtures


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
