"""A visitor in words: what is given, what she does, what she then sees."""

from typing import Any, Self
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

WIDE, PHONE, NARROWEST = 1280, 390, 320
MOST_BYTES = 100_000

# Everything that reaches out of the page at either side, but for what stands in a box of its own that scrolls.
_STICKS_OUT = """() => {
  const wide = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll("body *")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && !element.closest(".scroll, .skip") && (box.right > wide + 1 || box.left < -1);
  });
  if (document.documentElement.scrollWidth > wide) out.push(document.documentElement);
  return out.map((element) => `${element.tagName} ${element.className}: ${element.textContent.slice(0, 40)}`);
}"""


class Visitor:
    """One browser window. Steps begin with given, when and then, and read aloud as a story."""

    def __init__(
        self, browser: Browser, site: str, *, width: int = WIDE, scripts: bool = False, **options: Any
    ) -> None:
        self.site = site
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, **options
        )
        self.page: Page = self.context.new_page()
        self.requests: list[Request] = []
        self.page.on("request", lambda request: self.requests.append(request))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self.context.close()

    # given
    def given_the_page(self, address: str) -> None:
        self.requests.clear()
        answer = self.page.goto(f"{self.site}{address}")
        assert answer is not None

    # when
    def when_she_follows(self, words: str) -> None:
        self.page.get_by_role("link", name=words).first.click()

    def when_she_opens(self, words: str) -> None:
        self.page.locator("summary", has_text=words).click()

    def when_she_opens_everything(self) -> None:
        self.page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")

    def when_she_presses(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    # then
    def then_the_title_is(self, words: str) -> None:
        expect(self.page.locator("h1")).to_have_text(words)

    def then_she_reads(self, *words: str) -> None:
        for expected in words:
            expect(self.page.locator("body")).to_contain_text(expected)

    def then_she_sees(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()

    def then_the_row_reads(self, group: str, *words: str) -> None:
        row = self.page.locator("table.dots tbody tr", has_text=group).first
        for expected in words:
            expect(row).to_contain_text(expected)

    def then_no_barrier_is_found(self) -> None:
        found = Axe().run(self.page)
        assert found.violations_count == 0, found.generate_report()

    def then_nothing_sticks_out_at_the_sides(self) -> None:
        assert self.page.evaluate(_STICKS_OUT) == []

    def then_no_other_host_was_asked(self) -> None:
        hosts = {urlsplit(request.url).netloc for request in self.requests}
        assert hosts == {urlsplit(self.site).netloc}

    def then_the_page_is_light(self) -> None:
        weights = {request.url: len(answer.body()) for request in self.requests if (answer := request.response())}
        assert sum(weights.values()) < MOST_BYTES, weights

    def then_it_prints_on_one_side(self) -> None:
        pages = self.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
        assert pages == 1, f"{pages} sides"
