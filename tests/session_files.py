"""A session's two files as a trainer writes them, and a home to make it in."""

import shutil
from pathlib import Path

import pytest

from kit.session import Session
from kit.session.planned import make_session, read_both

PLAN = """\
title: {vi: Lớp tháng 7, en: July class}
province: hcm
exercises: [3, "15"]
mode: practice
seed: 7
day: 2025-07-01
"""
ROSTER = """\
STT;Họ và tên;Mã;Đơn vị;Chức vụ;Tổ công tác
1;Nguyễn Văn An;HV01;26740;Công chức;Tổ 1
2;Trần Thị Bình;HV02;phuong sai gon;Văn thư;Tổ 1
3;Lê Văn Chi;HV03;Phường Minh Phụng;;Tổ 2
"""
TEAMS = """\
teams:
  - name: to-1
    exercise: 3
    members: [{person: HV01, role: technician}, {person: HV02, role: speaker}]
"""


def emptied(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that a file of tests shares (its exercises are read once), without any session."""
    shutil.rmtree(folder / "sessions", ignore_errors=True)
    monkeypatch.setenv("KIT_HOME", str(folder))
    monkeypatch.delenv("KIT_STORE", raising=False)
    return folder


def written(folder: Path, plan: str = PLAN, roster: str = ROSTER) -> tuple[Path, Path]:
    """The two files."""
    paths = folder / "plan.yaml", folder / "roster.csv"
    for path, text in zip(paths, (plan, roster), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def made(folder: Path, name: str = "thu", plan: str = PLAN, roster: str = ROSTER) -> Session:
    """A session of these files."""
    found, people = read_both(*written(folder, plan, roster))
    session = Session.named(name)
    make_session(session, found, people.people, replace=session.folder.exists())
    return session
