"""Civil-status papers, offices that ended, marriages abroad: ruled, and every edge case as often as asked."""

from dataclasses import fields
from datetime import date

import pyarrow as pa
import pyarrow.compute as compute
import pytest

from kit.world.bulk import EdgeCases, Region, check, draw, draw_affairs
from kit.world.bulk.certificate_rules import RULES
from kit.world.bulk.edge_shares import edge_shares
from kit.world.bulk.offices_of_papers import of_district, of_ward, offices, written
from kit.world.bulk.records import Records
from kit.world.bulk.table_check import table_violations

TODAY = date(2025, 7, 10)
HCMC, HUE = Region.province("79"), Region.province("46")
EVERY = [field.name for field in fields(EdgeCases)]


def whole(region, day=TODAY, edges=None, stop=8192):
    asked = (region, 3, day, (0, stop), edges or EdgeCases())
    return draw(*asked) | draw_affairs(*asked)


def shares_of(edges):
    """What a check says of them; one check as a whole is below."""
    return edge_shares(Records(whole(HCMC, edges=edges), TODAY), edges)


@pytest.fixture(scope="module")
def tables():
    return whole(HCMC)


@pytest.fixture(scope="module")
def few():
    return whole(HCMC, stop=1024)


# --- Names of offices ------------------------------------------------------------------------------------------


def test_names_are_written_as_in_a_sentence():
    assert of_ward("Phường Bến Nghé", "Quận 1", "Thành phố Hồ Chí Minh") == (
        "Ủy ban nhân dân phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh"
    )
    assert of_district("Huyện Phong Điền", "Thành phố Huế") == "Ủy ban nhân dân huyện Phong Điền, thành phố Huế"
    assert written("Sở Tư pháp", "Tỉnh Quảng Ninh") == "Sở Tư pháp tỉnh Quảng Ninh"


def test_an_office_that_ended_stands_on_papers_by_its_name_of_then(tables):
    ended = tables["certificates"].filter(compute.equal(tables["certificates"]["issuer_level"].cast("string"), "ward"))
    assert ended.num_rows > 100
    assert all(compute.match_substring(ended["issuer"].cast("string"), ", Thành phố Hồ Chí Minh").to_pylist())
    assert max(ended["issued"].to_pylist()) < date(2025, 7, 1)
    assert set(ended["office_closed"].to_pylist()) == {True}


def test_a_ward_that_goes_on_closes_with_its_district_alone():
    at = offices()
    names = at.names.to_pylist()
    for place in at.is_district.nonzero()[0]:
        assert names[at.closed[place]] == names[at.district[place]]
    assert 0 < at.is_district.sum() < len(at.is_district)


# --- Rules -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(2025, 6, 12), date(2025, 7, 1), date(2026, 4, 10)], ids=str)
@pytest.mark.parametrize("region", [Region.unit("27676"), Region.country()], ids=lambda one: one.name)
def test_nothing_breaks_a_rule(region, day):
    assert {rule: count for rule, count in table_violations(whole(region, day), day).items() if count} == {}


def first(tables, table, column, value):
    return tables[table][column].to_pylist().index(value)


def broken(tables, table, column, at, wrong):
    kind = tables[table].schema.field(column).type
    plain = tables[table][column].to_pylist()
    plain[at] = wrong
    changed = pa.array(plain, pa.string() if pa.types.is_dictionary(kind) else kind)
    return tables | {table: tables[table].set_column(tables[table].column_names.index(column), column, changed)}


PAPERS = "certificates"
LAND = ("parcels", "certificate_issuer", "Ủy ban nhân dân Quận 99, Thành phố Hồ Chí Minh")
CHANGES = {
    "papers_are_of_the_household": lambda t: (PAPERS, "holder_id", 0, "C99999999999"),
    "papers_have_their_day": lambda t: (PAPERS, "issued", 0, date(2030, 1, 1)),
    "papers_name_their_office": lambda t: (
        PAPERS, "issuer", first(t, PAPERS, "issuer_level", "department"), "Sở Tư pháp tỉnh Quảng Ninh"),
    "closed_offices_issue_nothing_later": lambda t: (
        PAPERS, "issued", first(t, PAPERS, "issuer_level", "ward"), date(2025, 7, 2)),
    "marriages_abroad_are_noted_after": lambda t: (
        PAPERS, "noted", first(t, PAPERS, "issuer_level", "ward"), date(2025, 6, 2)),
    "papers_can_be_nobodys": lambda t: (PAPERS, "number", 0, "A 12345678"),
    "land_certificates_name_their_office": lambda t: (
        "parcels", "certificate_issuer", first(t, "parcels", "office_closed", True), None),
}  # fmt: skip


def test_every_rule_has_its_counterexample():
    assert {rule.__name__ for rule in RULES} == set(CHANGES)


@pytest.mark.parametrize("rule", CHANGES)
def test_a_wrong_row_is_reported(few, rule):
    assert table_violations(broken(few, *CHANGES[rule](few)), TODAY)[rule] >= 1


def test_a_land_certificate_of_another_district_is_reported(few):
    at = first(few, "parcels", "office_closed", True)
    table, column, wrong = LAND
    changed = broken(few, table, column, at, wrong)
    assert table_violations(changed, TODAY)["land_certificates_name_their_office"] == 1


def test_no_paper_of_a_newborn_comes_from_a_closed_office():
    tables = whole(HCMC, date(2026, 4, 10))
    born = dict(zip(*(tables["citizens"][name].to_pylist() for name in ("citizen_id", "birth_date")), strict=True))
    papers = tables[PAPERS].select(["kind", "holder_id", "office_closed"]).to_pylist()
    newborn = [row for row in papers if row["kind"] == "birth" and born[row["holder_id"]] >= date(2025, 7, 1)]
    assert newborn
    assert not any(row["office_closed"] for row in newborn)


def test_marriages_abroad_are_partly_noted():
    papers = whole(HCMC, edges=EdgeCases(married_abroad=1000))[PAPERS].select(["kind", "country", "noted"]).to_pylist()
    noted = [row["noted"] is not None for row in papers if row["country"]]
    assert len(noted) == sum(row["kind"] == "marriage" for row in papers) > 100
    assert 0 < sum(noted) < len(noted)


# --- Edge cases ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def records(tables):
    return Records(tables, TODAY)


def test_every_edge_case_occurs_and_comes_as_often_as_asked(tables, records):
    report = check(tables, TODAY)
    assert report.edge_shares == edge_shares(records, EdgeCases())
    assert {name.partition(" ")[0] for name in report.edge_shares} >= {"married_abroad", "closed_office", "divorced"}
    assert all(abs(found - asked) <= bound for found, asked, bound in report.edge_shares.values())
    assert all(report.edge_cases.values())


@pytest.mark.parametrize("per_mille", [250, 1000])
def test_other_shares_come_out_as_asked(per_mille):
    shares = shares_of(EdgeCases(**dict.fromkeys(EVERY, per_mille)))
    assert {name: one for name, one in shares.items() if abs(one[0] - one[1]) > one[2]} == {}


@pytest.mark.parametrize("name", EVERY)
def test_every_edge_case_can_be_switched_off(name):
    shares = shares_of(EdgeCases(**{name: 0}))
    mine = {case: found for case, (found, _, _) in shares.items() if case.partition(" ")[0] == name}
    assert set(mine.values()) <= {0.0}


@pytest.mark.parametrize("name", [name for name in EVERY if name != "split_ward"])
def test_a_share_that_was_not_asked_for_is_seen(name, records):
    other = EdgeCases(**{name: 0 if getattr(EdgeCases(), name) >= 500 else 1000})
    assert any(abs(found - asked) > bound for found, asked, bound in edge_shares(records, other).values())
