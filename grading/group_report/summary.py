"""What a leader reads first: five figures and a few sentences."""

from markupsafe import Markup

from grading.group_report.bottlenecks import OUTSIDE
from grading.group_report.figures import count, share
from grading.group_report.metrics import left_share
from grading.group_report.naming import role_name
from grading.group_report.plan import OFTEN
from grading.group_report.report import GroupReport
from grading.group_report.sums import Step
from grading.group_report.tables import section
from kit.safe_html import fill, join
from kit.words import pick, say

CARD = '<div class="card {kind}"><b>{value}</b>{text}</div>'
MOSTLY = 0.7  # from which share of passed results a figure is green


def cards(report: GroupReport, language: str) -> Markup:
    """Who took part, what passed, how long things wait, what was left lying, what was refused."""
    steps, whole = _inside(report), report.sums.records
    records, minutes = sum(step.records for step in steps), sum(step.minutes for step in steps)
    left, refused = sum(step.left for step in steps), sum(times for _, times in report.sums.refusals)
    words = {name: say(f"report.aar.card_{name}", language) for name in ("played", "wait", "left", "refused")}
    told = [
        ("P", f"{count(report.played, language)}/{count(report.people, language)}", words["played"]),
        _passed(report, language),
        ("S", count(round(minutes / records), language) if records else "-", words["wait"]),
        ("U" if left else "P", f"{count(left, language)}/{count(whole, language)}", words["left"]),
        ("S", count(refused, language), words["refused"]),
    ]
    return fill('<div class="cards">{cards}</div>', cards=join(
        fill(CARD, kind=kind, value=value, text=text) for kind, value, text in told
    ))  # fmt: skip


def _passed(report: GroupReport, language: str) -> tuple[str, str, str]:
    """The share that passed of the results that are final; never green while others are not."""
    shown = [cell for cell in report.own.values() if not cell.suppressed]
    final, waiting = sum(sum(cell.ratings) for cell in shown), sum(cell.unjudged for cell in shown)
    text = say(f"report.aar.card_{'passed_of_final' if waiting else 'passed'}", language, waiting=waiting)
    if not final:
        return "S", "-", text
    passed = sum((cell.passed_share or 0) * sum(cell.ratings) for cell in shown) / final
    return "U" if passed < MOSTLY else "S" if waiting else "P", share(passed, language), text


def summary(report: GroupReport, language: str) -> Markup:
    """What goes well, what costs most, where work waits, what is planned: a sentence each."""
    planned = say("report.aar.sum_plan", language, actions=len(report.plan),
                  soon=sum(one.critical for one in report.plan))  # fmt: skip
    told = [*_on_expectations(report, language), *_on_steps(report, language), planned]
    rows = join(fill("<li>{text}</li>", text=text) for text in told)
    return section("summary", language, [fill("<ul>{rows}</ul>", rows=rows)])


def _on_expectations(report: GroupReport, language: str) -> list[str]:
    best, worst = report.strengths[:1], report.areas[:1]
    return [say(f"report.aar.{key}", language, title=pick(one.target.title, language), share=share(one.share, language))
            for key, found in (("sum_strength", best), ("sum_area", worst)) for one in found]  # fmt: skip


def _on_steps(report: GroupReport, language: str) -> list[str]:
    slow = max((one for one in _inside(report) if one.records >= OFTEN), key=lambda one: one.mean, default=None)
    lying = max(_inside(report), key=lambda one: one.left, default=None)
    told = []
    if slow and slow.mean >= 1:
        told.append(say("report.aar.sum_wait", language, step=say(f"step.{slow.step}", language),
                        role=role_name(slow.role, language), minutes=round(slow.mean)))  # fmt: skip
    if lying and lying.left:
        told.append(say("report.aar.sum_left", language, step=say(f"step.{lying.step}", language), left=lying.left,
                        share=share(left_share(lying), language)))  # fmt: skip
    return told


def _inside(report: GroupReport) -> list[Step]:
    return [step for step in report.sums.steps if step.role != OUTSIDE]
