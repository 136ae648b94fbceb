"""Days in words, as forms of civil status ask for them."""

import pytest

from kit.world.spoken import in_words


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2025-06-08", "Ngày tám tháng sáu năm hai nghìn không trăm hai mươi lăm"),
        ("1961-12-21", "Ngày hai mươi mốt tháng mười hai năm một nghìn chín trăm sáu mươi mốt"),
        ("2005-01-15", "Ngày mười lăm tháng một năm hai nghìn không trăm linh năm"),
        ("2000-11-30", "Ngày ba mươi tháng mười một năm hai nghìn"),
        ("2010-10-11", "Ngày mười một tháng mười năm hai nghìn không trăm mười"),
        ("1900-02-04", "Ngày bốn tháng hai năm một nghìn chín trăm"),
    ],
)
def test_a_day_is_said_in_words_and_so_is_its_year(day: str, said: str) -> None:
    assert in_words(day) == said
