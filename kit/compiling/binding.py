"""The guide bound to a drawn case: every "$name" becomes the case's fact of that name."""

from collections.abc import Iterator, Sequence
from typing import Any

from kit.compiling.drawing import Drawn
from kit.errors import BrokenFile
from kit.exercise import Expectation
from kit.script import Target

Json = dict[str, Any]


def targets_of(expectations: list[Expectation], drawn: Drawn) -> list[Target]:
    """What is expected about one inject, in the guide's order; what counts over several is bound by `counted`."""
    return [_target(expectation, drawn) for expectation in expectations
            if drawn.inject.truth in expectation.truths and not expectation.counts]  # fmt: skip


def counted(expectations: list[Expectation], targets: Sequence[Target]) -> list[Target]:
    """The targets that count others, each bound once, to the last inject that has one of those.

    Raises `BrokenFile` where there are fewer of them than must be done.
    """
    return [_counted(expectation, targets) for expectation in expectations if expectation.counts]


def _counted(e: Expectation, targets: Sequence[Target]) -> Target:
    rule = e.counts.model_dump() if e.counts else {}
    of = [target for target in targets if target.id.partition(".")[2] in rule["of"]]
    if len(of) < rule["at_least"]:
        where = f"guide.yaml: {e.id}: counts: at_least: {rule['at_least']}"
        raise BrokenFile.at(where, f"chỉ có {len(of)}", f"there are only {len(of)}")
    return Target(
        f"all.{e.id}", of[-1].inject, of[-1].record, (), e.weight, e.title.texts, e.rule.texts, e.advice.texts,
        e.hint.texts, tuple(basis.data for basis in e.basis), critical=e.critical, partial=e.partial,
        counts={**rule, "of": [target.id for target in of]}, objective=e.objective,
    )  # fmt: skip


def _target(e: Expectation, drawn: Drawn) -> Target:
    follow_up = f"-{e.follow_up}" if e.follow_up else ""
    inject, cue, facts = drawn.inject.id + follow_up, drawn.cue + follow_up, drawn.case.facts
    _check_facts(e, drawn.inject.truth, facts)
    ways = tuple({"action": way.action, "where": _bind(dict(way.where), facts)} for way in e.any)
    seen = tuple({"action": look.action, "where": {}} for look in e.judged.looks_at) if e.judged else ()
    return Target(
        f"{inject}.{e.id}", cue, _record(e, drawn), ways or seen, e.weight, e.title.texts, e.rule.texts,
        e.advice.texts, e.hint.texts, tuple(basis.data for basis in e.basis), e.within,
        _bind(e.by, facts), e.critical, e.forbidden, e.first, e.times, f"{inject}.{e.after}" if e.after else "",
        e.partial, e.judged.model_dump() if e.judged else {}, {}, e.objective,
    )  # fmt: skip


def _record(e: Expectation, drawn: Drawn) -> str:
    """The record that an expectation is about: the case's own, or one of its further ones."""
    if not e.record:
        return drawn.case.code
    if e.record not in drawn.case.codes:
        known = ", ".join(drawn.case.codes) or "-"
        where = f"guide.yaml: {e.id}: {drawn.inject.truth}: record: {e.record}"
        raise BrokenFile.at(where, f"không có; có: {known}", f"there is none; there are: {known}")
    return drawn.case.codes[e.record]


def _check_facts(e: Expectation, truth: str, facts: Json) -> None:
    """Raise `BrokenFile` where a guide asks for a fact that the truth does not give."""
    asked = set(_named([e.by, *(way.where for way in e.any)]))
    known = ", ".join(sorted(facts))
    if asked - set(facts):
        where = f"guide.yaml: {e.id}: {truth}: ${', $'.join(sorted(asked - set(facts)))}"
        raise BrokenFile(
            [(f"{where}: không có dữ kiện này; có: {known}", f"{where}: no such fact; there are: {known}")]
        )


def _named(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _named(one)
    elif isinstance(value, str) and value.startswith("$"):
        yield value[1:]


def _bind(value: Any, facts: Json) -> Any:
    """The criterion with every "$name" replaced by the case's fact of that name."""
    if isinstance(value, dict):
        return {name: _bind(one, facts) for name, one in value.items()}
    if isinstance(value, list):
        return [_bind(one, facts) for one in value]
    return facts[value[1:]] if isinstance(value, str) and value.startswith("$") else value
