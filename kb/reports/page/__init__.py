"""The values of the pages, one type for each page: the template prints the value, and the JSON twin is the value."""

from kb.reports.page.calculation import (
    CalculationSheet,
    CalculationsPage,
    CheckRow,
    ImpliedRow,
    InfluenceRow,
    InputRow,
    OutcomeRow,
    StepRow,
)
from kb.reports.page.evidence import (
    ArgumentRow,
    ClaimSheet,
    ClaimsPage,
    Field,
    FigureSheet,
    FiguresPage,
    MissedRow,
    OfferRow,
    PassagesPage,
    SourcePassages,
    SourceRow,
    SourceSheet,
    SourcesPage,
    Wording,
)
from kb.reports.page.finding import (
    ConversionRow,
    FindingGroup,
    FindingSheet,
    FindingsPage,
    GroupSheet,
    PairingRow,
    RulingRow,
    SeparatePair,
)
from kb.reports.page.front import (
    AnswerSheet,
    BatchRow,
    ConcernChoice,
    Count,
    GlossaryPage,
    HingeRow,
    HistoryPage,
    Home,
    JudgementRow,
    LedgerRow,
    Meaning,
    QuestionRow,
    QuestionSheet,
    QuestionsPage,
    SideLedger,
    SideRow,
    WeighedRow,
)
from kb.reports.page.prose import SideCase, Span
from kb.reports.page.vocabulary import (
    ConsensusRow,
    CopyRow,
    DecidedRow,
    DependenceRow,
    MatchesPage,
    MeasureRow,
    MeasureSheet,
    MeasuresPage,
    PositionRow,
    SharedRow,
    StandardUnit,
    SuggestedRow,
    UnitRow,
    UnitSheet,
    UnitsPage,
)
from kb.reports.page.what_if import WhatIfSheet

Page = (
    Home
    | SourcesPage
    | SourceSheet
    | FiguresPage
    | FigureSheet
    | MatchesPage
    | MeasuresPage
    | MeasureSheet
    | UnitsPage
    | UnitSheet
    | ClaimsPage
    | ClaimSheet
    | QuestionsPage
    | QuestionSheet
    | CalculationsPage
    | CalculationSheet
    | FindingsPage
    | GroupSheet
    | FindingSheet
    | HistoryPage
    | GlossaryPage
    | PassagesPage
    | WhatIfSheet
)
"""Every page that the web face prints."""

__all__ = [
    "AnswerSheet",
    "ArgumentRow",
    "BatchRow",
    "CalculationSheet",
    "CalculationsPage",
    "CheckRow",
    "ClaimSheet",
    "ClaimsPage",
    "ConcernChoice",
    "ConsensusRow",
    "ConversionRow",
    "CopyRow",
    "Count",
    "DecidedRow",
    "DependenceRow",
    "Field",
    "FigureSheet",
    "FiguresPage",
    "FindingGroup",
    "FindingSheet",
    "FindingsPage",
    "GlossaryPage",
    "GroupSheet",
    "HingeRow",
    "HistoryPage",
    "Home",
    "ImpliedRow",
    "InfluenceRow",
    "InputRow",
    "JudgementRow",
    "LedgerRow",
    "MatchesPage",
    "Meaning",
    "MeasureRow",
    "MeasureSheet",
    "MeasuresPage",
    "MissedRow",
    "OfferRow",
    "OutcomeRow",
    "Page",
    "PairingRow",
    "PassagesPage",
    "PositionRow",
    "QuestionRow",
    "QuestionSheet",
    "QuestionsPage",
    "RulingRow",
    "SeparatePair",
    "SharedRow",
    "SideCase",
    "SideLedger",
    "SideRow",
    "SourcePassages",
    "SourceRow",
    "SourceSheet",
    "SourcesPage",
    "Span",
    "StandardUnit",
    "StepRow",
    "SuggestedRow",
    "UnitRow",
    "UnitSheet",
    "UnitsPage",
    "WeighedRow",
    "WhatIfSheet",
    "Wording",
]
