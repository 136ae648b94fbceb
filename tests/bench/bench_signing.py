"""What signing costs at the desk: the certificate's verification in an action, the PDF when it is asked for.

    python -m tests.bench.bench_signing [--times 20]

Times are those of the kernel, libraries loaded, on a store on disk; "first" is what the first one of a desk costs when
nobody had loaded them before.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TypeVar

Made = TypeVar("Made")


def cost(work: Callable[[], Made]) -> tuple[float, float, Made]:
    """Milliseconds on the clock and of the processor, and what the work gave."""
    clock, processor = time.perf_counter(), time.process_time()
    made = work()
    return (time.perf_counter() - clock) * 1_000, (time.process_time() - processor) * 1_000, made


def once(name: str, work: Callable[[], Made]) -> Made:
    """Print what one run costs."""
    clock, processor, made = cost(work)
    print(f"{name:56} {clock:8.1f} ms, processor {processor:8.1f} ms")
    return made


def timed(name: str, times: int, work: Callable[[], object]) -> None:
    """Print the median of some runs."""
    taken = [cost(work)[:2] for _ in range(times)]
    clock, processor = (median(column) for column in zip(*taken, strict=True))
    print(f"{name:56} {clock:8.1f} ms, processor {processor:8.1f} ms")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(asked.times, Path(folder))


def measure(times: int, folder: Path) -> None:
    """One dossier signed at the desk, certificates verified anew each time, its PDF made, signed and verified."""
    from tests.signing_desk import SigningDesk

    desk = SigningDesk(folder)
    page, held = desk.page, desk.certificate(desk.signer)
    page.choose(desk.cue.record)
    once("first: load what verifies, found the authority", lambda: desk.authority.signatures)
    once("first: verify a certificate", lambda: desk.authority.verifies(held, desk.signer, desk.attempt.state.moment))
    fresh = desk.authority.signatures.known.clear
    expired = desk.official("expired")
    timed("the action, refused by verification", times, lambda: (fresh(), desk.sign(signer=expired, token=expired)))
    timed("verify a certificate: issue, chain, days, list", times, lambda: (
        fresh(), desk.authority.verifies(held, desk.signer, desk.attempt.state.moment)))  # fmt: skip
    once("the action that signs, stored on disk", desk.sign)
    once("the action that prints the result, page drawn", lambda: (desk.do("number"), desk.look()))
    once("first: PDF set, signed, verified, linked", desk.download)
    kept = next((folder / "signing" / "papers").rglob("*.pdf"))
    timed("PDF set, signed, verified, linked", times, lambda: (kept.unlink(), desk.download()))
    timed("the same PDF again, verified, linked", times, desk.download)
    print(f"{kept.stat().st_size} bytes")


if __name__ == "__main__":
    main()
