"""The kit's own Faker provider: names, numbers and contacts that are Vietnamese and can never be real.

Faker's stock name, address, phone and ssn are wrong for Viet Nam and change between its releases; these draw
on `datasets/` and on the seeded `random` of the generator alone.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from faker.providers import BaseProvider

from kit.plain_text import plain
from kit.world import names
from kit.world.rows import of_province, rows

TRAINING_CODE = "099"  # assigned to no province
IMPOSSIBLE_LETTERS = "FJWZ"  # Vietnamese has none of them


class VietnamTrainingProvider(BaseProvider):
    """Draws the attributes of synthetic people; one instance never repeats a personal ID, phone or serial."""

    def __init__(self, generator: Any) -> None:
        super().__init__(generator)
        self._used: set[str] = set()

    def weighted(self, table: names.Weighted) -> str:
        """One of the words, by weight."""
        return str(self.generator.random.choices(*table)[0])

    def chance(self, share: float) -> bool:
        """True with this probability."""
        return bool(self.generator.random.random() < share)

    def one_of(self, choices: Sequence[Any]) -> Any:
        """One of the choices, all alike."""
        return choices[int(self.generator.random.random() * len(choices))]

    def surname(self, province_code: str) -> str:
        """A surname by its share in the province."""
        return self.weighted(names.surnames(province_code))

    def full_name(self, sex: str, birth_year: int, province_code: str, surname: str = "") -> str:
        """Surname first, then middle and given name, as usual for the sex and the generation."""
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

    def personal_id(self, sex: str, birth_date: date) -> str:
        """12 digits: 099, sex and century (1900s: 0, 1; 2000s: 2, 3), year, a serial never given before."""
        century_and_sex = (birth_date.year // 100 - 19) * 2 + (sex == "female")
        head = f"{TRAINING_CODE}{century_and_sex}{birth_date:%y}"
        return self._unused(lambda: f"{head}{self._digits(6)}")

    def phone(self) -> str:
        """`0600 xxx xxx`, a prefix of no operator."""
        return self._unused(lambda: f"0600 {self._digits(3)} {self._digits(3)}")

    def email(self, name: str, domain: str = "example.com") -> str:
        """An address made from the name at a reserved domain; numbered when already given away."""
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

    def ethnicity(self, province_code: str) -> str:
        """An ethnicity by its share in the province."""
        table = of_province("ethnicity", province_code)
        return self.weighted(
            (tuple(row["ethnicity"] for row in table), tuple(float(row["share_pct"]) for row in table))
        )

    def occupation(self, age: int) -> str:
        """An occupation that fits the age in years."""
        fitting = [row for row in rows("occupations") if int(row["age_from"]) <= age <= int(row["age_to"])]
        return self.weighted((tuple(row["name_vi"] for row in fitting), tuple(float(row["weight"]) for row in fitting)))

    def street(self, province_code: str) -> str:
        """A street name that exists in many towns (training value)."""
        return str(self.one_of(of_province("streets", province_code))["street_vi"])

    def place_of_origin(self, province_code: str) -> str:
        """An old place name, as papers before July 2025 have it; mostly of the same province."""
        near = self.chance(0.75)
        while True:
            ward = self.one_of(rows("ward_map"))
            if not near or ward["new_province_code"] == province_code:
                return f"{ward['old_ward_vn']}, {ward['old_district_vn']}, {ward['old_province_vn']}"

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
