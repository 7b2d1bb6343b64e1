"""How do the lists look? Committees under their headings, and a committee's meetings, fifteen to a page."""

from __future__ import annotations

from itertools import groupby

from archive.records import Block
from tests.site.council import NOTICE, PretendBorough, PretendCommittee, PretendMeeting
from tests.site.dates import clock, short_day
from tests.site.entities import href, tip, vendor
from tests.site.links import Links
from tests.site.meeting_page import meeting_stamp
from tests.site.published import label
from tests.site.skin import content, page
from tests.site.word import PLAIN, word_part

PER_PAGE = 15


def committees_page(borough: PretendBorough) -> str:
    """`mgListCommittees.aspx`: the current committees. The link above them is closed by the wrong tag, as it is."""
    links = Links(borough.habits)
    current = [committee for committee in borough.committees if not committee.expired]
    order = list(dict.fromkeys(committee.category for committee in current))
    current.sort(key=lambda committee: order.index(committee.category))
    sections = ""
    for category, group in groupby(current, key=lambda committee: committee.category):
        rows = "\n".join(
            f'\t\t\t\t\t\t<li><a  href="{href(links.committee(each.cid))}"  '
            f'title="Link&#32;to&#32;details&#32;for&#32;{tip(each.name)}" >{vendor(each.name)}</a></li>'
            for each in group
        )
        sections += f'<h2 class="mgSectionTitle">{vendor(category)}</h2>\n\t\t\t\t\t\t\n\n'
        sections += f'<ul  class="mgBulletList" >\n{rows}\n\n</ul>\n'
    body = (
        f'<a href="{links.page("ieDocSearch.aspx")}">Search for Expired Committees</b>\n'
        f'\t<div class="mgLinks" >\n\n</div>\n{content(sections)}'
    )
    return page(borough, "Committee structure", "Committee structure", body)


def committee_page(borough: PretendBorough, committee: PretendCommittee) -> str:
    """`mgCommitteeDetails.aspx`: purpose and members, and the way to the meetings."""
    links = Links(borough.habits)
    members = "\n".join(f"<li>Councillor {vendor(name)}&nbsp; </li>" for name in committee.members)
    links_part = f"""<div class="mgLinks" >

<ul  class="mgActionList" >
			<li><a  href="{href(links.meetings(committee.cid))}"  title="Link&#32;to&#32;meetings">Browse meetings and agendas for this committee</a></li>
</ul>
</div>
"""  # noqa: E501
    about = f"""<h2 class="mgSectionTitle">Purpose of committee</h2>
{_words(committee.purpose or NOTICE)}<h2 class="mgSectionTitle">Membership<a name="#MEM"></a></h2>
<ul  class="mgBulletList" >
{members}
</ul>
"""
    body = links_part + content(about)
    return page(borough, "Committee details", "Committee details", body, sub=vendor(committee.name))


def meetings_page(
    borough: PretendBorough, committee: PretendCommittee, *, act: str = "", at: str = "", year: int = 0
) -> str:
    """`ieListMeetings.aspx`: newest first, with links onward and back on every page, wherever they lead."""
    links = Links(borough.habits)
    shown = _shown(borough, committee, act, at, year)
    oldest = meeting_stamp(shown[-1]) if shown else at
    newest = meeting_stamp(shown[0]) if shown else at
    onward = _onward(links, committee.cid, oldest, newest)
    rows = "".join(_row(links, committee, meeting, n) for n, meeting in enumerate(shown))
    body = f"""{_year_form(links, committee)}
<div class="mgContent" >
<div class="mgList" >
	<div class="mgHiddenField" >
	<input type="hidden" name="hCommitteeId"  value="{committee.cid}" />
	</div>
{onward}
	<div  class="mgTableBorder" >
		<div  class="mgTableTitleTxt" >
           Meetings
		</div>
<ul  class="mgNonBulletTableList"  >{rows}</ul>
	</div>
{onward}
</div>
<h2 class="mgSubTitleTxt">Information about {vendor(committee.name)}</h2>
{_words(committee.purpose or NOTICE)}</div>
	</form>"""
    return page(borough, "Browse meetings", "Browse meetings", body, sub=vendor(committee.name))


def _year_form(links: Links, committee: PretendCommittee) -> str:
    """The beginning of the form that asks for a year by POST; it ends below the list."""
    return f"""<p>This page lists the meetings for {vendor(committee.name)}.</p>

	<form method="post"  action="ieListMeetings.aspx"  id="FormYearSelect">
<div class="mgLinks" >
<ul  class="mgActionList" >
		<li><a  href="{href(links.committee(committee.cid))}"   title="Link&#32;to&#32;more&#32;information">More information about {vendor(committee.name)}</a></li>
        <li><label for="YearSelect">Show meetings for the year: </label>
		<select	size="1" id="YearSelect" name="YearSelect" >
		<option value="0"> </option>
		</select>
        <input  class="mgGoButton"   type="submit" name="Submit" value="Go" id="Submit1"/></li>
</ul>
</div>"""  # noqa: E501


def _words(text: str) -> str:
    return word_part((Block("paragraph", text),), PLAIN)


def _shown(borough: PretendBorough, committee: PretendCommittee, act: str, at: str, year: int) -> list[PretendMeeting]:
    ordered = sorted(committee.meetings, key=meeting_stamp, reverse=True)
    if year > 0:
        return [meeting for meeting in ordered if meeting.date.year == year]
    if act == "earlier":
        found = [meeting for meeting in ordered if meeting_stamp(meeting) < at][:PER_PAGE]
        return found or (ordered[-PER_PAGE:] if borough.habits.end == "same" else [])
    if act == "later":
        found = [meeting for meeting in ordered if meeting_stamp(meeting) > at][-PER_PAGE:]
        return found or (ordered[:PER_PAGE] if borough.habits.end == "same" else [])
    return ordered[:PER_PAGE]


def _onward(links: Links, cid: int, oldest: str, newest: str) -> str:
    earlier, later = href(links.onward("earlier", cid, oldest)), href(links.onward("later", cid, newest))
    return f"""	<div  class='mgMeetingsEarlierLater' ><p>

			<a   class="mgTableNextLnk"   href="{earlier}"  ><img src="mgimages/left5.gif" alt=""/>Earlier meetings</a><span class='mgLinkSep'>. </span>

			<a   class="mgTableNextLnk"   href="{later}"  >Later meetings<img src="mgimages/right5.gif" alt=""/></a><span class='mgLinkSep'>. </span>

		</p></div>"""  # noqa: E501


def _row(links: Links, committee: PretendCommittee, meeting: PretendMeeting, position: int) -> str:
    parity = "Odd" if position % 2 else "Even"
    suffix = f" - {label(meeting)}" if label(meeting) else ""
    day = short_day(meeting.date)
    return (
        f'<li  class="mgTable{parity}Row" ><a  class="mgMeetingTableLnk"    '
        f'href="{href(links.meeting(committee.cid, meeting.mid))}"  title="Link&#32;to&#32;meeting&#32;details&#32;for'
        f'&#32;{tip(committee.name)}&#32;meeting&#32;of&#32;{tip(day)}">{day}&nbsp;{vendor(clock(meeting.time))}</a>{suffix}</li>'
    )
