"""Agreements put together from the sentences of a page that speak of them."""

from __future__ import annotations

from dragoman.extract.agreement_clauses import (
    BE,
    EXCHANGE,
    LINK,
    NEW,
    OLD,
    PROMISE,
    Seed,
    infinitive,
    stretch,
    subjects_over,
)
from dragoman.extract.agreement_drafts import Draft, Words, stems_of, supposed, trimmed, year_in
from dragoman.extract.agreement_fields import (
    both,
    condition_in,
    meeting_of,
    parties_of,
    quantity_in,
    settled,
    status_in,
    times_of_agreement,
)
from dragoman.extract.agreement_words import agreement_words, among
from dragoman.extract.findings import AgreementFound, SpanT, StepFound, WhenFound
from dragoman.extract.page import Block
from dragoman.extract.parsed import Span
from dragoman.extract.time_days import settle_when
from dragoman.extract.told import Told

_POINTING = frozenset(
    {"it", "this", "that", "they", "both", "neither", "nobody", "the", "none", "its", "one", "only", "but", "no"}
)
_TERMINAL = ("partly_implemented", "breached", "lapsed", "implemented", "denied")
_REACH = 5


class Ledger:
    """Collects the agreements of a page sentence by sentence."""

    def __init__(self, told: Told) -> None:
        """`told` is the page with its cast, statements, meetings and issues."""
        self.told = told
        self.drafts: list[Draft] = []
        self.count = 0
        self.groups = 0
        self.before: SpanT | None = None
        self.block: Block | None = None
        self.seeded_at = -10
        self.words = Words(told)
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
                name = self.told.page.quote((mention.start, mention.end)).lower()
                if mention.form == "name" and name.endswith(" " + seed.noun):
                    return any(a < mention.end and mention.start < b for a, b in seed.pieces)
        return False

    def _going_on(self, block: Block, sentence: Span, place: SpanT) -> Seed | None:
        """A sentence that goes on with what was agreed: "In return …", "It is to …", right after a new agreement."""
        arranged = self._arranged(block, sentence, place)
        if arranged is not None:
            return arranged
        new = [d for d in self.drafts if d.kind == NEW and self.count - d.last <= 8 and d.found.status == "agreed"]
        if not new:
            return None
        words = [t.lower_ for t in sentence[:4]]
        back = words[:2] in (["in", "return"], ["in", "exchange"]) or (words[:1] == ["under"] and words[1:2] == ["it"])
        verb = sentence.root
        if (
            verb.dep_ == "ccomp"
            or verb.pos_ not in ("VERB", "AUX")
            or (any(c.dep_ == "neg" for c in verb.children) and not back)
        ):
            return None
        subjects = subjects_over(verb)
        if not back:
            near = self.block is block and self.seeded_at == self.count - 1
            party = subjects and self.words.is_side(subjects[0], block)
            future = any(c.lower_ in ("will", "shall") and c.dep_ == "aux" for c in verb.children)
            bound = verb.lower_ in ("is", "are") and any(
                c.dep_ == "xcomp" and c.left_edge.lower_ == "to" for c in verb.children
            )
            if not (
                (future and party) or (bound and near and subjects and not self.words.is_person(subjects[0], block))
            ):
                return None
            if (
                self.words.said(place)
                or among("going", verb.lower_)
                or any(t.lower_ in ("if", "unless", "“", '"') for t in sentence)
            ):
                return None
            if subjects[0].lower_ == "it" and not bound:
                return None
        first, last = stretch(verb)
        if subjects:
            first = min(first, stretch(subjects[0])[0])
        span = block.place_of(sentence.doc[max(first, sentence.start)], sentence.doc[min(last, sentence.end - 1)])
        issue = self.words.issue(span, place)
        if not back and issue in ("process", "other", "leaders_meeting") and not bound:
            return None
        if not back and not bound and issue not in {d.found.issue for d in new}:
            return None
        return Seed(block, sentence, verb, NEW, span, [span])

    def _arranged(self, block: Block, sentence: Span, place: SpanT) -> Seed | None:
        """What the report says is to be done, on a page of agreements: "The bodies are to be flown home by May"."""
        verb = sentence.root
        if verb.lower_ in ("is", "are"):
            inner = next((c for c in verb.children if c.dep_ == "xcomp" and infinitive(c)), None)
        else:
            inner = verb if any(c.lower_ == "shall" and c.dep_ == "aux" for c in verb.children) else None
        if inner is None or (inner.lower_ in BE and not any(c.dep_ in ("acomp", "auxpass") for c in inner.children)):
            return None
        subjects = subjects_over(verb)
        if not subjects or self.words.said(place) or among("going", inner.lower_):
            return None
        subject = subjects[0]
        side = self.words.is_side(subject, block) or self.words.is_person(subject, block)
        if (
            side
            or subject.tag_ not in ("NN", "NNS")
            or among("together", subject.lower_)
            or among("papers", subject.lower_)
        ):
            return None
        if among("not_terms", subject.lower_) or any(
            t.lower_ in ("if", "unless", "who", "whether", "not", "yet", "“", '"', "would", "wants") for t in sentence
        ):
            return None
        told = any(d.kind in (NEW, PROMISE) for d in self.drafts)
        captive = any(among("captives", t.lower_) for t in subject.subtree)
        if not (told or captive):
            return None
        first, last = stretch(verb)
        first = min(first, stretch(subject)[0])
        span = block.place_of(sentence.doc[max(first, sentence.start)], sentence.doc[min(last, sentence.end - 1)])
        return Seed(block, sentence, verb, NEW, span, [span])

    def _planned(self, block: Block, sentence: Span, place: SpanT) -> None:
        """As in "The lists were to be swapped on the 9th. They were not": a promise, and that it was not kept."""
        if (
            self.due is not None
            and self.due[0] is block
            and agreement_words().patterns["were_not"].match(self.told.page.quote(place).strip())
        ):
            self.groups += 1
            span = self.due[1]
            self._add(OLD, span, span, span, "breached", None, block, sentence, True)
            self.drafts[-1].found.spans.append(trimmed(sentence, block))
        root = sentence.root
        bound = root.lower_ in ("was", "were") and any(
            c.dep_ == "xcomp" and any(d.lower_ == "to" for d in c.lefts) for c in root.children
        )
        self.due = (block, trimmed(sentence, block)) if bound else None

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
        ahead = any(c.dep_ == "aux" and c.lower_ in ("will", "shall", "would") for c in seed.trigger.children)
        status = self._status(seed, None if ahead and told == "implemented" else told)
        twin = self._named_before(seed) if seed.kind == OLD else None
        self.groups += 1
        if twin is not None and (seed.vague or not self._new_content(seed, twin)):
            for draft in self._members(twin):
                self._step(draft, status, seed.span, told is not None)
            return
        pieces = [part for piece in seed.pieces for part in self.words.halves(piece)]
        pieces = [p for p in pieces if not self.words.only_fate(p)] or pieces[:1]
        issues = [self.words.issue(piece, place, self.before) for piece in pieces]
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
            self._add(seed.kind, span, content, place, status, seed, seed.block, seed.sentence, seed.joined, issues[i])

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
            rest = self.words.without(seed)
            truce = seed.noun is not None and among("truces", seed.noun)
            after = status_in(rest, truce)
            return after if after in ("breached", "lapsed", "partly_implemented", "in_principle") else "agreed"
        if told is not None:
            return told
        return "implemented" if seed.past or seed.present else "agreed"

    def _add(
        self, kind: str, span: SpanT, content: SpanT, place: SpanT, status: str, seed: Seed | None, block: Block,
        sentence: Span, together: bool, issue: str | None = None,
    ) -> None:  # fmt: skip
        page = self.told.page
        words = " ".join(page.quote(content).split())
        issue = issue or self.words.issue(content, place)
        stems = stems_of(words)
        same = self._same(kind, issue, stems, words, seed)
        when, until = times_of_agreement(page, block, sentence, span)
        if same is not None:
            self._step(same, status, span, kind != NEW)
            same.last = self.count
            same.vague = same.vague and (seed is None or seed.vague)
            if same.found.quantity is None:
                same.found.quantity = quantity_in(words)
            again, written = same.found, self.told.dated
            again.when, again.until_when = both(again.when, when), both(again.until_when, until)
            again.date = settled(again.when, written)
            again.until = settle_when(again.until_when, written) if again.until_when else None
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
            date=settled(when, self.told.dated),
            until=settle_when(until, self.told.dated) if until else None,
            condition=condition_in(page.quote(place)) if kind in (NEW, PROMISE) else None,
            steps=[StepFound(status, [span], settled(when, self.told.dated), when)],
            when=when,
            until_when=until,
        )
        self.drafts.append(
            Draft(
                found,
                self.groups,
                kind,
                seed.noun if seed else None,
                stems,
                self.count,
                vague=seed.vague if seed else False,
                dated=seed.dated if seed else False,
            )
        )

    # -- linking ------------------------------------------------------------------------------------------------------

    def _same(self, kind: str, issue: str, stems: set[str], words: str, seed: Seed | None) -> Draft | None:
        """The agreement that is told again: the same issue and mostly the same words, or the same number."""
        quantity = quantity_in(words)
        for draft in reversed(self.drafts):
            if draft.found.issue != issue or draft.group == self.groups:
                continue
            history = (draft.kind == OLD and draft.dated) != (kind == OLD and seed is not None and seed.dated)
            if history and not (kind in (EXCHANGE, OLD) and draft.kind in (EXCHANGE, OLD)):
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
        year = year_in(self.told.page.quote(seed.span)) if seed is not None else None
        for draft in reversed(self.drafts):
            if draft.noun is None and draft.kind not in (NEW, EXCHANGE):
                continue
            near = self.count - draft.last <= _REACH
            alike = (
                draft.noun == noun
                or (draft.noun is not None and among("truces", noun) == among("truces", draft.noun))
                or (draft.noun is None and (not among("truces", noun) or draft.found.issue == "ceasefire"))
            )
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
        return (
            len(stems - twin.stems) > 3
            and seed.trigger.pos_ == "VERB"
            and not seed.vague
            and status_in(self.told.page.quote(seed.span), True) in (None, "implemented")
        )

    def _follow(self, block: Block, sentence: Span, place: SpanT, link: Seed | None) -> None:
        """A sentence without an agreement of its own may say what became of one told before."""
        if not self.drafts and link is None:
            return
        text = self.told.page.quote(place)
        other = status_in(text, False) if agreement_words().patterns["second"].match(text) else None
        if other is not None and self.drafts and self.block is block:
            self.groups += 1
            span = trimmed(sentence, block)
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
            elif (
                last
                and self.block is block
                and (lead in _POINTING or any(t.lower_ in ("it", "them") for t in sentence))
            ):
                draft = last[-1]
        if draft is None:
            return
        truce = draft.found.issue == "ceasefire" or (draft.noun is not None and among("truces", draft.noun))
        status = status_in(text, truce)
        if status is None or (status == "in_principle" and draft.kind == OLD):
            return
        if supposed(sentence) and status != "in_principle":
            return
        when, _ = times_of_agreement(self.told.page, block, sentence, place)
        stems = stems_of(text)
        members = self._members(draft)
        touched = [d for d in members if d.stems & stems] if link is None else members
        for member in touched or members:
            self._step(member, status, trimmed(sentence, block), True, when)
            member.last = self.count

    def _held_by_it(self, block: Block, sentence: Span, place: SpanT) -> bool:
        """As in "It halved the duties for ninety days": what an agreement told just before holds."""
        last = self.drafts[-1] if self.drafts else None
        root = sentence.root
        if last is None or self.block is not block or self.count - last.last > 2 or not among("holds", root.lower_):
            return False
        if (
            last.noun is None
            or not any(c.dep_ == "nsubj" and c.lower_ == "it" for c in root.children)
            or supposed(sentence)
        ):
            return False
        span = trimmed(sentence, block)
        content = block.place_of(root, root.right_edge)
        words = " ".join(self.told.page.quote(content).split())
        last.found.spans.append(span)
        last.stems |= stems_of(words)
        last.last = self.count
        if last.vague or last.found.quantity is None:
            last.found.quantity = quantity_in(self.told.page.quote(span)) or last.found.quantity
        last.found.content, last.vague = words, False
        last.found.issue = self.words.issue(span, place)
        return True

    def _known(self, link: Seed, block: Block, sentence: Span, place: SpanT, text: str) -> None:
        """An agreement that the text has not told before, and says what became of: "the truce was broken"."""
        truce = link.noun is not None and among("truces", link.noun)
        status = status_in(text, truce)
        if status not in ("breached", "lapsed", "implemented", "partly_implemented") or supposed(sentence):
            return
        self.groups += 1
        self._add(OLD, link.span, link.pieces[0], place, status, link, block, sentence, False)

    def _step(self, draft: Draft, status: str, span: SpanT, decided: bool, when: WhenFound | None = None) -> None:
        found = draft.found
        if span not in found.spans:
            found.spans.append(span)
        if not decided and status == "agreed":
            return
        before = found.status
        new = "implemented" if draft.kind == EXCHANGE and status == "partly_implemented" else status
        if before in ("breached", "lapsed") and status in ("agreed", "implemented", "in_principle"):
            new = before
        if before in _TERMINAL and status == "agreed":
            new = before
        if status != "agreed" or before in ("agreed", "in_principle"):
            found.steps.append(StepFound(status, [span], settled(when, self.told.dated), when))
        found.status = new

    # -- the end ------------------------------------------------------------------------------------------------------

    def entries(self) -> list[AgreementFound]:
        """The agreements, in the order of the text; bare news of a deal gives way to what it holds."""
        telling = [d for d in self.drafts if not d.vague]
        kept = []
        for draft in self.drafts:
            if draft.vague and draft.kind == NEW and any(d.kind in (NEW, PROMISE) for d in telling):
                continue
            kept.append(draft.found)
        for found in kept:
            found.spans.sort()
        return sorted(kept, key=lambda f: f.spans[0])
