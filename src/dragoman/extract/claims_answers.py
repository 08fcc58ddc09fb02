"""Where one speaker of a report gainsays another: the words that do it, and the words that they answer.

A report sets the two side by side far more often than not: it tells what one side says, then how the other takes it. So
a word of denial is looked for (a verb, "a myth", "no such offer", "sees it otherwise"), and then, backwards, the
sentence that it denies: by the words that both have in common, or by its place right before where the denial only
points back ("denied it"). A denial whose other half is not in the report is no pair here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.extract.claims_antecedents import (
    BACK,
    POINTING,
    Answer,
    against,
    earlier,
    following_one,
    is_report,
    previous,
)
from dragoman.extract.claims_clauses import is_finite, is_past, is_unreal, object_of, of_nobody, place_of
from dragoman.extract.claims_names import BREAK, echoed, named
from dragoman.extract.claims_numbers import numbers_in
from dragoman.extract.claims_words import Report, Said, concept, concepts, forms, negated, phrase_in, phrases, trimmed
from dragoman.extract.lexicon import words
from dragoman.extract.parsed import Token

_PUT = re.compile(r"\b(?:put|puts) (?:\S+ ){1,5}at\b", re.IGNORECASE)
_ASKED_ABOUT = re.compile(
    r"(?:asked|questioned|quizzed|pressed|challenged|confronted|reacting|responding|commenting)\s+(?:by \S+ )?"
    r"(?:about|on|over|with|to|regarding)\b[^,]{8,200},",
    re.IGNORECASE,
)
_SAYS = re.compile(r"\b(?:say|says|said)\b")
_NO = re.compile(r"\b(?:no|not|never|none|nothing|nobody|neither)\b|n['’]t\b", re.IGNORECASE)


def answers(report: Report) -> list[Answer]:
    """The pairs of a report, in its order; a sentence answers at most one other by each rule."""
    found: list[Answer] = []
    for sentence in report.sentences:
        for also in _never_was(report, sentence):
            _keep(found, also)
        for rule in (
            _denied,
            _untrue,
            _none_such,
            _otherwise,
            _announced,
            _blamed,
            _answered,
            _hearsay,
            _recounted,
            _counted_twice,
            echoed,
            _nobody,
            named,
            _lesser,
        ):
            answer = rule(report, sentence)
            if answer is not None:
                _keep(found, answer)
                break
    return found


def _keep(found: list[Answer], answer: Answer) -> None:
    """Add a pair, to one that has the same first half if there is one: a denial is often given twice."""
    for other in found if answer.first else ():
        if other.first and other.kind == answer.kind and set(other.first) & set(answer.first):
            other.second += [s for s in answer.second if s not in other.second]
            return
        if other.kind == answer.kind and other.second[-1] == answer.first[-1]:
            return  # an answer to the denial itself: "denied it. No such thing, she said"
    found.append(answer)


# -- the rules --------------------------------------------------------------------------------------------------------


def _denied(report: Report, sentence: Said) -> Answer | None:
    """ "B denied having rung anybody", "B rejected the claim"."""
    for verb in sentence.span:
        strong = verb.lower_ in forms("deny")
        if not strong and verb.lower_ not in forms("reject"):
            continue
        if verb.pos_ not in ("VERB", "AUX") or negated(verb) or is_unreal(verb):
            continue
        what = object_of(verb)
        clause = next((c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.i > verb.i), None)
        if what is None and clause is None:
            continue
        if what is not None and clause is None:
            word = what.lower_
            if word in words("claims", "withheld") or (not strong and (not is_report(what) or word in POINTING)):
                continue
            if verb.tag_ == "VBN" and what.dep_ != "nsubjpass" and not is_finite(verb):
                continue
        if clause is not None and not strong:
            continue
        below = clause if clause is not None else what
        assert below is not None
        inside = concepts(t for t in below.subtree if t is not what or not is_report(t))
        answer = against(report, sentence, verb, below, inside, "denial")
        if answer is not None:
            return answer
    return None


def _untrue(report: Report, sentence: Said) -> Answer | None:
    """ "The story that they dined together is a myth", "that was untrue, she said", "dismissed it as nonsense"."""
    match = phrase_in("untrue", sentence)
    if match is None:
        return None
    end = sentence.place[0] + match.end()
    word = next((t for t in sentence.span if sentence.block.at(t)[1] >= end and t.is_alpha), None)
    if word is None:
        return None
    verb, hops = word, 0
    while verb.pos_ not in ("VERB", "AUX") and verb.head is not verb and hops < 4:
        if verb.dep_ == "prep" and verb.lower_ not in ("as", "of"):
            return None
        if verb.dep_ in ("amod", "poss", "compound", "dobj", "nsubj", "advmod") and verb is not word:
            return None
        if verb is word and verb.dep_ in ("amod", "nsubj", "dobj", "compound", "nsubjpass", "conj"):
            return None
        verb, hops = verb.head, hops + 1
    if verb.pos_ not in ("VERB", "AUX") or (negated(verb) and "not " not in match[0]) or is_unreal(verb):
        return None
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    what = object_of(verb) if verb.lower_ not in ("is", "was", "are", "were", "be", "been", "’s", "'s") else subject
    if what is None:
        what = subject
    pointing = next((t for t in sentence.span if verb.i < t.i < word.i and t.lower_ in ("that", "it", "this")), None)
    if pointing is not None and word.i - verb.i <= 4 and (what is None or not is_report(what)):
        what = pointing  # "called that untrue"
    if what is None or not (is_report(what) or what.lower_ in POINTING or what.dep_ == "csubj"):
        return None
    inside = concepts(t for t in what.subtree if t is not what and t.i < word.i)
    return against(report, sentence, word, what, inside, "untrue")


def _none_such(report: Report, sentence: Said) -> Answer | None:
    """ "No such offer has been made", "nothing of the sort was agreed", "there never was a letter"."""
    if sentence.words.isdisjoint(("such", "nothing", "anything")):
        return None
    tokens = list(sentence.span)
    for k, token in enumerate(tokens[:-1]):
        after = [t.lower_ for t in tokens[k + 1 : k + 4]]
        low = token.lower_
        if low in ("no", "any") and after[0] == "such" and len(tokens) > k + 2:
            if low == "any" and not any(t.lower_ in ("not", "n't", "never") for t in tokens[:k]):
                continue
            if any(t.lower_ in ("since", "yet", "before", "until", "for") for t in tokens[k + 2 :]):
                continue  # "no such meeting had been held since spring"
            head = tokens[k + 2]
            while head.dep_ in ("compound", "amod") and head.head.i > head.i:
                head = head.head
            inside = frozenset({concept(head.lower_)}) - {"thing", "plan"}
            found = earlier(report, sentence, inside, 6, 1) if inside else previous(report, sentence)
            if found is not None:
                return Answer("none such", [found.place], [sentence.place], inside | found.about)
        if low in ("nothing", "anything") and after[:2] == ["of", "the"] and after[2:] in (["sort"], ["kind"]):
            found = previous(report, sentence)
            done = any(t.tag_ in ("VBN", "VBD") and t.pos_ == "VERB" for t in tokens[k + 4 : k + 9])
            if found is not None and done:  # "nothing of the kind is on the agenda" denies no deed
                return Answer("none such", [found.place], [sentence.place], found.about)
    return None


def _never_was(report: Report, sentence: Said) -> Iterator[Answer]:
    """ "There was no text, she said, and there never was a signature": each answers its own sentence."""
    if not sentence.statements:
        return
    for token in sentence.span:
        if token.lower_ != "there" or token.dep_ != "expl":
            continue
        verb = token.head
        what = next((c for c in verb.children if c.dep_ in ("attr", "dobj", "nsubj") and c is not token), None)
        if what is None or not negated(verb) or verb.lower_ not in ("was", "were", "been"):
            continue
        inside = concepts([what])
        found = earlier(report, sentence, inside, 4, 1) if inside else None
        if found is not None and found.statements and not (found.speakers & sentence.speakers):
            yield Answer("none such", [found.place], [sentence.place], inside)


def _otherwise(report: Report, sentence: Said) -> Answer | None:
    """ "B sees it otherwise: …": what B then says stands against what was told before."""
    match = phrase_in("otherwise", sentence)
    if match is None:
        return None
    before = sentence.text[: match.start()].lower()
    if any(w in before.split() for w in ("nobody", "not", "never", "if", "unless", "who")):
        return None
    found = previous(report, sentence)
    if found is None:
        return None
    second = [sentence.place]
    follows = following_one(report, sentence)
    if follows is not None and len(sentence.text) - match.end() < 60:
        second.append(follows.place)
        after = following_one(report, follows)
        if after is not None and after.paragraph == sentence.paragraph and after.speakers & follows.speakers:
            second.append(after.place)
    return Answer("otherwise", [found.place], second, found.about)


def _announced(report: Report, sentence: Said) -> Answer | None:
    """ "Accounts of the evening differ." and the two that follow, told by different sides."""
    if phrase_in("announced", sentence) is None:
        return None
    following = [s for s in report.sentences[sentence.at + 1 : sentence.at + 5] if s.statements]
    for k, one in enumerate(following[:-1]):
        other = following[k + 1]
        near = one.paragraph - sentence.paragraph <= 1 and other.paragraph - one.paragraph <= 1
        if one.speakers & other.speakers or other.at - one.at > 1 or not near:
            continue
        if not all(any(isinstance(v, int) for v in s.speakers) for s in (one, other)):
            continue
        return Answer("announced", [one.place], [other.place], one.about | other.about)
    return None


def _blamed(report: Report, sentence: Said) -> Answer | None:
    """ "A accuses B of having broken it; B says that …"."""
    for verb in sentence.span:
        if verb.lower_ not in forms("blame") or verb.pos_ != "VERB" or verb.tag_ in ("VBN", "VBG", "VB"):
            continue
        if negated(verb) or is_unreal(verb):
            continue
        by_actor = report.actors(
            (sentence.place[0], sentence.block.at(verb)[0])
        )  # parsers miss subjects that are names
        subject = any(c.dep_ == "nsubj" for c in verb.children) or bool(by_actor)
        what = next((c for c in verb.children if c.dep_ == "dobj"), None)
        charge = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ in ("of", "for", "with")), None)
        if not subject or what is None or charge is None:
            continue
        accused = {report.side(a) for a in report.actors(place_of(sentence, what))}
        end = sentence.block.place_of(verb.left_edge, charge.right_edge)[1]
        same = [
            t for t in sentence.span if t.pos_ == "VERB" and sentence.block.at(t)[0] > end and not verb.is_ancestor(t)
        ]
        for other in [t for t in same if any(c.dep_ == "nsubj" for c in t.children)] or [
            t for t in sentence.span if t.dep_ in ("conj", "ccomp", "parataxis") and t.i > charge.i
        ]:
            by = next((c for c in other.children if c.dep_ == "nsubj"), None)
            if by is None or not accused & {report.side(a) for a in report.actors(place_of(sentence, by))}:
                continue
            start = sentence.block.at(by.left_edge)[0]
            first = trimmed(report.told.page.text, (sentence.place[0], start))
            if first is not None and start < sentence.place[1]:
                return Answer("blame", [first], [(start, sentence.place[1])], sentence.about)
        follows = following_one(report, sentence)
        if follows is not None and follows.paragraph == sentence.paragraph and accused:
            voices = {v for v in follows.speakers if isinstance(v, int)}
            if voices & accused:
                return Answer("blame", [sentence.place], [follows.place], sentence.about)
    return None


def _hearsay(report: Report, sentence: Said) -> Answer | None:
    """ "You have read that it lasted nine hours. It lasted four.": what others say, told only to be put right."""
    match = phrase_in("hearsay", sentence)
    if match is None or match.start() > 40:
        return None
    follows = following_one(report, sentence)
    if follows is None or follows.paragraph != sentence.paragraph or follows.text.rstrip("»”\"'").endswith("?"):
        return None
    inside = concepts(t for t in sentence.span if sentence.block.at(t)[0] >= sentence.place[0] + match.end())
    contrary = any(t.lower_ in words("claims", "contrary") or t.lower_ in ("not", "n't", "never") for t in follows.span)
    counted = any(t.like_num for t in sentence.span) and any(t.like_num for t in follows.span)
    told = bool(inside & follows.about) or any(t.lower_ in ("it", "they", "these", "this") for t in follows.span[:3])
    common = _sides(report, sentence) & _sides(report, follows)
    same = {t.lower_ for t in sentence.span if t.like_num} & {t.lower_ for t in follows.span if t.like_num}
    if not (inside or common) or not (contrary or (counted and (told or same))):
        return None
    return Answer("hearsay", [sentence.place], [follows.place], inside | follows.about)


def _answered(report: Report, sentence: Said) -> Answer | None:
    """ "Asked about reports of a new offer, she said that there was none."."""
    match = _ASKED_ABOUT.match(sentence.text)
    if match is None or not _NO.search(sentence.text[match.end() :]):
        return None
    if not any(is_report(t) and t.lower_ not in POINTING for t in sentence.span[:16]):
        return None
    cut = sentence.place[0] + match.end()
    rest = trimmed(report.told.page.text, (cut, sentence.place[1]))
    if rest is None:
        return None
    return Answer("denial", [(sentence.place[0], cut)], [rest], sentence.about)


def _counted_twice(report: Report, sentence: Said) -> Answer | None:
    """ "Nearly 2,000 are out, the firm says; the union counts 2,300.": two counts in one sentence."""
    match = BREAK.search(sentence.text)
    rest = sentence.text[match.start() :] if match is not None else ""
    if match is None or (phrases("counts").search(rest) is None and _SAYS.search(rest) is None):
        return None
    cut = sentence.place[0] + match.start()
    numbers = [n for n in numbers_in(sentence) if not n.stance and n.unit != "percent"]
    one = [n for n in numbers if sentence.block.at(n.token)[0] < cut]
    two = [n for n in numbers if sentence.block.at(n.token)[0] > cut]
    if len(one) != 1 or len(two) != 1 or not one[0].differs(two[0]) or two[0].unit not in ("", one[0].unit):
        return None
    if not 0.2 <= one[0].value / two[0].value <= 5:
        return None
    after = sentence.place[0] + match.end()
    return Answer("counted", [(sentence.place[0], cut)], [(after, sentence.place[1])], sentence.about | {one[0].unit})


def _sides(report: Report, sentence: Said) -> set[int]:
    return {report.side(actor) for actor in report.actors(sentence.place)}


def _recounted(report: Report, sentence: Said) -> Answer | None:
    """ "4,000 came, she said. The police say 2,500.": the same thing counted by two."""
    if phrase_in("counts", sentence) is None and not sentence.text.startswith("("):
        return None
    put = _PUT.search(sentence.text) is not None
    mine = [n for n in numbers_in(sentence) if not n.stance]
    if len({n.value for n in mine}) != 1:
        return None
    found = previous(report, sentence)
    if found is None or found.paragraph != sentence.paragraph:
        return None
    for theirs in numbers_in(found):
        one = mine[0]
        if theirs.stance or not one.differs(theirs) or not 0.2 <= one.value / theirs.value <= 5:
            continue
        bare = one.unit in ("", "only") and len(sentence.text) < 120
        if (one.unit == theirs.unit or bare) and (bare or put or one.about & theirs.about or one.unit in theirs.about):
            if sentence.speakers and found.speakers & sentence.speakers:
                continue
            return Answer("counted", [found.place], [sentence.place], theirs.about | {theirs.unit})
    return None


_SAYS_NOTHING = frozenset(map(concept, ("say", "said", "tell", "told", "be", "have", "had", "do", "did")))
"""Verbs of which that two sentences have them says nothing."""


def _nobody(report: Report, sentence: Said) -> Answer | None:
    """ "nobody walked out", "he did not call her": what an earlier sentence has told as so."""
    if not sentence.statements:
        return None
    for verb in sentence.span:
        if verb.pos_ != "VERB" or not negated(verb) or is_unreal(verb) or not is_past(verb):
            continue
        root = concept(verb.lower_)
        if root in _SAYS_NOTHING:
            continue
        clause = concepts(verb.subtree) | {root}
        for other in report.before(sentence, BACK):
            if not other.about & clause or (other.speakers & sentence.speakers and other.speakers):
                continue
            for told in other.span:
                if (
                    told.pos_ == "VERB"
                    and concept(told.lower_) == root
                    and not negated(told)
                    and is_past(told)
                    and not is_unreal(told)
                    and _same_doer(report, sentence, verb, other, told)
                    and len(concepts(told.subtree) & clause) >= 2 - of_nobody(verb)
                ):
                    return Answer("not so", [other.place], [sentence.place], clause)
    return None


def _lesser(report: Report, sentence: Said) -> Answer | None:
    """ "It commits A to end it, B says. A says it promises only to review it."."""
    if not sentence.statements or not any(t.lower_ in words("claims", "only") for t in sentence.span):
        return None
    only = next(t for t in sentence.span if t.lower_ in words("claims", "only"))
    if only.lower_ not in ("only", "merely") or only.i < sentence.span.start + 3:
        return None
    if not any(
        t.lower_ in ("it", "they", "this", "that") and t.dep_ == "nsubj" and t.i < only.i for t in sentence.span
    ):
        return None
    found = previous(report, sentence)
    if found is None or not found.statements or found.paragraph != sentence.paragraph:
        return None
    if found.speakers & sentence.speakers or not all(isinstance(v, int) for v in sentence.speakers):
        return None
    if any(t.lower_ in ("only", "merely", "if") for t in found.span):
        return None
    return Answer("lesser", [found.place], [sentence.place], found.about)


# -- what they share --------------------------------------------------------------------------------------------------


def _same_doer(report: Report, sentence: Said, verb: Token, other: Said, told: Token) -> bool:
    """Whether two verbs can have one subject: the same actor, or one that is not named."""
    mine = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    theirs = next((c for c in told.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if mine is None or theirs is None or of_nobody(verb):
        return mine is not None and of_nobody(verb)
    a = {report.side(x) for x in report.actors(place_of(sentence, mine))}
    b = {report.side(x) for x in report.actors(place_of(other, theirs))}
    return bool(a & b) or (not a and not b and concept(mine.lower_) == concept(theirs.lower_))
