"""The Voila app that faces trainees: visitors' kernels are forked, at most as many as the open files allow."""

import logging
import os
import re
import resource
import warnings
from pathlib import Path
from typing import Any

from tornado.log import access_log, app_log, gen_log
from traitlets import default

from kit.kernels.visitors.app import VisitorVoila
from kit.publish.serving import titles_in

FILES_OF_A_KERNEL = 24  # measured
FILES_OF_THE_SERVER = 200
# True of every notebook of ours and of Jupyter's own settings: nothing that an operator could or should do about.
USUAL = ("is not trusted", "websocket_ping_timeout")

QUERY = re.compile(r"\?\S+")


class PublishedVoila(VisitorVoila):
    """Voila for many visitors, which first raises the limit of open files, or takes fewer visitors.

    It says what an operator should know, warnings and errors; `--Voila.log_level=INFO` tells of every kernel.
    """

    @default("log_level")
    def _default_log_level(self) -> int:
        return logging.WARNING

    def initialize(self, argv: Any = None) -> None:
        """Read the options; what the authors of libraries tell each other is not said."""
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        for log in (self.log, access_log, app_log, gen_log):
            log.addFilter(_unusual)
            log.addFilter(_without_queries)
        super().initialize(argv)

    def init_settings(self) -> dict[str, Any]:
        """The settings; the list of apps and reports knows the exercises' titles."""
        settings = super().init_settings()
        settings["voila_jinja2_env"].globals["exercise_titles"] = lambda: titles_in(Path(self.root_dir))
        return settings

    def start(self) -> None:
        """Serve until stopped."""
        room = kernels_for(open_files())
        kernels = self.config.VisitorKernels
        kernels.most = min(int(kernels.get("most", room)), room)
        super().start()


def _unusual(record: logging.LogRecord) -> bool:
    return not any(words in record.getMessage() for words in USUAL)


def _without_queries(record: logging.LogRecord) -> bool:
    """Every line is written, an address in it without its query: that may be somebody's join link."""
    record.msg, record.args = QUERY.sub("?...", record.getMessage()), ()
    return True


def kernels_for(files: int) -> int:
    """How many kernels a server with this limit of open files can hold."""
    return max(1, (files - FILES_OF_THE_SERVER) // FILES_OF_A_KERNEL)


def open_files() -> int:
    """The limit of open files of this process, raised as far as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


if __name__ == "__main__":
    os.umask(0o077)
    PublishedVoila.launch_instance()
