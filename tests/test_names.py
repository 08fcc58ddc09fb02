"""Names, titles and role phrases, on invented texts."""

import pytest

from dragoman.extract import pipeline
from dragoman.extract.findings import Layout
from dragoman.extract.names import find_names
from dragoman.extract.offices import organisation_kind, polity
from dragoman.extract.page import Block, Page
from dragoman.extract.parsed import Doc
from dragoman.extract.reader import read_text
from dragoman.extract.roles import role_phrases
from dragoman.extract.spelling import acronym_of, derived_from, land_stem, same_person, skeleton


def page_of(text):
    doc = pipeline.load()(text)
    return Page(text, Layout([(0, len(text))]), [Block(0, len(text), Doc(doc))])


def names_of(text):
    return [n.text for n in find_names(page_of(text))[0]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "On Friday Harald Oxmere met the Guild of Ferry Pilots of Norrow in Tarn.",
            ["Harald Oxmere", "Guild of Ferry Pilots of Norrow", "Tarn"],
        ),
        ("When Oxmere arrived, Prime Minister Ada Quill had left.", ["Oxmere", "Ada Quill"]),
        ("The Weavers' Federation and Ms Quill-Brandt signed.", ["Weavers' Federation", "Quill-Brandt"]),
        ("It was signed by Secretary of State Ivo Lanz and Judge Mara Tell.", ["Ivo Lanz", "Mara Tell"]),
        ("He spoke to the Institute for Peace and Order in Oslo.", ["Institute for Peace and Order", "Oslo"]),
        ("They wrote to the Welders and Rail Porters of Norrow.", ["Welders and Rail Porters of Norrow"]),
        ("On Friday Norrow and the Sill Bus Drivers were far apart.", ["Norrow", "Sill Bus Drivers"]),
        ("They met the Northern Women's Assembly.", ["Northern Women's Assembly"]),
        ("The letter went to Governor Ada Lodge.", ["Ada Lodge"]),
    ],
)
def test_names_are_cut_from_titles_and_sentences(text, wanted):
    assert names_of(text) == wanted


def test_every_name_stands_where_it_says():
    text = "Yesterday Foreign Minister Ada Quill of Norrow told Harald Oxmere that the Ferry Pilots’ Guild had won."
    page = page_of(text)
    for name in find_names(page)[0]:
        assert " ".join(text[name.start : name.end].split()) == name.text


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Norrow's chief negotiator, Ada Quill, left early.", "Ada Quill", "Norrow's chief negotiator"),
        (
            "Ada Quill, who chairs the Guild of Ferry Pilots, left early.",
            "Ada Quill",
            "who chairs the Guild of Ferry Pilots",
        ),
        ("They waited for retired general Ivo Lanz all day.", "Ivo Lanz", "retired general"),
        ("Ivo Lanz, deputy head of the harbour board, disagreed.", "Ivo Lanz", "deputy head of the harbour board"),
        ("A delegate of the rebels who is known only as Korb disagreed.", "Korb", "delegate of the rebels"),
    ],
)
def test_role_phrases_beside_names(text, name, title):
    found = [n for n in find_names(page_of(text))[0] if n.text == name]
    assert found, names_of(text)
    assert title in [p.title for n in found for p in role_phrases(n)]


def test_expert_groups_are_no_role():
    [name] = [
        n
        for n in find_names(page_of("According to Ada Quill, the expert groups met daily."))[0]
        if n.text == "Ada Quill"
    ]
    assert role_phrases(name) == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Guild of Ferry Pilots", "union"),
        ("Association of Postal Workers", "union"),
        ("Outer Isles Customs Union", "bloc"),
        ("Northern Marsh Front", "armed_group"),
        ("Norrow Harbour Company", "company"),
        ("Ministry of Rivers", "body"),
        ("Ada Quill", None),
    ],
)
def test_organisations_are_known_by_their_words(name, kind):
    assert organisation_kind(name) == kind


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Idris Kvorat", "Idriss Qvorat", True),
        ("Ivan Tolskiy", "Ivan Tolsky", True),
        ("Dmytro Hulev", "Dmitri Hulev", True),
        ("Ada Quill-Brandt", "Ada Quill", True),
        ("Tomás Brandão", "Tomas Brandao", True),
        ("Ada Quill", "Ivo Quill", False),
        ("Ada Quill", "Ada Quint", False),
    ],
)
def test_spellings_of_one_person(a, b, same):
    assert same_person(a, b) is same
    assert same_person(b, a) is same


def test_lands_and_their_peoples():
    assert derived_from("Norrovian", "Norrovia")
    assert derived_from("Tarners", "Tarner") is False
    assert derived_from("Quillan", "Quilla")
    assert not derived_from("Norrovia", "Norrovia")
    assert land_stem("Norrovia") == land_stem("Norrovian", derived=True) == land_stem("Norrovians", derived=True)
    assert skeleton("Qoralkoff") == skeleton("Koralkov")


def test_acronyms():
    assert acronym_of("GFPN", "Guild of Ferry Pilots of Norrow")
    assert acronym_of("GFPN", "Guild of Ferry Pilots")
    assert not acronym_of("GXP", "Guild of Ferry Pilots")
    assert not acronym_of("Gfp", "Guild of Ferry Pilots")


@pytest.mark.parametrize(
    ("text", "land"),
    [
        ("Federal Republic of Norrow", "Norrow"),
        ("Grand Duchy of Tarn", "Tarn"),
        ("Sill Republic", "Sill"),
        ("Tarnian Federation", "Tarnian"),
        ("Rowing Federation", None),
        ("Federation of Ferry Pilots", None),
    ],
)
def test_a_polity_is_named_after_its_land(text, land):
    assert polity(text) == land


@pytest.mark.parametrize(
    "name",
    [
        "Tannery and Dye Workers' Union",
        "Tannery and Dye Workers’ Union",
        "Ferry and Pilot Staff Association",
        "Riggers and Caulkers Federation",
        "Upper Kiln and Loom Workers' League",
    ],
)
def test_a_body_of_two_trades_is_one(name: str) -> None:
    text = (
        f"Pay talks stall\n\nARBEK, 3 March 2031 - Sund Wharves and the {name} met again on Monday for talks on pay. "
        f"The {name} rejected an offer of four per cent.\n"
    )
    names = {n for actor in read_text(text).actors for n in actor.names}
    assert name in names
    assert "Sund Wharves" in names
    assert not any(n != name and n in name for n in names - {"Sund Wharves"})


def test_two_bodies_stay_two() -> None:
    text = "Pay talks stall\n\nARBEK, 3 March 2031 - The Wharf Council and the Dye Workers' Union met on Monday.\n"
    assert {"Wharf Council", "Dye Workers' Union"} <= {n for actor in read_text(text).actors for n in actor.names}
