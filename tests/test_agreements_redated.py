"""Agreements of documents that get another date: what they are compared by changes with it."""

from __future__ import annotations

import json
from pathlib import Path

import dragoman
from dragoman.store.writing import redate_documents

TOLD = (
    "On Tuesday Velcora and Tashmere agreed to exchange prisoners at the border, Velcora's foreign minister Mara"
    " Destrin said in Ambry."
)


def test_an_agreement_goes_where_its_new_date_belongs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TOLD, encoding="utf-8")
    (tmp_path / "a.txt.meta.json").write_text(json.dumps({"published": "2031-05-08"}), encoding="utf-8")
    with dragoman.read(tmp_path / "a.txt", tmp_path / "r.db") as record:
        [before] = record.agreements
        assert before.date
        assert before.date.from_ == "2031-05-06"
        [document] = record.documents
        record._database.write(lambda connection: redate_documents(connection, {document.id: (None, [])}))
        [after] = record.agreements
        assert after.date is None
        assert (after.id, after.content) == (before.id, before.content)
