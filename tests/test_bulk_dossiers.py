"""Dossiers: the same for any cut, nothing breaks a rule, and every rule is seen to find what breaks it."""

from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute
import pytest

from kit import calendar
from kit.errors import KitError, WrongUse
from kit.world.bulk import EdgeCases, Region, content_hash, draw, draw_affairs
from kit.world.bulk.applicants import GROUPS
from kit.world.bulk.frozen import frozen
from kit.world.bulk.table_check import RULES, table_violations
from kit.world.bulk.working_time import BACK, CLOCK_DAY, working_time
from kit.world.procedures import procedures

TODAY = date(2025, 6, 12)
HCMC, HUE = Region.province("79"), Region.province("46")
FEW = 2048  # households: every procedure that is changed below is among their dossiers


@pytest.fixture(scope="module")
def tables():
    return draw(HCMC, 3, TODAY, (0, 16_384)) | draw_affairs(HCMC, 3, TODAY, (0, 16_384))


@pytest.fixture(scope="module")
def few():
    return draw(HCMC, 3, TODAY, (0, FEW)) | draw_affairs(HCMC, 3, TODAY, (0, FEW))


@pytest.mark.parametrize(("step", "stop"), [(7, 200), (3000, 20_000), (60_000, 70_000)])
def test_the_cut_leaves_no_trace(step, stop):
    parts = [draw_affairs(HCMC, 1, TODAY, (at, min(at + step, stop))) for at in range(0, stop, step)]
    whole = draw_affairs(HCMC, 1, TODAY, (0, stop))
    joined = {name: pa.concat_tables([part[name] for part in parts]) for name in whole}
    assert content_hash(joined) == content_hash(whole)


@pytest.mark.parametrize("day", [date(2025, 6, 30), date(2025, 9, 2), date(2026, 3, 1), date(2026, 5, 4)], ids=str)
@pytest.mark.parametrize("region", [HUE, Region.unit("27655"), Region.country()], ids=lambda r: r.name)
def test_nothing_breaks_a_rule(region, day):
    found = draw(region, 5, day, (0, 8192)) | draw_affairs(region, 5, day, (0, 8192))
    violations = table_violations(found, day)
    assert len(violations) == 41
    assert {rule: count for rule, count in violations.items() if count} == {}


def test_many_foster_and_fatherless_children_break_no_rule():
    edges = EdgeCases(abandoned_child=1000, child_without_father=1000, twins=1000)
    found = draw(HCMC, 5, TODAY, (0, 8192), edges) | draw_affairs(HCMC, 5, TODAY, (0, 8192), edges)
    assert set(table_violations(found, TODAY).values()) == {0}
    assert {"2.001263", "1.001022"} <= set(found["dossiers"]["procedure_code"].to_pylist())


def test_every_procedure_occurs():
    found = draw_affairs(Region.country(), 7, TODAY, (0, 320_000))["dossiers"]["procedure_code"]
    assert set(found.cast(pa.string()).unique().to_pylist()) == set(procedures())


def test_every_state_and_channel_occurs(tables):
    assert set(tables["dossiers"]["state"].to_pylist()) == set(range(1, 11))
    assert set(tables["dossiers"]["channel"].to_pylist()) == {"counter", "online", "post"}


def text(tables, column):
    return tables["dossiers"][column].cast(pa.string())


def test_shares_are_the_declared(tables):
    per_person_and_day = tables["dossiers"].num_rows / tables["citizens"].num_rows / 120
    assert per_person_and_day == pytest.approx(845e-6, rel=0.15)
    other = compute.not_equal(text(tables, "receiving_unit_code"), text(tables, "competent_unit_code"))
    assert compute.mean(other).as_py() == pytest.approx(0.246, abs=0.02)
    both = {code for code, one in procedures().items() if {"online", "counter"} <= set(one.channels)}
    rows = compute.is_in(text(tables, "procedure_code"), pa.array(sorted(both)))
    online = compute.equal(text(tables, "channel"), "online").filter(rows)
    assert compute.mean(online).as_py() == pytest.approx(0.636, abs=0.02)


def test_working_time_is_the_calendars():
    found, first = working_time(TODAY), TODAY - timedelta(days=BACK)
    for day in range(280):
        assert found.working[day] == calendar.is_working_day(first + timedelta(days=day))
    for minute in np.random.PCG64(1).random_raw(2_000) % (270 * CLOCK_DAY):
        moment = datetime.combine(first, datetime.min.time()) + timedelta(minutes=int(minute))
        opens = datetime(1970, 1, 1) + timedelta(seconds=int(found.seconds[found.opens[minute]]))
        assert opens == calendar.next_working_start(moment)


def test_a_year_without_holidays_is_said():
    with pytest.raises(KitError, match="2024"):
        draw_affairs(HCMC, 1, date(2025, 2, 1), (0, 10))
    with pytest.raises(WrongUse):
        draw_affairs(HCMC, 1, TODAY, (5, 5))


def test_groups_are_known():
    assert set(frozen("dossier_procedures").texts("who")) <= set(GROUPS)


def of(tables, *codes, column="procedure_code"):
    """The first dossier of these procedures."""
    return next(at for at, value in enumerate(tables["dossiers"][column].to_pylist()) if value in codes)


def there(tables, column):
    return next(at for at, value in enumerate(tables["dossiers"][column].to_pylist()) if value is not None)


def another(tables, at, wanted=lambda row: True):
    """The id of a citizen of another household for whom something holds."""
    home = tables["dossiers"]["household_id"][at].as_py()
    columns = ["citizen_id", "household_id", "relation", "marital_status", "birth_date"]
    rows = tables["citizens"].select(columns).to_pylist()
    return next(row["citizen_id"] for row in rows if row["household_id"] != home and wanted(row))


def young(row):
    return row["birth_date"] > date(2015, 1, 1)


def child(row):
    return row["relation"] == "child"


def married(row):
    return row["marital_status"] == "married"


def changed_applicant(*codes, wanted):
    return lambda t: ("applicant_id", of(t, *codes), another(t, of(t, *codes), wanted))


def _registered_twice(tables):
    rows = tables["dossiers"].to_pylist()
    births = [at for at, row in enumerate(rows) if row["procedure_code"] in ("1.001193", "2.002621")]
    return "subject_id", births[1], rows[births[0]]["subject_id"]


def _moved_to_the_young(tables):
    people = tables["citizens"].select(["household_id", "birth_date"]).to_pylist()
    old = {row["household_id"] for row in people if row["birth_date"] <= date(1965, 6, 12)}
    return (
        "household_id",
        of(tables, "1.000656"),
        next(p["household_id"] for p in people if p["household_id"] not in old),
    )


CHANGES = {
    "applicants_exist": lambda t: ("applicant_id", 0, "C99999999999"),
    "applicants_are_of_the_household": lambda t: ("applicant_id", 0, another(t, 0)),
    "applicants_are_of_age": lambda t: ("applicant_id", 0, another(t, 0, young)),
    "births_are_registered_by_parents": changed_applicant("1.001193", wanted=child),
    "children_without_father_are_recognised": lambda t: ("procedure_code", of(t, "1.001193"), "1.001022"),
    "births_are_registered_once": _registered_twice,
    "deaths_have_an_elder": _moved_to_the_young,
    "marriages_are_of_the_unmarried": changed_applicant("1.000894", wanted=married),
    "heads_apply_for_land_and_building": changed_applicant("1.013831", wanted=child),
    "pensions_are_for_the_old": lambda t: ("procedure_code", there(t, "subject_id"), "1.014027"),
    "support_is_for_the_poor": lambda t: ("procedure_code", of(t, "2.000815"), "1.011606"),
    "adoptions_are_of_foster_children": lambda t: ("procedure_code", of(t, "1.001193"), "2.001263"),
    "only_some_dossiers_name_a_child": lambda t: ("subject_id", there(t, "subject_id"), None),
    "units_are_competent": lambda t: ("competent_unit_code", 0, "06652"),
    "dossier_ids_differ": lambda t: ("dossier_id", 1, t["dossiers"]["dossier_id"][0].as_py()),
    "dossier_codes_have_their_form": lambda t: ("code", 0, "H29.98.01.04-250612-0007"),
    "due_dates_equal_the_calendar": lambda t: ("due_date", there(t, "due_date"), date(2025, 6, 15)),
    "moments_never_go_back": lambda t: ("processed", there(t, "processed"), datetime(2025, 1, 2, 8)),
    "nothing_is_after_the_day": lambda t: ("returned", there(t, "returned"), datetime(2025, 6, 13, 8)),
    "states_follow_one_another": lambda t: ("processing", there(t, "processed"), None),
    "state_is_the_last_reached": lambda t: ("state", 0, t["dossiers"]["state"][0].as_py() % 10 + 1),
    "counters_are_open": lambda t: ("returned", there(t, "returned"), datetime(2025, 6, 8, 9)),
    "channels_are_offered": lambda t: ("channel", of(t, "2.000884"), "online"),
    "complete_dossiers_have_every_paper": lambda t: ("components", of(t, True, column="complete"), "id"),
    "fees_follow_the_procedure": lambda t: ("fee_vnd", 0, 1),
}  # fmt: skip


def test_every_rule_has_its_counterexample():
    assert {rule.__name__ for rule in RULES["dossiers"]} == set(CHANGES)


@pytest.mark.parametrize("rule", CHANGES)
def test_a_wrong_dossier_is_reported(few, rule):
    column, at, value = CHANGES[rule](few)
    dossiers = few["dossiers"]
    kind = dossiers.schema.field(column).type
    plain = dossiers[column].to_pylist()
    plain[at] = value
    changed = pa.array(plain, pa.string() if pa.types.is_dictionary(kind) else kind)
    broken = few | {"dossiers": dossiers.set_column(dossiers.column_names.index(column), column, changed)}
    assert table_violations(broken, TODAY)[rule] >= 1
