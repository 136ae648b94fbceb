"""Whatever the kit needs at run time may be passed on with it: no package under the GPL, LGPL or AGPL."""

import re
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
COPYLEFT = re.compile(r"\b[AL]?GPL|GNU (Lesser|Affero|General)", re.IGNORECASE)


def run_time_closure():
    """{name: distribution} of everything that the project's dependencies need on this computer."""
    found, wanted = {}, [Requirement(line) for line in PROJECT["dependencies"]]
    while wanted:
        needed = wanted.pop()
        name = canonicalize_name(needed.name)
        if name in found or not applies(needed, {""}):
            continue
        found[name] = distribution(name)
        extras = needed.extras or {""}
        wanted += [child for child in map(Requirement, found[name].requires or []) if applies(child, extras)]
    return found


def applies(needed, extras):
    return needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in extras)


def licence(package: Distribution) -> str:
    """What a package says of its licence: the expression, else classifiers and the old field's first line."""
    metadata = package.metadata
    expression = metadata.get("License-Expression")
    if expression:
        return expression
    classifiers = [line for line in metadata.get_all("Classifier", []) if line.startswith("License ::")]
    return "; ".join([*classifiers, *metadata.get("License", "").splitlines()[:1]])


def forbidden(text: str) -> bool:
    """Whether no alternative of "A OR B" is free of copyleft."""
    return all(COPYLEFT.search(choice) for choice in re.split(r"\bOR\b", text))


def test_no_copyleft_in_the_product():
    closure = run_time_closure()
    assert len(closure) > 60
    assert {name: licence(package) for name, package in closure.items() if forbidden(licence(package))} == {}


def test_every_package_states_a_licence():
    assert [name for name, package in run_time_closure().items() if not licence(package)] == []


def test_fonts_come_with_a_free_licence_that_they_name_themselves():
    found = sorted((ROOT / "kit").rglob("*.ttf"))
    assert len(found) == 4
    for path in found:
        assert "SIL Open Font License, Version 1.1" in TTFont(path)["name"].getDebugName(13)
        assert "SIL OPEN FONT LICENSE Version 1.1" in (path.parent / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPL-3.0-or-later", True),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", True),
        ("LGPL-2.1-only", True),
        ("AGPL-3.0", True),
        ("MIT AND GPL-2.0-only", True),
        ("GPL-2.0-only OR MIT", False),
        ("MPL-2.0 AND MIT", False),
        ("BSD-3-Clause", False),
    ],
)
def test_what_counts_as_copyleft(text, expected):
    assert forbidden(text) is expected


def test_a_missing_package_is_an_error_and_not_a_pass():
    with pytest.raises(PackageNotFoundError):
        distribution("no-such-package-of-the-kit")
