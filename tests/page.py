"""A web client that reads pages as a person does, and checks each one: the rules every page must keep."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def find_all(self, tag: str, **wanted: str) -> list["Element"]:
        found = []
        for child in self.children:
            if child.tag == tag and all(child.attributes.get(k) == v for k, v in wanted.items()):
                found.append(child)
            found += child.find_all(tag, **wanted)
        return found

    @property
    def words(self) -> str:
        return " ".join(self.text.split())


class Page(HTMLParser):
    """A parsed page with its status."""

    def __init__(self, response: TestResponse) -> None:
        super().__init__()
        self.response, self.status = response, response.status_code
        self.html = response.get_data(as_text=True)
        self.root = Element("", {})
        self._open = [self.root]
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        names = [element.tag for element in self._open]
        assert names[-1] == tag, f"<{names[-1]}> is closed by </{tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    @property
    def heading(self) -> str:
        return self.root.find_all("h1")[0].words

    @property
    def words(self) -> str:
        return self.root.find_all("main")[0].words

    @property
    def errors(self) -> list[str]:
        return [item.words for box in self.root.find_all("div") if "errors" in (box.attributes.get("class") or "")
                for item in box.find_all("li")]  # fmt: skip

    def form(self, action_ends: str = "") -> dict[str, Any]:
        """What a browser would send of a form that nobody touched."""
        form = next(
            form for form in self.root.find_all("form")
            if (form.attributes.get("action") or "").endswith(action_ends) and "log-out" not in (form.attributes.get("class") or "")
        )  # fmt: skip
        values: dict[str, Any] = {}
        for box in form.find_all("input"):
            name, value = box.attributes["name"] or "", box.attributes.get("value") or ""
            if box.attributes.get("type") == "checkbox":
                if "checked" in box.attributes:
                    values.setdefault(name, []).append(value)
            elif box.attributes.get("type") != "radio" or "checked" in box.attributes:
                values[name] = value
        for area in form.find_all("textarea"):
            values[area.attributes["name"] or ""] = area.text.removeprefix("\r\n").removeprefix("\n")
        for choice in form.find_all("select"):
            options = choice.find_all("option")
            chosen = [option for option in options if "selected" in option.attributes] or options[:1]
            values[choice.attributes["name"] or ""] = chosen[0].attributes.get("value") or ""
        return values

    def check(self) -> None:
        """What holds for every page."""
        everything = _walk(self.root)
        headings = [element for element in everything if element.tag == "h1"]
        assert len(headings) == 1, f"{len(headings)} h1"
        title = self.root.find_all("title")[0].words
        assert title.endswith(f"{headings[0].words} – Trygghetslöftet"), (title, headings[0].words)
        ids = [element.attributes["id"] for element in everything if "id" in element.attributes]
        assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
        labelled = {element.attributes.get("for") for element in everything if element.tag == "label"}
        for element in everything:
            kind = element.attributes.get("type")
            if element.tag in {"input", "textarea", "select"} and kind not in {"hidden", "submit"}:
                assert element.attributes.get("id") in labelled, element
            for described in (element.attributes.get("aria-describedby") or "").split():
                assert described in ids, described
            if element.tag == "a" and (element.attributes.get("href") or "").startswith("#"):
                assert (element.attributes["href"] or "")[1:] in ids, element.attributes["href"]
            assert "style" not in element.attributes, element
            assert not [name for name in element.attributes if name.startswith("on")], element
        assert not [e for e in everything if e.tag == "script" and "src" not in e.attributes]
        html = self.root.find_all("html")[0]
        assert html.attributes["lang"]
        assert html.attributes["dir"] in {"ltr", "rtl"}


def _walk(element: Element) -> list[Element]:
    return [found for child in element.children for found in (child, *_walk(child))]


class Client:
    """Opens pages, checks them, and follows redirects the way a browser does."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.http = app.test_client()

    def get(self, address: str, **more: Any) -> Page:
        return self._page(self.http.get(address, base_url="https://localhost", follow_redirects=True, **more))

    def post(self, address: str, data: Any, **more: Any) -> Page:
        return self._page(
            self.http.post(address, data=data, base_url="https://localhost", follow_redirects=True, **more)
        )

    def send(self, address: str, at: str | None = None, action_ends: str = "", **filled: Any) -> Page:
        """Open a page, fill in its form, send it."""
        return self.post(at or address, {**self.get(address).form(action_ends), **filled})

    def log_in(self, email: str, password: str) -> Page:
        return self.send("/logga-in", email=email, password=password)

    def log_out(self) -> None:
        self.http.delete_cookie("__Host-staff", domain="localhost")

    def _page(self, response: TestResponse) -> Page:
        assert response.status_code < 500, response.request.path
        page = Page(response)
        if response.mimetype == "text/html":
            page.check()
        return page
