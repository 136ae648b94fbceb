"""Who filed dossiers, for which procedure and about whom.

Each household has two places for dossiers, of which few are used. The second is only for what anybody of age or
any head may ask again and again, so no child is registered twice.
"""

from dataclasses import dataclass

import numpy as np

from kit.world.bulk import applicants
from kit.world.bulk.applicants import WINDOW, Homes
from kit.world.bulk.dossier_tables import PER_HOME, about_a_child, chance, groups
from kit.world.bulk.family import CELL
from kit.world.bulk.ground import Ground
from kit.world.bulk.kinds import Integers

OFTENER_WITH_AN_INFANT = 3  # so that about every newborn child is registered


@dataclass(frozen=True, eq=False)
class Filings:
    """One row for each dossier; `drawn` has a row for each 16-bit number of a dossier.

    `about`: the rows that are about a child, and the child's place in its household.
    """

    number: Integers
    homes: Homes
    drawn: Integers
    procedure: Integers
    applicant: Integers
    about: tuple[Integers, Integers]

    @property
    def room(self) -> Integers:
        """Days back to choose from; the dossiers of an infant begin after its birth."""
        rows, subject = self.about
        age = self.homes.rows(rows).age(subject)
        found = np.full(len(self.number), WINDOW, dtype=np.int32)
        found[rows] = np.where(age <= applicants.INFANT_TO, np.minimum(age - 10, WINDOW), WINDOW)
        return found


def filings(ground: Ground) -> Filings:
    """The dossiers of the households of the ground."""
    used, homes = _used(ground)
    counts = np.bincount(homes.home // CELL, minlength=len(ground.place) // CELL)
    drawn = ground.words.by_cell("dossiers", counts, PER_HOME * CELL).T.astype(np.int32, order="C")
    procedure = _procedures(ground, used, homes, drawn[1])
    about = np.flatnonzero(about_a_child().take(procedure))
    subject = applicants.tables().subject.take(homes.template.take(about))
    number = (ground.words.start * PER_HOME + used).astype(np.int32)
    return Filings(number, homes, drawn, procedure, _applicants(homes, procedure, drawn[4]), (about, subject))


def _procedures(ground: Ground, used: Integers, homes: Homes, drawn: Integers) -> Integers:
    """For the first places by the situation of the household."""
    situation = np.full(len(used), applicants.NONE)
    first = np.flatnonzero(used & 1 == 0)
    its = homes.rows(first)
    situation[first] = applicants.situations(its, ground.poor.take(its.home))
    slot = (situation << applicants.DRAW_BITS) + (drawn >> (16 - applicants.DRAW_BITS))
    return applicants.procedure_slots().take(slot).astype(np.int64)


def _applicants(homes: Homes, procedure: Integers, drawn: Integers) -> Integers:
    """Heads and, for what any adult may ask, often their spouses; else whom the procedure is for."""
    group, tables = groups().take(procedure), applicants.tables()
    spouse = (group == applicants.ADULT) & (drawn >= 32_768)
    found = np.where(spouse, tables.spouse.take(homes.template), tables.head.take(homes.template))
    for kind, places_of in applicants.APPLYING.items():
        rows = np.flatnonzero(group == kind)
        found[rows] = places_of(homes.rows(rows))
    return found


def _used(ground: Ground) -> tuple[Integers, Homes]:
    """The places for dossiers that are used, two for each household; more of the first where an infant lives."""
    use = ground.words.pieces("dossier_use", 16)
    pairs = (use < chance()).view("u2")[:, 0]  # two flags of a byte each: PER_HOME
    files, first = np.ascontiguousarray(pairs).view(bool), np.ascontiguousarray(use[:, 0])
    maybe = np.flatnonzero((first >= chance()) & (first < OFTENER_WITH_AN_INFANT * chance()))
    infant = applicants.have_an_infant(applicants.homes_at(ground, maybe))
    files[maybe[infant] * PER_HOME] = True
    used = np.flatnonzero(files)
    homes = applicants.homes_at(ground, used // PER_HOME)
    grown = np.flatnonzero(applicants.grown(homes))
    return used.take(grown), homes.rows(grown)
