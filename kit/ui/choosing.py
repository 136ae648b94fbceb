"""The list of exercises on the start page: number, title, length, and how far this desk has got with each."""

from kit.script import Script
from kit.words import pick, say

HOUR = 60  # minutes


def lines(scripts: dict[str, Script], tried: set[str], language: str) -> list[tuple[str, str]]:
    """(what is read, the script's hash) of each exercise, by its number; `tried` names those ended at this desk.

    The title comes last: a stylesheet can tell the first line from the rest, and only a title takes several.
    """
    by_number = sorted(scripts.items(), key=lambda pair: pair[1].exercise)
    return [(_line(script, script.exercise in tried, language), number) for number, script in by_number]


def _line(script: Script, ended: bool, language: str) -> str:
    number = script.exercise.split("-")[0]
    about = [say("start.length", language, length=length(script.minutes, language))]
    if ended:
        about.append(say("start.finished", language))
    return f"{' · '.join((number, *about))}\n{pick(script.title, language)}"


def length(minutes: int, language: str) -> str:
    """600 as 10 giờ, 90 as 1 giờ 30 phút."""
    hours, rest = divmod(minutes, HOUR)
    parts = ((hours, "start.hours"), (rest, "start.minutes"))
    return " ".join(say(key, language, count=count) for count, key in parts if count)
