"""How many dossiers and other rows a second of one core: the bulk tables against naive Faker.

All contestants take turns and each keeps its best round, so that a busy computer slows all alike.
`python tests/bench/bench_world_tables.py [ROUNDS]`
"""

import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
from faker import Faker

from kit.world.bulk import Region, draw_offices
from kit.world.bulk.dossiers import dossiers
from kit.world.bulk.edges import EdgeCases
from kit.world.bulk.ground import Ground
from kit.world.bulk.tables import OF_HOUSEHOLDS
from kit.world.bulk.words import Words

TODAY = date(2025, 6, 12)
HCMC = Region.province("79")
HOUSEHOLDS = 65_536  # as many as are drawn at once
FEW = 200  # records of the slow one in a round
PROCEDURES = ("1.001193", "1.000894", "2.000815")


def naive(fake: Any, count: int) -> list[dict[str, Any]]:
    """The 26 fields of a dossier, as Faker's documentation has it; no rule holds between them."""
    return [_naive(fake) for _ in range(count)]


def _naive(fake: Any) -> dict[str, Any]:
    filed = fake.date_time_between("-120d")
    moments = [fake.date_time_between(filed, filed + timedelta(days=30)) for _ in range(9)]
    names = ("asked", "received", "refused", "processing", "financial", "withdrawn", "stopped", "processed", "returned")
    return {
        "dossier_id": fake.uuid4(), "code": fake.bothify("H29.99.##.##-######-####"),
        "procedure_code": fake.random_element(PROCEDURES), "applicant_id": fake.uuid4(), "subject_id": fake.uuid4(),
        "household_id": fake.uuid4(), "receiving_unit_code": fake.postcode(), "competent_unit_code": fake.postcode(),
        "competent_body": fake.company(), "channel": fake.random_element(("counter", "online", "post")),
        "components": fake.words(3), "complete": fake.boolean(), "copies": fake.random_int(1, 10),
        "fee_vnd": fake.random_int(0, 200_000), "filed": filed, **dict(zip(names, moments, strict=True)),
        "due_date": fake.date_between("today", "+30d"), "state": fake.random_int(1, 10),
    }  # fmt: skip


def ground(start: int = 0) -> Ground:
    """The people of these households, drawn anew."""
    return Ground.of(Words(1, start, start + HOUSEHOLDS), HCMC, TODAY, EdgeCases())


def rows(made: tuple[Any, dict[str, Any]]) -> int:
    """As a table, for its number of rows."""
    return int(pa.table(made[1]).num_rows)


def best(runs: dict[str, Callable[[], tuple[int, float]]], rounds: int) -> dict[str, float]:
    """Rows for each second of processor time, the best of the rounds."""
    found = dict.fromkeys(runs, 0.0)
    for _ in range(rounds):
        for name, run in runs.items():
            count, seconds = run()
            found[name] = max(found[name], count / seconds)
    return found


def timed(job: Callable[[], int]) -> tuple[int, float]:
    """What the job returns, and its processor time in seconds."""
    started = time.process_time()
    count = job()
    return count, time.process_time() - started


def main(rounds: int) -> None:
    """Print everything."""
    fake = Faker("vi_VN")

    def people_at_hand() -> tuple[int, float]:
        at = ground()  # its people are drawn before the clock starts; the dossiers' own words after
        return timed(lambda: rows(dossiers(at)))

    runs: dict[str, Callable[[], tuple[int, float]]] = {
        "naive Faker vi_VN": lambda: timed(lambda: len(naive(fake, FEW))),
        "dossiers, people at hand": people_at_hand,
        "dossiers and the people for them": lambda: timed(lambda: rows(dossiers(ground()))),
    }
    found = best(runs, rounds)
    for name, rate in found.items():
        print(f"{name:36} {rate:12,.0f} dossiers/s of one core {rate / found['naive Faker vi_VN']:8,.1f} x naive Faker")
    for name, make in OF_HOUSEHOLDS.items():
        at = ground()
        count, seconds = timed(lambda make=make, at=at: rows(make(at)))  # type: ignore[misc]
        print(f"{name:36} {count / seconds:12,.0f} rows/s of one core, people at hand")
    count, seconds = timed(lambda: sum(table.num_rows for table in draw_offices(Region.country(), 1, TODAY).values()))
    print(f"{'tables of 196 offices':36} {count / seconds:12,.0f} rows/s of one core, {count:,} rows")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
