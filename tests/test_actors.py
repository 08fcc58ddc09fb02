"""Who is on a page: actors, sides, parts, pronouns, on invented texts."""

import pytest

from dragoman.extract.actors import find_cast
from dragoman.extract.attribution import find_attributions
from dragoman.extract.findings import Findings
from dragoman.extract.layout import lay_out
from dragoman.extract.pipeline import load
from dragoman.extract.reader import parse
from dragoman.extract.statements import find_statements
from dragoman.resolve.actors import profiles_of, resolve_component

# ruff: noqa: E501  (paragraphs of articles stand on one line, as they are read)
BORDER = """Border commission to meet in Lisbon

Norrovia and Tarn will resume talks on the Sill valley in Lisbon on Friday, the Ostavan foreign ministry announced. Ostava has mediated between the two countries since January.

Norrovia's foreign minister, Ada Quill, said that the map was "a starting point". "We are not going to sell the valley by the acre," she told reporters.

Her Tarnian counterpart, Ivo Lanz, was less patient. "They have had our paper for a year," he said. Mr Lanz added that Tarn would not sign before the prisoners were home.

The Norrovian regime drags its feet, according to Marta Osk, who teaches history at the University of Sillmouth.
"""

STRIKE = """The Guild of Ferry Pilots (GFP) and the Norrow Harbour Company will meet before Judge Mara Tell on Monday.

"We want eleven per cent," said Harald Oxmere, who chairs the guild. The company's chief executive, Lena Dorn, replied that the offer of four per cent stood.

Oxmere said the GFP would strike on Tuesday. The judge asked both sides to stay silent. She said she was hopeful.
"""


def cast_of(text):
    [page] = parse(load(), [(text, lay_out(text))])
    attributions = find_attributions(page)
    cast = find_cast(page, attributions)
    return page, cast, find_statements(page, cast, attributions)


def actor(cast, name):
    found = [a for a in cast.actors if name in (a.name, *a.names)]
    assert len(found) == 1, (name, [a.name for a in cast.actors])
    return found[0]


def side(cast, name):
    of = actor(cast, name).side
    return None if of is None else cast.actors[of].name


@pytest.fixture(scope="module")
def border():
    return cast_of(BORDER)


@pytest.fixture(scope="module")
def strike():
    return cast_of(STRIKE)


def test_sides_from_titles_counterparts_and_adjectives(border):
    _, cast, _ = border
    assert side(cast, "Ada Quill") == "Norrovia"
    assert side(cast, "Ivo Lanz") == "Tarn"
    assert side(cast, "Marta Osk") is None
    assert actor(cast, "Marta Osk").part == "outside"


def test_parties_and_mediator(border):
    _, cast, _ = border
    assert {cast.actors[i].name for i in cast.parties} == {"Norrovia", "Tarn"}
    assert [cast.actors[i].name for i in cast.mediators] == ["Ostava"]


def test_the_regime_is_a_name_of_the_state(border):
    _, cast, _ = border
    assert "Norrovian regime" in actor(cast, "Norrovia").names


def test_pronouns_find_their_speakers(border):
    _, cast, statements = border
    said = {s.speaker_text: cast.actors[s.speaker].name for s in statements if s.speaker is not None}
    assert said["she"] == "Ada Quill"
    assert said["he"] == "Ivo Lanz"


def test_a_ministry_that_speaks_is_a_body_on_its_states_side(border):
    _, cast, _ = border
    ministry = actor(cast, "Ostavan foreign ministry")
    assert ministry.kind == "body"
    assert cast.actors[ministry.side].name == "Ostava"


def test_union_and_company(strike):
    _, cast, _ = strike
    assert actor(cast, "GFP") is actor(cast, "Guild of Ferry Pilots")
    assert {cast.actors[i].name for i in cast.parties} == {"Guild of Ferry Pilots", "Norrow Harbour Company"}
    assert side(cast, "Harald Oxmere") == "Guild of Ferry Pilots"
    assert side(cast, "Lena Dorn") == "Norrow Harbour Company"


def test_nominals_and_both_sides(strike):
    page, cast, statements = strike
    both = {cast.actors[m.actor].name for m in cast.mentions if page.text[m.start : m.end] == "both sides"}
    assert both == {"Guild of Ferry Pilots", "Norrow Harbour Company"}
    last = statements[-1]
    assert last.speaker_text == "She"
    assert cast.actors[last.speaker].name == "Mara Tell"


def test_every_mention_and_name_stands_in_the_text(border, strike):
    for page, cast, _ in (border, strike):
        for m in cast.mentions:
            assert 0 <= m.start < m.end <= len(page.text)
        for a in cast.actors:
            for name, (start, end) in a.names.items():
                assert " ".join(page.text[start:end].split()) == name


FIRMS = """Cabin crews at Norrow Blue walk out

Norrow Blue, the country's biggest airline, offered its cabin crews four per cent on Monday. Norrow Blue has 900 of them.

The Guild of Cabin Stewards wants nine. "We have waited a year," its president, Ada Quill, said after talks between Norrow Blue and the guild.

The company's chief executive, Ivo Lanz, called that a dream. The airline would rather park its aircraft, he added.
"""


def test_a_name_of_two_words_that_is_never_shortened_is_a_firm_and_a_party():
    _, cast, _ = cast_of(FIRMS)
    assert actor(cast, "Norrow Blue").kind == "company"
    assert {cast.actors[i].name for i in cast.parties} == {"Norrow Blue", "Guild of Cabin Stewards"}


def test_all_names_of_a_polity_are_one_state():
    text = """The Grand Duchy of Norrow and the Sill Republic met on Friday. The Grand Duchy rejected the paper.

    "We want the bridge," said Ada Quill, foreign minister of Norrow. The Sill Republic's foreign minister, Ivo Lanz, refused."""
    _, cast, _ = cast_of(text)
    assert {"Norrow", "Grand Duchy", "Grand Duchy of Norrow"} <= set(actor(cast, "Norrow").names)
    assert {cast.actors[i].kind for i in cast.parties} == {"state"}


def test_parties_are_as_many_as_the_page_counts():
    text = """Three governments want the herring

    Norrow, Tarnland and Sillonia will divide the herring. The three governments met on Monday. Norrow demanded half of it. Tarnland rejected that. Sillonia wants a third of it.

    Norrow's minister, Ada Quill, said that Sillonia had agreed. Tarnland's minister, Ivo Lanz, denied it. Sillonia's delegation left."""
    _, cast, _ = cast_of(text)
    assert {cast.actors[i].name for i in cast.parties} == {"Norrow", "Tarnland", "Sillonia"}


def findings(text):
    _, cast, _ = cast_of(text)
    return Findings("en", 1, actors=cast.actors)


def test_people_of_several_documents_become_one():
    one = findings("Norrovia's foreign minister, Idris Kvorat, said that the talks with Tarn would go on in Lisbon.")
    two = findings("The Norrovian foreign minister Idriss Qvorat told reporters that nothing was agreed with Tarn.")
    profiles = [p for f in (one, two) for p in profiles_of(f) if p.kind == "person"]
    assert len(profiles) == 2
    assert set.intersection(*(set(p.keys) for p in profiles))
    [(draft, ids)] = resolve_component([(p, 1) for p in profiles])
    assert draft.names == ["Idris Kvorat", "Idriss Qvorat"]
    assert len(ids) == 2


def test_people_of_one_surname_stay_apart():
    one = findings("Norrovia's envoy, Ada Quill, spoke. Tarn's envoy, Ivo Quill, did not speak to her.")
    people = [(p, 1) for p in profiles_of(one) if p.kind == "person"]
    assert sorted(d.name for d, _ in resolve_component(people)) == ["Ada Quill", "Ivo Quill"]


def test_order_does_not_matter():
    profiles = [(p, 1) for text in (BORDER, STRIKE) for p in profiles_of(findings(text))]
    assert resolve_component(profiles) == resolve_component(profiles[::-1])
