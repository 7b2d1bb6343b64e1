"""Invented ModernGov pages, built from the structure of the real ones; every name and every word in them is made up."""

from __future__ import annotations

HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>{meta}</head>
<body><div class="skin"><nav><a href="mgListCommittees.aspx?bcr=1">Committees</a></nav>
"""
FOOT = """<div class="mgFooter"><p>&nbsp;</p><script>var mediaPlayers = [];</script></div></div></div>
</body><script>function menu() { return "</div>"; }</script>
</html>
"""
HEADING = "Overview and Scrutiny Committee - Thursday 15 January 2026 7:30 pm"


def page(inside: str, *, heading: str = "Agenda and minutes", sub: str = "", title: str = "", meta: str = "") -> bytes:
    """A whole page with ModernGov's content box."""
    top = f'<div id="modgov"><div class="mgHeader"><h1  class="mgMainTitleTxt" >{heading}</h1></div>'
    return (HEAD.format(title=title, meta=meta) + top + sub + inside + FOOT).encode()


def meeting(
    rows: str = "",
    *,
    published: str = "Agenda and minutes",
    heading: str = HEADING,
    links: str = "",
    before: str = "",
    meta: str = "",
) -> bytes:
    """A meeting's page; without rows there is no table of items."""
    sub = f"""<div class="mgSubTitle" ><h2 class="mgSubTitleTxt"><a href="mgCommitteeDetails.aspx?ID=308"
        title="Link&#32;to&#32;Overview and Scrutiny Committee">{heading}</a></h2></div>"""
    table = f"""<table class="mgItemTable" summary="Table of agenda items" id="mgItemTable">
        <caption class="mgSectionTitle">Items</caption><tr><th class="mgHide">No.</th><th class="mgHide">Item</th></tr>
        {rows}</table>"""
    box = f'<div class="mgLinks"><ul class="mgActionList">{links}</ul></div><div class="mgContent" >{before}'
    return page(f"{box}{table if rows else ''}</div>", heading=published, sub=sub, meta=meta)


def row(inside: str, *, number: str = "1.", aiid: int | None = 70, title: str = "Knife crime", more: str = "") -> str:
    """A row of the table of items; `inside` follows the title."""
    anchor = f'<a name="AI{aiid}" aria-disabled="true"></a>' if aiid else ""
    return f"""<tr><td  class="mgItemNumberCell" ><p  class="mgAiTitleTxt" >{anchor}{number}</p></td>
        <td ><p  class="mgAiTitleTxt" >{title}</p>{inside}</td>{more}</tr>"""


def words(*paragraphs: str) -> str:
    """Text as the vendor's cleaner leaves it."""
    inside = "\n".join(
        f'<p class="MsoNormal">{paragraph}</p>\n<p class="MsoNormal">&nbsp;</p>' for paragraph in paragraphs
    )
    return f'<div class="mgWordPara"><div class="WordSection1">\n{inside}</div>\n</div>'


def label(name: str) -> str:
    """A label over a part of an item."""
    return f'<p class="mgSubItemTitleTxt">{name}</p>'


def listed(*documents: tuple[str, str]) -> str:
    """A list of documents, given as their addresses and titles."""
    items = "".join(
        f"""<li><a  href="{href}"   title="Link to document">{title} <span  class="mgHide" >, item 1.</span>
        <span class="mgFileSize"><img src="mgimages/logo-pdf-1.gif" alt="pdf icon" /> PDF 601 KB</span> </a>  </li>"""
        for href, title in documents
    )
    return f'<ul  class="mgBulletList" >{items}</ul>'
