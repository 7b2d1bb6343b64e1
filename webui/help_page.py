"""What can be typed into the search, as data: the help page prints it, and a test reads every example as a query.

The forms are fixed by the design, section 6.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.results import SearchRequest
from webui.links import search_url


@dataclass(frozen=True, slots=True)
class QueryForm:
    """One form of query: what it is called, an example that can be tried, and what it finds."""

    name: str
    example: str
    finds: str

    @property
    def url(self) -> str:
        """The search that the example is."""
        return search_url(SearchRequest(text=self.example))


QUERY_FORMS: tuple[QueryForm, ...] = (
    QueryForm(
        "Words",
        "damp mould",
        "Items that hold all the words, anywhere in the item and its documents together. Word forms count: "
        "“police” finds “policing”. Capitals, accents and the shape of apostrophes do not matter.",
    ),
    QueryForm(
        "Exactly these words",
        '"facial recognition"',
        "Items with exactly these words in this order, in one text or on one page of a document. Inside quotation "
        "marks there are no word forms and no other names. One word in quotation marks is that very word.",
    ),
    QueryForm("One or the other", "e-bike OR e-scooter", "Items that hold either. OR must be in capitals."),
    QueryForm("Both", "knife AND schools", "The same as without AND, which is there for longer queries."),
    QueryForm("Not this word", "parking -permits", "Items without the word. “parking NOT permits” means the same."),
    QueryForm("Brackets", "(cycling OR walking) schools", "Say what belongs together."),
    QueryForm("Beginnings of words", "scrutin*", "Every word that begins so. At least three letters before the star."),
    QueryForm(
        "Close together", "vacant NEAR/5 homes", "Both within five words of each other in one text, in either order."
    ),
    QueryForm("In the title", "title:budget", "Only where the item’s title holds the word."),
    QueryForm(
        "In the documents",
        'documents:"cost of repairs"',
        "Only in the titles and on the pages of an item’s documents. “minutes:”, “decision:” and “agenda:” likewise.",
    ),
    QueryForm(
        "Acronyms",
        "VAWG",
        "Acronyms that councillors use find their long forms, and long forms their acronyms. The answer says so, with "
        "a link that switches it off. SEND counts only in capitals, because “send” is also a word.",
    ),
    QueryForm("Everything but", "-apologies", "Exclusions alone mean everything else."),
    QueryForm("Nothing at all", "", "Everything that the chosen filters leave, newest first."),
)

ARGUMENT_HELP: tuple[tuple[str, str], ...] = (
    ("q", "the query"),
    ("borough", "a borough, as southwark; may be repeated: any of them"),
    ("topic", "a topic, as facial-recognition; may be repeated"),
    ("committee", "a committee, as southwark-c308, or its number at the council, 308; may be repeated"),
    ("year", "a year, as 2025, or unknown; may be repeated"),
    ("found_in", "title, decision, minutes, agenda or documents: search these places alone; may be repeated"),
    ("since", "the first day, as 2025-01-31"),
    ("until", "the last day, as 2025-12-31"),
    ("sort", "relevance, newest or oldest"),
    ("page", "a page of the answer, from 1"),
    ("widen", "no: no word forms, and no other names of acronyms"),
    (
        "standing",
        "no: without standing items, such as apologies for absence, declarations of interest, the last minutes",
    ),
)
