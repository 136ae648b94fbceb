"""What a fork of a template kernel does: receive its visitor, and serve the widgets that exist already."""

import asyncio
import os
import signal
import sys
import traceback

from kit.kernels.birth import Birth
from kit.kernels.visitors import welcome
from kit.kernels.visitors.talk import Talk
from kit.kernels.wire import Channel


def visitor(born: Birth) -> None:
    """Serve the widgets until the server ends this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # there is nothing that could be interrupted
    asyncio.run(serve(Channel.of(born.files[3])))


async def serve(line: Channel) -> None:
    """Run what waited for the visitor, tell the server whether that went well, then answer the page."""
    talk = Talk(line)
    try:
        welcome()
    except Exception as error:  # noqa: BLE001 - a notebook may raise anything
        traceback.print_exc(file=sys.__stderr__)
        line.send({"error": type(error).__name__})
        os._exit(1)  # a page without its content helps nobody
    line.send({})
    talk.begin()
    await asyncio.Event().wait()
