"""Rules about who may apply for what: each function counts the dossiers that break it."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from kit.world.bulk.evidence import NOBODY, count, duplicates
from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.records import Records
from kit.world.rows import rows

BIRTH, WITH_FATHER = ("1.001193", "2.002621"), ("1.000689", "2.000528")
DEATH, MARRIAGE, STATUS = ("1.000656", "2.002622", "1.001731"), ("1.000894", "2.000806"), ("1.004873",)
BY_HEADS = ("1.013978", "1.013831", "1.012812", "1.012796", "1.013225", "2.001035", "1.001612", "1.001266", "1.004222")
FOR_THE_POOR, PENSION = ("1.001776", "1.011606"), ("1.014027",)
FOSTER, RECOGNITION = ("1.004837", "2.001263"), ("1.001022",)
CHILD_BIRTH_DAYS = 366


def applicants_exist(r: Records) -> int:
    """Every applicant, child and household that is named is in the tables."""
    named = {"applicant_id": r.applicant, "subject_id": r.subject, "household_id": r.home}
    return sum(
        count(r.tables["dossiers"][name].is_valid().to_numpy() & (rows == NOBODY)) for name, rows in named.items()
    )


def applicants_are_of_the_household(r: Records) -> int:
    """The applicant lives in the household the dossier names."""
    return count(r.people.household[r.applicant] != r.home)


def applicants_are_of_age(r: Records) -> int:
    """18 years on the day of filing."""
    return count(r.age_at_filing(r.applicant) < 18)


def births_are_registered_by_parents(r: Records) -> int:
    """By the father or the mother, of a child born at most a year before, not before it was born."""
    births = r.is_for(*BIRTH, *WITH_FATHER)
    age = r.age_at_filing(r.subject)
    wrong = (r.subject == NOBODY) | ~_is_parent(r) | (age < 0) | (age * 365.25 > CHILD_BIRTH_DAYS)
    return count(births & wrong)


def children_without_father_are_recognised(r: Records) -> int:
    """Recognition, alone or with the birth, is for children whose father is not known; their mother applies."""
    wanted = r.is_for(*WITH_FATHER, *RECOGNITION)
    mother = r.people.mother[r.subject] == r.applicant
    return count(wanted & ((r.subject == NOBODY) | (r.people.father[r.subject] != NOBODY) | ~mother))


def births_are_registered_once(r: Records) -> int:
    """No child has two dossiers of birth registration."""
    births = r.text("dossiers", "subject_id").filter(r.is_for(*BIRTH, *WITH_FATHER))
    return duplicates(births)


def deaths_have_an_elder(r: Records) -> int:
    """Deaths come from households in which somebody is 60."""
    old = np.bincount(r.people.household[r.people.years_old >= 60], minlength=r.people.households.num_rows) > 0
    return count(r.is_for(*DEATH) & ~old[r.home])


def marriages_are_of_the_unmarried(r: Records) -> int:
    """Not married; women of 18, men of 20 (Law on Marriage and Family 2014, Art 8: memory)."""
    married = r.people.equals("marital_status", "married")[r.applicant]
    least = np.where(r.people.is_female[r.applicant], 18, 20)
    return count(r.is_for(*MARRIAGE, *STATUS) & (married | (r.age_at_filing(r.applicant) < least)))


def heads_apply_for_land_and_building(r: Records) -> int:
    """Land, building, business and residence are the head's to apply for (training rule)."""
    return count(r.is_for(*BY_HEADS) & ~r.people.equals("relation", "head")[r.applicant])


def pensions_are_for_the_old(r: Records) -> int:
    """75 years and more (memory)."""
    return count(r.is_for(*PENSION) & (r.age_at_filing(r.applicant) < 75))


def support_is_for_the_poor(r: Records) -> int:
    """Allowances and poverty status come from poor households (training rule)."""
    poor = np.asarray(r.tables["households"]["poor"].to_numpy()).astype(bool)
    return count(r.is_for(*FOR_THE_POOR) & ~poor[r.home])


def adoptions_are_of_foster_children(r: Records) -> int:
    """Adoption and guardianship are for a foster child of the household."""
    foster = r.people.equals("relation", "foster_child")
    at_home = r.people.household[r.subject] == r.home
    return count(r.is_for(*FOSTER) & ((r.subject == NOBODY) | ~foster[r.subject] | ~at_home))


def only_some_dossiers_name_a_child(r: Records) -> int:
    """Others are about the applicant."""
    about = r.is_for(*BIRTH, *WITH_FATHER, *FOSTER, *RECOGNITION)
    return count((r.subject != NOBODY) != about)


def units_are_competent(r: Records) -> int:
    """The unit where the household lives decides, whichever unit of the province receives (Decree 118/2025 Art 20)."""
    lives = r.text("households", "unit_code").take(pa.array(r.home))
    other = count(compute.not_equal(lives, r.text("dossiers", "competent_unit_code")).to_numpy(zero_copy_only=False))
    return other + count(_provinces(r, "receiving_unit_code") != _provinces(r, "competent_unit_code"))


def _provinces(r: Records, column: str) -> Integers:
    of = {row["code"]: row["province_code"] for row in rows("units")}
    return np.array([of.get(code, "") for code in r.words("dossiers", column)])


def _is_parent(r: Records) -> Flags:
    found: Flags = (r.people.father[r.subject] == r.applicant) | (r.people.mother[r.subject] == r.applicant)
    return found


RULES = (
    applicants_exist, applicants_are_of_the_household, applicants_are_of_age, births_are_registered_by_parents,
    children_without_father_are_recognised, births_are_registered_once, deaths_have_an_elder,
    marriages_are_of_the_unmarried, heads_apply_for_land_and_building, pensions_are_for_the_old,
    support_is_for_the_poor, adoptions_are_of_foster_children, only_some_dossiers_name_a_child, units_are_competent,
)  # fmt: skip
