"""Whose document it is, and what it is called, as its first lines say."""

import pytest

from kb.intake.document_reader.opening_lines import opening_metadata

BODY = "\n\nThe pier was mended in the year that followed, and it is open to all who want to walk on it.\n"
HAN_BODY = "\n\n码头在第二年修好，现在向所有想去散步的人开放，门票和过去一样不收钱。\n"


@pytest.mark.parametrize(
    ("text", "title", "author"),
    [
        ("<!-- made by a script -->\n\n![badge](b.svg)\n\n# The pier" + BODY, "The pier", ""),
        ("TOLLBY -- When the wind had dropped, Ann\nAsh walked to the pier." + BODY, "", ""),
        ("PORT ELLA, Sept. 3 (Wire) — The pier is open." + BODY, "", ""),
        ("A pier — and its price" + BODY, "A pier — and its price", ""),
        (
            "柳城市审计局\n2026年第4号审计结果公告（总第73号）\n\n码头建设专项审计结果" + HAN_BODY,
            "码头建设专项审计结果",
            "柳城市审计局",
        ),
        ("码头重开\n\n本报记者 顾念秋" + HAN_BODY, "码头重开", "顾念秋"),
        ("码头重开\n\n2026-01-16 07:32 记者 沈若棠 阅读 12" + HAN_BODY, "码头重开", "沈若棠"),
        ("码头重开\n\n记者：沈若棠" + HAN_BODY, "码头重开", "沈若棠"),
        ("码头重开\n\n记者 沈若棠，2026年4月8日" + HAN_BODY, "码头重开", "沈若棠"),
        ("码头重开\n\n清河县水务局，2026年4月8日" + HAN_BODY, "码头重开", "清河县水务局"),
        ("码头重开\n\n清河县水务局（2026年4月8日）" + HAN_BODY, "码头重开", "清河县水务局"),
        ("The pier is open\n\nBy Ann Ash, 8 April 2026" + BODY, "The pier is open", "Ann Ash"),
        ("Der Steg ist offen\n\nBerichterstatterin: Dr. Wiebke Anger" + BODY, "Der Steg ist offen", "Wiebke Anger"),
        ("Der Steg ist offen\n\nVon Karl Moor" + BODY, "Der Steg ist offen", "Karl Moor"),
        ("Von allen guten Stegen" + BODY, "Von allen guten Stegen", ""),
        ("# Der Steg\n\nRechnungskammer Nordmark, 20. April 2026" + BODY, "Der Steg", "Rechnungskammer Nordmark"),
        (
            "# Pier data\n\nFigures of the pier. Kept up by the Tollby Pier Group." + BODY,
            "Pier data",
            "Tollby Pier Group",
        ),
        ("# Pier data\n\nThe pier is run by volunteers." + BODY, "Pier data", ""),
    ],
)
def test_the_first_lines_say_what_a_text_is_called_and_who_wrote_it(text, title, author):
    found = opening_metadata(text)
    assert (found.title.value if found.title else "", *(guess.value for guess in found.authors)) == (
        (title, author) if author else (title,)
    )


def test_a_date_in_a_table_is_not_that_of_the_text():
    assert opening_metadata("# The pier" + BODY + "\n| probe | 2023-05-14 |\n").issued is None
