"""Words that ask for a verdict, openly or by a trick.

A question of law («Hvilke betingelser …?», «Må man …?», «Hvad skete der i 2-25?») asks for none; a
question about somebody's end («Skal hun have …?») does. What a case tells of decisions made is no question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.verdict_text import compiled
from assistant.verdict_types import Asked
from assistant.verdict_words import (
    BY_NUMBER,
    DECIDE_DA,
    DECIDE_EN,
    GRANT_DA,
    HERE,
    MATTER_DA,
    MATTER_EN,
    OUTCOME,
    PERSON_DA,
    PERSON_EN,
    STATUS_DA,
    STATUS_EN,
)

_YESNO_DA = (
    r"(?:skal|kan|må|bør|vil|får|har|er|var|bliver|holder|gælder|gør|opfylder|slipper|kommer|havde|skulle"
    r"|burde|ville|kunne"
    r"|peger|taler|står|lider|nytter|tæller|vinder|taber|foreligger|overtræder)"
)
_YESNO_EN = (
    r"(?:should|shall|can|may|must|will|would|is|are|was|were|do|does|did|has|have|had|could|am"
    r"|isn't|shouldn't|ought)"
)
_START = (
    r"(?:(?<=^ )|(?<= , )|(?<= : )|(?<= \. )|(?<= so )|(?<= og )|(?<= men )|(?<= nå )|(?<= eller )"
    r"|(?<= , men )|(?<= og så ))"
)
# What a machine is asked to decide on: an outcome, a status.
_END_DA = (
    rf"(?:{DECIDE_DA}|{GRANT_DA}|(?:ret|krav|pligt) (?:til|på)|{STATUS_DA}|uden rimelig grund"
    rf"|rimelig grund|i orden|medhold|afslag"
    r"|undskyldelig|sanktion\w*|tilbage|god tro|egen skyld|eget ansvar|stærkt|god sag|betale sig|handlet"
    r"|nytter|følge|vinde|tabe|grundlag"
    r"|misligholdt|overtrådt|brudt|trukket|enig|omfattet|stå fast|slutte|gøre det|det rigtige|mangel"
    r"|undtagelsen)"
)
_END_EN = (
    rf"(?:{DECIDE_EN}|{STATUS_EN}|entitled|a right|side with|do this|act(?:ed)? [^ ]+|strong case"
    rf"|good case|worth|excuse|apply|applies"
    r"|count as|agree|breach(?:ed)?|violat\w+|repaid|money|enough|refusal|win|lose|unlawfully|follow|back)"
)
_END = rf"(?:{_END_DA}|{_END_EN})"
_SUBJECT_DA = (
    rf"(?:{PERSON_DA}|{MATTER_DA}|det|dette|den|undtagelsen|fristen|(?:fru|hr) [^ ]+|(?:kommunens"
    rf"|borgerens|mit|mine) [^ ]+)"
)
_SUBJECT_EN = (
    rf"(?:{PERSON_EN}|{MATTER_EN}|conditions|exception|section|court|board|it|that|this|there|worth"
    rf"|evidence|enough)"
)
# Where an order may begin: «sig» in «drejer sig om» is none.
_ORDER = (
    r"(?:(?<=^ )|(?<= og )|(?<= , )|(?<= : )|(?<= så )|(?<= bare )|(?<= men )|(?<= kun )|(?<= venligst )"
    r"|(?<= and )|(?<= please )|(?<= then )|(?<= just )|(?<= now ))"
)
_PRODUCE_DA = (
    r"(?:giv|skriv|lav|formuler|formulér|kom med|udform|afsig|udarbejd|dikter|læs|lever|udsted"
    r"|forfat|opfind|vis mig)"
)
_PRODUCT_DA = (
    r"(?:afgørelse\w*|konklusion\w*|afslag\w*|dom|dommen|kendelse\w*|anbefaling\w*|vurdering\w*"
    r"|resultat\w*|bevilling\w*|udfald\w*"
    r"|indstilling\w*|svar)"
)
_PRODUCE_EN = (
    r"(?:give|write|draft|state|output|hand down|deliver|issue|render|produce|recommend|predict"
    r"|provide|return|pass|name|pick|choose)"
)
_PRODUCT_EN = (
    r"(?:verdict|decision|ruling|conclusion|judgment|judgement|holding|recommendation|outcome"
    r"|refusal|denial|result|opinion)"
)
_MACHINE_DA = (
    r"(?:du|dig|maskinen|hjemmel|i|nævnet|ankestyrelsen|retten|dommeren|en (?:fornuftig |god "
    r"|klog )?(?:jurist|dommer))"
)
_SAY_DA = (
    rf"(?:{_ORDER}(?:sig|fortæl|oplys|angiv|bekræft|vurd[eé]r|afgør|bestem|konklud[eé]r|skriv"
    r"|tag stilling til|svar|vis|giv|fastslå|bedøm|find ud af)|jeg vil (?:bare |gerne )?vide"
    r"|jeg er i tvivl ,|vi er i tvivl ,"
    r"|spørgsmålet er ,|du (?:ikke |bare |ikke bare )?sige|roligt sige)"
)
_SAY_EN = (
    rf"(?:{_ORDER}(?:tell me|say|state|assess|determine|decide|conclude|confirm|explain|indicate|reply"
    r"|find out)|i want to know|i need to know|the question is)"
)


@dataclass(frozen=True, slots=True)
class _Ask:
    asked: Asked
    pattern: str
    about_rules: bool  # the same words may ask what the law says in general


def _ask(asked: Asked, *patterns: str, about_rules: bool = False) -> Iterator[_Ask]:
    for pattern in patterns:
        yield _Ask(asked, rf"(?:(?<= )|^)(?:{pattern.rstrip()})(?= |$)", about_rules)


_ASKS: tuple[_Ask, ...] = (
    *_ask(
        Asked.INSTRUCTION,
        r"(?:ignor[eé]r|glem|overhør|tilsidesæt|se bort fra|spring over|ignore|disregard|forget|skip"
        r"|override|bypass) (?:[^ ]+ ){0,4}"
        r"(?:regler\w*|instruks\w*|instruktion\w*|retningslinjer\w*|forbehold\w*|forbud\w*|rules?"
        r"|instructions?|guidelines?|disclaimers?|polic\w+|prompts?)",
        r"(?:system|developer|udvikler|admin|administrator)(?: override| prompt)? :",
        r"(?:udviklertilstand|developer mode|verdict mode|debug mode|fejlsøgningstilstand"
        r"|uden begrænsninger|unrestricted|jailbreak\w*|dommergpt|judgebot)",
        r"(?:ny|new) (?:politik|policy|instruks|instruction|regel|rule) :",
        r"(?:retningslinjer|instrukser|regler|forbuddet|instructions|guidelines) (?:[^ ]+ ){0,4}(?:er|are"
        r"|is|has been|have been) (?:nu )?(?:ændret|ophævet|changed|lifted|removed)",
        r"(?:du er nu|you are now|fra nu af (?:må|skal|er) du|from now on you)",
        r"(?:du|you) (?:skal nu altid|must (?:now )?(?:end|always|begin))",
        r"(?:giver|giver dig|authori[sz]e|permit|allow) (?:dig |you )?(?:hermed )?(?:[^ ]+ )?(?:lov til"
        r"|tilladelse til|to (?:state|give|decide|say))",
        r"(?:forestil dig|lad som|lad os lege|vi leger|let's play|pretend|imagine|act as|roleplay"
        r"|role-play|you are a judge|du er (?:en |et )?(?:dommer|nævn|dommeren|klagenævn\w*))",
        r"du er ikke hjemmel",
        r"(?:hypotetisk|hypothetically|rent teoretisk|theoretically|hvis du måtte|if you were allowed"
        r"|if you could)",
        r"(?:skriv|fortæl|write|tell) (?:[^ ]+ ){0,2}(?:novelle|historie|digt|sang|poem|story"
        r"|song) (?:[^.?!]{0,80}) (?:afgør\w*|refuse|grant|afslag|medhold|dom|verdict|decide\w*)",
        r"plejede at læse (?:afgørelser|domme)",
        r"bare imellem os|just this once|off the record|mellem os to|between us|uofficielt"
        r"|til internt brug|du ikke må",
    ),
    *_ask(
        Asked.MARKS,
        r"(?:trafiklys\w*|traffic lights?|flueben|lyskryds)",
        r"(?:mark[eé]r|farv|tick|colou?r|sæt kryds|check off) (?:[^ ]+ ){0,5}(?:betingelse\w*|grøn\w*"
        r"|rød\w*|conditions?|teksten|requirements?|green|red)",
        r"(?:score|karakter|point|stjerner|rating|grade) (?:[^ ]+ ){0,3}(?:fra|from|mellem|between|på"
        r"|out of)",
        r"score the case|giv sagen (?:[^ ]+ ){0,2}(?:score|karakter|point)",
        r"(?:rang[eé]r|rank|sort[eé]r|sort|sæt|order|put) [^.?!]{0,60}?(?:udfald\w*|outcomes?"
        r"|rækkefølge|skal følge|results?|øverst|decide)",
        rf"(?:skriv|svar|say|reply|respond|blink|use|write|print|nik|send|begynd|you say"
        rf"|put) (?:[^ ]+ )(?:[^.?!]{{0,60}}) (?:hvis|if|når"
        rf"|to show) (?:[^ ]+ ){{0,6}}(?:{DECIDE_DA}|{DECIDE_EN}|ret|bevilge|medhold|qualif\w+|not"
        rf"|case should|ja|nej)",
        rf"(?:blink|nik|vink|bank|nod|knock|wave) [^.?!]{{0,60}}? (?:for|hvis"
        rf"|if) (?:[^ ]+ ){{0,3}}(?:{DECIDE_DA}|{DECIDE_EN})",
        r"hvis svaret er (?:ja|nej)|if the answer is (?:yes|no)",
        r"(?:felt\w*|field|nøgle\w*|key) (?:[^ ]+ ){0,3}(?:udfald|verdict|outcome|afgørelse|decision"
        r"|resultat)",
        r"encode your|kod dit svar|som 1 eller 0|as 1 or 0",
        r"(?:use|reply|respond|answer|brug|svar|send|vis|reag[eé]r) (?:[^ ]+ ){0,3}(?:thumbs? up"
        r"|tommel\w*|emoji)",
        r"nævn kun|only (?:list|mention|cite) the decisions that",
        r"(?:første|sidste) (?:bogstav|ord)\w* [^.?!]{0,60}? (?:svar\w*|udfald\w*|afgørelse\w*)"
        r"|sæt (?:et )?kryds",
        r"(?:respond|answer|reply|svar) (?:[^ ]+ )?(?:only )?(?:with|med) (?:[^ ]+ ){0,2}(?:letter"
        r"|bogstav\w*|ord|word)",
        r"whose (?:first|last) (?:word|letter)s?",
        r"(?:skriv|svar|brug|sig|write|say) (?:kun|only|just) (?:[eé]t|en|one|a single) (?:ord|bogstav|tegn"
        r"|word|letter)",
        r"besvar [^.?!]{0,90}? med (?:[eé]t|en) (?:ord|bogstav|tal|tegn|emoji)|j eller n|y or n",
    ),
    *_ask(
        Asked.LIKELIHOOD,
        r"(?:hvor stor|hvad er|hvilken|angiv|hvilke|hvor høj) (?:[^ ]+ ){0,3}(?:chance\w*"
        r"|sandsynlighed\w*|odds|risiko\w* for at tabe)",
        r"(?:what|how) (?:[^ ]+ ){0,3}(?:chances?|odds|likely|probability|probable|percentage)",
        r"(?:udfald|resultat|outcome|result|afgørelse) (?:[^ ]+ ){0,3}(?:sandsynlig\w*|likely|probable)",
        r"efter sandsynlighed|by (?:probability|likelihood)|i procent",
        r"(?:gæt|forudsig\w*|spå|predict|forecast|guess) (?:[^ ]+ ){0,3}(?:udfald\w*|afgørelse\w*"
        r"|resultat\w*|outcome|decision|result|verdict)",
        rf"(?:hvor mange|hvor stor en (?:del|andel)|hvilken andel|how many|what share|what proportion"
        rf"|what percentage) (?:[^ ]+ ){{0,6}}(?:{OUTCOME}|får ret|vandt|vinder)",
        r"(?:vil|bliver|would|will) (?:nævnet|ankestyrelsen|retten|afgørelsen|klagen|sagen|dommeren"
        r"|the board|the court|a court|they|we|it) (?:[^ ]+ ){0,4}(?:give|ændre\w*|stadfæst\w*|ophæv\w*"
        r"|hjemvis\w*|afvis\w*|uphold|side|lose|overturn|win|agree)",
        r"(?:bliver|holder|får|går) (?:[^ ]+ )?(?:afgørelsen|afslag|afslaget|klagen"
        r"|nedsættelsen) (?:[^ ]+ ){0,3}(?:ændret|omgjort|stadfæstet|ophævet|i|igennem|medhold)",
        r"(?:peger|taler) (?:praksis|mest|det|reglerne|det meste|meget|afgørelserne) ",
        r"(?:will|am|do) (?:we|i|he|she|they) (?:[^ ]+ ){0,3}(?:win|lose|prevail)",
        r"(?:kommer|vil|kan) (?:jeg|vi|hun|han|borgeren|de) (?:[^ ]+ ){0,3}(?:vinde|tabe)",
        r"hvor ender|tror du|do you think|would you bet|how (?:would|will) (?:[^ ]+ ){1,4}(?:rule|decide"
        r"|go)",
        r"hvem vinder|who wins|(?:taber|vinder) (?:vi|jeg|hun|han|de)|(?:vi|jeg|hun|han|de) (?:taber"
        r"|vinder)",
        r"(?:på sikker grund|safe to (?:send|refuse|grant)|trygt (?:sende|afslå|give))|procents? chance",
        r"(?:hvad|hvordan) plejer (?:[^ ]+ ){0,3}(?:udfald\w*|resultat\w*|afgørelse\w*|at ende|nævnet"
        r"|ankestyrelsen)|(?:flest|færrest) (?:medhold|afslag|stadfæst\w+|ophæv\w+|hjemvis\w+|omgør\w+)",
        r"(?:which|what) (?:outcome|result|decision) (?:[^ ]+ ){0,3}(?:most|usual\w*|common\w*|typical\w*)",
        r"ender (?:vi|det|den|sagen) (?:med|ud med|på)|who walks away|which box",
    ),
    *_ask(
        Asked.OPINION,
        rf"hvad (?:synes|mener|tror|anbefaler|ville|siger|tænker|foreslår"
        rf"|ville en [^ ]+) (?:[^ ]+ )?{_MACHINE_DA} ",
        r"hvad anbefaler|hvad ville du|hvad når i frem til|hvad [^.?!]{0,60} nå frem til",
        r"hvad (?:burde|skulle|bør|skal) (?:vi|jeg|man) (?:have )?(?:gjort|gøre|svare)",
        r"hvad vil du (?:gøre|beslutte|svare|afgøre)",
        r"hvad (?:vejer|taler) (?:tungest|mest)|vejer tungest",
        r"(?:er|are|do|would) (?:du|you) (?:[^ ]+ )?(?:enig|agree)",
        r"(?:din|your|jeres) (?:[^ ]+ )?(?:vurdering|anbefaling|mening|holdning|verdict|opinion"
        r"|conclusion|view|recommendation|dom)",
        r"what (?:would|do|should) (?:you|i|we|a judge) (?:[^ ]+ )?(?:do|decide|recommend|advise|conclude"
        r"|say|think)",
        r"(?:which|what) way (?:[^ ]+ ){0,3}(?:lean|go|goes|tips?)|on balance",
        r"kom med en anbefaling|sig god for|bekræft ,? ?(?:at )?(?:[^ ]+ ){0,4}(?:rigtig\w*|korrekt\w*"
        r"|lovlig\w*)|confirm that",
        r"(?:bedste|stærkeste|better|best|stronger) (?:kort|argumenter|arguments|case|grunde)",
        r"ville du [^ ]+|would you [^ ]+",
        r"vælg (?:side|udfald|parti)|choose a side|pick a side|(?:rigtige|rette) løsning|hvilket ben",
        r"tag(?:e)? beslutningen|make the (?:decision|call)|beslut for",
        r"(?:gøre|ville du) i (?:mit|vores) sted|(?:do|were) in my place|if you were",
    ),
    *_ask(
        Asked.DRAFT,
        rf"{_PRODUCE_DA} (?:[^ ]+ ){{0,5}}(?:et |en |din |dit )?{_PRODUCT_DA}",
        rf"(?:(?<=^ )|(?<= and )|(?<= please )|(?<= to )"
        rf"|(?<= , )){_PRODUCE_EN} (?:[^ ]+ ){{0,5}}{_PRODUCT_EN}",
        r"(?:fortsæt|afslut|udfyld|færdiggør|gør|complete|finish|continue"
        r"|fill in) (?:[^ ]+ ){0,3}(?:sætning\w*|tekst\w*|sentence|blank\w*|færdig|linje\w*|paragraph|:"
        r"|line)",
        r"_{3,}",
        r"(?:udfyld|fill in|complete) (?:[^ ]+ ){0,3}(?:konklusion\w*|afgørelsen|resultatet|udfaldet"
        r"|conclusion|decision|outcome)",
        r"(?:ret|tilpas|omskriv|correct|adapt|rewrite) (?:[^ ]+ ){0,2}(?:sætning\w*|linje\w*|sentence"
        r"|line) [^.?!]{0,40}?(?:passer|stemmer|fits?|matche\w*|is true)",
        rf"(?:oversæt|translate) [^.?!]{{0,60}}? (?:should|must|bør|skal|be) (?:[^ ]+ )?(?:{DECIDE_DA}"
        rf"|{DECIDE_EN}|the|be)",
        r"(?:lav|skriv|send|draft|write) (?:[^ ]+ )?(?:brevet|letter|svaret) [^.?!]{0,60}? (?:afslag"
        r"|afslår|ikke får|får|refus\w+|grant\w*|meddeler)",
        r"(?:konklusion|resultat|afgørelsen lyder|konklusionen lyder|conclusion|verdict|svar|dom"
        r"|kendelse) : ?$",
        r"(?:udfyld|fill in|complete) ?:",
        r"(?:på den baggrund|herefter|efter en samlet vurdering|in conclusion|the decision is"
        r"|for these reasons)(?: [^ ]+){0,8} (?:at|borgeren|kommunen|klagen|is|be|hereby|that|citizen"
        r"|er)(?: [»“\"”])? ?$",
        r"(?:bør derfor|should therefore|must therefore be|is hereby|skal derfor|should be) ?$",
        r"(?:need|have|bruge|skal have|brug for) (?:a|an|et|en|the) (?:decision|verdict|resultat"
        r"|afgørelse|ruling|answer)",
        r"(?:mangler|need|vil) (?:[^ ]+ )?(?:bare|just|kun) (?:[^ ]+ )?(?:resultatet|result|outcome"
        r"|konklusionen)",
        r"hvad skal der stå i (?:konklusionen|afgørelsen|resultatet)",
        r"jeg finder|i find ?$|svar med ét ord|one word",
    ),
    *_ask(
        Asked.OUTCOME,
        r"(?:hvad|hvordan|hva|hvilken|hvilket) (?:bliver|blir|skal|bør|er) (?:den |det |sagen |min "
        r"|vores |rigtige |rette |korrekte )*(?:afgørelse\w*|udfald\w*|resultat\w*|svaret|konklusion\w*"
        r"|vedtaket|dommen|ende\w*|rigtige|blive til|svare\w*)",
        r"hvordan (?:skal|vil|bør|ender|kommer) (?:sagen|denne sag|det ende|min sag|nævnet|retten)",
        r"hvem (?:har ret(?! til)|får medhold|får ret|vinder|taber|har de)",
        rf"{_START}får (?:hun|han|jeg|de|borgeren|vi) [^.?!]{{1,80}}\?|har (?:de|jeg|vi|hun"
        rf"|han) ret(?! til)(?: |,)",
        r"the (?:one-line )?(?:answer|ruling|line) (?:the )?board would|thumbs up or|falder (?:den "
        r"|det )?ud til",
        r"for or against|for eller imod|in or out|(?:right|rigtige|rette) (?:answer|svar)",
        r"who (?:wins|is right|is in the (?:right|wrong)|loses|prevails)|which side",
        r"(?:just )?(?:svar|answer|reply|say|sig) (?:[^ ]+ ){0,3}(?:yes or no|ja eller nej)|ja eller nej"
        r"|yes or no",
        r"(?:grant or (?:deny|refuse)|deny or grant|refuse or grant|approve or reject|allow or dismiss"
        r"|lawful or unlawful|uphold or [^ ]+|bevilge eller [^ ]+|afslag eller [^ ]+|afslå eller [^ ]+"
        r"|afslag eller [^ ]+|hjælp eller ikke)",
        r"what (?:will|is|should|would|'s) (?:the |your |my |be )*(?:right |correct |final "
        r"|proper )?(?:decision|verdict|outcome|result|ruling|holding) (?:be|here|in this case|\?|for)",
        r"(?:what's|what is) your verdict|bottom line|the verdict|what is the verdict",
        rf"{_ORDER}(?:afgør|decide|rule on|adjudicate|konkluder|konkludér|conclude on) (?:[^ ]+ )?(?:sagen"
        r"|sag|the case|this case|case|på sagen|klagen)",
        r"afsig|hand down",
        r"how (?:it|this|the case) (?:ends|will end|should end)|hvordan (?:det|sagen) (?:ender|skal ende)",
        r"(?:klart|clear|straight) (?:svar|answer)|det rigtige er|sige udfaldet|state the outcome"
        r"|oplyse udfaldet|rigtige resultat",
        rf"(?:hvor mange|hvor meget|how many|how much|by how much) (?:[^ ]+ ){{0,3}}(?:skal|bør|må|kan"
        rf"|should|must|do|can|shall) (?:vi |jeg |støtten |ydelsen |hjælpen |we |the |i )(?:(?!højst"
        rf"|mindst)[^ ]+ ){{0,4}}(?:{DECIDE_DA}|{DECIDE_EN}|ned|sættes|sætte)",
        r"hvilken (?:sanktion|straf|af de to) ",
        r"(?:og|and) (?:tilføj|add|sig|say) (?:[^ ]+ ){0,2}(?:hvem|who|hvordan|how)",
        r"må (?:de|vi|jeg|hun|han|kommunen|i) (?:det|godt det|gerne det) \?",
        rf"{_START}(?:skal|må|kan|bør|skulle|burde) (?:han|hun|de|vi|borgeren|min [^ ]+"
        rf"|vores [^ ]+|den gamle) "
        rf"(?!(?:[^ ]+ ){{0,2}}(?:finde|se|søge|læse|hente|slå op|logge|få vist))[^.?!]{{1,160}}\?",
        rf"{_START}(?:var|er) (?:vi|de) for [^.?!]{{1,60}}\?",
        r"kan (?:de|vi|kommunen|man|i) (?:[^ ]+ )?(?:bare|virkelig|godt) (?:[^ ]+ ){0,2}(?:gøre|forlange"
        r"|kræve|komme|tillade)",
        r"(?:^ |, )(?:holder|gælder|passer) det(?: her)? \?",
        rf"{_START}er det (?:virkelig |ikke |så |helt )*(?:i orden|rimeligt|lovligt|ulovligt|rigtigt"
        r"|forkert|nok"
        r"|fair|tilladt|okay|ok|et afslag|hans|hendes|min)",
        r"is (?:that|this|it) (?:really )?(?:legal|lawful|ok|okay|fair|allowed|right)",
        r"(?:kan|må|skal|om) vi (?:kan |må |skal )?(?:stå fast|slutte|tage det høje|regne|lade hende"
        r"|lade ham)",
    ),
    *_ask(
        Asked.CONDITION,
        rf"{_START}{_YESNO_DA} (?:det |det her |ikke |virkelig |så |nu "
        rf"|også )*{_SUBJECT_DA} (?:[^.?!]{{0,120}} )?{_END} (?:[^.?!]{{0,160}})(?:\?|$)",
        rf"{_START}{_YESNO_EN} (?:not |really |there |it be )*(?:the |this |that |his |her |my |our "
        rf"|their )?(?:[^ ]+ )?{_SUBJECT_EN} (?:[^.?!]{{0,120}} )?{_END} (?:[^.?!]{{0,160}})(?:\?|$)",
        rf"{_START}(?:nytter|opfylder|gælder|overtræder|lider|slipper|vinder|holder|tæller) (?:det |den )?"
        rf"{_SUBJECT_DA} [^.?!]{{0,120}}\?",
        rf"er der (?:[^.?!]{{0,60}} )?{_END_DA} (?:[^.?!]{{0,80}} )?(?:{HERE}|den her sag|han|hun|ham"
        rf"|hende|vores)",
        rf"was there (?:[^.?!]{{0,60}} )?{_END_EN}",
        about_rules=True,
    ),
    *_ask(
        Asked.CONDITION,
        rf"{_SAY_DA} (?:[^.?!]{{0,40}} )?(?:om|at|hvorvidt|hvem) (?:[^.?!]{{0,90}} )?{_END_DA} ",
        rf"{_SAY_EN} (?:[^.?!]{{0,40}} )?(?:if|whether|who|that) (?:[^.?!]{{0,90}} )?{_END_EN} ",
        rf"{_SAY_DA} [^.?!]{{0,30}}?hvordan (?:nævnet|retten|ankestyrelsen|sagen"
        rf"|det) [^.?!]{{0,60}}?(?:afgør\w*|end\w+|går)",
        r"jeg vil (?:bare |gerne )?vide , om jeg",
    ),
    *_ask(
        Asked.OUTCOME,
        r"(?:har|hon|han) (?:[^ ]+ ){0,2}(?:rätt|rett) (?:till|til)",
        r"(?:ska|skall|bør|bör|skal|kommer) (?:[^ ]+ ){1,3}(?:avslå|bifalla|innvilge|upphäva|oppheve"
        r"|nedsette)",
        r"(?:vad|hva) (?:blir|blev|er) (?:beslutet|vedtaket|domen|dommen)|krav på stønad",
        r"(?:soll|muss|darf|kann|wird|wie wird) (?:[^ ]+ ){1,5}(?:ablehnen|bewilligen|entscheiden"
        r"|aufheben|stattgeben|gewinnen)",
        r"(?:hat|habe) (?:[^ ]+ ){1,3}anspruch auf|ist der bescheid|ist die klage|rechtswidrig",
        r"(?:faut-il|doit-on|a-t-elle|a-t-il|peut-on) (?:[^ ]+ ){0,4}(?:rejeter|accorder|annuler|droit"
        r"|refuser)",
    ),
)

# What is staged over several lines: a speaker asks, and the machine's line is left open.
_STAGED = re.compile(
    r"(?<= )(?:dommer|leder|sagsbehandler|bruger|spørgsmål|chef|judge|user|q|question|client|human) : "
    r"[^\n]{1,300}? (?:assistent|hjemmel|svar|maskinen|assistant|a|answer|ai|bot|model) :"
)

# A question of law or of what was decided, in the words that otherwise ask for an end.
_GENERAL = re.compile(
    rf"^ (?:[^ ]+ )(?:en|et|man|enhver|ansøgere|borgere|a|an|one|anyone|§) |(?<= )(?:efter|ifølge|under"
    rf"|according to) (?:loven|reglerne|lovgivningen|praksis|the act|the law) "
    rf"|^ (?:blev|gav|fik|var|did|was|were) [^?]*? (?:i |in )?{BY_NUMBER} (?:[^ ]+ )?\?|(?<= )(?:altid"
    rf"|always|aldrig|never) (?:være|be) "
)


def find_request(words: str) -> tuple[Asked, str] | None:
    """What one sentence (a reading's ``words``) asks of a verdict, with the words that ask."""
    general = None
    for ask in _ASKS:
        hit = compiled(ask.pattern).search(words)
        if hit is None:
            continue
        if ask.about_rules:
            general = _GENERAL.search(words) is not None if general is None else general
            if general:
                continue
        return ask.asked, hit[0].strip()
    return None


def find_staged(words: str) -> tuple[Asked, str] | None:
    """A staged dialogue in a whole text, read as one line."""
    hit = _STAGED.search(words)
    return (Asked.INSTRUCTION, hit[0].strip()) if hit else None
