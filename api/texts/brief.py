"""Words of the brief, for the terminal and the page."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "brief": ("Oplæg", "Brief"),
    "case-as-read": ("Sagen, som den er læst", "The case as read"),
    "replaced-in-case": ("Personoplysninger er erstattet", "Personal data was replaced"),
    "overview": ("Overblik", "Overview"),
    "procedure": ("Sagsbehandling", "Procedure"),
    "precedents-order": (
        "Rækkefølgen viser kun, hvor meget teksten ligner",
        "The order only shows how alike the texts are",
    ),
    "gaps": ("Det, der mangler", "What is missing"),
    "no-gaps": ("Intet at bemærke.", "Nothing to remark."),
    "trace": ("Post i loggen: {id} · indeks {snapshot}", "Entry in the log: {id} · index {snapshot}"),
    "since": ("Siden da", "Since then"),
    "pending": ("Vedtaget, endnu ikke indarbejdet", "Adopted, not yet consolidated"),
    "conditions": ("Det, bestemmelsen siger", "What the provision says"),
    "rest-with-show": ("[…] Resten: hjemmel show {id}", "[…] The rest: hjemmel show {id}"),
    "more-conditions": (
        "Bestemmelsens øvrige stykker siger også noget; --json viser det hele.",
        "Other parts of the provision say more; --json shows all of it.",
    ),
    "gap-no-procedural-acts": (
        "Samlingen har ingen almindelig lov om sagsbehandling.",
        "The collection has no general act on procedure for the date of the case.",
    ),
    "element-condition": ("Betingelse", "Condition"),
    "element-exception": ("Undtagelse", "Exception"),
    "element-discretion": ("Skøn", "Discretion"),
    "element-duty": ("Pligt", "Duty"),
    "element-standard": ("Retlig standard", "Open standard"),
    "joined-and": ("alle led (og)", "all items (and)"),
    "joined-or": ("et af leddene (eller)", "one of the items (or)"),
    "not-described": ("ikke beskrevet i sagen", "not described in the case"),
    "counter": (
        "Gik en anden vej end den nærmeste afgørelse",
        "Went another way than the nearest decision",
    ),
    "reasons": ("Myndigheden lagde vægt på", "What the authority gave weight to"),
    "alike": ("Ligner hinanden i ord eller mening", "Alike in words or meaning"),
    "only-decision": ("Kun i afgørelsen", "In the decision only"),
    "only-case": ("Kun i sagen", "In the case only"),
    "note-written": ("Notatet er skrevet til {file}.", "The note was written to {file}."),
    "audit-whole": ("Loggen er hel: {count} poster.", "The log is whole: {count} entries."),
    "audit-broken": (
        "Loggen er brudt ved post {number}: {reason}.",
        "The log is broken at entry {number}: {reason}.",
    ),
    "gap-own-view-first": (
        "Tidligere afgørelser vises, når egne overvejelser er noteret.",
        "Earlier decisions are shown once own considerations are noted, as the authority has chosen.",
    ),
    "gap-no-rules": (
        "Der er ikke fundet regler.",
        "No rules were found that applied on the date of the case.",
    ),
    "gap-no-precedents": (
        "Der er ikke fundet tidligere afgørelser.",
        "No earlier decisions were found in the collection.",
    ),
    "gap-weak-rules": (
        "Ingen regler ligger tæt på sagen.",
        "None of the rules found lies close to the case.",
    ),
    "gap-weak-precedents": (
        "Ingen afgørelser ligger tæt på sagen.",
        "None of the decisions found lies close to the case.",
    ),
    "gap-other-law": (
        "Henviser ikke til de love, som reglerne står i.",
        "Refers to none of the acts and orders that the rules here stand in; found because words are alike.",
    ),
    "gap-wording-changed": (
        "Ordlyden er ændret siden.",
        "The wording has changed since the date of the case.",
    ),
    "gap-pending-amendments": (
        "Vedtagne ændringer er endnu ikke indarbejdet.",
        "Adopted amendments are not in the wording shown yet.",
    ),
    "gap-precedents-overtaken": (
        "Afløst, tilsidesat eller truffet efter en ordlyd, der er ændret.",
        "Reissued, set aside, or resting on wording that has changed.",
    ),
    "gap-not-described": (
        "Sagens tekst siger intet om det, som disse regler spørger efter.",
        "The text of the case says nothing about what these rules ask for.",
    ),
    "gap-short-case": (
        "Sagens tekst er kort.",
        "The text of the case is short. More facts give a better basis to search on.",
    ),
    "gap-corpus-old": (
        "Samlingens nyeste dokument er over et år gammelt.",
        "The newest document of the collection is over a year old. Newer rules and decisions may be missing.",
    ),
    "gap-words-alone": (
        "En del af samlingen er kun søgt efter ord.",
        "A part of the collection was searched by words alone. Add the terms of the field.",
    ),
    # The page of a brief
    "brief-title": ("Overblik over sagen", "Brief of the case"),
    "brief-parts": ("På denne side", "On this page"),
    "brief-short": ("Kort fortalt", "In short"),
    "brief-beside": ("Betingelser ved siden af sagen", "Conditions beside the case"),
    "brief-compare": ("Ved siden af sagen", "Beside the case"),
    "brief-rules": ("Regler og det, de kræver", "Rules and what they ask"),
    "brief-make": ("Lav overblikket", "Make the brief"),
    "brief-again": ("Lav overblikket igen", "Make the brief again"),
    "brief-busy": (
        "Læser regler og afgørelser igennem. Det tager nogle sekunder.",
        "Reading rules and decisions through. It takes some seconds.",
    ),
    "brief-done": ("Overblikket er klar.", "The brief is ready."),
    "brief-empty": (
        "Overblikket lægger regler, betingelser, afgørelser og mangler frem for den sag, du beskriver.",
        "The brief lays out rules, conditions, decisions and gaps for the case that you describe.",
    ),
    "brief-no-verdict": (
        "Her står, hvad reglerne kræver, og hvad andre afgørelser lagde vægt på. Om betingelserne er"
        " opfyldt, og hvordan sagen ender, afgør du.",
        "Here is what the rules ask and what other decisions gave weight to. Whether the conditions are"
        " met, and how the case ends, is for you to decide.",
    ),
    "brief-unfiltered": (
        "Søgningens afgrænsning til {names} gælder ikke her: overblikket viser alle afgørelser, så begge"
        " retninger er i syne.",
        "The search was narrowed to {names}. That does not hold here: the brief shows all decisions, so"
        " that both directions stay in view.",
    ),
    "brief-not-found": (
        "Mærket i søgningen, men ikke fundet nær sagen, og derfor ikke med her",
        "Marked in the search, but not found near the case, and so not shown here",
    ),
    "case-edit": ("Ret sagen eller datoen", "Change the case or its date"),
    "case-numbers": (
        "Tallene viser, hvilken sætning der henvises til længere nede.",
        "The numbers show which sentence is referred to further down.",
    ),
    "to-search": ("Tilbage til søgningen", "Back to the search"),
    "overview-extract": (
        "Sætningerne er kildernes egne, taget ordret fra de nærmeste regler og afgørelser.",
        "The sentences are the sources' own, taken word for word from the nearest rules and decisions.",
    ),
    "overview-model": (
        "Modellen {model} har skrevet sætningerne, og hver af dem er holdt op mod sin kilde. Læs kilden,"
        " før du bruger dem.",
        "The model {model} wrote the sentences, and each was checked against its source. Read the source"
        " before you use them.",
    ),
    "overview-fell-back": (
        "For lidt af det, modellen {model} skrev, holdt. Derfor står kildernes egne ord her.",
        "Too little of what the model {model} wrote held. The sources' own words stand here instead.",
    ),
    "overview-by-model": ("modellens ord", "the model's words"),
    "overview-removed": ("Udeladt af modellens tekst", "Left out of the model's text"),
    "removed-verdict": (
        "sætninger, der sagde eller bad om, hvordan sagen skal ende: {count}",
        "sentences that said, or asked for, how the case should end: {count}",
    ),
    "removed-unsupported": (
        "sætninger, som kilden ikke bærer: {count}",
        "sentences that their source does not bear out: {count}",
    ),
    "removed-form": (
        "sætninger, der ikke kunne læses, var for lange eller gentog sig: {count}",
        "sentences that could not be read, were too long or repeated themselves: {count}",
    ),
    "removed-endpoint": ("modellen svarede ikke helt", "the model did not answer in full"),
    "type-act": ("Lov", "Act"),
    "type-consolidated_act": ("Lov", "Act"),
    "type-amending_act": ("Ændringslov", "Amending act"),
    "type-order": ("Bekendtgørelse", "Executive order"),
    "type-circular": ("Cirkulære", "Circular"),
    "type-guidance": ("Vejledning", "Guidance"),
    "type-decision": ("Afgørelse", "Decision"),
    "type-judgment": ("Dom", "Judgment"),
    "type-other": ("Anden kilde", "Other source"),
    "rules-sentences": (
        "Sætningerne fra sagen er fundet på ord og mening. De kan handle om noget andet: læs dem selv.",
        "The sentences of the case were found by words and meaning. They may be about something else:"
        " read them yourself.",
    ),
    "rule-whole": ("Hele {locator}", "All of {locator}"),
    "rule-further": ("Mere, som {locator} siger", "More that {locator} says"),
    "rule-no-conditions": (
        "Bestemmelsen er ikke delt op: den nævner ingen betingelser, eller de kunne ikke skilles ud.",
        "The provision was not taken apart: it names no conditions, or they could not be told apart.",
    ),
    "rule-not-in-force": ("gælder ikke på sagens dato", "not in force on the date of the case"),
    "provision-says": ("Bestemmelsen siger", "The provision says"),
    "case-says": ("I sagen", "In the case"),
    "joint-and": ("og", "and"),
    "joint-or": ("eller", "or"),
    "sentence": ("Sætning {number}", "Sentence {number}"),
    "nearest": ("Ligner sagen mest", "Most like the case"),
    "other-law": (
        "Bygger på andre regler end dem, der er fundet her: kun ordene ligner",
        "Rests on other rules than those found here: only the words are alike",
    ),
    "pair": ("To afgørelser, der gik hver sin vej", "Two decisions that went different ways"),
    "pair-hint": (
        "Læs, hvad der gjorde forskellen. Rækkefølgen følger, hvor meget teksten ligner, ikke udfaldet.",
        "Read what made the difference. The order follows how alike the texts are, not the outcome.",
    ),
    "pair-none": (
        "Der er ikke fundet en nærliggende afgørelse, der gik en anden vej. Det betyder kun, at samlingen"
        " ikke har nogen.",
        "No decision close by was found that went another way. It only means that the collection has none.",
    ),
    "more-decisions": ("Andre afgørelser, der ligner", "Other decisions that are alike"),
    "decisions-alike": ("Afgørelser, der ligner", "Decisions that are alike"),
    "outcome-none": ("ikke registreret", "not recorded"),
    "decision-under": ("Bruger reglerne", "Applies the rules"),
    "decision-words": ("Fra afgørelsen", "From the decision"),
    "alike-none": (
        "Ingen sætning i afgørelsen fortæller tydeligt det samme som en sætning i sagen.",
        "No sentence of the decision clearly tells the same as a sentence of the case.",
    ),
    "more-alike": ("Flere steder, der ligner", "More that is alike"),
    "differences": ("Forskelle", "Differences"),
    "in-decision": ("I afgørelsen", "In the decision"),
    "own-view": ("Dine egne overvejelser", "Your own considerations"),
    "own-view-why": (
        "Din myndighed har valgt, at du først noterer din egen vurdering. Så vises afgørelserne. Teksten"
        " gemmes ikke her, men følger med over i notatet.",
        "Your authority has chosen that you first note your own view. The decisions are then shown. The"
        " text is not stored here, and goes along into the note.",
    ),
    "own-view-hint": (
        "Hvad lægger du mærke til i sagen efter reglerne ovenfor? Hvad mangler du at vide?",
        "What do you notice in the case under the rules above? What do you still need to know?",
    ),
    "own-view-show": ("Vis afgørelserne", "Show the decisions"),
    "own-view-noted": ("Noteret, før afgørelserne blev vist", "Noted before the decisions were shown"),
    "own-view-empty": (
        "Feltet er tomt. Skriv dine egne overvejelser, og vis så afgørelserne.",
        "The field is empty. Write your own considerations, then show the decisions.",
    ),
    "own-words-long": (
        "Teksten er på {length} tegn, og grænsen er {limit}. Forkort den.",
        "The text has {length} characters; the limit is {limit}. Shorten it.",
    ),
    "trace-head": ("Sådan er overblikket lavet", "How the brief was made"),
    "trace-id": ("Post i loggen", "Entry in the log"),
    "trace-index": ("Indeks", "Index"),
    "trace-encoder": ("Søgemodel", "Search model"),
    "trace-reranker": ("Model, der læser de bedste steder igen", "Model that reads the best passages again"),
    "trace-words": ("ingen: kun ord", "none: words alone"),
    "trace-version": ("Hjemmels version", "Version of Hjemmel"),
    "trace-sources": ("Viste kilder", "Sources shown"),
    "trace-log": (
        "Loggen gemmer, hvilke kilder der blev vist, og ikke sagens tekst.",
        "The log keeps which sources were shown, and not the text of the case.",
    ),
    "to-note": ("Skriv notat", "Write the note"),
    "to-note-hint": (
        "Vælg «{take}» ved det, der skal stå i notatet. Vælger du intet, kommer alt med.",
        "Choose “{take}” for what the note should quote. If you choose nothing, all of it goes in.",
    ),
    # The page of the note
    "note-title": ("Notat til journalen", "Note for the journal"),
    "note-make": ("Lav udkastet", "Make the draft"),
    "note-again": ("Opdater udkastet", "Update the draft"),
    "note-busy": ("Laver udkastet. Det tager nogle sekunder.", "Making the draft. It takes some seconds."),
    "note-done": ("Udkastet er klar.", "The draft is ready."),
    "note-empty": (
        "Notatet samler sagens oplysninger, regler og afgørelser og lader konklusionen stå tom.",
        "The note gathers facts, rules and decisions and leaves the conclusion empty.",
    ),
    "note-conclusion": (
        "Konklusionen er tom. Den skriver du selv, når du har vurderet sagen.",
        "The conclusion is empty. You write it yourself once you have weighed the case.",
    ),
    "note-law": (
        "Notatet følger det, en begrundelse skal nævne: de regler, afgørelsen bygger på, hovedhensynene bag"
        " et skøn og om nødvendigt de faktiske oplysninger (forvaltningsloven §§ 22-24). Faktiske"
        " oplysninger, der har betydning for sagen, skal noteres (offentlighedsloven § 13).",
        "The note follows what reasons must name: the rules that the decision rests on, the main"
        " considerations behind discretion and, where needed, the facts (forvaltningsloven §§ 22-24). Facts"
        " that bear on the case must be noted (offentlighedsloven § 13).",
    ),
    "note-danish": (
        "Notatet er på dansk, som sagen og kilderne.",
        "The note is in Danish, like the case and the sources.",
    ),
    "note-yours": ("Dine egne ord", "Your own words"),
    "note-considerations": ("Hovedhensyn", "Main considerations"),
    "note-considerations-hint": (
        "Hvad har vejet tungest og hvorfor? Står i notatet, som du skriver det.",
        "What weighed most, and why? It stands in the note as you write it.",
    ),
    "note-sources": ("Det, der kommer med", "What goes in"),
    "note-sources-hint": (
        "Fjern krydset ved det, du ikke vil citere. Alle viste kilder nævnes til sidst i notatet.",
        "Untick what you do not want to quote. All sources shown are named at the end of the note.",
    ),
    "note-no-sources": ("Ingen kilder er fundet.", "No sources were found."),
    "note-preview": ("Sådan ser notatet ud", "What the note looks like"),
    "note-open": ("Tomt: skrives af dig", "Empty: for you to write"),
    "note-docx": ("Hent som Word", "Download for Word"),
    "note-markdown": ("Hent som Markdown", "Download as Markdown"),
    "note-copy": ("Kopiér", "Copy"),
    "note-copied": ("Notatet er kopieret.", "The note was copied."),
    "note-not-copied": (
        "Notatet kunne ikke kopieres. Markér teksten, og kopiér den selv.",
        "The note could not be copied. Select the text and copy it yourself.",
    ),
    "note-print": ("Udskriv", "Print"),
    "note-downloaded": ("Filen er hentet.", "The file was downloaded."),
    "note-stale": (
        "Du har ændret noget, siden udkastet blev lavet. Filen får ændringerne med. Opdater udkastet for"
        " at se dem her.",
        "You have changed something since the draft was made. A file gets the changes. Update the draft"
        " to see them here.",
    ),
    "note-withheld": (
        "Afgørelser er ikke med: dine egne overvejelser er ikke noteret endnu. Gå tilbage til overblikket.",
        "Decisions are not in it: your own considerations are not noted yet. Go back to the brief.",
    ),
    "to-brief": ("Tilbage til overblikket", "Back to the brief"),
    "question-guidance": (
        "Er borgeren vejledt om det, som reglerne kræver, og fremgår det af sagen?",
        "Has the person been told what the rules ask, and does the file show it?",
    ),
    "question-involvement": (
        "Har borgeren haft mulighed for at medvirke ved behandlingen af sagen?",
        "Has the person been able to take part in how the case is handled?",
    ),
    "question-clarification": (
        "Er sagen oplyst så langt, at der kan træffes afgørelse?",
        "Is the case informed far enough for a decision to be made?",
    ),
    "question-hearing": (
        "Er borgeren hørt om de oplysninger, som afgørelsen skal bygge på?",
        "Has the person been heard on the information that the decision is to rest on?",
    ),
    "question-representative": (
        "Ved borgeren, at en anden må hjælpe eller repræsentere?",
        "Does the person know that someone else may help or represent them?",
    ),
    "question-interpreter": (
        "Er der sørget for tolk, hvis borgeren ikke kan føre samtalen på dansk?",
        "Has an interpreter been arranged if the person cannot hold the conversation in Danish?",
    ),
    "question-individual": (
        "Er der foretaget den konkrete vurdering, som bestemmelsen kræver?",
        "Has the individual assessment been made that the provision asks for?",
    ),
    "question-record": (
        "Er de oplysninger, som sagen bygger på, noteret i sagen?",
        "Is the information that the case rests on noted in the file?",
    ),
    "question-deadline": (
        "Er fristerne for sagens behandling overholdt?",
        "Have the time limits for handling the case been kept?",
    ),
    "question-writing": (
        "Meddeles afgørelsen i den form, som reglerne kræver?",
        "Is the decision given in the form that the rules ask for?",
    ),
    "question-reasons": (
        "Er afgørelsen begrundet med regler, faktiske oplysninger og hovedhensyn?",
        "Is the decision reasoned with rules, facts and main considerations?",
    ),
    "question-complaint": (
        "Er der givet vejledning om, hvordan og hvornår der kan klages?",
        "Has guidance been given on how and when to complain?",
    ),
}
