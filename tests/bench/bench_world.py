"""How many citizens a second of one core: the bulk world against Faker, Mimesis and the mere writing of the tables.

The rounds of all contestants take turns and each keeps its best, so that a busy computer slows all alike.
`python tests/bench/bench_world.py [ROUNDS]`
"""

import random
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
from faker import Faker

from kit.world.bulk import Region, draw, to_pandas

TODAY = date(2025, 6, 12)
HCMC = Region.province("79")
HOUSEHOLDS = 16_384  # 59,000 people
FEW = 200  # records of the slow ones in a round
REFERENCES = ("household_id", "father_id", "mother_id", "spouse_id")
RELATIONS = ("head", "spouse", "child")


def naive(fake: Any, count: int) -> list[dict[str, Any]]:
    """Twenty-three fields for each person, as Faker's documentation has it."""
    return [
        {
            "citizen_id": fake.uuid4(), "household_id": fake.uuid4(), "full_name": fake.name(),
            "surname": fake.last_name(), "sex": fake.random_element(("male", "female")),
            "birth_date": fake.date_of_birth(maximum_age=99), "personal_id": fake.numerify("099#########"),
            "old_id_number": fake.numerify("9########"), "ethnicity": fake.random_element(("Kinh", "Hoa")),
            "relation": fake.random_element(RELATIONS), "marital_status": fake.random_element(("single", "married")),
            "father_id": fake.uuid4(), "mother_id": fake.uuid4(), "spouse_id": fake.uuid4(),
            "occupation": fake.job(), "phone": fake.phone_number(), "email": fake.email(),
            "unit_code": fake.postcode(), "address": fake.address(), "old_ward": fake.city(), "origin": fake.city(),
            "id_card_issued": fake.date_between("-4y"), "id_card_expires": fake.date_between("today", "+20y"),
        }
        for _ in range(count)
    ]  # fmt: skip


class Tricks:
    """Faker's lists taken out once; `random.choices` and f-strings for whole columns."""

    def __init__(self, fake: Any) -> None:
        words = {name: [getattr(fake, name)() for _ in range(500)] for name in ("name", "last_name", "job", "address")}
        self.lists = {**words, "city": [fake.city() for _ in range(500)]}

    def draw(self, count: int) -> dict[str, list[Any]]:
        """The same fields as columns."""

        def chosen(name: str) -> list[Any]:
            return random.choices(self.lists[name], k=count)

        numbers = [random.randrange(10**9) for _ in range(count)]
        columns = {
            "full_name": chosen("name"), "surname": chosen("last_name"), "occupation": chosen("job"),
            "address": chosen("address"), "old_ward": chosen("city"), "origin": chosen("city"),
            "personal_id": [f"099{number:09}" for number in numbers], "phone": [f"0600 {n % 10**6}" for n in numbers],
            "email": [f"c{number}@example.com" for number in numbers],
        }  # fmt: skip
        dates = {name: [date.fromordinal(700_000 + n % 36_000) for n in numbers] for name in ("born", "from", "to")}
        ids = {name: [f"C{n:011}" for n in numbers] for name in ("own", "home", "father", "mother", "spouse", "old")}
        few = {name: random.choices(RELATIONS, k=count) for name in ("sex", "ethnicity", "relation", "status", "unit")}
        return columns | dates | ids | few


def mimesis() -> Callable[[], int] | None:
    """Mimesis has no Vietnamese; its English person and address, a dozen fields. None when it is not installed."""
    try:
        from mimesis import Generic
    except ImportError:
        return None
    of = Generic()

    def records() -> int:
        person, address = of.person, of.address
        return len([(person.full_name(), person.surname(), person.sex(), person.birthdate(), person.identifier("###"),
                     person.occupation(), person.telephone(), person.email(), address.address(), address.city(),
                     address.postal_code(), person.nationality()) for _ in range(FEW)])  # fmt: skip

    return records


def write(table: pa.Table) -> int:
    """zstd, level 1, to memory, references as plain text, no column statistics: pyarrow's quickest way."""
    for name in REFERENCES:
        table = table.set_column(table.column_names.index(name), name, table[name].cast(pa.string()))
    few = [field.name for field in table.schema if pa.types.is_dictionary(field.type)]
    options = {"compression": "zstd", "compression_level": 1, "use_dictionary": few, "write_statistics": False}
    parquet.write_table(table, pa.BufferOutputStream(), **options)
    return int(table.num_rows)


def contestants() -> dict[str, Callable[[], int]]:
    """Each does one round and returns how many people it made."""
    fake = Faker("vi_VN")
    tricks, ready = Tricks(fake), draw(HCMC, 1, TODAY, (0, HOUSEHOLDS))["citizens"]
    english = mimesis()
    return {
        "naive Faker vi_VN": lambda: len(naive(fake, FEW)),
        "Faker with every trick": lambda: len(tricks.draw(5_000)["own"]),
        **({"Mimesis (12 fields)": english} if english else {}),
        "bulk world to Arrow": lambda: draw(HCMC, 1, TODAY, (0, HOUSEHOLDS))["citizens"].num_rows,
        "bulk world to Parquet, zstd": lambda: write(draw(HCMC, 1, TODAY, (0, HOUSEHOLDS))["citizens"]),
        "Parquet write only, zstd": lambda: write(ready),
    }


def best(runs: dict[str, Callable[[], int]], rounds: int) -> dict[str, float]:
    """People for each second of processor time, the best of the rounds."""
    found = dict.fromkeys(runs, 0.0)
    for _ in range(rounds):
        for name, run in runs.items():
            started = time.process_time()
            people = run()
            found[name] = max(found[name], people / (time.process_time() - started))
    return found


def frame_milliseconds(rounds: int) -> float:
    """A pandas frame of 10,000 people in a warm notebook, wall time."""
    times = []
    for seed in range(rounds):
        started = time.perf_counter()
        frame = to_pandas(draw(HCMC, seed, TODAY, (0, 2_800))["citizens"])
        times.append(time.perf_counter() - started)
        assert len(frame) > 9_500
    return 1000 * min(times)


def main(rounds: int) -> None:
    """Print everything."""
    found = best(contestants(), rounds)
    naive_rate = found["naive Faker vi_VN"]
    for name, rate in found.items():
        print(f"{name:32} {rate:14,.0f} people/s of one core  {rate / naive_rate:8,.1f} x naive Faker")
    print(f"{'pandas frame of 10,000, warm':32} {frame_milliseconds(rounds):14.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
