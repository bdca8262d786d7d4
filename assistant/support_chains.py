"""References within a claim, as chains of links: «§ 40, stk. 2, nr. 1»."""

from __future__ import annotations

import re

Chain = tuple[tuple[str, str], ...]

CHAIN = re.compile(
    r"(?:§+\s?(?P<par>\d+(?:\s?[a-zæøå](?![\w]))?)|(?P<stk0>\bstk\.?\s?\d+))"
    r"(?P<rest>(?:,?\s(?:stk\.?\s?\d+|nr\.?\s?\d+(?:\s?[a-z](?!\w))?|litra\s\w(?!\w)|\d+\.\s?pkt\.?))*)",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?P<stk>stk)\.?\s?(?P<s>\d+)|(?P<nr>nr)\.?\s?(?P<n>\d+\s?[a-z]?)|litra\s(?P<l>\w)|(?P<p>\d+)\.\s?pkt",
    re.I,
)


def read_chain(match: re.Match[str]) -> Chain:
    """The links of a match of ``CHAIN``."""
    links: list[tuple[str, str]] = []
    if match["par"]:
        links.append(("§", re.sub(r"\s", "", match["par"]).lower()))
    for link in _LINK.finditer((match["stk0"] or "") + (match["rest"] or "")):
        if link["s"]:
            links.append(("stk", link["s"]))
        elif link["n"]:
            links.append(("nr", re.sub(r"\s", "", link["n"]).lower()))
        elif link["l"]:
            links.append(("litra", link["l"].lower()))
        else:
            links.append(("pkt", link["p"]))
    return tuple(links)


def is_own(chain: Chain, locator: str) -> bool:
    """Whether the chain names the provision at ``locator``, whole or from its stk. on."""
    match = CHAIN.match(locator)
    if match is None:
        return False
    own = read_chain(match)
    return chain == own or (chain[:1] != () and chain[0][0] == "stk" and chain == own[1:])
