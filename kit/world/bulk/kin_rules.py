"""Rules about families: each function counts the rows that break it."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from kit.world.bulk.evidence import NOBODY, Evidence, count, duplicates
from kit.world.bulk.kinds import Flags, Integers

YEAR = 365.25
TON = ("Tôn Thất", "Tôn Nữ")


def references_exist(e: Evidence) -> int:
    """Every father, mother, spouse and household that is named is in the tables."""
    named = {"father_id": e.father, "mother_id": e.mother, "spouse_id": e.spouse, "household_id": e.household}
    return sum(count(e.citizens[name].is_valid().to_numpy() & (rows == NOBODY)) for name, rows in named.items())


def citizen_ids_differ(e: Evidence) -> int:
    """No two citizens have one citizen_id."""
    return duplicates(e.text("citizen_id"))


def household_ids_differ(e: Evidence) -> int:
    """No two households have one household_id."""
    return duplicates(e.text("household_id", "households"))


def one_head(e: Evidence) -> int:
    """Every household has exactly one head."""
    heads = e.household[e.equals("relation", "head")]
    return count(np.bincount(heads, minlength=e.households.num_rows) != 1)


def head_is_named(e: Evidence) -> int:
    """A household's head_id names the person in it who is the head."""
    at = compute.index_in(e.text("head_id", "households"), value_set=e.text("citizen_id"))
    rows = np.asarray(compute.fill_null(at, NOBODY).to_numpy(zero_copy_only=False))
    own = e.household[rows] == np.arange(e.households.num_rows)
    return count((rows == NOBODY) | ~own | ~e.equals("relation", "head")[rows])


def size_is_counted(e: Evidence) -> int:
    """A household's size is the number of its people."""
    found = np.bincount(e.household, minlength=e.households.num_rows)
    return count(found != e.households["size"].to_numpy())


def spouses_are_mutual(e: Evidence) -> int:
    """The spouse of one's spouse is oneself."""
    married = np.flatnonzero(e.spouse != NOBODY)
    return count(e.spouse[e.spouse[married]] != married)


def spouses_differ_in_sex(e: Evidence) -> int:
    """Law on Marriage and Family 2014, Article 8 (memory)."""
    married = np.flatnonzero(e.spouse != NOBODY)
    return count(e.is_female[married] == e.is_female[e.spouse[married]])


def married_have_a_spouse(e: Evidence) -> int:
    """Whoever is married has a spouse, and nobody else has."""
    return count(e.equals("marital_status", "married") != (e.spouse != NOBODY))


def married_are_old_enough(e: Evidence) -> int:
    """Women from 18, men from 20 on; nobody younger was ever married."""
    ever = ~e.equals("marital_status", "single")
    return count(ever & (e.years_old < np.where(e.is_female, 18, 20)))


def fathers_are_men(e: Evidence) -> int:
    """A father is male."""
    return count(e.is_female[e.father[e.father != NOBODY]])


def mothers_are_women(e: Evidence) -> int:
    """A mother is female."""
    return count(~e.is_female[e.mother[e.mother != NOBODY]])


def fathers_are_of_age(e: Evidence) -> int:
    """18 to 45 years older than the child."""
    return _wrong_gap(e, e.father)


def mothers_are_of_age(e: Evidence) -> int:
    """18 to 45 years older than the child."""
    return _wrong_gap(e, e.mother)


def parents_are_at_home(e: Evidence) -> int:
    """Parents and spouses who are named live in the same household."""
    return sum(_elsewhere(e, rows) for rows in (e.father, e.mother, e.spouse))


def parents_are_a_couple(e: Evidence) -> int:
    """Father and mother of a child, where both are named, are each other's spouse."""
    both = (e.father != NOBODY) & (e.mother != NOBODY)
    return count(e.spouse[e.father[both]] != e.mother[both])


def siblings_are_spaced(e: Evidence) -> int:
    """Born on one day, as twins, or at least 270 days apart."""
    order, same = _siblings(e, e.born)
    gap = np.diff(e.born[order])
    return count(same & (gap > 0) & (gap < 270))


def siblings_have_different_names(e: Evidence) -> int:
    """No two children of one mother (else father) have the same full name."""
    names, _ = e.codes("full_name")
    order, same = _siblings(e, names)
    return count(same & (np.diff(names[order]) == 0))


def surnames_follow_the_father(e: Evidence) -> int:
    """A child bears the father's surname; daughters of a Tôn Thất are Tôn Nữ; without a known father: the mother's."""
    codes, words = e.codes("surname")
    line = np.array([words.index(TON[0]) if word == TON[1] and TON[0] in words else at
                     for at, word in enumerate(words)])[codes]  # fmt: skip
    has = e.father != NOBODY
    alone = ~has & (e.mother != NOBODY) & e.equals("marital_status", "single")[e.mother]
    return count(line[e.father[has]] != line[has]) + count(line[e.mother[alone]] != line[alone])


def ethnicity_follows_the_father(e: Evidence) -> int:
    """A child has the father's ethnicity and place of origin."""
    has = e.father != NOBODY
    pairs = (e.codes(name)[0] for name in ("ethnicity", "origin"))
    return sum(count(codes[e.father[has]] != codes[has]) for codes in pairs)


def foster_children_have_no_parents(e: Evidence) -> int:
    """Foster children alone, among children, have neither father nor mother here."""
    child, foster = e.equals("relation", "child", "foster_child"), e.equals("relation", "foster_child")
    return count(child & (((e.father == NOBODY) & (e.mother == NOBODY)) != foster))


def full_name_begins_with_surname(e: Evidence) -> int:
    """Surname first; people without one bear a single word."""
    full, surname = e.text("full_name"), e.text("surname")
    named = compute.not_equal(surname, "").to_numpy(zero_copy_only=False)
    one_word = compute.match_substring_regex(full, r"^\S+$").to_numpy(zero_copy_only=False)
    starts = _starts(full, compute.binary_join_element_wise(surname, "", " "))
    return count(named & ~starts) + count(~named & ~one_word)


def _starts(texts: pa.Array, starts: pa.Array) -> Flags:
    ends = np.asarray(compute.binary_length(starts).to_numpy())
    found = np.zeros(len(texts), dtype=bool)
    for length in np.unique(ends):
        rows = pa.array(np.flatnonzero(ends == length))
        cut = compute.binary_slice(texts.take(rows).cast(pa.binary()), 0, int(length))
        found[rows.to_numpy()] = compute.equal(cut, starts.take(rows).cast(pa.binary())).to_numpy(zero_copy_only=False)
    return found


def _wrong_gap(e: Evidence, parent: Integers) -> int:
    has = parent != NOBODY
    gap = (e.age[parent[has]] - e.age[has]) / YEAR
    return count((gap < 18) | (gap > 45))


def _elsewhere(e: Evidence, rows: Integers) -> int:
    has = rows != NOBODY
    return count(e.household[rows[has]] != e.household[has])


def _siblings(e: Evidence, by: Integers) -> tuple[Integers, Flags]:
    """Rows in an order in which siblings are neighbours, and whether each row and the next are siblings."""
    parent = np.where(e.mother != NOBODY, e.mother, e.father)
    order = np.lexsort((by, parent))
    return order, (parent[order][1:] == parent[order][:-1]) & (parent[order][1:] != NOBODY)


RULES = (
    references_exist, citizen_ids_differ, household_ids_differ, one_head, head_is_named, size_is_counted,
    spouses_are_mutual, spouses_differ_in_sex, married_have_a_spouse, married_are_old_enough, fathers_are_men,
    mothers_are_women, fathers_are_of_age, mothers_are_of_age, parents_are_at_home, parents_are_a_couple,
    siblings_are_spaced, siblings_have_different_names, surnames_follow_the_father, ethnicity_follows_the_father,
    foster_children_have_no_parents, full_name_begins_with_surname,
)  # fmt: skip
