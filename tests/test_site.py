"""The invented councils: large enough, alike every time, open to change, and served and recorded as tests need it."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archive.records import Block, plain
from tests.site import (
    NOTICE,
    TODAY,
    PretendBorough,
    PretendSite,
    changes,
    demo_boroughs,
    small_borough,
)
from tests.site.visitor import get, meeting_in, page, until

SHARED = Path(__file__).parent.parent.parent / "shared"


@pytest.fixture(scope="module")
def demo() -> tuple[PretendBorough, ...]:
    return demo_boroughs()


@pytest.fixture(scope="module")
def town() -> PretendBorough:
    return small_borough(years=2)


@pytest.fixture
def site(town: PretendBorough) -> Iterator[PretendSite]:
    with PretendSite([town]) as site:
        yield site


def test_the_demonstration_is_large_enough_and_alike_every_time(demo: tuple[PretendBorough, ...]) -> None:
    assert len(demo) >= 4
    assert sum(1 for borough in demo for _ in changes.items(borough, scrutiny=True)) >= 1000
    assert demo_boroughs() == demo
    assert demo_boroughs(1, seed=2) != demo[:1]


def test_six_years_of_meetings_go_up_to_the_day_given(demo: tuple[PretendBorough, ...]) -> None:
    for borough in demo:
        years = {meeting.date.year for _, meeting in changes.meetings(borough, scrutiny=True)}
        assert years >= set(range(2020, 2027))
        to_come = [m for _, m in changes.meetings(borough) if m.date > TODAY]
        assert {meeting.state for meeting in to_come} == {"planned", "agenda"}


def test_facial_recognition_is_minuted_in_every_borough_and_in_several_years(demo: tuple[PretendBorough, ...]) -> None:
    found = {
        (borough.slug, meeting.date.year)
        for borough in demo
        for _, meeting in changes.meetings(borough, scrutiny=True)
        for item in meeting.items
        if meeting.state == "minutes" and "facial recognition" in plain(item.minutes)
    }
    assert {slug for slug, _ in found} == {borough.slug for borough in demo}
    assert len({year for _, year in found}) >= 5


@pytest.mark.parametrize(
    ("acronym", "long_form"),
    [
        ("VAWG", "violence against women and girls"),
        ("ASB", "anti-social behaviour"),
        ("LTN", "low traffic neighbourhood"),
    ],
)
def test_some_items_have_only_the_acronym_and_some_only_the_long_form(
    demo: tuple[PretendBorough, ...], acronym: str, long_form: str
) -> None:
    texts = [f"{item.title} {plain(item.agenda)} {plain(item.minutes)}" for b in demo for item in changes.items(b)]
    assert any(acronym in text and long_form not in text.lower() for text in texts)
    assert any(acronym not in text and long_form in text.lower() for text in texts)


def test_numbers_are_given_once_in_a_borough_and_again_in_another(demo: tuple[PretendBorough, ...]) -> None:
    for borough in demo:
        numbers = [item.aiid for item in changes.items(borough)]
        assert len(numbers) == len(set(numbers))
    first, second = ({meeting.mid for _, meeting in changes.meetings(borough)} for borough in demo[:2])
    assert first & second


def test_no_pattern_is_left_unfilled(demo: tuple[PretendBorough, ...]) -> None:
    for borough in demo:
        for item in changes.items(borough):
            assert not re.search(r"[{}\[\]]", f"{item.title}{plain(item.minutes)}{plain(item.agenda)}"), item


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_no_invented_borough_has_a_real_one_s_name() -> None:
    real = (SHARED / "reference" / "boroughs.tsv").read_text("utf-8").lower()
    for borough in demo_boroughs(8, years=1):
        assert borough.name.lower() not in real
        assert borough.slug not in real


def test_minutes_change_between_two_visits(site: PretendSite, town: PretendBorough) -> None:
    meeting = meeting_in(town, "minutes")
    item = meeting.items[-1]
    site.replace(changes.with_item(town, replace(item, minutes=(Block("paragraph", "It was otherwise."),))))
    assert "It was otherwise." in page(site, f"ieListDocuments.aspx?MId={meeting.mid}").get_text()
    assert changes.find_item(site.borough("eastmere"), item.aiid) != item


def test_a_meeting_can_be_taken_down(site: PretendSite, town: PretendBorough) -> None:
    mid = meeting_in(town, "minutes").mid
    site.replace(changes.without_meeting(town, mid))
    assert get(f"{site.base_url('eastmere')}/ieListDocuments.aspx?MId={mid}")[0] == 302


def test_an_unknown_number_or_borough_cannot_be_changed(site: PretendSite, town: PretendBorough) -> None:
    with pytest.raises(KeyError):
        changes.without_meeting(town, 1)
    with pytest.raises(KeyError):
        site.replace(replace(town, slug="elsewhere"))


def test_every_request_is_recorded_with_its_time_and_headers(site: PretendSite) -> None:
    before = time.monotonic()
    get(f"{site.base_url('eastmere')}/mgListCommittees.aspx?bcr=1")
    get(f"{site.base_url('eastmere')}/nothing.aspx")
    until(lambda: all(request.ended for request in site.requests))
    first, second = site.requests
    assert (first.method, first.target, first.status, first.borough) == (
        "GET",
        "/mgListCommittees.aspx?bcr=1",
        200,
        "eastmere",
    )
    assert second.status == 302
    assert first.header("host") == urlsplit(site.base_url("eastmere")).netloc
    assert first.ended is not None
    assert before <= first.began <= first.ended <= second.began
    site.forget_requests()
    assert site.requests_to("eastmere") == ()


def test_boroughs_answer_side_by_side_on_hosts_of_their_own(demo: tuple[PretendBorough, ...]) -> None:
    with PretendSite(demo) as site:
        site.fault("mgListCommittees", "slow", value=0.3)
        addresses = [f"{site.base_url(borough.slug)}/mgListCommittees.aspx" for borough in demo]
        assert len({urlsplit(address).netloc for address in addresses}) == len(demo)
        threads = [threading.Thread(target=get, args=(address,)) for address in addresses]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        until(lambda: all(request.ended for request in site.requests))
        assert max(r.began for r in site.requests) < min(r.ended or 0 for r in site.requests)


def test_a_connection_serves_several_requests_and_closing_ends_it(town: PretendBorough) -> None:
    with PretendSite([town]) as site:
        host = urlsplit(site.base_url("eastmere")).netloc
        connection = http.client.HTTPConnection(host, timeout=10)
        with closing(connection):
            for _ in range(2):
                connection.request("GET", "/mgListCommittees.aspx")
                local = connection.sock.getsockname()
                assert connection.getresponse().read().endswith(b"</html>\r\n")
                assert connection.sock.getsockname() == local
            site.close()
            assert connection.sock.recv(1) == b""


def test_no_thread_is_left_behind_by_a_page_that_hangs(town: PretendBorough) -> None:
    before = set(threading.enumerate())
    with PretendSite([town]) as site:
        site.fault("mgAi", "hang")
        with pytest.raises(TimeoutError):
            get(f"{site.base_url('eastmere')}/mgAi.aspx?ID=1", timeout=0.1)
    assert set(threading.enumerate()) <= before


def test_a_boroughs_file_says_where_everything_is(demo: tuple[PretendBorough, ...], tmp_path: Path) -> None:
    with PretendSite(demo) as site:
        data = tomllib.loads(site.boroughs_file(tmp_path / "boroughs.toml").read_text("utf-8"))
        for row, borough in zip(data["borough"], demo, strict=True):
            assert row["slug"] == borough.slug
            assert row["name"] == f"{borough.name} (invented)"
            assert row["platform"] == "moderngov"
            assert row["base_url"] == site.base_url(borough.slug)
            assert row["scrutiny_committees"] == list(borough.scrutiny_committees)
            assert row["note"] == NOTICE


def test_it_runs_on_its_own_until_it_is_stopped(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.site", "--port", "0", "--count", "1", "--years", "1"]
    file = tmp_path / "boroughs.toml"
    root = Path(__file__).parent.parent
    with subprocess.Popen([*command, "--boroughs", str(file)], cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline(), process.stdout.readline()]
        assert get(lines[0].split()[-1])[0] == 200
        assert lines[1].split(": ")[1].strip() == str(file.resolve())
        process.terminate()
        assert process.wait(10) == 0
