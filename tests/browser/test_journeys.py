"""The three journeys that the archive is for."""

from __future__ import annotations

from tests.browser.visiting import Visitor


def test_a_journalist_finds_facial_recognition_across_boroughs_and_narrows_to_one_and_a_year(visitor: Visitor) -> None:
    visitor.search('"facial recognition"')
    assert visitor.read("#found") == "12 items"
    assert {hit.text for hit in visitor.all(".hit .borough")} == {"Eastmere", "Northwick"}
    assert {mark.text.lower() for mark in visitor.all(".passage mark")} == {"facial recognition"}

    visitor.follow("Northwick", ".filters")
    assert visitor.read("#found") == "6 items"
    visitor.all(".chart a")[3].click()
    assert visitor.read("#found") == "1 item"
    assert visitor.read(".hit .where") == "Northwick Overview and Scrutiny Committee 14 October 2023 minutes"
    assert visitor.read(".tags ul") == "Remove the filter Borough Northwick × Remove the filter Year 2023 × Remove all"

    visitor.follow("1. Live facial recognition", ".hit")
    assert visitor.all(".minutes mark")
    assert "Retrieved 3 February 2026" in visitor.read(".beside")


def test_a_councillor_finds_what_a_committee_agreed(visitor: Visitor) -> None:
    visitor.follow("Boroughs")
    visitor.follow("Eastmere")
    visitor.follow("Overview and Scrutiny Committee")
    box = visitor.all(".within input")[0]
    box.send_keys("damp mould")
    box.submit()
    assert visitor.read(".tags ul") == "Remove the filter Committee Overview and Scrutiny Committee, Eastmere ×"
    visitor.follow("Decision", ".filters")
    assert visitor.read("#found") == "6 items"
    visitor.follow("Newest first")
    visitor.follow("2. Damp and mould", ".hit")
    assert "RESOLVED: that a recovery plan for damp and mould come back to the committee in March." in visitor.read(
        ".decision"
    )
    assert visitor.all(".decision mark")
    visitor.follow("14 October 2025", ".trail")
    assert visitor.read("h1") == "Meeting of 14 October 2025, 7.30 pm"


def test_a_campaigner_opens_a_topic_and_follows_it_to_the_source(visitor: Visitor) -> None:
    visitor.follow("Topics")
    visitor.follow("Facial recognition")
    assert '"facial recognition" OR LFR' in visitor.read(".read")
    assert "Eastmere 6" in visitor.read(".shares")
    visitor.follow("1. Live facial recognition", ".hit")
    assert visitor.all("mark")
    source = visitor.all(".beside a.outward")[0]
    assert source.get_attribute("href") == "https://eastmere.example/mgAi.aspx?ID=1051"
    assert "noreferrer" in str(source.get_attribute("rel"))
    citation = visitor.ask(
        "const box = document.querySelector('textarea'); box.focus(); box.select(); return getSelection().toString()"
    )
    assert citation.startswith(
        "Eastmere, Overview and Scrutiny Committee, 14 October 2025, item 1 “Live facial recognition"
    )


def test_nothing_found_leads_on(visitor: Visitor) -> None:
    visitor.search("zebra crossing")
    assert visitor.read("#found") == "Nothing found"
    assert "1 listed meeting of 7 not held" in visitor.read(".nothing")
    visitor.follow("Northwick", ".gaps")
    assert "Listed but not held" in visitor.read(".facts")
