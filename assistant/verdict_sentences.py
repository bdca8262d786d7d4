"""Sentences that say, or hint, how the case before us should end.

Each rule is a pattern of deciding (a modal with a verb of decision, a status that the law demands, a
likelihood, a tally, a recommendation) with the *frames* that make the same words lawful: a past decision
is reported, a rule is cited, a party's view is told, a question is asked, or it is left open *whether*.
A frame reaches as far as its clause structure carries it: not past «derfor», and not to the present case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.verdict_frames import Frame, is_lawful
from assistant.verdict_text import QUOTE_MARK, compiled
from assistant.verdict_types import Reason
from assistant.verdict_words import (
    BY_NUMBER,
    CASES,
    DECIDE_DA,
    DECIDE_EN,
    GRANT_DA,
    HERE,
    MATTER_DA,
    MODAL_DA,
    MODAL_EN,
    NUMBER,
    OUTCOME,
    STATUS_DA,
    STATUS_EN,
    within,
)


@dataclass(frozen=True, slots=True)
class _Rule:
    reason: Reason
    pattern: str
    frames: Frame


def _rule(reason: Reason, frames: Frame, *patterns: str) -> Iterator[_Rule]:
    for pattern in patterns:
        yield _Rule(reason, rf"(?<= )(?:{pattern.rstrip()})(?= )", frames)


_BE_DA = (
    r"(?:er|var|bliver|blev|være|været|anses for|synes|virker|forekommer|må anses for|anses|fremstår|ses)"
)
_BE_EN = r"(?:is|are|was|were|be|been|looks|seems|appears)"

_RULES: tuple[_Rule, ...] = (
    # A modal and a verb of deciding: «bør stadfæstes», «skal have hjælp».
    *_rule(
        Reason.DECISION,
        Frame.ANY,
        rf"{MODAL_DA} {within(7)}(?:{DECIDE_DA}|{GRANT_DA})",
        rf"(?:burde|bør|skulle) {within(5)}(?:have|være|været|blive|blevet) [^ ]+",
        rf"{MODAL_EN} (?:not )?{within(6)}{DECIDE_EN}",
        rf"(?:ought|should) {within(3)}(?:have|be) [^ ]+",
        r"(?:skal|bør|må|kan|vil) (?:[^ ,;:.?!()]+ ){0,3}ske (?:ikke )?(?:[\w-]*nedsættelse"
        r"|[\w-]*betaling|standsning|ændring|omgørelse|fradrag)",
        r"(?:no|any) (?:reduction|deduction|sanction|refusal|repayment|cut) (?:may|can|should|must|will"
        r"|shall)",
        r"(?:ingen|nogen) [\w-]*(?:nedsættelse|sanktion|fradrag|tilbagebetaling|betaling) (?:kan|må|bør"
        r"|skal|vil)",
        rf"må {within(3)}(?:blive|føre|konkluderes|bære|tåle|indstille|antages|forventes|anses|gælde|lade)",
        r"(?:skal|vil|må|bør) [^,;:.?!]{0,40}?skulle [^ ]+",
    ),
    # The operative words themselves.
    *_rule(
        Reason.DECISION,
        Frame.ANY,
        rf"{MATTER_DA} (?:[^ ,;:.?!()]+ ){{0,4}}(?:stadfæstes|ophæves|hjemvises|afvises|afslås"
        rf"|imødekommes|nedsættes|standses"
        rf"|omgøres|underkendes|tages|tiltrædes|fortsætter|falder|bortfalder|gives|udbetales|godkendes"
        rf"|trækkes|ændres)",
        rf"(?:stadfæstes|hjemvises|afvises|afslås|imødekommes|nedsættes|omgøres|underkendes|frifindes"
        rf"|udbetales) {within(2)}{MATTER_DA}",
        r"(?:kommunen|borgeren|klageren) (?:frifindes|tilpligtes|får|vinder|taber|slipper|mister)",
        r"får (?:[^ ]+ ){0,3}(?:medhold|afslag|hjælpen|ret|pengene|nej|ja)",
        r"slipper (?:ikke )?for",
        r"tages (?:ikke )?til følge",
        r"thi kendes for ret",
        r"tas (?:ikke )?til følge",
    ),
    *_rule(
        Reason.DECISION,
        Frame.NONE,
        r"(?<=^ )(?:stadfæst|ophæv|hjemvis|afvis|afslå|bevil+i?g|imødekom|udbetal|nedsæt|træk|omgør"
        r"|giv) [^ ]+",
        r"(?<=^ )(?:refuse|grant|reject|uphold|dismiss|allow|deny|approve|reverse|remit|overturn) [^ ]+",
        r"(?<=^ )(?:ja|nej|yes|no|afslag|medhold|stadfæstelse|ophævelse|hjemvisning|afvisning|stadfæstes"
        r"|bevilling|refused?|granted?|denied|deny|upheld) [.,!]",
        r"(?:konklusion|resultat|dom|svar|prognose|verdict|conclusion|result|answer"
        r"|kendelse) (?:\( [^ ]+ \) )?: [^ ]+",
        r"(?<!registreret )(?<!recorded )(?:udfald|outcome) (?:\( [^ ]+ \) )?: [^ ]+",
        r"(?<=^ )(?:ja|nej|yes|no|afslag|medhold|stadfæstelse|ophævelse|hjemvisning|afvisning"
        r"|bevilling)(?= $)",
        r"(?:er|så) svaret (?:givet|klart|let)",
        r"svaret (?:er|må|hælder|bliver)",
        r"(?:the )?answer is",
        r"et (?:klart )?(?:nej|ja) herfra",
        r"(?:resultatet|konklusionen|udfaldet|afgørelsen) (?:må blive|bliver|lyder|er (?:klar|givet"
        r"|oplagt|åbenbar))",
        r"gør klogest i",
        r"overvej at",
        r"consider [^ ]+ing",
        r"(?:trafiklys|traffic light|score|karakter) :",
        r"\d+ / 10",
    ),
    # A demand of the law said to be met or not.
    *_rule(
        Reason.CONDITION,
        Frame.ANY,
        rf"{_BE_DA} {within(4)}(?:{STATUS_DA})(?! (?:nær|tæt))",
        rf"{_BE_EN} {within(3)}(?:{STATUS_EN})",
        rf"giver (?:[^ ,;:.?!()]+ ){{0,3}}ret til [^.?!]{{0,60}}? {HERE}",
        r"(?:har|havde|have|haft) (?:[^ ,;:.?!()]+ ){0,5}(?:ret|krav|pligt|hjemmel|adgang) (?:til|på)",
        r"(?:har|havde|have|haft|har kommunen) (?:[^ ,;:.?!()]+ ){0,4}(?:opfyldt|overholdt|iagttaget"
        r"|tilsidesat|overtrådt|misligholdt"
        r"|handlet|løftet|krænket|forsømt|godtgjort|bevist|brudt|undladt)",
        r"opfyld(?:er|te)",
        r"leve(?:r|de) (?:[^ ]+ ){0,3}op til|live[sd]? up to|fall[s]? short|fell short",
        r"(?:har|havde|er|var|foreligger|forelå|skyldtes|foreligger der"
        r"|have) (?:[^ ,;:.?!()]+ ){0,4}(?:rimelig|gyldig|lovlig) (?:grund|undskyldning)",
        r"(?:finder|fandt) (?:ikke )?anvendelse",
        r"(?:er|var|er der|foreligger) (?:[^ ,;:.?!()]+ ){0,3}(?:tale om|hjemmel til|grundlag for"
        r"|grund til at)",
        r"(?:i strid med|mod bedre vidende|i god tro|i ond tro)",
        r"(?:betingelse|kravet|betingelsen|krav|requirement|condition)(?: \d+)? : (?:ikke )?(?:opfyldt"
        r"|met|ja|nej|not|ok)",
        r"(?:entitled|eligible|has a right|have a right|had a right|qualif(?:y|ies)|is covered|was covered)",
        r"(?:acted|act) (?:un)?(?:lawfully|correctly|wrongly|reasonably)",
        r"(?:had|has|have) (?:a |an |no |any )?(?:reasonable|valid|legal|good|strong) (?:excuse|reason"
        r"|basis|grounds?)",
        r"(?:failed|fails|neglected) to (?:meet|fulfil|comply|observe|hear|give)",
        r"(?:breached|infringed|violated|complied with)",
        r"(?:exception|provision|rule|section|§ [^ ]+) (?:[^ ,;:.?!]+ |\( [^ ]+ \) ){0,4}applies",
    ),
    *_rule(
        Reason.CONDITION,
        Frame.VIEW | Frame.PAST | Frame.QUESTION,
        rf"gælder (?:for |også )?(?:borgeren|ham|hende|ansøgeren|klageren|{HERE})",
        r"(?:med rette|med urette|uretmæssigt|with good reason)",
        rf"{MATTER_DA} (?:var|er|blev) (?:[^ ]+ )?(?:for (?:høj|lav|streng|sen|stor|lille)t?|uberettiget)",
        r"(?:afslaget|afgørelsen|nedsættelsen|the refusal|the reduction|the decision) (?:holder|stands"
        r"|won ' t hold) ?(?:ikke)?",
        rf"finder {within(4)}anvendelse {HERE}",
    ),
    *_rule(Reason.CONDITION, Frame.NONE, r"[✅❌✔✗✘☑☒✓🟢🔴🟡🟩🟥🟨👍👎⚖🚦]"),
    # How likely an end is.
    *_rule(
        Reason.LIKELIHOOD,
        Frame.PAST | Frame.VIEW | Frame.WHETHER,
        r"(?:usandsynlig|sandsynlig|sandsynlighed|formentlig|formodentlig|antagelig)\w*",
        r"(?:likely|unlikely|probably|probability|presumably|odds)",
        r"chance(?:n|r|s|rne)?",
        r"(?:gode|ringe|dårlige|fine|små|store) udsigter",
        r"udsigt til",
        r"risiko(?:en)? for (?:, at )?(?:[^ ]+ ){0,3}(?:underkend\w*|afslag|ophæv\w*|ændr\w*|tab\w*)",
        r"(?:kan|må|bør) (?:[^ ]+ ){0,2}(?:forvente|forventes|regne med)",
        r"(?:can|may|might|would|should) (?:[^ ]+ ){0,2}expect",
        r"(?:forventet|expected) (?:udfald|resultat|outcome|result)",
        r"med (?:stor |nogen |rimelig )?sikkerhed",
        r"næppe",
        r"ender (?:nok|vel|sikkert|formentlig|typisk|med)",
        r"confidence",
        r"(?:vil|kan|skal|må|burde|bliver) (?:vel |nok |sikkert |givetvis )+",
        r"burde nok",
    ),
    # What speaks for one end.
    *_rule(
        Reason.HINT,
        Frame.PAST | Frame.VIEW,
        r"(?:meget|mest|alt|mere|intet|lidt|grunde|vægtige grunde) (?:, )?(?:der |som )?(?:taler|peger"
        r"|tyder)",
        r"(?:taler|peger|hælder|tipper) (?:[^ ]+ ){0,2}(?:for|imod|mod|på|til)",
        r"vejer (?:tungest|mest|tungere)",
        r"(?:points?|tips?|leans?|lean|favou?rs?|supports) (?:[^ ]+ ){0,3}(?:towards?|to|in|the|for"
        r"|against)",
        r"outweighs?",
        r"(?:synes|ser ud) (?:at|til at)",
        r"(?:forekommer|virker|synes) (?:[^ ]+ )?(?:rimelig|rigtig|forkert|mest|urimelig|lovlig|ulovlig)\w*",
        r"ser (?:sort|lyst|godt|skidt|ud til) ",
        r"(?:looks|seems) (?:bleak|good|bad|wrong|right|promising)",
    ),
    *_rule(
        Reason.HINT,
        Frame.PAST,
        r"(?:ingen tvivl|tvivl om udfaldet|uden tvivl|utvivlsomt|oplagt|indlysende|åbenbart|no doubt"
        r"|obvious(?:ly)?|plain to see)",
        r"(?:borgeren|kommunen|klageren|ansøgeren|hun|han) står (?:stærkt|svagt|godt|dårligt)",
        r"(?:god|dårlig|stærk|svag|klar|good|strong|weak|clear) (?:sag|case)",
        r"(?:sagen|praksis|udfaldet|case|outcome) (?:er|is) (?:ganske |helt |very )?(?:klar|clear|oplagt"
        r"|obvious)",
        r"ben at gå på",
        r"has merit",
        r"(?:giver|taler) (?:[^ ]+ ){0,2}(?:sig selv|deres eget sprog)",
        r"(?:settles it|afgør (?:spørgsmålet|det)(?= (?:til|for|,|\.))|got it right|ramte rigtigt"
        r"|stands in the way|står i vejen)",
        r"til (?:borgerens|kommunens|klagerens|ansøgerens|naboens|hendes|hans) (?:fordel|ulempe|gunst)",
        r"in (?:her|his|the citizen's|the municipality's|the applicant's) favou?r|on (?:her|his"
        r"|the citizen's) side",
        r"på (?:borgerens|kommunens|klagerens|ansøgerens|hendes|hans) side",
        r"(?:efterlader|levner|leaves?|giver) (?:[^ ]+ ){0,4}(?:noget|intet|ikke|no|any|little) (?:valg"
        r"|choice|tvivl|doubt)",
        r"(?:really|virkelig|overhovedet) (?:[^ ]+ )?(?:tvivl|doubt)",
        r"grønt lys|green light|rødt lys|red light|farven er",
        r"vægten ligger",
        r"(?:er |så godt som )i hus",
        r"(?:roligt|safely) [^ ]+",
        r"(?:intet|ikke noget|nothing) (?:at frygte|til hinder|to fear)",
        r"højrebenet",
        r"kan (?:godt )?glæde sig",
        r"(?:bære ansvaret|eget ansvar|egen skyld)",
        r"ikke op til mig",
        r"det (?:rigtige|korrekte|sikreste|bedste|mest rigtige|eneste rigtige)",
        r"(?:the )?(?:safest|right|best|only right|proper) (?:course|thing|answer|decision|outcome) ",
        r"(?:enhver|en fornuftig|any reasonable|any fair|every) [^ ]+ (?:kan se|ville|vil|would|could"
        r"|must|can see)",
        r"uden at (?:give|afsige) en dom",
        r"without (?:giving|passing) (?:a verdict|judgment)",
        r"hard to defend",
        r"ikke , (?:om|hvorvidt) [^.?!]{0,80}?, men",
        r"not (?:whether|if) [^.?!]{0,80}? but",
        r"mangler (?:kun|bare)",
        r"(?:højst|mindst) (?:[^ ]+ ){0,3}i (?:denne|den aktuelle) sag",
        r"well founded|well-founded|unfounded|time-barred|disproportionate",
        rf"{NUMBER} (?:dagsatser|dage|daily rates|days) (?:er|is|would be|ville være|vil være) [^ ]+",
    ),
    *_rule(Reason.SAME_END, Frame.VIEW | Frame.WHETHER, r"(?:should|must) (?:be followed|follow|end)"),
    # The end of another case carried over to this one.
    *_rule(
        Reason.SAME_END,
        Frame.VIEW,
        r"(?:samme|same) (?:udfald|resultat|måde|ende|outcome|result|way|end) (?:som|as|her|here)",
        rf"(?:det samme|same|ligeledes) (?:må|bør|skal|vil|gælder|applies|goes|should"
        rf"|must) (?:[^ ]+ )?(?:ske |gælde |være )?{HERE}",
        r"(?:samme|identiske|tilsvarende|identical|same) (?:kendsgerninger|forhold|omstændigheder|facts"
        r"|circumstances)",
        r"(?:nå|når|reach) (?:til )?(?:et |det |samme |a |the )+(?:andet |modsatte |different "
        r"|same )?(?:resultat|udfald|result|outcome)",
        r"skal følge(?:s)?",
        rf"(?:ligesom|som|sammenholdt med|as in|like) (?:i |afgørelse "
        rf"|decision )*{BY_NUMBER} [^.?!]{{0,60}}?(?:skal|bør|må|kan|must|should|cannot"
        rf"|er (?:[^ ]+ ){{0,2}}(?:ikke )?(?:u?lovlig|u?gyldig))\w*",
        r"(?:ligner|minder|svarer|nærmest|nærmeste|resembles|closest) [^.?!]{0,80}?(?:bør|vandt|tabte|won"
        r"|lost|medhold|gav"
        r"|stadfæst\w*|ophæv\w*|hjemvi\w*|upheld|overturned|aside)",
        rf"{BY_NUMBER} (?:[^ ]+ )?(?:viser|betyder|indebærer|medfører|shows|means) (?:,|that)",
    ),
    # Outcomes counted.
    *_rule(
        Reason.TALLY,
        Frame.NONE,
        rf"{NUMBER} (?:ud af|af|mod|out of|of|in|to|over for) (?:de |the "
        rf"|every )?{NUMBER} (?:[^ ]+ )?{CASES}",
        rf"(?:kun |only )?{NUMBER} (?:ud af|out of) {NUMBER}",
        rf"(?:de fleste|flertallet|hovedparten|størstedelen|langt de fleste|næsten alle|mindretallet|most"
        rf"|the majority|majority|nearly all|few) (?:[^ ]+ ){{0,3}}{CASES} [^.?!]{{0,70}}?(?:{OUTCOME}"
        rf"|gik|går|endte|ender|vandt|tabte|won|ended)",
        rf"(?:\d+ % |\d+ (?:pct|procent|percent|per cent) (?:\. )?)(?:af|of|chance|sandsynlig\w*"
        rf"|sikker\w*) (?:[^ ]+ ){{0,3}}(?:{CASES}|\w*afgørelser|medhold|for|that|stadfæst\w*)",
        rf"{NUMBER} (?:[^ ]+ ){{0,2}}(?:stadfæst\w+|ophæv\w+|hjemvi\w+|afvi\w+|upheld|dismissed"
        rf"|allowed) (?:mod|against|to|og) {NUMBER}",
        rf"(?:typisk|oftest|som regel|normalt|sædvanligvis|plejer|altid|usually|typically|tends? to"
        rf"|mostly|generally|always|as a rule) [^.?!]{{0,70}}?{OUTCOME}",
        rf"{OUTCOME} [^.?!,]{{0,40}}?(?:som regel|typisk|oftest|usually|typically|in most cases)",
        r"(?:som regel|typisk|oftest) (?:ender|går|får)",
        rf"{NUMBER} {CASES} [^.?!]{{0,60}}?{OUTCOME}",
        rf"(?:kun|only|alle|samtlige|every|all|each of the|both) (?:[^ ]+ ){{0,3}}(?:{CASES}|decision"
        rf"|afgørelse) [^.?!]{{0,60}}?{OUTCOME}",
        r"(?:klar|tydelig|clear|marked) (?:tendens|trend|linje|line|pattern|mønster)|(?:one|same|samme"
        r"|én) (?:way|retning|direction)",
        r"(?:fast|entydig|klar|clear|settled) praksis",
        r"praksis (?:er klar|peger|taler|viser klart)",
        r"practice (?:clearly|points|supports|favou?rs)",
    ),
    # Advice, and the writer's own opinion.
    *_rule(
        Reason.ADVICE,
        Frame.PAST | Frame.VIEW,
        r"(?:vi|jeg|det|hjemmel|herfra) (?:vil |må |kan )?(?:anbefal|tilråd|foreslå|råde)\w*",
        r"(?:we|i|hjemmel) (?:would |strongly )*(?:recommend|advise|suggest|propose)",
        r"(?:it is )?(?:advisable|recommended) (?:to|that)",
        r"would do well to",
        r"kan med fordel",
    ),
    *_rule(
        Reason.OPINION,
        Frame.NONE,
        r"(?:efter|i|er) (?:min|vores|hjemmels) (?:[^ ]+ )?(?:vurdering|opfattelse|mening|skøn)",
        r"(?:det er )?(?:min|vores) (?:[^ ]+ )?(?:vurdering|opfattelse|mening)",
        r"(?:vi|jeg) (?:[^ ]+ )?(?:vurderer|finder|mener|tror|hælder|ville|konkluderer|skønner|synes)",
        r"(?:finder|vurderer|mener|ville|konkluderer) (?:vi|jeg)",
        r"personligt|personally",
        r"(?:i|we) (?:would|lean|believe|think|conclude|find|hold)",
        r"(?:were i|if i were|hvis jeg skulle|skulle man gætte|in my (?:view|opinion)|in our (?:view"
        r"|opinion))",
        r"(?:samlet (?:set|vurdering)|alt i alt|on balance|all things considered)",
        r"it follows that",
        r"det (?:må |kan )?konkluderes",
        r"(?:things|det) (?:look|ser) ",
    ),
    # Other languages that a model may slip into.
    *_rule(
        Reason.DECISION,
        Frame.NONE,
        r"(?:bør|bör|ska|skall|skal|må) (?:[^ ]+ )?(?:upphävas|avslås|avslå|bifallas|oppheves|stadfestes"
        r"|omgjøres|innvilges|fastställas)",
        r"(?:har|hon har|hun har) (?:rätt|rett) (?:till|til)",
        r"tas (?:ikke )?til følge",
        r"(?:ist|sind|wird|muss) (?:[^ ]+ ){0,3}(?:abzulehnen|begründet|unbegründet|aufzuheben"
        r"|rechtswidrig|rechtmäßig|stattzugeben|zurückzuweisen|abgelehnt|abzuweisen)",
        r"(?:hat|haben) (?:[^ ]+ ){0,2}anspruch auf",
        r"(?:doit|devrait|faut) (?:[^ ]+ ){0,3}(?:rejeter|rejetée?|accorder|accordée?|annuler|annulée?)",
    ),
)

_APPLIED = re.compile(
    rf"(?<= )(?:derfor|herefter|således|konklusionen|svaret|resultatet|{HERE}|samme gælder|sådan bør"
    rf"|so the answer|answer|hence|therefore|conclusion"
    r"|kan skrive|kan svare|bør skrive|can write|should (?:read|write|say)|altså) "
)


@dataclass(frozen=True, slots=True)
class Found:
    """A rule that a sentence breaks, with the words that do."""

    reason: Reason
    words: str


def find_verdict(words: str) -> Found | None:
    """The first thing in one sentence (a reading's ``words``) that no frame makes lawful."""
    if QUOTE_MARK in words and (applied := _APPLIED.search(words)):
        return Found(Reason.SAME_END, applied[0].strip())
    for rule in _RULES:
        for hit in compiled(rule.pattern).finditer(words):
            if not rule.frames or not is_lawful(words, hit, rule.frames):
                return Found(rule.reason, hit[0].strip())
    return None
