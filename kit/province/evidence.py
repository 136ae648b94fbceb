"""What stands behind a cell: who took part, how the ratings fall, what cost most, and where the reports are."""

from markupsafe import Markup

from grading.cell import BEST_FIRST
from kit.province.overview import PROVINCE, Costly, Overview, Place, Requirement, Spot
from kit.province.tell import drawn, exercise_title, number, percent, place_title, told
from kit.safe_html import fill, join
from kit.words import pick, say

HEAD = '<h2>{place}</h2><p class="kit-evidence-what">{exercise}</p>'
RATED = '<p class="kit-evidence-rated"><b class="kit-spot-{rating}">{rating}</b> {words}</p>'
FACT = "<div><dt>{name}</dt><dd>{value}</dd></div>"
BARS = """<h3>{title}</h3><table class="kit-evidence-bars"><tbody>{rows}</tbody></table>
<p class="kit-note">{rule}</p>"""
BAR = """<tr><th scope="row">{name}</th>
<td><meter min="0" max="{all}" value="{count}" aria-label="{name}">{count}</meter></td><td>{count}</td></tr>"""
COSTLY = """<li><details><summary><b>{title}</b>{critical}<br><small>{figures}</small></summary>
<p><b>{rule_word}:</b> {rule}</p><p><b>{basis_word}:</b> {basis}{mark}</p>
<p><b>{advice_word}:</b> {advice}</p></details></li>"""
REPORTS = '<h3>{title}</h3><p class="kit-note">{help}</p><code class="kit-command">{command}</code><p>{files}</p>'
LINE = """<li><button type="button" class="kit-evidence-line" data-kit-pick="{pick}">
<b class="kit-spot kit-spot-{kind}">{text}</b><span>{title}<br><small>{told}</small></span></button></li>"""


def evidence(overview: Overview, place: Place, exercise: str, language: str) -> Markup:
    """One spot; of a suppressed one nothing but how many people there are, for nothing else is kept."""
    spot = overview.spot(place, exercise)
    head = fill(HEAD, place=place_title(place, language), exercise=exercise_title(overview, exercise, language))
    if spot is None:
        return head + _note("none", language)
    if spot.suppressed or spot.mean is None:
        return head + _facts(spot, language) + _note("suppressed" if spot.suppressed else "pending", language)
    rated = fill(RATED, rating=spot.rating, words=say(f"rating.{spot.rating}", language))
    parts = (head, rated, _facts(spot, language), _costly(overview, spot, language), _bars(spot, language),
             _reports(overview, place, language))  # fmt: skip
    return join(parts)


def of_place(overview: Overview, place: Place, language: str) -> Markup:
    """A place in every exercise, the weakest first."""

    def weakness(exercise: str) -> tuple[bool, float]:
        spot = overview.spot(place, exercise)
        return (True, 0.0) if spot is None or spot.mean is None else (False, spot.mean)

    lines = []
    for exercise in sorted(overview.exercises, key=weakness):
        kind, text = drawn(overview.spot(place, exercise), "rating")
        lines.append(fill(LINE, pick=f"{place.id}|{exercise}", kind=kind, text=text or "-",
                          title=exercise_title(overview, exercise, language),
                          told=told(overview.spot(place, exercise), language)))  # fmt: skip
    trained = say("province.trained_of", language, people=place.people, expected=place.expected)
    about = f"{say('province.trained', language)}: {trained}"
    head = fill(HEAD, place=place_title(place, language), exercise=about)
    return (
        head
        + fill('<ul class="kit-evidence-list">{lines}</ul>', lines=join(lines))
        + _reports(overview, place, language)
    )


def _note(key: str, language: str) -> Markup:
    return fill('<p class="kit-evidence-note">{text}</p>', text=say(f"province.{key}", language))


def _facts(spot: Spot, language: str) -> Markup:
    facts = {
        "trained": say("province.trained_of", language, people=spot.people, expected=spot.expected),
        "attempts": spot.attempts,
    }
    if spot.mean is not None:
        facts |= {"mean": number(spot.mean, language), "passed": percent(spot.passed_share or 0)}
    if spot.unjudged:
        facts["not_final"] = spot.unjudged
    rows = join(fill(FACT, name=say(f"province.{name}", language), value=value) for name, value in facts.items())
    return fill('<dl class="kit-evidence-facts">{rows}</dl>', rows=rows)


def _bars(spot: Spot, language: str) -> Markup:
    counts = dict(zip(BEST_FIRST, spot.ratings, strict=False))
    rows = join(fill(BAR, name=say(f"rating.{one}", language), count=count, all=sum(spot.ratings))
                for one, count in counts.items())  # fmt: skip
    return fill(BARS, title=say("province.ratings", language), rows=rows, rule=say("province.rating_rule", language))


def _costly(overview: Overview, spot: Spot, language: str) -> Markup:
    title = fill("<h3>{title}</h3>", title=say("province.costly", language))
    if not spot.costly:
        return title + _note("costly_none", language)
    rows = join(_one(overview.requirements[one.requirement], one, spot, language) for one in spot.costly)
    return title + fill('<ol class="kit-evidence-costly">{rows}</ol>', rows=rows)


def _one(asked: Requirement, costly: Costly, spot: Spot, language: str) -> Markup:
    figures = say("province.costly_figures", language, share=percent(costly.share), failing=costly.failing,
                  lost=number(costly.lost / max(1, sum(spot.ratings)), language))  # fmt: skip
    critical = fill(" <em>{text}</em>", text=say("province.critical", language)) if asked.critical else ""
    mark = fill(' <span class="kit-mark">({text})</span>', text=say("training.mark", language)) if asked.unsure else ""
    basis = (asked.basis_en if language == "en" else ()) or asked.basis
    texts = {name: pick(getattr(asked, name), language) for name in ("title", "rule", "advice")}
    words = {f"{name}_word": say(f"province.{name}", language) for name in ("rule", "basis", "advice")}
    return fill(COSTLY, figures=figures, critical=critical, mark=mark, basis="; ".join(basis), **texts, **words)


def _reports(overview: Overview, place: Place, language: str) -> Markup:
    """The command that writes the place's report, and the file that it makes."""
    option = "--province" if place.kind == PROVINCE else f"--{place.kind}"
    command = f'kit report --session {overview.session} {option} "{place.code}" --out build/reports'
    return fill(REPORTS, title=say("province.reports", language), help=say("province.reports_help", language),
                command=command, files=say("province.reports_files", language,
                                           file=f"build/reports/{place.kind}-{place.code}.html"))  # fmt: skip
