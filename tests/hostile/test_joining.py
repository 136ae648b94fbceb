"""Who comes in to the published desk of a session with a roster: nobody by guess, replay, an old or another's code."""

import re
import time
from dataclasses import replace

import pytest

from kit.identity import MOST_WRONG, Gate
from kit.store.people import Person
from kit.words import say
from tests.hostile.course import Comer, Course, course_served, last_day
from tests.hostile.test_requests import answered
from tests.hostile.trainee import classed
from tests.roster import AN, BINH, CHI, DUNG, EM, UNTIL
from tests.warm import soon

pytestmark = pytest.mark.timeout(150)
NAMES = tuple(one.name for one in (AN, BINH, CHI, DUNG, EM))
TYPED = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}")  # what was typed stands in its field, whatever it reads like
GONE = Person("HV-999", "Người Đã Rời", "26740")
PAST = last_day(-2).date()
LIES = ({"Jupyterhub_User": "hv-001"}, {"X_Forwarded_User": "HV-001"}, {"Remote_User": "HV-001"},
        {"Cookie": "ma=HV-001; user=HV-001"}, {"Authorization": "token HV-001"})  # fmt: skip


@pytest.fixture(scope="module")
def course(tmp_path_factory, module_port):
    with course_served(tmp_path_factory.mktemp("course"), module_port) as made:
        made.store().people.invite_anew(CHI.code)  # what Chi was given first is revoked
        yield made


def links(gate: Gate) -> dict[str, tuple[str, str]]:
    """(link, why it lets nobody in) by what is wrong with it."""
    good, longer = gate.link(AN, PAST), gate.link(AN, UNTIL)
    return {
        "guessed": ("WyJIVi0wMDEiLDEsIjIwMjYtMTItMzEiXQ.AAAAAAAAAAAAAAAAAAAAAAAAAAA", "wrong"),
        "another session": (Gate("lop-2", gate.secret).link(AN, UNTIL), "wrong"),
        "another secret": (Gate(gate.session, bytes(32)).link(AN, UNTIL), "wrong"),
        "expired": (good, "expired"),
        "a later day under an old signature": (f"{longer.rpartition('.')[0]}.{good.rpartition('.')[2]}", "wrong"),
        "somebody else under one's own signature": (
            f"{gate.link(BINH, UNTIL).rpartition('.')[0]}.{longer.rpartition('.')[2]}", "wrong",
        ),
        "revoked, replayed": (gate.link(CHI, UNTIL), "revoked"),
        "a newer invitation than there is": (gate.link(replace(AN, invitation=2), UNTIL), "revoked"),
        "not on the roster": (gate.link(GONE, UNTIL), "revoked"),
        "the code of a person": (AN.code, "wrong"),
    }  # fmt: skip


def test_no_bad_link_lets_anybody_in(course):
    for name, (link, why) in links(course.gate).items():
        comer = Comer(course, f"?ma={link}")
        outside(comer, why, name)
    assert course.store().attempts() == []


def outside(comer: Comer, why: str, about: object) -> None:
    """The page asks for a code, says why, and names nobody and no exercise."""
    shown = TYPED.sub("", comer.shown())
    assert say(f"arrival.{why}", "vi") in shown, about
    assert not [name for name in (*NAMES, "Một cửa", "HV-0") if name in shown], about
    assert not classed(comer.wire.states(), "kit-seat"), about
    comer.wire.close()


@pytest.mark.parametrize("headers", LIES)
def test_nobody_is_known_by_what_a_request_says_of_itself(course, headers):
    comer = Comer(course, "?JUPYTERHUB_USER=HV-001&person=HV-001", **headers)
    assert classed(comer.wire.states(), "kit-enter") and not [name for name in NAMES if name in comer.shown()]
    comer.wire.close()


def test_no_bad_code_lets_anybody_in(course):
    gate = course.gate
    typed = {
        "guessed, with what begins a person's code in it": ("AAHV-0AAA-AAAA", "wrong"),
        "another session": (Gate("lop-2", gate.secret).typed(AN, UNTIL), "wrong"),
        "expired": (gate.typed(AN, PAST), "expired"),
        "a later day for an old code": (gate.typed(AN, UNTIL)[:3] + gate.typed(AN, PAST)[3:], "wrong"),
        "revoked, replayed": (gate.typed(CHI, UNTIL), "wrong"),
    }
    for name, (code, why) in typed.items():
        comer = Comer(course)
        comer.type(code)
        outside(comer, why, name)


def test_a_person_sees_and_reaches_their_own_attempt_alone(course):
    """Bình has An's code, id, digest and the ids of An's widgets; An's link is good in An's hands only."""
    an = Comer(course, f"?ma={course.gate.link(AN, UNTIL)}")
    hers = an.wire.states()
    an.wire.click(classed(hers, "kit-begin-seat")[0])
    assert classed(an.wire.states(), "kit-work")
    (row,) = course.store().attempts()
    for code in (row["id"], row["token"], AN.code):
        binh = Comer(course, f"?luot={code}&ma={course.gate.link(BINH, UNTIL)}&ma={course.gate.link(AN, UNTIL)}")
        states = binh.wire.states()
        assert f"Chào {BINH.name}" in str(states) and AN.name not in str(states) + binh.page
        for comm in hers:
            binh.wire.set(comm, disabled=False)
            binh.wire.click(comm)
        assert binh.wire.alive()
        binh.wire.close()
    assert [one["person"] for one in course.store().attempts()] == [AN.code]
    assert len(course.store().read(row["id"])) == an_length(course, row)
    an.wire.close()


def an_length(course: Course, row) -> int:
    """Events of the attempt that are An's or the kit's."""
    return sum(event.actor in (AN.code, "kit") for event in course.store().read(row["id"]))


def test_whoever_guesses_is_stopped_for_all_desks_and_a_link_still_opens(course):
    """Other desks' wrong codes count; each request names another address of origin, as a liar would."""
    failures, now = course.store().failures, time.time()
    for number in range(MOST_WRONG - 3 - failures.since(now - 60)):
        failures.add(now, f"203.0.113.{number % 200}", now - 3_600)
    for number in range(3):
        comer = Comer(course, X_Real_IP=f"198.51.100.{number}")
        comer.type("AAAA-AAAA-AAAB")
        outside(comer, "wrong", number)
    late = Comer(course, X_Real_IP="192.0.2.1")
    late.type(course.gate.typed(BINH, UNTIL))
    outside(late, "too_many", "a good code")
    link = Comer(course, f"?ma={course.gate.link(BINH, UNTIL)}")
    assert f"Chào {BINH.name}" in link.shown()
    link.wire.close()


@pytest.mark.parametrize("path", ["/session/people.json", "/voila/files/..%2fsession/people.json",
                                  "/voila/templates/kit/../../../session/people.json"])  # fmt: skip
def test_the_roster_is_no_file_of_the_server(course, path):
    status, body = answered(course.served.address, path)
    assert status in (302, 400, 403, 404, 500) and AN.code not in body and AN.name not in body
    assert AN.code in (course.served.bundle / "session" / "people.json").read_text()


def test_the_joining_secret_is_in_no_file_and_no_log_of_the_serving_side(course):
    places = (course.served.bundle, course.served.state)
    files = [file for place in places for file in place.rglob("*") if file.is_file()] + [course.served.log]
    secret = course.gate.secret
    assert not [file for file in files if secret in file.read_bytes() or secret.hex().encode() in file.read_bytes()]


def test_the_servers_log_tells_of_refusals_without_the_links(course):
    link = course.gate.link(AN, UNTIL)
    assert answered(course.served.address, f"/voila/static/nowhere.js?ma={link}")[0] == 403
    assert soon(lambda: course.served.log.read_text().count("403 GET /voila/static/nowhere.js?... (") == 2)
    assert link not in course.served.log.read_text()
