"""Every view is an address that can be sent: what a form was set to stands in it, and comes back in the form."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from fastapi.testclient import TestClient

import dragoman
from dragoman.web.state import State
from web_records import client

EXAMPLES = Path(__file__).parents[1] / "examples"
FORMS = {
    "/encounters": "q=o&status=held&level=delegations&kind=talks&actor={party}&since=2024-01-01&until=2025-01-01"
    "&order=oldest",
    "/agreements": "q=o&status=agreed&issue=economy&since=2024-01-01&until=2025-01-01&actor={party}",
    "/statements": "q=water&side={party}&kind=indirect&since=2024-01-01&until=2025-01-01&order=oldest",
    "/people": "q=o&part=party&kind=person&side={party}",
    "/documents": "q=o&outlet={outlet}&since=2024-01-01&until=2025-01-01",
    "/disagreements": "q=o&kind=conflict&since=2024-01-01&until=2025-01-01&actor={party}",
    "/outlooks": "direction=hopeful&standing=official",
    "/positions": "at=2024-06-10&parties=all",
    "/positions/issue/{issue}": "party={party}&q=o&since=2024-01-01&until=2025-01-01",
    "/positions/between": "a={party}&b={other}&at=2024-07-01&since=2024-05-20",
    "/families/{family}": "a={first}&b={second}",
    "/ask": "q=What+was+agreed%3F",
}
"""All that the form of each page can be set to."""


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    place = tmp_path_factory.mktemp("web") / "record.db"
    dragoman.read(sorted(EXAMPLES.glob("20*")), place).close()
    with client(place) as made:
        yield made


@pytest.fixture(scope="module")
def names(web: TestClient) -> dict[str, str]:
    """What the record has for the names in `FORMS`."""
    state: State = web.app.state.keeper.state()  # type: ignore[attr-defined]
    family = next(iter(state.families.values()))
    party, other = state.matrix.parties[:2]
    return {
        "party": party,
        "other": other,
        "issue": "economy",
        "outlet": next(o for o in state.outlets if o).replace(" ", "+"),
        "family": family.id,
        "first": family.documents[1],
        "second": family.documents[0],
    }


class _Forms(HTMLParser):
    """The forms of a page's content: of each its action and what it would send, without what is empty."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._main = self._within = False
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "main":
            self._main = True
        elif tag == "form" and self._main:
            assert given.get("method", "get") == "get"
            assert given.get("hx-get", given["action"]) == given["action"]
            self.forms.append((str(given["action"]), {}))
            self._within = True
        elif self._within and tag == "input" and given.get("value"):
            self.forms[-1][1][str(given["name"])] = str(given["value"])
        elif self._within and tag == "select":
            self._select = str(given["name"])
        elif self._select and tag == "option" and "selected" in given and given.get("value"):
            self.forms[-1][1][self._select] = str(given["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._main = False
        elif tag == "form":
            self._within = False
        elif tag == "select":
            self._select = ""


def forms(html: str) -> list[tuple[str, dict[str, str]]]:
    found = _Forms()
    found.feed(html)
    return found.forms


@pytest.mark.parametrize("path", list(FORMS))
def test_a_form_is_as_the_address_says_and_leads_to_it_again(web: TestClient, names: dict[str, str], path: str) -> None:
    query = FORMS[path].format(**names)
    answer = web.get(f"{path.format(**names)}?{query}")
    assert answer.status_code == 200
    assert 'class="notice"' not in answer.text  # all of it was understood
    ((action, sent),) = forms(answer.text)
    assert action == path.format(**names)
    wanted = dict(parse_qsl(query))
    assert {name: sent.get(name) for name in wanted} == wanted
    again = web.get(action, params=sent, follow_redirects=True)
    assert again.status_code == 200
    assert {k: v for k, v in parse_qsl(urlsplit(str(again.url)).query) if k in wanted} == wanted
    assert forms(again.text) == forms(answer.text)


def test_no_page_has_a_form_that_is_not_listed(web: TestClient, names: dict[str, str]) -> None:
    listed = {path.format(**names) for path in FORMS}
    for path in ("/", "/sources", "/downloads", "/api/v1", *listed):
        assert {action for action, _ in forms(web.get(path).text)} <= listed, path


def test_the_next_page_of_a_list_keeps_its_filters(web: TestClient) -> None:
    query = "since=2024-01-01&order=oldest"
    html = web.get(f"/statements?{query}").text
    assert f"{query.replace('&', '&amp;')}&amp;page=2" in html
    assert web.get(f"/statements?{query}&page=2").text.count('<article class="statement"') > 0
