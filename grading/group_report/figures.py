"""Numbers as people read them: a comma in Vietnamese, per cent, minutes, dates."""

from datetime import date

from grading.group_report.metrics import BACK, REFUSED, SHARES, WAIT
from kit.words import number, say


def share(value: float, language: str) -> str:
    """0.875 as "88%"."""
    return f"{round(100 * value)}%"


def score(value: float, language: str) -> str:
    """68.579 as "68,6"."""
    return number(round(value, 1), language)


def count(value: int, language: str) -> str:
    """5278 as "5.278" in Vietnamese, "5,278" in English."""
    return f"{value:,}".replace(",", "." if language == "vi" else ",")


def day(value: date, language: str) -> str:
    """05/07/2025 in Vietnamese, 2025-07-05 in English."""
    return f"{value:%d/%m/%Y}" if language == "vi" else value.isoformat()


def measured(name: str, value: float, language: str) -> str:
    """A figure of the plan with what it counts: "62%", "41 phút", "12 lần / 100 hồ sơ"."""
    kind = name.split("|")[0]
    if kind in SHARES:
        return share(value, language)
    words = {WAIT: "minutes", BACK: "per_records", REFUSED: "per_attempts"}
    return say(f"report.aar.{words[kind]}", language, value=number(round(value, 1), language))
