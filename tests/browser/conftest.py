"""What every app looked at in a browser shares: a clean console."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser's console complains about; a test that leaves any fails."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    yield found
    assert not found
