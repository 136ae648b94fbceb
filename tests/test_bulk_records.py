"""Reports to 1022, parcels, Party members, officials, documents, projects: whole, and ruled."""

from datetime import date, datetime

import pyarrow as pa
import pytest

from kit.errors import WrongUse
from kit.world.bulk import Region, content_hash, describe, draw, draw_affairs, draw_offices
from kit.world.bulk.table_check import RULES, table_violations

TODAY = date(2025, 7, 10)
HCMC, QUANG_NINH = Region.province("79"), Region.province("22")


@pytest.fixture(scope="module")
def tables():
    span = (0, 2048)
    return draw(HCMC, 3, TODAY, span) | draw_affairs(HCMC, 3, TODAY, span) | draw_offices(HCMC, 3, TODAY)


def test_units_can_be_drawn_apart():
    whole = draw_offices(HCMC, 1, TODAY)
    cuts = [(0, 1), (1, 40), (40, 102)]
    for name, table in whole.items():
        parts = pa.concat_tables([draw_offices(HCMC, 1, TODAY, cut)[name] for cut in cuts])
        assert content_hash({name: parts}) == content_hash({name: table})
    with pytest.raises(WrongUse):
        draw_offices(HCMC, 1, TODAY, (0, 103))


@pytest.mark.parametrize("region", [QUANG_NINH, Region.unit("27655"), Region.country()], ids=lambda r: r.name)
def test_nothing_breaks_a_rule(region):
    span = (4096, 12_000)
    found = draw(region, 5, TODAY, span) | draw_affairs(region, 5, TODAY, span) | draw_offices(region, 5, TODAY)
    assert {rule: count for rule, count in table_violations(found, TODAY).items() if count} == {}


def test_the_schema_describes_every_column(tables):
    schema = describe()
    for name, table in tables.items():
        assert [column["name"] for column in schema[name]] == table.column_names
        for column in schema[name]:
            kind = str(table.schema.field(column["name"]).type)
            assert kind.startswith(column["type"].split("<")[0].removesuffix("32"))
            assert column["meaning"]
            assert column["source"]
            assert column["null"] or table[column["name"]].null_count == 0


def first(tables, table, column, *values):
    return next(at for at, value in enumerate(tables[table][column].to_pylist()) if value in values)


def value(tables, table, column, at=0):
    return tables[table][column][at].as_py()


def child(tables):
    return value(tables, "citizens", "citizen_id", first(tables, "citizens", "relation", "child"))


def newborn(tables):
    born = tables["citizens"]["birth_date"].to_pylist()
    return value(tables, "citizens", "citizen_id", born.index(max(born)))


CHANGES = {
    "petitioners_are_of_age": lambda t: ("petitions", "petitioner_id", 0, newborn(t)),
    "petitions_have_their_term": lambda t: ("petitions", "answer_due", 0, datetime(2025, 7, 1, 8, 1, 1)),
    "petitions_go_to_the_competent": lambda t: (
        "petitions", "returned", first(t, "petitions", "competent", "unit"), datetime(2025, 7, 9)),
    "parcels_are_in_the_ward_map": lambda t: ("parcels", "old_ward_code", 0, "06652"),
    "parcels_belong_to_heads": lambda t: ("parcels", "owner_id", 0, child(t)),
    "parcels_have_their_own_codes": lambda t: ("parcels", "code_new", 0, value(t, "parcels", "code_new", 1)),
    "housing_land_fits_the_unit": lambda t: ("parcels", "use", first(t, "parcels", "use", "ODT"), "ONT"),
    "members_join_from_18": lambda t: ("party_members", "joined", 0, date(1920, 1, 1)),
    "members_are_of_their_neighbourhood": lambda t: ("party_members", "organisation_id", 0, "06652-06652-01"),
    "organisations_of_members_exist": lambda t: ("party_organisations", "parent_id", 1, "99999"),
    "documents_are_numbered_in_order": lambda t: ("documents", "register_number", 7, 1_000),
    "documents_go_on_in_time": lambda t: ("documents", "dated", 3, date(2025, 7, 10)),
    "project_groups_follow_the_capital": lambda t: (
        "projects", "capital_million_vnd", 0, 9_000_000 * (value(t, "projects", "group") != "A")),
    "project_authorities_are_competent": lambda t: (
        "projects", "authority", first(t, "projects", "funding", "province"), "commune_council"),
    "projects_spend_within_the_plan": lambda t: ("projects", "spent_million_vnd", 0, 10_000_000),
    "projects_lie_in_the_ward_map": lambda t: ("projects", "old_ward_code", 0, "06652"),
    "every_post_is_filled": lambda t: ("officials", "unit_code", 0, "06652"),
    "accounts_follow_the_post": lambda t: ("accounts", "official_id", 0, "S99999999999"),
}  # fmt: skip


def test_every_rule_has_its_counterexample():
    assert {rule.__name__ for table in ("parcels", "documents") for rule in RULES[table]} == set(CHANGES)


@pytest.mark.parametrize("rule", CHANGES)
def test_a_wrong_row_is_reported(tables, rule):
    table, column, at, wrong = CHANGES[rule](tables)
    kind = tables[table].schema.field(column).type
    plain = tables[table][column].to_pylist()
    plain[at] = wrong
    changed = pa.array(plain, pa.string() if pa.types.is_dictionary(kind) else kind)
    broken = tables[table].set_column(tables[table].column_names.index(column), column, changed)
    assert table_violations(tables | {table: broken}, TODAY)[rule] >= 1
