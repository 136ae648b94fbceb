"""kit exercises, kit check: what authors and trainers ask of the exercises."""

import argparse
from typing import Any

from kit.cli.options import Commands, as_json, command
from kit.errors import BrokenFile, KitError


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    command(commands, "exercises", list_exercises, "liệt kê bài diễn tập / list the exercises")
    checker = command(commands, "check", check, "kiểm tra bài diễn tập / check exercises and their written runs")
    checker.add_argument("exercise", nargs="?", metavar="EXERCISE", help="tên hoặc số / name or number")


def list_exercises(asked: argparse.Namespace) -> int:
    """Print every exercise with its title, situation and size."""
    from kit.exercise import load_exercise, names

    rows: list[dict[str, Any]] = []
    for name in names():
        exercise = load_exercise(name)
        scenario = exercise.scenario
        rows.append({
            "id": exercise.id, "situation": scenario.situation, "title": scenario.title.model_dump(),
            "summary": scenario.summary.model_dump(), "injects": len(scenario.injects), "minutes": scenario.minutes,
            "expectations": len(exercise.guide.expectations), "pass_mark": scenario.pass_mark,
            "systems": list(scenario.systems),
        })  # fmt: skip
    print(
        as_json(rows)
        if asked.json
        else "\n".join(f"{row['id']:28} {row['title']['vi']} / {row['title']['en']}" for row in rows)
    )
    return 0


def check(asked: argparse.Namespace) -> int:
    """Read each exercise, play its written runs, print all problems; 1 when there are any."""
    from kit.exercise import folders

    found = {name: _problems(name) for name in (folders() if asked.exercise is None else [asked.exercise])}
    if asked.json:
        print(as_json({name: [{"vi": vi, "en": en} for vi, en in problems] for name, problems in found.items()}))
    else:
        for name, problems in found.items():
            print(
                f"{name}: {'tốt / fine' if not problems else ''}",
                *(f"{vi}\n    {en}" for vi, en in problems),
                sep="\n  " if problems else "",
            )
    return 1 if any(found.values()) else 0


def _problems(name: str) -> list[tuple[str, str]]:
    """All problems of an exercise, whatever its files bring about, so that the others are checked too."""
    from grading.runs import problems_of
    from kit.exercise import load_exercise, unforeseen

    try:
        return problems_of(load_exercise(name))
    except BrokenFile as broken:
        return broken.problems
    except KitError:
        raise
    except Exception as error:  # noqa: BLE001 - an author's mistake that no check foresaw
        return [unforeseen(name, error)]
