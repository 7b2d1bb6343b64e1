"""How does the page of a meeting look? As `ieListDocuments.aspx` builds it: the reference on ModernGov, section 3."""

from __future__ import annotations

from collections.abc import Iterator

from archive.records import TextName
from tests.site.council import PretendBorough, PretendCommittee, PretendDocument, PretendItem, PretendMeeting
from tests.site.dates import clock, long_day, stamp, week_day
from tests.site.entities import href, tip, vendor
from tests.site.links import Links
from tests.site.packs import packs_of
from tests.site.published import cut, heading, visible
from tests.site.skin import content, page
from tests.site.word import manner_of, word_part

_ICON = '<img height="12" src="mgimages/logo-pdf-1.gif" width="12" alt="pdf icon" />'


def meeting_page(borough: PretendBorough, committee: PretendCommittee, meeting: PretendMeeting) -> str:
    """The page of one meeting, with what its state lets be seen."""
    links = Links(borough.habits)
    day = week_day(meeting.date)
    title = f"Agenda for {committee.name} on {day}, {clock(meeting.time)}"
    sub = (
        f'<a  href="{href(links.committee(committee.cid))}"  title="Link&#32;to&#32;{tip(committee.name)}">'
        f"{vendor(_heading_line(borough, committee, meeting))}</a>"
    )
    shown = _facts(meeting)
    if meeting.items and meeting.state not in ("planned", "cancelled"):
        shown += _table(borough, meeting)
    body = f"{_actions(links, committee, meeting)}\n{content(shown)}"
    return page(borough, title, heading(meeting), body, head=_metas(title, meeting), sub=sub)


def listed_documents(links: Links, item: PretendItem, label: str, documents: tuple[PretendDocument, ...]) -> str:
    """A label and its list of documents, or nothing."""
    if not documents:
        return ""
    rows = "".join(_listed(links, item, document) for document in documents)
    return f'<p class="mgSubItemTitleTxt">{label}</p>\n\n<ul  class="mgBulletList" >\n{rows}\n</ul>\n'


def _heading_line(borough: PretendBorough, committee: PretendCommittee, meeting: PretendMeeting) -> str:
    flag = ", CANCELLED" if meeting.state == "cancelled" else ""
    if borough.habits.dates == "long":
        return f"{committee.name} - {long_day(meeting.date)} {clock(meeting.time, '.')}{flag}"
    return f"{committee.name} - {week_day(meeting.date)} {clock(meeting.time)}{flag}"


def _metas(title: str, meeting: PretendMeeting) -> str:
    modified = (meeting.modified or meeting.date).isoformat()
    return f"""<meta name="DC.title"  content="{vendor(title)}"/>
<meta name="DC.description"  content="All published information for {vendor(title)}"/>
<meta name="DC.date" scheme="W3CDTF"  content="{meeting.date.isoformat()}"/>
<meta name="DC.date.modified" scheme="W3CDTF"  content="{modified}"/>
<meta name="DC.subject" scheme="eGMS.IPSV"  content="Local government"/>"""


def _actions(links: Links, committee: PretendCommittee, meeting: PretendMeeting) -> str:
    about = f"attendance details for the meeting of {committee.name}"
    rows = [f'<li><a  href="{links.page(f"mgMeetingAttendance.aspx?ID={meeting.mid}")}"  '
            f'title="Link&#32;to&#32;{tip(about)}">Attendance details</a></li>']  # fmt: skip
    for pack, tail in packs_of(committee, meeting):
        rows.append(f'<li><a  href="{href(links.document(pack, tail))}"   title="Link&#32;to&#32;pdf&#32;file">'
                    f"{vendor(pack.title)}\n\t\t\t{_size(pack)} </a>\n\t\t\t</li>")  # fmt: skip
    return '<div class="mgLinks" >\n\n\n<ul  class="mgActionList" >\n\n\t\t' + "\n\t\t".join(rows) + "\n\n</ul>\n</div>"


def _facts(meeting: PretendMeeting) -> str:
    empty = meeting.state in ("planned", "cancelled")
    nothing = "\t\t<p>No documents are available for this meeting</p>\n" if empty else ""
    label = "Proposed venue: " if empty else "Venue: "
    note = f'\t\t<p><span  class="mgLabel" >Note:</span> {vendor(meeting.note)}</p>\n' if meeting.note else ""
    return f"""{nothing}		<p><span  class="mgLabel" >{label}</span>{vendor(meeting.venue)}. <a  href="mgLocationDetails.aspx?RID=1"  title="Link&#32;to&#32;directions"> View directions</a></p>
		<p><span  class="mgLabel" >Contact: </span>Democratic Services&nbsp;</p>
{note}				<h2  class="mgSectionTitle" >Media</h2>
"""  # noqa: E501


def _table(borough: PretendBorough, meeting: PretendMeeting) -> str:
    rows = "".join(_row(borough, meeting, visible(item, meeting)) for item in meeting.items)
    return f"""		<table class="mgItemTable"  summary="Table of agenda items" id="mgItemTable">
		<caption  class="mgSectionTitle" >Items</caption>

     <tr>

            <th class="mgHide" abbr="No" scope="col">No.</th>
            <th class="mgHide" abbr="Item" scope="col">Item</th>
    </tr>
{rows}
	</table>
"""


def _row(borough: PretendBorough, meeting: PretendMeeting, item: PretendItem) -> str:
    links = Links(borough.habits)
    parts = "\n".join(part for part in _cell(borough, links, meeting, item) if part)
    return f"""
		<tr>

			<td  class="mgItemNumberCell" ><p  class="mgAiTitleTxt" ><a name="AI{item.aiid}" aria-disabled="true"></a>{item.number}</p></td>
				
		<td >			

					{parts}
					
        </td>
		</tr>
		"""  # noqa: E501, W291, W293


def _cell(borough: PretendBorough, links: Links, meeting: PretendMeeting, item: PretendItem) -> Iterator[str]:
    habits = borough.habits
    papers = listed_documents(links, item, habits.documents_label, item.documents)
    yield _title(links, item)
    yield _said(links, item, "agenda", habits.glyph)
    if habits.documents_first:
        yield papers
    if item.decision:
        yield '<p class="mgSubItemTitleTxt">Decision:</p>\n\t\t\t\t' + _said(links, item, "decision", habits.glyph)
    if item.minutes:
        yield '<p class="mgSubItemTitleTxt">Minutes:</p>\n' + _said(links, item, "minutes", habits.glyph)
    if not habits.documents_first:
        yield papers
    yield _votes(links, meeting, item)


def _title(links: Links, item: PretendItem) -> str:
    if item.report is None:
        return f'<p  class="mgAiTitleTxt" >{vendor(item.title)}</p>'
    return (
        f'<p  class="mgAiTitleTxt" ><a  class="mgAiTitleLnk"   href="{href(links.document(item.report))}"    \n\t'
        f'title="Link&#32;to&#32;document&#32;&#39;{tip(item.title)}&#39;&#32;pdf&#32;file">'
        f"{vendor(item.title)} {_size(item.report)} </a></p>"
    )


def _said(links: Links, item: PretendItem, name: TextName, glyph: str) -> str:
    text, limit = getattr(item, name), dict(item.cuts).get(name)
    if not text:
        return ""
    manner = manner_of(item.aiid, glyph)
    if limit is None:
        return word_part(text, manner)
    tail = (
        f' &nbsp;...&nbsp; <a href="{href(links.item(item.aiid))}" title="Link to view the full item text for item '
        f'{item.number}, {vendor(item.title)}"> view the full {name} text for item {item.number}</a>'
    )
    return word_part(cut(text, limit), manner, tail)


def _listed(links: Links, item: PretendItem, document: PretendDocument) -> str:
    return f"""							<li>
							<a  href="{href(links.document(document))}"   title="Link to document &#39;{vendor(document.title)}&#39; pdf file">{vendor(document.title)} <span  class="mgHide" >, item {item.number}</span>
							{_size(document)} </a>  </li>
"""  # noqa: E501


def _size(document: PretendDocument) -> str:
    return f'<span  class="mgFileSize" >{_ICON} PDF {document.size}</span>'


def _votes(links: Links, meeting: PretendMeeting, item: PretendItem) -> str:
    if not item.votes:
        return ""
    rows = "".join(
        f"\t\t\t\t\t\t<tr>\n<td>{vendor(vote.title)}</td>\n<td>{vote.kind}</td>\n<td>\n\n</td>\n<td>\n"
        f"<img alt='' src='mgImages/motions/MotionPositive.png' />{vote.result}\n</td>\n</tr>\t\n"
        for vote in item.votes
    )
    target = links.page(f"mgListRecordedVotesShort.aspx?AIID={item.aiid}&amp;MID={meeting.mid}")
    return f"""					<table  class="mgTableNoBorderFullWidth" >
						<caption  class="mgSectionTitle" >Recorded Vote</caption>
						<thead>
						<th scope="col">Title</th><th scope="col">Type</th><th scope="col">Recorded Vote text</th><th scope="col">Result</th>
						</th>
{rows}
					</table>

					<li><a  href="{target}"  title="Link&#32;to&#32;recorded&#32;votes">View Recorded Vote for this item</a></li>"""  # noqa: E501


def meeting_stamp(meeting: PretendMeeting) -> str:
    """The time by which the lists of meetings are ordered and paged."""
    return stamp(meeting.date, meeting.time)
