"""Verbs that tell of an agreement: agreeing, settling, signing, undertaking, exchanging."""

from __future__ import annotations

from dragoman.extract.agreement_clauses import (
    BE,
    EXCHANGE,
    NEW,
    OLD,
    PROMISE,
    YEAR,
    Seed,
    among_together,
    clause_is,
    conjoined,
    deontic,
    empty,
    has_no,
    infinitive,
    made_seed,
    single_person,
    subjects_over,
)
from dragoman.extract.agreement_reality import DENIED, REAL, reality
from dragoman.extract.agreement_words import among
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span, Token


def consent(verb: Token, block: Block, sentence: Span) -> Seed | None:
    """The like of "agreed to …", "agreed on …", "agree that … will …", "was agreed"."""
    before = verb.nbor(-1).lower_ if verb.i > sentence.start else ""
    after = verb.nbor(1).lower_ if verb.i + 1 < sentence.end else ""
    if verb.tag_ == "VBN" and before in ("as", "like"):
        return _as_agreed(verb, block, sentence)
    mark = next(
        (c for c in verb.children if c.dep_ in ("mark", "advmod", "prep") and c.lower_ == "as" and c.i < verb.i), None
    )
    alone_with_as = verb.tag_ in ("VBN", "VBD") and not clause_is(verb, "xcomp") and not clause_is(verb, "ccomp")
    if mark is not None and alone_with_as:
        return _as_agreed(verb, block, sentence)
    if verb.lower_ == "arranging":
        return None
    if verb.dep_ in ("amod", "compound") or (verb.dep_ == "acl" and among("deals", verb.head.lower_)):
        return None
    how = reality(verb)
    if how not in (REAL, DENIED):
        return None
    if verb.tag_ == "VBG" and verb.dep_ not in ("advcl", "pcomp", "conj"):
        return None
    subjects = subjects_over(verb)
    if any(s.lower_ in _ONLOOKERS for s in subjects):
        return None
    passive = (
        any(s.dep_ == "nsubjpass" for s in subjects)
        or (verb.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in verb.children))
        or (before in BE)
    )
    clause = next(
        (
            c
            for c in verb.children
            if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > verb.i and (c.dep_ != "advcl" or infinitive(c))
        ),
        None,
    )
    lone = bool(subjects) or (verb.tag_ == "VBD" and verb.i - sentence.start < 4)
    alone = lone and not passive and not among_together(subjects) and not _others(verb, subjects)
    if alone and how != DENIED:
        if after in _TIME_PREPS and subjects and (reduced := _reduced_subject(verb, subjects[0], block, sentence)):
            return reduced
        seed = None if clause_is(verb, "ccomp") else _consenting(verb, block, sentence, subjects)
        if seed is not None:
            seed.alone = not _long_ago(verb, sentence)
        return seed
    if clause is not None and clause.dep_ in ("ccomp",) and not infinitive(clause):
        if not deontic(clause) or (single_person(subjects) and not passive):
            return None
        seed = made_seed(verb, block, sentence, NEW, conjoined(clause), subjects, denied=how == DENIED)
        seed.apart = [
            sum(c.lower_ == "that" and c.dep_ == "mark" for c in h.children) for h in conjoined(clause)
        ].count(1) > 1
        if verb.tag_ in ("VBP", "VBZ") and any(c.lower_ == "would" for c in clause.children):
            seed.told = "in_principle"
        return seed
    if clause is not None and infinitive(clause):
        if clause.lower_ in ("disagree", "differ"):
            return None
        return made_seed(verb, block, sentence, NEW, conjoined(clause), subjects, denied=how == DENIED)
    for prep in verb.children:
        if (
            prep.dep_ in ("prep", "prt", "dative")
            and prep.lower_ in ("on", "to", "upon", "about", "over")
            and prep.i > verb.i
        ):
            under = [c for c in prep.children if c.dep_ in ("pobj", "pcomp")]
            if not under or empty(under[0]):
                return None
            if prep.lower_ in ("about", "over") and under[0].dep_ == "pobj":
                return None
            if prep.lower_ == "to" and subjects and subjects[0].lower_ == "we" and len(subjects) == 1:
                return None
            if any(t.lower_ in ("disagree", "differ", "disagreed") for t in under[0].subtree):
                return None
            return made_seed(verb, block, sentence, NEW, conjoined(under[0]), subjects, denied=how == DENIED)
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if thing is not None and not empty(thing) and after != "with":
        return made_seed(verb, block, sentence, NEW, [thing], subjects, denied=how == DENIED)
    if passive and subjects and not empty(subjects[0]) and subjects[0].pos_ != "PRON":
        if among("together", subjects[0].lower_):
            return None
        return made_seed(verb, block, sentence, NEW, [subjects[0]], subjects, denied=how == DENIED)
    return None


_ONLOOKERS = frozenset(
    [
        "people",
        "analysts",
        "experts",
        "economists",
        "observers",
        "historians",
        "everyone",
        "critics",
        "many",
        "most",
        "few",
        "you",
        "one",
        "diplomats",
    ]
)

_TIME_PREPS = frozenset(
    {"on", "in", "at", "last", "between", "by", "yesterday", "earlier", "late", "early", "two", "three"}
)


def _long_ago(verb: Token, sentence: Span) -> bool:
    """Whether a clause looks back to a day on which one side bound itself: "had agreed in May", "undertook in 2018"."""
    if any(YEAR.match(t.text) for t in sentence):
        return verb.tag_ in ("VBD", "VBN")
    near = verb.doc[verb.i + 1 : verb.i + 4]
    return any(c.lower_ == "had" and c.dep_ == "aux" for c in verb.children) and any(
        among("months", t.lower_) for t in near
    )


def _consenting(verb: Token, block: Block, sentence: Span, subjects: list[Token]) -> Seed | None:
    """What one side alone is told to have agreed to: an infinitive."""
    clause = next((c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i and infinitive(c)), None)
    return made_seed(verb, block, sentence, NEW, conjoined(clause), subjects) if clause is not None else None


def _reduced_subject(verb: Token, subject: Token, block: Block, sentence: Span) -> Seed | None:
    """As in "The rota agreed on Monday lasted until …": the parser took the participle for the main verb."""
    if verb.i - subject.i != 1 or subject.tag_ not in ("NN", "NNS"):
        return None
    later = next((t for t in sentence.doc[verb.i + 2 : sentence.end] if t.tag_ in ("VBD", "VBZ", "VBP", "MD")), None)
    if later is None or any(t.text in (",", ";") for t in sentence.doc[verb.i : later.i]):
        return None
    seed = made_seed(verb, block, sentence, OLD, [subject], [subject], noun=subject.lower_)
    seed.span = block.place_of(subject.left_edge, sentence.doc[later.i])
    return seed


def _others(verb: Token, subjects: list[Token]) -> bool:
    """Whether the other side stands beside a single one that agrees: "with the union", "under the deal"."""
    for child in verb.children:
        if (
            child.dep_ == "prep"
            and child.lower_ in ("with", "under", "between")
            and not any(c.lower_ in ("him", "her", "me", "you", "us") for c in child.children)
        ):
            return True
    if verb.dep_ in ("advcl", "relcl") and any(among("deals", t.lower_) for t in verb.head.subtree if t.i < verb.i):
        return True
    return any(s.lower_ in ("it", "who", "which", "that") and among("together", s.lower_) for s in subjects)


def _as_agreed(verb: Token, block: Block, sentence: Span) -> Seed | None:
    """As in "as the two sides had agreed": the clause over it is what was agreed, and has been done if past."""
    head = verb.head if verb.dep_ != "ROOT" else None
    while head is not None and head.pos_ not in ("VERB", "AUX") and head.dep_ != "ROOT":
        head = head.head
    if head is None or has_no(head) or among("open", head.lower_):
        return None
    seed = made_seed(head, block, sentence, OLD, [head], subjects_over(head))
    seed.past = head.tag_ in ("VBD", "VBN", "VBZ", "VBP")
    return seed


def as_promised(verb: Token, block: Block, sentence: Span) -> Seed | None:
    """The like of "…, just as both undertook", "as they promised the bishops"."""
    before = {t.lower_ for t in verb.doc[max(sentence.start, verb.i - 9) : verb.i]}
    if verb.dep_ != "advcl" or "as" not in before or any(c.dep_ == "xcomp" for c in verb.children):
        return None
    return _as_agreed(verb, block, sentence)


def settled(verb: Token, block: Block, sentence: Span) -> Seed | None:
    """The like of "settled on …", "settled a quota", "settles with drivers at …"."""
    how = reality(verb)
    if how not in (REAL, DENIED) or verb.dep_ in ("amod",):
        return None
    if any(c.lower_ == "as" and c.dep_ in ("mark", "advmod", "prep") for c in verb.children):
        return _as_agreed(verb, block, sentence)
    subjects = subjects_over(verb)
    passive = any(s.dep_ == "nsubjpass" for s in subjects)
    for prep in verb.children:
        if (
            prep.dep_ == "prep"
            and prep.lower_ in ("on", "upon")
            and any(c.dep_ in ("pobj", "pcomp") for c in prep.children)
        ):
            return made_seed(
                verb, block, sentence, NEW, [next(c for c in prep.children if c.dep_ in ("pobj", "pcomp"))], subjects
            )
    with_ = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "with"), None)
    if with_ is not None and subjects:
        return made_seed(verb, block, sentence, NEW, [verb], subjects)
    thing = subjects[0] if passive and subjects else next((c for c in verb.children if c.dep_ == "dobj"), None)
    if thing is None or among("not_settled", thing.lower_) or empty(thing):
        return None
    return made_seed(verb, block, sentence, NEW, [thing], subjects, denied=how == DENIED)


def paper_signed(verb: Token, block: Block, sentence: Span) -> Seed | None:
    """Something signed, initialled or adopted that is not called a deal: "adopted a work programme"."""
    if verb.dep_ == "amod" or among("consent", verb.lower_):
        return None
    subjects = subjects_over(verb)
    passive = any(s.dep_ == "nsubjpass" for s in subjects)
    things = subjects if passive else [c for c in verb.children if c.dep_ == "dobj"]
    things += [
        c
        for p in verb.children
        if p.dep_ == "prep" and p.lower_ in ("to", "on")
        for c in p.children
        if c.dep_ == "pobj"
    ]
    if verb.dep_ == "relcl" and not passive and not things:
        things = [verb.head]
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        things = [verb.head]
    things = [t for t in things if t.lower_ not in ("that", "which")]
    if verb.dep_ == "relcl" and not passive and not things:
        things = [verb.head]
    thing = next((t for t in things if not empty(t)), None)
    if thing is None or among("deals", thing.lower_) or thing.pos_ == "PRON":
        return None
    how = reality(verb)
    if how not in (REAL, DENIED) or verb.tag_ not in ("VBD", "VBN"):
        return None
    paper = among("papers", thing.lower_)
    signing = verb.lower_.startswith(("sign", "initial", "ink", "countersign"))
    if not paper and not signing:
        return None
    if not passive and verb.dep_ not in ("acl", "relcl") and subjects and not among_together(subjects):
        firm = (
            signing
            and verb.tag_ in ("VBD", "VBN")
            and subjects[0].lower_ not in ("he", "she", "i")
            and any(YEAR.match(t.text) for t in sentence)
        )
        if not firm:
            return None
    if signing and not paper and verb.dep_ == "amod":
        return None
    bare = not any(c.dep_ not in ("det", "amod") for c in thing.children) and paper
    return made_seed(verb, block, sentence, NEW, [verb if bare else thing], subjects, denied=how == DENIED)


def promise(verb: Token, block: Block, sentence: Span) -> Seed | None:
    """As in "has undertaken not to …"; "commits both to …" where an agreement or both sides are the subject."""
    if reality(verb) != REAL:
        return None
    clause = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and infinitive(c)), None)
    to = next((c for c in verb.children if c.dep_ in ("prep", "dative") and c.lower_ == "to"), None)
    subjects = subjects_over(verb)
    paper = any(among("deals", s.lower_) or among("papers", s.lower_) for s in subjects)
    content = clause or (
        next((c for c in to.children if c.dep_ in ("pobj", "pcomp")), None) if to is not None else None
    )
    if content is None:
        return None
    if (
        verb.lower_.startswith(("undert", "commit", "pledg", "promis"))
        and clause is not None
        and not paper
        and not among_together(subjects)
    ):
        seed = made_seed(verb, block, sentence, PROMISE, conjoined(content), subjects)
        seed.alone = not _long_ago(verb, sentence)
        return seed if verb.lower_.startswith("undert") else None
    if verb.lower_.startswith(("pledg", "promis")) and not any(
        t.lower_ in ("both", "two", "each") for s in subjects for t in s.subtree
    ):
        return None
    if verb.lower_.startswith("undert") and clause is not None:
        return made_seed(verb, block, sentence, PROMISE, conjoined(content), subjects)
    if paper or among_together(subjects):
        return made_seed(verb, block, sentence, PROMISE, conjoined(content), subjects)
    return None


def exchange(verb: Token, block: Block, sentence: Span) -> Seed | None:
    """As in "exchanged 48 prisoners": what both did, both had agreed to."""
    thing = next((c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")), None)
    if thing is None or not among("captives", thing.lower_) or reality(verb) != REAL or verb.tag_ not in ("VBD", "VBN"):
        return None
    subjects = subjects_over(verb)
    if thing.dep_ == "dobj" and not among_together(subjects):
        return None
    return made_seed(verb, block, sentence, EXCHANGE, [verb], subjects)
