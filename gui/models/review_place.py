"""Where a review was left, for each archive, so that it goes on there tomorrow."""

from gui.models.review_queue import Key
from gui.session import Session


def kept(session: Session, uuid: str) -> Key | None:
    """The pair at which the review of an archive was left, None where it is to begin with the first."""
    parts = session.settings.review_places.get(uuid, "").split(" ")
    return (parts[0], parts[1]) if len(parts) == 2 else None


def keep(session: Session, uuid: str, place: Key | None) -> None:
    """Remember the pair at which the review of an archive is left, or None."""
    places = {one: held for one, held in session.settings.review_places.items() if one != uuid}
    if place is not None:
        places[uuid] = " ".join(place)
    session.change_settings(review_places=places)
