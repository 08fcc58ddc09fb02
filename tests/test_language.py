"""Which language a report is in."""

from __future__ import annotations

import pytest

from dragoman.extract.language import language_of


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The talks ended without a result on Tuesday."),
        ("en", "The Tarsenian envoy Halvard Onsey met Ombria's Leyd Omarin at Kassavel, the Karst ministry said."),
        ("ru", "Министр сказал, что переговоры продолжатся завтра."),
        ("uk", "Переговори завершилися без результату, сказала речниця міністерства. Її країна чекає на відповідь."),
        ("de", "Die Verhandlungen wurden am Dienstag ohne Ergebnis vertagt."),
        ("fr", "Les négociations ont échoué mardi soir."),
        ("tr", "Görüşmeler salı günü sonuçsuz sona erdi."),
        ("ar", "انتهت المحادثات دون اتفاق يوم الثلاثاء"),
    ],
)
def test_a_sentence_is_enough(code: str, text: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize("text", ["", "OK", "12345 67890 " * 40, "Talks"])
def test_too_little_to_tell(text: str) -> None:
    assert language_of(text) is None


def test_of_a_long_text_all_parts_are_looked_at() -> None:
    russian = "Министр сказал, что переговоры продолжатся завтра. " * 200
    assert language_of("The talks go on. " + russian) == "ru"
