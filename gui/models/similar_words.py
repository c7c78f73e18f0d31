"""What is said of a question about similar images and of its answer."""

from PySide6.QtCore import QCoreApplication

from gui.models.cells import shown_name
from gui.models.sentences import images_words
from gui.models.similar_question import Answer, OfClipboard, OfImage, Question


def title_words(question: Question, answer: Answer) -> str:
    """What was asked about: "Similar to a region of IMG_1.jpg"."""
    if isinstance(question, OfClipboard):
        return _tr("Similar to the picture on the clipboard")
    part = isinstance(question, OfImage) and question.region is not None
    pattern = _tr("Similar to a region of %1") if part else _tr("Similar to %1")
    return pattern.replace("%1", shown_name(answer.taken.name))


def summary_words(question: Question, answer: Answer) -> str:
    """How many images were found, and that nothing else was done."""
    count = len(answer.found)
    said = [_tr("%1 found").replace("%1", images_words(count))] if count else []
    if not isinstance(question, OfImage):
        known = _tr("this very file is in the archive already")
        said.append(known if answer.is_known else _tr("nothing was imported by asking"))
    words = " · ".join(said)
    return words[:1].upper() + words[1:]


def left_words(left: int) -> str:
    """How many images were not looked at yet; empty where all were."""
    if not left:
        return ""
    if left == 1:
        return _tr("1 image is not looked at yet, so there may be more.")
    return _tr("%1 images are not looked at yet, so there may be more.").replace("%1", f"{left:,}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("similar", text)
