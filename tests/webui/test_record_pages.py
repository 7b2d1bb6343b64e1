"""What the pages of records say: items, meetings, committees, boroughs, topics, documents."""

from __future__ import annotations

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.webui.conftest import Look
from tests.webui.test_search_pages import link, words


def anchors(page: BeautifulSoup) -> list[str]:
    return [str(a["href"]) for a in page.select("a.anchor")]


def test_an_item_shows_its_texts_as_they_were_structured(look: Look) -> None:
    page = look("/items/eastmere-i1051")
    assert words(page.h1) == "1. Live facial recognition in the town centre"
    assert [words(heading) for heading in page.select("section.text h2")] == ["Agenda", "Decision", "Minutes"]
    assert [words(row).removesuffix(" ¶") for row in page.select(".minutes ul li")] == [
        "what had changed since 2024",
        "how residents are told",
    ]
    assert [[words(cell).removesuffix(" ¶") for cell in row.select("td")] for row in page.select(".minutes tr")] == [
        ["Ward", "Cases", "Closed"], ["Abbey", "41", "38"], ["Quay", "17", "17"],
    ]  # fmt: skip


def test_every_block_of_an_item_can_be_linked_to(look: Look) -> None:
    page = look("/items/eastmere-i1051")
    assert "#p-minutes-3" in anchors(page)
    for anchor in anchors(page):
        assert page.find(id=anchor.removeprefix("#")) is not None


def test_an_item_stands_beside_its_evidence(look: Look) -> None:
    page = look("/items/eastmere-i1051")
    told = words(page.select_one(".beside"))
    assert "3 February 2026, 2.05 pm" in told
    assert [str(a["href"]) for a in page.select(".beside a")] == ["https://eastmere.example/mgAi.aspx?ID=1051"]
    sha256 = words(page.select_one(".beside code"))
    assert len(sha256) == 64
    assert sha256 in words(page.select_one("textarea"))


def test_the_words_of_a_search_are_marked_on_the_item(look: Look) -> None:
    page = look('/items/eastmere-i1051?q="facial recognition"')
    assert {words(mark).lower() for mark in page.select("mark")} == {"facial recognition"}
    assert page.select_one("h1 mark") is not None
    assert look(link(page, "Read without marks")).select("mark") == []
    first = page.select(".text mark")[0].find_parent(id=True)
    assert first is not None
    assert link(page, "Go to the first mark") == f"#{first['id']}"


def test_an_item_says_which_words_put_it_under_a_topic(look: Look) -> None:
    page = look("/items/eastmere-i1051")
    reasons = words(page.select_one(".topics"))
    assert reasons.startswith("Facial recognition for ")
    assert "“facial recognition”" in reasons
    assert link(page, "Facial recognition") == "/topics/facial-recognition"


def test_the_items_of_a_meeting_lead_to_one_another(look: Look) -> None:
    page = look("/items/eastmere-i1052")
    assert link(page, "Item before") == "/items/eastmere-i1051"
    assert link(page, "Item after") == "/items/eastmere-i1053"


def test_an_item_that_was_cut_short_says_so_with_a_way_to_the_whole(look: Look) -> None:
    notice = look("/items/eastmere-i9001").select_one(".cut")
    assert "cuts this text short" in words(notice)
    assert notice is not None
    assert str(notice.a and notice.a["href"]) == "https://eastmere.example/mgAi.aspx?ID=9001"


def test_an_earlier_version_can_be_read_and_is_not_taken_for_the_newest(look: Look, client: FlaskClient) -> None:
    page = look("/items/eastmere-i9001")
    assert "E-bikes and e-scooters" in words(page.article)
    earlier = look(link(page, "Version 1"))
    assert "The draft said" in words(earlier.article)
    assert "version 1 of 2" in words(earlier.select_one(".notice")).lower()
    assert "version 1 of 2" in words(earlier.textarea)
    assert client.get("/items/eastmere-i9001?version=3").status_code == 404


def test_what_is_not_known_of_an_item_is_not_guessed(look: Look) -> None:
    page = look("/items/eastmere-x0123456789ab")
    assert "date not known" in words(page.select_one(".where"))
    assert "no address known" in words(page.select_one(".beside"))


def test_a_withheld_record_is_gone_and_its_reason_shown(client: FlaskClient) -> None:
    response = client.get("/items/eastmere-xba9876543210")
    assert response.status_code == 410
    assert "The council withdrew personal data." in response.text
    assert "3 February 2026" in response.text
    assert "A name that was withdrawn" not in response.text


def test_a_meeting_lists_its_items_in_their_order(look: Look) -> None:
    page = look("/meetings/eastmere-m105")
    assert words(page.h1) == "Meeting of 14 October 2025, 7.30 pm"
    assert [words(number) for number in page.select(".agenda .number")] == ["1.", "2.", "3.", "4.", "9."]
    assert "draft minutes" in words(page.select_one(".where"))
    assert "Council Chamber, Town Hall" in words(page.article)
    assert link(page, "Meeting before") == "/meetings/eastmere-m104"
    assert link(page, "Meeting after") == "/meetings/eastmere-m777"


def test_a_cancelled_meeting_says_so(look: Look) -> None:
    assert "This meeting was cancelled" in words(look("/meetings/eastmere-m777"))


def test_a_committee_shows_its_meetings_by_year_newest_first(look: Look) -> None:
    page = look("/committees/eastmere-c100")
    years = [words(heading) for heading in page.select("section > h2")]
    assert years == ["2025", "2024", "2023", "2022", "2021", "2020"]
    assert [words(a) for a in page.select(".meetings a")][:2] == ["4 November 2025", "14 October 2025"]
    assert page.select_one('input[name="committee"][value="eastmere-c100"]') is not None


def test_a_borough_says_how_much_of_what_is_listed_is_held(look: Look) -> None:
    told = words(look("/boroughs/northwick").select_one(".facts"))
    assert "Meetings the council lists 7" in told
    assert "Meetings held here 6: 6 with minutes" in told
    assert "Listed but not held 1" in told


def test_every_borough_and_its_coverage_is_listed(look: Look) -> None:
    assert [words(a) for a in look("/boroughs/").select(".cards h2 a")] == [
        "Eastmere",
        "Farthing",
        "Hallow Vale",
        "Northwick",
    ]
    rows = {words(row.th): [words(cell) for cell in row.select("td")] for row in look("/status").select("tbody tr")}
    assert rows["Northwick"][:6] == ["7", "6", "1", "6", "24", "24"]
    assert rows["Farthing"][-1] == "not crawled yet"


def test_a_topic_shows_its_query_and_where_it_comes_up(look: Look) -> None:
    page = look("/topics/facial-recognition")
    assert words(page.select_one(".read code")) == '"facial recognition" OR LFR'
    shares = {words(row.select_one(".label")): words(row.select_one(".count")) for row in page.select(".shares li")}
    assert shares == {"Eastmere": "6 items", "Northwick": "6 items", "Farthing": "0", "Hallow Vale": "0"}
    assert len(page.select(".chart a")) == 6
    assert len(page.select(".hit")) == 10
    assert "12 items" in words(look(link(page, "Search and filter")).select_one("#found"))


def test_every_topic_is_listed_with_its_number_of_items(look: Look) -> None:
    topics = {words(card.h2): words(card.select_one(".muted")) for card in look("/topics/").select(".cards li")}
    assert len(topics) >= 40
    assert topics["Facial recognition"] == "12 items"


def test_a_document_says_where_it_is_listed_and_what_is_kept_of_it(look: Look, client: FlaskClient) -> None:
    kept = look("/documents/eastmere-s1001")
    assert "has not been read yet" in words(kept.select_one(".notice"))
    assert link(kept, "1. Live facial recognition") == "/items/eastmere-i1001"
    assert link(kept, "Open it at the council") == "https://eastmere.example/documents/eastmere-s1001.pdf"
    assert client.get(link(kept, "Save the kept file")).data.startswith(b"%PDF")
    assert "is not kept here" in words(look("/documents/eastmere-s1011"))
    missing = client.get("/documents/eastmere-s1011/file")
    assert missing.status_code == 404
    assert "is not kept here" in missing.text


def test_trails_lead_back_up(look: Look) -> None:
    trail = look("/items/eastmere-i1051").select(".trail a")
    assert [words(step) for step in trail] == [
        "Search",
        "Eastmere",
        "Overview and Scrutiny Committee",
        "14 October 2025",
    ]
    for step in trail:
        look(str(step["href"]))


def test_no_link_of_the_site_leads_nowhere(look: Look, client: FlaskClient) -> None:
    seen, todo = set[str](), ["/"]
    while todo and len(seen) < 250:
        address = todo.pop()
        seen.add(address)
        response = client.get(address)
        assert response.status_code == 200, f"{address}: {response.status}"
        if response.mimetype == "text/html":
            page = BeautifulSoup(response.data, "lxml")
            found = {str(a["href"]).partition("#")[0] for a in page.select("a[href^='/'], link[href^='/']")}
            todo += sorted(found - seen - set(todo) - {""})
            ids = [str(one["id"]) for one in page.find_all(id=True)]
            assert len(ids) == len(set(ids)), address
    assert len(seen) == 250
