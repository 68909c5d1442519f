"""One rule says which characters a recorded text may hold."""

import pytest

from kb.domain.characters import character_name, forbidden_characters, is_blank, with_visible_characters
from kb.domain.identity import author_problems


def test_the_forbidden_characters_are_those_that_steer_and_those_that_are_none() -> None:
    forbidden = {code for code in range(0x110000) if any(forbidden_characters(chr(code)))}
    controls = {*range(0x20), *range(0x7F, 0xA0)} - {ord("\t"), ord("\n")}
    separators, directions = {0x2028, 0x2029}, {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
    nothing = {*range(0xFDD0, 0xFDF0), 0xFEFF, *range(0xD800, 0xE000)}
    ends = {plane + end for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)}
    assert forbidden == controls | separators | directions | nothing | ends


@pytest.mark.parametrize(
    "text",
    [
        "café",
        "two\nlines\tand a tab",
        "می\u200cخواهم",
        "\u200fعربي\u200e 5%",
        "👩\u200d🔬",
        "烂账经济学，“毛利率”",
        "Ⅳ ½ ²",
        "a\u00a0b\u202fc\u3000d",
        "soft\u00adhyphen",
        "\U00020000",
    ],
)
def test_what_people_write_is_allowed(text: str) -> None:
    assert list(forbidden_characters(text)) == []
    assert with_visible_characters(text) == text


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\x00", "U+0000 NULL"),
        ("\x1b", "U+001B ESCAPE"),
        ("\x9b", "U+009B control character"),
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2066", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("\ufffe", "U+FFFE noncharacter"),
        ("\U0010ffff", "U+10FFFF noncharacter"),
        ("\udcff", "U+DCFF surrogate"),
    ],
)
def test_a_forbidden_character_is_named_and_becomes_visible(char: str, name: str) -> None:
    ((offset, found),) = forbidden_characters(f"$1{char}00")
    assert (offset, character_name(found)) == (2, name)
    assert with_visible_characters(f"$1{char}00") == "$1·00"


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u00a0\u3000", "\u200b", "\u2060\u00ad", "\u200f"])
def test_what_shows_nothing_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize(
    ("actor", "reason", "where"),
    [
        ("\u200b", "why", ["actor"]),
        (" ", "\n", ["actor", "reason"]),
        ("a\nb", "two\nlines", ["actor"]),
        ("ada\x1b[2J", "why\u202e", ["actor", "reason"]),
        ("ада", "потому", []),
    ],
)
def test_an_actor_is_one_line_and_a_reason_says_something(actor: str, reason: str, where: list[str]) -> None:
    assert [problem.where for problem in author_problems(actor, reason)] == where
