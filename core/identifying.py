"""Claims about a sighting: what it is, where it is from, how its holder got it, and what is read on it.

Rivals stand side by side, one of each kind preferred; nobody's words are changed by anybody else.
"""

from typing import TYPE_CHECKING

from core.archive import Archive
from core.changeable import changeable, told
from core.checking import checked
from core.claim_words import words_of
from core.claims import Acquisition, ClaimId, Identification, Marking, Origin
from core.errors import Refused
from core.records import Sighting, SightingId
from core.store import claims

if TYPE_CHECKING:
    from core.store.claims import AnyClaim, Kind

_CALLED = {Identification: "identification", Origin: "origin", Acquisition: "acquisition", Marking: "marking"}


def add(archive: Archive, sighting_id: SightingId, claim: "AnyClaim") -> ClaimId:
    """Claim something of a sighting, in one action.

    Where the claim says that it is preferred, it goes before what was preferred of its kind, and that stays as a
    rival; else it is a rival itself.  The first of its kind is preferred whatever it says.

    Raises:
        Refused: it says what cannot be said (see ``checked``), or the sighting cannot be changed.
        ReadOnly: the archive is open for reading only.
    """
    held = changeable(archive, sighting_id)
    claim = checked(archive, claim)
    with archive.action(_label(archive, _opening(archive, held, claim), held, claim)):
        return claims.add(archive.db, sighting_id, claim, archive.actor)


def change(archive: Archive, claim: "AnyClaim") -> ClaimId:
    """Have a claim, by its id, say something else, in one action; returns the id under which it now stands.

    Whose it is and whether it is preferred stay.  One that a reviewer has decided on is kept as it was, as a rival:
    the decision was on those words.

    Raises:
        Refused: it is somebody else's, it says what cannot be said, or the sighting cannot be changed.
        ReadOnly: the archive is open for reading only.
    """
    before, held = _found(archive, type(claim), claim.id)
    check_own(archive, before)
    if isinstance(claim, Origin) and isinstance(before, Origin) and claim.role != before.role:
        raise Refused("Where a weapon was designed and where it was made are claims of their own; add the other one.")
    claim = checked(archive, claim, before)
    label = _label(archive, f"Change {_article(type(claim))}", held, claim)
    with archive.action(label):
        return claims.revise(archive.db, held.id, claim, before, archive.actor)


def check_own(archive: Archive, claim: "AnyClaim") -> None:
    """Refuse to change what somebody else said.

    Raises:
        Refused: it is somebody else's.
    """
    if claim.author != archive.actor:
        raise Refused(f"This is what {claim.author} said; add what you say beside it.")


def remove(archive: Archive, kind: "Kind", claim_id: ClaimId) -> None:
    """Take a claim away, in one action; the newest rival takes the place of a preferred one.

    Raises:
        Refused: it is not there any more, or the sighting cannot be changed.
        ReadOnly: the archive is open for reading only.
    """
    claim, held = _found(archive, kind, claim_id)
    with archive.action(_label(archive, f"Remove {_article(kind)}", held, claim)):
        claims.remove(archive.db, kind, claim_id)


def prefer(archive: Archive, kind: "Kind", claim_id: ClaimId) -> None:
    """Make a claim the preferred one of its kind, in one action; the others stay as rivals.

    Raises:
        Refused: it is not there any more, or the sighting cannot be changed.
        ReadOnly: the archive is open for reading only.
    """
    claim, held = _found(archive, kind, claim_id)
    with archive.action(_label(archive, f"Prefer {_article(kind)}", held, claim)):
        claims.prefer(archive.db, kind, claim_id)


def _found(archive: Archive, kind: "Kind", claim_id: ClaimId) -> "tuple[AnyClaim, Sighting]":
    held = claims.held(archive.db, kind, claim_id)
    if held is None:
        raise Refused(f"This {_CALLED[kind]} is not in the archive any more.")
    sighting_id, claim = held
    return claim, changeable(archive, sighting_id)


def _opening(archive: Archive, held: Sighting, claim: "AnyClaim") -> str:
    kind = type(claim)
    if isinstance(claim, Marking):
        return "Read a marking"
    is_rival = not claim.preferred and claims.preferred_id(archive.db, kind, held.id, claim) is not None
    return f"Add a rival {_CALLED[kind]}" if is_rival else f"Add {_article(kind)}"


def _article(kind: "Kind") -> str:
    name = _CALLED[kind]
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _label(archive: Archive, doing: str, held: Sighting, claim: "AnyClaim") -> str:
    return f"{doing}: {told(held, words_of(archive, claim))}"
