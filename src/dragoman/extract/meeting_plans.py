"""Frames of what is to come, or was asked for: who is due where, whom somebody wants across a table, what goes on when.

They complement the frames of encounters under way (meeting_frames) and of contact from afar (meeting_contacts).
"""

from __future__ import annotations

from dragoman.extract.cast import Cast
from dragoman.extract.lexicon import words
from dragoman.extract.meeting_clauses import has, joined, mentions_of, unnamed
from dragoman.extract.meeting_parts import Frame, has_partner, host_of, named, preps, several, sides_of, subjects
from dragoman.extract.page import Block
from dragoman.extract.parsed import Token
from dragoman.extract.times import times_in

STATUSES = ("cancelled", "declined", "postponed")
DUE = frozenset({"due", "expected", "awaited"})


def due(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "The president is due in the emirate on Monday", "the envoy had been expected for tea with the hosts"."""
    known = next((c for c in (verb, *verb.children) if c.lower_ in DUE and (c == verb or c.dep_ == "acomp")), None)
    if known is None or (known.pos_ == "VERB" and known.tag_ != "VBN"):
        return None
    places = [c for t in (verb, known) for c in preps(t, "in", "at")]
    found = [m for s in subjects(verb) for m in named(block, s, cast)]
    people = [m for m in found if cast.actors[m.actor].kind == "person" and m.form != "adjective"]
    if has_partner(verb, block, cast) and found and any(c.lower_ == "for" for t in (verb, known) for c in t.children):
        after = {s for c in verb.children if c.dep_ == "conj" for s in STATUSES if has(s, joined(c))}
        return Frame(verb, "talks", next(iter(sorted(after)), "scheduled"), sure=True)
    many = several(subjects(verb), block, cast)
    if not places or not (people or many):
        return None
    low, high = block.at(places[0])[0], block.at(places[0].right_edge)[1]
    goal = mentions_of(list(places[0].subtree), block, cast)
    if many and not people:
        return Frame(verb, "talks", "scheduled", both=True)
    land = any(has("lands", t.lower_) for t in places[0].subtree)
    third = [m for m in goal if cast.actors[m.actor].kind in ("state", "body") and m not in found]
    if not third and not land and not cast.places_within((low, high)):
        return None
    return Frame(verb, "visit", "scheduled", sure=bool(times_in(verb.sent.text)))


def across(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "Opposite her sat the minister", "she wants him to face them across a table", "between the two sits X"."""
    if verb.lower_ not in ("sat", "sit", "sits", "sitting", "face", "faces", "facing"):
        return None
    tree = {t.lower_ for t in verb.subtree}
    seated = verb.lower_.startswith("s")
    if seated and not tree & {"opposite", "across"}:
        between = [t for p in preps(verb, "between") for t in p.children]
        if not any(unnamed(t) or t.lower_ == "them" for t in between):
            return None
    elif not seated and "table" not in tree:
        return None
    found = [m for s in subjects(verb) for m in named(block, s, cast)]
    after = [m for c in verb.children for m in named(block, c, cast)]
    if not sides_of(found + after, cast):
        return None
    return Frame(verb, "talks", None, "in_person", both=True, sure=not seated)


def agenda(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "The two sides take up the prisoners on 4 May, again in X": what they turn to on a day, in a place."""
    if not (has("agenda", verb.lower_) or has("agenda", joined(verb))):
        return None
    if not several(subjects(verb), block, cast) or any(c.dep_ == "neg" for c in verb.children):
        return None
    low, high = block.at(verb)[0], block.at(verb.right_edge)[1]
    when = times_in(block.text[low - block.start : high - block.start])
    if not when or not cast.places_within((low, high)):
        return None
    present = verb.tag_ in ("VBP", "VBZ") or any(c.lower_ in ("will", "are", "is") for c in verb.children)
    return Frame(verb, "talks", "scheduled" if present else None, both=True, sure=True)


def takes_place(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "It will be held in X, on 14 November": the encounter spoken of just before."""
    if verb.lower_ not in ("held", "open", "begin", "start", "take"):
        return None
    if not any(c.lower_ in ("will", "shall") for c in verb.children) or any(c.dep_ == "neg" for c in verb.children):
        return None
    heads = subjects(verb)
    if not any(h.lower_ in ("it", "this", "that", "one") for h in heads):
        return None
    if verb.lower_ == "take" and not any(c.lower_ == "place" for c in verb.children):
        return None
    low, high = block.at(verb)[0], block.at(verb.right_edge)[1]
    dated = times_in(block.text[low - block.start : high - block.start])
    return Frame(verb, "talks", "scheduled", both=True) if dated and cast.places_within((low, high)) else None


def i_would(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "I will meet the President, alone": an offer made in one's own words."""
    if verb.lower_ not in ("meet", "see", "sit", "receive", "talk"):
        return None
    if not any(c.lower_ == "i" for c in subjects(verb)) or any(c.dep_ == "neg" for c in verb.children):
        return None
    if not any(c.lower_ in ("will", "would", "'ll", "’ll", "shall", "can", "could") for c in verb.children):
        return None
    partners = [c for c in verb.children if c.dep_ == "dobj"]
    partners += [t for p in preps(verb, "with", "opposite") for t in p.children if t.dep_ == "pobj"]
    lead = words("meetings", "leader_titles") | words("meetings", "minister_titles")
    titled = [p for p in partners if p.lower_ in lead]
    if not titled:
        return None
    level = "leaders" if has("leader_titles", titled[0].lower_) else "ministers"
    return Frame(verb, "summit" if level == "leaders" else "talks", "proposed", None, level, both=True, sure=True)


def lodged(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "The emirate has housed the two teams on an island since Monday", "had both sides in": a host and his guests."""
    taken_in = verb.lower_ in ("has", "had", "have") and any(
        t.lower_ == "in" and not any(c.dep_ == "pobj" for c in t.children) for t in verb.doc[verb.i + 2 : verb.i + 5]
    )
    if not has("lodging", verb.lower_) and not taken_in:
        return None
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    objects += [s for c in verb.children if c.dep_ == "ccomp" for s in c.children if s.dep_ == "nsubj"]
    if not several(objects, block, cast):
        return None
    held = "held" if verb.tag_ in ("VBD", "VBN") or taken_in else None
    return Frame(verb, "talks", held, both=True, sure=taken_in, host=host_of(verb, block, cast))


def signed(verb: Token, block: Block, cast: Cast) -> Frame | None:
    """ "The firm and the union put their signatures to it at five, in the office of …": they were in one place."""
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    if verb.lower_ == "put":
        fits = any(o.lower_ in ("signature", "signatures", "name", "names", "initials") for o in objects)
    else:
        fits = verb.lower_ in ("signed", "initialled", "initialed") and bool(objects)
    if not fits or verb.tag_ not in ("VBD", "VBN") or not several(subjects(verb), block, cast):
        return None
    low, high = block.at(verb)[0], block.at(verb.right_edge)[1]
    dated = times_in(block.text[low - block.start : high - block.start])
    return Frame(verb, "talks", "held", both=True) if dated and cast.places_within((low, high)) else None
