"""An invented meeting with a past: drafts that became minutes, papers read, replaced, unread and gone.

Every record that a test may withhold bears the name of a beast in all it says, and no other record does.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from archive import Answer, Archive, Findings, save_borough, save_page
from archive.file_texts import save_text
from archive.goneness import mark_gone
from archive.page_texts import DocumentText, PageText
from archive.records import AgendaItem, Borough, Committee, Document, DocumentLink, Meeting
from tests.webui.holdings import READ_AT, page, text

SLUG = "wolden"
MONTH = 28  # days after the first visit, 3 March 2026
COMMITTEE = Committee(id="wolden-c100", borough=SLUG, name="Okapi Scrutiny Committee", number=100, scrutiny=True)
BEASTS = {
    "wolden-c100": "okapi", "wolden-m500": "tapir", "wolden-i5001": "zebra", "wolden-i5003": "gnu",
    "wolden-s9": "quagga", "wolden-b1": "oryx",
}  # fmt: skip
"""What betrays a record that is withheld."""
PLANTED = "live facial recognition in the market square"
ALONE = "the lanterns of Abbey wharf"
"""What stands on page 41 of one paper and nowhere else."""
WORDS = (
    "The committee noted the report of the director and the figures for the quarter. ",
    "Officers explained that complaints fell by a fifth after the pilot in Abbey ward. ",
    "It was recommended that the findings be shared with residents before the summer. ",
)


def fill_papers(folder: Path) -> None:
    """Make the archive in this folder."""
    with Archive.open(folder, write=True) as archive:
        save_borough(archive, Borough(slug=SLUG, name="Wolden", base_url="https://wolden.example"))
        save_page(archive, *_visit(0))
        for number, read in READ.items():
            _keep(archive, number, read, 1)
        save_page(archive, *_visit(MONTH))
        _keep(archive, "s5", _read("The plan costs £2.1m.", "Page two stays."), MONTH)
        mark_gone(archive, "wolden-s7", READ_AT + timedelta(days=MONTH))
        save_page(
            archive, page("https://wolden.example/documents/s8.pdf", SLUG, b"%PDF s8", 1),
            Findings(file=("wolden-s8", "application/pdf")),
        )  # fmt: skip


def _read(*pages: str) -> DocumentText:
    return DocumentText(
        pages=tuple(PageText(number, said) for number, said in enumerate(pages, start=1)),
        outcome="read", pages_total=len(pages),
    )  # fmt: skip


def long_text(pages: int, *planted: int) -> DocumentText:
    """A text of many pages; some hold the planted phrase, over the end of a line."""
    first, last = PLANTED.split(" in ")
    said = dict.fromkeys(planted, f"Members asked about {first}\nin {last} and what it cost.\n")
    lines = [f"{n}.{place} {WORDS[(n + place) % 3] * 3}" for n in range(1, 4) for place in range(1, 4)]
    return _read(*(said.get(n, "") + f"Section {n}\n" + "\n".join(lines) + "\nWard | Cases\nAbbey | 41" for n in
                   range(1, pages + 1)))  # fmt: skip


def _with_last_line(text: DocumentText, number: int, line: str) -> DocumentText:
    pages = (replace(one, text=f"{one.text}\n{line}") if one.number == number else one for one in text.pages)
    return replace(text, pages=tuple(pages))


READ: dict[str, DocumentText] = {
    "s1": _with_last_line(long_text(120, 41, 77), 41, f"Members asked who pays for {ALONE} this winter."),
    "s2": DocumentText(pages=(), outcome="unread", reason="scanned", note="not read: pictures", pages_total=3),
    "s3": DocumentText(
        pages=(*(PageText(n, f"Ledger {n}") for n in range(1, 75)), PageText(75, "Read from a picture", scanned=True)),
        outcome="partial", reason="too-large", pages_total=120, scanned_pages=(75,),
        note="pages 1-75 of 120 read; 76-120 not read: there is more in it than we read",
    ),
    "s5": _read("The plan costs £1.9m.", "Page two stays."),
    "s6": long_text(900, 241, 841),
    "s7": _read("This paper was taken down."),
    "s9": _read("A quagga was seen.", "The quagga left."),
    "s10": _read("What was said in an appendix."),
    "b1": _read("An oryx leads the pack."),
}  # fmt: skip

TITLES = {
    "s1": "Report on cameras", "s2": "Scanned map", "s3": "Ledger of spending", "s4": "Waiting appendix",
    "s5": "Plan and costs", "s6": "Long evidence", "s7": "Withdrawn briefing", "s8": "Kept letter",
    "s9": "Quagga paper", "s10": "Zebra’s complaint", "b1": "Oryx pack",
}  # fmt: skip


def _visit(days: int) -> tuple[Answer, Findings]:
    """What the meeting's page said on a day: at first the draft, later the minutes."""
    later = days > 0
    meeting = Meeting(
        id="wolden-m500", borough=SLUG, committee=COMMITTEE.id, date=date(2025, 10, 14), venue="Tapir Hall",
        status="minutes" if later else "draft minutes", published="Agenda and minutes", documents=_links("b1"),
        source_url="https://wolden.example/ieListDocuments.aspx?MId=500",
    )  # fmt: skip
    items = (_cameras(later), *OTHERS) if later else (_cameras(later), *OTHERS, GONE)
    documents = tuple(
        Document(
            id=f"wolden-{number}", borough=SLUG, title=title, size="161 KB",
            source_url=f"https://wolden.example/documents/{number}.pdf",
        )
        for number, title in TITLES.items()
    )  # fmt: skip
    found = Findings(named=(COMMITTEE,), meetings=(meeting,), items=items, documents=documents)
    return page(meeting.source_url, SLUG, b"<html>500" + str(days).encode(), days), found


def _links(*numbers: str) -> tuple[DocumentLink, ...]:
    return tuple(DocumentLink(document=f"wolden-{number}", title=TITLES[number]) for number in numbers)


def _cameras(later: bool) -> AgendaItem:
    """The item whose minutes change: a paragraph is reworded, one goes, two come."""
    draft = (
        "The zebra crossing was mentioned first.",
        "The Borough Commander said that live facial recognition had been deployed twice since the spring.",
        "A member asked about the cost of the zebra vans.",
        "The chair thanked the officers.",
    )
    minutes = (
        draft[0],
        "The Borough Commander said that live facial recognition had been deployed three times since the spring, and "
        "that no image is kept.",
        "Members asked for figures by ward.",
        "RESOLVED: that the zebra figures come back in March.",
        draft[3],
    )
    return AgendaItem(
        id="wolden-i5001", borough=SLUG, meeting="wolden-m500", position=1, number="1.",
        title="Zebra cameras in shopping streets" if later else "Zebra cameras in streets",
        minutes=text(*(minutes if later else draft)), agenda=text("To receive the zebra report."),
        source_url="https://wolden.example/mgAi.aspx?ID=5001",
        documents=_links("s1", "s2", "s9", "s10", "s3") if later else _links("s1", "s2", "s9", "s10", "s4"),
    )  # fmt: skip


def _other(number: int, title: str, minutes: str, documents: tuple[DocumentLink, ...]) -> AgendaItem:
    return AgendaItem(
        id=f"wolden-i{number}", borough=SLUG, meeting="wolden-m500", position=number - 5000,
        number=f"{number - 5000}.", title=title, minutes=text(minutes), documents=documents,
        source_url=f"https://wolden.example/mgAi.aspx?ID={number}",
    )  # fmt: skip


OTHERS = (
    _other(
        5002, "Budget", "The budget was noted.",
        (*_links("s5", "s6", "s7", "s8", "s9"), DocumentLink(document="wolden-s10", title="Plain appendix")),
    ),
    _other(5003, "A gnu’s request", "The gnu was heard.", ()),
)  # fmt: skip
GONE = _other(5004, "Any other business", "There was none.", ())


def _keep(archive: Archive, number: str, read: DocumentText, days: int) -> None:
    body = b"%PDF invented " + repr((number, read.pages[:1], read.pages_total)).encode()
    answer = page(f"https://wolden.example/documents/{number}.pdf", SLUG, body, days, "application/pdf")
    save_page(archive, answer, Findings(file=(f"wolden-{number}", "application/pdf")))
    document = archive.document(f"wolden-{number}")
    assert document is not None
    save_text(archive, document.sha256, 1, read)
