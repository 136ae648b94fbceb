"""The documentation: its links lead somewhere, its commands exist, and both languages say as much."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import text

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
PAIRS = [(ROOT / "README.md", ROOT / "README.vi.md")]
PAIRS += [(ROOT / f"docs/{name}.en.md", ROOT / f"docs/{name}.vi.md") for name in ("trainee", "trainer", "province")]
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"^```\w*\n(.*?)^```|`([^`\n]+)`", re.DOTALL | re.MULTILINE)
HOSTS = ("keepachangelog.com", "semver.org")
# Words of a workplace, not of the product: numbered tickets, and who or what wrote a line.
WORKPLACE = re.compile(r"(?<![&\w])#\d+\b|\bissues? \d+\b|\bA[I]\b|\b(chatbot|LLM|TODO|FIXME)\b")


def page(path):
    return path.read_text(encoding="utf-8")


def name(path):
    return path.relative_to(ROOT).as_posix() if isinstance(path, Path) else None


def code(path):
    """Everything that stands in backquotes or fences."""
    return "\n".join(fence or inline for fence, inline in CODE.findall(page(path)))


def links(path):
    return [link.partition("#")[0] for link in LINK.findall(page(path)) if "://" not in link]


def headings(path):
    """How deep each heading is, in order; fences are no headings."""
    return [len(mark) for mark in re.findall(r"^(#+) ", re.sub(r"```.*?```", "", page(path), flags=re.DOTALL), re.M)]


@pytest.fixture(scope="module")
def commands():
    """The sub-commands that `kit --help` lists."""
    words = [sys.executable, "-m", "kit", "--help"]
    shown = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout
    return set(re.findall(r"^    ([a-z]+)\b", shown, flags=re.MULTILINE))


def targets():
    return set(re.findall(r"^([a-z]+):", page(ROOT / "Makefile"), flags=re.MULTILINE))


def test_the_pages_are_there():
    assert {name(path) for pair in PAIRS for path in pair} <= set(map(name, PAGES))
    assert {"docs/design.md", "docs/authoring.md", "CHANGELOG.md"} <= set(map(name, PAGES))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_link_and_image_leads_to_a_file(path):
    assert [link for link in links(path) if link and not (path.parent / link).exists()] == []


@pytest.mark.parametrize("readme", PAIRS[0], ids=name)
def test_the_readme_shows_desk_exercises_and_report_in_words_too(readme):
    images = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page(readme))
    shown = ("desk", "documents", "portal1022", "handover", "whole_loop", "report", "province")
    assert [target for _, target in images] == [f"docs/images/{name}.png" for name in shown]
    assert all(len(words) > 20 for words, _ in images)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_make_target_exists(path):
    assert set(re.findall(r"(?<!install )\bmake ([a-z]+)", code(path))) <= targets()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_kit_command_exists(path, commands):
    assert set(re.findall(r"(?<![\w./-])kit ([a-z]+)\b(?!\.)", code(path))) <= commands


def test_the_readmes_name_every_kit_command(commands):
    assert len(commands) >= 8
    for readme in PAIRS[0]:
        assert set(re.findall(r"^\| `kit ([a-z]+)", page(readme), flags=re.MULTILINE)) == commands


@pytest.mark.parametrize("readme", PAIRS[0], ids=name)
def test_the_readme_s_test_command(readme):
    assert "\n```\nmake test\n```\n" in page(readme)
    assert "\n```\nmake rehearsal\n```\n" in page(readme)


@pytest.mark.parametrize(("english", "vietnamese"), PAIRS, ids=name)
def test_both_languages_have_the_same_shape(english, vietnamese):
    assert headings(english) == headings(vietnamese)
    assert page(english).count("\n| ") == page(vietnamese).count("\n| ")
    assert page(english).count("```") == page(vietnamese).count("```")


@pytest.mark.parametrize(("english", "vietnamese"), PAIRS, ids=name)
def test_each_language_links_the_other(english, vietnamese):
    assert vietnamese.name in [Path(link).name for link in links(english)]
    assert english.name in [Path(link).name for link in links(vietnamese)]


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_machine_no_workplace_no_unknown_address(path):
    found = [line for line in text.problems_of(name(path), page(path)) if not any(host in line for host in HOSTS)]
    assert found == []
    assert WORKPLACE.findall(page(path)) == []


@pytest.mark.parametrize("line", ["see #12", "issue 3", "written by A" + "I", "TO" + "DO: later"])
def test_words_of_a_workplace_are_seen(line):
    assert WORKPLACE.search(line)


@pytest.mark.parametrize("line", ["# Heading", "docs/design.md#floors", "Phường 12", "the issuer 3"])
def test_ordinary_words_are_not(line):
    assert not WORKPLACE.search(line)
