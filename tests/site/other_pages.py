"""How do the rest of the pages look? One agenda item in full, attendance, the calendar without end, the error page."""

from __future__ import annotations

from tests.site.council import NOTICE, PretendBorough, PretendCommittee, PretendItem, PretendMeeting
from tests.site.entities import vendor
from tests.site.links import Links
from tests.site.meeting_page import listed_documents
from tests.site.published import visible
from tests.site.skin import content, page
from tests.site.word import manner_of, word_part


def item_page(borough: PretendBorough, meeting: PretendMeeting, item: PretendItem) -> str:
    """`mgAi.aspx`: the whole of an item. It names neither committee nor date; documents come last."""
    item = visible(item, meeting)
    links, manner = Links(borough.habits), manner_of(item.aiid, borough.habits.glyph)
    body = word_part(item.agenda, manner) if item.agenda else ""
    for label, text in (("Decision:", item.decision), ("Minutes:", item.minutes)):
        body += f'<p class="mgSubItemTitleTxt">{label}</p>\n{word_part(text, manner)}' if text else ""
    body += listed_documents(links, item, "Supporting documents:", item.all_documents)
    return page(borough, f"Agenda item - {item.title}", "Agenda item", content(body), sub=vendor(item.title))


def attendance_page(borough: PretendBorough, committee: PretendCommittee, meeting: PretendMeeting) -> str:
    """`mgMeetingAttendance.aspx`: who was there."""
    rows = "".join(
        f"<tr><td>Councillor {vendor(name)}</td><td>Committee Member</td><td>Present</td></tr>\n"
        for name in committee.members
    )
    table = f'<table summary="Table of meeting attendance"><tbody>{rows}</tbody></table>'
    return page(borough, "Attendance", f"Attendance details {meeting.mid}", content(table))


def calendar_page(borough: PretendBorough, year: int, month: int) -> str:
    """`mgCalendarMonthView.aspx`: a month, with the next and the one before, for ever."""
    links = Links(borough.habits)
    near = [(year + (month + step - 1) // 12, (month + step - 1) % 12 + 1) for step in (-1, 1)]
    rows = "".join(
        f'<a href="{links.page(f"mgCalendarMonthView.aspx?M={m}&amp;DD={y}")}">{m}.{y}</a> ' for y, m in near
    )
    return page(borough, "Calendar", f"Calendar of meetings {month}.{year}", content(rows))


def error_page(borough: PretendBorough) -> str:
    """`mgError.aspx`, to which unknown numbers and functions are sent."""
    body = '<p class="mgErrorTxt">The page you have asked for could not be found.</p>'
    return page(borough, "Error", "Error", content(body))


def front_page(borough: PretendBorough) -> str:
    """What a visitor finds at the root: a sentence and a link."""
    link = f'<a href="{borough.habits.prefix}/mgListCommittees.aspx">Committees</a>'
    return f"<!DOCTYPE html><html><body><h1>{vendor(borough.name)}</h1><p>{NOTICE}</p>{link}</body></html>"
