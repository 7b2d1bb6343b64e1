"""Whatever a council's page holds, it stays text: every field a payload, every route visited (hazards W1)."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from archive import Archive, Findings, save_borough, save_page, withhold
from archive.file_texts import save_text
from archive.page_texts import DocumentText, PageText
from archive.records import AgendaItem, Block, Borough, Committee, Document, DocumentLink, Meeting
from tests.webui.conftest import indexed, site
from tests.webui.holdings import READ_AT, page

PAYLOADS = (
    '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'><svg onload=alert(1)>",
    'javascript:alert(1)', 'data:text/html,<script>alert(1)</script>', '{{7*7}}', '{% raw %}', '${7*7}',
    '</title><script>alert(1)</script>', '</textarea><script>alert(1)</script>', '<!--', '-->',
    '<![CDATA[<b>]]>', '&lt;script&gt;alert(1)&lt;/script&gt;', '<mark>no mark</mark>',
    '<mark onclick=alert(1)>', "<a href='javascript:alert(1)'>x</a>", '<base href=//evil.example>',
    '<meta http-equiv=refresh content=0;url=//evil.example>', '<iframe src=//evil.example>',
    '<style>*{display:none}</style>', '" onmouseover="alert(1)', "' autofocus onfocus='alert(1)",
    '` onerror=`alert(1)', '\u202eexe.fdp', '\u2028alert(1)', '\ufeff<b>', '＜script＞', '<ScRiPt\t>',
    '<\x00script>', '<img/src/onerror=alert(1)>', '=HYPERLINK("//evil.example")', '+1', '-1', '@SUM(1)',
    'report\r\nSet-Cookie: a=b.pdf', '../../../etc/passwd', '%3Cscript%3E', "x" * 3000, '\x1b[31mred', "'",
    '"',
)  # fmt: skip
OWN_ATTRIBUTES = {
    'action', 'aria-current', 'aria-hidden', 'aria-label', 'aria-labelledby', 'autocomplete', 'charset',
    'class', 'content', 'data-head', 'datetime', 'focusable', 'for', 'height', 'href', 'id', 'lang', 'maxlength',
    'inputmode', 'max', 'method', 'min', 'name', 'open', 'preserveaspectratio', 'readonly', 'rel', 'required', 'role',
    'rows', 'scope', 'selected', 'spellcheck', 'start', 'tabindex', 'type', 'value', 'viewbox', 'width', 'x', 'y',
}  # fmt: skip
FOREIGN = {"script", "img", "iframe", "base", "style", "object", "embed", "b", "foreignobject"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A site whose every record is a payload in every field."""
    folder = tmp_path_factory.mktemp("hostile") / "data"
    with Archive.open(folder, write=True) as archive:
        for number, payload in enumerate(PAYLOADS, start=1):
            _save(archive, number, payload)
        withhold(archive, "evil-i1", PAYLOADS[1], READ_AT)
    return site(indexed(folder)).test_client()


def _save(archive: Archive, number: int, payload: str) -> None:
    save_borough(archive, Borough(slug="evil", name=PAYLOADS[0], base_url=payload, permission=payload, note=payload))
    committee = Committee(id=f"evil-c{number}", borough="evil", name=payload, category=payload, scrutiny=True)
    link = DocumentLink(document=f"evil-s{number}", title=payload)
    meeting = Meeting(
        id=f"evil-m{number}", borough="evil", committee=committee.id, date=date(2025, 1, 1), status=payload,
        published=payload, venue=payload, source_url=payload, documents=(link,),
    )  # fmt: skip
    blocks = (Block("paragraph", f"damp {payload}"), Block("bullet", payload), Block("row", f"{payload} | damp"))
    item = AgendaItem(
        id=f"evil-i{number}", borough="evil", meeting=meeting.id, position=number, number=payload, title=payload,
        agenda=blocks, decision=blocks, minutes=blocks, cut=("minutes",), source_url=payload, documents=(link,),
    )  # fmt: skip
    document = Document(
        id=link.document, borough="evil", title=payload, media_type=payload, size=payload, source_url=payload
    )
    answer = page(payload, "evil", payload.encode("utf-8", "surrogatepass"), kind=payload)
    before = replace(item, title="damp", minutes=blocks[:1], documents=())
    draft = replace(meeting, status="", venue=f"{payload}!", documents=())
    save_page(
        archive, page(payload, "evil", b"before"), Findings(committees=(committee,), items=(before,), meetings=(draft,))
    )
    found = Findings(committees=(committee,), meetings=(meeting,), items=(item,), documents=(document,))
    save_page(archive, answer, found)
    for body in (f"first {number} {payload}", f"second {number} {payload}"):
        _save_file(archive, document.id, body.encode("utf-8", "surrogatepass"), payload)


def _save_file(archive: Archive, document: str, body: bytes, payload: str) -> None:
    """A file whose every line, reason and note is a payload."""
    save_page(archive, page(payload, "evil", body, kind=payload), Findings(file=(document, payload)))
    held = archive.document(document)
    assert held is not None
    said = (PageText(1, f"damp {payload}\n{payload} | damp"), PageText(3, payload, scanned=True))
    text = DocumentText(pages=said, outcome="partial", reason=payload, note=payload, pages_total=5)
    save_text(archive, held.sha256, 1, text)


ROUTES = ("items", "meetings", "committees", "documents")
LISTS = (
    "/",
    "/?q=damp",
    "/?q=damp&page=2",
    "/boroughs/",
    "/boroughs/evil",
    "/topics/",
    "/topics/damp-and-mould",
    "/status",
)


def _addresses() -> list[str]:
    letters = {"items": "i", "meetings": "m", "committees": "c", "documents": "s"}
    records = [f"/{route}/evil-{letters[route]}{n}" for route in ROUTES for n in range(1, len(PAYLOADS) + 1)]
    read = [address for address in records if "/items/" in address or "/documents/" in address]
    ways = ("?q=damp", "?version=1", "/changes")
    return [*records, *(f"{address}{way}" for address in read for way in ways), *LISTS]


def _check(address: str, markup: str) -> None:
    tree = BeautifulSoup(markup, "lxml")
    elements = [element for element in tree.find_all(True) if isinstance(element, Tag)]
    assert not {element.name for element in elements} & FOREIGN, address
    assert [element.get("content") for element in tree.find_all("meta")] == [
        None,
        "width=device-width, initial-scale=1",
        "light dark",
    ]
    for element in elements:
        assert set(element.attrs) <= OWN_ATTRIBUTES, f"{address}: {element.name} {sorted(element.attrs)}"
        href = element.get("href")
        if isinstance(href, str):
            assert urlsplit(href).scheme in {"", "http", "https"}, f"{address}: {href}"
            assert not href.startswith("//"), f"{address}: {href}"


@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.slow)], ids=["a third", "all"])
def test_no_page_holds_an_element_an_attribute_or_a_link_of_a_payload(hostile: FlaskClient, step: int) -> None:
    for address in _addresses()[::step]:
        response = hostile.get(address)
        assert response.status_code in {200, 410}, f"{address}: {response.status}"
        _check(address, response.text)


def test_queries_that_are_payloads_stay_text_on_every_page_that_prints_them(hostile: FlaskClient) -> None:
    for payload in PAYLOADS:
        for address in ("/", "/items/evil-i2"):
            response = hostile.get(address, query_string={"q": payload, "borough": payload, "since": payload})
            _check(f"{address} {payload!r}", response.text)


def test_templates_do_not_evaluate_what_a_council_wrote(hostile: FlaskClient) -> None:
    number = PAYLOADS.index("{{7*7}}") + 1
    assert "{{7*7}}" in hostile.get(f"/items/evil-i{number}").text


def test_the_json_is_json_and_its_html_has_marks_alone(hostile: FlaskClient) -> None:
    for number in (1, 2, 3):
        answer = json.loads(hostile.get(f"/api/v1/search?q=damp&page={number}").text)
        for item in answer["items"]:
            for snippet in item["snippets"]:
                elements = BeautifulSoup(f"<p>{snippet['html']}</p>", "lxml").find_all(True)
                assert {element.name for element in elements} <= {"html", "body", "p", "mark"}
                assert not any(element.attrs for element in elements if isinstance(element, Tag))


def test_the_csv_is_csv_and_no_cell_a_formula(hostile: FlaskClient) -> None:
    text = hostile.get("/search.csv?q=damp").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len(rows) == len(PAYLOADS)  # a header more, and one withheld
    assert {len(row) for row in rows} == {13}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def test_downloads_carry_no_header_of_a_payload(hostile: FlaskClient) -> None:
    for number in range(1, len(PAYLOADS) + 1):
        response = hostile.get(f"/documents/evil-s{number}/file")
        assert "Set-Cookie" not in response.headers
        if response.status_code == 200:
            assert response.headers["Content-Type"] == "application/octet-stream"
            assert response.headers["Content-Disposition"].startswith("attachment;")
            assert response.headers["Content-Security-Policy"].startswith("sandbox")
