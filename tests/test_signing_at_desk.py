"""Signing at the desk: real certificates decide, papers are saved as PDF and verify elsewhere, keys stay put."""

import json
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.players import PLAYERS, play
from kit.attempt import Attempt
from kit.cli import main
from kit.event import REFUSED
from kit.session import Session
from kit.signing import STATEMENT, Authority, Signatures, SigningFolder, verify
from kit.signing.chain import WHY
from kit.store import EventStore
from kit.systems.form import Refused, Signs
from kit.systems.registry import SYSTEMS
from kit.systems.signatures import ANOTHER, LIFE, Certificate, by_the_book, certificate_of, refused
from kit.ui.signing import signing_of
from kit.words import say
from kit.world.reference import office_book
from tests.depth import depth
from tests.desk_setting import ROOT
from tests.rehearsed import DAY, compiled, world
from tests.signing_desk import ONE_STOP, SCRIPT, SigningDesk, with_certificate

AT = datetime(2025, 7, 1, 9, 30)
# Attempts by exercise and robot, first those that `make test` tries.
TRIED = [("01", "model"), ("04", "careless"), ("11", "model"), ("12", "careless"),
         ("01", "careless"), ("04", "model"), ("11", "careless"), ("12", "model")]  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> SigningDesk:
    return SigningDesk(tmp_path)


@pytest.fixture
def signed(desk: SigningDesk) -> SigningDesk:
    """A result signed by its own signer, numbered and on the screen."""
    assert desk.sign().accepted and desk.do("number").accepted
    desk.look()
    return desk


def test_a_result_is_signed_with_the_signers_own_certificate(signed: SigningDesk) -> None:
    name = signed.certificate(signed.signer).full_name
    assert "kit-signature-good" in signed.told() and f"Ký số: {name}" in signed.told()
    verdict = verify(signed.download(), SigningFolder(signed.folder / "signing").trust(), signed.signer)
    assert verdict.valid and verdict.full_name == name
    when = next(event.when() for event in signed.attempt.events if event.action == "sign")
    assert verdict.signed_at == when
    assert say("signature.valid", "vi") in signed.told()


def test_the_same_signed_file_is_given_each_time_also_after_a_reload(signed: SigningDesk) -> None:
    first = signed.download()
    kept = list((signed.folder / "signing" / "papers").rglob("*.pdf"))
    assert [file.read_bytes() for file in kept] == [first]
    signed.desk.resume(signed.desk.view.token)  # type: ignore[union-attr]
    signed.look()
    assert signed.download() == first
    kept[0].unlink()
    assert signed.download() == first


def test_an_expired_certificate_is_refused_and_logged(desk: SigningDesk) -> None:
    expired = desk.official("expired")
    answer = desk.sign(signer=expired, token=expired)
    assert (answer.accepted, answer.reason, answer.field) == (False, "certificate_expired", "token")
    event = desk.attempt.events[-1]
    assert (event.kind, event.reason) == (REFUSED, "certificate_expired:token")
    assert desk.sign().accepted


def test_verification_decides_not_the_book(desk: SigningDesk) -> None:
    held = desk.certificate(desk.signer)
    authority = desk.authority.signatures
    authority.folder.revoke(authority.credential(held).serial, desk.attempt.state.moment - timedelta(minutes=1))
    assert by_the_book(held, desk.signer, desk.attempt.state.moment) == ""
    assert desk.sign().reason == "certificate_revoked"
    other = Authority.founded("other", DAY, b"o" * 32).trust()
    (desk.folder / "signing" / "root.pem").write_bytes(other.root)
    assert desk.sign().reason == "certificate_untrusted"


def test_a_certificate_granted_or_revoked_under_way_reaches_the_verification(tmp_path: Path) -> None:
    """The day's records change what the book says: a new certificate for the leader whose old one has expired."""
    facts = SigningDesk(tmp_path / "plain")
    expired, fine = facts.official("expired"), facts.signer
    granted = SigningDesk(tmp_path / "a", with_certificate(SCRIPT, official=expired, certificate_valid_to="2028-01-01"))
    assert granted.sign(signer=expired, token=expired).accepted
    late = f"{DAY}T23:00"
    before = SigningDesk(tmp_path / "b", with_certificate(SCRIPT, official=fine, certificate_revoked_at=late))
    assert before.sign().accepted and before.do("number").accepted
    before.look()
    assert verify(before.download(), before.authority.signatures.folder.trust(), fine).valid
    early = f"{DAY}T07:00"
    revoked = SigningDesk(tmp_path / "c", with_certificate(SCRIPT, official=fine, certificate_revoked_at=early))
    assert revoked.sign().reason == "certificate_revoked"


def test_one_attempts_revocation_leaves_the_others_alone(tmp_path: Path) -> None:
    folder = SigningFolder(tmp_path / "signing")
    held = Certificate("CB02", "An", "Phó", "UBND", "2024-01-01", "2026-01-01")
    one, two = (Signatures(folder, attempt, DAY) for attempt in ("a" * 32, "b" * 32))
    gone = replace(held, revoked_at="2025-07-01T08:00")
    assert one.verifies(gone, "CB02", AT) == "revoked" and two.verifies(held, "CB02", AT) == ""


def test_somebody_elses_certificate_does_not_verify_as_the_signers(desk: SigningDesk, capsys: Any) -> None:
    """The software takes a borrowed token, as in life; the paper shows whose it is and no verification accepts it."""
    borrowed = desk.official("without_account")
    assert desk.sign(token=borrowed).accepted and desk.do("number").accepted
    desk.look()
    assert "kit-signature-bad" in desk.told() and say(f"signature.{ANOTHER}", "vi") in desk.told()
    verdict = verify(desk.download(), desk.authority.signatures.folder.trust(), desk.signer)
    assert verdict.reasons == (ANOTHER,) and verdict.number == borrowed
    assert "kit-signature-bad" in desk.told()


def test_strict_software_refuses_somebody_elses_certificate_by_verification(desk: SigningDesk) -> None:
    borrowed, sign = desk.official("without_account"), ONE_STOP.action("sign")
    assert isinstance(sign.signs, Signs)
    strict = replace(ONE_STOP, actions=(replace(sign, signs=replace(sign.signs, strict=True)),))
    situation, own = desk.attempt.situation(desk.cue.record), {"signer": desk.signer, "capacity": "chairman"}
    for verifies in (desk.authority.verifies, by_the_book):
        with pytest.raises(Refused) as no:
            strict.decide("sign", situation, {**own, "token": borrowed}, verifies)
        assert (no.value.reason, no.value.field) == ("certificate_of_another", "token")
        assert strict.decide("sign", situation, {**own, "token": desk.signer}, verifies)


def test_every_reason_has_words_in_both_languages() -> None:
    told = {refused(reason, "token").reason for reason in (*WHY.values(), "foreign", ANOTHER)}
    assert len(told) == 5
    for key in (
        *(f"refusal.{reason}" for reason in told),
        *(f"signature.{reason}" for reason in (*WHY.values(), ANOTHER)),
    ):
        assert all(say(key, language) != key for language in ("vi", "en"))


def test_every_paper_can_be_saved_and_the_page_is_light_until_then(signed: SigningDesk) -> None:
    signed.look(0)
    assert signed.told() == "" and signing_of(signed.attempt, signed.page.dossier.file.paper["id"]) is None  # type: ignore[index]
    found = signed.page.dossier._papers()
    for place, (paper, printed) in enumerate(found):
        signed.look(place)
        assert len(signed.told()) < 1_000
        content = signed.download()
        assert content.startswith(b"%PDF-") and (b"/ByteRange" in content) == (printed and "result" in paper["id"])
    signed.look(0)
    assert "data:" not in signed.told()


def test_the_link_names_the_dossier_and_nothing_else_runs(signed: SigningDesk) -> None:
    signed.download()
    (name,) = re.findall(r'download="([^"]+)"', signed.told())
    assert re.fullmatch(r"[A-Za-z0-9._-]+\.pdf", name) and name.startswith(signed.cue.record)
    assert "<script" not in signed.told()


def test_english_tells_the_same(signed: SigningDesk) -> None:
    signed.desk.speak("en")
    signed.look()
    assert "Digitally signed:" in signed.told() and say("signed.holds", "en") in signed.told()


def everything(widget: Any) -> Iterator[Any]:
    yield widget
    for child in getattr(widget, "children", ()):
        yield from everything(child)


def test_no_key_is_in_a_widget_the_script_or_the_log(signed: SigningDesk) -> None:
    signed.download()
    folder = signed.folder / "signing"
    secret = json.loads((folder / "authority.json").read_text())["secret"]
    key = signed.authority.signatures.credential(signed.certificate(signed.signer)).key
    number = key.private_numbers().private_value
    private = (secret, f"{number:x}", str(number), "PRIVATE KEY", "authority.json")
    shown = "".join(json.dumps(one.get_state(), default=str) for one in everything(signed.desk.widget))
    logged = "".join(json.dumps(event.to_json()) for event in signed.attempt.events)
    kept = (signed.folder / "attempts.sqlite").read_bytes() + (signed.folder / "attempts.sqlite-wal").read_bytes()
    for word in private:
        assert word not in shown and word not in logged and word not in json.dumps(SCRIPT.to_json())
        assert word.encode() not in kept and word not in repr(vars(signed.authority.signatures))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in folder.rglob("*.pdf"))


def test_a_store_in_memory_signs_by_the_book(tmp_path: Path) -> None:
    from kit.ui.signing import Authority as Asked

    script, _ = compiled(1)
    store = EventStore("sqlite://")
    attempt, _ = Attempt.start(store, store.add_script(script), "x")
    assert Asked.of(store, attempt) is None and attempt.verifies is by_the_book


def test_every_action_that_signs_names_entries_that_it_has() -> None:
    found = [(system, action) for system in SYSTEMS.values() for action in system.actions if action.signs]
    assert {action.name for _, action in found} >= {"sign", "sign_document", "approve_entry", "test_signature"}
    for _, action in found:
        if isinstance(action.signs, Signs):
            names = {field.name: field.kind for field in action.fields}
            assert names[action.signs.signer] == "official" and names.get(action.signs.token, "official") == "official"


# The rule of the book and the verification agree.


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Signatures:
    return Signatures(SigningFolder(tmp_path_factory.mktemp("authority") / "signing"), "c" * 32, DAY)


def test_book_and_verification_agree_on_all_officials_of_many_seeds(asked: Signatures) -> None:
    held = {certificate_of(book, {}, number) for seed in range(1, depth(60, 300) + 1)
            for book in [office_book(world(), Random(f"{seed}|seat-001|office")).visible]
            for number in book["officials"]}  # fmt: skip
    assert len({one.last_day for one in held}) > 5 and any(one.last_day < DAY.isoformat() for one in held)
    seen = set()
    for one in held:
        reason = asked.verifies(one, one.number, AT)
        assert reason == by_the_book(one, one.number, AT), one
        seen.add(reason)
    assert seen == {"", "expired"}


days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
edges = st.integers(-2, 2)
noons = st.sampled_from(["00:00", "00:01", "07:30", "23:58", "23:59"])


@settings(max_examples=depth(20, 60), deadline=None)
@given(last=days, shift=edges, from_the=st.sampled_from(["first", "last"]), clock=noons, gone=st.none() | edges,
       signer=st.sampled_from(["CB02", "CB03"]))  # fmt: skip
def test_book_and_verification_agree_at_every_edge(
    asked: Signatures, last: date, shift: int, from_the: str, clock: str, gone: int | None, signer: str
) -> None:
    day = (last if from_the == "last" else last - LIFE) + timedelta(days=shift)
    moment = datetime.fromisoformat(f"{day}T{clock}")
    revoked = "" if gone is None else (moment + timedelta(minutes=gone)).isoformat(timespec="minutes")
    names = (f"{last}{gone}{moment}"[:60], "Phó Chủ tịch", "UBND phường Tập")
    held = Certificate("CB02", *names, (last - LIFE).isoformat(), last.isoformat(), revoked)
    assert asked.verifies(held, signer, moment) == by_the_book(held, signer, moment)


@pytest.mark.parametrize(("exercise", "robot"), TRIED[: depth(4, 8)])
def test_a_whole_attempt_goes_the_same_with_and_without_an_authority(
    asked: Signatures, exercise: str, robot: str
) -> None:
    """Every answer and every paper: also the slips of test signatures, before and after a new certificate came."""
    name = next(path.name for path in (ROOT / "exercises").iterdir() if path.name.startswith(exercise))
    script, key = compiled(3, name)
    logs = []
    for verifies in (by_the_book, asked.verifies):
        store = EventStore("sqlite://")
        attempt, _ = Attempt.start(store, store.add_script(script), "robot")
        attempt.verifies = verifies
        play(attempt, key, PLAYERS[robot])
        logs.append([(one.kind, one.action, one.record, one.reason, one.changes) for one in attempt.events])
    assert logs[0] == logs[1] and len(logs[0]) > 20


def test_the_readiness_list_tells_what_verification_finds() -> None:
    """Exercise 11: what its author wrote about each certificate is what the rule would print for it."""
    for seed in range(1, 6):
        script, _ = compiled(seed, "11-accounts-signatures-readiness")
        for cue in script.cues:
            told = cue.records.get(cue.record, {})
            if told.get("serials") and told.get("certificate_to"):
                gone = told["certificate_to"] < script.start[:10]
                day = date.fromisoformat(told["certificate_to"]).strftime("%d/%m/%Y")
                assert ("hết hạn" in told["signature_shows"] and day in told["signature_shows"]) == gone, cue.id


# Verified elsewhere.


def test_anybody_verifies_a_saved_paper(
    signed: SigningDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    home = tmp_path / "home"
    (home / "sessions").mkdir(parents=True)
    (home / "datasets").symlink_to(ROOT / "datasets")
    monkeypatch.setenv("KIT_HOME", str(home))
    folder = Session.named("practice").folder
    folder.mkdir()
    shutil.copytree(signed.folder / "signing", folder / "signing")
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(signed.download())
    bad.write_bytes(good.read_bytes().replace(b"/Title", b"/Titel", 1))
    name = signed.certificate(signed.signer).full_name
    roots = ["--root", str(folder / "signing" / "root.pem"), "--revoked", str(folder / "signing" / "revoked.pem")]
    for words, code in ((["--signer", name], 0), (["--signer", "Ai Khác"], 1), (roots, 0),
                        (["--at", "2025-07-01T00:00"], 1), (["--session", "none"], 2), (["--root", str(good)], 2),
                        (["--root", str(good), "--revoked", str(good)], 2)):  # fmt: skip
        assert main(["signature", "verify", str(good), *words]) == code, words
    assert main(["signature", "verify", str(bad)]) == 1
    assert main(["signature", "verify", str(tmp_path / "none.pdf")]) == 2
    capsys.readouterr()
    assert main(["signature", "verify", str(good)]) == 0
    told = capsys.readouterr().out
    assert say("signature.valid", "vi") in told and say("signature.valid", "en") in told
    assert name in told and STATEMENT in told
    assert main(["signature", "verify", str(bad), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["reasons"] and not answer["valid"] and answer["vi"] and answer["statement"] == STATEMENT


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="SECOND TOOL MISSING: pdfsig (Debian: poppler-utils)")
def test_a_second_tool_reads_the_signature_of_a_saved_paper(signed: SigningDesk, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(signed.download())
    told = subprocess.run(["pdfsig", "paper.pdf"], cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in told and "Total document signed" in told
    assert signed.certificate(signed.signer).full_name in told and "TRAINING" in told
