"""The words of deciding, in Danish and English: what an authority does, who it does it to, how a text
shows that it reports, asks or cites a rule instead of deciding.

All are parts of patterns over one line of lower-case tokens, each followed by one blank.
"""

from __future__ import annotations


def words(listed: str) -> str:
    """Alternatives, the longest first, so that none hides a longer one."""
    return "|".join(sorted(listed.split(), key=len, reverse=True))


def within(most: int) -> str:
    """Up to ``most`` words of the same clause. The bound keeps every search linear."""
    return rf"(?:[^ ,;:.?!()]+ ){{0,{most}}}"


# What a decision does to a case, as an infinitive or in the passive («stadfæste», «stadfæstes»).
DECIDE_DA = (
    r"(?:(?:stadfæst|tiltræd|ophæv|omgør|ændr|hjemvis|afvis|imødekomm|bevil+[gj]|bevillig|nedsætt|fastsætt"
    r"|underkend|oprethold|frifind|standse?|stopp|udbetal|tilbagebetal|tilbagehold|godkend|fraken+d|undtag"
    r"|udlever|genoptag|afbryd|inddrag|pålægg|tilbagetræk|tilbagefør|eftergiv|meddel|sanktioner|forhøj"
    r"|begræns)es?"
    r"|stads+es|afslås?|omgøres?|trækkes?|rives?|fjernes?|slippes?|annulleres?|annullere|beholdes?"
    r"|medhold|afslag|dispensation|frafaldes?|ugyldiggøres?|forældes?|lukkes?|standses?|fortsættes?"
    r"|opfyldes?"
    r"|kompenseres?|refunderes?|gives|gå videre|blive stående|falde? (?:bort|ud)|bortfalde?r?"
    r"|tages? (?:ikke )?til følge)"
)
# Verbs that decide only together with what they give or take: «give afslag», «få hjælp», «have sine penge».
GRANT_DA = (
    r"(?:give|få|have|miste|bevare|fratage|gives?|fås|betale|udbetale|yde|ydes|sige|sætte|sættes|tillade"
    r"|tillades) "
    + within(4)
    + r"(?:afslag|medhold|ret|hjælp\w*|penge\w*|støtte\w*|ydelse\w*|tilladelse\w*|dispensation"
    r"|aktindsigt|indsigt"
    r"|beløb\w*|nej|ja|bevilling\w*|ned|tilbage|rengøring\w*|referat\w*|kopi\w*|byggetilladelse\w*|lov"
    r"|erstatning"
    r"|godtgørelse|sanktion\w*|tilbuddet|forløb\w*)"
)
MODAL_DA = r"(?:skal|skulle|bør|burde|må|måtte|kan|kunne|vil|ville|behøver|tør|nødt til at|forpligtet til at)"
# What is decided, and for whom.
MATTER_DA = (
    r"(?:[\w-]*(?:afgørelse|klage|sag|ansøgning|begæring|anmodning|nedsættelse|afslag|støtte|hjælp|ydelse"
    r"|påbud"
    r"|tilladelse|dispensation|udeblivelse|frist|krav|betingelse|bevilling|sanktion|tilbagebetaling|skur"
    r"|dom|anke"
    r"|vejledning|begrundelse|partshøring|standsning|dokument|notat|fejl|mangel|bevis|forklaring"
    r"|synspunkt|pligt"
    r"|beslutning|vurdering|forløb|rengøring)\w*)"
)
PERSON_DA = (
    r"(?:borgeren|ansøgeren|klageren|klager|parten|kommunen|naboen|ejeren|myndigheden|moderen|manden"
    r"|kvinden|barnet"
    r"|sønnen|datteren|forvaltningen|han|hun|ham|hende|de|vi|jeg|i|man|du|[ab]|(?:fru|hr|min|vores|hendes"
    r"|hans|dit|din) \w+)"
)
# Statuses that say that the law's demand is met, or not.
STATUS_DA = words(
    """
    opfyldt opfyldte overholdt iagttaget berettiget uberettiget berettigede lovlig lovligt lovlige
    ulovlig ulovligt ulovlige ugyldig ugyldigt ugyldige gyldig gyldigt korrekt korrekte forkert forkerte
    rigtig rigtigt rigtige urigtig urimelig urimeligt rimelig rimeligt undskyldelig undskyldeligt
    omfattet velbegrundet velbegrundede uhjemlet grundløs utilstrækkelig utilstrækkeligt tilstrækkelig
    tilstrækkeligt proportional proportionalt uproportional disproportional passende mangelfuld
    mangelfuldt tilsidesat tilsidesatte overtrådt overskredet forældet rettidig rettidigt forpligtet
    nødt troværdig utroværdig dokumenteret godtgjort bevist sandsynliggjort uvæsentlig væsentlig
    retmæssig retmæssigt uretmæssig uretmæssigt ekstraherbart ekstraherbar internt selvforskyldt part
    retstridig retsstridig retsstridigt hjemlet sagligt usaglig usagligt saglig afgørende skyldig
    inhabil forsvarlig uforsvarlig forsvarligt holdbar uholdbar holdbart uholdbart urigtigt fejlagtig
    fejlagtigt støtteberettiget
    """
)
DECIDERS_DA = (
    r"(?:[\w-]*ankestyrelsen|[\w-]*nævn(?:et)?|[\w-]*retten|højesteret|landsret\w*|byret\w*|skatterådet"
    r"|datatilsynet"
    r"|ombudsmanden|rekursinstansen|statsforvaltningen|klageinstansen)"
)
# A decided case by its number or by a word that points away from the present one.
BY_NUMBER = r"(?:[a-zæøå]-)?\d{1,4}-\d{1,4}(?:-\d{2,4})?"
PAST_POINTER = (
    rf"(?:{BY_NUMBER}|dengang|(?:i|fra) (?:den|dommen|afgørelsen|kendelsen) (?:tidligere )?(?:sag"
    rf"|afgørelse|dom|fra)"
    r"|(?:afgørelsen|dommen|kendelsen|principmeddelelsen) (?:fra|af)|den afgørelse|den sag|tidligere"
    r"|back then|in that (?:case|decision)|the (?:judgment|decision|ruling) of|earlier)"
)
PAST_VERBS_DA = (
    words(
        """
    stadfæstede ophævede ændrede hjemviste afviste tiltrådte fandt lagde udtalte vurderede fastslog gav
    havde var blev fik kunne skulle måtte ville frifandt dømte anså noterede bemærkede mente skrev
    afslog omgjorde nedsatte tog kom vandt tabte endte lød satte burde konkluderede imødekom accepterede
    godkendte forkastede lod stod begrundede
    """
    )
    + r"|har (?:i [^ ]+ (?:[^ ]+ )?)?(?:fastslået|fundet|udtalt|stadfæstet|ophævet|hjemvist|afvist|lagt)"
)
DECIDERS_EN = (
    r"(?:(?:the )?(?:appeals? |complaints? |high |supreme |district |city )*(?:board|court"
    r"|tribunal|ombudsman|panel))"
)
PAST_VERBS_EN = words(
    """
    upheld overturned set reversed remitted dismissed allowed held found considered ruled decided
    rejected affirmed was were had came attached wrote gave granted refused could emphasised stated noted
    annulled did
    concluded quashed acquitted
    """
)
DECIDE_EN = (
    r"(?:uphold|upheld|affirm(?:ed)?|overturn(?:ed|s)?|revers(?:e|ed|es|ing)|remit(?:ted)?|dismiss(?:ed)?"
    r"|reject(?:ed)?"
    r"|refus(?:e|ed|al)|den(?:y|ied)|grant(?:ed|ing)?|allow(?:ed)?|set aside|annul(?:led)?|quash(?:ed)?"
    r"|approv(?:e|ed)"
    r"|cut|reduc(?:e|ed|tion)|deduct(?:ed|ion)?|sanction(?:ed)?|terminat(?:e|ed)|stop(?:ped)?"
    r"|suspend(?:ed)?|pa(?:y|id)"
    r"|repa(?:y|id)|continue|stay|torn down|tear down|removed?|demolished|receive|get|keep|lose|win|fail"
    r"|succeed"
    r"|prevail|stand|withdrawn?|reinstated?|award(?:ed)?|qualify|be heard|been heard|impose[d]?"
    r"|disclosed?|followed?)"
)
MODAL_EN = (
    r"(?:should(?: not|n't)?|must(?: not|n't)?|ought(?: not)?|shall|will|would|can|cannot|can't|may|might"
    r"|has to|have to"
    r"|had to|needs? to|could|won't|is to|are to|is bound to|does not have to)"
)
STATUS_EN = words(
    """
    met satisfied fulfilled entitled eligible lawful unlawful legal illegal valid invalid void voidable
    wrong right correct incorrect justified unjustified reasonable unreasonable unfounded founded
    well-founded excusable covered disproportionate proportionate appropriate time-barred credible
    proven proved sufficient insufficient adequate inadequate guilty liable complied unfair fair
    defensible indefensible obliged qualified breached
    """
)
MATTER_EN = (
    r"(?:decision|refusal|reduction|deduction|appeal|complaint|application|claim|permit|benefit|support"
    r"|help|shed"
    r"|condition|conditions|requirement|requirements|sanction|order|case|request|guidance|hearing|excuse"
    r"|money)"
)
PERSON_EN = (
    r"(?:citizen|applicant|complainant|appellant|municipality|neighbour|party|he|she|they|we|you|i|claimant"
    r"|her|him|them|his|their|owner|mother|father|recipient)"
)
NUMBER = (
    r"(?:\d+|en|én|et|ét|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|one|two|three|four|five|six"
    r"|seven|eight|nine|ten"
    r"|elleven|twelve|halvdelen|half)"
)
CASES = (
    r"(?:sager|sagerne|afgørelser|afgørelserne|klager|klagerne|klagere|borgere|borgerne|ansøgere|tilfælde"
    r"|ansøgninger|domme"
    r"|cases|appeals|decisions|complaints|applications|citizens|applicants|rulings|gange|times)"
)
OUTCOME = (
    r"(?:stadfæst\w*|ophæv\w*|hjemvis\w*|hjemvist\w*|afvis\w*|afvist\w*|medhold|afslag|imødekom\w*"
    r"|ændr\w*|frif\w*|underkend\w*"
    r"|bevil\w*|imod|ret|upheld|dismissed|allowed|overturned|remitted|refused|granted|succeed\w*|fail\w*"
    r"|rejected|against"
    r"|won|lost|favou?r|side|aside|reversed|uphold)"
)
# The case before us, as against the ones that were decided.
HERE = (
    r"(?:her|i (?:denne|nærværende|den aktuelle|den foreliggende|vores|din|jeres) (?:sag|klage)|(?:denne"
    r"|nærværende|den aktuelle"
    r"|den foreliggende|vores) (?:sag|klage)s?|sagen her|i dag|nu|here|(?:in )?th(?:is|e present"
    r"|e instant|e current) case"
    r"|our case|on these facts|this (?:appeal|complaint|refusal|decision))"
)
# Words after which the writer speaks for himself again, whatever was reported before.
INFERENCE = (
    r"(?:derfor|således|dermed|altså|følgelig|hvorfor|hvilket|herefter|men|så|ergo|derved|therefore|thus"
    r"|hence|so|consequently"
    r"|accordingly|but|which|it follows)"
)


# Words of asking and deciding whose slips of the finger are mended: a letter left out, doubled, or two
# changed about. Short words have too many neighbours that are words themselves, so theirs are only turned.
_KEYS = frozenset(
    words(
        """
        skal kommunen afslag medhold afgørelse afgørelsen konklusion konklusionen trækkes nedsættes
        nedsætte stadfæstes ophæves hjemvises ydelse ydelsen hjælp hjælpen støtten borgeren
        berettiget betingelsen betingelserne opfyldt lovligt ulovligt udfald udfaldet resultat
        resultatet bevilge klagen sagen verdict should refuse refused decision entitled outcome
        conclusion dismiss dismissed reject rejected upheld benefit appeal lawful unlawful
        """
    ).split("|")
)
# Slips that are words themselves, and say another thing.
_OTHER_WORDS = frozenset(words("nedsatte hjalp borgerne borgere kagen sagn reuse reused uheld").split("|"))
_SHORT_KEY = 5


def _slips_of(word: str) -> set[str]:
    turned = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1)}
    if len(word) < _SHORT_KEY:
        return turned
    missing = {word[:i] + word[i + 1 :] for i in range(1, len(word) - 1)}
    doubled = {word[:i] + word[i] + word[i:] for i in range(len(word))}
    plain = {word.replace("æ", "e"), word.replace("ø", "o"), word.replace("å", "a"), word.replace("æ", "a")}
    return turned | missing | doubled | plain


SLIPS = {slip: word for word in sorted(_KEYS) for slip in _slips_of(word) if slip not in _KEYS | _OTHER_WORDS}
