"""Publish a session: a folder with what trainees may have and nothing else, the same bytes each time."""

import shutil
from pathlib import Path
from typing import Any

import jinja2

from kit import __version__, home
from kit.errors import WrongUse
from kit.publish import code_parts, content, manifest, notebooks, requirements
from kit.publish.checking import require
from kit.publish.hardening import MOST_KERNELS, POLICY, as_file
from kit.publish.hub import add_hub
from kit.session import Session
from kit.world.whole_folder import whole_folder

Json = dict[str, Any]
TITLE = "Bàn làm việc - {province}"
NAMED = 5  # files in a message
DEPLOY = Path(__file__).resolve().parent / "deploy"
RUN = '''"""Mở gói diễn tập. Start this bundle: python run.py --help"""

import sys

sys.dont_write_bytecode = True

from kit.publish.starting import main  # noqa: E402

sys.exit(main())
'''


def publish(session: Session, province: tuple[str, str], out: Path, language: str = "vi", hub: bool = False) -> Json:
    """Write the bundle of a session for a province (code, name); returns what the manifest says, and its digest.

    It is checked before it takes the place of an earlier one, which stays where anything goes wrong. `WrongUse` where
    the session has no scripts, or the folder holds anything but an earlier bundle.
    """
    session.must_exist()
    if not session.store().scripts():
        raise WrongUse(f"Đợt {session.name!r} chưa có kịch bản: hãy chạy `kit session prepare`.",
                       f"Session {session.name!r} has no scripts: run `kit session prepare`.")  # fmt: skip
    _require_replaceable(out)
    with whole_folder(out, instead=True) as folder:
        about = _write(session, province, folder, language)
        about |= add_hub(folder) if hub else {}
        require(folder)
    return about


def _write(session: Session, province: tuple[str, str], out: Path, language: str) -> Json:
    about = {"kit": __version__, "session": session.name, "province": {"code": province[0], "name": province[1]}}
    about |= content.write(out, session.store())
    _put_code(out)
    notebooks.prepare(home.notebooks() / "exercise.ipynb", out / "apps" / "desk.ipynb", {"language": language},
                      TITLE.format(province=province[1]))  # fmt: skip
    (out / "voila.json").write_text(as_file(), encoding="utf-8")
    _put_papers(out, about)
    return {**about, "manifest": manifest.write(out, about), "files": len(manifest.files(out))}


def _require_replaceable(out: Path) -> None:
    """Raise `WrongUse` for anything but a new or empty folder or an earlier bundle."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise WrongUse(f"{out} không phải thư mục.", f"{out} is no folder.")
    if out.is_dir() and any(out.iterdir()):
        if not (out / manifest.NAME).is_file():
            raise WrongUse(f"{out} có sẵn thứ khác; hãy chọn thư mục trống.",
                           f"{out} holds something else; choose an empty folder.")  # fmt: skip
        _nothing_lost(out)


def _nothing_lost(out: Path) -> None:
    """Raise `WrongUse` where an earlier bundle's folder holds what is no part of the bundle, a state say."""
    more = sorted(set(manifest.files(out)) - set(manifest.read(out)["files"]))
    if more:
        names = ", ".join(more[:NAMED]) + (", ..." if more[NAMED:] else "")
        raise WrongUse(f"{out} có tệp không thuộc gói: {names}. Hãy chuyển chúng đi hoặc chọn thư mục khác.",
                       f"{out} holds files of no bundle: {names}. Move them or choose another folder.")  # fmt: skip


def _put_code(out: Path) -> None:
    """The desk's modules with what lies beside them, the program that starts it, the libraries it needs."""
    found = code_parts.modules()
    for file in (*found.values(), *code_parts.resources(found)):
        target = out / file.relative_to(code_parts.PROJECT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    (out / "run.py").write_text(RUN, encoding="utf-8")
    needed = requirements.needed(code_parts.libraries(found), home.home() / "requirements.lock")
    (out / "requirements.txt").write_text(needed, encoding="utf-8")


def _put_papers(out: Path, about: Json) -> None:
    """What the province's operator reads and starts it with."""
    shelf = jinja2.Environment(loader=jinja2.FileSystemLoader(DEPLOY), undefined=jinja2.StrictUndefined,
                               keep_trailing_newline=True, autoescape=False)  # fmt: skip
    for file in sorted(DEPLOY.glob("*.tpl")):
        name = file.name.removesuffix(".tpl")
        target = out / name if name.startswith("README") else out / "deploy" / name
        target.parent.mkdir(exist_ok=True)
        text = shelf.get_template(file.name).render(about, policy=POLICY, scheme="https", kernels=MOST_KERNELS)
        target.write_text(text, encoding="utf-8")
