"""Files of the page, compressed once and kept by browsers: Voila sends them as they are and asks for all again."""

import gzip
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import FileFindHandler
from tornado.web import StaticFileHandler
from voila import __version__
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler

PACKED = (".js", ".css", ".json", ".svg", ".html", ".map", ".txt", ".ttf", ".eot")
MAIN = "/voila.js"
NAMED = re.compile(rb"\.e\((\d+)\)")  # how webpack's script asks for a piece
HASHED = re.compile(r"\.[0-9a-f]{16,}\.(js|css|woff2?|ttf|svg|png)$")
RELEASE = f"~{__version__}"  # part of an address: another release of Voila has other addresses
YEAR = "public, max-age=31536000, immutable"
ASK = "no-cache"  # kept, but asked for whether it is still the same


@lru_cache(maxsize=512)
def packed(name: str, changed: int) -> bytes:
    """A file, compressed; `changed` is when it last was."""
    text = Path(name).read_bytes()
    return gzip.compress(with_pieces(Path(name), text) if name.endswith(MAIN) else text, 6, mtime=0)


def with_pieces(main: Path, text: bytes) -> bytes:
    """Voila's script behind all pieces that it names and would fetch one by one: webpack takes those that are there."""
    files = [main.with_name(f"{number.decode()}.voila.js") for number in sorted(set(NAMED.findall(text)))]
    # Each in a function of its own: one piece's "use strict" is not for the next.
    pieces = [b"(function(){%b\n})();\n" % file.read_bytes() for file in files if file.is_file()]
    return b"".join([*pieces, text])


class Light(StaticFileHandler):
    """A handler of files that compresses what can be; mixed into Voila's own."""

    async def get(self, path: str, include_body: bool = True) -> None:
        """Send a file."""
        path = path.removeprefix(f"{RELEASE}/")
        wanted = "gzip" in self.request.headers.get("Accept-Encoding", "") and "Range" not in self.request.headers
        if not (wanted and path.endswith(PACKED)):
            await super().get(path, include_body)
            return
        self.path = self.parse_url_path(path)
        absolute = self.get_absolute_path(self.root, self.path)  # which may choose another root
        self.absolute_path = self.validate_absolute_path(self.root, absolute)
        if self.absolute_path is not None:
            self.modified = self.get_modified_time()
            self.send(self.absolute_path, include_body)

    def send(self, name: str, include_body: bool) -> None:
        """Send a file compressed, or say that the browser has it."""
        changed = os.stat(name).st_mtime_ns
        self.set_headers()
        self.set_header("Etag", f'"{changed:x}-gzip"')
        self.set_header("Content-Encoding", "gzip")
        self.set_header("Vary", "Accept-Encoding")
        if self.check_etag_header():
            self.set_status(304)
        elif include_body:
            self.write(packed(name, changed))
        self.finish()

    def compute_etag(self) -> str | None:
        """The one that was set."""
        return self._headers.get("Etag") or super().compute_etag()

    def set_extra_headers(self, path: str) -> None:
        """How long browsers keep the file."""
        super().set_extra_headers(path)
        fixed = RELEASE in self.request.path or HASHED.search(self.request.path) or self.get_argument("v", "")
        self.set_header("Cache-Control", YEAR if fixed else ASK)


class LightStatic(Light, MultiStaticFileHandler):  # type: ignore[misc]
    """Voila's own files."""


class LightTemplates(Light, TemplateStaticFileHandler):  # type: ignore[misc]
    """The files of Voila's templates."""


class LightExtensions(Light, FileFindHandler):
    """The files of JupyterLab's extensions."""


LIGHT: dict[Any, Any] = {
    MultiStaticFileHandler: LightStatic, TemplateStaticFileHandler: LightTemplates, FileFindHandler: LightExtensions,
}  # fmt: skip
