"""A PostgreSQL server of the tests' own: Debian's, in a temporary folder, on a socket there and on no port."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

ADVICE = "No PostgreSQL server here: tests of the PostgreSQL store are skipped. On Debian: apt-get install postgresql"
PLACES = (Path("/usr/bin"), *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))
USER = "postgres"  # the server refuses to run as root
SETTINGS = "-c listen_addresses='' -c max_connections=300 -c unix_socket_directories="


@dataclass(frozen=True)
class Server:
    """A server that runs: its folder and its programs."""

    folder: Path
    programs: Path

    @property
    def url(self) -> str:
        """The address that KIT_STORE takes; the server sorts as a Vietnamese dictionary does."""
        return f"postgresql+psycopg://kit@/kit?host={self.folder}"

    def start(self) -> None:
        """Start, and recover what a server that was stopped at once had confirmed."""
        self._run("pg_ctl", "-w", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log",
                  "-o", f"{SETTINGS}{self.folder}", "start")  # fmt: skip

    def stop(self, how: str = "immediate") -> None:
        """Stop; "immediate" is a crash: nothing is written that was not on disk."""
        self._run("pg_ctl", "-w", "-D", f"{self.folder}/data", "-m", how, "stop")

    def make(self) -> None:
        """Lay the cluster and its one database."""
        self._run("initdb", "-D", f"{self.folder}/data", "-A", "trust", "-U", "kit", "-E", "UTF8", "--no-sync",
                  "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=vi-VN")  # fmt: skip
        self.start()
        with psycopg.connect(f"postgresql://kit@/postgres?host={self.folder}", autocommit=True) as database:
            database.execute("CREATE DATABASE kit")

    def _run(self, program: str, *words: str) -> None:
        as_another = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
        done = subprocess.run([self.programs / program, *words], cwd=self.folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **as_another)  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()


@contextmanager
def running() -> Iterator[Server]:
    """A new server, taken away afterwards; without PostgreSQL a failure where CI=true, else a skip."""
    programs = next((place for place in PLACES if (place / "initdb").exists() and (place / "pg_ctl").exists()), None)
    if programs is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI=true and no PostgreSQL.\n{ADVICE}", pytrace=False)
        pytest.skip(ADVICE)
    folder = Path(tempfile.mkdtemp(prefix="kit-pg-"))
    server = Server(folder, programs)
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, USER, USER)
        server.make()
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(folder)
