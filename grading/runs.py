"""Written runs: the tests of an exercise. Each says how somebody plays, the score it earns and what it costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError

from grading.evaluate import DONE, UNJUDGED, Evaluation, evaluate
from grading.players import PLAYERS, do, play
from kit.attempt import Attempt
from kit.attempt_store import MemoryStore
from kit.compiling import compile_exercise
from kit.errors import BrokenFile, KitError
from kit.exercise import Both, Exercise, Problem, Slug, Strict, pydantic_problems, unforeseen
from kit.exercise.source_checks import source_problems
from kit.script import Cue, Key, Script
from kit.systems.registry import system
from kit.world import draw_world
from kit.world.blanks import BLANK
from kit.yaml_file import read_yaml

UNIT = "26740"
Json = dict[str, Any]


class Instead(Strict):
    """What is done about an inject instead of what the player would do: actions with some of their entries."""

    action: Slug
    record: Literal["", "-A", "-B", "-C", "-D", "-E"] = ""
    given: dict[Slug, Any] = Field(default_factory=dict)


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


class Run(Strict):
    """One written run of an exercise."""

    title: Both
    seed: Annotated[int, Field(ge=0)] = 1
    date: Annotated[str, AfterValidator(_day)] = "2025-07-01"
    player: Literal["model", "careless", "guessing", "idle"] = "model"
    instead: dict[Slug, list[Instead]] = Field(default_factory=dict)
    score: Annotated[float, Field(ge=0, le=100, strict=False)]
    findings: dict[str, Literal["late", "partly", "wrong", "missing", "not_reached"]] = Field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What a run was to show and what it showed."""

    path: Path
    run: Run
    evaluation: Evaluation
    unfilled: tuple[str, ...] = ()  # blanks that are left in what people say, each with its inject

    def problems(self) -> list[Problem]:
        """Every difference between the two."""
        found: list[tuple[str, object, object]] = []
        if abs(self.evaluation.score - self.run.score) >= 0.01:
            found.append(("score", self.run.score, self.evaluation.score))
        told = {f.target.id: f.status for f in self.evaluation.findings if f.status not in (DONE, UNJUDGED)}
        written: dict[str, str] = {**self.run.findings}
        if self.run.player == "model":
            differ = [name for name in sorted({*told, *written}) if told.get(name) != written.get(name)]
            found += [(name, written.get(name, DONE), told.get(name, DONE)) for name in differ]
        where, exercise = _name(self.path), self.evaluation.exercise
        left = [(f"{exercise}: {one}: không có giá trị này", f"{exercise}: {one}: nothing of this name is drawn")
                for one in self.unfilled]  # fmt: skip
        left += [(f"{where}: {name}: ghi {wanted}, thực tế {got}", f"{where}: {name}: written {wanted}, got {got}")
                 for name, wanted, got in found]  # fmt: skip
        return left


def problems_of(exercise: Exercise) -> list[Problem]:
    """Play every written run; also a problem: no run that scores 100 or none that scores 0."""
    found = source_problems(exercise.folder)
    scores: list[float] = []
    errors: dict[str, Problem] = {}  # by what they say: the same one is told once, of the first run
    for path in sorted((exercise.folder / "runs").glob("*.yaml")):
        try:
            outcome = play_run(exercise, path)
            scores.append(outcome.run.score)
            found += outcome.problems()
        except BrokenFile as broken:
            found += broken.problems
        except KitError as error:
            found.append((f"{_name(path)}: {error.vi}", f"{_name(path)}: {error.en}"))
        except Exception as error:  # noqa: BLE001 - whatever an author's file brings about
            errors.setdefault(repr(error), unforeseen(_name(path), error))
    found += [*errors.values()] or _scores_missing(exercise, scores)
    return [*dict.fromkeys(found)]


def _scores_missing(exercise: Exercise, scores: list[float]) -> list[Problem]:
    return [(f"{exercise.id}/runs: thiếu bài mẫu đạt {needed} điểm", f"{exercise.id}/runs: no run that scores {needed}")
            for needed in (100, 0) if needed not in scores]  # fmt: skip


def _name(path: Path) -> str:
    return "/".join(path.parts[-3:])


def read_run(path: Path) -> Run:
    """The run in a file; `BrokenFile` names every problem."""
    document = read_yaml(path)
    try:
        return Run.model_validate(document.data)
    except ValidationError as error:
        raise BrokenFile(pydantic_problems(document, error)) from None


def play_run(exercise: Exercise, path: Path) -> Outcome:
    """Play a written run in memory and evaluate it."""
    run = read_run(path)
    store, number, key = _set_out(exercise, run.seed, run.date)
    script = store.script(number)
    unknown = _unknown(script, key, run)
    if unknown:
        raise BrokenFile([(f"{path}: instead: không có {one!r}", f"{path}: instead: there is no {one!r}")
                          for one in unknown])  # fmt: skip
    return Outcome(path, run, evaluate(key, _played(store, number, key, run).events), _unfilled(script, key))


@lru_cache(maxsize=2)  # the runs of an exercise stand one behind the other, nearly all with one seed
def _set_out(exercise: Exercise, seed: int, day: str) -> tuple[MemoryStore, str, Key]:
    """A store with the script, the script's number there, and the key."""
    script, key = compile_exercise(exercise, draw_world(UNIT, seed, date.fromisoformat(day)), seed, "run")
    store = MemoryStore()
    return store, store.add_script(script), key


def _unknown(script: Script, key: Key, run: Run) -> list[str]:
    """The injects, actions and facts that a run names and the exercise does not have."""
    entries = _entries(script)
    known = {key.inject(cue.id) for cue in script.cues} | {*entries}
    found = [name for inject, deeds in run.instead.items() for name in (inject, *(one.action for one in deeds))]
    unknown = [name for name in found if name not in known]
    unknown += [f"{one.action}: {name}" for deeds in run.instead.values() for one in deeds if one.action in entries
                for name in one.given if name not in entries[one.action]]  # fmt: skip
    for cue in script.cues:
        deeds, facts = run.instead.get(key.inject(cue.id), []), {f"${name}" for name in key.facts_of(cue.id)}
        unknown += [value for one in deeds for value in _named(one.given) if value not in facts]
    return unknown


def _entries(script: Script) -> dict[str, set[str]]:
    """The entries of every action that the script's systems offer."""
    found: dict[str, set[str]] = {}
    for action in [one for name in script.systems for one in system(name).actions]:
        found.setdefault(action.name, set()).update(field.name for field in action.fields)
    return found


def _unfilled(script: Script, key: Key) -> tuple[str, ...]:
    """The blanks that are left in what people say: whoever drew the case does not know what they name."""
    left = {f"{key.inject(cue.id)}: says: {blank[0]}": None
            for cue in script.cues for text in cue.says.values() for blank in BLANK.finditer(text)}  # fmt: skip
    return tuple(left)


def _played(store: MemoryStore, number: str, key: Key, run: Run) -> Attempt:
    attempt, _ = Attempt.start(store, number, "run", "practice")

    def turn(attempt: Attempt, cue: Cue, key: Key, draw: Any) -> None:
        if key.inject(cue.id) not in run.instead:
            PLAYERS[run.player](attempt, cue, key, draw)
            return
        facts = key.facts_of(cue.id)
        for one in run.instead[key.inject(cue.id)]:
            given = {name: _fact(value, facts) for name, value in one.given.items()}
            do(attempt, cue.record + one.record, one.action, given, facts)

    play(attempt, key, turn)
    return attempt


def _named(value: Any) -> Iterator[str]:
    """Every "$name" in an entry, however deep."""
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _named(one)
    elif isinstance(value, str) and value.startswith("$"):
        yield value


def _fact(value: Any, facts: Json) -> Any:
    """A "$name" is the case's fact of that name, also inside a criterion: {allots: $shares}."""
    if isinstance(value, dict):
        return {name: _fact(one, facts) for name, one in value.items()}
    return facts[value[1:]] if isinstance(value, str) and value.startswith("$") else value
