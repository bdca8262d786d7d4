"""Function words that are dropped from queries, never from the index.

Each list holds articles, pronouns, prepositions, conjunctions, auxiliaries and the filler of a letter or a
question. Words that turn a rule around stay searchable: «ikke», «uden», «kun», «skal», «kan», «må»,
«under», «over», «før», «efter» and their German and English like.
"""

from __future__ import annotations

from collections.abc import Mapping


def _words(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


DANISH = _words(
    """af alle alt at bl blev blive bliver da de dem den denne der deraf deres derfor desuden det dets dette
    dig din dine disse dit dog du eller en end er et for fordi fra få får ham han hans har have havde hende
    hendes her hos hun hvad hvem hver hvilke hvilken hvilket hvis hvor hvordan hvorfor hvorledes hvornår i
    idet igen ind ja jeg jer jeres jo kunne lige man med meget men mens mig min mine mit mon måske ned nej
    nogle nok nu når og også om op os på samt se selv ser sig sin sine sit skulle som så såsom sådan til ud
    ved vi vil ville vor vores vær være været"""
)

# They count in a search, and tell a reader nothing about why a result was found.
DANISH_TURNING = _words("ikke ej uden kun skal kan må bør under over før efter inden ellers dog mod")

GERMAN = _words(
    """aber als also am an auch auf aus bei beim bin bis bist da dabei dadurch daher damit dann das dass daß
    dein dem den denn der deren des dessen dich die dies diese diesem diesen dieser dieses dir doch dort du
    durch ein eine einem einen einer eines er es etwas euch euer für gegen hat hatte hatten habe haben ich
    ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja jede jedem jeden jeder jedes jene kann man
    mein mich mir mit nach noch nun ob oder sein seine seinem seinen seiner seit sich sie sind so solche
    sowie um und uns unser vom von vor wann war waren warum was weil welche welchem welchen welcher welches
    wenn wer werden wie wieso wir wird wo wurde wurden zu zum zur"""
)

ENGLISH = _words(
    """a about am an and any are as at be been being but by did do does doing each for from had has have
    having he her hers him his how i if in into is it its itself me my of off on or our ours out own same
    she so some such than that the their theirs them then there these they this those through to too up us
    very was we were what when where which while who whom why will with would you your yours"""
)

STOP_WORDS: Mapping[str, frozenset[str]] = {"da": DANISH, "de": GERMAN, "en": ENGLISH}
