"""Rules about numbers, papers, contacts and work: each function counts the rows that break it."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from kit.world.bulk.evidence import Evidence, count, duplicates, not_matching
from kit.world.bulk.kinds import Integers
from kit.world.rows import rows

YEAR = 365.25
NEVER = -(2**31)


def born_within_a_century(e: Evidence) -> int:
    """Born before the day and less than 100 years ago."""
    return count((e.age < 1) | (e.years_old >= 100))


def personal_ids_have_their_form(e: Evidence) -> int:
    """097, 098 or 099, then nine digits."""
    return not_matching(e.text("personal_id"), r"^09[789]\d{9}$")


def personal_ids_differ(e: Evidence) -> int:
    """No two people have one personal ID."""
    return duplicates(e.text("personal_id"))


def personal_ids_are_unassigned(e: Evidence) -> int:
    """No personal ID begins with a province's code (personal_id_codes.csv)."""
    assigned = pa.array([row["code"] for row in rows("personal_id_codes") if row["assigned"] == "yes"])
    begins = compute.utf8_slice_codeunits(e.text("personal_id"), 0, 3)
    return int(compute.sum(compute.is_in(begins, value_set=assigned)).as_py())


def personal_ids_tell_the_sex(e: Evidence) -> int:
    """The fourth digit is odd for women."""
    return count((_digits(e, 3, 4) % 2 == 1) != e.is_female)


def personal_ids_tell_the_year(e: Evidence) -> int:
    """The fourth digit tells the century, the next two the year of birth."""
    year = (_digits(e, 3, 4) // 2 + 19) * 100 + _digits(e, 4, 6)
    return count(year != e.birth_year)


def old_numbers_can_be_nobodys(e: Evidence) -> int:
    """Nine digits that begin with 9, no two alike, for people over 40."""
    column = e.text("old_id_number")
    young = column.is_valid().to_numpy(zero_copy_only=False) & (e.years_old <= 40)
    return not_matching(column, r"^9\d{8}$") + duplicates(column) + count(young)


def phones_can_be_nobodys(e: Evidence) -> int:
    """0600 and six digits, for people of 16 and over."""
    column = e.text("phone")
    wrong_age = column.is_valid().to_numpy(zero_copy_only=False) != (e.years_old >= 16)
    return not_matching(column, r"^0600 \d{3} \d{3}$") + count(wrong_age)


def emails_can_be_nobodys(e: Evidence) -> int:
    """At a domain under .example, no two alike, for people from 16 to 69."""
    column = e.text("email")
    wrong_age = column.is_valid().to_numpy(zero_copy_only=False) & ((e.years_old < 16) | (e.years_old >= 70))
    return not_matching(column, r"^[a-z0-9.]+@[a-z0-9-]+\.example$") + duplicates(column) + count(wrong_age)


def occupations_fit_the_age(e: Evidence) -> int:
    """Within the ages of occupations.csv."""
    ages = {row["name_vi"]: (int(row["age_from"]), int(row["age_to"])) for row in rows("occupations")}
    codes, words = e.codes("occupation")
    least, most = (np.array([ages[str(word)][side] for word in words])[codes] for side in (0, 1))
    return count((e.years_old < least) | (e.years_old > most))


def cards_follow_the_age(e: Evidence) -> int:
    """A valid card for everybody from 14 on, issued since 2021 and not before that age."""
    issued = e.days("id_card_issued")
    has, today = issued != NEVER, e.born + e.age
    early = (issued - e.born < 14 * YEAR - 1) | (issued < (2021 - 1970) * YEAR - 1)
    return count(has != (e.years_old >= 14)) + count(has & (early | (issued > today)))


def cards_expire_at_their_ages(e: Evidence) -> int:
    """At 25, 40 or 60, after the day; never for people of 60 and over."""
    expires, today = e.days("id_card_expires"), e.born + e.age
    does = expires != NEVER
    at_age = np.rint((expires - e.born) / YEAR * 10) / 10
    wrong = (expires <= today) | ~np.isin(at_age, (25, 40, 60))
    return count(does != ((e.years_old >= 14) & (e.years_old < 60))) + count(does & wrong)


def minors_are_single(e: Evidence) -> int:
    """Nobody under 18 is married, divorced or widowed."""
    return count((e.years_old < 18) & ~e.equals("marital_status", "single"))


def _digits(e: Evidence, start: int, stop: int) -> Integers:
    """Digits of the personal ID as a number; -1 where there are none."""
    part = compute.utf8_slice_codeunits(e.text("personal_id"), start, stop)
    valid = compute.match_substring_regex(part, r"^\d+$")
    return np.asarray(compute.if_else(valid, part, "-1").cast(pa.int64()).to_numpy())


RULES = (
    born_within_a_century, personal_ids_have_their_form, personal_ids_differ, personal_ids_are_unassigned,
    personal_ids_tell_the_sex, personal_ids_tell_the_year, old_numbers_can_be_nobodys, phones_can_be_nobodys,
    emails_can_be_nobodys, occupations_fit_the_age, cards_follow_the_age, cards_expire_at_their_ages,
    minors_are_single,
)  # fmt: skip
