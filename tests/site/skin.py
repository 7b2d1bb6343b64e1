"""What stands around the vendor's part of a page? A council's own furniture, with links that lead nowhere useful.

`div#modgov` holds everything of interest; its footer is inside it. Lines end in CRLF, but not in the furniture.
"""

from __future__ import annotations

from tests.site.council import NOTICE, PretendBorough
from tests.site.entities import vendor
from tests.site.links import Links

_MENU = (
    ("mgCalendarMonthView.aspx?GL=1&amp;bcr=1", "Calendar"),
    ("mgListCommittees.aspx?bcr=1", "Committees"),
    ("ieListMeetings.aspx?CId=0&info=1&MD=Constitution", "Constitution"),
    ("mgMemberIndex.aspx?bcr=1", "Councillors"),
    ("mgDelegatedDecisions.aspx?bcr=1&amp;DM=0&amp;DS=2&amp;K=0&amp;DR=&amp;V=0", "Decisions"),
    ("ieDocSearch.aspx?bcr=1", "Search documents"),
    ("mgWhatsNew.aspx?bcr=1", "What's New"),
)

_SETTINGS = """<script type="text/javascript">
	if (window.$ModernGov === undefined)
	{
		Object.defineProperty(window, "$ModernGov", { value: {} });
		document.marks = "<td class='mgItemNumberCell'>" + (1 < 2 ? "" : "</table>");
	}
</script>"""

_FOOTER = """<div class="mgFooter" >\t\t

	<p>&nbsp;</p>

<input type="hidden" value="false" id="hidIsExtLinkNewWindow" name="hidIsExtLinkNewWindow">
    <script type="text/javascript" src="mgAjaxScripts.js"></script>
</div>
"""


def page(borough: PretendBorough, title: str, main_heading: str, body: str, *, head: str = "", sub: str = "") -> str:
    """A whole page. `main_heading` is the h1, `sub` the heading line's inner markup, `head` more of the head's."""
    menu = _menu(Links(borough.habits))
    line = f'<div class="mgSubTitle" >\t\n\t\t<h2 class="mgSubTitleTxt">{sub}</h2>\n\t\t</div>' if sub else ""
    top_line = f'<div class="mgHeader"><h1  class="mgMainTitleTxt" >{vendor(main_heading)}</h1></div>'
    vendor_part = f"""<div id="modgov">{top_line}
	{line}
	<p>{NOTICE}</p>

{_SETTINGS}
	{body}
{_FOOTER}"""
    top = f"""<!DOCTYPE html>



<html lang="en">
	<head>
		<meta charset="utf-8">
		<meta http-equiv="X-UA-Compatible" content="IE=edge">
		{head}
		<title>{vendor(title)} - {vendor(borough.name)}</title>
		<link href="sitespecific/ssMgStyles.css" rel="stylesheet" type="text/css" />
	</head>
	<body class="skin">
		<a class="sr-only" href="#mgMainContent">Skip to main content</a>
		<header id="page-header"><p>{vendor(borough.name)} Council. {NOTICE}</p></header>
		<div role="main">
		<div id="content-holder">
			<nav aria-label="Breadcrumb"><ul><li><a href="/">Home</a></li><li>{vendor(main_heading)}</li></ul></nav>
			"""
    bottom = f"""
</div>
		</div>
		<footer id="page-footer"><small>&copy; {vendor(borough.name)} Council. {NOTICE}</small></footer>
	</body>
</html>
"""
    return _crlf(top) + menu + _crlf(vendor_part) + "</div>\n" + menu + _crlf(bottom)


def content(inner: str) -> str:
    """The part below the action links, with the empty help line at its end."""
    return f'<div class="mgContent" >\n{inner}<div class="mgHelpLine" >\t\n</div>\t\n</div>\n'


def _menu(links: Links) -> str:
    rows = "\n".join(f'<li><a href="{links.page(target)}">{vendor(name)}</a></li>' for target, name in _MENU)
    return f'<div class="menu"><ul class="menu-list">\n{rows}</ul></div>\n'


def _crlf(text: str) -> str:
    return text.replace("\n", "\r\n")
