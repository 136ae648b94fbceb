"""The people of the households: names, numbers, papers; every relation agrees with every other."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from kit.world.family import Member, draw_family
from kit.world.households import Household
from kit.world.provider import VietnamTrainingProvider

ORDER = {"head": 0, "spouse": 1, "parent": 2, "child": 3}
CARD_AGES = (14, 25, 40, 60)  # ages at which the identity card is renewed (memory)
FIRST_CARDS = date(2021, 1, 1)
PHONE_FROM, EMAIL_TO, EMAIL_SHARE = 16, 70, 0.6  # years of age; training values
NO_CARD = {"id_card_issued": "", "id_card_expires": ""}

CitizenRow = dict[str, Any]


def draw_citizens(provider: VietnamTrainingProvider, homes: list[Household], today: date) -> list[CitizenRow]:
    """One row a person, household after household, its head first."""
    found: list[CitizenRow] = []
    for household in homes:
        family = draw_family(provider.generator.random, household.shape)
        found += _rows(_Home(provider, household, family, today), len(found) + 1)
    return found


class _Home:
    """One household while its people are being written down."""

    def __init__(
        self, provider: VietnamTrainingProvider, household: Household, family: tuple[Member, ...], today: date
    ) -> None:
        self.provider, self.household, self.family, self.today = provider, household, family, today
        self.province = household.unit["province_code"]

    def inherited(self, draw: Callable[[], str]) -> list[str]:
        """A value each: the father's, else the mother's, else drawn."""
        values: list[str] = []
        for member in self.family:
            parent = member.mother if member.father is None else member.father
            values.append(draw() if parent is None else values[parent])
        return values

    def surnames(self) -> list[str]:
        """The father's surname; siblings with an absent father share one; an unmarried mother gives hers."""
        absent = self.provider.surname(self.province)
        values: list[str] = []
        for member in self.family:
            if member.father is not None:
                values.append(values[member.father])
            elif member.mother is None:
                values.append(self.provider.surname(self.province))
            elif self.family[member.mother].marital == "single":
                values.append(values[member.mother])
            else:
                values.append(absent if member.relation == "child" else self.provider.surname(self.province))
        return values


def _rows(home: _Home, first: int) -> Iterator[CitizenRow]:
    places = sorted(range(len(home.family)), key=lambda place: ORDER[home.family[place].relation])
    ids = {place: f"C{first + index:06}" for index, place in enumerate(places)}
    surnames = home.surnames()
    ethnicities = home.inherited(lambda: home.provider.ethnicity(home.province))
    origins = home.inherited(lambda: home.provider.place_of_origin(home.province))
    for place in places:
        member = home.family[place]
        yield {
            "citizen_id": ids[place],
            "household_id": home.household.household_id,
            **_person(home, member, surnames[place]),
            "ethnicity": ethnicities[place],
            "relation": member.relation,
            "marital_status": member.marital,
            "father_id": "" if member.father is None else ids[member.father],
            "mother_id": "" if member.mother is None else ids[member.mother],
            "spouse_id": "" if member.spouse is None else ids[member.spouse],
            **_place(home.household),
            "origin": origins[place],
        }


def _person(home: _Home, member: Member, surname: str) -> CitizenRow:
    provider, birth = home.provider, member.birth_date(home.today)
    name = provider.full_name(member.sex, birth.year, home.province, surname)
    reachable = member.age >= PHONE_FROM
    writes = reachable and member.age < EMAIL_TO and provider.chance(EMAIL_SHARE)
    return {
        "full_name": name,
        "surname": surname,
        "sex": member.sex,
        "birth_date": birth.isoformat(),
        "personal_id": provider.personal_id(member.sex, birth),
        "occupation": provider.occupation(int(member.age)),
        "phone": provider.phone() if reachable else "",
        "email": provider.email(name) if writes else "",
        **_card(provider, birth, home.today),
    }


def _place(household: Household) -> CitizenRow:
    return {
        "unit_code": household.unit["code"],
        "address_current": household.address_current,
        "address_old": household.address_old,
        "old_ward_code": household.old_ward_code,
        "neighbourhood": household.neighbourhood,
    }


def birthday(birth: date, age: int) -> date:
    """The day on which a person reaches an age; 28 February for those born on the 29th in other years."""
    try:
        return birth.replace(year=birth.year + age)
    except ValueError:
        return date(birth.year + age, 2, 28)


def _card(provider: VietnamTrainingProvider, birth: date, today: date) -> CitizenRow:
    """A valid card for everybody of 14 and over; from 60 on it has no expiry, so the text is empty."""
    reached = [age for age in CARD_AGES if birthday(birth, age) <= today]
    if not reached:
        return NO_CARD
    start = min(max(FIRST_CARDS, birthday(birth, reached[-1])), today)
    issued = start + timedelta(days=int(provider.generator.random.random() * ((today - start).days + 1)))
    later = CARD_AGES[len(reached) :]
    return {
        "id_card_issued": issued.isoformat(),
        "id_card_expires": birthday(birth, later[0]).isoformat() if later else "",
    }
