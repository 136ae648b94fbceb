"""The chapter on bottlenecks: where records wait and lie, by step and by role; who sends back; what is refused."""

from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup

from grading.group_report.bottlenecks import OUTSIDE
from grading.group_report.charts import Bar, Plot, drawn
from grading.group_report.figures import count, score
from grading.group_report.naming import entry_of, refusal_of, role_name
from grading.group_report.sums import Step, Sums
from grading.group_report.tables import paragraph, section, table
from kit.words import say

MOST_STEPS, MOST_PLOTTED, MOST_LINES = 15, 12, 10


def bottlenecks(found: Sums, language: str) -> Markup:
    """The whole chapter."""
    return section("bottlenecks", language, [
        paragraph("bottlenecks_lead", language, attempts=count(found.attempts, language),
                  records=count(found.records, language)),
        *_waiting(found, language), *_roles(found, language), *_returns(found, language), *_refusals(found, language),
    ])  # fmt: skip


def _waiting(found: Sums, language: str) -> list[Markup]:
    inside = [one for one in found.steps if one.role != OUTSIDE and (one.minutes or one.left)]
    slow = [one for one in inside if one.mean >= 1][:MOST_PLOTTED]
    shown = sorted(inside, key=lambda one: (-one.minutes, -one.left))[:MOST_STEPS]
    rows = [_step_row(one, language) for one in shown]
    heads = ("step", "role", "records", "mean_wait", "total_wait", "left")
    return [section("where_waits", language, [_plot(slow, language), table("waits", heads, rows, language)], level=3)]


def _plot(steps: Sequence[Step], language: str) -> Markup:
    ranked = sorted(steps, key=lambda one: -one.mean)
    bars = [Bar(f"{say(f'step.{one.step}', language)} ({role_name(one.role, language)})", (("wait", one.mean),),
                score(one.mean, language)) for one in ranked]  # fmt: skip
    name = say("report.aar.mean_wait", language)
    return drawn(Plot(bars, [("wait", name)], name, ticks=True))


def _step_row(one: Step, language: str) -> list[str]:
    mean = score(one.mean, language) if one.records else "-"
    named = [say(f"step.{one.step}", language), role_name(one.role, language), count(one.records, language), mean]
    return [*named, count(one.minutes, language), count(one.left, language)]


def _roles(found: Sums, language: str) -> list[Markup]:
    """What waits for each role, lies with it, is sent back by it and refused to it."""
    told: dict[str, list[int]] = defaultdict(lambda: [0] * 5)
    for step in found.steps:
        told[step.role] = [*map(sum, zip(told[step.role], (step.records, step.minutes, step.left, 0, 0), strict=True))]
    for back, times in found.returns:
        told[back.role][3] += times
    for refusal, times in found.refusals:
        told[refusal.role][4] += times
    ranked = sorted(told.items(), key=lambda item: -item[1][1])
    rows = [[role_name(role, language), count(one[0], language), score(one[1] / one[0], language) if one[0] else "-",
             *(count(each, language) for each in one[2:])] for role, one in ranked if role]  # fmt: skip
    heads = ("role", "records", "mean_wait", "left", "sent_back", "refused")
    return [section("by_role", language, [table("roles", heads, rows, language)], level=3)]


def _returns(found: Sums, language: str) -> list[Markup]:
    rows = []
    for one, times in found.returns[:MOST_LINES]:
        kind = say("report.aar.back_outside" if one.outside else "report.aar.back_inside", language)
        steps = [say(f"step.{step}", language) for step in (one.step, one.back_to)]
        rows.append([role_name(one.role, language), *steps, kind, count(times, language)])
    inside = [table("returns", ("role", "from_step", "to_step", "kind", "times"), rows, language)]
    return [section("who_returns", language, inside if rows else [paragraph("no_returns", language)], level=3)]


def _refusals(found: Sums, language: str) -> list[Markup]:
    rows = []
    for one, times in found.refusals[:MOST_LINES]:
        words = [entry_of(one.action, one.reason, language), refusal_of(one.reason, language)]
        rows.append([*words, role_name(one.role, language), count(times, language)])
    inside = [table("refusals", ("action", "reason", "role", "times"), rows, language)]
    return [section("what_refused", language, inside if rows else [paragraph("no_refused", language)], level=3)]
