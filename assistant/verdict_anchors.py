"""What a sentence in a machine's own words must show before it may leave: what it speaks of.

A list of forbidden words is never finished («hun er inden for skiven»). So a sentence that no person wrote
beforehand must also stand on one of the things a brief speaks of: a decision by its number or authority, a
rule, what the case says or leaves out, what a party did or says, the documents shown, a duty of procedure,
an open question. Each of its main clauses must.
"""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.verdict_frames import is_open_question, is_report, is_rule, tells_a_view
from assistant.verdict_text import QUOTE_MARK
from assistant.verdict_words import BY_NUMBER, HERE, words

# «Ordret fra», «I begrundelsen for afgørelsen hedder det»: more words than these say something themselves.
WORDS_AROUND_A_QUOTE = 6
_WORD = re.compile(r"[^\W\d_]{2,}")
_CLAUSE = re.compile(r" , (?:og|men|så|for|and|but|so|mens|while) | ; | og (?=(?:det|den|hun|han|de|så) )")
_CASE = re.compile(
    r"(?<= )(?:sagens?(?: tekst| oplysninger)? (?:nævner|oplyser|siger|beskriver|omtaler|angår|handler"
    r"|indeholder|drejer"
    r"|vedrører|rummer|fortæller)|af sagen|ifølge sagen|(?:både )?sagen og|i sagen (?:er der|nævnes"
    r"|oplyses|omtales|står)"
    r"|er der i sagen|the case (?:mentions|says|states|describes|concerns|does not (?:say|mention|state"
    r"|describe)|contains)"
    r"|according to the case|both the case and|oplyses det|spørgsmålet i|text asks|teksten (?:bad|spørger"
    r"|beder)) "
)
_DOCUMENTS = re.compile(
    r"(?<= )(?:[\w-]*afgørelser?(?:ne|n)?|[\w-]*meddelelse\w*|citat\w*|samlingen|hjemmel|kilden|sætninger"
    r"|teksten|ordet|begrebet"
    r"|udfald\w*|udfaldet|indekset|versionen|beslutningen|decisions?|outcomes?|quotes?|sentences"
    r"|collection|order|rækkefølgen|search\w*"
    r"|nothing|der er|her) (?:[^ ]+ ){0,6}?(?:handler|vises|står|findes|fundet|citerer|adskiller"
    r"|registreret|registrerede|hviler"
    r"|afløst|udeladt|indeholder|viser|drejer|angår|omtaler|nævner|dækker|henviser|genfindes|søgt|ligner"
    r"|senere|historisk"
    r"|ordrette|defineret|siger ikke|giver ingen|fandt|standard|betyder|tæller|hver sit|din|er fra|shown"
    r"|cites?|concerns?|differ|means"
    r"|recorded|found|kept|historic|left out|holds|er sat til side|does not|rests?|is yours|are later"
    r"|shows|in force|alike"
    r"|gælder|gjaldt|ingen|recorded)"
    r" |(?<= )(?:registreret udfald|recorded outcome|ordlyd\w*|wording) "
)
# What a rule is made of, said of nobody: «Klagefristen er fire uger».
_RULE_PARTS = re.compile(
    r"(?<= )(?:[\w-]*fristen|kravet om [^ ]+|kravene til [^ ]+|bekendtgørelse|vejledningen|the act"
    r"|time limit(?: for [^ ]+)?|kapitel|chapter) "
    r"(?:[^ ]+ ){0,2}?(?:er|står|regnes|stiller|løber|beskriver|findes|is|runs|stands|sets|counts?) "
    r"|(?<= )(?:undtagelsen|exception) [^.?!]{0,80}? (?:hvis|når|if|when|where) "
)
_FACT_VERBS = words(
    """
    nedsatte standsede lagde holdt fremgik stoppede bevilgede afslog gav fik skrev sendte søgte klagede
    ringede mødte udeblev oplyste varslede traf partshørte modtog bad svarede kom blev besøgte vejledte
    anbefalede indstillede lukkede flyttede tilbød overvejer kørte spurgte bragte noterede trak
    registrerede målte rejste betalte købte boede arbejdede ønsker refused reduced granted stopped wrote
    called asked sent applied appealed received attended missed got was were decided recommended went
    came visited moved offered
    """
)
_DONE = words(
    """
    givet truffet bevilget afslået nedsat standset sendt skrevet søgt klaget oplyst bedt fået varslet
    stoppet partshørt registreret målt noteret modtaget ringet svaret besøgt tilbudt trukket henvist
    """
)
_PARTY = (
    r"(?:borgeren|ansøgeren|klageren|kommunen|parten|naboen|ejeren|forvaltningen|lægen|terapeuten"
    r"|advokat\w*|hun|han|brevet|hjælpen|støtten"
    r"|ydelsen|forløbet|sagsbehandleren|kommune|citizen|municipality|applicant|neighbour|doctor|he|she"
    r"|letter|help|benefit|refusal"
    r"|support|afslaget|klagen|udvalget|sagen|case)"
)
_FACT = re.compile(
    rf"(?<= ){_PARTY} (?:[^ ,;:.?!]+ ){{0,4}}?(?:{_FACT_VERBS}) |(?<= )(?:{_FACT_VERBS}) {_PARTY} "
    rf"|(?<= ){_PARTY} (?:har|has|have|er) (?:[^ ,;:.?!]+ ){{0,2}}?(?:{_DONE}) "
)
# A fact that is judged in the same breath is no longer told.
_JUDGED = re.compile(
    r"(?<= )(?:uden (?:hjemmel|grundlag|grund)|i orden|fejl\w*|sagsbehandlingsfejl|mangelfuld\w*"
    r"|retmæssig\w*|uretmæssig\w*|lovlig\w*|ulovlig\w*"
    r"|vandt|vinde|wins?|won|tabe|tabte|svaret|answer|heldigvis|desværre|selvfølgelig|naturligvis"
    r"|of course|rightly|wrongly|nok|bare|ude af"
    r"|inden for skiven|without (?:basis|authority|cause)|fortunately|unfortunately|every box|any doubt) "
)
_DUTY = re.compile(
    r"(?<= )(?:kommunen|myndigheden|municipality|authority|sagsbehandleren|caseworker|afgørelsen"
    r"|decision) (?:[^ ]+ )?(?:skal|må|must|træffer|afgør|decides|makes)"
    r" (?:[^ ,;:.?!]+ ){0,3}?(?:høre|hear|vejlede|guide|begrunde|begrundes|oplyse|inform|undersøge"
    r"|investigate|notere|partshøre|indeholde|contain|state|vurdere"
    r"|vurderes|assess|afgørelsen|afgørelse|det|weigh|record) "
    r"|(?<= )(?:du afgør|beslutningen er din|(?:the )?decision is yours|afgør (?:kommunen|sagsbehandleren"
    r"|du)|overladt til|is for the (?:municipality|caseworker)"
    r"|det er (?:kommunen|sagsbehandleren) , der)"
)
_THE_PARTY = re.compile(
    r"(?<= )(?:borgerens?|ansøgerens?|klagerens?|citizen(?:'s)?|applicant(?:'s)?|complainant(?:'s)?) "
)
_OPEN = re.compile(
    r"(?<= )(?:hvis|når|såfremt|medmindre|kan|må|skal|endnu|under forløbet|if|when|where|unless|may|must) "
)
_NUMBERED = re.compile(
    rf"(?<= ){BY_NUMBER} [^.?!]{{0,80}}?(?:handler|angår|nævner|citerer|er registreret|registreret|blev"
    rf"|vedrører|har|siger|concerns?|cites?"
    r"|mentions?|was|were|is recorded|differ|adskiller|og) "
)
_HERE = re.compile(rf"(?<= ){HERE} (?!vises|hedder)")
_PRESENT = re.compile(
    r"(?<= )(?:er|har|skal|kan|må|bør|vil|gælder|får|bliver|is|are|has|must|should|can|will|would|does|do) "
)


def is_anchored(sentence: str) -> bool:
    """Whether every main clause of a sentence (a reading's ``words``) shows what it speaks of."""
    if is_open_question(sentence) and not _JUDGED.search(sentence):
        return True
    if _JUDGED.search(sentence) and not is_report(sentence) and not tells_a_view(sentence):
        return False
    starts = [0, *(m.end() - 1 for m in _CLAUSE.finditer(sentence)), len(sentence)]
    first, *rest = (sentence[a:b] + " " for a, b in pairwise(starts) if sentence[a:b].strip(" .,"))
    return _stands(first) and all(_stands(clause) or _continues(clause) for clause in rest)


def _stands(clause: str) -> bool:
    if tells_a_view(clause) or _CASE.search(clause) or _DUTY.search(clause):
        return True
    if _HERE.search(clause):
        return False
    if QUOTE_MARK in clause and len(_WORD.findall(clause)) <= WORDS_AROUND_A_QUOTE:
        return True
    return bool(
        is_report(clause)
        or (is_rule(clause) and not _leans(clause))
        or _RULE_PARTS.search(clause)
        or _DOCUMENTS.search(clause)
        or _FACT.search(clause)
        or _NUMBERED.search(clause)
    )


def _leans(clause: str) -> bool:
    """Whether a rule is told of the party before us, and not of whoever meets its conditions."""
    return bool(_THE_PARTY.search(clause)) and not _OPEN.search(clause)


def _continues(clause: str) -> bool:
    """Whether a later clause goes on telling: in the past, or without a verb of its own."""
    return not _PRESENT.search(clause) and not _HERE.search(clause)
