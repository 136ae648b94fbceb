"""Rules about Party organisations, documents, projects and officials: each function counts the rows that break it."""

from collections import Counter
from itertools import pairwise

import numpy as np

from kit import calendar
from kit.world.bulk.evidence import NOBODY, count, duplicates, not_matching
from kit.world.bulk.record_rules import declared, units_of
from kit.world.bulk.records import DAY, NULL, Records, day_number, moment
from kit.world.officials import POSTS
from kit.world.rows import rows


def organisations_of_members_exist(r: Records) -> int:
    """Every cell with a member is among the organisations of the units drawn, and every parent too."""
    organisations = r.text("party_organisations", "organisation_id")
    units = set(r.words("party_organisations", "unit_code"))
    found = set(organisations.to_pylist())
    parents = {parent for parent in r.words("party_organisations", "parent_id") if parent} - found
    cells = set(r.words("party_members", "organisation_id"))
    return len({cell for cell in cells if cell[:5] in units} - found) + len(parents) + duplicates(organisations)


def documents_are_numbered_in_order(r: Records) -> int:
    """From 1 without a gap in each series of a unit, in the order of registration (Decree 30/2020: primary)."""
    columns = [r.words("documents", name) for name in ("unit_code", "direction", "agency")]
    number, at = r.numbers("documents", "register_number"), r.numbers("documents", "registered")
    last: dict[object, tuple[int, int]] = {}
    wrong = 0
    for unit, direction, agency, own, when in zip(*columns, number.tolist(), at.tolist(), strict=True):
        key = (unit, direction, agency if direction == "outgoing" else "")
        before, then = last.get(key, (0, 0))
        wrong += own != before + 1 or when < then
        last[key] = (own, when)
    return wrong


def documents_go_on_in_time(r: Records) -> int:
    """Dated before they are registered; passed on the same or the next working day; handled after that."""
    dated, registered, passed, handled = (
        r.numbers("documents", name) for name in ("dated", "registered", "passed_on", "handled")
    )
    wrong = count(dated > registered // DAY) + count((handled != NULL) & (handled < passed))
    there = passed != NULL
    pairs = np.unique(np.stack([registered[there] // DAY, passed[there] // DAY]), axis=1).T.tolist()
    late = {(a, b) for a, b in pairs if moment(b * DAY).date() > calendar.next_working_day(moment(a * DAY).date())}
    days = zip((registered[there] // DAY).tolist(), (passed[there] // DAY).tolist(), strict=True)
    return wrong + count(there & (passed < registered)) + sum(pair in late for pair in days)


def project_groups_follow_the_capital(r: Records) -> int:
    """A, B or C by the bounds of the field, in billions of VND (projects.yaml: memory)."""
    bounds = {row["field"]: (row["a"] * 1_000, row["b"] * 1_000) for row in declared("projects")["groups"]["list"]}
    columns = (r.words("projects", "field"), r.numbers("projects", "capital_million_vnd"), r.words("projects", "group"))
    return sum(group != ("A" if capital >= bounds[field][0] else "B" if capital >= bounds[field][1] else "C")
               for field, capital, group in zip(*columns, strict=True))  # fmt: skip


def project_authorities_are_competent(r: Records) -> int:
    """The commune's council decides on B and C of its own budget in one commune, the province's on all others."""
    names = ("group", "funding", "second_unit_code", "authority")
    own = zip(*(r.words("projects", name) for name in names), strict=True)
    return sum((authority == "commune_council") != (group in "BC" and funding == "commune" and second is None)
               for group, funding, second, authority in own)  # fmt: skip


def projects_spend_within_the_plan(r: Records) -> int:
    """Advance <= spent <= plan <= capital."""
    names = ("advance_million_vnd", "spent_million_vnd", "plan_million_vnd", "capital_million_vnd")
    amounts = [r.numbers("projects", name) for name in names]
    return sum(count(less > more) for less, more in pairwise(amounts)) + count(amounts[0] < 0)


def projects_lie_in_the_ward_map(r: Records) -> int:
    """The old ward has land in the unit; a second unit is another one of the same province."""
    province = {row["code"]: row["province_code"] for row in rows("units")}
    names = ("unit_code", "old_ward_code", "second_unit_code")
    found = zip(*(r.words("projects", name) for name in names), strict=True)
    wrong = 0
    for unit, ward, second in found:
        crosses = second is None or (second != unit and province[second] == province[unit])
        wrong += unit not in units_of(ward) or not crosses
    return wrong


def every_post_is_filled(r: Records) -> int:
    """Each unit drawn has every post once; e-mail under .example; a valid certificate with letters that none has."""
    posts = Counter(r.words("officials", "unit_code"))
    ends, today = r.numbers("officials", "certificate_to"), day_number(r.day)
    wrong = sum(found != len(POSTS) for found in posts.values()) + count(ends < today)
    emails = not_matching(r.text("officials", "email"), r"^[a-z0-9.]+@[a-z0-9-]+\.example$")
    return wrong + emails + not_matching(r.text("officials", "certificate"), r"^[FJWZ]{2}\d{6}$")


def accounts_follow_the_post(r: Records) -> int:
    """An account is an official's, in a system of the post; whoever has logged in has an active account."""
    row = r.rows("accounts", "official_id", "official_id", "officials")
    done = np.asarray(r.tables["accounts"]["first_login_done"].to_numpy()).astype(bool)
    allowed = [post.accounts.split(";") for post in POSTS]
    system = r.words("accounts", "system")
    number = np.array([int(one[1:]) % len(POSTS) for one in r.words("accounts", "official_id")])
    wrong = sum(one not in allowed[post] for one, post in zip(system, number, strict=True))
    return wrong + count(row == NOBODY) + count(done & (r.words("accounts", "state") != "active"))


RULES = (
    organisations_of_members_exist, documents_are_numbered_in_order, documents_go_on_in_time,
    project_groups_follow_the_capital, project_authorities_are_competent, projects_spend_within_the_plan,
    projects_lie_in_the_ward_map, every_post_is_filled, accounts_follow_the_post,
)  # fmt: skip
