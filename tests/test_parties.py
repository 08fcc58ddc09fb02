"""Who the parties are and on whose side people stand, where only the context tells: invented texts."""

from dragoman.extract.actors import find_cast
from dragoman.extract.attribution import find_attributions
from dragoman.extract.layout import lay_out
from dragoman.extract.pipeline import load
from dragoman.extract.reader import parse


def cast_of(text):
    [page] = parse(load(), [(text, lay_out(text))])
    return find_cast(page, find_attributions(page))


def names(cast, indices):
    return {cast.actors[i].name for i in indices}


def side(cast, name):
    [person] = [a for a in cast.actors if name in (a.name, *a.names)]
    return None if person.side is None else cast.actors[person.side].name


def test_the_head_of_a_long_name_is_the_same_actor():
    cast = cast_of(
        "The Compact of Nine opened nuclear talks with Drovia on Monday.\n\n"
        "The Compact wants inspectors at every site. Drovia refused. The Compact said that it would wait.\n"
    )
    assert names(cast, cast.parties) == {"Compact of Nine", "Drovia"}


def test_the_union_is_the_union_of_workers():
    cast = cast_of(
        "Talks between Marl Ferries and the Brotherhood of Deckhands broke down on Friday.\n\n"
        "Marl Ferries offered 3 percent to the union. The union refused.\n"
    )
    [union] = [i for i, a in enumerate(cast.actors) if a.kind == "union"]
    assert sum(m.actor == union and m.form == "nominal" for m in cast.mentions) == 2


def test_whoever_sees_both_sides_is_neither():
    cast = cast_of(
        "The Free Uplands Front and Pelland held a third round of talks on Monday.\n\n"
        "On Thursday the foreign minister of Skerrivik, Asger Holm, spoke with both sides by telephone. "
        "Skerrivik urged both sides to stay at the table. Pelland rejected the plan, and so did the front.\n"
    )
    assert names(cast, cast.mediators) == {"Skerrivik"}
    assert "Skerrivik" not in names(cast, cast.parties)


def test_a_former_mayor_who_chairs_the_board_speaks_for_it():
    cast = cast_of(
        "Talks between the Corlan Regional Water Authority and the Union of Pump Crews failed on Monday.\n\n"
        "“They walked out,” said Marten Duval, a former judge who heads the authority’s board.\n"
    )
    assert side(cast, "Marten Duval") == "Corlan Regional Water Authority"


def test_of_two_who_speak_one_with_the_other_each_has_a_side():
    cast = cast_of(
        "Orvania and Kestland have quarrelled about the dam for a year; the talks of Orvania and Kestland go on.\n\n"
        "The Orvanian president, Petra Lund, sent a letter. Petra Lund and Igor Vask spoke for an hour on Sunday. "
        "Vask hung up.\n"
    )
    assert side(cast, "Igor Vask") == "Kestland"
