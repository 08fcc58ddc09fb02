"""Attribution by set phrases beside the words: "…", so X; if one believes X; On the tolls: "…"; by mouth of X: "…"."""

from __future__ import annotations

from dragoman.extract.attribution_attitudes import Attitudes
from dragoman.extract.attribution_speakers import FINITE, Draft, Range

_TOPIC = frozenset(("on", "about", "regarding", "concerning"))
_BELIEVING = frozenset(("believe", "believes", "trust", "trusts"))
_ANYBODY = frozenset(("one", "you", "we"))
_MAIL = frozenset(("mail", "mails", "mailed"))


class Asides(Attitudes):
    """Finders whose cue is no verb of saying and no noun of it."""

    def believed(self, i: int) -> Draft | None:
        """…, if one believes X; if X is to be believed, …"""
        t = self.t
        if t.low[i] in _BELIEVING and i > 1 and t.low[i - 1] in _ANYBODY and t.low[i - 2] == "if":
            head = self._nominal_after(i + 1) if i + 1 < t.n else -1
            draft = self._around(Draft(cue=[(i - 2, i)]), i, head, i - 2) if head >= 0 else None
            return self._last_relative(draft) if draft is not None else None
        if t.low[i] != "believed" or i < 5 or t.low[i - 3] not in ("is", "are") or t.low[i - 2 : i] != ["to", "be"]:
            return None
        begin = next((k for k in range(i - 4, max(-1, i - 12), -1) if t.low[k] == "if"), -1)
        head = self._nominal_after(begin + 1) if begin >= 0 else -1
        if head < 0 or head > i - 4:
            return None
        return self._around(Draft(cue=[(begin, begin), (i - 3, i)]), head, head, begin, end=i)

    def _last_relative(self, draft: Draft) -> Draft:
        """The doubt falls on the nearest clause: they spoke on Friday, which took an hour, if you believe him."""
        t = self.t
        for n, (first, last) in enumerate(draft.content):
            which = next((k for k in range(last, first, -1) if t.low[k] == "which" and t.low[k - 1] == ","), -1)
            if which > first and last - which > 2:
                draft.content[n] = (which + 1, last)
        return draft

    def e_mailed(self, i: int) -> Draft | None:
        """“…,” he e-mails: three tokens to the parser, and no verb."""
        t = self.t
        if t.low[i] not in _MAIL or i < 4 or t.low[i - 2 : i] != ["e", "-"] or not self._near_comma_quote(i - 3):
            return None
        k = i - 3
        while k > 0 and t.quoted[k - 1] < 0 and t.low[k - 1] != ",":
            k -= 1
        q = next((t.quoted[m] for m in range(k - 1, max(-1, k - 3), -1) if t.quoted[m] >= 0), -1)
        if q < 0 or q in self.taken:
            return None
        return Draft(cue=[(i - 2, i)], source=[(k, i - 3)], quotes=[q], verb=i, frame="quotation")

    def so_quoted(self, q: int) -> Draft | None:
        """«…,» so the mayor: no verb at all."""
        t = self.t
        _start, end = t.spans[q]
        k = end + (end < t.n and t.low[end] == ",")
        last = t.last_inner(q)
        if (
            k + 1 >= t.n
            or t.low[k] not in ("so", "thus")
            or last < 0
            or (k == end and t.low[last] not in (",", "!", "?"))
        ):
            return None
        head = self._nominal_after(k + 1)
        b = t.stretches[t.stretch[k]][1]
        if not 0 <= head < b or any(t.tag[m] in FINITE for m in range(head, min(head + 4, b))):
            return None
        if not self._actor(head):
            return None
        return Draft(cue=[(k, k)], source=self.source(head, k), quotes=[q], frame="quotation")

    def topic(self, q: int, drafts: list[Draft]) -> Draft | None:
        """On the tolls: “…” He added …: a heading for what somebody says whom the sentences around it name."""
        t = self.t
        start = t.spans[q][0]
        a = t.stretches[t.stretch[start]][0]
        if t.low[a] not in _TOPIC or t.low[start - 1] != ":" or start - a > 12 or not self._sentential(q):
            return None
        if any(t.tag[k] in FINITE or t.quoted[k] >= 0 for k in range(a, start)):
            return None
        after = [d for d in drafts if d.source and d.cue[0][0] > start]
        before = [d for d in drafts if d.source and d.cue[0][0] < a]
        near: list[Range] = before[-1].source if before else after[0].source if after else []
        return Draft(cue=[(start - 1, start - 1)], source=near, quotes=[q], frame="topic")

    def deputy(self, a: int, colon: int) -> list[Range]:
        """Who speaks, or wrote, before a colon: by mouth of X: “…”; in her letter, …, stands: “…”."""
        t = self.t
        for k in range(a, colon - 2):
            if t.low[k] == "mouth" and t.low[k + 1] == "of":
                head = self._nominal_after(k + 2)
                if 0 <= head < colon:
                    return self.source(head, -1)
        if t.low[a] == "in":
            noun = t.kid(a, "pobj")
            if a < noun < colon and self._messages(noun) and t.low[noun + 1] in (",", "stands", "there", "it"):
                return self._owner(noun, colon)
        return []
