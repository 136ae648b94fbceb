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
    told = [
        ("P", f"{count(report.played, language)}/{count(report.people, language)}", "played"),
        (*_passed(report, language), "passed"),
        ("S", count(round(minutes / records), language) if records else "-", "wait"),
        ("U" if left else "P", f"{count(left, language)}/{count(whole, language)}", "left"),
        ("S", count(refused, language), "refused"),
    ]
    return fill('<div class="cards">{cards}</div>', cards=join(
        fill(CARD, kind=kind, value=value, text=say(f"report.aar.card_{name}", language)) for kind, value, name in told
    ))  # fmt: skip


def _passed(report: GroupReport, language: str) -> tuple[str, str]:
    final = sum(sum(cell.ratings) for cell in report.own.values())
    if not final:
        return "S", "-"
    passed = sum((cell.passed_share or 0) * sum(cell.ratings) for cell in report.own.values()) / final
    return "P" if passed >= MOSTLY else "U", share(passed, language)


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
