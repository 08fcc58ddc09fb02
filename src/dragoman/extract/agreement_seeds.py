"""Where a sentence tells of an agreement: verbs of agreeing, agreements made, named or kept, promises, exchanges.

Each place is a seed: its clause, the pieces of content it has (each its own agreement in the end), and what the words
say of it. Seeds are found by the dependency parse with a lexicon, in the manner of event extraction by triggers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from dragoman.extract.agreement_reality import DENIED, NEGATED, OPEN, PLANNED, REAL, reality
from dragoman.extract.agreement_words import agreement_words, among, among_verbs
from dragoman.extract.findings import SpanT
from dragoman.extract.offices import singular
from dragoman.extract.page import Block

NEW, OLD, LINK, PROMISE, EXCHANGE = "new", "old", "link", "promise", "exchange"
_SUBJECTS = ("nsubj", "nsubjpass")
_DEFINITE = frozenset({"the", "that", "this", "these", "those", "its", "their", "his", "her", "our", "both", "each"})
_YEAR = re.compile(r"(?:19|20)\d\d$")
_VAGUE = frozenset({"much", "point", "need", "importance", "nothing", "necessity", "principle", "urgency", "little", "everything", "him", "her", "them", "me", "us", "it", "that", "this"})
_BE = frozenset({"is", "are", "was", "were", "be", "been", "'s", "’s", "'re"})


@dataclass(slots=True)
class Seed:
    """A place that tells of an agreement.

    `pieces` are the spans of its content; `span` the clause that is cited; `noun` the word for the agreement, if there
    is one, `definite` whether it points back ("the deal"), `dated` whether it has a year or day of its own; `told` what
    became of it where that is part of the sign, `own` that it is an agreement by itself though it names a part of one,
    `alone` that only one side is told to agree or promise, which counts only beside an agreement of both;
    `apart` that each piece is an agreement of its own even where they are of one issue.
    """

    block: Block
    sentence: Span
    trigger: Token
    kind: str
    span: SpanT
    pieces: list[SpanT]
    noun: str | None = None
    definite: bool = False
    dated: bool = False
    past: bool = False
    present: bool = False
    denied: bool = False
    vague: bool = False
    joined: bool = False
    told: str | None = None
    own: bool = False
    alone: bool = False
    apart: bool = False


def seeds_of(block: Block, sentence: Span) -> list[Seed]:
    """The seeds of a sentence, in its order; of two that overlap, the one found by the surer sign."""
    found: list[Seed] = []
    tokens = list(sentence)
    question = tokens[-1].text == "?" or (len(tokens) > 1 and tokens[-2].text == "?")
    for token in tokens:
        low = token.lower_
        seed = None
        if among("consent", low) and token.pos_ in ("VERB", "AUX", "NOUN", "ADJ", "PROPN"):
            seed = _consent(token, block, sentence)
        elif among("settle", low) and token.pos_ == "VERB":
            seed = _settled(token, block, sentence)
        elif among("deals", low) and token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ"):
            seed = _noun(token, block, sentence)
        elif among("charters", low) and token.pos_ in ("NOUN", "PROPN") and _dated(token):
            seed = _noun(token, block, sentence)
        elif among("made_of_papers", low) and token.pos_ == "VERB":
            seed = _paper(token, block, sentence)
        elif among("binding", low) and token.pos_ == "VERB":
            seed = _as_promised(token, block, sentence) or _promise(token, block, sentence)
        elif among("exchange", low) and token.pos_ == "VERB":
            seed = _exchange(token, block, sentence)
        if seed is not None and not question:
            found.append(seed)
    return _sorted_out(found)


def _sorted_out(found: list[Seed]) -> list[Seed]:
    """One seed for one clause: those that hang together are one."""
    order = {NEW: 0, PROMISE: 1, OLD: 2, EXCHANGE: 3, LINK: 4}
    kept: list[Seed] = []
    for seed in sorted(found, key=lambda s: (order[s.kind], s.trigger.i)):
        other = next((k for k in kept if _overlap(k.span, seed.span)), None)
        if other is None:
            kept.append(seed)
            continue
        if seed.noun is not None and other.noun is None:
            other.noun, other.definite = seed.noun, seed.definite
        other.dated = other.dated or seed.dated
        if other.vague and not seed.vague:
            other.pieces, other.vague = seed.pieces, False
            other.span = (min(other.span[0], seed.span[0]), max(other.span[1], seed.span[1]))
    return sorted(kept, key=lambda s: s.span)


def _overlap(a: SpanT, b: SpanT) -> bool:
    return a[0] < b[1] and b[0] < a[1]


# -- verbs ------------------------------------------------------------------------------------------------------------


def _consent(verb: Token, block: Block, sentence: Span) -> Seed | None:
    """"agreed to …", "agreed on …", "agree that … will …", "was agreed"."""
    before = verb.nbor(-1).lower_ if verb.i > sentence.start else ""
    after = verb.nbor(1).lower_ if verb.i + 1 < sentence.end else ""
    if verb.tag_ == "VBN" and before in ("as", "like"):
        return _as_agreed(verb, block, sentence)
    mark = next((c for c in verb.children if c.dep_ in ("mark", "advmod", "prep") and c.lower_ == "as" and c.i < verb.i), None)
    if mark is not None:
        if verb.tag_ in ("VBN", "VBD") and not clause_is(verb, "xcomp") and not clause_is(verb, "ccomp"):
            return _as_agreed(verb, block, sentence)
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
    passive = any(s.dep_ == "nsubjpass" for s in subjects) or (verb.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in verb.children)) or (before in _BE)
    clause = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > verb.i and (c.dep_ != "advcl" or _infinitive(c))), None)
    alone = bool(subjects) and not passive and not among_together(subjects) and not _others(verb, subjects)
    if alone and how != DENIED:
        if after in _TIME_PREPS and (reduced := _reduced_subject(verb, subjects[0], block, sentence)):
            return reduced
        seed = None if clause_is(verb, "ccomp") else _consenting(verb, block, sentence, subjects)
        if seed is not None:
            seed.alone = True
        return seed
    if clause is not None and clause.dep_ in ("ccomp",) and not _infinitive(clause):
        if not _deontic(clause) or (_single_person(subjects) and not passive):
            return None
        seed = _seed(verb, block, sentence, NEW, conjoined(clause), subjects, denied=how == DENIED)
        seed.apart = [sum(c.lower_ == "that" and c.dep_ == "mark" for c in h.children) for h in conjoined(clause)].count(1) > 1
        if verb.tag_ in ("VBP", "VBZ") and any(c.lower_ == "would" for c in clause.children):
            seed.told = "in_principle"
        return seed
    if clause is not None and _infinitive(clause):
        if clause.lower_ in ("disagree", "differ"):
            return None
        return _seed(verb, block, sentence, NEW, conjoined(clause), subjects, denied=how == DENIED)
    for prep in verb.children:
        if prep.dep_ in ("prep", "prt", "dative") and prep.lower_ in ("on", "to", "upon", "about", "over") and prep.i > verb.i:
            under = [c for c in prep.children if c.dep_ in ("pobj", "pcomp")]
            if not under or _empty(under[0]):
                return None
            if prep.lower_ in ("about", "over") and under[0].dep_ == "pobj":
                return None
            if prep.lower_ == "to" and subjects and subjects[0].lower_ == "we" and len(subjects) == 1:
                return None
            if any(t.lower_ in ("disagree", "differ", "disagreed") for t in under[0].subtree):
                return None
            return _seed(verb, block, sentence, NEW, conjoined(under[0]), subjects, denied=how == DENIED)
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if thing is not None and not _empty(thing) and after != "with":
        return _seed(verb, block, sentence, NEW, [thing], subjects, denied=how == DENIED)
    if passive and subjects and not _empty(subjects[0]) and subjects[0].pos_ != "PRON":
        if among("together", subjects[0].lower_) or subjects[0].ent_type_ == "PERSON":
            return None
        return _seed(verb, block, sentence, NEW, [subjects[0]], subjects, denied=how == DENIED)
    return None


_ONLOOKERS = frozenset("people analysts experts economists observers historians everyone critics many most few you one diplomats".split())
_TIME_PREPS = frozenset({"on", "in", "at", "last", "between", "by", "yesterday", "earlier", "late", "early", "two", "three"})


def clause_is(verb: Token, dep: str) -> bool:
    """Whether a clause of this kind hangs on a verb, after it."""
    return any(c.dep_ == dep and c.i > verb.i for c in verb.children)


def _consenting(verb: Token, block: Block, sentence: Span, subjects: list[Token]) -> Seed | None:
    """What one side alone is told to have agreed to: an infinitive."""
    clause = next((c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i and _infinitive(c)), None)
    return _seed(verb, block, sentence, NEW, conjoined(clause), subjects) if clause is not None else None


def _reduced_subject(verb: Token, subject: Token, block: Block, sentence: Span) -> Seed | None:
    """"The rota agreed on Monday lasted until …": the parser took the participle for the main verb."""
    if verb.i - subject.i != 1 or subject.tag_ not in ("NN", "NNS"):
        return None
    later = next((t for t in sentence.doc[verb.i + 2 : sentence.end] if t.tag_ in ("VBD", "VBZ", "VBP", "MD")), None)
    if later is None or any(t.text in (",", ";") for t in sentence.doc[verb.i : later.i]):
        return None
    seed = _seed(verb, block, sentence, OLD, [subject], [subject], noun=subject.lower_)
    seed.span = block.place_of(subject.left_edge, sentence.doc[later.i])
    return seed


def _others(verb: Token, subjects: list[Token]) -> bool:
    """Whether the other side stands beside a single one that agrees: "with the union", "under the deal"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("with", "under", "between") and not any(
            c.lower_ in ("him", "her", "me", "you", "us") for c in child.children
        ):
            return True
    if verb.dep_ in ("advcl", "relcl") and any(among("deals", t.lower_) for t in verb.head.subtree if t.i < verb.i):
        return True
    return any(s.lower_ in ("it", "who", "which", "that") and among("together", s.lower_) for s in subjects)


def _as_agreed(verb: Token, block: Block, sentence: Span) -> Seed | None:
    """"as the two sides had agreed", "as agreed": the clause over it is what was agreed, and has been done if past."""
    head = verb.head if verb.dep_ != "ROOT" else None
    while head is not None and head.pos_ not in ("VERB", "AUX") and head.dep_ != "ROOT":
        head = head.head
    if head is None or _has_no(head) or among("open", head.lower_):
        return None
    seed = _seed(head, block, sentence, OLD, [head], subjects_over(head))
    seed.past = head.tag_ in ("VBD", "VBN", "VBZ", "VBP")
    return seed


def _as_promised(verb: Token, block: Block, sentence: Span) -> Seed | None:
    """"…, just as both undertook", "as they promised the bishops"."""
    before = {t.lower_ for t in verb.doc[max(sentence.start, verb.i - 9) : verb.i]}
    if verb.dep_ != "advcl" or "as" not in before or any(c.dep_ == "xcomp" for c in verb.children):
        return None
    return _as_agreed(verb, block, sentence)


def _settled(verb: Token, block: Block, sentence: Span) -> Seed | None:
    """"settled on …", "settled a quota", "settles with drivers at …"."""
    if reality(verb) != REAL or verb.dep_ in ("amod",):
        return None
    if any(c.lower_ == "as" and c.dep_ in ("mark", "advmod", "prep") for c in verb.children):
        return _as_agreed(verb, block, sentence)
    subjects = subjects_over(verb)
    passive = any(s.dep_ == "nsubjpass" for s in subjects)
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.lower_ in ("on", "upon") and any(c.dep_ in ("pobj", "pcomp") for c in prep.children):
            return _seed(verb, block, sentence, NEW, [next(c for c in prep.children if c.dep_ in ("pobj", "pcomp"))], subjects)
    with_ = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "with"), None)
    if with_ is not None and subjects:
        return _seed(verb, block, sentence, NEW, [verb], subjects)
    thing = subjects[0] if passive and subjects else next((c for c in verb.children if c.dep_ == "dobj"), None)
    if thing is None or among("not_settled", thing.lower_) or _empty(thing):
        return None
    return _seed(verb, block, sentence, NEW, [thing], subjects)


def _paper(verb: Token, block: Block, sentence: Span) -> Seed | None:
    """"initialled a text", "adopted a work programme", "signed up to the plan": no word for a deal among the objects."""
    if verb.dep_ == "amod" or among("consent", verb.lower_):
        return None
    subjects = subjects_over(verb)
    passive = any(s.dep_ == "nsubjpass" for s in subjects)
    things = subjects if passive else [c for c in verb.children if c.dep_ == "dobj"]
    things += [c for p in verb.children if p.dep_ == "prep" and p.lower_ in ("to", "on") for c in p.children if c.dep_ == "pobj"]
    if verb.dep_ == "relcl" and not passive and not things:
        things = [verb.head]
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        things = [verb.head]
    things = [t for t in things if t.lower_ not in ("that", "which")]
    if verb.dep_ == "relcl" and not passive and not things:
        things = [verb.head]
    thing = next((t for t in things if not _empty(t)), None)
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
        firm = signing and verb.tag_ in ("VBD", "VBN") and subjects[0].lower_ not in ("he", "she", "i") and any(_YEAR.match(t.text) for t in sentence)
        if not firm:
            return None
    if signing and not paper and verb.dep_ == "amod":
        return None
    bare = not any(c.dep_ not in ("det", "amod") for c in thing.children) and paper
    return _seed(verb, block, sentence, NEW, [verb if bare else thing], subjects, denied=how == DENIED)


def _promise(verb: Token, block: Block, sentence: Span) -> Seed | None:
    """"has undertaken not to …"; "commits both to …" where an agreement or both sides are the subject."""
    if reality(verb) != REAL:
        return None
    clause = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and _infinitive(c)), None)
    to = next((c for c in verb.children if c.dep_ in ("prep", "dative") and c.lower_ == "to"), None)
    subjects = subjects_over(verb)
    paper = any(among("deals", s.lower_) or among("papers", s.lower_) for s in subjects)
    content = clause or (next((c for c in to.children if c.dep_ in ("pobj", "pcomp")), None) if to is not None else None)
    if content is None:
        return None
    if verb.lower_.startswith(("undert", "commit", "pledg", "promis")) and clause is not None and not paper and not among_together(subjects):
        seed = _seed(verb, block, sentence, PROMISE, conjoined(content), subjects)
        seed.alone = True
        return seed if verb.lower_.startswith("undert") else None
    if verb.lower_.startswith(("pledg", "promis")) and not any(t.lower_ in ("both", "two", "each") for s in subjects for t in s.subtree):
        return None
    if verb.lower_.startswith("undert") and clause is not None:
        return _seed(verb, block, sentence, PROMISE, conjoined(content), subjects)
    if paper or among_together(subjects):
        return _seed(verb, block, sentence, PROMISE, conjoined(content), subjects)
    return None


def _exchange(verb: Token, block: Block, sentence: Span) -> Seed | None:
    """"exchanged 48 prisoners": what both did, both had agreed to."""
    thing = next((c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")), None)
    if thing is None or not among("captives", thing.lower_) or reality(verb) != REAL or verb.tag_ not in ("VBD", "VBN"):
        return None
    subjects = subjects_over(verb)
    if thing.dep_ == "dobj" and not among_together(subjects):
        return None
    return _seed(verb, block, sentence, EXCHANGE, [verb], subjects)


# -- nouns ------------------------------------------------------------------------------------------------------------


def _noun(noun: Token, block: Block, sentence: Span) -> Seed | None:
    """An agreement by its name: made, kept, broken, or as what something is done under."""
    if noun.dep_ in ("compound", "nmod", "amod", "poss", "npadvmod") and noun.head.i > noun.i:
        if noun.dep_ != "poss" and (among("not_heads", noun.head.lower_) or not among("deals", noun.head.lower_)):
            return None
        if noun.dep_ != "poss":
            return None  # "truce deal": the head speaks for both
    if noun.i + 1 < sentence.end and among("not_heads", noun.nbor(1).lower_) and noun.nbor(1).pos_ in ("NOUN", "ADJ"):
        return None
    name = singular(noun.lower_)
    if any(t.lower_ in ("every", "each", "all", "many", "most", "several", "few", "such", "some") for t in noun.lefts):
        return None
    left = {t.lower_ for t in noun.lefts}
    dated = _dated(noun)
    standing = any(among("standing", t.lower_) for t in noun.lefts) or any(_YEAR.match(t.text) for t in noun.lefts)
    definite = bool(left & _DEFINITE) or any(t.dep_ == "poss" for t in noun.lefts)
    made = next((c for c in noun.children if c.dep_ in ("acl", "relcl") and _makes(c)), None) or _reduced(noun, sentence)
    verb, role = _governor(noun)
    how = reality(noun, noun=True)
    making = verb is not None and (among_verbs("made", verb) or among_verbs("prolonged", verb))
    if role in ("object", "passive") and verb is not None and among("keeping", verb.lower_) and (definite or dated or standing):
        how = REAL  # "its failure to honour the accord": there is one
    if how == NEGATED and role in ("subject", "passive") and not making and (definite or dated or standing) and not _has_none(noun):
        how = REAL  # "the accord has not been applied": there is one
    if noun.lower_ in ("swap",) and noun.pos_ == "VERB":
        return None
    plain = {"noun": name, "definite": definite, "dated": dated or standing}
    if how == NEGATED:
        return None
    if how == DENIED:
        return _seed(verb or noun, block, sentence, NEW, [noun], [], denied=True, **plain)
    if verb is not None and role in ("object", "passive", "prep") and (among_verbs("made", verb) or among_verbs("prolonged", verb)):
        if how != REAL or reality(verb) != REAL:
            return None if not (dated and standing) else None
        if verb.tag_ == "VBG" and verb.dep_ not in ("advcl", "pcomp", "conj"):
            return None
        if role == "prep" and not among_verbs("made", verb):
            return None
        doers = subjects_over(verb)
        consent = verb.lower_.startswith(("approv", "ratif", "accept", "endors", "adopt", "agree", "draw", "drew", "propos", "sign_up"))
        if among("truces", noun.lower_) and verb.lower_.startswith(("declar", "proclaim", "announc", "unveil", "order")):
            consent = True  # one side's own truce
        if role != "passive" and doers and not among_together(doers) and (consent or doers[0].lower_ in ("he", "she", "i", "it")):
            if not any(t.lower_ in ("with", "between") for t in [*verb.children, *noun.children]):
                return None
        more = [c for c in conjoined(verb) if c != verb and any(a.lower_ in ("will", "would") for a in c.children)]
        heads = [noun if len(list(noun.subtree)) > 3 else verb, *more]
        return _seed(verb, block, sentence, NEW, heads, subjects_over(verb), vague=_bare(noun) and not more, **plain)
    if role == "under" and verb is not None and verb.lower_ not in ("put", "puts", "set", "place", "placed", "came", "signed"):
        if noun.head.lower_ in ("by", "through", "following", "thanks") and not (made or dated or standing):
            return None
        if how == OPEN or not (definite or made or dated or standing or among("captives", verb.lower_) or noun.head.lower_ == "under"):
            return None
        if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN"):  # "the hotline set up under the pact"
            seed = _seed(verb, block, sentence, OLD, [verb.head], [], **plain)
            seed.past = True
            return seed
        if _makes(verb) and not [c for c in verb.children if c.dep_ in _SUBJECTS] and verb.head.pos_ == "VERB":
            verb = verb.head
        below = reality(verb)
        modal = [c.lower_ for c in verb.children if c.dep_ == "aux" and among("modals", c.lower_)]
        unsure = not modal or modal[0] in ("could", "might", "may")
        barred = any(c.dep_ in _SUBJECTS and any(d.lower_ in ("no", "neither") for d in c.lefts) for c in verb.children)
        if below in (NEGATED, DENIED) and not (barred or _keeps_out(verb)):
            return None
        if below == OPEN and unsure and not barred and not _be_to(verb):
            return None
        if among("open", verb.lower_) and verb.tag_ not in ("VBN", "VBD"):
            return None
        seed = _seed(verb, block, sentence, OLD, conjoined(_content_of(verb)), subjects_over(verb), **plain)
        future = below == PLANNED or modal or _be_to(verb) or (verb.tag_ in ("VBZ", "VBP", "VBG"))
        seed.past = not future and verb.tag_ in ("VBD", "VBN")
        seed.kind = OLD if dated or standing or definite or seed.past else NEW
        return seed
    if how in (OPEN,):
        return None
    owned = any(c.dep_ == "poss" and c.tag_ != "PRP$" for c in noun.children)
    if role == "subject" and verb is not None and not owned and among_verbs("holds", verb) and (definite or dated or standing or made):
        if reality(verb) not in (REAL, PLANNED) and not (dated or standing):
            return None
        modal = any(c.dep_ == "aux" and among("modals", c.lower_) for c in verb.children)
        if modal:
            return None
        objects = [c for c in verb.children if c.i > verb.i and c.dep_ in ("dobj", "prep", "dative", "ccomp", "xcomp")]
        if not objects:
            return None
        seed = _seed(verb, block, sentence, OLD, conjoined(verb), [noun], **plain)
        seed.present = verb.tag_ in ("VBZ", "VBP") and (dated or standing)
        return seed
    if role == "object" and verb is not None and verb.lower_ in ("have", "has", "had") and how == REAL and reality(verb) == REAL:
        if among_together(subjects_over(verb)) and not (_bare(noun) and not dated):
            return _seed(verb, block, sentence, OLD, [noun], subjects_over(verb), **plain)
        return None
    if made is not None and how == REAL and (reality(made) == REAL or made.tag_ == "VBN"):
        if noun.dep_ in ("pobj",) and noun.head.lower_ in ("for", "towards", "toward", "about", "of") and not (definite or dated):
            return None
        return _seed(verb or noun, block, sentence, OLD if dated or standing or definite else NEW, [noun], [], vague=_bare(noun), **plain)
    if dated or standing:
        return _seed(verb or noun, block, sentence, OLD, [noun], subjects_over(verb) if verb is not None else [], vague=_bare(noun), **plain)
    if definite and how != OPEN:
        return _seed(verb or noun, block, sentence, LINK, [noun], [], **plain)
    if role in ("subject", "passive") and verb is not None and how == REAL and reality(verb) in (REAL, NEGATED) and _fated(verb, block):
        return _seed(verb, block, sentence, OLD, [noun], [], **plain)
    if verb is not None and verb.lower_ in _BE and role == "attr" and how == REAL and any(c.dep_ == "expl" for c in verb.children):
        if any(c.dep_ == "prep" and c.lower_ in ("on", "about", "over") for c in [*noun.children, *verb.children]):
            return _seed(verb, block, sentence, NEW, [noun], [], **plain)
    return None


def _content_of(verb: Token) -> Token:
    """The verb that says what is to be done: "were to hold their fire" is about holding."""
    if verb.lower_ in _BE | {"have", "has", "had"}:
        inner = next((c for c in verb.children if c.dep_ == "xcomp" and _infinitive(c)), None)
        return inner if inner is not None else verb
    return verb


def _has_none(noun: Token) -> bool:
    return any(c.lower_ in ("no", "any", "neither", "without") for c in noun.lefts)


def _reduced(noun: Token, sentence: Span) -> Token | None:
    """The participle right after a noun that the parser took for the main verb: "the truce agreed in January was …"."""
    at = noun.i + 1
    while at < sentence.end and noun.doc[at].lower_ in (",", "then", "first", "finally", "recently"):
        at += 1
    if at >= sentence.end:
        return None
    verb = noun.doc[at]
    if verb.tag_ not in ("VBN", "VBD") or not _makes(verb) or any(c.dep_ == "dobj" for c in verb.children):
        return None
    after = noun.doc[at + 1 : sentence.end]
    finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in after)
    return verb if finite and len(after) > 1 else None


def _fated(verb: Token, block: Block) -> bool:
    """Whether a clause says what became of its subject: "a truce took effect", "an interim pact has expired"."""
    low, high = block.place_of(verb.left_edge, verb.right_edge)
    words = block.text[low - block.start : high - block.start]
    status = agreement_words().status
    return any(status[key].search(words) for key in ("implemented", "breached", "lapsed"))


def _keeps_out(verb: Token) -> bool:
    """Whether a "no" is itself what was agreed: "under the deal no troops will enter"."""
    return any(c.lower_ in ("will", "would", "may", "shall", "must") for c in verb.children)


def _be_to(verb: Token) -> bool:
    """"are to be released", "was to end"."""
    aux = [c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")]
    return "to" in aux and (verb.head.lower_ in _BE or verb.dep_ in ("xcomp", "ROOT", "conj", "ccomp"))


def _governor(noun: Token) -> tuple[Token | None, str]:
    """The verb that a noun hangs on, and as what: object, passive, subject, attr, prep, under, or ""."""
    step = noun
    while step.dep_ in ("conj", "appos") and step.head.pos_ in ("NOUN", "PROPN"):
        step = step.head
    if step.dep_ == "pobj":
        prep = step.head
        name = prep.lower_
        if name in ("to", "with") and prep.head.dep_ == "prep":  # "according to", "in line with"
            prep = prep.head
            name = prep.lower_
        head = prep.head
        outer = prep
        while outer.dep_ in ("prep", "pobj", "amod", "acl") and head.pos_ not in ("VERB", "AUX") and head.dep_ != "ROOT":
            outer, head = head, head.head
        if head.pos_ not in ("VERB", "AUX"):
            return None, ""
        if among("under", name) or name in ("as", "in") and any(c.lower_ == "part" for c in prep.children):
            return head, "under"
        return head, "prep"
    role = {"dobj": "object", "nsubjpass": "passive", "nsubj": "subject", "attr": "attr"}.get(step.dep_, "")
    head = step.head
    if role and head.pos_ in ("VERB", "AUX"):
        if role == "object" and head.dep_ == "xcomp" and head.head.pos_ == "VERB" and not among_verbs("made", head):
            return head, role
        return head, role
    return None, ""


def _makes(verb: Token) -> bool:
    if not (among_verbs("made", verb) or among_verbs("prolonged", verb) or among("consent", verb.lower_)):
        return False
    return verb.tag_ in ("VBN", "VBD") and not _has_no(verb)


def _dated(noun: Token) -> bool:
    """Whether a noun has a year or a day of its own: "the accord of 2019", "last March's truce"."""
    for child in noun.children:
        if _YEAR.match(child.text) or among("standing", child.lower_):
            return True
        if child.dep_ in ("prep", "acl", "relcl") or child.dep_ == "poss":
            for token in child.subtree:
                if token.i - noun.i > 14:
                    break
                if _YEAR.match(token.text) or (token.lower_ in _TIMES and child.dep_ != "relcl"):
                    return True
    after = noun.nbor(1) if noun.i + 1 < len(noun.doc) else None
    return after is not None and after.lower_ in ("of", "in") and any(_YEAR.match(t.text) for t in noun.doc[noun.i + 2 : noun.i + 5])


_TIMES = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "spring", "summer", "autumn", "winter", "easter", "christmas", "ago", "last", "earlier", "decade", "century",
})  # fmt: skip


def _bare(noun: Token) -> bool:
    """Whether a word for a deal says nothing of what it holds: "reached a deal"."""
    return not any(
        (c.dep_ in ("prep",) and c.lower_ in ("on", "to", "for", "over", "about", "covering", "under"))
        or c.dep_ in ("acl", "relcl", "appos", "compound")
        or (c.dep_ == "amod" and not among("standing", c.lower_) and c.pos_ != "DET")
        for c in noun.children
    ) and not among("truces", noun.lower_)


# -- clauses ----------------------------------------------------------------------------------------------------------


def subjects_over(verb: Token) -> list[Token]:
    """The subjects of a verb, or of the verb that it shares them with."""
    step, hops = verb, 0
    while hops < 4:
        own = [c for c in step.children if c.dep_ in _SUBJECTS]
        if own or step.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "prep"):
            return own
        step, hops = step.head, hops + 1
    return []


def among_together(subjects: list[Token]) -> bool:
    """Whether subjects are several sides: joined names, "both", "the two", a plural of those who negotiate."""
    for subject in subjects:
        if any(t.dep_ == "conj" and t.pos_ in ("NOUN", "PROPN") and t.i < subject.head.i for t in subject.subtree):
            return True
        if any(t.lower_ in ("both", "two") for t in subject.subtree if abs(t.i - subject.i) < 6):
            return True
        if among("together", subject.lower_) and (subject.tag_ in ("NNS", "NNPS", "PRP", "CD", "DT") or subject.lower_ in ("both", "two", "all", "neither")):
            return True
        if any(c.lower_ in ("both", "two", "all", "each", "three") for c in subject.lefts):
            return True
    return False


def _single_person(subjects: list[Token]) -> bool:
    return bool(subjects) and not among_together(subjects) and subjects[0].tag_ in ("NNP", "NN", "PRP") and subjects[0].lower_ not in ("they", "we", "it")


def _deontic(verb: Token) -> bool:
    """Whether a clause says what will or shall be, not what is."""
    aux = [c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(a in ("will", "would", "shall", "should", "must", "may", "'ll", "can", "could") for a in aux):
        return not (verb.lower_ in ("be", "have") and "would" in aux and not any(c.dep_ in ("acomp",) for c in verb.children) and any(c.lower_ in ("useful", "wrong", "mistake") for c in verb.children))
    if "to" in aux or verb.tag_ == "VB":
        return True
    return verb.tag_ in ("VBZ", "VBP") and verb.lower_ not in _BE | {"has", "have", "needs", "need", "seems", "remains"}


def _infinitive(verb: Token) -> bool:
    return verb.pos_ in ("VERB", "AUX") and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def _empty(token: Token) -> bool:
    return token.lower_ in _VAGUE or any(c.lower_ in ("no", "nothing") for c in token.lefts)


def _has_no(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def conjoined(head: Token) -> list[Token]:
    """A head and the verbs or nouns that are joined to it."""
    found = [head]
    for child in head.children:
        if child.dep_ == "conj" and child.i > head.i:
            found += conjoined(child)
    return found


def stretch(head: Token, others: Iterator[Token] | list[Token] = ()) -> tuple[int, int]:
    """The indices of the first and last token of a head's phrase, without what is joined to it.

    Reporting clauses ("…, X said") and clauses run on with a semicolon are left out.
    """
    first = last = head.i
    stop = {t.i for t in others}
    waiting = [head]
    while waiting:
        token = waiting.pop()
        first, last = min(first, token.i), max(last, token.i)
        for child in token.children:
            if child.i in stop or child.dep_ in ("parataxis", "cc", "preconj"):
                continue
            if child.dep_ in ("ccomp", "advcl", "relcl", "conj") and token == head and child.i < head.i:
                continue
            waiting.append(child)
    while last > first and head.doc[last].is_punct:
        last -= 1
    while first < last and head.doc[first].is_punct:
        first += 1
    return first, last


def _seed(
    verb: Token, block: Block, sentence: Span, kind: str, heads: list[Token], subjects: list[Token],
    noun: str | None = None, definite: bool = False, dated: bool = False, denied: bool = False, vague: bool = False,
) -> Seed:  # fmt: skip
    """A seed whose clause runs from its subject to the end of its content."""
    pieces = []
    low, high = verb.i, verb.i
    for head in heads:
        first, last = stretch(head, [h for h in heads if h != head])
        first, last = max(first, sentence.start), min(last, sentence.end - 1)
        low, high = min(low, first), max(high, last)
        pieces.append(block.place_of(sentence.doc[first], sentence.doc[last]))
    for subject in subjects:
        if sentence.start <= subject.i < sentence.end:
            a, b = stretch(subject)
            low, high = min(low, max(a, sentence.start)), max(high, b if b < verb.i else high)
    high = min(high, sentence.end - 1)
    for token in sentence.doc[low : min(low + 14, verb.i)]:  # "PORT TOWN, May 3 (Agency) – "
        if token.text in ("-", "–", "—", "--") and token.i > low and token.i + 1 < verb.i and low == sentence.start:
            if token.whitespace_ and token.nbor(-1).whitespace_:
                low = token.i + 1
                break
    edge = block.start + sentence.doc[low].idx
    pieces = [(max(a, edge), b) if b > edge else (a, b) for a, b in pieces]
    return Seed(
        block, sentence, verb, kind, block.place_of(sentence.doc[low], sentence.doc[high]), pieces, noun, definite,
        dated, denied=denied, vague=vague, joined=among_together(subjects),
    )  # fmt: skip
