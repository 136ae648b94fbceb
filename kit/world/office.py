"""The officials of one unit as exercises need them: a row of the bulk world for each post, and what the post may do."""

from datetime import date

from kit.world.bulk.drawing import USUAL
from kit.world.bulk.of_units import Units
from kit.world.bulk.offices import officials
from kit.world.bulk.region import Region
from kit.world.officials import COMMUNE_DIVISION, KIND_EN, POSTS, WARD_DIVISION, Post
from kit.world.rows import Row

KEPT = ("full_name", "role", "field", "post_vi", "email")


def office_rows(unit: Row, seed: int, day: date) -> list[Row]:
    """One row a post, the chairman first; everybody holds the accounts of the post and a valid certificate."""
    alone = Region(f"office of {unit['code']}", (((unit["code"],), 100),))
    drawn = officials(Units.of(alone, seed, day, None, USUAL.same_neighbourhood))
    columns = {name: column.to_pylist() for name, column in drawn.items()}
    found = []
    for at, post in enumerate(POSTS):
        row = {name: values[at] for name, values in columns.items()}
        found.append({
            "official_id": f"CB{at + 1:02}", **{name: row[name] for name in KEPT}, "post_en": _post_en(post, unit),
            "accounts": post.accounts, "certificate_serial": row["certificate"],
            "certificate_valid_from": row["certificate_from"].isoformat(),
            "certificate_valid_to": row["certificate_to"].isoformat(),
        })  # fmt: skip
    return found


def _post_en(post: Post, unit: Row) -> str:
    division = WARD_DIVISION if unit["type_vn"] == "Phường" else COMMUNE_DIVISION
    return post.en.format(kind=KIND_EN[unit["type_vn"]], division=division[1])
