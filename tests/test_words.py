"""Every word on screen exists in both languages, and every word in the files is on some screen."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from kit import words
from kit.attempt import MODES
from kit.systems.registry import SYSTEMS

ROOT = Path(__file__).resolve().parents[1]
ACTIONS = [action for system in SYSTEMS.values() for action in system.actions]
FIELDS = [field for action in ACTIONS for field in action.fields]
BLANK = re.compile(r"\{([a-z_]+)\}")
REPORTS = ("report.", "rating.", "training.")  # used by grading, which may build them of parts


@cache
def sources() -> str:
    """All code of the project in one text."""
    folders = (ROOT / "kit", ROOT / "grading")
    files = (path for folder in folders for path in sorted(folder.rglob("*.py")) if "words" not in path.parts)
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def keys(prefix: str = "") -> set[str]:
    return {key[len(prefix) :] for key in words.words("vi") if key.startswith(prefix)}


def test_both_languages_have_the_same_words_with_the_same_blanks():
    vietnamese, english = words.words("vi"), words.words("en")
    assert vietnamese.keys() == english.keys()
    differing = {key for key in vietnamese if set(BLANK.findall(vietnamese[key])) != set(BLANK.findall(english[key]))}
    assert not differing


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_no_word_is_said_in_two_files(language):
    parts = [
        dict(words._flat("", tomllib.loads(path.read_text())))
        for path in (ROOT / "kit/words").glob(f"*{language}.toml")
    ]
    assert len(parts) > 1
    assert sum(map(len, parts)) == len(words.words(language))


def test_nothing_is_empty_but_the_hint_for_plain_text():
    for language in words.LANGUAGES:
        assert {key for key, text in words.words(language).items() if not text.strip()} <= {"kind.text"}


@pytest.mark.parametrize(
    ("prefix", "wanted"),
    [
        ("action.", {action.name for action in ACTIONS}),
        ("action_help.", {action.name for action in ACTIONS}),
        ("role.", {action.role for action in ACTIONS}),
        ("field.", {field.name for field in FIELDS}),
        ("choice.", {f"{field.words or field.name}.{option}" for field in FIELDS for option in field.options}),
        ("refusal.", set(re.findall(r'Refused\("(\w+)"', sources()))),
        ("mode.", set(MODES)),
        ("mode_help.", set(MODES)),
    ],
)
def test_what_the_systems_offer_has_exactly_its_words(prefix, wanted):
    assert keys(prefix) == wanted


def test_every_step_has_a_word():
    states = {step for system in SYSTEMS.values() for step in system.states}
    assert {step for action in ACTIONS for step in action.steps} <= states
    assert states | {"told"} == keys("step."), "beside the systems' steps only that of a trainer's notice"


def test_every_fact_that_a_system_shows_has_a_word():
    shown = [one for system in SYSTEMS.values() for one in system.shows]
    assert {one.name for one in shown} == keys("fact.")


def test_no_two_systems_share_the_name_of_an_action():
    assert len({action.name for action in ACTIONS}) == len(ACTIONS)


def test_every_word_is_used():
    text = sources()
    shown = {one.kind for system in SYSTEMS.values() for one in (*system.shows, *system.columns)}
    built = set(re.findall(r"""f["']([a-z_.]+\.[a-z_]*)\{""", text))
    quoted = set(re.findall(r"""(?<=["'])[\w.]+(?=["'])""", text))
    unused = {
        key for key in keys()
        if key not in quoted and not key.startswith(REPORTS) and not any(key.startswith(start) for start in built)
        and key.rpartition(".")[0] not in shown
    }  # fmt: skip
    assert not unused


def test_every_word_that_the_code_names_exists():
    prefixes = "|".join(sorted({key.split(".")[0] for key in keys()}))
    named = set(re.findall(rf'(?:say|_note|_say|_text)\((?:[\w.]+, )?"((?:{prefixes})\.[a-z_.]+)"', sources()))
    assert len(named) > 40
    assert named <= keys()


def test_an_unknown_word_is_seen_and_an_unknown_language_refused():
    assert words.say("no.such", "vi") == "no.such"
    with pytest.raises(KeyError):
        words.words("fr")
