"""Agreements put together from the sentences of a page that speak of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from dragoman.extract.agreement_fields import (
    condition_in,
    dates_of,
    meeting_of,
    parties_of,
    quantity_in,
    status_in,
)
from dragoman.extract.agreement_seeds import EXCHANGE, LINK, NEW, OLD, PROMISE, Seed, stretch, subjects_over
from dragoman.extract.agreement_words import among
from dragoman.extract.findings import AgreementFound, SpanT, StepFound
from dragoman.extract.page import Block
from dragoman.extract.told import Told

_WORD = re.compile(r"[A-Za-z]{4,}|\d+")
_POINTING = frozenset({"it", "this", "that", "they", "both", "neither", "nobody", "the", "none", "its", "one", "only", "but", "no"})
_COMMON = frozenset(
    "with that this their have been will would from which were they them into both sides side parties agreement accord"
    " deal pact truce treaty agreed signed under talks last year until after before than more between contract".split()
)
_WERE_NOT = re.compile(r"(?:But |Yet )?(?:they|it|he|she|none|neither|nothing|that|this)\b[^.,;]{0,30}\b(?:not|never|n['’]t|none|happened|came)\b", re.I)
_GOING = frozenset("meet brief hold travel visit return come go fly report speak talk continue resume be take see reconvene".split())
_SECOND = re.compile(
    r"\W*(?:(?:a second|another|a third|a further|the other)\b(?! round| session| meeting| day)"
    r"|an? (?:clause|provision|article|chapter|annex|point|paragraph|section) (?:in it |of it |in the \w+ |of the \w+ )?(?:on|about|for) )", re.I,
)  # fmt: skip
_TERMINAL = ("partly_implemented", "breached", "lapsed", "implemented", "denied")
_REACH = 5


@dataclass(slots=True)
class Draft:
    """An agreement in the making; `group` is shared by those that one sentence tells together."""

    found: AgreementFound
    group: int
    kind: str
    noun: str | None
    stems: set[str]
    last: int
    vague: bool = False
    together: bool = False
    base: str = "agreed"
    dated: bool = False
    words: list[str] = field(default_factory=list)


_PROCESS, _LEADERS = "process", "leaders_meeting"
_TALKING = re.compile(
    r"^\W*(?:not )?(?:to |that (?:they|the sides|both|it) (?:will|would|shall) |would |will )?(?:\w+ly )?(?:let \w+ )?"
    r"(?:meet|hold (?:\w+ ){0,4}(?:round|talks|session|meeting)s?|reconvene|come back|be back|return to|resume (?:\w+ )?(?:talks|negotiations)"
    r"|continue (?:\w+ )?(?:talks|talking|negotiat\w+|discussions|the dialogue)|keep talking|go on talking|keep mum|speak|talk|send (?:their|its) \w+ (?:back|to))\b",
    re.I,
)  # fmt: skip
_CHIEFS = re.compile(r"\b(?:leaders|presidents|prime ministers|heads of (?:state|government)|chief executives)\b", re.I)
_SPARE = re.compile(
    r"\b(?:agree(?:d|s|ment|ments)?|accords?|deals?|pacts?|understandings?|settle(?:d|s|ment|ments)?|contracts?|arrangements?"
    r"|memorand(?:um|a)|protocols?|signed|initialled|paper|text|talks|joint statement|parties|negotiat\w+|ministers?|mediators?)\b", re.I,
)  # fmt: skip


def _spare(words: str) -> str:
    """Words without those that tell of agreements as such."""
    return _SPARE.sub(" ", words)


def stems_of(text: str) -> set[str]:
    """The content words of some text, cut to six letters so that forms of one word meet."""
    return {w.lower()[:6] for w in _WORD.findall(text) if w.lower() not in _COMMON}


class Ledger:
    """Collects the agreements of a page sentence by sentence."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.drafts: list[Draft] = []
        self.count = 0
        self.groups = 0
        self.before: SpanT | None = None
        self.block: Block | None = None
        self.seeded_at = -10
        self.prior = told.issues.prior(told.page.text)
        self.due: tuple[Block, SpanT] | None = None

    # -- reading ------------------------------------------------------------------------------------------------------

    def sentence(self, block: Block, sentence: Span, seeds: list[Seed], phrases: list[Seed]) -> None:
        """Takes in one sentence with its seeds, and those that set phrases give."""
        self.count += 1
        place = block.place(sentence)
        own = [s for s in seeds if s.kind != LINK and not self._barred(s)]
        for phrase in phrases:  # a list after a colon says what the words before it announce
            own = [s for s in own if phrase.span[0] > s.span[0] or phrase.span[1] < s.span[1]] if own else own
            own.append(phrase)
        if not own and (more := self._going_on(block, sentence, place)) is not None:
            own = [more]
        for seed in own:
            self._take(seed, place)
        if not own:
            link = next((s for s in seeds if s.kind == LINK), None)
            self._follow(block, sentence, place, link)
        if own:
            self.seeded_at = self.count
        self.before, self.block = place, block
        self._planned(block, sentence, place)

    def _barred(self, seed: Seed) -> bool:
        """Whether a seed is none: one side alone, with no agreement told right before; or an actor's own name."""
        if seed.alone:
            return not any(d.kind == NEW and self.count - d.last <= 10 for d in self.drafts)
        if seed.noun is not None:
            for mention in self.told.cast.within(*seed.block.place(seed.sentence)):
                if mention.form == "name" and self.told.page.quote((mention.start, mention.end)).lower().endswith(seed.noun):
                    return any(a < mention.end and mention.start < b for a, b in seed.pieces)
        return False

    def _going_on(self, block: Block, sentence: Span, place: SpanT) -> Seed | None:
        """A sentence that goes on with what was agreed: "In return …", "It is to …", right after a new agreement."""
        new = [d for d in self.drafts if d.kind == NEW and self.count - d.last <= 8 and d.found.status == "agreed"]
        if not new:
            return None
        words = [t.lower_ for t in sentence[:4]]
        back = words[:2] in (["in", "return"], ["in", "exchange"]) or (words[:1] == ["under"] and words[1:2] == ["it"])
        verb = sentence.root
        if verb.dep_ == "ccomp" or verb.pos_ not in ("VERB", "AUX") or any(c.dep_ == "neg" for c in verb.children) and not back:
            return None
        subjects = subjects_over(verb)
        if not back:
            near = self.block is block and self.seeded_at == self.count - 1
            party = subjects and self._is_side(subjects[0], block)
            future = any(c.lower_ in ("will", "shall") and c.dep_ == "aux" for c in verb.children)
            bound = verb.lower_ in ("is", "are") and any(c.dep_ == "xcomp" and c.left_edge.lower_ == "to" for c in verb.children)
            if not ((future and party) or (bound and near and subjects and not self._is_person(subjects[0], block))):
                return None
            if self._said(place) or verb.lower_ in _GOING or any(t.lower_ in ("if", "unless", "“", '"') for t in sentence):
                return None
            if subjects[0].lower_ == "it" and not bound:
                return None
        first, last = stretch(verb)
        if subjects:
            first = min(first, stretch(subjects[0])[0])
        span = block.place_of(sentence.doc[max(first, sentence.start)], sentence.doc[min(last, sentence.end - 1)])
        issue = self._issue(span, place)
        if not back and issue in ("process", "other", "leaders_meeting") and not bound:
            return None
        if not back and not bound and issue not in {d.found.issue for d in new}:
            return None
        return Seed(block, sentence, verb, NEW, span, [span])

    def _said(self, place: SpanT) -> bool:
        """Whether somebody says what stands in a place."""
        return any(a < place[1] and place[0] < b for s in self.told.statements for a, b in s.content)

    def _is_person(self, token: Token, block: Block) -> bool:
        at = block.start + token.idx
        return token.lower_ in ("he", "she") or any(
            m.start <= at < m.end and self.told.cast.actors[m.actor].kind == "person" for m in self.told.cast.within(at - 60, at + 60)
        )

    def _is_side(self, token: Token, block: Block) -> bool:
        at = block.start + token.idx
        return any(m.start <= at < m.end and m.actor in self.told.cast.parties for m in self.told.cast.within(at - 60, at + 60))

    def _planned(self, block: Block, sentence: Span, place: SpanT) -> None:
        """"The lists were to be swapped on the 9th. They were not": a promise, and that it was not kept."""
        if self.due is not None and self.due[0] is block and _WERE_NOT.match(self.told.page.quote(place).strip()):
            self.groups += 1
            span = self.due[1]
            self._add(OLD, span, span, span, "breached", None, block, sentence, True)
            self.drafts[-1].found.spans.append(_trimmed(sentence, block))
        root = sentence.root
        bound = root.lower_ in ("was", "were") and any(c.dep_ == "xcomp" and any(d.lower_ == "to" for d in c.lefts) for c in root.children)
        self.due = (block, _trimmed(sentence, block)) if bound else None

    def item(self, block: Block) -> None:
        """Takes in an item of a list of what was agreed: each is an agreement of its own."""
        self.count += 1
        first = block.sentences()[0]
        start = next((t for t in first if t.is_alpha or t.like_num), first[0])
        last = first[-1]
        while last.i > start.i and last.is_punct:
            last = last.nbor(-1)
        span = block.place_of(start, last)
        if self.told.page.quote(span).strip():
            self.groups += 1
            self._add(NEW, span, span, block.place(first), "agreed", None, block, first, True)

    # -- making -------------------------------------------------------------------------------------------------------

    def _take(self, seed: Seed, place: SpanT) -> None:
        text = self.told.page.quote(place)
        words = self.told.page.quote(seed.span)
        truce = seed.noun is not None and among("truces", seed.noun)
        told = seed.told or status_in(text if len(text) < 400 else words, truce)
        status = self._status(seed, told)
        twin = self._named_before(seed) if seed.kind == OLD else None
        self.groups += 1
        if twin is not None and (seed.vague or not self._new_content(seed, twin)):
            for draft in self._members(twin):
                self._step(draft, status, seed.span, told is not None)
            return
        pieces = [part for piece in seed.pieces for part in self._halves(piece)]
        pieces = [p for p in pieces if not self._only_fate(p)] or pieces[:1]
        issues = [self._issue(piece, place) for piece in pieces]
        done: dict[str, int] = {}
        for i, piece in enumerate(pieces):
            if issues[i] in done and not seed.apart:
                continue
            done[issues[i]] = i
            several = len(pieces) > 1 and (len(set(issues)) > 1 or seed.apart)
            content = piece if several else (pieces[0][0], pieces[-1][1])
            span = seed.span if i == 0 or content == seed.span else content
            if several:
                span = content
            self._add(
                seed.kind, span, content, place, status, seed, seed.block, seed.sentence, seed.joined, issues[i]
            )

    def _halves(self, piece: SpanT) -> list[SpanT]:
        """The two things that are exchanged for each other, or done together."""
        text = self.told.page.quote(piece)
        found = re.search(r",? (?:in return for|in exchange for|against) |, with (?=an? )|[\"”’]? and (?=(?:would|will|are to|is to) )", text)
        if found is None or found.start() < 12 or len(text) - found.end() < 8:
            return [piece]
        return [(piece[0], piece[0] + found.start()), (piece[0] + found.end(), piece[1])]

    def _only_fate(self, piece: SpanT) -> bool:
        """Whether a piece says nothing but what became of the agreement: "stays in force until 2026"."""
        text = self.told.page.quote(piece)
        return len(stems_of(text)) <= 3 and status_in(text, True) is not None

    def _status(self, seed: Seed, told: str | None) -> str:
        if seed.denied:
            return "denied"
        if seed.told is not None:
            return seed.told
        if seed.kind == EXCHANGE:
            return "implemented"
        if seed.kind in (NEW, PROMISE):
            if told in ("in_principle", "denied"):
                return told
            rest = self._without(seed)
            truce = seed.noun is not None and among("truces", seed.noun)
            after = status_in(rest, truce)
            return after if after in ("breached", "lapsed", "partly_implemented", "in_principle") else "agreed"
        if told is not None:
            return told
        return "implemented" if seed.past or seed.present else "agreed"

    def _without(self, seed: Seed) -> str:
        """The sentence without what was agreed in it: what is left tells what became of it."""
        low, high = seed.block.place(seed.sentence)
        text = self.told.page.text
        for start, end in sorted(seed.pieces, reverse=True):
            if low <= start and end <= high and end - start < high - low - 12:
                text = text[:start] + " " * (end - start) + text[end:]
        return text[low:high]

    def _issue(self, span: SpanT, place: SpanT) -> str:
        """The issue of a piece of content: its words but for those of every agreement, which say nothing of it."""
        page = self.told.page
        words = _spare(page.quote(span))
        if _TALKING.search(words[:60]):
            return _LEADERS if _LEADERS in self.told.issues.issues and _CHIEFS.search(page.quote(place)) else _PROCESS
        return self.told.issues.of(words, _spare(page.quote(place)), self.prior)

    def _add(
        self, kind: str, span: SpanT, content: SpanT, place: SpanT, status: str, seed: Seed | None, block: Block,
        sentence: Span, together: bool, issue: str | None = None,
    ) -> None:  # fmt: skip
        page = self.told.page
        words = " ".join(page.quote(content).split())
        issue = issue or self._issue(content, place)
        stems = stems_of(words)
        same = self._same(kind, issue, stems, words, seed)
        when, until = dates_of(self.told, block, sentence, span, kind == OLD)
        if same is not None:
            self._step(same, status, span, kind != NEW)
            same.last = self.count
            same.vague = same.vague and (seed is None or seed.vague)
            if same.found.quantity is None:
                same.found.quantity = quantity_in(words)
            same.found.date, same.found.until = same.found.date or when, same.found.until or until
            same.stems |= stems
            return
        found = AgreementFound(
            spans=[span],
            issue=issue,
            content=words,
            status=status,
            quantity=quantity_in(words) or quantity_in(page.quote(span)),
            parties=parties_of(self.told, place, together or kind in (NEW, OLD)),
            meeting=meeting_of(self.told, place, self.before if self.block is block else None),
            date=when,
            until=until,
            condition=condition_in(page.quote(place)) if kind in (NEW, PROMISE) else None,
            steps=[StepFound(status, [span], when)],
        )
        self.drafts.append(
            Draft(
                found, self.groups, kind, seed.noun if seed else None, stems, self.count,
                vague=seed.vague if seed else False, together=together, dated=seed.dated if seed else False,
            )  # fmt: skip
        )

    # -- linking ------------------------------------------------------------------------------------------------------

    def _same(self, kind: str, issue: str, stems: set[str], words: str, seed: Seed | None) -> Draft | None:
        """The agreement that is told again: the same issue and mostly the same words, or the same number."""
        quantity = quantity_in(words)
        for draft in reversed(self.drafts):
            if draft.found.issue != issue or draft.group == self.groups:
                continue
            if (draft.kind == OLD and draft.dated) != (kind == OLD and seed is not None and seed.dated):
                if not (kind in (EXCHANGE, OLD) and draft.kind in (EXCHANGE, OLD)):
                    continue
            shared = len(stems & draft.stems)
            least = min(len(stems), len(draft.stems))
            if quantity is not None and quantity == draft.found.quantity and shared:
                return draft
            if quantity is not None and draft.found.quantity is not None and quantity[0] != draft.found.quantity[0]:
                continue
            if least and shared / least >= 0.5:
                return draft
        return None

    def _members(self, draft: Draft) -> list[Draft]:
        group = [d for d in self.drafts if d.group == draft.group]
        truces = [d for d in group if d.found.issue == "ceasefire"]
        return truces if draft.noun is not None and among("truces", draft.noun) and truces else group

    def _named_before(self, seed: Seed) -> Draft | None:
        """The agreement that a seed's noun points back to."""
        if seed.noun is None:
            return None
        return self._antecedent(seed.noun, seed.definite and not seed.dated, seed)

    def _antecedent(self, noun: str, pointing: bool, seed: Seed | None) -> Draft | None:
        year = _year(self.told.page.quote(seed.span)) if seed is not None else None
        for draft in reversed(self.drafts):
            if draft.noun is None and draft.kind not in (NEW, EXCHANGE):
                continue
            near = self.count - draft.last <= _REACH
            alike = draft.noun == noun or (
                draft.noun is not None and among("truces", noun) == among("truces", draft.noun)
            ) or (draft.noun is None and (not among("truces", noun) or draft.found.issue == "ceasefire"))
            if not alike:
                continue
            if year is not None:
                if draft.found.date is not None and draft.found.date.start[:4] == year:
                    return draft
                continue
            if pointing and (near or draft.noun == noun):
                return draft
        return None

    def _new_content(self, seed: Seed, twin: Draft) -> bool:
        """Whether a seed tells more than what became of an agreement: its pieces are new words."""
        stems: set[str] = set()
        for piece in seed.pieces:
            stems |= stems_of(self.told.page.quote(piece))
        return len(stems - twin.stems) > 3 and seed.trigger.pos_ == "VERB" and not seed.vague and status_in(
            self.told.page.quote(seed.span), True
        ) in (None, "implemented")

    def _follow(self, block: Block, sentence: Span, place: SpanT, link: Seed | None) -> None:
        """A sentence without an agreement of its own may say what became of one told before."""
        if not self.drafts and link is None:
            return
        text = self.told.page.quote(place)
        other = status_in(text, False) if _SECOND.match(text) else None
        if other is not None and self.drafts and self.block is block:
            self.groups += 1
            span = _trimmed(sentence, block)
            self._add(OLD, span, span, place, other, None, block, sentence, True)
            return
        draft: Draft | None = None
        if link is None and self._held_by_it(block, sentence, place):
            return
        if link is not None and link.noun is not None:
            draft = self._antecedent(link.noun, True, None)
            if draft is None:
                self._known(link, block, sentence, place, text)
                return
        elif self.block is block or self.count - self.drafts[-1].last <= 1:
            last = [d for d in self.drafts if self.count - d.last <= 2]
            lead = next((t.lower_ for t in sentence if t.is_alpha), "")
            stems = stems_of(text)
            touching = [d for d in last if len(d.stems & stems) >= (1 if lead == "the" else 2)]
            if touching:
                draft = touching[-1]
            elif last and self.block is block and (lead in _POINTING or any(t.lower_ in ("it", "them") for t in sentence)):
                draft = last[-1]
        if draft is None:
            return
        truce = draft.found.issue == "ceasefire" or (draft.noun is not None and among("truces", draft.noun))
        status = status_in(text, truce)
        if status is None or (status == "in_principle" and draft.kind == OLD):
            return
        if _supposed(sentence) and status != "in_principle":
            return
        when, until = dates_of(self.told, block, sentence, place, True)
        stems = stems_of(text)
        members = self._members(draft)
        touched = [d for d in members if d.stems & stems] if link is None else members
        for member in touched or members:
            self._step(member, status, _trimmed(sentence, block), True, when)
            member.last = self.count

    def _held_by_it(self, block: Block, sentence: Span, place: SpanT) -> bool:
        """"It halved the duties for ninety days": what an agreement told just before holds."""
        last = self.drafts[-1] if self.drafts else None
        root = sentence.root
        if last is None or self.block is not block or self.count - last.last > 2 or not among("holds", root.lower_):
            return False
        if last.noun is None or not any(c.dep_ == "nsubj" and c.lower_ == "it" for c in root.children) or _supposed(sentence):
            return False
        span = _trimmed(sentence, block)
        content = block.place_of(root, root.right_edge)
        words = " ".join(self.told.page.quote(content).split())
        last.found.spans.append(span)
        last.stems |= stems_of(words)
        last.last = self.count
        if last.vague or last.found.quantity is None:
            last.found.quantity = quantity_in(self.told.page.quote(span)) or last.found.quantity
        last.found.content, last.vague = words, False
        last.found.issue = self._issue(span, place)
        return True

    def _known(self, link: Seed, block: Block, sentence: Span, place: SpanT, text: str) -> None:
        """An agreement that the text has not told before, and says what became of: "the truce was broken"."""
        truce = link.noun is not None and among("truces", link.noun)
        status = status_in(text, truce)
        if status not in ("breached", "lapsed", "implemented", "partly_implemented") or _supposed(sentence):
            return
        self.groups += 1
        self._add(OLD, link.span, link.pieces[0], place, status, link, block, sentence, False)

    def _step(self, draft: Draft, status: str, span: SpanT, decided: bool, when: object = None) -> None:
        found = draft.found
        if span not in found.spans:
            found.spans.append(span)
        if not decided and status == "agreed":
            return
        before = found.status
        new = "implemented" if draft.kind == EXCHANGE and status == "partly_implemented" else status
        if before == "implemented" and status in ("breached", "lapsed") and draft.kind != EXCHANGE:
            new = "partly_implemented" if status == "breached" and draft.base == "kept" else status
        if before in ("breached", "lapsed") and status in ("agreed", "implemented", "in_principle"):
            new = before
        if before in _TERMINAL and status == "agreed":
            new = before
        if status != "agreed" or before in ("agreed", "in_principle"):
            found.steps.append(StepFound(status, [span], when if when is not None else None))  # type: ignore[arg-type]
        found.status = new

    # -- the end ------------------------------------------------------------------------------------------------------

    def entries(self) -> list[AgreementFound]:
        """The agreements, in the order of the text; one that only says that there is a deal is left to those it holds."""
        telling = [d for d in self.drafts if not d.vague]
        kept = []
        for draft in self.drafts:
            if draft.vague and draft.kind == NEW and any(d.kind in (NEW, PROMISE) for d in telling):
                continue
            kept.append(draft.found)
        for found in kept:
            found.spans.sort()
        return sorted(kept, key=lambda f: f.spans[0])


def _supposed(sentence: Span) -> bool:
    """Whether a sentence says what would be, not what is."""
    return any(t.lower_ in ("would", "could", "if", "should", "must", "may", "might", "unless") for t in sentence)


def _trimmed(sentence: Span, block: Block) -> SpanT:
    last = sentence[-1]
    while last.i > sentence[0].i and (last.is_punct or last.is_space):
        last = last.nbor(-1)
    return block.place_of(sentence[0], last)


def _year(text: str) -> str | None:
    found = re.search(r"\b(?:19|20)\d\d\b", text)
    return found.group() if found else None
