"""Invented answers of the web service, built from the structure of Manchester's; every word in them is made up."""

from __future__ import annotations

from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="utf-8"?>\r\n'
BLANK = "\r\n        "


def leaf(name: str, value: object = BLANK) -> str:
    """An element with text, or an empty one as the service writes it: a newline and spaces."""
    return f"<{name}>{escape(str(value))}</{name}>\r\n"


def words(*paragraphs: str) -> str:
    """Text as the vendor's cleaner leaves it, wrapped within sentences."""
    inside = "\n".join(f'<p class="MsoNormal"><span style="">{text}</span></p>' for text in paragraphs)
    return f'<div class="WordSection1">\n{inside}\n</div>\n'


def document(number: int = 60860, title: str = "Annex", more: str = "", *, url: str = "") -> str:
    """A linked document; its address names a host of the answer's."""
    url = url or f"http://10.170.34.172:9071/mgConvert2PDF.aspx?ID={number}"
    inside = leaf("attachmentid", number) + leaf("title", title) + leaf("url", url)
    return f"<linkeddoc>{inside}{more}</linkeddoc>"


def item(
    inside: str = "", *, aiid: int = 70, number: str = "1.", title: str = "Knife crime", documents: str = ""
) -> str:
    """An agenda item; `inside` follows its number and title."""
    head = leaf("agendaitemid", aiid) + leaf("agendaitemtitle", title) + leaf("agendaitemnumber", 4)
    head += leaf("fulldisplaynumberformat", number or BLANK)
    return f"<agendaitem>{head}{inside}<linkeddocuments>{documents}\r\n</linkeddocuments></agendaitem>"


def meeting(
    items: str = "", *, published: tuple[bool, bool, bool] = (True, False, True), status: str = "Confirmed",
    more: str = "", mid: object = 7960, day: str = "15/01/2026",
) -> bytes:  # fmt: skip
    """An answer to `GetMeeting`; `published` is agenda, decisions, minutes."""
    inside = leaf("meetingid", mid) + leaf("meetingdate", day) + leaf("meetingstatus", status)
    inside += leaf("meetingtime", "7.30 pm") + leaf("meetinglocation", "Town Hall, High Street")
    names = ("agendapublished", "decisionpublished", "minutepublished")
    inside += "".join(leaf(name, flag) for name, flag in zip(names, published, strict=True))
    return f"{HEAD}<meeting>{inside}{more}<agendaitems>{items}\r\n</agendaitems></meeting>".encode()


def committee(number: int, title: str, category: str = "Scrutiny", **flags: bool) -> str:
    """A committee of an answer to `GetCommittees`."""
    inside = leaf("committeeid", number) + leaf("committeetitle", title)
    inside += "".join(leaf(name, flag) for name, flag in flags.items()) + leaf("committeecategory", category)
    return f"<committee>{inside}</committee>"


def committees(*inside: str, count: object = " 1") -> bytes:
    """An answer to `GetCommittees`."""
    return f"{HEAD}<committees>{leaf('committeescount', count)}{''.join(inside)}</committees>".encode()


def listed(number: object, day: str = "15/01/2026", status: str = "Confirmed") -> str:
    """A meeting of an answer to `GetMeetings`."""
    inside = leaf("meetingid", number) + leaf("meetingdate", day) + leaf("meetingstatus", status)
    return f"<meeting>{inside}{leaf('meetingtime', '7.30 pm')}</meeting>"


def meetings(*inside: str, count: object = " 2", cid: object = 144) -> bytes:
    """An answer to `GetMeetings` for one committee."""
    held = f"<committeemeetings>{''.join(inside)}\r\n</committeemeetings>"
    one = f"<committee>{leaf('committeeid', cid)}{held}</committee>"
    return (
        f"{HEAD}<getmeetings>{leaf('meetingscount', count)}{leaf('committeescount', ' 1')}{one}</getmeetings>".encode()
    )
