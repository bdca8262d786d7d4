"""Words of the page alone."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "name": ("Hjemmel", "Hjemmel"),
    "tagline": (
        "Find reglerne og de afgørelser, der ligner sagen. Du afgør.",
        "Find the rules and the decisions most like the case. You decide.",
    ),
    "skip": ("Gå til indholdet", "Skip to the content"),
    "this-language": ("Dansk", "English"),
    "case": ("Beskriv sagen", "Describe the case"),
    "case-printed": ("Sagen", "The case"),
    "case-hint": (
        "Skriv, hvad der er sket, med almindelige ord. Det er kendsgerningerne, der søges efter.",
        "Write what happened in plain words. The facts are what is searched for.",
    ),
    "privacy-hint": (
        "Navne og adresser genkendes ikke endnu: udelad dem. CPR-, telefon- og kontonumre og"
        " e-mailadresser erstattes, før der søges. Teksten gemmes ikke.",
        "Names and addresses are not recognised yet: leave them out. CPR, phone and account numbers and"
        " e-mail addresses are replaced before the search. The text is not stored.",
    ),
    "replaced": ("Erstattet, før der blev søgt: {what}.", "Replaced before the search: {what}."),
    "replaced-cpr-one": ("{count} CPR-nummer", "{count} CPR number"),
    "replaced-cpr-many": ("{count} CPR-numre", "{count} CPR numbers"),
    "replaced-account-one": ("{count} kontonummer", "{count} account number"),
    "replaced-account-many": ("{count} kontonumre", "{count} account numbers"),
    "replaced-email-one": ("{count} e-mailadresse", "{count} e-mail address"),
    "replaced-email-many": ("{count} e-mailadresser", "{count} e-mail addresses"),
    "replaced-phone-one": ("{count} telefonnummer", "{count} phone number"),
    "replaced-phone-many": ("{count} telefonnumre", "{count} phone numbers"),
    "file-pick": ("Eller hent teksten fra en fil", "Or take the text from a file"),
    "file-hint": (
        "PDF, Word (.docx) eller tekst, højst {limit} MB. Filen gemmes ikke.",
        "PDF, Word (.docx) or text, {limit} MB at most. The file is not stored.",
    ),
    "file-drop": ("Eller træk den ind på siden.", "Or drop it on the page."),
    "file-dropping": ("Slip filen for at læse den", "Drop the file to read it"),
    "file-submit": ("Læs filen", "Read the file"),
    "file-reading": ("Læser filen …", "Reading the file …"),
    "file-none": ("Vælg en fil først.", "Choose a file first."),
    "file-several": (
        "Der kan kun læses én fil ad gangen. Begynd med den vigtigste.",
        "One file can be read at a time. Begin with the most important one.",
    ),
    "file-too-large": (
        "Filen er større end {limit} MB. Del den, eller kopiér det vigtige ind i feltet.",
        "The file is larger than {limit} MB. Split it, or copy what matters into the field.",
    ),
    "file-read": (
        "Teksten fra {name} står nu i feltet. Læs den igennem, slet navne og adresser, og søg.",
        "The text of {name} is now in the field. Read it through, delete names and addresses, and search.",
    ),
    "date": ("Sagens dato", "Date of the case"),
    "date-hint": (
        "Reglerne vises, som de lød den dag. Tomt felt betyder i dag. Skriv fx 2024-03-01.",
        "Rules are shown as they read on that day. Empty means today. Write it like 2024-03-01.",
    ),
    "search": ("Søg", "Search"),
    "searching": ("Søger …", "Searching …"),
    "searched-status": ("Søgningen er færdig.", "The search is done."),
    "shortcut": ("Ctrl+Enter søger", "Ctrl+Enter searches"),
    "search-stopped": (
        "Søgningen er stoppet. Din tekst står her stadig.",
        "The search was stopped. Your text is kept.",
    ),
    "slow": (
        "Det tager længere tid end ellers. Du kan vente, eller stoppe og prøve igen senere.",
        "This is taking longer than usual. You can wait, or stop and try again later.",
    ),
    "stop": ("Stop", "Stop"),
    "offline": (
        "Der er ingen forbindelse til netværket. Din tekst står her stadig. Prøv igen, når den er tilbage.",
        "There is no network connection. Your text is kept. Try again when it is back.",
    ),
    "gone": (
        "Hjemmels server svarer ikke. Din tekst står her stadig. Prøv igen om lidt. Bliver det ved, så"
        " kontakt driften.",
        "Hjemmel's server does not answer. Your text is kept. Try again in a moment. If it goes on, tell"
        " the operator.",
    ),
    "server-fault": (
        "Serveren svarede med en fejl. Din tekst står her stadig. Prøv igen om lidt. Bliver det ved, så"
        " kontakt driften.",
        "The server answered with an error. Your text is kept. Try again in a moment. If it goes on, tell"
        " the operator.",
    ),
    "retry": ("Prøv igen", "Try again"),
    "dismiss": ("Luk beskeden", "Dismiss"),
    "narrow": ("Afgræns søgningen", "Narrow the search"),
    "narrow-chosen": ("{count} valgt", "{count} chosen"),
    "narrow-hint": (
        "Emne gælder både regler og afgørelser. Resten gælder kun afgørelser.",
        "Field holds for rules and decisions. The rest holds for decisions only.",
    ),
    "period": ("Afgørelsens dato", "Date of the decision"),
    "period-from": ("Fra", "From"),
    "period-to": ("Til", "To"),
    "period-hint": (
        "Samlingens afgørelser er fra {oldest} til {newest}.",
        "The decisions kept are of {oldest} to {newest}.",
    ),
    "field": ("Emne", "Field"),
    "field-more": ("Et andet emne eller en lov", "Another field or an act"),
    "authority-more": ("En anden myndighed", "Another authority"),
    "collection": ("Samling", "Collection"),
    "outcome-hint": (
        "De andre udfald vises også, med et mærke, så begge retninger er i syne.",
        "The other outcomes are shown too, labelled, so that both directions stay in view.",
    ),
    "filter-unknown": ("Intet i samlingen hører under «{value}».", "Nothing kept is filed under “{value}”."),
    "filter-near": ("Mente du {names}?", "Did you mean {names}?"),
    "filter-pick": ("Vælg en fra listen.", "Choose one from the list."),
    "filtered": ("Afgrænset til", "Narrowed to"),
    "filter-remove": ("Fjern afgrænsningen", "Remove the filter"),
    "filter-clear": ("Fjern alle", "Remove all"),
    "take": ("Tag med", "Include"),
    "marked": ("Mærkede kilder", "Marked sources"),
    "marked-none": ("Mærk det, du vil bruge, med «Tag med»", "Mark what you want to use with “Include”"),
    "marked-one": ("1 kilde mærket", "1 source marked"),
    "marked-many": ("{count} kilder mærket", "{count} sources marked"),
    "only-marked": ("Udskriv kun de mærkede", "Print the marked ones only"),
    "do-compare": ("Sammenlign", "Compare"),
    "do-compare-more": ("to afgørelser i en ny fane", "two decisions in a new tab"),
    "do-brief": ("Overblik", "Brief"),
    "do-brief-more": ("over sagen", "of the case"),
    "do-note": ("Notat", "Note"),
    "do-note-more": ("til journalen", "for the journal"),
    "new-case": ("Ny sag", "New case"),
    "steps": ("Sådan gør du", "How to go about it"),
    "step-describe": (
        "Beskriv, hvad der er sket, og sæt sagens dato. Så vises reglerne, som de lød den dag.",
        "Describe what happened and set the date of the case. Rules are then shown as they read on that day.",
    ),
    "step-read": (
        "Læs reglerne til venstre og afgørelserne til højre. Hvert citat åbner ved ordene i kilden.",
        "Read the rules on the left and the decisions on the right. Every quote opens at its words.",
    ),
    "step-mark": (
        "Mærk det, du vil bruge. Sammenlign to afgørelser, få et overblik, eller begynd på notatet.",
        "Mark what you want to use. Compare two decisions, get a brief, or begin the note.",
    ),
    "examples": ("Prøv med et eksempel", "Try an example"),
    "keys": ("Genveje", "Shortcuts"),
    "keys-use": ("Brug genveje med én tast", "Use single-key shortcuts"),
    "keys-hint": (
        "De virker kun, når du ikke står i et felt. Tab, Enter og Ctrl+Enter virker altid.",
        "They work only while you are not in a field. Tab, Enter and Ctrl+Enter always work.",
    ),
    "key-case": ("til sagens felt", "to the field of the case"),
    "key-next": ("næste eller forrige kilde", "next or previous source"),
    "key-side": ("til reglerne eller afgørelserne", "to the rules or the decisions"),
    "key-open": ("åbn kilden ved ordene", "open the source at the words"),
    "key-mark": ("tag med, eller fortryd det", "include, or undo it"),
    "key-close": ("luk kilden", "close the source"),
    "key-help": ("vis denne liste", "show this list"),
    "key-search": ("søg", "search"),
    "keys-close": ("Luk listen", "Close the list"),
    "results": ("Regler og afgørelser", "Rules and decisions"),
    "precedents-hint": (
        "Udfald vises, som myndigheden skrev det.",
        "Outcomes are shown as the authority recorded them.",
    ),
    "no-verdict": (
        "Hjemmel siger ikke, hvordan sagen skal ende. Rækkefølgen viser kun, hvor meget teksten ligner.",
        "Hjemmel does not say how the case should end. The order only shows how alike the texts are.",
    ),
    "whole": ("Vis hele uddraget", "Show the whole passage"),
    "begun": ("Vis kun begyndelsen", "Show only the beginning"),
    "open": ("Åbn ved ordene", "Open at the words"),
    "open-original": ("Officiel kilde", "Official source"),
    "why": ("Hvorfor fundet", "Why found"),
    "source": ("Kilde", "Source"),
    "contents": ("Indhold", "Contents"),
    "versions": ("Versioner", "Versions"),
    "wording-then": ("Ordlyden pr. {day} står i", "The wording on {day} stands in"),
    "no-wording-then": (
        "Samlingen har ingen ordlyd, der gælder pr. {day}.",
        "The collection has no wording that applies on {day}.",
    ),
    "fiction": (
        "FIKTIV: opdigtet tekst til afprøvning. Intet her er gældende ret.",
        "FIKTIV: invented text for trying things out. Nothing here is law.",
    ),
    "back": ("Ny søgning", "New search"),
    "no-source": ("Kilden kunne ikke åbnes.", "The source could not be opened."),
    "file-original": ("Hent den fil, teksten er læst fra", "Fetch the file that the text was read from"),
    "pdf-original": ("Åbn PDF-filen", "Open the PDF"),
    "pdf-at-page": ("Åbn PDF-filen på side {page}", "Open the PDF at page {page}"),
    "comparison": ("Afgørelser side om side", "Decisions side by side"),
    "comparison-hint": (
        "Hver afgørelse står med sine egne ord. Hjemmel siger ikke, hvilken af dem sagen ligner mest.",
        "Each decision stands in its own words. Hjemmel does not say which of them the case is more like.",
    ),
    "compare-few": (
        "Der skal to afgørelser til. Gå tilbage til søgningen, og sæt kryds i «Tag med» ved to af dem.",
        "It takes two decisions. Go back to the search and tick “Include” at two of them.",
    ),
    "compare-first": ("Den ene afgørelse", "The first decision"),
    "compare-second": ("Den anden afgørelse", "The second decision"),
    "both-cite": ("Begge henviser til", "Both cite"),
    "both-cite-none": (
        "De henviser ikke til samme bestemmelse eller afgørelse i samlingen.",
        "They cite no provision or decision of the collection in common.",
    ),
    "no-section": ("Afgørelsen har intet afsnit om det.", "The decision has no section on this."),
    "role-summary": ("Sammenfatning", "Summary"),
    "role-facts": ("Sagens oplysninger", "Facts"),
    "role-rules": ("Regler", "Rules"),
    "role-practice": ("Praksis", "Practice"),
    "role-reasoning": ("Begrundelse", "Reasons"),
    "role-outcome": ("Afgørelse", "Decision"),
    "role-other": ("Øvrigt", "Other"),
    "decided": ("Dato", "Date"),
    "no-outcome": ("ikke registreret", "not recorded"),
    "printed-on": ("Udskrevet {day}", "Printed {day}"),
    "own-tab": ("Åbn i egen fane", "Open in its own tab"),
    "close": ("Luk kilden", "Close the source"),
    "error": ("Det gik ikke", "That did not work"),
}

# What a newcomer can try, each with its title in Danish and English: written for the fictional starter
# corpus, and of use on real law too. The law is in Danish, so a case is described in Danish whatever the
# page speaks.
EXAMPLES = (
    (
        "Udeblivelse uden afbud",
        "Not turning up",
        "Borgeren udeblev fra en samtale i jobcentret. Han siger, at han var syg, men meldte ikke afbud."
        " Vejledningen om følgerne var kun givet i telefonen.",
    ),
    (
        "Hjælp i hjemmet",
        "Help at home",
        "En ældre kvinde med dårlig hofte vil have hjælp til rengøring og bad. Kommunen vil først give hende"
        " et forløb, hvor hun træner selv.",
    ),
    (
        "En byggesag, der trækker ud",
        "A building case that drags on",
        "Naboen vil bygge en carport tæt på skel. Tegningen mangler højden, og kommunen har ikke svaret.",
    ),
)
