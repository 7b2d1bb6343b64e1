"""How does one installation spell the addresses of its pages?"""

from __future__ import annotations

from tests.site.council import PretendDocument, PretendHabits

_OTHER = {
    "ieListDocuments.aspx?CId={cid}&MId={mid}&Ver=4": "ielistdocuments.aspx?MeetingId={mid}",
    "ieListMeetings.aspx?CommitteeId={cid}": "ielistmeetings.aspx?cid={cid}&year=0",
    "mgCommitteeDetails.aspx?ID={cid}": "mgcommitteedetails.aspx?id={cid}",
    "mgAi.aspx?ID={aiid}": "mgai.aspx?id={aiid}",
    "ieListMeetings.aspx?Act={act}&CId={cid}&D={stamp}&MD=ielistmeetings": (
        "ielistmeetings.aspx?act={act}&cid={cid}&d={stamp}&MD=ielistmeetings"
    ),
}


class Links:
    """The links of one site: relative ones, or with the session's segment in an absolute path where there is one."""

    def __init__(self, habits: PretendHabits) -> None:
        self._habits = habits

    def page(self, name: str) -> str:
        """Any page or file by its relative address."""
        habits = self._habits
        return f"{habits.prefix}/(S({habits.session}))/{name}" if habits.session else name

    def committee(self, cid: int) -> str:
        """The details of a committee."""
        return self._spelled("mgCommitteeDetails.aspx?ID={cid}", cid=cid)

    def meetings(self, cid: int) -> str:
        """The meetings of a committee."""
        return self._spelled("ieListMeetings.aspx?CommitteeId={cid}", cid=cid)

    def onward(self, act: str, cid: int, stamp: str) -> str:
        """The "earlier" or "later" meetings of a committee, from a time on."""
        pattern = "ieListMeetings.aspx?Act={act}&CId={cid}&D={stamp}&MD=ielistmeetings"
        return self._spelled(pattern, act=act, cid=cid, stamp=stamp)

    def meeting(self, cid: int, mid: int) -> str:
        """The page of a meeting."""
        return self._spelled("ieListDocuments.aspx?CId={cid}&MId={mid}&Ver=4", cid=cid, mid=mid)

    def item(self, aiid: int) -> str:
        """The page of one agenda item."""
        return self._spelled("mgAi.aspx?ID={aiid}", aiid=aiid)

    def document(self, document: PretendDocument, tail: str = "") -> str:
        """A document, its title in the address with raw spaces."""
        return self.page(f"documents/{document.key}/{document.file_name}{tail}")

    def _spelled(self, pattern: str, **values: object) -> str:
        chosen = _OTHER[pattern] if self._habits.spelling == "other" else pattern
        return self.page(chosen.format(**values))
