"""Words that signal a stance, a voice or a subject beside a number, in English and Chinese. Data only."""

from collections.abc import Mapping

from kb.domain.entity import Stance


def _cues(text: str) -> tuple[str, ...]:
    return tuple(cue for line in text.split("|") if (cue := line.strip()))


NEGATING: Mapping[str, tuple[str, ...]] = {
    "en": _cues(
        "not|never|no longer|nor|isn't|aren't|wasn't|weren't|doesn't|don't|didn't|won't|can't|cannot|rather than|"
        "instead of"
    ),
    "zh": _cues("不是|并非|并不是|而不是|没有|从未|绝非"),
}
"""What denies a number when it stands right before it."""

STANCES: tuple[tuple[Stance, Mapping[str, tuple[str, ...]]], ...] = (
    (
        Stance.HYPOTHETICAL,
        {
            "en": _cues(
                "if|suppose|supposing|imagine|what if|were to|hypothetically|hypothetical|say you|let's say|in theory|"
                "even if|for example"
            ),
            "zh": _cues("如果|假如|假设|假定|倘若|要是|设想|比方说|假使|即使|例如|比如"),
        },
    ),
    (
        Stance.ASSUMED,
        {
            "en": _cues("assume|assumes|assuming|assumed|assumption|assumptions"),
            "zh": _cues("假定为|姑且|暂且按|按照假设"),
        },
    ),
    (
        Stance.ALLEGED,
        {
            "en": _cues(
                "alleged|allegedly|alleges|allege|allegation|accuses|accused|accusing|accusation|purported|purportedly|"
                "supposedly|so-called"
            ),
            "zh": _cues("指控|据称|涉嫌|声称|控诉|所谓|指责"),
        },
    ),
    (
        Stance.PROJECTED,
        {
            "en": _cues(
                "project|projects|projected|projection|projections|forecast|forecasts|forecasted|expects|expected|"
                "anticipates|plans to|planned|will|by the end of|target|targets|on track|guidance|would reach|set to"
            ),
            "zh": _cues("预计|预测|预期|计划|将会|将达|有望|目标|预估将|料将"),
        },
    ),
    (
        Stance.ESTIMATED,
        {
            "en": _cues(
                "estimate|estimates|estimated|estimating|reckons|reckoned|guess|guesses|ballpark|back-of-the-envelope|"
                "probably|likely|perhaps|maybe|might|i think|we think"
            ),
            "zh": _cues("估计|估算|推算|大概|可能|或许|粗略|粗算|猜测|也许"),
        },
    ),
    (
        Stance.MEASURED,
        {
            "en": _cues(
                "measured|measures|measurement|counted|audited|tested|benchmarked|observed|recorded|surveyed|survey|"
                "census|tracked|logged|sampled"
            ),
            "zh": _cues("实测|测得|测量|统计|审计|调查|清点|记录到|抽样"),
        },
    ),
    (
        Stance.DERIVED,
        {
            "en": _cues(
                "works out to|works out at|implies|implying|implied|which means|meaning that|comes to|adds up to|hence|"
                "therefore|thus|equals|amounts to|translates to|in other words|so that is|that is to say"
            ),
            "zh": _cues("也就是|意味着|相当于|因此|所以|等于|算下来|合计|折合|推出|由此"),
        },
    ),
    (
        Stance.REPORTED,
        {
            "en": _cues(
                "reported|reportedly|reports|according to|said|says|told|announced|disclosed|revealed|claims|claimed|"
                "wrote|writes|cited|stated|states|confirmed|published"
            ),
            "zh": _cues("据报道|报道|据悉|据了解|据统计|据估计|表示|宣布|披露|透露|指出|称|说|写道|公布|引用"),
        },
    ),
)
"""Cues of each stance; an earlier one is stronger where several stand in a sentence."""

SAYING = frozenset(
    _cues(
        "said|says|say|told|tells|reported|reports|estimates|estimated|claims|claimed|argues|argued|writes|wrote|"
        "announced|disclosed|revealed|found|finds|calculated|calculates|projects|projected|expects|forecasts|measured|"
        "notes|noted|states|stated|suggests|suggested|believes|alleges|alleged|warned|warns|counted|published"
    )
)
"""Verbs whose subject is a voice."""

ATTRIBUTING = _cues(
    "according to|as reported by|reported by|estimated by|published by|cited by|per data from|data from|said by"
)
"""What stands before the name of a voice."""

HAN_SAYING = _cues("表示|指出|认为|估计|估算|宣布|披露|透露|预计|预测|报道|称|说|写道|发现|公布|测算|声称|承认")
"""What stands behind the name of a voice in Chinese."""

HAN_ATTRIBUTING = _cues("根据|按照|据|来自|引用")
"""What stands before it."""

STOPS = frozenset(
    _cues(
        "a|an|the|this|that|these|those|it|its|they|their|he|she|his|her|we|our|you|your|i|my|who|which|what|when|where|"
        "how|why|and|or|but|nor|so|yet|if|then|than|as|at|by|for|from|in|into|of|off|on|onto|out|over|per|to|up|with|"
        "within|without|about|above|after|against|among|around|before|behind|below|between|beyond|during|except|since|"
        "through|under|until|via|while|is|are|was|were|be|been|being|am|do|does|did|done|has|have|had|having|will|would|"
        "can|could|may|might|must|shall|should|not|no|never|only|just|even|also|still|already|now|very|much|more|most|"
        "less|least|many|few|some|any|all|each|every|both|either|neither|other|another|such|same|there|here|one|get|"
        "gets|got|make|makes|made|take|takes|took|go|goes|went|say|says|said|told|according|roughly|nearly|almost|"
        "exactly|total|worth|like|because|though|although|however|them|us|him|me|down|again|too|well|really|s|t|toward|"
        "towards|last|next|previous|first|second|third|past|later|early|late|today|tomorrow|yesterday|instead|rather|"
        "january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|"
        "wednesday|thursday|friday|saturday|sunday|least|enough|perhaps|maybe|ago|once|twice|million|billion|trillion"
    )
)
"""Words that never name what is measured."""

VERBS = frozenset(
    _cues(
        "costs|cost|pays|paid|pay|reached|reach|reaches|hit|hits|spent|spends|spend|raised|raises|raise|earned|earns|"
        "grew|grows|rose|rises|fell|falls|cut|cuts|sold|sells|bought|buys|charges|charged|burns|burned|burn|totaled|"
        "totals|totalled|lost|loses|exceeded|exceeds|needs|needed|requires|required|uses|used|holds|held|covers|"
        "covered|gave|give|gives|racked|shifted|allows|allowed|lets|provides|provided|offers|offered|brings|brought"
    )
)
"""Verbs that stand between a thing and its number."""

NOUNS_IN_ING = frozenset(
    _cues(
        "pricing|spending|funding|training|housing|building|lending|borrowing|banking|computing|engineering|hearing|"
        "manufacturing|advertising|marketing|shipping|parking|heating|meeting|rating|saving|reading|ceiling|thing|"
        "morning|evening|offering|financing|listing|mining|farming|fishing|gaming|polling|ruling|sibling|wiring"
    )
)
"""Words in -ing that name a thing; others are taken for verbs."""

NAMES_IN_LY = frozenset(
    _cues("monthly|weekly|daily|yearly|quarterly|hourly|family|supply|assembly|anomaly|monopoly|rally|ally")
)
"""Words in -ly that belong to the name of a thing; others are adverbs."""

HAN_STOPS = frozenset(
    "的了是在有和与及或为约就都也很把被将从到对于向以其这那个些们之而但又再还只每共达到超过不足它他她我你您要能会可让使去来给做用花掉跌涨降升才"
)
"""Characters that end the name of what is measured."""
