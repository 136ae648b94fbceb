"""kit serve: the desks, the trainer's pages or a province's page, until stopped (Ctrl+C)."""

import argparse
import os
import sys
from ipaddress import IPv4Address
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from kit import home
from kit.cli.options import Commands, as_json, command, whole
from kit.cli.options import folder as folder_name
from kit.errors import WrongUse
from kit.home import BUNDLE
from kit.publish.hardening import LOOPBACK, MOST_KERNELS

if TYPE_CHECKING:
    from kit.publish.serving import Place

OPEN_IT, STOP_IT = "Mở trình duyệt tại / open in a browser:", "(Ctrl+C: dừng / stop)"
EXPOSED = """Ai trong mạng cũng tới được trang này, và không có mã hóa: chỉ dùng trong mạng riêng của lớp học.
Everybody in the network reaches this page, and nothing is encrypted: only for a classroom's own network.
"""


def add_commands(commands: Commands) -> None:
    """Add this module's command."""
    server = command(commands, "serve", serve, "mở các trang Voila / serve the Voila apps")
    server.add_argument("folder", nargs="?", type=Path, default=None, metavar="DIR",
                        help="mặc định: build/rehearsals; có --session: bàn làm việc của đợt đó / "
                             "default: build/rehearsals; with --session: that session's desks")  # fmt: skip
    server.add_argument("--port", type=whole(1, 65_535), default=None, metavar="N",
                        help="8866; --trainer: 8867; --province: 8868")  # fmt: skip
    server.add_argument("--address", type=_address, default=LOOPBACK, metavar="IP",
                        help="bàn làm việc: địa chỉ của máy này trong mạng phòng học / "
                             "desks: this computer's address in the classroom's network")  # fmt: skip
    server.add_argument("--trainer", action="store_true",
                        help="bảng điều hành và phiếu chấm / the board and the evaluator's sheet")  # fmt: skip
    server.add_argument("--province", action="store_true",
                        help="mức sẵn sàng của mọi đơn vị / readiness of every unit")  # fmt: skip
    server.add_argument("--session", default=home.PRACTICE, metavar="S", help="đợt nào / which session")
    server.add_argument("--kernels", type=whole(1, 10_000), default=MOST_KERNELS, metavar="N",
                        help="nhiều nhất bao nhiêu người cùng lúc / most people at once")  # fmt: skip
    server.add_argument("--state", type=folder_name, default=None, metavar="DIR",
                        help="gói phát hành ghi vào đâu / where a bundle writes")  # fmt: skip


def serve(asked: argparse.Namespace) -> int:
    """Serve until stopped (Ctrl+C)."""
    from kit.publish.serving import Place, environment, serving_command

    port = asked.port or (8867 if asked.trainer else 8868 if asked.province else 8866)
    place = Place(port, asked.address, asked.kernels)
    shown = (_apart(asked) or asked.folder or home.build() / "rehearsals").resolve()
    if (shown / BUNDLE).is_file():
        _serve_bundle(shown, place, asked.state)
    if asked.state:
        raise WrongUse(f"--state chỉ dùng cho gói phát hành; {shown} không phải gói phát hành.",
                       f"--state is for a published bundle; {shown} is none.")  # fmt: skip
    words = serving_command(shown, place)
    print(as_json({"address": place.url}) if asked.json else f"{OPEN_IT} {place.url}  {STOP_IT}", flush=True)
    if place.address != LOOPBACK:
        sys.stderr.write(EXPOSED)
    os.execve(words[0], words, environment({**os.environ, "KIT_SESSION": asked.session}))


def _serve_bundle(folder: Path, place: "Place", state: Path | None) -> NoReturn:
    """A published bundle is checked first, and its own code runs, not this installation's."""
    from kit.publish.checking import require
    from kit.publish.starting import start, state_of

    require(folder)
    start(folder, state_of(folder, state), place)


def _apart(asked: argparse.Namespace) -> Path | None:
    """The page of a trainer, a province or a planned session, alone: no folder of reports is served beside it."""
    from kit.cli.provinces import province_folder
    from kit.publish.serving import place_desk, place_trainer
    from kit.session import Session

    page = "--trainer" if asked.trainer else "--province" if asked.province else ""
    if page and (asked.folder or (asked.trainer and asked.province) or asked.address != LOOPBACK):
        raise WrongUse(f"{page} không đi cùng thư mục, --address hay lựa chọn kia.",
                       f"{page} takes no folder and no --address, and goes alone.")  # fmt: skip
    if not page and (asked.folder or asked.session == home.PRACTICE):
        return None
    session = Session.named(asked.session)
    session.must_exist()
    if not page:
        session.must_be_prepared()
        return place_desk(home.build() / "desks" / asked.session)
    folder = place_trainer(home.build() / "trainer") if asked.trainer else province_folder(asked.session)
    return next(folder.glob("*.ipynb"))


def _address(text: str) -> str:
    try:
        return str(IPv4Address(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: địa chỉ IPv4, ví dụ 192.168.1.10 / an IPv4 address") from None
