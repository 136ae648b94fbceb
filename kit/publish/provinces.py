"""The province that a bundle is made for."""

from kit.session.provinces import find_province
from kit.world.rows import of_province


def named(text: str) -> tuple[str, str]:
    """(code, name) of a province, found by either; `UnknownName` offers the nearest."""
    code = find_province(text)
    return code, of_province("units", code)[0]["province_vn"]
