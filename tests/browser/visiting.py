"""What a person does with a page: reads, follows links by their words, types, presses keys, holds a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

DESK, PHONE = (1280, 900), (390, 844)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Someone in front of the browser."""

    browser: Chrome
    site: str

    def open(self, path: str) -> None:
        """Type an address of the site."""
        self.browser.get(self.site + path)

    def sit_at_a_desk(self, *, dark: bool = False) -> None:
        """A wide window, in daylight or at night."""
        self._see(DESK, dark, mobile=False)

    def hold_a_phone(self, *, dark: bool = False) -> None:
        """A narrow screen that is touched."""
        self._see(PHONE, dark, mobile=True)

    def search(self, words: str) -> None:
        """Type into the page's first search box and press Enter."""
        box = self.all('input[type="search"]')[0]
        box.clear()
        box.send_keys(words, Keys.ENTER)

    def follow(self, words: str, within: str = "body") -> None:
        """Follow the first visible link whose text begins with these words."""
        links = [link for link in self.all(f"{within} a") if " ".join(link.text.split()).startswith(words)]
        assert links, f"no link {words!r} on {self.browser.current_url}"
        links[0].click()

    def press(self, *keys: str) -> WebElement:
        """Press keys, one after the other; what then has the focus."""
        for key in keys:
            self.browser.switch_to.active_element.send_keys(key)
        return self.browser.switch_to.active_element

    def all(self, selector: str) -> list[WebElement]:
        """What is there, and to be seen."""
        return [one for one in self.browser.find_elements(By.CSS_SELECTOR, selector) if one.is_displayed()]

    def read(self, selector: str = "body") -> str:
        """The text of the first of these, on one line."""
        return " ".join(self.all(selector)[0].text.split())

    def ask(self, script: str) -> Any:
        """What the page's own measures are."""
        return self.browser.execute_script(script)

    def complaints(self) -> list[str]:
        """What the browser had to complain about since it was last asked: refused by the policy, not found."""
        logged = self.browser.get_log("browser")  # type: ignore[no-untyped-call]
        return [entry["message"] for entry in logged if entry["level"] == "SEVERE"]

    def _see(self, size: tuple[int, int], dark: bool, *, mobile: bool) -> None:
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        screen = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": mobile}
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
