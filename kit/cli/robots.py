"""kit play, kit rehearse: robots play, papermill reports."""

import argparse
import os

from kit import home
from kit.cli.options import LARGEST_SEED, Commands, as_json, command, folder, whole, world_options, writable

SEATS = 8


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    player = command(commands, "play", play, "cho người chơi máy làm một bài / let a robot play an exercise")
    player.add_argument("exercise", metavar="EXERCISE")
    world_options(player)
    player.add_argument("--player", default="model", metavar="P", help="model, average, slow, careless, guessing, idle")
    rehearsal = command(
        commands, "rehearse", rehearse, "diễn tập mẫu và chấm bằng papermill / graded rehearsals by papermill"
    )
    rehearsal.add_argument("exercises", nargs="*", metavar="EXERCISE")
    world_options(rehearsal)
    rehearsal.add_argument(
        "--player", default="model", metavar="P", help="model, average, slow, careless, guessing, idle"
    )
    rehearsal.add_argument("--jobs", type=whole(1, 64), default=min(2, os.cpu_count() or 1), metavar="N")
    rehearsal.add_argument("--dask", default=None, metavar="ADDRESS", help="cụm Dask / Dask scheduler, tcp://HOST:PORT")
    rehearsal.add_argument(
        "--out", type=folder, default=None, metavar="DIR", help="mặc định / default: build/rehearsals"
    )


def play(asked: argparse.Namespace) -> int:
    """One robot, one exercise, in memory."""
    from grading.players import player
    from grading.rehearsal import outcome, play_robot
    from kit.exercise import load_exercise
    from kit.world import draw_world

    player(asked.player)
    load_exercise(asked.exercise)
    played = play_robot(asked.exercise, draw_world(asked.unit, asked.seed, asked.date), asked.seed, asked.player)
    if asked.json:
        print(as_json(outcome(played.evaluation, asked.player)))
        return 0
    print(f"{played.evaluation.exercise}: {played.evaluation.score:g} {played.evaluation.rating}")
    for finding in played.evaluation.findings:
        if not finding.good:
            print(f"  {finding.status:12} {finding.target.title['vi']} ({finding.target.record})")
    return 0


def rehearse(asked: argparse.Namespace) -> int:
    """Prepare desks, let the robot play each exercise, run the graded notebooks; 1 when a notebook failed."""
    from tqdm import tqdm

    from grading.cluster import run_on_cluster
    from grading.players import player
    from grading.rehearsal import Job, play_robot, run_notebooks
    from kit.exercise import load_exercise, names
    from kit.publish.serving import place_apps
    from kit.session import Plan, Session, prepare
    from kit.world import draw_world

    player(asked.player)
    chosen = [load_exercise(name).id for name in asked.exercises or names()]
    out, session = writable(asked.out or home.build() / "rehearsals"), Session.named(home.PRACTICE)
    world = draw_world(asked.unit, asked.seed, asked.date)
    plan = Plan(world.unit["code"], asked.seed, asked.date, tuple(chosen), SEATS)
    prepare(session, plan, lambda seats: tqdm(list(seats), desc="Kịch bản / scripts", unit="bộ"))
    results, jobs = [], []
    for name in tqdm(chosen, desc="Người chơi máy / robot", unit="bài"):
        played = play_robot(name, world, asked.seed, asked.player, session)
        file = out / f"{name}--{asked.player}--{world.unit['code']}-{asked.seed}.ipynb"
        results.append({**played.to_json(), "notebook": str(file)})
        jobs.append(Job(file, session.name, played.attempt))
    done = run_notebooks(jobs, asked.jobs) if asked.dask is None else run_on_cluster(jobs, asked.dask)
    failed = {
        str(job.output): problem
        for job, problem in tqdm(done, total=len(jobs), desc="Sổ tay / notebooks", unit="bài")
        if problem
    }
    place_apps(out, {name: load_exercise(name).scenario.title.texts for name in chosen})
    _print_rehearsed(results, failed, asked.json)
    return 1 if failed else 0


def _print_rehearsed(results: list[dict[str, object]], failed: dict[str, str], json: bool) -> None:
    if json:
        print(as_json({"rehearsals": results, "failed": failed}))
        return
    for one in results:
        print(f"{one['exercise']:28} {one['player']:9} {one['score']:>6} {one['rating']}  {one['notebook']}")
    for notebook, problem in failed.items():
        print(f"Sổ tay hỏng / notebook failed: {notebook}\n  {problem}")


__all__ = ["LARGEST_SEED", "add_commands", "play", "rehearse"]
