"""A published bundle behind a real nginx with the bundle's own `deploy/nginx.conf`, on free ports of this computer."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from kit.publish.bundle import publish
from tests.desk_setting import ROOT, make_home
from tests.hostile.served import clean_python
from tests.warm import soon

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/start.log;
{user}
events {{ worker_connections 1000; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Front:
    """The addresses of nginx by TLS and without, and the folder with its logs and the bundle's state."""

    address: str
    plain: str
    folder: Path


@contextmanager
def before(folder: Path, people: int) -> Iterator[Front]:
    """Publish a bundle, serve it to so many people at once, and put nginx before it."""
    desk, plain, secure = ports(3)
    bundle = published(folder)
    words = [clean_python(folder / "clean"), "run.py", f"--port={desk}", f"--state={folder}/state",
             f"--kernels={people}"]  # fmt: skip
    changes = {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl": f"listen 127.0.0.1:{secure} ssl",
        "/etc/ssl/rehearsal": str(folder),
        "/var/log/nginx": str(folder),
        "http://127.0.0.1:8866": f"http://127.0.0.1:{desk}",
    }
    front = Front(f"https://127.0.0.1:{secure}/", f"http://127.0.0.1:{plain}/", folder)
    with _running(words, bundle, folder, desk):
        nginx = written(folder, bundle, changes)
        subprocess.run([*nginx, "-t"], check=True, capture_output=True)
        with _running(nginx, folder, folder, plain):
            yield front


def written(folder: Path, bundle: Path, changes: dict[str, str]) -> list[str]:
    """The command of an nginx with the bundle's site, in which only places of this computer were changed."""
    site = (bundle / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for was, now in changes.items():
        assert was in site, was
        site = site.replace(was, now)
    (folder / "site.conf").write_text(site, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""  # it would give up root, and with it the test's folder
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    _certify(folder)
    return [str(NGINX), "-p", str(folder), "-c", f"{folder}/nginx.conf"]


def published(folder: Path) -> Path:
    """A bundle of a practice session."""
    home = folder / "home"
    home.mkdir()
    (home / "requirements.lock").symlink_to(ROOT / "requirements.lock")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(home))
        publish(make_home(home), ("79", "Thành phố Hồ Chí Minh"), folder / "bundle")
    return folder / "bundle"


def ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody listens on."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    found = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return found


@contextmanager
def _running(words: list[str], place: Path, folder: Path, port: int) -> Iterator[None]:
    """A server while it is needed; its HOME does not exist, as a service's may not."""
    around = {"PATH": os.environ["PATH"], "HOME": str(folder / "nobody"), "LANG": "C.UTF-8",
              "JUPYTER_PATH": f"{sys.prefix}/share/jupyter"}  # fmt: skip
    log = folder / f"{Path(words[0]).name}.log"
    with log.open("w") as out:
        server = subprocess.Popen(words, cwd=place, env=around, stdout=out, stderr=out)
    try:
        assert soon(lambda: server.poll() is not None or _listens(port), 90) and server.poll() is None, log.read_text()
        yield
    finally:
        server.terminate()
        server.wait(20)


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
        return True
    return False


def _certify(folder: Path) -> None:
    """A certificate that nobody but this test trusts, with its key, as files of nginx."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "dien-tap.example")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    (folder / "fullchain.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))  # fmt: skip
