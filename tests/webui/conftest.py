"""The site over a real archive and a real index of invented councils; in one process, without sockets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive import Archive, read_settings
from index import update_index
from tests.webui.holdings import fill
from webui import create_app

Look = Callable[[str], BeautifulSoup]


class Visitor(FlaskClient):
    """A visitor who reads every answer to its end, so that no file stays open."""

    def open(self, *given: Any, **named: Any) -> TestResponse:
        """One request and its whole answer."""
        return super().open(*given, **{"buffered": True} | named)


def site(folder: Path) -> Flask:
    """The site over a data folder."""
    app = create_app(folder, read_settings({}))
    app.test_client_class = Visitor
    return app


def indexed(folder: Path) -> Path:
    """The folder, once its archive is indexed."""
    with Archive.open(folder) as archive:
        update_index(archive, folder, read_settings({}))
    return folder


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the invented councils; for reading alone."""
    made = tmp_path_factory.mktemp("site") / "data"
    fill(made)
    return indexed(made)


@pytest.fixture(scope="session")
def app(folder: Path) -> Flask:
    """The site over that folder."""
    return site(folder)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    """A visitor."""
    with app.test_client() as visitor:
        yield visitor


@pytest.fixture
def look(client: FlaskClient) -> Look:
    """A page as a tree; it must be there."""

    def page(address: str) -> BeautifulSoup:
        response = client.get(address)
        assert response.status_code == 200, f"{address}: {response.status}"
        return BeautifulSoup(response.data, "lxml")

    return page
