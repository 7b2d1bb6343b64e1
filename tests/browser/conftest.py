"""A real browser before the real site: Debian's Chromium, real sockets, the archive of `tests.webui`."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from waitress.server import create_server

from archive import read_settings
from tests.browser.visiting import Visitor
from tests.webui.conftest import indexed
from tests.webui.holdings import fill
from tests.webui.papers import fill_papers
from webui import create_app

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=en-GB",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """The browser, with a profile of its own. Its absence leaves the tests out, but fails them where CI is set."""
    missing = [str(path) for path in (CHROMIUM, DRIVER) if not path.exists()]
    if missing:
        told = (
            f"browser tests left out: there is no {' and no '.join(missing)} (apt-get install chromium chromium-driver)"
        )
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)
    options = ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    driver = Chrome(options=options, service=Service(str(DRIVER)))
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site answers."""
    folder = tmp_path_factory.mktemp("browsed") / "data"
    fill(folder)
    with served(folder) as address:
        yield address


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the meeting with a past answers, with its papers."""
    folder = tmp_path_factory.mktemp("papers") / "data"
    fill_papers(folder)
    with served(folder) as address:
        yield address


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The site over a data folder, on a port of its own."""
    server = create_server(create_app(indexed(folder), read_settings({})), host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join()


@pytest.fixture
def visitor(address: str, chromium: Chrome) -> Iterator[Visitor]:
    """Someone at a desk, in daylight, on the first page."""
    yield from at_a_desk(chromium, address)


@pytest.fixture
def reader(shelf: str, chromium: Chrome) -> Iterator[Visitor]:
    """The same before the meeting with a past."""
    yield from at_a_desk(chromium, shelf)


def at_a_desk(chromium: Chrome, address: str) -> Iterator[Visitor]:
    """A visitor who must have nothing to complain about in the end."""
    person = Visitor(chromium, address)
    person.sit_at_a_desk()
    person.open("/")
    yield person
    assert person.complaints() == []
