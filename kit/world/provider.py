"""The kit's own Faker provider: names, numbers and contacts that are Vietnamese and can never be real.

Faker's stock name, address, phone and ssn are wrong for Viet Nam and change between its releases; these draw
on `datasets/` and on the seeded `random` of the generator alone. Whole households, citizens and dossiers are those
of the bulk world, for a seed that the generator gives; the first takes a second, the others a millisecond. In
anybody's notebook:

    fake = Faker()
    fake.add_provider(VietnamTrainingProvider)
    fake.seed_instance(7)
    fake.full_name(), fake.personal_id(), fake.citizen(), fake.household(), fake.dossier()

What is not given is drawn: sex, day of birth, province. After seeding anew call `fake.start_anew()`, else numbers
that were given before are not given again.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from faker.providers import BaseProvider

from kit.plain_text import plain
from kit.world import names
from kit.world.rows import of_province, rows

if TYPE_CHECKING:
    from kit.world.one_by_one import Homes

TRAINING_CODE = "099"  # assigned to no province
TRAINING_DAY = date(2025, 7, 1)  # the first day of two-level local government; ages are counted to it
FIRST_PROVINCE, FIRST_UNIT = "79", "26740"
IMPOSSIBLE_LETTERS = "FJWZ"  # Vietnamese has none of them
SEEDS = 2**31


class VietnamTrainingProvider(BaseProvider):
    """Draws synthetic people and their attributes; one instance never repeats a personal ID, phone or serial."""

    training_day = TRAINING_DAY

    def __init__(self, generator: Any) -> None:
        super().__init__(generator)
        self._used: set[str] = set()
        self._records: Counter[str] = Counter()
        self._homes: Homes | None = None

    def weighted(self, table: names.Weighted) -> str:
        """One of the words, by weight."""
        return str(self.generator.random.choices(*table)[0])

    def chance(self, share: float) -> bool:
        """True with this probability."""
        return bool(self.generator.random.random() < share)

    def one_of(self, choices: Sequence[Any]) -> Any:
        """One of the choices, all alike."""
        return choices[int(self.generator.random.random() * len(choices))]

    def sex(self) -> str:
        """male or female."""
        return "female" if self.chance(0.502) else "male"

    def birth_date(self, oldest: int = 89) -> date:
        """A day in the years before TRAINING_DAY, all alike; households have the ages of a population."""
        return TRAINING_DAY - timedelta(days=int(self.generator.random.random() * 365.25 * oldest))

    def surname(self, province_code: str = FIRST_PROVINCE) -> str:
        """A surname by its share in the province."""
        return self.weighted(names.surnames(province_code))

    def start_anew(self) -> None:
        """Forget which numbers were given, as a new instance."""
        self._used.clear()
        self._records.clear()
        self._homes = None

    def full_name(
        self, sex: str = "", birth_year: int = 0, province_code: str = FIRST_PROVINCE, surname: str = ""
    ) -> str:
        """Surname first, then middle and given name, as usual for the sex and the generation."""
        sex, birth_year = sex or self.sex(), birth_year or self.birth_date().year
        surname = surname or self.surname(province_code)
        given = self.one_of(names.given_names(sex))
        while surname in given.split():
            given = self.one_of(names.given_names(sex))
        return f"{surname} {self._after_surname(sex, birth_year, given)}"

    def _after_surname(self, sex: str, birth_year: int, given: str) -> str:
        words = self.weighted(names.WORDS_IN_NAME)
        first, last = given.split()
        middle, share = names.generation_middle(sex, birth_year)
        if not self.chance(share):
            middle = ""
        if words == "2":
            return last
        if words == "3":
            return f"{middle} {last}" if middle else given
        return f"{middle or self._other_middle(sex, first)} {given}"

    def _other_middle(self, sex: str, taken: str) -> str:
        return str(self.one_of([middle for middle in names.OTHER_MIDDLES[sex] if middle != taken]))

    def personal_id(self, sex: str = "", birth_date: date | None = None) -> str:
        """12 digits: 099, sex and century (1900s: 0, 1; 2000s: 2, 3), year, a serial never given before."""
        sex, birth_date = sex or self.sex(), birth_date or self.birth_date()
        century_and_sex = (birth_date.year // 100 - 19) * 2 + (sex == "female")
        head = f"{TRAINING_CODE}{century_and_sex}{birth_date:%y}"
        return self._unused(lambda: f"{head}{self._digits(6)}")

    def phone(self) -> str:
        """`0600 xxx xxx`, a prefix of no operator."""
        return self._unused(lambda: f"0600 {self._digits(3)} {self._digits(3)}")

    def email(self, name: str = "", domain: str = "example.com") -> str:
        """An address made from the name at a reserved domain; numbered when already given away."""
        name = name or self.full_name()
        words = plain(name).split()
        stem = ".".join((words[-1], *words[:-1]))
        number, found = 1, f"{stem}@{domain}"
        while found in self._used:
            number += 1
            found = f"{stem}{number}@{domain}"
        self._used.add(found)
        return found

    def paper_serial(self) -> str:
        """Two letters that Vietnamese lacks and eight digits: "ZW 00012345"."""
        return self._unused(lambda: f"{self._letters(2)} {self._digits(8)}")

    def ethnicity(self, province_code: str = FIRST_PROVINCE) -> str:
        """An ethnicity by its share in the province."""
        table = of_province("ethnicity", province_code)
        return self.weighted(
            (tuple(row["ethnicity"] for row in table), tuple(float(row["share_pct"]) for row in table))
        )

    def occupation(self, age: int = 35) -> str:
        """An occupation that fits the age in years."""
        fitting = [row for row in rows("occupations") if int(row["age_from"]) <= age <= int(row["age_to"])]
        return self.weighted((tuple(row["name_vi"] for row in fitting), tuple(float(row["weight"]) for row in fitting)))

    def street(self, province_code: str = FIRST_PROVINCE) -> str:
        """A street name that exists in many towns (training value)."""
        return str(self.one_of(of_province("streets", province_code))["street_vi"])

    def place_of_origin(self, province_code: str = FIRST_PROVINCE) -> str:
        """An old place name, as papers before July 2025 have it; mostly of the same province."""
        near = self.chance(0.75)
        while True:
            ward = self.one_of(rows("ward_map"))
            if not near or ward["new_province_code"] == province_code:
                return f"{ward['old_ward_vn']}, {ward['old_district_vn']}, {ward['old_province_vn']}"

    def household(self, unit: str = FIRST_UNIT) -> dict[str, Any]:
        """A home in a unit (code or name) with its `people`, of whom every relation agrees; raises UnknownUnit."""
        from kit.world.records import household

        return household(self, unit)

    def citizen(self, unit: str = FIRST_UNIT) -> dict[str, Any]:
        """The head of a household of the unit, with addresses; raises UnknownUnit."""
        from kit.world.records import citizen

        return citizen(self, unit)

    def dossier(self, unit: str = FIRST_UNIT, procedure: str = "") -> dict[str, Any]:
        """A dossier of a procedure (national code) that a citizen of the unit filed; due by the working calendar.

        Raises UnknownUnit, and UnknownName for a code that is not in procedures.yaml.
        """
        from kit.world.records import dossier

        return dossier(self, unit, procedure)

    def homes(self) -> "Homes":
        """Where the households come from: the bulk world of a seed, drawn when the first is asked for."""
        from kit.world.one_by_one import Homes

        if self._homes is None:
            self._homes = Homes(int(self.generator.random.random() * SEEDS), self.training_day)
        return self._homes

    def claim(self, numbers: set[str]) -> bool:
        """Whether none of these numbers was given before; then they are given now."""
        new = self._used.isdisjoint(numbers)
        if new:
            self._used |= numbers
        return new

    def number(self, kind: str) -> int:
        """1, 2, 3 ... for each kind of record."""
        self._records[kind] += 1
        return self._records[kind]

    def _digits(self, count: int) -> str:
        return f"{int(self.generator.random.random() * 10**count):0{count}}"

    def _letters(self, count: int) -> str:
        return "".join(str(self.one_of(IMPOSSIBLE_LETTERS)) for _ in range(count))

    def _unused(self, draw: Any) -> str:
        found = str(draw())
        while found in self._used:
            found = str(draw())
        self._used.add(found)
        return found
