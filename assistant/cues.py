"""The words by which a Danish provision shows its conditions, exceptions, discretion and standards.

Lists of words of law and of grammar, gathered from the Danish acts of the social field. They are lower
case; a caller lowers what it compares.
"""

from __future__ import annotations

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# What opens a clause that says when a rule applies, and when not. Longer openers stand first.
CONDITION_OPENERS = (
    ("i", "det", "omfang"),
    ("under", "forudsætning", "af"),
    ("på", "betingelse", "af"),
    ("på", "vilkår"),
    ("i", "tilfælde", "af"),
    ("så", "længe"),
    ("for", "så", "vidt"),
    ("forudsat",),
    ("såfremt",),
    ("dersom",),
    ("ifald",),
    ("hvis",),
    ("når",),
)
EXCEPTION_OPENERS = (("medmindre",), ("med", "mindre"))
# An exception without a verb of its own, up to the next comma.
EXCEPTION_PHRASES = (("bortset", "fra"), ("med", "undtagelse", "af"), ("undtagen",), ("undtaget", "herfra"))
# Clauses that say when, why or how, and are no condition.
OTHER_OPENERS = (
    ("selv", "om"),
    ("uanset", "om"),
    ("uanset", "hvornår"),
    ("uanset", "hvor"),
    ("efter", "at"),
    ("således", "at"),
    ("sådan", "at"),
    ("uden", "at"),
    ("for", "at"),
    ("hvorefter",),
    ("hvoraf",),
    ("hvorved",),
    ("idet",),
    ("fordi",),
    ("mens",),
    ("indtil",),
    ("siden",),
    ("så",),
    ("da",),
)
CONTENT_OPENERS = _words("at hvorvidt om hvilken hvilket hvilke hvad hvem hvornår hvordan hvorledes hvorfor")
RELATIVE_PLACES = _words("hvor hvori hvorunder hvorfra hvortil hvorpå hvorom")
# «hvor meget», «hvor længe» ask; «som led i», «som nævnt i» compare: neither limits.
ASKED = _words("meget mange stor stort store længe ofte høj højt lang langt")
NO_RELATIVE = _words(
    """
    følge led minimum udgangspunkt hovedregel nævnt anført beskrevet angivet defineret fastsat f minimum
    betingelse supplement alternativ dokumentation grundlag hidtil tidligere helhed bekendt
    """
)
# Nouns of time and case before «hvor» without a comma.
WHERE_NOUNS = _words("tilfælde situationer periode perioder sager omfang tidspunkt dage måneder")
PREPOSITIONS = _words(
    "i på til for fra af med om ved under over efter hos mod mellem inden uden gennem blandt samt ifølge"
)
POINTING = _words("for til ved af fra om på")  # what stands after these is no attribute of what is before
SPANS = _words("dage dag uger måneder tid periode")
DETERMINERS = _words("en et den det de alle enhver ethvert hver hvert andre disse denne dette samme personer")
JOINERS = _words("og eller men samt")

MODALS = _words("skal kan må bør vil")
# Verbs in the present as acts use them, in the active; the passive («-es») is derived. Words that are
# nouns as well stand in _AMBIGUOUS.
_ACTIVE = _words(
    """
    afbryder afdrager afgiver afgår afgør afhjælper afholder afhænger afkorter aflægger afmelder
    afregner afslutter afslår afsoner afspejler afviger afviser agter aftaler anbringer anerkender
    anfører angiver angår anlægger anmelder anmoder ansætter antager anvender anviser anker ansøger
    arbejder bebor beder befinder begrunder begrænser begynder begår begærer behandler bekendtgør
    benytter beregner berettiger beror berører beskikker beskriver beskytter beskæftiger beslutter
    besidder bestemmer bestiller booker bestyrer bestyrker bestrider besvarer betaler betragter betyder
    bevarer bevilger bevirker bevilliger bidrager bistår bliver bor bortfalder bortser bringer bruger bygger
    bærer deler deltager danner dokumenterer drager driver dækker dør efterbetaler efterkommer
    eftergiver ejer er erhverver erklærer erstatter etablerer falder finansierer finder fjerner flytter
    forbliver foregår foreligger forelægger foretager forestår foreslår foreskriver forfalder forhindrer
    forhøjer forhandler forkorter forlader forlanger forlænger formidler forpligter forrenter fortsætter
    fortæller forudsætter forringer forsørger forsikrer forvalter forventer forårsager forøger
    fraflytter fraskriver fratræder fratrækker fravælger fraviger fradrager fremgår fremkommer
    fremlægger fremmer fremsender fremsætter fremtræder fritager frembyder fungerer fylder fører følger
    får fastholder fastlægger fastsætter gennemfører gennemgår genberegner genindtræder genoptager
    genoptjener giver giftes godkender godtgør godskriver griber gælder gør går gives handler har
    henhører henlægger henvender henviser hidrører hindrer holder hører hæver iagttager idømmer ifalder
    imødekommer indberetter indbetaler indbringer inddrager inddriver indebærer indeholder indgiver
    indgår indhenter indkalder indkommer indleverer indlægger indordner indpasser indrejser indretter
    indsender indstiller indtræder indtræffer informerer iværksætter knytter koordinerer kommer krænker
    kræver lader ledsager leder lever leverer lider ligger lyder lægger løber løser mangler medbringer
    meddeler medfører medgår medregner medtager medvirker medregner mener mister modregner modsvarer
    modsætter modtager møder nedlægger nedskriver nedsætter nægter nævner nødvendiggør når ombygger
    omdanner omfatter omregner omtaler opbevarer opfylder opgør opholder ophører ophæver opkræver
    oplyser oplever oplærer opnår opretholder opretter opsiger opstår optager optjener optræder opgiver
    ordner orienterer overdrager overfører overgår overholder overlader overlapper overskrider
    overstiger overtager overtræder passer pålægger påbegynder pådrager påberåber påhviler påklager
    pålægger påløber påser påvirker påtænker redegør reducerer refunderer registrerer regner regulerer
    relaterer rejser repræsenterer retter risikerer råder rådgiver samler samlever samtykker samarbejder
    sender ses sidestiller sigter sikrer sker skifter skønner skyldes skylder sluttes stammer starter
    stemmer stiller straffer strider styrer støtter står stårlån supplerer svarer søger sørger tager
    taler tegner tjener tilbageholder tilbagebetaler tilbyder tilfalder tilflytter tilgodeser tilhører
    tilkender tilkommer tillader tillægger tilmelder tilrettelægger tilsigter tilsidesætter tilstræber
    tilvejebringer tiltræder træder træffer trækker tåler udarbejder udbetaler udbyder udebliver
    udelukker udfører udgør udleder udleverer udlejer udløber udløser udnytter udnævner udpeger udreder
    udrejser udsender udskriver udskyder udspringer udsteder udsætter udviser udvikler udvælger udøver
    undergår underkaster undersøger understøtter underretter undlader undtager unddrager undergiver
    unddrages uddanner uploader vedbliver vedlægger vedrører vedtager vejleder vender varetager varer
    videregiver viderefører virker viser visiterer vurderer vælger yder ændrer ønsker øver øger åbner
    """
)
_PAST = _words(
    """
    var blev fik havde modtog boede skulle kunne ville måtte var opfyldte udgjorde arbejdede deltog kom
    gjorde gik tog gav stod lå ophørte indtrådte foregik skete bestod ydede udbetalte fandt fremgik var
    """
)
_IRREGULAR = _words(
    "må kan skal bør vil har er ved findes synes mødes skyldes ses lykkes giftes består får forældes"
)
FINITE = (
    _ACTIVE
    | _PAST
    | _IRREGULAR
    | frozenset(word[:-1] + "s" for word in _ACTIVE if word.endswith("er"))
    | frozenset(word[:-2] + "s" for word in _ACTIVE if word.endswith("der") and len(word) > 6)
) - _words("når s")
# Verbs that are nouns too: after a word that introduces a noun they are no verb.
AMBIGUOUS = _words(
    """
    ansøger arbejder samlever leder fører ejer bestyrer følger udgør støtter regner former sager deler
    arbejdes samarbejder aftaler ordner driver råder bygger bruger flytter vurderer styrer holder
    leverer lever
    """
)
BEFORE_NOUN = DETERMINERS | PREPOSITIONS | _words("og eller som sin sit sine dens dets deres egen eget")

# Main clauses.
# After «kan» and «må» these bind instead of leaving a choice.
BINDING = _words("ikke kun alene højst ingen")
DUTY_PHRASES = re.compile(
    r"\b(?:har (?:\w+ ){0,2}pligt til|er (?:\w+ ){0,3}forpligtet|er pligtige?|påhviler|har ansvaret for"
    r"|sørger for|påser|drager omsorg for|er forbudt)\b",
    re.IGNORECASE,
)
# A denial of one of these takes a case out of a rule.
DENIED = re.compile(
    r"\b(?:gælder|finder|anvendes|omfatter|omfattes|omfattet|ydes|udbetales|gives|tilkommer|tilkendes|berettiget"
    r"|berettigede|ret|medregnes|indgår|kræves|bevilges|betales)\b",
    re.IGNORECASE,
)
REQUIREMENT = re.compile(
    r"\b(?:betingelse|betinget|forudsætning|forudsætter|kræver|kræves|krav om|vilkår)\b", re.IGNORECASE
)
REQUIRES = ("betinget", "forudsætter")  # these say so of a noun as well: «forudsætter fornyet afgørelse»
LISTED_REQUIREMENT = re.compile(r"\b(?:betingelser|krav|kriterier|forudsætninger)\b", re.IGNORECASE)
OVERRIDE = re.compile(
    r"\b(?:uanset|som undtagelse fra|undtaget fra|undtages)\b"
    r"(?= (?:\w+ ){0,3}(?:stk|§|bestemmels|kapitel|nr|regl|krav))"
    r"|\bundtages\b|\bundtaget fra\b",
    re.IGNORECASE,
)
_REFERENCE_BIT = (
    r"(?:§§?|stk\.|nr\.|litra|\d+\. ?pkt\.?|pkt\.|kapitel|kap\.|og|eller|\d[\d.–-]*|[a-zæøå](?!\w))"
)
RESERVED = re.compile(rf"\bjf\.? dog(?: ,?{_REFERENCE_BIT}|, {_REFERENCE_BIT})+", re.IGNORECASE)

JUDGED = re.compile(
    r"\b(?:(?:efter|ud fra|på grundlag af|på baggrund af) (?:en |et )?(?:[\w-]+ ){0,3}?(?:vurdering|skøn)"
    r"|(?:konkrete?|individuelt|samlet) (?:(?:og|,) \w+ )?(?:vurderes|vurderer|vurdering|skønnes|skøn)"
    r"|skønnes|skønner|skønsmæssigt)\b",
    re.IGNORECASE,
)
# Nouns that «særlig» leaves open; «særligt tilskud» and «særlige regler» name a thing of law instead.
_OPEN_NOUN = (
    r"(?:tilfælde|forhold|omstændigheder|situationer|situation|hensyn|behov|grunde?|karakter|art|påvirkninger"
    r"|vanskeligheder|årsag(?:er)?|problemer|anledning|byrder?|interesser?|vilkår|belastning(?:er)?|risiko)"
)
STANDARD = re.compile(
    rf"\b(?:(?:ganske |helt )?særlig[te]? (?:[\w-]+e )?{_OPEN_NOUN}"
    rf"|(?:u?rimelig|u?nødvendig|u?hensigtsmæssig|u?forsvarlig|u?væsentlig|betydelig|tilstrækkelig|utilstrækkelig"
    rf"|tilbørlig|uforholdsmæssig|åbenbar|alvorlig|fyldestgørende|passende|afgørende|skælig|gyldig)(?:t|e|er)?"
    rf"|(?:så|i) (?:vidt|videst) muligt(?: omfang)?|så (?:hurtigt|tidligt|snart|vidt|nært) som muligt"
    rf"|hurtigst muligt"
    rf"|snarest(?: muligt)?|uden ugrundet ophold|inden rimelig tid|i fornødent omfang|fornøden(?:t|ne|de)?"
    rf"|god(?:e)? grunde?|vægtige grunde|tvingende grunde|i overvejende grad)\b",
    re.IGNORECASE,
)
# Words of terms of law that hold an adjective of the list and leave nothing open.
NO_STANDARD = re.compile(r"\balmindelig|\bafgørende (?:myndighed|kommune)", re.IGNORECASE)

ALL_OF = re.compile(
    r"\b(?:alle|samtlige|begge|hver af)\b[^.;:]{0,40}\b(?:følgende|nævnte|betingelser|krav|kriterier)"
    r"|\bfølgende (?:\w+ ){0,2}(?:betingelser|krav|kriterier)\b[^.;]{0,80}\bopfyldt",
    re.IGNORECASE,
)
ONE_OF = re.compile(
    r"\b(?:en|ét|et|én|mindst (?:en|et|én|ét)|enten) (?:eller flere )?af (?:\w+ )?(?:følgende|disse)\b",
    re.IGNORECASE,
)
