"""Which language is meant? Names and old codes that bibliographies use, as BCP 47 tags; else what the title shows."""

import re

from kb.intake.paper.opening import language_of

_NAMES = """
en english eng anglais; en-US american usenglish; en-GB british ukenglish; en-AU australian; en-CA canadian
de german ngerman deutsch ger deu; de-AT austrian naustrian; fr french francais français fre fra; es spanish español spa
it italian italiano ita; pt portuguese portugues português por; pt-BR brazilian brazil; nl dutch nederlands dut nld
zh chinese chi zho 中文 汉语 漢語; ja japanese jpn 日本語; ko korean kor 한국어; ru russian rus русский; pl polish pol
sv swedish swe; da danish dan; nb norwegian norsk nor; fi finnish fin; cs czech cze ces; el greek gre ell
tr turkish tur; ar arabic ara; he hebrew heb; uk ukrainian ukr; hu hungarian magyar hun; la latin lat; ca catalan cat
ro romanian rum ron
"""
_TAGS = {
    name: tag
    for line in re.split(r"[;\n]", _NAMES.strip())
    for tag, *names in [line.split()]
    for name in (tag.lower(), *names)
}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")


def language_tag(said: str, title: str, otherwise: str = "") -> tuple[str, str]:
    """The tag for what is ``said``, else ``otherwise``, else for what ``title`` shows, else ``und``.

    With it comes a remark; empty where somebody said it.

    >>> language_tag("ngerman", ""), language_tag("en_GB", ""), language_tag("", "Flotte")[0]
    (('de', ''), ('en-GB', ''), 'und')
    """
    name = said.strip().replace("_", "-")
    if tag := _TAGS.get(name.lower()) or (name if _TAG.fullmatch(name) else ""):
        return tag, ""
    other = f" (the bibliography says '{name}')" if name else ""
    if otherwise and not name:
        return otherwise, ""
    if guess := language_of(title, least=2):
        return guess.value, f"language is a guess from the title{other}"
    return "und", f"language: nobody says; write its tag in place of und{other}"
