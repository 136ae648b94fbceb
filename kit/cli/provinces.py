"""kit serve --province: the figures of a session are made before the page is served, which opens no log itself."""

import sys
from pathlib import Path

from kit import home


def province_folder(session: str) -> Path:
    """Make the session's figures anew; returns the folder with the province's page alone."""
    from kit.province import now, overview_of, write_overview
    from kit.publish.serving import place_province
    from kit.session import Session

    print(f"Đang tính số liệu của đợt {session} / making the figures ...", file=sys.stderr, flush=True)
    write_overview(overview_of(Session.named(session), now()))
    return place_province(home.build() / "province" / "app")
