"""Tables for Vietnamese names: surnames by province, given names by sex, the middle names of a generation."""

from functools import cache

from kit.world.rows import rows

Weighted = tuple[tuple[str, ...], tuple[float, ...]]

NORTHERN = {"22"}  # Vũ and Hoàng where the south says Võ and Huỳnh (identity pages, memory)
NORTHERN_FORM = {"Võ": "Vũ", "Huỳnh": "Hoàng"}
# Share of the women named Thị and of the men named Văn among those born before the year (training values).
MIDDLE_BY_YEAR = {
    "female": ("Thị", ((1960, 0.85), (1975, 0.75), (1990, 0.6), (2000, 0.3), (2010, 0.12), (9999, 0.05))),
    "male": ("Văn", ((1960, 0.5), (1975, 0.4), (1990, 0.3), (2000, 0.15), (2010, 0.08), (9999, 0.05))),
}
OTHER_MIDDLES = {
    "female": ("Ngọc", "Hoàng", "Thanh", "Minh", "Kim"),
    "male": ("Minh", "Hoàng", "Ngọc", "Thanh", "Đức", "Quốc", "Quang", "Hữu"),
}
WORDS_IN_NAME: Weighted = (("2", "3", "4"), (1.2, 82.7, 16.1))  # population.yaml, name_shape


@cache
def surnames(province_code: str) -> Weighted:
    """Surnames with their share in percent, counted at one HCMC university; northern forms in the north."""
    shares: dict[str, float] = {}
    for row in rows("surnames"):
        surname = row["surname"]
        if province_code in NORTHERN:
            surname = NORTHERN_FORM.get(surname, surname)
        shares[surname] = shares.get(surname, 0.0) + float(row["share_hcmc_university_pct_n8753"] or 0)
    return tuple(shares), tuple(shares.values())


@cache
def given_names(sex: str) -> tuple[str, ...]:
    """Middle and given name in two words, such as "Ngọc Uyên"."""
    return tuple(
        row["given_name"] for row in rows("given_names") if row["sex"] == sex and row["given_name"].count(" ") == 1
    )


def generation_middle(sex: str, birth_year: int) -> tuple[str, float]:
    """The middle name of a generation (Thị, Văn) and the share of its people who bear it."""
    word, steps = MIDDLE_BY_YEAR[sex]
    return word, next(share for year, share in steps if birth_year < year)
