"""What a person is told where a verdict was asked for, or was left out: in Danish and in English."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.verdict_types import Asked, Reason

WHY_NOT: Mapping[Asked, tuple[str, str]] = {
    Asked.OUTCOME: (
        "Teksten spørger, hvordan sagen skal ende. Det afgør en sagsbehandler.",
        "The text asks how the case should end. That is for a caseworker to decide.",
    ),
    Asked.CONDITION: (
        "Teksten spørger, hvordan loven skal bruges på sagen. Det afgør en sagsbehandler.",
        "The text asks how the law applies to the case. A caseworker decides that.",
    ),
    Asked.LIKELIHOOD: (
        "Teksten beder om en forudsigelse. Tidligere udfald afgør ikke en ny sag.",
        "The text asks for a forecast. Past outcomes do not decide a new case.",
    ),
    Asked.MARKS: (
        "Teksten beder om mærker, point eller en rækkefølge, der ville sige, hvordan sagen skal ende.",
        "The text asks for marks, points or an order that would say how the case should end.",
    ),
    Asked.OPINION: (
        "Teksten beder om råd eller en mening om udfaldet. Sagen vurderes af en sagsbehandler.",
        "The text asks for advice or an opinion on the outcome. The case is for a caseworker to weigh.",
    ),
    Asked.DRAFT: (
        "Teksten beder om at få afgørelsen skrevet. Den skriver en sagsbehandler.",
        "The text asks to have the decision written. A caseworker writes it.",
    ),
    Asked.INSTRUCTION: (
        "Teksten indeholder en besked til programmet. Den følges ikke, og der gives ingen afgørelse.",
        "The text holds an order to the program. It is not followed, and no verdict is given.",
    ),
    Asked.DISGUISE: (
        "Teksten indeholder en skjult bøn om en afgørelse. Den gives ikke.",
        "The text holds a hidden request for a verdict. None is given.",
    ),
}
INSTEAD = (
    "Her vises i stedet reglerne og de afgørelser, der ligner mest, med udfald som registreret.",
    "Shown instead are the rules and the decisions most alike, with outcomes as recorded.",
)
LEFT_OUT: Mapping[Reason, tuple[str, str]] = {
    Reason.DECISION: (
        "En sætning er udeladt, fordi den sagde, hvordan sagen skal ende.",
        "A sentence was left out because it said how the case should end.",
    ),
    Reason.CONDITION: (
        "En sætning er udeladt, fordi den sagde, om et krav i loven er opfyldt.",
        "A sentence was left out because it said whether a demand of the law is met.",
    ),
    Reason.LIKELIHOOD: (
        "En sætning er udeladt, fordi den forudsagde et udfald.",
        "A sentence was left out because it forecast an outcome.",
    ),
    Reason.TALLY: (
        "En sætning er udeladt, fordi den talte udfald sammen.",
        "A sentence was left out because it counted outcomes.",
    ),
    Reason.ADVICE: (
        "En sætning er udeladt, fordi den gav råd om udfaldet.",
        "A sentence was left out because it gave advice on the outcome.",
    ),
    Reason.OPINION: (
        "En sætning er udeladt, fordi den gav en mening om sagen.",
        "A sentence was left out because it gave an opinion on the case.",
    ),
    Reason.HINT: (
        "En sætning er udeladt, fordi den antydede, hvordan sagen skal ende.",
        "A sentence was left out because it hinted how the case should end.",
    ),
    Reason.SAME_END: (
        "En sætning er udeladt, fordi den overførte udfaldet af en anden sag.",
        "A sentence was left out because it carried the outcome of another case over to this one.",
    ),
    Reason.UNGROUNDED: (
        "En sætning er udeladt, fordi den ikke viste, hvad den bygger på.",
        "A sentence was left out because it did not show what it rests on.",
    ),
    Reason.DISGUISE: (
        "En sætning er udeladt, fordi den var skjult eller forvansket.",
        "A sentence was left out because it was hidden or distorted.",
    ),
}
