"""Agreements by their names: made, kept, broken, or what something is done under."""

from __future__ import annotations

from dragoman.extract.agreement_clauses import (
    BE,
    LINK,
    NEW,
    OLD,
    SUBJECTS,
    YEAR,
    Seed,
    among_together,
    conjoined,
    dated_by,
    has_no,
    infinitive,
    made_seed,
    subjects_over,
)
from dragoman.extract.agreement_reality import DENIED, NEGATED, OPEN, PLANNED, REAL, reality
from dragoman.extract.agreement_words import agreement_words, among, among_verbs
from dragoman.extract.offices import singular
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span, Token

_DEFINITE = frozenset({"the", "that", "this", "these", "those", "its", "their", "his", "her", "our", "both", "each"})


def noun_seed(noun: Token, block: Block, sentence: Span) -> Seed | None:
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
    dated = dated_by(noun)
    standing = any(among("standing", t.lower_) for t in noun.lefts) or any(YEAR.match(t.text) for t in noun.lefts)
    definite = bool(left & _DEFINITE) or any(t.dep_ == "poss" for t in noun.lefts)
    made = next((c for c in noun.children if c.dep_ in ("acl", "relcl") and _makes(c)), None) or _reduced(
        noun, sentence
    )
    verb, role = _governor(noun)
    how = reality(noun, noun=True)
    making = verb is not None and (among_verbs("made", verb) or among_verbs("prolonged", verb))
    if (
        role in ("object", "passive")
        and verb is not None
        and among("keeping", verb.lower_)
        and (definite or dated or standing)
    ):
        how = REAL  # "its failure to honour the accord": there is one
    if (
        how == NEGATED
        and role in ("subject", "passive")
        and not making
        and (definite or dated or standing)
        and not _has_none(noun)
    ):
        how = REAL  # "the accord has not been applied": there is one
    if noun.lower_ in ("swap",) and noun.pos_ == "VERB":
        return None
    if how == NEGATED:
        return None
    if how == DENIED:
        return made_seed(
            verb or noun,
            block,
            sentence,
            NEW,
            [noun],
            [],
            denied=True,
            noun=name,
            definite=definite,
            dated=dated or standing,
        )
    if (
        verb is not None
        and role in ("object", "passive", "prep")
        and (among_verbs("made", verb) or among_verbs("prolonged", verb))
    ):
        if how != REAL or reality(verb) != REAL:
            return None
        if verb.tag_ == "VBG" and verb.dep_ not in ("advcl", "pcomp", "conj"):
            return None
        if role == "prep" and not among_verbs("made", verb):
            return None
        doers = subjects_over(verb)
        consent = verb.lower_.startswith(
            ("approv", "ratif", "accept", "endors", "adopt", "agree", "draw", "drew", "propos", "sign_up")
        )
        if among("truces", noun.lower_) and verb.lower_.startswith(
            ("declar", "proclaim", "announc", "unveil", "order")
        ):
            consent = True  # one side's own truce
        single = role != "passive" and doers and not among_together(doers)
        with_other = any(t.lower_ in ("with", "between") for t in [*verb.children, *noun.children])
        if single and (consent or doers[0].lower_ in ("he", "she", "i", "it")) and not with_other:
            return None
        more = [c for c in conjoined(verb) if c != verb and any(a.lower_ in ("will", "would") for a in c.children)]
        heads = [noun if len(list(noun.subtree)) > 3 else verb, *more]
        return made_seed(
            verb,
            block,
            sentence,
            NEW,
            heads,
            subjects_over(verb),
            vague=_bare(noun) and not more,
            noun=name,
            definite=definite,
            dated=dated or standing,
        )
    if (
        role == "under"
        and verb is not None
        and verb.lower_ not in ("put", "puts", "set", "place", "placed", "came", "signed")
    ):
        if noun.head.lower_ in ("by", "through", "following", "thanks") and not (made or dated or standing):
            return None
        if how == OPEN or not (
            definite or made or dated or standing or among("captives", verb.lower_) or noun.head.lower_ == "under"
        ):
            return None
        if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN"):  # "the hotline set up under the pact"
            seed = made_seed(
                verb, block, sentence, OLD, [verb.head], [], noun=name, definite=definite, dated=dated or standing
            )
            seed.past = True
            return seed
        if _makes(verb) and not [c for c in verb.children if c.dep_ in SUBJECTS] and verb.head.pos_ == "VERB":
            verb = verb.head
        below = reality(verb)
        modal = [c.lower_ for c in verb.children if c.dep_ == "aux" and among("modals", c.lower_)]
        unsure = not modal or modal[0] in ("could", "might", "may")
        barred = any(c.dep_ in SUBJECTS and any(d.lower_ in ("no", "neither") for d in c.lefts) for c in verb.children)
        if below in (NEGATED, DENIED) and not (barred or _keeps_out(verb)):
            return None
        if below == OPEN and unsure and not barred and not _be_to(verb):
            return None
        bare = not any(c.dep_ in ("dobj", "nsubjpass") for c in verb.children)
        if bare and among("open", verb.lower_) and verb.tag_ not in ("VBN", "VBD"):
            return None
        seed = made_seed(
            verb,
            block,
            sentence,
            OLD,
            conjoined(_content_of(verb)),
            subjects_over(verb),
            noun=name,
            definite=definite,
            dated=dated or standing,
        )
        future = below == PLANNED or modal or _be_to(verb) or (verb.tag_ in ("VBZ", "VBP", "VBG"))
        seed.past = not future and verb.tag_ in ("VBD", "VBN")
        seed.kind = OLD if dated or standing or definite or seed.past else NEW
        return seed
    if how in (OPEN,):
        return None
    owned = any(c.dep_ == "poss" and c.tag_ != "PRP$" for c in noun.children)
    if (
        role == "subject"
        and verb is not None
        and not owned
        and among_verbs("holds", verb)
        and (definite or dated or standing or made)
    ):
        if reality(verb) not in (REAL, PLANNED) and not (dated or standing):
            return None
        if any(c.dep_ == "aux" and among("modals", c.lower_) for c in verb.children):
            return None
        objects = [c for c in verb.children if c.i > verb.i and c.dep_ in ("dobj", "prep", "dative", "ccomp", "xcomp")]
        if not objects:
            return None
        seed = made_seed(
            verb, block, sentence, OLD, conjoined(verb), [noun], noun=name, definite=definite, dated=dated or standing
        )
        seed.present = verb.tag_ in ("VBZ", "VBP") and (dated or standing)
        return seed
    if (
        role == "object"
        and verb is not None
        and verb.lower_ in ("have", "has", "had")
        and how == REAL
        and reality(verb) == REAL
    ):
        if among_together(subjects_over(verb)) and not (_bare(noun) and not dated):
            return made_seed(
                verb,
                block,
                sentence,
                OLD,
                [noun],
                subjects_over(verb),
                noun=name,
                definite=definite,
                dated=dated or standing,
            )
        return None
    if made is not None and how == REAL and (reality(made) == REAL or made.tag_ == "VBN"):
        if (
            noun.dep_ in ("pobj",)
            and noun.head.lower_ in ("for", "towards", "toward", "about", "of")
            and not (definite or dated)
        ):
            return None
        return made_seed(
            verb or noun,
            block,
            sentence,
            OLD if dated or standing or definite else NEW,
            [noun],
            [],
            vague=_bare(noun),
            noun=name,
            definite=definite,
            dated=dated or standing,
        )
    if dated or standing:
        return made_seed(
            verb or noun,
            block,
            sentence,
            OLD,
            [noun],
            subjects_over(verb) if verb is not None else [],
            vague=_bare(noun),
            noun=name,
            definite=definite,
            dated=dated or standing,
        )
    if definite and how != OPEN:
        return made_seed(
            verb or noun, block, sentence, LINK, [noun], [], noun=name, definite=definite, dated=dated or standing
        )
    if (
        role in ("subject", "passive")
        and verb is not None
        and how == REAL
        and reality(verb) in (REAL, NEGATED)
        and _fated(verb, block)
    ):
        return made_seed(verb, block, sentence, OLD, [noun], [], noun=name, definite=definite, dated=dated or standing)
    there = verb is not None and verb.lower_ in BE and any(c.dep_ == "expl" for c in verb.children)
    if there and verb is not None and role == "attr" and how == REAL:
        around = [*noun.children, *verb.children]
        if any(c.dep_ == "prep" and c.lower_ in ("on", "about", "over") for c in around):
            return made_seed(
                verb, block, sentence, NEW, [noun], [], noun=name, definite=definite, dated=dated or standing
            )
    return None


def _content_of(verb: Token) -> Token:
    """The verb that says what is to be done: "were to hold their fire" is about holding."""
    if verb.lower_ in BE | {"have", "has", "had"}:
        inner = next((c for c in verb.children if c.dep_ == "xcomp" and infinitive(c)), None)
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
    """The like of "are to be released", "was to end"."""
    aux = [c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")]
    return "to" in aux and (verb.head.lower_ in BE or verb.dep_ in ("xcomp", "ROOT", "conj", "ccomp"))


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
        while (
            outer.dep_ in ("prep", "pobj", "amod", "acl") and head.pos_ not in ("VERB", "AUX") and head.dep_ != "ROOT"
        ):
            outer, head = head, head.head
        if head.pos_ not in ("VERB", "AUX"):
            return None, ""
        if among("under", name) or (name in ("as", "in") and any(c.lower_ == "part" for c in prep.children)):
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
    return verb.tag_ in ("VBN", "VBD") and not has_no(verb)


def _bare(noun: Token) -> bool:
    """Whether a word for a deal says nothing of what it holds: "reached a deal"."""
    return not any(
        (c.dep_ in ("prep",) and c.lower_ in ("on", "to", "for", "over", "about", "covering", "under"))
        or c.dep_ in ("acl", "relcl", "appos", "compound")
        or (c.dep_ == "amod" and not among("standing", c.lower_) and c.pos_ != "DET")
        for c in noun.children
    ) and not among("truces", noun.lower_)
